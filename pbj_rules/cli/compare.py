"""``pbj compare``: cases under two regulations, and where decisions, paths and papers differ."""

from __future__ import annotations

import argparse
import json
from typing import Final

from rich.console import Console
from rich.text import Text

from pbj_rules.assurance.comparing import Comparison, DecisionPair, compare
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_cases
from pbj_rules.cli.screen import plain_table, screen, source_text, status_text
from pbj_rules.engine import Engine
from pbj_rules.result import Keputusan

__all__ = ["run"]

_REGULATIONS: Final = 2


def run(options: argparse.Namespace) -> int:
    """Prints what differs, for people or as one JSON object (``pbj-banding/1``); a difference is no failure."""
    engine = Engine.default()
    named: list[str] = options.regulasi
    if len(named) != _REGULATIONS or named[0] == named[1]:
        known = ", ".join(engine.regulations)
        raise UsageError(f"sebutkan dua peraturan yang berbeda: --regulasi A --regulasi B\nPeraturan: {known}")
    for name in named:
        engine.under(name)  # a name that is not known is said before any file is read
    found = [compare(engine, case, *named) for case in read_cases(engine, options.files)]
    if options.json:
        data = {"skema": "pbj-banding/1", "regulasi": named, "kasus": [one.to_dict() for one in found]}
        print(json.dumps(data, ensure_ascii=False))
        return 0
    console = screen()
    for one in found:
        _show(console, one, named)
    same = sum(one.sama for one in found)
    console.print(f"{len(found)} kasus: {same} sama, {len(found) - same} berbeda.", style="bold")
    return 0


def _show(console: Console, one: Comparison, named: list[str]) -> None:
    if one.sama:
        console.print(
            Text.assemble((one.kiri.kasus, "bold"), "  sama menurut keduanya: ", status_text(one.kiri.status))
        )
    else:
        console.print(Text(one.kiri.kasus, style="bold"))
        _show_results(console, one, named)
        _show_decisions(console, one, named)
        _show_path_and_papers(console, one, named)
    for name, result in zip(named, (one.kiri, one.kanan), strict=True):
        for warning in result.peringatan:
            console.print(Text(f"Peringatan menurut {name}: {warning}.", style="yellow"))
    console.print()


def _show_results(console: Console, one: Comparison, named: list[str]) -> None:
    for name, result in zip(named, (one.kiri, one.kanan), strict=True):
        waits = "".join(f" {each.fakta} di {each.baris}" for each in result.menunggu)
        console.print(
            Text.assemble(f"  {name:<24} ", status_text(result.status), f"{waits}, {len(result.jalur)} baris dilalui")
        )


def _show_decisions(console: Console, one: Comparison, named: list[str]) -> None:
    if not one.keputusan:
        return
    console.print()
    table = plain_table("Baris", "Keputusan", *named)
    for pair in one.keputusan:
        visit = f" (kunjungan ke-{pair.kunjungan})" if pair.kunjungan > 1 else ""
        table.add_row(pair.baris + visit, pair.id, _decided(pair.kiri, pair), _decided(pair.kanan, pair))
    console.print(table)


def _decided(decision: Keputusan | None, pair: DecisionPair) -> Text:
    """What one regulation decides; where it leads, its numbers and its words only as far as they differ."""
    if decision is None:
        return Text("–", style="dim")
    lines = Text(decision.nilai, style="bold" if "nilai" in pair.berbeda else "")
    if {"ada", "lanjut"} & set(pair.berbeda):
        lines.append(f" → {decision.lanjut}")
    if "parameter" in pair.berbeda:
        lines.append("".join(f"\n{name} {value}" for name, value in decision.parameter.items()))
    if "dasar" in pair.berbeda:
        lines.append(f"\n{' '.join((decision.dasar, *decision.anomali))}")
    if {"kutipan", "sumber"} & set(pair.berbeda):
        lines.append(f"\n“{decision.kutipan}”", style="dim")
        if decision.sumber is not None:
            lines.append(f"\n{source_text(decision.sumber)}", style="magenta")
    return lines


def _show_path_and_papers(console: Console, one: Comparison, named: list[str]) -> None:
    for part in one.jalur:
        after = f"setelah {part.setelah}" if part.setelah else "sejak awal"
        for name, rows in zip(named, (part.kiri, part.kanan), strict=True):
            if rows:
                console.print(Text(f"  Hanya menurut {name}, {after}: {', '.join(rows)}"))
    for name, papers in zip(named, one.naskah, strict=True):
        for paper in papers:
            console.print(Text(f"  Naskah hanya menurut {name}: {paper.judul} ({paper.baris})"))
