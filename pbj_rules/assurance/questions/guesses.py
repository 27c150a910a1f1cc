"""The values that are worth trying for a fact of a case: the boundary-reduced domains of the rules that may read it.

The settings of the case are known, so they stand in the conditions as numbers: a threshold that the case sets for
itself is a boundary, the regulation's own is none then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from attrs import frozen

from pbj_rules.assurance.proofs.domains import ABSENT, Domains
from pbj_rules.assurance.questions.walks import Walks, names_read
from pbj_rules.language.python import compile_condition
from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Exists,
    Kind,
    Literal,
    Not,
    Or,
    Present,
    Source,
    Symbol,
    Term,
)

__all__ = ["Guesses", "settled"]

_ENTRIES: Final = 50  # of a list, those that match first: one of them is changed as easily as another
_FILLER: Final = "PT Contoh"


@frozen
class Guesses:
    """Values to try under the rules that a walk of the case may meet."""

    domains: Mapping[Symbol, tuple[Any, ...]]
    marks: Mapping[Symbol, tuple[Any, ...]]  # the values that conditions name: thresholds
    day: date

    @classmethod
    def of(cls, walks: Walks) -> Guesses:
        """The values for all walks of a case, with its own settings."""
        settings = walks.settings
        decisions = [decision for row in walks.rows() for decision in row.keputusan]
        trees = [settled(branch.jika, settings) for decision in decisions for branch in decision.cabang]
        asked = [name for decision in decisions for name in names_read(walks.regulation, decision)]
        # A fact that no condition of its decision reads is asked for all the same.
        unread = [Present(name) for name in asked if name.type.kind is not Kind.TEXT and name.source is not Source.CASE]
        found = Domains(walks.regulation).of((*trees, *unread), answering=True)
        domains = {name: tuple(v for v in found.get(name, ()) if v is not ABSENT) for name in asked}
        marks = {name: tuple(_compared_with(name, trees)) for name in domains}
        return cls(domains, marks, walks.base.tanggal)

    def values(self, name: Symbol) -> tuple[Any, ...]:
        """The values of a name, for a day the case's own among them."""
        if name.type.kind is Kind.DAY and self.day not in self.domains[name]:
            return (self.day, *self.domains[name])
        return self.domains[name]

    def distance(self, name: Symbol, before: Any, after: Any) -> int:
        """How far a value is from the one before; where there was none, from the nearest threshold."""
        if name.type.kind in (Kind.FLAG, Kind.TEXT):
            return 0
        if name.type.kind is Kind.CHOICE:
            return name.type.values.index(after)
        if name.type.kind is Kind.CHOICES:
            return len(after)
        if before is not ABSENT:
            return abs(_number(after) - _number(before))
        near = (self.day,) if name.type.kind is Kind.DAY else self.marks[name]
        return min((abs(_number(after) - _number(mark)) for mark in near), default=_number(after))

    def values_in_list(
        self, name: Symbol, rule: Exists, known: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
    ) -> Iterator[Any]:
        """Values of a name by which it agrees with an entry of a list, just passes one by, or with none."""
        listed = tuple(entries)
        columns = list(_columns_of(name, rule.condition))
        yield from self.values(name)
        for _, entry in self.worth_changing(rule, known, listed):
            for column in columns:
                yield from _around(entry.get(column))
        if name.type.kind is Kind.TEXT:
            yield _fresh({entry.get(column) for entry in listed for column in columns})

    def worth_changing(
        self, rule: Exists, known: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
    ) -> list[tuple[int, Mapping[str, Any]]]:
        """Entries with their numbers (from 1): every one that matches, and of a long list not all of the others."""
        numbered = list(enumerate(entries, 1))
        if len(numbered) <= _ENTRIES or not all(name.name in known for name in _outer(rule.condition)):
            return numbered[:_ENTRIES]
        others = iter([item for item in numbered if not self.matches(rule, known, item[1])][:_ENTRIES])
        return sorted(
            (*(item for item in numbered if self.matches(rule, known, item[1])), *others), key=lambda item: item[0]
        )

    def entries(
        self, rule: Exists, kinds: Iterable[str], known: Mapping[str, Any], entry: Mapping[str, Any] | None
    ) -> Iterator[Mapping[str, Any]]:
        """Entries that differ from one in a single column and in whether the rule holds for it; or a new one for
        which it holds."""
        holds = compile_condition(rule)
        tried = {column: list(self._column(column, rule, known, entry)) for column in _all_columns(rule)}
        if entry is not None:
            now = holds(known, {rule.collection: (entry,)})
            for column, values in tried.items():
                for value in values:
                    changed = {**entry, column: value}
                    if holds(known, {rule.collection: (changed,)}) is not now:
                        yield changed
            return
        for combination in product(*tried.values()):
            new = {**dict.fromkeys(kinds, _FILLER), **dict(zip(tried, combination, strict=True))}
            if holds(known, {rule.collection: (new,)}):
                yield new
                return

    def matches(self, rule: Exists, known: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
        """Whether the rule holds for an entry."""
        return compile_condition(rule)(known, {rule.collection: (entry,)})

    def _column(
        self, column: str, rule: Exists, known: Mapping[str, Any], entry: Mapping[str, Any] | None
    ) -> Iterator[Any]:
        names = [name for name in _outer(rule.condition) if column in _columns_of(name, rule.condition)]
        for name in names:
            yield from _around(known.get(name.name))
            if name.type.kind is Kind.TEXT and entry is not None:
                yield _fresh({known.get(name.name), entry.get(column)})


def settled(tree: Condition, settings: Mapping[str, int]) -> Condition:
    """The condition with the numbers of the settings in place of their names."""

    def term(one: Term) -> Term:
        is_setting = isinstance(one, Symbol) and one.source is Source.PARAMETER
        return Literal(settings[one.name], one.type) if isinstance(one, Symbol) and is_setting else one

    match tree:
        case Compare(left, operator, right):
            return Compare(term(left), operator, term(right))
        case Not(part):
            return Not(settled(part, settings))
        case And(parts):
            return And(tuple(settled(part, settings) for part in parts))
        case Or(parts):
            return Or(tuple(settled(part, settings) for part in parts))
        case _:
            return tree


def _comparisons(tree: Condition) -> Iterator[Compare]:
    match tree:
        case Compare():
            yield tree
        case Not(part) | Exists(condition=part):
            yield from _comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part)
        case _:
            pass


