"""The number of a paper: staff's own, or the office's pattern with a running number or a blank for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any, Final

from attrs import frozen

from pbj_rules.documents.blanks import Blank
from pbj_rules.documents.office import Office
from pbj_rules.formatting import bulan_romawi

__all__ = ["PatternNumber", "paper_number", "running_number"]

# How the pieces of a number look that differ from paper to paper.
_LOOKS: Final = {"urut": ".+?", "bulan": "[0-9]{2}", "bulan_romawi": "[IVX]+", "tahun": "[0-9]{4}"}


@frozen
class PatternNumber:
    """A number of which some pieces are blanks; they are noted when the number is printed."""

    pieces: tuple[Any, ...]

    def __str__(self) -> str:
        return "".join(str(piece) for piece in self.pieces)

    def __html__(self) -> str:
        return escape(str(self))


def paper_number(office: Office, paper: str, given: Any, day: Any, running: Callable[[date], Any] | None = None) -> Any:
    """``given`` where the case says the number, else the pattern of the office's register.

    ``running`` gives the running number of a paper of that day; without it there is a blank in its place.
    """
    if not isinstance(given, Blank):
        return given
    pieces = [
        _piece(text[1:-1], office, paper, given, day, running) if text.startswith("{") else text
        for text in _pieces(office, paper)
    ]
    return PatternNumber(tuple(pieces))


def running_number(office: Office, paper: str, written: str, day: Any) -> tuple[int, str] | None:
    """Year and running number in a whole number that somebody wrote, read by the office's pattern.

    None where it is not of that pattern, or where neither it nor ``day`` tells the year of its series.
    """
    look = ""
    for text in _pieces(office, paper):
        name = text[1:-1] if text.startswith("{") else ""
        if name not in _LOOKS:
            look += re.escape("".join((_code(office, paper) if name else text).split()))
        else:
            look += f"(?P={name})" if f"(?P<{name}>" in look else f"(?P<{name}>{_LOOKS[name]})"
    read = re.fullmatch(look, "".join(written.split()), re.IGNORECASE)
    found = read.groupdict() if read else {}
    year = found.get("tahun") or (str(day.year) if isinstance(day, date) else None)
    return (int(year), found["urut"]) if year and "urut" in found else None


def _pieces(office: Office, paper: str) -> list[str]:
    """The pattern of a paper's numbers, cut into placeholders and what stands between them."""
    pattern = office.number_patterns.get(paper) or office.number_pattern
    return [text for text in re.split(r"(\{[^{}]*\})", pattern) if text]


def _code(office: Office, paper: str) -> str:
    return office.number_codes.get(paper) or paper.upper()


def _piece(
    name: str, office: Office, paper: str, number: Blank, day: Any, running: Callable[[date], Any] | None
) -> Any:
    """One placeholder; those of the date are blank while the paper has no date."""
    if name == "kode":
        return _code(office, paper)
    from_day: dict[str, Callable[[date], Any]] = {
        "bulan": lambda on: f"{on.month:02}",
        "bulan_romawi": bulan_romawi,
        "tahun": lambda on: str(on.year),
    }
    if name == "urut" and running is not None:
        from_day[name] = running
    if name not in from_day:
        return number
    return from_day[name](day) if isinstance(day, date) else _short(day, name)


def _short(day: Any, name: str) -> Any:
    """The blank of the date under the name of the piece that is missing."""
    title = {"tahun": "tahun", "urut": "tanggal"}.get(name, "bulan")
    return day.named(title) if isinstance(day, Blank) else day
