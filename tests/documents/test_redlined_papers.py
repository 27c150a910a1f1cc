"""The papers of two runs, paired and compared; and what LibreOffice makes of a redline."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from pbj_rules.documents import Paper, differences, pair_papers, to_pdf
from pbj_rules.documents.packing import pack
from pbj_rules.errors import InputError, PbjError
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper
from tests.documents.reading_word import parts_of, whole_text
from tests.documents.tracked import accept_all, changes_in, reject_all, story

DAY = date(2020, 5, 2)
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice (soffice) is not installed"
)


def named(kind: str, name: str) -> Paper:
    return Paper(None, kind, name, b"", ())


@pytest.fixture(scope="module")
def bapp(render: Render) -> Paper:
    return evolve(paper(render(full_case("tender")), "bapp"), name="01-bapp.docx")


@pytest.fixture(scope="module")
def other(render: Render) -> Paper:
    case = full_case("tender")
    case["isian"]["bapp"]["tempat"] = "Aula & Gedung Baru"
    return evolve(paper(render(case), "bapp"), name="01-bapp.docx")


def test_papers_are_paired_by_their_kind_and_how_manieth_they_are() -> None:
    a = [named("bapp", "01-bapp.docx"), named("adendum", "02-adendum.docx"), named("bapp", "03-bapp.docx")]
    b = [named("sppbj", "01-sppbj.docx"), named("bapp", "02-bapp.docx")]
    assert [(pair.id, pair.number, pair.a and pair.a.name, pair.b and pair.b.name) for pair in pair_papers(a, b)] == [
        ("sppbj", 1, None, "01-sppbj.docx"),
        ("bapp", 1, "01-bapp.docx", "02-bapp.docx"),
        ("adendum", 1, "02-adendum.docx", None),
        ("bapp", 2, "03-bapp.docx", None),
    ]


def test_each_pair_says_what_became_of_it(bapp: Paper, other: Paper, render: Render) -> None:
    adendum, winner = (paper(render(full_case("tender")), kind) for kind in ("adendum", "ba-penetapan-pemenang"))
    found = differences(pair_papers([bapp, adendum], [other, winner]), day=DAY)
    assert [(one.pair.id, one.state, one.paper and one.paper.name) for one in found] == [
        ("bapp", "berubah", "01-bapp-redline.docx"),
        ("ba-penetapan-pemenang", "baru", winner.name.replace(".docx", "-redline.docx")),
        ("adendum", "hilang", adendum.name.replace(".docx", "-redline.docx")),
    ]
    changed, new, gone = (one.paper.content for one in found if one.paper is not None)
    assert story(reject_all(changed)) == story(bapp.content)
    assert story(accept_all(changed)) == story(other.content)
    assert not whole_text(reject_all(new)).strip()
    assert story(accept_all(new)) == story(winner.content)
    assert story(reject_all(gone)) == story(adendum.content)
    assert not whole_text(accept_all(gone)).strip()
    assert all(one.insertions + one.deletions > 0 for one in found)
    assert {
        change.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date")
        for change in changes_in(changed)
    } == {"2020-05-02T00:00:00Z"}


def test_what_a_file_says_of_itself_is_no_difference(render: Render, bapp: Paper) -> None:
    renamed = paper(render(full_case("tender") | {"kasus": "nama lain"}), "bapp")
    assert renamed.content != bapp.content
    assert [(one.state, one.paper) for one in differences(pair_papers([bapp], [renamed]), day=DAY)] == [("sama", None)]


def test_another_look_without_another_word_is_said_and_gives_no_file(bapp: Paper) -> None:
    parts = parts_of(bapp.content)
    parts["word/theme/theme1.xml"] = parts["word/theme/theme1.xml"].replace(b"</a:theme>", b"<!-- lain --></a:theme>")
    look = evolve(bapp, content=pack(parts))
    assert [(one.state, one.paper) for one in differences(pair_papers([bapp], [look]), day=DAY)] == [("tampilan", None)]


def test_papers_of_both_sides_never_get_the_same_file(bapp: Paper, other: Paper) -> None:
    before = [evolve(bapp, name="01-bapp.docx"), evolve(bapp, name="02-bapp.docx")]
    after = [evolve(other, name="02-bapp.docx")]
    found = differences(pair_papers(before, after), day=DAY)
    names = [one.paper.name for one in found if one.paper is not None]
    assert names == ["02-bapp-redline.docx", "02-bapp-redline-2.docx"]


def test_a_paper_that_cannot_be_compared_is_named(bapp: Paper, other: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_versions: bytes, **_options: object) -> bytes:
        raise PbjError("program pembanding gagal: sakit")

    monkeypatch.setattr("pbj_rules.documents.redlining.compare", fails)
    with pytest.raises(InputError, match=r"01-bapp\.docx: tidak dapat dibandingkan: program pembanding gagal: sakit"):
        differences(pair_papers([bapp], [other]), day=DAY)


@needs_libreoffice
def test_libreoffice_shows_both_versions(bapp: Paper, other: Paper, tmp_path: Path) -> None:
    (found,) = differences(pair_papers([bapp], [other]), day=DAY)
    assert found.paper is not None
    (made,) = to_pdf([found.paper])
    file = tmp_path / "redline.pdf"
    file.write_bytes(made.content)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    assert "Aula & Gedung Baru" in words
    assert "Ruang Rapat" in words
