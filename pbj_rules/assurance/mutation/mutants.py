"""Alters a regulation in one place at a time: each operator, threshold, target, document and citation.

A mutant is a regulation that a careless hand could have written, and that loads; what loading refuses (a target
that does not exist, a loop that asks nothing) needs no scenario to be noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from pbj_rules.assurance.mutation.altering import THRESHOLD, Alteration, alterations
from pbj_rules.language.saying import say
from pbj_rules.language.tree import AddDays, Condition, Exists, Literal, Term
from pbj_rules.regulation.files import STATUSES
from pbj_rules.regulation.flow import flow_problems
from pbj_rules.regulation.model import (
    Basis,
    Branch,
    Citation,
    Decision,
    Fact,
    Parameter,
    Regulation,
    Row,
    RowDocument,
)

__all__ = ["DOCUMENT", "Mutant", "mutants"]

TARGET: Final = "tujuan"
DOCUMENT: Final = "dokumen"
CITATION: Final = "kutipan"
_ALTERED: Final = "kata-kata yang tidak tertulis"
_CHECKED: Final = "hasil kasus tidak memuat kutipan ini; `pbj check` mencocokkannya dengan naskah"
_SHOWN: Final = "hasil kasus tidak memuat dasar ini; ia hanya ditampilkan, tidak dijalankan"
_OVERRULED: Final = "setara: baris tujuan menetapkan statusnya sendiri"


@frozen(eq=False)
class Mutant:
    """A regulation altered in one place. ``baris``: the row whose visitors can notice, or None for any row's.

    ``kondisi``: the condition before and after, where it is one that was altered. ``tak_tampak``: why no result can
    show the difference, where none can.
    """

    jenis: str
    tempat: str
    ubahan: str
    baris: str | None
    regulation: Regulation
    kondisi: tuple[Condition, Condition] | None = None
    tak_tampak: str = ""


def mutants(regulation: Regulation) -> Iterator[Mutant]:
    """Every mutant, in the order of the regulation."""
    for row in regulation.rows():
        for mutant in _RowMutants(regulation, row).all():
            if mutant.jenis != TARGET or not flow_problems(mutant.regulation):
                yield mutant
    for parameter in regulation.parameter.values():
        yield from _parameter_mutants(regulation, parameter)
    for fact in regulation.fakta.values():
        yield from _fact_mutants(regulation, fact)


class _RowMutants:
    """The mutants of one row."""

    def __init__(self, regulation: Regulation, row: Row) -> None:
        self.regulation, self.row = regulation, row
        self.sop = regulation.sop[row.id.partition("/")[0]]

    def all(self) -> Iterator[Mutant]:
        for number, decision in enumerate(self.row.keputusan):
            for place, branch in enumerate(decision.cabang):
                yield from self.branch(number, decision, place, branch)
            yield from self.swapped(number, decision)
        yield from self.onward()
        yield from self.statuses(
            self.row.status, f"baris {self.row.id}", lambda status: evolve(self.row, status=status)
        )
        for number, call in enumerate(self.row.panggil):
            yield from self.call(number, call.sop, call.jika)
        for number, paper in enumerate(self.row.dokumen):
            yield from self.paper(number, paper)

    def mutant(self, kind: str, place: str, change: str, row: Row, **more: Any) -> Mutant:
        sop = evolve(self.sop, baris={**self.sop.baris, row.label: row})
        regulation = evolve(self.regulation, sop={**self.regulation.sop, sop.id: sop})
        return Mutant(kind, place, change, self.row.id, regulation, **more)

    def branch(self, number: int, decision: Decision, place: int, branch: Branch) -> Iterator[Mutant]:
        where = f"cabang {branch.aturan}"

        def row(changed: Branch) -> Row:
            cabang = _replaced(decision.cabang, place, changed)
            return evolve(self.row, keputusan=_replaced(self.row.keputusan, number, evolve(decision, cabang=cabang)))

        for change in alterations(branch.jika):
            yield self.mutant(
                change.kind,
                where,
                _said(change),
                row(evolve(branch, jika=change.tree)),
                kondisi=(branch.jika, change.tree),
            )
        for name, term in branch.hasil.items():
            for altered in _altered_terms(term):
                results = {**branch.hasil, name: altered}
                words = f"{name}: {say(term)} → {say(altered)}"
                yield self.mutant(THRESHOLD, where, words, row(evolve(branch, hasil=results)))
        for target in self.targets(branch.lanjut):
            yield self.mutant(TARGET, where, f"lanjut {branch.lanjut} → {target}", row(evolve(branch, lanjut=target)))
        for value in dict.fromkeys(other.nilai for other in decision.cabang):
            if value != branch.nilai:
                yield self.mutant(TARGET, where, f"nilai {branch.nilai} → {value}", row(evolve(branch, nilai=value)))
        overruled = branch.status is None and self.regulation.row(branch.lanjut).status is not None
        yield from self.statuses(
            branch.status, where, lambda status: row(evolve(branch, status=status)), _OVERRULED if overruled else ""
        )
        for citation, words in _altered_citations(branch.citation, self.regulation):
            yield self.mutant(CITATION, where, words, row(evolve(branch, citation=citation)))

    def swapped(self, number: int, decision: Decision) -> Iterator[Mutant]:
        """Two neighbouring branches that have each other's condition."""
        for place, (one, other) in enumerate(zip(decision.cabang, decision.cabang[1:], strict=False)):
            cabang = _replaced(decision.cabang, place, evolve(one, jika=other.jika))
            cabang = _replaced(cabang, place + 1, evolve(other, jika=one.jika))
            row = evolve(self.row, keputusan=_replaced(self.row.keputusan, number, evolve(decision, cabang=cabang)))
            yield self.mutant(TARGET, f"keputusan {decision.id}", f"{one.aturan} ↔ {other.aturan}", row)

    def onward(self) -> Iterator[Mutant]:
        onward = self.row.lanjut
        if onward is None:
            return
        for target in self.targets(onward.baris):
            changed = evolve(self.row, lanjut=evolve(onward, baris=target))
            yield self.mutant(TARGET, f"baris {self.row.id}", f"lanjut {onward.baris} → {target}", changed)
        if onward.dasar != "urutan":
            changed = evolve(self.row, lanjut=evolve(onward, kutipan=_ALTERED))
            yield self.mutant(CITATION, f"lanjut baris {self.row.id}", "kutipan lain", changed, tak_tampak=_CHECKED)

    def targets(self, right: str) -> Iterator[str]:
        """The rows beside the right one: where a slip of the hand leads."""
        ids = [row.id for row in self.sop.baris.values()]
        at = ids.index(right)
        yield from (ids[near] for near in (at - 1, at + 1) if 0 <= near < len(ids) and ids[near] != self.row.id)

    def statuses(
        self, status: str | None, where: str, changed: Callable[[str | None], Row], hidden: str = ""
    ) -> Iterator[Mutant]:
        """Another status; where there is none, one."""
        other = next(word for word in STATUSES if word != status)
        for instead in (other, None) if status is not None else (other,):
            words = f"status {status or '-'} → {instead or '-'}"
            yield self.mutant(TARGET, where, words, changed(instead), tak_tampak=hidden)

    def call(self, number: int, sop: str, condition: Condition | None) -> Iterator[Mutant]:
        call = self.row.panggil[number]
        where = f"panggilan {sop} di baris {self.row.id}"

        def row(changed: Any) -> Row:
            return evolve(self.row, panggil=_replaced(self.row.panggil, number, changed))

        dropped = tuple(other for other in self.row.panggil if other is not call)
        yield self.mutant(TARGET, where, "dihapus", evolve(self.row, panggil=dropped))
        other = next(name for name, it in self.regulation.sop.items() if name != sop and not _calls(it.baris.values()))
        yield self.mutant(TARGET, where, f"SOP {sop} → {other}", row(evolve(call, sop=other)))
        for change in alterations(condition) if condition is not None else ():
            yield self.mutant(change.kind, where, _said(change), row(evolve(call, jika=change.tree)))

    def paper(self, number: int, paper: RowDocument) -> Iterator[Mutant]:
        where = f"dokumen {paper.id} di baris {self.row.id}"

        def row(changed: RowDocument) -> Row:
            return evolve(self.row, dokumen=_replaced(self.row.dokumen, number, changed))

        dropped = tuple(other for other in self.row.dokumen if other is not paper)
        yield self.mutant(DOCUMENT, where, "dihapus", evolve(self.row, dokumen=dropped))
        ids = list(self.regulation.dokumen)
        other = ids[(ids.index(paper.id) + 1) % len(ids)]
        yield self.mutant(DOCUMENT, where, f"{paper.id} → {other}", row(evolve(paper, id=other)))
        if paper.salinan_dari is not None:
            yield self.mutant(DOCUMENT, where, "bukan lagi salinan", row(evolve(paper, salinan_dari=None)))
        if paper.jika is not None:
            yield self.mutant(DOCUMENT, where, "tanpa syarat", row(evolve(paper, jika=None)))
            for change in alterations(paper.jika):
                yield self.mutant(change.kind, where, _said(change), row(evolve(paper, jika=change.tree)))
        for citation, words in _altered_citations(paper.citation, self.regulation):
            yield self.mutant(CITATION, where, words, row(evolve(paper, citation=citation)))


