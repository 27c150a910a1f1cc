"""The book of a layered regulation says which law rules each point, and how sure that is."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pbj_rules.assurance.rulebook import RuleBook, rule_book
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import rules_directory

AMENDED = rules_directory() / "perpres-12-2021"


@pytest.fixture(scope="module")
def amended() -> Regulation:
    return load_regulation(AMENDED)


@pytest.fixture(scope="module")
def page(amended: Regulation) -> str:
    return page_of(rule_book(amended, AMENDED))


def page_of(book: RuleBook) -> str:
    (found,) = (paper.content.decode() for paper in book.others if paper.name == "buku-aturan.html")
    return found


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def row_of(page: str, anchor: str) -> str:
    return words(page.partition(f'<tr id="{anchor}"')[2].partition("</tr>")[0])


def test_every_point_stands_with_both_texts_and_whether_it_was_read(page: str, amended: Regulation) -> None:
    for point in amended.pengecualian.values():
        said = row_of(page, f"pengecualian_{point.id.replace('-', '_')}")
        mark = " TERVERIFIKASI " if point.terverifikasi else " BELUM DIVERIFIKASI "
        texts = (point.teks.kutipan, point.pasal, point.kutipan, point.isi, mark)
        assert [text for text in texts if " ".join(text.split()) not in f" {said} "] == []


def test_a_rule_that_a_layer_set_is_cited_from_it(page: str) -> None:
    quorum = row_of(page, "baris_tender_seleksi_8")
    assert "Menurut Pasal 51 ayat (2) huruf b Perpres 16/2018 BELUM DIVERIFIKASI" in quorum
    onward = row_of(page, "baris_pelaksanaan_kontrak_14")
    assert "Menurut Pasal 1 angka 14 dan angka 15" in onward
    assert "baris_pelaksanaan_kontrak_16" not in page


def test_every_link_leads_somewhere(page: str) -> None:
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(re.findall(r'id="([^"]*)"', page))


def test_the_period_is_said_with_what_is_not_sure_of_it(page: str) -> None:
    assert "Berlaku sejak 2 Februari 2021 sampai 29 April 2025 (belum diverifikasi)." in words(page)


def test_the_head_of_the_tables_is_that_of_the_text_beneath() -> None:
    shipped = rules_directory() / "perbup-balangan-21-2020"
    name = "lampiran/05-prakualifikasi.svg"
    layered, base = (rule_book(load_regulation(folder), folder) for folder in (AMENDED, shipped))
    one, other = ([paper.content for paper in book.others if paper.name == name] for book in (layered, base))
    assert one == other


def test_a_regulation_without_a_layer_has_no_such_chapter(book: RuleBook) -> None:
    assert "Berbeda dari Perbup" not in page_of(book)
