"""``pbj conflicts``: where the regulation departs from national law, each point with both texts."""

from __future__ import annotations

import argparse
import json

from rich.console import Console
from rich.rule import Rule as Line
from rich.text import Text

from pbj_rules.assurance.conflicts import Conflict, conflicts
from pbj_rules.cli.screen import print_hanging, screen
from pbj_rules.engine import Engine

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Prints every point, for people or as JSON (``pbj-pertentangan/1``)."""
    engine = Engine.default()
    found = conflicts(engine.regulations.values())
    if options.json:
        listed = [conflict.to_dict() for conflict in found]
        data = {"skema": "pbj-pertentangan/1", "regulasi": engine.regulation.id, "pertentangan": listed}
        print(json.dumps(data, ensure_ascii=False))
        return 0
    console = screen()
    for conflict in found:
        _show(console, conflict)
    console.print()
    console.print(Line(style="dim"))
    unverified = sum(not conflict.menurut[-1][1].terverifikasi for conflict in found)
    changing = sum(bool(conflict.pokok.mengubah) for conflict in found)
    console.print(
        f"{len(found)} pokok: {changing} mengubah aturan bila lapisannya dipilih, {len(found) - changing} hanya "
        f"dicatat; {unverified} belum diverifikasi untuk peraturan yang terakhir.",
        style="bold",
    )
    console.print("Pengaruhnya pada suatu kasus: pbj compare BERKAS --regulasi A --regulasi B", style="dim")
    return 0


def _show(console: Console, conflict: Conflict) -> None:
    point = conflict.pokok
    console.print()
    named = f"  {', '.join(point.anomali)}" if point.anomali else ""
    console.print(Text.assemble((point.pokok, "bold"), (f"  {point.sifat}", "yellow"), (named, "dim")))
    _line(console, "Perbup", f"{point.teks.tempat}: “{point.teks.kutipan}”")
    words = f": “{point.kutipan}”" if point.kutipan else " (kata-katanya tidak tercatat)"
    _line(console, "nasional", f"{point.pasal}{words}")
    _line(console, "isinya", point.isi)
    if point.mengubah:
        _line(console, "mengubah", "; ".join(point.mengubah))
    if point.keterangan:
        _line(console, "catatan", point.keterangan)
    for layer, one in conflict.menurut:
        mark = "terverifikasi" if one.terverifikasi else "belum diverifikasi"
        _line(console, layer, f"{mark}: {one.sumber}", "green" if one.terverifikasi else "magenta")


def _line(console: Console, label: str, words: str, style: str = "") -> None:
    lead = Text(f"  {label:<17}", style="dim")
    print_hanging(console, lead, Text(words, style=style), len(lead))
