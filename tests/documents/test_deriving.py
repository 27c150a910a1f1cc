"""Values that follow from others: what they come to, where they are blank, and what a wrong declaration is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbj_rules.cli.main import main
from pbj_rules.documents.blanks import Blank, Blanks, MissingList
from pbj_rules.documents.checking.linting import check_templates
from pbj_rules.documents.contract.deriving import DERIVED_SHAPE, derive, read_derived, read_through
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.listing import origin_of
from pbj_rules.errors import InputError, Problem
from pbj_rules.reading import node_from_python
from pbj_rules.shapes import read_shape
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import whole_text

ROWS = [
    {"nama": "a", "metode": "Tender", "hps": 100, "hasil": 90, "lulus": True, "nilai": {"akhir": 3}},
    {"nama": "b", "metode": "Seleksi", "hps": 200, "hasil": None, "lulus": False, "nilai": {"akhir": 4}},
    {"nama": "c", "metode": "Tender", "hps": 300, "hasil": 250, "lulus": None, "nilai": {"akhir": 5}},
]


def derived(way: str, given: Mapping[str, Any], context: Mapping[str, Any]) -> Any:
    """What a value that is declared so comes to."""
    declared, problems = read_shape(DERIVED_SHAPE, node_from_python({"x": {"judul": "x", way: given}}), None)
    assert problems == []
    return derive(read_derived(declared)[0], context)


def names(rows: Any) -> list[str]:
    return [row["nama"] for row in rows]


def blank(path: str = "isian.x") -> Blank:
    return Blanks().blank(path, "nilai")


def missing(row: dict[str, Any]) -> MissingList:
    """The list that a case does not give: one row of blanks."""
    return Blanks().rows("isian.daftar", "daftar", row)


@pytest.mark.parametrize(
    ("picked", "expected"),
    [
        ({"kolom": "hasil", "ada": True}, ["a", "c"]),
        ({"kolom": "metode", "sama": ["Tender"]}, ["a", "c"]),
        ({"kolom": "metode", "sama": ["Seleksi", "Pengadaan Langsung"]}, ["b"]),
        ({"kolom": "metode", "selain": ["Tender"]}, ["b"]),
        ({"kolom": "lulus", "sama": [True]}, ["a"]),
        ({"kolom": "lulus", "selain": [False]}, ["a", "c"]),
        ({"kolom": "metode", "sama": ["Tender Cepat"]}, []),
    ],
)
def test_rows_are_picked_by_a_column(picked: Mapping[str, Any], expected: list[str]) -> None:
    assert names(derived("saring", {"dari": "daftar", **picked}, {"daftar": ROWS})) == expected


@pytest.mark.parametrize(
    ("picked", "expected"),
    [
        ({"ada": True}, ["ada"]),
        ({"sama": ["ya"]}, ["ada"]),
        ({"selain": ["ya"]}, ["kosong"]),
        ({"selain": ["x"]}, ["ada", "kosong"]),
    ],
)
def test_a_row_whose_column_is_blank_is_picked_only_by_what_it_is_not(
    picked: Mapping[str, Any], expected: list[str]
) -> None:
    """A draft shows the row that waits for its verdict, and never counts it among those that have one."""
    rows = [{"nama": "ada", "hasil": "ya"}, {"nama": "kosong", "hasil": blank()}]
    assert names(derived("saring", {"dari": "daftar", "kolom": "hasil", **picked}, {"daftar": rows})) == expected


def test_picked_rows_keep_their_order_and_are_those_of_the_list() -> None:
    picked = derived("saring", {"dari": "daftar", "kolom": "hasil", "ada": True}, {"daftar": ROWS})
    assert all(one is other for one, other in zip(picked, (ROWS[0], ROWS[2]), strict=True))


@given(st.lists(st.none() | st.integers(0, 10**15)))
def test_a_sum_is_that_of_the_values_that_are_there(values: list[int | None]) -> None:
    rows = [{"hasil": value} for value in values]
    total = derived("jumlah", {"dari": "daftar", "kolom": "hasil"}, {"daftar": rows})
    assert total == sum(value or 0 for value in values)


def test_a_column_may_lie_inside_a_part_of_the_row() -> None:
    assert derived("jumlah", {"dari": "daftar", "kolom": "nilai.akhir"}, {"daftar": ROWS}) == 12


def test_rows_are_counted() -> None:
    assert derived("banyak", {"dari": "daftar"}, {"daftar": ROWS}) == 3
    assert derived("banyak", {"dari": "daftar"}, {"daftar": []}) == 0


@given(st.lists(st.integers(0, 10**15), min_size=1), st.lists(st.integers(0, 10**15)))
def test_values_are_added_and_taken_away(plus: list[int], minus: list[int]) -> None:
    context = {f"a{n}": value for n, value in enumerate(plus)} | {f"b{n}": value for n, value in enumerate(minus)}
    given_names = {"tambah": [f"a{n}" for n in range(len(plus))], "kurang": [f"b{n}" for n in range(len(minus))]}
    assert derived("hitung", given_names, context) == sum(plus) - sum(minus)


def test_a_value_that_may_be_absent_adds_nothing() -> None:
    context = {"rincian": 100, "keuntungan": None, "pajak": 10}
    assert derived("hitung", {"tambah": ["rincian", "keuntungan", "pajak"]}, context) == 110
    assert derived("hitung", {"tambah": ["rincian"], "kurang": ["keuntungan"]}, context) == 100


def test_rows_are_grouped_in_the_order_in_which_a_group_first_appears() -> None:
    groups = derived("kelompok", {"dari": "daftar", "menurut": "metode", "jumlah": {"pagu": "hps"}}, {"daftar": ROWS})
    assert groups == [{"nama": "Tender", "banyak": 2, "pagu": 400}, {"nama": "Seleksi", "banyak": 1, "pagu": 200}]


def test_a_group_has_a_sum_where_any_row_has_a_value_and_none_where_no_row_has() -> None:
    rows = [*ROWS, {"metode": "Tender", "hasil": None}]
    groups = derived("kelompok", {"dari": "daftar", "menurut": "metode", "jumlah": {"h": "hasil"}}, {"daftar": rows})
    assert [group["h"] for group in groups] == [340, None]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**12))))
def test_groups_lose_no_row_and_no_amount(pairs: list[tuple[str, int]]) -> None:
    rows = [{"jenis": kind, "hps": amount} for kind, amount in pairs]
    groups = derived("kelompok", {"dari": "daftar", "menurut": "jenis", "jumlah": {"hps": "hps"}}, {"daftar": rows})
    assert [group["nama"] for group in groups] == list(dict.fromkeys(kind for kind, _ in pairs))
    assert sum(group["banyak"] for group in groups) == len(pairs)
    assert sum(group["hps"] for group in groups) == sum(amount for _, amount in pairs)


# What is missing


def test_a_sum_over_a_blank_is_that_blank() -> None:
    gap = blank("isian.hps.rincian[2].jumlah")
    rows = [{"jumlah": 5}, {"jumlah": gap}, {"jumlah": blank("isian.hps.rincian[3].jumlah")}]
    assert derived("jumlah", {"dari": "daftar", "kolom": "jumlah"}, {"daftar": rows}) is gap


@pytest.mark.parametrize("way", [{"tambah": ["ada", "kosong"]}, {"tambah": ["ada"], "kurang": ["kosong"]}])
def test_a_calculation_with_a_blank_is_that_blank(way: Mapping[str, Any]) -> None:
    gap = blank()
    assert derived("hitung", way, {"ada": 5, "kosong": gap}) is gap


def test_the_sum_of_a_group_with_a_blank_is_that_blank_and_other_groups_have_theirs() -> None:
    gap = blank()
    rows = [{"jenis": "a", "hps": 1}, {"jenis": "b", "hps": gap}, {"jenis": "b", "hps": 2}]
    groups = derived("kelompok", {"dari": "daftar", "menurut": "jenis", "jumlah": {"hps": "hps"}}, {"daftar": rows})
    assert groups[0]["hps"] == 1
    assert groups[1]["hps"] is gap


def test_looking_at_a_missing_list_does_not_list_it_as_asked_for() -> None:
    """Only a template that prints what follows from it asks for it."""
    blanks = Blanks()
    gap = blanks.blank("isian.daftar", "hps")
    rows = blanks.rows("isian.daftar", "daftar", {"metode": gap, "hps": gap, "hasil": None})
    for way, how in {
        "saring": {"kolom": "metode", "selain": ["x"]},
        "jumlah": {"kolom": "hps"},
        "banyak": {},
        "kelompok": {"menurut": "metode", "jumlah": {"hps": "hps"}},
    }.items():
        derived(way, {"dari": "daftar", **how}, {"daftar": rows})
    assert blanks.paths() == ()


def test_what_follows_from_a_missing_list_is_a_blank_of_that_list() -> None:
    gap = blank("isian.daftar")
    rows = missing({"metode": gap, "hps": gap})
    assert derived("jumlah", {"dari": "daftar", "kolom": "hps"}, {"daftar": rows}) is gap
    assert derived("banyak", {"dari": "daftar"}, {"daftar": rows}).path == "isian.daftar"
    (group,) = derived("kelompok", {"dari": "daftar", "menurut": "metode", "jumlah": {"n": "hps"}}, {"daftar": rows})
    assert (group["nama"], group["banyak"].path, group["n"]) == (gap, "isian.daftar", gap)


def test_of_a_missing_list_the_rows_that_are_not_something_are_its_blank_row() -> None:
    rows = missing({"metode": blank("isian.daftar")})
    assert derived("saring", {"dari": "daftar", "kolom": "metode", "selain": ["x"]}, {"daftar": rows}) is rows
    for picked in ({"ada": True}, {"sama": ["x"]}):
        assert derived("saring", {"dari": "daftar", "kolom": "metode", **picked}, {"daftar": rows}) == []


# In papers


def test_the_estimate_adds_up(render: Render) -> None:
    case = full_case("persiapan-pengadaan")
    case["isian"]["hps"] |= {
        "rincian": [
            {"uraian": "satu", "volume": "1", "harga_satuan": 7_000, "jumlah": 7_000},
            {"uraian": "dua", "volume": "2", "harga_satuan": 1_500, "jumlah": 3_000},
        ],
        "keuntungan_overhead": 1_000,
        "ppn": 1_100,
    }
    text = text_of_paper(render(case), "hps")
    assert "Rp10.000,00" in text
    assert "Rp12.100,00" in text


def test_an_estimate_with_a_missing_amount_has_no_total(render: Render) -> None:
    case = full_case("persiapan-pengadaan")
    del case["isian"]["hps"]["rincian"][0]["jumlah"]
    estimate = paper(render(case), "hps")
    assert estimate.kosong == ("isian.hps.rincian[1].jumlah",)
    assert whole_text(estimate.content).count("[jumlah harga ............]") == 3  # the row, its sum, the total


def test_a_report_counts_what_it_lists(render: Render) -> None:
    case = full_case("laporan-pemilihan")
    row = case["isian"]["laporan-pelaksanaan-pemilihan"][0]["daftar_paket"][0]
    packages = [
        row | {"metode": "Tender", "hps": 500, "hasil": 450},
        row | {"metode": "Seleksi", "hps": 300, "hasil": 320},
        {key: value for key, value in row.items() if key != "hasil"} | {"metode": "Tender", "hps": 100},
    ]
    case["isian"]["laporan-pelaksanaan-pemilihan"][0]["daftar_paket"] = packages
    text = text_of_paper(render(case), "laporan-pelaksanaan-pemilihan")
    assert "Rp600,00" in text  # the estimates of both tenders
    assert "Rp800,00" in text  # those of the two packages with a result
    assert "Rp770,00" in text
    assert "Rp30,00" in text  # saved; the package without a result does not count


# Declarations


Refused = Callable[[str, str, str], Problem]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """The one problem of the contract when a piece of a paper's declaration is replaced."""

    def refuse(name: str, old: str, new: str) -> Problem:
        shutil.copytree(Path(load_contract().file).parent, tmp_path, dirs_exist_ok=True)
        file = tmp_path / "isian" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(InputError) as error:
            load_contract(tmp_path / "isian.yaml")
        (problem,) = error.value.problems
        assert problem.file == str(file)
        return problem

    return refuse


