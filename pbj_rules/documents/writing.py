"""Writes the papers of a run to a folder: all of them, or none."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pbj_rules.documents.rendering import Paper
from pbj_rules.errors import InputError, Problem
from pbj_rules.system import reason_of

__all__ = ["write_papers"]


def write_papers(papers: Sequence[Paper], directory: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Writes every paper into ``directory``, which is made if need be; returns the files.

    A name may begin with a folder. Everything is first written to a temporary folder on the same
    disk and then moved, so that a failure leaves the folder as it was. Files of the same names are
    replaced.
    """
    target = Path(directory)
    folders = {target, *((target / paper.name).parent for paper in papers)}
    made: list[Path] = []
    try:
        for folder in sorted(folders):
            _make(folder, made)
        with tempfile.TemporaryDirectory(prefix=".pbj-", dir=target) as temporary:
            return _exchange(papers, Path(temporary), target)
    except OSError as error:
        for folder in reversed(made):
            # One that holds something else by now is not ours to remove.
            with suppress(OSError):
                folder.rmdir()
        raise InputError([_refused(error, target)]) from error


def _refused(error: OSError, target: Path) -> Problem:
    return Problem(
        f"naskah tidak dapat ditulis: {reason_of(error)}",
        str(error.filename or target),
        expected="folder yang dapat ditulis",
        remedy="pilih folder lain, atau perbaiki izin dan ruang disk",
    )


def _make(folder: Path, made: list[Path]) -> None:
    """Makes the folder and its missing parents; adds those made to ``made``, outermost first."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir()
        made.append(part)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _exchange(papers: Sequence[Paper], temporary: Path, target: Path) -> tuple[Path, ...]:
    """Writes everything aside, then moves it into place; undoes the moves if one fails."""
    for number, paper in enumerate(papers):
        _write(temporary / f"baru-{number}", paper.content)
    moved: list[tuple[Path, Path | None]] = []
    try:
        for number, paper in enumerate(papers):
            destination = target / paper.name
            if destination.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(destination))
            old = temporary / f"lama-{number}" if destination.exists() else None
            if old is not None:
                os.replace(destination, old)
                moved.append((destination, old))
            os.replace(temporary / f"baru-{number}", destination)
            if old is None:
                moved.append((destination, None))
    except BaseException:  # an interruption too leaves the folder as it was
        for destination, old in reversed(moved):
            if old is None:
                destination.unlink()
            else:
                os.replace(old, destination)
        raise
    return tuple(target / paper.name for paper in papers)


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
