"""The diagrams can be read: everything has its place, and nothing lies on anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

import pytest
from attrs import frozen
from lxml import etree

from pbj_rules.assurance.rulebook.drawing import Box, Point

SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
NODES = ("startEvent", "userTask", "callActivity", "exclusiveGateway", "boundaryEvent", "endEvent")
Run = tuple[Point, Point]


@frozen
class Drawn:
    """A file's elements and what is drawn of them, by id."""

    root: etree._Element
    boxes: Mapping[str, Box]
    labels: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]

    def all(self, *names: str) -> list[etree._Element]:
        return [element for name in names for element in self.root.iterfind(f".//bpmn:{name}", SPACES)]

    def ids(self, *names: str) -> list[str]:
        return [str(element.get("id")) for element in self.all(*names)]

    def ends(self, flow: etree._Element) -> tuple[str, str]:
        return str(flow.get("sourceRef")), str(flow.get("targetRef"))

    @property
    def signs(self) -> dict[str, Box]:
        """The boxes of everything but the pool and its lanes."""
        return {name: self.boxes[name] for name in self.ids(*NODES, "dataObjectReference")}


@pytest.fixture(scope="module")
def drawings(files: dict[str, bytes]) -> dict[str, Drawn]:
    return {name: read(etree.fromstring(content)) for name, content in files.items()}


def read(root: etree._Element) -> Drawn:
    shapes = {str(s.get("bpmnElement")): s for s in root.iterfind(".//bpmndi:BPMNShape", SPACES)}
    edges = {str(e.get("bpmnElement")): e for e in root.iterfind(".//bpmndi:BPMNEdge", SPACES)}
    labels = {
        name: box_of(label)
        for name, drawn in (shapes | edges).items()
        for label in drawn.iterfind("bpmndi:BPMNLabel", SPACES)
    }
    lines = {
        name: tuple((float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iterfind("di:waypoint", SPACES))
        for name, edge in edges.items()
    }
    return Drawn(root, {name: box_of(shape) for name, shape in shapes.items()}, labels, lines)


def box_of(drawn: etree._Element) -> Box:
    bounds = drawn.find("dc:Bounds", SPACES)
    assert bounds is not None
    return Box(*(float(bounds.get(side, "")) for side in ("x", "y", "width", "height")))


def inside(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def overlapping(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def crossing(run: Run, box: Box) -> bool:
    """Whether a line runs through a box, not only along or up to its edge."""
    (x1, y1), (x2, y2) = run
    return max(x1, x2) > box.left and min(x1, x2) < box.right and max(y1, y2) > box.top and min(y1, y2) < box.bottom


def on_the_edge(point: Point, box: Box) -> bool:
    (x, y) = point
    upright = x in (box.left, box.right) and box.top <= y <= box.bottom
    return upright or (y in (box.top, box.bottom) and box.left <= x <= box.right)


def together(a: Run, b: Run) -> float:
    """How far two lines run on, or right beside, each other."""
    for axis in (0, 1):
        if a[0][axis] == a[1][axis] and b[0][axis] == b[1][axis] and abs(a[0][axis] - b[0][axis]) < 4:
            along = 1 - axis
            low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
            return min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along])) - low
    return 0.0


def test_every_element_is_drawn_once_and_every_id_is_used_once(drawings: dict[str, Drawn]) -> None:
    for name, drawn in drawings.items():
        ids = Counter(element.get("id") for element in drawn.root.iter() if element.get("id") and not other(element))
        assert max(ids.values()) == 1, name
        shaped = drawn.ids(*NODES, "dataObjectReference", "participant", "lane")
        assert sorted(drawn.boxes) == sorted(shaped)
        assert sorted(drawn.lines) == sorted(drawn.ids("sequenceFlow", "dataOutputAssociation"))
        assert len(drawn.root.findall(".//bpmndi:BPMNShape", SPACES)) == len(drawn.boxes)
        assert len(drawn.root.findall(".//bpmndi:BPMNEdge", SPACES)) == len(drawn.lines)


def other(element: etree._Element) -> bool:
    """Whether an element is of our own extension, whose ids name rows and rules."""
    return etree.QName(element).namespace not in SPACES.values()


