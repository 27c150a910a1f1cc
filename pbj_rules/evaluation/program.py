"""The production rules of a walk, derived from the regulation; both evaluators run these.

A walk moves one token. The token stands at a *stage* and carries the row's visit number, the status so
far and the row that called the SOP. A rule names the stage that it fires at, what it needs, its
condition, and the stage that the token moves to:

========  ====================================================================================
stage     meaning
========  ====================================================================================
di        the token has arrived at a row
tahap     the row's next decision or call is due (``number`` counts from 1)
usai      the row is done; its papers follow, then the next row
akhir     the SOP is over; a called one hands the token back to its caller
========  ====================================================================================
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from attrs import field, frozen

from pbj_rules.language.tree import Condition, Exists, Not, Source, Symbol, symbols_of
from pbj_rules.regulation.model import Branch, Call, Decision, Fact, Regulation, Row, RowDocument, Sop

__all__ = ["FINISHED", "Program", "Rule", "RuleKind", "Stage", "program_for"]

FINISHED = "selesai"


class RuleKind(enum.Enum):
    """What a rule concludes; the order is the order of firing at one stage. The value is the trace's ``jenis``."""

    DERIVE = "turunan"
    DECIDE = "keputusan"
    CALL = "panggil"
    SKIP = "lewati"
    RETURN = "kembali"
    ABORT = "putus"
    DOCUMENT = "dokumen"
    MOVE = "lanjut"
    END = "akhir"


@frozen
class Stage:
    """Where the token stands: ``kind`` is di, tahap, usai or akhir; ``name`` a row id or, for akhir, a SOP id."""

    kind: str
    name: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" + (f"#{self.number}" if self.number else "")


