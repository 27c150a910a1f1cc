"""The rule book as a Word file: the same blocks, with bookmarks, links and a table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from attrs import define, field

from pbj_rules.assurance.rulebook.blocks import Block, Figure, Look, Paragraph, Span, Style, Table, TableRow
from pbj_rules.assurance.rulebook.ooxml import docx, element, field_run, section, twips, words

__all__ = ["book_docx"]

_PAPER: Final = (215.0, 330.0)  # F4
_MARGINS: Final = (18.0, 15.0, 20.0, 15.0)
_FOOT: Final = 10.0
_WIDTH: Final = _PAPER[0] - _MARGINS[1] - _MARGINS[3]
_PAD: Final = 1.6
_BLUE, _GREEN, _AMBER, _GREY = "1E3C5A", "2E6E48", "7A4B00", "595959"
_NAMES: Final = {
    Style.TITLE: "JudulBuku",
    Style.SUBTITLE: "SubjudulBuku",
    Style.CHAPTER: "Heading1",
    Style.SECTION: "Heading2",
    Style.BODY: "Isi",
    Style.BULLET: "Butir",
    Style.QUOTE: "Kutipan",
    Style.NOTE: "Catatan",
    Style.CONTENTS: "DaftarIsi",
}
_LOOKS: Final = {
    Look.PLAIN: "",
    Look.STRONG: element("w:b"),
    Look.FAINT: element("w:color", {"w:val": _GREY}),
    Look.TEXT: element("w:b") + element("w:color", {"w:val": _GREEN}) + element("w:sz", {"w:val": 15}),
    Look.READ: element("w:b")
    + element("w:color", {"w:val": _AMBER})
    + element("w:sz", {"w:val": 15})
    + element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "FFECC2"}),
}
_LINK: Final = element("w:color", {"w:val": "1E4F8A"})


def book_docx(blocks: Iterable[Block], title: str, day: date) -> bytes:
    """The Word file. ``day``: the day in its properties."""
    writer = _Writer()
    body = "".join(writer.block(block) for block in blocks) + section(*_PAPER, _MARGINS, _FOOT)
    return docx(body, _styles(), _footer(title), title=f"Buku aturan {title}", subject=title, day=day)


@define
class _Writer:
    """Writes blocks; counts the bookmarks, and knows which anchors exist once."""

    bookmarks: int = field(init=False, default=0)

    def block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Table():
                return self.table(block)
            case Figure():
                return ""  # the charts are a file of their own, on paper that holds them

    def paragraph(self, paragraph: Paragraph, anchor: str = "") -> str:
        name = _NAMES[paragraph.style]
        properties = element("w:pPr", None, element("w:pStyle", {"w:val": name}))
        content = "".join(map(_span, paragraph.spans))
        if paragraph.style is Style.CONTENTS:
            content += element("w:r", None, element("w:tab")) + _page_of(paragraph.spans[0].link)
        return element("w:p", None, properties, self.marked(content, anchor or paragraph.anchor))

    def marked(self, content: str, anchor: str) -> str:
        if not anchor:
            return content
        self.bookmarks += 1
        start = element("w:bookmarkStart", {"w:id": self.bookmarks, "w:name": anchor})
        return start + content + element("w:bookmarkEnd", {"w:id": self.bookmarks})

    def table(self, table: Table) -> str:
        widths = [round(_WIDTH * share / 100, 2) for share in table.shares]
        line: dict[str, str | int] = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "A6A6A6"}
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        pads = (
            element(f"w:{side}", {"w:w": twips(_PAD), "w:type": "dxa"}) for side in ("top", "left", "bottom", "right")
        )
        properties = element(
            "w:tblPr",
            None,
            element("w:tblW", {"w:w": sum(map(twips, widths)), "w:type": "dxa"}),
            element("w:tblBorders", None, *(element(f"w:{side}", line) for side in sides)),
            element("w:tblLayout", {"w:type": "fixed"}),
            element("w:tblCellMar", None, *pads),
        )
        grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": twips(width)}) for width in widths))
        rows = "".join(self.rows(table.rows, widths))
        return element("w:tbl", None, properties, grid, _head(table, widths), rows) + element("w:p")

    def rows(self, rows: Iterable[TableRow], widths: list[float]) -> Iterator[str]:
        for row in rows:
            cells = []
            for number, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
                anchors = [row.anchor if not number else "", *[""] * len(cell)]
                content = "".join(self.paragraph(p, anchor) for p, anchor in zip(cell, anchors, strict=False))
                mark = row.read and number == len(row.cells) - 1
                cells.append(_cell(width, content or element("w:p"), _reading_border() if mark else ""))
            # Only what is short is kept on one page: a long row would leave half a page blank.
            short = sum(len(span.text) for cell in row.cells for p in cell for span in p.spans) < 900
            yield element("w:tr", None, element("w:trPr", None, element("w:cantSplit")) if short else "", *cells)


def _span(span: Span) -> str:
    run = words(span.text, (_LINK if span.link else "") or _LOOKS[span.look])
    return element("w:hyperlink", {"w:anchor": span.link, "w:history": 1}, run) if span.link else run


def _page_of(anchor: str) -> str:
    """The page of an anchor; whoever opens the file counts it."""
    run = words("…")
    return element("w:fldSimple", {"w:instr": f" PAGEREF {anchor} \\h ", "w:dirty": "true"}, run)


def _head(table: Table, widths: list[float]) -> str:
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "E9EDF1"})
    cells = (
        _cell(width, element("w:p", None, words(text, element("w:b"))), shade)
        for text, width in zip(table.head, widths, strict=True)
    )
    return element("w:tr", None, element("w:trPr", None, element("w:cantSplit"), element("w:tblHeader")), *cells)


def _cell(width: float, content: str, properties: str = "") -> str:
    size = element("w:tcW", {"w:w": twips(width), "w:type": "dxa"})
    return element("w:tc", None, element("w:tcPr", None, size, properties), content)


def _reading_border() -> str:
    """A bar at the left of a cell that holds an interpretation."""
    bar = element("w:left", {"w:val": "single", "w:sz": 24, "w:space": 0, "w:color": "C98A00"})
    return element("w:tcBorders", None, bar)


def _styles() -> tuple[tuple[str, str, str], ...]:
    return (
        ("JudulBuku", "Judul Buku", _style(before=700, after=120, size=56, bold=True, colour=_BLUE)),
        ("SubjudulBuku", "Subjudul Buku", _style(after=360, size=26, colour=_GREY)),
        ("Heading1", "heading 1", _style(after=120, size=28, bold=True, colour=_BLUE, heading=0)),
        ("Heading2", "heading 2", _style(before=360, after=120, size=22, bold=True, heading=1)),
        ("Isi", "Isi", _style(after=60, size=18)),
        ("Butir", "Butir", _style(after=40, size=18, left=4.0)),
        ("Kutipan", "Kutipan", _style(after=60, size=16, left=7.0, colour="404040")),
        ("Catatan", "Catatan", _style(after=40, size=16, colour=_GREY)),
        ("DaftarIsi", "Daftar Isi", _style(after=40, size=18, tab=_WIDTH)),
        ("Kaki", "Kaki Halaman", _style(size=14, tab=_WIDTH, colour=_GREY)),
    )


def _style(
    *,
    size: int,
    before: int = 0,
    after: int = 0,
    bold: bool = False,
    colour: str = "",
    left: float = 0.0,
    tab: float = 0.0,
    heading: int | None = None,
) -> str:
    dots: dict[str, str | int] = {"w:val": "right", "w:leader": "dot" if size > 16 else "none", "w:pos": twips(tab)}
    paragraph = [
        element("w:keepNext") if heading is not None else "",
        element("w:pageBreakBefore") if heading == 0 else "",
        element("w:tabs", None, element("w:tab", dots)) if tab else "",
        element("w:spacing", {"w:before": before, "w:after": after}),
        element("w:ind", {"w:left": twips(left)}) if left else "",
        element("w:outlineLvl", {"w:val": heading}) if heading is not None else "",
    ]
    run = [
        element("w:b") if bold else "",
        element("w:color", {"w:val": colour}) if colour else "",
        element("w:sz", {"w:val": size}),
        element("w:szCs", {"w:val": size}),
    ]
    return element("w:pPr", None, *paragraph) + element("w:rPr", None, *run)


def _footer(title: str) -> str:
    return element(
        "w:p",
        None,
        element("w:pPr", None, element("w:pStyle", {"w:val": "Kaki"})),
        words(f"Buku aturan: {title}"),
        element("w:r", None, element("w:tab")),
        field_run("PAGE", "1"),
    )
