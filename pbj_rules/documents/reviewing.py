"""Review drafts: the very papers, with a watermark and comments on the words that rules decided."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from pbj_rules.case import Case
from pbj_rules.documents.compiled import CompiledTemplate, Look, compile_template
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.office import Office
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.rendering import Paper, Rendered, rendered_papers
from pbj_rules.documents.review_marks import Notes, Said
from pbj_rules.documents.review_origins import Origins
from pbj_rules.documents.review_parts import BODY, commented, first_number
from pbj_rules.documents.review_placing import Anchor, placed
from pbj_rules.documents.review_words import Explainer
from pbj_rules.documents.seal import CODE_MARK, SEAL_PART, read_seal, short_code
from pbj_rules.documents.statements import Statement, statements_of
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Result

__all__ = ["Review", "review_papers"]

# Drafts do not bear the names of the papers that they are drafts of, so neither replaces the other in a folder.
_SUFFIX: Final = "-draf.docx"


@frozen
class Review:
    """A paper under review. ``draft``: its marked copy; ``statements``: what it says and on what that rests.

    ``anchors``: what its comments are about, with the words that they stand on. ``traced``: False where the template
    could not be followed, so that the draft has one comment only, on the paper as a whole.
    """

    rendered: Rendered
    draft: Paper
    statements: tuple[Statement, ...]
    anchors: tuple[Anchor, ...]
    traced: bool

    @property
    def paper(self) -> Paper:
        """The ordinary draft."""
        return self.rendered.paper


def review_papers(
    case: Case, result: Result, office: Office, regulation: Regulation, *, directory: Path | None = None
) -> tuple[Review, ...]:
    """The review draft of every paper of a result, in their order. Raises InputError."""
    papers = rendered_papers(case, result, office, directory=directory)
    return tuple(_review(case, result, office, regulation, one) for one in papers)


def _review(case: Case, result: Result, office: Office, regulation: Regulation, one: Rendered) -> Review:
    template = compile_template(one.template, Look(office.page, office.logo, office.qr, review=True))
    parts = unpack(io.BytesIO(one.paper.content))
    traced = template.whole is None
    body, notes, said = _traced(template, one, parts) if traced else _untraced(template, one, parts)
    parts[BODY], anchors = _placed(body, notes)
    explainer = _explainer(result, regulation, one)
    comments = [explainer.comment(anchor) if traced else explainer.untraced(notes.read) for anchor in anchors]
    content = pack(commented(parts, comments, notes.first, case.tanggal))
    draft = evolve(one.paper, name=one.paper.name.removesuffix(".docx") + _SUFFIX, content=content)
    origins = Origins(case, office, load_contract(), one.production)
    return Review(one, draft, statements_of(anchors, said, origins, explainer), tuple(anchors), traced)


def _traced(template: CompiledTemplate, one: Rendered, parts: dict[str, bytes]) -> tuple[bytes, Notes, list[Said]]:
    """The body with marks, by code that tells what it prints; and what all parts said."""
    first = first_number(parts)
    notes = {part.name: Notes(part.sites, first) for part in template.parts}
    body = template.render(one.context, notes)[BODY]
    seal = read_seal(parts[SEAL_PART])
    code = short_code(seal.content) if seal else ""
    return (
        body.replace(CODE_MARK.encode(), code.encode()),
        notes[BODY],
        [each for one in notes.values() for each in one.said],
    )


def _untraced(template: CompiledTemplate, one: Rendered, parts: dict[str, bytes]) -> tuple[bytes, Notes, list[Said]]:
    """The body as it is, and what docxtpl printed when it rendered the paper once more."""
    from pbj_rules.documents.review_tracing import noting
    from pbj_rules.documents.templating import render_with_docxtpl

    notes = Notes(first=first_number(parts))
    render_with_docxtpl(template.whole or b"", one.context, noting(notes))
    return parts[BODY], notes, notes.said


def _placed(body: bytes, notes: Notes) -> tuple[bytes, list[Anchor]]:
    xml, anchors = placed(body.decode("utf-8"), notes)
    return xml.encode("utf-8"), anchors


def _explainer(result: Result, regulation: Regulation, one: Rendered) -> Explainer:
    production = one.production
    entry = None if production.index is None else result.dokumen[production.index]
    by = load_contract().papers[production.id].letterhead_by
    return Explainer(
        regulation, production, entry, tuple(name for name in by if name in production.conclusions.standing)
    )
