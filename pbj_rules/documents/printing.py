"""How values become text of a Word run: checked, escaped, with Word's own line breaks and tabs, blanks in yellow.

This is the run time of compiled templates, so it needs neither Jinja nor lxml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from markupsafe import Markup, escape

from pbj_rules.documents.blanks import MARKED, OPEN, Blank

__all__ = [
    "MAX_SIGNS",
    "MAX_WORK",
    "Rounds",
    "Run",
    "TemplateFaultError",
    "checked",
    "joined_text",
    "numbered",
    "passing_blanks",
    "printable",
    "printed",
    "with_yellow_blanks",
    "without_empty_runs",
]

# What all loops of one part may cost together, in nodes gone through: sixty bidders by twenty requirements are 1,200
# rounds of some hundred.
MAX_WORK: Final = 2_000_000
# The signs of one part; a paper of a hundred pages has some hundred thousand.
MAX_SIGNS: Final = 20_000_000

# What XML 1.0 cannot hold, and control signs that no text needs. Written as what is refused: a class of all that is
# allowed takes ten times as long to compile.
_REFUSED: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_UNPRINTABLE: Final = re.compile(f"[{_REFUSED}]")
# What must not stand in a run as it is: besides those markup, line ends, tabs and the marks of blanks.
_SPECIAL: Final = re.compile(f"[{_REFUSED}&<>\"'\n\t\r\ufdd0-\ufdef]")
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TEXT: Final = '<w:t xml:space="preserve">'
_YELLOW: Final = '<w:highlight w:val="yellow"/>'
# Run properties that must stand after the highlight.
_AFTER_HIGHLIGHT: Final = re.compile(
    r"<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath|rPrChange)\b"
)
_PROPERTIES: Final = re.compile(r"<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>", re.DOTALL)
_OLD_HIGHLIGHT: Final = re.compile(r"<w:highlight\b[^>]*/>")
_EMPTY_RUN: Final = re.compile(
    r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve"></w:t></w:r>', re.DOTALL
)


class TemplateFaultError(Exception):
    """A template that cannot be compiled or rendered: what, and at which paragraph."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


def printed(value: Any) -> Any:
    """The last check of every value that a template prints."""
    if value is None:
        raise TypeError("nilai kosong (None) dicetak; beri syarat `{% if … %}`")
    if isinstance(value, bool):
        raise TypeError("nilai ya/tidak dicetak tanpa `| ya_tidak` atau `| pilih(…)`")
    if isinstance(value, date):
        raise TypeError("tanggal dicetak tanpa bentuk, mis. `| tanggal_panjang`")
    if isinstance(value, float | list | tuple | dict | set):
        raise TypeError(f"{type(value).__name__} tidak dapat dicetak langsung")
    if not isinstance(value, str | int) and not hasattr(value, "__html__"):
        raise TypeError("yang dicetak bukan nilai")
    return checked(value) if isinstance(value, str) else value


def checked(text: str) -> str:
    """The text itself. Raises ValueError where it holds a character that no Word file can."""
    if found := _UNPRINTABLE.search(text):
        raise ValueError(f"teks memuat karakter yang tidak dapat dicetak (U+{ord(found[0]):04X})")
    return text


def printable(text: str) -> str:
    """The text with a sign in place of each character that no Word file can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def passing_blanks(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter that leaves a blank a blank."""

    def filtered(value: Any, *arguments: Any) -> Any:
        return value if isinstance(value, Blank) else function(value, *arguments)

    return filtered


