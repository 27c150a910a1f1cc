"""The ways on which a case can come to a row, each as the conditions that must hold on it.

A way visits no row twice: what a loop adds is only more answers, so a row that can be reached at all is reached
by such a way. Where a way crosses a row that calls detail SOPs, these are walked to their end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Final, TypeAlias

from attrs import field, frozen

from pbj_rules.errors import PbjError
from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Literal,
    Not,
    Operator,
    Or,
    Source,
    Symbol,
    symbols_of,
)
from pbj_rules.regulation.model import Branch, Decision, Regulation, Row, Sop

__all__ = ["Way", "Ways"]

Way: TypeAlias = "tuple[Condition, ...]"

_MOST_WAYS: Final = 500


@frozen
class _Path:
    """A path under way: where it stands, the rows behind it, the conditions so far."""

    row: Row
    behind: frozenset[str]
    way: Way


@frozen
class Ways:
    """Ways through the tables of a regulation.

    ``strict``: the branches taken are the only ones that hold. ``thrifty``: of the ways through a called SOP
    that a caller cannot tell apart, the shortest stands for all. ``possible`` tells whether a way can be gone.
    """

    regulation: Regulation
    possible: Callable[[Way], bool]
    strict: bool
    thrifty: bool
    _through: dict[str, tuple[Way, ...]] = field(factory=dict, init=False, repr=False)
    named: Mapping[str, Symbol] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "named", _decisions_named(self.regulation))

    def to(self, row: Row, position: int = 0) -> Iterator[Way]:
        """The ways to a row (and past its first ``position`` decisions), short ones first.

        Raises PbjError where there are more than can be looked at, for then nothing is proved.
        """
        sop = self.regulation.sop[row.id.partition("/")[0]]
        before = tuple(self.decided(decision) for decision in row.keputusan[:position])
        found = (path for path in self.paths(sop) if path.row is row)
        for number, path in enumerate(found):
            if number == _MOST_WAYS:
                raise PbjError(f"terlalu banyak jalan ke baris {row.id} untuk diperiksa semuanya: pecah SOP-nya")
            yield (*path.way, *before)

    def paths(self, sop: Sop, finishing: bool = False) -> Iterator[_Path]:
        """Every path from the SOP's first row, short ones first; a finishing one gives the case no status."""
        waiting = [_Path(sop.first, frozenset(), ())]
        while waiting:
            path, *waiting = waiting
            yield path
            if finishing and path.row.status is not None:
                continue
            for label, way in self.steps(path.row, finishing):
                following = sop.baris.get(label)
                if following is not None and following.id not in path.behind and following is not path.row:
                    waiting.append(_Path(following, path.behind | {path.row.id}, (*path.way, *way)))

    def steps(self, row: Row, finishing: bool) -> Iterator[tuple[str, Way]]:
        """Where a row can lead (a label), and the conditions under which it does."""
        if row.keputusan:
            *earlier, last = row.keputusan
            before = tuple(self.decided(decision) for decision in earlier)
            for branch in last.cabang:
                if branch.jika is not None and not (finishing and branch.status is not None):
                    yield _label(branch.lanjut), (*before, *self.taken(last, branch))
        elif row.lanjut is not None:
            for ways in product(*(tuple(self.called(row, number)) for number in range(len(row.panggil)))):
                yield _label(row.lanjut.baris), tuple(tree for way in ways for tree in way)

    def called(self, row: Row, number: int) -> Iterator[Way]:
        """The ways past a call: not made, or its SOP walked to the end."""
        call = row.panggil[number]
        asked = () if call.jika is None else (call.jika,)
        if call.jika is not None:
            yield (Not(call.jika),)
        for way in self.through(self.regulation.sop[call.sop]):
            yield (*asked, *way)

    def through(self, sop: Sop) -> tuple[Way, ...]:
        """The ways through a called SOP to its end, found once."""
        if sop.id not in self._through:
            ends = (path.way for path in self.paths(sop, finishing=True) if _ends(path.row))
            ways = [way for way in ends if self.possible(way)]
            told_apart = {tuple(tree for tree in way if _remembers(tree)): way for way in reversed(ways)}
            self._through[sop.id] = tuple(reversed(told_apart.values())) if self.thrifty else tuple(ways)
        return self._through[sop.id]

    def decided(self, decision: Decision) -> Condition:
        """The decision is made, whichever way."""
        ways = [And(self.taken(decision, branch)) for branch in decision.cabang if branch.jika is not None]
        return Or(tuple(ways))

    def taken(self, decision: Decision, branch: Branch) -> Way:
        """The branch is taken, and known to have been, where a later condition asks for it."""
        value = self.named.get(f"keputusan.{decision.id}")
        known = () if value is None else (Compare(value, Operator.EQ, Literal(branch.nilai, value.type)),)
        return (*(_exactly(decision, branch) if self.strict else (branch.jika,)), *known)


def _exactly(decision: Decision, branch: Branch) -> Way:
    """The branch holds and no other does."""
    others = (other.jika for other in decision.cabang if other is not branch and other.jika is not None)
    return (branch.jika, *(Not(other) for other in others))


def _decisions_named(regulation: Regulation) -> dict[str, Symbol]:
    """The names of decisions that conditions ask for; the others need not be remembered."""
    trees = [branch.jika for row in regulation.rows() for decision in row.keputusan for branch in decision.cabang]
    trees += [call.jika for row in regulation.rows() for call in row.panggil if call.jika is not None]
    used = (symbol for tree in trees if tree is not None for symbol in symbols_of(tree))
    return {symbol.name: symbol for symbol in used if symbol.source is Source.DECISION}


def _remembers(tree: Condition) -> bool:
    return any(symbol.source is Source.DECISION for symbol in symbols_of(tree))


def _label(row_id: str) -> str:
    return row_id.partition("/")[2]


def _ends(row: Row) -> bool:
    return not row.keputusan and row.lanjut is None and row.status is None
