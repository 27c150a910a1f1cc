"""Lays a table out in millimetres: widths of columns, heights of rows, pages, and the chart over each page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from pbj_rules.assurance.rulebook.chart import STRIP, charted
from pbj_rules.assurance.rulebook.drawing import Drawing
from pbj_rules.assurance.rulebook.flow import Edge, Node, Sign, flow_of
from pbj_rules.assurance.rulebook.metrics import LINE_SPACING, MM_PER_POINT, wrapped
from pbj_rules.assurance.rulebook.printed import Line, PlacedRow, PrintedRow, PrintedTable

__all__ = ["HEAD_POINTS", "MARKER", "PAD", "POINTS", "Page", "Sheet", "cell_lines", "laid_out"]

POINTS: Final = 8.0
HEAD_POINTS: Final = 7.5
PAD: Final = 1.2  # inside a cell, left and right
MARKER: Final = 5.0  # the width of a marker's own column
_PAD_UPRIGHT: Final = 1.4
_LINE: Final = POINTS * LINE_SPACING * MM_PER_POINT
_HEAD_LINE: Final = HEAD_POINTS * LINE_SPACING * MM_PER_POINT
_SAFETY: Final = 0.96  # of a column's width: no two programs set a line quite alike
_NUMBER, _TIME, _BLANK_ROW = 9.0, 18.0, 7.0
_LEAST: Final = {Sign.CAPSULE: 13.0, Sign.BOX: 15.0, Sign.DIAMOND: 18.0}
_LANES: Final = {1: 30.0, 2: 30.0, 3: 27.0, 4: 24.0, 5: 23.0}
_MANY_LANES: Final = 20.5
_NOTES: Final = ((60, 24.0), (150, 32.0), (10_000, 40.0))  # the column Keterangan, by its longest text
_SHARES: Final = (0.42, 0.31, 0.27)  # of what is left: kegiatan, kelengkapan, output


@frozen
class Page:
    """A page of a table; heights count from the top of its head."""

    rows: tuple[PlacedRow, ...]
    drawing: Drawing


@frozen
class Sheet:
    """A table laid out: the widths of its columns, the heights of its head's rows, and its pages."""

    table: PrintedTable
    widths: tuple[float, ...]
    head: tuple[float, ...]
    pages: tuple[Page, ...]


def laid_out(table: PrintedTable, width: float, rooms: tuple[float, float] | None = None) -> Sheet:
    """The sheet of a table ``width`` millimetres wide.

    ``rooms``: the height for the table on its first page and on each later one; without, one page holds it all.
    """
    widths = _widths(table, width)
    head = _head_heights(table, widths)
    nodes, edges = flow_of(table.sop)
    signs = {node.row: node for node in nodes}
    heights = _row_heights(table, widths, signs)
    groups = [list(range(len(heights)))] if rooms is None else _pages(heights, [room - sum(head) for room in rooms])
    where = {row.id: page for page, group in enumerate(groups) for n in group if (row := table.rows[n].row) is not None}
    pages = tuple(
        _page(table, group, heights, widths, sum(head), signs, edges, where, number)
        for number, group in enumerate(groups)
    )
    return Sheet(table, widths, head, pages)


def _widths(table: PrintedTable, width: float) -> tuple[float, ...]:
    lane = _LANES.get(len(table.lanes), _MANY_LANES)
    longest = max((sum(len(line.text) for line in row.note) for row in table.rows), default=0)
    note = [next(room for length, room in _NOTES if longest <= length)] * table.sop.kolom_keterangan
    left = width - _NUMBER - _TIME - lane * len(table.lanes) - sum(note)
    activity, needs, output = (round(left * share, 1) for share in _SHARES)
    widths = [_NUMBER, activity, *[lane] * len(table.lanes), needs, _TIME, output, *note]
    widths[1] = round(activity + width - sum(widths), 1)
    return tuple(widths)


