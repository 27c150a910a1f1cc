"""Rewrites a condition as alternatives, each a list of simple tests that must all hold.

An evaluator that has no `or` and no `not` of its own (durable-rules splits an `or` into several
firings) reads this form; so does an explanation that names only the alternative that held.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TypeAlias

from attrs import frozen

from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Contains,
    Exists,
    IsEmpty,
    Not,
    OneOf,
    Operator,
    Or,
    Present,
    negated,
)

__all__ = [
    "Absent",
    "Alternative",
    "HasElement",
    "Lacks",
    "NotEmpty",
    "NothingIn",
    "Test",
    "alternatives",
    "as_condition",
    "count_alternatives",
]


@frozen
class Absent:
    """The optional fact was not given."""

    present: Present


@frozen
class NotEmpty:
    """The list of words has an element."""

    empty: IsEmpty


@frozen
class Lacks:
    """The list of words has none of the values."""

    contains: Contains


@frozen
class HasElement:
    """An element of the collection passes all ``tests``."""

    element: str
    collection: str
    tests: tuple[Compare, ...]


@frozen
class NothingIn:
    """No element of the collection passes all ``tests``."""

    element: str
    collection: str
    tests: tuple[Compare, ...]


Test: TypeAlias = "Compare | IsEmpty | NotEmpty | Contains | Lacks | Present | Absent | HasElement | NothingIn"
Alternative: TypeAlias = "tuple[Test, ...]"


def alternatives(tree: Condition) -> tuple[Alternative, ...]:
    """The disjunctive normal form of a condition, alternatives in the order of the text."""
    return _form(tree, True)


def count_alternatives(tree: Condition, truth: bool = True) -> int:
    """How many alternatives the condition (or, if ``truth`` is False, its negation) has, without making them."""
    match tree:
        case Not(part):
            return count_alternatives(part, not truth)
        case And(parts) | Or(parts):
            counts = [count_alternatives(part, truth) for part in parts]
            return prod(counts) if isinstance(tree, And) is truth else sum(counts)
        case OneOf(values=values) | Contains(values=values):
            return len(values) if truth else 1
        case Exists(condition=condition):
            return count_alternatives(condition) if truth else 1
        case _:
            return 1


def as_condition(test: Test) -> Condition:
    """The condition that says the same as the test."""
    match test:
        case Absent(present):
            return Not(present)
        case NotEmpty(empty):
            return Not(empty)
        case Lacks(contains):
            return Not(contains)
        case HasElement(element, collection, tests):
            return Exists(element, collection, And(tests))
        case NothingIn(element, collection, tests):
            return Not(Exists(element, collection, And(tests)))
        case _:
            return test


def _form(tree: Condition, truth: bool) -> tuple[Alternative, ...]:
    match tree:
        case Not(part):
            return _form(part, not truth)
        case And(parts) | Or(parts):
            forms = [_form(part, truth) for part in parts]
            if isinstance(tree, And) is truth:
                return tuple(tuple(test for choice in combined for test in choice) for combined in product(*forms))
            return tuple(choice for form in forms for choice in form)
        case Compare():
            return ((tree if truth else Compare(tree.left, negated(tree.operator), tree.right),),)
        case OneOf(name, values):
            if truth:
                return tuple((Compare(name, Operator.EQ, value),) for value in values)
            return (tuple(Compare(name, Operator.NE, value) for value in values),)
        case IsEmpty():
            return ((tree if truth else NotEmpty(tree),),)
        case Contains(name, values):
            if truth:
                return tuple((Contains(name, (value,)),) for value in values)
            return ((Lacks(tree),),)
        case Present():
            return ((tree if truth else Absent(tree),),)
        case Exists(element, collection, condition):
            return _existence(element, collection, condition, truth)


def _existence(element: str, collection: str, condition: Condition, truth: bool) -> tuple[Alternative, ...]:
    """`there is an x with a or b` is `… with a` or `… with b`; its negation denies both."""
    inner = [tuple(test for test in choice if isinstance(test, Compare)) for choice in _form(condition, True)]
    if truth:
        return tuple((HasElement(element, collection, tests),) for tests in inner)
    return (tuple(NothingIn(element, collection, tests) for tests in inner),)
