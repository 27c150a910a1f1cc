"""The shape of an office profile, and the checks that a shape cannot say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pbj_rules.documents.contract.fields import record_shape
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.errors import Problem
from pbj_rules.shapes import (
    Choice,
    Day,
    Field,
    Flag,
    Integer,
    ListOf,
    Record,
    Shape,
    Text,
    nearest,
)

__all__ = ["PLACEHOLDERS", "check_profile", "profile_shape"]

PLACEHOLDERS: Final = ("urut", "kode", "bulan", "bulan_romawi", "tahun")

_LINE: Final = Text(longest=500, pattern=r"[^\n\r\t]+", meaning="teks satu baris")
_LINES: Final = ListOf(_LINE)
_MILLIMETRES: Final = Integer(50, 1000, "milimeter")
_MARGIN: Final = Integer(0, 100, "milimeter")
_ROLE: Final = r"[a-z][a-z0-9_]*"


def profile_shape() -> Record:
    """The whole profile."""
    contract = load_contract()
    paper = Choice(tuple(contract.papers))
    return Record(
        {
            "kantor": Field(Record({"nama": Field(_LINE), "tempat": Field(_LINE), "laman_spse": Field(_LINE)})),
            "kop": Field(_letterhead()),
            "perangkat_daerah": Field(
                ListOf(Record({"nama": Field(_LINE), "kop": Field(_letterhead())})),
                False,
                default=[],
            ),
            "logo": Field(_LINE, False),
            "halaman": Field(_page()),
            "pejabat": Field(_officials(), False, default={}),
            "nomor": Field(_numbers()),
            "dasar_hukum": Field(ListOf(_legal_basis(paper)), False, default=[]),
            "tembusan": Field(_by_paper(_LINES), False, default={}),
            "verifikasi": Field(Record({"qr": Field(Flag(), False, default=False)}), False, default={"qr": False}),
            "pengesah": Field(_by_paper(Text(pattern=_ROLE, meaning="peran")), False, default={}),
        },
        title="Profil kantor",
    )


def _by_paper(item: Shape) -> Record:
    """A key per paper, so that a misspelt id is refused with the nearest one."""
    return Record({paper: Field(item, False) for paper in load_contract().papers})


def _letterhead() -> Record:
    return Record(
        {
            "induk": Field(_LINES, False, default=[]),
            "nama": Field(_LINE),
            "alamat": Field(_LINES, False, default=[]),
        }
    )


def _page() -> Record:
    margins = {side: Field(_MARGIN) for side in ("atas", "bawah", "kiri", "kanan")}
    return Record(
        {
            "lebar_mm": Field(_MILLIMETRES),
            "tinggi_mm": Field(_MILLIMETRES),
            "tepi_mm": Field(Record(margins)),
            "huruf": Field(Record({"nama": Field(_LINE), "ukuran": Field(Integer(8, 16, "pt"))})),
        }
    )


def _officials() -> Record:
    """``pokja`` is a list of members; any other role is a person. Roles are the regulation's."""
    contract = load_contract()
    person = record_shape(contract.case["orang"])
    member = record_shape(contract.case["anggota"])
    roles = {role: Field(person, False) for role in contract.roles}
    return Record({**roles, "pokja": Field(ListOf(member), False)})


def _numbers() -> Record:
    return Record(
        {
            "pola": Field(_LINE),
            "kode": Field(_by_paper(_LINE), False, default={}),
            "pola_naskah": Field(_by_paper(_LINE), False, default={}),
        }
    )


def _legal_basis(paper: Shape) -> Record:
    return Record(
        {
            "teks": Field(Text(longest=1_000)),
            "berlaku_sejak": Field(Day()),
            "berlaku_sampai": Field(Day(), False),
            "naskah": Field(ListOf(paper), False, default=[]),
        }
    )


def check_profile(value: Mapping[str, Any], file: str) -> list[Problem]:
    """What makes no sense although every value has its shape."""
    return [
        *_margins_that_leave_no_room(value["halaman"], file),
        *_unknown_placeholders(value["nomor"], file),
        *_reversed_periods(value["dasar_hukum"], file),
        *_unknown_signers(value, file),
    ]


def _margins_that_leave_no_room(page: Mapping[str, Any], file: str) -> list[Problem]:
    margins = page["tepi_mm"]
    sides = (("lebar_mm", "kiri", "kanan"), ("tinggi_mm", "atas", "bawah"))
    return [
        Problem(
            f"tepi {first} dan {second} tidak menyisakan ruang tulis",
            file,
            path="halaman.tepi_mm",
            expected=f"jumlahnya di bawah {page[size] - 50} milimeter",
        )
        for size, first, second in sides
        if margins[first] + margins[second] > page[size] - 50
    ]


def _unknown_placeholders(numbers: Mapping[str, Any], file: str) -> list[Problem]:
    patterns = {"nomor.pola": numbers["pola"]}
    patterns |= {f"nomor.pola_naskah.{key}": text for key, text in numbers["pola_naskah"].items()}
    return [
        Problem(
            f"`{{{name}}}` tidak dikenal",
            file,
            path=path,
            expected="salah satu dari " + ", ".join(f"{{{known}}}" for known in PLACEHOLDERS),
            remedy=nearest(name, PLACEHOLDERS),
        )
        for path, pattern in patterns.items()
        for name in re.findall(r"\{([^{}]*)\}", pattern or "")
        if name not in PLACEHOLDERS
    ]


def _reversed_periods(entries: list[Mapping[str, Any]], file: str) -> list[Problem]:
    return [
        Problem(
            "masa berlaku berakhir sebelum mulai",
            file,
            path=f"dasar_hukum[{number}].berlaku_sampai",
            expected="hari yang sama atau sesudah `berlaku_sejak`",
        )
        for number, entry in enumerate(entries, 1)
        if entry["berlaku_sampai"] and entry["berlaku_sampai"] < entry["berlaku_sejak"]
    ]


def _unknown_signers(value: Mapping[str, Any], file: str) -> list[Problem]:
    roles = load_contract().roles
    return [
        Problem(
            f"peran `{role}` tidak dikenal",
            file,
            path=f"pengesah.{paper}",
            expected="salah satu dari " + ", ".join(roles),
            remedy=nearest(role, roles),
        )
        for paper, role in value["pengesah"].items()
        if role is not None and role not in roles
    ]
