"""A small vocabulary that holds every kind of name, and random conditions over it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from pbj_rules.language import Vocabulary
from pbj_rules.language.tree import (
    And,
    Compare,
    Condition,
    Contains,
    Exists,
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

WORDS = ("merah", "biru", "biru-tua")
COUNT, RUPIAH, DAY, FLAG = Type(Kind.COUNT), Type(Kind.RUPIAH), Type(Kind.DAY), Type(Kind.FLAG)
COLOUR, COLOURS = Type(Kind.CHOICE, WORDS), Type(Kind.CHOICES, WORDS)
FIRST = date(2020, 2, 27)

SYMBOLS = {
    symbol.name: symbol
    for symbol in (
        Symbol("jumlah", Source.ANSWER, COUNT),
        Symbol("lain", Source.ANSWER, COUNT),
        Symbol("pagu", Source.PACKAGE, RUPIAH),
        Symbol("batas", Source.PARAMETER, RUPIAH),
        Symbol("tanggal", Source.CASE, DAY),
        Symbol("lama", Source.PARAMETER, Type(Kind.DAYS)),
        Symbol("setuju", Source.ANSWER, FLAG),
        Symbol("warna", Source.ANSWER, COLOUR),
        Symbol("warna_warna", Source.ANSWER, COLOURS),
        Symbol("teks", Source.PACKAGE, Type(Kind.TEXT)),
        Symbol("akhir", Source.ANSWER, DAY, wajib=False),
    )
}
VOCABULARY = Vocabulary(SYMBOLS, {"daftar": {"nomor": COUNT, "mulai": DAY}})

_ORDERED = st.sampled_from(Operator)
_EQUAL = st.sampled_from((Operator.EQ, Operator.NE))


def _compare(
    names: tuple[str, ...], values: st.SearchStrategy[Any], of: Type, signs: Any
) -> st.SearchStrategy[Compare]:
    right = st.builds(Literal, values, st.just(of))
    return st.builds(Compare, st.sampled_from([SYMBOLS[name] for name in names]), signs, right)


_DAYS = st.integers(0, 4).map(lambda days: FIRST + timedelta(days=days))
_LITERAL_WORD = st.builds(Literal, st.sampled_from(WORDS), st.just(COLOUR))
_LITERAL_WORDS = st.lists(_LITERAL_WORD, min_size=1, max_size=3).map(tuple)
_COLUMN = st.one_of(
    st.builds(Compare, st.just(Symbol("x.nomor", Source.ELEMENT, COUNT)), _ORDERED, st.just(SYMBOLS["jumlah"])),
    st.builds(Compare, st.just(Symbol("x.mulai", Source.ELEMENT, DAY)), _ORDERED, st.just(SYMBOLS["tanggal"])),
)


def _larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, parts), st.builds(Or, parts))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        _compare(("jumlah", "lain"), st.integers(0, 3), COUNT, _ORDERED),
        st.builds(Compare, st.just(SYMBOLS["jumlah"]), _ORDERED, st.just(SYMBOLS["lain"])),
        _compare(("tanggal",), _DAYS, DAY, _ORDERED),
        _compare(("setuju",), st.booleans(), FLAG, _EQUAL),
        _compare(("warna",), st.sampled_from(WORDS), COLOUR, _EQUAL),
        st.builds(OneOf, st.just(SYMBOLS["warna"]), _LITERAL_WORDS),
        st.just(IsEmpty(SYMBOLS["warna_warna"])),
        st.builds(Contains, st.just(SYMBOLS["warna_warna"]), _LITERAL_WORDS),
        st.just(Present(SYMBOLS["akhir"])),
        st.builds(Exists, st.just("x"), st.just("daftar"), st.recursive(_COLUMN, _larger, max_leaves=3)),
    ),
    _larger,
    max_leaves=6,
)

VALUES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "jumlah": st.integers(0, 3),
        "lain": st.integers(0, 3),
        "tanggal": _DAYS,
        "setuju": st.booleans(),
        "warna": st.sampled_from(WORDS),
        "warna_warna": st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    },
    optional={"akhir": _DAYS},
)
ELEMENTS = st.lists(st.fixed_dictionaries({"nomor": st.integers(0, 3), "mulai": _DAYS}), max_size=3).map(tuple)
