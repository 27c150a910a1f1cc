"""``pbj explain``: tells the story of a case, row by row, with the words that each step rests on."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import field, frozen
from rich.console import Console
from rich.rule import Rule as Line
from rich.text import Text

from pbj_rules.case import Case
from pbj_rules.cli.cases import read_cases
from pbj_rules.cli.screen import BASIS_STYLE, print_hanging, screen, source_text, status_text
from pbj_rules.engine import Engine
from pbj_rules.evaluation.program import Rule
from pbj_rules.language.python import compile_condition
from pbj_rules.language.saying import say, say_value
from pbj_rules.language.tree import Kind, Or, symbols_of
from pbj_rules.regulation.model import Row
from pbj_rules.result import Dokumen, Jejak, Keputusan, Result

__all__ = ["reason", "run"]


def run(options: argparse.Namespace) -> int:
    """Evaluates the case and prints its story."""
    engine = Engine.default()
    (case,) = read_cases(engine, [options.file])
    engine = engine.under(case.regulasi)
    _Story(engine, case, engine.evaluate(case), screen()).tell()
    return 0


@frozen
class _Story:
    engine: Engine
    case: Case
    result: Result
    console: Console
    told: set[str] = field(factory=set)

    def tell(self) -> None:
        self.opening()
        decisions, papers = iter(self.result.keputusan), iter(self.result.dokumen)
        rows = iter(self.result.jalur)
        self.row(next(rows))
        rules = {rule.id: rule for rule in self.engine.program(self.case.sop).rules}
        for step in self.result.jejak:
            match step.jenis:
                case "keputusan":
                    self.decision(next(decisions), step, rules[step.aturan])
                case "turunan":
                    self.derivation(step, rules[step.aturan])
                case "dokumen":
                    self.paper(next(papers))
                case "panggil":
                    self.say(f"menjalankan SOP {step.kesimpulan['sop']}", "»", "cyan")
                case "lewati":
                    self.say(f"SOP {step.kesimpulan['sop']} tidak dijalankan", "»", "dim")
                case "kembali":
                    self.console.print(Line(f"kembali ke {step.baris}", align="left", style="dim"))
                case "putus":
                    self.console.print(
                        Line(f"{step.baris} berhenti bersama SOP {step.kesimpulan['sop']}", align="left", style="red")
                    )
            if step.jenis == "panggil" or "baris" in step.kesimpulan:
                self.row(next(rows))
        self.closing()

    def opening(self) -> None:
        sop = self.engine.regulation.sop[self.result.sop]
        self.console.print(Text.assemble((self.result.kasus, "bold"), "  ", status_text(self.result.status)))
        self.console.print(Text(f"{sop.judul} ({sop.pasal})"))
        package = self.case.paket
        parts = [str(package[key]) for key in ("nama", "jenis") if key in package]
        if "pagu" in package:
            parts.append(f"pagu {say_value(package['pagu'], Kind.RUPIAH)}")
        self.console.print(Text(" · ".join([*parts, f"mulai {say_value(self.case.tanggal)}"])), style="dim")
        if self.engine.regulation.pengecualian:
            self.console.print(Text(f"Menurut {self.engine.regulation.judul}", style="magenta"))
        for name, value in self.case.parameter.items():
            parameter = self.engine.regulation.parameter[name]
            self.console.print(
                Text(
                    f"Setelan lokal: {parameter.judul} {say_value(value, parameter.type.kind)} "
                    f"(peraturan: {say_value(parameter.nilai, parameter.type.kind)})",
                    style="magenta",
                )
            )

    def row(self, row_id: str) -> None:
        row = self.engine.regulation.row(row_id)
        self.console.print()
        self.console.print(
            Text.assemble((f"{row_id}  ", "bold cyan"), (_activity(row), "bold" if row.keputusan else ""))
        )
        if row.pelaksana is not None:
            who = self.engine.regulation.peran[row.pelaksana.peran].nama
            sure = (
                ""
                if not row.pelaksana.disimpulkan or row.pelaksana.keyakinan == "tinggi"
                else f" (pelaksana disimpulkan, keyakinan {row.pelaksana.keyakinan})"
            )
            time = f" · {row.waktu.tertulis}" if row.waktu is not None else ""
            self.say(f"oleh {who}{sure}{time}", "", "dim")

    def decision(self, decision: Keputusan, step: Jejak, rule: Rule) -> None:
        title = rule.decision.judul if rule.decision is not None else decision.id
        self.hang(Text("◆ "), Text.assemble(f"{title}: ", (decision.nilai, "bold"), f" → {decision.lanjut}"), 4)
        self.detail("karena", reason(rule, {**step.premis}))
        for name, value in decision.hasil.items():
            self.detail("hasil", f"{name.replace('_', ' ')} {say_value(value, Kind.DAY)}")
        self.detail("kata peraturan", f"“{decision.kutipan}”")
        if decision.sumber is not None:
            self.detail("", Text(source_text(decision.sumber), style="magenta"))
            self.detail("isinya", decision.sumber.isi)
        basis = Text(decision.dasar, style=BASIS_STYLE[decision.dasar])
        basis.append(f" · aturan {decision.aturan}", style="dim")
        self.detail("dasar", basis)
        if decision.dasar == "setelan-lokal":
            self.detail("", "angkanya ditetapkan oleh kasus ini, bukan oleh peraturan")
        for anomaly in decision.anomali:
            if anomaly in self.told:
                self.detail(anomaly, Text("dibaca seperti di atas", style="yellow"))
                continue
            self.told.add(anomaly)
            register = self.engine.regulation.anomali[anomaly]
            self.detail(anomaly, Text(register.catatan))
            self.detail("dibaca", Text(register.bacaan, style="yellow"))
            self.detail("bacaan lain", Text(register.alternatif, style="dim"))

    def derivation(self, step: Jejak, rule: Rule) -> None:
        fact = rule.fact
        if fact is None or fact.turunan is None:
            return
        found = step.premis[fact.turunan.collection]
        listed = f"entri nomor {', '.join(map(str, found))}" if found else "tidak ada entri"
        self.say(
            f"{fact.symbol.title}: {say_value(step.kesimpulan[fact.id])}, disimpulkan dari "
            f"{fact.turunan.collection.replace('_', ' ')} ({listed} yang cocok pada {say_value(self.case.tanggal)})",
            "∴",
            "",
        )

    def paper(self, paper: Dokumen) -> None:
        origin = f" (lembar yang sama dengan {paper.salinan_dari})" if paper.salinan_dari else ""
        read = f" · tafsir {', '.join(paper.anomali)}" if paper.anomali else ""
        self.say(f"naskah: {paper.judul}{origin}{read}", "▪", "")

    def closing(self) -> None:
        self.console.print()
        self.console.print(Line(style="dim"))
        for waiting in self.result.menunggu:
            question = self.engine.regulation.fakta[waiting.fakta].pertanyaan
            key = waiting.fakta if "." in waiting.fakta else f"fakta.{waiting.fakta}"
            self.console.print(Text(f"MENUNGGU di {waiting.baris}: {question} (isi `{key}`)", style="bold yellow"))
        for warning in self.result.peringatan:
            self.console.print(Text(f"Peringatan: {warning}.", style="yellow"))
        read = list(dict.fromkeys(name for decision in self.result.keputusan for name in decision.anomali))
        summary = f"{len(self.result.keputusan)} keputusan, {len(self.result.dokumen)} naskah"
        if read:
            summary += f"; tafsir yang dipakai: {', '.join(read)}"
        self.console.print(Text.assemble("Status: ", status_text(self.result.status), f" · {summary}"))

    def say(self, words: str, mark: str, style: str) -> None:
        self.hang(Text(f"{mark} " if mark else ""), Text(words, style=style), 4)

    def detail(self, label: str, words: str | Text) -> None:
        self.hang(Text(f"{label:<15}", style="dim"), Text.assemble(words), 6)

    def hang(self, lead: Text, body: Text, indent: int) -> None:
        """Prints words after a lead, further lines hanging below the first word."""
        print_hanging(self.console, Text.assemble(" " * indent, lead), body, indent + len(lead))


def _activity(row: Row) -> str:
    """The activity without the list of branches, which the decision below it quotes."""
    text = row.kegiatan
    quotes = [branch.citation.kutipan for decision in row.keputusan for branch in decision.cabang]
    starts = [start for quote in quotes if (start := text.find(quote)) > 0]
    return re.sub(r"[\s:]*(\b[a-d0-9]+[.)])?\s*$", "", text[: min(starts)]) if starts else text


def reason(rule: Rule, premises: Mapping[str, Any]) -> str:
    """The part of the rule's condition that held, with the values that it read."""
    if rule.condition is None:
        return ""
    values = {name: _typed(rule, name, value) for name, value in premises.items()}
    for part in rule.condition.parts if isinstance(rule.condition, Or) else (rule.condition,):
        known = all(symbol.name in values or not symbol.wajib for symbol in symbols_of(part))
        if known and compile_condition(part)(values, {}):
            return say(part, premises)
    return say(rule.condition, premises)


def _typed(rule: Rule, name: str, value: Any) -> Any:
    """A value of the trace, where days are ISO text, as conditions compare it."""
    is_day = any(symbol.name == name and symbol.type.kind is Kind.DAY for symbol in rule.names)
    return date.fromisoformat(value) if is_day else value
