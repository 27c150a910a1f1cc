"""One case under two regulations: where what is decided, walked and written differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.result import Dokumen, Keputusan, Result

__all__ = ["Comparison", "DecisionPair", "Stretch", "compare"]

_SAID: Final = ("nilai", "lanjut", "dasar", "kutipan", "parameter", "hasil", "sumber")


@frozen
class DecisionPair:
    """A decision under both regulations, None where one did not take it; ``kunjungan`` counts its row's visits."""

    id: str
    baris: str
    kunjungan: int
    kiri: Keputusan | None
    kanan: Keputusan | None

    @property
    def berbeda(self) -> tuple[str, ...]:
        """What differs: ``ada`` where only one regulation decides, else the fields by their names."""
        if self.kiri is None or self.kanan is None:
            return ("ada",)
        return tuple(name for name in _SAID if getattr(self.kiri, name) != getattr(self.kanan, name))


@frozen
class Stretch:
    """Rows that only one of the paths visits, or each its own, ``setelah`` the last row that both visit before them."""

    setelah: str | None
    kiri: tuple[str, ...]
    kanan: tuple[str, ...]


@frozen
class Comparison:
    """The two results and what of them differs. ``naskah``: papers that only one of them produces."""

    kiri: Result
    kanan: Result
    keputusan: tuple[DecisionPair, ...]
    jalur: tuple[Stretch, ...]
    naskah: tuple[tuple[Dokumen, ...], tuple[Dokumen, ...]]

    @property
    def sama(self) -> bool:
        """Whether nothing differs, the words that a decision rests on included."""
        same_end = (self.kiri.status, self.kiri.menunggu) == (self.kanan.status, self.kanan.menunggu)
        return same_end and not (self.keputusan or self.jalur or any(self.naskah))

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values; pairs are lists, in the order of the regulations that were named."""
        left, right = self.kiri.to_dict(), self.kanan.to_dict()
        return {
            "kasus": self.kiri.kasus,
            "sama": self.sama,
            "status": [self.kiri.status, self.kanan.status],
            "menunggu": [left["menunggu"], right["menunggu"]],
            "keputusan": [
                {
                    "id": pair.id,
                    "baris": pair.baris,
                    "kunjungan": pair.kunjungan,
                    "berbeda": list(pair.berbeda),
                    "menurut": [_plain(pair.kiri, self.kiri, left), _plain(pair.kanan, self.kanan, right)],
                }
                for pair in self.keputusan
            ],
            "jalur": [{"setelah": part.setelah, "hanya": [list(part.kiri), list(part.kanan)]} for part in self.jalur],
            "dokumen": [
                [{"id": one.id, "baris": one.baris, "judul": one.judul} for one in side] for side in self.naskah
            ],
            "peringatan": [list(self.kiri.peringatan), list(self.kanan.peringatan)],
        }


def compare(engine: Engine, case: Case, left: str, right: str) -> Comparison:
    """The case under two regulations of the engine, whichever it names itself. Raises InputError for an unknown one."""
    first, second = (engine.under(name).evaluate(evolve(case, regulasi=name)) for name in (left, right))
    return Comparison(
        first,
        second,
        tuple(_decisions(first, second)),
        tuple(_stretches(first.jalur, second.jalur)),
        (_only(first, second), _only(second, first)),
    )


def _decisions(left: Result, right: Result) -> Iterator[DecisionPair]:
    """The decisions that differ, in the order of the first regulation; those of the second alone come last."""
    ours, theirs = _by_visit(left), _by_visit(right)
    for key in dict.fromkeys((*ours, *theirs)):
        pair = DecisionPair(*key, ours.get(key), theirs.get(key))
        if pair.berbeda:
            yield pair


def _by_visit(result: Result) -> Mapping[tuple[str, str, int], Keputusan]:
    found: dict[tuple[str, str, int], Keputusan] = {}
    for decision in result.keputusan:
        visit = 1
        while (decision.id, decision.baris, visit) in found:
            visit += 1
        found[decision.id, decision.baris, visit] = decision
    return found


def _stretches(left: Sequence[str], right: Sequence[str]) -> Iterator[Stretch]:
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Stretch(left[start - 1] if start else None, tuple(left[start:end]), tuple(right[begin:stop]))


def _only(of: Result, other: Result) -> tuple[Dokumen, ...]:
    """The papers that one result lists oftener than the other."""
    left_over = [(paper.id, paper.baris) for paper in other.dokumen]
    papers = []
    for paper in of.dokumen:
        if (paper.id, paper.baris) in left_over:
            left_over.remove((paper.id, paper.baris))
        else:
            papers.append(paper)
    return tuple(papers)


def _plain(decision: Keputusan | None, result: Result, plain: Mapping[str, Any]) -> Any:
    return None if decision is None else plain["keputusan"][result.keputusan.index(decision)]
