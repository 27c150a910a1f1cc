"""Where the tags of a template begin and end, found in one pass, before anything slower reads the text.

docxtpl and the checks look for tags with searches that take the square of their text's length where tags are not
closed, or go on for ever. So every page is scanned here first, and refused when its tags are not tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

__all__ = ["MAX_TAGS", "BrokenTagError", "Tag", "joined_braces", "own_kind", "tags_of"]

# A template of thirty pages has a few hundred.
MAX_TAGS: Final = 10_000
MAX_TAG_LENGTH: Final = 4_000
_MARK: Final = re.compile(r"\{[{%#]|[}%#]\}")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
# Long white space inside a tag only makes searching slow.
_WIDE: Final = re.compile(r"\s{40}")
_ELEMENTS: Final = re.compile(r"<[^>]*>")
_SPLIT: Final = re.compile(r"(?<=\{)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=\})")
_OWN: Final = re.compile(r"\{[{%#](p|tr|tc)\s")


class BrokenTagError(ValueError):
    """Text in which a tag is not one. ``at``: where in it; ``text``: that of its paragraph, where it is known."""

    def __init__(self, message: str, at: int, text: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.text = text


@frozen
class Tag:
    """A tag of a text. ``start``, ``end``: where it stands in it."""

    text: str
    start: int
    end: int


def joined_braces(xml: str) -> str:
    """The XML with the two signs that open or close a tag beside each other, as docxtpl puts them."""
    return _SPLIT.sub("", xml)


def own_kind(tag: str) -> str:
    """``p``, ``tr`` or ``tc`` where a tag takes the place of its whole paragraph, row or cell; else nothing."""
    found = _OWN.match(tag)
    return found[1] if found else ""


def tags_of(text: str) -> Iterator[Tag]:
    """The tags of a text, or of XML whose braces are joined, in their order. Raises BrokenTagError."""
    at = count = 0
    while found := _MARK.search(text, at):
        closing = _CLOSING.get(found[0])
        if closing is None:
            raise BrokenTagError(f"`{found[0]}` tanpa pembukanya", found.start())
        end = text.find(closing, found.end()) + 2
        inside = _ELEMENTS.sub("", text[found.start() : end]) if end > 1 else ""
        if not inside:
            raise BrokenTagError(f"tanda `{found[0]}` tidak ditutup dengan `{closing}`", found.start())
        if len(inside) > MAX_TAG_LENGTH or _WIDE.search(inside):
            raise BrokenTagError(
                f"tanda lebih panjang dari {MAX_TAG_LENGTH} huruf, atau berisi banyak spasi", found.start()
            )
        if inside.find(found[0], 2) > 0 and found[0] != "{#":
            raise BrokenTagError(f"tanda `{found[0]}` tidak ditutup dengan `{closing}`", found.start())
        count += 1
        if count > MAX_TAGS:
            raise BrokenTagError(f"lebih dari {MAX_TAGS} tanda dalam satu bagian", found.start())
        yield Tag(inside, found.start(), end)
        at = end
