"""The shipped scenarios as a test of rules: what each gives, and whether it notices that rules are others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import PbjError
from pbj_rules.evaluation.assembling import out_of_force
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Keputusan, Result

__all__ = ["Difference", "Scenarios", "difference"]

_ROW: Final = re.compile(r"[a-z]+(?:-[a-z]+)*/[0-9]+[a-z]?")


@frozen
class Difference:
    """Where a scenario's result differs from the accepted one: the scenario, the row, and how."""

    skenario: str
    baris: str
    beda: str


@frozen
class Scenarios:
    """Cases with their accepted results, by name (``sop/name``)."""

    cases: Mapping[str, Case]
    accepted: Mapping[str, Result]
    visitors: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # Few rows first: a scenario of one SOP tells as much as one of the whole process, sooner.
        names = sorted(self.accepted, key=lambda name: (len(self.accepted[name].jalur), name))
        visitors: dict[str, list[str]] = {}
        for name in names:
            for row in dict.fromkeys(self.accepted[name].jalur):
                visitors.setdefault(row, []).append(name)
        object.__setattr__(self, "visitors", {row: tuple(found) for row, found in visitors.items()})

    @classmethod
    def from_folder(cls, folder: Path, regulation: Regulation) -> Scenarios:
        """The case files below a folder, with what the regulation gives for them."""
        paths = sorted(folder.glob("*/*.yaml"))
        cases = {f"{path.parent.name}/{path.stem}": Case.from_file(path, regulation) for path in paths}
        engine = Engine(regulation, PlainEvaluator())
        return cls(cases, {name: _on_any_day(engine, case) for name, case in cases.items()})

    def noticing(self, regulation: Regulation, row: str | None = None) -> Iterator[Difference]:
        """The differences that these rules make; where only one row differs, none but its visitors can see it."""
        engine = Engine(regulation, PlainEvaluator())
        for name in self.cases if row is None else self.visitors.get(row, ()):
            found = self.differing(engine, name)
            if found is not None:
                yield found

    def out_of_force(self, regulation: Regulation) -> int:
        """How many cases have a day on which these rules are not in force."""
        return sum(any(out_of_force(regulation, case.tanggal)) for case in self.cases.values())

    def differing(self, engine: Engine, name: str) -> Difference | None:
        accepted = self.accepted[name]
        try:
            # Whatever the rules are called, what they do is what counts.
            found = _on_any_day(engine, evolve(self.cases[name], regulasi=engine.regulation.id))
            result: Result | str = evolve(found, regulasi=accepted.regulasi)
        except (PbjError, ValueError) as error:  # a conclusion that cannot even be made is noticed too
            result = str(error)
        return difference(name, accepted, result)


def _on_any_day(engine: Engine, case: Case) -> Result:
    """The result without the warnings that the rules are not in force on the case's day: they change no outcome."""
    result = engine.evaluate(case)
    beside = set(out_of_force(engine.regulation, case.tanggal))
    return evolve(result, peringatan=tuple(warning for warning in result.peringatan if warning not in beside))


def difference(name: str, accepted: Result, result: Result | str) -> Difference | None:
    """How a result differs from the accepted one, said where it matters first; the firing record is not looked at."""
    if isinstance(result, str):
        row = _ROW.search(result)
        return Difference(name, row[0] if row is not None else "", result)
    if evolve(result, jejak=()) == evolve(accepted, jejak=()):
        return None
    found = (
        *_decisions(name, accepted, result),
        *_path(name, accepted, result),
        *_papers(name, accepted, result),
        *_rest(name, accepted, result),
    )
    return found[0]


def _decisions(name: str, accepted: Result, result: Result) -> Iterator[Difference]:
    pairs = list(zip(accepted.keputusan, result.keputusan, strict=False))
    for keys in (("id", "baris", "nilai", "lanjut"), ("hasil", "dasar", "anomali", "kutipan", "fakta", "parameter")):
        for one, other in pairs:
            for key in keys:
                if getattr(one, key) != getattr(other, key):
                    yield Difference(name, one.baris, _changed(one, key, getattr(other, key), getattr(one, key)))


def _changed(decision: Keputusan, key: str, found: Any, expected: Any) -> str:
    return f"keputusan {decision.id}: {key} {_shown(found)}, seharusnya {_shown(expected)}"


def _path(name: str, accepted: Result, result: Result) -> Iterator[Difference]:
    longest = max(len(accepted.jalur), len(result.jalur))
    there, here = (_padded(walk.jalur, longest) for walk in (accepted, result))
    for (before, expected), (_, found) in zip(pairwise(there), pairwise(here), strict=True):
        if expected != found:
            yield Difference(name, before, f"lanjut ke {found or 'akhir'}, seharusnya {expected or 'akhir'}")
            return


def _papers(name: str, accepted: Result, result: Result) -> Iterator[Difference]:
    expected, found = list(accepted.dokumen), list(result.dokumen)
    for paper in expected:
        if paper not in found:
            same = [other for other in found if (other.id, other.baris) == (paper.id, paper.baris)]
            what = "berbeda dasarnya" if same else "tidak dihasilkan"
            yield Difference(name, paper.baris, f"dokumen {paper.id} {what}")
    for paper in found:
        if paper not in expected:
            yield Difference(name, paper.baris, f"dokumen {paper.id} dihasilkan, seharusnya tidak")


def _rest(name: str, accepted: Result, result: Result) -> Iterator[Difference]:
    last = accepted.jalur[-1]
    if result.status != accepted.status:
        yield Difference(name, last, f"status {result.status}, seharusnya {accepted.status}")
    if result.peringatan != accepted.peringatan:
        yield Difference(
            name, last, f"peringatan {_shown(result.peringatan)}, seharusnya {_shown(accepted.peringatan)}"
        )
    yield Difference(name, last, "hasilnya berbeda")


def _padded(path: Iterable[str], length: int) -> list[str]:
    rows = list(path)
    return rows + [""] * (length - len(rows))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {item}" for name, item in value.items()) or "-"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "-"
    return f"{value:.80}"
