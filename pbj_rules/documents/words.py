"""The words of a page of any Word file, as a reader meets them: what the verification code vouches for.

They must be the same however a word processor writes them: split into other runs, under other prefixes, with
other page numbers. What changes what is seen without being text (a tracked change, hidden text, a field, a note)
leaves a mark of its name, so that adding it or taking it away changes the words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import define, field
from lxml import etree

from pbj_rules.documents.markup import SPACE, parse
from pbj_rules.documents.page_text import BLOCKS, COUNTED, MARK, PageText, without_counters

__all__ = ["are_plain", "hides_text", "marks_of", "paragraphs_of", "words_of"]

_MAIN: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",  # "Strict Open XML", which Word can save too
    }
)
_TEXT_ELSEWHERE: Final = re.compile(r"\{http://[^}]*/(?:drawingml/(?:2006/)?main|officeDocument/(?:2006/)?math)\}t")
_VML_TEXT: Final = "{urn:schemas-microsoft-com:vml}textpath"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS: Final = {"cr": "\v", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_HIDING: Final = frozenset({"vanish", "specVanish", "webHidden"})
_MARKED: Final = frozenset(
    {
        *_HIDING, "ins", "del", "moveFrom", "moveTo", "delText", "footnoteReference", "endnoteReference",
        "commentReference", "sym", "object", "control", "altChunk", "dataBinding", "subDoc", "pgNum", "dayShort",
        "dayLong", "monthShort", "monthLong", "yearShort", "yearLong",
    }
)  # fmt: skip
_FIELD_PARTS: Final = frozenset({"fldChar", "fldSimple", "instrText"})
_NUMBER: Final = re.compile(r"\s*(?:[0-9]{0,6}|[ivxlcdm]{0,12})\s*", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\t\n\r]")
# Deeper than any that people nest; each level copies what is inside it.
_DEEPEST_FIELD: Final = 20
_OFF: Final = frozenset({"0", "false", "off"})
_SHOWN: Final = str.maketrans({"\x1f": " ", "\x1e": " ", "\v": " ", "\t": " ", "\xad": None})
_ANY_MARK: Final = re.compile(f"{MARK}([A-Za-z]+)[^{MARK}]*{MARK}")
Element = Any


def words_of(data: bytes) -> PageText:
    """The words of a page. Raises lxml.etree.XMLSyntaxError."""
    root = parse(data)
    walk = _Walk()
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if not isinstance(element.tag, str):
            continue
        name = _local(element)
        if name == "fldSimple":
            walk.simple_field(element, event)
        elif event == "end":
            continue
        elif element.tag == _FALLBACK:
            steps.skip_subtree()  # what older programs show in place of the choice before it
        elif name is not None:
            walk.meet(element, name)
        elif (said := _said_elsewhere(element)) is not None:
            walk.mark("drawn", said)
    return PageText(_local(root) or "", walk.finish())


def marks_of(words: str) -> frozenset[str]:
    """The names of what a page holds beside plain text and page numbers."""
    return frozenset(name for name in _ANY_MARK.findall(words) if name not in COUNTED)


def paragraphs_of(words: str) -> Iterator[str]:
    """The paragraphs of a page as a person reads them, without the marks of cells, rows and fields."""
    for paragraph in _ANY_MARK.sub("", words).split("\n"):
        if shown := " ".join(paragraph.translate(_SHOWN).split()):
            yield shown


def hides_text(data: bytes) -> bool:
    """Whether a part of styles hides what is written in one of them."""
    return any(_local(element) in _HIDING and _hides(element) for element in parse(data).iter())


def are_plain(data: bytes) -> bool:
    """Whether `page_text` reads a page as `words_of` does: a property of its template."""
    xml = without_counters(etree.tostring(parse(data), encoding="unicode"))
    return all(map(_is_plain, etree.fromstring(xml).iter()))


def _is_plain(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = _local(element)
    if name is None:
        return element.tag != _FALLBACK and _said_elsewhere(element) is None
    if element.prefix != "w":
        return False
    if name == "t":
        text, space = element.text or "", element.get(SPACE)
        # Without `preserve` spaces at the ends do not count, and a tag may leave some there.
        kept = space == "preserve" or (space is None and text == text.strip(" ") and "{" not in text)
        return kept and set(element.attrib) <= {SPACE} and not _SPACES.search(text)
    if name == "tab":
        return (_local(element.getparent()) == "r") == (not element.attrib)
    if name == "br":
        return not element.attrib or _said(element, name) == ""
    return name not in _SIGNS and name not in _MARKED and name not in _FIELD_PARTS


@define
class _Field:
    """A field being read. ``start``: where in the words it began; ``result``: where its result did."""

    start: int
    instruction: list[str] = field(factory=list)
    result: int | None = None


@define
class _Walk:
    """What has been read of a page so far."""

    out: list[str] = field(factory=list)
    fields: list[_Field] = field(factory=list)

    def meet(self, element: Element, name: str) -> None:
        if name == "fldChar":
            self._field_sign(_attribute(element, "fldCharType"))
        elif name == "instrText":
            self._instruct(element.text or "")
        elif name in _MARKED:
            if name not in _HIDING or _hides(element):
                self.mark(name, _details(element, name))
        elif said := _said(element, name):
            self._add(said)

    def mark(self, name: str, details: str = "") -> None:
        self._add(f"{MARK}{name} {details}{MARK}")

    def simple_field(self, element: Element, event: str) -> None:
        if event == "start":
            self.fields.append(_Field(len(self.out), [_attribute(element, "instr") or ""], len(self.out)))
        else:
            self._close()

    def finish(self) -> str:
        while self.fields:  # never closed: what a word processor makes of it nobody knows
            self.fields[-1].instruction.append("?")
            self._close()
        return "".join(self.out)

    def _field_sign(self, kind: str | None) -> None:
        if kind == "begin" and len(self.fields) < _DEEPEST_FIELD:
            self.fields.append(_Field(len(self.out)))
        elif kind == "separate" and self.fields:
            self.fields[-1].result = len(self.out)
        elif kind == "end" and self.fields:
            self._close()
        else:
            self.mark("fldChar")

    def _instruct(self, text: str) -> None:
        if self.fields and self.fields[-1].result is None:
            self.fields[-1].instruction.append(text)
        else:
            self.mark("instrText", text)

    def _add(self, text: str) -> None:
        # What stands before the result of a field is not shown: it belongs to its instruction.
        if self.fields and self.fields[-1].result is None:
            self.fields[-1].instruction.append(text)
        else:
            self.out.append(text)

    def _close(self) -> None:
        """Puts the mark of a field where it stands, before its result or, where that is a page number, for it."""
        closed = self.fields.pop()
        instruction = "".join(closed.instruction).split()
        name = instruction[0].upper() if instruction else ""
        start = len(self.out) if closed.result is None else closed.result
        result = "".join(self.out[start:])
        del self.out[start:]
        if name in COUNTED and _NUMBER.fullmatch(result):
            self._add(f"{MARK}{name}{MARK}")
        else:
            self.mark("fldChar", " ".join(instruction))
            self._add(result)


def _said(element: Element, name: str) -> str | None:
    """What an element adds to the words by itself; None for one that is none of them."""
    if name == "t":
        text = _SPACES.sub(" ", element.text or "")
        return text if element.get(SPACE) == "preserve" else text.strip(" ")
    if name == "tab":
        return "\t" if _local(element.getparent()) == "r" else None
    if name == "br":
        return "\v" if _attribute(element, "type") in (None, "textWrapping") else ""
    return BLOCKS.get(name) or _SIGNS.get(name)


def _hides(element: Element) -> bool:
    return _attribute(element, "val") not in _OFF


def _said_elsewhere(element: Element) -> str | None:
    """The text of drawings and formulas."""
    if element.tag == _VML_TEXT:
        text: str = element.get("string") or ""
        return text
    return (element.text or "") if _TEXT_ELSEWHERE.fullmatch(element.tag) else None


def _details(element: Element, name: str) -> str:
    if name == "delText":
        return element.text or ""
    return " ".join(_attribute(element, key) or "" for key in ("char", "font")) if name == "sym" else ""


def _local(element: Element) -> str | None:
    """The name of an element of the main Word namespace."""
    if element is None or not isinstance(element.tag, str):
        return None
    space, _, name = element.tag[1:].partition("}")
    return name if space in _MAIN else None


def _attribute(element: Element, name: str) -> str | None:
    """An attribute of the element's own namespace."""
    value: str | None = element.get(f"{{{etree.QName(element).namespace}}}{name}")
    return value
