"""The two texts of a Word file with tracked changes: what it says once all are rejected, and once all are accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.package import Package

__all__ = [
    "BODY", "CHANGED", "DELETED", "INSERTED", "accepted_text", "changes_of", "goes", "mark_goes", "pages_of",
    "rejected_text",
]  # fmt: skip

BODY: Final = "word/document.xml"
_BESIDE: Final = ("header", "footer", "footnotes", "endnotes")
# Tags of what rejecting all changes takes out, of what accepting all takes out, and of earlier forms.
INSERTED: Final = frozenset(map(w, ("ins", "moveTo", "cellIns")))
DELETED: Final = frozenset(map(w, ("del", "moveFrom", "cellDel")))
CHANGED: Final = frozenset(
    map(w, ("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange"))
)
_TEXT: Final = frozenset(map(w, ("t", "delText", "instrText", "delInstrText")))
_SIGNS: Final = {
    w("br"): "\n",
    w("cr"): "\n",
    w("tab"): "\t",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
    w("drawing"): "\ufffc",
    w("pict"): "\ufffc",
    w("sym"): "\ufffd",
}
# What a paragraph says of itself holds no words; a text box holds paragraphs, which are read by themselves.
_NO_WORDS: Final = frozenset(map(w, ("pPr", "rPr", "txbxContent")))
_PROPERTIES: Final = {w("tr"): w("trPr"), w("tc"): w("tcPr")}
_MARK: Final = f"{w('pPr')}/{w('rPr')}/*"
Text = tuple[tuple[str, ...], ...]


def rejected_text(parts: Mapping[str, bytes]) -> Text:
    """The paragraphs of the body, then those of each header, footer and set of notes, without what is inserted."""
    return _text(parts, INSERTED)


def accepted_text(parts: Mapping[str, bytes]) -> Text:
    """The same, without what is deleted. Of a file without tracked changes both are the same."""
    return _text(parts, DELETED)


def changes_of(parts: Mapping[str, bytes]) -> tuple[int, int, int]:
    """How many insertions, deletions and changes of form there are."""
    found = [0, 0, 0]
    for name in (*pages_of(parts), *(part for part in ("word/styles.xml", "word/numbering.xml") if part in parts)):
        for kind, tags in enumerate((INSERTED, DELETED, CHANGED)):
            found[kind] += sum(1 for _ in parse(parts[name]).iter(*tags))
    return found[0], found[1], found[2]


def pages_of(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that hold text: the body, and what it points to."""
    related = Package(dict(parts)).related(BODY).values()
    return [BODY, *sorted({part for kind, part in related if kind in _BESIDE and part in parts})]


def _text(parts: Mapping[str, bytes], gone: frozenset[str]) -> Text:
    body, *beside = (tuple(_paragraphs(parse(parts[name]), gone)) for name in pages_of(parts))
    # A header that only one version has is an empty one in the other; files name and order them as they like.
    return (body, *sorted(said for said in beside if any(said)))


def _paragraphs(root: Any, gone: frozenset[str]) -> Iterator[str]:
    """The text of each paragraph; one whose mark is gone goes on in the next."""
    begun = ""
    for paragraph in root.iter(w("p")):
        if _stands_in(paragraph, gone):
            continue
        begun += _words(paragraph, gone)
        if not mark_goes(paragraph, gone):
            yield begun
            begun = ""
    if begun:
        yield begun


def _stands_in(paragraph: Any, gone: frozenset[str]) -> bool:
    """Whether something that the paragraph stands in, such as its row, is gone."""
    return any(outer.tag in gone or goes(outer, gone) for outer in paragraph.iterancestors())


def goes(holder: Any, gone: frozenset[str]) -> bool:
    """Whether a row or cell is marked as gone."""
    properties = _PROPERTIES.get(holder.tag)
    return properties is not None and any(mark.tag in gone for mark in holder.iterfind(f"{properties}/*"))


def mark_goes(paragraph: Any, gone: frozenset[str]) -> bool:
    """Whether the mark at the paragraph's end is gone: what it says then goes on in the next one."""
    return any(mark.tag in gone for mark in paragraph.iterfind(_MARK))


def _words(node: Any, gone: frozenset[str]) -> str:
    if node.tag in gone or node.tag in _NO_WORDS:
        return ""
    if node.tag in _TEXT:
        return node.text or ""
    return _SIGNS.get(node.tag, "") + "".join(_words(child, gone) for child in node)
