"""What somebody may do to a paper's file between its rendering and its reading."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from tests.documents.reading_word import parts_of

BODY = "word/document.xml"
FOOTER = "word/footer1.xml"
STYLES = "word/styles.xml"


def zipped(members: Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as another program writes it; a name may come twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2024, 5, 17, 8, 30, 0))
            info.compress_type = compression
            archive.writestr(info, data)
    return made.getvalue()


def with_part(content: bytes, name: str, data: bytes | None) -> bytes:
    """The file with a part added, replaced, or (None) taken out."""
    parts = parts_of(content)
    parts.pop(name, None)
    return zipped([*parts.items(), *([] if data is None else [(name, data)])])


def edited(content: bytes, name: str, old: str, new: str) -> bytes:
    """The file with some words of a part replaced, where they first stand."""
    xml = parts_of(content)[name].decode()
    assert old in xml, old
    return with_part(content, name, xml.replace(old, new, 1).encode())
