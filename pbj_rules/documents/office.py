"""The office profile: letterhead, officials, number patterns, page, legal basis, copies.

All of it is data of an office and of a time, so none of it stands in code or in a template. The
shipped profile (``doc_templates/profil/contoh.yaml``) is of fictitious people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from pbj_rules import shapes
from pbj_rules.documents.office_shape import check_profile, profile_shape
from pbj_rules.errors import InputError, Problem
from pbj_rules.reading import read_file
from pbj_rules.system import reason_of

__all__ = ["LegalBasis", "Letterhead", "Office", "Page", "as_written"]

PNG_HEADER: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
MAX_LOGO_BYTES: Final = 1_000_000


@frozen
class Letterhead:
    """The lines of a letterhead: the bodies above, the office itself, its address."""

    above: tuple[str, ...]
    name: str
    address: tuple[str, ...]


@frozen
class LegalBasis:
    """A regulation that papers cite while it is in force; ``papers`` empty means every paper."""

    text: str
    start: date
    end: date | None
    papers: tuple[str, ...]

    def applies(self, day: date, paper: str) -> bool:
        in_force = self.start <= day and (self.end is None or day <= self.end)
        return in_force and (not self.papers or paper in self.papers)


@frozen
class Page:
    """Paper size and margins in millimetres, and the type."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    font: str
    size: int


@frozen
class Office:
    """A valid office profile. ``file`` stands for it in errors."""

    file: str
    name: str
    place: str
    portal: str
    letterhead: Letterhead
    units: Mapping[str, Letterhead]
    logo: bytes | None
    page: Page
    officials: Mapping[str, Any]
    number_pattern: str
    number_codes: Mapping[str, str]
    number_patterns: Mapping[str, str]
    legal_basis: tuple[LegalBasis, ...]
    copies: Mapping[str, tuple[str, ...]]
    signers: Mapping[str, str]
    qr: bool = False

    @classmethod
    def from_file(cls, path: str | PathLike[str]) -> Office:
        """The profile at ``path``; raises InputError with all that is wrong with it."""
        file = Path(path)
        value, problems = shapes.read_shape(profile_shape(), read_file(file), str(file))
        if not problems:
            problems = check_profile(value, str(file))
        logo, logo_problems = (None, []) if problems else _logo(value["logo"], file)
        if problems or logo_problems:
            raise InputError([*problems, *logo_problems])
        return _office(value, str(file), logo)

    def basis_on(self, day: date, paper: str) -> tuple[str, ...]:
        """The regulations that ``paper`` cites when it bears ``day``, in the profile's order."""
        return tuple(basis.text for basis in self.legal_basis if basis.applies(day, paper))


def as_written(office: Office) -> dict[str, Any]:
    """The profile under the names that its file has for it."""
    page = office.page
    return {
        "kantor": {"nama": office.name, "tempat": office.place, "laman_spse": office.portal},
        "kop": _lines(office.letterhead),
        "perangkat_daerah": {unit: {"kop": _lines(head)} for unit, head in office.units.items()},
        "logo": office.logo,
        "halaman": {
            "lebar_mm": page.width,
            "tinggi_mm": page.height,
            "tepi_mm": {"atas": page.top, "bawah": page.bottom, "kiri": page.left, "kanan": page.right},
            "huruf": {"nama": page.font, "ukuran": page.size},
        },
        "pejabat": office.officials,
        "nomor": {"pola": office.number_pattern, "kode": office.number_codes, "pola_naskah": office.number_patterns},
        "dasar_hukum": [
            {"teks": item.text, "berlaku_sejak": item.start, "berlaku_sampai": item.end, "naskah": item.papers}
            for item in office.legal_basis
        ],
        "tembusan": office.copies,
        "verifikasi": {"qr": office.qr},
        "pengesah": office.signers,
    }


def _lines(head: Letterhead) -> dict[str, Any]:
    return {"induk": head.above, "nama": head.name, "alamat": head.address}


def _office(value: Mapping[str, Any], file: str, logo: bytes | None) -> Office:
    numbers, paper = value["nomor"], value["halaman"]
    margins, font = paper["tepi_mm"], paper["huruf"]
    return Office(
        file,
        value["kantor"]["nama"],
        value["kantor"]["tempat"],
        value["kantor"]["laman_spse"],
        _letterhead(value["kop"]),
        {unit["nama"]: _letterhead(unit["kop"]) for unit in value["perangkat_daerah"]},
        logo,
        Page(
            paper["lebar_mm"],
            paper["tinggi_mm"],
            margins["atas"],
            margins["bawah"],
            margins["kiri"],
            margins["kanan"],
            font["nama"],
            font["ukuran"],
        ),
        value["pejabat"],
        numbers["pola"],
        numbers["kode"],
        numbers["pola_naskah"],
        tuple(
            LegalBasis(item["teks"], item["berlaku_sejak"], item["berlaku_sampai"], tuple(item["naskah"]))
            for item in value["dasar_hukum"]
        ),
        {paper: tuple(copies or ()) for paper, copies in value["tembusan"].items()},
        value["pengesah"],
        value["verifikasi"]["qr"],
    )


def _letterhead(value: Mapping[str, Any]) -> Letterhead:
    return Letterhead(tuple(value["induk"]), value["nama"], tuple(value["alamat"]))


def _logo(name: str | None, profile: Path) -> tuple[bytes | None, list[Problem]]:
    """The emblem's bytes; it lies beside the profile."""
    if name is None:
        return None, []

    def refused(message: str, expected: str) -> tuple[None, list[Problem]]:
        remedy = "perbaiki `logo`, atau hapus bila kop tanpa lambang"
        return None, [Problem(message, str(profile), None, "logo", expected, remedy)]

    file = profile.parent / name
    try:
        data = file.read_bytes()
    except OSError as error:
        return refused(f"`{name}` tidak dapat dibaca: {reason_of(error)}", "berkas PNG di samping profil")
    if not data.startswith(PNG_HEADER) or not all(_size_of(data)):
        return refused(f"`{name}` bukan gambar PNG", "berkas PNG")
    if len(data) > MAX_LOGO_BYTES:
        return refused(f"`{name}` terlalu besar", f"paling besar {MAX_LOGO_BYTES} bita")
    return data, []


def _size_of(png: bytes) -> tuple[int, int]:
    """Width and height in dots; zero where the file is cut off."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
