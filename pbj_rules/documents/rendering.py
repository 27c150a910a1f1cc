"""Papers of a result: which, in what order, under what name, with what in them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.context import paper_context
from pbj_rules.documents.fields import Contract, load_contract
from pbj_rules.documents.office import Office, Page
from pbj_rules.documents.packing import pack
from pbj_rules.documents.places import template_files
from pbj_rules.documents.production import Production, productions
from pbj_rules.documents.properties import with_properties
from pbj_rules.documents.register import Letter, NumberSource
from pbj_rules.errors import InputError, Problem
from pbj_rules.result import Result

__all__ = ["Paper", "available_templates", "render_papers"]

TYPE_PARTS: Final = ("word/styles.xml", "word/fontTable.xml")


@frozen
class Paper:
    """A rendered paper.

    ``index``: its entry in the result's ``dokumen``, None for a paper that no row produces (and for a page
    about papers); ``salinan``: the entries that are the same sheet. ``name``: the file's name. ``kosong``: the
    paths of a draft's blanks. ``title``: as the rules call it.
    """

    index: int | None
    id: str
    name: str
    content: bytes
    kosong: tuple[str, ...]
    salinan: tuple[int, ...] = ()
    title: str = ""


def available_templates(directory: Path | None = None) -> frozenset[str]:
    """The ids of the papers that can be rendered."""
    return frozenset(template_files(directory))


def render_papers(
    case: Case,
    result: Result,
    office: Office,
    *,
    final: bool = False,
    directory: Path | None = None,
    numbers: NumberSource | None = None,
) -> tuple[Paper, ...]:
    """The papers that the result's rows produce, in their order; nothing is written.

    In a draft a missing value is a marked blank, listed in ``Paper.kosong``. With ``final`` it is an
    error, but for running numbers that ``numbers`` gives. Raises InputError with every problem of
    every paper.
    """
    contract = load_contract()
    files = template_files(directory)
    papers: list[Paper] = []
    problems: list[Problem] = []
    with numbers.issue() if final and numbers is not None else nullcontext() as issued:
        number_of = None if issued is None else cache(issued)
        for order, production in enumerate(productions(result, contract, frozenset(files), case.isian), 1):
            name = f"{order:02}-{production.id}.docx"
            paper, found = _render(case, office, contract, production, files, name, final, number_of)
            problems += found
            if paper is not None:
                papers.append(paper)
        if problems:
            raise InputError(dict.fromkeys(problems))
    return tuple(papers)


def _render(
    case: Case,
    office: Office,
    contract: Contract,
    production: Production,
    files: dict[str, Path],
    name: str,
    final: bool,
    number_of: Callable[[Letter], str | None] | None,
) -> tuple[Paper | None, list[Problem]]:
    from pbj_rules.documents.templating import TemplateFaultError, compile_template

    blanks = Blanks()
    context, problems = paper_context(case, office, contract, production, blanks, number_of)
    paper_id = production.id
    if problems:
        return None, problems
    try:
        parts = compile_template(files[paper_id]).render(context)
    except TemplateFaultError as fault:
        return None, [
            Problem(
                f"templat tidak dapat dirender: {fault.message}",
                files[paper_id].name,
                path=fault.place,
                remedy="perbaiki templat; periksa dengan `pbj check`",
            )
        ]
    places = _finish(parts, office)
    if final and blanks.met:
        return None, _unfilled(paper_id, blanks, places)
    parts = with_properties(parts, title=production.title, subject=case.kasus, creator=office.name, day=case.tanggal)
    return Paper(production.index, paper_id, name, pack(parts), blanks.paths(), production.copies, production.title), []


def _finish(parts: dict[str, bytes], office: Office) -> dict[int, str]:
    """Highlights the blanks and applies the office's page, type and emblem, in place.

    Returns the text around each blank, by the blank's number.
    """
    from lxml import etree

    from pbj_rules.documents import markup
    from pbj_rules.documents.templating import PAGES

    places: dict[int, str] = {}
    for name in list(parts):
        if PAGES.fullmatch(name):
            root = markup.parse(parts[name])
            places |= markup.highlight_blanks(root)
            markup.apply_page(root, office.page)
            _swap_emblem(parts, name, markup.fit_emblem(root, office.logo), office)
            parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    for name in TYPE_PARTS:
        if name in parts:
            parts[name] = _in_type(parts[name], office.page)
    return places


def _swap_emblem(parts: dict[str, bytes], page: str, relations: set[str], office: Office) -> None:
    """Puts the office's emblem in place of the template's; Word names the picture as it likes."""
    from pbj_rules.documents import markup

    folder, _, name = page.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    if office.logo is None or listed not in parts:
        return
    for target in markup.targets(markup.parse(parts[listed]), relations):
        parts[target] = office.logo


@lru_cache(maxsize=64)
def _in_type(data: bytes, page: Page) -> bytes:
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
