"""How large the signs and texts of a BPMN diagram are, in pixels, as the usual tools draw them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pbj_rules.assurance.bpmn.process import Kind, Node
from pbj_rules.assurance.rulebook.metrics import text_width, wrapped

__all__ = ["EVENT", "LABEL", "LINE", "PAPER", "TASK_HEIGHT", "paper_label", "paper_width", "sized", "text_box"]

EVENT: Final = 36
PAPER: Final = (36, 50)
TASK_HEIGHT: Final = 110
LABEL: Final = 11  # the height of a label's type; names in tasks are set in 12
LINE: Final = 14
_GATEWAY: Final = 50
_TASK_TYPE, _TASK_LINES, _TASK_PAD = 12, 4, 18
_TASK_WIDTHS: Final = range(120, 1001, 20)
_PAPER_WIDTHS: Final = range(112, 301, 10)
_PAPER_LINES: Final = 3
_BETWEEN: Final = 12  # two papers' titles
_ATTACHED: Final = 110  # the room of an event at a call's edge, with its name
_WIDER: Final = 1.18  # where Arial is missing, tools set names in a wider face
_MM: Final = 25.4 / 96 / _WIDER
_POINTS: Final = 0.75


def sized(node: Node, attached: int, papers: Sequence[str]) -> tuple[int, int]:
    """The width and height of a node; a task has room for its name and for what hangs on its lower edge."""
    if node.kind is Kind.GATEWAY:
        return _GATEWAY, _GATEWAY
    if node.kind not in (Kind.TASK, Kind.CALL):
        return EVENT, EVENT
    lines = _TASK_LINES - (node.kind is Kind.CALL)  # the sign of a call takes a line
    needed = max(attached * _ATTACHED, sum(paper_width(title) for title in papers))
    fitting = (width for width in _TASK_WIDTHS if width >= needed and _fits(node.name, width - _TASK_PAD, lines))
    return next(fitting, _TASK_WIDTHS[-1]), TASK_HEIGHT


def _fits(text: str, width: int, lines: int) -> bool:
    return _widest_word(text, _TASK_TYPE) <= width and len(wrapped(text, width * _MM, _TASK_TYPE * _POINTS)) <= lines


def _widest_word(text: str, size: int) -> float:
    """Tools break a line at a space or behind a hyphen; a word that is too long they break anywhere."""
    words = text.replace("-", "- ").split()
    return max((text_width(word, size * _POINTS) / _MM for word in words), default=0.0)


def paper_width(title: str) -> int:
    """The width of a paper's place, for its title beneath it in a few lines."""
    least = _widest_word(title, LABEL) + _BETWEEN
    fitting = (
        width
        for width in _PAPER_WIDTHS
        if width >= least and len(wrapped(title, (width - _BETWEEN) * _MM, LABEL * _POINTS)) <= _PAPER_LINES
    )
    return next(fitting, _PAPER_WIDTHS[-1])


def paper_label(title: str) -> tuple[int, int]:
    """The width and height of the title beneath a paper."""
    return text_box(title, paper_width(title) - _BETWEEN)


def text_box(text: str, most: int) -> tuple[int, int]:
    """The width and height of a label that is at most so wide, with a little to spare."""
    lines = wrapped(text, max(most, _widest_word(text, LABEL) + 1) * _MM, LABEL * _POINTS)
    width = max(text_width(line, LABEL * _POINTS) for line in lines) / _MM
    return int(width) + 6, LINE * len(lines)
