"""A table with its chart as one SVG drawing, for a browser, a slide, or any program that draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pbj_rules.assurance.rulebook.drawing import Box, Drawing, Mark, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Sign
from pbj_rules.assurance.rulebook.layout import HEAD_POINTS, MARKER, PAD, POINTS, Sheet, cell_lines
from pbj_rules.assurance.rulebook.metrics import LINE_SPACING, MM_PER_POINT, text_width, wrapped
from pbj_rules.assurance.rulebook.printed import Line, PlacedRow
from pbj_rules.assurance.rulebook.routing import MARK_POINTS

__all__ = ["drawing_svg", "sheet_svg"]

_FACES: Final = "Arial, Liberation Sans, Nimbus Sans, Helvetica, sans-serif"
_INK: Final = "#000"
_HEAD_FILL: Final = "#e7e6e6"
_STROKE: Final = 0.26  # millimetres
_DASHES: Final = "1.1 0.7"
_ARROW: Final = (2.0, 0.8)  # length, half width
_ASCENT: Final = 0.8  # of a line, above its baseline
_MARGIN: Final = 1.0


def sheet_svg(sheet: Sheet, title: str) -> str:
    """The first page of a sheet, which holds the whole table where it was laid out without pages."""
    (page, *_) = sheet.pages
    width, height = sum(sheet.widths), page.rows[-1].bottom
    body = [*_head(sheet), *_rows(sheet, page.rows), *_drawn(page.drawing)]
    return _document(Box(-_MARGIN, -_MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN), title, body)


def drawing_svg(drawing: Drawing, box: Box, title: str) -> str:
    """A drawing by itself."""
    return _document(box, title, list(_drawn(drawing)))


def _document(box: Box, title: str, body: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_n(box.left)} {_n(box.top)} {_n(box.width)} '
        f'{_n(box.height)}" width="{_n(box.width)}mm" height="{_n(box.height)}mm" role="img" '
        f'aria-label={quoteattr(title)} font-family="{_FACES}" fill="{_INK}" '
        f'stroke-width="{_STROKE}"><title>{escape(title)}</title>\n'
        f'<rect x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.width)}" height="{_n(box.height)}" fill="#fff"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"


def _head(sheet: Sheet) -> Iterator[str]:
    lefts = _lefts(sheet.widths)
    tops = _lefts(sheet.head)
    for number, row in enumerate(sheet.table.head.rows):
        for cell in row:
            end_row, end_column = number + cell.rows, cell.column + cell.columns
            box = Box(
                lefts[cell.column], tops[number], lefts[end_column] - lefts[cell.column], tops[end_row] - tops[number]
            )
            yield _cell(box, _HEAD_FILL)
            lines = wrapped(cell.text, (box.width - 2 * PAD) * 0.96, HEAD_POINTS, bold=True)
            yield from _centred(lines, box, HEAD_POINTS, bold=True)
    for column, text in enumerate(sheet.table.head.numbers):
        box = Box(lefts[column], tops[-2], sheet.widths[column], sheet.head[-1])
        yield _cell(box, _HEAD_FILL)
        yield from _centred((text,), box, HEAD_POINTS)


def _lefts(widths: Sequence[float]) -> list[float]:
    return [sum(widths[:number]) for number in range(len(widths) + 1)]


def _cell(box: Box, fill: str = "none") -> str:
    return (
        f'<rect x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.width)}" height="{_n(box.height)}" '
        f'fill="{fill}" stroke="{_INK}"/>'
    )


def _rows(sheet: Sheet, rows: Sequence[PlacedRow]) -> Iterator[str]:
    lefts, lanes = _lefts(sheet.widths), len(sheet.table.lanes)
    for number, placed in enumerate(rows):
        printed = placed.printed
        columns: dict[int, Sequence[Line]] = {0: _plain(printed.number), 1: printed.activity}
        columns.update(dict.fromkeys(range(2, 2 + lanes), ()))
        bottom = placed.bottom
        if not printed.shared:
            later = rows[number + 1 :]
            together = next((n for n, below in enumerate(later) if not below.printed.shared), len(later))
            quality_bottom = later[together - 1].bottom if together else bottom
            quality = (printed.needs, _plain(printed.time), printed.output, printed.note)
            columns.update(enumerate(quality[: len(sheet.widths) - 2 - lanes], start=2 + lanes))
        for column, lines in columns.items():
            end = quality_bottom if column >= 2 + lanes else bottom
            box = Box(lefts[column], placed.top, sheet.widths[column], end - placed.top)
            yield _cell(box)
            yield from _text(lines, box, centred=column in (0, 3 + lanes))


def _plain(text: str) -> tuple[Line, ...]:
    return (Line("", text),) if text else ()


def _text(lines: Sequence[Line], box: Box, *, centred: bool) -> Iterator[str]:
    broken = tuple(cell_lines(lines, box.width))
    if centred:
        yield from _centred([text for _, text, _ in broken], box, POINTS)
        return
    height = POINTS * LINE_SPACING * MM_PER_POINT
    y = box.top + (box.height - height * len(broken)) / 2
    for marker, text, behind in broken:
        baseline = y + height * _ASCENT
        if marker:
            yield _words(box.left + PAD, baseline, marker, POINTS)
        yield _words(box.left + PAD + (MARKER if behind else 0.0), baseline, text, POINTS)
        y += height


def _centred(lines: Sequence[str], box: Box, points: float, *, bold: bool = False) -> Iterator[str]:
    height = points * LINE_SPACING * MM_PER_POINT
    y = box.top + (box.height - height * len(lines)) / 2
    for number, text in enumerate(lines):
        if text:
            baseline = y + height * (number + _ASCENT)
            yield _words(box.centre[0], baseline, text, points, anchor="middle", bold=bold)


def _words(x: float, y: float, text: str, points: float, *, anchor: str = "", bold: bool = False) -> str:
    # Where Arial is missing, another face is set to its width: a word must not run into the next cell.
    width = f' textLength="{_n(text_width(text, points, bold=bold))}" lengthAdjust="spacingAndGlyphs"'
    weight = ' font-weight="bold"' if bold else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    size = _n(points * MM_PER_POINT)
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}"{width}{where}{weight}>{escape(text)}</text>'


def _drawn(drawing: Drawing) -> Iterator[str]:
    for line in drawing.lines:
        yield from _line(line)
    for shape in drawing.shapes:
        yield from _shape(shape)
    for mark in drawing.marks:
        yield _mark(mark)


def _line(line: Polyline) -> Iterator[str]:
    points = list(line.points)
    if line.arrow:
        tip, base = points[-1], points[-2]
        length = hypot(tip[0] - base[0], tip[1] - base[1])
        unit = ((tip[0] - base[0]) / length, (tip[1] - base[1]) / length)
        back = (tip[0] - unit[0] * _ARROW[0], tip[1] - unit[1] * _ARROW[0])
        side = (-unit[1] * _ARROW[1], unit[0] * _ARROW[1])
        points[-1] = back
        wings = ((back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
        yield f'<polygon points="{_points((tip, *wings))}"/>'
    dashes = f' stroke-dasharray="{_DASHES}"' if line.dashed else ""
    yield f'<polyline points="{_points(points)}" fill="none" stroke="{_INK}"{dashes}/>'


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _shape(shape: Shape) -> Iterator[str]:
    box = shape.box
    dashes = f' stroke-dasharray="{_DASHES}"' if shape.dashed else ""
    look = f'fill="#fff" stroke="{_INK}"{dashes}'
    x, y = box.centre
    if shape.sign is Sign.DIAMOND:
        corners = ((x, box.top), (box.right, y), (x, box.bottom), (box.left, y))
        yield f'<polygon points="{_points(corners)}" {look}/>'
    elif shape.sign is Sign.PENTAGON:
        knee = box.top + box.height * 0.8
        corners = ((box.left, box.top), (box.right, box.top), (box.right, knee), (x, box.bottom))
        yield f'<polygon points="{_points((*corners, (box.left, knee)))}" {look}/>'
    else:
        round_ = f' rx="{_n(box.height / 2)}"' if shape.sign is Sign.CAPSULE else ""
        place = f'x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.width)}" height="{_n(box.height)}"'
        yield f"<rect {place}{round_} {look}/>"
    if shape.text:
        yield from _centred((shape.text,), box, MARK_POINTS)


def _mark(mark: Mark) -> str:
    x = mark.box.right if mark.right else mark.box.left
    return _words(
        x, mark.box.top + mark.box.height * _ASCENT, mark.text, MARK_POINTS, anchor="end" if mark.right else ""
    )
