"""The program that compares is found, unpacked whole or not at all, and bounded in time."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pbj_rules.documents import comparer
from pbj_rules.documents.comparer import compare, find_comparer
from pbj_rules.errors import InputError, PbjError
from tests.documents.cases import full_case, minimal_case
from tests.documents.conftest import Render

DAY = date(2020, 5, 2)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder in place of the user's own."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    return tmp_path / "pbj-rules" / "pembanding"


class Engine:
    """Stands in for python-redlines: unpacks one small program."""

    def __init__(self, target_path: str) -> None:
        self.extracted_binaries_path = str(Path(target_path) / "redline")
        Path(target_path).mkdir(parents=True, exist_ok=True)
        Path(self.extracted_binaries_path).write_text("program")


def test_it_is_unpacked_once_and_runs_from_there(cache: Path, render: Render) -> None:
    first = find_comparer()
    assert first.is_relative_to(cache)
    stamp = first.stat().st_mtime_ns
    assert find_comparer() == first
    assert first.stat().st_mtime_ns == stamp
    a, b = (render(make("auditor"))[0].content for make in (minimal_case, full_case))
    assert compare(a, b, author="pbj-rules", day=DAY).startswith(b"PK")
    assert [folder.name for folder in cache.iterdir()] == ["2.0.0"]


def test_an_interrupted_unpacking_leaves_nothing_behind(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Engine):
        def __init__(self, target_path: str) -> None:
            super().__init__(target_path)
            raise KeyboardInterrupt

    monkeypatch.setattr("python_redlines.DocxodusEngine", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        find_comparer()
    assert list(cache.iterdir()) == []


def test_another_process_that_was_first_is_no_error(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Second(Engine):
        def __init__(self, target_path: str) -> None:
            super().__init__(target_path)
            if target_path.endswith("baru"):
                Engine(str(cache / "2.0.0"))

    monkeypatch.setattr("python_redlines.DocxodusEngine", Second)
    assert find_comparer() == cache / "2.0.0" / "redline"
    assert [folder.name for folder in cache.iterdir()] == ["2.0.0"]


def test_a_folder_that_cannot_be_made_is_named(cache: Path) -> None:
    cache.parent.write_text("bukan folder")
    with pytest.raises(InputError, match=r"pbj-rules.*tidak dapat disiapkan.*XDG_CACHE_HOME"):
        find_comparer()


@pytest.mark.parametrize("missing", ["python_redlines", "python_redlines_docxodus"])
def test_without_the_extra_the_way_to_install_it_is_said(
    missing: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(InputError, match=r"tidak terpasang.*pip install 'pbj-rules\[redline\]'"):
        find_comparer()
    assert not cache.exists() or list(cache.iterdir()) == []


def test_a_program_that_fails_is_quoted() -> None:
    with pytest.raises(PbjError, match=r"program pembanding gagal: \w"):
        compare(b"bukan", b"Word", author="pbj-rules", day=DAY)


def test_a_program_that_takes_too_long_is_ended(render: Render) -> None:
    a, b = (render(make("auditor"))[0].content for make in (minimal_case, full_case))
    with pytest.raises(PbjError, match="tidak selesai dalam 0 detik"):
        compare(a, b, author="pbj-rules", day=DAY, limit=0.01)


def test_its_environment_needs_no_languages_and_leaves_no_socket(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}
    run = comparer.subprocess.run

    def noted(*command: Any, **options: Any) -> Any:
        asked.update(options)
        return run(*command, **options)

    monkeypatch.setattr(comparer.subprocess, "run", noted)
    a, b = (render(make("auditor"))[0].content for make in (minimal_case, full_case))
    assert compare(a, b, author="pbj-rules", day=DAY)
    assert asked["env"]["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] == "1"
    assert asked["env"]["DOTNET_EnableDiagnostics"] == "0"
    assert not Path(asked["cwd"]).exists()
