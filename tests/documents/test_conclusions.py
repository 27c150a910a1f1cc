"""What papers say follows from the decisions of the very visit that produced them."""

from __future__ import annotations

from typing import Any

import pytest

from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render
from tests.documents.reading_word import whole_text


def texts(render: Render, case: dict[str, Any]) -> dict[str, str]:
    return {paper.name: whole_text(paper.content) for paper in render(case)}


def test_the_pokja_signs_up_to_the_threshold(render: Render) -> None:
    text = texts(render, full_case("tender"))["03-ba-penetapan-pemenang.docx"]
    assert "tidak lebih dari Rp100.000.000.000,00 (seratus miliar rupiah)" in text
    assert "Nama Sekretaris Pokja Contoh" in text
    assert "Nama Pengguna Anggaran Contoh" not in text


def test_the_pa_signs_above_the_threshold(render: Render) -> None:
    text = texts(render, full_case("tender-tanpa-perubahan-pa"))["02-ba-penetapan-pemenang.docx"]
    assert "di atas Rp10.000.000.000,00 (sepuluh miliar rupiah)" in text
    assert "yang bertanda tangan di bawah ini Pengguna Anggaran pada" in text
    assert "Nama Pengguna Anggaran Contoh" in text
    assert "Nama Sekretaris Pokja Contoh" not in text


def test_the_kpa_signs_where_only_a_kpa_is_named(render: Render) -> None:
    case = full_case("tender-tanpa-perubahan-pa")
    case["pejabat"]["kpa"] = {**case["pejabat"].pop("pa"), "nama": "Nama KPA Contoh"}
    text = texts(render, case)["02-ba-penetapan-pemenang.docx"]
    assert "di bawah ini Kuasa Pengguna Anggaran pada" in text
    assert "Nama KPA Contoh" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("prakualifikasi", "berjumlah 4 (empat) peserta, memenuhi jumlah paling sedikit 3 (tiga) peserta"),
        (
            "prakualifikasi-konsultansi-perpanjangan",
            "Setelah perpanjangan waktu, peserta berjumlah 4 (empat) sehingga evaluasi dapat dilaksanakan",
        ),
    ],
)
def test_the_evaluation_states_the_quorum_as_it_was_reached(name: str, words: str, render: Render) -> None:
    assert words in texts(render, full_case(name))["01-ba-evaluasi-kualifikasi.docx"]


def test_a_local_quorum_is_the_one_that_papers_state(render: Render) -> None:
    case = full_case("prakualifikasi")
    case["parameter"] = {"kuorum_peserta": 2}
    text = texts(render, case)["01-ba-evaluasi-kualifikasi.docx"]
    assert "paling sedikit 2 (dua) peserta" in text


def test_the_report_of_failure_names_its_cause(render: Render) -> None:
    few_entered = texts(render, full_case("prakualifikasi-peserta-kurang"))["01-laporan-prakualifikasi-gagal.docx"]
    assert "Setelah dilakukan perpanjangan waktu, peserta berjumlah 2 (dua), tetap kurang dari 3 (tiga)" in few_entered
    few_passed = texts(render, full_case("prakualifikasi-lulus-kurang"))["03-laporan-prakualifikasi-gagal.docx"]
    assert "dinyatakan lulus berjumlah 2 (dua) peserta, kurang dari 3 (tiga) peserta" in few_passed


@pytest.mark.parametrize(
    ("name", "paper", "words"),
    [
        ("tender", "01-bapp.docx", "setelah usulan perubahan disetujui oleh Pejabat Pembuat Komitmen"),
        ("tender", "01-bapp.docx", "Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak"),
        ("tender", "02-adendum.docx", "Persetujuan Pejabat Pembuat Komitmen atas usulan perubahan"),
        ("tender-sanggah-adendum-lain", "01-bapp.docx", "menyangkut ketentuan lain dalam dokumen pemilihan."),
        ("tender-sanggah-adendum-lain", "02-adendum.docx", "tidak memerlukan persetujuan Pejabat Pembuat Komitmen"),
        ("tender-tanpa-perubahan-pa", "01-bapp.docx", "tidak mengakibatkan perubahan isi dokumen pemilihan"),
        ("tender", "05-laporan-hasil-pemilihan.docx", "Dalam masa sanggah tidak ada sanggah dari peserta."),
        ("tender-sanggah-adendum-lain", "05-laporan-hasil-pemilihan.docx", "Keberatan atas gugurnya penawaran"),
        ("auditor", "03-surat-info-akun.docx", "1 April 2020 sampai dengan 1 Mei 2020"),
        ("auditor", "03-surat-info-akun.docx", "masa audit diberikan selama 30 (tiga puluh) hari"),
        ("auditor-surat-tugas", "03-surat-info-akun.docx", "1 April 2020 sampai dengan 30 Juni 2020"),
        ("auditor-surat-tugas", "03-surat-info-akun.docx", "akun diaktifkan setelah Saudara mengikuti pelatihan"),
    ],
)
def test_the_wording_follows_the_decision(name: str, paper: str, words: str, render: Render) -> None:
    assert words in texts(render, full_case(name))[paper]


