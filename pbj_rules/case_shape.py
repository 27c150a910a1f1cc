"""The shape of a case file (contract, "Case file"), from the regulation's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

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

__all__ = ["COLLECTIONS", "MAX_AMOUNT", "MAX_COUNT", "case_shape", "kinds_of", "kinds_of_case"]

MAX_AMOUNT: Final = 10**15  # rupiah
MAX_COUNT: Final = 10**6

_LINE = Text(longest=1000)
_AMOUNT = Integer(0, MAX_AMOUNT, "rupiah")
_NUMBER = Text(longest=40, meaning="nomor dalam tanda kutip")
# A sign alone is no NPWP: two firms without one would be taken for the same.
_NPWP = Text(longest=64, pattern=r".*[0-9A-Za-z].*", meaning="NPWP dalam tanda kutip")


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


def case_shape(regulation: Regulation, isian: Shape | None = None) -> Record:
    """The shape of case files under this regulation; ``isian`` is the shape of what papers add."""
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
            "regulasi": Field(Choice((regulation.id,)), False, "peraturan yang dipakai", regulation.id),
            "tanggal": Field(Day(), title="hari kasus mulai"),
            "parameter": Field(Record(parameters), False, "setelan lokal", {}),
            "paket": Field(_package(regulation), False, "paket pengadaan", {}),
            "pejabat": Field(_officials(regulation), False, "pejabat, menurut peran", {}),
            "penyedia": Field(ListOf(_BIDDER), False, "peserta atau penyedia, berurutan", []),
            "daftar_hitam": Field(ListOf(_BLACKLISTED), False, "entri daftar hitam"),
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
            return _LINE
        case _:
            return Integer(fact.minimum, fact.maksimum, fact.satuan)


def _setting(parameter: Parameter) -> Integer:
    most = MAX_AMOUNT if parameter.type.kind is Kind.RUPIAH else MAX_COUNT
    return Integer(parameter.minimum, most, parameter.satuan)


def _package(regulation: Regulation) -> Record:
    kind = regulation.fakta.get("paket.jenis")
    jenis = _LINE if kind is None else Choice(kind.symbol.type.values)
    return Record({**_PACKAGE, "jenis": Field(jenis, False, "jenis pengadaan")}, title="Paket")


_PACKAGE: Final = {
    "kode_rup": Field(_NUMBER, False, "kode RUP"),
    "kode_tender": Field(_NUMBER, False, "kode tender pada SPSE"),
    "nama": Field(_LINE, False, "nama paket"),
    "pagu": Field(_AMOUNT, False, "pagu anggaran"),
    "hps": Field(_AMOUNT, False, "harga perkiraan sendiri"),
    "perangkat_daerah": Field(_LINE, False, "perangkat daerah pemilik paket"),
    "metode_pemilihan": Field(_LINE, False, "metode pemilihan"),
    "sumber_dana": Field(_LINE, False, "sumber dana"),
    "tahun_anggaran": Field(Integer(2000, 2100), False, "tahun anggaran"),
    "kode_rekening": Field(_LINE, False, "kode rekening belanja"),
    "lokasi": Field(_LINE, False, "lokasi pekerjaan"),
    "kelompok_kerja": Field(_LINE, False, "nama Pokja Pemilihan"),
}


_PERSON: Final = {
    "nama": Field(_LINE, False, "nama lengkap dengan gelar"),
    "nip": Field(Text(longest=40, meaning="NIP 18 angka dalam tanda kutip"), False, "NIP"),
    "pangkat": Field(_LINE, False, "pangkat/golongan"),
    "jabatan": Field(_LINE, False, "jabatan"),
}
_OFFICIAL: Final = Record(
    {
        **_PERSON,
        "sk": Field(_LINE, False, "surat keputusan pengangkatan"),
        "alamat": Field(_LINE, False, "alamat kantor"),
        "instansi": Field(_LINE, False, "instansi"),
    }
)
_MEMBER: Final = Record({**_PERSON, "sertifikat": Field(_LINE, False, "nomor sertifikat PBJ")})


def _officials(regulation: Regulation) -> Record:
    """One official a role; a joint role such as PA/KPA also by its parts; the Pokja is a list of members."""
    keys = [role.replace("-", "_") for role in regulation.peran]
    parts = [part for role in ("pa-kpa",) if role in regulation.peran for part in role.split("-")]
    fields: dict[str, Field] = {key: Field(_OFFICIAL, False) for key in (*keys, *parts)}
    fields["pokja"] = Field(ListOf(_MEMBER), False, "anggota Pokja Pemilihan", [])
    return Record(fields, title="Pejabat")


_BIDDER: Final = Record(
    {
        "nama": Field(_LINE),
        "npwp": Field(_NPWP, False, "NPWP"),
        "nib": Field(_NUMBER, False, "nomor induk berusaha"),
        "alamat": Field(_LINE, False),
        "email": Field(_LINE, False),
        "wakil": Field(Record({"nama": Field(_LINE, False), "jabatan": Field(_LINE, False)}), False, "wakil yang sah"),
        "kualifikasi": Field(
            Record({"lulus": Field(Flag(), False), "nilai": Field(_LINE, False), "alasan": Field(_LINE, False)}), False
        ),
        "pembuktian": Field(
            Record(
                {
                    "wakil": Field(_LINE, False),
                    "dokumen": Field(_LINE, False),
                    "sesuai": Field(Flag(), False),
                    "alasan": Field(_LINE, False),
                }
            ),
            False,
        ),
        "penawaran": Field(
            Record(
                {
                    "nomor": Field(_LINE, False),
                    "tanggal": Field(Day(), False),
                    "harga": Field(_AMOUNT, False),
                    "harga_terkoreksi": Field(_AMOUNT, False),
                    "harga_negosiasi": Field(_AMOUNT, False),
                    "nilai_teknis": Field(_LINE, False),
                    "nilai_akhir": Field(_LINE, False),
                    "peringkat": Field(Integer(1, 1000), False),
                    "gugur": Field(_LINE, False),
                }
            ),
            False,
        ),
    },
    title="Penyedia",
)

_BLACKLISTED: Final = Record(
    {
        "npwp": Field(_NPWP),
        "nama": Field(_LINE),
        "mulai": Field(Day(), title="hari pertama sanksi"),
        "selesai": Field(Day(), title="hari terakhir sanksi, termasuk"),
        "nomor_sk": Field(_LINE, False, "nomor surat keputusan sanksi"),
    },
    title="Entri daftar hitam",
)

COLLECTIONS: Final[Mapping[str, Record]] = {"daftar_hitam": _BLACKLISTED}


def kinds_of_case(source: Source) -> dict[str, frozenset[Kind]]:
    """The keys of a case that facts of this source can be, each with the kinds of fact that it can hold."""
    match source:
        case Source.CASE:
            return {"tanggal": frozenset({Kind.DAY})}
        case Source.PACKAGE:
            fields = {f"paket.{key}": kinds_of(item.shape) for key, item in _PACKAGE.items()}
            return {**fields, "paket.jenis": frozenset({Kind.CHOICE})}
        case Source.APPLICANT:
            fields = {f"pemohon.{key}": kinds_of(item.shape) for key, item in _BIDDER.fields.items()}
            return {name: kinds for name, kinds in fields.items() if kinds}
        case _:
            return {}


def kinds_of(shape: Shape) -> frozenset[Kind]:
    """The kinds of fact that a value of this shape can be."""
    match shape:
        case Integer():
            return frozenset({Kind.COUNT, Kind.RUPIAH, Kind.DAYS})
        case Text():
            return frozenset({Kind.TEXT})
        case Day():
            return frozenset({Kind.DAY})
        case Flag():
            return frozenset({Kind.FLAG})
        case _:
            return frozenset()
