"""Finds the way of each arrow between the signs of a page: past every sign, over as few lines as can be.

Lines run upright in the gutters beside the signs and level at the height of a row's sign, just above it, or just
below it. Each arrow tries every such way and takes the cheapest; arrows to one target may run together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import define, field, frozen

from pbj_rules.assurance.rulebook.drawing import Box, Mark, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Edge, Sign
from pbj_rules.assurance.rulebook.metrics import MM_PER_POINT, text_width

__all__ = ["MARK_POINTS", "Board", "routed"]

MARK_POINTS: Final = 6.5
_TRACK_FIRST, _TRACK_STEP = 1.2, 1.4  # millimetres from a column's edge, and from one track to the next
_STUB: Final = 2.2  # from a sign to a level run above or below it
_NEAR: Final = 0.9  # two lines closer than this look like one
_HEAD_ROOM: Final = 2.4  # an arrowhead beside a sign
_CLEAR: Final = 0.7  # around a sign
_SHARED_MOST: Final = 20.0  # what running together with arrows to the same target may save
_BEND, _CROSSING, _OVERLAP, _BLOCKED = 5.0, 16.0, 2_000.0, 10_000.0
_AWAY: Final = 3.0  # a jump leaves a sign by its side rather than by its foot


@frozen
class Board:
    """A page's signs by name, the columns that they stand in, and the sides that are taken from the start.

    ``guests``: the signs of those who take part, which nothing leaves or enters, with the lines to them.
    """

    signs: Mapping[str, Shape]
    lanes: Sequence[tuple[float, float]]
    guests: Sequence[Shape] = ()
    links: Sequence[tuple[str, Polyline]] = ()


@frozen
class _Way:
    edge: Edge
    points: tuple[Point, ...]
    out: str
    into: str


@define
class _Search:
    board: Board
    found: list[_Way] = field(factory=list)
    cost: float = 0.0
    _tracks: tuple[float, ...] = ()

    def __attrs_post_init__(self) -> None:
        widest = max((shape.box.width for shape in self.board.signs.values()), default=0.0)
        self._tracks = tuple(sorted(_tracks(self.board.lanes, widest)))

    def route(self, edge: Edge) -> None:
        """Takes the cheapest way of an arrow that is left by those already drawn."""
        ways = sorted(self.ways(edge), key=_length)  # the order of the ways stays that of their kinds, where equal
        best, least = ways[0], float("inf")
        for way in ways:
            if _length(way) - _SHARED_MOST > least:
                break
            price = self.price(way)
            if round(price, 3) < round(least, 3):
                best, least = way, price
        self.found.append(best)
        self.cost += least

    def ways(self, edge: Edge) -> Iterator[_Way]:
        source, target = self.board.signs[edge.source], self.board.signs[edge.target]
        taken = self.taken(edge.source, leaving=True)
        for out in (side for side in _outs(source) if side not in taken) if len(taken) < 3 else _outs(source):
            for into in _ins(target, self.taken(edge.target, leaving=False)):
                for points in _lines(source.box, out, target.box, into, self._tracks):
                    yield _Way(edge, points, out, into)

    def taken(self, name: str, *, leaving: bool) -> set[str]:
        """The sides of a sign that a line has; those of arriving arrows are free for others that arrive."""
        sides = {side for side, line in self.board.links if line.name == name}
        sides |= {way.out for way in self.found if way.edge.source == name}
        return sides | ({way.into for way in self.found if way.edge.target == name} if leaving else set())

    def price(self, way: _Way) -> float:
        """The price of a way: its own length, what it runs through, and what it meets."""
        meetings = [
            _meeting(way.points, other.points, together=other.edge.target == way.edge.target) for other in self.found
        ]
        meetings += [_meeting(way.points, link.points, together=False) for _, link in self.board.links]
        shared = min(_SHARED_MOST, -sum(price for price in meetings if price < 0))
        met = sum(price for price in meetings if price > 0)
        return _length(way) + _BLOCKED * self.hits(way) + met - shared

    def hits(self, way: _Way) -> int:
        """How many signs the way runs through; it may touch the two that it joins, at its ends."""
        boxes = [
            shape.box for name, shape in self.board.signs.items() if name not in (way.edge.source, way.edge.target)
        ]
        boxes += [guest.box for guest in self.board.guests]
        count = sum(_through(points, box, _CLEAR) for points in pairwise(way.points) for box in boxes)
        ends = (self.board.signs[way.edge.source].box, self.board.signs[way.edge.target].box)
        return count + sum(_through(points, box, -0.2) for points in pairwise(way.points) for box in ends)


def routed(board: Board, edges: Sequence[Edge]) -> tuple[tuple[Polyline, ...], tuple[Mark, ...]]:
    """The lines of the arrows with the marks beside them."""
    order = {name: number for number, name in enumerate(board.signs)}
    straight = [edge for edge in edges if order[edge.target] == order[edge.source] + 1]
    jumps = [edge for edge in edges if edge not in straight]
    near = sorted(jumps, key=lambda edge: abs(order[edge.target] - order[edge.source]))
    searches = []
    sequences = [straight + near, straight + near[::-1], near + straight]
    for sequence in sequences if jumps else sequences[:1]:
        search = _Search(board)
        for edge in sequence:
            search.route(edge)
        searches.append(search)
    best = min(searches, key=lambda search: round(search.cost, 3))
    lines = tuple(
        Polyline(way.points, f"{way.edge.source} → {way.edge.target}", True, way.edge.read) for way in best.found
    )
    return lines, tuple(_mark(way) for way in best.found if way.edge.mark)


def _length(way: _Way) -> float:
    """What a way costs by itself: its length, its bends, and where it leaves its sign."""
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(way.points))
    away = _AWAY if way.out == "bottom" and len(way.points) > 2 else 0.0
    return length + _BEND * (len(way.points) - 2) + away


def _tracks(lanes: Sequence[tuple[float, float]], widest: float) -> Iterator[float]:
    """Where lines may run upright: in each gutter between a column's edge and its sign."""
    for left, right in lanes:
        room = (right - left - widest) / 2 - _CLEAR
        offset = _TRACK_FIRST
        while offset <= room:
            yield from (round(left + offset, 3), round(right - offset, 3))
            offset += _TRACK_STEP


