"""``pbj diff``: Word files with tracked changes between two cases, two rule sets, two templates or two Word files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.sides import read_sides
from pbj_rules.errors import InputError, Problem

if TYPE_CHECKING:
    from pbj_rules.documents import Difference, Paper

__all__ = ["run"]

_STYLE: Final = {"sama": "dim", "berubah": "yellow", "baru": "green", "hilang": "red", "tampilan": "magenta"}


def run(options: argparse.Namespace) -> int:
    """Compares everything before the first file is written."""
    from pbj_rules.documents import differences, write_papers
    from pbj_rules.documents.redlines.comparer import find_comparer

    if options.out == "":
        raise UsageError("nama folder setelah --out kosong")
    sides = read_sides(options.a, options.b, options.kasus, options.profile)
    find_comparer()  # its absence is said before any work
    found = differences(sides.pairs, day=sides.day)
    papers = [difference.paper for difference in found if difference.paper is not None]
    replaced = _replaced(papers, options)
    if papers:
        write_papers(papers, options.out)
    if replaced:
        print(f"Catatan: {replaced} berkas yang sudah ada di {options.out} diganti.", file=sys.stderr)
    if options.json:
        sys.stdout.write(json.dumps(_as_json(found, options), ensure_ascii=False) + "\n")
    else:
        _show(found, options)
    return 0


def _replaced(papers: list[Paper], options: argparse.Namespace) -> int:
    """How many files will be replaced. Raises InputError if one of them is what is compared."""
    there = [file for paper in papers if os.path.isfile(file := Path(options.out) / paper.name)]
    sources = {Path(name).resolve() for name in (options.a, options.b)}
    own = [
        Problem("hasil akan menimpa berkas yang dibandingkan", str(file), remedy="sebutkan --out folder lain")
        for file in there
        if file.resolve() in sources
    ]
    if own:
        raise InputError(own)
    return len(there)


def _as_json(found: tuple[Difference, ...], options: argparse.Namespace) -> dict[str, Any]:
    return {
        "skema": "pbj-beda/1",
        "a": options.a,
        "b": options.b,
        "naskah": [
            {
                "id": one.pair.id,
                "ke": one.pair.number,
                "judul": one.pair.title,
                "keadaan": one.state,
                "sisipan": one.insertions,
                "hapusan": one.deletions,
                "bentuk": one.forms,
                "berkas": one.paper.name if one.paper else None,
            }
            for one in found
        ],
    }


def _show(found: tuple[Difference, ...], options: argparse.Namespace) -> None:
    from rich.text import Text

    from pbj_rules.cli.screen import plain_table, screen

    console = screen()
    console.print(Text.assemble(("A  ", "bold"), options.a))
    console.print(Text.assemble(("B  ", "bold"), options.b))
    if not found:
        console.print("\nTidak ada naskah pada kedua sisi.", style="bold")
        return
    console.print()
    table = plain_table("Naskah", "Perubahan", "Berkas", whole=(2,))
    for one in found:
        several = f" (ke-{one.pair.number})" if one.pair.number > 1 else ""
        file = one.paper.name if one.paper else "–"
        table.add_row(Text(one.pair.title + several), Text(_said(one), style=_STYLE[one.state]), Text(file))
    console.print(table)
    written = sum(one.paper is not None for one in found)
    if not written:
        console.print("\nTidak ada perbedaan yang dapat ditandai; tidak ada berkas yang ditulis.", style="bold")
        return
    console.print(Text(f"\n{written} berkas Word dengan perubahan terlacak di {options.out}", style="bold"))
    console.print("Tolak semua perubahan: naskah A. Terima semua: naskah B.", style="dim")


def _said(one: Difference) -> str:
    """The state in words."""
    match one.state:
        case "sama":
            return "sama"
        case "baru":
            return "hanya pada B: seluruhnya sisipan"
        case "hilang":
            return "hanya pada A: seluruhnya hapusan"
        case "tampilan":
            return "kata-katanya sama; tampilannya berbeda"
    counts = ((one.insertions, "sisipan"), (one.deletions, "hapusan"), (one.forms, "perubahan bentuk"))
    return ", ".join(f"{number} {name}" for number, name in counts if number)
