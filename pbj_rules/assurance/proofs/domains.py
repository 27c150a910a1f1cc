"""The values that the names of a question can take, and for ranges the few values that stand for all others.

Conditions only compare: a name with a constant, or a name with a name. Whether one holds therefore depends on
how its values are ordered among themselves and among the constants, and on nothing else. So a range is reduced
to its boundaries (the constants of the question, and the least and greatest value allowed) and, between two
neighbouring boundaries, as many values as there are names compared with each other: every possible order of
them occurs among these values. Trying them all is a proof, not a sample. Where some of the names answer to others
("whatever the quorum, is there a number …"), the values just below a boundary are tried as well, because there it
counts how many values are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, combinations, pairwise
from typing import Any, Final, TypeAlias

from pbj_rules.case_parts import MAX_AMOUNT, MAX_COUNT
from pbj_rules.language.parser import LAST_DAY
from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Contains,
    Exists,
    Kind,
    Literal,
    Not,
    Operator,
    Or,
    Present,
    Source,
    Symbol,
    Type,
    symbols_of,
)
from pbj_rules.regulation.model import Regulation
from pbj_rules.shapes import FIRST_DAY

__all__ = ["ABSENT", "Assignment", "Domains", "as_value", "bounds_of", "equals", "names_of"]

# An optional fact that is not given has no value at all.
ABSENT: Final = None
Assignment: TypeAlias = "Mapping[Symbol, Any]"

_RANGED: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS, Kind.DAY, Kind.TEXT})


class Domains:
    """Domains of names under a regulation: bounds and defaults are its own."""

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation

    def of(self, trees: Iterable[Condition], answering: bool = False) -> dict[Symbol, tuple[Any, ...]]:
        """The values to try for each name of the conditions, the most ordinary first."""
        trees = tuple(trees)
        names = names_of(trees)
        groups = _compared_groups(names, trees)
        return {name: self._values(name, groups[name], trees, answering) for name in names}

    def _values(
        self, name: Symbol, group: frozenset[Symbol], trees: tuple[Condition, ...], answering: bool
    ) -> tuple[Any, ...]:
        values: tuple[Any, ...]
        match name.type.kind:
            case Kind.FLAG:
                values = (True, False)
            case Kind.CHOICE:
                values = name.type.values
            case Kind.CHOICES:
                values = tuple(_subsets(name.type.values))
            case _:
                values = self._representatives(name, group, trees, answering)
        return values if name.wajib else (*values, ABSENT)

    def _representatives(
        self, name: Symbol, group: frozenset[Symbol], trees: tuple[Condition, ...], answering: bool
    ) -> tuple[Any, ...]:
        low, high = bounds_of(self.regulation, name)
        marks = {edge for member in group for edge in bounds_of(self.regulation, member)}
        marks |= {self._ordinary(member) for member in group}
        marks |= {_number(literal) for literal in _constants(group, trees)}
        inner = chain.from_iterable(
            _between(one, other, len(group), answering) for one, other in pairwise(sorted(marks))
        )
        ordinary = self._ordinary(name)
        found = sorted((value for value in {*marks, *inner} if low <= value <= high), key=lambda n: (n != ordinary, n))
        return tuple(as_value(name, value) for value in found)

    def _ordinary(self, name: Symbol) -> int:
        """The value that a name has where nothing is said of it."""
        if name.source is Source.PARAMETER:
            return self.regulation.parameter[name.name].nilai
        low, _ = bounds_of(self.regulation, name)
        return self.regulation.first_day.toordinal() if name.type.kind is Kind.DAY else low


def names_of(trees: Iterable[Condition]) -> tuple[Symbol, ...]:
    """Every name of the conditions, once; columns of elements are no names of their own."""
    found = chain.from_iterable(symbols_of(tree) for tree in trees)
    return tuple(dict.fromkeys(name for name in found if name.source is not Source.ELEMENT))


def equals(name: Symbol, value: Any) -> Condition:
    """The condition that the name has the value (one of those that ``Domains`` gives; no text)."""
    if value is ABSENT:
        return Not(Present(name))
    if name.type.kind is Kind.CHOICES:
        has = [Contains(name, (Literal(word, Type(Kind.CHOICE, name.type.values)),)) for word in name.type.values]
        return And(
            tuple(tree if word in value else Not(tree) for word, tree in zip(name.type.values, has, strict=True))
        )
    return Compare(name, Operator.EQ, Literal(value, name.type))


def bounds_of(regulation: Regulation, name: Symbol) -> tuple[int, int]:
    """The least and the greatest value of a ranged name, a day as its ordinal."""
    if name.type.kind is Kind.DAY:
        return FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    if name.type.kind is Kind.TEXT:
        return 1, MAX_COUNT
    if name.source is Source.PARAMETER:
        most = MAX_AMOUNT if name.type.kind is Kind.RUPIAH else MAX_COUNT
        return regulation.parameter[name.name].minimum, most
    fact = regulation.fakta[name.name]
    return fact.minimum, fact.maksimum


def as_value(name: Symbol, number: int) -> Any:
    """A number of a ranged name as conditions compare it: a day is a day, the n-th text some text."""
    if name.type.kind is Kind.DAY:
        return date.fromordinal(number)
    return f"teks {number}" if name.type.kind is Kind.TEXT else number


def _between(low: int, high: int, count: int, both_ends: bool) -> Iterator[int]:
    """The first ``count`` numbers between two, and, if asked for, the last ones."""
    yield from range(low + 1, min(low + 1 + count, high))
    if both_ends:
        yield from range(max(low + 1, high - count), high)


def _number(literal: Literal) -> int:
    return literal.value.toordinal() if isinstance(literal.value, date) else int(literal.value)


def _subsets(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(words, size) for size in range(len(words) + 1))


def _constants(group: frozenset[Symbol], trees: tuple[Condition, ...]) -> Iterator[Literal]:
    for comparison in _comparisons(trees):
        sides = (comparison.left, comparison.right)
        if any(isinstance(side, Symbol) and side in group for side in sides):
            yield from (side for side in sides if isinstance(side, Literal))


def _compared_groups(names: Iterable[Symbol], trees: tuple[Condition, ...]) -> dict[Symbol, frozenset[Symbol]]:
    """For each name the ranged names that it is compared with, directly or by way of others."""
    groups = {name: frozenset((name,)) for name in names}
    for comparison in _comparisons(trees):
        if (
            isinstance(comparison.left, Symbol)
            and isinstance(comparison.right, Symbol)
            and comparison.left.type.kind in _RANGED
        ):
            joined = groups[comparison.left] | groups[comparison.right]
            groups.update(dict.fromkeys(joined, joined))
    return groups


def _comparisons(trees: Iterable[Condition]) -> Iterator[Compare]:
    for tree in trees:
        match tree:
            case Compare():
                yield tree
            case Not(part):
                yield from _comparisons((part,))
            case And(parts) | Or(parts):
                yield from _comparisons(parts)
            case Exists():
                raise ValueError("a condition that looks into a list is no question of names")
            case _:
                pass
