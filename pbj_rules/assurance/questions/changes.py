"""A change of one thing that a case says, how it is counted, and every change that is worth trying at a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from pbj_rules.assurance.proofs.domains import ABSENT
from pbj_rules.assurance.questions.guesses import Guesses
from pbj_rules.assurance.questions.walks import Asked, Walk, Walks, names_read
from pbj_rules.case import Case
from pbj_rules.givens import Givens, derived_facts
from pbj_rules.language.tree import Exists, Kind, Source, Symbol

__all__ = ["APPLICANT", "Change", "Item", "Step", "applied", "items_at", "steps_at"]

APPLICANT: Final = {"nama": "PT Contoh"}  # a bidder has a name, at the least


@frozen
class Change:
    """One value of a case that becomes another; ABSENT stands for none.

    ``fakta``: the fact, or the list, that it is about. ``at``: the visit of an answer, the number of an entry (from
    1). ``kolom``: the column, where not the whole entry changes. ``baris``: the row that reads it. ``hitungan``: how
    many changes it counts for. ``jarak``: how far it goes, to prefer the nearest of equally few.
    """

    source: Source
    fakta: str
    at: int
    kolom: str
    dari: Any = field(eq=False)
    menjadi: Any = field(eq=False)
    baris: str
    hitungan: int = 1
    jarak: int = 0

    @property
    def place(self) -> str:
        """Where in the case file it stands."""
        key = self.fakta.partition(".")[2]
        match self.source:
            case Source.ANSWER:
                return f"fakta.{self.fakta}" + (f"[{self.at}]" if self.at else "")
            case Source.APPLICANT:
                return f"penyedia[1].{key}"
            case Source.ELEMENT:
                entry = f"{self.fakta}[{self.at}]" if self.at else self.fakta
                return f"{entry}.{self.kolom}" if self.kolom else entry
            case _:
                return self.fakta


@frozen
class Item:
    """Something that a question reads: a name of the case, or a list with the rule that looks into it."""

    symbol: Symbol
    rule: Exists | None = None


Step = tuple[Change, ...]


def applied(case: Case, changes: Iterable[Change]) -> Case:
    """The case with the changes, one after another."""
    for change in changes:
        case = _changed(case, change)
    return case


def _changed(case: Case, change: Change) -> Case:
    key = change.fakta.partition(".")[2]
    match change.source:
        case Source.ANSWER:
            answers = list(case.fakta.get(change.fakta, ()))
            answers[max(change.at, 1) - 1 : max(change.at, 1)] = [] if change.menjadi is ABSENT else [change.menjadi]
            facts = {**case.fakta, change.fakta: tuple(answers)}
            return evolve(case, fakta={name: given for name, given in facts.items() if given})
        case Source.PACKAGE:
            return evolve(case, paket={**case.paket, key: change.menjadi})
        case Source.APPLICANT:
            first, *others = case.penyedia or (APPLICANT,)
            return evolve(case, penyedia=({**first, key: change.menjadi}, *others))
        case Source.CASE:
            return evolve(case, **{change.fakta: change.menjadi})
        case _:
            return evolve(case, daftar_hitam=_list_with(case.daftar_hitam or (), change))


def _list_with(entries: tuple[Mapping[str, Any], ...], change: Change) -> tuple[Mapping[str, Any], ...]:
    if not change.at:
        return ()
    before, entry, after = entries[: change.at - 1], entries[change.at - 1 : change.at], entries[change.at :]
    if change.menjadi is ABSENT:
        return (*before, *after)
    new = {**entry[0], change.kolom: change.menjadi} if change.kolom else change.menjadi
    return (*before, new, *after)


def items_at(walks: Walks, asked: Asked) -> tuple[Item, ...]:
    """What a question reads, in an order in which each can be chosen with those before it known."""
    facts = [walks.regulation.fakta[name.name] for name in asked.decision.fakta]
    lists = [Item(fact.symbol, fact.turunan) for fact in facts if fact.turunan is not None]
    return (*(Item(name) for name in names_read(walks.regulation, asked.decision)), *lists)


def steps_at(walks: Walks, guesses: Guesses, walk: Walk, asked: Asked, item: Item) -> Iterator[Step]:
    """Every change of one thing that a question reads, with whatever answer must change along with it."""
    changes = _of_name(walks, guesses, walk, asked, item.symbol)
    if item.rule is not None:
        changes = _of_list(walks, guesses, walk, asked, item.rule)
    for step in changes:
        corrected = _corrections(walks, applied(walk.case, step), asked.row.id)
        yield (*step, *corrected)


def _of_name(walks: Walks, guesses: Guesses, walk: Walk, asked: Asked, name: Symbol) -> Iterator[Step]:
    if name.source is Source.ANSWER:
        yield from _of_answer(walks, guesses, walk, asked, name)
        return
    before = _said(walk.case, name)
    facts = [walks.regulation.fakta[one.name] for one in asked.decision.fakta]
    rules = [fact.turunan for fact in facts if fact.turunan is not None and name in fact.needed_to_derive]
    values = list(guesses.values(name))
    for rule in rules:
        values += guesses.values_in_list(
            name, rule, walk.memory.constants, walk.memory.collections.get(rule.collection, ())
        )
    for value in dict.fromkeys(values):
        if value != before:
            distance = guesses.distance(name, before, value)
            yield (Change(name.source, name.name, 0, "", before, value, asked.row.id, 1, distance),)


def _of_answer(walks: Walks, guesses: Guesses, walk: Walk, asked: Asked, name: Symbol) -> Iterator[Step]:
    given = walk.case.fakta.get(name.name, ())
    if len(given) < asked.visit - 1 or name.name in _derived(walks, walk.case):
        return  # an answer to a visit before is missing, or none is wanted
    before = given[asked.visit - 1] if len(given) >= asked.visit else ABSENT
    removed = (ABSENT,) if not name.wajib and len(given) == asked.visit else ()
    for value in (*guesses.values(name), *removed):
        if value == before or (isinstance(before, tuple) and not _words_changed(before, value)):
            continue  # the same words in another order are the same answer
        count = _words_changed(before, value) if name.type.kind is Kind.CHOICES and before is not ABSENT else 1
        distance = 0 if value is ABSENT else guesses.distance(name, before, value)
        at = asked.visit if len(given) > 1 or asked.visit > 1 else 0
        yield (Change(Source.ANSWER, name.name, at, "", before, value, asked.row.id, count, distance),)


def _words_changed(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Words added or taken away; one in the place of another is one change."""
    return max(len(set(before) - set(after)), len(set(after) - set(before)))


