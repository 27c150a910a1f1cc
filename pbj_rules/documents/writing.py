"""Writes the papers of a run to a folder: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pbj_rules.documents.rendering import Paper
from pbj_rules.errors import InputError, Problem

__all__ = ["write_papers"]


def write_papers(papers: Sequence[Paper], directory: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Writes every paper into ``directory``, which is made if need be; returns the files.

    Everything is first written to a temporary folder on the same disk and then moved, so that a
    failure while writing leaves nothing behind. Files of the same names are replaced.
    """
    target = Path(directory)
    made_here: list[Path] = []
    try:
        made_here = _make(target)
        with tempfile.TemporaryDirectory(prefix=".pbj-", dir=target) as folder:
            for paper in papers:
                _write(Path(folder) / paper.name, paper.content)
            return tuple(_move(Path(folder) / paper.name, target) for paper in papers)
    except OSError as error:
        for folder_made in reversed(made_here):
            shutil.rmtree(folder_made, ignore_errors=True)
        reason = error.strerror or str(error)
        raise InputError(
            [
                Problem(
                    f"naskah tidak dapat ditulis: {reason}",
                    str(error.filename or target),
                    expected="folder yang dapat ditulis",
                    remedy="pilih folder lain, atau perbaiki izin dan ruang disk",
                )
            ]
        ) from error


def _make(target: Path) -> list[Path]:
    """Makes the folder and its missing parents; returns those made, outermost first."""
    missing = [folder for folder in (target, *target.parents) if not folder.exists()]
    target.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _move(file: Path, target: Path) -> Path:
    destination = target / file.name
    os.replace(file, destination)
    return destination
