"""``pbj run``: evaluates case files, and writes their papers."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from attrs import evolve

from pbj_rules.case import Case
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_cases
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.language.saying import say_value
from pbj_rules.resources import default_profile
from pbj_rules.result import Dokumen, NaskahTambahan, Result

if TYPE_CHECKING:
    from rich.console import Console

    from pbj_rules.documents import Paper

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Evaluates every file, then writes and prints; one bad file stops all of it."""
    _check_usage(options)
    engine = Engine.default()
    cases = read_cases(engine, options.files)
    results = [engine.evaluate(case) for case in cases]
    if options.out is not None:
        results = _write(engine, cases, results, options)
    if options.json:
        for result in results:
            sys.stdout.write(result.to_json() + "\n")
    else:
        _show(engine, results, options.out)
    return 0


def _check_usage(options: argparse.Namespace) -> None:
    for_papers = (options.final, options.profile, options.register, options.pdf, options.index, options.zip)
    if options.out is None and any(for_papers):
        raise UsageError("--final, --profile, --register, --pdf, --index dan --zip memerlukan --out FOLDER")
    if options.register is not None and not options.final:
        raise UsageError("--register memberi nomor pada naskah yang sudah jadi: sebutkan juga --final")
    if options.out == "":
        raise UsageError("nama folder setelah --out kosong")


def _write(engine: Engine, cases: list[Case], results: list[Result], options: argparse.Namespace) -> list[Result]:
    """Renders every paper of every case before the first file is written, and gives final ones their numbers."""
    from pbj_rules.documents import Office, SqliteRegister, find_soffice, render_papers, to_pdf, write_papers

    if options.pdf:
        find_soffice()  # its absence is said before any work
    office = Office.from_file(options.profile or default_profile())
    folders = _zips(options.files, cases) if options.zip else _folders(options.files, cases)
    with SqliteRegister(options.register).issuing() if options.register else nullcontext() as numbers:
        rendered = [
            tuple(
                evolve(paper, name=folder + paper.name)
                for paper in render_papers(case, result, office, final=options.final, numbers=numbers)
            )
            for case, result, folder in zip(cases, results, folders, strict=True)
        ]
        files = [paper for papers in rendered for paper in papers]
        files += to_pdf(files) if options.pdf else ()
        results = [_with_files(result, papers) for result, papers in zip(results, rendered, strict=True)]
        files += _indexes(engine, cases, results, folders, files) if options.index or options.zip else ()
        if options.zip:
            files = _bundled(folders, files)
        replaced = sum(os.path.isfile(os.path.join(options.out, file.name)) for file in files)
        write_papers(files, options.out)
    if replaced:
        print(f"Catatan: {replaced} berkas yang sudah ada di {options.out} diganti.", file=sys.stderr)
    return results


def _with_files(result: Result, papers: tuple[Paper, ...]) -> Result:
    files = {index: (paper.name, paper.kosong) for paper in papers for index in (paper.index, *paper.salinan)}
    extras = [
        NaskahTambahan(paper.id, paper.title, paper.name, paper.kosong) for paper in papers if paper.index is None
    ]
    return result.with_files({index: file for index, file in files.items() if index is not None}, extras)


def _indexes(
    engine: Engine, cases: list[Case], results: list[Result], folders: list[str], files: list[Paper]
) -> list[Paper]:
    """An index page a case, over the files of its folder."""
    from pbj_rules.documents import INDEX, Paper, index_page

    return [
        Paper(None, "indeks", folder + INDEX, index_page(case, result, _of(folder, files), regulation), ())
        for case, result, folder in zip(cases, results, folders, strict=True)
        for regulation in [engine.regulations[case.regulasi]]
    ]


def _of(folder: str, files: list[Paper]) -> list[Paper]:
    return [file for file in files if file.name.startswith(folder)]


def _bundled(folders: list[str], files: list[Paper]) -> list[Paper]:
    """One ZIP a case, with all that would lie in its folder."""
    from pbj_rules.documents import Paper, bundle

    return [
        Paper(
            None,
            "zip",
            folder.removesuffix("/"),
            bundle({file.name.removeprefix(folder): file.content for file in _of(folder, files)}),
            (),
        )
        for folder in folders
    ]


def _zips(files: list[str], cases: list[Case]) -> list[str]:
    """Every case is written into a ZIP named after it; a name in it reads as a path."""
    return [f"{name}.zip/" for name in _names(files, cases)]


