"""Redlines of whole runs: which paper of one side is compared with which of the other, and under what name."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

from attrs import evolve, frozen

from pbj_rules.documents.packing import unpack
from pbj_rules.documents.redlining import blank, redline, same_pages
from pbj_rules.documents.rendering import Paper
from pbj_rules.documents.versions import changes_of
from pbj_rules.errors import InputError, PbjError, Problem

__all__ = ["AUTHOR", "Difference", "Pair", "differences", "pair_papers"]

AUTHOR: Final = "pbj-rules"
_WORD: Final = ".docx"
State = Literal["sama", "berubah", "baru", "hilang", "tampilan"]


@frozen
class Pair:
    """The same paper of two sides: of one document id, the ``number``-th of its kind; None where a side lacks it."""

    id: str
    number: int
    a: Paper | None
    b: Paper | None

    @property
    def title(self) -> str:
        paper = self.b or self.a
        return (paper.title if paper else "") or self.id


@frozen
class Difference:
    """What became of a pair. ``paper``: the redline, None where there is nothing to show.

    ``state``: ``sama``, ``berubah``, ``baru`` (B alone has it), ``hilang`` (A alone), ``tampilan`` (another look that
    tracked changes cannot tell, the same words). ``insertions``, ``deletions``, ``forms``: how many changes.
    """

    pair: Pair
    state: State
    paper: Paper | None
    insertions: int = 0
    deletions: int = 0
    forms: int = 0


def pair_papers(a: Iterable[Paper], b: Iterable[Paper]) -> tuple[Pair, ...]:
    """The papers of both sides by document id and how-manieth of its kind: in B's order, then what A alone has."""
    before, after = _numbered(a), _numbered(b)
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(Pair(*key, before.get(key), after.get(key)) for key in keys)


def _numbered(papers: Iterable[Paper]) -> dict[tuple[str, int], Paper]:
    counts: Counter[str] = Counter()
    found = {}
    for paper in papers:
        counts[paper.id] += 1
        found[paper.id, counts[paper.id]] = paper
    return found


def differences(pairs: Sequence[Pair], *, day: date, author: str = AUTHOR) -> tuple[Difference, ...]:
    """The redline of every pair that differs; nothing is written. A paper of one side is wholly inserted or deleted.

    Files are named after B's paper (A's where B has none): ``03-bapp-redline.docx``. Raises InputError where a paper
    cannot be compared or the engine is not installed.
    """
    taken: set[str] = set()
    return tuple(_difference(pair, taken, author, day) for pair in pairs)


def _difference(pair: Pair, taken: set[str], author: str, day: date) -> Difference:
    one, other = pair.a, pair.b
    paper = other or one
    if paper is None or (one is not None and other is not None and same_pages(one.content, other.content)):
        return Difference(pair, "sama", None)
    before = one.content if one is not None else blank(paper.content)
    after = other.content if other is not None else blank(paper.content)
    try:
        made = redline(before, after, author=author, day=day)
    except InputError:
        raise
    except PbjError as error:
        raise InputError([Problem(f"tidak dapat dibandingkan: {error}", paper.name)]) from error
    counts = changes_of(unpack(io.BytesIO(made)))
    if not any(counts):
        return Difference(pair, "tampilan", None)
    state: State = "baru" if one is None else "hilang" if other is None else "berubah"
    name = _free_name(paper.name, taken)
    return Difference(pair, state, evolve(paper, name=name, content=made, kosong=(), salinan=(), kode=""), *counts)


def _free_name(name: str, taken: set[str]) -> str:
    """The name of a redline. A paper that A alone has may have the name of another paper of B."""
    stem = name.removesuffix(_WORD)
    numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    found = next(made for number in numbers if (made := f"{stem}-redline{number}{_WORD}") not in taken)
    taken.add(found)
    return found
