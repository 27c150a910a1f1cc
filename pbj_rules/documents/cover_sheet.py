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

import attrs

from pbj_rules.case import Case
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.context import letterhead_lines
from pbj_rules.documents.office import Office
from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.properties import file_properties
from pbj_rules.documents.review_basis import Change, anomalies_read, basis_of, changes, digest_of_data
from pbj_rules.documents.reviewing import Review
from pbj_rules.documents.seal import SEAL_PART, read_seal, short_code
from pbj_rules.documents.sheet_rows import SheetRow, breakable, sheet_rows
from pbj_rules.language.saying import say_value
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import sheets_directory
from pbj_rules.result import Result

__all__ = ["SCHEMA", "SHEET", "ReviewSheet", "review_sheet", "seal_of", "sheet_changes"]

SHEET: Final = "lembar-tinjauan"
# Raised when data or basis change their shape: of a sheet of another shape nothing could be said that is true.
SCHEMA: Final = "pbj-tinjauan/1"
DATA_NAMESPACE: Final = "urn:pbj-rules:tinjauan"
_DATA: Final = "customXml/item1.xml"
_PROPERTIES: Final = "customXml/itemProps1.xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
_ITEM: Final = (
    f'{_HEAD}<ds:datastoreItem ds:itemID="{{B1C0A5F2-5042-4A52-8E53-7065726B6172}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_ITEM_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# Where files lay says nothing of what was reviewed.
_UNSEALED: Final = ("segel", "berkas", "profil")


@attrs.frozen
class ReviewSheet:
    """The sheet: its data for programs, and the Word file, which holds the data too."""

    data: Mapping[str, Any]
    content: bytes

    @property
    def json(self) -> bytes:
        """The data as a file."""
        return json.dumps(self.data, ensure_ascii=False, indent=1).encode("utf-8")


def review_sheet(
    case: Case,
    result: Result,
    office: Office,
    regulation: Regulation,
    reviews: Sequence[Review],
    *,
    file: str = "",
    profile: str = "",
) -> ReviewSheet:
    """The sheet of a review. ``file``, ``profile``: those of the case and the office, for whoever verifies it later."""
    data = _data(case, result, office, regulation, reviews) | {"berkas": Path(file).name, "profil": Path(profile).name}
    data["segel"] = seal_of(data)
    template = compile_template(sheets_directory() / f"{SHEET}.docx", Look(office.page, office.logo))
    changed = template.render(_context(case, result, office, regulation, reviews, data))
    title = "Lembar tinjauan konsep naskah"
    changed |= file_properties(title=title, subject=case.kasus, creator=office.name, day=case.tanggal)
    return ReviewSheet(data, _with_data(template.pack(changed), data))


def sheet_changes(
    signed: Mapping[str, Any],
    case: Case,
    result: Result,
    office: Office,
    regulation: Regulation,
    reviews: Sequence[Review],
) -> list[Change]:
    """What is no longer as it was when a sheet was made; nothing, where its signature still holds."""
    now = basis_of(case, result, office, regulation, [review.rendered for review in reviews])
    return changes(signed["dasar"], now)


def seal_of(data: Mapping[str, Any]) -> str:
    """The digest of what a sheet says and of all that it rests on: its seal."""
    return digest_of_data({name: value for name, value in data.items() if name not in _UNSEALED})


def _data(
    case: Case, result: Result, office: Office, regulation: Regulation, reviews: Sequence[Review]
) -> dict[str, Any]:
    return {
        "skema": SCHEMA,
        "kasus": case.kasus,
        "dasar": basis_of(case, result, office, regulation, [review.rendered for review in reviews]),
        "naskah": [
            {
                "judul": review.paper.title,
                "berkas": review.paper.name,
                "tertelusur": review.traced,
                "pernyataan": [attrs.asdict(one) for one in review.statements],
            }
            for review in reviews
        ],
    }


def _with_data(content: bytes, data: Mapping[str, Any]) -> bytes:
    """The Word file with the data in a part of its own."""
    package = Package(unpack(io.BytesIO(content)))
    text = escape(json.dumps(data, ensure_ascii=False))
    package.parts[_DATA] = f'{_HEAD}<tinjauan xmlns="{DATA_NAMESPACE}">{text}</tinjauan>'.encode()
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
    seal = short_code(data["segel"])
    shared, own = sheet_rows([review.statements for review in reviews])
    anomalies = [regulation.anomali[name] for name in anomalies_read(result)]
    return {
        "kop": letterhead_lines(office.letterhead),
        "kode_verifikasi": seal,
        "pelengkap": False,
        "kasus": case.kasus,
        "sop": f"{regulation.sop[case.sop].judul} ({regulation.sop[case.sop].pasal})",
        "peraturan": regulation.judul,
        "tanggal": case.tanggal,
        "paket": case.paket.get("nama"),
        "segel": seal,
        "bersama": [attrs.asdict(row) for row in shared],
        "naskah": [_paper(result, review, rows) for review, rows in zip(reviews, own, strict=True)],
        "tafsir": [{"id": one.id, "bacaan": one.bacaan, "alternatif": one.alternatif} for one in anomalies],
        "setelan": [
            {
                "judul": parameter.judul,
                "kasus": say_value(value, parameter.type.kind),
                "peraturan": say_value(parameter.nilai, parameter.type.kind),
            }
            for name, value in case.parameter.items()
            for parameter in [regulation.parameter[name]]
        ],
    }


def _paper(result: Result, review: Review, rows: Sequence[SheetRow]) -> dict[str, Any]:
    index = review.paper.index
    seal = read_seal(unpack(io.BytesIO(review.paper.content))[SEAL_PART])
    return {
        "judul": review.paper.title,
        "berkas": review.paper.name,
        "baris": "pelengkap" if index is None else breakable(result.dokumen[index].baris),
        "kode": short_code(seal.content) if seal else "-",
        "templat": review.rendered.template.name,
        "tertelusur": review.traced,
        "pernyataan": [attrs.asdict(row) for row in rows],
    }
