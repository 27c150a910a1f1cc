"""Parses a condition or a term into its typed tree; the only parser of the language.

Grammar (Indonesian words, lower case)::

    kondisi   = konjungsi { "atau" konjungsi }
    konjungsi = satuan { "dan" satuan }
    satuan    = "tidak" satuan | "(" kondisi ")" | keberadaan | perbandingan
    keberadaan = "ada" NAMA [ "dalam" KOLEKSI "dengan" satuan ]
    perbandingan = suku ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) suku
                 | NAMA "salah" "satu" "dari" daftar | suku "antara" suku "dan" suku
                 | NAMA "kosong" | NAMA "memuat" ( kata | "salah" "satu" "dari" daftar )
    suku      = ( NAMA | bilangan | tanggal | "ya" | "tidak" | kata pilihan ) [ "+" suku "hari" ]
    daftar    = "[" kata { "," kata } "]"
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from pbj_rules.language.lexer import ConditionError, Token, tokens_of
from pbj_rules.language.tree import (
    AddDays,
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
    Term,
    Type,
)

__all__ = ["LAST_DAY", "MAX_DAYS", "MAX_NUMBER", "RESERVED", "Vocabulary", "parse_condition", "parse_term"]

RESERVED: Final = frozenset(
    {"ada", "antara", "atau", "dalam", "dan", "dari", "dengan", "hari"}
    | {"kosong", "memuat", "salah", "satu", "tidak", "ya"}
)
_OPERATORS: Final = {operator.value: operator for operator in Operator}
_ORDERED: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS, Kind.DAY})
_NUMBERS: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS})
_DEEPEST: Final = 30
MAX_NUMBER: Final = 10**15  # the largest amount of any case; far within what every evaluator computes exactly
LAST_DAY: Final = date(2999, 12, 31)
MAX_DAYS: Final = 10**6  # added to the last day of any case, this is still a day of the calendar


@frozen
class Vocabulary:
    """The names that conditions may use: symbols by name, and collections with their columns."""

    symbols: Mapping[str, Symbol]
    collections: Mapping[str, Mapping[str, Type]]


def parse_condition(text: str, vocabulary: Vocabulary) -> Condition:
    """The typed tree of a condition. Raises ConditionError with the column of the first fault."""
    parser = _Parser(text, vocabulary)
    tree = parser.condition()
    parser.end()
    return tree


def parse_term(text: str, vocabulary: Vocabulary) -> Term:
    """The typed tree of a term (``tanggal + masa_audit_hari hari``)."""
    parser = _Parser(text, vocabulary)
    term = parser.term(None)
    parser.end()
    return term


class _Parser:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.tokens = tokens_of(text)
        self.position = 0
        self.vocabulary = vocabulary
        self.bound: dict[str, Mapping[str, Type]] = {}
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def condition(self) -> Condition:
        parts = [self.conjunction()]
        while self.accept("atau"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.unit()]
        while self.accept("dan"):
            parts.append(self.unit())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def unit(self) -> Condition:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("kondisi bersarang terlalu dalam", expected=f"paling banyak {_DEEPEST} tingkat")
        try:
            if self.accept("tidak"):
                return Not(self.unit())
            if self.accept("("):
                tree = self.condition()
                self.expect(")")
                return tree
            if self.accept("ada"):
                return self.existence()
            return self.comparison()
        finally:
            self.depth -= 1

    def existence(self) -> Condition:
        token = self.word("nama fakta atau nama unsur")
        if not self.accept("dalam"):
            self.outside_element(token)
            symbol = self.resolve(token)
            if symbol.wajib:
                raise self.error(f"`{symbol.name}` wajib, jadi selalu ada", token, expected="fakta yang tidak wajib")
            return Present(symbol)
        collection = self.word("nama koleksi")
        if collection.text not in self.vocabulary.collections:
            raise self.unknown("koleksi", collection, self.vocabulary.collections)
        if token.text in self.vocabulary.symbols or token.text in RESERVED:
            raise self.error(f"nama unsur `{token.text}` sudah terpakai", token, remedy="pakai nama lain")
        self.expect("dengan")
        if self.bound:
            raise self.error("`ada … dalam …` tidak bersarang", token, remedy="pecah menjadi dua kondisi")
        self.bound[token.text] = self.vocabulary.collections[collection.text]
        condition = self.unit()
        self.bound.clear()
        return Exists(token.text, collection.text, condition)

    def comparison(self) -> Condition:
        start = self.token
        left = self.term(None)
        if self.token.text in _OPERATORS:
            operator = _OPERATORS[self.advance().text]
            return self.compared(left, operator, self.term(left.type), start)
        if self.accept("antara"):
            low = self.term(left.type)
            self.expect("dan")
            high = self.term(left.type)
            return And((self.compared(left, Operator.GE, low, start), self.compared(left, Operator.LE, high, start)))
        if not isinstance(left, Symbol):
            raise self.error("perbandingan belum lengkap", expected="=, !=, <, <=, >, >= atau antara")
        self.outside_element(start)
        if self.accept("kosong"):
            return IsEmpty(self.of_kind(left, Kind.CHOICES, start))
        if self.accept("memuat"):
            name = self.of_kind(left, Kind.CHOICES, start)
            values = self.words(name.type) if self.accept("salah") else (self.choice(name.type),)
            return Contains(name, values)
        if self.accept("salah"):
            name = self.of_kind(left, Kind.CHOICE, start)
            return OneOf(name, self.words(name.type))
        raise self.error(
            "perbandingan belum lengkap", expected="=, !=, <, <=, >, >=, antara, kosong, memuat atau salah satu dari"
        )

    def outside_element(self, token: Token) -> None:
        """The condition on an element compares; a list fact or an optional fact is asked for beside it."""
        if self.bound:
            raise self.error(
                "di dalam `ada … dengan (…)` hanya perbandingan yang dipakai",
                token,
                remedy="tulis kondisi ini di luar kurung dengan `dan`",
            )

    def compared(self, left: Term, operator: Operator, right: Term, start: Token) -> Compare:
        if isinstance(left, Literal) and isinstance(right, Literal):
            raise self.error("perbandingan tanpa nama", start, expected="sedikitnya satu nama fakta atau parameter")
        columns = [side for side in (left, right) if isinstance(side, Symbol) and side.source is Source.ELEMENT]
        if self.bound and len(columns) != 1:
            raise self.error(
                "di dalam `ada … dengan (…)` satu sisi harus kolom unsur itu",
                start,
                remedy="tulis kondisi lain di luar kurung dengan `dan`",
            )
        if isinstance(left, AddDays) or isinstance(right, AddDays):
            raise self.error("penjumlahan hanya dipakai dalam `hasil`", start)
        for side in (left, right):
            if isinstance(side, Symbol) and not side.wajib:
                raise self.error(
                    f"`{side.name}` boleh tidak ada, jadi tidak dapat dibandingkan",
                    start,
                    expected=f"`ada {side.name}` atau `tidak ada {side.name}`",
                )
        if left == right:
            raise self.error("suatu nama dibandingkan dengan dirinya sendiri", start)
        kinds = {left.type.kind, right.type.kind}
        has_literal = isinstance(left, Literal) or isinstance(right, Literal)
        both_numbers = kinds <= _NUMBERS and (len(kinds) == 1 or has_literal)
        if not both_numbers and left.type.kind is not right.type.kind:
            one, other = left.type.kind.value, right.type.kind.value
            message = f"jenis `{one}` tidak dapat dibandingkan dengan `{other}`"
            raise self.error(message, start, remedy="bandingkan dua hal yang sejenis")
        if left.type.kind is Kind.CHOICES:
            raise self.error("daftar tidak dibandingkan", start, expected="kosong atau memuat")
        if operator not in (Operator.EQ, Operator.NE) and left.type.kind not in _ORDERED:
            raise self.error(f"jenis `{left.type.kind.value}` tidak berurutan", start, expected="= atau !=")
        return Compare(left, operator, right)

    def term(self, hint: Type | None) -> Term:
        term = self.atom(hint)
        if not self.accept("+"):
            return term
        start = self.token
        days = self.atom(Type(Kind.DAYS))
        self.expect("hari")
        if term.type.kind is not Kind.DAY or days.type.kind not in (Kind.DAYS, Kind.COUNT):
            raise self.error("hanya tanggal yang dapat ditambah hari", start)
        return AddDays(term, days)

    def atom(self, hint: Type | None) -> Term:
        token = self.advance()
        if token.kind == "number":
            most = MAX_DAYS if hint is not None and hint.kind is Kind.DAYS else MAX_NUMBER
            if len(token.text) > len(str(most)) or int(token.text) > most:
                raise self.error("bilangan terlalu besar", token, expected=f"paling banyak {most}")
            kind = hint.kind if hint is not None and hint.kind in _NUMBERS else Kind.COUNT
            return Literal(int(token.text), Type(kind))
        if token.kind == "day":
            try:
                day = date.fromisoformat(token.text)
            except ValueError:
                raise self.error(f"tanggal {token.text} tidak ada dalam kalender", token) from None
            if day > LAST_DAY:
                raise self.error(f"tanggal {token.text} di luar batas", token, expected=f"paling akhir {LAST_DAY}")
            return Literal(day, Type(Kind.DAY))
        if token.kind != "word":
            raise self.error("suku kondisi tidak ada", token, expected="nama, bilangan, tanggal, ya atau tidak")
        if token.text in ("ya", "tidak"):
            return Literal(token.text == "ya", Type(Kind.FLAG))
        if hint is not None and hint.kind is Kind.CHOICE and token.text not in self.vocabulary.symbols:
            return self.choice_of(token, hint)
        return self.resolve(token)

    def resolve(self, token: Token) -> Symbol:
        element, _, column = token.text.partition(".")
        if element in self.bound:
            columns = self.bound[element]
            if column not in columns:
                raise self.unknown("kolom", token, (f"{element}.{name}" for name in columns))
            return Symbol(token.text, Source.ELEMENT, columns[column])
        if token.text not in self.vocabulary.symbols:
            raise self.unknown("nama", token, self.vocabulary.symbols)
        return self.vocabulary.symbols[token.text]

    def words(self, of: Type) -> tuple[Literal, ...]:
        self.expect("satu")
        self.expect("dari")
        self.expect("[")
        values = [self.choice(of)]
        while self.accept(","):
            values.append(self.choice(of))
        self.expect("]")
        return tuple(values)

    def choice(self, of: Type) -> Literal:
        return self.choice_of(self.word("kata pilihan"), of)

    def choice_of(self, token: Token, of: Type) -> Literal:
        if token.text not in of.values:
            raise self.unknown("pilihan", token, of.values)
        return Literal(token.text, Type(Kind.CHOICE, of.values))

    def of_kind(self, symbol: Symbol, kind: Kind, token: Token) -> Symbol:
        if symbol.type.kind is not kind:
            message = f"`{symbol.name}` berjenis `{symbol.type.kind.value}`"
            raise self.error(message, token, expected=f"jenis `{kind.value}`")
        return symbol

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.position += 1
        return token

    def accept(self, text: str) -> bool:
        if self.token.text == text and self.token.kind != "end":
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.error("kondisi tidak dapat dibaca", expected=f"`{text}`")

    def word(self, what: str) -> Token:
        token = self.advance()
        if token.kind != "word":
            raise self.error("kondisi tidak dapat dibaca", token, expected=what)
        return token

    def end(self) -> None:
        if self.token.kind != "end":
            raise self.error(f"`{self.token.text}` berlebih", expected="dan, atau, atau akhir kondisi")

    def error(self, message: str, token: Token | None = None, expected: str = "", remedy: str = "") -> ConditionError:
        return ConditionError(message, (token or self.token).column, expected, remedy)

    def unknown(self, what: str, token: Token, names: Iterable[str]) -> ConditionError:
        known = list(names)
        close = difflib.get_close_matches(token.text, known, n=1, cutoff=0.5)
        remedy = f"mungkin maksudnya `{close[0]}`" if close else f"pakai {what} yang tertulis dalam berkas aturan"
        return self.error(f"{what} `{token.text}` tidak dikenal", token, remedy=remedy)
