"""What a case says, as both evaluators read it: answers by visit, constants, collections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.givens import givens_of, is_derivable
from pbj_rules.language.tree import Source, Symbol
from pbj_rules.regulation.model import Regulation

__all__ = ["Memory", "memory_of"]


@frozen
class Memory:
    """The facts of one case.

    ``answers``: the answers to each fact, one a visit. ``constants``: what serves every visit, by name;
    a name without a value is absent. ``collections``: the lists that the case gives; absent is not empty.
    """

    answers: Mapping[str, tuple[Any, ...]]
    constants: Mapping[str, Any]
    collections: Mapping[str, tuple[Mapping[str, Any], ...]]

    def answer(self, name: str, visit: int) -> Any:
        """The answer for the visit (from 1), or None where the answers run out."""
        answers = self.answers.get(name, ())
        return answers[visit - 1] if visit <= len(answers) else None

    def value(self, symbol: Symbol, visit: int) -> Any:
        """The value of a name at a visit of its row, or None."""
        if symbol.source is Source.ANSWER:
            return self.answer(symbol.name, visit)
        return self.constants.get(symbol.name)


def memory_of(case: Case, regulation: Regulation) -> Memory:
    """The working memory of a valid case."""
    givens = givens_of(regulation, case.tanggal, case.parameter, case.paket, case.penyedia, case.daftar_hitam)
    # An answer that the case's own lists decide is left out (a contradiction was refused).
    answers = {
        name: () if is_derivable(regulation, name, givens.constants, givens.collections) else answers
        for name, answers in case.fakta.items()
    }
    return Memory(answers, givens.constants, givens.collections)
