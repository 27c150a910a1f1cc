"""Where the templates, the data contract and the sample office of this installation lie."""

from __future__ import annotations

from pathlib import Path
from pbj_rules.resources import templates_directory

__all__ = ["contract_file", "sample_office_file", "template_files"]


def contract_file() -> Path:
    """The declaration of what papers read."""
    return templates_directory() / "isian.yaml"


def sample_office_file() -> Path:
    """The profile of the fictitious office."""
    return templates_directory() / "profil" / "contoh.yaml"


def template_files(directory: Path | None = None) -> dict[str, Path]:
    """Every template by its document id; they may lie in subfolders, Word's lock files do not count."""
    root = directory or templates_directory()
    return {
        path.stem: path
        for path in sorted(root.rglob("*.docx"))
        if not path.name.startswith(("~", "."))
    }
