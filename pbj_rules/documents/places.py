"""Where the templates, their blocks and the data contract of this installation lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pbj_rules.resources import BLOCKS, template_paths, templates_directory

__all__ = ["blocks_folder", "contract_file", "template_files"]


CONTRACT: Final = "isian.yaml"
_ABOVE: Final = 3  # folders above a template in which what it needs is looked for


def contract_file(templates: Path | None = None) -> Path:
    """The declaration of what papers read: in a folder of templates, or of one, or above it; else the shipped one."""
    if templates is not None:
        home = templates if templates.is_dir() else templates.parent
        for folder in (home, *home.resolve().parents[: _ABOVE - 1]):
            if (folder / CONTRACT).is_file():
                return folder / CONTRACT
    return templates_directory() / CONTRACT


def template_files(directory: Path | None = None) -> dict[str, Path]:
    """Every template by its document id; they may lie in subfolders.

    ``directory`` may be one template's file. Word's lock files, hidden files and shared blocks do not count.
    """
    root = directory or templates_directory()
    return {root.stem: root} if root.is_file() else template_paths(root)


def blocks_folder(template: Path) -> Path:
    """The folder of the blocks that a template uses: beside it or above it, else the shipped one."""
    for folder in (template.parent, *template.resolve().parents[:_ABOVE]):
        if (folder / BLOCKS).is_dir():
            return folder / BLOCKS
    return templates_directory() / BLOCKS