REPORT = "laporan-pelaksanaan-pemilihan"


@pytest.mark.parametrize(
    ("name", "old", "new", "path", "said"),
    [
        ("hps", "{dari: rincian, kolom: jumlah}", "{dari: rincan, kolom: jumlah}",
         "turunan.jumlah_rincian.jumlah.dari", "`rincan` tidak dikenal. Mungkin maksudnya `rincian`"),
        ("hps", "{dari: rincian, kolom: jumlah}", "{dari: rincian, kolom: jumla}",
         "turunan.jumlah_rincian.jumlah.kolom", "`jumla` tidak dikenal. Mungkin maksudnya `jumlah`"),
        ("hps", "{dari: rincian, kolom: jumlah}", "{dari: rincian, kolom: uraian}",
         "turunan.jumlah_rincian.jumlah.kolom", "`uraian` bukan bilangan (seharusnya isian bertipe rupiah"),
        ("hps", "{dari: rincian, kolom: jumlah}", "{dari: ppn, kolom: jumlah}",
         "turunan.jumlah_rincian.jumlah.dari", "`ppn` bukan daftar"),
        ("hps", "keuntungan_overhead, ppn]", "keuntungan_overhead, pnp]",
         "turunan.jumlah_seluruhnya.hitung.tambah", "`pnp` tidak dikenal. Mungkin maksudnya `ppn`"),
        ("hps", "keuntungan_overhead, ppn]", "keuntungan_overhead, batas_akhir]",
         "turunan.jumlah_seluruhnya.hitung.tambah", "`batas_akhir` bukan bilangan"),
        ("hps", "tambah: [jumlah_rincian, ", "kurang: [jumlah_seluruhnya, ",
         "turunan.jumlah_seluruhnya.hitung.kurang", "`jumlah_seluruhnya` tidak dikenal"),
        ("hps", "  jumlah_rincian: {", "  ppn: {judul: x, banyak: {dari: rincian}}\n  jumlah_rincian: {",
         "turunan.ppn", "`ppn` sudah menjadi nama lain. Pakai nama lain"),
        ("hps", "hitung: {tambah: [jumlah_rincian, keuntungan_overhead, ppn]}", "kosong: {}",
         "turunan.jumlah_seluruhnya", "kunci `kosong` tidak dikenal"),
        ("hps", ", hitung: {tambah: [jumlah_rincian, keuntungan_overhead, ppn]}", "",
         "turunan.jumlah_seluruhnya", "tidak mengatakan bagaimana nilainya didapat (seharusnya tepat satu dari"),
        ("hps", "jumlah rincian, jumlah:", "jumlah rincian, banyak: {dari: rincian}, jumlah:",
         "turunan.jumlah_rincian", "memuat `jumlah` dan `banyak` sekaligus (seharusnya tepat satu dari saring,"),
        (REPORT, "kolom: hasil, ada: true", "kolom: hasil",
         "turunan.paket_selesai.saring", "(seharusnya tepat satu dari ada, sama, selain)"),
        (REPORT, "menurut: metode", "menurut: metod",
         "turunan.rekap_metode.kelompok.menurut", "`metod` tidak dikenal. Mungkin maksudnya `metode`"),
        (REPORT, "menurut: metode, jumlah: {pagu: pagu,", "menurut: metode, jumlah: {pagu: pago,",
         "turunan.rekap_metode.kelompok.jumlah.pagu", "`pago` tidak dikenal. Mungkin maksudnya `pagu`"),
        ("ba-evaluasi", "kolom: penawaran.gugur", "kolom: penawaran.gugr",
         "turunan.penawar_gugur.saring.kolom", "`penawaran.gugr` tidak dikenal. Mungkin maksudnya `gugur`"),
        ("ba-evaluasi", "kolom: penawaran.gugur", "kolom: penawaran",
         "turunan.penawar_gugur.saring.kolom", "`penawaran` bukan satu nilai"),
        ("laporan-kinerja", "selain: [belum tercapai]", "selain: [belum tercapa]",
         "turunan.capaian_selesai.saring.selain", "`status` tidak pernah bernilai `belum tercapa` (seharusnya salah"),
    ],
)  # fmt: skip
def test_a_derived_value_that_looks_at_nothing_is_refused_with_its_file_and_path(
    name: str, old: str, new: str, path: str, said: str, refused: Refused
) -> None:
    problem = refused(name, old, new)
    assert problem.path.startswith(path)
    assert said in str(problem)


