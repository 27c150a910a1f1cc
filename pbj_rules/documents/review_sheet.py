"""The cover sheet of a review: every statement of the papers with its origin, for sign-off, under a seal.

The sheet carries what it rests on inside itself (a custom XML part, which word processors keep), and beside it as
JSON. So a signed sheet can be held against the rules, templates and facts of any later day.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from pbj_rules.case import Case
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.context import letterhead_lines
from pbj_rules.documents.office import Office
from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.properties import file_properties
from pbj_rules.documents.review_basis import Basis, anomalies_read, seal_of
from pbj_rules.documents.reviewing import Review
from pbj_rules.documents.seal import SEAL_PART, read_seal, short_code
from pbj_rules.errors import InputError, Problem
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import sheets_directory
from pbj_rules.result import Result

__all__ = ["SHEET", "read_sheet", "review_sheet", "sheet_data"]

SHEET: Final = "lembar-tinjauan"
SCHEMA: Final = "pbj-tinjauan/1"
_DATA: Final = "customXml/item1.xml"
_PROPERTIES: Final = "customXml/itemProps1.xml"
_NAMESPACE: Final = "urn:pbj-rules:tinjauan"
_ITEM: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
    'ds:itemID="{B1C0A5F2-5042-4A52-8E53-7065726B6172}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_ITEM_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def sheet_data(case: Case, file: str, basis: Basis, reviews: Sequence[Review]) -> dict[str, Any]:
    """What the sheet says, for programs: the seal, what it rests on, and the statements of every paper."""
    return {
        "skema": SCHEMA,
        "kasus": case.kasus,
        "berkas": Path(file).name,
        "segel": seal_of(basis),
        "dasar": basis,
        "naskah": [
            {
                "judul": review.paper.title,
                "berkas": review.paper.name,
                "pernyataan": [
                    {"hal": one.hal, "isi": one.isi, "asal": one.asal, "sumber": one.sumber}
                    for one in review.statements
                ],
            }
            for review in reviews
        ],
    }


def review_sheet(
    case: Case,
    result: Result,
    office: Office,
    regulation: Regulation,
    reviews: Sequence[Review],
    data: Mapping[str, Any],
) -> bytes:
    """The sheet as a Word file, its data inside."""
    template = compile_template(sheets_directory() / f"{SHEET}.docx", Look(office.page, office.logo))
    changed = template.render(_context(case, result, office, regulation, reviews, data))
    title = "Lembar tinjauan konsep naskah"
    changed |= file_properties(title=title, subject=case.kasus, creator=office.name, day=case.tanggal)
    package = Package(unpack(io.BytesIO(template.pack(changed))))
    text = escape(json.dumps(data, ensure_ascii=False))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package.parts[_DATA] = f'{head}<tinjauan xmlns="{_NAMESPACE}">{text}</tinjauan>'.encode()
    package.add(_PROPERTIES, _ITEM.encode(), _ITEM_TYPE)
    package.relate("word/document.xml", "customXml", _DATA)
    package.relate(_DATA, "customXmlProps", _PROPERTIES)
    return pack(package.parts)


def _context(
    case: Case,
    result: Result,
    office: Office,
    regulation: Regulation,
    reviews: Sequence[Review],
    data: Mapping[str, Any],
) -> dict[str, Any]:
    anomalies = [regulation.anomali[name] for name in anomalies_read(result)]
    return {
        "kop": letterhead_lines(office.letterhead),
        "kode_verifikasi": short_code(data["segel"]),
        "pelengkap": False,
        "kasus": case.kasus,
        "sop": regulation.sop[case.sop].judul,
        "peraturan": regulation.judul,
        "tanggal": case.tanggal,
        "paket": case.paket.get("nama"),
        "segel": short_code(data["segel"]),
        "naskah": [
            {
                "judul": review.paper.title,
                "berkas": review.paper.name,
                "baris": _row(result, review),
                "kode": _code(review),
                "pernyataan": said["pernyataan"],
            }
            for review, said in zip(reviews, data["naskah"], strict=True)
        ],
        "tafsir": [{"id": one.id, "bacaan": one.bacaan, "alternatif": one.alternatif} for one in anomalies],
    }


def _row(result: Result, review: Review) -> str:
    index = review.paper.index
    return "pelengkap" if index is None else result.dokumen[index].baris


def _code(review: Review) -> str:
    seal = read_seal(unpack(io.BytesIO(review.paper.content))[SEAL_PART])
    return short_code(seal.content) if seal else "-"


def read_sheet(file: Path) -> dict[str, Any]:
    """The data of a sheet, from the Word file itself or from the JSON beside it. Raises InputError."""
    try:
        return _checked(_json_of(file))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            [
                Problem(
                    f"bukan lembar tinjauan pbj-rules: {error}",
                    str(file),
                    expected=f"{SHEET}.docx atau {SHEET}.json dari `pbj review`",
                )
            ]
        ) from error


def _json_of(file: Path) -> str:
    if file.suffix.lower() == ".json":
        return file.read_text(encoding="utf-8")
    from pbj_rules.documents.markup import parse

    parts = unpack(file)
    for name, data in parts.items():
        if name.startswith("customXml/item") and _NAMESPACE.encode() in data and b"<!DOCTYPE" not in data:
            root = parse(data)
            if root.tag == f"{{{_NAMESPACE}}}tinjauan":
                return "".join(root.itertext())
    raise ValueError("tidak memuat data tinjauan")


def _checked(text: str) -> dict[str, Any]:
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("skema") != SCHEMA:
        raise ValueError(f"skema bukan {SCHEMA}")
    basis = data["dasar"]
    kinds_are_right = isinstance(basis, dict) and all(isinstance(kind, dict) for kind in basis.values())
    if not kinds_are_right or seal_of(basis) != data["segel"]:
        raise ValueError("data di dalamnya tidak cocok dengan segelnya")
    return data
