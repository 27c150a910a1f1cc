"""Between rows and the register of anomalies: each names the other, and readings name what they read."""

from __future__ import annotations

from collections.abc import Iterator

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Sources, unique
from pbj_rules.regulation.model import Anomaly, Row

__all__ = ["anomalies_at", "anomaly_orphans"]


def anomalies_at(sources: Sources, row: Row) -> tuple[str, ...]:
    """The anomalies that a row carries or that its rules read, in the register's order."""
    found = {*row.anomali, *_read(sources, row)}
    return tuple(name for name in sources.regulation.anomali if name in found)


def _read(sources: Sources, row: Row) -> tuple[str, ...]:
    """The anomalies that the citations of the row's rules name; those of what they use included."""
    citations = [branch.citation for decision in row.keputusan for branch in decision.cabang]
    citations += [paper.citation for paper in row.dokumen]
    for name in {symbol.name for rule in sources.rules[row.id] for symbol in rule.names}:
        if (parameter := sources.regulation.parameter.get(name)) is not None:
            citations.append(parameter.citation)
        fact = sources.regulation.fakta.get(name)
        if fact is not None and fact.turunan_citation is not None:
            citations.append(fact.turunan_citation)
    names = [name for citation in citations for name in citation.anomali]
    names += [name for decision in row.keputusan if decision.harfiah for name in decision.harfiah.anomali]
    names += row.lanjut.anomali if row.lanjut is not None else ()
    return unique(sorted(names))


def anomaly_orphans(sources: Sources) -> Iterator[Orphan]:
    """What the register says of rows that rows do not say of it, and the other way round."""
    rows = {row.id: row for row in sources.regulation.rows()}
    carried = {row_id: (set(row.anomali), set(_read(sources, row))) for row_id, row in rows.items()}
    for anomaly in sources.regulation.anomali.values():
        yield from _of_register(sources, anomaly, carried)
    for row_id, row in rows.items():
        marked, read = carried[row_id]
        for name in sorted(marked | read):
            anomaly_there = sources.regulation.anomali.get(name)
            if anomaly_there is not None and row_id not in (*anomaly_there.baris, *anomaly_there.tambahan_baris):
                yield sources.at_row(
                    "baris-tanpa-anomali",
                    name,
                    row,
                    f"baris ini menyebut {name}, yang dalam register tidak menyebut baris ini",
                    f"{row_id} dalam `baris:` atau `tambahan_baris:` {name}",
                    "tambahkan di anomali.yaml, atau sebut anomali yang benar",
                )


def _of_register(sources: Sources, anomaly: Anomaly, carried: dict[str, tuple[set[str], set[str]]]) -> Iterator[Orphan]:
    """An anomaly of the body, of headings or of blank rows names no row of the tables, and is none of these."""
    for row_id in anomaly.baris:
        if row_id in carried and anomaly.id not in carried[row_id][0]:
            yield _entry(sources, anomaly, row_id, f"`anomali: [{anomaly.id}]` pada baris itu")
    for row_id in anomaly.tambahan_baris:
        if row_id in carried and anomaly.id not in carried[row_id][0] | carried[row_id][1]:
            yield _entry(sources, anomaly, row_id, f"tafsir atau `anomali: [{anomaly.id}]` pada baris itu")


def _entry(sources: Sources, anomaly: Anomaly, row_id: str, expected: str) -> Orphan:
    return sources.at_entry(
        "anomali-tanpa-baris",
        "anomali.yaml",
        "anomali",
        anomaly.id,
        f"{anomaly.id} menyebut baris {row_id}, yang tidak menyebutnya",
        expected,
        "tambahkan pada baris itu, atau perbaiki register",
        row_id,
    )
