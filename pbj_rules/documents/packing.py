"""Word files as archives: read whole within bounds, written with the same bytes for the same parts.

A part that never changes is deflated once (`deflated`) and its record written as it is into every paper.
"""

from __future__ import annotations

import io
import os
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import IO, TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

__all__ = ["Record", "deflated", "in_order", "joined", "not_plain_xml", "pack", "unpack"]

MAX_TEMPLATE_BYTES: Final = 20_000_000
MAX_PARTS: Final = 1_000
# Stored and deflated: Word writes no others, and these two are the ones that can be read in bounded pieces.
_METHODS: Final = (0, 8)
_PLAIN_NAME: Final = re.compile(r"(?:[\w\[\]() .,+@=~&%'-]+/)*[\w\[\]() .,+@=~&%'-]+")
# DOS date of 1980-01-01, the oldest that the format knows: the clock must not reach the file.
_DATE: Final = 33
_VERSION: Final = 20
_MADE_BY_UNIX: Final = 0x0314
_UTF8_NAMES: Final = 0x0800
_DEFLATE: Final = 8
_ENCRYPTED: Final = 0x1
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

    if isinstance(file, str | PathLike):
        with open(file, "rb") as opened:
            return unpack(opened)
    if file.seek(0, os.SEEK_END) > MAX_TEMPLATE_BYTES:
        raise ValueError(f"lebih besar dari {MAX_TEMPLATE_BYTES} bita")
    try:
        with zipfile.ZipFile(file) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            why = _too_much(members) or _doubtful(members)
            parts = {} if why else {item.filename: _read(archive, item) for item in members}
    except Exception as error:  # a damaged archive fails in as many ways as there are bytes to change
        raise ValueError("bukan berkas Word (.docx), atau rusak") from error
    if why:
        raise ValueError(why)
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


def _too_much(members: Sequence[ZipInfo]) -> str:
    """Why an archive is too large to be opened, or nothing."""
    if len(members) > MAX_PARTS:
        return f"memuat lebih dari {MAX_PARTS} bagian"
    if sum(item.file_size for item in members) > MAX_TEMPLATE_BYTES:
        return f"lebih besar dari {MAX_TEMPLATE_BYTES} bita setelah dibuka"
    return ""


def _doubtful(members: Sequence[ZipInfo]) -> str:
    """Why programs could disagree on what an archive holds, or nothing."""
    seen: set[str] = set()
    for item in members:
        name = item.filename
        if not _PLAIN_NAME.fullmatch(name) or any(part in (".", "..") for part in name.split("/")):
            return f"memuat bagian dengan nama yang tidak wajar: {name[:100]!r}"
        # Word finds parts whatever the case of their letters.
        if name.lower() in seen:
            return f"memuat dua bagian bernama {name}"
        seen.add(name.lower())
        if item.compress_type not in _METHODS or item.flag_bits & _ENCRYPTED:
            return f"bagian {name} dipadatkan atau disandikan dengan cara yang tidak dipakai Word"
    return ""


def _read(archive: ZipFile, item: ZipInfo) -> bytes:
    """A part. Asked for no more than it says that it holds, a member that lies inflates no further either."""
    with archive.open(item) as member:
        data = member.read(item.file_size + 1)
    if len(data) != item.file_size:
        raise ValueError(item.filename)
    return data


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