def _outs(source: Shape) -> tuple[str, ...]:
    return ("bottom",) if source.sign is Sign.PENTAGON else ("bottom", "left", "right")


def _ins(target: Shape, taken: set[str]) -> tuple[str, ...]:
    if target.sign in (Sign.PENTAGON, Sign.DIAMOND):
        return ("top",)
    return ("top", *(side for side in ("left", "right") if side not in taken))


def _lines(source: Box, out: str, target: Box, into: str, tracks: Iterable[float]) -> Iterator[tuple[Point, ...]]:
    """Every way from a side of one sign to a side of another."""
    start, end = _port(source, out), _port(target, into)
    tail = [end] if into != "top" else [(end[0], target.top - _STUB), end]
    if out == "bottom":
        head = [start, (start[0], source.bottom + _STUB)]
        if into == "top":
            if target.top > source.bottom:
                yield _tidy([start, end]) if start[0] == end[0] else _tidy([*head, (end[0], head[-1][1]), end])
                yield _tidy([start, (start[0], tail[0][1]), *tail])
        elif target.top > source.bottom and _faces(into, start[0], target):
            yield _tidy([start, (start[0], end[1]), end])
    else:
        head = [start]
        if into == "top" and target.top > start[1] and _beside(out, end[0], source):
            yield _tidy([start, (end[0], start[1]), end])
    for track in tracks:
        if (out == "bottom" or _beside(out, track, source)) and (into == "top" or _faces(into, track, target)):
            yield _tidy([*head, (track, head[-1][1]), (track, tail[0][1]), *tail])


