"""The Lampiran as a Word file: a table per SOP, page by page, with the chart drawn over the actors' columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from pbj_rules.assurance.rulebook.layout import HEAD_POINTS, MARKER, POINTS, Page, Sheet, laid_out
from pbj_rules.assurance.rulebook.legend import legend
from pbj_rules.assurance.rulebook.metrics import LINE_SPACING, MM_PER_POINT, wrapped
from pbj_rules.assurance.rulebook.ooxml import Style, docx, element, field_run, section, twips, words
from pbj_rules.assurance.rulebook.printed import Line, PlacedRow, printed_table
from pbj_rules.assurance.rulebook.word_drawing import anchored
from pbj_rules.assurance.rulebook.word_table import cell, grid, paragraph, table_row
from pbj_rules.regulation.model import Regulation

__all__ = ["Lampiran", "lampiran", "lampiran_docx"]

_PAPER: Final = (330.0, 215.0)  # F4, landscape
_MARGINS: Final = (12.0, 12.0, 14.0, 12.0)  # top, right, bottom, left
_FOOT: Final = 7.0
_SPARE: Final = 3.0  # at the foot of a page: no two programs set a row quite alike
_WIDTH: Final = _PAPER[0] - _MARGINS[1] - _MARGINS[3]
_ROOM: Final = _PAPER[1] - _MARGINS[0] - _MARGINS[2] - _SPARE
_TITLE_LINE, _TITLE_AFTER, _AGAIN, _ANCHOR = 5.6, 3.0, 6.0, 0.7
_ENCLOSURE_LINE, _ENCLOSURE_AFTER, _ENCLOSURE_LEFT = 4.4, 5.0, 196.0

_TITLE: Final = re.compile(r"(.*?) (Nomor .*?) tentang (.*)", re.DOTALL)


@frozen
class Lampiran:
    """The sheets of a regulation's tables, in its order."""

    regulation: Regulation
    sheets: tuple[Sheet, ...]

    @property
    def pages(self) -> int:
        """The pages of the file, that of the legend included."""
        return sum(len(sheet.pages) for sheet in self.sheets) + 1


def lampiran(regulation: Regulation, naskah: Sequence[str]) -> Lampiran:
    """Every table of the regulation, laid out on pages."""
    sheets: list[Sheet] = []
    for sop in regulation.sop.values():
        used = len(_titles(sop.judul)) * _TITLE_LINE + _TITLE_AFTER + _ANCHOR
        used += 0.0 if sheets else len(_enclosure(regulation)) * _ENCLOSURE_LINE + _ENCLOSURE_AFTER
        rooms = (_ROOM - used, _ROOM - _AGAIN - _ANCHOR)
        sheets.append(laid_out(printed_table(regulation, sop, naskah), _WIDTH, rooms))
    return Lampiran(regulation, tuple(sheets))


def lampiran_docx(of: Lampiran) -> bytes:
    """The Word file."""
    body = "".join(_body(of)) + section(*_PAPER, _MARGINS, _FOOT)
    title = f"Lampiran {of.regulation.judul}"
    return docx(
        body,
        _styles(),
        _footer(of.regulation),
        title=title,
        subject=of.regulation.judul,
        day=of.regulation.berlaku_sejak,
    )


def _styles() -> tuple[Style, ...]:
    head = _spacing(HEAD_POINTS * LINE_SPACING, centred=True) + _size(HEAD_POINTS, bold=True)
    return (
        ("Sel", "Sel", _spacing(POINTS * LINE_SPACING) + _size(POINTS)),
        ("SelTengah", "Sel Tengah", _spacing(POINTS * LINE_SPACING, centred=True) + _size(POINTS)),
        ("Kepala", "Kepala Tabel", head),
        ("Nomor", "Nomor Kolom", _spacing(HEAD_POINTS * LINE_SPACING, centred=True) + _size(HEAD_POINTS)),
        ("Judul", "Judul SOP", _spacing(_TITLE_LINE / MM_PER_POINT, centred=True) + _size(12, bold=True)),
        ("Sambungan", "Sambungan", _spacing(_AGAIN / MM_PER_POINT) + _size(8, italic=True)),
        ("Lampiran", "Kepala Lampiran", _spacing(_ENCLOSURE_LINE / MM_PER_POINT, left=_ENCLOSURE_LEFT) + _size(10)),
        ("Jangkar", "Jangkar", _spacing(_ANCHOR / MM_PER_POINT) + _size(1)),
        ("Catatan", "Catatan", _spacing(11) + _size(8.5)),
        ("Kaki", "Kaki Halaman", _spacing(9) + _size(7)),
    )


def _spacing(points: float, *, centred: bool = False, left: float = 0.0) -> str:
    """Lines of an exact height: the chart must meet its rows."""
    lines = element("w:spacing", {"w:before": 0, "w:after": 0, "w:line": round(points * 20), "w:lineRule": "exact"})
    indent = element("w:ind", {"w:left": twips(left)}) if left else ""
    return element("w:pPr", None, lines, indent, element("w:jc", {"w:val": "center"}) if centred else "")


def _size(points: float, *, bold: bool = False, italic: bool = False) -> str:
    size = round(points * 2)
    return element(
        "w:rPr",
        None,
        element("w:b") if bold else "",
        element("w:i") if italic else "",
        element("w:sz", {"w:val": size}),
        element("w:szCs", {"w:val": size}),
    )