def test_the_letter_about_an_account_never_carries_a_password(render: Render) -> None:
    text = texts(render, full_case("auditor"))["03-surat-info-akun.docx"]
    assert "kata sandi disampaikan melalui surat elektronik" in text
    assert "tidak dicantumkan dalam surat ini" in text


def looping_case() -> dict[str, Any]:
    case = full_case("persiapan")
    case["fakta"]["dokumen_lengkap"] = [False, True]
    review = case["isian"]["ba-reviu-dpp"]
    case["isian"]["ba-reviu-dpp"] = [{**review, "nomor": "PERTAMA"}, {**review, "nomor": "KEDUA"}]
    return case


def test_each_round_of_a_loop_has_its_own_paper(render: Render) -> None:
    written = texts(render, looping_case())
    first, second = written["03-ba-reviu-dpp.docx"], written["04-ba-reviu-dpp.docx"]
    assert "Nomor: PERTAMA" in first
    assert "dinyatakan tidak lengkap dan dikembalikan" in first
    assert "Nomor: KEDUA" in second
    assert "dinyatakan lengkap dan dilanjutkan" in second


def test_one_entry_serves_one_production(render: Render) -> None:
    case = looping_case()
    case["isian"]["ba-reviu-dpp"] = case["isian"]["ba-reviu-dpp"][0]
    first, second = (paper for paper in render(case) if paper.id == "ba-reviu-dpp")
    assert first.kosong == ()
    assert "isian.ba-reviu-dpp[2].nomor" in second.kosong


def test_a_copy_gets_no_file_of_its_own(render: Render) -> None:
    papers = render(full_case("tender"))
    report = papers[-1]
    assert report.id == "laporan-hasil-pemilihan"
    assert len(report.salinan) == 1
    assert all(paper.salinan == () for paper in papers[:-1])


def test_a_report_made_in_another_case_is_rendered_where_this_one_starts(render: Render) -> None:
    papers = render({**full_case("kontrak"), "fakta": {}})
    assert [paper.id for paper in papers] == ["laporan-hasil-pemilihan", "tembusan-hasil"]


def test_the_report_lists_the_papers_made_before_it(render: Render) -> None:
    text = texts(render, full_case("tender"))["05-laporan-hasil-pemilihan.docx"]
    for number in ("027/33/BAPP/PBJ/2020", "027/35/BA-ADENDUM/PBJ/2020", "027/45/PENG/PBJ/2020"):
        assert number in text


def test_the_winner_is_the_bidder_ranked_first(render: Render) -> None:
    case = full_case("tender")
    first, second = case["penyedia"][0]["penawaran"], case["penyedia"][1]["penawaran"]
    first["peringkat"], second["peringkat"] = 2, 1
    text = texts(render, case)["04-pengumuman-pemenang.docx"]
    assert text.index("CV Contoh Dua") < text.index("PT Contoh Satu")


def test_without_a_ranking_no_winner_is_claimed(render: Render) -> None:
    case = full_case("tender")
    for bidder in case["penyedia"]:
        bidder.get("penawaran", {}).pop("peringkat", None)
    paper = next(paper for paper in render(case) if paper.id == "ba-penetapan-pemenang")
    assert "penyedia.penawaran.peringkat" in paper.kosong
    assert "PT Contoh Satu" not in whole_text(paper.content)


def test_bidders_that_share_a_rank_are_refused(render: Render) -> None:
    case = full_case("tender")
    case["penyedia"][1]["penawaran"]["peringkat"] = 1
    with pytest.raises(InputError) as refused:
        render(case)
    assert [problem.path for problem in refused.value.problems] == ["penyedia[2].penawaran.peringkat"]


def test_a_failed_bid_with_a_rank_is_refused(render: Render) -> None:
    case = full_case("tender")
    case["penyedia"][2]["penawaran"]["peringkat"] = 3
    with pytest.raises(InputError, match="penawaran yang gugur tidak berperingkat"):
        render(case)


def test_the_head_of_the_bagian_stands_for_the_head_of_the_unit(render: Render) -> None:
    case = full_case("persiapan")
    case["pejabat"]["kepala_bagian_pbj"] = {**case["pejabat"]["ppk"], "nama": "Nama Kepala Pengganti Contoh"}
    assert "Nama Kepala Pengganti Contoh" in texts(render, case)["02-sk-pokja.docx"]


def test_the_pa_signs_the_contract_where_the_case_says_so(render: Render) -> None:
    case = full_case("kontrak")
    case["pejabat"]["pejabat_penandatangan_kontrak"] = case["pejabat"]["pa"]
    text = next(whole_text(paper.content) for paper in render(case) if paper.id == "spmk")
    assert "Nama Pengguna Anggaran Contoh" in text
    assert "Nama Pejabat Pembuat Komitmen Contoh" not in text
