"""``pbj sop``: the SOPs, or one of them as a table with its rules in plain words."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.text import Text

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.screen import BASIS_STYLE, plain_table, screen
from pbj_rules.engine import Engine
from pbj_rules.language.saying import say
from pbj_rules.regulation.model import Branch, Regulation, Row, Sop
from pbj_rules.shapes import nearest

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Lists the SOPs, or shows the one that is named."""
    engine = Engine.default()
    regulation = engine.under(options.regulasi).regulation if options.regulasi is not None else engine.regulation
    console = screen()
    if options.id is None:
        _list(console, regulation)
        return 0
    if options.id not in regulation.sop:
        hint = nearest(options.id, regulation.sop)
        raise UsageError(f"SOP `{options.id}` tidak dikenal" + (f"; {hint}" if hint else "") + "\nDaftarnya: pbj sop")
    _show(console, regulation, regulation.sop[options.id])
    return 0


def _list(console: Console, regulation: Regulation) -> None:
    console.print(Text(regulation.judul, style="bold"))
    console.print()
    table = plain_table("SOP", "Judul", "Baris", "Keputusan")
    for sop in regulation.sop.values():
        decisions = sum(len(row.keputusan) for row in sop.baris.values())
        table.add_row(Text(sop.id, style="cyan"), _title(sop), str(len(sop.baris)), str(decisions or "–"))
    console.print(table)
    console.print(Text("\nSatu SOP baris demi baris: pbj sop ID", style="dim"))


def _title(sop: Sop) -> str:
    return sop.judul.removeprefix("STANDAR OPERASIONAL PROSEDUR (SOP) ").removeprefix("SOP ")


def _show(console: Console, regulation: Regulation, sop: Sop) -> None:
    console.print(Text(sop.judul, style="bold"))
    console.print(Text(f"{sop.pasal} · {len(sop.baris)} baris", style="dim"))
    table = plain_table("Baris", "Kegiatan dan aturan", "Pelaksana", "Waktu")
    for row in sop.baris.values():
        who = regulation.peran[row.pelaksana.peran].nama if row.pelaksana is not None else ""
        table.add_row("", "", "", "")
        table.add_row(
            Text(row.label, style="bold cyan"), _rules(regulation, row), who, row.waktu.tertulis if row.waktu else ""
        )
    console.print(table)


def _rules(regulation: Regulation, row: Row) -> Text:
    """The activity, the branches, the calls and the papers of a row, one under the other."""
    lines = Text(row.kegiatan, style="bold" if row.keputusan else "")
    if row.keterangan:
        lines.append(f"\nKeterangan: {row.keterangan}", style="dim")
    for decision in row.keputusan:
        lines.append(f"\n◆ {decision.judul}", style="bold")
        for branch in decision.cabang:
            lines.append_text(_branch(regulation, branch))
    for call in row.panggil:
        lines.append(f"\n» menjalankan SOP {call.sop}" + (f", bila {say(call.jika)}" if call.jika is not None else ""))
    for paper in row.dokumen:
        condition = f", bila {say(paper.jika)}" if paper.jika is not None else ""
        lines.append(f"\n▪ {regulation.dokumen[paper.id].judul}{condition}", style="dim")
    if row.status is not None:
        lines.append(f"\nStatus: {row.status}", style="red")
    if row.lanjut is not None and row.lanjut.dasar != "urutan":
        lines.append(f"\n→ {row.lanjut.baris} ({', '.join((row.lanjut.dasar, *row.lanjut.anomali))})")
    return lines


def _branch(regulation: Regulation, branch: Branch) -> Text:
    numbers = {name: parameter.nilai for name, parameter in regulation.parameter.items()}
    basis = branch.citation.dasar.value
    line = Text.assemble(
        "\n  ",
        (branch.nilai, "bold"),
        f" bila {say(branch.jika, numbers)} → {branch.lanjut}  ",
        (basis, BASIS_STYLE[basis]),
    )
    if branch.citation.anomali:
        line.append(f" {', '.join(branch.citation.anomali)}")
    return line
