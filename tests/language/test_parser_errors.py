"""A condition that cannot be read is refused with the column, and with the nearest name where one is misspelt."""

from __future__ import annotations

import pytest

from pbj_rules.language import ConditionError, parse_condition, parse_term
from tests.language.vocabulary import VOCABULARY


def refusal(text: str) -> ConditionError:
    with pytest.raises(ConditionError) as refused:
        parse_condition(text, VOCABULARY)
    return refused.value


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "suku kondisi tidak ada"),
        ("jumlah", 7, "belum lengkap"),
        ("jumlah =", 9, "suku kondisi tidak ada"),
        ("jumlah = 3 dan", 15, "suku kondisi tidak ada"),
        ("jumlah = 3 lain", 12, "berlebih"),
        ("jumlah ~ 3", 8, "tanda `~`"),
        ("jumlah == 3", 9, "suku kondisi"),
        ("(jumlah = 3", 12, "tidak dapat dibaca"),
        ("jumlah = 3)", 11, "berlebih"),
        ("jumlah = ya", 1, "jenis `jumlah` tidak dapat dibandingkan dengan `ya-tidak`"),
        ("jumlah = pagu", 1, "tidak dapat dibandingkan"),
        ("tanggal = 3", 1, "tidak dapat dibandingkan"),
        ("setuju > tidak", 1, "tidak berurutan"),
        ("warna < biru", 1, "tidak berurutan"),
        ("warna_warna = warna_warna", 1, "dirinya sendiri"),
        ("jumlah = jumlah", 1, "dirinya sendiri"),
        ("3 = 3", 1, "tanpa nama"),
        ("jumlah kosong", 1, "berjenis `jumlah`"),
        ("warna memuat merah", 1, "berjenis `pilihan`"),
        ("warna_warna salah satu dari [merah]", 1, "berjenis `daftar-pilihan`"),
        ("ada jumlah", 5, "wajib, jadi selalu ada"),
        ("akhir = 2020-01-01", 1, "boleh tidak ada"),
        ("tanggal = 2020-02-30", 11, "tidak ada dalam kalender"),
        ("tanggal + 3 hari = tanggal", 1, "hanya dipakai dalam"),
        ("tanggal = 3000-01-01", 11, "di luar batas"),
        ("jumlah = 1000000000000001", 10, "terlalu besar"),
        (f"jumlah = {'9' * 1900}", 10, "terlalu besar"),
        ("ada x dalam tabel dengan x.nomor = 1", 13, "koleksi `tabel` tidak dikenal"),
        ("ada x dalam daftar dengan x.nama = 1", 27, "kolom `x.nama` tidak dikenal"),
        ("ada jumlah dalam daftar dengan jumlah.nomor = 1", 5, "sudah terpakai"),
        ("ada x dalam daftar dengan ada y dalam daftar dengan y.nomor = 1", 31, "tidak bersarang"),
        ("ada x dalam daftar dengan jumlah = 1", 27, "satu sisi harus kolom"),
        ("ada x dalam daftar dengan (x.nomor = 1 dan ada akhir)", 48, "hanya perbandingan"),
        ("ada x dalam daftar dengan x.nomor = 1 dan x.nomor = 2", 43, "tidak dikenal"),
        ("(" * 200 + "jumlah = 1" + ")" * 200, 31, "bersarang terlalu dalam"),
        ("tidak " * 200 + "jumlah = 1", 181, "bersarang terlalu dalam"),
        ('jumlah = "3"', 10, 'tanda `"`'),
        ("__import__ = 1", 1, "tidak dikenal"),
        ("Jumlah = 1", 1, "tanda `J`"),
    ],
)
def test_a_fault_is_told_with_its_column(text: str, column: int, said: str) -> None:
    error = refusal(text)
    assert (error.column, said in error.message) == (column, True), error.message


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("jumlh = 3", "jumlah"),
        ("warna = bru", "biru"),
        ("warna_warna memuat mera", "merah"),
        ("ada x dalam dafta dengan x.nomor = 1", "daftar"),
        ("ada x dalam daftar dengan x.nomr = 1", "x.nomor"),
    ],
)
def test_a_misspelt_name_is_told_with_the_nearest_valid_one(text: str, nearest: str) -> None:
    assert refusal(text).remedy == f"mungkin maksudnya `{nearest}`"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("jumlah + 3 hari", 10),
        ("tanggal + 3", 12),
        ("tanggal + warna hari", 11),
        ("tanggal + 1000001 hari", 11),
        ("x", 1),
    ],
)
def test_a_term_that_is_no_day_sum_is_refused(text: str, column: int) -> None:
    with pytest.raises(ConditionError) as refused:
        parse_term(text, VOCABULARY)
    assert refused.value.column == column
