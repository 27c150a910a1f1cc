"""The files of the book: whole, valid, the same on any day, and holding what they must."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # it ships no types

from pbj_rules.assurance.rulebook import RuleBook, rule_book
from pbj_rules.assurance.rulebook.flow import Sign
from pbj_rules.assurance.rulebook.lampiran import Lampiran
from pbj_rules.documents import Paper, to_pdf
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Basis, Regulation
from pbj_rules.regulation.quotes import normal_text
from tests.documents.reading_word import body_of, text_of, whole_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
NBSP = "\N{NO-BREAK SPACE}"


def named(book: RuleBook, name: str) -> Paper:
    return next(paper for paper in (*book.word, *book.others) if paper.name == name)


def book_text(book: RuleBook) -> str:
    return normal_text(whole_text(named(book, "buku-aturan.docx").content))


def page_text(book: RuleBook) -> str:
    page = named(book, "buku-aturan.html").content.decode()
    blocks = re.sub(r"</?(?:span|a)\b[^>]*>", "", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", blocks)).split())


@pytest.mark.parametrize("name", ["buku-aturan.docx", "lampiran.docx"])
def test_validators_find_nothing_wrong(book: RuleBook, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(named(book, name).content)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    assert [str(finding) for finding in check(str(path))] == []


def test_the_same_rules_give_the_same_bytes(book: RuleBook, shipped: Path) -> None:
    again = rule_book(load_regulation(shipped), shipped)
    assert [(p.name, p.content) for p in again.word + again.others] == [
        (p.name, p.content) for p in book.word + book.others
    ]


def test_every_anomaly_stands_in_the_register_with_its_reading_and_its_alternative(
    book: RuleBook, regulation: Regulation
) -> None:
    for text in (book_text(book), page_text(book)):
        register = text[text.rindex("Register anomali") :]
        starts = [register.index(f" {name} ") for name in regulation.anomali]
        assert starts == sorted(starts)
        for anomaly, start, end in zip(regulation.anomali.values(), starts, [*starts[1:], None], strict=True):
            entry = register[start:end]
            for words in (anomaly.catatan, anomaly.bacaan, anomaly.alternatif):
                assert normal_text(words) in entry, anomaly.id


def rows_of(book: RuleBook) -> dict[str, Any]:
    """The cells of the book's two-column tables, by the bookmark of the row."""
    tables = body_of(named(book, "buku-aturan.docx").content).iter(f"{W}tbl")
    rows = [row for table in tables for row in table.iter(f"{W}tr")]
    marked = [(row, row.find(f".//{W}bookmarkStart")) for row in rows]
    return {mark.get(f"{W}name"): row.findall(f"{W}tc") for row, mark in marked if mark is not None}


def test_the_words_of_each_row_stand_beside_its_rule(book: RuleBook, regulation: Regulation) -> None:
    rows = rows_of(book)
    for row in regulation.rows():
        left, right = rows[f"baris_{re.sub('[^a-zA-Z0-9]', '_', row.id)}"]
        words, rules = (normal_text(" ".join(map(text_of, cell.iter(f"{W}p")))) for cell in (left, right))
        assert normal_text(row.kegiatan) in words
        for branch in (branch for decision in row.keputusan for branch in decision.cabang):
            assert f"maka {branch.nilai}" in rules
            assert f"“{normal_text(branch.citation.kutipan)}”" in rules


def test_interpretations_are_marked_and_the_text_is_not(book: RuleBook, regulation: Regulation) -> None:
    rows = rows_of(book)
    for row in regulation.rows():
        rules = " ".join(text_of(p) for p in rows[f"baris_{re.sub('[^a-zA-Z0-9]', '_', row.id)}"][1].iter(f"{W}p"))
        citations = [branch.citation for decision in row.keputusan for branch in decision.cabang]
        citations += [document.citation for document in row.dokumen]
        read = sum(citation.dasar is Basis.INTERPRETATION for citation in citations)
        read += row.lanjut is not None and row.lanjut.dasar == "tafsir"
        assert rules.count("TAFSIR") == read, row.id


def test_a_branch_is_said_in_a_sentence_with_the_value_of_its_parameter(book: RuleBook) -> None:
    condition = "Jika jumlah peserta paling sedikit kuorum peserta prakualifikasi (3)"
    said = f"{condition}, maka terpenuhi; lanjut ke baris{NBSP}8. TERSURAT"
    assert normal_text(said) in book_text(book)
    assert normal_text(said) in normal_text(page_text(book))


def test_parameters_stand_with_their_values_and_their_ground(book: RuleBook, regulation: Regulation) -> None:
    text = book_text(book)
    for parameter in regulation.parameter.values():
        assert parameter.judul in text
        assert normal_text(parameter.citation.kutipan) in text
    assert "Rp100.000.000.000" in text


