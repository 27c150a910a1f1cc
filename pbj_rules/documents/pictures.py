"""Whether a picture is what its name says, and no larger than a page can show."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["picture_fault"]

MAX_PIXELS: Final = 50_000_000
_BEGINNINGS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "emf": (b"\1\0\0\0",),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\1\0\t\0"),
}


def picture_fault(kind: str, data: bytes) -> str:
    """Why a picture must not be in a template, or nothing. ``kind``: the ending of its name."""
    if not data.startswith(_BEGINNINGS[kind]):
        return f"bukan gambar .{kind}; sisipkan lagi gambarnya sebagai PNG"
    if kind == "png" and len(data) < 24:
        return "gambar .png yang terpotong; sisipkan lagi gambarnya"
    if kind == "png":
        width, height = struct.unpack(">2L", data[16:24])
        if not 0 < width * height <= MAX_PIXELS:
            return f"gambar {width} x {height} titik terlalu besar; perkecil gambarnya"
    return ""
