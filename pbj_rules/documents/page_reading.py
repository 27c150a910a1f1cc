"""Reads a page or a block for checking: with signs, its faults noted, and ready to be put together and parsed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import define, field
from jinja2 import TemplateSyntaxError, nodes

from pbj_rules.documents.blocks import MAX_CALLS, BlockError, Call, call_fault, call_of
from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.mending import mend_tags
from pbj_rules.documents.page_checks import ADVICE, page_faults
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.documents.sayings import said
from pbj_rules.documents.signposts import SIGN, Place, Signs, one_sign_a_line
from pbj_rules.documents.templating import parsed, patched
from pbj_rules.errors import Problem

__all__ = ["ReadPage", "Source", "problem_at", "read_page", "read_source", "silence"]

# So many faults of one page are shown before they are mended.
_MOST: Final = 20
_PRINTED: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
Element = Any


@define
class ReadPage:
    """A page with signs. ``calls``: the blocks that it names, by the sign of the paragraph.

    ``ready``: whether its tags can be read.
    """

    root: Element
    problems: list[Problem]
    calls: dict[str, Call]
    ready: bool


@define
class Source:
    """The source of a page with everything in place. ``template``: its tree; None where it cannot be parsed."""

    lines: list[str]
    template: nodes.Template | None = None
    problems: list[Problem] = field(factory=list)


def problem_at(place: Place, message: str, remedy: str = "", expected: str = "") -> Problem:
    """A fault at the place where a person finds it."""
    return Problem(message, str(place.file), path=str(place), expected=expected, remedy=remedy or ADVICE)


def read_page(
    data: bytes, file: Path, part: str, prefix: str, signs: Signs, parameters: Mapping[str, tuple[str, ...]]
) -> ReadPage:
    """A page as it was typed. ``part``: its name in words; ``parameters``: of every block that there is."""
    root = parse(data)
    signs.put(root, file, part, prefix)
    page = ReadPage(root, [], {}, True)
    for fault in page_faults(root):
        place = signs.places[_sign_of(fault.paragraph)] if fault.paragraph is not None else Place(file, part)
        page.problems.append(problem_at(place, fault.message, fault.remedy, fault.expected))
        page.ready = page.ready and not fault.stops
    if page.ready:
        mend_tags(root)
    for paragraph in root.iter(w("p")):
        try:
            call = call_of(paragraph)
        except BlockError:  # noted above
            continue
        if call is None:
            continue
        sign = _sign_of(paragraph)
        if why := call_fault(call, parameters):
            page.problems.append(problem_at(signs.places[sign], why))
            _empty(paragraph)
        elif len(page.calls) == MAX_CALLS:
            page.problems.append(problem_at(signs.places[sign], f"lebih dari {MAX_CALLS} blok dalam satu bagian"))
            page.ready = False
            break
        else:
            page.calls[sign] = call
    return page


def silence(page: ReadPage, names: Collection[str]) -> bool:
    """Takes out the calls of blocks that cannot be put in place; says whether there were any."""
    silent = {sign for sign, call in page.calls.items() if call.name in names}
    for paragraph in page.root.iter(w("p")) if silent else ():
        if _sign_of(paragraph) in silent:
            _empty(paragraph)
    page.calls = {sign: call for sign, call in page.calls.items() if sign not in silent}
    return bool(silent)


def read_source(data: bytes, signs: Signs, file: Path, part: str) -> Source:
    """The parsed source of a page, or what keeps it from being parsed: one fault a paragraph, as far as one can see."""
    try:
        source = one_sign_a_line(patched(data))
    except TemplateFaultError as fault:
        return Source([], None, [problem_at(Place(file, part), fault.message)])
    made = Source(source.split("\n"))
    for _ in range(_MOST):
        try:
            template = parsed("\n".join(made.lines))
        except TemplateSyntaxError as error:
            made.problems.append(_syntax_problem(error, made, signs, file, part))
            line = made.lines[error.lineno - 1]
            if "{%" in line or not _PRINTED.search(line):
                break
            made.lines[error.lineno - 1] = _PRINTED.sub("", line)
        else:
            made.template = None if made.problems else template
            break
    return made


def _syntax_problem(error: TemplateSyntaxError, made: Source, signs: Signs, file: Path, part: str) -> Problem:
    names = signs.on_line(made.lines, error.lineno)
    place = signs.places[names[0]] if names else Place(file, part)
    return problem_at(place, f"tanda templat salah: {said(error)}")


def _sign_of(paragraph: Element) -> str:
    """The name of the sign that stands before a paragraph."""
    sign = paragraph.getprevious()
    return str(sign.get("n")) if sign is not None and sign.tag == SIGN else ""


def _empty(paragraph: Element) -> None:
    for node in paragraph.iter(w("t")):
        node.text = ""
