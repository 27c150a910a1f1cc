"""Evaluates by forward chaining on durable-rules: rows, branches, calls and papers are all rules there.

Fact types (``t``) in a session:

=================  ==========================================================================
di:… tahap:… …     the token at a stage (see ``program``)
jawab:NAME         an answer: its visit ``ke`` and ``nilai``, or for a list of words ``banyak``
isi:NAME           one word of a list answer
tetap:NAME         a constant: property of the package, parameter, day, applicant
daftar:NAME        the case gives this collection;  unsur:NAME: one element of it
turunan:NAME       a fact derived at a visit;  putus:ID: a decision made at a visit
=================  ==========================================================================

Days are ordinals: the core orders whole numbers correctly, and text not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Final
from weakref import WeakKeyDictionary

from attrs import evolve, frozen

from pbj_rules.evaluation.durable_core import (
    Comparison,
    Fact,
    Pattern,
    Production,
    Reference,
    RuleBase,
)
from pbj_rules.evaluation.memory import Memory
from pbj_rules.evaluation.program import FINISHED, Program, Rule, RuleKind
from pbj_rules.evaluation.trace import MAX_FIRINGS, Firing, Trace, looping, overlap, premise_names, premises_of
from pbj_rules.language.normal import (
    Absent,
    Alternative,
    HasElement,
    Lacks,
    NotEmpty,
    NothingIn,
    Test,
    alternatives,
)
from pbj_rules.language.python import TermFunction, compile_term
from pbj_rules.language.tree import (
    Compare,
    Contains,
    IsEmpty,
    Kind,
    Literal,
    Operator,
    Present,
    Source,
    Symbol,
    Term,
    flipped,
)

__all__ = ["DurableEvaluator"]

_PRIORITY: Final = {kind: number for number, kind in enumerate(RuleKind)}
_TOKEN: Final = "s"
_SAME_VISIT: Final = Comparison("ke", "=", Reference(_TOKEN, "ke"))
_SAME_STEP: Final = Comparison("urut", "=", Reference(_TOKEN, "urut"))


@frozen(eq=False)
class _Compiled:
    """A program's rule base; per production the rule and the names that its patterns bind, by alias."""

    base: RuleBase
    rules: Mapping[str, tuple[Rule, Mapping[str, Symbol]]]
    premises: Mapping[str, frozenset[str]]
    results: Mapping[Rule, Mapping[str, TermFunction]]


class DurableEvaluator:
    """Walks a case on durable-rules' C core, through its guard."""

    def __init__(self) -> None:
        self._compiled: WeakKeyDictionary[Program, _Compiled] = WeakKeyDictionary()

    def prepare(self, program: Program) -> None:
        """Compiles the program. Raises CoreError for rules that the core cannot hold."""
        if program not in self._compiled:
            self._compiled[program] = _compile(program)

    def run(self, program: Program, memory: Memory) -> Trace:
        """The trace of the case. Raises EvaluationError where two branches hold, or rules loop."""
        self.prepare(program)
        return _Walk(program, self._compiled[program], memory).run()


def _compile(program: Program) -> _Compiled:
    productions: list[Production] = []
    rules: dict[str, tuple[Rule, Mapping[str, Symbol]]] = {}
    premises: dict[str, frozenset[str]] = {}
    for rule in program.rules:
        for number, way in enumerate(alternatives(rule.condition) if rule.condition is not None else ((),)):
            for variant, sources in enumerate(_sources(program, rule)):
                name = f"{rule.id}@{number}.{variant}"
                patterns = _Patterns(rule, sources)
                productions.append(Production(name, _PRIORITY[rule.kind], patterns.build(way)))
                rules[name] = (rule, patterns.names)
                premises[name] = premise_names(rule, way)
    results = {
        rule: {name: compile_term(term) for name, term in rule.branch.hasil.items()}
        for rule in program.rules
        if rule.branch is not None
    }
    return _Compiled(RuleBase(tuple(productions)), rules, premises, results)


def _sources(program: Program, rule: Rule) -> Iterator[Mapping[str, bool]]:
    """For each fact that the case may answer or derive: both ways, as two productions."""
    names = sorted(
        {
            symbol.name
            for symbol in rule.needs
            if symbol.name in program.regulation.fakta and program.regulation.fakta[symbol.name].turunan is not None
        }
    )
    for choice in product((True, False), repeat=len(names)):
        yield dict(zip(names, choice, strict=True))


