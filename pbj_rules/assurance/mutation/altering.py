"""Alters a condition in one place at a time: every operator, every threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Contains,
    Exists,
    IsEmpty,
    Kind,
    Literal,
    Not,
    OneOf,
    Operator,
    Or,
    Present,
    Source,
    Symbol,
    Term,
    Type,
)

__all__ = ["OPERATOR", "THRESHOLD", "Alteration", "alterations"]

OPERATOR: Final = "operator"
THRESHOLD: Final = "ambang"
_ORDERED: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS, Kind.DAY})


@frozen
class Alteration:
    """A condition that differs in one place, where ``before`` stood and ``after`` stands."""

    kind: str
    before: Condition
    after: Condition
    tree: Condition


def alterations(tree: Condition) -> Iterator[Alteration]:
    """Every condition that differs from this one in one place."""
    for kind, after in _here(tree):
        yield Alteration(kind, tree, after, after)
    match tree:
        case Not(part):
            yield from _inside(part, Not)
        case Exists(element, collection, condition):
            yield from _inside(condition, lambda part: Exists(element, collection, part))
        case And(parts) | Or(parts):
            make = And if isinstance(tree, And) else Or
            for number, part in enumerate(parts):
                yield from _inside(part, _rebuilding(make, parts, number))


def _inside(part: Condition, rebuilt: Callable[[Condition], Condition]) -> Iterator[Alteration]:
    for change in alterations(part):
        yield Alteration(change.kind, change.before, change.after, rebuilt(change.tree))


def _rebuilding(
    make: type[And] | type[Or], parts: tuple[Condition, ...], number: int
) -> Callable[[Condition], Condition]:
    return lambda part: make((*parts[:number], part, *parts[number + 1 :]))


def _here(tree: Condition) -> Iterator[tuple[str, Condition]]:
    match tree:
        case Compare(left, operator, right):
            for other in _operators(left.type.kind):
                if other is not operator:
                    yield OPERATOR, Compare(left, other, right)
            yield from ((THRESHOLD, Compare(changed, operator, right)) for changed in _changed(left, right))
            yield from ((THRESHOLD, Compare(left, operator, changed)) for changed in _changed(right, left))
        case OneOf(name, values):
            yield from ((THRESHOLD, OneOf(name, changed)) for changed in _changed_words(name, values))
            yield OPERATOR, Not(tree)
        case Contains(name, values):
            yield from ((THRESHOLD, Contains(name, changed)) for changed in _changed_words(name, values))
            yield OPERATOR, Not(tree)
        case IsEmpty() | Present() | Exists():
            yield OPERATOR, Not(tree)
        case Not(part):
            yield OPERATOR, part
        case And(parts) | Or(parts):
            yield OPERATOR, Or(parts) if isinstance(tree, And) else And(parts)
            yield from ((OPERATOR, part) for part in parts)


def _operators(kind: Kind) -> tuple[Operator, ...]:
    return tuple(Operator) if kind in _ORDERED else (Operator.EQ, Operator.NE)


def _changed(term: Term, beside: Term) -> Iterator[Term]:
    """A written value one off, or another word in its place; a truth only changes its operator. A name, compared
    with a name, one of which is a parameter, is as good as a value: there the parameter itself is altered."""
    if not isinstance(term, Literal):
        return
    value = term.value
    if isinstance(value, bool):
        return
    if isinstance(value, date):
        yield from (Literal(value + timedelta(days=step), term.type) for step in (-1, 1))
    elif isinstance(value, int):
        yield from (Literal(value + step, term.type) for step in (-1, 1) if value + step >= 0)
    elif isinstance(beside, Symbol) and beside.source is not Source.ELEMENT:
        yield from (Literal(word, term.type) for word in beside.type.values if word != value)


def _changed_words(name: Symbol, values: tuple[Literal, ...]) -> Iterator[tuple[Literal, ...]]:
    if len(values) > 1:
        for left_out in values:
            yield tuple(value for value in values if value is not left_out)
    given = {value.value for value in values}
    word = Type(Kind.CHOICE, name.type.values)
    yield from ((*values, Literal(added, word)) for added in name.type.values if added not in given)
