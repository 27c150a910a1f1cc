"""The page and the ZIP of a case."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from attrs import evolve

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, Paper, isian_shape, render_papers
from pbj_rules.documents.bundling import bundle, index_page
from pbj_rules.resources import samples_directory
from pbj_rules.result import Result
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.reading_word import parts_of

VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a reader of the page sees and can follow; every tag that is opened must be closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.links += [named[key] or "" for key in ("href", "src") if key in named]
        self.anchors += [named["id"] or ""] if "id" in named else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def made(engine: Engine, office: Office) -> Any:
    """Case, result and papers of a case given as a mapping."""

    def make(given: Mapping[str, Any]) -> tuple[Case, Result, tuple[Paper, ...]]:
        case = Case.from_mapping(given, engine.regulation, isian_shape())
        result = engine.evaluate(case)
        return case, result, render_papers(case, result, office)

    return make


def test_the_page_names_every_decision_with_its_row_basis_and_words(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    text = Page(index_page(case, result, papers, engine.regulation)).text
    assert result.keputusan
    for decision in result.keputusan:
        assert decision.baris in text
        assert f"{decision.nilai} → {decision.lanjut}" in text
        assert decision.dasar in text
        assert " ".join(decision.kutipan.split()) in text


def test_every_paper_is_linked_as_word_and_as_pdf(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    both = papers + tuple(evolve(paper, name=paper.name.replace(".docx", ".pdf")) for paper in papers)
    page = Page(index_page(case, result, both, engine.regulation))
    assert sorted(unquote(link) for link in page.links if not link.startswith("#")) == sorted(
        paper.name for paper in both
    )
    assert page.text.count("Word PDF") == len(papers)


def test_every_paper_is_listed_with_the_code_that_it_prints(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    text = Page(index_page(case, result, papers, engine.regulation)).text
    for paper in papers:
        assert len(paper.kode) == 19
        assert f"Kode verifikasi {paper.kode}" in parts_of(paper.content)["word/footer1.xml"].decode()
        assert text.count(paper.kode) == 1


def test_a_paper_that_no_row_names_is_marked(engine: Engine, made: Any) -> None:
    given = full_case("tender")
    case, result, papers = made(given)
    assert all(paper.index is not None for paper in papers)
    assert "tidak disebut dalam Perbup 21/2020" not in Page(index_page(case, result, papers, engine.regulation)).text
    given["isian"]["daftar-hadir"] = {}
    case, result, papers = made(given)
    (extra,) = (paper for paper in papers if paper.index is None)
    text = Page(index_page(case, result, papers, engine.regulation)).text
    assert f"{extra.title} tidak disebut dalam Perbup 21/2020 –" in text


def test_a_link_leads_to_the_file_beside_the_page_whatever_its_name(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    odd = evolve(papers[0], name="kasus-1/01 50% #a?.docx")
    page = Page(index_page(case, result, [odd], engine.regulation))
    assert "01%2050%25%20%23a%3F.docx" in page.links


def test_a_blank_is_listed_with_the_papers_that_wait_for_it(engine: Engine, made: Any) -> None:
    case, result, papers = made(minimal_case("tender"))
    text = Page(index_page(case, result, papers, engine.regulation)).text
    for paper in papers:
        for path in paper.kosong:
            assert path in text.partition("Yang masih kosong")[2]
    assert any(paper.kosong for paper in papers)


def test_a_case_in_which_nothing_is_missing_has_no_list_of_blanks(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    assert not any(paper.kosong for paper in papers)
    assert "Yang masih kosong" not in Page(index_page(case, result, papers, engine.regulation)).text


def test_a_waiting_case_says_what_it_waits_for(engine: Engine, made: Any) -> None:
    case, result, papers = made({**full_case("tender"), "fakta": {}})
    (waiting,) = result.menunggu
    text = Page(index_page(case, result, papers, engine.regulation)).text
    assert f"Menunggu di baris {waiting.baris}: {engine.regulation.fakta[waiting.fakta].pertanyaan}" in text


def test_markup_in_a_case_stays_text(engine: Engine, made: Any) -> None:
    hostile = '<script>alert("x")</script> {{ 7 * 7 }} & Rekan'
    given = full_case("tender")
    given["paket"] |= {"nama": hostile}
    page = Page(index_page(*made(given), engine.regulation))
    assert "script" not in page.tags
    assert hostile in unescape(page.text)


def test_the_page_needs_no_other_file_and_no_network(engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case("tender"))
    content = index_page(case, result, papers, engine.regulation)
    page = Page(content)
    assert {"script", "link", "img", "iframe"} & page.tags == set()
    assert b"http" not in content
    assert b"url(" not in content


@pytest.mark.parametrize("name", CASES)
def test_every_paper_of_the_result_is_on_the_page(name: str, engine: Engine, made: Any) -> None:
    case, result, papers = made(full_case(name))
    text = Page(index_page(case, result, papers, engine.regulation)).text
    for entry in result.dokumen:
        assert entry.judul in text
        assert entry.baris in text


@pytest.mark.parametrize("file", sorted(samples_directory().rglob("*.yaml")), ids=lambda file: file.stem)
def test_every_sample_has_a_page_whose_references_lead_somewhere(file: Path, engine: Engine) -> None:
    case = Case.from_file(file, engine.regulation, isian_shape())
    page = Page(index_page(case, engine.evaluate(case), (), engine.regulation))
    assert {link.removeprefix("#") for link in page.links} == set(page.anchors)


def test_the_same_case_gives_the_same_page(engine: Engine, made: Any) -> None:
    first, second = (index_page(*made(full_case("kontrak")), engine.regulation) for _ in range(2))
    assert first == second


def test_a_zip_holds_the_files_and_does_not_depend_on_their_order() -> None:
    files = {"indeks.html": b"<p>", "01-bapp.docx": b"satu", "kasus-b/01-bapp.pdf": b"dua"}
    packed = bundle(files)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert bundle(dict(reversed(files.items()))) == packed


@pytest.mark.parametrize("name", ["/etc/passwd", "../luar.docx", "a/../../b", "a\\b", "C:x", "", "a//b", "./a", "a/"])
def test_a_name_that_would_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="tidak dapat dimuat"):
        bundle({name: b""})


def test_names_that_differ_by_capitals_alone_are_refused() -> None:
    with pytest.raises(ValueError, match="sama di beberapa komputer"):
        bundle({"a.docx": b"", "A.docx": b""})
