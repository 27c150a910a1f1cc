"""PDF of rendered papers, by LibreOffice: any number of them in one start, the same bytes for the same paper.

LibreOffice runs apart from the user's own: with a profile, a cache and a temporary folder that go when it
ends, in a process group that goes with it. The bytes are those of one LibreOffice with one set of fonts;
another version sets lines a little differently.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from attrs import evolve

from pbj_rules.documents.pdf_marks import unmarked
from pbj_rules.documents.rendering import Paper
from pbj_rules.errors import InputError, Problem
from pbj_rules.system import reason_of

__all__ = ["find_soffice", "to_pdf"]

# Where LibreOffice is when the search path does not name it.
_USUAL_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# Seconds. A start takes two and a paper a fifth of one; a slow office computer may take twenty times that.
_START_LIMIT: Final = 60.0
_PAPER_LIMIT: Final = 5.0
# The filters are named: left to guess, LibreOffice takes a broken Word file for plain text and prints its bytes.
_READ_AS: Final = "--infilter=MS Word 2007 XML"
_WRITE_AS: Final = "pdf:writer_pdf_Export"
# Where LibreOffice puts the socket by which a second start would find the first; it heeds no setting.
_SOCKET_FOLDERS: Final = ("/tmp", "/var/tmp")

_CREATED: Final = re.compile(rb"<dcterms:created[^>]*>(\d{4})-(\d\d)-(\d\d)T")


def find_soffice() -> Path:
    """The LibreOffice of this machine. Raises InputError, with the package's name, where there is none."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    for place in (named, *_USUAL_PLACES):
        if place is not None and os.access(place, os.X_OK):
            return Path(place)
    raise InputError(
        [
            Problem(
                "PDF dibuat oleh LibreOffice, yang tidak ditemukan di komputer ini",
                expected="perintah `soffice`",
                remedy="pasang LibreOffice Writer (Debian/Ubuntu: `apt install libreoffice-writer-nogui`), "
                "atau jalankan tanpa PDF",
            )
        ]
    )


def to_pdf(papers: Sequence[Paper], *, limit: float | None = None) -> tuple[Paper, ...]:
    """The papers as PDF, in their order: the same papers, named ``.pdf``; nothing is written.

    ``limit``: the seconds that all of them may take together, by default more than enough. Raises
    InputError where LibreOffice is missing, fails or takes too long. No process and no file is left.
    """
    if not papers:
        return ()
    soffice = find_soffice()
    seconds = _START_LIMIT + _PAPER_LIMIT * len(papers) if limit is None else limit
    try:
        with tempfile.TemporaryDirectory(prefix="pbj-") as made:
            folder = Path(made).resolve()
            # Papers of several cases may have the same name; their numbers differ.
            sources = [folder / f"{number:05}.docx" for number in range(1, len(papers) + 1)]
            for source, paper in zip(sources, papers, strict=True):
                source.write_bytes(paper.content)
            _convert(soffice, folder, [source.name for source in sources], seconds)
            return _collect(papers, [source.with_suffix(".pdf") for source in sources])
    except OSError as error:
        raise InputError([_failed(reason_of(error), error.filename)]) from error


def _convert(soffice: Path, folder: Path, names: Sequence[str], seconds: float) -> None:
    """Runs LibreOffice once for all the files."""
    profile = folder / "profil"
    process = subprocess.Popen(
        [
            str(soffice),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            _READ_AS,
            *("--convert-to", _WRITE_AS, "--outdir", str(folder)),
            *names,
        ],
        cwd=folder,
        env={**os.environ, **dict.fromkeys(("TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), str(folder)), "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # `soffice` starts others, and all of them must be reached
    )
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            [
                Problem(
                    f"LibreOffice tidak selesai dalam {seconds:.0f} detik dan dihentikan",
                    remedy="coba lagi saat komputer tidak sibuk, atau dengan lebih sedikit kasus",
                )
            ]
        ) from error
    finally:
        # Also where it has ended by itself: what it started must not outlive it.
        _kill(process)
        _remove_socket(profile)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and those that it started, and waits until the last of them is gone."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None and not process.stdout.closed:
        process.stdout.read()  # all of them hold this pipe: it ends with the last one
        process.stdout.close()
    process.wait()


def _remove_socket(profile: Path) -> None:
    """A LibreOffice that was killed leaves its socket, which is named after the profile's address."""
    address = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    mark = "".join(f"{byte:x}" for byte in address)
    for folder in _SOCKET_FOLDERS:
        for socket in Path(folder).glob(f"OSL_PIPE_*_SingleOfficeIPC_{mark}"):
            socket.unlink(missing_ok=True)


def _collect(papers: Sequence[Paper], files: Sequence[Path]) -> tuple[Paper, ...]:
    """The papers with what LibreOffice made of them; it reports success where it has made nothing."""
    missing = [paper.name for paper, file in zip(papers, files, strict=True) if not file.is_file()]
    if missing:
        raise InputError([_failed("LibreOffice tidak dapat membaca naskahnya", name) for name in missing])
    return tuple(
        evolve(
            paper,
            name=f"{paper.name.removesuffix('.docx')}.pdf",
            content=unmarked(file.read_bytes(), _day_of(paper.content)),
        )
        for paper, file in zip(papers, files, strict=True)
    )


def _failed(reason: str, file: str | None) -> Problem:
    return Problem(
        f"PDF tidak dapat dibuat: {reason}",
        file,
        remedy="buka naskah Word-nya dengan LibreOffice untuk memeriksanya, atau jalankan tanpa PDF",
    )


def _day_of(word: bytes) -> bytes:
    """The day that the Word file says it was made, which is the case's: ``20200401``."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive, suppress(KeyError):
        found = _CREATED.search(archive.read("docProps/core.xml"))
        if found is not None:
            return b"".join(found.groups())
    return b"19800101"  # the day of the parts of our archives
