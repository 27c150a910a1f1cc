"""Builds the SOP tables of a regulation, row by row, over a vocabulary that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pbj_rules.language.normal import alternatives, count_alternatives
from pbj_rules.language.tree import Condition, Kind, Present, Source, Symbol, Term, symbols_of
from pbj_rules.regulation.checking import MOST_ALTERNATIVES, Checker, Known
from pbj_rules.regulation.model import (
    Branch,
    Call,
    Citation,
    Decision,
    Item,
    LiteralBranch,
    LiteralWording,
    Performer,
    Row,
    RowDocument,
    Sop,
    Transition,
    WorkingTime,
)
from pbj_rules.regulation.rule_file import RuleFile, RulePath

__all__ = ["TableBuilder"]


class TableBuilder(Checker):
    """Makes the tables; ids of rules and decisions are single over all of them."""

    def __init__(self, known: Known) -> None:
        super().__init__(known)
        self.rules: set[str] = set()
        self.decisions: set[str] = set()

    def sop(self, file: RuleFile) -> Sop:
        value = file.value
        rows = {
            row["label"]: self.row(file, value["sop"], row, ("baris", number))
            for number, row in enumerate(value["baris"])
        }
        for number, column in enumerate(value["kolom"]):
            self.check_known(column["peran"], self.known.roles, "peran", file, ("kolom", number, "peran"))
        return Sop(
            value["sop"],
            value["judul"],
            value["pasal"],
            tuple((c["judul"], c["peran"]) for c in value["kolom"]),
            value["kolom_keterangan"],
            rows,
            file.name,
        )

    def row(self, file: RuleFile, sop: str, row: dict[str, Any], path: RulePath) -> Row:
        performer = row["pelaksana"]
        if performer is not None:
            for role in (performer["peran"], *performer["juga"]):
                self.check_known(role, self.known.roles, "peran", file, (*path, "pelaksana"))
        for anomaly in row["anomali"]:
            self.check_known(anomaly, self.known.anomalies, "anomali", file, (*path, "anomali"))
        if (row["jenis"] == "keputusan") != bool(row["keputusan"]):
            self.note(
                file,
                path,
                f"baris `{sop}/{row['label']}` berjenis `{row['jenis']}`",
                "`keputusan:` pada baris berjenis keputusan, dan hanya di sana",
            )
        if row["keputusan"] and row["lanjut"]:
            self.note(file, (*path, "lanjut"), "baris keputusan berlanjut menurut cabangnya", remedy="hapus `lanjut:`")
        if row["keputusan"] and row["panggil"]:
            self.note(file, (*path, "panggil"), "baris keputusan tidak memanggil SOP lain", remedy="pisahkan barisnya")
        asked = [
            self.known.vocabulary.symbols[name]
            for decision in row["keputusan"]
            for name in decision["fakta"]
            if name in self.known.vocabulary.symbols
        ]
        return Row(
            f"{sop}/{row['label']}",
            row["label"],
            row["nomor_tercetak"],
            row["jenis"],
            row["kegiatan"],
            _performer(performer),
            self.items(file, row, path, "kelengkapan"),
            _time(row["waktu"]),
            self.items(file, row, path, "output"),
            row["keterangan"],
            tuple(row["anomali"]),
            row["baris_naskah"],
            tuple(self.decision(file, sop, entry, (*path, "keputusan", n)) for n, entry in enumerate(row["keputusan"])),
            self.transition(file, sop, row["lanjut"], (*path, "lanjut")),
            row["status"],
            tuple(
                call
                for n, entry in enumerate(row["panggil"])
                if (call := self.call(file, entry, (*path, "panggil", n))) is not None
            ),
            tuple(
                paper
                for n, entry in enumerate(row["dokumen"])
                if (paper := self.row_document(file, entry, asked, (*path, "dokumen", n))) is not None
            ),
            file.name,
            file.problem(path, "").line or 0,
        )

    def items(self, file: RuleFile, row: dict[str, Any], path: RulePath, column: str) -> tuple[Item, ...]:
        for number, entry in enumerate(row[column]):
            if entry["dokumen"] is not None:
                self.check_known(
                    entry["dokumen"], self.known.documents, "dokumen", file, (*path, column, number, "dokumen")
                )
        return tuple(
            Item(entry["teks"], entry["penanda"], entry["dokumen"], entry["bukan_dokumen"]) for entry in row[column]
        )

    def decision(self, file: RuleFile, sop: str, entry: dict[str, Any], path: RulePath) -> Decision:
        symbols = []
        for number, name in enumerate(entry["fakta"]):
            if self.check_known(name, self.known.facts, "fakta", file, (*path, "fakta", number)):
                symbols.append(self.known.vocabulary.symbols[name])
        branches = tuple(
            self.branch(file, sop, item, symbols, (*path, "cabang", n)) for n, item in enumerate(entry["cabang"])
        )
        wording = self.wording(file, entry, symbols, (*path, "harfiah"))
        decision = Decision(entry["id"], entry["judul"], tuple(symbols), branches, wording)
        if decision.id in self.decisions:
            self.note(file, (*path, "id"), f"keputusan `{decision.id}` tertulis dua kali", remedy="pakai id lain")
        self.decisions.add(decision.id)
        return decision

    def branch(self, file: RuleFile, sop: str, entry: dict[str, Any], known: list[Symbol], path: RulePath) -> Branch:
        rule = entry["aturan"]
        if rule in self.rules:
            self.note(file, (*path, "aturan"), f"aturan `{rule}` tertulis dua kali", remedy="pakai id lain")
        self.rules.add(rule)
        tree = self.joinless(entry["jika"], file, (*path, "jika"))
        if tree is not None:
            self.check_declared(symbols_of(tree), known, file, (*path, "jika"))
        computed: dict[str, Term] = {}
        for name, text in entry["hasil"].items():
            term = self.term(text, file, (*path, "hasil", name))
            if term is not None and tree is not None:
                self.check_computed(term, tree, known, file, (*path, "hasil", name))
                computed[name] = term
        target = self.target(file, sop, entry["lanjut"], (*path, "lanjut"))
        citation = self.resting_on(self.citation(entry, file, path), tree, computed)
        return Branch(rule, entry["nilai"], tree, entry["jika"], target, citation, entry["status"], computed)  # type: ignore[arg-type]  # a condition that is None stops the loading

    def resting_on(self, citation: Citation, tree: Condition | None, computed: Mapping[str, Term]) -> Citation:
        """A rule that reads a number which a layer has set rests on what the layer says of that number."""
        if citation.sumber is not None:
            return citation
        read = (tree, *computed.values()) if tree is not None else ()
        for symbol in (symbol for part in read for symbol in symbols_of(part)):
            if symbol.source is Source.PARAMETER:
                of_number = self.known.parameters[symbol.name].citation
                if of_number.sumber is not None:
                    return of_number
        return citation

    def wording(
        self, file: RuleFile, decision: dict[str, Any], known: list[Symbol], path: RulePath
    ) -> LiteralWording | None:
        entry = decision["harfiah"]
        if entry is None:
            return None
        for anomaly in entry["anomali"]:
            self.check_known(anomaly, self.known.anomalies, "anomali", file, (*path, "anomali"))
        values = [branch["nilai"] for branch in decision["cabang"]]
        branches = []
        for number, item in enumerate(entry["cabang"]):
            here = (*path, "cabang", number)
            self.check_known(item["nilai"], values, "nilai", file, (*here, "nilai"))
            tree = self.joinless(item["jika"], file, (*here, "jika"))
            if tree is not None:
                self.check_declared(symbols_of(tree), known, file, (*here, "jika"))
                branches.append(LiteralBranch(item["nilai"], tree, item["jika"], item["kutipan"]))
        return LiteralWording(tuple(entry["anomali"]), tuple(branches))

    def check_computed(self, term: Term, tree: Condition, known: list[Symbol], file: RuleFile, path: RulePath) -> None:
        """What a branch computes is a day, from names that have a value whenever the branch holds."""
        used = symbols_of(term)
        self.check_declared(used, known, file, path)
        if term.type.kind is not Kind.DAY:
            self.note(file, path, f"`hasil` berjenis `{term.type.kind.value}`", "jenis `tanggal`")
        if count_alternatives(tree) > MOST_ALTERNATIVES:
            return  # a problem of its own
        for symbol in used:
            if not symbol.wajib and any(Present(symbol) not in way for way in alternatives(tree)):
                self.note(
                    file,
                    path,
                    f"`{symbol.name}` boleh tidak ada, jadi belum tentu dapat dihitung",
                    remedy=f"tambahkan `ada {symbol.name}` pada setiap kemungkinan dalam `jika`",
                )

    def check_declared(self, used: Iterable[Symbol], known: list[Symbol], file: RuleFile, path: RulePath) -> None:
        """A branch uses only the facts that its decision asks for, so that waiting names them all."""
        for symbol in used:
            if symbol.source in (Source.ANSWER, Source.PACKAGE, Source.APPLICANT) and symbol not in known:
                self.note(
                    file,
                    path,
                    f"fakta `{symbol.name}` tidak ada dalam `fakta` keputusan ini",
                    remedy=f"tambahkan `{symbol.name}` ke `fakta:`",
                )

    def transition(self, file: RuleFile, sop: str, entry: dict[str, Any] | None, path: RulePath) -> Transition | None:
        if entry is None:
            return None
        anomalies = tuple(entry["anomali"])
        if entry["dasar"] == "tafsir" and not (anomalies and entry["penjelasan"]):
            self.note(
                file, path, "tafsir tanpa anomali atau penjelasan", remedy="sebutkan `anomali:` dan `penjelasan:`"
            )
        if entry["dasar"] == "tersurat" and not entry["kutipan"]:
            self.note(file, path, "lanjutan tersurat tanpa kutipan", remedy="kutip kata-kata peraturan")
        for anomaly in anomalies:
            self.check_known(anomaly, self.known.anomalies, "anomali", file, path)
        target = self.target(file, sop, entry["baris"], path)
        override = self.override(entry, file, path)
        return Transition(target, entry["dasar"], entry["kutipan"], anomalies, entry["penjelasan"], override)

    def call(self, file: RuleFile, entry: dict[str, Any], path: RulePath) -> Call | None:
        if not self.check_known(entry["sop"], self.known.labels, "SOP", file, (*path, "sop")):
            return None
        tree = self.beside(entry["jika"], [], file, (*path, "jika"))
        return Call(entry["sop"], tree, entry["jika"])

    def beside(self, text: str, asked: list[Symbol], file: RuleFile, path: RulePath) -> Condition | None:
        """The condition of a call or a paper: on what is known at every visit of its row."""
        tree = self.joinless(text, file, path) if text else None
        for symbol in symbols_of(tree) if tree is not None else ():
            always = symbol.source in (Source.PARAMETER, Source.CASE, Source.DECISION)
            if not always and (symbol not in asked or not symbol.wajib):
                self.note(
                    file,
                    path,
                    f"fakta `{symbol.name}` belum tentu diketahui di baris ini",
                    "`keputusan.…`, parameter, tanggal, atau fakta wajib keputusan baris ini sendiri",
                )
        return tree

    def row_document(
        self, file: RuleFile, entry: dict[str, Any], asked: list[Symbol], path: RulePath
    ) -> RowDocument | None:
        if not self.check_known(entry["id"], self.known.documents, "dokumen", file, (*path, "id")):
            return None
        if entry["salinan_dari"]:
            self.check_rows([entry["salinan_dari"]], file, (*path, "salinan_dari"))
        tree = self.beside(entry["jika"], asked, file, (*path, "jika"))
        return RowDocument(entry["id"], self.citation(entry, file, path), tree, entry["jika"], entry["salinan_dari"])


def _performer(entry: dict[str, Any] | None) -> Performer | None:
    return Performer(entry["peran"], tuple(entry["juga"]), entry["keyakinan"], entry["alasan"]) if entry else None


def _time(entry: dict[str, Any] | None) -> WorkingTime | None:
    return WorkingTime(entry["tertulis"], entry["nilai"], entry["satuan"]) if entry else None
