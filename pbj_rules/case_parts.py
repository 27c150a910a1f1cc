"""The parts of a case file that are the same under every regulation: package, people, bidders, blacklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pbj_rules.language.tree import Kind, Source
from pbj_rules.shapes import Choice, Day, Field, Flag, Integer, Record, Shape, Text

__all__ = [
    "AMOUNT",
    "BIDDER",
    "BLACKLISTED",
    "COLLECTIONS",
    "LINE",
    "MAX_AMOUNT",
    "MAX_COUNT",
    "MEMBER",
    "OFFICIAL",
    "PACKAGE",
    "kinds_of",
    "kinds_of_case",
]

MAX_AMOUNT: Final = 10**15  # rupiah
MAX_COUNT: Final = 10**6

LINE = Text(longest=1000)
AMOUNT = Integer(0, MAX_AMOUNT, "rupiah")
_NUMBER = Text(longest=40, meaning="nomor dalam tanda kutip")
# A sign alone is no NPWP: two firms without one would be taken for the same.
_NPWP = Text(longest=64, pattern=r".*[0-9A-Za-z].*", meaning="NPWP dalam tanda kutip")
_STAGES = Choice(("administrasi", "teknis", "harga", "kualifikasi"))


PACKAGE: Final = {
    "kode_rup": Field(_NUMBER, False, "kode RUP"),
    "kode_tender": Field(_NUMBER, False, "kode tender pada SPSE"),
    "nama": Field(LINE, False, "nama paket"),
    "pagu": Field(AMOUNT, False, "pagu anggaran"),
    "hps": Field(AMOUNT, False, "harga perkiraan sendiri"),
    "perangkat_daerah": Field(LINE, False, "perangkat daerah pemilik paket"),
    "metode_pemilihan": Field(LINE, False, "metode pemilihan"),
    "sumber_dana": Field(LINE, False, "sumber dana"),
    "tahun_anggaran": Field(Integer(2000, 2100), False, "tahun anggaran"),
    "kode_rekening": Field(LINE, False, "kode rekening belanja"),
    "lokasi": Field(LINE, False, "lokasi pekerjaan"),
    "kelompok_kerja": Field(LINE, False, "nama Pokja Pemilihan"),
}

_PERSON: Final = {
    "nama": Field(LINE, False, "nama lengkap dengan gelar"),
    "nip": Field(Text(longest=40, meaning="NIP 18 angka dalam tanda kutip"), False, "NIP"),
    "pangkat": Field(LINE, False, "pangkat/golongan"),
    "jabatan": Field(LINE, False, "jabatan"),
}
OFFICIAL: Final = Record(
    {
        **_PERSON,
        "sk": Field(LINE, False, "surat keputusan pengangkatan"),
        "alamat": Field(LINE, False, "alamat kantor"),
        "instansi": Field(LINE, False, "instansi"),
    }
)
MEMBER: Final = Record({**_PERSON, "sertifikat": Field(LINE, False, "nomor sertifikat PBJ")})

BIDDER: Final = Record(
    {
        "nama": Field(LINE),
        "npwp": Field(_NPWP, False, "NPWP"),
        "nib": Field(_NUMBER, False, "nomor induk berusaha"),
        "alamat": Field(LINE, False),
        "email": Field(LINE, False),
        "wakil": Field(Record({"nama": Field(LINE, False), "jabatan": Field(LINE, False)}), False, "wakil yang sah"),
        "kualifikasi": Field(
            Record({"lulus": Field(Flag(), False), "nilai": Field(LINE, False), "alasan": Field(LINE, False)}), False
        ),
        "pembuktian": Field(
            Record(
                {
                    "wakil": Field(LINE, False),
                    "dokumen": Field(LINE, False),
                    "sesuai": Field(Flag(), False),
                    "alasan": Field(LINE, False),
                }
            ),
            False,
        ),
        "penawaran": Field(
            Record(
                {
                    "nomor": Field(LINE, False),
                    "tanggal": Field(Day(), False),
                    "harga": Field(AMOUNT, False),
                    "harga_terkoreksi": Field(AMOUNT, False),
                    "harga_negosiasi": Field(AMOUNT, False),
                    "nilai_teknis": Field(LINE, False),
                    "nilai_akhir": Field(LINE, False),
                    "peringkat": Field(Integer(1, 1000), False),
                    "gugur": Field(LINE, False, "alasan gugur"),
                    "tahap_gugur": Field(_STAGES, False, "tahap evaluasi yang menggugurkannya"),
                }
            ),
            False,
        ),
    },
    title="Penyedia",
)

BLACKLISTED: Final = Record(
    {
        "npwp": Field(_NPWP),
        "nama": Field(LINE),
        "mulai": Field(Day(), title="hari pertama sanksi"),
        "selesai": Field(Day(), title="hari terakhir sanksi, termasuk"),
        "nomor_sk": Field(LINE, False, "nomor surat keputusan sanksi"),
    },
    title="Entri daftar hitam",
)

COLLECTIONS: Final[Mapping[str, Record]] = {"daftar_hitam": BLACKLISTED}


def kinds_of_case(source: Source) -> dict[str, frozenset[Kind]]:
    """The keys of a case that facts of this source can be, each with the kinds of fact that it can hold."""
    match source:
        case Source.CASE:
            return {"tanggal": frozenset({Kind.DAY})}
        case Source.PACKAGE:
            fields = {f"paket.{key}": kinds_of(item.shape) for key, item in PACKAGE.items()}
            return {**fields, "paket.jenis": frozenset({Kind.CHOICE})}
        case Source.APPLICANT:
            fields = {f"pemohon.{key}": kinds_of(item.shape) for key, item in BIDDER.fields.items()}
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