def _of_list(walks: Walks, guesses: Guesses, walk: Walk, asked: Asked, rule: Exists) -> Iterator[Step]:
    name, row = rule.collection, asked.row.id
    known = walk.memory.constants
    given = walk.case.daftar_hitam
    columns = tuple(walks.regulation.koleksi[name].kolom)

    def change(at: int, column: str, before: Any, after: Any) -> Change:
        return Change(Source.ELEMENT, name, at, column, before, after, row)

    complete = all(one.name in known for one in _needed(rule, walks, asked))
    if given is None:
        yield (change(0, "", ABSENT, ()),)
    if complete:
        for new in guesses.entries(rule, columns, known, None):
            yield (change(len(given or ()) + 1, "", ABSENT, new),)
    matching = []
    entries = walk.memory.collections.get(name, ()) if complete else ()
    for number, entry in guesses.worth_changing(rule, known, entries):
        raw = (given or ())[number - 1]
        if guesses.matches(rule, known, entry):
            matching.append(change(number, "", raw, ABSENT))
            yield (matching[-1],)
        for changed in guesses.entries(rule, columns, known, entry):
            column = next(key for key in changed if changed[key] != entry[key])
            yield (change(number, column, raw[column], changed[column]),)
    if len(matching) > 1:
        yield tuple(reversed(matching))


def _needed(rule: Exists, walks: Walks, asked: Asked) -> tuple[Symbol, ...]:
    facts = (walks.regulation.fakta[name.name] for name in asked.decision.fakta)
    return next(fact.needed_to_derive for fact in facts if fact.turunan == rule)


def _corrections(walks: Walks, case: Case, row: str) -> Iterator[Change]:
    """The answers that the case's own lists now contradict: a case may not say both."""
    for name, truth in _derived(walks, case).items():
        answers = case.fakta.get(name, ())
        for visit, answer in enumerate(answers, 1):
            if answer is not truth:
                at = visit if len(answers) > 1 else 0
                yield Change(Source.ANSWER, name, at, "", answer, truth, row)


def _derived(walks: Walks, case: Case) -> dict[str, bool]:
    memory = walks.memory(case)
    return derived_facts(walks.regulation, Givens(memory.constants, memory.collections))


def _said(case: Case, name: Symbol) -> Any:
    key = name.name.partition(".")[2]
    match name.source:
        case Source.PACKAGE:
            return case.paket.get(key, ABSENT)
        case Source.APPLICANT:
            return case.penyedia[0].get(key, ABSENT) if case.penyedia else ABSENT
        case _:
            return getattr(case, name.name)
