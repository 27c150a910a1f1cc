"""``pbj review``: drafts with comments for the legal team, their cover sheet, and whether a signed one still holds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_case
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import default_profile
from pbj_rules.system import reason_of

if TYPE_CHECKING:
    from pbj_rules.case import Case
    from pbj_rules.documents import Change, Office, Review
    from pbj_rules.result import Result

__all__ = ["run"]

_CASES: Final = (".yaml", ".yml", ".json")
_DRAFT: Final = "-draf"
# Longer values are not shown whole on the screen; --json has them.
_LONGEST: Final = 60


def run(options: argparse.Namespace) -> int:
    """Writes review drafts and their sheet; or verifies a sheet; or takes everything out of drafts again."""
    if options.verify is not None and options.clean:
        raise UsageError("--verify tidak dipakai bersama --clean")
    if options.verify is not None:
        return _verify(options)
    if not options.files:
        raise UsageError("sebutkan berkas kasus, atau draf tinjauan setelah --clean")
    if options.out is None:
        raise UsageError("sebutkan folder tujuan: --out FOLDER")
    return _clean(options) if options.clean else _review(options)


def _review(options: argparse.Namespace) -> int:
    from pbj_rules.documents import Paper, review_sheet, write_papers
    from pbj_rules.documents.review.cover_sheet import SHEET

    if len(options.files) > 1:
        raise UsageError("tinjau satu kasus setiap kali: lembar tinjauan adalah milik satu kasus")
    engine, office = Engine.default(), _office(options.profile)
    file = options.files[0]
    case, result, reviews = _now(engine, office, file)
    regulation = engine.regulations[case.regulasi]
    sheet = review_sheet(case, result, office, regulation, reviews, file=file, profile=options.profile or "")
    files = [
        *(review.draft for review in reviews),
        Paper(None, SHEET, f"{SHEET}.docx", sheet.content, ()),
        Paper(None, SHEET, f"{SHEET}.json", sheet.json, ()),
    ]
    write_papers(files, options.out)
    if options.json:
        print(json.dumps(sheet.data, ensure_ascii=False))
    else:
        _show(reviews, sheet.data, options.out)
    return 0


def _now(engine: Engine, office: Office, file: str) -> tuple[Case, Result, tuple[Review, ...]]:
    """The review of a case as everything stands now."""
    from pbj_rules.documents import review_papers

    case = read_case(engine, file)
    result = engine.evaluate(case)
    return case, result, review_papers(case, result, office, engine.regulations[case.regulasi])


def _show(reviews: Sequence[Review], data: Mapping[str, Any], folder: str) -> None:
    from pbj_rules.cli.screen import plain_table, screen
    from pbj_rules.documents.seal import short_code

    console = screen()
    table = plain_table("Draf", "Komentar", "Pernyataan", "Masih kosong")
    for review in reviews:
        blanks = str(len(review.paper.kosong)) if review.paper.kosong else "–"
        table.add_row(review.draft.name, str(len(review.anchors)), str(len(review.statements)), blanks)
    if reviews:
        console.print(table)
    else:
        console.print("Kasus ini belum menghasilkan satu naskah pun; lembar tinjauannya kosong.", style="yellow")
    for review in reviews:
        if not review.traced:
            console.print(
                f"Peringatan: templat {review.rendered.template.name} memuat tanda yang tidak dapat ditelusuri; "
                f"{review.draft.name} hanya berkomentar pada judulnya. Bacalah naskah itu seluruhnya.",
                style="yellow",
            )
    console.print(f"\n{len(reviews)} draf dan lembar tinjauan di {folder}", style="bold")
    console.print(f"Segel tinjauan {short_code(data['segel'])}")
    console.print(
        "\nPeriksa nanti apakah tinjauan masih berlaku: pbj review KASUS --verify --out FOLDER"
        "\nSalinan bersih, tanpa komentar: pbj review DRAF.docx --clean --out FOLDER",
        style="dim",
    )


def _clean(options: argparse.Namespace) -> int:
    from pbj_rules.documents import Paper, clean_copy, write_papers

    papers: dict[str, Paper] = {}
    problems = []
    for file in map(Path, options.files):
        name = file.stem.removesuffix(_DRAFT) + ".docx"
        try:
            if name in papers or (Path(options.out) / name).resolve() == file.resolve():
                raise ValueError(f"salinannya akan menimpa `{name}` yang lain")
            papers[name] = Paper(None, file.stem, name, clean_copy(file.read_bytes()), ())
        except (OSError, ValueError) as error:
            said = reason_of(error) if isinstance(error, OSError) else str(error)
            expected = f"draf dari `pbj review`, mis. 01-bapp{_DRAFT}.docx, yang belum disimpan oleh pengolah kata"
            problems.append(Problem(said, str(file), expected=expected, remedy="pilih berkas atau folder lain"))
    if problems:
        raise InputError(problems)
    write_papers(list(papers.values()), options.out)
    print(f"{len(papers)} salinan bersih di {options.out}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from pbj_rules.documents import read_sheet, sheet_changes

    named = [*options.files, *([options.verify] if options.verify else [])]
    cases = [name for name in named if name.lower().endswith(_CASES) and not _is_sheet(name)]
    sheets = [name for name in named if name not in cases] or ([options.out] if options.out else [])
    if len(cases) > 1 or len(sheets) != 1:
        raise UsageError("sebutkan satu lembar tinjauan (atau foldernya) dan paling banyak satu berkas kasus")
    sheet = _sheet_in(Path(sheets[0]))
    signed = read_sheet(sheet)
    file = cases[0] if cases else _beside(sheet, signed["berkas"], "berkas kasusnya", "sebutkan juga berkas kasusnya")
    profile = options.profile
    if profile is None and signed["profil"]:
        profile = _beside(sheet, signed["profil"], "profil kantornya", "sebutkan dengan --profile")
    engine, office = Engine.default(), _office(profile)
    found = sheet_changes(signed, *_arguments(engine, office, file))
    if options.json:
        listed = [{"jenis": one.jenis, "nama": one.nama, "dahulu": one.dahulu, "kini": one.kini} for one in found]
        print(json.dumps({"berlaku": not found, "segel": signed["segel"], "berubah": listed}, ensure_ascii=False))
    else:
        _show_changes(signed, found)
    return 1 if found else 0


def _arguments(engine: Engine, office: Office, file: str) -> tuple[Case, Result, Office, Any, tuple[Review, ...]]:
    case, result, reviews = _now(engine, office, file)
    return case, result, office, engine.regulations[case.regulasi], reviews


def _show_changes(signed: Mapping[str, Any], found: Sequence[Change]) -> None:
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
        table.add_row(Text(one.jenis), Text(one.nama), Text(_how(one)))
    console.print(table)
    console.print("Buat tinjauan baru: pbj review KASUS --out FOLDER", style="dim")


def _how(change: Change) -> str:
    """What happened, in words; templates and papers are known by digest only."""
    if change.jenis == "aturan" and "dipakai" in (change.dahulu, change.kini):
        return "kini ikut dipakai" if change.dahulu is None else "tidak dipakai lagi"
    if change.dahulu is None:
        return "baru" if change.jenis in ("templat", "naskah") else f"baru: {_shown(change.kini)}"
    if change.kini is None:
        return "tidak ada lagi"
    if change.jenis in ("templat", "naskah") or change.nama == "logo":
        return "berubah"
    return f"{_shown(change.dahulu)} menjadi {_shown(change.kini)}"


def _shown(value: str | None) -> str:
    text = value or ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _is_sheet(name: str) -> bool:
    from pbj_rules.documents.review.cover_sheet import SHEET

    return Path(name).name == f"{SHEET}.json"


def _sheet_in(place: Path) -> Path:
    from pbj_rules.documents.review.cover_sheet import SHEET

    return place / f"{SHEET}.docx" if place.is_dir() else place


def _beside(sheet: Path, name: str, what: str, remedy: str) -> str:
    """The file of a name that a sheet was made from, where it lies beside or above the sheet, or here."""
    plain = Path(name).name
    for folder in (sheet.parent, sheet.parent.parent, Path()):
        if plain and (folder / plain).is_file():
            return str(folder / plain)
    raise UsageError(f"{what} ({plain or 'tidak dicatat'}) tidak ada di dekat lembar itu; {remedy}")


def _office(profile: str | None) -> Office:
    from pbj_rules.documents import Office

    return Office.from_file(profile or default_profile())