class _Patterns:
    """Builds the patterns of one alternative of a rule's condition."""

    def __init__(self, rule: Rule, derived: Mapping[str, bool]) -> None:
        self.rule, self.derived = rule, derived
        self.patterns: dict[str, Pattern] = {}
        self.aliases: dict[Symbol, str] = {}
        self.names: dict[str, Symbol] = {}

    def build(self, way: Alternative) -> tuple[Pattern, ...]:
        self.patterns[_TOKEN] = Pattern(_TOKEN, str(self.rule.stage), self.token_tests())
        if self.rule.fact is not None and self.rule.fact.turunan is not None:
            self.patterns["d"] = Pattern("d", f"daftar:{self.rule.fact.turunan.collection}")
        for symbol in self.rule.needs:
            self.bind(symbol)
        for number, test in enumerate(way):
            self.add(test, number)
        return tuple(self.patterns.values())

    def token_tests(self) -> tuple[Comparison, ...]:
        if self.rule.kind is RuleKind.RETURN:
            return Comparison("pemanggil", "=", self.rule.caller), Comparison("status", "=", FINISHED)
        if self.rule.kind is RuleKind.ABORT:
            return Comparison("pemanggil", "=", self.rule.caller), Comparison("status", "!=", FINISHED)
        return ()

    def bind(self, symbol: Symbol) -> str:
        """The alias of the pattern that holds the value of a name."""
        if symbol not in self.aliases:
            alias = f"f{len(self.aliases)}"
            self.aliases[symbol] = alias
            self.names[alias] = symbol
            self.patterns[alias] = Pattern(alias, *self.place(symbol))
        return self.aliases[symbol]

    def place(self, symbol: Symbol) -> tuple[str, tuple[Comparison, ...]]:
        """The fact type that holds a name's value, and how it joins the token."""
        if self.derived.get(symbol.name):
            return f"turunan:{symbol.name}", (_SAME_STEP,)
        if symbol.source is Source.ANSWER:
            return f"jawab:{symbol.name}", (_SAME_VISIT,)
        if symbol.source is Source.DECISION:
            name = symbol.name.removeprefix("keputusan.")
            own = any(decision.id == name for decision in self.rule.row.keputusan)
            return f"putus:{name}", (_SAME_STEP,) if own else ()
        return f"tetap:{symbol.name}", ()

    def add(self, test: Test, number: int) -> None:
        alias = f"u{number}"
        match test:
            case Compare(left, operator, right):
                self.compare(left, operator, right)
            case IsEmpty(name):
                self.extend(self.bind(name), Comparison("banyak", "=", 0))
            case NotEmpty(empty):
                self.extend(self.bind(empty.name), Comparison("banyak", ">", 0))
            case Contains(name, values):
                self.word(alias, name, values[0], denied=False)  # `alternatives` leaves one
            case Lacks(contains):
                for value_number, value in enumerate(contains.values):
                    self.word(f"{alias}x{value_number}", contains.name, value, denied=True)
            case Present(name):
                self.bind(name)
            case Absent(present):
                self.patterns[alias] = Pattern(alias, f"jawab:{present.name.name}", (_SAME_VISIT,), denied=True)
            case HasElement(element, collection, tests):
                self.element(alias, element, collection, tests, denied=False)
            case NothingIn(element, collection, tests):
                self.element(alias, element, collection, tests, denied=True)

    def compare(self, left: Term, operator: Operator, right: Term) -> None:
        if isinstance(left, Literal):
            left, operator, right = right, flipped(operator), left
        assert isinstance(left, Symbol)  # the parser admits no comparison of two literals, nor of sums
        alias = self.bind(left)
        if isinstance(right, Symbol):
            other = self.bind(right)
            if list(self.patterns).index(other) > list(self.patterns).index(alias):
                alias, other, operator = other, alias, flipped(operator)
            self.extend(alias, Comparison("nilai", operator.value, Reference(other, "nilai")))
        else:
            assert isinstance(right, Literal)
            self.extend(alias, Comparison("nilai", operator.value, _coded(right.value)))

    def extend(self, alias: str, test: Comparison) -> None:
        pattern = self.patterns[alias]
        self.patterns[alias] = evolve(pattern, tests=(*pattern.tests, test))

    def word(self, alias: str, name: Symbol, value: Literal, *, denied: bool) -> None:
        self.bind(name)
        tests = (_SAME_VISIT, Comparison("nilai", "=", _coded(value.value)))
        self.patterns[alias] = Pattern(alias, f"isi:{name.name}", tests, denied)

    def element(self, alias: str, element: str, collection: str, tests: Sequence[Compare], *, denied: bool) -> None:
        made = []
        for test in tests:
            left, operator, right = test.left, test.operator, test.right
            if not _is_column(left, element):
                left, operator, right = right, flipped(operator), left
            assert isinstance(left, Symbol)  # so the parser has it
            assert isinstance(right, Symbol | Literal)
            operand = Reference(self.bind(right), "nilai") if isinstance(right, Symbol) else _coded(right.value)
            made.append(Comparison(left.name.partition(".")[2], operator.value, operand))
        self.patterns[alias] = Pattern(alias, f"unsur:{collection}", tuple(made), denied)