def _compared_with(name: Symbol, trees: Iterable[Condition]) -> Iterator[Any]:
    for comparison in (found for tree in trees for found in _comparisons(tree)):
        for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
            if one == name and isinstance(other, Literal):
                yield other.value


def _columns_of(name: Symbol, tree: Condition) -> Iterator[str]:
    """The columns of an element that a name is compared with."""
    for comparison in _comparisons(tree):
        for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
            if one == name and isinstance(other, Symbol) and other.source is Source.ELEMENT:
                yield other.name.partition(".")[2]


def _outer(tree: Condition) -> tuple[Symbol, ...]:
    sides = (side for comparison in _comparisons(tree) for side in (comparison.left, comparison.right))
    return tuple(dict.fromkeys(s for s in sides if isinstance(s, Symbol) and s.source is not Source.ELEMENT))


def _all_columns(rule: Exists) -> tuple[str, ...]:
    sides = (side for found in _comparisons(rule.condition) for side in (found.left, found.right))
    names = (s.name.partition(".")[2] for s in sides if isinstance(s, Symbol) and s.source is Source.ELEMENT)
    return tuple(dict.fromkeys(names))


def _around(value: Any) -> Iterator[Any]:
    """A value, and for a day or a number its neighbours."""
    if value is ABSENT:
        return
    yield value
    if isinstance(value, date):
        yield from (value - timedelta(1), value + timedelta(1))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (value - 1, value + 1)


def _fresh(used: set[Any]) -> str:
    """Sixteen digits, as an NPWP has, that are not in use."""
    return next(text for number in range(1, len(used) + 2) if (text := f"{number:016}") not in used)


def _number(value: Any) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)
