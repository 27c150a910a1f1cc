"""``pbj review``: drafts with comments for the legal team, their cover sheet, and whether a signed one still holds."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_case
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import default_profile

if TYPE_CHECKING:
    from pbj_rules.case import Case
    from pbj_rules.documents import Office
    from pbj_rules.documents.reviewing import Review
    from pbj_rules.result import Result

__all__ = ["run"]

_CASES = (".yaml", ".yml", ".json")


def run(options: argparse.Namespace) -> int:
    """Writes review drafts and their sheet; or verifies a sheet; or takes everything out of drafts again."""
    if options.verify is not None and options.clean:
        raise UsageError("--verify tidak dipakai bersama --clean")
    if options.verify is not None:
        return _verify(options)
    if options.out is None:
        raise UsageError("sebutkan folder tujuan: --out FOLDER")
    if not options.files:
        raise UsageError("sebutkan berkas kasus, atau draf tinjauan setelah --clean")
    return _clean(options) if options.clean else _review(options)


def _review(options: argparse.Namespace) -> int:
    from pbj_rules.documents import Paper, write_papers
    from pbj_rules.documents.review_sheet import SHEET, review_sheet

    if len(options.files) > 1:
        raise UsageError("tinjau satu kasus setiap kali: lembar tinjauan adalah milik satu kasus")
    engine, office = Engine.default(), _office(options)
    case, result, reviews, data = _now(engine, office, options.files[0])
    sheet = review_sheet(case, result, office, engine.regulations[case.regulasi], reviews, data)
    files = [
        *(Paper(None, review.paper.id, review.paper.name, review.draft, review.paper.kosong) for review in reviews),
        Paper(None, SHEET, f"{SHEET}.docx", sheet, ()),
        Paper(None, SHEET, f"{SHEET}.json", json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8"), ()),
    ]
    write_papers(files, options.out)
    if options.json:
        print(json.dumps(data, ensure_ascii=False))
    else:
        _show(reviews, data, options.out)
    return 0


def _now(engine: Engine, office: Office, file: str) -> tuple[Case, Result, tuple[Review, ...], dict[str, Any]]:
    """The review of a case as everything stands now."""
    from pbj_rules.documents.review_basis import basis_of
    from pbj_rules.documents.review_sheet import sheet_data
    from pbj_rules.documents.reviewing import review_papers

    case = read_case(engine, file)
    result = engine.evaluate(case)
    regulation = engine.regulations[case.regulasi]
    reviews = review_papers(case, result, office, regulation)
    basis = basis_of(case, result, office, regulation, [review.rendered for review in reviews])
    return case, result, reviews, sheet_data(case, file, basis, reviews)


def _show(reviews: tuple[Review, ...], data: dict[str, Any], folder: str) -> None:
    from pbj_rules.cli.screen import plain_table, screen
    from pbj_rules.documents.seal import short_code

    console = screen()
    table = plain_table("Draf", "Komentar", "Pernyataan", "Masih kosong")
    for review in reviews:
        blanks = str(len(review.paper.kosong)) if review.paper.kosong else "–"
        table.add_row(review.paper.name, str(review.comments), str(len(review.statements)), blanks)
    console.print(table)
    console.print(f"\n{len(reviews)} draf dan lembar tinjauan di {folder}", style="bold")
    console.print(f"Segel tinjauan {short_code(data['segel'])}")
    console.print(
        "\nPeriksa nanti apakah tinjauan masih berlaku: pbj review KASUS --verify --out FOLDER"
        "\nSalinan bersih, tanpa komentar: pbj review DRAF.docx --clean --out FOLDER",
        style="dim",
    )


def _clean(options: argparse.Namespace) -> int:
    from pbj_rules.documents import Paper, write_papers
    from pbj_rules.documents.review_parts import clean_copy

    papers, problems = [], []
    for file in map(Path, options.files):
        try:
            papers.append(Paper(None, file.stem, file.name, clean_copy(file.read_bytes()), ()))
        except ValueError as error:
            problems.append(Problem(str(error), str(file), expected="draf .docx dari `pbj review`"))
    if problems:
        raise InputError(problems)
    write_papers(papers, options.out)
    print(f"{len(papers)} salinan bersih di {options.out}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from pbj_rules.documents.review_basis import changes
    from pbj_rules.documents.review_sheet import read_sheet

    named = [*options.files, *([options.verify] if options.verify else [])]
    cases = [name for name in named if name.lower().endswith(_CASES) and not _is_sheet(name)]
    sheets = [name for name in named if name not in cases] or ([options.out] if options.out else [])
    if len(cases) > 1 or len(sheets) != 1:
        raise UsageError("sebutkan satu lembar tinjauan (atau foldernya) dan satu berkas kasus")
    sheet = _sheet_in(Path(sheets[0]))
    signed = read_sheet(sheet)
    engine, office = Engine.default(), _office(options)
    now = _now(engine, office, cases[0] if cases else _case_of(sheet, signed["berkas"]))[3]
    found = changes(signed["dasar"], now["dasar"])
    if options.json:
        listed = [{"jenis": one.kind, "nama": one.name, "apa": one.what} for one in found]
        print(json.dumps({"berlaku": not found, "segel": signed["segel"], "berubah": listed}, ensure_ascii=False))
    else:
        _show_changes(signed, found)
    return 1 if found else 0


def _show_changes(signed: dict[str, Any], found: list[Any]) -> None:
    from rich.text import Text

    from pbj_rules.cli.screen import plain_table, screen
    from pbj_rules.documents.seal import short_code

    console = screen()
    code = short_code(signed["segel"])
    if not found:
        console.print(Text.assemble((f"Tinjauan {signed['kasus']} masih berlaku", "bold green"), f" (segel {code})."))
        return
    heading = f"Tinjauan {signed['kasus']} tidak berlaku lagi"
    console.print(Text.assemble((heading, "bold red"), f" (segel {code}): yang di bawahnya berubah."))
    table = plain_table("Jenis", "Yang berubah", "Bagaimana")
    for one in found:
        table.add_row(one.kind, one.name, one.what)
    console.print(table)
    console.print("Buat tinjauan baru: pbj review KASUS --out FOLDER", style="dim")


def _is_sheet(name: str) -> bool:
    from pbj_rules.documents.review_sheet import SHEET

    return Path(name).name == f"{SHEET}.json"


def _sheet_in(place: Path) -> Path:
    from pbj_rules.documents.review_sheet import SHEET

    return place / f"{SHEET}.docx" if place.is_dir() else place


def _case_of(sheet: Path, name: str) -> str:
    """The case file that a sheet was made from, where it lies beside or above the sheet, or here."""
    for folder in (sheet.parent, sheet.parent.parent, Path()):
        if (folder / name).is_file():
            return str(folder / name)
    raise UsageError(f"berkas kasusnya ({name}) tidak ada di dekat lembar itu; sebutkan juga berkas kasusnya")


def _office(options: argparse.Namespace) -> Office:
    from pbj_rules.documents import Office

    return Office.from_file(options.profile or default_profile())
