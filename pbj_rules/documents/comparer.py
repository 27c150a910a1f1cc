"""The engine that compares two Word files: python-redlines (Docxodus), behind one door.

It is a program of its own that its package carries packed. It is unpacked once for each user, whole or not at
all, and runs with no locale, no network and no trace outside a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Final

from pbj_rules.errors import InputError, PbjError, Problem
from pbj_rules.system import reason_of

__all__ = ["compare", "find_comparer"]

# Seconds for one pair. A paper takes one; a slow office computer may take twenty times that.
_LIMIT: Final = 120.0
_PACKAGE: Final = "python-redlines-docxodus"
_ENVIRONMENT: Final = {
    # Without this it needs a library of languages (ICU) that a bare Linux does not have.
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
    # Without this one that is killed leaves a socket behind.
    "DOTNET_EnableDiagnostics": "0",
}


def find_comparer() -> Path:
    """The program, unpacked if need be. Raises InputError, with the way to install it, where there is none."""
    try:
        from platformdirs import user_cache_path
        from python_redlines import DocxodusEngine, EngineNotInstalledError

        home = user_cache_path("pbj-rules") / "pembanding" / metadata.version(_PACKAGE)
    except ImportError as error:
        raise InputError([_missing()]) from error
    try:
        if not home.is_dir():
            _unpack(DocxodusEngine, home)
        return Path(DocxodusEngine(target_path=str(home)).extracted_binaries_path)
    except EngineNotInstalledError as error:
        raise InputError([_missing()]) from error
    except OSError as error:
        raise InputError([_refused(error, home)]) from error


def _unpack(engine: type, home: Path) -> None:
    """Unpacks aside and moves into place: an interruption leaves nothing that looks finished."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pbj-", dir=home.parent) as folder:
        made = Path(folder) / "baru"
        engine(target_path=str(made))
        with suppress(OSError):  # another process may have been first
            made.rename(home)
    if not home.is_dir():
        raise OSError(f"`{home}` tidak dapat dibuat")


def _missing() -> Problem:
    return Problem(
        "naskah dibandingkan oleh pustaka python-redlines, yang tidak terpasang",
        remedy="pasang dengan `pip install 'pbj-rules[redline]'`",
    )


def _refused(error: OSError, home: Path) -> Problem:
    return Problem(
        f"program pembanding tidak dapat disiapkan: {reason_of(error)}",
        str(error.filename or home),
        expected="folder yang dapat ditulis",
        remedy="perbaiki izin dan ruang disk, atau sebut folder lain dengan XDG_CACHE_HOME",
    )


def compare(a: bytes, b: bytes, *, author: str, day: date, limit: float = _LIMIT) -> bytes:
    """A Word file with the tracked changes that lead from ``a`` to ``b``, as the program makes it.

    Raises InputError where the program is missing, PbjError where it fails or takes too long.
    """
    comparer = find_comparer()
    with tempfile.TemporaryDirectory(prefix="pbj-") as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(a)
        (folder / "b.docx").write_bytes(b)
        options = (f"--author={author}", f"--date-time={day.isoformat()}T00:00:00Z", "--no-conflate-spaces")
        try:
            done = subprocess.run(
                [str(comparer), "a.docx", "b.docx", "redline.docx", *options],
                cwd=folder,
                env={**os.environ, **_ENVIRONMENT, "TMPDIR": name},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PbjError(f"perbandingan tidak selesai dalam {limit:.0f} detik dan dihentikan") from error
        made = folder / "redline.docx"
        if done.returncode or not made.is_file():
            raise PbjError(f"program pembanding gagal: {_last_words(done)}")
        return made.read_bytes()


def _last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in lines if line.strip()), f"status {done.returncode}")
