"""Reads the case files that a command line names, all of them before anything is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.shapes import Lazy, Shape

__all__ = ["read_case", "read_cases"]


def read_cases(engine: Engine, files: Sequence[str]) -> list[Case]:
    """The cases of the files. Raises InputError with the problems of every file at once."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            cases.append(read_case(engine, file))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return cases


def read_case(engine: Engine, file: str, isian: Shape | None = None) -> Case:
    """The case of a file, with what it adds for papers checked too: as ``isian``, or as the shipped contract says."""
    return Case.from_file(file, engine.regulation, isian or Lazy(_isian_shape), engine.regulations)


def _isian_shape() -> Shape:
    from pbj_rules.documents import isian_shape  # the papers are needed only where a case adds to them

    return isian_shape()
