"""Reads a small PNG picture as dark and light, to tell whether two files show the same QR code.

Two programs, and two builds of zlib, write the same picture as different bytes; its pixels stay.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["dark_pixels"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# Dots of a side: a QR code has a few hundred, and a hostile file must not fill the memory.
_LARGEST: Final = 2_000
# Samples a dot, by colour type: grey, colours, palette, grey with opacity, colours with opacity.
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE: Final = 3


class _Header(NamedTuple):
    width: int
    height: int
    depth: int
    colours: int
    compression: int
    filtering: int
    interlaced: int


def dark_pixels(data: bytes) -> tuple[bytes, ...] | None:
    """The rows of a picture, 1 where a dot is dark; None for what is no PNG picture of the usual kinds."""
    try:
        chunks = list(_chunks(data))
        if not chunks or chunks[0][0] != b"IHDR":
            return None
        header = _Header(*struct.unpack(">2L5B", chunks[0][1]))
        if not _usual(header):
            return None
        lines = _unfiltered(header, b"".join(body for kind, body in chunks if kind == b"IDAT"))
        palette = b"".join(body for kind, body in chunks if kind == b"PLTE")
        return tuple(bytes(_dark(header, line, palette)) for line in lines)
    except (struct.error, zlib.error, IndexError):
        return None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    if not data.startswith(_SIGNATURE):
        return
    while at < len(data):
        length, kind = struct.unpack_from(">L4s", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def _usual(header: _Header) -> bool:
    depths = {_PALETTE: (1, 2, 4, 8), 0: (1, 2, 4, 8)}.get(header.colours, (8,))
    return (
        header.colours in _SAMPLES
        and header.depth in depths
        and 0 < header.width <= _LARGEST
        and 0 < header.height <= _LARGEST
        and (header.compression, header.filtering, header.interlaced) == (0, 0, 0)
    )


def _unfiltered(header: _Header, packed: bytes) -> list[bytes]:
    """The lines of samples (PNG, section 9)."""
    length = (header.width * header.depth * _SAMPLES[header.colours] + 7) // 8
    step = max(1, header.depth * _SAMPLES[header.colours] // 8)
    raw = zlib.decompressobj().decompress(packed, header.height * (length + 1))
    lines: list[bytes] = []
    above = bytes(length)
    for start in range(0, header.height * (length + 1), length + 1):
        line = bytearray(raw[start + 1 : start + 1 + length])
        if len(line) != length:
            raise IndexError("gambar terpotong")
        _unfilter(raw[start], line, above, step)
        above = bytes(line)
        lines.append(above)
    return lines


def _unfilter(kind: int, line: bytearray, above: bytes, step: int) -> None:
    if kind == 0:
        return
    for at, value in enumerate(line):
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        line[at] = (value + guess) & 0xFF


def _paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    return min((left, above, corner), key=lambda value: abs(estimate - value))


def _dark(header: _Header, line: bytes, palette: bytes) -> Iterator[int]:
    samples = _SAMPLES[header.colours]
    most = (1 << header.depth) - 1
    for dot in range(header.width):
        if header.depth == 8:
            values = line[dot * samples : dot * samples + samples]
        else:
            at = dot * header.depth
            values = bytes([line[at // 8] >> (8 - header.depth - at % 8) & most])
        if header.colours == _PALETTE:
            values = palette[values[0] * 3 : values[0] * 3 + 3]
            yield int(sum(values) < 3 * 128 and len(values) == 3)
        else:
            seen = values[: 3 if samples >= 3 else 1]
            yield int(sum(seen) * 2 < most * len(seen))
