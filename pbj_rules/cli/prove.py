"""``pbj prove``: proves that the rules leave nothing open, or shows the cases that they leave open."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pbj_rules.assurance.proofs.proof import Gap, Literal, Overlap, Proof, Trap
from pbj_rules.assurance.proofs.proving import prove
from pbj_rules.cli.case_writing import write_cases
from pbj_rules.cli.rules import chosen_rules
from pbj_rules.cli.screen import screen
from pbj_rules.engine import Engine
from pbj_rules.errors import EvaluationError, InputError, Problem
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.language.saying import say_value
from pbj_rules.regulation.loading import survey_regulation
from pbj_rules.regulation.model import Decision, Row

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Proves the rules of a folder. Returns 1 where something was found."""
    try:
        from pbj_rules.assurance.proofs.solving import Smt  # an extra: only this command needs it
    except ImportError:
        remedy = "pasang dengan: pip install 'pbj-rules[prove]'"
        raise InputError([Problem("pembuktian memerlukan z3, yang belum terpasang", remedy=remedy)]) from None
    regulation, problems = survey_regulation(chosen_rules(options))
    proof = prove(regulation, problems, [Smt(regulation)])
    if options.out is not None:
        write_cases(_cases(proof), Path(options.out))
    if options.json:
        print(json.dumps(_as_json(proof), ensure_ascii=False))
    else:
        _Report(proof, Engine(regulation, PlainEvaluator()), screen()).show()
        if options.out is not None:
            print(f"{len(_cases(proof))} kasus ditulis ke {options.out}")
    return 0 if proof.tuntas else 1


def _as_json(proof: Proof) -> dict[str, Any]:
    return {
        "tuntas": proof.tuntas,
        "celah": [{"baris": gap.row.id, "contoh": gap.kasus} for gap in proof.celah],
        "tumpang_tindih": [
            {"baris": overlap.row.id, "cabang": list(overlap.cabang), "contoh": overlap.kasus}
            for overlap in proof.tumpang_tindih
        ],
        "tak_terjangkau": [{"baris": found.row.id, "cabang": found.cabang} for found in proof.tak_terjangkau],
        "buntu": [{"baris": trap.row.id, "contoh": trap.kasus} for trap in proof.buntu],
        "kesalahan": [str(problem) for problem in proof.muatan],
        "harfiah": [
            {
                "baris": found.row.id,
                "keputusan": found.decision.id,
                "jenis": _literal_kind(found),
                "nilai": list(found.nilai),
                "anomali": list(_anomalies(found.decision)),
                "bacaan": found.bacaan,
                "tunggal": found.tunggal,
                "contoh": found.kasus,
            }
            for found in proof.harfiah
        ],
    }


def _literal_kind(found: Literal) -> str:
    return "tumpang-tindih" if found.nilai else "celah"


def _anomalies(decision: Decision) -> tuple[str, ...]:
    return decision.harfiah.anomali if decision.harfiah is not None else ()


def _cases(proof: Proof) -> list[tuple[str, Mapping[str, Any]]]:
    """Every case with what it shows."""
    findings: list[tuple[str, Gap | Overlap | Trap | Literal]] = [
        *(("celah: tidak ada cabang yang berlaku", gap) for gap in proof.celah),
        *(("tumpang tindih: dua cabang berlaku sekaligus", overlap) for overlap in proof.tumpang_tindih),
        *(("jalan buntu: tidak ada jawaban yang mengakhirinya", trap) for trap in proof.buntu),
        *((f"{_literal_kind(found)} menurut bunyi teks; bacaan: {found.bacaan}", found) for found in proof.harfiah),
    ]
    return [(f"Baris {found.row.id}, {what}.", found.kasus) for what, found in findings]


