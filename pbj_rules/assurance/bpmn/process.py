"""An SOP as a BPMN process: its rows as tasks, calls and events, its decisions as gateways, its branches as flows.

A case that has failed goes on to the table's last row like any other, but ends there otherwise. A process has no
memory for that, so rows beyond a failure stand in it once more, as rows of a case with that status; of the shipped
rules these are last rows only, each with an end event that throws the status as an error for its caller to catch.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Final

from attrs import define, field, frozen

from pbj_rules.assurance.bpmn.expressions import Expressions
from pbj_rules.assurance.bpmn.telling import Telling
from pbj_rules.assurance.rulebook.flow import flow_of
from pbj_rules.assurance.rulebook.printed import activity_lines
from pbj_rules.evaluation.program import FINISHED
from pbj_rules.language.tree import Not, Or, Symbol
from pbj_rules.regulation.model import Branch, Call, Decision, Regulation, Row, RowDocument, Sop

__all__ = ["Flow", "Kind", "Node", "Process", "process_of"]

_FEW: Final = 3  # words that are too few to name a task by


class Kind(enum.Enum):
    """What a node is, by its BPMN element."""

    START = "startEvent"
    TASK = "userTask"
    CALL = "callActivity"
    GATEWAY = "exclusiveGateway"
    CAUGHT = "boundaryEvent"
    END = "endEvent"


@frozen
class Node:
    """An element of the process.

    ``row``: the row that visiting it visits. ``fakta``: the facts that are asked there. ``calls``: the SOP that it
    runs. ``status``: the one that it throws or catches. ``host``: the call that it is attached to.
    """

    id: str
    kind: Kind
    name: str
    lane: int
    documentation: str
    row: str = ""
    fakta: tuple[Symbol, ...] = ()
    dokumen: tuple[RowDocument, ...] = ()
    calls: str = ""
    status: str = ""
    host: str = ""


@frozen
class Flow:
    """A sequence flow; ``branches``: those that it stands for."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    documentation: str = ""
    branches: tuple[Branch, ...] = ()


