"""Which rules a command reads: the shipped regulation, another shipped one by its id, or those of a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from pbj_rules.cli.arguments import UsageError
from pbj_rules.errors import InputError, Problem
from pbj_rules.regulation.rule_file import LAYER_NAME
from pbj_rules.resources import regulation_directories
from pbj_rules.shapes import nearest

__all__ = ["chosen_rules", "holds_rules", "rules_of"]

_FILES: Final = ("regulasi.yaml", LAYER_NAME)


def chosen_rules(options: argparse.Namespace) -> Path:
    """The folder that ``--rules`` or ``--regulasi`` names; the default regulation's where neither is given."""
    if options.rules is not None and options.regulasi is not None:
        raise UsageError("pilih satu: --rules FOLDER, atau --regulasi ID untuk peraturan bawaan")
    if options.rules is not None:
        return rules_of(options.rules)
    first, *others = regulation_directories()
    shipped = {folder.name: folder for folder in (first, *others)}
    if options.regulasi is None:
        return first
    if options.regulasi not in shipped:
        expected = "salah satu dari " + ", ".join(shipped)
        remedy = nearest(options.regulasi, shipped)
        raise InputError([Problem(f"peraturan `{options.regulasi}` tidak dikenal", expected=expected, remedy=remedy)])
    return shipped[options.regulasi]


def rules_of(name: str) -> Path:
    """The folder of that name. Raises InputError unless it holds a regulation or a layer."""
    if not holds_rules(name):
        message = f"ini bukan folder aturan: tidak memuat {' atau '.join(_FILES)}"
        remedy = "sebutkan folder satu peraturan, mis. rules/perbup-balangan-21-2020"
        raise InputError([Problem(message, name, remedy=remedy)])
    return Path(name)


def holds_rules(name: str) -> bool:
    """Whether the folder is that of a regulation or of a layer."""
    return any((Path(name) / file).is_file() for file in _FILES)