class _Report:
    """What a person sees."""

    def __init__(self, proof: Proof, engine: Engine, console: Console) -> None:
        self.proof, self.engine, self.console = proof, engine, console

    def show(self) -> None:
        proof = self.proof
        for gap in proof.celah:
            self.finding("CELAH", gap.row, f"{gap.decision.judul}: tidak ada cabang yang berlaku")
            self.case(gap.kasus, gap.decision)
        for overlap in proof.tumpang_tindih:
            rules = " dan ".join(f"`{rule}`" for rule in overlap.cabang)
            self.finding("TUMPANG TINDIH", overlap.row, f"{overlap.decision.judul}: {rules} berlaku bersamaan")
            self.case(overlap.kasus, overlap.decision)
        for found in proof.tak_terjangkau:
            what = "tidak ada kasus yang sampai di baris ini"
            if found.cabang is not None:
                what = f"cabang `{found.cabang}` tidak pernah berlaku"
            self.finding("TAK TERJANGKAU", found.row, what)
        for trap in proof.buntu:
            self.finding("BUNTU", trap.row, "tidak ada jawaban yang membawa kasus ini keluar dari putarannya")
            self.case(trap.kasus, None)
        if proof.muatan:
            self.console.print(Text("Kesalahan berkas aturan (pbj check):", style="bold red"))
            for problem in proof.muatan:
                self.console.print(Text(f"  {problem}"))
        self.literal()
        self.verdict()

    def finding(self, what: str, row: Row, words: str) -> None:
        self.console.print(Text.assemble((f"{what}  ", "bold red"), (f"{row.id}  ", "bold cyan"), words))
        self.console.print(Text(f"  di {row.file}:{row.line}", style="dim"))

    def case(self, case: Mapping[str, Any], decision: Decision | None) -> None:
        self.console.print(Text(f"  contoh: {_values(case, decision)}"))
        if self.proof.muatan:
            return  # rules that loading refuses are not run
        try:
            self.engine.evaluate(case)
        except EvaluationError as error:
            self.console.print(Text(f"  bila dijalankan: {error}"))

    def literal(self) -> None:
        if not self.proof.harfiah:
            return
        self.console.print()
        self.console.print(Text("Menurut bunyi teks apa adanya (bukan bacaan yang dipakai aturan)", style="bold"))
        for found in self.proof.harfiah:
            what = "teks tidak memberi keputusan"
            if found.tunggal:
                what = "hanya pada nilai ini teks tidak memberi keputusan"
            if found.nilai:
                what = f"teks memberi dua keputusan: {' dan '.join(found.nilai)}"
            self.console.print(
                Text.assemble((f"  {found.row.id}  ", "bold cyan"), f"{_values(found.kasus, found.decision)}: {what}")
            )
            read = f"    {', '.join(_anomalies(found.decision))}; dibaca {found.bacaan}"
            self.console.print(Text(read, style="yellow"))

    def verdict(self) -> None:
        proof = self.proof
        self.console.print()
        size = f"{proof.keputusan} keputusan, {proof.baris} baris"
        tools = f"{proof.pertanyaan} pertanyaan dijawab sama oleh z3 dan pencacahan"
        if proof.tuntas:
            self.console.print(Text(f"Tuntas: {size}; {tools}.", style="bold green"))
            return
        numbers = {
            "celah": proof.celah,
            "tumpang tindih": proof.tumpang_tindih,
            "tak terjangkau": proof.tak_terjangkau,
            "buntu": proof.buntu,
            "kesalahan berkas": proof.muatan,
        }
        found = ", ".join(f"{len(findings)} {name}" for name, findings in numbers.items() if findings)
        self.console.print(Text(f"Tidak tuntas: {found} ({size}; {tools}).", style="bold red"))


def _values(case: Mapping[str, Any], decision: Decision | None) -> str:
    """What the case says of the decision's facts, and its settings; all of it where no decision is named."""
    asked = None if decision is None else {symbol.name for symbol in decision.fakta}
    given = {**{f"paket.{key}": value for key, value in case.get("paket", {}).items()}, **case.get("fakta", {})}
    shown = {name: value for name, value in given.items() if asked is None or name in asked}
    shown.update(case.get("parameter", {}))
    for name in asked or ():
        if name == "tanggal":
            shown[name] = case["tanggal"]
        elif name not in shown:
            shown[name] = "tidak dicantumkan"
    return ", ".join(f"{name} = {say_value(value)}" for name, value in shown.items()) or "kasus tanpa jawaban"
