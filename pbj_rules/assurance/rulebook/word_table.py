"""Paragraphs and tables of exact measures: what a chart is drawn over must stand where the layout put it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pbj_rules.assurance.rulebook.layout import PAD
from pbj_rules.assurance.rulebook.ooxml import element, twips, words

__all__ = ["cell", "grid", "paragraph", "table_row"]

_BORDERS: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_GREY: Final = "E7E6E6"


def paragraph(style: str, text: str = "", *, run: str = "", breaks: bool = False, after: float = 0.0) -> str:
    """A paragraph of a text or of a run that is XML already; ``breaks``: it opens a page."""
    properties = element("w:pStyle", {"w:val": style})
    if breaks:
        properties += element("w:pageBreakBefore")
    if after:
        properties += element("w:spacing", {"w:after": twips(after)})
    return element("w:p", None, element("w:pPr", None, properties), words(text) if text else run)


def grid(widths: Sequence[float], rows: Sequence[str]) -> str:
    """A table of fixed columns, of rows that are XML already."""
    line: dict[str, str | int] = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "000000"}
    margins = (element(f"w:{side}", {"w:w": twips(PAD), "w:type": "dxa"}) for side in ("left", "right"))
    return element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            element("w:tblW", {"w:w": sum(map(twips, widths)), "w:type": "dxa"}),
            element("w:tblBorders", None, *(element(f"w:{side}", line) for side in _BORDERS)),
            element("w:tblLayout", {"w:type": "fixed"}),
            element("w:tblCellMar", None, *margins),
        ),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": twips(width)}) for width in widths)),
        *rows,
    )


def table_row(height: float, cells: Sequence[str], *, head: bool = False) -> str:
    """A row at least so high: a text that a program sets longer than foreseen is never cut."""
    properties = element("w:cantSplit") + element("w:trHeight", {"w:val": twips(height), "w:hRule": "atLeast"})
    return element("w:tr", None, element("w:trPr", None, properties, element("w:tblHeader") if head else ""), *cells)


def cell(width: float, content: str, *, columns: int = 1, merge: str = "", grey: bool = False) -> str:
    """A cell; ``merge``: whether it opens or goes on a cell over several rows."""
    properties = element("w:tcW", {"w:w": twips(width), "w:type": "dxa"})
    if columns > 1:
        properties += element("w:gridSpan", {"w:val": columns})
    if merge:
        properties += element("w:vMerge", {"w:val": merge})
    if grey:
        properties += element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _GREY})
    properties += element("w:vAlign", {"w:val": "center"})
    return element("w:tc", None, element("w:tcPr", None, properties), content)
