"""Walks cases through exported files with SpiffWorkflow, which knows nothing of our rules.

The driver plays the staff: at each task it hands in the facts that the file asks for there, as the case answers
them, and the papers that the file says the task makes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from attrs import define, field, frozen
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.util.task import TaskState

from pbj_rules.assurance.bpmn.writing import EXTENSION
from pbj_rules.case import Case
from pbj_rules.givens import givens_of
from pbj_rules.regulation.model import Regulation

SPACES = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL", "pbj": EXTENSION}
ARRIVED = TaskState.READY | TaskState.STARTED | TaskState.WAITING | TaskState.COMPLETED | TaskState.ERROR
Place = tuple[str, str]  # a process and an element in it


@frozen
class Walk:
    """What SpiffWorkflow made of a case."""

    rows: tuple[str, ...]
    status: str
    visited: frozenset[Place]


class Spiff:
    """The files, loaded once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.parser = BpmnParser(validator=BpmnValidator())
        self.rows: dict[Place, str] = {}
        self.asked: dict[Place, list[Mapping[str, str]]] = {}
        self.statuses: dict[Place, str] = {}
        for name, content in files.items():
            self.parser.add_bpmn_io(BytesIO(content), name)
            self._read(etree.fromstring(content))
        self.specs = {
            name: (self.parser.get_spec(name), self.parser.get_subprocess_specs(name))
            for name in self.parser.get_process_ids()
        }

    def _read(self, root: etree._Element) -> None:
        codes = {error.get("id"): error.get("errorCode") for error in root.findall("bpmn:error", SPACES)}
        [process] = root.findall("bpmn:process", SPACES)
        for element in process.iterfind("*[@id]"):
            place = (str(process.get("id")), str(element.get("id")))
            for row in element.iterfind("bpmn:extensionElements/pbj:baris", SPACES):
                self.rows[place] = str(row.get("id"))
            self.asked[place] = [
                dict(fact.items()) for fact in element.iterfind("bpmn:extensionElements/pbj:fakta", SPACES)
            ]
            if element.tag == f"{{{SPACES['bpmn']}}}endEvent":
                thrown = element.find("bpmn:errorEventDefinition", SPACES)
                self.statuses[place] = "selesai" if thrown is None else str(codes[thrown.get("errorRef")])

    def walk(self, regulation: Regulation, case: Case) -> Walk:
        environment = TaskDataEnvironment({"date": date, "timedelta": timedelta})
        spec, called = self.specs[case.sop]
        workflow = BpmnWorkflow(spec, called, script_engine=PythonScriptEngine(environment))
        workflow.task_tree.set_data(**start_data(regulation, case))
        return _Driver(self, case, workflow).drive()


@define
class _Driver:
    spiff: Spiff
    case: Case
    workflow: BpmnWorkflow
    seen: set[Any] = field(factory=set)
    path: list[Place] = field(factory=list)
    visits: Counter[Place] = field(factory=Counter)

    def drive(self) -> Walk:
        """One ready task after the other, until the process is over or a task waits for a fact."""
        while True:
            self.look()
            ready = [task for task in self.workflow.get_tasks(state=TaskState.READY) if self.ready(task)]
            if not ready:
                break
            ready[0].run()
        rows = tuple(self.spiff.rows[place] for place in self.path if place in self.spiff.rows)
        ended = [self.spiff.statuses[p] for p in self.path if p in self.spiff.statuses and p[0] == self.case.sop]
        assert self.workflow.completed is bool(ended)
        return Walk(rows, ended[0] if ended else "menunggu", frozenset(self.path))

    def look(self) -> None:
        """Notes where the process has arrived since the last look."""
        for task in self.workflow.get_tasks(state=ARRIVED):
            if task.id not in self.seen:
                self.seen.add(task.id)
                self.path.append(place_of(task))
                self.visits[place_of(task)] += 1

    def ready(self, task: Any) -> bool:
        """Whether the task can be done; gives it what it asks for."""
        place = place_of(task)
        for fact in self.spiff.asked.get(place, ()):
            if fact["sumber"] == "fakta":
                name, answers = fact["nama"], self.case.fakta.get(fact["nama"], ())
                visit = self.visits[place]
                task.data[name] = plain(answers[visit - 1]) if visit <= len(answers) else None
            if fact["wajib"] == "ya" and not given(task.data, fact):
                return False
        for paper in task.task_spec.data_output_associations:
            task.data[paper.bpmn_id] = paper.bpmn_name
        return True


def given(data: Mapping[str, Any], fact: Mapping[str, str]) -> bool:
    if "diturunkan_bila" in fact and eval(fact["diturunkan_bila"], dict(data)):  # our own file's expression
        return True
    head, _, part = fact["nama"].partition(".")
    value = data[head].get(part) if part else data[head]
    return value is not None


def place_of(task: Any) -> Place:
    return task.workflow.spec.name, str(task.task_spec.bpmn_id)


def start_data(regulation: Regulation, case: Case) -> dict[str, Any]:
    """What docs/bpmn.md says a process starts with."""
    givens = givens_of(regulation, case.tanggal, case.parameter, case.paket, case.penyedia, case.daftar_hitam)
    data: dict[str, Any] = {"paket": {}, "pemohon": {}, "daftar_hitam": None}
    for name, value in givens.constants.items():
        head, _, part = name.partition(".")
        if part:
            data[head][part] = plain(value)
        else:
            data[name] = plain(value)
    for name, elements in givens.collections.items():
        data[name] = [{key: plain(value) for key, value in element.items()} for element in elements]
    return data


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