class Run:
    """Prints values inside one run of a template. ``properties``: the run's own ``w:rPr``, or nothing."""

    __slots__ = ("properties", "tab", "yellow")

    def __init__(self, properties: str) -> None:
        self.properties = properties
        self.tab = f"</w:t></w:r><w:r>{properties}<w:tab/></w:r><w:r>{properties}{_TEXT}"
        self.yellow = ""

    def show(self, value: Any) -> str:
        """The value as it stands between ``<w:t …>`` and ``</w:t>``; it may end the run and begin it anew."""
        if type(value) is str:
            if _SPECIAL.search(value) is None:
                return value
        elif type(value) is int:
            return str(value)
        text = str(escape(printed(value)))
        if OPEN in text:
            return self._with_blanks(text)
        return self._broken(checked(text))

    def _broken(self, text: str) -> str:
        if "\t" in text:
            text = text.replace("\t", self.tab)
        if "\n" in text:
            text = text.replace("\n", _BREAK)
        return text

    def _with_blanks(self, text: str) -> str:
        """Blanks stand in runs of their own, highlighted."""
        if not self.yellow:
            self.yellow = f"</w:t></w:r><w:r>{_highlighted(self.properties)}{_TEXT}"
        again = f"</w:t></w:r><w:r>{self.properties}{_TEXT}"
        pieces = []
        for number, piece in enumerate(MARKED.split(text)):
            # split() gives text, number of the blank, its words, text, …
            if number % 3 == 0:
                pieces.append(self._broken(checked(piece)))
            elif number % 3 == 2:
                pieces.append(f"{self.yellow}{self._broken(checked(piece))}{again}")
        return "".join(pieces)


def _highlighted(properties: str) -> str:
    """Run properties with the yellow of blanks, where the schema wants it."""
    inner = _OLD_HIGHLIGHT.sub("", properties.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
    after = _AFTER_HIGHLIGHT.search(inner)
    at = after.start() if after else len(inner)
    return f"<w:rPr>{inner[:at]}{_YELLOW}{inner[at:]}</w:rPr>"


def with_yellow_blanks(xml: str) -> str:
    """The part with the marks of blanks, as docxtpl prints them, in runs of their own, highlighted."""
    made = []
    at = 0
    for blank in MARKED.finditer(xml):
        run = max(xml.rfind("<w:r>", 0, blank.start()), xml.rfind("<w:r ", 0, blank.start()))
        properties = _PROPERTIES.search(xml, run, blank.start())
        made += [xml[at : blank.start()], Run(properties[0] if properties else "")._with_blanks(blank[0])]
        at = blank.end()
    return without_empty_runs("".join([*made, xml[at:]]))


def without_empty_runs(xml: str) -> str:
    """The part without the runs that stood before or after a blank and hold nothing."""
    return _EMPTY_RUN.sub("", xml)


class Rounds:
    """Counts what loops cost and what has been printed, so that no template runs or grows without end."""

    __slots__ = ("left", "pieces", "signs")

    def __init__(self) -> None:
        self.left = MAX_WORK
        self.pieces = 0
        self.signs = 0

    def over(self, items: Iterable[Any], weight: int) -> list[Any]:
        """The items of a loop as a list. ``weight``: what a round of it costs.

        Raises ValueError when all loops together have cost too much.
        """
        if not isinstance(items, list | tuple):
            raise TypeError("`for` hanya atas daftar")
        found = [*items]
        self.left -= (len(found) + 1) * weight
        if self.left < 0:
            raise ValueError("perulangan templat terlalu banyak; kurangi `for` di dalam `for`")
        return found

    def weigh(self, out: list[str]) -> None:
        """Counts what has been written since the last time. Raises ValueError when it is too much."""
        self.signs += sum(map(len, out[self.pieces :]))
        self.pieces = len(out)
        self._stop()

    def weighed(self, value: Any) -> Any:
        """The value itself, counted."""
        self.signs += len(value) if isinstance(value, str) else 1
        self._stop()
        return value

    def _stop(self) -> None:
        if self.signs > MAX_SIGNS:
            raise ValueError(f"naskah menjadi lebih panjang dari {MAX_SIGNS} huruf")


def numbered(items: list[Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """The items, each with what ``loop`` says of it."""
    length = len(items)
    for index, item in enumerate(items):
        yield (
            {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == length - 1,
                "length": length,
                "revindex": length - index,
                "revindex0": length - index - 1,
            },
            item,
        )


def joined_text(pieces: Iterable[Any], between: str = "") -> str:
    """Jinja's ``~`` and ``join``: the pieces as one text; a blank among them stays one."""
    found = [*pieces]
    if any(hasattr(piece, "__html__") for piece in found):
        return Markup(escape(between)).join(found)
    return between.join(map(str, found))
