"""Compiles conditions and terms to plain Python functions, by way of Python's own syntax tree.

A compiled function takes two mappings: ``values`` (scalars and tuples of words by name, dates as
``datetime.date``; an optional fact that was not given is absent) and ``collections`` (tuples of
mappings by name).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, TypeAlias

from pbj_rules.language.normal import Alternative, as_condition
from pbj_rules.language.tree import (
    AddDays,
    And,
    Compare,
    Condition,
    Contains,
    Exists,
    IsEmpty,
    Literal,
    Not,
    OneOf,
    Operator,
    Or,
    Present,
    Source,
    Symbol,
    Term,
)

__all__ = [
    "Collections",
    "Predicate",
    "TermFunction",
    "Values",
    "compile_alternative",
    "compile_condition",
    "compile_term",
]

Values: TypeAlias = "Mapping[str, Any]"
Collections: TypeAlias = "Mapping[str, Sequence[Mapping[str, Any]]]"
Predicate: TypeAlias = "Callable[[Values, Collections], bool]"
TermFunction: TypeAlias = "Callable[[Values, Collections], Any]"

# Rules that differ in one place, as tools that test rules make them by the thousand, share all other functions.
_KEPT: Final = 2048

_SIGNS: Final[Mapping[Operator, type[ast.cmpop]]] = {
    Operator.EQ: ast.Eq,
    Operator.NE: ast.NotEq,
    Operator.LT: ast.Lt,
    Operator.LE: ast.LtE,
    Operator.GT: ast.Gt,
    Operator.GE: ast.GtE,
}


@lru_cache(_KEPT)
def compile_condition(tree: Condition) -> Predicate:
    """The function that tells whether the condition holds."""
    return _function(_condition(tree))


@lru_cache(_KEPT)
def compile_term(term: Term) -> TermFunction:
    """The function that computes the term."""
    return _function(_term(term))


@lru_cache(_KEPT)
def compile_alternative(alternative: Alternative) -> Predicate:
    """The function that tells whether every test of one alternative of a condition holds."""
    return _function(_all([_condition(as_condition(test)) for test in alternative]))


def _function(body: ast.expr) -> Callable[[Values, Collections], Any]:
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg("values"), ast.arg("collections")], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
    function: Callable[[Values, Collections], Any] = eval(  # the tree is ours: no text of anyone's is run
        compile(tree, "<kondisi>", "eval"), {"__builtins__": {}, "any": any, "date": date, "timedelta": timedelta}
    )
    return function


def _condition(tree: Condition) -> ast.expr:
    match tree:
        case Compare(left, operator, right):
            return ast.Compare(_term(left), [_SIGNS[operator]()], [_term(right)])
        case OneOf(name, values):
            return ast.Compare(_term(name), [ast.In()], [ast.Tuple([_term(value) for value in values], ast.Load())])
        case IsEmpty(name):
            return ast.UnaryOp(ast.Not(), _term(name))
        case Contains(name, values):
            return _any_of([ast.Compare(_term(value), [ast.In()], [_term(name)]) for value in values])
        case Present(name):
            return ast.Compare(ast.Constant(name.name), [ast.In()], [_name("values")])
        case Exists(element, collection, condition):
            loop = ast.comprehension(ast.Name(element, ast.Store()), _item(_name("collections"), collection), [], 0)
            return ast.Call(_name("any"), [ast.GeneratorExp(_condition(condition), [loop])], [])
        case Not(part):
            return ast.UnaryOp(ast.Not(), _condition(part))
        case And(parts):
            return _all([_condition(part) for part in parts])
        case Or(parts):
            return _any_of([_condition(part) for part in parts])


def _term(term: Term) -> ast.expr:
    match term:
        case Symbol(name, Source.ELEMENT):
            element, _, column = name.partition(".")
            return _item(_name(element), column)
        case Symbol(name):
            return _item(_name("values"), name)
        case Literal(date() as day):
            return ast.Call(_name("date"), [ast.Constant(part) for part in (day.year, day.month, day.day)], [])
        case Literal(value):
            constant: Any = value  # a day was taken above
            return ast.Constant(constant)
        case AddDays(day_term, days):
            added = ast.Call(_name("timedelta"), [], [ast.keyword("days", _term(days))])
            return ast.BinOp(_term(day_term), ast.Add(), added)


def _all(parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts) if parts else ast.Constant(True)


def _any_of(parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), parts)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _item(of: ast.expr, key: str) -> ast.expr:
    return ast.Subscript(of, ast.Constant(key), ast.Load())
