"""Missing values: marked and listed in a draft, refused in a final paper."""

from __future__ import annotations

import pytest

from pbj_rules.errors import InputError
from tests.documents.cases import full_case, minimal_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import highlighted, whole_text


def test_a_missing_value_is_a_marked_blank_with_its_path(render: Render) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["tempat"]
    bapp = paper(render(case), "bapp")
    assert bapp.kosong == ("isian.bapp.tempat",)
    assert highlighted(bapp.content) == ["[tempat pemberian penjelasan ............]"]


def test_only_the_blank_is_highlighted_not_the_sentence_around_it(render: Render) -> None:
    case = full_case("tender")
    del case["pejabat"]["pokja"][0]["nip"]
    bapp = paper(render(case), "bapp")
    assert bapp.kosong == ("pejabat.pokja[1].nip",)
    assert "NIP [NIP anggota Pokja ............]" in whole_text(bapp.content)
    assert highlighted(bapp.content) == ["[NIP anggota Pokja ............]"]


def test_a_missing_list_gives_one_blank_row_and_is_listed_once(render: Render) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["tanya_jawab"]
    bapp = paper(render(case), "bapp")
    assert bapp.kosong == ("isian.bapp.tanya_jawab",)
    assert len(highlighted(bapp.content)) == 3


def test_an_empty_list_is_an_answer_not_a_blank(render: Render) -> None:
    case = full_case("tender")
    case["isian"]["bapp"]["tanya_jawab"] = []
    assert "tidak ada pertanyaan dari peserta" in text_of_paper(render(case, final=True), "bapp")


def test_an_optional_value_may_be_absent_from_a_final_paper(render: Render) -> None:
    case = full_case("kontrak")
    del case["isian"]["sppbj"]["jaminan_nilai"]
    letter = paper(render(case), "sppbj")
    assert letter.kosong == ()
    assert "Jaminan Pelaksanaan" not in whole_text(letter.content)


def test_a_missing_number_shows_the_pattern_of_the_register(render: Render) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["nomor"]
    bapp = paper(render(case), "bapp")
    assert "Nomor: 027/[nomor ............]/BAPP/PBJ/IV/2020" in whole_text(bapp.content)
    assert bapp.kosong == ("isian.bapp.nomor",)


def test_a_missing_date_is_never_taken_from_the_clock(render: Render) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["tanggal"]
    bapp = paper(render(case), "bapp")
    assert "Pada hari ini [tanggal ............] ([tanggal ............])" in whole_text(bapp.content)
    assert bapp.kosong == ("isian.bapp.tanggal",)


def test_an_account_is_made_on_the_day_of_the_case(render: Render) -> None:
    assert "Paringin, 1 April 2020" in text_of_paper(render(full_case("auditor")), "surat-info-akun")


def test_a_missing_verdict_is_never_printed_as_a_verdict(render: Render) -> None:
    case = full_case("prakualifikasi")
    del case["penyedia"][1]["kualifikasi"]["lulus"]
    minutes = paper(render(case), "ba-evaluasi-kualifikasi")
    assert minutes.kosong == ("penyedia[2].kualifikasi.lulus",)
    assert highlighted(minutes.content) == ["[hasil ............]"]


@pytest.mark.parametrize(("field", "message"), [("nip", "NIP harus 18 angka"), ("npwp", "NPWP harus 15 atau 16 angka")])
def test_an_identity_number_of_the_wrong_length_is_marked(field: str, message: str, render: Render) -> None:
    case = full_case("tender")
    (case["pejabat"]["pokja"] if field == "nip" else case["penyedia"])[0][field] = "123"
    minutes = paper(render(case), "ba-penetapan-pemenang")
    assert len(minutes.kosong) == 1
    assert minutes.kosong[0].endswith(f"[1].{field}")
    assert any(message in text for text in highlighted(minutes.content))


def test_a_final_paper_with_blanks_is_refused_with_all_of_them(render: Render) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["tempat"]
    del case["paket"]["kode_rup"]
    del case["isian"]["adendum"]["nomor_adendum"]
    with pytest.raises(InputError) as refused:
        render(case, final=True)
    problems = refused.value.problems
    paths = {problem.path for problem in problems}
    assert {"isian.bapp.tempat", "paket.kode_rup", "isian.adendum.nomor_adendum"} == paths
    (place,) = (str(problem) for problem in problems if problem.path == "isian.bapp.tempat")
    assert "naskah `bapp` belum lengkap" in place
    assert "“Pada hari ini" in place
    assert "Isi `isian.bapp.tempat` pada berkas kasus" in place


def test_a_final_paper_of_a_minimal_case_is_refused(render: Render) -> None:
    with pytest.raises(InputError):
        render(minimal_case("kontrak"), final=True)


def test_a_unit_without_a_letterhead_in_the_profile_gets_a_marked_one(render: Render) -> None:
    case = full_case("kontrak")
    case["paket"]["perangkat_daerah"] = "Dinas Rekaan"
    order = paper(render(case), "spmk")
    assert "DINAS REKAAN" in whole_text(order.content)
    assert order.kosong == ("profil.perangkat_daerah.Dinas Rekaan",)
