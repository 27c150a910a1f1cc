"""The papers of prequalification and selection say what was decided, and nothing that the case does not know."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from pbj_rules.errors import InputError
from tests.documents.cases import full_case, minimal_case
from tests.documents.conftest import Render
from tests.documents.reading_word import whole_text


def texts(render: Render, case: dict[str, Any]) -> dict[str, str]:
    return {paper.id: whole_text(paper.content) for paper in render(case)}


@pytest.mark.parametrize(
    ("name", "paper", "words"),
    [
        ("tender", "usulan-perubahan", "adendum dilakukan dengan persetujuan Pejabat Pembuat Komitmen"),
        ("tender", "usulan-perubahan", "Ya, yaitu Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak"),
        ("tender-sanggah-adendum-lain", "usulan-perubahan", "MATERI ADENDUM DOKUMEN PEMILIHAN"),
        ("tender-sanggah-adendum-lain", "usulan-perubahan", "Tidak, melainkan ketentuan lain"),
        ("tender", "ba-evaluasi", "berjumlah 3 (tiga) penawaran, memenuhi jumlah paling sedikit 3 (tiga) penawaran"),
        ("tender-perpanjangan", "ba-evaluasi", "berjumlah 2 (dua) penawaran sehingga dilakukan perpanjangan waktu"),
        ("tender", "bahp", "sehingga pemenang ditetapkan oleh Kelompok Kerja Pemilihan"),
        ("tender-tanpa-perubahan-pa", "bahp", "diusulkan kepada Pengguna Anggaran/Kuasa Pengguna Anggaran"),
        ("prakualifikasi", "ba-penetapan-kualifikasi", "menetapkan daftar peserta yang dapat mengikuti"),
        ("prakualifikasi-konsultansi-perpanjangan", "ba-penetapan-kualifikasi", "menetapkan daftar pendek"),
        ("prakualifikasi-lulus-kurang", "ba-penetapan-kualifikasi", "prakualifikasi dinyatakan gagal"),
        ("proses-undangan-seleksi", "pengumuman-tender", "UNDANGAN SELEKSI"),
        ("proses-pengumuman-tender", "pengumuman-tender", "mengumumkan tender dengan pascakualifikasi"),
        ("tender", "pengumuman-tender", "mengumumkan tender untuk paket"),
    ],
)
def test_the_wording_follows_the_decision(name: str, paper: str, words: str, render: Render) -> None:
    assert words in texts(render, full_case(name))[paper]


def test_nothing_is_proposed_where_nothing_changes(render: Render) -> None:
    assert "usulan-perubahan" not in texts(render, full_case("tender-tanpa-perubahan-pa"))


def test_failed_prequalification_has_no_list_of_the_qualified(render: Render) -> None:
    text = texts(render, full_case("prakualifikasi-lulus-kurang"))["ba-penetapan-kualifikasi"]
    assert "daftar peserta tidak ditetapkan" in text
    assert "Jalan Rekaan Nomor 11" not in text


STAGES = ["administrasi", "teknis", "harga", "kualifikasi"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_bid_is_evaluated_up_to_the_stage_that_failed_it(stage: str, render: Render) -> None:
    case = full_case("tender")
    failed = case["penyedia"][2]
    failed["penawaran"]["tahap_gugur"] = stage
    failed.pop("kualifikasi")
    text = texts(render, case)["ba-evaluasi"]
    table = text[text.index("D. Hasil Evaluasi") : text.index("E. Penawaran yang Gugur")]
    cells = [line for line in table[table.index("PT Contoh Tiga") :].split("\n") if line][1:5]
    at = STAGES.index(stage)
    assert cells == ["Memenuhi"] * at + ["Tidak memenuhi"] + ["-"] * (3 - at)
    assert f"Evaluasi {stage}" in text


def test_a_bid_without_a_verdict_is_never_said_to_pass_or_to_fail(render: Render) -> None:
    case = full_case("tender")
    del case["penyedia"][1]["penawaran"]["peringkat"], case["penyedia"][2]["penawaran"]["gugur"]
    del case["penyedia"][2]["penawaran"]["tahap_gugur"]
    paper = next(paper for paper in render(case) if paper.id == "ba-evaluasi")
    text = whole_text(paper.content)
    assert {"penyedia[2].penawaran.peringkat", "penyedia[3].penawaran.peringkat"} <= set(paper.kosong)
    assert "Tidak ada penawaran yang gugur" not in text
    assert text.count("Memenuhi") == 4 + 2  # those of the first, and what the others brought from prequalification


def test_where_every_bid_passes_the_minutes_say_so(render: Render) -> None:
    case = full_case("tender")
    case["penyedia"] = case["penyedia"][:2]
    assert "Tidak ada penawaran yang gugur." in texts(render, case)["ba-evaluasi"]


def test_a_stage_without_a_reason_is_refused(render: Render) -> None:
    case = full_case("tender")
    del case["penyedia"][2]["penawaran"]["gugur"]
    with pytest.raises(InputError, match="tahap gugur disebut tanpa alasannya"):
        render(case)


def test_minutes_without_a_negotiated_price_ask_why(render: Render) -> None:
    case = full_case("tender")
    negotiated = texts(render, case)["ba-klarifikasi-negosiasi"]
    assert "BERITA ACARA KLARIFIKASI DAN NEGOSIASI" in negotiated
    assert "Rp11.200.000.000,00" in negotiated
    del case["penyedia"][0]["penawaran"]["harga_negosiasi"]
    plain = texts(render, case)["ba-klarifikasi-negosiasi"]
    assert "egosiasi harga tidak dilaksanakan karena pemenang ditentukan menurut harga terendah" in plain
    assert "dan negosiasi" not in plain.lower()
    del case["isian"]["ba-klarifikasi-negosiasi"]["alasan_tanpa_negosiasi"]
    paper = next(paper for paper in render(case) if paper.id == "ba-klarifikasi-negosiasi")
    assert paper.kosong == ("isian.ba-klarifikasi-negosiasi.alasan_tanpa_negosiasi",)


def test_the_minutes_of_the_result_come_before_those_of_the_award(render: Render) -> None:
    made = [paper.id for paper in render(full_case("tender"))]
    assert made.index("ba-evaluasi") < made.index("ba-klarifikasi-negosiasi") < made.index("bahp")
    assert made.index("bahp") < made.index("ba-penetapan-pemenang") < made.index("pengumuman-pemenang")


def test_sixty_bidders_are_all_in_the_minutes(render: Render) -> None:
    case = full_case("tender")
    first, failed = case["penyedia"][0], case["penyedia"][2]
    bidders = []
    for number in range(1, 61):
        bidder = deepcopy(first if number % 2 else failed)
        bidder["nama"] = f"PT Peserta Nomor {number:02}"
        if number % 2:
            bidder["penawaran"]["peringkat"] = number // 2 + 1
        bidders.append(bidder)
    text = texts(render, case | {"penyedia": bidders})["ba-evaluasi"]
    for number in range(1, 61):
        assert text.count(f"PT Peserta Nomor {number:02}") >= 4


def test_a_draft_asks_for_what_the_announcement_needs(render: Render) -> None:
    paper = next(paper for paper in render(minimal_case("prakualifikasi")) if paper.id == "pengumuman-prakualifikasi")
    asked = {"uraian_singkat", "syarat_kualifikasi", "unduh_mulai", "unduh_selesai", "unggah_mulai", "unggah_selesai"}
    assert {f"isian.pengumuman-prakualifikasi.{name}" for name in asked} <= set(paper.kosong)
