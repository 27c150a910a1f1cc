"""``pbj missing``: the questions that a case still has to answer."""

from __future__ import annotations

import argparse
import json
from typing import Any

from rich.console import Console
from rich.text import Text

from pbj_rules.assurance.questions.needs import Missing, Needed, missing
from pbj_rules.cli.cases import read_case
from pbj_rules.cli.screen import print_hanging, screen, status_text
from pbj_rules.engine import Engine
from pbj_rules.language.tree import Kind, Source
from pbj_rules.regulation.model import Fact

__all__ = ["run"]

_KINDS = {
    Kind.COUNT: "bilangan bulat",
    Kind.RUPIAH: "rupiah, bilangan bulat",
    Kind.DAYS: "banyaknya hari",
    Kind.FLAG: "true (ya) atau false (tidak)",
    Kind.CHOICE: "salah satu dari",
    Kind.CHOICES: "daftar dari",
    Kind.DAY: "tanggal, mis. 2020-04-01",
    Kind.TEXT: "teks",
}


def run(options: argparse.Namespace) -> int:
    """Prints what is missing; that something is, is an answer, no fault."""
    engine = Engine.default()
    found = missing(engine, read_case(engine, options.file))
    if options.json:
        print(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        _Report(found, screen()).show()
    return 0


def _as_json(found: Missing) -> dict[str, Any]:
    result = found.result
    return {
        "skema": "pbj-kurang/1",
        "kasus": result.kasus,
        "regulasi": result.regulasi,
        "sop": result.sop,
        "status": result.status,
        "kurang": [_needed_json(needed) for needed in found.kurang],
        "boleh": [_needed_json(needed) for needed in found.boleh],
    }


def _needed_json(needed: Needed) -> dict[str, Any]:
    fact = needed.fakta
    return {
        "fakta": fact.id,
        "baris": list(needed.baris),
        "kunjungan": needed.kunjungan,
        "isi": _key(fact),
        "pertanyaan": fact.pertanyaan,
        "tipe": fact.symbol.type.kind.value,
        "satuan": fact.satuan,
        "pilihan": list(fact.symbol.type.values),
        "sekarang": needed.sekarang,
        "pasti": needed.pasti,
        "menentukan": needed.menentukan,
        "berulang": needed.berulang,
        "atau": list(needed.atau),
    }


def _key(fact: Fact) -> str:
    """Where the answer goes in the case file."""
    return f"fakta.{fact.id}" if fact.symbol.source is Source.ANSWER else fact.id


class _Report:
    """What a person sees."""

    def __init__(self, found: Missing, console: Console) -> None:
        self.found, self.console = found, console

    def show(self) -> None:
        result = self.found.result
        self.console.print(Text.assemble((result.kasus, "bold"), "  ", status_text(result.status)))
        needed = self.found.kurang
        self.part("Ditunggu sekarang", [one for one in needed if one.sekarang])
        self.part("Pasti ditanyakan kemudian", [one for one in needed if one.pasti and not one.sekarang])
        self.part("Mungkin ditanyakan, tergantung jawaban sebelumnya", [one for one in needed if not one.pasti])
        self.part("Boleh dikosongkan", list(self.found.boleh))
        self.console.print()
        if needed:
            now = sum(one.sekarang for one in needed)
            later = sum(one.pasti and not one.sekarang for one in needed)
            perhaps = sum(not one.pasti for one in needed)
            parts = ((now, "sekarang"), (later, "pasti kemudian"), (perhaps, "mungkin kemudian"))
            words = ", ".join(f"{count} {when}" for count, when in parts if count)
            self.console.print(Text(f"{len(needed)} fakta masih diperlukan: {words}.", style="bold yellow"))
        else:
            self.console.print(Text("Tidak ada fakta yang kurang.", style="bold green"))

    def part(self, title: str, needed: list[Needed]) -> None:
        if not needed:
            return
        self.console.print()
        self.console.print(Text(title, style="bold"))
        for one in needed:
            rows = ", ".join(one.baris)
            self.line(2, Text.assemble((f"{rows}  ", "bold cyan"), one.fakta.pertanyaan))
            self.line(6, Text(f"isi `{_key(one.fakta)}`: {_allowed(one.fakta)}{_visit(one)}", style="dim"))
            for note in _notes(one):
                self.line(6, Text(note, style="dim"))

    def line(self, indent: int, words: Text) -> None:
        print_hanging(self.console, Text(" " * indent), words, indent + 4)


def _allowed(fact: Fact) -> str:
    of = fact.symbol.type
    words = ", ".join(of.values)
    if of.kind is Kind.COUNT and fact.satuan:
        return f"{_KINDS[of.kind]} ({fact.satuan})"
    return f"{_KINDS[of.kind]} {words}".strip()


def _visit(needed: Needed) -> str:
    return f"; jawaban ke-{needed.kunjungan}" if needed.kunjungan > 1 else ""


def _notes(needed: Needed) -> list[str]:
    notes = []
    if needed.berulang:
        notes.append("satu jawaban setiap kunjungan: dapat ditanyakan lagi bila alurnya kembali ke baris ini")
    if needed.atau:
        keys = (name.replace("pemohon.", "penyedia[1].") for name in needed.atau)
        notes.append(f"atau isi {' dan '.join(f'`{key}`' for key in keys)}: jawabannya lalu disimpulkan")
    if not needed.menentukan:
        notes.append("keputusannya sudah pasti, apa pun jawabannya; tetapi baris itu menunggunya")
    return notes
