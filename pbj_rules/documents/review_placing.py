"""Where the comments of a review draft stand in its rendered body: around words, numbered in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from pbj_rules.documents.review_marks import Notes, finish, marks, renumbered, start, unmarked

__all__ = ["TITLE", "Anchor", "placed", "words_of"]

# What the comment on the paper's title is about: the paper itself.
TITLE: Final = "judul naskah"
_TOKEN: Final = re.compile(
    r"<\?pbj-(?P<mark>mulai|akhir) (?P<number>[0-9]+)\?>|<(?P<closing>/?)w:(?P<name>p|txbxContent)(?: [^>]*)?>|<w:p/>"
)
_PROPERTIES: Final = re.compile(
    r"<w:pPr>(?:(?!</w:pPr>|<w:pPrChange).)*(?:<w:pPrChange(?:(?!</w:pPrChange>).)*</w:pPrChange>)?</w:pPr>|<w:pPr/>",
    re.DOTALL,
)
_GAP: Final = re.compile(r"</w:p>|<w:(?:br|tab)\b[^>]*/>")
_TITLE_STYLES: Final = ('<w:pStyle w:val="Judul"/>', '<w:pStyle w:val="Data"/>', "")


class Anchor(NamedTuple):
    """What a comment is about, and the words it is anchored on; ``chosen``: whether a branch is there because of it."""

    names: tuple[str, ...]
    words: str
    chosen: bool


class _Paragraph(NamedTuple):
    """Where the content of a paragraph begins and ends; ``properties``: what stands before it."""

    properties: str
    begin: int
    end: int


class _Mark(NamedTuple):
    """A place between runs; ``inside``: whether a paragraph is open there."""

    opens: bool
    number: int
    at: tuple[int, int]
    inside: bool


def words_of(xml: str) -> str:
    """The words of a piece of XML."""
    return " ".join(unescape(re.sub("<[^>]+>", "", _GAP.sub(" ", xml))).split())


def placed(xml: str, notes: Notes) -> tuple[str, list[Anchor]]:
    """The body with every comment around the words that are there, and the comments in their order.

    What a branch wrote is only known now, so only now do its marks find its first and last paragraph. A comment
    without a word to stand on goes, and the title gets the comment on the paper itself.
    """
    paragraphs, found = _read(xml)
    edits = [(mark.at[0], mark.at[1], 0, 0, "") for mark in found]
    for begin, end, number in _pairs(xml, paragraphs, found):
        edits += [(begin, begin, 1, number, start(number)), (end, end, 0, -number, finish(number))]
    if (title := _title(xml, paragraphs)) is not None:
        number = notes.anchor((TITLE,), chosen=False)
        edits += [(title.begin, title.begin, 1, -1, start(number)), (title.end, title.end, 0, 1, finish(number))]
    return _in_order(_edited(xml, edits), notes)


def _read(xml: str) -> tuple[list[_Paragraph], list[_Mark]]:
    """The paragraphs of a body, and the places between runs that branches marked."""
    paragraphs: list[_Paragraph] = []
    found: list[_Mark] = []
    opened: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(xml):
        if token["mark"]:
            inside = bool(opened) and opened[-1][0] == "p"
            found.append(_Mark(token["mark"] == "mulai", int(token["number"]), token.span(), inside))
        elif token["closing"]:
            name, at = opened.pop()
            if name == "p":
                properties = _PROPERTIES.match(xml, at)
                begin = properties.end() if properties else at
                paragraphs.append(_Paragraph(xml[at:begin], begin, token.start()))
        elif token["name"] and not token[0].endswith("/>"):
            opened.append((token["name"], token.end()))
    return sorted(paragraphs, key=lambda one: one.begin), found


def _pairs(xml: str, paragraphs: list[_Paragraph], found: list[_Mark]) -> Iterator[tuple[int, int, int]]:
    """Where each branch begins and ends: in the open paragraph, or in the first and last that it holds."""
    ends = {mark.number: mark for mark in found if not mark.opens}
    for opening in (mark for mark in found if mark.opens):
        closing = ends[opening.number]
        held = [
            one
            for one in paragraphs
            if opening.at[1] <= one.begin and one.end <= closing.at[0] and words_of(xml[one.begin : one.end])
        ]
        if not held and not (opening.inside and closing.inside):
            continue
        begin = opening.at[1] if opening.inside else held[0].begin
        end = closing.at[0] if closing.inside else max(one.end for one in held)
        yield begin, end, opening.number


def _title(xml: str, paragraphs: list[_Paragraph]) -> _Paragraph | None:
    """The paragraph that names the paper: its title, else the first line of a letter, else the first words."""
    with_words = [one for one in paragraphs if words_of(xml[one.begin : one.end])]
    for style in _TITLE_STYLES:
        for one in with_words:
            if style in one.properties:
                return one
    return None


def _edited(xml: str, edits: list[tuple[int, int, int, int, str]]) -> str:
    """The body with pieces replaced; at one place what ends stands before what begins, the outer begins first."""
    made = []
    at = 0
    for begin, end, _, _, text in sorted(edits):
        made += [xml[at:begin], text]
        at = max(at, end)
    return "".join([*made, xml[at:]])


def _in_order(xml: str, notes: Notes) -> tuple[str, list[Anchor]]:
    """Comments without words taken out, the others numbered as they follow each other."""
    ours = notes.anchors
    spans = {number: _between(xml, number) for number in ours}
    words = {number: words_of(span) for number, span in spans.items() if span is not None}
    xml = unmarked(xml, {number for number in ours if not words.get(number)})
    order = [number for number, opens in marks(xml) if opens and number in ours]
    xml = renumbered(xml, {number: notes.first + at for at, number in enumerate(order)})
    return xml, [Anchor(ours[number][0], words[number], ours[number][1]) for number in order]


def _between(xml: str, number: int) -> str | None:
    """What stands between the marks of a comment."""
    _, opened, rest = xml.partition(start(number))
    within, closed, _ = rest.partition(finish(number))
    return within if opened and closed else None
