"""Every paper, rendered from full and from minimal cases."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from pbj_rules import Engine
from pbj_rules.documents import available_templates
from pbj_rules.documents.fields import load_contract
from tests.documents.cases import CASES, MADE, full_case, minimal_case
from tests.documents.conftest import Render, paper
from tests.documents.reading_word import digest, highlighted, outline, parts_of, whole_text


class PaperSnapshot(SingleFileSnapshotExtension):
    """One text file per paper, so that a change of one word shows as one line."""

    _write_mode = WriteMode.TEXT
    file_extension = "docx.txt"


@pytest.fixture
def paper_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(PaperSnapshot)


@pytest.fixture(scope="module")
def ranked(engine: Engine) -> set[str]:
    """The papers of the rules that are to have a template."""
    return {paper.id for paper in engine.regulation.dokumen.values() if paper.urutan_templat is not None}


def test_the_rules_rank_fifty_two_papers_and_practice_adds_eight(ranked: set[str]) -> None:
    extras = {paper.id for paper in load_contract().papers.values() if paper.extra is not None}
    assert (len(ranked), len(extras)) == (52, 8)
    assert not ranked & extras
    assert set(load_contract().papers) == ranked | extras
    assert available_templates() == ranked | extras


def test_every_paper_that_the_rules_rank_is_made_by_a_row_in_some_case(ranked: set[str], render: Render) -> None:
    made = [paper for name in CASES for paper in render(full_case(name))]
    assert sorted(ranked - {paper.id for paper in made if paper.index is not None}) == []
    assert sorted(available_templates() - {paper.id for paper in made}) == []


@pytest.mark.parametrize("name", CASES)
def test_a_full_case_leaves_no_blank(name: str, render: Render) -> None:
    for made in render(full_case(name), final=True):
        assert made.kosong == ()
        assert highlighted(made.content) == []


@pytest.mark.parametrize("name", CASES)
def test_papers_of_a_full_case_read_as_they_were_last_read(
    name: str, render: Render, paper_snapshot: SnapshotAssertion
) -> None:
    for made in render(full_case(name), final=True):
        assert outline(made.content) == paper_snapshot(name=f"{name}-{made.name.removesuffix('.docx')}")


@pytest.mark.parametrize("name", CASES)
def test_a_draft_of_a_minimal_case_marks_and_lists_its_blanks(name: str, render: Render) -> None:
    for made in render(minimal_case(name)):
        marked = highlighted(made.content)
        assert made.kosong
        assert marked
        assert all(text.startswith("[") and text.endswith("]") for text in marked)
        assert len(set(made.kosong)) == len(made.kosong)


@pytest.mark.parametrize("make", [full_case, minimal_case])
@pytest.mark.parametrize("name", CASES)
def test_no_trace_of_the_machinery_is_left_in_a_paper(name: str, make: Any, render: Render) -> None:
    for made in render(make(name)):
        for part, data in parts_of(made.content).items():
            if part.endswith(".xml"):
                text = data.decode("utf-8")
                assert "{{" not in text
                assert "{%" not in text
                assert not any(mark in text for mark in "\ufdd0\ufdd1\ufdd2")
        assert "None" not in whole_text(made.content)
        assert "Undefined" not in whole_text(made.content)


def test_the_same_case_gives_the_same_bytes(render: Render) -> None:
    for name in CASES:
        first, second = render(full_case(name)), render(full_case(name))
        assert [paper.content for paper in first] == [paper.content for paper in second]


def test_a_changed_word_changes_the_paper(render: Render) -> None:
    case = full_case("auditor")
    before = paper(render(case), "surat-info-akun").content
    case["isian"]["surat-info-akun"]["user_id"] = "AUDITOR-CONTOH-02"
    assert digest(paper(render(case), "surat-info-akun").content) != digest(before)


def test_archives_carry_no_clock_and_no_machine(render: Render) -> None:
    content = paper(render(full_case("auditor")), "surat-info-akun").content
    assert b"2020-04-01T00:00:00Z" in parts_of(content)["docProps/core.xml"]
    assert content.count(b"\x00\x00\x21\x00") >= 2 * len(parts_of(content))  # 1980-01-01, 00:00


def test_files_are_named_by_order_and_document(render: Render) -> None:
    for name, kinds in MADE.items():
        named = [f"{order:02}-{kind}.docx" for order, kind in enumerate(kinds, 1)]
        assert [made.name for made in render(full_case(name))] == named
