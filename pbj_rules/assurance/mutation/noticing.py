"""Tests the scenarios: a regulation that is altered in any one place should make one of them turn out otherwise."""

from __future__ import annotations

from collections import Counter
from typing import Final

from attrs import field, frozen

from pbj_rules.assurance.mutation.mutants import Mutant, mutants
from pbj_rules.assurance.mutation.scenarios import Scenarios
from pbj_rules.assurance.proofs.enumerating import Enumeration
from pbj_rules.language.tree import Not
from pbj_rules.regulation.model import Regulation

__all__ = ["ENOUGH", "Mutation", "Survivor", "mutate"]

ENOUGH: Final = 98  # percent


@frozen
class Survivor:
    """An altered regulation under which every scenario gives the accepted result. ``alasan``: why, if it is known."""

    mutant: Mutant
    alasan: str


@frozen
class Mutation:
    """How many mutants of each sort there were, and how many the scenarios noticed."""

    mutan: Counter[str] = field(factory=Counter)
    dikenali: Counter[str] = field(factory=Counter)
    selamat: list[Survivor] = field(factory=list)

    @property
    def persen(self) -> float:
        """The share that was noticed, of all: also of those that no scenario can notice."""
        return round(100 * self.dikenali.total() / self.mutan.total(), 2)

    @property
    def cukup(self) -> bool:
        """Whether the scenarios notice enough, and each survivor is explained."""
        return self.persen >= ENOUGH and all(survivor.alasan for survivor in self.selamat)


def mutate(regulation: Regulation, scenarios: Scenarios) -> Mutation:
    """Alters the regulation in each place and runs the scenarios that visit it until one notices."""
    found = Mutation()
    enumeration = Enumeration(regulation)
    for mutant in mutants(regulation):
        found.mutan[mutant.jenis] += 1
        if next(scenarios.noticing(mutant.regulation, mutant.baris), None) is not None:
            found.dikenali[mutant.jenis] += 1
        else:
            found.selamat.append(Survivor(mutant, mutant.tak_tampak or _equivalence(mutant, enumeration)))
    return found


def _equivalence(mutant: Mutant, enumeration: Enumeration) -> str:
    """Says so where the altered condition holds exactly when the right one does."""
    if mutant.kondisi is None:
        return ""
    right, altered = mutant.kondisi
    apart = ((right, Not(altered)), (Not(right), altered))
    if any(enumeration.solve(question) is not None for question in apart):
        return ""
    return "setara: kondisi yang diubah berlaku untuk nilai yang persis sama"
