"""Stretches of a walk on which there is nothing to decide, prepared once a program.

Most rows of an SOP only lead to the next one. What fires there is the same for every case, so the
firings are made beforehand, and a walk takes a whole stretch at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from pbj_rules.evaluation.program import Program, Rule, RuleKind
from pbj_rules.evaluation.trace import Firing

__all__ = ["Stretch", "stretches_of"]

_FREE = frozenset({RuleKind.DOCUMENT, RuleKind.MOVE, RuleKind.END})


@frozen(eq=False)
class Stretch:
    """Rules that fire one after the other, whatever the case says.

    ``arrivals``: the stages of rows arrived at on the way. ``end``: the stage where it ends. ``status``: the
    status that it sets, or None. ``firings``: the record, where every row on the way is visited for the first time.
    """

    rules: tuple[tuple[Rule, Mapping[str, Any]], ...]
    arrivals: tuple[str, ...]
    end: str
    status: str | None
    firings: tuple[Firing, ...] = field(init=False)
    first_visits: Mapping[str, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "firings", tuple(Firing(rule, 1, {}, results) for rule, results in self.rules))
        object.__setattr__(self, "first_visits", dict.fromkeys(self.arrivals, 1))


def stretches_of(program: Program) -> dict[tuple[str, str], Stretch]:
    """Every stretch, by the stage where it starts and the row that a decision there sent the token to, or ""."""
    found = {}
    for stage, following in _starts(program):
        stretch = _stretch(program, stage, following)
        if stretch.rules:
            found[stage, following] = stretch
    return found


def _starts(program: Program) -> Iterator[tuple[str, str]]:
    for stage, rules in program.rules_at.items():
        row = rules[0].row
        if not stage.startswith("usai:"):
            yield stage, ""
        elif row.keputusan:
            yield from ((stage, branch.lanjut) for branch in row.keputusan[-1].cabang)
        else:
            yield stage, ""


def _stretch(program: Program, stage: str, following: str) -> Stretch:
    rules: list[tuple[Rule, Mapping[str, Any]]] = []
    arrivals: list[str] = []
    status: str | None = None
    while _is_free(program, stage, following) and stage not in arrivals[:-1]:
        *papers, moving = program.rules_at[stage]
        rules.extend((paper, {}) for paper in papers)
        rules.append((moving, {} if moving.target is not None else {"baris": following}))
        status = moving.status or status
        stage = str(moving.target) if moving.target is not None else f"di:{following}"
        following = ""
        if stage.startswith("di:"):
            arrivals.append(stage)
    return Stretch(tuple(rules), tuple(arrivals), stage, status)


def _is_free(program: Program, stage: str, following: str) -> bool:
    """Whether every rule of a stage fires unasked, and the last one moves the token on."""
    rules = program.rules_at.get(stage, ())
    if not rules or any(rule.kind not in _FREE or rule.condition is not None for rule in rules):
        return False
    moving = rules[-1]
    return moving.kind is not RuleKind.DOCUMENT and (moving.target is not None or bool(following))
