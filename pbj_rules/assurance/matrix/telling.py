"""Words about the matrix that every form of it uses."""

from __future__ import annotations

from pbj_rules.assurance.matrix.model import Matrix, MatrixRow
from pbj_rules.regulation.model import Regulation

__all__ = ["actor_of", "summary_of"]


def actor_of(regulation: Regulation, row: MatrixRow) -> str:
    """Who does the row, and how sure that is."""
    actor = row.row.pelaksana
    if actor is None:
        return ""
    names = [regulation.peran[role].nama if role in regulation.peran else role for role in (actor.peran, *actor.juga)]
    also = f" (juga {', '.join(names[1:])})" if names[1:] else ""
    known = f"disimpulkan, keyakinan {actor.keyakinan}" if actor.disimpulkan else "tersurat"
    return f"{names[0]}{also}; {known}"


def summary_of(matrix: Matrix) -> str:
    """How much there is of everything."""
    rules = {rule for row in matrix.rows for rule in row.aturan}
    papers = {name for row in matrix.rows for name in row.dokumen}
    templates = {name for row in matrix.rows for name in (*row.templat, *row.pelengkap)}
    inferred = sum(row.row.pelaksana is not None and row.row.pelaksana.disimpulkan for row in matrix.rows)
    return (
        f"{len(matrix.rows)} baris, {len(rules)} aturan, {len(matrix.jalur)} skenario, {len(papers)} dokumen "
        f"({len(templates)} bertemplat), {len(matrix.regulation.anomali)} anomali; pelaku {inferred} baris disimpulkan"
    )
