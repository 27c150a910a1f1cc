"""The oracle: the same program compiled to plain Python, without an engine beneath it.

It shares the program and the trace with the durable evaluator and nothing else, so that a difference
between the two is a defect of one of them. Everything that does not depend on the case is prepared once
a program, which is also the shape that bulk work needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from attrs import define, frozen

from pbj_rules.evaluation.memory import Memory
from pbj_rules.evaluation.program import FINISHED, Program, Rule, RuleKind
from pbj_rules.evaluation.stretches import Stretch, stretches_of
from pbj_rules.evaluation.trace import MAX_FIRINGS, Firing, Trace, looping, overlap, premise_names, premises_of
from pbj_rules.language.normal import alternatives
from pbj_rules.language.python import (
    Predicate,
    TermFunction,
    compile_alternative,
    compile_condition,
    compile_term,
)
from pbj_rules.language.tree import Source, Symbol

__all__ = ["PlainEvaluator"]


@frozen(eq=False)
class _Step:
    """A rule with its compiled parts. ``ways``: how its condition can hold, each with the names it rests on."""

    rule: Rule
    holds: Predicate | None = None
    symbols: tuple[Symbol, ...] = ()
    ways: tuple[tuple[Predicate, frozenset[str]], ...] = ()
    results: tuple[tuple[str, TermFunction], ...] = ()


@frozen(eq=False)
class _Compiled:
    """A program's steps by stage, and the stretches between its choices."""

    steps: Mapping[str, tuple[_Step, ...]]
    stretches: Mapping[tuple[str, str], Stretch]


class PlainEvaluator:
    """Walks a case by compiled Python functions."""

    def __init__(self) -> None:
        self._compiled: WeakKeyDictionary[Program, _Compiled] = WeakKeyDictionary()

    def prepare(self, program: Program) -> None:
        """Compiles the program."""
        if program not in self._compiled:
            steps = {stage: tuple(_compiled(rule) for rule in rules) for stage, rules in program.rules_at.items()}
            self._compiled[program] = _Compiled(steps, stretches_of(program))

    def run(self, program: Program, memory: Memory) -> Trace:
        """The trace of the case. Raises EvaluationError where two branches hold, or rules loop."""
        self.prepare(program)
        return _Walk(program, self._compiled[program], memory).run()


def _compiled(rule: Rule) -> _Step:
    if rule.condition is None:
        return _Step(rule)
    ways = tuple((compile_alternative(way), premise_names(rule, way)) for way in alternatives(rule.condition))
    terms = rule.branch.hasil if rule.branch is not None else {}
    return _Step(
        rule,
        compile_condition(rule.condition),
        rule.names,
        ways,
        tuple((name, compile_term(term)) for name, term in terms.items()),
    )


@define
class _Token:
    """Where the walk stands: the stage, the row's visit number, the status so far, the call to return to."""

    stage: str
    visit: int
    status: str = FINISHED
    caller: str = ""
    caller_visit: int = 0
    following: str = ""


