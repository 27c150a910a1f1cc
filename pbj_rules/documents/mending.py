"""Brings each tag of a page together in one piece of text, as it was typed.

Word splits text wherever its format, its language or its history changes. docxtpl joins the pieces of a tag by
dropping everything between them, the format of what follows too. Here the pieces move into the first one, and what
stood between them stays behind the tag.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Any, Final

from attrs import frozen

from pbj_rules.documents.markup import w
from pbj_rules.documents.signposts import own_nodes
from pbj_rules.documents.tags import BrokenTagError, Tag, tags_of

__all__ = ["SplitTag", "mend_tags", "split_tags", "typed_text"]

# What a person typed, where Word writes it as an element of its own.
_TYPED: Final = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-", w("softHyphen"): ""}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_UNKNOWN: Final = re.compile(r"\{\{(r|tr|tc)\s")
Element = Any


@frozen
class _Piece:
    """An element that holds text, or stands for some, and where its text begins in the paragraph's."""

    element: Element
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@frozen
class SplitTag:
    """A tag in more than one piece. ``runs``: the runs that hold them; ``inside``: other elements between them."""

    tag: Tag
    runs: tuple[Element, ...]
    inside: tuple[Element, ...]


def mend_tags(root: Element) -> None:
    """Brings the tags of a tree together. Raises BrokenTagError with the text of the paragraph that has none."""
    for paragraph in list(root.iter(w("p"))):
        pieces = _pieces(paragraph)
        text = "".join(piece.text for piece in pieces)
        if not re.search(r"[{}]", text):
            continue
        try:
            tags = list(tags_of(text))
        except BrokenTagError as error:
            raise BrokenTagError(str(error), error.at, text) from error
        for tag in tags:
            if found := _UNKNOWN.match(tag.text):
                raise BrokenTagError(f"`{{{{{found[1]} … }}}}` tidak dipakai; tulis `{{{{ … }}}}`", tag.start, text)
        starts = [piece.start for piece in pieces]
        for tag in reversed(tags):
            _gather(tag, pieces[_reach(starts, tag)])


def split_tags(paragraph: Element) -> list[SplitTag]:
    """The tags of a paragraph that stand in more than one piece."""
    pieces = _pieces(paragraph)
    starts = [piece.start for piece in pieces]
    nodes = list(own_nodes(paragraph))
    order = {node: number for number, node in enumerate(nodes)}
    found = []
    for tag in tags_of("".join(piece.text for piece in pieces)):
        touched = [piece.element for piece in pieces[_reach(starts, tag)]]
        if len(touched) > 1:
            between = set(nodes[order[touched[0]] + 1 : order[touched[-1]]]) - set(touched)
            runs = dict.fromkeys(element.getparent() for element in touched)
            found.append(SplitTag(tag, tuple(runs), tuple(between)))
    return found


def typed_text(paragraph: Element) -> str:
    """The text of a paragraph as it was typed."""
    return "".join(piece.text for piece in _pieces(paragraph))


def _reach(starts: list[int], tag: Tag) -> slice:
    """The pieces that a tag touches."""
    return slice(bisect_right(starts, tag.start) - 1, bisect_left(starts, tag.end))


def _pieces(paragraph: Element) -> list[_Piece]:
    """The text of a paragraph in its pieces, tabs and hyphens as they were typed."""
    pieces = []
    at = 0
    for node in own_nodes(paragraph):
        text = node.text or "" if node.tag == w("t") else _TYPED.get(node.tag)
        page_break = node.get(w("type"), "textWrapping") != "textWrapping"
        if text is not None and node.getparent().tag == w("r") and not page_break:
            pieces.append(_Piece(node, at, text))
            at += len(text)
    return pieces


def _gather(tag: Tag, touched: list[_Piece]) -> None:
    """Moves a tag into its first piece. The last tag goes first, so that places before it stay right."""
    first, *others = touched
    if not others:
        return
    last = others[-1]
    rest = (last.element.text or "")[tag.end - last.start :]
    _write(first.element, (first.element.text or "")[: tag.start - first.start] + tag.text)
    for piece in others[:-1]:
        _write(piece.element, "")
    _write(last.element, rest)


def _write(element: Element, text: str) -> None:
    if text:
        element.text = text
        element.set(_SPACE, "preserve")
    else:
        element.getparent().remove(element)
