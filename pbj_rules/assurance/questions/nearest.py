"""The smallest change of a case that gives a decision another value: how far the case is from it.

A search by number of changes over the evaluator's own walks: at each question of a walk, each thing that the question
reads is given each value that can make a difference. In a smallest change every part is read; taken in the order in
which they are first read, each is read after those before it alone. So going on from the question of the last change
leaves nothing out, and of walks that stand before the same question and have the same rest, the first is as good as
any other. What is found is evaluated again, by the engine that was asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import count
from os import PathLike
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from pbj_rules.assurance.questions.case_files import case_file
from pbj_rules.assurance.questions.changes import Change, Step, applied, items_at, steps_at
from pbj_rules.assurance.questions.guesses import Guesses
from pbj_rules.assurance.questions.impossible import why_impossible
from pbj_rules.assurance.questions.walks import Asked, Walk, Walks
from pbj_rules.assurance.questions.wanted import Wanted, wanted_of
from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import EvaluationError, PbjError
from pbj_rules.result import Keputusan, Result

__all__ = ["Way", "WhyNot", "why_not"]

_MOST: Final = 200_000  # cases to walk; the largest question of the shipped rules needs a fraction of it
_MOST_WAYS: Final = 500  # equally small changes that are compared
_Place: TypeAlias = Hashable


@frozen
class Way:
    """Changes that give the value, the case with them, and what it then results in."""

    perubahan: tuple[Change, ...]
    kasus: Case
    result: Result
    keputusan: Keputusan


@frozen
class WhyNot:
    """What a decision is now (None: not made), and the smallest changes that make it what was wanted, nearest first.

    Nothing has to change where ``sudah``. No ``ways`` and not ``sudah``: no facts give the value, and ``sebab`` says
    why.
    """

    wanted: Wanted
    result: Result
    sekarang: Keputusan | None
    sudah: bool
    ways: tuple[Way, ...]
    sebab: str

    @property
    def perubahan(self) -> int | None:
        """How many changes it takes; None where none help."""
        if self.sudah:
            return 0
        return sum(change.hitungan for change in self.ways[0].perubahan) if self.ways else None


def why_not(engine: Engine, case: Case | Mapping[str, Any] | str | PathLike[str], wanted: Wanted | str) -> WhyNot:
    """The smallest changes of the case that give the wanted value (``kuorum-peserta=terpenuhi``), each evaluated.

    Raises InputError for a bad case or question, EvaluationError where the rules contradict themselves for the case.
    """
    case = case if isinstance(case, Case) else engine.read(case)
    wanted = wanted if isinstance(wanted, Wanted) else wanted_of(engine.regulation, wanted)
    result = engine.evaluate(case)
    now = wanted.made_in(result)
    if now is not None and now.nilai == wanted.nilai:
        return WhyNot(wanted, result, now, True, (), "")
    walks = Walks(engine, case)
    ways = tuple(_evaluated(engine, case, wanted, changes) for changes in _Search(walks, wanted).smallest())
    return WhyNot(wanted, result, now, False, ways, "" if ways else why_impossible(walks, wanted))


def _evaluated(engine: Engine, case: Case, wanted: Wanted, changes: Step) -> Way:
    changed = applied(case, changes)
    result = engine.evaluate(case_file(changed))  # as a file of its own: what it says is checked too
    made = wanted.made_in(result)
    if made is None or made.nilai != wanted.nilai:
        raise PbjError("kesalahan dalam program: perubahan yang ditemukan tidak memberi nilainya. Laporkan kasusnya.")
    return Way(changes, changed, result, made)


@frozen
class _Arrival:
    """How a place is come to: from another, by changes (none where the walk just goes on)."""

    place: _Place
    step: Step


@frozen
class _Search:
    """``cost``: with how few changes each place is come to; ``arrivals``: in which ways."""

    walks: Walks
    wanted: Wanted
    cost: dict[_Place, int] = field(factory=dict)
    arrivals: dict[_Place, list[_Arrival]] = field(factory=dict)

    def smallest(self) -> list[Step]:
        """Every smallest set of changes, the nearest values of each set of places, the nearest first."""
        if self.wanted.row.id not in {row.id for row in self.walks.rows()}:
            return []
        guesses = Guesses.of(self.walks)
        numbers = count()
        start = self.walks.walk(self.walks.base)
        waiting: list[tuple[int, int, Walk, int, int, _Arrival | None]] = [(0, next(numbers), start, 0, 0, None)]
        goals: list[_Arrival] = []
        least: int | None = None
        while waiting:
            cost, _, walk, question, item, arrival = heappop(waiting)
            if least is not None and cost >= least:
                break
            for place, asked, number, position in self.places(cost, walk, question, item, arrival):
                for step in steps_at(self.walks, guesses, walk, asked, items_at(self.walks, asked)[position]):
                    total = cost + sum(change.hitungan for change in step)
                    if least is not None and total > least:
                        continue
                    changed = self.walked(applied(walk.case, step))
                    if changed is None:
                        continue
                    following = _Arrival(place, step)
                    if self.wanted.met_by(changed):
                        if least is None or total < least:
                            least, goals = total, []
                        goals.append(following)
                    heappush(waiting, (total, turn := next(numbers), changed, number, position + 1, following))
                    if turn > _MOST:
                        raise PbjError("terlalu banyak kemungkinan untuk diperiksa semuanya: lengkapi dulu kasusnya")
        return _nearest(steps for goal in goals for steps in self.traced(goal))

    def walked(self, case: Case) -> Walk | None:
        try:
            return self.walks.walk(case)
        except EvaluationError:
            return None  # values for which the rules have no answer, or two: none that a case could have

    def places(
        self, cost: int, walk: Walk, question: int, item: int, arrival: _Arrival | None
    ) -> Iterator[tuple[_Place, Asked, int, int]]:
        """The places of a walk from an item of a question on, until one that was come to before."""
        for number in range(question, len(walk.asked)):
            asked = walk.asked[number]
            if self.wanted.row.id not in self.walks.reached(asked.row, asked.pemanggil):
                return
            for position in range(item, len(items_at(self.walks, asked))):
                place = (asked.rest, position, self.chosen(walk, asked, position), self.wanted.so_far(walk, number))
                known = self.cost.setdefault(place, cost)
                if known < cost:
                    return
                here = self.arrivals.setdefault(place, [])
                if arrival is not None:
                    here.append(arrival)
                if len(here) > 1:
                    return  # the same places follow, with the same changes
                yield place, asked, number, position
                arrival = _Arrival(place, ())
            item = 0

    def chosen(self, walk: Walk, asked: Asked, position: int) -> _Place:
        """What of a question was settled before one of its items."""
        if not position:
            return ()
        return tuple(walk.memory.value(name, asked.visit) for name in asked.decision.fakta)

    def traced(self, arrival: _Arrival) -> Iterator[Step]:
        """Every set of changes that ends with this one."""
        found = 0
        unfinished: list[tuple[_Place, Step]] = [(arrival.place, arrival.step)]
        while unfinished and found < _MOST_WAYS:
            place, step = unfinished.pop()
            if not self.arrivals[place]:
                found += 1
                yield step
            unfinished += [(one.place, (*one.step, *step)) for one in reversed(self.arrivals[place])]


def _nearest(found: Iterator[Step]) -> list[Step]:
    """Of the sets that change the same places the one that goes the least far, all of them in that order."""
    best: dict[tuple[str, ...], Step] = {}
    for step in found:
        places = tuple(change.place for change in step)
        if places not in best or _far(step) < _far(best[places]):
            best[places] = step
    return list(best.values())


def _far(step: Step) -> tuple[int, ...]:
    return tuple(change.jarak for change in step)
