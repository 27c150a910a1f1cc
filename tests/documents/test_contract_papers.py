"""The papers from the review of the result to the administrative check, in every wording that a decision gives them."""

from __future__ import annotations

import pytest

from tests.documents.cases import full_case
from tests.documents.conftest import Render
from tests.documents.reading_word import whole_text


def texts(name: str, paper: str, render: Render) -> list[str]:
    """The papers of one kind, in the order in which the case made them."""
    return [whole_text(made.content) for made in render(full_case(name), final=True) if made.id == paper]


@pytest.mark.parametrize(
    ("name", "paper", "said", "unsaid"),
    [
        ("kontrak", "keputusan-reviu-hasil", "kami nyatakan disetujui", "alasan"),
        ("perselisihan-sepakat", "keputusan-reviu-hasil", "kami nyatakan tidak disetujui (ditolak)", "Persetujuan"),
        ("perselisihan-sepakat", "ba-pembahasan-perselisihan", "tercapai kesepakatan sebagai", "diserahkan kepada"),
        ("perselisihan-menerima", "ba-pembahasan-perselisihan", "tidak tercapai kesepakatan", "SPPBJ"),
        ("perselisihan-menerima", "keputusan-pa", "menerbitkan Surat Penunjukan Penyedia", "Menolak hasil"),
        ("perselisihan-evaluasi-ulang", "keputusan-pa", "melaksanakan evaluasi ulang", "Menerima hasil"),
        ("perselisihan-penawaran-ulang", "keputusan-pa", "melaksanakan penawaran ulang", "Menerima hasil"),
        ("perselisihan-tender-ulang", "keputusan-pa", "melaksanakan tender ulang", "Menerima hasil"),
        ("kontrak", "ba-pemeriksaan-hasil", "hasil pekerjaan dinyatakan sesuai", "tidak sesuai"),
        ("kontrak-barang", "ba-pemeriksaan-hasil", "barang yang dikirim dinyatakan sesuai", "hasil pekerjaan"),
        ("kontrak", "hasil-periksa-administratif", "sudah sesuai dengan ketentuan administrasi", "ketidaksesuaian"),
        ("kontrak", "ba-periksa-administratif", "sudah sesuai dengan ketentuan administrasi", "belum sesuai"),
    ],
)
def test_the_wording_is_that_of_the_decision(name: str, paper: str, said: str, unsaid: str, render: Render) -> None:
    (text,) = texts(name, paper, render)
    assert said in text
    assert unsaid not in text


def test_each_round_of_the_inspection_says_its_own_result(render: Render) -> None:
    first, second = texts("kontrak-putaran", "ba-pemeriksaan-hasil", render)
    assert "hasil pekerjaan dinyatakan tidak sesuai" in first
    assert "paling lambat tanggal 6 November 2020" in first
    assert "hasil pekerjaan dinyatakan sesuai" in second
    assert "027/298/BA-PERIKSA/DINKES/2020 tanggal 2 November 2020" in second


def test_the_minutes_cite_the_last_worksheet(render: Render) -> None:
    first, second = texts("kontrak-putaran", "hasil-periksa-administratif", render)
    assert "Ditemukan ketidaksesuaian" in first
    assert "sudah sesuai" in second
    (minutes,) = texts("kontrak-putaran", "ba-periksa-administratif", render)
    assert "027/314/LK-ADM/DINKES/2020 tanggal 17 November 2020" in minutes
    assert "027/310/LK-ADM" not in minutes


def test_a_document_that_is_missing_gets_no_verdict(render: Render) -> None:
    case = full_case("kontrak-putaran")
    missing = case["isian"]["hasil-periksa-administratif"][0]["dokumen_diperiksa"][2]
    assert missing["ada"] is False
    assert "sesuai" not in missing
    assert all(paper.kosong == () for paper in render(case) if paper.id == "hasil-periksa-administratif")


def test_the_handover_cites_the_inspection_that_found_it_right(render: Render) -> None:
    (text,) = texts("kontrak-putaran", "bast", render)
    assert "027/301/BA-PERIKSA/DINKES/2020" in text


def test_consultancy_is_selected_anew_not_tendered(render: Render) -> None:
    case = full_case("perselisihan-tender-ulang")
    case["paket"]["jenis"] = "konsultansi"
    text = next(whole_text(paper.content) for paper in render(case) if paper.id == "keputusan-pa")
    assert "melaksanakan seleksi ulang" in text


def test_the_kpa_decides_where_only_a_kpa_is_named(render: Render) -> None:
    case = full_case("perselisihan-menerima")
    case["pejabat"]["kpa"] = {**case["pejabat"].pop("pa"), "nama": "Nama KPA Contoh"}
    text = next(whole_text(paper.content) for paper in render(case) if paper.id == "keputusan-pa")
    assert "KEPUTUSAN KUASA PENGGUNA ANGGARAN" in text
    assert "Nama KPA Contoh" in text
