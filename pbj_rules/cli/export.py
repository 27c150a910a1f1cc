"""``pbj export``: the SOPs in a form that other programs read; BPMN 2.0 for now."""

from __future__ import annotations

import argparse

from pbj_rules.assurance.bpmn import bpmn_files
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.rules import chosen_rules
from pbj_rules.cli.screen import screen
from pbj_rules.documents import write_papers
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.shapes import nearest

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Writes every file, or none."""
    if not options.out:
        raise UsageError("nama folder setelah --out kosong")
    regulation = load_regulation(chosen_rules(options))
    if options.sop is not None and options.sop not in regulation.sop:
        hint = nearest(options.sop, regulation.sop) or f"pilih dari {', '.join(regulation.sop)}"
        raise UsageError(f"SOP `{options.sop}` tidak dikenal; {hint}")
    files = bpmn_files(regulation, regulation.sop if options.sop is None else [options.sop])
    write_papers(files, options.out)
    console = screen()
    console.print(f"{len(files)} berkas BPMN di {options.out}:", style="bold")
    for file in files:
        console.print(f"  {file.name}", markup=False)
    called = {call.sop for file in files for row in regulation.sop[file.id].baris.values() for call in row.panggil}
    if missing := sorted(called - {file.id for file in files}):
        console.print(f"Untuk dijalankan perlu juga SOP yang dipanggilnya: {', '.join(missing)}.")
    return 0
