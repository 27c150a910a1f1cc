"""Values that follow from others: rows that are picked, sums, counts and groups, as a paper's contract declares them.

So a template prints ``{{ jumlah_rincian | rupiah }}`` and never computes. What is missing stays missing: a sum
over a blank is that blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from pbj_rules import shapes
from pbj_rules.documents.blanks import Blank, MissingList
from pbj_rules.documents.vocabulary_kinds import ANYTHING, Items, Kind, Leaf, Parts

__all__ = ["DERIVED_SHAPE", "PICKS", "WAYS", "Derived", "derive", "derived_kind", "read_derived", "read_through"]

_COUNT = Leaf("jumlah")


@frozen
class Derived:
    """One derived value. Which of its ways is set says how it follows.

    ``rows``: the list that it looks at; ``column``: a dotted part of its rows. ``present``: picks rows that have it;
    ``equal``, ``other``: rows in which it is, or is not, one of these. ``plus``, ``minus``: names whose values are
    added and taken away. ``sums``: for groups, the columns that are summed, by the name of the sum.
    """

    name: str
    title: str
    way: str
    rows: str = ""
    column: str = ""
    present: bool = False
    equal: tuple[Any, ...] = ()
    other: tuple[Any, ...] = ()
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(factory=dict)

    def looks_at(self) -> tuple[str, ...]:
        """The names of the values that it follows from."""
        return (self.rows,) if self.rows else (*self.plus, *self.minus)


_NAME = shapes.Text(pattern=r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", meaning="nama isian, mis. `rincian.jumlah`")
_VALUES = shapes.ListOf(
    shapes.Either(
        lambda node: shapes.Flag() if isinstance(node.value, bool) else shapes.Text(), (shapes.Flag(), shapes.Text())
    ),
    1,
)
_NAMES = shapes.Field(shapes.ListOf(_NAME), False, default=[])
# How a value may follow: exactly one of these is written.
WAYS: Mapping[str, shapes.Record] = {
    "saring": shapes.Record(
        {
            "dari": shapes.Field(_NAME),
            "kolom": shapes.Field(_NAME),
            "ada": shapes.Field(shapes.Flag(), False, default=False),
            "sama": shapes.Field(_VALUES, False, default=[]),
            "selain": shapes.Field(_VALUES, False, default=[]),
        }
    ),
    "jumlah": shapes.Record({"dari": shapes.Field(_NAME), "kolom": shapes.Field(_NAME)}),
    "banyak": shapes.Record({"dari": shapes.Field(_NAME)}),
    "hitung": shapes.Record({"tambah": _NAMES, "kurang": _NAMES}),
    "kelompok": shapes.Record(
        {
            "dari": shapes.Field(_NAME),
            "menurut": shapes.Field(_NAME),
            "jumlah": shapes.Field(shapes.MapOf(_NAME), False, default={}),
        }
    ),
}
# By what rows are picked: exactly one of these too.
PICKS = ("ada", "sama", "selain")
DERIVED_SHAPE = shapes.MapOf(
    shapes.Record(
        {
            "judul": shapes.Field(shapes.Text()),
            **{way: shapes.Field(shape, False) for way, shape in WAYS.items()},
        }
    )
)


def read_derived(declared: Mapping[str, Any]) -> tuple[Derived, ...]:
    """The derived values of a contract that was checked, in their order: one may look at those before it."""
    return tuple(_read(name, item) for name, item in declared.items())


def _read(name: str, item: Mapping[str, Any]) -> Derived:
    way, given = next((way, item[way]) for way in WAYS if item[way] is not None)
    return Derived(
        name,
        item["judul"],
        way,
        given.get("dari", ""),
        given.get("menurut") or given.get("kolom", ""),
        given.get("ada", False),
        tuple(given.get("sama", ())),
        tuple(given.get("selain", ())),
        tuple(given.get("tambah", ())),
        tuple(given.get("kurang", ())),
        given["jumlah"] if way == "kelompok" else {},
    )


def derive(one: Derived, context: Mapping[str, Any]) -> Any:
    """The value in a paper's context."""
    if one.way == "hitung":
        return _sum([_at(context, name) for name in one.plus], [_at(context, name) for name in one.minus])
    rows = _at(context, one.rows)
    if one.way == "saring":
        return _picked(one, rows)
    if one.way == "jumlah":
        return _sum([_at(row, one.column) for row in _each(rows)])
    if one.way == "banyak":
        return rows.blank if isinstance(rows, MissingList) else len(rows)
    return _groups(one, rows)