@frozen
class Process:
    """The process of an SOP; nodes in the order of its rows."""

    sop: Sop
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses, other than finished, that it can end with."""
        return tuple(dict.fromkeys(node.status for node in self.nodes if node.kind is Kind.END and node.status))


def process_of(regulation: Regulation, sop: Sop) -> Process:
    """The process of an SOP. Raises RuleError where BPMN cannot say what its rules say."""
    return _Maker(regulation, sop, Expressions(regulation), Telling(regulation)).make()


@define
class _Maker:
    regulation: Regulation
    sop: Sop
    expressions: Expressions
    telling: Telling
    nodes: dict[str, Node] = field(factory=dict, init=False)
    flows: list[Flow] = field(factory=list, init=False)
    order: dict[str, tuple[int, bool, int]] = field(factory=dict, init=False)
    lanes: Mapping[str, int] = field(init=False)
    entered: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        nodes, edges = flow_of(self.sop)
        self.lanes = {node.row: node.lane for node in nodes}
        self.entered = frozenset(edge.target for edge in edges)

    def make(self) -> Process:
        first = self.sop.first
        if self.opens(first):
            self.arrive(first.id, FINISHED)
        else:
            self.add(first, Node("mulai", Kind.START, "Mulai", self.lanes[first.id], self.telling.unprinted("Mulai")))
            self.flow("mulai", self.arrive(first.id, FINISHED))
        nodes = sorted(self.nodes.values(), key=lambda node: self.order[node.id])
        flows = sorted(self.flows, key=lambda flow: self.order[flow.source])
        return Process(self.sop, tuple(nodes), tuple(flows))

    def opens(self, row: Row) -> bool:
        """Whether a row is itself the start event: a printed `Mulai` that nothing leads back to."""
        return row.jenis == "mulai" and row.id not in self.entered and not row.panggil and not row.keputusan

    def add(self, row: Row, node: Node) -> str:
        """Keeps a node, in the order of the rows; ends of failed cases come last."""
        place = -1 if node.kind is Kind.START else list(self.sop.baris.values()).index(row)
        self.order[node.id] = (place, node.kind is Kind.END and bool(node.status), len(self.order))
        self.nodes[node.id] = node
        return node.id

    def flow(self, source: str, target: str, told: str = "") -> None:
        self.flows.append(Flow(f"alur-{source}", source, target, documentation=told))

    def arrive(self, row_id: str, status: str) -> str:
        """The node at which a case of this status arrives in a row, made with all that follows from it."""
        row = self.regulation.row(row_id)
        name = f"baris-{row.label}" + (f"-{status}" if status != FINISHED else "")
        if name in self.nodes:
            return name
        lane, told = self.lanes[row.id], self.telling.row(self.sop, row)
        ends = not row.keputusan and row.lanjut is None
        if ends and row.jenis == "selesai" and not row.panggil:
            return self.end(row, row.status or status, name, row.kegiatan, told)
        kind = Kind.START if self.opens(row) else Kind.TASK
        if len(row.panggil) == 1 and row.panggil[0].jika is None:
            self.add(row, Node(name, Kind.CALL, _title(row), lane, told, row.id, calls=row.panggil[0].sop))
            self.failures(row, row.panggil[0], name)
            self.onward(row, 0, status, name)
            return name
        asked = tuple(dict.fromkeys(symbol for decision in row.keputusan for symbol in decision.fakta))
        papers = () if row.panggil else row.dokumen  # what calls produce stands in the called SOPs
        self.add(row, Node(name, kind, _title(row), lane, told, row.id, asked, papers))
        if row.panggil:
            self.flow(name, self.call(row, 0, status, name))
        else:
            self.onward(row, 0, status, name)
        return name

    def end(self, row: Row, status: str, name: str, title: str, told: str) -> str:
        failed = status if status != FINISHED else ""
        shown = f"{title}: {failed}" if failed else title
        of = row.id if title == row.kegiatan else ""
        return self.add(row, Node(name, Kind.END, shown, self.lanes[row.id], told, of, status=failed))

    def close(self, row: Row, status: str) -> str:
        """The end event behind a row that is not one itself."""
        name = "akhir" + (f"-{status}" if status != FINISHED else "")
        if name in self.nodes:
            return name
        return self.end(row, status, name, "Akhir", self.telling.unprinted("Akhir"))

    def onward(self, row: Row, number: int, status: str, source: str) -> None:
        """Leads on from a row whose activity, and first ``number`` decisions, are done."""
        if row.keputusan:
            self.flow(source, self.decide(row, number, status))
        else:
            after = row.status or status
            last = self.close(row, after) if row.lanjut is None else self.arrive(row.lanjut.baris, after)
            self.flow(source, last, self.telling.onward(row))

    def decide(self, row: Row, number: int, status: str) -> str:
        """The gateway of a decision, with its branches."""
        decision = row.keputusan[number]
        suffix = f"-{status}" if status != FINISHED else ""
        name = f"keputusan-{decision.id}{suffix}"
        if name in self.nodes:
            return name
        told = self.telling.decision(decision)
        self.add(row, Node(name, Kind.GATEWAY, decision.judul, self.lanes[row.id], told))
        for outcome in _outcomes(decision):
            branch = outcome[0]
            after = branch.status or status
            if number + 1 < len(row.keputusan):
                target = self.join(row, number, after)
            else:
                target = self.arrive(branch.lanjut, row.status or after)
            condition = self.expressions.of(Or(tuple(other.jika for other in outcome)))
            told = self.telling.branches(outcome)
            values = ", ".join(dict.fromkeys(other.nilai for other in outcome))
            self.flows.append(Flow(f"alur-{branch.aturan}{suffix}", name, target, values, condition, told, outcome))
        return name

    def join(self, row: Row, number: int, status: str) -> str:
        """The gateway, of no name, where the branches of a decision meet before the row's next one."""
        suffix = f"-{status}" if status != FINISHED else ""
        name = f"gabung-{row.keputusan[number].id}{suffix}"
        if name not in self.nodes:
            self.add(row, Node(name, Kind.GATEWAY, "", self.lanes[row.id], self.telling.meeting()))
            self.flow(name, self.decide(row, number + 1, status))
        return name

    def call(self, row: Row, number: int, status: str, row_node: str) -> str:
        """The node of a row's call, behind a gateway where it is not always made, with what follows it."""
        call = row.panggil[number]
        name, lane = f"{row_node}-panggil-{call.sop}", self.lanes[row.id]
        title, told = self.telling.title(call.sop), self.telling.call(call)
        asking = f"{name}-perlu"
        if call.jika is not None:
            self.add(row, Node(asking, Kind.GATEWAY, f"Jalankan {title}?", lane, told))
        self.add(row, Node(name, Kind.CALL, title, lane, told, calls=call.sop))
        self.failures(row, call, name)
        following = self.call(row, number + 1, status, row_node) if number + 1 < len(row.panggil) else ""
        if following:
            self.flow(name, following)
        else:
            self.onward(row, 0, status, name)
            following = self.flows[-1].target
        if call.jika is None:
            return name
        for answer, tree, target in (("ya", call.jika, name), ("tidak", Not(call.jika), following)):
            condition = self.expressions.of(tree)
            self.flows.append(Flow(f"alur-{asking}-{answer}", asking, target, answer, condition, told))
        return asking

    def failures(self, row: Row, call: Call, host: str) -> None:
        """The events that catch how the called SOP may fail, each leading to the end of this one."""
        for status in process_of(self.regulation, self.regulation.sop[call.sop]).statuses:
            name, told = f"{host}-{status}", self.telling.failure(call, status)
            self.add(row, Node(name, Kind.CAUGHT, status, self.lanes[row.id], told, status=status, host=host))
            closing = self.sop.closing
            last = next(reversed(tuple(self.sop.baris.values())))
            self.flow(name, self.arrive(closing.id, status) if closing is not None else self.close(last, status))


def _outcomes(decision: Decision) -> list[tuple[Branch, ...]]:
    """The branches of a decision by flow: those that lead to one row together, or by value where all lead there."""
    places = {(branch.lanjut, branch.status) for branch in decision.cabang}
    found: dict[tuple[str, str | None, str], tuple[Branch, ...]] = {}
    for branch in decision.cabang:
        key = (branch.lanjut, branch.status, branch.nilai if len(places) == 1 else "")
        found[key] = (*found.get(key, ()), branch)
    return list(found.values())


def _title(row: Row) -> str:
    """A row's words up to its branches, which the flows say; all of them where these few say nothing."""
    quoted = {branch.citation.kutipan for decision in row.keputusan for branch in decision.cabang}
    own: list[str] = []
    for line in activity_lines(row):
        if own and any(words in line.text for words in quoted):
            break
        own.append(line.text)
    title = re.sub(r"[\s:;,]+$", "", " ".join(own))
    return title if len(title.split()) >= _FEW else row.kegiatan
