"""Reads a cover sheet again, however a word processor saved it, and refuses one that was edited inside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from pbj_rules.documents.cover_sheet import DATA_NAMESPACE, SCHEMA, SHEET, seal_of
from pbj_rules.documents.packing import unpack
from pbj_rules.documents.review_placing import words_of
from pbj_rules.documents.seal import short_code
from pbj_rules.documents.sheet_rows import sheet_rows
from pbj_rules.documents.statements import Statement
from pbj_rules.errors import InputError, Problem
from pbj_rules.system import reason_of

__all__ = ["read_sheet"]

_TEXTS: Final = ("skema", "kasus", "berkas", "profil", "segel")
_UNSEEN: Final = re.compile(r"[\s\u200b\u00ad]+")


def read_sheet(file: Path) -> dict[str, Any]:
    """The data of a sheet, from the Word file itself or from the JSON beside it.

    Raises InputError for a file that is none, or whose data or words somebody changed.
    """
    try:
        if file.suffix.lower() == ".json":
            return _checked(file.read_text(encoding="utf-8"))
        parts = unpack(file)
        data = _checked(_text_of(parts))
        _compare(parts["word/document.xml"].decode("utf-8"), data)
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise InputError([_refused(file, error)]) from error
    return data


def _refused(file: Path, error: Exception) -> Problem:
    if isinstance(error, OSError):
        said = reason_of(error)
    else:
        said = str(error) if type(error) is ValueError else "susunannya salah"
    return Problem(
        f"bukan lembar tinjauan pbj-rules yang utuh: {said}",
        str(file),
        expected=f"{SHEET}.docx atau {SHEET}.json sebagaimana ditulis `pbj review`",
        remedy="pakai berkas aslinya, atau buat tinjauan baru",
    )


def _text_of(parts: dict[str, bytes]) -> str:
    from lxml import etree

    from pbj_rules.documents.markup import parse

    for name, data in parts.items():
        if name.startswith("customXml/item") and DATA_NAMESPACE.encode() in data and b"<!DOCTYPE" not in data:
            try:
                root = parse(data)
            except etree.XMLSyntaxError as error:
                raise ValueError("data di dalamnya rusak") from error
            if root.tag == f"{{{DATA_NAMESPACE}}}tinjauan":
                return "".join(root.itertext())
    raise ValueError("tidak memuat data tinjauan")


def _checked(text: str) -> dict[str, Any]:
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("skema") != SCHEMA:
        raise ValueError(f"skemanya bukan {SCHEMA}")
    if not _has_shape(data) or seal_of(data) != data["segel"]:
        raise ValueError("data di dalamnya tidak cocok dengan segelnya")
    return data


def _has_shape(data: dict[str, Any]) -> bool:
    basis = data.get("dasar")
    return (
        all(isinstance(data.get(name), str) for name in _TEXTS)
        and isinstance(data.get("naskah"), list)
        and isinstance(basis, dict)
        and all(isinstance(kind, dict) for kind in basis.values())
        and all(isinstance(value, str) for kind in basis.values() for value in kind.values())
    )


def _compare(body: str, data: dict[str, Any]) -> None:
    """Raises ValueError where the pages no longer say what the data say. Notes of the signers may be added."""
    shown = _bare(words_of(body))
    wanted = [short_code(data["segel"])]
    shared, own = sheet_rows([[Statement(**one) for one in paper["pernyataan"]] for paper in data["naskah"]])
    wanted += [paper["judul"] for paper in data["naskah"]]
    wanted += [cell for rows in (shared, *own) for row in rows for cell in (row.hal, row.isi, row.asal)]
    for text in wanted:
        if _bare(text) not in shown:
            raise ValueError(f"halamannya tidak lagi memuat “{text[:80]}”")


def _bare(text: str) -> str:
    """The signs alone: word processors break lines and words where they like."""
    return _UNSEEN.sub("", text)
