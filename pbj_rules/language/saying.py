"""Says a condition in plain Indonesian, for people who read rules and not code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pbj_rules.formatting import angka, tanggal_panjang
from pbj_rules.language.tree import (
    AddDays,
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
)

__all__ = ["say", "say_value"]

_NUMBERS: Final = {
    Operator.EQ: "sama dengan",
    Operator.NE: "tidak sama dengan",
    Operator.LT: "kurang dari",
    Operator.LE: "paling banyak",
    Operator.GT: "lebih dari",
    Operator.GE: "paling sedikit",
}
_DAYS: Final = {
    Operator.EQ: "sama dengan",
    Operator.NE: "bukan",
    Operator.LT: "sebelum",
    Operator.LE: "paling lambat",
    Operator.GT: "sesudah",
    Operator.GE: "paling awal",
}
_WORDS: Final = {Operator.EQ: "adalah", Operator.NE: "bukan"}


def say(tree: Condition | Term, values: Mapping[str, Any] | None = None) -> str:
    """The condition as a clause; a name in ``values`` (a parameter, say) is followed by its value.

    >>> from pbj_rules.language.tree import Type
    >>> bidders = Symbol("jumlah", Source.ANSWER, Type(Kind.COUNT), "Jumlah peserta")
    >>> say(Compare(bidders, Operator.GE, Literal(3, Type(Kind.COUNT))))
    'jumlah peserta paling sedikit 3'
    """
    return _Sayer(values or {}).say(tree)


def say_value(value: Any, kind: Kind | None = None) -> str:
    """A value as people write it: Rp100.000.000.000, 1 April 2020, ya, tidak, hps, lainnya."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if kind is Kind.DAY and isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return tanggal_panjang(value)
    if isinstance(value, int):
        return f"Rp{angka(value)}" if kind is Kind.RUPIAH else angka(value)
    if isinstance(value, list | tuple):
        return ", ".join(say_value(item) for item in value) or "tidak ada"
    return str(value)


class _Sayer:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def say(self, tree: Condition | Term) -> str:
        match tree:
            case Symbol():
                return self.name(tree)
            case Literal(value, of):
                return say_value(value, of.kind)
            case AddDays(day, days):
                return f"{self.say(day)} ditambah {self.say(days)} hari"
            case Compare(left, operator, right):
                return self.compare(left, operator, right)
            case OneOf(name, values):
                return f"{self.name(name)} salah satu dari {self.words(values, 'atau')}"
            case IsEmpty(name):
                return f"{self.name(name)} tidak ada isinya"
            case Contains(name, values):
                return f"{self.name(name)} memuat {self.words(values, 'atau')}"
            case Present(name):
                return f"{self.name(name)} dicantumkan"
            case Exists(element, collection, condition):
                return f"ada {element} dalam {collection.replace('_', ' ')} dengan {self.say(condition)}"
            case Not(Present(name)):
                return f"{self.name(name)} tidak dicantumkan"
            case Not(IsEmpty(name)):
                return f"{self.name(name)} ada isinya"
            case Not(Contains(name, values)):
                return f"{self.name(name)} tidak memuat {self.words(values, 'maupun')}"
            case Not(part):
                return f"tidak benar bahwa {self.grouped(part)}"
            case And(parts):
                return " dan ".join(self.grouped(part) if isinstance(part, Or) else self.say(part) for part in parts)
            case Or(parts):
                return "; atau ".join(self.say(part) for part in parts)

    def grouped(self, tree: Condition) -> str:
        return f"({self.say(tree)})" if isinstance(tree, And | Or) else self.say(tree)

    def compare(self, left: Term, operator: Operator, right: Term) -> str:
        if left.type.kind is Kind.FLAG and isinstance(right, Literal):
            truth = right.value is (operator is Operator.EQ)
            return f"{self.title(left)}: {'ya' if truth else 'tidak'}"
        words = _DAYS if left.type.kind is Kind.DAY else _NUMBERS if left.type.kind in _RANGED else _WORDS
        return f"{self.say(left)} {words[operator]} {self.say(right)}"

    def name(self, symbol: Symbol) -> str:
        if symbol.source is Source.ELEMENT:
            element, _, column = symbol.name.partition(".")
            return f"{_column(column)} {element} itu"
        title = _lowered(symbol.title or symbol.name)
        if symbol.name in self.values:
            return f"{title} ({say_value(self.values[symbol.name], symbol.type.kind)})"
        return title

    def title(self, term: Term) -> str:
        """A name without its value, where the clause itself says the value."""
        return _lowered(term.title or term.name) if isinstance(term, Symbol) else self.say(term)

    def words(self, values: tuple[Literal, ...], joint: str) -> str:
        said = [say_value(value.value) for value in values]
        return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {joint} {said[-1]}"


_RANGED: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS})


def _column(name: str) -> str:
    return name.upper() if name == "npwp" else name


def _lowered(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it opens an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
