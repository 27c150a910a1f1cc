"""Writes cases as the files that the project reads; apart from reading, which most commands need alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from pbj_rules.writing import write_files

__all__ = ["case_text", "write_cases"]


class _Dumper(yaml.SafeDumper):
    """Writes YAML as the project reads it: a text that could be a number in any version of YAML is quoted."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    style = "'" if text[:1] in "+-.0123456789" and text and not is_day else None
    tag = "tag:yaml.org,2002:timestamp" if is_day else "tag:yaml.org,2002:str"
    return dumper.represent_scalar(tag, text, style=style)


_Dumper.add_representer(str, _text)


def case_text(case: Mapping[str, Any]) -> str:
    """A case as the text of a YAML file."""
    return yaml.dump(dict(case), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def write_cases(cases: Iterable[tuple[str, Mapping[str, Any]]], folder: Path) -> None:
    """Writes each case into the folder, under its name; before it, as a comment, what it shows (may be empty)."""
    files = []
    for shows, case in cases:
        comment = f"# {shows}\n" if shows else ""
        files.append((folder / f"{case['kasus']}.yaml", (comment + case_text(case)).encode()))
    write_files(files, folder=folder)
