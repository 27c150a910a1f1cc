"""The properties of a paper's file: from the case, never from the clock or from who edited the template."""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.sax.saxutils import escape

__all__ = ["file_properties"]

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE: Final = (
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{creator}</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
_APPLICATION: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>pbj-rules</Application></Properties>"
)


def file_properties(*, title: str, subject: str, creator: str, day: date) -> dict[str, bytes]:
    """The parts that hold the file's properties; they replace those that Word left in the template."""
    core = _CORE.format(title=escape(title), subject=escape(subject), creator=escape(creator), day=day.isoformat())
    made = {"docProps/core.xml": core, "docProps/app.xml": _APPLICATION}
    return {name: (_HEAD + xml).encode("utf-8") for name, xml in made.items()}
