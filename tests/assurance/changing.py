"""Every small change of a case file, without the search that is tested: plain lists of values, all sets of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from attrs import frozen

from pbj_rules import Engine, InputError
from pbj_rules.language.tree import Kind, Source
from pbj_rules.regulation.model import Fact

ABSENT = None
COUNTS = (0, 1, 2, 3, 4, 5)
AMOUNTS = (0, 10**10, 10**10 + 1, 10**11, 10**11 + 1)
OTHER_NPWP = "99.999.999.9-999.999"

# A decision and its value in the end.
Outcome = tuple[str, str]


@frozen
class Single:
    """One change: a place, the value that it gets, and for how many it counts."""

    place: tuple[str, int, str]
    value: Any
    cost: int


def outcomes(engine: Engine, case: Mapping[str, Any]) -> set[Outcome]:
    """What every decision of the case is in the end; nothing where the case is refused."""
    try:
        result = engine.evaluate(case)
    except InputError:
        return set()
    return set({decision.id: decision.nilai for decision in result.keputusan}.items())


def smallest(engine: Engine, case: Mapping[str, Any], most: int) -> dict[Outcome, tuple[int, set[frozenset[Any]]]]:
    """For each value of each decision that at most so many changes give: how many it takes, and where they can be."""
    found: dict[Outcome, tuple[int, set[frozenset[Any]]]] = {one: (0, set()) for one in outcomes(engine, case)}
    singles = list(single_changes(engine, case))
    sets = [one for size in range(1, most + 1) for one in combinations(singles, size) if cost_of(one) <= most]
    for changes in sorted(sets, key=cost_of):
        if len({change.place for change in changes}) < len(changes):
            continue
        try:
            other = changed(case, changes)
        except IndexError:
            continue
        for outcome in outcomes(engine, other):
            cost, places = found.setdefault(outcome, (cost_of(changes), set()))
            if cost == cost_of(changes):
                places.add(frozenset(change.place for change in changes))
    return found


def cost_of(changes: tuple[Single, ...]) -> int:
    return sum(change.cost for change in changes)


def single_changes(engine: Engine, case: Mapping[str, Any]) -> Iterator[Single]:
    """Every change of one thing that a rule of the case's SOPs may read."""
    sops = {sop.id for sop in engine.program(case["sop"]).sops}
    for fact in engine.regulation.fakta.values():
        if any(row.partition("/")[0] in sops for row in fact.baris):
            yield from of_fact(fact, case)
    if "registrasi-penyedia" in sops:
        yield from of_list(case)


def of_fact(fact: Fact, case: Mapping[str, Any]) -> Iterator[Single]:
    match fact.symbol.source:
        case Source.ANSWER:
            answers = answers_of(fact, case)
            for visit in range(1, len(answers) + 3):
                before = answers[visit - 1] if visit <= len(answers) else ABSENT
                for value in values(fact, case):
                    if value != before:
                        yield Single((fact.id, visit, ""), value, words_changed(before, value))
                if not fact.symbol.wajib and before is not ABSENT:
                    yield Single((fact.id, visit, ""), ABSENT, 1)
        case Source.PACKAGE:
            before = case.get("paket", {}).get(fact.id.partition(".")[2])
            yield from (Single((fact.id, 1, ""), value, 1) for value in values(fact, case) if value != before)
        case Source.APPLICANT:
            for value in {OTHER_NPWP, *(entry["npwp"] for entry in case.get("daftar_hitam") or ())}:
                yield Single((fact.id, 1, ""), value, 1)
        case Source.CASE:
            yield from (Single((fact.id, 1, ""), day, 1) for day in days(case))


def answers_of(fact: Fact, case: Mapping[str, Any]) -> list[Any]:
    answers = case.get("fakta", {}).get(fact.id, ABSENT)
    if answers is ABSENT:
        return []
    is_list = fact.symbol.type.kind is Kind.CHOICES
    if not isinstance(answers, list) or (is_list and not any(isinstance(one, list) for one in answers)):
        return [answers]
    return answers


