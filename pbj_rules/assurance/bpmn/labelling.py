"""Finds a free place for the name of each flow: beside its line, near where it begins, clear of everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from pbj_rules.assurance.bpmn.measures import text_box
from pbj_rules.assurance.rulebook.drawing import Box, Point

__all__ = ["Label", "labelled"]

_STEP: Final = 4
_CLEAR: Final = 3  # between a name and its line
_ACROSS: Final = 25  # what it costs to lie on the border of a lane
_COVERED: Final = 10_000


@frozen
class Label:
    """A text in its box."""

    text: str
    box: Box


def labelled(
    texts: Mapping[str, tuple[str, Sequence[Point]]],
    most: int,
    solid: Sequence[Box],
    written: Sequence[Box],
    lines: Sequence[Sequence[Point]],
    lanes: Sequence[Box],
) -> dict[str, Label]:
    """The label of each flow in ``texts`` (its name and its line), at most so wide.

    ``solid`` and ``written``: the signs and the texts that stand already; ``lines``: every line of the diagram.
    """
    runs = [run for line in lines for run in pairwise(line)]
    taken = [*solid, *written]
    top, bottom = lanes[0].top, lanes[-1].bottom
    borders = [((lane.left, lane.top), (lane.right, lane.top)) for lane in lanes[1:]]
    found: dict[str, Label] = {}
    for flow, (text, line) in texts.items():
        best, least = Box(0, 0, 0, 0), float("inf")
        for far, box in sorted(_places(line, *text_box(text, most)), key=lambda place: place[0]):
            if far >= least:
                break
            cost = far + _cost(box, taken, runs, borders) + _COVERED * (box.top < top or box.bottom > bottom)
            if cost < least:
                best, least = box, cost
        found[flow] = Label(text, best)
        taken.append(best)
    return found


def _places(line: Sequence[Point], width: int, height: int) -> Iterator[tuple[float, Box]]:
    """Every place beside a line, each with how far from the line's start it is."""
    gone = 0.0
    for (x1, y1), (x2, y2) in pairwise(line):
        length = int(abs(x1 - x2) + abs(y1 - y2))
        if y1 == y2:
            ahead = 1 if x2 > x1 else -1
            for step in range(_CLEAR, max(length - width, 0) + _CLEAR + 1, _STEP):
                left = x1 + step if ahead > 0 else x1 - step - width
                yield gone + step, Box(left, y1 - _CLEAR - height, width, height)
                yield gone + step + 1, Box(left, y1 + _CLEAR, width, height)
        else:
            ahead = 1 if y2 > y1 else -1
            for step in range(_CLEAR, max(length - height, 0) + _CLEAR + 1, _STEP):
                top = y1 + step if ahead > 0 else y1 - step - height
                yield gone + step, Box(x1 + _CLEAR, top, width, height)
                yield gone + step + 1, Box(x1 - _CLEAR - width, top, width, height)
        gone += length


def _cost(
    box: Box, taken: Sequence[Box], runs: Sequence[tuple[Point, Point]], borders: Sequence[tuple[Point, Point]]
) -> float:
    covered = sum(_overlap(box, other) for other in taken) + sum(_touches(box, run) for run in runs)
    return _COVERED * covered + _ACROSS * any(_touches(box, border) for border in borders)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + 1
        and one.right > other.left - 1
        and one.top < other.bottom + 1
        and one.bottom > other.top - 1
    )


def _touches(box: Box, run: tuple[Point, Point]) -> bool:
    (x1, y1), (x2, y2) = run
    return (
        min(x1, x2) < box.right + 1
        and max(x1, x2) > box.left - 1
        and min(y1, y2) < box.bottom + 1
        and max(y1, y2) > box.top - 1
    )
