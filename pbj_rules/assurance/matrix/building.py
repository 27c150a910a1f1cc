"""Builds the matrix: follows every link from the rows outward, then looks for what was never met on the way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pbj_rules.assurance.matrix.anomalies import anomalies_at, anomaly_orphans
from pbj_rules.assurance.matrix.expectations import scenario_orphans
from pbj_rules.assurance.matrix.leavings import leavings_of
from pbj_rules.assurance.matrix.model import Matrix, MatrixRow, Orphan
from pbj_rules.assurance.matrix.papers import extras_at, paper_orphans
from pbj_rules.assurance.matrix.refusals import refusal_orphans
from pbj_rules.assurance.matrix.sources import Sources, unique
from pbj_rules.assurance.matrix.text import text_orphans
from pbj_rules.assurance.matrix.vocabulary import vocabulary_orphans
from pbj_rules.evaluation.program import Rule
from pbj_rules.regulation.model import Basis, Row

__all__ = ["build_matrix"]


def build_matrix(sources: Sources) -> Matrix:
    """The matrix of the sources, orphans in the order of the regulation's parts: text, names, cases, papers."""
    visitors: dict[str, list[str]] = {}
    for name, result in sources.results.items():
        for row_id in dict.fromkeys(result.jalur):
            visitors.setdefault(row_id, []).append(name)
    rows = tuple(_row(sources, row, tuple(visitors.get(row.id, ()))) for row in sources.regulation.rows())
    orphans = dict.fromkeys(_orphans(sources))
    left = leavings_of(sources, orphans)
    return Matrix(
        sources.regulation,
        rows,
        tuple(orphan for orphan in orphans if orphan not in left),
        {name: result.jalur for name, result in sources.results.items()},
        left,
    )


def _orphans(sources: Sources) -> Iterator[Orphan]:
    return chain(
        refusal_orphans(sources),
        text_orphans(sources),
        vocabulary_orphans(sources),
        anomaly_orphans(sources),
        scenario_orphans(sources),
        paper_orphans(sources),
    )


def _row(sources: Sources, row: Row, visitors: tuple[str, ...]) -> MatrixRow:
    rules = sources.rules[row.id]
    read = unique(symbol.name for rule in rules for symbol in rule.names)
    papers = unique(paper.id for paper in row.dokumen)
    return MatrixRow(
        row,
        tuple(rule.id for rule in rules),
        tuple(decision.id for decision in row.keputusan),
        tuple(rule.id for rule in rules if _is_interpretation(rule)),
        tuple(name for name in read if name in sources.regulation.fakta),
        tuple(name for name in read if name in sources.regulation.parameter),
        visitors,
        papers,
        tuple(name for name in papers if name in sources.templates and sources.templates[name].file is not None),
        extras_at(sources, row.id),
        anomalies_at(sources, row),
    )


def _is_interpretation(rule: Rule) -> bool:
    """Whether what the rule concludes is a reading; so is one that rests on a parameter read so."""
    if rule.branch is not None:
        return rule.branch.citation.dasar is Basis.INTERPRETATION
    if rule.document is not None:
        return rule.document.citation.dasar is Basis.INTERPRETATION
    onward = rule.row.lanjut
    return rule.id == f"{rule.row.id}:lanjut" and onward is not None and onward.dasar == Basis.INTERPRETATION.value
