"""The shape of a case file (contract, "Case file"), from the regulation's vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from pbj_rules.case_parts import BIDDER, BLACKLISTED, LINE, MAX_AMOUNT, MAX_COUNT, MEMBER, OFFICIAL, PACKAGE
from pbj_rules.language.tree import Kind, Source, Type
from pbj_rules.reading import Node
from pbj_rules.regulation.model import Fact, Parameter, Regulation
from pbj_rules.shapes import (
    Anything,
    Choice,
    Day,
    Field,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Place,
    Record,
    Shape,
    Text,
    nearest,
    shown,
)

__all__ = ["case_shape"]


@frozen
class _Answers:
    """The answers to a fact, one a visit: a scalar is a list of one; for a list-typed fact, a list of lists."""

    one: Shape
    is_list: bool
    optional: bool

    def read(self, node: Node, place: Place) -> Any:
        if node.value is None and self.optional:
            return ()
        several = isinstance(node.value, list)
        if self.is_list and several and node.value:
            several = any(isinstance(item.value, list) for item in node.value)
        elif self.is_list:
            several = False
        if not several:
            return (self.one.read(node, place),)
        return tuple(self.one.read(item, place.item(number, item.line)) for number, item in enumerate(node.value, 1))

    def schema(self) -> dict[str, Any]:
        absent = [{"type": "null"}] if self.optional else []
        return {"anyOf": [self.one.schema(), {"type": "array", "items": self.one.schema()}, *absent]}

    def expected(self) -> str:
        return self.one.expected()


@frozen
class _Tuple:
    """A list of words, read to a tuple so that it cannot change."""

    item: ListOf

    def read(self, node: Node, place: Place) -> Any:
        value = self.item.read(node, place)
        return tuple(value) if isinstance(value, list) else value

    def schema(self) -> dict[str, Any]:
        return self.item.schema()

    def expected(self) -> str:
        return self.item.expected()


@frozen
class _SopName:
    """The id of a SOP, with the nearest one where it is misspelt."""

    names: tuple[str, ...]

    def read(self, node: Node, place: Place) -> Any:
        if isinstance(node.value, str) and node.value in self.names:
            return node.value
        remedy = nearest(node.value, self.names) if isinstance(node.value, str) else ""
        return place.note(f"SOP {shown(node.value)} tidak dikenal", self.expected(), remedy)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.names)}

    def expected(self) -> str:
        return "salah satu dari " + ", ".join(self.names)


def case_shape(regulation: Regulation, isian: Shape | None = None, names: Sequence[str] = ()) -> Record:
    """The shape of case files under this regulation; ``isian`` is the shape of what papers add.

    ``names``: the ids of all regulations that a case may choose, where there are others than this one.
    """
    answers = {
        fact.id: Field(_answers(fact), False, fact.pertanyaan, ())
        for fact in regulation.fakta.values()
        if fact.symbol.source is Source.ANSWER
    }
    parameters = {item.id: Field(_setting(item), False, item.judul) for item in regulation.parameter.values()}
    return Record(
        {
            "kasus": Field(Text(longest=200), title="nama kasus"),
            "sop": Field(_SopName(tuple(regulation.sop)), title="SOP tempat kasus mulai"),
            "regulasi": Field(Choice(tuple(names) or (regulation.id,)), False, "peraturan yang dipakai", regulation.id),
            "tanggal": Field(Day(), title="hari kasus mulai"),
            "parameter": Field(Record(parameters), False, "setelan lokal", {}),
            "paket": Field(_package(regulation), False, "paket pengadaan", {}),
            "pejabat": Field(_officials(regulation), False, "pejabat, menurut peran", {}),
            "penyedia": Field(ListOf(BIDDER), False, "peserta atau penyedia, berurutan", []),
            "daftar_hitam": Field(ListOf(BLACKLISTED), False, "entri daftar hitam"),
            "fakta": Field(Record(answers), False, "jawaban, menurut nama fakta", {}),
            "isian": Field(isian if isian is not None else MapOf(Anything()), False, "isian dokumen", {}),
        },
        title="Berkas kasus",
    )


def _answers(fact: Fact) -> _Answers:
    optional = not fact.symbol.wajib
    if fact.symbol.type.kind is Kind.CHOICES:
        return _Answers(_Tuple(ListOf(Choice(fact.symbol.type.values))), True, optional)
    return _Answers(_scalar(fact, fact.symbol.type), False, optional)


def _scalar(fact: Fact, of: Type) -> Shape:
    match of.kind:
        case Kind.FLAG:
            return Flag()
        case Kind.DAY:
            return Day()
        case Kind.CHOICE:
            return Choice(of.values)
        case Kind.TEXT:
            return LINE
        case _:
            return Integer(fact.minimum, fact.maksimum, fact.satuan)


def _setting(parameter: Parameter) -> Integer:
    most = MAX_AMOUNT if parameter.type.kind is Kind.RUPIAH else MAX_COUNT
    return Integer(parameter.minimum, most, parameter.satuan)


def _package(regulation: Regulation) -> Record:
    kind = regulation.fakta.get("paket.jenis")
    jenis = LINE if kind is None else Choice(kind.symbol.type.values)
    return Record({**PACKAGE, "jenis": Field(jenis, False, "jenis pengadaan")}, title="Paket")


def _officials(regulation: Regulation) -> Record:
    """One official a role; a joint role such as PA/KPA also by its parts; the Pokja is a list of members."""
    keys = [role.replace("-", "_") for role in regulation.peran]
    parts = [part for role in ("pa-kpa",) if role in regulation.peran for part in role.split("-")]
    fields: dict[str, Field] = {key: Field(OFFICIAL, False) for key in (*keys, *parts)}
    fields["pokja"] = Field(ListOf(MEMBER), False, "anggota Pokja Pemilihan", [])
    return Record(fields, title="Pejabat")
