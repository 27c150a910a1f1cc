"""What the rules do at a row, in plain sentences: who, what is decided and why, which papers, where to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from pbj_rules.assurance.rulebook.blocks import Look, Paragraph, Span, Style, anchor_of, plain
from pbj_rules.assurance.rulebook.departures import ruled_by
from pbj_rules.formatting import rangkai
from pbj_rules.language.saying import say
from pbj_rules.language.tree import Condition, Source
from pbj_rules.regulation.model import Basis, Branch, Citation, Decision, Regulation, Row, RowDocument, Transition

__all__ = ["Teller", "citation_of", "short_title"]

_ORDER = "urutan"


def short_title(title: str) -> str:
    """An SOP's title inside a sentence.

    >>> short_title("STANDAR OPERASIONAL PROSEDUR (SOP) PELAKSANAAN KONTRAK")
    'SOP PELAKSANAAN KONTRAK'
    """
    return re.sub(r"^.*\(SOP\) ", "SOP ", title)


@frozen
class Teller:
    """Tells the rules of a regulation's rows."""

    regulation: Regulation

    def told(self, row: Row) -> tuple[Paragraph, ...]:
        """The rules of a row, as the right-hand column of the book says them."""
        return tuple(self._told(row))

    def _told(self, row: Row) -> Iterator[Paragraph]:
        yield from self.performer(row)
        for decision in row.keputusan:
            yield from self.decision(decision)
        yield from self.calls(row)
        for document in row.dokumen:
            yield from self.document(document)
        if row.status is not None:
            yield Paragraph((Span("Kasus berstatus "), Span(row.status, Look.STRONG), Span(".")))
        yield from self.onward(row)
        if row.anomali:
            yield Paragraph((Span("Catatan atas baris ini: "), *self.anomalies(row.anomali), Span(".")), Style.NOTE)

    def performer(self, row: Row) -> Iterator[Paragraph]:
        if row.pelaksana is None:
            if row.jenis == "mulai":
                yield plain("Alur dimulai.")
            return
        roles = self.regulation.peran
        who = [Span("Pelaksana: "), Span(roles[row.pelaksana.peran].nama, Look.STRONG)]
        if row.pelaksana.juga:
            who.append(Span(f"; turut atau mungkin juga {rangkai([roles[role].nama for role in row.pelaksana.juga])}"))
        yield Paragraph((*who, Span(".")))
        reason = row.pelaksana.alasan.rstrip(".")
        inferred = f"Disimpulkan, keyakinan {row.pelaksana.keyakinan}" if row.pelaksana.disimpulkan else "Tersurat"
        yield plain(f"{inferred}: {reason}.", Style.NOTE)

    def decision(self, decision: Decision) -> Iterator[Paragraph]:
        yield Paragraph((Span(f"Keputusan: {decision.judul}.", Look.STRONG),))
        for symbol in decision.fakta:
            fact = self.regulation.fakta.get(symbol.name)
            if fact is not None and symbol.source in (Source.ANSWER, Source.PACKAGE):
                yield plain(f"Ditanyakan: {fact.pertanyaan}")
            if fact is not None and fact.turunan is not None:
                yield plain(f"Bila tidak dijawab, jawabannya ya jika {self.said(fact.turunan)}.", Style.NOTE)
        for branch in decision.cabang:
            yield from self.branch(branch)

    def branch(self, branch: Branch) -> Iterator[Paragraph]:
        spans = [Span(f"Jika {self.said(branch.jika)}, maka "), Span(branch.nilai, Look.STRONG)]
        for name, term in branch.hasil.items():
            spans.append(Span(f", dengan {name.replace('_', ' ')}: {say(term, self.values())}"))
        if branch.status is not None:
            spans += [Span(", kasus berstatus "), Span(branch.status, Look.STRONG)]
        spans += [Span("; lanjut ke "), self.row(branch.lanjut), Span(". "), *self.basis(branch.citation)]
        yield Paragraph(tuple(spans), Style.BULLET)
        yield from self.grounds(branch.citation)

    def calls(self, row: Row) -> Iterator[Paragraph]:
        for call in row.panggil:
            when = f" jika {self.said(call.jika)}" if call.jika is not None else ""
            name = Span(short_title(self.regulation.sop[call.sop].judul), link=anchor_of("sop", call.sop))
            yield Paragraph((Span("Menjalankan "), name, Span(f"{when}.")))

    def document(self, document: RowDocument) -> Iterator[Paragraph]:
        title = self.regulation.dokumen[document.id].judul
        spans = [Span("Naskah: "), Span(title, Look.STRONG)]
        if document.jika is not None:
            spans.append(Span(f", jika {self.said(document.jika)}"))
        if document.salinan_dari is not None:
            of = Span(document.salinan_dari, link=anchor_of("baris", document.salinan_dari))
            spans += [Span(" (lembar yang sama dengan "), of, Span(")")]
        yield Paragraph((*spans, Span(". "), *self.basis(document.citation)))
        if document.citation.dasar is not Basis.TEXT:
            yield from self.grounds(document.citation)

    def onward(self, row: Row) -> Iterator[Paragraph]:
        if row.keputusan:
            return
        if row.lanjut is None:
            yield plain("Alur berakhir.")
            return
        to = [Span("Lanjut ke "), self.row(row.lanjut.baris)]
        if row.lanjut.dasar == _ORDER:
            yield Paragraph((*to, Span(" menurut urutan tabel.")))
            return
        citation = citation_of(row.lanjut)
        yield Paragraph((*to, Span(". "), *self.basis(citation)))
        yield from self.grounds(citation)

    def basis(self, citation: Citation) -> Iterator[Span]:
        """The mark of what a rule rests on."""
        if citation.dasar is Basis.TEXT:
            yield Span("TERSURAT", Look.TEXT)
        else:
            yield Span(citation.dasar.value.upper(), Look.READ)
            yield Span(" ")
            yield from self.anomalies(citation.anomali)

    def grounds(self, citation: Citation) -> Iterator[Paragraph]:
        if citation.kutipan:
            yield plain(f"“{citation.kutipan}”", Style.QUOTE)
        if citation.sumber is not None:
            yield ruled_by(citation.sumber)
        if citation.penjelasan:
            read = citation.dasar is not Basis.TEXT
            lead = Span("Dibaca:", Look.READ) if read else Span("Catatan:", Look.FAINT)
            yield Paragraph((lead, Span(f" {citation.penjelasan}")), Style.QUOTE)

    def anomalies(self, names: tuple[str, ...]) -> Iterator[Span]:
        """The names of anomalies, each leading to its entry in the register."""
        for number, name in enumerate(names):
            yield from [Span(", ")] if number else []
            yield Span(name, link=anchor_of("anomali", name))

    def row(self, row_id: str) -> Span:
        """The name of a row of the same table, leading to it."""
        return Span(f"baris\N{NO-BREAK SPACE}{row_id.partition('/')[2]}", link=anchor_of("baris", row_id))

    def said(self, condition: Condition) -> str:
        return say(condition, self.values())

    def values(self) -> dict[str, int]:
        return {name: parameter.nilai for name, parameter in self.regulation.parameter.items()}


def citation_of(transition: Transition) -> Citation:
    """What a transition rests on that is not just the order of the table."""
    basis = Basis(transition.dasar)
    return Citation(basis, transition.kutipan, transition.anomali, transition.penjelasan, transition.sumber)
