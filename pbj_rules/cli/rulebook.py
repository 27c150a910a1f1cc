"""``pbj rulebook``: the rule book and the Lampiran with its flowcharts, written to a folder."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from pbj_rules.assurance.rulebook import rule_book
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.rules import chosen_rules
from pbj_rules.cli.screen import screen
from pbj_rules.documents import to_pdf, write_papers
from pbj_rules.documents.rendering import Paper
from pbj_rules.errors import InputError
from pbj_rules.regulation.loading import load_regulation

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Writes every file, or none; without LibreOffice everything but the PDF."""
    if not options.out:
        raise UsageError("nama folder setelah --out kosong")
    directory = chosen_rules(options)
    regulation = load_regulation(directory)
    book = rule_book(regulation, directory)
    pdf = _pdf(book.word)
    papers = [*book.word, *pdf, *book.others]
    stale = [] if pdf else _old_pdf(book.word, options.out)
    write_papers(papers, options.out, stale=stale)
    if stale:
        print(f"PDF lama dihapus karena tidak lagi sesuai: {', '.join(stale)}.", file=sys.stderr)
    if options.json:
        figures = {
            "skema": "pbj-buku/1",
            "regulasi": regulation.id,
            "sop": len(regulation.sop),
            "baris": sum(1 for _ in regulation.rows()),
            "anomali": len(regulation.anomali),
            "halaman_lampiran": book.pages,
            "berkas": [paper.name for paper in papers],
        }
        print(json.dumps(figures, ensure_ascii=False))
        return 0
    console = screen()
    console.print(f"{len(papers)} berkas di {options.out}:", style="bold")
    for paper in papers:
        console.print(f"  {paper.name}", markup=False)
    console.print(f"Lampiran {book.pages} halaman, {len(regulation.anomali)} anomali dalam register.")
    return 0


def _old_pdf(papers: tuple[Paper, ...], folder: str) -> list[str]:
    """The PDF of an earlier run, which may be of other rules: it must not stand beside the new Word files."""
    names = (str(Path(paper.name).with_suffix(".pdf")) for paper in papers)
    return [name for name in names if os.path.isfile(os.path.join(folder, name))]


def _pdf(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    try:
        return to_pdf(papers)
    except InputError as error:
        print(f"PDF tidak ditulis; berkas lainnya ditulis. {error}", file=sys.stderr)
        return ()
