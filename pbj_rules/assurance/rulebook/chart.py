"""Puts the signs of a page into the actors' columns, with page connectors where the flow leaves the page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from pbj_rules.assurance.rulebook.drawing import Box, Drawing, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Edge, Node, Sign
from pbj_rules.assurance.rulebook.routing import Board, routed

if TYPE_CHECKING:
    from pbj_rules.assurance.rulebook.printed import PlacedRow

__all__ = ["STRIP", "charted"]

STRIP: Final = 9.0  # the height that page connectors add to a page's first and last row
_WIDEST: Final = 16.0
_GUTTERS: Final = 7.6  # of a column, beside its sign
_HEIGHTS: Final = {Sign.CAPSULE: 6.5, Sign.BOX: 7.0, Sign.DIAMOND: 10.0}
_GUEST: Final = 0.8  # the size of a participant's box, of that of the actor
_SIDES: Final = 3  # of a sign, for what leaves it
_PENTAGON: Final = (5.4, 5.2)

Lanes = Sequence[tuple[float, float]]


def charted(
    rows: Sequence[PlacedRow],
    lanes: Lanes,
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    where: Mapping[str, int],
    page: int,
) -> Drawing:
    """The chart over the rows of a page. ``where``: the page of every row of the table."""
    own = {placed.printed.row.id: placed for placed in rows if placed.printed.row is not None}
    signs = {name: _sign(nodes[name], placed, lanes) for name, placed in own.items()}
    crowded = {name for name in own if sum(edge.source == name for edge in edges) > _SIDES - 1}
    guests, links = _guests(own, nodes, lanes, signs, crowded)
    connectors, here = _connectors(rows, lanes, nodes, edges, where, page)
    order = {**connectors["in"], **signs, **connectors["out"]}
    lines, marks = routed(Board(order, lanes, guests, links), here)
    return Drawing((*order.values(), *guests), (*(line for _, line in links), *lines), marks)


def _width(lane: tuple[float, float]) -> float:
    return min(_WIDEST, lane[1] - lane[0] - _GUTTERS)


def _sign(node: Node, placed: PlacedRow, lanes: Lanes) -> Shape:
    lane = lanes[node.lane]
    middle = placed.top + placed.strip_above + (placed.height - placed.strip_above - placed.strip_below) / 2
    return Shape(node.sign, _around(sum(lane) / 2, middle, _width(lane), _HEIGHTS[node.sign]), node.row, node.text)


def _around(x: float, y: float, width: float, height: float) -> Box:
    return Box(round(x - width / 2, 3), round(y - height / 2, 3), round(width, 3), height)


def _guests(
    own: Iterable[str],
    nodes: Mapping[str, Node],
    lanes: Lanes,
    signs: Mapping[str, Shape],
    crowded: Container[str],
) -> tuple[list[Shape], list[tuple[str, Polyline]]]:
    """The boxes of those who take part in a row, and the lines to them from its sign, if it has a side to spare."""
    guests: list[Shape] = []
    links: list[tuple[str, Polyline]] = []
    for name in own:
        node, y = nodes[name], signs[name].box.centre[1]
        for side in ("left", "right"):
            beside = [lane for lane in node.also if (lane < node.lane) is (side == "left")]
            last = signs[name].box
            for lane in sorted(beside, reverse=side == "left"):
                width = _width(lanes[lane]) * _GUEST
                box = _around(sum(lanes[lane]) / 2, y, width, _HEIGHTS[Sign.BOX] * _GUEST)
                guests.append(Shape(Sign.BOX, box, f"{name} turut", dashed=True))
                ends = ((last.left, y), (box.right, y)) if side == "left" else ((last.right, y), (box.left, y))
                if name not in crowded:
                    links.append((side, Polyline(ends, name, arrow=False, dashed=True)))
                last = box
    return guests, links


def _connectors(
    rows: Sequence[PlacedRow],
    lanes: Lanes,
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    where: Mapping[str, int],
    page: int,
) -> tuple[dict[str, dict[str, Shape]], list[Edge]]:
    """The pentagons above and below the rows, and the page's arrows, those that leave it led to a pentagon."""
    order = {name: number for number, name in enumerate(nodes)}
    across = sorted({edge.target for edge in edges if where[edge.source] != where[edge.target]}, key=order.__getitem__)
    letters = {target: _letter(number) for number, target in enumerate(across)}
    wanted: dict[str, dict[str, int]] = {"in": {}, "out": {}}
    here: list[Edge] = []
    # What only follows the row before it has the first choice of a place.
    for edge in sorted(edges, key=lambda edge: order[edge.target] != order[edge.source] + 1):
        leaves, arrives = where[edge.source] == page, where[edge.target] == page
        if leaves and arrives:
            here.append(edge)
        elif leaves:
            wanted["out"].setdefault(edge.target, nodes[edge.source].lane)
            here.append(Edge(edge.source, f"out:{edge.target}", edge.mark, edge.read))
        elif arrives and edge.target not in wanted["in"]:
            wanted["in"][edge.target] = nodes[edge.target].lane
            here.append(Edge(f"in:{edge.target}", edge.target))
    heights = {"in": rows[0].top + STRIP / 2, "out": rows[-1].bottom - STRIP / 2}
    placed = {
        way: {
            f"{way}:{target}": Shape(
                Sign.PENTAGON, _around(x, heights[way], *_PENTAGON), f"{way}:{target}", letters[target]
            )
            for target, x in _slots(wanted[way], lanes)
        }
        for way in ("in", "out")
    }
    return placed, here


def _letter(number: int) -> str:
    """A, B, … Z, A1, B1, …: the letter of a connector."""
    again, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(again) if again else "")


def _slots(wanted: Mapping[str, int], lanes: Lanes) -> Iterator[tuple[str, float]]:
    """A place for each pentagon: in its own column, else in the nearest free one, else between two columns."""
    centres = [sum(lane) / 2 for lane in lanes]
    free = centres + [right for _, right in lanes[:-1]]
    for target, lane in wanted.items():
        x = min(free, key=lambda place: (place not in centres, abs(place - centres[lane])))
        free.remove(x)
        yield target, x
