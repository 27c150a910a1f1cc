"""Copies of the shipped rules in which one thing is changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from pbj_rules.regulation.model import Branch, Decision, Regulation, Row
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory

SHIPPED = rules_directory() / DEFAULT_REGULATION


def spoilt(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """A copy of the rules in ``folder``, with words of one file replaced where they first stand."""
    rules = Path(shutil.copytree(SHIPPED, folder))
    text = (rules / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file} no longer holds {old!r}"
        text = text.replace(old, new, 1)
    (rules / file).write_text(text, encoding="utf-8")
    return rules


def with_branches(regulation: Regulation, row: Row, number: int, branches: Iterable[Branch]) -> Regulation:
    """The regulation with other branches in one decision."""
    decision = evolve(row.keputusan[number], cabang=tuple(branches))
    decisions = (*row.keputusan[:number], decision, *row.keputusan[number + 1 :])
    sop = regulation.sop[row.id.partition("/")[0]]
    sop = evolve(sop, baris={**sop.baris, row.label: evolve(row, keputusan=decisions)})
    return evolve(regulation, sop={**regulation.sop, sop.id: sop})


def decisions_of(regulation: Regulation) -> list[tuple[Row, int, Decision]]:
    return [(row, number, it) for row in regulation.rows() for number, it in enumerate(row.keputusan)]
