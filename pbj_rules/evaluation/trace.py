"""What an evaluator hands back: the rules that fired, in order, and where the token stopped."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Protocol

from attrs import frozen

from pbj_rules.errors import EvaluationError
from pbj_rules.evaluation.memory import Memory
from pbj_rules.evaluation.program import Program, Rule
from pbj_rules.language.normal import Alternative, as_condition
from pbj_rules.language.tree import Source, symbols_of

__all__ = ["MAX_FIRINGS", "Evaluator", "Firing", "Trace", "looping", "overlap", "premise_names", "premises_of"]

MAX_FIRINGS = 500_000  # above what MAX_ANSWERS answers can cause; only rules that loop by themselves reach it


@frozen
class Firing:
    """One rule that fired.

    ``visit``: how often the token has been at the row (from 1). ``premises``: the values of the names that
    the conclusion rests on. ``results``: computed values. ``matches``: for a derived fact, the numbers
    (from 1) of the elements that made it true.
    """

    rule: Rule
    visit: int
    premises: Mapping[str, Any]
    results: Mapping[str, Any]
    matches: tuple[int, ...] = ()


@frozen
class Trace:
    """A whole walk. ``stage`` is where the token stopped, at visit ``visit`` of its row."""

    firings: tuple[Firing, ...]
    stage: str
    visit: int
    status: str


class Evaluator(Protocol):
    """Walks a case through a program. Pure: the same program and memory give the same trace."""

    def prepare(self, program: Program) -> None:
        """Compiles the program, which ``run`` does by itself where it must. Raises PbjError if it cannot be."""

    def run(self, program: Program, memory: Memory) -> Trace: ...


def premise_names(rule: Rule, way: Alternative) -> frozenset[str]:
    """The names that a conclusion rests on: the facts that its row asks for, and what the way that held reads."""
    names = {symbol.name for symbol in rule.needs if symbol.source is not Source.PARAMETER}
    read = [symbol for test in way for symbol in symbols_of(as_condition(test))]
    read += [symbol for term in (rule.branch.hasil.values() if rule.branch else ()) for symbol in symbols_of(term)]
    return frozenset(names | {symbol.name for symbol in read if symbol.source is not Source.ELEMENT})


def premises_of(values: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
    """The values of those names, in the order of the names, so that equal traces are equal bytes."""
    return {name: values[name] for name in sorted(values) if name in names}


def overlap(one: Rule, other: Rule) -> EvaluationError:
    """Two rules decide the same thing differently."""
    rules = f"aturan `{one.id}` dan `{other.id}`"
    return EvaluationError(f"{rules} berlaku bersamaan di baris {one.row.id}: perbaiki kondisinya ({one.row.file})")


def looping(stage: str) -> EvaluationError:
    """The rules go round without asking for another answer."""
    return EvaluationError(
        f"aturan berputar tanpa akhir di {stage}: beri putaran itu fakta yang dijawab setiap kunjungan"
    )
