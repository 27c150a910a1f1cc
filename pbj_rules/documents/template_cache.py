"""Compiled templates, and the data contract once it was found right, kept between runs in the user's own cache folder.

An entry is named by the digest of everything that it was made from, so it never goes stale; it is written
whole or not at all, and one that is damaged or not this user's own is made anew. Without a folder that can
be written, nothing is kept and everything works.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

__all__ = ["keep", "kept", "key_of"]

MAX_ENTRIES: Final = 400
_DIGEST: Final = 32
_SWITCH: Final = "PBJ_CACHE"


def key_of(pieces: Iterable[bytes]) -> str:
    """The name of an entry that is made from these pieces by this Python."""
    made = hashlib.sha256(sys.version.encode())
    for piece in pieces:
        made.update(len(piece).to_bytes(8) + piece)
    return made.hexdigest()


def kept(key: str) -> Any:
    """The entry, or None. Only what this user alone can have written is read, for it holds code."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with (folder / key).open("rb") as file:
            if not _own(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        return None
    return marshal.loads(data[_DIGEST:])


def keep(key: str, entry: Any) -> None:
    """Keeps an entry, if that can be done."""
    folder = _folder()
    if folder is None:
        return
    import tempfile

    data = marshal.dumps(entry)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _own(folder.stat()):
            return
        handle, temporary = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(temporary, folder / key)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _forget_old(folder)


def _forget_old(folder: Path) -> None:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime)
    for entry in entries[:-MAX_ENTRIES]:
        entry.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Where entries lie: the folder that PBJ_CACHE names (empty: nowhere), else the user's cache."""
    named = os.environ.get(_SWITCH)
    if named is not None:
        return Path(named) if named else None
    # Spelt out here: the library for it takes as long to import as a paper takes to render.
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return Path(base, "pbj-rules", "templat") if os.path.isabs(base) else None


def _own(status: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
