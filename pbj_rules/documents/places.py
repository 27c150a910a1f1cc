"""Where the templates and the data contract of this installation lie."""

from __future__ import annotations

from pathlib import Path

from pbj_rules.resources import templates_directory

__all__ = ["contract_file", "template_files"]


def contract_file() -> Path:
    """The declaration of what papers read."""
    return templates_directory() / "isian.yaml"


def template_files(directory: Path | None = None) -> dict[str, Path]:
    """Every template by its document id; they may lie in subfolders.

    ``directory`` may be one template's file. Word's lock files and hidden files do not count.
    """
    root = directory or templates_directory()
    if root.is_file():
        return {root.stem: root}
    return {path.stem: path for path in sorted(root.rglob("*.docx")) if not path.name.startswith(("~", "."))}
