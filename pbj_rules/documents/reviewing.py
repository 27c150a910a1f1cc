"""Review drafts: the very papers, with a watermark and comments on the words that rules decided."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.deciding import decision_in_words
from pbj_rules.documents.fields import key_of
from pbj_rules.documents.office import Office
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.rendering import Paper, Rendered, rendered_papers
from pbj_rules.documents.review_code import TITLE
from pbj_rules.documents.review_marks import Notes
from pbj_rules.documents.review_parts import commented
from pbj_rules.documents.seal import CODE_MARK, SEAL_PART, read_seal, short_code
from pbj_rules.documents.statements import Statement, statements_of
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Keputusan, Result

__all__ = ["Review", "review_papers"]

BODY: Final = "word/document.xml"


@frozen
class Review:
    """A paper under review. ``draft``: its marked copy; ``statements``: what it says and on what that rests.

    ``comments``: how many there are.
    """

    rendered: Rendered
    draft: bytes
    statements: tuple[Statement, ...]
    comments: int

    @property
    def paper(self) -> Paper:
        """The ordinary draft."""
        return self.rendered.paper


def review_papers(case: Case, result: Result, office: Office, regulation: Regulation) -> tuple[Review, ...]:
    """The review draft of every paper of a result, in their order. Raises InputError."""
    return tuple(_review(case, result, office, regulation, one) for one in rendered_papers(case, result, office))


def _review(case: Case, result: Result, office: Office, regulation: Regulation, one: Rendered) -> Review:
    template = compile_template(one.template, Look(office.page, office.logo, office.qr, review=True))
    parts = unpack(io.BytesIO(one.paper.content))
    notes: dict[str, Notes] = {part.name: Notes() for part in template.parts}
    if template.whole is None:
        seal = read_seal(parts[SEAL_PART])
        code = short_code(seal.content) if seal else ""
        marked = template.render(one.context, notes)[BODY]
        parts[BODY] = marked.replace(CODE_MARK.encode(), code.encode())
    sites = next((part.sites for part in template.parts if part.name == BODY), ())
    said = notes.get(BODY, Notes())
    explainer = _Explainer(result, regulation, one)
    comments = [explainer.lines(sites[site][0]) for site in said.anchors]
    draft = pack(commented(parts, comments, case.tanggal))
    return Review(one, draft, statements_of(one, said, sites, explainer.why), len(comments))


@frozen
class _Explainer:
    """Says why a paper says what it says."""

    result: Result
    regulation: Regulation
    one: Rendered

    def lines(self, names: tuple[str, ...]) -> list[str]:
        """The text of a comment, a paragraph a line."""
        if names == (TITLE,):
            return list(self._paper())
        decisions = list(self.decisions(names))
        if not decisions:
            return [f"Keputusan belum diambil dalam kasus ini: {', '.join(names)}."]
        return [line for decision in decisions for line in self._decision(decision)]

    def why(self, names: tuple[str, ...]) -> str:
        """The same in one line: rows and bases."""
        return "; ".join(
            f"{decision.id} = {decision.nilai} ({decision.baris}, {_basis(decision)})"
            for decision in self.decisions(names)
        )

    def decisions(self, names: tuple[str, ...]) -> Iterator[Keputusan]:
        """The decisions that stood when the paper was made and that these names speak of."""
        for decision in self.one.production.conclusions.standing.values():
            known = {
                f"keputusan.{key_of(decision.id)}",
                *(f"fakta.{name}" for name in decision.fakta),
                *(f"parameter.{name}" for name in decision.parameter),
                *(f"hasil.{name}" for name in decision.hasil),
            }
            if known & set(names):
                yield decision

    def _paper(self) -> Iterator[str]:
        index = self.one.production.index
        if index is None:
            yield "Naskah pelengkap: tidak disebut dalam Perbup; dibuat karena isian kasus memintanya."
            return
        entry = self.result.dokumen[index]
        yield f"Naskah ini dihasilkan baris {entry.baris} (kunjungan ke-{entry.kunjungan})."
        yield f"Bunyi: “{entry.kutipan}”"
        yield f"Dasar: {entry.dasar}{_named(entry.anomali)}."
        yield from self._anomalies(entry.anomali)

    def _decision(self, decision: Keputusan) -> Iterator[str]:
        words = decision_in_words(decision, self.regulation)
        yield f"{words['judul']}: {decision.nilai}"
        yield f"Baris {decision.baris}, aturan {decision.aturan}, lanjut ke {decision.lanjut}."
        yield f"Bunyi: “{decision.kutipan}”"
        if words["sumber"]:
            yield words["sumber"]
        given = [*words["karena"], *words["hasil"]]
        if given:
            yield "Fakta: " + "; ".join(f"{title} = {value}" for title, value in given) + "."
        yield f"Dasar: {_basis(decision)}."
        yield from self._anomalies(decision.anomali)

    def _anomalies(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            anomaly = self.regulation.anomali[name]
            yield f"{name}: {anomaly.catatan}"
            yield f"Bacaan yang diambil: {anomaly.bacaan}"
            yield f"Bacaan lain: {anomaly.alternatif}"


def _basis(decision: Keputusan) -> str:
    return f"{decision.dasar}{_named(decision.anomali)}"


def _named(anomalies: tuple[str, ...]) -> str:
    return f" {', '.join(anomalies)}" if anomalies else ""
