"""Which entries of a result become files, which are copies, and which production of its kind each is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from attrs import frozen

from pbj_rules.documents.conclusions import Conclusions, conclusions_at
from pbj_rules.documents.contract.fields import Contract
from pbj_rules.result import Result

__all__ = ["Production", "productions"]


@frozen
class Production:
    """A paper to be rendered. ``number``: the how-manieth of its kind in this case, from 1.

    ``index``: its entry in the result, None for a paper that no row produces. ``earlier``: how many papers
    of each kind were made before it. ``copies``: the indexes of the entries that are the same sheet.
    ``before``: the productions made earlier, for lists of enclosures.
    """

    index: int | None
    id: str
    title: str
    number: int
    earlier: Mapping[str, int]
    copies: tuple[int, ...]
    before: tuple[Production, ...]
    conclusions: Conclusions


def productions(
    result: Result, contract: Contract, templates: frozenset[str], isian: Mapping[str, Any] | None = None
) -> list[Production]:
    """The papers to render, in the order of the case; then those that only its ``isian`` asks for."""
    made: list[Production] = []
    counts: dict[str, int] = {}
    copies = _copies(result)
    for index, entry in enumerate(result.dokumen):
        if entry.id not in templates or entry.id not in contract.papers:
            continue
        if entry.salinan_dari is not None and _source_is_in(result, entry.salinan_dari):
            continue
        conclusions = conclusions_at(result, entry.baris, entry.kunjungan)
        # A paper that states a decision cannot be written where this case has not taken it.
        if any(name not in conclusions.decisions for name in contract.papers[entry.id].decisions):
            continue
        earlier = dict(counts)
        counts[entry.id] = counts.get(entry.id, 0) + 1
        made.append(
            Production(
                index,
                entry.id,
                entry.judul,
                counts[entry.id],
                earlier,
                tuple(copy for copy, source in copies.items() if source == index),
                tuple(made),
                conclusions,
            )
        )
    # A case that was read has every key of the shape; those that it did not write are None.
    asked = {paper: value for paper, value in (isian or {}).items() if value is not None and paper in templates}
    made += _extras(result, contract, asked, made)
    return made


def _extras(
    result: Result, contract: Contract, asked: Mapping[str, Any], made: Collection[Production]
) -> Iterator[Production]:
    """The papers that no row names, in the order of the contract; several entries are several papers."""
    if not result.jalur:
        return
    last = result.jalur[-1]
    conclusions = conclusions_at(result, last, result.jalur.count(last))
    before = tuple(made)
    earlier = {one.id: one.number for one in before}
    for paper in contract.papers.values():
        if paper.extra is None or paper.id not in asked:
            continue
        if any(name not in conclusions.decisions for name in paper.decisions):
            continue
        entries = asked[paper.id]
        for number in range(1, len(entries) + 1 if isinstance(entries, list) else 2):
            production = Production(None, paper.id, paper.extra.title, number, dict(earlier), (), before, conclusions)
            yield production
            before = (*before, production)
            earlier[paper.id] = number


def _source_is_in(result: Result, row: str) -> bool:
    """Whether the SOP that makes the sheet was walked: then its own row makes it, or it is not made."""
    sop = row.partition("/")[0]
    return any(visited.partition("/")[0] == sop for visited in result.jalur)


def _copies(result: Result) -> dict[int, int]:
    """For each copy, the entry whose sheet it is: the latest one of its source's row, else the next."""
    found = {}
    for index, entry in enumerate(result.dokumen):
        if entry.salinan_dari is None:
            continue
        sources = [
            number
            for number, other in enumerate(result.dokumen)
            if other.id == entry.id and other.baris == entry.salinan_dari
        ]
        before = [number for number in sources if number < index]
        if sources:
            found[index] = before[-1] if before else sources[-1]
    return found
