"""Lays a process out in pixels: lanes one below the other, the rows of the table from left to right.

It is the flowchart of the Lampiran turned on its side. Arrows are led by the same router, which works in columns and
in millimetres: what it sees is the diagram mirrored at its diagonal and scaled down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from pbj_rules.assurance.bpmn.labelling import Label, labelled
from pbj_rules.assurance.bpmn.measures import EVENT, PAPER, TASK_HEIGHT, paper_label, paper_width, sized, text_box
from pbj_rules.assurance.bpmn.process import Kind, Node, Process
from pbj_rules.assurance.rulebook.drawing import Box, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Edge, Sign
from pbj_rules.assurance.rulebook.metrics import wrapped
from pbj_rules.assurance.rulebook.routing import Board, routed
from pbj_rules.regulation.model import Regulation

__all__ = ["Diagram", "Paper", "placed"]

_SCALE: Final = 8.0  # pixels to a millimetre of the router; a power of two, so that nothing is rounded
_LEFT, _TOP, _HEAD = 100, 80, 30
_BEFORE, _AFTER = 40, 60  # room at the ends of the lanes
_GAP: Final = 56  # between two rows
_GUTTER: Final = 52  # above and below the tasks of a lane, for arrows
_HANG: Final = 16  # from a task to its papers
_NAME: Final = 100  # the most that a name beside a sign is wide
_NARROW: Final = 92  # the same, for a flow's
_ASIDE: Final = 26  # from a gateway to its name
_LEAST_LANE: Final = 120
_LANE_LINES: Final = 2
_SIGNS: Final = {Kind.TASK: Sign.BOX, Kind.CALL: Sign.BOX, Kind.GATEWAY: Sign.DIAMOND}


@frozen
class Paper:
    """A data object below the task that makes it. ``id``: of the document."""

    id: str
    node: str
    box: Box
    label: Label
    line: tuple[Point, Point]


@frozen
class Diagram:
    """Where everything is, by id; ``lanes`` in order."""

    pool: Box
    lanes: tuple[Box, ...]
    nodes: Mapping[str, Box]
    names: Mapping[str, Label]
    papers: tuple[Paper, ...]
    flows: Mapping[str, tuple[Point, ...]]
    marks: Mapping[str, Label]


@frozen
class _Placer:
    process: Process
    titles: Mapping[str, str]

    def place(self) -> Diagram:
        along = self.along()
        lanes = self.lanes(along)
        nodes = self.nodes(along, lanes)
        names = {node.id: label for node in self.process.nodes if (label := _name(node, nodes[node.id])) is not None}
        papers = tuple(paper for node in self.process.nodes for paper in self.papers(node, nodes[node.id]))
        flows = self.flows(lanes, nodes, names, papers)
        solid = [*nodes.values(), *(paper.box for paper in papers)]
        written = [*(label.box for label in names.values()), *(paper.label.box for paper in papers)]
        lines = [*flows.values(), *(paper.line for paper in papers)]
        texts = {flow.id: (flow.name, flows[flow.id]) for flow in self.process.flows if flow.name}
        pool = Box(_LEFT, _TOP, lanes[0].width + _HEAD, sum(lane.height for lane in lanes))
        marks = labelled(texts, _NARROW, solid, written, lines, lanes)
        return Diagram(pool, lanes, nodes, names, papers, flows, marks)

    def attached(self, node: Node) -> list[Node]:
        return [other for other in self.process.nodes if other.host == node.id]

    def sizes(self, node: Node) -> tuple[int, int]:
        return sized(node, len(self.attached(node)), [self.titles[paper.id] for paper in node.dokumen])

    def along(self) -> dict[str, tuple[int, int]]:
        """Where each node begins, and how long it is, on the way from left to right."""
        found: dict[str, tuple[int, int]] = {}
        x = _LEFT + 2 * _HEAD + _BEFORE
        inline = [node for node in self.process.nodes if node.kind is not Kind.CAUGHT]
        for node in inline:
            if node.kind is Kind.GATEWAY and node.name:
                x += max(0, text_box(node.name, _NAME)[0] + _ASIDE + 10 - (_GAP if found else 0))
            width = self.sizes(node)[0]
            found[node.id] = (x, width)
            leaving = [text_box(flow.name, _NARROW)[0] for flow in self.process.flows if flow.source == node.id]
            room = max(leaving) + 32 if node.kind is Kind.GATEWAY else 0
            if node.kind is Kind.END:
                room = text_box(node.name, _NAME)[0] + _GAP // 2
            x += width + max(_GAP, room)
        return found

    def lanes(self, along: Mapping[str, tuple[int, int]]) -> tuple[Box, ...]:
        last = {node.id: text_box(node.name, _NAME)[0] for node in self.process.nodes if node.kind is Kind.END}
        ends = (x + length + last.get(name, 0) for name, (x, length) in along.items())
        width = max(ends) + _AFTER - _LEFT - _HEAD
        top = _TOP
        lanes = []
        for number, (title, _) in enumerate(self.process.sop.kolom):
            mine = [node for node in self.process.nodes if node.lane == number]
            height = 2 * _GUTTER + TASK_HEIGHT if mine else _LEAST_LANE
            height += max((self.hanging(node) for node in mine), default=0)
            while len(wrapped(title, height * 0.9 * 25.4 / 96, 9)) > _LANE_LINES:
                height += 10
            lanes.append(Box(_LEFT + _HEAD, top, width, height))
            top += height
        return tuple(lanes)

    def hanging(self, node: Node) -> int:
        """The height of the papers below a task."""
        labels = [paper_label(self.titles[paper.id])[1] for paper in node.dokumen]
        return _HANG + PAPER[1] + 4 + max(labels) if labels else 0

    def nodes(self, along: Mapping[str, tuple[int, int]], lanes: Sequence[Box]) -> dict[str, Box]:
        boxes: dict[str, Box] = {}
        for node in self.process.nodes:
            if node.kind is Kind.CAUGHT:
                continue
            x, _ = along[node.id]
            width, height = self.sizes(node)
            boxes[node.id] = Box(x, lanes[node.lane].top + _GUTTER + (TASK_HEIGHT - height) // 2, width, height)
            caught = self.attached(node)
            for number, other in enumerate(caught):
                left = x + width * number // len(caught) + 12  # clear of the sign of a call, in the middle
                boxes[other.id] = Box(left, boxes[node.id].bottom - EVENT // 2, EVENT, EVENT)
        return boxes

    def papers(self, node: Node, box: Box) -> Iterator[Paper]:
        widths = [paper_width(self.titles[paper.id]) for paper in node.dokumen]
        left = round(box.left + (box.width - sum(widths)) / 2)
        for paper, room in zip(node.dokumen, widths, strict=True):
            middle = left + room // 2
            sign = Box(middle - PAPER[0] // 2, box.bottom + _HANG, *PAPER)
            width, height = paper_label(self.titles[paper.id])
            label = Label(self.titles[paper.id], Box(middle - width // 2, sign.bottom + 4, width, height))
            yield Paper(paper.id, node.id, sign, label, ((middle, box.bottom), (middle, sign.top)))
            left += room

    def flows(
        self, lanes: Sequence[Box], nodes: Mapping[str, Box], names: Mapping[str, Label], papers: Sequence[Paper]
    ) -> dict[str, tuple[Point, ...]]:
        """The way of each flow, found by the router of the Lampiran's charts."""
        kinds = {node.id: _SIGNS.get(node.kind, Sign.CAPSULE) for node in self.process.nodes}
        signs = {name: Shape(kinds[name], _mirrored(box), name) for name, box in nodes.items()}
        columns = [(lane.top / _SCALE, lane.bottom / _SCALE) for lane in lanes]
        obstacles = [*(label.box for label in names.values())]
        obstacles += [box for paper in papers for box in (paper.box, paper.label.box)]
        guests = [Shape(Sign.BOX, _mirrored(box), "") for box in obstacles]
        links = [("right", Polyline(tuple(_across(point) for point in paper.line), paper.node)) for paper in papers]
        edges = [Edge(flow.source, flow.target) for flow in self.process.flows]
        lines, _ = routed(Board(signs, columns, guests, links), edges)
        ways: dict[str, list[tuple[Point, ...]]] = {}
        for line in lines:
            points = tuple((round(y * _SCALE), round(x * _SCALE)) for x, y in line.points)
            ways.setdefault(line.name, []).append(points)
        return {flow.id: ways[f"{flow.source} → {flow.target}"].pop(0) for flow in self.process.flows}


def placed(regulation: Regulation, process: Process) -> Diagram:
    """The diagram of a process."""
    return _Placer(process, {document.id: document.judul for document in regulation.dokumen.values()}).place()


def _name(node: Node, box: Box) -> Label | None:
    """The name that stands beside a sign: before a gateway, beside an event, below the start."""
    if node.kind in (Kind.TASK, Kind.CALL) or not node.name:
        return None
    width, height = text_box(node.name, _NAME)
    x, y = (int(part) for part in box.centre)
    if node.kind is Kind.GATEWAY:
        return Label(node.name, Box(int(box.left) - _ASIDE - width, y - 6 - height, width, height))
    if node.kind is Kind.CAUGHT:
        return Label(node.name, Box(int(box.right) + 2, y + 2, width, height))
    if node.kind is Kind.END:
        return Label(node.name, Box(int(box.right) + 4, y - height // 2, width, height))
    return Label(node.name, Box(x - width // 2, int(box.bottom) + 4, width, height))


def _mirrored(box: Box) -> Box:
    return Box(box.top / _SCALE, box.left / _SCALE, box.height / _SCALE, box.width / _SCALE)


def _across(point: Point) -> Point:
    return point[1] / _SCALE, point[0] / _SCALE
