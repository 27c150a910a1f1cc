"""``pbj why-not``: how little would have to be otherwise for a decision to be another."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pbj_rules.assurance.proofs.domains import ABSENT
from pbj_rules.assurance.questions.case_files import amended, case_file, written_value
from pbj_rules.assurance.questions.changes import Change
from pbj_rules.assurance.questions.nearest import Way, WhyNot, why_not
from pbj_rules.assurance.questions.wanted import wanted_of
from pbj_rules.case import Case
from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.case_writing import case_text
from pbj_rules.cli.cases import read_case
from pbj_rules.cli.explain import reason
from pbj_rules.cli.screen import BASIS_STYLE, print_hanging, screen, status_text
from pbj_rules.engine import Engine
from pbj_rules.language.saying import say_value
from pbj_rules.language.tree import Source
from pbj_rules.reading import read_file
from pbj_rules.result import Keputusan, Result
from pbj_rules.writing import write_files

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Prints the smallest changes. Returns 1 where nothing gives the value."""
    if options.out == "":
        raise UsageError("nama berkas setelah --out kosong")
    engine = Engine.default()
    wanted = wanted_of(engine.regulation, options.wanted)
    case = read_case(engine, options.file)
    found = why_not(engine, case, wanted)
    if options.out is not None:
        _write(options, found)
    if options.json:
        print(json.dumps(_as_json(engine, found), ensure_ascii=False))
    else:
        _Report(engine, case, found, screen()).show()
    return 0 if found.sudah or found.ways else 1


def _write(options: argparse.Namespace, found: WhyNot) -> None:
    """The case file with the first changes; all that they do not touch stays, but for the comments."""
    if not found.ways:
        print(f"Tidak ada perubahan, jadi {options.out} tidak ditulis.", file=sys.stderr)
        return
    way = found.ways[0]
    file = amended(read_file(options.file).plain(), way.kasus, way.perubahan)
    text = json.dumps(file, ensure_ascii=False, indent=2) + "\n" if options.out.endswith(".json") else case_text(file)
    write_files([(Path(options.out), text.encode())])
    print(f"Kasus dengan perubahan itu ditulis ke {options.out}.", file=sys.stderr)


def _as_json(engine: Engine, found: WhyNot) -> dict[str, Any]:
    wanted, result = found.wanted, found.result
    return {
        "skema": "pbj-mengapa-tidak/1",
        "kasus": result.kasus,
        "regulasi": result.regulasi,
        "keputusan": wanted.decision.id,
        "baris": wanted.row.id,
        "kunjungan": wanted.visit,
        "diminta": wanted.nilai,
        "sekarang": _decision_json(found.sekarang) if found.sekarang is not None else None,
        "status": result.status,
        "sudah": found.sudah,
        "perubahan": found.perubahan,
        "cara": [_way_json(engine, way) for way in found.ways],
        "sebab": found.sebab or None,
    }


def _decision_json(decision: Keputusan) -> dict[str, Any]:
    return {
        "nilai": decision.nilai,
        "baris": decision.baris,
        "dasar": decision.dasar,
        "aturan": decision.aturan,
        "kutipan": decision.kutipan,
        "anomali": list(decision.anomali),
        "fakta": written_value(decision.fakta),
        "parameter": dict(decision.parameter),
    }


def _way_json(engine: Engine, way: Way) -> dict[str, Any]:
    return {
        "perubahan": [
            {
                "isi": change.place,
                "fakta": change.fakta,
                "dari": written_value(change.dari),
                "menjadi": written_value(change.menjadi),
                "hitungan": change.hitungan,
                "pertanyaan": _question(engine, change),
                "baris": change.baris,
            }
            for change in way.perubahan
        ],
        "keputusan": _decision_json(way.keputusan),
        "status": way.result.status,
        "menunggu": [{"fakta": item.fakta, "baris": item.baris} for item in way.result.menunggu],
        "kasus": case_file(way.kasus),
    }


def _question(engine: Engine, change: Change) -> str:
    regulation = engine.regulation
    if change.source is Source.ELEMENT:
        return regulation.koleksi[change.fakta].judul
    return regulation.fakta[change.fakta].pertanyaan


