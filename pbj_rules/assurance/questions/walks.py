"""Walks of cases seen as questions one after another, and what of a walk its rest depends on.

The evaluator walks; nothing here decides anything. Two walks that stand before the same question with the same
``Asked.rest`` go on alike with the same further answers, so a search over all ways on looks at each only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.evaluation.assembling import unanswered
from pbj_rules.evaluation.memory import Memory, memory_of
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.evaluation.program import FINISHED, Program, RuleKind
from pbj_rules.evaluation.trace import Trace
from pbj_rules.language.tree import Source, Symbol, symbols_of
from pbj_rules.regulation.flow import successors
from pbj_rules.regulation.model import Decision, Regulation, Row

__all__ = ["Asked", "Walk", "Walks", "names_read"]

_PERSONAL: Final = frozenset({Source.PACKAGE, Source.APPLICANT, Source.CASE})


@frozen
class Asked:
    """A decision of a row at one visit; ``nilai`` is None where the walk waits for what ``kurang`` names.

    ``pemanggil``: the row whose call the SOP answers, or nothing. ``rest``: what the rest of the walk depends on.
    """

    row: Row
    decision: Decision
    visit: int
    pemanggil: str
    nilai: str | None
    kurang: tuple[Symbol, ...]
    rest: tuple[Any, ...]

    def open_facts(self, memory: Memory) -> tuple[Symbol, ...]:
        """The facts that may be left out here, and are."""
        return tuple(name for name in self.decision.fakta if not name.wajib and memory.value(name, self.visit) is None)


@frozen
class Walk:
    """A case with all that it was asked, in order; ``selesai`` where it came to the end."""

    case: Case
    memory: Memory
    asked: tuple[Asked, ...]
    selesai: bool


@frozen
class Walks:
    """Walks of cases that differ from ``base`` in answers alone, or in what else the rules read of a case."""

    engine: Engine
    base: Case
    program: Program = field(init=False)
    _ahead: dict[tuple[str, str], tuple[str, ...]] = field(factory=dict, init=False, repr=False)
    _given: dict[str, int] = field(init=False, repr=False)
    _shared: tuple[str, ...] = field(init=False, repr=False)
    _named: frozenset[str] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # Both evaluators give the same walk; this one gives thousands of them sooner.
        object.__setattr__(self, "engine", Engine(self.engine.regulation, PlainEvaluator()))
        object.__setattr__(self, "program", self.engine.program(self.base.sop))
        given = {row.id: self._answers_given(row) for row in self.rows() if row.keputusan}
        object.__setattr__(self, "_given", given)
        object.__setattr__(self, "_shared", self._asked_twice())
        steering = [rule for rule in self.program.rules if rule.kind in (RuleKind.DECIDE, RuleKind.CALL)]
        names = (name for rule in steering for name in rule.names if name.source is Source.DECISION)
        named = {name.name.removeprefix("keputusan.") for name in names}
        object.__setattr__(self, "_named", frozenset(named))

    @property
    def regulation(self) -> Regulation:
        return self.engine.regulation

    @property
    def settings(self) -> dict[str, int]:
        """The parameters, as the case sets them."""
        return {name: item.nilai for name, item in self.regulation.parameter.items()} | dict(self.base.parameter)

    def rows(self) -> Iterator[Row]:
        """Every row that a case which starts here may come to."""
        for sop in self.program.sops:
            yield from sop.baris.values()

    def memory(self, case: Case) -> Memory:
        """What the rules read of the case."""
        return memory_of(case, self.regulation)

    def walk(self, case: Case) -> Walk:
        """The walk of the case. Raises EvaluationError where the rules contradict themselves."""
        memory = self.memory(case)
        trace = self.engine.evaluator.run(self.program, memory)
        finished = trace.stage == f"akhir:{self.program.start.id}"
        return Walk(case, memory, tuple(self._questions(case, memory, trace)), finished)

    def ahead(self, row: Row, caller: str) -> tuple[str, ...]:
        """The names, other than answers, that the rest of a walk which stands at the row may read."""
        if (row.id, caller) not in self._ahead:
            rows = self.reached(row, caller).values()
            names = (name for one in rows for item in one.keputusan for name in names_read(self.regulation, item))
            self._ahead[row.id, caller] = tuple(sorted({name.name for name in names if name.source in _PERSONAL}))
        return self._ahead[row.id, caller]

    def reached(self, row: Row, caller: str = "") -> dict[str, Row]:
        """The rows, by id, that a walk which stands at the row may come to, this one included."""
        seen: dict[str, Row] = {}
        waiting = [row, self.regulation.row(caller.partition("#")[0])] if caller else [row]
        while waiting:
            one = waiting.pop()
            if one.id not in seen:
                seen[one.id] = one
                waiting += [self.regulation.row(name) for name in successors(one)]
                waiting += [self.regulation.sop[call.sop].first for call in one.panggil]
        return seen

    def _questions(self, case: Case, memory: Memory, trace: Trace) -> Iterator[Asked]:
        caller, status = "", FINISHED
        visits: dict[str, int] = {}
        decided: dict[str, str] = {}
        for firing in trace.firings:
            rule = firing.rule
            if rule.branch is not None and rule.decision is not None:
                visits[rule.row.id] = firing.visit
                rest = self._rest(case, memory, rule.row, rule.decision, caller, status, visits, decided)
                yield Asked(rule.row, rule.decision, firing.visit, caller, rule.branch.nilai, (), rest)
                decided[rule.decision.id] = rule.branch.nilai
            if rule.kind is RuleKind.CALL:
                caller = rule.caller
            elif rule.kind in (RuleKind.RETURN, RuleKind.ABORT):
                caller = ""
            status = rule.status or status
        decision = self.program.decision_at.get(trace.stage)
        if decision is not None:
            row = self.regulation.row(trace.stage.partition(":")[2].partition("#")[0])
            visits[row.id] = trace.visit
            rest = self._rest(case, memory, row, decision, caller, status, visits, decided)
            missing = unanswered(self.program, memory, trace)
            yield Asked(row, decision, trace.visit, caller, None, missing, rest)

    def _rest(
        self,
        case: Case,
        memory: Memory,
        row: Row,
        decision: Decision,
        caller: str,
        status: str,
        visits: dict[str, int],
        decided: dict[str, str],
    ) -> tuple[Any, ...]:
        used = {name: min(visit, self._given[name] + (name == row.id)) for name, visit in visits.items()}
        return (
            decision.id,
            row.id,
            caller,
            status,
            tuple((name, visit) for name, visit in sorted(used.items()) if self._given[name]),
            tuple((name, value) for name, value in sorted(decided.items()) if name in self._named),
            tuple((name, memory.constants.get(name)) for name in self.ahead(row, caller)),
            None if case.daftar_hitam is self.base.daftar_hitam else _frozen(case.daftar_hitam),
            tuple((name, case.fakta.get(name)) for name in self._shared),
        )

    def _answers_given(self, row: Row) -> int:
        names = [name.name for decision in row.keputusan for name in decision.fakta]
        return max((len(self.base.fakta.get(name, ())) for name in names), default=0)

    def _asked_twice(self) -> tuple[str, ...]:
        """Answers that serve more than one decision, so that what was said at one is known at the other."""
        names = [
            name.name
            for row in self.rows()
            for decision in row.keputusan
            for name in decision.fakta
            if name.source is Source.ANSWER
        ]
        return tuple(sorted({name for name in names if names.count(name) > 1}))


def names_read(regulation: Regulation, decision: Decision) -> tuple[Symbol, ...]:
    """The names on which the value of a decision may rest, settings and other decisions aside."""
    found: dict[Symbol, None] = {}
    for name in decision.fakta:
        fact = regulation.fakta[name.name]
        found.update(dict.fromkeys((*fact.needed_to_derive, name)))
    for branch in decision.cabang:
        found.update(dict.fromkeys(symbols_of(branch.jika)))
    return tuple(name for name in found if name.source in (*_PERSONAL, Source.ANSWER))


def _frozen(entries: Iterable[Mapping[str, Any]] | None) -> tuple[Any, ...] | None:
    return None if entries is None else tuple(tuple(sorted(entry.items())) for entry in entries)
