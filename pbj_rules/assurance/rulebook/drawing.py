"""A drawing in millimetres from the top left: signs, lines with arrows, marks. Word and SVG are written from it."""

from __future__ import annotations

from attrs import frozen

from pbj_rules.assurance.rulebook.flow import Sign

__all__ = ["Box", "Drawing", "Mark", "Point", "Polyline", "Shape"]

Point = tuple[float, float]


@frozen
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def centre(self) -> Point:
        return self.left + self.width / 2, self.top + self.height / 2


@frozen
class Shape:
    """A sign. ``name``: what it stands for; ``text``: what is written in it; ``dashed``: of one who takes part."""

    sign: Sign
    box: Box
    name: str
    text: str = ""
    dashed: bool = False


@frozen
class Polyline:
    """A line through points; ``arrow`` at its end; ``dashed`` where it rests on an interpretation."""

    points: tuple[Point, ...]
    name: str
    arrow: bool = True
    dashed: bool = False


@frozen
class Mark:
    """A short text beside a line, in its box."""

    box: Box
    text: str
    right: bool = False


@frozen
class Drawing:
    """What is drawn over a table."""

    shapes: tuple[Shape, ...]
    lines: tuple[Polyline, ...]
    marks: tuple[Mark, ...]

    @property
    def bounds(self) -> Box:
        """The smallest rectangle around everything that is drawn."""
        boxes = [*(shape.box for shape in self.shapes), *(mark.box for mark in self.marks)]
        points = [point for line in self.lines for point in line.points]
        points += [corner for box in boxes for corner in ((box.left, box.top), (box.right, box.bottom))]
        left, top = (min(point[axis] for point in points) for axis in (0, 1))
        right, bottom = (max(point[axis] for point in points) for axis in (0, 1))
        return Box(left, top, right - left, bottom - top)
