"""How official papers write numbers, money, days and identity numbers: pure functions.

The filters of the Word templates are these functions, so a template reads
``{{ hps | rupiah_terbilang }}`` and a test needs no Word file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

__all__ = [
    "FILTERS",
    "angka",
    "bulan",
    "bulan_romawi",
    "hari",
    "hari_tanggal_terbilang",
    "jumlah_terbilang",
    "nip",
    "npwp",
    "pilih",
    "rangkai",
    "rupiah",
    "rupiah_terbilang",
    "tanggal_angka",
    "tanggal_panjang",
    "terbilang",
    "ya_tidak",
]

LARGEST: Final = 1_000_000_000_000_000
NIP_DIGITS: Final = 18

_ONES: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = (
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
)
_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _below_thousand(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        head, rest = f"{_ONES[number // 10]} puluh", number % 10
    elif number < 200:
        head, rest = "seratus", number - 100
    else:
        head, rest = f"{_ONES[number // 100]} ratus", number % 100
    return f"{head} {_below_thousand(rest)}" if rest else head


def terbilang(number: int) -> str:
    """A whole number in words: ``1001000`` is ``satu juta seribu``."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"terbilang menerima bilangan bulat, bukan {number!r}")
    if not 0 <= number <= LARGEST:
        raise ValueError(f"terbilang menerima 0 sampai {LARGEST}, bukan {number}")
    words = []
    rest = number
    for scale, name in _SCALES:
        group, rest = divmod(rest, scale)
        if group == 1 and scale == 1_000:
            words.append("seribu")
        elif group:
            words.append(f"{terbilang(group)} {name}")
    if rest or not words:
        words.append(_below_thousand(rest))
    return " ".join(words)


def angka(number: int) -> str:
    """A count in figures, thousands set apart: ``1.250``."""
    return f"{number:,}".replace(",", ".")


def jumlah_terbilang(number: int) -> str:
    """A count in figures and words: ``3 (tiga)``."""
    return f"{angka(number)} ({terbilang(number)})"


def rupiah(amount: int) -> str:
    """The form that statutes use: ``Rp1.234.567,00``; what was lost is ``-Rp1.000,00``."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"rupiah menerima bilangan bulat, bukan {amount!r}")
    return f"{'-' if amount < 0 else ''}Rp{angka(abs(amount))},00"


def rupiah_terbilang(amount: int) -> str:
    """Figures and words: ``Rp1.000,00 (seribu rupiah)``."""
    return f"{rupiah(amount)} ({terbilang(amount)} rupiah)"


def bulan(day: date) -> str:
    """The month's name: ``Maret``."""
    return _MONTHS[day.month - 1]


def bulan_romawi(day: date) -> str:
    """The month as register numbers write it: ``III``."""
    return _ROMAN[day.month - 1]


def hari(day: date) -> str:
    """The weekday: ``Rabu``."""
    return _DAYS[day.weekday()]


def tanggal_panjang(day: date) -> str:
    """``18 Maret 2020``."""
    return f"{day.day} {bulan(day)} {day.year}"


def tanggal_angka(day: date) -> str:
    """``18/03/2020``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def hari_tanggal_terbilang(day: date) -> str:
    """``Rabu tanggal delapan belas bulan Maret tahun dua ribu dua puluh``."""
    return f"{hari(day)} tanggal {terbilang(day.day)} bulan {bulan(day)} tahun {terbilang(day.year)}"


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def nip(text: str) -> str:
    """A civil servant's number in its printed groups 8 6 1 3."""
    digits = _digits(text)
    if len(digits) != NIP_DIGITS:
        raise ValueError(f"NIP harus {NIP_DIGITS} angka, bukan {len(digits)}: {text}")
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def npwp(text: str) -> str:
    """A taxpayer's number: 15 digits ``00.000.000.0-000.000``, 16 digits in fours."""
    digits = _digits(text)
    if len(digits) == 15:
        head = f"{digits[:2]}.{digits[2:5]}.{digits[5:8]}.{digits[8]}"
        return f"{head}-{digits[9:12]}.{digits[12:]}"
    if len(digits) == 16:
        return " ".join(digits[start : start + 4] for start in range(0, 16, 4))
    raise ValueError(f"NPWP harus 15 atau 16 angka, bukan {len(digits)}: {text}")


def ya_tidak(answer: bool) -> str:
    """``ya`` or ``tidak``."""
    return "ya" if answer else "tidak"


def pilih(answer: bool, yes: str, no: str) -> str:
    """``yes`` or ``no``, by the answer."""
    return yes if answer else no


def rangkai(items: Sequence[str]) -> str:
    """Items as a sentence lists them: ``a``, ``a dan b``, ``a, b, dan c``."""
    if isinstance(items, str):
        raise TypeError(f"rangkai menerima daftar, bukan teks {items[:40]!r}")
    if len(items) < 3:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "angka": angka,
    "bulan": bulan,
    "bulan_romawi": bulan_romawi,
    "hari": hari,
    "hari_tanggal_terbilang": hari_tanggal_terbilang,
    "jumlah_terbilang": jumlah_terbilang,
    "nip": nip,
    "npwp": npwp,
    "pilih": pilih,
    "rangkai": rangkai,
    "rupiah": rupiah,
    "rupiah_terbilang": rupiah_terbilang,
    "tanggal_angka": tanggal_angka,
    "tanggal_panjang": tanggal_panjang,
    "terbilang": terbilang,
    "ya_tidak": ya_tidak,
}
