"""Work on a rendered Word part: strict parsing, highlighted blanks, the office's page and emblem."""

from __future__ import annotations

import struct
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from pbj_rules.documents.blanks import MARKED
from pbj_rules.documents.office import Page

__all__ = ["apply_page", "apply_type", "fit_emblem", "highlight_blanks", "parse", "targets", "text_of", "without_marks"]

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_MM: Final = 1440 / 25.4
# Elements of run properties that must stand after the highlight.
AFTER_HIGHLIGHT: Final = frozenset(
    f"{{{W}}}{name}"
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath", "rPrChange",
    )
)  # fmt: skip
Element = Any


def w(name: str) -> str:
    """A name of the main Word namespace."""
    return f"{{{W}}}{name}"


def parse(data: bytes) -> Element:
    """The tree of a part. Strict: what is not well-formed is an error, never repaired in silence."""
    parser = etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def text_of(element: Element) -> str:
    """The text of a paragraph or cell, marks of blanks removed."""
    return without_marks("".join(node.text or "" for node in element.iter(w("t"))))


def without_marks(text: str) -> str:
    return MARKED.sub(r"\2", text)


def highlight_blanks(root: Element) -> dict[int, str]:
    """Splits each run with a marked blank so that the blank alone is yellow.

    Returns the text of the paragraph around each blank, by the blank's number.
    """
    places: dict[int, str] = {}
    for paragraph in root.iter(w("p")):
        marked = [node for node in paragraph.iter(w("t")) if MARKED.search(node.text or "")]
        if not marked:
            continue
        around = text_of(paragraph)
        for node in marked:
            for found in MARKED.finditer(node.text):
                places[int(found[1])] = around
            _split(node)
    return places


def _split(node: Element) -> None:
    """Replaces a run by runs: what stands before the text node, each piece of it, what follows."""
    run = node.getparent()
    parent, at = run.getparent(), run.getparent().index(run)
    properties = run.find(w("rPr"))
    children = [child for child in run if child is not properties]
    middle = children.index(node)
    pieces: list[Element] = []
    if children[:middle]:
        pieces.append(_run(properties, children[:middle]))
    for number, text in enumerate(MARKED.split(node.text)):
        # split() gives text, number of the blank, its words, text, …
        if number % 3 == 1 or not text:
            continue
        piece = _run(properties, [_text(text)])
        if number % 3 == 2:
            _highlight(piece)
        pieces.append(piece)
    if children[middle + 1 :]:
        pieces.append(_run(properties, children[middle + 1 :]))
    parent[at : at + 1] = pieces


def _run(properties: Element, children: list[Element]) -> Element:
    run = etree.Element(w("r"))
    if properties is not None:
        run.append(deepcopy(properties))
    run.extend(children)
    return run


def _text(text: str) -> Element:
    node = etree.Element(w("t"))
    node.set(SPACE, "preserve")
    node.text = text
    return node


def _highlight(run: Element) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    for old in properties.findall(w("highlight")):
        properties.remove(old)
    mark = etree.Element(w("highlight"))
    mark.set(w("val"), "yellow")
    following = [i for i, child in enumerate(properties) if child.tag in AFTER_HIGHLIGHT]
    properties.insert(following[0] if following else len(properties), mark)


def apply_page(root: Element, page: Page) -> None:
    """The office's paper and margins; tables drawn for other margins are scaled to the new width."""
    for section in root.iter(w("sectPr")):
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
            _scale_tables(root, new / old)


def _number(element: Element, name: str) -> int:
    return int(element.get(w(name)))


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
    for drawing in list(root.iter(w("drawing"))):
        properties = drawing.find(f".//{{{WP}}}docPr")
        if properties is None or properties.get("name") != "Logo":
            continue
        if logo is None:
            run = drawing.getparent()
            run.getparent().remove(run)
            continue
        relations |= {blip.get(f"{{{R}}}embed") for blip in drawing.iter(f"{{{A}}}blip")}
        width, height = struct.unpack(">2L", logo[16:24])
        for tag in (f"{{{WP}}}extent", f"{{{A}}}ext"):
            for extent in drawing.iter(tag):
                if extent.get("cx") is not None:
                    _shrink(extent, width / height)
    return relations


def _shrink(extent: Element, proportion: float) -> None:
    """The largest size of the given width to height that fits into the one there is."""
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    extent.set("cx", str(round(min(width, height * proportion))))
    extent.set("cy", str(round(min(height, width / proportion))))


def targets(relations: Element, ids: set[str]) -> set[str]:
    """The parts of the folder ``word`` that relations point to."""
    return {f"word/{item.get('Target')}" for item in relations if item.get("Id") in ids}
