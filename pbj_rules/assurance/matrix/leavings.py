"""What a layer leaves without a use: names and papers that only rows and branches which it took away still used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from attrs import evolve

from pbj_rules.assurance.matrix.anomalies import anomaly_orphans
from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.papers import paper_orphans
from pbj_rules.assurance.matrix.sources import Sources
from pbj_rules.assurance.matrix.text import text_orphans
from pbj_rules.assurance.matrix.vocabulary import vocabulary_orphans
from pbj_rules.regulation.layers import Layers
from pbj_rules.regulation.loading import survey_regulation

__all__ = ["leavings_of"]

# Orphans that lack a user. That a row lacks a sample, or a copy its first sheet, is a lack of the layered rules too.
_UNUSED: Final = frozenset(
    {
        "baris-tercetak-tanpa-aturan",
        "kolom-tanpa-pelaku",
        "peran-tak-terpakai",
        "fakta-tak-terpakai",
        "fakta-tanpa-baris",
        "parameter-tak-terpakai",
        "parameter-tanpa-baris",
        "koleksi-tak-terpakai",
        "anomali-tanpa-baris",
        "dokumen-tanpa-baris",
        "templat-tanpa-baris",
        "templat-tanpa-keputusan",
        "pelengkap-tanpa-baris",
    }
)


def leavings_of(sources: Sources, orphans: Iterable[Orphan]) -> tuple[Orphan, ...]:
    """Those of the orphans that a layer explains: the regulation at the bottom has the thing, and a use for it."""
    if sources.layers.top is None:
        return ()
    regulation, _ = survey_regulation(sources.directory)
    bottom = evolve(sources, regulation=regulation, layers=Layers(sources.directory))
    unused_there = set(map(_key, _orphans(bottom)))
    return tuple(
        orphan
        for orphan in orphans
        if orphan.jenis in _UNUSED and _key(orphan) not in unused_there and not _is_new(orphan, bottom)
    )


def _orphans(sources: Sources) -> Iterator[Orphan]:
    return chain(text_orphans(sources), vocabulary_orphans(sources), anomaly_orphans(sources), paper_orphans(sources))


def _key(orphan: Orphan) -> tuple[str, str, str | None]:
    return orphan.jenis, orphan.id, orphan.baris


def _is_new(orphan: Orphan, bottom: Sources) -> bool:
    """Whether the layer itself brought the thing; of all that can be left unused, it brings roles alone."""
    return orphan.jenis == "peran-tak-terpakai" and orphan.id not in bottom.regulation.peran
