"""What papers say follows from the decisions of the very visit that produced them."""

from __future__ import annotations

from typing import Any

import pytest

from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import whole_text


def test_the_pokja_signs_up_to_the_threshold(render: Render) -> None:
    text = text_of_paper(render(full_case("tender")), "ba-penetapan-pemenang")
    assert "tidak lebih dari Rp100.000.000.000,00 (seratus miliar rupiah)" in text
    assert "Nama Sekretaris Pokja Contoh" in text
    assert "Nama Pengguna Anggaran Contoh" not in text


def test_the_pa_signs_above_the_threshold(render: Render) -> None:
    text = text_of_paper(render(full_case("tender-tanpa-perubahan-pa")), "ba-penetapan-pemenang")
    assert "di atas Rp10.000.000.000,00 (sepuluh miliar rupiah)" in text
    assert "yang bertanda tangan di bawah ini Pengguna Anggaran pada" in text
    assert "Nama Pengguna Anggaran Contoh" in text
    assert "Nama Sekretaris Pokja Contoh" not in text


def test_the_kpa_signs_where_only_a_kpa_is_named(render: Render) -> None:
    case = full_case("tender-tanpa-perubahan-pa")
    case["pejabat"]["kpa"] = {**case["pejabat"].pop("pa"), "nama": "Nama KPA Contoh"}
    text = text_of_paper(render(case), "ba-penetapan-pemenang")
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
    assert words in text_of_paper(render(full_case(name)), "ba-evaluasi-kualifikasi")


def test_a_local_quorum_is_the_one_that_papers_state(render: Render) -> None:
    case = full_case("prakualifikasi")
    case["parameter"] = {"kuorum_peserta": 2}
    text = text_of_paper(render(case), "ba-evaluasi-kualifikasi")
    assert "paling sedikit 2 (dua) peserta" in text


def test_the_report_of_failure_names_its_cause(render: Render) -> None:
    few_entered = text_of_paper(render(full_case("prakualifikasi-peserta-kurang")), "laporan-prakualifikasi-gagal")
    assert "Setelah dilakukan perpanjangan waktu, peserta berjumlah 2 (dua), tetap kurang dari 3 (tiga)" in few_entered
    few_passed = text_of_paper(render(full_case("prakualifikasi-lulus-kurang")), "laporan-prakualifikasi-gagal")
    assert "dinyatakan lulus berjumlah 2 (dua) peserta, kurang dari 3 (tiga) peserta" in few_passed


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("tender", "bapp", "setelah usulan perubahan disetujui oleh Pejabat Pembuat Komitmen"),
        ("tender", "bapp", "Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak"),
        ("tender", "adendum", "Persetujuan Pejabat Pembuat Komitmen atas usulan perubahan"),
        ("tender-sanggah-adendum-lain", "bapp", "menyangkut ketentuan lain dalam dokumen pemilihan."),
        ("tender-sanggah-adendum-lain", "adendum", "tidak memerlukan persetujuan Pejabat Pembuat Komitmen"),
        ("tender-tanpa-perubahan-pa", "bapp", "tidak mengakibatkan perubahan isi dokumen pemilihan"),
        ("tender", "laporan-hasil-pemilihan", "Dalam masa sanggah tidak ada sanggah dari peserta."),
        ("tender-sanggah-adendum-lain", "laporan-hasil-pemilihan", "Keberatan atas gugurnya penawaran"),
        ("auditor", "surat-info-akun", "1 April 2020 sampai dengan 1 Mei 2020"),
        ("auditor", "surat-info-akun", "masa audit diberikan selama 30 (tiga puluh) hari"),
        ("auditor-surat-tugas", "surat-info-akun", "1 April 2020 sampai dengan 30 Juni 2020"),
        ("auditor-surat-tugas", "surat-info-akun", "akun diaktifkan setelah Saudara mengikuti pelatihan"),
    ],
)
def test_the_wording_follows_the_decision(name: str, kind: str, words: str, render: Render) -> None:
    assert words in text_of_paper(render(full_case(name)), kind)