def _head_heights(table: PrintedTable, widths: Sequence[float]) -> tuple[float, ...]:
    heights = [_HEAD_LINE + 2 * _PAD_UPRIGHT] * len(table.head.rows)
    for number, row in enumerate(table.head.rows):
        for cell in row:
            room = (sum(widths[cell.column : cell.column + cell.columns]) - 2 * PAD) * _SAFETY
            needed = len(wrapped(cell.text, room, HEAD_POINTS, bold=True)) * _HEAD_LINE + 2 * _PAD_UPRIGHT
            missing = needed - sum(heights[number : number + cell.rows])
            heights[number + cell.rows - 1] += max(0.0, missing)
    if table.head.numbers:
        heights.append(_HEAD_LINE + 1.0)
    return tuple(round(height, 2) for height in heights)


def cell_lines(lines: Sequence[Line], width: float) -> Iterator[tuple[str, str, bool]]:
    """The lines of a cell as they break: marker, text, and whether the text stands behind a marker."""
    for line in lines:
        room = (width - 2 * PAD - (MARKER if line.marker else 0.0)) * _SAFETY
        for number, text in enumerate(wrapped(line.text, room, POINTS)):
            yield line.marker if not number else "", text, bool(line.marker)


def _text_height(lines: Sequence[Line], width: float) -> float:
    return len(tuple(cell_lines(lines, width))) * _LINE + 2 * _PAD_UPRIGHT if lines else 0.0


def _row_heights(table: PrintedTable, widths: Sequence[float], nodes: dict[str, Node]) -> list[float]:
    """The height of each row; cells that several rows share are given the room that they lack by these rows."""
    start = 2 + len(table.lanes)
    heights: list[float] = []
    quality: list[float] = []
    for row in table.rows:
        if row.row is None:
            heights.append(_BLANK_ROW)
            quality.append(0.0)
            continue
        cells = _quality_cells(row, widths[start:])
        heights.append(max(_LEAST[nodes[row.row.id].sign], _text_height(row.activity, widths[1])))
        quality.append(max(_text_height(lines, width) for lines, width in cells))
    for first, last in _groups(table.rows):
        missing = quality[first] - sum(heights[first:last])
        for number in range(first, last):
            heights[number] += max(0.0, missing) / (last - first)
    return [round(height, 2) for height in heights]


def _quality_cells(row: PrintedRow, widths: Sequence[float]) -> list[tuple[Sequence[Line], float]]:
    time = (Line("", row.time),) if row.time else ()
    return list(zip((row.needs, time, row.output, row.note), widths, strict=False))


def _groups(rows: Sequence[PrintedRow]) -> Iterator[tuple[int, int]]:
    """Runs of rows whose quality cells are one: mostly of a single row."""
    first = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or not rows[number].shared:
            yield first, number
            first = number


def _pages(heights: Sequence[float], rooms: Sequence[float]) -> list[list[int]]:
    """Rows by page: as few pages as can be, filled as evenly as can be."""
    count = len(heights)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # for the rows before each: pages, raggedness, last break
    for end in range(1, count + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            pages, ragged, _ = best[start]
            room = rooms[min(pages, len(rooms) - 1)]
            used = sum(heights[start:end]) + (0.0 if end - start == count else 2 * STRIP)
            if used > room and start < end - 1:
                break
            choices.append((pages + 1, ragged + ((room - used) / room) ** 2, start))
        best.append(min(choices))
    groups: list[list[int]] = []
    end = count
    while end:
        start = best[end][2]
        groups.insert(0, list(range(start, end)))
        end = start
    return groups


def _page(
    table: PrintedTable,
    group: Sequence[int],
    heights: Sequence[float],
    widths: Sequence[float],
    top: float,
    nodes: dict[str, Node],
    edges: Sequence[Edge],
    where: dict[str, int],
    number: int,
) -> Page:
    rows: list[PlacedRow] = []
    ends = [(where[edge.source], where[edge.target]) for edge in edges if where[edge.source] != where[edge.target]]
    for position in group:
        above = STRIP if position == group[0] and any(target == number for _, target in ends) else 0.0
        below = STRIP if position == group[-1] and any(source == number for source, _ in ends) else 0.0
        height = heights[position] + above + below
        rows.append(PlacedRow(table.rows[position], top, height, above, below))
        top += height
    return Page(tuple(rows), charted(rows, _lane_edges(table, widths), nodes, edges, where, number))


def _lane_edges(table: PrintedTable, widths: Sequence[float]) -> list[tuple[float, float]]:
    lefts = [sum(widths[: 2 + number]) for number in range(len(table.lanes) + 1)]
    return list(pairwise(lefts))
