"""Where the shipped rules, templates and samples are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = [
    "BLOCKS",
    "DEFAULT_REGULATION",
    "default_profile",
    "regulation_directories",
    "rules_directory",
    "samples_directory",
    "sheets_directory",
    "template_paths",
    "templates_directory",
]

# The folder, beside the templates, of the blocks that they share.
BLOCKS: Final = "blok"
# And of sheets about papers, which no document id names.
SHEETS: Final = "lembar"
DEFAULT_REGULATION: Final = "perbup-balangan-21-2020"

_PACKAGE: Final = Path(__file__).resolve().parent


def _directory(name: str) -> Path:
    inside = _PACKAGE / "data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def rules_directory() -> Path:
    """The folder that holds one folder a regulation."""
    return _directory("rules")


def regulation_directories() -> tuple[Path, ...]:
    """The folders of the shipped regulations, the default one first."""
    home = rules_directory()
    found = sorted(file.parent for name in ("regulasi.yaml", "lapisan.yaml") for file in home.glob(f"*/{name}"))
    return (home / DEFAULT_REGULATION, *(folder for folder in found if folder.name != DEFAULT_REGULATION))


def templates_directory() -> Path:
    """The folder of the Word templates, their fields and the office profiles."""
    return _directory("doc_templates")


def sheets_directory() -> Path:
    """The folder of the templates of sheets that are about papers, not papers themselves."""
    return templates_directory() / SHEETS


def template_paths(directory: Path) -> dict[str, Path]:
    """The templates of a folder and its subfolders, by document id."""
    return {
        path.stem: path
        for path in sorted(directory.rglob("*.docx"))
        if not path.name.startswith(("~", ".")) and path.parent.name not in (BLOCKS, SHEETS)
    }


def samples_directory() -> Path:
    """The folder of the sample cases."""
    return _directory("samples")


def default_profile() -> Path:
    """The shipped office profile: a fictitious office whose people are roles."""
    return templates_directory() / "profil" / "contoh.yaml"
