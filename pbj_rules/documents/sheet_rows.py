"""The statements of a paper as rows of the cover sheet: one a record, one an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from attrs import frozen

from pbj_rules.documents.statements import Statement

__all__ = ["SheetRow", "breakable", "rows_of"]

# A sentence longer than this is recognised by its beginning and its end.
_LONGEST: Final = 320
_HEAD: Final = 200
_TAIL: Final = 80


@frozen
class SheetRow:
    """A row: of what, the words, and where they come from."""

    hal: str
    isi: str
    asal: str


def rows_of(statements: Iterable[Statement]) -> list[SheetRow]:
    """The rows, in the order in which the paper first speaks of each record."""
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for one in statements:
        key = (one.kelompok,) if one.kelompok else ("", one.hal, one.isi, one.sumber)
        groups.setdefault(key, []).append(one)
    return list(dict.fromkeys(map(_row, groups.values())))


def _row(group: Sequence[Statement]) -> SheetRow:
    first = group[0]
    asal = ", ".join(dict.fromkeys(one.asal for one in group))
    sources = list(dict.fromkeys(one.sumber for one in group if one.sumber))
    words: dict[str, list[str]] = {}
    for one in group:
        words.setdefault(one.hal, []).append(one.isi)
    if not first.kelompok or list(words) == [first.kelompok]:
        isi = "; ".join(text for texts in words.values() for text in texts)
    else:
        isi = "; ".join(f"{hal}: {' / '.join(dict.fromkeys(texts))}" for hal, texts in words.items())
    where = breakable(": ".join(filter(None, [asal, _common(sources)])))
    return SheetRow(first.kelompok or first.hal, isi if first.kelompok else _short(isi), where)


def _common(sources: Sequence[str]) -> str:
    """The key that holds them all, else the first few."""
    if len(sources) < 2:
        return "".join(sources)
    parts = [source.split(".") for source in sources]
    same = takewhile(lambda level: len(set(level)) == 1, zip(*parts, strict=False))
    return ".".join(level[0] for level in same) or ", ".join(sources)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_HEAD].rstrip()} … {text[-_TAIL:].lstrip()}"


def breakable(text: str) -> str:
    """A dotted key that may run over lines at its joints."""
    return re.sub(r"(?<=[\w\]])([./_-])(?=[\w\[])", "\\1\u200b", text)
