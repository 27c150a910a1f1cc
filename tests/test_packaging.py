"""What people install: a source distribution and a wheel that work outside the source tree."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
SOURCES = ("pbj_rules", "rules", "doc_templates", "samples", "setup.cfg", "pyproject.toml", "README.md")


def _run(*command: str | Path, at: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, and the wheel built from it, of a copy of the project."""
    source = tmp_path_factory.mktemp("sumber")
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in SOURCES:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, source / name, ignore=ignored)
        else:
            shutil.copy(HOME / name, source / name)
    _run(sys.executable, "-m", "build", "--outdir", source / "dist", source, at=source)
    return source / "dist"


@pytest.fixture(scope="module")
def pbj(distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of the wheel, installed into an empty environment."""
    environment = tmp_path_factory.mktemp("lingkungan")
    venv.create(environment, with_pip=True)
    folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    _run(folder / "python", "-m", "pip", "install", "--quiet", *distributions.glob("*.whl"), at=environment)
    return folder / "pbj"


def test_the_source_distribution_carries_rules_templates_and_samples(distributions: Path) -> None:
    (archive,) = distributions.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    for folder, pattern in (
        ("rules", "*.yaml"),
        ("rules", "*.txt"),
        ("doc_templates", "*.docx"),
        ("doc_templates", "*.html"),
        ("samples", "*.yaml"),
    ):
        expected = {str(path.relative_to(HOME)) for path in (HOME / folder).rglob(pattern)}
        assert expected <= names


def test_the_installed_command_checks_what_it_carries(pbj: Path, tmp_path: Path) -> None:
    assert "Tidak ada kesalahan." in _run(pbj, "check", at=tmp_path)


def test_the_installed_command_runs_a_sample_of_its_own_and_writes_its_papers(pbj: Path, tmp_path: Path) -> None:
    samples = _run(pbj, "samples", at=tmp_path).split()
    assert len(samples) == len(list((HOME / "samples").rglob("*.yaml")))
    sample = next(path for path in samples if path.endswith("pengadaan-lengkap-konsultansi.yaml"))
    result = json.loads(_run(pbj, "run", sample, "--json", "--final", "--out", "keluaran", at=tmp_path))
    assert result["status"] == "selesai"
    named = {paper["berkas"] for paper in result["dokumen"] if paper["berkas"]}
    assert named == {path.name for path in (tmp_path / "keluaran").iterdir()}
