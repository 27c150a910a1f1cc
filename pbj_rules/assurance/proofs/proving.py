"""Proves that the rules leave nothing open: every decision has exactly one answer, every row is reached, every
path can end. What is not so comes with a case that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from pbj_rules.assurance.proofs.agreement import Agreement, Solver
from pbj_rules.assurance.proofs.domains import equals, names_of
from pbj_rules.assurance.proofs.enumerating import Enumeration
from pbj_rules.assurance.proofs.proof import Gap, Literal, Overlap, Proof, Trap, Unreachable
from pbj_rules.assurance.proofs.witnesses import Witnesses
from pbj_rules.errors import Problem
from pbj_rules.language.tree import And, Condition, Not, Or, Source, Symbol
from pbj_rules.regulation.flow import successors
from pbj_rules.regulation.model import Decision, LiteralBranch, Regulation, Row, Sop

__all__ = ["Prover", "prove"]


def prove(regulation: Regulation, problems: Iterable[Problem], solvers: Iterable[Solver]) -> Proof:
    """The proof for a regulation that was surveyed with ``problems``.

    ``solvers`` answer beside the enumeration; a contradiction between any of them is a DisagreementError.
    """
    return Prover(regulation, (Enumeration(regulation), *solvers)).prove(tuple(problems))


class Prover:
    """Asks every question of a regulation, of one decision at a time or of all."""

    def __init__(self, regulation: Regulation, solvers: Iterable[Solver]) -> None:
        self.regulation = regulation
        self.agreed = Agreement(solvers)
        self.witnesses = Witnesses(regulation, self.agreed)

    def prove(self, problems: tuple[Problem, ...]) -> Proof:
        """The whole proof."""
        decisions = [
            (row, number, decision)
            for row in self.regulation.rows()
            for number, decision in enumerate(row.keputusan)
            if all(branch.jika is not None for branch in decision.cabang)  # else a problem of loading says so
        ]
        gaps = tuple(chain.from_iterable(self.gaps(*place) for place in decisions))
        overlaps = tuple(chain.from_iterable(self.overlaps(*place) for place in decisions))
        unreachable = (*self.unreached_rows(), *chain.from_iterable(self.dead_branches(*place) for place in decisions))
        traps = tuple(chain.from_iterable(self.traps(sop) for sop in self.regulation.sop.values()))
        literal = tuple(chain.from_iterable(self.literal(*place) for place in decisions))
        return Proof(
            len(decisions),
            len(list(self.regulation.rows())),
            self.agreed.asked,
            gaps,
            overlaps,
            unreachable,
            traps,
            literal,
            (*problems, *chain.from_iterable(self.same_wording(*place) for place in decisions)),
        )

    def gaps(self, row: Row, number: int, decision: Decision) -> Iterator[Gap]:
        """The gap of a decision, if it has one."""
        open_to = tuple(Not(branch.jika) for branch in decision.cabang)
        if self.agreed.solve(open_to) is not None:
            yield Gap(row, decision, self.witnesses.case("celah", row, number, open_to))

    def overlaps(self, row: Row, number: int, decision: Decision) -> Iterator[Overlap]:
        """The overlaps of a decision, pair by pair."""
        for one, other in combinations(decision.cabang, 2):
            both = (one.jika, other.jika)
            if self.agreed.solve(both) is not None:
                case = self.witnesses.case("tumpang-tindih", row, number, both)
                yield Overlap(row, decision, (one.aturan, other.aturan), case)

    def dead_branches(self, row: Row, _number: int, decision: Decision) -> Iterator[Unreachable]:
        """The branches that no values make hold."""
        for branch in decision.cabang:
            if self.agreed.solve((branch.jika,)) is None:
                yield Unreachable(row, branch.aturan)

    def literal(self, row: Row, number: int, decision: Decision) -> Iterator[Literal]:
        """What the wording of a decision leaves open or says twice, for each way in which it was read."""
        wording = decision.harfiah
        if wording is None:
            return
        open_to = tuple(Not(branch.jika) for branch in wording.cabang)
        questions: list[tuple[tuple[LiteralBranch, ...], tuple[Condition, ...]]] = [((), open_to)]
        questions += [((one, other), (one.jika, other.jika)) for one, other in combinations(wording.cabang, 2)]
        for branches, question in questions:
            for reading in decision.cabang:
                if self.agreed.solve((*question, reading.jika)) is not None:
                    case = self.witnesses.case("harfiah", row, number, (*question, reading.jika))
                    values = tuple(branch.nilai for branch in branches)
                    yield Literal(row, decision, values, reading.nilai, self.is_only_one(question), case)

    def same_wording(self, row: Row, _number: int, decision: Decision) -> Iterator[Problem]:
        """A wording that gives what the branches give, everywhere: it is there to differ, so one of both is wrong."""
        if decision.harfiah is None:
            return
        wording = decision.harfiah.cabang
        differing = [(one.jika, other.jika) for one in wording for other in decision.cabang if one.nilai != other.nilai]
        nothing_said = tuple(Not(branch.jika) for branch in wording)
        if all(self.agreed.solve(question) is None for question in (nothing_said, *differing)):
            yield Problem(
                f"`harfiah` keputusan `{decision.id}` sama dengan cabangnya untuk semua nilai",
                row.file,
                row.line,
                f"baris {row.id}",
                "bunyi teks yang berbeda dari bacaannya",
                "periksa syarat keduanya, atau hapus `harfiah`",
            )

    def is_only_one(self, question: tuple[Condition, ...]) -> bool:
        """Whether, with the regulation's own settings, the question has one answer and no other."""
        names = names_of(question)
        own = {name: self.regulation.parameter[name.name].nilai for name in names if name.source is Source.PARAMETER}
        settings = [equals(name, value) for name, value in own.items()]
        first = self.agreed.solve((*question, *settings))
        if first is None:
            return False
        again = Not(And(tuple(equals(name, first[name]) for name in names)))
        return self.agreed.solve((*question, *settings, again)) is None

    def unreached_rows(self) -> Iterator[Unreachable]:
        """The rows that no case comes to."""
        for row in self.regulation.rows():
            if self.witnesses.values(row, 0, ()) is None:
                yield Unreachable(row, None)

    def traps(self, sop: Sop) -> Iterator[Trap]:
        """The rows that cannot be left towards the end, found backwards from the end."""
        ends = {row.id for row in sop.baris.values() if not successors(row)}
        nowhere = {target for row in sop.baris.values() for target in successors(row) if not self.exists(target)}
        leading = ends | nowhere  # a target that does not exist is told by loading, once
        waiting = [row for row in sop.baris.values() if row.id not in leading]
        while found := [row for row in waiting if self.leads_to(row, leading)]:
            leading.update(row.id for row in found)
            waiting = [row for row in waiting if row not in found]
        for row in waiting:
            assignment = self.witnesses.values(row, 0, ())
            if assignment is not None:
                yield Trap(row, self.witnesses.named(f"buntu-{row.id.replace('/', '-')}", row, assignment))

    def leads_to(self, row: Row, rows: set[str]) -> bool:
        """Whether some answer leads from the row to one of ``rows``, whatever else the case says."""
        if not row.keputusan:
            return any(target in rows for target in successors(row))
        branches = row.keputusan[-1].cabang
        if all(branch.lanjut in rows for branch in branches):
            return True  # whichever of them holds; that one does is a question of its own
        ahead = [branch.jika for branch in branches if branch.lanjut in rows and branch.jika is not None]
        if not ahead:
            return False
        tree = ahead[0] if len(ahead) == 1 else Or(tuple(ahead))
        return self.agreed.always_answerable(tree, [name for name in names_of((tree,)) if not self.is_answered(name)])

    def exists(self, row_id: str) -> bool:
        """Whether there is such a row."""
        sop, _, label = row_id.partition("/")
        return label in self.regulation.sop[sop].baris

    def is_answered(self, name: Symbol) -> bool:
        """Whether the name has another value at another visit, if a person gives one."""
        return name.source is Source.ANSWER and self.regulation.fakta[name.name].turunan is None
