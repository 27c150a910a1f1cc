"""Answers questions about conditions by trying every value: the check on the solver, and independent of it.

The values come from ``domains``; the conditions are run by the same compiled functions that evaluate cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from math import prod
from typing import Any, Final

from pbj_rules.assurance.proofs.domains import ABSENT, Assignment, Domains, names_of
from pbj_rules.errors import PbjError
from pbj_rules.language.python import Predicate, compile_condition
from pbj_rules.language.tree import And, Condition, Source, Symbol
from pbj_rules.regulation.model import Regulation

__all__ = ["Enumeration", "holds"]

_MOST: Final = 5_000_000


def holds(trees: Iterable[Condition], assignment: Assignment) -> bool:
    """Whether all conditions hold under an assignment of all their names."""
    values = _by_name(assignment)
    return all(compile_condition(tree)(values, {}) for tree in trees)


class Enumeration:
    """Finds assignments by trying all; an answer of None is a proof that there is none."""

    def __init__(self, regulation: Regulation) -> None:
        self.domains = Domains(regulation)

    def solve(self, trees: Collection[Condition]) -> Assignment | None:
        """Values under which all conditions hold, the most ordinary that there are; None if there are none."""
        found: dict[Symbol, Any] = {}
        for part in _independent(tuple(_conjuncts(trees))):
            solution = self._first(part)
            if solution is None:
                return None
            found.update(solution)
        return found

    def always_answerable(self, tree: Condition, given: Collection[Symbol]) -> bool:
        """Whether, whatever the ``given`` names are, the others have values under which the condition holds."""
        domain = self.domains.of((tree,), answering=True)
        fixed = {name: values for name, values in domain.items() if name in given}
        free = {name: values for name, values in domain.items() if name not in given}
        _bound(domain.values())
        predicate = compile_condition(tree)
        return all(
            any(predicate(_by_name({**one, **other}), {}) for other in _assignments(free))
            for one in _assignments(fixed)
        )

    def _first(self, trees: tuple[Condition, ...]) -> Assignment | None:
        """The first assignment in the order of the domains, built up condition by condition."""
        domain = self.domains.of(trees)
        usual = {name: values[:1] if name.source is Source.PARAMETER else values for name, values in domain.items()}
        steps: list[tuple[Predicate, tuple[Symbol, ...]]] = []
        seen: set[Symbol] = set()
        for tree in trees:
            new = tuple(name for name in names_of((tree,)) if name not in seen)
            seen.update(new)
            steps.append((compile_condition(tree), new))
        # Under the regulation's own settings, if that can be: a case need not set what it need not.
        return _extend(steps, usual, {}) or _extend(steps, domain, {})


def _extend(
    steps: list[tuple[Predicate, tuple[Symbol, ...]]],
    domain: dict[Symbol, tuple[Any, ...]],
    so_far: dict[Symbol, Any],
) -> Assignment | None:
    if not steps:
        return so_far
    (predicate, new), *later = steps
    values = {name: domain[name] for name in new}
    _bound(values.values())
    for more in _assignments(values):
        extended = {**so_far, **more}
        if predicate(_by_name(extended), {}) and (found := _extend(later, domain, extended)) is not None:
            return found
    return None


def _assignments(domain: dict[Symbol, tuple[Any, ...]]) -> Iterator[dict[Symbol, Any]]:
    for values in product(*domain.values()):
        yield dict(zip(domain, values, strict=True))


def _bound(domains: Collection[tuple[Any, ...]]) -> None:
    if prod(len(values) for values in domains) > _MOST:
        raise PbjError("satu kondisi membandingkan terlalu banyak nama untuk dicacah: pecah kondisinya")


def _by_name(assignment: Assignment) -> dict[str, Any]:
    return {name.name: value for name, value in assignment.items() if value is not ABSENT}


def _conjuncts(trees: Iterable[Condition]) -> Iterator[Condition]:
    for tree in trees:
        if isinstance(tree, And) and tree.parts:
            yield from _conjuncts(tree.parts)
        else:
            yield tree


def _independent(trees: tuple[Condition, ...]) -> list[tuple[Condition, ...]]:
    """The conditions in groups that share no name, so that each can be solved by itself."""
    groups: list[tuple[set[Symbol], list[Condition]]] = []
    for tree in trees:
        names, members = set(names_of((tree,))), [tree]
        apart = []
        for other in groups:
            if other[0] & names:
                names |= other[0]
                members = [*other[1], *members]
            else:
                apart.append(other)
        groups = [*apart, (names, members)]
    return [tuple(members) for _, members in groups]
