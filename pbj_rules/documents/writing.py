"""Writes the papers of a run to a folder: all of them, or none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from pbj_rules.documents.rendering import Paper
from pbj_rules.writing import write_files

__all__ = ["write_papers"]


def write_papers(
    papers: Sequence[Paper], directory: str | os.PathLike[str], *, stale: Iterable[str] = ()
) -> tuple[Path, ...]:
    """Writes every paper into ``directory``, which is made if need be; returns the files.

    A name may begin with a folder. Files of the same names are replaced, those named in ``stale`` removed.
    A failure leaves the folder as it was.
    """
    target = Path(directory)
    files = tuple(target / paper.name for paper in papers)
    contents = (paper.content for paper in papers)
    write_files(zip(files, contents, strict=True), folder=target, stale=(target / name for name in stale))
    return files
