"""The statements of a paper as rows of the cover sheet: one a record, one an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any, Final

from attrs import frozen

from pbj_rules.documents.statements import Statement

__all__ = ["SheetRow", "breakable", "sheet_rows"]

# A sentence longer than this is recognised by its beginning and its end.
_LONGEST: Final = 320
_HEAD: Final = 200
_TAIL: Final = 80


@frozen
class SheetRow:
    """A row: of what, the words, where they come from, and the numbers of the papers that say it."""

    hal: str
    isi: str
    asal: str
    naskah: str


def sheet_rows(papers: Sequence[Sequence[Statement]]) -> tuple[list[SheetRow], list[list[SheetRow]]]:
    """The rows of what several papers say alike, then those of each paper alone.

    What five papers say of the package is read once, not five times.
    """
    said: dict[Statement, tuple[int, ...]] = {}
    for number, statements in enumerate(papers, 1):
        for one in dict.fromkeys(statements):
            said[one] = (*said.get(one, ()), number)
    shared = [one for one, numbers in said.items() if len(numbers) > 1]
    own = [[one for one in dict.fromkeys(statements) if len(said[one]) == 1] for statements in papers]
    return _rows(shared, said), [_rows(statements, said) for statements in own]


def _rows(statements: Iterable[Statement], said: Mapping[Statement, tuple[int, ...]]) -> list[SheetRow]:
    """The rows, in the order in which the papers first speak of each record."""
    groups: dict[tuple[Any, ...], list[Statement]] = {}
    for one in statements:
        key = (one.kelompok,) if one.kelompok else ("", one.hal, one.isi, one.sumber)
        groups.setdefault((said[one], *key), []).append(one)
    return [_row(group, said[group[0]]) for group in groups.values()]


def _row(group: Sequence[Statement], papers: tuple[int, ...]) -> SheetRow:
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
    return SheetRow(first.kelompok or first.hal, isi if first.kelompok else _short(isi), where, _numbers(papers))


def _numbers(papers: Sequence[int]) -> str:
    """The numbers in their order, three or more that follow each other as a stretch: 1–3, 5."""
    said: list[str] = []
    for _, run in groupby(enumerate(papers), lambda pair: pair[1] - pair[0]):
        stretch = [number for _, number in run]
        said += [f"{stretch[0]}–{stretch[-1]}"] if len(stretch) > 2 else map(str, stretch)
    return ", ".join(said)


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
