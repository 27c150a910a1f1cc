"""What loading refuses the rules for, by row: names that lead nowhere, tables that cannot be walked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Sources
from pbj_rules.errors import Problem

__all__ = ["refusal_orphans"]

_ROW: Final = re.compile(r"baris ([a-z0-9-]+/[0-9]+[a-z]?)")


def refusal_orphans(sources: Sources) -> Iterator[Orphan]:
    """Every problem of loading, as an orphan at its row."""
    for problem in sources.refused:
        yield Orphan(
            "berkas-aturan",
            problem.path,
            _row_of(problem),
            sources.shown(problem.file or sources.directory),
            problem.line,
            problem.message,
            problem.expected or "aturan yang dapat dimuat",
            problem.remedy or "perbaiki di berkas ini",
        )


def _row_of(problem: Problem) -> str | None:
    named = _ROW.match(problem.path)
    return named[1] if named is not None else None
