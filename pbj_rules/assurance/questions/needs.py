"""Which facts a case still needs: those that some way on from here asks for, and no others.

What is known is known: the ways on are walked by the evaluator with the case as it is, each missing answer taken to
be every value that can make a difference, and a way that the known facts close is none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from itertools import product
from os import PathLike
from typing import Any, Final, TypeAlias

from attrs import evolve, field, frozen

from pbj_rules.assurance.questions.guesses import Guesses
from pbj_rules.assurance.questions.walks import Asked, Walk, Walks
from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import PbjError
from pbj_rules.language.tree import Source, Symbol
from pbj_rules.regulation.model import Fact
from pbj_rules.result import Result

__all__ = ["Missing", "Needed", "missing"]

_MOST: Final = 50_000
_END: Final = "akhir"
_Place: TypeAlias = Hashable


@frozen
class Needed:
    """A fact that is asked for: at which rows (those that read it again included), and from which visit on.

    ``wajib``: the case waits for it; else it may be left out. ``sekarang``: the case waits for it now. ``pasti``: no
    way on avoids it. ``menentukan``: it can change what is decided. ``berulang``: it may be asked again, at a further
    visit. ``atau``: what of the case, given instead, derives it.
    """

    fakta: Fact
    baris: tuple[str, ...]
    kunjungan: int
    wajib: bool
    sekarang: bool
    pasti: bool
    menentukan: bool
    berulang: bool
    atau: tuple[str, ...]


@frozen
class Missing:
    """What a case needs (``kurang``), and what may be added to it (``boleh``), in the order of being asked."""

    result: Result
    kurang: tuple[Needed, ...]
    boleh: tuple[Needed, ...]


def missing(engine: Engine, case: Case | Mapping[str, Any] | str | PathLike[str]) -> Missing:
    """The facts that the case (or the mapping or file of one) still needs.

    Raises InputError for a bad case, PbjError where the ways on are too many to look at all.
    """
    case = case if isinstance(case, Case) else engine.read(case)
    result = engine.evaluate(case)
    found = _Search(Walks(engine, case))
    found.explore()
    needed = sorted((found.needed(result, symbol) for symbol in found.askers), key=found.turn(result))
    return Missing(result, tuple(one for one in needed if one.wajib), tuple(one for one in needed if not one.wajib))


@frozen
class _Search:
    """All ways on from a case. ``askers``: where each fact is asked for; ``following``: the places after each.

    ``readers``: the rows that read a fact of the package again, after the row that asked for it. ``decided``: what a
    decision with the same other facts came to be.
    """

    walks: Walks
    askers: dict[Symbol, dict[_Place, Asked]] = field(factory=dict)
    following: dict[_Place, dict[_Place, None]] = field(factory=dict)
    readers: dict[Symbol, dict[str, None]] = field(factory=dict)
    decided: dict[Hashable, set[str | None]] = field(factory=dict)
    deciding: set[Symbol] = field(factory=set)

    def explore(self) -> None:
        guesses = Guesses.of(self.walks)
        waiting: deque[tuple[Walk, int, _Place]] = deque([(self.walks.walk(self.walks.base), 0, "")])
        while waiting:
            walk, start, before = waiting.popleft()
            for number in range(start, len(walk.asked)):
                asked = walk.asked[number]
                self.following.setdefault(before, {})[asked.rest] = None
                before = asked.rest
                if before in self.following:
                    break
                self.following[before] = {}
                if len(self.following) > _MOST:
                    raise PbjError("terlalu banyak jalan lanjutan untuk ditelusuri semuanya: lengkapi dulu kasusnya")
                open_here = asked.kurang or asked.open_facts(walk.memory)
                for symbol in open_here:
                    self.askers.setdefault(symbol, {})[before] = asked
                self.note_read_again(walk, asked)
                answered = dict(self.answered(guesses, walk, asked, open_here))
                self.note_deciding(open_here, {values: on.asked[number].nilai for values, on in answered.items()})
                waiting.extend((on, number + 1, before) for on in answered.values())
            else:
                if walk.selesai:
                    self.following.setdefault(before, {})[_END] = None

    def answered(
        self, guesses: Guesses, walk: Walk, asked: Asked, symbols: Collection[Symbol]
    ) -> Iterator[tuple[tuple[Any, ...], Walk]]:
        """The walks on, by the values given here to the missing facts."""
        for values in product(*(guesses.values(symbol) for symbol in symbols)) if symbols else ():
            case = walk.case
            for symbol, value in zip(symbols, values, strict=True):
                case = _with(case, symbol, asked.visit, value)
            yield values, self.walks.walk(case)

    def note_deciding(self, symbols: Collection[Symbol], decided: Mapping[tuple[Any, ...], str | None]) -> None:
        """Notes the facts that alone, whatever the others are, change what is decided."""
        for position, symbol in enumerate(symbols):
            by_others: dict[tuple[Any, ...], set[str | None]] = {}
            for values, value in decided.items():
                by_others.setdefault((*values[:position], *values[position + 1 :]), set()).add(value)
            if not symbol.wajib or any(len(found) > 1 for found in by_others.values()):
                self.deciding.add(symbol)

    def note_read_again(self, walk: Walk, asked: Asked) -> None:
        """Notes that a row reads a fact that was missing before it, and whether that decides anything there."""
        for symbol in asked.decision.fakta if asked.nilai is not None else ():
            if symbol.source is Source.PACKAGE and symbol in self.askers:
                self.readers.setdefault(symbol, {})[asked.row.id] = None
                others = (walk.memory.value(one, asked.visit) for one in asked.decision.fakta if one != symbol)
                values = self.decided.setdefault((asked.decision.id, symbol, tuple(others)), set())
                values.add(asked.nilai)
                if len(values) > 1:
                    self.deciding.add(symbol)

    def needed(self, result: Result, symbol: Symbol) -> Needed:
        asked = self.askers[symbol]
        first = next(iter(asked.values()))
        fact = self.walks.regulation.fakta[symbol.name]
        now = (symbol.name, result.jalur[-1]) in [(item.fakta, item.baris) for item in result.menunggu]
        return Needed(
            fact,
            tuple(dict.fromkeys((*(one.row.id for one in asked.values()), *self.readers.get(symbol, ())))),
            first.visit,
            symbol.wajib,
            now,
            now or _END not in self.reached("", without=asked),
            symbol in self.deciding,
            symbol.source is Source.ANSWER
            and any(on in asked for place in asked for on in self.reached(*self.following[place])),
            self.instead(fact),
        )

    def turn(self, result: Result) -> Callable[[Needed], tuple[bool, int]]:
        """When a fact is asked for: now, or with the rows from here to the end of the table, or after a loop back."""
        order = {row.id: number for number, row in enumerate(self.walks.rows())}
        here = order[result.jalur[-1]] if result.menunggu else 0
        return lambda one: (not one.sekarang, min((order[row] - here) % len(order) for row in one.baris))

    def reached(self, *places: _Place, without: Collection[_Place] = ()) -> set[_Place]:
        seen: set[_Place] = set()
        waiting = [place for place in places if place not in without]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                waiting += [on for on in self.following.get(place, ()) if on not in without]
        return seen

    def instead(self, fact: Fact) -> tuple[str, ...]:
        """What the case lacks of all that the fact is derived from."""
        if fact.turunan is None:
            return ()
        memory = self.walks.memory(self.walks.base)
        names = [symbol.name for symbol in fact.needed_to_derive if symbol.name not in memory.constants]
        return (*names, *(name for name in (fact.turunan.collection,) if name not in memory.collections))


def _with(case: Case, symbol: Symbol, visit: int, value: Any) -> Case:
    """The case with a missing value; answers before the visit that nobody asked for are filled with the same."""
    if symbol.source is Source.PACKAGE:
        return evolve(case, paket={**case.paket, symbol.name.partition(".")[2]: value})
    given = case.fakta.get(symbol.name, ())
    return evolve(case, fakta={**case.fakta, symbol.name: (*given, *(value,) * (visit - len(given)))})
