"""Writes a process and its diagram as a BPMN 2.0 file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen
from lxml import etree

from pbj_rules.assurance.bpmn.expressions import LANGUAGE, Expressions
from pbj_rules.assurance.bpmn.placing import Diagram
from pbj_rules.assurance.bpmn.process import Flow, Kind, Node, Process
from pbj_rules.assurance.bpmn.telling import Telling
from pbj_rules.assurance.rulebook.drawing import Box, Point
from pbj_rules.assurance.rulebook.sentences import short_title
from pbj_rules.language.tree import Symbol
from pbj_rules.regulation.model import Regulation
from pbj_rules.version import VERSION

__all__ = ["EXTENSION", "bpmn_file"]

EXTENSION: Final = "urn:pbj-rules:bpmn:1"
_MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_NAMES: Final = {
    "bpmn": _MODEL,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "pbj": EXTENSION,
}


def bpmn_file(regulation: Regulation, process: Process, diagram: Diagram) -> bytes:
    """The file; the same rules give the same bytes."""
    return _Writer(regulation, process, diagram, Telling(regulation)).write()


@frozen
class _Writer:
    regulation: Regulation
    process: Process
    diagram: Diagram
    telling: Telling

    def write(self) -> bytes:
        sop = self.process.sop.id
        root = etree.Element(_tag("bpmn:definitions"), nsmap=_NAMES)
        root.set("id", f"definisi-{sop}")
        root.set("targetNamespace", f"urn:pbj-rules:{self.regulation.id}")
        root.set("expressionLanguage", LANGUAGE)
        root.set("exporter", "pbj-rules")
        root.set("exporterVersion", VERSION)
        statuses = dict.fromkeys(node.status for node in self.process.nodes if node.status)
        for status in statuses:
            _add(root, "bpmn:error", id=f"galat-{status}", name=status, errorCode=status)
        pool = _add(root, "bpmn:collaboration", id=f"kolaborasi-{sop}")
        title = short_title(self.process.sop.judul)
        _add(pool, "bpmn:participant", id=f"pool-{sop}", name=title, processRef=sop)
        self.body(_add(root, "bpmn:process", id=sop, name=title, isExecutable="true"))
        self.drawing(_add(root, "bpmndi:BPMNDiagram", id=f"diagram-{sop}", name=title))
        etree.indent(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    def body(self, process: etree._Element) -> None:
        sop = self.process.sop
        _add(process, "bpmn:documentation").text = self.telling.sop(sop)
        self.settings(_add(process, "bpmn:extensionElements"))
        lanes = _add(process, "bpmn:laneSet", id=f"lajur-{sop.id}")
        for number, (title, role) in enumerate(sop.kolom):
            lane = _add(lanes, "bpmn:lane", id=_lane_id(number), name=title)
            _add(lane, "bpmn:documentation").text = self.regulation.peran[role].nama
            for node in self.process.nodes:
                if node.lane == number:
                    _add(lane, "bpmn:flowNodeRef").text = node.id
        for node in self.process.nodes:
            self.node(process, node)
        for document in dict.fromkeys(paper.id for paper in self.diagram.papers):
            _add(process, "bpmn:dataObject", id=_paper_id(document), name=self.regulation.dokumen[document].judul)
        for paper in self.diagram.papers:
            _add(
                process,
                "bpmn:dataObjectReference",
                id=_paper_id(paper.id, paper.node),
                name=paper.label.text,
                dataObjectRef=_paper_id(paper.id),
            )
        for flow in self.process.flows:
            self.flow(process, flow)

    def settings(self, extensions: etree._Element) -> None:
        """The numbers that conditions name; a process starts with these or with a case's own."""
        for parameter in self.regulation.parameter.values():
            _add(extensions, "pbj:parameter", nama=parameter.id, nilai=str(parameter.nilai), judul=parameter.judul)

    def node(self, process: etree._Element, node: Node) -> None:
        element = _add(process, f"bpmn:{node.kind.value}", id=node.id)
        if node.name:
            element.set("name", node.name)
        if node.kind is Kind.CAUGHT:
            element.set("attachedToRef", node.host)
        if node.calls:
            element.set("calledElement", node.calls)
        _add(element, "bpmn:documentation").text = node.documentation
        if node.row:
            extensions = _add(element, "bpmn:extensionElements")
            _add(extensions, "pbj:baris", id=node.row)
            for symbol in node.fakta:
                self.fact(extensions, symbol)
        for way, attribute in (("incoming", "target"), ("outgoing", "source")):
            for flow in self.process.flows:
                if getattr(flow, attribute) == node.id:
                    _add(element, f"bpmn:{way}").text = flow.id
        for paper in node.dokumen:
            output = _add(element, "bpmn:dataOutputAssociation", id=_output_id(paper.id, node.id))
            _add(output, "bpmn:targetRef").text = _paper_id(paper.id, node.id)
        if node.status:
            _add(element, "bpmn:errorEventDefinition", id=f"{node.id}-galat", errorRef=f"galat-{node.status}")

    def fact(self, extensions: etree._Element, symbol: Symbol) -> None:
        """A fact that the task is to put into the data of the process, and how staff are asked for it."""
        fact = self.regulation.fakta[symbol.name]
        element = _add(
            extensions,
            "pbj:fakta",
            nama=symbol.name,
            sumber=symbol.source.value,
            tipe=symbol.type.kind.value,
            wajib="ya" if symbol.wajib else "tidak",
            pertanyaan=fact.pertanyaan,
        )
        if symbol.type.values:
            element.set("pilihan", " ".join(symbol.type.values))
        if derived := Expressions(self.regulation).derivable(fact):
            element.set("diturunkan_bila", derived)

    def flow(self, process: etree._Element, flow: Flow) -> None:
        element = _add(process, "bpmn:sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
        if flow.name:
            element.set("name", flow.name)
        if flow.documentation:
            _add(element, "bpmn:documentation").text = flow.documentation
        if flow.branches:
            extensions = _add(element, "bpmn:extensionElements")
            for branch in flow.branches:
                _add(extensions, "pbj:aturan", id=branch.aturan, nilai=branch.nilai, dasar=branch.citation.dasar.value)
        if flow.condition:
            condition = _add(element, "bpmn:conditionExpression", language=LANGUAGE)
            condition.set(_tag("xsi:type"), "bpmn:tFormalExpression")
            condition.text = flow.condition

    def drawing(self, diagram: etree._Element) -> None:
        sop, drawn = self.process.sop.id, self.diagram
        plane = _add(diagram, "bpmndi:BPMNPlane", id=f"bidang-{sop}", bpmnElement=f"kolaborasi-{sop}")
        _shape(plane, f"pool-{sop}", drawn.pool).set("isHorizontal", "true")
        for number, lane in enumerate(drawn.lanes):
            _shape(plane, _lane_id(number), lane).set("isHorizontal", "true")
        hosted = sorted(self.process.nodes, key=lambda node: bool(node.host))  # what is attached lies above its host
        for node in hosted:
            name = drawn.names.get(node.id)
            shape = _shape(plane, node.id, drawn.nodes[node.id], name.box if name is not None else None)
            if node.kind is Kind.GATEWAY:
                shape.set("isMarkerVisible", "true")
        for paper in drawn.papers:
            _shape(plane, _paper_id(paper.id, paper.node), paper.box, paper.label.box)
        for flow in self.process.flows:
            mark = drawn.marks.get(flow.id)
            _edge(plane, flow.id, drawn.flows[flow.id], mark.box if mark is not None else None)
        for paper in drawn.papers:
            _edge(plane, _output_id(paper.id, paper.node), paper.line)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _tag(name), attributes)


