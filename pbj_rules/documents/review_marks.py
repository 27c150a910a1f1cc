"""Marks of comments in the XML of a review draft, put in while it is rendered and taken out again without a trace.

Every mark is a fixed form of words: taking the same words out leaves, byte for byte, what was there before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from pbj_rules.documents.printing import Run, without_empty_runs

__all__ = ["Item", "Notes", "Said", "finish", "marks", "renumbered", "start", "unmarked", "without_marks"]

# A run that a mark began carries this revision number, by which it is known (it spells PBJ).
_OURS: Final = "0050424A"
_START: Final = '<w:commentRangeStart w:id="{}"/>'
_FINISH: Final = (
    '<w:commentRangeEnd w:id="{0}"/><w:r w:rsidR="' + _OURS + '"><w:rPr><w:rStyle w:val="PbjAcuanKomentar"/></w:rPr>'
    '<w:commentReference w:id="{0}"/></w:r>'
)
_END_RUN: Final = "</w:t></w:r>"
_FRESH: Final = '<w:r w:rsidR="' + _OURS + '">{}<w:t xml:space="preserve">'
_ANY_START: Final = _START.format("([0-9]+)")
_ANY_FINISH: Final = _FINISH.replace("{0}", "([0-9]+)", 1).replace("{0}", "[0-9]+")
_ANY_FRESH: Final = _FRESH.format("(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?")
_IN_RUN: Final = re.compile(f"{_END_RUN}(?:{_ANY_START}|{_ANY_FINISH}){_ANY_FRESH}", re.DOTALL)
_BETWEEN_RUNS: Final = re.compile(f"{_ANY_START}|{_ANY_FINISH}")
_YELLOW: Final = '<w:highlight w:val="yellow"/>'
# Where a branch between runs begins and ends; `review_placing` puts marks in the paragraphs that it then holds.
_OUTSIDE: Final = "<?pbj-mulai {}?>"
_END_OUTSIDE: Final = "<?pbj-akhir {}?>"


class Item(NamedTuple):
    """A round of a loop: of which list, and the how-manieth; ``2.1`` is the first within the second of another."""

    of: str
    number: str


class Said(NamedTuple):
    """A value that was printed: the names it was made of, its XML, and the innermost round it stands in."""

    names: tuple[str, ...]
    shown: str
    item: Item | None


class Notes:
    """What one rendering printed, and where a rule decided it.

    ``sites``: the names that each place reads. ``first``: the number of the first comment. ``said``: the values
    printed, in their order. ``read``: the names that anything looked at, where anchors do not tell. ``anchors``: of
    each comment, by its number, the names that it is about, and whether its words were chosen by them, rather than
    made of them.
    """

    def __init__(self, sites: Iterable[tuple[str, ...]] = (), first: int = 0) -> None:
        self.sites = list(sites)
        self.first = first
        self.said: list[Said] = []
        self.read: set[str] = set()
        self.anchors: dict[int, tuple[tuple[str, ...], bool]] = {}
        self.opened: list[int] = []
        self.loops: list[tuple[str, int]] = []
        self.items: list[Item] = []

    def printed(self, site: int, shown: str) -> str:
        self.said.append(Said(self.sites[site], shown, self.items[-1] if self.items else None))
        return shown

    def decided(self, site: int, run: Run, shown: str) -> str:
        """A value that a rule decided, within a run."""
        self.printed(site, shown)
        return self.begin(site, run, chosen=False) + shown + self.end(run)

    def begin(self, site: int, run: Run, *, chosen: bool = True) -> str:
        """The beginning of words that a rule decided, within a run."""
        return _END_RUN + start(self.anchor(self.sites[site], chosen=chosen)) + _FRESH.format(run.properties)

    def end(self, run: Run) -> str:
        return _END_RUN + finish(self.opened.pop()) + _FRESH.format(run.properties)

    def begin_outside(self, site: int) -> str:
        """The same between runs."""
        return _OUTSIDE.format(self.anchor(self.sites[site], chosen=True))

    def end_outside(self) -> str:
        return _END_OUTSIDE.format(self.opened.pop())

    def anchor(self, names: tuple[str, ...], *, chosen: bool) -> int:
        """The number of a new comment, which is open from now on."""
        number = self.first + len(self.anchors)
        self.anchors[number] = (names, chosen)
        self.opened.append(number)
        return number

    def loop(self, of: str) -> None:
        self.loops.append((of, 0))

    def loop_over(self) -> None:
        self.loops.pop()

    def item(self) -> str:
        of, number = self.loops.pop()
        self.loops.append((of, number + 1))
        within = f"{self.items[-1].number}." if self.items else ""
        self.items.append(Item(of, f"{within}{number + 1}"))
        return ""

    def item_over(self) -> str:
        self.items.pop()
        return ""


def start(number: int) -> str:
    """The mark where the words of a comment begin."""
    return _START.format(number)


def finish(number: int) -> str:
    """The mark where they end, with the reference to the comment."""
    return _FINISH.format(number)


def marks(xml: str) -> list[tuple[int, bool]]:
    """The marks in their order: the number of the comment, and whether its words begin there."""
    return [(int(found[1] or found[2]), found[1] is not None) for found in _BETWEEN_RUNS.finditer(xml)]


def renumbered(xml: str, new: Mapping[int, int]) -> str:
    """The body with other numbers for these comments."""

    def changed(found: re.Match[str]) -> str:
        number = new.get(int(found[1] or found[2]))
        if number is None:
            return found[0]
        return start(number) if found[1] else finish(number)

    return _BETWEEN_RUNS.sub(changed, xml)


def unmarked(xml: str, numbers: Collection[int]) -> str:
    """The body without the marks of these comments; the template's own comments have other numbers."""

    def kept(found: re.Match[str]) -> str:
        return "" if int(found[1] or found[2]) in numbers else found[0]

    return _BETWEEN_RUNS.sub(kept, _IN_RUN.sub(kept, xml))


def without_marks(xml: str, numbers: Collection[int]) -> str:
    """The body as it was before it was marked."""
    plain = unmarked(xml, numbers)
    return without_empty_runs(plain) if _YELLOW in plain else plain
