"""What a draft prints where a value is missing, and the list of what it printed so.

A blank prints ``[nama penyedia ............]`` between two marks that no user's text may contain;
printing turns the marks into highlighted runs. A blank notes its
path the moment a template prints or tests it, so values that a paper does not use are not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from markupsafe import escape

__all__ = ["CLOSE", "MARKED", "OPEN", "Blank", "Blanks", "MissingList"]

# Noncharacters: valid in XML, never in a text that people write (reading refuses them, see context).
OPEN: Final = "\ufdd0"
MIDDLE: Final = "\ufdd1"
CLOSE: Final = "\ufdd2"
MARKED: Final = re.compile(f"{OPEN}([0-9]+){MIDDLE}([^{CLOSE}]*){CLOSE}")
DOTS: Final = "............"


class Blanks:
    """The blanks of one paper, in the order in which they were met."""

    def __init__(self) -> None:
        self.met: list[Blank] = []

    def blank(self, path: str, title: str, *, reason: str = "") -> Blank:
        """A blank for ``path``; ``reason`` says what is wrong with a value that was given."""
        return Blank(self, path, title, reason)

    def rows(self, path: str, title: str, row: dict[str, Any]) -> MissingList:
        """One row of blanks in place of a missing list; the list is what gets noted."""
        return MissingList(self.blank(path, title), row)

    def note(self, blank: Blank) -> int:
        self.met.append(blank)
        return len(self.met) - 1

    def paths(self) -> tuple[str, ...]:
        """The paths met, each once."""
        return tuple(dict.fromkeys(blank.path for blank in self.met))


class Blank:
    """A value that the case does not give. It is printed as a mark, and false where it is tested."""

    def __init__(self, blanks: Blanks, path: str, title: str, reason: str = "") -> None:
        self._blanks = blanks
        self.path = path
        self.title = title
        self.reason = reason

    def note(self) -> int:
        return self._blanks.note(self)

    def named(self, title: str) -> Blank:
        """The same blank under another title."""
        return Blank(self._blanks, self.path, title, self.reason)

    @property
    def text(self) -> str:
        """What a draft prints in its place."""
        return f"[{self.reason or f'{self.title} {DOTS}'}]"

    def __str__(self) -> str:
        return f"{OPEN}{self.note()}{MIDDLE}{self.text}{CLOSE}"

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        self.note()
        return False

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        self.note()
        return False

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"Blank({self.path!r})"


class MissingList(list[Any]):
    """A list that the case does not give: true, of one row, and noted when a template walks it."""

    def __init__(self, blank: Blank, row: dict[str, Any]) -> None:
        super().__init__([row])
        self._blank = blank

    def __iter__(self) -> Iterator[Any]:
        self._blank.note()
        return super().__iter__()

    @property
    def blank(self) -> Blank:
        """The blank of the list itself."""
        return self._blank

    @property
    def row(self) -> dict[str, Any]:
        """The one row, without noting that it was looked at."""
        row: dict[str, Any] = self[0]
        return row
