"""How wide text is in Arial, so that rows have their height before any word processor sees them.

The widths are those that Arial, Helvetica and Nimbus Sans share; a flowchart that must meet its rows cannot wait
for the program that sets the page.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LINE_SPACING", "MM_PER_POINT", "text_width", "wrapped"]

MM_PER_POINT: Final = 25.4 / 72
LINE_SPACING: Final = 1.2  # of the type size, from line to line

# Thousandths of the type size, from the space (32) to the tilde (126).
_REGULAR: Final = (
    278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 222, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_BOLD: Final = (
    278, 333, 474, 556, 556, 889, 722, 278, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 278, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
)  # fmt: skip
_OTHER: Final = 600  # a sign outside ASCII; few stand in a regulation


def text_width(text: str, points: float, *, bold: bool = False) -> float:
    """The width in millimetres."""
    widths = _BOLD if bold else _REGULAR
    units = sum(widths[ord(sign) - 32] if 32 <= ord(sign) <= 126 else _OTHER for sign in text)
    return units / 1000 * points * MM_PER_POINT


def wrapped(text: str, width: float, points: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text in a column of ``width`` millimetres; a word that is too long is broken.

    >>> wrapped("Surat permohonan asistensi", 25, 8)
    ('Surat permohonan', 'asistensi')
    """
    lines = [""]
    for word in text.split():
        for number, part in enumerate(_parts(word, width, points, bold)):
            joined = lines[-1] + (" " if lines[-1] and not number else "") + part
            if text_width(joined, points, bold=bold) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return tuple(line for line in lines if line) or ("",)


def _parts(word: str, width: float, points: float, bold: bool) -> list[str]:
    """The pieces of a word between which a line may break: after a hyphen, and wherever it is too long."""
    parts: list[str] = []
    for piece in re.findall(r"[^-]*-+|[^-]+", word):
        parts.append("")
        for sign in piece:
            if parts[-1] and text_width(parts[-1] + sign, points, bold=bold) > width:
                parts.append("")
            parts[-1] += sign
    return parts
