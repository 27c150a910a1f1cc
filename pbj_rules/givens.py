"""What a case gives to every visit: constants by name, collections, and the facts that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from pbj_rules.language.python import compile_condition
from pbj_rules.language.tree import Source
from pbj_rules.npwp import canonical_npwp
from pbj_rules.regulation.model import Regulation

__all__ = ["Givens", "derived_facts", "givens_of", "is_derivable"]


@frozen
class Givens:
    """``constants``: a name without a value is absent; ``collections``: one that is absent is not empty."""

    constants: Mapping[str, Any]
    collections: Mapping[str, tuple[Mapping[str, Any], ...]]


def givens_of(
    regulation: Regulation,
    tanggal: date,
    parameter: Mapping[str, int],
    paket: Mapping[str, Any],
    penyedia: Sequence[Mapping[str, Any]],
    daftar_hitam: Sequence[Mapping[str, Any]] | None,
) -> Givens:
    """The givens of a case with these parts; NPWP are in the form that is compared."""
    constants: dict[str, Any] = {name: item.nilai for name, item in regulation.parameter.items()}
    constants.update(parameter)
    constants["tanggal"] = tanggal
    applicant = penyedia[0] if penyedia else {}
    for fact in regulation.fakta.values():
        holder = {Source.PACKAGE: paket, Source.APPLICANT: applicant}.get(fact.symbol.source, {})
        value = holder.get(fact.id.partition(".")[2])
        if value is not None:
            constants[fact.id] = value
    if "pemohon.npwp" in constants:
        constants["pemohon.npwp"] = canonical_npwp(constants["pemohon.npwp"])
    collections: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if daftar_hitam is not None:
        collections["daftar_hitam"] = tuple({**entry, "npwp": canonical_npwp(entry["npwp"])} for entry in daftar_hitam)
    return Givens(constants, collections)


def is_derivable(
    regulation: Regulation, name: str, constants: Mapping[str, Any], collections: Mapping[str, Any]
) -> bool:
    """Whether the case holds all that deriving the fact needs."""
    fact = regulation.fakta[name]
    return (
        fact.turunan is not None
        and fact.turunan.collection in collections
        and all(symbol.name in constants for symbol in fact.needed_to_derive)
    )


def derived_facts(regulation: Regulation, givens: Givens) -> dict[str, bool]:
    """Every fact that follows from the givens."""
    return {
        fact.id: compile_condition(fact.turunan)(givens.constants, givens.collections)
        for fact in regulation.fakta.values()
        if fact.turunan is not None and is_derivable(regulation, fact.id, givens.constants, givens.collections)
    }