def _footer(regulation: Regulation) -> str:
    tab = element("w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": twips(_WIDTH)}))
    return element(
        "w:p",
        None,
        element("w:pPr", None, element("w:pStyle", {"w:val": "Kaki"}), tab),
        words(f"Bagan alur digambar kembali dari aturan {regulation.id}; bukan salinan resmi."),
        element("w:r", None, element("w:tab")),
        words("Halaman "),
        field_run("PAGE", "1"),
        words(" dari "),
        field_run("NUMPAGES", "1"),
    )


def _body(of: Lampiran) -> Iterator[str]:
    number = 0
    for sheet in of.sheets:
        for position, page in enumerate(sheet.pages):
            yield from _opening(of, sheet, position, first=number == 0)
            number += 1
            yield _anchor(sheet, page, number)
            yield _table(sheet, page)
    yield from legend(number + 1, (_MARGINS[3], _ANCHOR), _TITLE_AFTER)
    yield paragraph("Jangkar")


def _opening(of: Lampiran, sheet: Sheet, position: int, *, first: bool) -> Iterator[str]:
    title = sheet.table.sop.judul
    if position:
        yield paragraph("Sambungan", f"{title} (lanjutan)", breaks=True)
        return
    if first:
        lines = _enclosure(of.regulation)
        yield from (paragraph("Lampiran", line, after=_ENCLOSURE_AFTER * (line is lines[-1])) for line in lines)
    titles = _titles(title)
    for line in titles:
        yield paragraph(
            "Judul", line, breaks=not first and line is titles[0], after=_TITLE_AFTER * (line is titles[-1])
        )


def _enclosure(regulation: Regulation) -> list[str]:
    """The lines at the head of the Lampiran, from the regulation's title."""
    parts = _TITLE.fullmatch(regulation.judul)
    if parts is None:
        return ["LAMPIRAN", regulation.judul.upper()]
    about = wrapped(parts[3].upper(), (_WIDTH - _ENCLOSURE_LEFT) * 0.96, 10)
    return ["LAMPIRAN", parts[1].upper(), parts[2].upper(), "TENTANG", *about]


def _titles(title: str) -> list[str]:
    """A title breaks behind "(SOP)", as it is printed."""
    head, mark, rest = title.partition("(SOP) ")
    return [(head + mark).strip(), rest] if mark else [title]


def _anchor(sheet: Sheet, page: Page, number: int) -> str:
    drawn = anchored(page.drawing, (_MARGINS[3], _ANCHOR), number, f"Bagan alur {sheet.table.sop.judul}")
    return paragraph("Jangkar", run=drawn)


def _table(sheet: Sheet, page: Page) -> str:
    return grid(sheet.widths, [*_head(sheet), *_rows(sheet, page.rows)])


def _head(sheet: Sheet) -> Iterator[str]:
    head, widths = sheet.table.head, sheet.widths
    tall = [part.column for part in head.rows[0] if part.rows > 1]
    for number, row in enumerate(head.rows):
        cells = {
            part.column: cell(
                sum(widths[part.column : part.column + part.columns]),
                paragraph("Kepala", part.text),
                columns=part.columns,
                merge="restart" if part.rows > 1 else "",
                grey=True,
            )
            for part in row
        }
        if number:
            empty = paragraph("Kepala")
            cells |= {column: cell(widths[column], empty, merge="continue", grey=True) for column in tall}
        yield table_row(sheet.head[number], [cells[column] for column in sorted(cells)], head=True)
    if head.numbers:
        cells = {n: cell(widths[n], paragraph("Nomor", text), grey=True) for n, text in enumerate(head.numbers)}
        yield table_row(sheet.head[-1], list(cells.values()), head=True)


def _rows(sheet: Sheet, rows: Sequence[PlacedRow]) -> Iterator[str]:
    widths, lanes = sheet.widths, len(sheet.table.lanes)
    for number, placed in enumerate(rows):
        printed = placed.printed
        joined = number + 1 < len(rows) and rows[number + 1].printed.shared
        merge = "continue" if printed.shared and number else "restart" if joined or printed.shared else ""
        empty = paragraph("Sel")
        cells = [
            cell(widths[0], paragraph("SelTengah", printed.number)),
            cell(widths[1], _lines(printed.activity)),
            *(cell(widths[2 + lane], empty) for lane in range(lanes)),
        ]
        time = paragraph("SelTengah", printed.time)
        quality = (_lines(printed.needs), time, _lines(printed.output), _lines(printed.note))
        for column, content in zip(range(2 + lanes, len(widths)), quality, strict=False):
            cells.append(cell(widths[column], empty if merge == "continue" else content, merge=merge))
        yield table_row(placed.height, cells)


def _lines(lines: Sequence[Line]) -> str:
    return "".join(_marked(line) for line in lines) or paragraph("Sel")


def _marked(line: Line) -> str:
    if not line.marker:
        return paragraph("Sel", line.text)
    hang = element("w:ind", {"w:left": twips(MARKER), "w:hanging": twips(MARKER)})
    properties = element("w:pPr", None, element("w:pStyle", {"w:val": "Sel"}), hang)
    tab = element("w:r", None, element("w:tab"))
    return element("w:p", None, properties, words(line.marker), tab, words(line.text))