def _folders(files: list[str], cases: list[Case]) -> list[str]:
    """One case is written into the folder itself, several into a subfolder each, named after the case."""
    return [""] if len(cases) == 1 else [f"{name}/" for name in _names(files, cases)]


def _names(files: list[str], cases: list[Case]) -> list[str]:
    """The names of the cases as any disk takes them. Raises InputError where two are the same."""
    names = ["".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in case.kasus) for case in cases]
    doubled = [
        file
        for file, name in zip(files, names, strict=True)
        if [other.casefold() for other in names].count(name.casefold()) > 1
    ]
    if doubled:
        raise InputError(
            Problem(
                "nama kasus sama dengan kasus lain",
                file,
                None,
                "kasus",
                "nama yang berbeda",
                "ganti nama kasusnya atau jalankan terpisah",
            )
            for file in doubled
        )
    return names


def _show(engine: Engine, results: list[Result], folder: str | None) -> None:
    from pbj_rules.cli.screen import screen

    console = screen()
    for number, result in enumerate(results):
        if number:
            console.print()
        _show_one(console, engine.under(result.regulasi), result, folder)


def _show_one(console: Console, engine: Engine, result: Result, folder: str | None) -> None:
    from rich.text import Text

    from pbj_rules.cli.screen import BASIS_STYLE, plain_table, source_text, status_text

    console.print(Text.assemble((result.kasus, "bold"), "  ", status_text(result.status)))
    console.print(Text(f"{engine.regulation.sop[result.sop].judul}: {len(result.jalur)} baris dilalui"), style="dim")
    if engine.regulation.pengecualian:
        console.print(Text(f"Menurut {engine.regulation.id}: {engine.regulation.judul}"), style="magenta")
    if result.keputusan:
        console.print()
        table = plain_table("Baris", "Keputusan", "Nilai", "Atas dasar", "Dasar")
        for decision in result.keputusan:
            premises = ", ".join(
                f"{name} {_value(engine, name, value)}"
                for name, value in (*decision.fakta.items(), *decision.parameter.items())
            )
            basis = Text(decision.dasar, style=BASIS_STYLE[decision.dasar])
            if decision.anomali:
                basis.append(f" {', '.join(decision.anomali)}")
            if decision.sumber is not None:
                basis.append(f"\n{source_text(decision.sumber)}", style="magenta")
            table.add_row(decision.baris, decision.id, Text(decision.nilai, style="bold"), premises, basis)
        console.print(table)
    if result.dokumen or result.naskah_tambahan:
        console.print()
        table = plain_table("Baris", "Naskah", "Berkas")
        for paper in result.dokumen:
            table.add_row(paper.baris, paper.judul, paper.berkas or ("templat tersedia" if paper.templat else "–"))
        for extra in result.naskah_tambahan:
            table.add_row("pelengkap", f"{extra.judul} (tidak disebut dalam Perbup)", extra.berkas)
        console.print(table)
    if folder is not None:
        papers: list[Dokumen | NaskahTambahan] = [*result.dokumen, *result.naskah_tambahan]
        written = len({paper.berkas for paper in papers if paper.berkas})
        blanks = sum(len(paper.kosong) for paper in papers)
        console.print(
            f"\n{written} naskah Word di {folder}"
            + (f"; {blanks} isian masih kosong dan ditandai kuning" if blanks else ""),
            style="bold",
        )
    for waiting in result.menunggu:
        question = engine.regulation.fakta[waiting.fakta].pertanyaan
        console.print(Text(f"\nMenunggu `{waiting.fakta}` di baris {waiting.baris}: {question}", style="yellow"))
    for warning in result.peringatan:
        console.print(Text(f"\nPeringatan: {warning}.", style="yellow"))
    hints = ["Alasan tiap baris: pbj explain BERKAS"]
    if folder is None and any(paper.templat for paper in result.dokumen):
        hints.append("Naskah Word: pbj run BERKAS --out FOLDER")
    console.print("\n" + "\n".join(hints), style="dim")


def _value(engine: Engine, name: str, value: object) -> str:
    regulation = engine.regulation
    kind = regulation.fakta[name].symbol.type.kind if name in regulation.fakta else regulation.parameter[name].type.kind
    return say_value(value, kind)