def test_lanes_fill_the_pool_and_hold_their_elements(drawings: dict[str, Drawn]) -> None:
    for drawn in drawings.values():
        [pool] = [drawn.boxes[name] for name in drawn.ids("participant")]
        lanes = [drawn.boxes[name] for name in drawn.ids("lane")]
        assert (lanes[0].top, lanes[-1].bottom) == (pool.top, pool.bottom)
        assert all(above.bottom == below.top for above, below in pairwise(lanes))
        assert all(lane.right == pool.right and lane.left > pool.left for lane in lanes)
        held = []
        for lane in drawn.all("lane"):
            for ref in lane.iterfind("bpmn:flowNodeRef", SPACES):
                held.append(str(ref.text))
                assert inside(drawn.boxes[str(ref.text)], drawn.boxes[str(lane.get("id"))]), ref.text
        assert sorted(held) == sorted(drawn.ids(*NODES))
        for name in drawn.ids("dataObjectReference"):
            assert any(inside(drawn.boxes[name], lane) for lane in lanes), name
        for name, label in drawn.labels.items():
            assert inside(label, pool), name
        for name, line in drawn.lines.items():
            assert all(inside(Box(x, y, 0, 0), pool) for x, y in line), name


def test_no_two_signs_or_texts_cover_each_other(drawings: dict[str, Drawn]) -> None:
    for file, drawn in drawings.items():
        hosts = {event.get("id"): event.get("attachedToRef") for event in drawn.all("boundaryEvent")}
        things = [*drawn.signs.items(), *((f"nama {name}", box) for name, box in drawn.labels.items())]
        for (one, a), (two, b) in combinations(things, 2):
            attached = hosts.get(one) == two or hosts.get(two) == one
            assert attached or not overlapping(a, b), (file, one, two)


def test_what_has_a_name_outside_has_a_place_for_it(drawings: dict[str, Drawn]) -> None:
    for drawn in drawings.values():
        outside = drawn.all("startEvent", "endEvent", "boundaryEvent", "exclusiveGateway", "dataObjectReference")
        named = {str(e.get("id")) for e in [*outside, *drawn.all("sequenceFlow")] if e.get("name")}
        assert named == set(drawn.labels)


def test_flows_are_level_or_upright_and_join_the_signs_that_they_name(drawings: dict[str, Drawn]) -> None:
    for drawn in drawings.values():
        for flow in drawn.all("sequenceFlow"):
            line = drawn.lines[str(flow.get("id"))]
            source, target = drawn.ends(flow)
            assert len(line) > 1, flow.get("id")
            assert all(a != b and (a[0] == b[0] or a[1] == b[1]) for a, b in pairwise(line))
            assert on_the_edge(line[0], drawn.boxes[source]), flow.get("id")
            assert on_the_edge(line[-1], drawn.boxes[target]), flow.get("id")


def test_no_flow_runs_through_a_sign_or_a_text(drawings: dict[str, Drawn]) -> None:
    for file, drawn in drawings.items():
        for name in drawn.ids("sequenceFlow"):
            for run in pairwise(drawn.lines[name]):
                through = [other for other, box in drawn.signs.items() if crossing(run, box)]
                through += [f"nama {other}" for other, box in drawn.labels.items() if crossing(run, box)]
                assert not through, (file, name, through)


def test_flows_run_together_only_where_they_lead_to_one_place(drawings: dict[str, Drawn]) -> None:
    for file, drawn in drawings.items():
        for one, two in combinations(drawn.all("sequenceFlow"), 2):
            if one.get("targetRef") == two.get("targetRef"):
                continue
            for a, b in runs_of(drawn, one, two):
                assert together(a, b) <= 0, (file, one.get("id"), two.get("id"))


def test_flows_with_different_conditions_leave_their_gateway_by_different_sides(drawings: dict[str, Drawn]) -> None:
    for file, drawn in drawings.items():
        for gateway in drawn.ids("exclusiveGateway"):
            leaving = [f for f in drawn.all("sequenceFlow") if f.get("sourceRef") == gateway]
            starts = [drawn.lines[str(flow.get("id"))][0] for flow in leaving]
            assert len(set(starts)) == len(starts), (file, gateway)


def test_a_gateway_parts_or_joins_never_both(drawings: dict[str, Drawn]) -> None:
    for file, drawn in drawings.items():
        for gateway in drawn.ids("exclusiveGateway"):
            ends = [drawn.ends(flow) for flow in drawn.all("sequenceFlow")]
            ways = (sum(target == gateway for _, target in ends), sum(source == gateway for source, _ in ends))
            assert min(ways) == 1 < max(ways), (file, gateway)


def runs_of(drawn: Drawn, one: etree._Element, two: etree._Element) -> Iterator[tuple[Run, Run]]:
    for a in pairwise(drawn.lines[str(one.get("id"))]):
        for b in pairwise(drawn.lines[str(two.get("id"))]):
            yield a, b
