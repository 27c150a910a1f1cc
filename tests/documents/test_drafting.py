"""The tool that drafts templates from outlines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pbj_rules.documents import check_templates
from tests.documents.reading_word import digest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "draft_template.py"
OUTLINES = sorted((ROOT / "tools" / "kerangka").glob("*.yaml"))


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_draft_is_free_of_faults_and_the_same_every_time(tmp_path: Path) -> None:
    outline = ROOT / "tools" / "kerangka" / "bapp.yaml"
    first, second = tmp_path / "bapp.docx", tmp_path / "lagi" / "bapp.docx"
    second.parent.mkdir()
    assert run(outline, first).returncode == 0
    assert run(outline, second).returncode == 0
    assert first.read_bytes() == second.read_bytes()
    assert check_templates(first) == []


def test_a_template_that_exists_is_not_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "bapp.docx"
    target.write_bytes(b"sudah disunting")
    outline = ROOT / "tools" / "kerangka" / "bapp.yaml"
    refused = run(outline, target)
    assert refused.returncode == 2
    assert "--timpa" in refused.stderr
    assert target.read_bytes() == b"sudah disunting"
    assert run(outline, target, "--timpa").returncode == 0
    assert len(digest(target.read_bytes())) == 64


def test_an_unknown_block_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    outline = tmp_path / "uji.yaml"
    outline.write_text("- tabell: {}\n", encoding="utf-8")
    refused = run(outline, tmp_path / "uji.docx")
    assert refused.returncode != 0
    assert "blok `tabell` tidak dikenal" in refused.stderr
    assert not (tmp_path / "uji.docx").exists()


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda path: path.stem)
def test_every_outline_drafts_a_template_that_linting_accepts(outline: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{outline.stem}.docx"
    assert run(outline, target).returncode == 0
    assert check_templates(target) == []
