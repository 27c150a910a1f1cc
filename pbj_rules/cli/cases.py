"""Reads the case files that a command line names, all of them before anything is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.shapes import Shape

__all__ = ["read_cases"]


def read_cases(engine: Engine, files: Sequence[str], isian: Shape) -> list[Case]:
    """The cases of the files. Raises InputError with the problems of every file at once."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            cases.append(Case.from_file(file, engine.regulation, isian))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return cases
