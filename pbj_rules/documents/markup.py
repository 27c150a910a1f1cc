"""Work on the XML of Word parts: strict parsing, the office's page, type and emblem."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from pbj_rules.documents.office import Page

__all__ = ["QR", "apply_page", "apply_type", "fit_emblem", "parse", "remove_drawing"]

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_MM: Final = 1440 / 25.4
# The names by which drawings of a template are known.
LOGO: Final = "Logo"
QR: Final = "QR"
Element = Any


def w(name: str) -> str:
    """A name of the main Word namespace."""
    return f"{{{W}}}{name}"


def parse(data: bytes) -> Element:
    """The tree of a part. Strict: what is not well-formed is an error, never repaired in silence.

    Without comments, in which tags would be carried out unseen, and within the parser's own bounds of depth and size.
    """
    parser = etree.XMLParser(
        recover=False, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    return etree.fromstring(data, parser)


def apply_page(root: Element, page: Page) -> None:
    """The office's paper and margins; tables drawn for other margins are scaled to the new width."""
    for section, content in _sections(root):
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        if size is None or margins is None:
            continue
        old = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
        size.set(w("w"), _twips(page.width))
        size.set(w("h"), _twips(page.height))
        for side in ("top", "bottom", "left", "right"):
            margins.set(w(side), _twips(getattr(page, side)))
        new = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
        if new != old:
            for part in content:
                _scale_tables(part, new / old)


def _sections(root: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Each section's properties, with what stands on its pages."""
    content: list[Element] = []
    for child in root.iterfind(f"{w('body')}/*"):
        content.append(child)
        section = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            yield section, content
            content = []


def _number(element: Element, name: str) -> int:
    return round(float(element.get(w(name))))


def _twips(millimetres: int) -> str:
    return str(round(millimetres * TWIPS_PER_MM))


def _scale_tables(root: Element, ratio: float) -> None:
    for tag in ("gridCol", "tcW", "tblW"):
        for element in root.iter(w(tag)):
            if element.get(w("type"), "dxa") == "dxa" and element.get(w("w")):
                element.set(w("w"), str(round(_number(element, "w") * ratio)))


def apply_type(root: Element, page: Page) -> None:
    """The office's typeface and body size: in the styles' defaults, and in the table of fonts."""
    for font in root.iterfind(w("font")):
        font.set(w("name"), page.font)
    for fonts in root.iterfind(f"{w('docDefaults')}//{w('rFonts')}"):
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(w(kind), page.font)
    for tag in ("sz", "szCs"):
        for size in root.iterfind(f"{w('docDefaults')}//{w(tag)}"):
            size.set(w("val"), str(page.size * 2))


def fit_emblem(root: Element, logo: bytes | None) -> set[str]:
    """Keeps the emblem's proportions within the height that the template gives it, or removes it.

    Returns the relations by which the page shows it.
    """
    relations: set[str] = set()
    if logo is None:
        remove_drawing(root, LOGO)
        return relations
    for drawing in _drawings(root, LOGO):
        relations |= {blip.get(f"{{{R}}}embed") for blip in drawing.iter(f"{{{A}}}blip")}
        width, height = struct.unpack(">2L", logo[16:24])
        for tag in (f"{{{WP}}}extent", f"{{{A}}}ext"):
            for extent in drawing.iter(tag):
                if extent.get("cx") is not None:
                    _shrink(extent, width / height)
    return relations


def remove_drawing(root: Element, name: str) -> None:
    """Takes the drawings of a name out of the page."""
    for drawing in _drawings(root, name):
        run = drawing.getparent()
        paragraph = run.getparent()
        paragraph.remove(run)
        # A line that held nothing else goes too, unless its cell would be left without one.
        if paragraph.find(w("r")) is None and _has_siblings(paragraph):
            paragraph.getparent().remove(paragraph)


def _has_siblings(paragraph: Element) -> bool:
    sides = (paragraph.itersiblings(w("p"), preceding=True), paragraph.itersiblings(w("p")))
    return any(next(side, None) is not None for side in sides)


def _drawings(root: Element, name: str) -> list[Element]:
    return [
        drawing
        for drawing in root.iter(w("drawing"))
        if any(properties.get("name") == name for properties in drawing.iter(f"{{{WP}}}docPr"))
    ]


def _shrink(extent: Element, proportion: float) -> None:
    """The largest size of the given width to height that fits into the one there is."""
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    extent.set("cx", str(round(min(width, height * proportion))))
    extent.set("cy", str(round(min(height, width / proportion))))
