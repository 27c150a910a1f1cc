"""``pbj check``: checks the shipped rules, templates and profile, or the files that are named."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pbj_rules.cli.cases import read_case
from pbj_rules.cli.rules import holds_rules, rules_of
from pbj_rules.cli.screen import screen
from pbj_rules.documents import Office, check_templates
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Regulation
from pbj_rules.regulation.override import Override
from pbj_rules.regulation.quotes import quote_problems
from pbj_rules.resources import default_profile, regulation_directories, template_paths, templates_directory

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Checks everything before it reports; raises InputError with all problems found."""
    console = screen()
    if options.files:
        _check_named(options.files, console)
    else:
        _check_shipped(console)
    console.print("Tidak ada kesalahan.", style="bold green")
    return 0


def _check_shipped(console: Console) -> None:
    checked = [_check_rules(directory) for directory in regulation_directories()]
    problems = [problem for _, found in checked for problem in found]
    problems += check_templates(templates_directory())
    try:
        Office.from_file(default_profile())
    except InputError as error:
        problems += error.problems
    if problems:
        # Templates and profile both read the data contract, and both tell what is wrong with it.
        raise InputError(dict.fromkeys(problems))
    for regulation, _ in checked:
        console.print(_summary(regulation))
    console.print(f"{len(template_paths(templates_directory()))} templat naskah, 1 profil kantor")


def _check_rules(directory: Path) -> tuple[Regulation, list[Problem]]:
    """The regulation of a folder and what is wrong with its quotations. Raises PbjError if it cannot be run."""
    regulation = load_regulation(directory)
    engine = Engine(regulation)
    for sop in regulation.sop:
        engine.evaluator.prepare(engine.program(sop))
    return regulation, quote_problems(regulation, directory)


def _summary(regulation: Regulation) -> str:
    rows = list(regulation.rows())
    decisions = [decision for row in rows for decision in row.keputusan]
    branches = [branch for decision in decisions for branch in decision.cabang]
    read = sum(branch.citation.dasar.value == "tafsir" for branch in branches)
    departs = list(regulation.pengecualian.values())
    over = f"; {len(departs)} pengecualian, {_unverified(departs)} belum diverifikasi" if departs else ""
    return (
        f"{regulation.id}: {len(regulation.sop)} SOP, {len(rows)} baris, {len(decisions)} keputusan, "
        f"{len(branches)} cabang ({read} tafsir), {len(regulation.anomali)} anomali, "
        f"{len(regulation.dokumen)} dokumen{over}"
    )


def _unverified(overrides: list[Override]) -> int:
    return sum(not override.terverifikasi for override in overrides)


def _holds_templates(name: str) -> bool:
    """A folder of Word templates, with their blocks or of blocks alone."""
    is_folder = bool(name) and os.path.isdir(name)
    return is_folder and not holds_rules(name) and any(Path(name).glob("*.docx"))


def _check_named(names: list[str], console: Console) -> None:
    engine = Engine.default()
    problems: list[Problem] = []
    for name in names:
        try:
            if _holds_templates(name):
                problems += check_templates(Path(name))
            elif name and os.path.isdir(name):
                regulation, found = _check_rules(rules_of(name))
                problems += found
                console.print(_summary(regulation))
            elif name.lower().endswith(".docx"):
                problems += check_templates(Path(name))
            else:
                case = read_case(engine, name)
                console.print(Text(f"{name}: kasus `{case.kasus}` dapat dievaluasi"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