class _Walk:
    """One case on its way."""

    def __init__(self, program: Program, compiled: _Compiled, memory: Memory) -> None:
        self.program, self.memory = program, memory
        self.steps, self.stretches = compiled.steps, compiled.stretches
        self.visits: dict[str, int] = {}
        self.firings: list[Firing] = []
        self.decided: dict[str, str] = {}
        self.derived: dict[str, bool] = {}

    def run(self) -> Trace:
        token = _Token("", 0)
        self.arrive(token, f"di:{self.program.start.first.id}")
        while True:
            if (stretch := self.stretches.get((token.stage, token.following))) is not None:
                self.take(token, stretch)
            elif (moving := self.next_step(token)) is not None:
                self.advance(token, *moving)
            else:
                break
            if len(self.firings) > MAX_FIRINGS:
                raise looping(token.stage)
        return Trace(tuple(self.firings), token.stage, token.visit, token.status)

    def arrive(self, token: _Token, stage: str) -> None:
        token.stage = stage
        if stage.startswith("di:"):
            token.visit = self.visits[stage] = self.visits.get(stage, 0) + 1

    def take(self, token: _Token, stretch: Stretch) -> None:
        """Goes a whole stretch; its record is ready where every row of it is visited for the first time."""
        if token.visit == 1 and self.visits.keys().isdisjoint(stretch.arrivals):
            self.firings += stretch.firings
            self.visits.update(stretch.first_visits)
        else:
            arrivals = iter(stretch.arrivals)
            for rule, results in stretch.rules:
                self.firings.append(Firing(rule, token.visit, {}, results))
                if rule.kind is RuleKind.MOVE:
                    self.arrive(token, next(arrivals))
        token.stage, token.following = stretch.end, ""
        token.status = stretch.status or token.status

    def next_step(self, token: _Token) -> tuple[_Step, Mapping[str, Any]] | None:
        """Fires what stays at the stage (derivations, papers); the step that moves on with what it read, or None."""
        moving: tuple[_Step, Mapping[str, Any]] | None = None
        for step in self.steps.get(token.stage, ()):
            kind = step.rule.kind
            if kind is RuleKind.DERIVE:
                self.derive(token, step)
            elif kind is RuleKind.DOCUMENT:
                if (values := self.satisfied(token, step)) is not None:
                    self.fire(token, step, values)
            elif self.applies(token, step) and (values := self.satisfied(token, step)) is not None:
                if moving is not None:
                    raise overlap(moving[0].rule, step.rule)
                moving = step, values
        return moving

    def applies(self, token: _Token, step: _Step) -> bool:
        """Whether a rule that ends a call is about the call that the token is in."""
        rule = step.rule
        if rule.kind is RuleKind.RETURN:
            return token.caller == rule.caller and token.status == FINISHED
        if rule.kind is RuleKind.ABORT:
            return token.caller == rule.caller and token.status != FINISHED
        return True

    def satisfied(self, token: _Token, step: _Step) -> dict[str, Any] | None:
        """The values that the step reads, if all that it needs is there and its condition holds."""
        values = self.values(token, step)
        if any(symbol.name not in values for symbol in step.rule.needs):
            return None
        if step.holds is not None and not step.holds(values, self.memory.collections):
            return None
        return values

    def values(self, token: _Token, step: _Step) -> dict[str, Any]:
        found = {}
        for symbol in step.symbols:
            if symbol.source is Source.DECISION:
                value: Any = self.decided.get(symbol.name.removeprefix("keputusan."))
            else:
                value = self.derived.get(symbol.name, self.memory.value(symbol, token.visit))
            if value is not None:
                found[symbol.name] = value
        return found

    def derive(self, token: _Token, step: _Step) -> None:
        rule = step.rule
        fact = rule.fact
        if (
            fact is None
            or fact.turunan is None
            or step.holds is None
            or fact.turunan.collection not in self.memory.collections
        ):
            return
        if (values := self.satisfied(token, step)) is None:
            return
        name = fact.turunan.collection
        truth = rule.condition is fact.turunan
        self.derived[fact.id] = truth
        matches = tuple(
            number
            for number, element in enumerate(self.memory.collections[name], 1)
            if truth and step.holds(values, {name: (element,)})
        )
        self.firings.append(Firing(rule, token.visit, premises_of(values, values), {fact.id: truth}, matches))

    def fire(self, token: _Token, step: _Step, values: Mapping[str, Any]) -> None:
        """Records a firing with the names of the first way in which its condition holds."""
        rule = step.rule
        names = next((names for holds, names in step.ways if holds(values, self.memory.collections)), frozenset())
        results = {name: compute(values, self.memory.collections) for name, compute in step.results}
        if rule.kind is RuleKind.MOVE and rule.target is None:
            results["baris"] = token.following
        self.firings.append(Firing(rule, token.visit, premises_of(values, names), results))

    def advance(self, token: _Token, step: _Step, values: Mapping[str, Any]) -> None:
        rule = step.rule
        if rule.kind in (RuleKind.RETURN, RuleKind.ABORT):
            token.caller, token.visit = "", token.caller_visit
        self.fire(token, step, values)
        if rule.kind is RuleKind.CALL:
            token.caller, token.caller_visit = rule.caller, token.visit
        target = str(rule.target) if rule.target is not None else f"di:{token.following}"
        token.following = ""
        if rule.branch is not None and rule.decision is not None:
            self.decided[rule.decision.id] = rule.branch.nilai
            self.derived.clear()
            token.following = rule.branch.lanjut
        token.status = rule.status or token.status
        self.arrive(token, target)
