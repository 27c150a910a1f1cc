"""What ``pbj diff`` compares: the papers of two sides, from whatever its two arguments name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_case, read_cases
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import default_profile
from pbj_rules.shapes import nearest
from pbj_rules.system import reason_of

if TYPE_CHECKING:
    from pbj_rules.documents import Pair, Paper

__all__ = ["Sides", "read_sides"]

_CASES: Final = (".yaml", ".yml", ".json")
_KINDS: Final = {
    "kasus": "berkas kasus",
    "aturan": "folder aturan",
    "templat": "folder templat",
    "word": "berkas Word (.docx)",
}
_MODIFIED: Final = re.compile(rb"<dcterms:(?:modified|created)[^>]*>\s*(\d{4}-\d\d-\d\d)")
_NO_DAY: Final = date(1980, 1, 1)  # the day of the parts of our archives


@frozen
class Sides:
    """The papers of A and B, paired, and the day of B."""

    pairs: tuple[Pair, ...]
    day: date


def read_sides(a: str, b: str, case_file: str | None, profile: str | None) -> Sides:
    """Reads what the arguments name and renders what is to be rendered, as drafts; nothing is written.

    Raises UsageError where they do not go together, InputError where one of them is wrong.
    """
    kinds = (_kind_of(a), _kind_of(b))
    if kinds[0] != kinds[1]:
        said = " dengan ".join(_KINDS[kind] for kind in kinds)
        raise UsageError(f"{said} tidak dapat dibandingkan; sebutkan dua dari jenis yang sama")
    if kinds[0] == "word" and case_file is None:
        if profile is not None:
            raise UsageError("--profile dipakai saat merender: sebutkan juga --kasus, atau jangan sebut --profile")
        return _as_they_are(a, b)
    if kinds[0] == "kasus":
        if case_file is not None:
            raise UsageError("--kasus tidak dipakai bila yang dibandingkan dua berkas kasus")
        return _two_cases(a, b, profile)
    if case_file is None:
        raise UsageError(f"dua {_KINDS[kinds[0]]} dibandingkan lewat satu kasus: sebutkan --kasus BERKAS")
    return _two_rules(a, b, case_file, profile) if kinds[0] == "aturan" else _two_templates(a, b, case_file, profile)


def _kind_of(name: str) -> str:
    from pbj_rules.documents import available_templates

    if name and os.path.isdir(name):
        if (Path(name) / "regulasi.yaml").is_file():
            return "aturan"
        if available_templates(Path(name)):
            return "templat"
        expected = "folder yang memuat regulasi.yaml, atau templat .docx"
        raise InputError([Problem("bukan folder aturan dan bukan folder templat", name, expected=expected)])
    if name.lower().endswith(_CASES):
        return "kasus"
    if name.lower().endswith(".docx"):
        return "word"
    if name and os.path.exists(name):
        expected = "berkas kasus (.yaml, .yml, .json), berkas Word (.docx), folder aturan, atau folder templat"
        raise InputError([Problem("jenis berkas ini tidak dapat dibandingkan", name, expected=expected)])
    raise InputError([Problem("berkas atau folder tidak ada", name or "``")])


def _as_they_are(a: str, b: str) -> Sides:
    from pbj_rules.documents import Pair, Paper
    from pbj_rules.documents.redlines.redlining import check_version

    papers = []
    problems: list[Problem] = []
    days = []
    for name in (a, b):
        try:
            content = _bytes_of(name)
            parts = check_version(content, name)
        except InputError as error:
            problems += error.problems
            continue
        papers.append(Paper(None, Path(name).stem, Path(name).name, content, ()))
        days.append(_day_in(parts.get("docProps/core.xml", b"")))
    if problems:
        raise InputError(problems)
    return Sides((Pair(papers[1].id, 1, *papers),), days[1])


def _bytes_of(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError([Problem(f"tidak dapat dibaca: {reason_of(error)}", name)]) from error


def _day_in(properties: bytes) -> date:
    """The day that a file says it was changed."""
    found = _MODIFIED.findall(properties)
    try:
        return date.fromisoformat(max(found).decode()) if found else _NO_DAY
    except ValueError:
        return _NO_DAY


def _two_cases(a: str, b: str, profile: str | None) -> Sides:
    engine = Engine.default()
    render = _renderer(profile)
    before, after = read_cases(engine, (a, b))
    return _paired(render(engine, before, None), render(engine, after, None), after.tanggal)


def _two_rules(a: str, b: str, case_file: str, profile: str | None) -> Sides:
    render = _renderer(profile)
    engines = [Engine.from_directory(folder) for folder in (a, b)]
    cases = [read_case(engine, case_file) for engine in engines]
    before, after = (render(engine, case, None) for engine, case in zip(engines, cases, strict=True))
    return _paired(before, after, cases[1].tanggal)


def _two_templates(a: str, b: str, case_file: str, profile: str | None) -> Sides:
    from pbj_rules.documents.contract.files import load_contract
    from pbj_rules.documents.contract.merging import shape_of_versions
    from pbj_rules.documents.places import contract_file

    contracts = [load_contract(contract_file(Path(place))) for place in (a, b)]
    _check_names(a, b, {*contracts[0].papers, *contracts[1].papers})
    engine = Engine.default()
    # One case for both: what only one version asks for is no fault under the other.
    shapes = (shape_of_versions(*contracts), shape_of_versions(*reversed(contracts)))
    cases = [read_case(engine, case_file, shape) for shape in shapes]
    render = _renderer(profile)
    before, after = (render(engine, case, Path(place)) for case, place in zip(cases, (a, b), strict=True))
    if not before and not after:
        message = "kasus ini tidak menghasilkan satu naskah pun dari templat-templat itu"
        raise InputError([Problem(message, case_file, remedy="lihat naskah kasus ini dengan `pbj run`")])
    return _paired(before, after, cases[1].tanggal)


def _check_names(a: str, b: str, known: Collection[str]) -> None:
    """Two template files are versions of one paper, whose id is their name."""
    files = [Path(name) for name in (a, b) if not os.path.isdir(name)]
    missing = [Problem("berkas tidak ada", str(file)) for file in files if not file.is_file()]
    unknown = [
        Problem(
            f"`{file.stem}` bukan id naskah",
            str(file),
            expected="templat bernama id naskahnya, mis. bapp.docx",
            remedy=nearest(file.stem, known) or "simpan versi lain dengan nama yang sama di folder lain",
        )
        for file in files
        if file.stem not in known
    ]
    if missing or unknown:
        raise InputError(missing or unknown)
    if len({file.stem for file in files}) > 1:
        raise UsageError("dua templat naskah yang berbeda tidak dapat dibandingkan; keduanya harus bernama sama")


def _renderer(profile: str | None) -> Callable[[Engine, Case, Path | None], tuple[Paper, ...]]:
    """Renders the drafts of a case with one office profile."""
    from pbj_rules.documents import Office, render_papers

    office = Office.from_file(profile or default_profile())

    def render(engine: Engine, case: Case, directory: Path | None) -> tuple[Paper, ...]:
        return render_papers(case, engine.evaluate(case), office, directory=directory)

    return render


def _paired(before: tuple[Paper, ...], after: tuple[Paper, ...], day: date) -> Sides:
    from pbj_rules.documents import pair_papers

    return Sides(pair_papers(before, after), day)