def test_every_link_of_the_page_leads_somewhere(book: RuleBook) -> None:
    page = named(book, "buku-aturan.html").content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_link_of_the_word_file_leads_to_a_bookmark(book: RuleBook) -> None:
    body = body_of(named(book, "buku-aturan.docx").content)
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert links <= marks
    assert all(len(name) <= 40 for name in marks)  # Word takes no longer ones


def test_the_page_needs_nothing_but_itself(book: RuleBook) -> None:
    page = named(book, "buku-aturan.html").content.decode()
    assert not re.search(r"<script|<link|src=|@import|url\(", page)


def test_the_charts_are_real_drawings_one_group_a_page(book: RuleBook, sheets: Lampiran) -> None:
    body = body_of(named(book, "lampiran.docx").content)
    groups = list(body.iter(f"{WP}anchor"))
    assert len(groups) == sheets.pages
    drawn = Counter(geometry.get("prst") for geometry in body.iter(f"{A}prstGeom"))
    shapes = [shape for sheet in sheets.sheets for page in sheet.pages for shape in page.drawing.shapes]
    diamonds = sum(shape.sign is Sign.DIAMOND for shape in shapes)
    assert drawn["flowChartDecision"] == diamonds + 1  # and one in the legend
    arrows = [ln for ln in body.iter(f"{A}ln") if ln.find(f"{A}tailEnd") is not None]
    assert len(arrows) == 2 + sum(line.arrow for s in sheets.sheets for p in s.pages for line in p.drawing.lines)


def test_a_group_is_as_large_as_what_is_in_it(book: RuleBook) -> None:
    """Some programs scale a group whose size says otherwise, and its signs would leave their rows."""
    for anchor in body_of(named(book, "lampiran.docx").content).iter(f"{WP}anchor"):
        extent = anchor.find(f"{WP}extent")
        places = [place for shape in anchor.iter(f"{WPS}spPr") for place in shape.iter(f"{A}xfrm")]
        corners = [
            [int(p.find(f"{A}off").get(a)) + int(p.find(f"{A}ext").get(s)) for a, s in (("x", "cx"), ("y", "cy"))]
            for p in places
        ]
        right, bottom = (max(side) for side in zip(*corners, strict=True))
        assert abs(right - int(extent.get("cx"))) <= 2
        assert abs(bottom - int(extent.get("cy"))) <= 2


def test_every_printed_row_stands_in_the_lampiran(book: RuleBook, sheets: Lampiran) -> None:
    tables = list(body_of(named(book, "lampiran.docx").content).iter(f"{W}tbl"))
    rows = [row for table in tables[:-1] for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None]
    assert len(rows) == sum(len(sheet.table.rows) for sheet in sheets.sheets) == 163


def test_a_drawing_is_a_picture_of_the_whole_table(book: RuleBook, regulation: Regulation) -> None:
    charts = [paper for paper in book.others if paper.name.endswith(".svg")]
    assert len(charts) == len(regulation.sop)
    for paper, sop in zip(charts, regulation.sop.values(), strict=True):
        root = etree.fromstring(paper.content)
        text = " ".join(root.itertext())
        assert sop.id in paper.name
        for row in sop.baris.values():
            assert row.kegiatan.split()[0] in text
        assert root.findall(".//{*}polyline")


def test_rules_without_the_regulations_text_still_make_a_book(regulation: Regulation, tmp_path: Path) -> None:
    assert rule_book(regulation, tmp_path).pages > len(regulation.sop)


def test_a_changed_rule_changes_its_drawing_and_its_sentence(shipped: Path, tmp_path: Path, book: RuleBook) -> None:
    rules = Path(shutil.copytree(shipped, tmp_path / "peraturan"))
    file = rules / "05-prakualifikasi.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(
            'jika: jumlah_lulus < kuorum_lulus\n            lanjut: "10"',
            'jika: jumlah_lulus < kuorum_lulus\n            lanjut: "7"',
        ),
        encoding="utf-8",
    )
    changed = rule_book(load_regulation(rules), rules)
    name = "lampiran/05-prakualifikasi.svg"
    assert named(changed, name).content != named(book, name).content
    same = "lampiran/06-tender-seleksi.svg"
    assert named(changed, same).content == named(book, same).content
    assert f"maka gagal; lanjut ke baris{NBSP}7." in whole_text(named(changed, "buku-aturan.docx").content)


@pytest.mark.skipif(
    shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice (soffice) is not installed"
)
def test_libreoffice_breaks_the_pages_where_the_layout_does(book: RuleBook) -> None:
    (printed,) = to_pdf([named(book, "lampiran.docx")])
    assert len(re.findall(rb"/Type\s*/Page\b", printed.content)) == book.pages