def _parameter_mutants(regulation: Regulation, parameter: Parameter) -> Iterator[Mutant]:
    where = f"parameter {parameter.id}"

    def changed(**parts: Any) -> Regulation:
        return evolve(regulation, parameter={**regulation.parameter, parameter.id: evolve(parameter, **parts)})

    for value in (parameter.nilai - 1, parameter.nilai + 1):
        words = f"nilai {parameter.nilai} → {value}"
        yield Mutant(THRESHOLD, where, words, None, changed(nilai=value))
    for citation, words in _altered_citations(parameter.citation, regulation):
        hidden = _hidden(parameter.citation, citation)
        yield Mutant(CITATION, where, words, None, changed(citation=citation), tak_tampak=hidden)


def _fact_mutants(regulation: Regulation, fact: Fact) -> Iterator[Mutant]:
    if fact.turunan is None or fact.turunan_citation is None:
        return
    where = f"turunan {fact.id}"

    def changed(**parts: Any) -> Regulation:
        return evolve(regulation, fakta={**regulation.fakta, fact.id: evolve(fact, **parts)})

    for change in alterations(fact.turunan):
        if isinstance(change.tree, Exists):
            yield Mutant(change.kind, where, _said(change), None, changed(turunan=change.tree))
    for citation, words in _altered_citations(fact.turunan_citation, regulation):
        hidden = _hidden(fact.turunan_citation, citation)
        yield Mutant(CITATION, where, words, None, changed(turunan_citation=citation), tak_tampak=hidden)


