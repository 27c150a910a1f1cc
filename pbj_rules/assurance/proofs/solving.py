"""Answers questions about conditions with the SMT solver z3: over all values, not over chosen ones.

Every value is a whole number to the solver (a day its ordinal, a word its number in one list of all words),
but for lists of words, which are a truth for each word. This module alone knows z3.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final, TypeAlias

import z3  # type: ignore[import-untyped]  # it has no annotations

from pbj_rules.assurance.proofs.domains import ABSENT, Assignment, as_value, bounds_of, names_of
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
    Symbol,
    Term,
)
from pbj_rules.regulation.model import Regulation

__all__ = ["Smt"]

_Formula: TypeAlias = Any  # z3's own objects
_SIGNS: Final = {
    Operator.EQ: lambda one, other: one == other,
    Operator.NE: lambda one, other: one != other,
    Operator.LT: lambda one, other: one < other,
    Operator.LE: lambda one, other: one <= other,
    Operator.GT: lambda one, other: one > other,
    Operator.GE: lambda one, other: one >= other,
}


class Smt:
    """Finds assignments by z3; an answer of None is a proof that there is none."""

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        self.words: dict[str, int] = {}

    def solve(self, trees: Collection[Condition]) -> Assignment | None:
        """Values under which all conditions hold; None if there are none."""
        names = names_of(trees)
        solver = z3.Solver()
        solver.add(*(self.allowed(name) for name in names), *(self.formula(tree) for tree in trees))
        if not _satisfiable(solver):
            return None
        model = solver.model()
        return {name: self.read(model, name) for name in names}

    def always_answerable(self, tree: Condition, given: Collection[Symbol]) -> bool:
        """Whether, whatever the ``given`` names are, the others have values under which the condition holds."""
        names = names_of((tree,))
        free = [name for name in names if name not in given]
        unanswerable = z3.Not(z3.And(*(self.allowed(name) for name in free), self.formula(tree)))
        variables = [variable for name in free for variable in self.variables(name)]
        solver = z3.Solver()
        solver.add(*(self.allowed(name) for name in names if name in given))
        solver.add(z3.ForAll(variables, unanswerable) if variables else unanswerable)
        return not _satisfiable(solver)

    def formula(self, tree: Condition) -> _Formula:
        match tree:
            case Compare(left, operator, right):
                return _SIGNS[operator](self.term(left), self.term(right))
            case OneOf(name, values):
                return z3.Or(*(self.term(name) == self.term(value) for value in values))
            case IsEmpty(name):
                return z3.Not(z3.Or(*(self.has(name, word) for word in name.type.values)))
            case Contains(name, values):
                return z3.Or(*(self.has(name, str(value.value)) for value in values))
            case Present(name):
                return self.given(name)
            case Not(part):
                return z3.Not(self.formula(part))
            case And(parts):
                return z3.And(*map(self.formula, parts))
            case Or(parts):
                return z3.Or(*map(self.formula, parts))
            case Exists():
                raise ValueError("a condition that looks into a list is no question of names")

    def term(self, term: Term) -> _Formula:
        match term:
            case Symbol(name):
                return z3.Int(name)
            case Literal(value):
                return z3.IntVal(self.number(value))
            case _:
                raise ValueError("conditions do not add")

    def number(self, value: Any) -> int:
        if isinstance(value, date):
            return value.toordinal()
        return self.words.setdefault(value, len(self.words)) if isinstance(value, str) else int(value)

    def has(self, name: Symbol, word: str) -> _Formula:
        return z3.Bool(f"{name.name}[{word}]")

    def given(self, name: Symbol) -> _Formula:
        return z3.Bool(f"ada {name.name}")

    def variables(self, name: Symbol) -> list[_Formula]:
        own = [] if name.wajib else [self.given(name)]
        if name.type.kind is Kind.CHOICES:
            return [*own, *(self.has(name, word) for word in name.type.values)]
        return [*own, self.term(name)]

    def allowed(self, name: Symbol) -> _Formula:
        """What the value of a name may be."""
        match name.type.kind:
            case Kind.CHOICES:
                return z3.BoolVal(True)
            case Kind.FLAG:
                return z3.Or(self.term(name) == 0, self.term(name) == 1)
            case Kind.CHOICE:
                return z3.Or(*(self.term(name) == self.number(word) for word in name.type.values))
            case _:
                low, high = bounds_of(self.regulation, name)
                return z3.And(self.term(name) >= low, self.term(name) <= high)

    def read(self, model: _Formula, name: Symbol) -> Any:
        """The value that z3's model gives a name."""

        def of(variable: _Formula) -> _Formula:
            return model.eval(variable, model_completion=True)

        if not name.wajib and not z3.is_true(of(self.given(name))):
            return ABSENT
        match name.type.kind:
            case Kind.CHOICES:
                return tuple(word for word in name.type.values if z3.is_true(of(self.has(name, word))))
            case Kind.FLAG:
                return bool(of(self.term(name)).as_long())
            case Kind.CHOICE:
                number = of(self.term(name)).as_long()
                return next(word for word in name.type.values if self.number(word) == number)
            case _:
                return as_value(name, of(self.term(name)).as_long())


def _satisfiable(solver: _Formula) -> bool:
    answer = solver.check()
    if answer == z3.unknown:
        raise ValueError(f"z3 does not know: {solver.reason_unknown()}")
    return bool(answer == z3.sat)