def test_checking_tells_of_a_wrong_declaration_once(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = refused("hps", "{dari: rincian, kolom: jumlah}", "{dari: rincan, kolom: jumlah}")
    for user in ("contract.files", "checking.linting"):
        monkeypatch.setattr(f"pbj_rules.documents.{user}.contract_file", lambda *_: tmp_path / "isian.yaml")
    assert check_templates() == [problem]
    assert main(["check"]) == 2
    assert capsys.readouterr().err.splitlines() == [str(problem), "1 kesalahan."]


def test_a_name_that_reads_through_a_derived_value_counts_as_read() -> None:
    """So no field is called unused that a template shows only as part of a sum."""
    everything = read_through(load_contract().papers[REPORT].derived, {"efisiensi", "rekap_jenis.nama"})
    assert {"hps_selesai", "paket_selesai.hasil", "daftar_paket.hasil", "daftar_paket.jenis"} <= everything
    assert "daftar_paket.metode" not in everything


def test_a_derived_field_says_what_it_follows_from() -> None:
    found = origin_of(REPORT, "efisiensi", load_contract())
    assert found is not None
    assert (found.tipe, found.asal, found.judul) == ("rupiah", "program", "efisiensi")
    assert found.isi == "turunan dari hps_selesai, hasil_selesai"