def values(fact: Fact, case: Mapping[str, Any]) -> list[Any]:
    of = fact.symbol.type
    match of.kind:
        case Kind.FLAG:
            return [True, False]
        case Kind.CHOICE:
            return list(of.values)
        case Kind.CHOICES:
            return [list(words) for size in range(len(of.values) + 1) for words in combinations(of.values, size)]
        case Kind.DAY:
            return [case["tanggal"]]
    settings = [number + step for number in case.get("parameter", {}).values() for step in (-1, 0, 1)]
    edges = AMOUNTS if of.kind is Kind.RUPIAH else COUNTS
    return sorted({*edges, *(number for number in settings if fact.minimum <= number <= fact.maksimum)})


def words_changed(before: Any, after: Any) -> int:
    if isinstance(before, list):
        return max(len(set(before) - set(after)), len(set(after) - set(before)))
    return 1


def days(case: Mapping[str, Any]) -> list[str]:
    edges = [entry[key] for entry in case.get("daftar_hitam") or () for key in ("mulai", "selesai")]
    around = [date.fromisoformat(str(edge)) + timedelta(step) for edge in edges for step in (-1, 0, 1)]
    return sorted({day.isoformat() for day in around} - {str(case["tanggal"])})


def of_list(case: Mapping[str, Any]) -> Iterator[Single]:
    entries = case.get("daftar_hitam")
    today = date.fromisoformat(str(case["tanggal"]))
    applicant = (case.get("penyedia") or [{}])[0].get("npwp")
    new = {"npwp": applicant or OTHER_NPWP, "nama": "PT Contoh", "mulai": str(today), "selesai": str(today)}
    if entries is ABSENT:
        yield Single(("daftar_hitam", 0, ""), [], 1)
    yield Single(("daftar_hitam", len(entries or ()) + 1, ""), new, 1)
    for number, _ in enumerate(entries or (), 1):
        yield Single(("daftar_hitam", number, ""), ABSENT, 1)
        for npwp in {applicant, OTHER_NPWP} - {ABSENT}:
            yield Single(("daftar_hitam", number, "npwp"), npwp, 1)
        for column in ("mulai", "selesai"):
            for step in (-1, 0, 1):
                yield Single(("daftar_hitam", number, column), (today + timedelta(step)).isoformat(), 1)


def changed(case: Mapping[str, Any], changes: tuple[Single, ...]) -> dict[str, Any]:
    """The case with the changes; those at the end of a list first, so that numbers keep their meaning."""
    new = deepcopy(dict(case))
    for change in sorted(
        changes, key=lambda one: (one.place[0], -one.place[1] if one.value is ABSENT else one.place[1])
    ):
        name, at, column = change.place
        section, dot, key = name.partition(".")
        if name == "daftar_hitam":
            change_list(new, at, column, change.value)
        elif name == "tanggal":
            new["tanggal"] = change.value
        elif section == "pemohon":
            first, *others = new.get("penyedia") or [{"nama": "PT Contoh"}]
            new["penyedia"] = [{**first, key: change.value}, *others]
        elif dot:
            new["paket"] = {**new.get("paket", {}), key: change.value}
        else:
            change_answer(new.setdefault("fakta", {}), name, at, change.value)
    return new


def change_list(case: dict[str, Any], at: int, column: str, value: Any) -> None:
    entries = case["daftar_hitam"] = case.get("daftar_hitam") or []
    if not at:
        return
    if column:
        entries[at - 1] = {**entries[at - 1], column: value}
    else:
        entries[at - 1 : at] = [] if value is ABSENT else [value]


def change_answer(facts: dict[str, Any], name: str, visit: int, value: Any) -> None:
    given = facts.get(name, [])
    if not isinstance(given, list) or (isinstance(value, list) and not any(isinstance(one, list) for one in given)):
        given = [given] if name in facts else []
    if visit > len(given) + 1 or (value is ABSENT and visit < len(given)):
        raise IndexError(f"no answer to visit {visit} without one to the visits before")
    answers = [*given[: visit - 1], *([] if value is ABSENT else [value]), *given[visit:]]
    facts[name] = answers
    if not answers:
        del facts[name]
