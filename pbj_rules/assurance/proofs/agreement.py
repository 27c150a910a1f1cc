"""Two ways to the same answer, which must agree: the solver's proof and the proof by trying every value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from pbj_rules.assurance.proofs.domains import Assignment
from pbj_rules.assurance.proofs.enumerating import holds
from pbj_rules.errors import PbjError
from pbj_rules.language.tree import Condition, Symbol

__all__ = ["Agreement", "DisagreementError", "Solver"]


class Solver(Protocol):
    """Answers questions about conditions."""

    def solve(self, trees: Collection[Condition]) -> Assignment | None:
        """Values under which all conditions hold; None is a proof that there are none."""

    def always_answerable(self, tree: Condition, given: Collection[Symbol]) -> bool:
        """Whether, whatever the ``given`` names are, the others have values under which the condition holds."""


class DisagreementError(PbjError):
    """The tools of proof contradict each other: a defect of this program, so nothing is proved."""


class Agreement:
    """Asks every solver and gives the first one's answer, once all agree."""

    def __init__(self, solvers: Iterable[Solver]) -> None:
        self.solvers = tuple(solvers)
        self.asked = 0
        self._known: dict[tuple[Condition, ...], Assignment | None] = {}

    def solve(self, trees: Collection[Condition]) -> Assignment | None:
        """Values under which all conditions hold, which every solver's values were seen to do; or None."""
        question = tuple(trees)
        if question not in self._known:
            self.asked += 1
            answers = [solver.solve(question) for solver in self.solvers]
            wrong = any(answer is not None and not holds(question, answer) for answer in answers)
            if wrong or len({answer is None for answer in answers}) > 1:
                raise _disagreement()
            self._known[question] = answers[0]
        return self._known[question]

    def always_answerable(self, tree: Condition, given: Collection[Symbol]) -> bool:
        """Whether the others can always make the condition hold, as every solver says."""
        self.asked += 1
        answers = {solver.always_answerable(tree, given) for solver in self.solvers}
        if len(answers) > 1:
            raise _disagreement()
        return answers.pop()


def _disagreement() -> DisagreementError:
    return DisagreementError(
        "kesalahan dalam program: z3 dan pencacahan tidak sependapat, jadi tidak ada yang terbukti. "
        "Laporkan beserta folder aturannya."
    )
