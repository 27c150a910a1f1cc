"""A Word file from its text: elements, the parts that every file has, and paragraphs and cells of one make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pbj_rules.assurance.rulebook.ooxml_fixed import font_table, theme
from pbj_rules.documents.packing import pack
from pbj_rules.documents.properties import file_properties

__all__ = ["EMU_PER_MM", "FONT", "NAMESPACES", "Style", "docx", "element", "field_run", "section", "twips", "words"]

EMU_PER_MM: Final = 36_000
FONT: Final = "Arial"
_TWIPS_PER_MM: Final = 1440 / 25.4
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MICROSOFT: Final = "http://schemas.microsoft.com/office/word/2010/"
NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": f"{_MICROSOFT}wordprocessingGroup",
    "wps": f"{_MICROSOFT}wordprocessingShape",
}
_PARTS: Final = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "footer1": "footer",
    "fontTable": "fontTable",
}

Style = tuple[str, str, str]  # id, name and what stands in it


def element(name: str, attributes: Mapping[str, str | int] | None = None, *children: str) -> str:
    """An element of XML; its children are XML already.

    >>> element("w:jc", {"w:val": "center"})
    '<w:jc w:val="center"/>'
    """
    listed = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    inside = "".join(children)
    return f"<{name}{listed}>{inside}</{name}>" if inside else f"<{name}{listed}/>"


def twips(millimetres: float) -> int:
    """A length as Word counts it."""
    return round(millimetres * _TWIPS_PER_MM)


def words(text: str, properties: str = "") -> str:
    """A run of text."""
    look = element("w:rPr", None, properties) if properties else ""
    return element("w:r", None, look, element("w:t", {"xml:space": "preserve"}, escape(text)))


def field_run(instruction: str, shown: str) -> str:
    """A field with what it shows until it is counted."""
    return element("w:fldSimple", {"w:instr": f" {instruction} "}, words(shown))


def section(width: float, height: float, margins: tuple[float, float, float, float], foot: float) -> str:
    """The page: its size, its margins (top, right, bottom, left) and where the footer stands."""
    size: dict[str, str | int] = {"w:w": twips(width), "w:h": twips(height)}
    if width > height:
        size["w:orient"] = "landscape"
    sides = dict(zip(("w:top", "w:right", "w:bottom", "w:left"), map(twips, margins), strict=True))
    return element(
        "w:sectPr",
        None,
        element("w:footerReference", {"w:type": "default", "r:id": "rId3"}),
        element("w:pgSz", size),
        element("w:pgMar", {**sides, "w:header": twips(foot), "w:footer": twips(foot), "w:gutter": 0}),
    )


def docx(body: str, styles: tuple[Style, ...], footer: str, *, title: str, subject: str, day: date) -> bytes:
    """The file. ``body`` ends with its section; ``footer`` is the footer's paragraphs. The same bytes on any day."""
    names = {f"xmlns:{prefix}": address for prefix, address in NAMESPACES.items()}
    settings = element(
        "w:settings",
        {"xmlns:w": NAMESPACES["w"]},
        element("w:zoom", {"w:percent": 100}),
        element("w:compat", None, _compatible()),
        element("w:themeFontLang", {"w:val": "id-ID"}),
        element("w:decimalSymbol", {"w:val": ","}),
        element("w:listSeparator", {"w:val": ";"}),
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
            (f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("footer", "footer1.xml"),
            ("fontTable", "fontTable.xml"),
            ("theme", "theme/theme1.xml"),
        ),
        "word/document.xml": element("w:document", names, element("w:body", None, body)),
        "word/styles.xml": _styles(styles),
        "word/settings.xml": settings,
        "word/fontTable.xml": font_table(FONT),
        "word/theme/theme1.xml": theme(FONT),
        "word/footer1.xml": element("w:ftr", names, footer),
    }
    properties = file_properties(title=title, subject=subject, creator="pbj-rules", day=day)
    return pack({name: (_HEAD + xml).encode() for name, xml in parts.items()} | properties)


def _compatible() -> str:
    setting = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
    return element("w:compatSetting", setting)


def _content_types() -> str:
    parts = {f"/word/{name}.xml": f"{_WORD}{kind}+xml" for name, kind in _PARTS.items()}
    parts["/word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    parts["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return element(
        "Types",
        {"xmlns": f"{_PACKAGE}content-types"},
        element(
            "Default", {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"}
        ),
        element("Default", {"Extension": "xml", "ContentType": "application/xml"}),
        *(element("Override", {"PartName": name, "ContentType": kind}) for name, kind in parts.items()),
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = (
        element(
            "Relationship",
            {"Id": f"rId{n}", "Type": kind if "://" in kind else f"{_OFFICE}relationships/{kind}", "Target": target},
        )
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return element("Relationships", {"xmlns": f"{_PACKAGE}relationships"}, *listed)


def _styles(styles: tuple[Style, ...]) -> str:
    fonts = element("w:rFonts", {f"w:{kind}": FONT for kind in ("ascii", "hAnsi", "eastAsia", "cs")})
    language = element("w:lang", {"w:val": "id-ID", "w:eastAsia": "id-ID", "w:bidi": "ar-SA"})
    plain = element("w:rPr", None, fonts, element("w:sz", {"w:val": 20}), element("w:szCs", {"w:val": 20}), language)
    return element(
        "w:styles",
        {"xmlns:w": NAMESPACES["w"]},
        element("w:docDefaults", None, element("w:rPrDefault", None, plain), element("w:pPrDefault")),
        element(
            "w:style",
            {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"},
            element("w:name", {"w:val": "Normal"}),
            element("w:qFormat"),
        ),
        *(
            element(
                "w:style",
                {"w:type": "paragraph", "w:customStyle": 1, "w:styleId": name}
                if not title.startswith("heading")
                else {"w:type": "paragraph", "w:styleId": name},
                element("w:name", {"w:val": title}),
                element("w:basedOn", {"w:val": "Normal"}),
                element("w:qFormat"),
                inside,
            )
            for name, title, inside in styles
        ),
    )
