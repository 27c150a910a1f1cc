"""How numbers, money, days and identity numbers are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbj_rules import formatting

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
SHORT = {"seribu": "satu ribu", "seratus": "satu ratus"}


def read_words(words: str) -> int:
    """The number that Indonesian words say: an independent reader of what terbilang writes."""
    total = group = unit = 0
    for word in " ".join(SHORT.get(word, word) for word in words.split()).split():
        if word == "puluh":
            group, unit = group + unit * 10, 0
        elif word == "belas":
            group, unit = group + unit + 10, 0
        elif word == "ratus":
            group, unit = group + unit * 100, 0
        elif word in SCALES:
            total, group, unit = total + (group + unit) * SCALES[word], 0, 0
        else:
            group, unit = group + unit, ONES.index(word)
    return total + group + unit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (1_000_000_001_000, "satu triliun seribu"),
        (999_999_999_999_999, " ".join(f"sembilan ratus sembilan puluh sembilan {scale}".strip()
                                       for scale in ("triliun", "miliar", "juta", "ribu", ""))),
        (10**15, "seribu triliun"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_words(number: int, words: str) -> None:
    assert formatting.terbilang(number) == words


@given(st.integers(0, 10**15 - 1))
def test_the_words_of_a_number_read_back_as_that_number(number: int) -> None:
    assert read_words(formatting.terbilang(number)) == number


@given(st.integers(0, 10**15))
def test_words_never_say_one_thousand_or_one_hundred_the_long_way(number: int) -> None:
    words = f" {formatting.terbilang(number)} "
    assert " satu ratus " not in words
    assert not words.startswith(" satu ribu ")
    assert "  " not in words


@pytest.mark.parametrize("value", [1.5, True, "3", None])
def test_only_whole_numbers_have_words(value: object) -> None:
    with pytest.raises(TypeError):
        formatting.terbilang(value)  # type: ignore[arg-type]  # the wrong type is what is tested


@pytest.mark.parametrize("value", [-1, 10**15 + 1])
def test_a_number_beyond_the_words_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="terbilang"):
        formatting.terbilang(value)


def test_money_has_the_form_of_the_statutes() -> None:
    assert formatting.rupiah(1_234_567) == "Rp1.234.567,00"
    assert formatting.rupiah_terbilang(100_000_000_000) == "Rp100.000.000.000,00 (seratus miliar rupiah)"


@given(st.integers(0, 10**15))
def test_money_in_figures_loses_no_digit(amount: int) -> None:
    text = formatting.rupiah(amount)
    assert text.startswith("Rp")
    assert text.endswith(",00")
    assert int(text[2:-3].replace(".", "")) == amount
    assert all(len(group) == 3 for group in text[2:-3].split(".")[1:])


def test_a_day_is_written_in_figures_and_words() -> None:
    day = date(2020, 3, 18)
    assert formatting.tanggal_panjang(day) == "18 Maret 2020"
    assert formatting.tanggal_angka(day) == "18/03/2020"
    assert formatting.hari_tanggal_terbilang(day) == "Rabu tanggal delapan belas bulan Maret tahun dua ribu dua puluh"
    assert formatting.bulan_romawi(day) == "III"


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_the_words_of_a_day_say_that_day(day: date) -> None:
    name, rest = formatting.hari_tanggal_terbilang(day).split(" tanggal ")
    number, rest = rest.split(" bulan ")
    month, year = rest.split(" tahun ")
    assert name == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"][day.weekday()]
    assert (read_words(number), month, read_words(year)) == (day.day, formatting.bulan(day), day.year)


def test_identity_numbers_are_grouped_as_they_are_printed() -> None:
    assert formatting.nip("123456789012345678") == "12345678 901234 5 678"
    assert formatting.nip("12345678 901234 5 678") == "12345678 901234 5 678"
    assert formatting.npwp("012345678901000") == "01.234.567.8-901.000"
    assert formatting.npwp("01.234.567.8-901.000") == "01.234.567.8-901.000"
    assert formatting.npwp("0012345678901000") == "0012 3456 7890 1000"


@pytest.mark.parametrize("text", ["", "123", "1234567890123456781"])
def test_an_identity_number_of_the_wrong_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="harus 18 angka"):
        formatting.nip(text)
    with pytest.raises(ValueError, match="harus 15 atau 16 angka"):
        formatting.npwp(text)


def test_items_are_listed_as_a_sentence_lists_them() -> None:
    assert formatting.rangkai(["a"]) == "a"
    assert formatting.rangkai(["a", "b"]) == "a dan b"
    assert formatting.rangkai(["a", "b", "c"]) == "a, b, dan c"


def test_every_filter_is_a_function_of_this_module() -> None:
    assert {getattr(formatting, name) for name in formatting.FILTERS} == set(formatting.FILTERS.values())
