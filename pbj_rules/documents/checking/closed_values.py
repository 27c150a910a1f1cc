"""Names that can hold only certain values, as the shipped rules list them, for a template's vocabulary.

A template that compares such a name with any other text prints the wrong branch in every paper, and nothing else
would show it: decisions and facts are not declared in the data contract, so their values come from the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pbj_rules.documents.context import PACKAGE
from pbj_rules.documents.contract.fields import Contract, key_of
from pbj_rules.documents.contract.kinds import Items, Kind, Leaf, Parts
from pbj_rules.documents.contract.vocabulary import vocabulary_of
from pbj_rules.language.tree import Kind as Holds
from pbj_rules.language.tree import Type
from pbj_rules.regulation.loading import Library
from pbj_rules.resources import regulation_directories

__all__ = ["checked_vocabulary"]

_DECISIONS = "keputusan"
_FACTS = "fakta"


def checked_vocabulary(contract: Contract, paper: str) -> dict[str, Kind]:
    """The variables of the template of ``paper``, each with its values where they are a closed list."""
    made = vocabulary_of(contract, paper)
    values = _values()
    kind_of = "jenis"  # of a package; papers read it as it is, and in words
    codes = values.get(f"paket.{kind_of}", ())
    made[next(name for name, key in PACKAGE.items() if key == kind_of)] = Leaf("teks", codes)
    made["jenis_pengadaan"] = Leaf("teks", _worded(codes, contract))
    for head in (_DECISIONS, _FACTS):
        made[head] = _closed(head, made[head], values, contract)
    return made


def _closed(head: str, parts: Kind, values: Mapping[str, tuple[str, ...]], contract: Contract) -> Kind:
    assert isinstance(parts, Parts)
    names = dict(parts.names)
    for name in names:
        if found := values.get(f"{head}.{name}"):
            names[name] = Leaf("teks", found)
        elif found := values.get(f"{head}.{name}[]"):
            names[name] = Items(Leaf("teks", _worded(found, contract)))
    return Parts(names)


def _worded(codes: tuple[str, ...], contract: Contract) -> tuple[str, ...]:
    return tuple(contract.words.get(code, code) for code in codes)


@lru_cache(maxsize=1)
def _values() -> dict[str, tuple[str, ...]]:
    """The values of every decision and fact, of all shipped regulations: a layer may know more than its base."""
    found: dict[str, dict[str, None]] = {}
    for name, value in _said():
        found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def _said() -> Iterator[tuple[str, str]]:
    for regulation in Library(regulation_directories()).values():
        for row in regulation.rows():
            for decision in row.keputusan:
                for branch in decision.cabang:
                    yield f"{_DECISIONS}.{key_of(decision.id)}", branch.nilai
        for fact in regulation.fakta.values():
            for value in fact.symbol.type.values:
                yield _place(fact.id, fact.symbol.type), value


def _place(fact: str, of: Type) -> str:
    """How a template calls a fact; a list of choices ends in ``[]``."""
    dotted = fact if fact.startswith("paket.") else f"{_FACTS}.{fact}"
    return f"{dotted}[]" if of.kind is Holds.CHOICES else dotted
