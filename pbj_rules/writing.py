"""Writes files: all of them, or none."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from attrs import frozen

from pbj_rules.errors import InputError, Problem
from pbj_rules.system import reason_of

__all__ = ["write_files"]

_SPECIAL: Final = "itu bukan berkas biasa, melainkan perangkat, pipa atau soket"


def write_files(files: Iterable[tuple[Path, bytes]], *, folder: Path | None = None, stale: Iterable[Path] = ()) -> None:
    """Writes every file and removes the ``stale`` ones; a failure leaves all as it was.

    Missing folders are made, and so is ``folder``, even for no files. Files that are there are replaced;
    a link stays, what it leads to is replaced. A device, a pipe or a socket is refused, never replaced.
    Raises InputError, which names the paths as they were given.
    """
    files = list(files)
    folders = {path.parent for path, _ in files} | ({folder} if folder is not None else set())
    made: list[Path] = []
    try:
        for one in sorted(folders):
            _make(one, made)
        with ExitStack() as temporary:
            _exchange(_moves(files, stale, temporary))
    except BaseException as error:  # an interruption too leaves no folder behind
        for one in reversed(made):
            # One that holds something else by now is not ours to remove.
            with suppress(OSError):
                one.rmdir()
        if isinstance(error, OSError):
            raise InputError([_refused(error)]) from error
        raise


def _refused(error: OSError) -> Problem:
    # Where every folder has been made, "no such file" is how /proc and its like say that they take none.
    reason = "di sana tidak dapat dibuat berkas" if error.errno == errno.ENOENT else reason_of(error)
    return Problem(
        f"berkas tidak dapat ditulis: {reason}",
        str(error.filename),
        expected="folder yang dapat ditulis",
        remedy="pilih tempat lain, atau perbaiki izin dan ruang disk",
    )


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Failures are told of the path that the user knows, not of a temporary one."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _make(folder: Path, made: list[Path]) -> None:
    """Makes the folder and its missing parents; adds those made to ``made``, outermost first."""
    line = [folder, *folder.parents]
    standing = next((part for part in line if part.exists()), line[-1])
    if not standing.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(standing))
    for part in reversed(line[: line.index(standing)]):
        part.mkdir()
        made.append(part)


@frozen
class _Move:
    """One file that is replaced, or removed: what is there goes to ``aside``, then ``new`` takes its place.

    ``path`` is the file as the user named it, ``real`` the one that its links lead to.
    """

    path: Path
    real: Path
    aside: Path
    new: Path | None

    def make(self) -> None:
        with _naming(self.path):
            if self.new is None or self.real.exists():
                os.replace(self.real, self.aside)
            if self.new is not None:
                os.replace(self.new, self.real)

    def undo(self) -> None:
        """Undoes as much as was done."""
        if os.path.lexists(self.aside):
            os.replace(self.aside, self.real)
        elif self.new is not None and not self.new.exists():
            self.real.unlink()


def _moves(files: Iterable[tuple[Path, bytes]], stale: Iterable[Path], temporary: ExitStack) -> list[_Move]:
    """Writes everything aside, into a temporary folder beside each file: a move between disks is none."""
    areas: dict[Path, Path] = {}

    def area(file: Path) -> Path:
        if file.parent not in areas:
            made = tempfile.TemporaryDirectory(prefix=".pbj-", dir=file.parent)
            areas[file.parent] = Path(temporary.enter_context(made))
        return areas[file.parent]

    moves = []
    targets = [(path, _target(path), content) for path, content in files]  # all are looked at before any is written
    for number, (path, real, content) in enumerate(targets):
        with _naming(path):
            new = area(real) / f"baru-{number}"
            _write(new, content)
            moves.append(_Move(path, real, area(real) / f"lama-{number}", new))
    for number, path in enumerate(stale, len(moves)):
        with _naming(path):
            moves.append(_Move(path, path, area(path) / f"lama-{number}", None))
    return moves


def _target(path: Path) -> Path:
    """The file that links lead to. Raises where something is there that is no file."""
    with _naming(path):
        try:
            mode = os.stat(path).st_mode
        except FileNotFoundError:
            return Path(os.path.realpath(path))
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        expected = "nama berkas biasa, atau nama yang belum dipakai"
        raise InputError(
            [Problem(f"berkas tidak dapat ditulis: {_SPECIAL}", str(path), None, "", expected, "pilih nama lain")]
        )
    return Path(os.path.realpath(path))


def _exchange(moves: Iterable[_Move]) -> None:
    """Moves everything into place; undoes the moves if one fails."""
    begun: list[_Move] = []
    try:
        for move in moves:
            begun.append(move)
            move.make()
    except BaseException:  # an interruption too leaves everything as it was
        for move in reversed(begun):
            move.undo()
        raise


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
