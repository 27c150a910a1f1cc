"""The solver and the enumeration answer alike, for conditions drawn at random; what contradicts is not believed."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date, timedelta

import pytest

from pbj_rules import Engine
from pbj_rules.assurance.proofs.agreement import Agreement, DisagreementError
from pbj_rules.assurance.proofs.domains import Assignment, Domains, equals, names_of
from pbj_rules.assurance.proofs.enumerating import Enumeration, holds
from pbj_rules.assurance.proofs.proving import prove
from pbj_rules.assurance.proofs.solving import Smt
from pbj_rules.language.parser import Vocabulary, parse_condition
from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Contains,
    IsEmpty,
    Kind,
    Literal,
    Not,
    OneOf,
    Operator,
    Or,
    Present,
    Source,
    Symbol,
    Type,
)
from pbj_rules.regulation.model import Regulation

COUNTS = ("jumlah_peserta", "jumlah_lulus", "kuorum_peserta", "kuorum_lulus")


@pytest.fixture(scope="module")
def names(engine: Engine) -> dict[str, Symbol]:
    facts = {name: fact.symbol for name, fact in engine.regulation.fakta.items()}
    settings = {
        name: Symbol(name, Source.PARAMETER, item.type, item.judul)
        for name, item in engine.regulation.parameter.items()
    }
    return facts | settings


def drawn(names: dict[str, Symbol], rng: random.Random, depth: int = 2) -> Condition:
    """A condition over a few names of every kind, with values that lie close together and at the bounds."""
    if depth and rng.random() < 0.6:
        parts = tuple(drawn(names, rng, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice((Not(parts[0]), And(parts), Or(parts)))
    count = Type(Kind.COUNT)
    jenis, changes = names["paket.jenis"], names["perubahan_dokumen"]
    one, other = rng.sample(COUNTS, 2)
    operator = rng.choice(tuple(Operator))
    day = date(2020, 3, 18) + timedelta(days=rng.randint(-2, 2))
    word = Type(Kind.CHOICE, changes.type.values)
    return rng.choice(
        (
            Compare(names[one], operator, names[other]),
            Compare(names[one], operator, Literal(rng.choice((0, 1, 2, 3, 4, 999_999, 10**6, 10**6 + 1)), count)),
            Compare(names["tanggal"], operator, Literal(day, Type(Kind.DAY))),
            Compare(names["sepakat"], Operator.EQ, Literal(rng.random() < 0.5, Type(Kind.FLAG))),
            OneOf(jenis, tuple(Literal(value, jenis.type) for value in rng.sample(jenis.type.values, 2))),
            IsEmpty(changes),
            Contains(changes, tuple(Literal(value, word) for value in rng.sample(changes.type.values, 2))),
            Present(names["masa_audit_selesai"]),
        )
    )


def several(count: int, names: dict[str, Symbol], rng: random.Random) -> list[Condition]:
    """Conditions of few names, as those of real rules are."""
    trees = (drawn(names, rng) for _ in range(count * 20))
    return [tree for tree in trees if 2 <= len(names_of((tree,))) <= 4][:count]


def test_both_answer_alike_and_their_values_hold(engine: Engine, names: dict[str, Symbol]) -> None:
    rng = random.Random(33)
    solver, trying = Smt(engine.regulation), Enumeration(engine.regulation)
    seen = set()
    for tree in several(400, names, rng):
        answers = solver.solve((tree,)), trying.solve((tree,))
        assert (answers[0] is None) == (answers[1] is None), tree
        assert all(answer is None or holds((tree,), answer) for answer in answers), tree
        seen.add(answers[0] is None)
    assert seen == {True, False}


def test_both_say_alike_what_can_always_be_answered(engine: Engine, names: dict[str, Symbol]) -> None:
    rng = random.Random(35)
    solver, trying = Smt(engine.regulation), Enumeration(engine.regulation)
    seen = set()
    for tree in several(150, names, rng):
        given = [name for name in names_of((tree,)) if name.source is not Source.ANSWER]
        answers = {solver.always_answerable(tree, given), trying.always_answerable(tree, given)}
        assert len(answers) == 1, tree
        seen |= answers
    assert seen == {True, False}


def test_conditions_as_they_are_written_are_answered_with_the_bounds_in_mind(
    engine: Engine, names: dict[str, Symbol]
) -> None:
    agreed = Agreement((Enumeration(engine.regulation), Smt(engine.regulation)))

    def solve(text: str) -> Assignment | None:
        return agreed.solve((parse_condition(text, Vocabulary(names, {})),))

    assert solve("jumlah_peserta > 999999") == {names["jumlah_peserta"]: 10**6}
    assert solve("jumlah_peserta > 1000000") is None, "no case may have more"
    assert solve("jumlah_peserta < 0") is None
    assert solve("kuorum_peserta < 1") is None, "the least that a case may set"
    assert solve("jumlah_peserta > kuorum_peserta dan jumlah_peserta < kuorum_peserta") is None
    between = solve("jumlah_peserta > 3 dan jumlah_peserta < jumlah_lulus dan jumlah_lulus < kuorum_lulus")
    assert between is not None


def test_equals_says_that_a_name_has_a_value_and_no_other(engine: Engine, names: dict[str, Symbol]) -> None:
    trying = Enumeration(engine.regulation)
    for name in (names["jumlah_peserta"], names["perubahan_dokumen"], names["masa_audit_selesai"], names["sepakat"]):
        for value in trying.domains.of((equals(name, trying.domains.of((Present(name),))[name][0]),))[name]:
            assert trying.solve((equals(name, value),)) == {name: value}


class Yes:
    """A solver that is wrong: whatever is asked, the most ordinary values are its answer."""

    def __init__(self, regulation: Regulation) -> None:
        self.domains = Domains(regulation)

    def solve(self, trees: Collection[Condition]) -> Assignment | None:
        return {name: values[0] for name, values in self.domains.of(trees).items()}

    def always_answerable(self, _tree: Condition, _given: Collection[Symbol]) -> bool:
        return True


class No(Yes):
    """A solver that is wrong the other way."""

    def solve(self, _trees: Collection[Condition]) -> Assignment | None:
        return None


@pytest.mark.parametrize("wrong", [Yes, No])
def test_nothing_is_proved_where_the_tools_contradict_each_other(engine: Engine, wrong: type[Yes]) -> None:
    with pytest.raises(DisagreementError, match="tidak sependapat"):
        prove(engine.regulation, (), [wrong(engine.regulation)])
