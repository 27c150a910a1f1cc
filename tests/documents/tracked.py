"""Accepts or rejects every tracked change of a Word file, as Word does; and says what stands in a file.

Written from the format's rules alone, so that it can judge the code that makes the changes.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from tests.documents.reading_word import W, parts_of

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MARKS = {W + name for name in ("ins", "del", "moveFrom", "moveTo")}
CHANGES = {
    W + name
    for name in ("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange")
}
# Ours never inserts or deletes a single cell: LibreOffice cannot reject that.
UNKNOWN = {W + name for name in ("cellIns", "cellDel", "cellMerge", "tblPrExChange")}
TRACKED = MARKS | CHANGES | UNKNOWN
Element = Any


def accept_all(content: bytes) -> bytes:
    """The file after "accept all changes"."""
    return _settled(content, gone={W + "del", W + "moveFrom"}, restore=False)


def reject_all(content: bytes) -> bytes:
    """The file after "reject all changes"."""
    return _settled(content, gone={W + "ins", W + "moveTo"}, restore=True)


def changes_in(content: bytes) -> list[Element]:
    """Every tracked change of every part."""
    return [element for root in _trees(content).values() for element in root.iter(*TRACKED)]


def story(content: bytes) -> dict[str, Any]:
    """Body, headers and footers as nested lists: a text a paragraph, a list a table, in it rows, in them cells.

    A header or footer without a word is left out: whether there is none, or an empty one, nobody can see.
    """
    trees = _trees(content)
    found = {"body": blocks(trees["word/document.xml"].find(f"{W}body"))}
    targets = {item.get("Id"): item.get("Target") for item in trees["word/_rels/document.xml.rels"]}
    for section, properties in enumerate(trees["word/document.xml"].iter(f"{W}sectPr")):
        for kind in ("header", "footer"):
            for reference in properties.findall(f"{W}{kind}Reference"):
                part = trees[f"word/{targets[reference.get(R + 'id')]}".replace("word//word/", "word/")]
                found[f"{kind} {section} {reference.get(W + 'type')}"] = blocks(part)
    return {place: said for place, said in found.items() if said not in ([], [""])}


def blocks(parent: Element) -> list[Any]:
    """The paragraphs and tables of a story or cell."""
    found: list[Any] = []
    for block in parent:
        if block.tag == f"{W}p":
            found.append(text_of(block))
        elif block.tag == f"{W}tbl":
            rows = [[blocks(cell) for cell in row.findall(f"{W}tc")] for row in block.findall(f"{W}tr")]
            found.append(rows)
    return found


def text_of(paragraph: Element) -> str:
    """What is printed, with signs for what is not a letter; what fields are told stands in braces."""
    said = []
    for node in paragraph.iter():
        if node.tag == f"{W}t":
            said.append(node.text or "")
        elif node.tag == f"{W}br":
            said.append({"page": "\f"}.get(node.get(f"{W}type"), "\n"))
        elif node.tag == f"{W}tab" and node.getparent().tag == f"{W}r":
            said.append("\t")
        elif node.tag == f"{W}noBreakHyphen":
            said.append("\u2011")
        elif node.tag == f"{W}instrText":
            said.append("{" + (node.text or "").strip() + "}")
        elif node.tag == f"{W}drawing":
            said.append("<drawing>")
    return "".join(said)


def _trees(content: bytes) -> dict[str, Element]:
    return {
        name: etree.fromstring(data) for name, data in parts_of(content).items() if name.endswith((".xml", ".rels"))
    }


def _settled(content: bytes, gone: set[str], restore: bool) -> bytes:
    parts = parts_of(content)
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(data)
            _settle(root, gone, restore)
            parts[name] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _settle(root: Element, gone: set[str], restore: bool) -> None:
    assert next(root.iter(*UNKNOWN), None) is None, "a kind of change that this reader does not know"
    for change in list(root.iter(*CHANGES)):
        _settle_properties(change, restore)
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{mark}") is not None for mark in gone):
            table = row.getparent()
            table.remove(row)
            if table.find(f"{W}tr") is None:
                table.getparent().remove(table)
    for mark in list(root.iter(*MARKS)):
        parent = mark.getparent()
        if parent.tag in (f"{W}p", *MARKS, f"{W}hyperlink", f"{W}sdtContent", f"{W}smartTag"):
            _settle_content(mark, gone)
    for paragraph in list(root.iter(f"{W}p")):
        marks = {element.tag for element in paragraph.iterfind(f"{W}pPr/{W}rPr/*")} & MARKS
        for mark in marks:
            properties = paragraph.find(f"{W}pPr/{W}rPr")
            properties.remove(properties.find(mark))
        if marks & gone:
            _join(paragraph)
    for mark in list(root.iter(*MARKS)):  # what is left: rows that stay
        mark.getparent().remove(mark)
    for row in root.iter(f"{W}tr"):
        assert row.find(f"{W}tc") is not None, "a row has cells"
    for cell in root.iter(f"{W}tc"):
        assert [child.tag for child in cell][-1:] == [f"{W}p"], "a cell ends with a paragraph"


def _settle_properties(change: Element, restore: bool) -> None:
    properties = change.getparent()
    properties.remove(change)
    if not restore:
        return
    # A paragraph's mark and its section are not part of what pPrChange remembers.
    kept = {f"{W}rPr", f"{W}sectPr"} if change.tag == f"{W}pPrChange" else set()
    for child in list(properties):
        if child.tag not in kept and child.tag not in {f"{W}headerReference", f"{W}footerReference", *MARKS}:
            properties.remove(child)
    for old in change:
        for at, child in enumerate(old):
            properties.insert(at, child)


def _settle_content(mark: Element, gone: set[str]) -> None:
    parent = mark.getparent()
    at = parent.index(mark)
    parent.remove(mark)
    if mark.tag in gone:
        return
    for child in reversed(list(mark)):
        parent.insert(at, child)
        for old, new in (("delText", "t"), ("delInstrText", "instrText")):
            for node in child.iter(W + old):
                node.tag = W + new


def _join(paragraph: Element) -> None:
    """The paragraph's mark goes: what it holds joins the next paragraph, which keeps its own properties."""
    following = paragraph.getnext()
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for child in reversed(rest):
            following.insert(at, child)
        paragraph.getparent().remove(paragraph)
    elif not any(child.tag == f"{W}r" for child in rest):
        paragraph.getparent().remove(paragraph)
    # otherwise there is nothing to join it to, and Word keeps the mark
