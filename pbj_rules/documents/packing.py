"""Word files as archives: read whole, written with the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["pack", "unpack"]

# The clock must not reach the file; this is the oldest day that the format knows.
STAMP: Final = (1980, 1, 1, 0, 0, 0)
MAX_TEMPLATE_BYTES: Final = 20_000_000


def unpack(path: Path) -> dict[str, bytes]:
    """Every part by its name. Raises ValueError, with words for people, if it is no Word file."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_TEMPLATE_BYTES:
                raise ValueError(f"lebih besar dari {MAX_TEMPLATE_BYTES} bita setelah dibuka")
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise ValueError("bukan berkas Word (.docx)") from error
    if "word/document.xml" not in parts:
        raise ValueError("bukan berkas Word (.docx): tidak memuat word/document.xml")
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The archive: content types first, as readers expect, the rest by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return buffer.getvalue()