def _port(box: Box, side: str) -> Point:
    x, y = box.centre
    return {"top": (x, box.top), "bottom": (x, box.bottom), "left": (box.left, y), "right": (box.right, y)}[side]


def _beside(side: str, x: float, box: Box) -> bool:
    return x < box.left if side == "left" else x > box.right


def _faces(side: str, x: float, box: Box) -> bool:
    """Whether a line that comes from ``x`` enters by this side, with room for its arrowhead."""
    return x < box.left - _HEAD_ROOM if side == "left" else x > box.right + _HEAD_ROOM


def _tidy(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without doubles and without those on a straight run."""
    tidy: list[Point] = []
    for point in points:
        if tidy and point == tidy[-1]:
            continue
        if len(tidy) > 1 and (tidy[-2][0] == tidy[-1][0] == point[0] or tidy[-2][1] == tidy[-1][1] == point[1]):
            tidy.pop()
        tidy.append(point)
    return tuple(tidy)


def _through(line: tuple[Point, Point], box: Box, margin: float) -> bool:
    (x1, y1), (x2, y2) = line
    return (
        max(x1, x2) > box.left - margin
        and min(x1, x2) < box.right + margin
        and max(y1, y2) > box.top - margin
        and min(y1, y2) < box.bottom + margin
    )


def _meeting(one: Sequence[Point], other: Sequence[Point], *, together: bool) -> float:
    """The price of two lines that cross or run on each other; to one target they may run as one."""
    price = 0.0
    if _apart(one, other, 0) or _apart(one, other, 1):
        return price
    for a in pairwise(one):
        for b in pairwise(other):
            if _level(a) == _level(b):
                gap, shared = _alongside(a, b)
                if shared > 0.01 and gap < _NEAR and not (together and gap < 0.01):
                    price += _OVERLAP
                elif shared > 0.01 and gap < 0.01:
                    price -= min(shared, 10) / 2  # a shared run is one line less to follow
            elif not together and _crosses(a, b):
                price += _CROSSING
    return price


def _apart(one: Sequence[Point], other: Sequence[Point], axis: int) -> bool:
    """Whether two lines are too far from each other, along an axis, to meet."""
    mine, others = [point[axis] for point in one], [point[axis] for point in other]
    return min(mine) > max(others) + _NEAR or min(others) > max(mine) + _NEAR


def _level(line: tuple[Point, Point]) -> bool:
    return line[0][1] == line[1][1]


def _alongside(a: tuple[Point, Point], b: tuple[Point, Point]) -> tuple[float, float]:
    """How far apart two parallel lines are, and how long they run side by side."""
    across, along = (1, 0) if _level(a) else (0, 1)
    low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
    high = min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along]))
    return abs(a[0][across] - b[0][across]), high - low


def _crosses(a: tuple[Point, Point], b: tuple[Point, Point]) -> bool:
    level, upright = (a, b) if _level(a) else (b, a)
    x, y = upright[0][0], level[0][1]
    return min(level[0][0], level[1][0]) <= x <= max(level[0][0], level[1][0]) and min(
        upright[0][1], upright[1][1]
    ) <= y <= max(upright[0][1], upright[1][1])


def _mark(way: _Way) -> Mark:
    """The mark beside the first run of an arrow, on the side where its next run is not."""
    (x, y), (_, next_y) = way.points[0], way.points[1]
    width = text_width(way.edge.mark, MARK_POINTS) + 0.6
    height = MARK_POINTS * MM_PER_POINT * 1.15
    if way.out == "bottom":
        turns_right = len(way.points) > 2 and way.points[2][0] > x
        left = x - 0.5 - width if turns_right else x + 0.5
        return Mark(Box(left, y + 0.1, width, height), way.edge.mark, turns_right)
    turns_down = len(way.points) > 2 and way.points[2][1] > next_y
    top = y - height - 0.1 if turns_down else y + 0.1
    return Mark(
        Box(x - 0.2 - width if way.out == "left" else x + 0.2, top, width, height), way.edge.mark, way.out == "left"
    )
