"""Papers are written all together or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pbj_rules.documents import Paper, write_papers
from pbj_rules.errors import InputError

PAPERS = (
    Paper(0, "bapp", "01-bapp.docx", b"satu", ()),
    Paper(1, "adendum", "02-adendum.docx", b"dua", ()),
)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_papers_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    files = write_papers(PAPERS, tmp_path / "a" / "b")
    assert [file.name for file in files] == ["01-bapp.docx", "02-adendum.docx"]
    assert tree(tmp_path) == {"a/b/01-bapp.docx": b"satu", "a/b/02-adendum.docx": b"dua"}


def test_a_name_may_begin_with_a_folder(tmp_path: Path) -> None:
    write_papers([Paper(0, "bapp", "kasus-1/01-bapp.docx", b"x", ())], tmp_path)
    assert tree(tmp_path) == {"kasus-1/01-bapp.docx": b"x"}


def test_older_files_of_the_same_names_are_replaced_and_others_kept(tmp_path: Path) -> None:
    (tmp_path / "01-bapp.docx").write_bytes(b"lama")
    (tmp_path / "catatan.txt").write_bytes(b"milik orang")
    write_papers(PAPERS, tmp_path)
    assert tree(tmp_path)["01-bapp.docx"] == b"satu"
    assert tree(tmp_path)["catatan.txt"] == b"milik orang"


def test_no_papers_still_make_the_folder(tmp_path: Path) -> None:
    assert write_papers((), tmp_path / "kosong") == ()
    assert (tmp_path / "kosong").is_dir()


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_while_moving_leaves_the_folder_as_it_was(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "02-adendum.docx").write_bytes(b"lama")
    calls = 0
    replace = os.replace

    def fails(source: Any, destination: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device", str(destination))
        replace(source, destination)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(InputError, match="disk penuh"):
        write_papers(PAPERS, tmp_path)
    assert tree(tmp_path) == {"02-adendum.docx": b"lama"}


def test_a_failure_removes_the_folders_that_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_source: Any, destination: Any) -> None:
        raise OSError(13, "Permission denied", str(destination))

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(InputError, match="tidak ada izin"):
        write_papers(PAPERS, tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(InputError, match="berkas tidak dapat ditulis"):
        write_papers(PAPERS, tmp_path / "berkas")


def test_a_folder_in_place_of_a_file_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "02-adendum.docx").mkdir()
    (tmp_path / "02-adendum.docx" / "isi.txt").write_bytes(b"x")
    with pytest.raises(InputError, match="itu folder"):
        write_papers(PAPERS, tmp_path)
    assert tree(tmp_path) == {"02-adendum.docx/isi.txt": b"x"}
