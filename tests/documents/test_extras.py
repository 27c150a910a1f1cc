"""Papers that no row names: made where a case asks for them, marked as such, and never otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from pbj_rules.cli.main import main
from pbj_rules.documents.fields import load_contract
from tests.documents.cases import full_case, minimal_case
from tests.documents.conftest import Render
from tests.documents.reading_word import every_text

EXTRAS = sorted(paper.id for paper in load_contract().papers.values() if paper.extra is not None)
MARK = "Naskah pelengkap: tidak disebut dalam Peraturan Bupati Balangan Nomor 21 Tahun 2020."


def asking(name: str, isian: dict[str, Any]) -> dict[str, Any]:
    case = minimal_case(name)
    return {**case, "isian": isian}


def test_there_are_eight_of_them() -> None:
    assert EXTRAS == [
        "ba-pembukaan-penawaran",
        "ba-rapat-persiapan-kontrak",
        "ba-tender-gagal",
        "daftar-hadir",
        "jawaban-sanggah",
        "jawaban-sanggah-banding",
        "pakta-integritas",
        "penilaian-kinerja-penyedia",
    ]


@pytest.mark.parametrize("kind", EXTRAS)
def test_it_is_made_where_a_case_asks_for_it_even_emptily_and_only_there(kind: str, render: Render) -> None:
    before = [paper.id for paper in render(asking("tender", {}))]
    after = [paper.id for paper in render(asking("tender", {kind: {}}))]
    assert kind not in before
    assert after == [*before, kind]


def test_several_entries_are_several_papers_each_with_its_own(render: Render) -> None:
    asked = {"daftar-hadir": [{"acara": "Rapat pertama"}, {"acara": "Rapat kedua"}]}
    papers = [paper for paper in render(asking("tender", asked)) if paper.id == "daftar-hadir"]
    first, second = (every_text(paper.content) for paper in papers)
    assert "Rapat pertama" in first
    assert "Rapat kedua" in second
    assert {path for paper in papers for path in paper.kosong if path.endswith(".waktu")} == {
        "isian.daftar-hadir[1].waktu",
        "isian.daftar-hadir[2].waktu",
    }


def test_a_case_that_waits_for_its_first_answer_gets_it_all_the_same(render: Render) -> None:
    waiting = asking("perencanaan", {"daftar-hadir": {}}) | {"fakta": {}}
    assert [paper.id for paper in render(waiting)] == ["daftar-hadir"]


@pytest.mark.parametrize("kind", EXTRAS)
def test_it_is_marked_on_its_page(kind: str, render: Render) -> None:
    asked = render(asking("tender", {kind: {}}))
    assert [paper.id for paper in asked if MARK in every_text(paper.content)] == [kind]


@pytest.mark.parametrize("kind", EXTRAS)
def test_it_rests_on_no_row(kind: str, render: Render) -> None:
    (paper,) = (paper for paper in render(asking("tender", {kind: {}})) if paper.id == kind)
    assert paper.index is None
    assert paper.salinan == ()


def test_the_result_names_it_apart_from_the_papers_of_the_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(asking("tender", {kind: {} for kind in EXTRAS})), encoding="utf-8")
    assert main(["run", str(file), "--json", "--out", str(tmp_path / "keluaran")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert sorted(paper["id"] for paper in result["naskah_tambahan"]) == EXTRAS
    assert not set(EXTRAS) & {paper["id"] for paper in result["dokumen"]}
    titles = {paper.id: paper.extra.title for paper in load_contract().papers.values() if paper.extra is not None}
    for paper in result["naskah_tambahan"]:
        assert paper["judul"] == titles[paper["id"]]
        assert (tmp_path / "keluaran" / paper["berkas"]).is_file()
        assert f"isian.{paper['id']}.nomor" in paper["kosong"]


def test_a_result_without_one_does_not_speak_of_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(asking("tender", {})), encoding="utf-8")
    assert main(["run", str(file), "--json", "--out", str(tmp_path / "keluaran")]) == 0
    assert "naskah_tambahan" not in json.loads(capsys.readouterr().out)


def test_people_see_it_and_that_the_regulation_does_not_name_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here the rows have made no paper yet."""
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(asking("penyedia", {"daftar-hadir": {}}) | {"fakta": {}}), encoding="utf-8")
    assert main(["run", str(file), "--out", str(tmp_path / "keluaran")]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "pelengkap Daftar hadir (tidak disebut dalam Perbup) 01-daftar-hadir.docx" in shown


def test_a_final_paper_lists_what_it_still_needs_like_any_other(render: Render) -> None:
    case = full_case("tender")
    case["isian"]["daftar-hadir"] = {"nomor": "1", "tanggal": "2020-04-13", "acara": "Rapat", "waktu": "09.00"}
    draft = render(case)[-1]
    assert draft.kosong == ("isian.daftar-hadir.tempat", "isian.daftar-hadir.hadirin")