def _is_column(term: Term, element: str) -> bool:
    return isinstance(term, Symbol) and term.source is Source.ELEMENT and term.name.startswith(f"{element}.")


def _coded(value: Any) -> bool | int | str:
    """A value as the core compares it: a day as its ordinal."""
    coded: bool | int | str = value.toordinal() if isinstance(value, date) else value
    return coded


def _decoded(symbol: Symbol, value: Any) -> Any:
    return date.fromordinal(value) if symbol.type.kind is Kind.DAY else value


class _Walk:
    """One case on its way through the core."""

    def __init__(self, program: Program, compiled: _Compiled, memory: Memory) -> None:
        self.program, self.compiled, self.memory = program, compiled, memory
        self.firings: list[Firing] = []
        self.visits: dict[str, int] = {}
        self.steps = 0
        self.token: dict[str, Any] = {}
        self.concluded: dict[tuple[str, int], Rule] = {}
        self.derivation: dict[tuple[str, int], int] = {}
        self.matches: dict[int, list[int]] = {}

    def run(self) -> Trace:
        start = self.arrive(
            {"status": FINISHED, "pemanggil": "", "ke_pemanggil": 0, "urut_pemanggil": 0, "lanjut": ""},
            f"di:{self.program.start.first.id}",
        )
        if not self.compiled.base.run(self.facts(), start, self.conclude, MAX_FIRINGS):
            raise looping(self.token["t"])
        return Trace(self.record(), self.token["t"], self.token["ke"], self.token["status"])

    def arrive(self, token: Mapping[str, Any], stage: str) -> Fact:
        """The token at a stage; arriving at a row is a new step and a new visit of it."""
        moved = {**token, "t": stage}
        if stage.startswith("di:"):
            self.steps += 1
            self.visits[stage] = self.visits.get(stage, 0) + 1
            moved.update(urut=self.steps, ke=self.visits[stage])
        self.token = moved
        return moved

    def facts(self) -> Iterator[Fact]:
        """The case as facts; only names that some rule of the program reads."""
        for symbol in self.program.symbols:
            if symbol.source is Source.ANSWER:
                yield from self.answers(symbol)
            elif symbol.source is not Source.DECISION and symbol.name in self.memory.constants:
                yield {"t": f"tetap:{symbol.name}", "nilai": _coded(self.memory.constants[symbol.name])}
        for name, columns in self.program.collections.items():
            if name in self.memory.collections:
                yield {"t": f"daftar:{name}"}
                for number, element in enumerate(self.memory.collections[name], 1):
                    yield {
                        "t": f"unsur:{name}",
                        "nomor": number,
                        **{column: _coded(element[column]) for column in columns},
                    }

    def answers(self, symbol: Symbol) -> Iterator[Fact]:
        for visit, answer in enumerate(self.memory.answers.get(symbol.name, ()), 1):
            if symbol.type.kind is Kind.CHOICES:
                yield {"t": f"jawab:{symbol.name}", "ke": visit, "banyak": len(answer)}
                for word in dict.fromkeys(answer):
                    yield {"t": f"isi:{symbol.name}", "ke": visit, "nilai": word}
            else:
                yield {"t": f"jawab:{symbol.name}", "ke": visit, "nilai": _coded(answer)}

    def conclude(self, name: str, matched: Mapping[str, Fact]) -> Sequence[Fact]:
        """What a production concludes from the facts that it matched."""
        rule, names = self.compiled.rules[name]
        token = matched[_TOKEN]
        if rule.kind is RuleKind.DERIVE:
            return self.derive(rule, token, names, matched)
        # An alternative or a repeated match of what has been concluded says nothing new.
        key = (rule.decision.id if rule.decision is not None else rule.id, int(token["urut"]))
        if key in self.concluded:
            if rule.decision is not None and self.concluded[key] is not rule:
                raise overlap(self.concluded[key], rule)
            return ()
        self.concluded[key] = rule
        values = {symbol.name: self.decode(symbol, matched[alias], int(token["ke"])) for alias, symbol in names.items()}
        if rule.document is not None:
            self.note(rule, name, int(token["ke"]), values, {})
            return ()
        return self.move(rule, name, token, values)

    def decode(self, symbol: Symbol, fact: Fact, visit: int) -> Any:
        if symbol.type.kind is Kind.CHOICES:
            return self.memory.answer(symbol.name, visit)
        return _decoded(symbol, fact["nilai"])

    def derive(
        self, rule: Rule, token: Fact, names: Mapping[str, Symbol], matched: Mapping[str, Fact]
    ) -> Sequence[Fact]:
        """A derived fact is told at its first match; every further match is another element that supports it."""
        assert rule.fact is not None  # only deriving rules come here
        assert rule.fact.turunan is not None
        numbers = [int(fact["nomor"]) for fact in matched.values() if "nomor" in fact]
        step = int(token["urut"])
        if (rule.fact.id, step) in self.derivation:
            self.matches[self.derivation[rule.fact.id, step]].extend(numbers)
            return ()
        self.derivation[rule.fact.id, step] = len(self.firings)
        self.matches[len(self.firings)] = numbers
        truth = rule.condition is rule.fact.turunan
        values = {symbol.name: _decoded(symbol, matched[alias]["nilai"]) for alias, symbol in names.items()}
        self.firings.append(Firing(rule, int(token["ke"]), premises_of(values, values), {rule.fact.id: truth}))
        return ({"t": f"turunan:{rule.fact.id}", "urut": step, "nilai": truth},)

    def record(self) -> tuple[Firing, ...]:
        """The firings; a derived fact with every element that supported it."""
        for index, numbers in self.matches.items():
            self.firings[index] = evolve(self.firings[index], matches=tuple(sorted(numbers)))
        return tuple(self.firings)

    def move(self, rule: Rule, name: str, token: Fact, values: Mapping[str, Any]) -> Sequence[Fact]:
        following: dict[str, Any] = {key: token[key] for key in self.token if key != "t"}
        if rule.kind in (RuleKind.RETURN, RuleKind.ABORT):
            following.update(pemanggil="", ke=token["ke_pemanggil"], urut=token["urut_pemanggil"])
        results: dict[str, Any] = {
            name: compute(values, {}) for name, compute in self.compiled.results.get(rule, {}).items()
        }
        if rule.kind is RuleKind.MOVE and rule.target is None:
            results["baris"] = token["lanjut"]
        self.note(rule, name, int(following["ke"]), values, results)
        if rule.kind is RuleKind.CALL:
            following.update(pemanggil=rule.caller, ke_pemanggil=token["ke"], urut_pemanggil=token["urut"])
        told: list[Fact] = []
        if rule.branch is not None and rule.decision is not None:
            told.append({"t": f"putus:{rule.decision.id}", "urut": token["urut"], "nilai": rule.branch.nilai})
            following["lanjut"] = rule.branch.lanjut
        following["status"] = rule.status or token["status"]
        target = str(rule.target) if rule.target is not None else f"di:{token['lanjut']}"
        return (*told, self.arrive(following, target))

    def note(self, rule: Rule, name: str, visit: int, values: Mapping[str, Any], results: Mapping[str, Any]) -> None:
        self.firings.append(Firing(rule, visit, premises_of(values, self.compiled.premises[name]), results))
