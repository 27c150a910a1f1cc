"""``pbj mutate``: whether the shipped scenarios notice rules that are altered, everywhere or in one folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pbj_rules.assurance.mutation.effects import Effect, case_showing, effects, unshown
from pbj_rules.assurance.mutation.noticing import ENOUGH, Mutation, mutate
from pbj_rules.assurance.mutation.scenarios import Scenarios
from pbj_rules.cli.case_writing import write_cases
from pbj_rules.cli.rules import rules_of
from pbj_rules.cli.screen import plain_table, screen
from pbj_rules.engine import Engine
from pbj_rules.language.saying import say
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.resources import samples_directory

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Tests the scenarios, or with ``--rules`` tests rules by them. Returns 1 where something was found."""
    regulation = Engine.default().regulation
    scenarios = Scenarios.from_folder(samples_directory(), regulation)
    if options.rules is not None:
        return _compare(scenarios, rules_of(options.rules), options.json)
    found = mutate(regulation, scenarios)
    wanted = effects(regulation)
    missing = unshown(regulation, wanted, scenarios)
    cases = list(case_showing(regulation, missing))
    if options.out is not None:
        write_cases((("", case) for case in cases), Path(options.out))
    if options.json:
        print(json.dumps(_as_json(found, len(wanted), missing, cases), ensure_ascii=False))
    else:
        _show(found, len(wanted), missing, len(scenarios.cases), screen())
    return 0 if found.cukup and not missing else 1


def _compare(scenarios: Scenarios, folder: Path, as_json: bool) -> int:
    regulation = load_regulation(folder)
    differences = list(scenarios.noticing(regulation))
    outside = scenarios.out_of_force(regulation)
    if as_json:
        listed = [{"skenario": found.skenario, "baris": found.baris, "beda": found.beda} for found in differences]
        told = {"skenario": len(scenarios.cases), "berbeda": listed, "di_luar_masa_berlaku": outside}
        print(json.dumps(told, ensure_ascii=False))
        return 1 if differences else 0
    console = screen()
    alike: dict[tuple[str, str], list[str]] = {}
    for found in differences:
        alike.setdefault((found.baris, found.beda), []).append(found.skenario)
    for (row, what), names in alike.items():
        console.print(Text.assemble((f"{row}  ", "bold cyan"), what))
        console.print(Text(f"  {len(names)} skenario, mis. samples/{names[0]}.yaml", style="dim"))
    if outside:
        words = f"{outside} skenario bertanggal di luar masa berlaku `{regulation.id}`"
        console.print(Text(f"{words}; peringatan tentang itu tidak dihitung sebagai perbedaan.", style="yellow"))
    style = "bold red" if differences else "bold green"
    console.print(Text(f"{len(differences)} dari {len(scenarios.cases)} skenario memberi hasil lain.", style=style))
    return 1 if differences else 0


def _as_json(found: Mutation, wanted: int, missing: list[Effect], cases: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "mutan": found.mutan.total(),
        "dikenali": found.dikenali.total(),
        "persen": found.persen,
        "jenis": {kind: {"mutan": count, "dikenali": found.dikenali[kind]} for kind, count in found.mutan.items()},
        "selamat": [
            {
                "jenis": survivor.mutant.jenis,
                "baris": survivor.mutant.baris,
                "tempat": survivor.mutant.tempat,
                "ubahan": survivor.mutant.ubahan,
                "alasan": survivor.alasan,
            }
            for survivor in found.selamat
        ],
        "pengaruh": {
            "semua": wanted,
            "tampak": wanted - len(missing),
            "kurang": [
                {"baris": effect.row.id, "aturan": effect.branch.aturan, "syarat": _said(effect), "contoh": case}
                for effect, case in zip(missing, cases, strict=True)
            ],
        },
    }


def _said(effect: Effect) -> str:
    return f"{say(effect.syarat)}: {'ya' if effect.benar else 'tidak'}"


def _show(found: Mutation, wanted: int, missing: list[Effect], scenarios: int, console: Console) -> None:
    table = plain_table("Yang diubah", "Mutan", "Dikenali")
    for kind, count in found.mutan.items():
        table.add_row(kind, str(count), str(found.dikenali[kind]))
    console.print(table)
    console.print()
    if found.selamat:
        console.print(Text("Tidak dikenali skenario mana pun:", style="bold"))
    for survivor in found.selamat:
        console.print(Text(f"  {survivor.mutant.tempat}: {survivor.mutant.ubahan}"))
        style = "dim" if survivor.alasan else "bold red"
        console.print(Text(f"    {survivor.alasan or 'belum dijelaskan: tambahkan skenario'}", style=style))
    for effect in missing:
        console.print(Text(f"Belum ada skenario: {effect.row.id} {effect.branch.aturan}, {_said(effect)}", style="red"))
    if found.selamat or missing:
        console.print()
    noticed = (
        f"{found.dikenali.total()} dari {found.mutan.total()} aturan yang diubah dikenali oleh {scenarios} skenario"
    )
    share = f"({found.persen:.2f}%; ambang {ENOUGH}%)"
    shown = f"Pengaruh mandiri syarat (MC/DC): {wanted - len(missing)} dari {wanted}."
    style = "bold green" if found.cukup and not missing else "bold red"
    console.print(Text(f"{noticed} {share}. {shown}", style=style))
