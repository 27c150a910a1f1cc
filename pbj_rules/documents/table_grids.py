"""Columns for tables in which a redline puts rows of two different tables: every edge that a row has is one of theirs.

The engine gives such a table the columns of the later version, in which the rows of the earlier one do not fit.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import Any, Final

from lxml import etree

from pbj_rules.documents.markup import w

__all__ = ["with_fitting_columns"]

# Twentieths of a point: edges nearer to each other than this are one.
_NEAR: Final = 15
Element = Any


def with_fitting_columns(root: Element) -> bool:
    """Gives the tables of a part that need it columns of their own, in place; says whether there were any."""
    fitted = [_fit(table) for table in root.iter(w("tbl")) if _is_mixed(table) and not _fits(table)]
    return any(fitted)


def _is_mixed(table: Element) -> bool:
    """Whether some of its rows are inserted or deleted, and all of them begin and end where it does."""
    marks = [mark.tag for mark in table.iterfind(f"{w('tr')}/{w('trPr')}/*")]
    return not {w("ins"), w("del")}.isdisjoint(marks) and {w("gridBefore"), w("gridAfter")}.isdisjoint(marks)


def _fits(table: Element) -> bool:
    columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
    return all(sum(map(_span, row.findall(w("tc")))) == columns for row in table.findall(w("tr")))


def _span(cell: Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(w("val")))


def _fit(table: Element) -> bool:
    """False for a table whose rows do not say how wide their cells are, which stays as it is."""
    rows = [row.findall(w("tc")) for row in table.findall(w("tr"))]
    edges = [_edges(cells) for cells in rows]
    grid = table.find(w("tblGrid"))
    if grid is None or None in edges:
        return False
    places = _merged(edge for row in edges for edge in row or ())
    for child in list(grid):
        grid.remove(child)
    for left, right in pairwise((0, *places)):
        etree.SubElement(grid, w("gridCol"), {w("w"): str(right - left)})
    for cells, row in zip(rows, edges, strict=True):
        ends = [bisect_right(places, edge) for edge in row or ()]
        for cell, (left, right) in zip(cells, pairwise((0, *ends)), strict=True):
            _set_span(cell, right - left)
    return True


def _edges(cells: list[Element]) -> list[int] | None:
    """Where each cell of a row ends; None where one does not say how wide it is."""
    widths = [cell.find(f"{w('tcPr')}/{w('tcW')}") for cell in cells]
    if any(width is None or width.get(w("type")) != "dxa" or int(width.get(w("w"), 0)) <= _NEAR for width in widths):
        return None
    return list(accumulate(int(width.get(w("w"))) for width in widths))


def _merged(edges: Any) -> list[int]:
    """The edges in their order; of those that are near to each other, the first."""
    places: list[int] = []
    for edge in sorted(edges):
        if not places or edge - places[-1] > _NEAR:
            places.append(edge)
    return places


def _set_span(cell: Element, span: int) -> None:
    properties = cell.find(w("tcPr"))
    for old in properties.findall(w("gridSpan")):
        properties.remove(old)
    if span > 1:
        made = etree.Element(w("gridSpan"), {w("val"): str(span)})
        properties.find(w("tcW")).addnext(made)