@frozen(eq=False)
class Rule:
    """One production rule.

    ``needs``: the names that must have a value before the rule can fire. ``target``: the stage that the
    token moves to (None: it stays, or goes where the branch that fired said). ``caller``: for RETURN and
    ABORT, the call that ended; for CALL, the call that begins.
    """

    id: str
    kind: RuleKind
    stage: Stage
    row: Row
    condition: Condition | None = None
    needs: tuple[Symbol, ...] = ()
    target: Stage | None = None
    caller: str = ""
    status: str | None = None
    decision: Decision | None = None
    branch: Branch | None = None
    document: RowDocument | None = None
    fact: Fact | None = None
    call: Call | None = None

    @property
    def names(self) -> tuple[Symbol, ...]:
        """Every name that the rule reads, but for the columns of an element."""
        return tuple(symbol for symbol in self._read() if symbol.source is not Source.ELEMENT)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of elements that the rule reads."""
        return tuple(symbol.name.partition(".")[2] for symbol in self._read() if symbol.source is Source.ELEMENT)

    def _read(self) -> tuple[Symbol, ...]:
        terms = self.branch.hasil.values() if self.branch is not None else ()
        trees = (*((self.condition,) if self.condition is not None else ()), *terms)
        return tuple(dict.fromkeys((*self.needs, *(symbol for tree in trees for symbol in symbols_of(tree)))))


@frozen(eq=False)
class Program:
    """The rules of every walk that starts at ``start``, and the facts that can be asked for on it."""

    regulation: Regulation
    start: Sop
    sops: tuple[Sop, ...]
    rules: tuple[Rule, ...]
    rules_at: dict[str, tuple[Rule, ...]] = field(init=False, repr=False)
    decision_at: dict[str, Decision] = field(init=False, repr=False)
    symbols: tuple[Symbol, ...] = field(init=False, repr=False)
    collections: dict[str, tuple[str, ...]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        at: dict[str, list[Rule]] = {}
        for rule in self.rules:
            at.setdefault(str(rule.stage), []).append(rule)
        object.__setattr__(self, "rules_at", {stage: tuple(rules) for stage, rules in at.items()})
        object.__setattr__(
            self, "decision_at", {str(rule.stage): rule.decision for rule in self.rules if rule.decision}
        )
        object.__setattr__(
            self, "symbols", tuple(dict.fromkeys(symbol for rule in self.rules for symbol in rule.names))
        )
        columns: dict[str, dict[str, None]] = {}
        for rule in self.rules:
            if rule.fact is not None and rule.fact.turunan is not None:
                columns.setdefault(rule.fact.turunan.collection, {}).update(dict.fromkeys(rule.columns))
        object.__setattr__(self, "collections", {name: tuple(used) for name, used in columns.items()})


def program_for(regulation: Regulation, sop_id: str) -> Program:
    """The program of walks from the first row of ``sop_id``, with the SOPs that it calls."""
    start = regulation.sop[sop_id]
    called = [call.sop for row in start.baris.values() for call in row.panggil]
    sops = (start, *(regulation.sop[name] for name in dict.fromkeys(called)))
    rules = tuple(rule for sop in sops for row in sop.baris.values() for rule in _row_rules(regulation, sop, row))
    return Program(regulation, start, sops, rules)


def _row_rules(regulation: Regulation, sop: Sop, row: Row) -> Iterator[Rule]:
    arrived, done = Stage("di", row.id), Stage("usai", row.id)
    if row.keputusan:
        stages = [arrived, *(Stage("tahap", row.id, n) for n in range(1, len(row.keputusan))), done]
        for number, decision in enumerate(row.keputusan):
            yield from _decision_rules(regulation, row, decision, stages[number], stages[number + 1])
    elif row.panggil:
        stages = [arrived, *(Stage("tahap", row.id, n) for n in range(1, len(row.panggil))), done]
        for number, call in enumerate(row.panggil):
            yield from _call_rules(regulation, sop, row, call, stages[number], stages[number + 1], number)
    else:
        done = arrived
    for paper in row.dokumen:
        yield Rule(f"{row.id}:dokumen:{paper.id}", RuleKind.DOCUMENT, done, row, paper.jika, document=paper)
    if row.keputusan:
        yield Rule(f"{row.id}:lanjut", RuleKind.MOVE, done, row, status=row.status)
    elif row.lanjut is not None:
        yield Rule(
            f"{row.id}:lanjut", RuleKind.MOVE, done, row, target=Stage("di", row.lanjut.baris), status=row.status
        )
    else:
        yield Rule(f"{row.id}:akhir", RuleKind.END, done, row, target=Stage("akhir", sop.id), status=row.status)


def _decision_rules(
    regulation: Regulation, row: Row, decision: Decision, at: Stage, following: Stage
) -> Iterator[Rule]:
    needs = tuple(symbol for symbol in decision.fakta if symbol.wajib)
    for symbol in needs:
        fact = regulation.fakta.get(symbol.name)
        if fact is not None and fact.turunan is not None:
            yield from _derivation_rules(row, fact, fact.turunan, at)
    for branch in decision.cabang:
        yield Rule(
            branch.aturan,
            RuleKind.DECIDE,
            at,
            row,
            branch.jika,
            _with_settings(needs, branch),
            following,
            status=branch.status,
            decision=decision,
            branch=branch,
        )


def _with_settings(needs: tuple[Symbol, ...], branch: Branch) -> tuple[Symbol, ...]:
    """The decision's facts and whatever else the branch itself refers to (parameters, the day)."""
    used = [*symbols_of(branch.jika), *(symbol for term in branch.hasil.values() for symbol in symbols_of(term))]
    return tuple(dict.fromkeys((*needs, *(s for s in used if s.wajib and s.source is not Source.ELEMENT))))


def _derivation_rules(row: Row, fact: Fact, exists: Exists, at: Stage) -> Iterator[Rule]:
    for suffix, condition in (("ya", exists), ("tidak", Not(exists))):
        yield Rule(
            f"{row.id}:turunan:{fact.id}:{suffix}",
            RuleKind.DERIVE,
            at,
            row,
            condition,
            fact.needed_to_derive,
            fact=fact,
        )


def _call_rules(
    regulation: Regulation, sop: Sop, row: Row, call: Call, at: Stage, following: Stage, number: int
) -> Iterator[Rule]:
    called = regulation.sop[call.sop]
    name = f"{row.id}#{number}"
    yield Rule(
        f"{row.id}:panggil:{called.id}",
        RuleKind.CALL,
        at,
        row,
        call.jika,
        target=Stage("di", called.first.id),
        caller=name,
        call=call,
    )
    if call.jika is not None:
        yield Rule(f"{row.id}:lewati:{called.id}", RuleKind.SKIP, at, row, Not(call.jika), target=following, call=call)
    over = Stage("akhir", called.id)
    yield Rule(f"{row.id}:kembali:{called.id}", RuleKind.RETURN, over, row, target=following, caller=name, call=call)
    closing = sop.closing
    beyond = Stage("di", closing.id) if closing is not None else Stage("akhir", sop.id)
    yield Rule(f"{row.id}:putus:{called.id}", RuleKind.ABORT, over, row, target=beyond, caller=name, call=call)
