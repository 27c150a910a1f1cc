"""The typed tree of a condition: what every reader of the language (engine, prover, book) reads.

A tree is made by ``parse`` alone, with every name resolved and every type checked, so a reader never
meets a name that it does not know or two values that cannot be compared.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

__all__ = [
    "AddDays",
    "And",
    "Compare",
    "Condition",
    "Contains",
    "Exists",
    "IsEmpty",
    "Kind",
    "Literal",
    "Not",
    "OneOf",
    "Operator",
    "Or",
    "Present",
    "Scalar",
    "Source",
    "Symbol",
    "Term",
    "Type",
    "flipped",
    "negated",
    "symbols_of",
]

Scalar: TypeAlias = "bool | int | str | date"


class Kind(enum.Enum):
    """What sort of value a term has; the words are those of the rule files (``tipe``)."""

    COUNT = "jumlah"
    RUPIAH = "rupiah"
    DAYS = "hari"
    FLAG = "ya-tidak"
    CHOICE = "pilihan"
    CHOICES = "daftar-pilihan"
    DAY = "tanggal"
    TEXT = "teks"


@frozen
class Type:
    """A kind and, for choices, the words that it allows."""

    kind: Kind
    values: tuple[str, ...] = ()


class Source(enum.Enum):
    """Where the value of a name comes from."""

    ANSWER = "fakta"  # an answer of the case, one a visit
    PACKAGE = "paket"  # a property of the package, the same at every visit
    CASE = "kasus"  # the day of the case
    APPLICANT = "pemohon"  # the first of `penyedia`
    PARAMETER = "parameter"
    DECISION = "keputusan"  # the value of a decision already made
    ELEMENT = "unsur"  # a column of the element bound by `ada … dalam …`


@frozen
class Symbol:
    """A name that conditions may use. ``wajib`` is False for a fact that may be left out."""

    name: str
    source: Source
    type: Type
    title: str = ""
    wajib: bool = True


@frozen
class Literal:
    """A value written in the condition itself."""

    value: Scalar
    type: Type


@frozen
class AddDays:
    """A day plus a number of calendar days."""

    day: Term
    days: Term

    @property
    def type(self) -> Type:
        return Type(Kind.DAY)


Term: TypeAlias = "Symbol | Literal | AddDays"


class Operator(enum.Enum):
    """A comparison, by its sign in the language."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


_NEGATION: Final = {
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
    Operator.LT: Operator.GE,
    Operator.GE: Operator.LT,
    Operator.GT: Operator.LE,
    Operator.LE: Operator.GT,
}
_MIRROR: Final = {
    Operator.EQ: Operator.EQ,
    Operator.NE: Operator.NE,
    Operator.LT: Operator.GT,
    Operator.GT: Operator.LT,
    Operator.LE: Operator.GE,
    Operator.GE: Operator.LE,
}


def negated(operator: Operator) -> Operator:
    """The operator that holds exactly when this one does not."""
    return _NEGATION[operator]


def flipped(operator: Operator) -> Operator:
    """The operator with its sides exchanged."""
    return _MIRROR[operator]


@frozen
class Compare:
    """``left operator right``; both sides have one kind."""

    left: Term
    operator: Operator
    right: Term


@frozen
class OneOf:
    """The value of ``name`` is one of ``values``."""

    name: Symbol
    values: tuple[Literal, ...]


@frozen
class IsEmpty:
    """The list of words ``name`` has no element."""

    name: Symbol


@frozen
class Contains:
    """The list of words ``name`` has at least one of ``values``."""

    name: Symbol
    values: tuple[Literal, ...]


@frozen
class Present:
    """The optional fact ``name`` was given."""

    name: Symbol


@frozen
class Exists:
    """Some element of a collection, bound to ``element``, makes ``condition`` true."""

    element: str
    collection: str
    condition: Condition


@frozen
class Not:
    part: Condition


@frozen
class And:
    parts: tuple[Condition, ...]


@frozen
class Or:
    parts: tuple[Condition, ...]


Condition: TypeAlias = "Compare | OneOf | IsEmpty | Contains | Present | Exists | Not | And | Or"


def symbols_of(tree: Condition | Term) -> tuple[Symbol, ...]:
    """Every name that the tree uses, once each, in the order of first use."""
    found: dict[Symbol, None] = {}
    _collect(tree, found)
    return tuple(found)


def _collect(tree: Condition | Term, found: dict[Symbol, None]) -> None:
    match tree:
        case Symbol():
            found[tree] = None
        case Literal():
            pass
        case AddDays(day, days):
            _collect(day, found)
            _collect(days, found)
        case Compare(left, _, right):
            _collect(left, found)
            _collect(right, found)
        case OneOf(name) | IsEmpty(name) | Contains(name) | Present(name):
            found[name] = None
        case Exists(condition=part) | Not(part):
            _collect(part, found)
        case And(parts) | Or(parts):
            for part in parts:
                _collect(part, found)
