"""Papers of a result: which, in what order, under what name, with what in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.context import Numbers, paper_context
from pbj_rules.documents.contract.fields import Contract
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.letters import NumberSource
from pbj_rules.documents.office import Office
from pbj_rules.documents.places import contract_file, template_files
from pbj_rules.documents.production import Production, productions
from pbj_rules.documents.sealing import sealed
from pbj_rules.documents.templates.compiled import compile_template
from pbj_rules.documents.templates.look import Look
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.documents.word.properties import file_properties
from pbj_rules.errors import InputError, Problem
from pbj_rules.result import Result

__all__ = ["Paper", "Rendered", "available_templates", "render_papers", "rendered_papers"]


@frozen
class Paper:
    """A rendered paper.

    ``index``: its entry in the result's ``dokumen``, None for a paper that no row produces (and for a page
    about papers); ``salinan``: the entries that are the same sheet. ``name``: the file's name. ``kosong``: the
    paths of a draft's blanks. ``title``: as the rules call it. ``kode``: the verification code that it prints.
    """

    index: int | None
    id: str
    name: str
    content: bytes
    kosong: tuple[str, ...]
    salinan: tuple[int, ...] = ()
    title: str = ""
    kode: str = ""


def available_templates(directory: Path | None = None) -> frozenset[str]:
    """The ids of the papers that can be rendered."""
    return frozenset(template_files(directory))


@frozen
class Rendered:
    """A paper with what it was rendered from, for whoever looks closer at it."""

    paper: Paper
    production: Production
    template: Path
    context: Mapping[str, Any]


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
    rendered = rendered_papers(case, result, office, final=final, directory=directory, numbers=numbers)
    return tuple(one.paper for one in rendered)


def rendered_papers(
    case: Case,
    result: Result,
    office: Office,
    *,
    final: bool = False,
    directory: Path | None = None,
    numbers: NumberSource | None = None,
) -> tuple[Rendered, ...]:
    """The same papers, each with its production, template and values."""
    contract = load_contract(contract_file(directory))
    files = template_files(directory)
    made: list[Rendered] = []
    problems: list[Problem] = []
    with numbers.issue() if final and numbers is not None else nullcontext() as issued:
        known = None if numbers is None or issued is None else Numbers(cache(issued), numbers.holder)
        for order, production in enumerate(productions(result, contract, frozenset(files), case.isian), 1):
            name = f"{order:02}-{production.id}.docx"
            rendered, found = _render(case, office, contract, production, files[production.id], name, final, known)
            problems += found
            if rendered is not None:
                made.append(rendered)
        if problems:
            raise InputError(dict.fromkeys(problems))
    return tuple(made)


def _render(
    case: Case,
    office: Office,
    contract: Contract,
    production: Production,
    file: Path,
    name: str,
    final: bool,
    numbers: Numbers | None,
) -> tuple[Rendered | None, list[Problem]]:
    blanks = Blanks()
    context, problems = paper_context(case, office, contract, production, blanks, numbers)
    if problems:
        return None, problems
    try:
        template = compile_template(file, Look(office.page, office.logo, office.qr))
        changed = template.render(context)
    except TemplateFaultError as fault:
        return None, [
            Problem(
                f"templat tidak dapat dirender: {fault.message}",
                file.name,
                path=fault.place,
                remedy="perbaiki templat; periksa dengan `pbj check`",
            )
        ]
    if final and blanks.met:
        return None, _unfilled(production.id, blanks, changed)
    properties = file_properties(title=production.title, subject=case.kasus, creator=office.name, day=case.tanggal)
    # A part that the template does not have is not listed in its content types either.
    changed |= {name: data for name, data in properties.items() if name in template.records}
    parts, code = sealed(template, changed, production.id)
    paper = Paper(
        production.index,
        production.id,
        name,
        template.pack(parts),
        blanks.paths(),
        production.copies,
        production.title,
        code,
    )
    return Rendered(paper, production, file, context), []


def _unfilled(paper: str, blanks: Blanks, changed: Mapping[str, bytes]) -> list[Problem]:
    """One problem per path, at the first paragraph that prints it."""
    paragraphs = [
        unescape(re.sub("<[^>]+>", "", paragraph))
        for data in changed.values()
        for paragraph in data.decode("utf-8").split("</w:p>")
    ]
    problems = []
    for path in blanks.paths():
        blank = next(blank for blank in blanks.met if blank.path == path)
        around = next((text for text in paragraphs if blank.text in text), "")
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
