"""Where a person finds something in Word: signs put before every paragraph, row and cell, and what they say.

A template is put together, patched and parsed before most of its faults show. The signs go along with the text, so a
fault on any line of the result leads back to the paragraph, its place in a table, and the file that it was typed in.
They stand in copies made for checking alone, never in a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen
from lxml import etree

from pbj_rules.documents.markup import R, parse, w
from pbj_rules.documents.package import Package

__all__ = ["SIGN", "Place", "Signs", "one_sign_a_line", "own_nodes", "own_text", "part_words", "places_of", "signs_in"]

SIGN: Final = "alinea"
_SIGNS: Final = re.compile(rf'<{SIGN}\b[^>]*? n="([^"]*)"')
_BEFORE: Final = re.compile(rf"(?=<{SIGN}\b)")
_ROW_TAG: Final = re.compile(r"\{[{%#]tr\s")
_QUOTED: Final = 100
_KINDS: Final = {"header": "kepala halaman", "footer": "kaki halaman"}
_TYPES: Final = {"default": "", "first": " pertama", "even": " genap"}
_OTHERS: Final = {"footnotes": "catatan kaki", "endnotes": "catatan akhir", "comments": "komentar"}
Element = Any


@frozen
class Place:
    """A paragraph as a person finds it. ``cells``: table, row and cell, from the outermost table inwards.

    ``text``: None where a whole part is meant.
    """

    file: Path
    part: str
    cells: tuple[tuple[int, int, int], ...] = ()
    text: str | None = None
    box: bool = False

    def __str__(self) -> str:
        outer = [f"tabel {table}, baris {row}, sel {cell}" for table, row, cell in self.cells[:1]]
        inner = [f"tabel {table} di dalamnya, baris {row}, sel {cell}" for table, row, cell in self.cells[1:]]
        return ", ".join(filter(None, [self.part, *outer, *inner, "kotak teks" if self.box else "", self._quote()]))

    def _quote(self) -> str:
        words = " ".join((self.text or "")[: 10 * _QUOTED].split())
        if words:
            return f"alinea “{words[:_QUOTED]}{'…' if len(words) > _QUOTED else ''}”"
        return "" if self.text is None else "alinea kosong"


@define
class Signs:
    """What each sign says. A sign's name leads from a block to the paragraph that calls it, innermost first."""

    places: dict[str, Place] = field(factory=dict)

    def put(self, root: Element, file: Path, part: str, prefix: str) -> None:
        """Puts signs into a tree. ``part``: its name in words; ``prefix``: sets its signs apart from other trees'."""
        for number, (element, place) in enumerate(places_of(root, file, part)):
            name = f"{prefix}#{number}"
            self.places[name] = place
            element.addprevious(etree.Element(SIGN, n=name))

    def on_line(self, lines: list[str], line: int) -> tuple[str, ...]:
        """The names of the sign of a line of :func:`one_sign_a_line`; empty where none stands before it."""
        for text in reversed(lines[:line]):
            if found := _SIGNS.search(text):
                return tuple(found[1].split())
        return ()

    def said(self, names: tuple[str, ...], file: Path) -> str:
        """The place of a sign in words, for a fault of ``file``; what stands in a block names the block."""
        if not names or names[0] not in self.places:
            return ""
        place = self.places[names[0]]
        return str(place) if place.file == file else f"blok {place.file.name}, {place}"


def one_sign_a_line(xml: str) -> str:
    """The XML with each sign at the beginning of a line: Jinja only knows lines."""
    return _BEFORE.sub("\n", xml)


def signs_in(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The names of every sign of the lines."""
    for text in lines:
        if found := _SIGNS.search(text):
            yield tuple(found[1].split())


def own_text(paragraph: Element) -> str:
    """The text of a paragraph, without that of text boxes in it."""
    return "".join(node.text or "" for node in own_nodes(paragraph) if node.tag == w("t"))


def own_nodes(paragraph: Element) -> Iterator[Element]:
    """Everything inside a paragraph but what stands in paragraphs of their own."""
    waiting = [*reversed(paragraph)]
    while waiting:
        node = waiting.pop()
        if node.tag != w("p"):
            yield node
            waiting += reversed(node)


@define
class _Table:
    """A table on the way: its number, where in it we are, and how many tables its cell has held."""

    number: int
    row: int = 0
    cell: int = 0
    inner: int = 0


def places_of(root: Element, file: Path, part: str) -> Iterator[tuple[Element, Place]]:
    """Every paragraph, row and cell of a tree in its order. Rows count as Word shows them, those of tags too."""
    found: list[tuple[Element, Place]] = []
    tables: list[_Table] = []
    outer = boxes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        if name == w("txbxContent"):
            boxes += 1 if event == "start" else -1
        elif event == "end":
            if name == w("tbl"):
                tables.pop()
        elif name == w("tbl"):
            if tables:
                tables[-1].inner += 1
            else:
                outer += 1
            tables.append(_Table(tables[-1].inner if tables else outer))
        elif name in (w("tr"), w("tc"), w("p")):
            if tables:
                _step(tables[-1], name)
            cells = tuple((table.number, table.row, table.cell) for table in tables)
            found.append((element, Place(file, part, cells, own_text(element) if name == w("p") else "", boxes > 0)))
    return _named_by_paragraph(found)


def _step(table: _Table, name: str) -> None:
    if name == w("tr"):
        table.row += 1
        table.cell = 0
    elif name == w("tc"):
        table.cell += 1
        table.inner = 0


def _named_by_paragraph(found: list[tuple[Element, Place]]) -> Iterator[tuple[Element, Place]]:
    """Rows and cells are named by a paragraph: a row by the one with its tag, else by the first."""
    first: Place | None = None
    by_row: dict[tuple[tuple[int, int, int], ...], Place] = {}
    named = []
    for element, place in reversed(found):
        if element.tag == w("p"):
            first = place
            if place.cells and _ROW_TAG.search(place.text or ""):
                by_row[(*place.cells[:-1], (*place.cells[-1][:2], 0))] = place
        elif element.tag == w("tr"):
            place = by_row.get(place.cells) or first or place
        else:
            place = first or place
        named.append((element, place))
    return reversed(named)


def part_words(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What people call the parts of a Word file with text in them: the body nothing, a footer ``kaki halaman``."""
    words = {f"word/{name}.xml": said for name, said in _OTHERS.items()} | {"word/document.xml": ""}
    related = Package(dict(parts)).related("word/document.xml")
    sections = list(parse(parts["word/document.xml"]).iter(w("sectPr")))
    for number, section in enumerate(sections, 1):
        for kind, said in _KINDS.items():
            for reference in section.findall(w(f"{kind}Reference")):
                _, name = related.get(reference.get(f"{{{R}}}id"), ("", ""))
                which = _TYPES.get(reference.get(w("type"), "default"), "")
                where = f" bagian {number}" if len(sections) > 1 else ""
                words.setdefault(name, f"{said}{which}{where}")
    return words
