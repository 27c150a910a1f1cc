"""Comments of a review draft in the XML of its body, put in and taken out again without a trace.

Every mark is a fixed form of words: taking the same words out leaves, byte for byte, what was there before.
"""

from __future__ import annotations

import re
from typing import Final

from pbj_rules.documents.printing import Run, without_empty_runs

__all__ = ["Notes", "without_marks"]

# A run that a mark began carries this revision number, by which it is known (it spells PBJ).
_OURS: Final = "0050424A"
_START: Final = '<w:commentRangeStart w:id="{}"/>'
_FINISH: Final = (
    '<w:commentRangeEnd w:id="{0}"/><w:r w:rsidR="' + _OURS + '"><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    '<w:commentReference w:id="{0}"/></w:r>'
)
_END_RUN: Final = "</w:t></w:r>"
_FRESH: Final = '<w:r w:rsidR="' + _OURS + '">{}<w:t xml:space="preserve">'
_ANY_START: Final = _START.format("[0-9]+")
_ANY_FINISH: Final = _FINISH.format("[0-9]+")
_ANY_FRESH: Final = _FRESH.format("(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?")
_IN_RUN: Final = re.compile(f"{_END_RUN}(?:{_ANY_START}|{_ANY_FINISH}){_ANY_FRESH}", re.DOTALL)
_BETWEEN_RUNS: Final = re.compile(f"{_ANY_START}|{_ANY_FINISH}")
_YELLOW: Final = '<w:highlight w:val="yellow"/>'


class Notes:
    """What one rendering printed, and where a rule decided it.

    ``said``: each value printed, with its site. ``anchors``: the site of each comment, by the comment's number.
    """

    def __init__(self) -> None:
        self.said: list[tuple[int, str]] = []
        self.anchors: list[int] = []
        self.opened: list[int] = []

    def printed(self, site: int, shown: str) -> str:
        self.said.append((site, shown))
        return shown

    def decided(self, site: int, run: Run, shown: str) -> str:
        """A value that a rule decided, within a run."""
        self.said.append((site, shown))
        return self.begin(site, run) + shown + self.end(run)

    def begin(self, site: int, run: Run) -> str:
        """The beginning of words that a rule decided, within a run."""
        return _END_RUN + self.open(site) + _FRESH.format(run.properties)

    def end(self, run: Run) -> str:
        return _END_RUN + self.close() + _FRESH.format(run.properties)

    def open(self, site: int) -> str:
        """The same between runs."""
        number = len(self.anchors)
        self.anchors.append(site)
        self.opened.append(number)
        return _START.format(number)

    def close(self) -> str:
        return _FINISH.format(self.opened.pop())


def without_marks(xml: str) -> str:
    """The body as it was before it was marked."""
    plain = _BETWEEN_RUNS.sub("", _IN_RUN.sub("", xml))
    return without_empty_runs(plain) if _YELLOW in plain else plain
