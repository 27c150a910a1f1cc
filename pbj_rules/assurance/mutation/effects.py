"""Whether scenarios show each condition's independent effect (MC/DC), and cases that do where none does.

A simple condition inside a branch shows its effect in a case where it holds, and in one where it does not, each
such that the whole would turn out otherwise if only this simple condition did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from pbj_rules.assurance.mutation.scenarios import Scenarios
from pbj_rules.assurance.proofs.agreement import Agreement
from pbj_rules.assurance.proofs.domains import names_of
from pbj_rules.assurance.proofs.enumerating import Enumeration
from pbj_rules.assurance.proofs.witnesses import Witnesses
from pbj_rules.evaluation.memory import Memory, memory_of
from pbj_rules.language.python import compile_condition
from pbj_rules.language.tree import And, Condition, Not, Or
from pbj_rules.regulation.model import Branch, Regulation, Row
from pbj_rules.result import Jejak

__all__ = ["Effect", "case_showing", "effects", "unshown"]

_TRUE: Final = And(())
_FALSE: Final = Not(_TRUE)


@frozen
class Effect:
    """A simple condition of a branch that must be seen to hold, or not to, and to decide the branch by itself."""

    row: Row
    number: int
    branch: Branch
    syarat: Condition
    benar: bool
    question: tuple[Condition, ...]


def effects(regulation: Regulation) -> list[Effect]:
    """Every effect that can be shown at all: some values give it."""
    possible = Enumeration(regulation)
    return [effect for effect in _all_effects(regulation) if possible.solve(effect.question) is not None]


def unshown(regulation: Regulation, wanted: Iterable[Effect], scenarios: Scenarios) -> list[Effect]:
    """The effects that no scenario shows."""
    seen: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    names = {decision.id: decision for row in regulation.rows() for decision in row.keputusan}
    for name, result in scenarios.accepted.items():
        memory = memory_of(scenarios.cases[name], regulation)
        for step in result.jejak:
            for decided in step.kesimpulan:
                if step.jenis == "keputusan" and decided in names:
                    trees = [branch.jika for branch in names[decided].cabang]
                    seen.setdefault((step.baris, decided), []).append(_values(trees, memory, step))
    return [
        effect
        for effect in wanted
        if not any(
            all(compile_condition(tree)(values, {}) for tree in effect.question)
            for values in seen.get((effect.row.id, effect.row.keputusan[effect.number].id), ())
        )
    ]


def case_showing(regulation: Regulation, missing: Iterable[Effect]) -> Iterator[dict[str, Any]]:
    """A case for each effect."""
    witnesses = Witnesses(regulation, Agreement((Enumeration(regulation),)))
    for effect in missing:
        yield witnesses.case("pengaruh", effect.row, effect.number, effect.question)


def _all_effects(regulation: Regulation) -> Iterator[Effect]:
    for row in regulation.rows():
        for number, decision in enumerate(row.keputusan):
            for branch in decision.cabang:
                for simple, if_true, if_false in _fixed(branch.jika):
                    decides = Or((And((if_true, Not(if_false))), And((Not(if_true), if_false))))
                    yield Effect(row, number, branch, simple, True, (simple, decides))
                    yield Effect(row, number, branch, simple, False, (Not(simple), decides))


def _fixed(tree: Condition) -> Iterator[tuple[Condition, Condition, Condition]]:
    """Each simple condition, with the whole as it is if that one holds, and if it does not."""
    match tree:
        case Not(part):
            yield from ((simple, Not(one), Not(other)) for simple, one, other in _fixed(part))
        case And(parts) | Or(parts):
            make = And if isinstance(tree, And) else Or
            for number, part in enumerate(parts):
                before, after = parts[:number], parts[number + 1 :]
                for simple, one, other in _fixed(part):
                    yield simple, make((*before, one, *after)), make((*before, other, *after))
        case _:
            yield tree, _TRUE, _FALSE


def _values(trees: Iterable[Condition], memory: Memory, step: Jejak) -> dict[str, Any]:
    """What the names of a decision were at a visit; one that was derived stands in the firing record alone."""
    found = {name.name: memory.value(name, step.kunjungan) for name in names_of(trees)}
    found = {name: step.premis.get(name) if value is None else value for name, value in found.items()}
    return {name: value for name, value in found.items() if value is not None}
