"""``pbj matrix``: each row of the regulation with all that hangs on it, and what hangs on nothing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pbj_rules.assurance.matrix import Accepted, Matrix, MatrixRow, Orphan, Sources, Template, build_matrix, matrix_page
from pbj_rules.assurance.matrix.telling import summary_of
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.rules import chosen_rules
from pbj_rules.cli.screen import screen
from pbj_rules.documents.contract.fields import Contract
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.places import contract_file, template_files
from pbj_rules.errors import InputError, Problem
from pbj_rules.regulation.model import Sop
from pbj_rules.resources import samples_directory, templates_directory
from pbj_rules.writing import write_files

__all__ = ["run"]

# Together a terminal of 100 columns; ids are broken at their hyphens.
_COLUMNS: Final = (
    ("Baris", 5), ("Pelaku", 20), ("Aturan", 6), ("Keputusan", 18), ("Skenario", 8), ("Dokumen", 25), ("Anomali", 11),
)  # fmt: skip
_MARKS: Final = {"tersurat": " =", "sedang": " ?", "rendah": " ??"}
_COUNTS: Final = ("Aturan", "Skenario")


def run(options: argparse.Namespace) -> int:
    """Shows or writes the matrix. Returns 1 where there is an orphan."""
    for name in ("xlsx", "html"):
        given = getattr(options, name)
        if given is not None and not Path(given).name:
            raise UsageError(f"--{name} memerlukan nama berkas, mis. matriks.{name}")
    matrix = build_matrix(_sources(options))
    files = list(_files(matrix, options))
    write_files(files)
    if options.json:
        print(json.dumps(matrix.to_dict(), ensure_ascii=False))
    else:
        _show(matrix, screen(), rows=not options.orphans and not files)
        for path, _ in files:
            print(f"ditulis: {path}")
    return 1 if matrix.yatim else 0


def _files(matrix: Matrix, options: argparse.Namespace) -> Iterator[tuple[Path, bytes]]:
    if options.xlsx is not None:
        try:
            from pbj_rules.assurance.matrix.workbook import matrix_workbook  # an extra: only this needs it
        except ImportError:
            remedy = "pasang dengan: pip install 'pbj-rules[xlsx]'"
            raise InputError([Problem("--xlsx memerlukan openpyxl, yang belum terpasang", remedy=remedy)]) from None
        yield Path(options.xlsx), matrix_workbook(matrix)
    if options.html is not None:
        yield Path(options.html), matrix_page(matrix)


def _sources(options: argparse.Namespace) -> Sources:
    rules = chosen_rules(options)
    samples = samples_directory() if options.samples is None else _folder(options.samples, "kasus")
    templates = templates_directory() if options.templates is None else _folder(options.templates, "templat")
    accepted = None if options.accepted is None else Accepted.below(_folder(options.accepted, "hasil"))
    return Sources.read(rules, samples, templates, _templates(templates), accepted)


def _folder(name: str, what: str) -> Path:
    path = Path(name)
    if not name or not path.is_dir():
        raise InputError([Problem(f"folder {what} tidak ada", name, remedy="periksa namanya")])
    return path


def _templates(folder: Path) -> dict[str, Template]:
    """The templates of a folder with what its declarations say of them; the shipped ones where it has none."""
    contract = load_contract(contract_file(folder))
    files = template_files(folder)
    return {name: _template(name, files.get(name), contract) for name in sorted({*files, *contract.papers})}


def _template(name: str, file: Path | None, contract: Contract) -> Template:
    paper = contract.papers.get(name)
    if paper is None:
        return Template(name, file)
    extra = paper.extra
    return Template(
        name,
        file,
        Path(paper.file),
        extra is not None,
        extra.title if extra is not None else "",
        extra.when if extra is not None else "",
        (*paper.decisions, *paper.possible),
        paper.facts,
        paper.parameters,
    )


def _show(matrix: Matrix, console: Console, rows: bool) -> None:
    if rows:
        for sop in matrix.regulation.sop.values():
            _table(matrix, sop, console)
        console.print(
            Text("Pelaku: ? disimpulkan dengan keyakinan sedang, ?? rendah; tanpa tanda: tinggi.", style="dim")
        )
        console.print(Text("Dokumen: + bertemplat Word, (…) pelengkap yang ditambahkan praktik.", style="dim"))
        console.print()
    for orphan in matrix.yatim:
        _orphan(orphan, console)
    if matrix.peninggalan:
        names = (f"{left.id} ({left.baris})" if left.baris else left.id for left in matrix.peninggalan)
        listed = ", ".join(dict.fromkeys(names))
        console.print(Text(f"Tidak terpakai lagi karena lapisan ini, jadi bukan yatim: {listed}.", style="dim"))
    style = "bold red" if matrix.yatim else "bold green"
    verdict = f"{len(matrix.yatim)} yatim" if matrix.yatim else "Tidak ada yang yatim"
    console.print(Text(f"{verdict}: {summary_of(matrix)}.", style=style))


def _table(matrix: Matrix, sop: Sop, console: Console) -> None:
    console.print(Text(sop.id, style="bold cyan"))
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for heading, width in _COLUMNS:
        table.add_column(heading, width=width, justify="right" if heading in _COUNTS else "left")
    for row in matrix.rows:
        if row.row.id.partition("/")[0] == sop.id:
            papers = [f"{name}{'+' if name in row.templat else ''}" for name in row.dokumen]
            cells = (
                row.row.label,
                _actor(row),
                str(len(row.aturan)),
                " ".join(row.keputusan),
                str(len(row.skenario)),
                " ".join([*papers, *(f"({name})" for name in row.pelengkap)]),
                " ".join(row.anomali),
            )
            table.add_row(*(fill(cell, width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True)))
    console.print(table)
    console.print()


def _actor(row: MatrixRow) -> str:
    actor = row.row.pelaksana
    if actor is None:
        return "·"
    return actor.peran + _MARKS.get(actor.keyakinan, "")


def _orphan(orphan: Orphan, console: Console) -> None:
    row = f"  {orphan.baris}" if orphan.baris else ""
    console.print(Text.assemble((orphan.jenis.upper(), "bold red"), f"  {orphan.id}", (row, "bold cyan")))
    place = f"{orphan.berkas}:{orphan.baris_berkas}" if orphan.baris_berkas else orphan.berkas
    console.print(Text(f"  di {place}", style="dim"))
    console.print(Text(f"  {orphan.pesan}"))
    console.print(Text(f"  seharusnya {orphan.seharusnya}; {orphan.perbaikan}"))