def test_the_letter_about_an_account_never_carries_a_password(render: Render) -> None:
    text = text_of_paper(render(full_case("auditor")), "surat-info-akun")
    assert "kata sandi disampaikan melalui surat elektronik" in text
    assert "tidak dicantumkan dalam surat ini" in text


def looping_case() -> dict[str, Any]:
    case = full_case("persiapan")
    case["fakta"]["dokumen_lengkap"] = [False, True]
    review = case["isian"]["ba-reviu-dpp"]
    case["isian"]["ba-reviu-dpp"] = [{**review, "nomor": "PERTAMA"}, {**review, "nomor": "KEDUA"}]
    return case


def test_each_round_of_a_loop_has_its_own_paper(render: Render) -> None:
    made = render(looping_case())
    first, second = (text_of_paper(made, "ba-reviu-dpp", number) for number in (1, 2))
    assert "Nomor: PERTAMA" in first
    assert "dinyatakan tidak lengkap dan dikembalikan" in first
    assert "Nomor: KEDUA" in second
    assert "dinyatakan lengkap dan dilanjutkan" in second


def test_one_entry_serves_one_production(render: Render) -> None:
    case = looping_case()
    case["isian"]["ba-reviu-dpp"] = case["isian"]["ba-reviu-dpp"][0]
    made = render(case)
    first, second = (paper(made, "ba-reviu-dpp", number) for number in (1, 2))
    assert first.kosong == ()
    assert "isian.ba-reviu-dpp[2].nomor" in second.kosong


def test_a_copy_gets_no_file_of_its_own(render: Render) -> None:
    copies = {paper.id: len(paper.salinan) for paper in render(full_case("tender"))}
    assert copies.pop("laporan-hasil-pemilihan") == 1
    assert copies
    assert not any(copies.values())


def test_a_report_made_in_another_case_is_rendered_where_this_one_starts(render: Render) -> None:
    papers = render({**full_case("kontrak"), "fakta": {}})
    assert [paper.id for paper in papers] == ["laporan-hasil-pemilihan", "tembusan-hasil"]


def test_the_report_lists_the_papers_made_before_it(render: Render) -> None:
    text = text_of_paper(render(full_case("tender")), "laporan-hasil-pemilihan")
    for number in ("027/33/BAPP/PBJ/2020", "027/35/BA-ADENDUM/PBJ/2020", "027/45/PENG/PBJ/2020"):
        assert number in text


def test_the_winner_is_the_bidder_ranked_first(render: Render) -> None:
    case = full_case("tender")
    first, second = case["penyedia"][0]["penawaran"], case["penyedia"][1]["penawaran"]
    first["peringkat"], second["peringkat"] = 2, 1
    text = text_of_paper(render(case), "pengumuman-pemenang")
    assert text.index("CV Contoh Dua") < text.index("PT Contoh Satu")


def test_without_a_ranking_no_winner_is_claimed(render: Render) -> None:
    case = full_case("tender")
    for bidder in case["penyedia"]:
        bidder.get("penawaran", {}).pop("peringkat", None)
    minutes = paper(render(case), "ba-penetapan-pemenang")
    assert "penyedia.penawaran.peringkat" in minutes.kosong
    assert "PT Contoh Satu" not in whole_text(minutes.content)


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
    assert "Nama Kepala Pengganti Contoh" in text_of_paper(render(case), "sk-pokja")


def test_the_pa_signs_the_contract_where_the_case_says_so(render: Render) -> None:
    case = full_case("kontrak")
    case["pejabat"]["pejabat_penandatangan_kontrak"] = case["pejabat"]["pa"]
    text = text_of_paper(render(case), "spmk")
    assert "Nama Pengguna Anggaran Contoh" in text
    assert "Nama Pejabat Pembuat Komitmen Contoh" not in text