def _altered_citations(citation: Citation, regulation: Regulation) -> Iterator[tuple[Citation, str]]:
    """Other words; another basis or anomaly."""
    yield evolve(citation, kutipan=_ALTERED), "kutipan lain"
    some, other = list(regulation.anomali)[:2]
    if citation.dasar is Basis.INTERPRETATION:
        yield evolve(citation, dasar=Basis.TEXT, anomali=()), "tafsir → tersurat"
        another = some if some not in citation.anomali else other
        yield evolve(citation, anomali=(another, *citation.anomali[1:])), f"{citation.anomali[0]} → {another}"
    else:
        yield evolve(citation, dasar=Basis.INTERPRETATION, anomali=(some,)), f"tersurat → tafsir {some}"


def _hidden(before: Citation, after: Citation) -> str:
    """Why no result shows this difference in a citation that results do not carry."""
    return _CHECKED if before.kutipan != after.kutipan else _SHOWN


def _altered_terms(term: Term) -> Iterator[Term]:
    match term:
        case AddDays(day, Literal(int() as days, of)):
            yield from (AddDays(day, Literal(days + step, of)) for step in (-1, 1))
        case AddDays(day, _):
            yield day


def _said(change: Alteration) -> str:
    return f"{say(change.before)} → {say(change.after)}"


def _replaced(items: tuple[Any, ...], number: int, item: Any) -> tuple[Any, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _calls(rows: Iterable[Row]) -> bool:
    return any(row.panggil for row in rows)