def _at(record: Any, path: str) -> Any:
    for part in path.split("."):
        record = record[part]
    return record


def _each(rows: Any) -> Sequence[Any]:
    """The rows, without noting that a missing list was looked at."""
    return [rows.row] if isinstance(rows, MissingList) else list(rows)


def _picked(one: Derived, rows: Any) -> Any:
    if isinstance(rows, MissingList):
        return rows if one.other else []
    return [row for row in rows if _fits(one, _at(row, one.column))]


def _fits(one: Derived, value: Any) -> bool:
    known = value is not None and not isinstance(value, Blank)
    if one.present:
        return known
    if one.equal:
        return known and value in one.equal
    return not known or value not in one.other


def _sum(plus: Iterable[Any], minus: Iterable[Any] = ()) -> Any:
    added, taken = list(plus), list(minus)
    blank = next((value for value in (*added, *taken) if isinstance(value, Blank)), None)
    if blank is not None:
        return blank
    return sum(value for value in added if value is not None) - sum(value for value in taken if value is not None)


def _groups(one: Derived, rows: Any) -> Any:
    if isinstance(rows, MissingList):
        row = rows.row
        blanks = {name: _at(row, column) for name, column in one.sums.items()}
        return MissingList(rows.blank, {"nama": _at(row, one.column), "banyak": rows.blank, **blanks})
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(_at(row, one.column), []).append(row)
    return [
        {"nama": name, "banyak": len(same), **{total: _total(same, column) for total, column in one.sums.items()}}
        for name, same in found.items()
    ]


def _total(rows: Sequence[Any], column: str) -> Any:
    """The sum of a group, None where no row has the value."""
    values = [_at(row, column) for row in rows]
    return None if all(value is None for value in values) else _sum(values)


def read_through(derived: Sequence[Derived], used: set[str]) -> set[str]:
    """The dotted names that a template reads, with those that it reads through derived values."""
    found = set(used)
    for one in reversed(derived):
        mine = {name for name in found if name == one.name or name.startswith(f"{one.name}.")}
        if not mine:
            continue
        found |= {*one.plus, *one.minus}
        if one.rows:
            found |= {one.rows, f"{one.rows}.{one.column}" if one.column else one.rows}
            found |= {f"{one.rows}.{column}" for column in one.sums.values()}
        if one.way == "saring":
            found |= {one.rows + name.removeprefix(one.name) for name in mine}
    return found


def derived_kind(one: Derived, kinds: Mapping[str, Kind]) -> Kind:
    """What a derived value is made of, for linting."""
    if one.way == "hitung":
        return _part(Parts(kinds), (one.plus or one.minus)[0]) if one.plus or one.minus else _COUNT
    rows = _part(Parts(kinds), one.rows)
    item = rows.item if isinstance(rows, Items) else ANYTHING
    match one.way:
        case "saring":
            return rows
        case "jumlah":
            return _part(item, one.column)
        case "banyak":
            return _COUNT
    sums = {name: _part(item, column) for name, column in one.sums.items()}
    return Items(Parts({"nama": _part(item, one.column), "banyak": _COUNT, **sums}))


def _part(kind: Kind, path: str) -> Kind:
    for name in path.split("."):
        if not isinstance(kind, Parts) or name not in kind.names:
            return ANYTHING
        kind = kind.names[name]
    return kind
