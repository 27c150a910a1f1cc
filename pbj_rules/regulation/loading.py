"""Loads a regulation's folder of rule files into the model, or refuses it with everything wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from pbj_rules.case_shape import COLLECTIONS, MAX_AMOUNT, MAX_COUNT, kinds_of, kinds_of_case
from pbj_rules.errors import InputError, Problem, RuleError
from pbj_rules.language.lexer import ConditionError
from pbj_rules.language.normal import alternatives, count_alternatives
from pbj_rules.language.parser import RESERVED, Vocabulary, parse_condition, parse_term
from pbj_rules.language.tree import Condition, Exists, Kind, Present, Source, Symbol, Term, Type, symbols_of
from pbj_rules.reading import Node, read_file
from pbj_rules.regulation.files import FILES, SOP_FILE
from pbj_rules.regulation.flow import flow_problems
from pbj_rules.regulation.model import (
    Anomaly,
    Basis,
    Branch,
    Call,
    Citation,
    Collection,
    Decision,
    DocumentType,
    Fact,
    Item,
    Parameter,
    Performer,
    Regulation,
    Role,
    Row,
    RowDocument,
    Sop,
    Transition,
    WorkingTime,
)
from pbj_rules.shapes import Shape, nearest, read_shape

__all__ = ["load_regulation"]

_MOST_ALTERNATIVES = 16  # each becomes a rule of the engine, which takes few at one row
_MOST_NAMES = 8  # each becomes a pattern of such a rule
Path_ = tuple[str | int, ...]


def load_regulation(directory: Path) -> Regulation:
    """The regulation whose files stand in ``directory``.

    Raises RuleError that lists, for all files at once, every syntax error, unknown key, duplicate or
    unknown id, missing citation, wrong type in a condition, branch without a target, dangling or
    unreachable row, each with file, line and remedy.
    """
    return _Loader(directory).load()


@frozen
class _File:
    """A rule file as read: its plain value, and its nodes for the lines of later problems."""

    name: str
    node: Node
    value: Any

    def problem(self, path: Path_, message: str, expected: str = "", remedy: str = "") -> Problem:
        node, line, shown = self.node, self.node.line, ""
        for step in path:
            if isinstance(step, int):
                shown += f"[{step + 1}]"
                if isinstance(node.value, list) and step < len(node.value):
                    node = node.value[step]
                    line = node.line
            else:
                shown += f".{step}" if shown else step
                if isinstance(node.value, dict) and step in node.value:
                    line = node.key_lines.get(step) or node.value[step].line
                    node = node.value[step]
        return Problem(message, self.name, line, shown, expected, remedy)


@frozen
class _Loader:
    directory: Path
    problems: list[Problem] = field(factory=list)

    def load(self) -> Regulation:
        head = self.read("regulasi.yaml", FILES["regulasi"])
        parts = {name: self.read(f"{name}.yaml", shape) for name, shape in FILES.items() if name != "regulasi"}
        names = head.value["sop"] if head is not None else []
        sops = [file for name in names if (file := self.read(name, SOP_FILE)) is not None]
        self.stop_on_problems()
        assert head is not None  # a missing file is a problem, and problems have stopped us
        files = {name: file for name, file in parts.items() if file is not None}
        return _Builder(head, files, sops, self.problems).build()

    def read(self, name: str, shape: Shape) -> _File | None:
        path = self.directory / name
        try:
            node = read_file(path)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        value, problems = read_shape(shape, node, str(path))
        self.problems.extend(problems)
        return None if problems else _File(str(path), node, value)

    def stop_on_problems(self) -> None:
        if self.problems:
            raise RuleError(self.problems)


class _Builder:
    """Turns checked files into the model; notes every name that leads nowhere."""

    def __init__(self, head: _File, parts: Mapping[str, _File], sops: list[_File], problems: list[Problem]) -> None:
        self.head, self.parts, self.sop_files, self.problems = head, parts, sops, problems
        self.rules: dict[str, str] = {}
        self.decisions: dict[str, Decision] = {}

    def build(self) -> Regulation:
        self.roles = self.keyed("peran", lambda entry, _: Role(entry["id"], entry["nama"]))
        self.documents = self.keyed("dokumen", lambda entry, _: self.document(entry))
        self.anomalies = self.keyed("anomali", lambda entry, _: self.anomaly(entry))
        self.collections = self.keyed("fakta", self.collection, "koleksi")
        self.labels = self.row_labels()
        self.parameters = self.keyed("parameter", self.parameter)
        self.vocabulary = self.make_vocabulary()
        self.facts = self.keyed("fakta", self.fact)
        sops = {file.value["sop"]: self.sop(file) for file in self.sop_files}
        self.check_anomaly_rows()
        if self.problems:
            raise RuleError(self.problems)
        regulation = Regulation(
            self.head.value["id"],
            self.head.value["judul"],
            self.head.value["berlaku_sejak"],
            sops,
            self.parameters,
            self.facts,
            self.collections,
            self.roles,
            self.documents,
            self.anomalies,
        )
        if problems := flow_problems(regulation):
            raise RuleError(problems)
        return regulation

    def note(self, file: _File, path: Path_, message: str, expected: str = "", remedy: str = "") -> None:
        self.problems.append(file.problem(path, message, expected, remedy))

    def keyed(self, part: str, make: Any, key: str = "") -> dict[str, Any]:
        """The entries of a list by their id; a second one with the same id is a problem."""
        file = self.parts[part]
        key = key or part
        made: dict[str, Any] = {}
        for number, entry in enumerate(file.value[key]):
            if entry["id"] in made:
                self.note(file, (key, number, "id"), f"id `{entry['id']}` tertulis dua kali", remedy="pakai id lain")
            made[entry["id"]] = make(entry, (file, (key, number)))
        return made

    def row_labels(self) -> dict[str, set[str]]:
        labels: dict[str, set[str]] = {}
        for file in self.sop_files:
            sop = file.value["sop"]
            if sop in labels:
                self.note(file, ("sop",), f"SOP `{sop}` tertulis dua kali", remedy="pakai id lain")
            mine = labels.setdefault(sop, set())
            for number, row in enumerate(file.value["baris"]):
                if row["label"] in mine:
                    self.note(
                        file,
                        ("baris", number, "label"),
                        f"baris `{sop}/{row['label']}` tertulis dua kali",
                        remedy="pakai label lain",
                    )
                mine.add(row["label"])
        return labels

    def document(self, entry: dict[str, Any]) -> DocumentType:
        return DocumentType(
            entry["id"],
            entry["judul"],
            entry["jenis"],
            entry["dibuat_oleh"],
            entry["penanda_tangan"],
            entry["isi"],
            entry["urutan_templat"],
            tuple(entry["nama_dalam_teks"]),
        )

    def anomaly(self, entry: dict[str, Any]) -> Anomaly:
        return Anomaly(
            entry["id"],
            entry["jenis"],
            tuple(entry["baris"]),
            tuple(entry["tambahan_baris"]),
            entry["catatan"],
            entry["bacaan"],
            entry["alternatif"],
        )

    def collection(self, entry: dict[str, Any], at: tuple[_File, Path_]) -> Collection:
        file, path = at
        columns = {column["id"]: Type(Kind(column["tipe"])) for column in entry["kolom"]}
        if self.check_known(entry["id"], COLLECTIONS, "daftar kasus", file, (*path, "id")):
            fields = COLLECTIONS[entry["id"]].fields
            for number, (name, of) in enumerate(columns.items()):
                here = (*path, "kolom", number)
                if self.check_known(name, fields, "kolom", file, here) and of.kind not in kinds_of(fields[name].shape):
                    self.note(
                        file, here, f"kolom `{name}` tidak dapat berjenis `{of.kind.value}`", remedy="perbaiki `tipe:`"
                    )
                elif name in fields and not fields[name].required:
                    self.note(file, here, f"kolom `{name}` boleh tidak ada", remedy="pakai kolom yang wajib")
        return Collection(entry["id"], entry["judul"], columns)

    def parameter(self, entry: dict[str, Any], at: tuple[_File, Path_]) -> Parameter:
        file, path = at
        self.check_rows(entry["baris"], file, (*path, "baris"))
        most = _most(Kind(entry["tipe"]))
        if not 0 <= entry["minimum"] <= entry["nilai"] <= most:
            self.note(
                file, (*path, "nilai"), f"nilai `{entry['id']}` di luar batas", f"{entry['minimum']} sampai {most}"
            )
        if entry["id"] in RESERVED:
            self.note(file, (*path, "id"), f"`{entry['id']}` kata kondisi", remedy="pakai nama lain")
        return Parameter(
            entry["id"],
            entry["judul"],
            entry["nilai"],
            Type(Kind(entry["tipe"])),
            entry["satuan"],
            entry["minimum"],
            self.citation(entry, file, path),
            tuple(entry["baris"]),
        )

    def make_vocabulary(self) -> Vocabulary:
        symbols: dict[str, Symbol] = {}
        file = self.parts["fakta"]
        for number, entry in enumerate(file.value["fakta"]):
            name = entry["id"]
            if name in self.parameters:
                self.note(file, ("fakta", number, "id"), f"`{name}` sudah menjadi parameter", remedy="pakai nama lain")
            if name in RESERVED:
                self.note(file, ("fakta", number, "id"), f"`{name}` kata kondisi", remedy="pakai nama lain")
            of = Type(Kind(entry["tipe"]), tuple(entry["nilai"]))
            symbols[name] = Symbol(name, Source(entry["asal"]), of, entry["judul"], entry["wajib"])
        for parameter in self.parameters.values():
            symbols[parameter.id] = Symbol(parameter.id, Source.PARAMETER, parameter.type, parameter.judul)
        for sop in self.sop_files:
            for row in sop.value["baris"]:
                for decision in row["keputusan"]:
                    name = f"keputusan.{decision['id']}"
                    values = tuple(dict.fromkeys(branch["nilai"] for branch in decision["cabang"]))
                    symbols[name] = Symbol(name, Source.DECISION, Type(Kind.CHOICE, values), decision["judul"])
        return Vocabulary(symbols, {name: collection.kolom for name, collection in self.collections.items()})

    def fact(self, entry: dict[str, Any], at: tuple[_File, Path_]) -> Fact:
        file, path = at
        self.check_rows(entry["baris"], file, (*path, "baris"))
        kind = Kind(entry["tipe"])
        if kind in (Kind.CHOICE, Kind.CHOICES) and not entry["nilai"]:
            self.note(file, path, f"fakta `{entry['id']}` tanpa daftar nilai", remedy="tambahkan `nilai:`")
        if kind not in (Kind.CHOICE, Kind.CHOICES) and entry["nilai"]:
            self.note(
                file, (*path, "nilai"), f"jenis `{kind.value}` tidak memakai daftar nilai", remedy="hapus `nilai:`"
            )
        self.check_source(entry, kind, file, path)
        bounds = entry["batas"] or {"minimum": 0, "maksimum": _most(kind)}
        if not 0 <= bounds["minimum"] <= bounds["maksimum"] <= _most(kind):
            self.note(file, (*path, "batas"), f"batas `{entry['id']}` tidak sah", f"dalam 0 sampai {_most(kind)}")
        derived, citation, text = None, None, ""
        if entry["turunan"] is not None:
            text = entry["turunan"]["jika"]
            tree = self.condition(text, file, (*path, "turunan", "jika"))
            citation = self.citation(entry["turunan"], file, (*path, "turunan"))
            if (
                isinstance(tree, Exists)
                and kind is Kind.FLAG
                and entry["wajib"]
                and entry["asal"] == Source.ANSWER.value
            ):
                derived = tree
            elif tree is not None:
                self.note(
                    file,
                    (*path, "turunan"),
                    "fakta ini tidak dapat diturunkan",
                    "fakta wajib berjenis ya-tidak, berasal dari jawaban, dengan `ada … dalam … dengan (…)`",
                )
            for symbol in symbols_of(tree) if tree is not None else ():
                if symbol.source in (Source.ANSWER, Source.DECISION):
                    self.note(
                        file,
                        (*path, "turunan", "jika"),
                        f"`{symbol.name}` berubah menurut kunjungan",
                        "kolom unsur, parameter, tanggal, paket atau pemohon",
                    )
        return Fact(
            entry["id"],
            self.vocabulary.symbols[entry["id"]],
            entry["satuan"],
            bounds["minimum"],
            bounds["maksimum"],
            entry["pertanyaan"],
            tuple(entry["baris"]),
            derived,
            text,
            citation,
        )

    def check_source(self, entry: dict[str, Any], kind: Kind, file: _File, path: Path_) -> None:
        """A fact that does not come from an answer is a key that cases have, of a kind that the key can hold."""
        source, name = Source(entry["asal"]), entry["id"]
        if source is Source.ANSWER:
            if "." in name:
                self.note(
                    file, (*path, "id"), f"nama jawaban `{name}` memuat titik", remedy="hubungkan katanya dengan `_`"
                )
            return
        known = kinds_of_case(source)
        if name not in known:
            self.note(
                file,
                (*path, "id"),
                f"kasus tidak memuat `{name}` dengan asal `{source.value}`",
                "salah satu dari " + ", ".join(known),
                nearest(name, known),
            )
        elif kind not in known[name]:
            self.note(
                file,
                (*path, "tipe"),
                f"`{name}` tidak dapat berjenis `{kind.value}`",
                " atau ".join(sorted(kind.value for kind in known[name])),
            )
        if not entry["wajib"]:
            self.note(file, (*path, "wajib"), "hanya jawaban yang boleh tidak ada", remedy="hapus `wajib: false`")

    def sop(self, file: _File) -> Sop:
        value = file.value
        rows = {
            row["label"]: self.row(file, value["sop"], row, ("baris", number))
            for number, row in enumerate(value["baris"])
        }
        for number, column in enumerate(value["kolom"]):
            self.check_known(column["peran"], self.roles, "peran", file, ("kolom", number, "peran"))
        return Sop(
            value["sop"],
            value["judul"],
            value["pasal"],
            tuple((c["judul"], c["peran"]) for c in value["kolom"]),
            value["kolom_keterangan"],
            rows,
            file.name,
        )

    def row(self, file: _File, sop: str, row: dict[str, Any], path: Path_) -> Row:
        performer = row["pelaksana"]
        if performer is not None:
            for role in (performer["peran"], *performer["juga"]):
                self.check_known(role, self.roles, "peran", file, (*path, "pelaksana"))
        for anomaly in row["anomali"]:
            self.check_known(anomaly, self.anomalies, "anomali", file, (*path, "anomali"))
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
            self.vocabulary.symbols[name]
            for decision in row["keputusan"]
            for name in decision["fakta"]
            if name in self.vocabulary.symbols
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
            tuple(self.call(file, entry, (*path, "panggil", n)) for n, entry in enumerate(row["panggil"])),
            tuple(
                self.row_document(file, entry, asked, (*path, "dokumen", n)) for n, entry in enumerate(row["dokumen"])
            ),
            file.name,
            file.problem(path, "").line or 0,
        )

    def items(self, file: _File, row: dict[str, Any], path: Path_, column: str) -> tuple[Item, ...]:
        for number, entry in enumerate(row[column]):
            if entry["dokumen"] is not None:
                self.check_known(entry["dokumen"], self.documents, "dokumen", file, (*path, column, number, "dokumen"))
        return tuple(
            Item(entry["teks"], entry["penanda"], entry["dokumen"], entry["bukan_dokumen"]) for entry in row[column]
        )

    def decision(self, file: _File, sop: str, entry: dict[str, Any], path: Path_) -> Decision:
        symbols = []
        for number, name in enumerate(entry["fakta"]):
            if self.check_known(name, self.facts, "fakta", file, (*path, "fakta", number)):
                symbols.append(self.vocabulary.symbols[name])
        branches = tuple(
            self.branch(file, sop, item, symbols, (*path, "cabang", n)) for n, item in enumerate(entry["cabang"])
        )
        decision = Decision(entry["id"], entry["judul"], tuple(symbols), branches)
        if decision.id in self.decisions:
            self.note(file, (*path, "id"), f"keputusan `{decision.id}` tertulis dua kali", remedy="pakai id lain")
        self.decisions[decision.id] = decision
        return decision

    def branch(self, file: _File, sop: str, entry: dict[str, Any], known: list[Symbol], path: Path_) -> Branch:
        rule = entry["aturan"]
        if rule in self.rules:
            self.note(file, (*path, "aturan"), f"aturan `{rule}` tertulis dua kali", remedy="pakai id lain")
        self.rules[rule] = file.name
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
        citation = self.citation(entry, file, path)
        return Branch(rule, entry["nilai"], tree, entry["jika"], target, citation, entry["status"], computed)  # type: ignore[arg-type]  # a condition that is None stops the loading

    def check_computed(self, term: Term, tree: Condition, known: list[Symbol], file: _File, path: Path_) -> None:
        """What a branch computes is a day, from names that have a value whenever the branch holds."""
        used = symbols_of(term)
        self.check_declared(used, known, file, path)
        if term.type.kind is not Kind.DAY:
            self.note(file, path, f"`hasil` berjenis `{term.type.kind.value}`", "jenis `tanggal`")
        if count_alternatives(tree) > _MOST_ALTERNATIVES:
            return  # a problem of its own
        for symbol in used:
            if not symbol.wajib and any(Present(symbol) not in way for way in alternatives(tree)):
                self.note(
                    file,
                    path,
                    f"`{symbol.name}` boleh tidak ada, jadi belum tentu dapat dihitung",
                    remedy=f"tambahkan `ada {symbol.name}` pada setiap kemungkinan dalam `jika`",
                )

    def check_declared(self, used: Iterable[Symbol], known: list[Symbol], file: _File, path: Path_) -> None:
        """A branch uses only the facts that its decision asks for, so that waiting names them all."""
        for symbol in used:
            if symbol.source in (Source.ANSWER, Source.PACKAGE, Source.APPLICANT) and symbol not in known:
                self.note(
                    file,
                    path,
                    f"fakta `{symbol.name}` tidak ada dalam `fakta` keputusan ini",
                    remedy=f"tambahkan `{symbol.name}` ke `fakta:`",
                )

    def transition(self, file: _File, sop: str, entry: dict[str, Any] | None, path: Path_) -> Transition | None:
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
            self.check_known(anomaly, self.anomalies, "anomali", file, path)
        target = self.target(file, sop, entry["baris"], path)
        return Transition(target, entry["dasar"], entry["kutipan"], anomalies, entry["penjelasan"])

    def call(self, file: _File, entry: dict[str, Any], path: Path_) -> Call:
        self.check_known(entry["sop"], self.labels, "SOP", file, (*path, "sop"))
        tree = self.beside(entry["jika"], [], file, (*path, "jika"))
        return Call(entry["sop"], tree, entry["jika"])

    def beside(self, text: str, asked: list[Symbol], file: _File, path: Path_) -> Condition | None:
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

    def row_document(self, file: _File, entry: dict[str, Any], asked: list[Symbol], path: Path_) -> RowDocument:
        self.check_known(entry["id"], self.documents, "dokumen", file, (*path, "id"))
        if entry["salinan_dari"]:
            self.check_rows([entry["salinan_dari"]], file, (*path, "salinan_dari"))
        tree = self.beside(entry["jika"], asked, file, (*path, "jika"))
        return RowDocument(entry["id"], self.citation(entry, file, path), tree, entry["jika"], entry["salinan_dari"])

    def citation(self, entry: dict[str, Any], file: _File, path: Path_) -> Citation:
        anomalies = tuple(entry["anomali"])
        basis = Basis(entry["dasar"])
        if basis is Basis.INTERPRETATION and not (anomalies and entry["penjelasan"]):
            self.note(
                file, path, "tafsir tanpa anomali atau penjelasan", remedy="sebutkan `anomali:` dan `penjelasan:`"
            )
        if basis is Basis.TEXT and anomalies:
            self.note(
                file, path, "yang tersurat tidak membaca anomali", remedy="hapus `anomali:` atau tulis `dasar: tafsir`"
            )
        for anomaly in anomalies:
            self.check_known(anomaly, self.anomalies, "anomali", file, (*path, "anomali"))
        return Citation(basis, entry["kutipan"], anomalies, entry["penjelasan"])

    def joinless(self, text: str, file: _File, path: Path_) -> Condition | None:
        """A condition outside `turunan`: a case may give no such list, so only a derived fact may look into one."""
        tree = self.condition(text, file, path)
        if tree is not None and any(symbol.source is Source.ELEMENT for symbol in symbols_of(tree)):
            self.note(
                file,
                path,
                "`ada … dalam …` hanya dipakai dalam `turunan` suatu fakta",
                remedy="buat fakta turunan dan pakai fakta itu",
            )
        return tree

    def condition(self, text: str, file: _File, path: Path_) -> Condition | None:
        try:
            tree = parse_condition(text, self.vocabulary)
        except ConditionError as error:
            self.note_condition(error, text, file, path)
            return None
        # Either way round: a skipped call and a fact that is not derived rest on the negation.
        if max(count_alternatives(tree), count_alternatives(tree, truth=False)) > _MOST_ALTERNATIVES:
            self.note(
                file,
                path,
                "kondisi memuat terlalu banyak kemungkinan",
                f"paling banyak {_MOST_ALTERNATIVES}",
                "pecah menjadi beberapa cabang",
            )
        elif len(symbols_of(tree)) > _MOST_NAMES:
            self.note(file, path, "kondisi memakai terlalu banyak nama", f"paling banyak {_MOST_NAMES}")
        return tree

    def term(self, text: str, file: _File, path: Path_) -> Term | None:
        try:
            return parse_term(text, self.vocabulary)
        except ConditionError as error:
            self.note_condition(error, text, file, path)
            return None

    def note_condition(self, error: ConditionError, text: str, file: _File, path: Path_) -> None:
        self.note(file, path, f"{error.message}, di kolom {error.column} dari `{text}`", error.expected, error.remedy)

    def target(self, file: _File, sop: str, label: str, path: Path_) -> str:
        """The row id of a label; a label without a row dangles."""
        if label not in self.labels[sop]:
            remedy = nearest(label, sorted(self.labels[sop])) or "pilih baris SOP ini"
            self.note(file, path, f"baris tujuan `{sop}/{label}` tidak ada", remedy=remedy)
        return f"{sop}/{label}"

    def check_known(self, name: str, names: Iterable[str], what: str, file: _File, path: Path_) -> bool:
        if name in (known := list(names)):
            return True
        self.note(file, path, f"{what} `{name}` tidak dikenal", remedy=nearest(name, known) or f"periksa daftar {what}")
        return False

    def check_rows(self, rows: Iterable[str], file: _File, path: Path_) -> None:
        for row in rows:
            sop, _, label = row.partition("/")
            if label not in self.labels.get(sop, ()):
                self.note(file, path, f"baris `{row}` tidak ada", "sop/label")

    def check_anomaly_rows(self) -> None:
        """An anomaly names rows of the tables; those of the body, headings or blank rows are not rows here."""
        file = self.parts["anomali"]
        for number, entry in enumerate(file.value["anomali"]):
            rows = [row for row in (*entry["baris"], *entry["tambahan_baris"]) if "/" in row and "-kosong" not in row]
            self.check_rows(rows, file, ("anomali", number, "baris"))


def _performer(entry: dict[str, Any] | None) -> Performer | None:
    return Performer(entry["peran"], tuple(entry["juga"]), entry["keyakinan"], entry["alasan"]) if entry else None


def _most(kind: Kind) -> int:
    """The largest number of a kind; only an amount may exceed what can be added to a day."""
    return MAX_AMOUNT if kind is Kind.RUPIAH else MAX_COUNT


def _time(entry: dict[str, Any] | None) -> WorkingTime | None:
    return WorkingTime(entry["tertulis"], entry["nilai"], entry["satuan"]) if entry else None
