"""Reads conditions as Python expressions, the language that BPMN engines for Python evaluate.

The names are those of the process's data: facts, parameters and ``tanggal`` by their own, ``paket`` and ``pemohon``
as mappings, collections as lists of mappings. Days are ISO texts, which sort as days do; what was not given is None.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from attrs import field, frozen

from pbj_rules.errors import Problem, RuleError
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
from pbj_rules.regulation.model import Decision, Fact, Regulation

__all__ = ["LANGUAGE", "Expressions"]

LANGUAGE: Final = "python"

_SIGNS: Final[Mapping[Operator, type[ast.cmpop]]] = {
    Operator.EQ: ast.Eq,
    Operator.NE: ast.NotEq,
    Operator.LT: ast.Lt,
    Operator.LE: ast.LtE,
    Operator.GT: ast.Gt,
    Operator.GE: ast.GtE,
}


@frozen
class Expressions:
    """Writes the conditions of a regulation."""

    regulation: Regulation
    _decisions: Mapping[str, Decision] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = {f"keputusan.{decision.id}": decision for row in self.regulation.rows() for decision in row.keputusan}
        object.__setattr__(self, "_decisions", found)

    def of(self, tree: Condition) -> str:
        """The condition as an expression. Raises RuleError where a process cannot know what it asks for."""
        return ast.unparse(self._condition(tree))

    def derivable(self, fact: Fact) -> str:
        """When a fact follows from the data of the process, so that nobody need be asked; "" if it never does."""
        return ast.unparse(self._derivable(fact)) if fact.turunan is not None else ""

    def _condition(self, tree: Condition) -> ast.expr:
        match tree:
            case Compare(Symbol(source=Source.DECISION) as asked, operator, Literal(value)):
                return self._decided(asked, (value,), operator is Operator.EQ)
            case Compare(left, operator, Literal(bool(value))):
                return self._term(left) if value is (operator is Operator.EQ) else _not(self._term(left))
            case Compare(left, operator, right):
                return ast.Compare(self._term(left), [_SIGNS[operator]()], [self._term(right)])
            case OneOf(name, values) if name.source is Source.DECISION:
                return self._decided(name, [literal.value for literal in values], True)
            case OneOf(name, values):
                listed = ast.Tuple([self._term(value) for value in values], ast.Load())
                return ast.Compare(self._term(name), [ast.In()], [listed])
            case IsEmpty(name):
                return _not(self._term(name))
            case Contains(name, values):
                return _joined(ast.Or(), [ast.Compare(self._term(v), [ast.In()], [self._term(name)]) for v in values])
            case Present(name):
                return _given(name.name)
            case Exists(element, collection, condition):
                loop = ast.comprehension(ast.Name(element, ast.Store()), _name(collection), [], 0)
                return ast.Call(_name("any"), [ast.GeneratorExp(self._condition(condition), [loop])], [])
            case Not(part):
                return _not(self._condition(part))
            case And(parts):
                return _joined(ast.And(), [self._condition(part) for part in parts])
            case Or(parts):
                return _joined(ast.Or(), [self._condition(part) for part in parts])

    def _decided(self, asked: Symbol, values: Iterable[Any], wanted: bool) -> ast.expr:
        """That a decision had, or had not, one of these values: its branches hold still, or never did."""
        decision = self._decisions[asked.name]
        for symbol in decision.fakta:
            if symbol.source is Source.ANSWER and len(self.regulation.fakta[symbol.name].baris) > 1:
                message = f"`{asked.name}` tidak dapat dibaca kembali dalam BPMN: `{symbol.name}` ditanyakan berulang"
                remedy = "beri setiap baris faktanya sendiri"
                raise RuleError([Problem(message, path=asked.name, remedy=remedy)])
        wanted_values = tuple(values)
        branches = [self._condition(branch.jika) for branch in decision.cabang if branch.nilai in wanted_values]
        held = _joined(ast.Or(), branches)
        return held if wanted else _not(held)

    def _term(self, term: Term) -> ast.expr:
        match term:
            case Symbol(name, Source.ANSWER) if self.regulation.fakta[name].turunan is not None:
                return self._derived(self.regulation.fakta[name])
            case Symbol(name):
                head, _, part = name.partition(".")
                return _item(head, part) if part else _name(head)
            case Literal(date() as day):
                return ast.Constant(day.isoformat())
            case Literal(value):
                constant: Any = value  # a day was taken above
                return ast.Constant(constant)
            case AddDays(day_term, days):
                start = ast.Call(ast.Attribute(_name("date"), "fromisoformat", ast.Load()), [self._term(day_term)], [])
                added = ast.Call(_name("timedelta"), [], [ast.keyword("days", self._term(days))])
                return ast.Call(_name("str"), [ast.BinOp(start, ast.Add(), added)], [])

    def _derived(self, fact: Fact) -> ast.expr:
        """The fact as its collection gives it, where the process has that; else as it was answered."""
        assert fact.turunan is not None
        return ast.IfExp(self._derivable(fact), self._condition(fact.turunan), _name(fact.id))

    def _derivable(self, fact: Fact) -> ast.expr:
        assert fact.turunan is not None
        needed = [fact.turunan.collection, *(symbol.name for symbol in fact.needed_to_derive)]
        return _joined(ast.And(), [_given(name) for name in needed])


def _given(name: str) -> ast.expr:
    head, _, part = name.partition(".")
    value: ast.expr = _name(head)
    if part:
        value = ast.Call(ast.Attribute(value, "get", ast.Load()), [ast.Constant(part)], [])
    return ast.Compare(value, [ast.IsNot()], [ast.Constant(None)])


def _joined(operator: ast.boolop, parts: list[ast.expr]) -> ast.expr:
    if not parts:
        return ast.Constant(isinstance(operator, ast.And))
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, parts)


def _not(part: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), part)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _item(of: str, key: str) -> ast.expr:
    return ast.Subscript(_name(of), ast.Constant(key), ast.Load())
