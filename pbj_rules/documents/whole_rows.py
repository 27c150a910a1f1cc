"""Table rows of which a redline inserts or deletes single cells, made into a deleted row and an inserted one.

The engine pairs rows by what they say, also a row of five cells with one of two. Such a row holds more cells
than its table has columns: it is drawn askew, and LibreOffice cannot reject the change.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import Any, Final

from lxml import etree

from pbj_rules.documents.markup import w
from pbj_rules.documents.versions import CHANGED, DELETED, INSERTED, goes, mark_goes

__all__ = ["with_whole_rows"]

_CELL_MARKS: Final = (w("cellIns"), w("cellDel"))
# What the memory of an earlier form does not hold, so that it stays when that form comes back.
_NOT_FORM: Final = INSERTED | DELETED | {w("rPr"), w("sectPr")}
_DELETED_TEXT: Final = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_TEXT: Final = {deleted: kept for kept, deleted in _DELETED_TEXT.items()}
Element = Any


def with_whole_rows(root: Element) -> bool:
    """Changes the rows of a part in place; says whether there were any."""
    rows = [row for row in root.iter(w("tr")) if any(mark.tag in _CELL_MARKS for mark in row.iterfind("*/*/*"))]
    numbers = count(
        1 + max((int(mark.get(w("id"), 0)) for mark in root.iter(*INSERTED, *DELETED, *CHANGED)), default=0)
    )
    for row in rows:
        stamp = {name: next(row.iter(*_CELL_MARKS)).get(name) for name in (w("author"), w("date"))}
        before, after = deepcopy(row), deepcopy(row)
        _settle(before, INSERTED)
        _settle(after, DELETED)
        _mark(before, w("del"), stamp, numbers)
        _mark(after, w("ins"), stamp, numbers)
        place = row.getparent()
        at = place.index(row)
        # A row that one version does not have at all says nothing there.
        place[at : at + 1] = [version for version in (before, after) if version.find(w("tc")) is not None]
    return _with_settings(root) or bool(rows)


def _with_settings(root: Element) -> bool:
    """Gives a row that says nothing of itself but its mark the setting that holds anyway.

    Word writes such rows, but the schema wants a setting before the mark.
    """
    alone = {*INSERTED, *DELETED, *CHANGED}
    bare = [properties for properties in root.iter(w("trPr")) if alone.issuperset(child.tag for child in properties)]
    for properties in bare:
        properties.insert(0, etree.Element(w("cantSplit"), {w("val"): "off"}))
    return bool(bare)


def _settle(row: Element, gone: frozenset[str]) -> None:
    """The row without changes, once those that are ``gone`` have been taken out."""
    for change in list(row.iter(*CHANGED)):
        _settle_form(change, restore=gone is INSERTED)
    for holder in [holder for holder in row.iter(w("tr"), w("tc")) if holder is not row and goes(holder, gone)]:
        holder.getparent().remove(holder)
    for paragraph in [paragraph for paragraph in row.iter(w("p")) if mark_goes(paragraph, gone)]:
        _join(paragraph)
    for mark in list(row.iter(*INSERTED, *DELETED)):
        kept = [] if mark.tag in gone else list(mark)
        place = mark.getparent()
        at = place.index(mark)
        place[at : at + 1] = kept
    for node in row.iter(*_TEXT):
        node.tag = _TEXT[node.tag]


def _settle_form(change: Element, *, restore: bool) -> None:
    holder = change.getparent()
    holder.remove(change)
    if restore:
        for child in [child for child in holder if child.tag not in _NOT_FORM]:
            holder.remove(child)
        holder[:0] = [child for old in change for child in old]


def _join(paragraph: Element) -> None:
    """Puts what the paragraph holds at the beginning of the next one; the last of a cell stays."""
    following = paragraph.getnext()
    if following is None or following.tag != w("p"):
        return
    at = 0 if following.find(w("pPr")) is None else 1
    following[at:at] = [child for child in paragraph if child.tag != w("pPr")]
    paragraph.getparent().remove(paragraph)


def _mark(row: Element, kind: str, stamp: dict[str, str], numbers: count[int]) -> None:
    """Makes the row, and all that it says, inserted or deleted."""

    def mark() -> Element:
        return etree.Element(kind, {w("id"): str(next(numbers)), **stamp})

    _first(row, w("trPr"), after=w("tblPrEx")).append(mark())
    for paragraph in row.iter(w("p")):
        properties = _first(paragraph, w("pPr"))
        own = properties.find(w("rPr"))
        if own is None:
            own = etree.SubElement(properties, w("rPr"))
        own.insert(0, mark())
    for run in [run for run in row.iter(w("r")) if next(run.iterancestors(w("r")), None) is None]:
        place, around = run.getparent(), mark()
        place.replace(run, around)
        around.append(run)
    if kind == w("del"):
        for node in row.iter(*_DELETED_TEXT):
            node.tag = _DELETED_TEXT[node.tag]


def _first(parent: Element, tag: str, after: str = "") -> Element:
    """The child that holds the parent's properties, made where there is none."""
    found = parent.find(tag)
    if found is None:
        found = etree.Element(tag)
        parent.insert(int(bool(after) and parent.find(after) is not None), found)
    return found
