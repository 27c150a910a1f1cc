"""Fills declared entries with the values of a case; what is missing becomes a blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from pbj_rules.documents.blanks import Blanks, MissingList
from pbj_rules.documents.contract.fields import Entry
from pbj_rules.errors import Problem
from pbj_rules.formatting import nip, npwp
from pbj_rules.reading import told_unprintable

__all__ = ["Filler"]

# What XML 1.0 cannot carry, and the noncharacters, with which blanks are marked.
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_IDENTITIES: Final[dict[str, Callable[[str], str]]] = {"nip": nip, "npwp": npwp}


@define
class Filler:
    """Reads values by their declaration; ``problems`` gathers values that cannot be printed."""

    blanks: Blanks
    problems: list[Problem] = field(factory=list)

    def record(
        self, entries: Sequence[Entry], given: Mapping[str, Any] | None, path: str, *, of: str = ""
    ) -> dict[str, Any]:
        """Every declared entry with its value; ``of`` ends the title of a blank (``nama PPK``)."""
        known = given or {}
        return {
            entry.name: self.value(entry, known.get(entry.name), f"{path}.{entry.name}", of=of) for entry in entries
        }

    def value(self, entry: Entry, given: Any, path: str, *, of: str = "") -> Any:
        if entry.kind == "kelompok":
            return self.record(entry.columns, given, path, of=of)
        if given is None:
            return self._missing(entry, path, of)
        if entry.kind == "daftar":
            return self.rows(entry.columns, given, path)
        if isinstance(given, str):
            given = self.printable(given, path)
        if entry.kind in _IDENTITIES:
            return self._identity(entry, given, path)
        return given

    def rows(
        self, entries: Sequence[Entry], given: Sequence[Mapping[str, Any]], path: str, *, of: str = ""
    ) -> list[dict[str, Any]]:
        """A list of records; paths count from one."""
        return [self.record(entries, row, f"{path}[{number}]", of=of) for number, row in enumerate(given, 1)]

    def missing_rows(self, entries: Sequence[Entry], path: str, title: str, *, of: str = "") -> MissingList:
        """One row of blanks; they all bear the list's path, so the list is noted once."""
        return self.blanks.rows(path, title, self._blank_row(entries, path, of))

    def printable(self, text: str, path: str) -> str:
        """The text with one kind of line end; a character that Word cannot hold is a problem."""
        if told := told_unprintable(text, _UNPRINTABLE):
            message = f"teks memuat karakter yang tidak dapat dicetak ({told})"
            self.problems.append(Problem(message, path=path, remedy="hapus karakter itu dari nilainya"))
            return ""
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")

    def _missing(self, entry: Entry, path: str, of: str) -> Any:
        if entry.kind == "daftar":
            if not entry.required:
                return []
            return self.missing_rows(entry.columns, path, entry.title)
        if not entry.required:
            return None
        return self.blanks.blank(path, f"{entry.title} {of}".strip())

    def _blank_row(self, entries: Sequence[Entry], path: str, of: str) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for entry in entries:
            if entry.kind == "kelompok":
                row[entry.name] = self._blank_row(entry.columns, path, of)
            elif entry.required:
                row[entry.name] = self.blanks.blank(path, f"{entry.title} {of}".strip())
            else:
                row[entry.name] = None
        return row

    def _identity(self, entry: Entry, given: str, path: str) -> Any:
        """An identity number with the wrong count of digits is shown as it is, marked."""
        try:
            _IDENTITIES[entry.kind](given)
        except ValueError as error:
            return self.blanks.blank(path, entry.title, reason=str(error))
        return given
