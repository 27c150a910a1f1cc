"""What an evaluator hands back: the rules that fired, in order, and where the token stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from attrs import frozen

from pbj_rules.errors import EvaluationError
from pbj_rules.evaluation.memory import Memory
from pbj_rules.evaluation.program import Program, Rule

__all__ = ["MAX_FIRINGS", "Evaluator", "Firing", "Trace", "looping", "overlap"]

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

    def run(self, program: Program, memory: Memory) -> Trace: ...


def overlap(one: Rule, other: Rule) -> EvaluationError:
    """Two rules decide the same thing differently."""
    return EvaluationError(
        f"aturan `{one.id}` dan `{other.id}` berlaku bersamaan di baris {one.row.id}: perbaiki kondisinya ({one.row.file})")


def looping(stage: str) -> EvaluationError:
    """The rules go round without asking for another answer."""
    return EvaluationError(f"aturan berputar tanpa akhir di {stage}: beri putaran itu fakta yang dijawab setiap kunjungan")