class _Report:
    """What a person sees."""

    def __init__(self, engine: Engine, case: Case, found: WhyNot, console: Console) -> None:
        self.engine, self.case, self.found, self.console = engine, case, found, console
        self.rules = {rule.id: rule for rule in engine.program(case.sop).rules}

    def show(self) -> None:
        found, wanted = self.found, self.found.wanted
        self.console.print(Text.assemble((found.result.kasus, "bold"), "  ", status_text(found.result.status)))
        visit = f", kunjungan ke-{wanted.visit}" if wanted.visit is not None else ""
        self.console.print(f"{wanted.decision.judul} ({wanted.row.id}{visit})")
        self.console.print()
        self.now()
        if found.sudah:
            self.console.print(Text(f"Sudah {wanted.nilai}: tidak ada yang perlu berubah.", style="bold green"))
        elif not found.ways:
            self.console.print(Text(f"Tidak mungkin {wanted.nilai}: {found.sebab}.", style="bold red"))
        else:
            self.ways()

    def now(self) -> None:
        decision = self.found.sekarang
        if decision is None:
            self.line(0, Text.assemble("Sekarang: ", (_not_made(self.found), "bold")))
        else:
            self.line(0, Text.assemble("Sekarang: ", (decision.nilai, "bold"), self.why(decision)))
            self.basis(decision)
        self.console.print()

    def ways(self) -> None:
        found = self.found
        several = f", dengan {len(found.ways)} cara yang sama kecilnya" if len(found.ways) > 1 else ""
        self.line(
            0,
            Text.assemble(
                "Menjadi ", (found.wanted.nilai, "bold"), f" dengan {found.perubahan} perubahan fakta{several}:"
            ),
        )
        for number, way in enumerate(found.ways, 1):
            self.console.print()
            lead = f"{number}. " if len(found.ways) > 1 else ""
            for position, change in enumerate(way.perubahan):
                self.change(lead if position == 0 else " " * len(lead), change)
            self.line(len(lead), Text.assemble("→ ", (way.keputusan.nilai, "bold"), self.why(way.keputusan)))
            self.basis(way.keputusan, len(lead))
            self.line(len(lead), Text.assemble("status ", status_text(way.result.status), _waits(way.result)))
        self.console.print()
        self.console.print(Text("Berkas kasusnya" + (" (cara 1)" if len(found.ways) > 1 else ""), style="bold"))
        self.console.print(Text(case_text(case_file(found.ways[0].kasus))), soft_wrap=True)
        caution = "Ini menerangkan aturan, bukan anjuran mengubah fakta: kasus hanya boleh memuat fakta yang benar."
        self.console.print(Text(caution, style="yellow"))

    def change(self, lead: str, change: Change) -> None:
        counted = f" (dihitung {change.hitungan} perubahan)" if change.hitungan > 1 else ""
        before = "(belum ada)" if change.dari is ABSENT else self.said(change, change.dari)
        after = "(dihapus)" if change.menjadi is ABSENT else self.said(change, change.menjadi)
        value = f"{before} → {after}"
        self.line(0, Text.assemble(lead, (f"{change.place}: {value}", "bold cyan"), counted))
        question = _question(self.engine, change)
        self.line(len(lead) + 2, Text(f"dibaca {change.baris}: {question}", style="dim"))

    def said(self, change: Change, value: Any) -> str:
        if value == ():
            return "daftar kosong"
        if isinstance(value, Mapping):
            return ", ".join(f"{key} {say_value(item)}" for key, item in value.items())
        if change.source is Source.ELEMENT:
            return say_value(value)
        kind = self.engine.regulation.fakta[change.fakta].symbol.type.kind
        return say_value(value, kind)

    def why(self, decision: Keputusan) -> str:
        words = reason(self.rules[decision.aturan], {**decision.fakta, **decision.parameter})
        return f", karena {words}"

    def basis(self, decision: Keputusan, indent: int = 0) -> None:
        read = f" {', '.join(decision.anomali)}" if decision.anomali else ""
        lead = Text.assemble((decision.dasar, BASIS_STYLE[decision.dasar]), f"{read}: “{decision.kutipan}”")
        self.line(indent + 2, lead)

    def line(self, indent: int, words: Text) -> None:
        print_hanging(self.console, Text(" " * indent), words, indent + 4)


def _not_made(found: WhyNot) -> str:
    """Why there is no such decision yet, or none at all."""
    result = found.result
    if result.menunggu:
        facts = ", ".join(f"`{item.fakta}`" for item in result.menunggu)
        return f"belum diputus; kasus menunggu {facts} di {result.jalur[-1]}"
    made = sum(one.id == found.wanted.decision.id for one in result.keputusan)
    if made:
        return f"hanya diputus {made} kali; kasus berakhir {result.status}"
    turned = result.keputusan[-1] if result.keputusan else None
    after = ""
    if turned is not None:
        after = f"; keputusan terakhirnya {turned.id} = {turned.nilai} ({turned.baris})"
    return f"tidak diputus; kasus berakhir {result.status} tanpa melalui {found.wanted.row.id}{after}"


def _waits(result: Result) -> str:
    if not result.menunggu:
        return ""
    return ", menunggu " + ", ".join(f"`{item.fakta}` di {item.baris}" for item in result.menunggu)