def _lane_id(number: int) -> str:
    return f"lajur-{number + 1}"


def _paper_id(document: str, node: str = "") -> str:
    return f"dokumen-{document}" + (f"-{node}" if node else "")


def _output_id(document: str, node: str) -> str:
    return f"hasil-{document}-{node}"


def _shape(plane: etree._Element, of: str, box: Box, label: Box | None = None) -> etree._Element:
    shape = _add(plane, "bpmndi:BPMNShape", id=f"{of}-di", bpmnElement=of)
    _bounds(shape, box)
    _label(shape, label)
    return shape


def _edge(plane: etree._Element, of: str, points: Sequence[Point], label: Box | None = None) -> None:
    edge = _add(plane, "bpmndi:BPMNEdge", id=f"{of}-di", bpmnElement=of)
    for x, y in points:
        _add(edge, "di:waypoint", x=_px(x), y=_px(y))
    _label(edge, label)


def _label(of: etree._Element, box: Box | None) -> None:
    if box is not None:
        _bounds(_add(of, "bpmndi:BPMNLabel"), box)


def _bounds(of: etree._Element, box: Box) -> None:
    sides: Iterable[tuple[str, float]] = zip(
        ("x", "y", "width", "height"), (box.left, box.top, box.width, box.height), strict=True
    )
    _add(of, "dc:Bounds", **{name: _px(value) for name, value in sides})


def _px(value: float) -> str:
    return str(round(value))
