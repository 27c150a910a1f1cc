"""The rule book and the Lampiran, as files: Word, HTML, PDF and SVG, the same bytes for the same rules."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from pbj_rules.assurance.rulebook.book import book_blocks
from pbj_rules.assurance.rulebook.book_html import book_html
from pbj_rules.assurance.rulebook.book_word import book_docx
from pbj_rules.assurance.rulebook.lampiran import Lampiran, lampiran, lampiran_docx
from pbj_rules.assurance.rulebook.layout import laid_out
from pbj_rules.assurance.rulebook.printed import naskah_lines
from pbj_rules.assurance.rulebook.svg import sheet_svg
from pbj_rules.documents.rendering import Paper
from pbj_rules.regulation.model import Regulation

__all__ = ["RuleBook", "rule_book"]


@frozen
class RuleBook:
    """The files: ``word`` the two that also become PDF, ``others`` the page and the charts."""

    word: tuple[Paper, ...]
    others: tuple[Paper, ...]
    pages: int


def rule_book(regulation: Regulation, directory: Path) -> RuleBook:
    """The book of a regulation whose rules, and the text beside them, stand in ``directory``."""
    sheets = lampiran(regulation, naskah_lines(directory))
    tables = [sheet.table for sheet in sheets.sheets]
    blocks = book_blocks(regulation, tables, _pages(sheets))
    width = sum(sheets.sheets[0].widths)
    charts = {table.sop.id: sheet_svg(laid_out(table, width), table.sop.judul) for table in tables}
    book = book_docx(blocks, regulation.judul, regulation.berlaku_sejak)
    page = book_html(blocks, f"Buku aturan {regulation.judul}", charts)
    svgs = (
        _file(f"lampiran/{number:02}-{sop}.svg", svg.encode()) for number, (sop, svg) in enumerate(charts.items(), 1)
    )
    return RuleBook(
        (_file("buku-aturan.docx", book), _file("lampiran.docx", lampiran_docx(sheets))),
        (_file("buku-aturan.html", page), *svgs),
        sheets.pages,
    )


def _file(name: str, content: bytes) -> Paper:
    return Paper(None, Path(name).stem, name, content, ())


def _pages(sheets: Lampiran) -> dict[str, str]:
    """On which pages of the Lampiran an SOP's table stands: "6–7"."""
    found: dict[str, str] = {}
    first = 1
    for sheet in sheets.sheets:
        last = first + len(sheet.pages) - 1
        found[sheet.table.sop.id] = str(first) if last == first else f"{first}–{last}"
        first = last + 1
    return found
