"""A paper's file as it lies on the disk: opened with care, with everything in it that is not one of its parts."""

from __future__ import annotations

import io
import struct
import zipfile
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import not_plain_xml, unpack
from pbj_rules.documents.page_text import PageText
from pbj_rules.documents.words import words_of
from pbj_rules.errors import InputError, Problem
from pbj_rules.reading import printable
from pbj_rules.system import reason_of

__all__ = ["OpenedPaper", "open_paper"]

MAX_FILE_BYTES: Final = 20_000_000
_END: Final = 22
_DESCRIBED_LATER: Final = 0x08
_DESCRIPTOR: Final = b"PK\7\x08"


class OpenedPaper(NamedTuple):
    """A Word file.

    ``body``: the part that it shows, empty where that is not certain; ``pages``: the words of the body, then of its
    headers and footers. ``surplus``: whether its archive holds anything beside its parts.
    """

    name: str
    data: bytes
    parts: dict[str, bytes]
    body: str
    pages: tuple[PageText, ...]
    surplus: bool


def open_paper(file: str | PathLike[str] | bytes, name: str = "naskah") -> OpenedPaper:
    """The paper in a file, or in its bytes, which ``name`` then stands for.

    Raises InputError for what cannot be read, is no Word file, is damaged or dangerous to open.
    """
    shown = name if isinstance(file, bytes) else printable(str(file))
    data = file if isinstance(file, bytes) else _read(Path(file), shown)
    try:
        parts = unpack(io.BytesIO(data))
    except ValueError as error:
        raise _refused(shown, _what_is_wrong(data, str(error))) from error
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")) and (why := not_plain_xml(content)):
            raise _refused(shown, f"bagian `{printable(part)}` {why}")
    try:
        body = _body_of(parts)
        pages = tuple(words_of(parts[page]) for page in Package(parts).pages(body)) if body else ()
    except etree.XMLSyntaxError as error:
        raise _refused(shown, "memuat XML yang rusak") from error
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    return OpenedPaper(shown, data, parts, body, pages, _has_more(data, members))


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "namanya tidak sah"
        raise _refused(name, f"tidak dapat dibaca: {reason}") from error
    if len(data) > MAX_FILE_BYTES:
        raise _refused(name, f"lebih besar dari {MAX_FILE_BYTES} bita")
    return data


def _what_is_wrong(data: bytes, reason: str) -> str:
    if data.startswith(b"%PDF"):
        return "ini PDF: yang diperiksa adalah naskah Word-nya; pada PDF cocokkan kode yang tercetak"
    if data.startswith(b"PK") and reason.startswith("bukan berkas Word (.docx)"):
        return "bukan berkas Word (.docx), atau berkasnya rusak"
    return reason


def _refused(name: str, message: str) -> InputError:
    return InputError([Problem(message, name, expected="naskah Word (.docx) buatan pbj-rules")])


def _body_of(parts: dict[str, bytes]) -> str:
    """The part that a word processor shows: what the file says, not what parts are called."""
    bodies = [where for kind, where in Package(parts).related("").values() if kind == "officeDocument"]
    return bodies[0] if len(bodies) == 1 and bodies[0] in parts else ""


def _has_more(data: bytes, members: list[zipfile.ZipInfo]) -> bool:
    """Whether anything stands before, between or after the members, their list and the end of the list."""
    at = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset != at:
            return True
        name, extra = struct.unpack_from("<2H", data, at + 26)
        at += 30 + name + extra + member.compress_size
        if member.flag_bits & _DESCRIBED_LATER:
            at += 16 if data.startswith(_DESCRIPTOR, at) else 12
    end = len(data) - _END
    if data[end : end + 4] != b"PK\5\6":
        return True
    size, start = struct.unpack_from("<2L", data, end + 12)
    return (start, start + size) != (at, end)
