"""However a condition is read - whole, or as alternatives - it says the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pbj_rules.language import parse_condition, parse_term
from pbj_rules.language.normal import alternatives, count_alternatives
from pbj_rules.language.python import compile_alternative, compile_condition, compile_term
from pbj_rules.language.tree import Condition, Not
from tests.language.vocabulary import CONDITIONS, ELEMENTS, FIRST, VALUES, VOCABULARY

GIVEN: dict[str, Any] = {
    "jumlah": 3,
    "lain": 2,
    "pagu": 10**10,
    "batas": 10**10,
    "tanggal": FIRST,
    "lama": 30,
    "setuju": True,
    "warna": "biru",
    "warna_warna": ("merah",),
    "teks": "x",
}
RARELY_SMALL = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@RARELY_SMALL
@given(CONDITIONS, VALUES, ELEMENTS)
def test_a_condition_holds_exactly_when_one_of_its_alternatives_does(
    tree: Condition, values: dict[str, Any], elements: tuple[dict[str, Any], ...]
) -> None:
    for condition in (tree, Not(tree)):
        if count_alternatives(condition) > 200:
            continue
        whole = compile_condition(condition)(values, {"daftar": elements})
        parts = [compile_alternative(way)(values, {"daftar": elements}) for way in alternatives(condition)]
        assert whole is any(parts)


@RARELY_SMALL
@given(CONDITIONS)
def test_alternatives_are_counted_without_making_them(tree: Condition) -> None:
    for condition in (tree, Not(tree)):
        if count_alternatives(condition) <= 200:
            assert count_alternatives(condition) == len(alternatives(condition))


@RARELY_SMALL
@given(CONDITIONS, VALUES, ELEMENTS)
def test_a_condition_and_its_negation_never_agree(tree: Condition, values: Any, elements: Any) -> None:
    collections = {"daftar": elements}
    assert compile_condition(tree)(values, collections) is not compile_condition(Not(tree))(values, collections)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("jumlah >= 3", True),
        ("jumlah > 3", False),
        ("3 <= jumlah", True),
        ("4 <= jumlah", False),
        ("jumlah antara 1 dan 3", True),
        ("jumlah antara 4 dan 9", False),
        ("pagu > batas", False),
        ("pagu <= batas", True),
        ("setuju = ya", True),
        ("tidak setuju = ya", False),
        ("warna = biru", True),
        ("warna != biru-tua", True),
        ("warna salah satu dari [merah, biru-tua]", False),
        ("warna_warna kosong", False),
        ("warna_warna memuat merah", True),
        ("warna_warna memuat salah satu dari [biru, merah]", True),
        ("ada akhir", False),
        ("tidak ada akhir", True),
        ("jumlah = 1 atau jumlah = 3 dan lain = 2", True),
        ("(jumlah = 1 atau jumlah = 3) dan lain = 1", False),
        ("tidak (jumlah = 1 atau lain = 1)", True),
        ("tanggal = 2020-02-27", True),
        ("tanggal < 2020-02-29", True),
        ("ada x dalam daftar dengan x.nomor = jumlah", True),
        ("ada x dalam daftar dengan (x.nomor = lain)", False),
        ("ada x dalam daftar dengan (tanggal antara x.mulai dan x.mulai dan x.nomor > 2)", True),
        ("jumlah = 1000000000000000", False),
    ],
)
def test_a_written_condition_means_what_it_says(text: str, truth: bool) -> None:
    tree = parse_condition(text, VOCABULARY)
    assert compile_condition(tree)(GIVEN, {"daftar": ({"nomor": 3, "mulai": FIRST},)}) is truth


def test_dan_binds_tighter_than_atau() -> None:
    assert parse_condition("jumlah = 1 atau jumlah = 2 dan lain = 3", VOCABULARY) == parse_condition(
        "jumlah = 1 atau (jumlah = 2 dan lain = 3)", VOCABULARY
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tanggal", FIRST),
        ("tanggal + lama hari", date(2020, 3, 28)),
        ("tanggal + 2 hari", date(2020, 2, 29)),
        ("2999-12-31 + 1000000 hari", date(5737, 11, 27)),
    ],
)
def test_a_term_computes_a_day(text: str, day: date) -> None:
    assert compile_term(parse_term(text, VOCABULARY))(GIVEN, {}) == day
