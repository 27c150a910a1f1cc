"""What the rules concluded up to the row that produces a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from pbj_rules.result import Keputusan, Result

__all__ = ["Conclusions", "conclusions_at"]


@frozen
class Conclusions:
    """Decisions by id with the facts, parameters and outcomes they rest on; the latest one counts.

    ``standing``: the decisions themselves.
    """

    standing: Mapping[str, Keputusan]
    decisions: Mapping[str, str]
    facts: Mapping[str, Any]
    parameters: Mapping[str, Any]
    outcomes: Mapping[str, Any]


def conclusions_at(result: Result, row: str, visit: int) -> Conclusions:
    """The conclusions that stood when the walk was at ``row`` for the ``visit``-th time.

    A paper of the first round of a loop must not cite what a later round decided.
    """
    path = list(result.jalur)
    here = _position(path, row, visit)
    rounds: dict[tuple[str, str], int] = {}
    standing: dict[str, Keputusan] = {}
    decisions: dict[str, str] = {}
    facts: dict[str, Any] = {}
    parameters: dict[str, Any] = {}
    outcomes: dict[str, Any] = {}
    for decision in result.keputusan:
        key = (decision.baris, decision.id)
        rounds[key] = rounds.get(key, 0) + 1
        if _position(path, decision.baris, rounds[key]) > here:
            continue
        standing[decision.id] = decision
        decisions[decision.id] = decision.nilai
        facts |= {name: _day_or_itself(value) for name, value in decision.fakta.items()}
        parameters |= decision.parameter
        outcomes |= {name: _day_or_itself(value) for name, value in decision.hasil.items()}
    return Conclusions(standing, decisions, facts, parameters, outcomes)


def _day_or_itself(value: Any) -> Any:
    """A result says days as ISO text; papers write them out, so here they are days again."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    return value


def _position(path: list[str], row: str, visit: int) -> int:
    """Where the ``visit``-th visit of ``row`` stands in the path."""
    at = -1
    for _ in range(visit):
        try:
            at = path.index(row, at + 1)
        except ValueError:
            return at
    return at
