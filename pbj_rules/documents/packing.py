"""Word files as archives: read whole within bounds, written with the same bytes for the same parts.

A part that never changes is deflated once (`deflated`) and its record written as it is into every paper.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Mapping
from os import PathLike
from typing import IO, Final, NamedTuple

__all__ = ["Record", "deflated", "in_order", "joined", "not_plain_xml", "pack", "unpack"]

MAX_TEMPLATE_BYTES: Final = 20_000_000
MAX_PARTS: Final = 1_000
# DOS date of 1980-01-01, the oldest that the format knows: the clock must not reach the file.
_DATE: Final = 33
_VERSION: Final = 20
_MADE_BY_UNIX: Final = 0x0314
_UTF8_NAMES: Final = 0x0800
_DEFLATE: Final = 8
_MODE: Final = 0o100644 << 16
_LEVEL: Final = 6


class Record(NamedTuple):
    """One member of an archive: its local header with its data, and its line of the directory before the offset."""

    local: bytes
    listed: bytes
    name: bytes


def unpack(file: str | PathLike[str] | IO[bytes]) -> dict[str, bytes]:
    """Every part by its name. Raises ValueError, with words for people, if it is no Word file or a bomb."""
    import zipfile  # needed once a template, and never where it is in the cache

    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MAX_PARTS:
                raise ValueError(f"memuat lebih dari {MAX_PARTS} bagian")
            # What a member says of its size is also the most that is read of it.
            if sum(item.file_size for item in members) > MAX_TEMPLATE_BYTES:
                raise ValueError(f"lebih besar dari {MAX_TEMPLATE_BYTES} bita setelah dibuka")
            parts = {item.filename: archive.read(item) for item in members if not item.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError("bukan berkas Word (.docx)") from error
    if "word/document.xml" not in parts:
        raise ValueError("bukan berkas Word (.docx): tidak memuat word/document.xml")
    return parts


def not_plain_xml(data: bytes) -> str:
    """Why a part of XML must not be parsed, or nothing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        return "bukan XML dalam UTF-8"
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "memuat DOCTYPE atau ENTITY"
    return ""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The archive of the parts."""
    return joined(deflated(name, parts[name]) for name in in_order(parts))


def in_order(names: Iterable[str]) -> list[str]:
    """Content types first, as readers expect, the rest by name."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def deflated(name: str, data: bytes) -> Record:
    """The member ``name`` of an archive, ready to be joined with others."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    small = compressor.compress(data) + compressor.flush()
    encoded = name.encode()
    head = struct.pack(
        "<5H3L2H", _VERSION, _UTF8_NAMES, _DEFLATE, 0, _DATE, zlib.crc32(data), len(small), len(data), len(encoded), 0
    )
    listed = b"PK\1\2" + struct.pack("<H", _MADE_BY_UNIX) + head + struct.pack("<3HL", 0, 0, 0, _MODE)
    return Record(b"PK\3\4" + head + encoded + small, listed, encoded)


def joined(records: Iterable[Record]) -> bytes:
    """The archive of members, in their order."""
    buffer = io.BytesIO()
    directory = []
    for record in records:
        directory.append(record.listed + struct.pack("<L", buffer.tell()) + record.name)
        buffer.write(record.local)
    start = buffer.tell()
    listing = b"".join(directory)
    count = len(directory)
    buffer.write(listing)
    buffer.write(b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, len(listing), start, 0))
    return buffer.getvalue()
