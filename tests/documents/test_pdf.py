"""PDF by the real LibreOffice: one start, the same bytes, and nothing left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from pbj_rules.documents import Paper
from pbj_rules.documents.pdf import find_soffice, to_pdf
from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render

# In CI a missing LibreOffice is a failure, not a reason to skip.
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice (soffice) is not installed"
)


@pytest.fixture(scope="module")
def papers(render: Render) -> tuple[Paper, ...]:
    return render(full_case("tender"))


@pytest.fixture(scope="module")
def converted(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    return to_pdf(papers)


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folders are made here, apart from those of whatever else runs on the machine."""
    folder = tmp_path_factory.mktemp("sementara")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left_behind(folder: Path) -> set[Path]:
    """What is in the folder, and the sockets of LibreOffices that are no more."""
    sockets = [path for place in ("/tmp", "/var/tmp") for path in Path(place).glob("OSL_PIPE_*")]
    return {*folder.iterdir(), *(path for path in sockets if not is_answered(path))}


def is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(path))
        except ConnectionRefusedError:
            return False
        except OSError:  # gone by now, or busy
            return True
    return True


def stands_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A LibreOffice of our own making, first on the search path."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def is_running(process: int) -> bool:
    """Whether it lives; one that has ended but that nobody has asked after does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@needs_libreoffice
def test_every_paper_becomes_a_pdf_of_the_same_name(papers: tuple[Paper, ...], converted: tuple[Paper, ...]) -> None:
    assert [paper.name for paper in converted] == [paper.name.replace(".docx", ".pdf") for paper in papers]
    assert [(paper.index, paper.id, paper.kosong, paper.salinan) for paper in converted] == [
        (paper.index, paper.id, paper.kosong, paper.salinan) for paper in papers
    ]
    assert all(paper.content.startswith(b"%PDF-") for paper in converted)


@needs_libreoffice
@pytest.mark.skipif(
    shutil.which("pdftotext") is None and "CI" not in os.environ, reason="poppler-utils is not installed"
)
def test_a_pdf_reads_as_its_paper_and_every_reader_finds_its_parts(
    converted: tuple[Paper, ...], tmp_path: Path
) -> None:
    for paper in converted:
        file = tmp_path / paper.name
        file.write_bytes(paper.content)
        done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
        assert full_case("tender")["paket"]["nama"].split()[0] in done.stdout
        drawn = subprocess.run(["pdftoppm", "-r", "20", file], capture_output=True, check=True)
        assert drawn.stdout.startswith(b"P6")
        # Poppler mends a broken table of parts, or a broken font, but says so.
        assert done.stderr == ""
        assert drawn.stderr == b""


@needs_libreoffice
def test_a_pdf_is_the_same_alone_and_anywhere_in_a_batch(
    papers: tuple[Paper, ...], converted: tuple[Paper, ...]
) -> None:
    assert to_pdf(papers[::-1]) == converted[::-1]
    assert to_pdf(papers[1:2]) == converted[1:2]


@needs_libreoffice
def test_a_pdf_is_dated_by_its_case_and_two_have_different_identities(converted: tuple[Paper, ...]) -> None:
    assert {tuple(re.findall(rb"/CreationDate\(D:(\d+)", paper.content)) for paper in converted} == {
        (b"20200401000000",)
    }
    identities = {re.findall(rb"/ID \[ <(\w{32})>", paper.content)[0] for paper in converted}
    assert len(identities) == len(converted)


@needs_libreoffice
def test_papers_of_the_same_name_are_kept_apart_and_folders_stay(papers: tuple[Paper, ...]) -> None:
    first, second = (Paper(0, "x", f"{case}/01-x.docx", papers[n].content, ()) for n, case in enumerate(("a", "b")))
    made = to_pdf([first, second])
    assert [paper.name for paper in made] == ["a/01-x.pdf", "b/01-x.pdf"]
    assert made[0].content != made[1].content


@needs_libreoffice
def test_a_broken_word_file_is_named_and_not_printed_as_text(papers: tuple[Paper, ...], own_folder: Path) -> None:
    before = left_behind(own_folder)
    with pytest.raises(InputError, match=r"rusak\.docx.*tidak dapat membaca") as raised:
        to_pdf([papers[0], Paper(0, "x", "rusak.docx", b"bukan Word", ())])
    assert len(raised.value.problems) == 1
    assert left_behind(own_folder) <= before


@needs_libreoffice
def test_a_conversion_leaves_nothing_behind(papers: tuple[Paper, ...], own_folder: Path) -> None:
    before = left_behind(own_folder)
    to_pdf(papers[:1])
    assert left_behind(own_folder) <= before


@needs_libreoffice
@pytest.mark.parametrize("limit", [0.3, 1.0])
def test_too_little_time_is_said_and_leaves_nothing_behind(
    papers: tuple[Paper, ...], own_folder: Path, limit: float
) -> None:
    before = left_behind(own_folder)
    with pytest.raises(InputError, match="tidak selesai dalam"):
        to_pdf(papers * 20, limit=limit)
    assert left_behind(own_folder) <= before


@needs_libreoffice
@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")
def test_an_interruption_leaves_nothing_behind(papers: tuple[Paper, ...], own_folder: Path) -> None:
    before = left_behind(own_folder)
    # A shell that starts the tests in the background has them ignore Ctrl-C.
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            to_pdf(papers * 20)
    finally:
        signal.signal(signal.SIGINT, earlier)
    assert left_behind(own_folder) <= before


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_what_libreoffice_started_ends_with_it(
    papers: tuple[Paper, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(tmp_path, monkeypatch, f"sleep 60 &\necho $! > {tmp_path}/child\nwait")
    started = time.monotonic()
    with pytest.raises(InputError, match="tidak selesai dalam 1 detik"):
        to_pdf(papers[:1], limit=1)
    assert time.monotonic() - started < 20
    assert not is_running(int((tmp_path / "child").read_text()))


def test_any_number_of_papers_takes_one_start(
    papers: tuple[Paper, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(
        tmp_path,
        monkeypatch,
        f'echo started >> {tmp_path}/starts\nfor f in *.docx; do echo "%PDF $f" > "${{f%.docx}}.pdf"; done',
    )
    made = to_pdf(papers * 3)
    assert (tmp_path / "starts").read_text() == "started\n"
    assert [paper.content for paper in made] == [b"%%PDF %05d.docx\n" % n for n in range(1, len(made) + 1)]


def test_a_libreoffice_that_makes_nothing_is_an_error_for_every_paper(
    papers: tuple[Paper, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(InputError) as raised:
        to_pdf(papers)
    assert [problem.file for problem in raised.value.problems] == [paper.name for paper in papers]


def test_without_libreoffice_the_package_is_named(
    papers: tuple[Paper, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pbj_rules.documents.pdf._USUAL_PLACES", ())
    with pytest.raises(InputError, match="apt install libreoffice-writer-nogui"):
        find_soffice()
    with pytest.raises(InputError, match="tidak ditemukan di komputer ini"):
        to_pdf(papers)


def test_no_papers_need_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert to_pdf(()) == ()
