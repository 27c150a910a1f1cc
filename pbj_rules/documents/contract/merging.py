"""What a case may add for papers of which two versions of the contract speak."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from pbj_rules.documents.contract.fields import Contract, Entry, PaperContract
from pbj_rules.documents.contract.files import isian_shape
from pbj_rules.shapes import Shape

__all__ = ["shape_of_versions"]


def shape_of_versions(own: Contract, other: Contract) -> Shape:
    """The shape of a case's ``isian`` under ``own``, in which what only ``other`` knows is let through."""
    if own is other:
        return isian_shape(own)
    both = evolve(
        own,
        common=_entries(own.common, other.common),
        shared=_by_name(own.shared, other.shared),
        cited=tuple(dict.fromkeys((*own.cited, *other.cited))),
        papers={**other.papers, **{name: _paper(paper, other) for name, paper in own.papers.items()}},
    )
    return isian_shape(both)


def _paper(own: PaperContract, other: Contract) -> PaperContract:
    there = other.papers.get(own.id)
    return own if there is None else evolve(own, entries=_entries(own.entries, there.entries))


def _by_name(
    own: Mapping[str, tuple[Entry, ...]], other: Mapping[str, tuple[Entry, ...]]
) -> dict[str, tuple[Entry, ...]]:
    return {**other, **{name: _entries(entries, other.get(name, ())) for name, entries in own.items()}}


def _entries(own: tuple[Entry, ...], other: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries of both; one that both have is that of ``own``, with the columns of both."""
    there = {entry.name: entry for entry in other}
    known = {entry.name for entry in own}
    grown = [
        evolve(entry, columns=_entries(entry.columns, there[entry.name].columns)) if entry.name in there else entry
        for entry in own
    ]
    return (*grown, *(entry for entry in other if entry.name not in known))
