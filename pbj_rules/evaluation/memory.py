"""What a case says, as both evaluators read it: answers by visit, constants, collections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.language.tree import Source, Symbol
from pbj_rules.regulation.model import Regulation

__all__ = ["Memory", "canonical_npwp", "memory_of"]


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
    constants: dict[str, Any] = {name: parameter.nilai for name, parameter in regulation.parameter.items()}
    constants.update(case.parameter)
    constants["tanggal"] = case.tanggal
    applicant = case.penyedia[0] if case.penyedia else {}
    for fact in regulation.fakta.values():
        _, _, key = fact.id.partition(".")
        holder: Mapping[str, Any] = {}
        if fact.symbol.source is Source.PACKAGE:
            holder = case.paket
        elif fact.symbol.source is Source.APPLICANT:
            holder = applicant
        if holder.get(key) is not None:
            constants[fact.id] = holder[key]
    if "pemohon.npwp" in constants:
        constants["pemohon.npwp"] = canonical_npwp(constants["pemohon.npwp"])
    collections: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if case.daftar_hitam is not None:
        collections["daftar_hitam"] = tuple({**entry, "npwp": canonical_npwp(entry["npwp"])} for entry in case.daftar_hitam)
    return Memory(_answers(case, regulation, constants, collections), constants, collections)


def _answers(case: Case, regulation: Regulation, constants: Mapping[str, Any],
             collections: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The answers, without those that the case's own lists decide (a contradiction was refused)."""
    return {name: () if is_derivable(regulation, name, constants, collections) else answers
            for name, answers in case.fakta.items()}


def is_derivable(regulation: Regulation, name: str, constants: Mapping[str, Any], collections: Mapping[str, Any]) -> bool:
    """Whether the case holds all that deriving the fact needs."""
    fact = regulation.fakta[name]
    return fact.turunan is not None and fact.turunan.collection in collections and all(
        symbol.name in constants for symbol in fact.needed_to_derive)


def canonical_npwp(written: str) -> str:
    """An NPWP as it is compared: its digits, the old form of 15 with the 0 that the form of 16 puts before it.

    (PMK 112/PMK.03/2022 Pasal 2: a body's 16-digit NPWP is the old one with 0 in front.) Anything else is
    compared as written.
    """
    digits = re.sub(r"[\s.\-]", "", written)
    if not digits.isdigit():
        return written.strip()
    return digits.zfill(16) if len(digits) == 15 else digits
