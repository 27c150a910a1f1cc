"""Papers of a result: which, in what order, under what name, with what in them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.context import paper_context
from pbj_rules.documents.fields import Contract, load_contract
from pbj_rules.documents.office import Office, Page
from pbj_rules.documents.places import template_files
from pbj_rules.documents.production import Production, productions
from pbj_rules.errors import InputError, Problem
from pbj_rules.result import Result

__all__ = ["Paper", "available_templates", "render_papers"]

LOGO_PART: Final = "word/media/logo.png"
STYLES_PART: Final = "word/styles.xml"


@frozen
class Paper:
    """A rendered paper.

    ``index``: its entry in the result's ``dokumen``; ``salinan``: the entries that are the same
    sheet. ``name``: the file's name. ``kosong``: the paths of a draft's blanks.
    """

    index: int
    id: str
    name: str
    content: bytes
    kosong: tuple[str, ...]
    salinan: tuple[int, ...] = ()


def available_templates(directory: Path | None = None) -> frozenset[str]:
    """The ids of the papers that can be rendered."""
    return frozenset(template_files(directory))


def render_papers(
    case: Case, result: Result, office: Office, *, final: bool = False, directory: Path | None = None
) -> tuple[Paper, ...]:
    """The papers that the result's rows produce, in their order; nothing is written.

    In a draft a missing value is a marked blank, listed in ``Paper.kosong``. With ``final`` it is an
    error. Raises InputError with every problem of every paper.
    """
    contract = load_contract()
    files = template_files(directory)
    papers: list[Paper] = []
    problems: list[Problem] = []
    for order, production in enumerate(productions(result, contract, frozenset(files)), 1):
        name = f"{order:02}-{production.entry.id}.docx"
        paper, found = _render(case, office, contract, production, files, name, final)
        problems += found
        if paper is not None:
            papers.append(paper)
    if problems:
        raise InputError(problems)
    return tuple(papers)


def _render(
    case: Case,
    office: Office,
    contract: Contract,
    production: Production,
    files: dict[str, Path],
    name: str,
    final: bool,
) -> tuple[Paper | None, list[Problem]]:
    from pbj_rules.documents.templating import TemplateFault, compile_template

    blanks = Blanks()
    context, problems = paper_context(case, office, contract, production, blanks)
    paper_id = production.entry.id
    if problems:
        return None, problems
    try:
        parts = compile_template(files[paper_id]).render(context)
    except TemplateFault as fault:
        return None, [
            Problem(
                f"templat tidak dapat dirender: {fault.message}",
                files[paper_id].name,
                path=fault.place,
                remedy="perbaiki templat; periksa dengan `pbj check`",
            )
        ]
    content, places = _finish(parts, office)
    if final and blanks.met:
        return None, _unfilled(paper_id, blanks, places)
    paper = Paper(production.index, paper_id, name, content, blanks.paths(), production.copies)
    return paper, []


def _finish(parts: dict[str, bytes], office: Office) -> tuple[bytes, dict[int, str]]:
    """The file's bytes with blanks highlighted and the office's page, type and emblem."""
    from lxml import etree

    from pbj_rules.documents import markup
    from pbj_rules.documents.packing import pack

    places: dict[int, str] = {}
    for name in parts:
        if not re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml|docProps/core\.xml", name):
            continue
        root = markup.parse(parts[name])
        if name.startswith("docProps"):
            for element in root:
                element.text = markup.without_marks(element.text or "")
        else:
            places |= markup.highlight_blanks(root)
            markup.apply_page(root, office.page)
            markup.fit_emblem(root, office.logo)
        parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    parts[STYLES_PART] = _styles(parts[STYLES_PART], office.page)
    if office.logo is not None and LOGO_PART in parts:
        parts[LOGO_PART] = office.logo
    return pack(parts), places


@lru_cache(maxsize=64)
def _styles(data: bytes, page: Page) -> bytes:
    from lxml import etree

    from pbj_rules.documents import markup

    root = markup.parse(data)
    markup.apply_type(root, page)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _unfilled(paper: str, blanks: Blanks, places: dict[int, str]) -> list[Problem]:
    """One problem per path, at the first paragraph that prints it."""
    problems = []
    for path in blanks.paths():
        number = next(n for n, blank in enumerate(blanks.met) if blank.path == path)
        blank = blanks.met[number]
        around = places.get(number, "")
        where = f" pada “{around[:100]}”" if around else ""
        problems.append(
            Problem(
                f"naskah `{paper}` belum lengkap: {blank.reason or blank.title}{where}",
                path=path,
                expected="terisi",
                remedy=f"isi `{path}`" + _whereabouts(path),
            )
        )
    return problems


def _whereabouts(path: str) -> str:
    """In which file a path is filled in."""
    if path.startswith("profil."):
        return " pada profil kantor"
    if path.startswith("pejabat."):
        return " pada berkas kasus atau profil kantor"
    return " pada berkas kasus"


