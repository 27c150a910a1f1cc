"""Whether a contract holds together: every paper, shared entry, list and column that it names exists.

A name that does not would otherwise be met when a paper is rendered, by somebody who did not write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, field

from pbj_rules.documents.deriving import PICKS, WAYS, Derived, derived_kind
from pbj_rules.documents.fields import Contract, PaperContract, entry_at
from pbj_rules.documents.vocabulary import given_to
from pbj_rules.documents.vocabulary_kinds import ANYTHING, Items, Kind, Leaf, Parts
from pbj_rules.errors import Problem
from pbj_rules.shapes import nearest, shown

__all__ = ["contract_problems", "derived_problems"]

_NUMBERS: Final = ("rupiah", "jumlah")


def derived_problems(declared: Mapping[str, Any], file: str) -> list[Problem]:
    """Derived values, as a file writes them, that say in no way or in several how they follow."""
    found = []
    for name, item in declared.items():
        ways = [way for way in WAYS if item[way] is not None]
        if len(ways) != 1:
            found.append(_not_one(f"turunan.{name}", WAYS, ways, file))
        elif ways == ["saring"]:
            picks = [pick for pick in PICKS if item["saring"][pick]]
            if len(picks) != 1:
                found.append(_not_one(f"turunan.{name}.saring", PICKS, picks, file))
    return found


def _not_one(path: str, choices: Iterable[str], given: list[str], file: str) -> Problem:
    both = " dan ".join(f"`{one}`" for one in given)
    said = f"memuat {both} sekaligus" if given else "tidak mengatakan bagaimana nilainya didapat"
    return Problem(said, file, path=path, expected=f"tepat satu dari {', '.join(choices)}")


def contract_problems(contract: Contract) -> list[Problem]:
    """Names of a contract that stand for nothing."""
    found = []
    for paper in contract.papers.values():
        # A paper that reads unknown entries has no vocabulary to check the rest by.
        found += list(_references(contract, paper)) or list(_derived(contract, paper))
    return found


def _references(contract: Contract, paper: PaperContract) -> Iterator[Problem]:
    for key, names, valid in (
        ("dari", paper.cites, {*contract.papers, *contract.cited}),
        ("bersama", paper.shared, set(contract.shared)),
    ):
        for name in names:
            if name not in valid:
                yield Problem(
                    f"`{name}` tidak dideklarasikan",
                    paper.file,
                    path=key,
                    expected="salah satu dari " + ", ".join(sorted(valid)),
                    remedy=nearest(name, valid),
                )


def _derived(contract: Contract, paper: PaperContract) -> Iterator[Problem]:
    """One derived value may look at those before it, so each is checked against what there is by then."""
    if not paper.derived:
        return
    known = given_to(contract, paper)
    for one in paper.derived:
        if one.name in known:
            message, remedy = f"`{one.name}` sudah menjadi nama lain", "pakai nama lain"
            yield Problem(message, paper.file, path=f"turunan.{one.name}", remedy=remedy)
        check = _Check(contract, paper, one)
        check.run(known)
        yield from check.found
        # What follows from a wrong one is not wrong as well.
        known[one.name] = ANYTHING if check.found else derived_kind(one, known)


@define
class _Check:
    """Looks up the names that one derived value looks at."""

    contract: Contract
    paper: PaperContract
    one: Derived
    found: list[Problem] = field(factory=list)

    def run(self, known: Mapping[str, Kind]) -> None:
        one = self.one
        for key, names in (("tambah", one.plus), ("kurang", one.minus)):
            for name in names:
                self.number(key, name, Parts(known))
        if not one.rows:
            return
        rows = self.kind("dari", one.rows, Parts(known))
        if isinstance(rows, Items):
            self.columns(rows.item)
        elif rows != ANYTHING:
            self.note("dari", f"`{one.rows}` bukan daftar")

    def columns(self, row: Kind) -> None:
        one = self.one
        if one.way == "jumlah":
            self.number("kolom", one.column, row)
        elif one.column:
            key = "menurut" if one.way == "kelompok" else "kolom"
            if not isinstance(self.kind(key, one.column, row), Leaf):
                self.note(key, f"`{one.column}` bukan satu nilai")
        for name, column in one.sums.items():
            self.number(f"jumlah.{name}", column, row)
        self.choices()

    def number(self, key: str, name: str, of: Kind) -> None:
        kind = self.kind(key, name, of)
        if kind != ANYTHING and not (isinstance(kind, Leaf) and kind.kind in _NUMBERS):
            self.note(key, f"`{name}` bukan bilangan", f"isian bertipe {' atau '.join(_NUMBERS)}")

    def kind(self, key: str, name: str, of: Kind) -> Kind:
        """What a dotted name stands for; ANYTHING where that is not known, or noted already."""
        for part in name.split("."):
            if of == ANYTHING:
                return ANYTHING
            known = of.names if isinstance(of, Parts) else {}
            if part not in known:
                self.note(key, f"`{name}` tidak dikenal", remedy=nearest(part, known))
                return ANYTHING
            of = known[part]
        return of

    def choices(self) -> None:
        """Values that a column never has would pick no row, or every one."""
        one = self.one
        entry = entry_at(self.contract.entries_of(self.paper.id), f"{one.rows}.{one.column}")
        valid: tuple[Any, ...] = () if entry is None else (True, False) if entry.kind == "ya-tidak" else entry.choices
        for key, values in (("sama", one.equal), ("selain", one.other)):
            for value in values:
                if valid and value not in valid:
                    expected = f"salah satu dari {', '.join(map(shown, valid))}"
                    self.note(key, f"`{one.column}` tidak pernah bernilai {shown(value)}", expected)

    def note(self, key: str, message: str, expected: str = "", remedy: str = "") -> None:
        path = f"turunan.{self.one.name}.{self.one.way}.{key}"
        self.found.append(Problem(message, self.paper.file, path=path, expected=expected, remedy=remedy))
