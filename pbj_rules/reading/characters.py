"""Characters that no paper can print: finding them, and telling a person which they are and where they stand."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["UNPRINTABLE", "one_line", "printable", "sign", "told_unprintable"]

# Characters that no Word file can hold (XML 1.0, section 2.2), lone surrogates among them, and the other controls.
UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_MOST_TOLD: Final = 5  # of one text; whoever pasted a binary file does not want them all
_NAMES: Final = {
    0x00: "karakter nol",
    0x07: "bunyi bel",
    0x08: "hapus mundur",
    0x0B: "tab tegak",
    0x0C: "ganti halaman",
    0x1B: "escape",
    0x7F: "hapus (DEL)",
    0x85: "baris berikut",
}


def told_unprintable(text: str, signs: re.Pattern[str] = UNPRINTABLE) -> str:
    """Which characters of a text are among ``signs``, and where, counted from 1; empty where none is."""
    found = [f"{sign(one[0])}, huruf ke-{one.start() + 1}" for one in signs.finditer(text)]
    more = [f"dan {len(found) - _MOST_TOLD} lagi"] if len(found) > _MOST_TOLD else []
    return "; ".join([*found[:_MOST_TOLD], *more])


def sign(letter: str) -> str:
    """A character that cannot be shown, by its number and what it is."""
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:
        name = "separuh pasangan surogat"
    elif code >= 0xFDD0:
        name = "bukan huruf menurut Unicode"
    else:
        name = _NAMES.get(code, "karakter kendali")
    return f"U+{code:04X} {name}"


def one_line(text: str, longest: int = 60) -> str:
    """A text as an error quotes it: short, on one line, and printable anywhere."""
    shown = printable(" ".join(text[: longest + 1].split()))
    return f"{shown[:longest]}…" if len(text) > longest else shown


def printable(text: str) -> str:
    """The text with every character that a terminal or a file may refuse written as its escape."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
