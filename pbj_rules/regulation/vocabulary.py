"""Builds the vocabulary of a regulation: roles, documents, anomalies, parameters, facts and collections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pbj_rules.case_parts import COLLECTIONS, MAX_AMOUNT, MAX_COUNT, kinds_of, kinds_of_case
from pbj_rules.language.parser import RESERVED, Vocabulary
from pbj_rules.language.tree import Exists, Kind, Source, Symbol, Type, symbols_of
from pbj_rules.regulation.checking import Checker, Known
from pbj_rules.regulation.model import Anomaly, Collection, DocumentType, Fact, Parameter, Role
from pbj_rules.regulation.rule_file import RuleFile, RulePath
from pbj_rules.shapes import nearest

__all__ = ["VocabularyBuilder"]


class VocabularyBuilder(Checker):
    """Makes the vocabulary from the files beside the tables, in an order that lets each use the ones before."""

    def __init__(self, known: Known, parts: Mapping[str, RuleFile], sop_files: Iterable[RuleFile]) -> None:
        super().__init__(known)
        self.parts, self.sop_files = parts, tuple(sop_files)

    def build(self) -> None:
        """Fills ``known``."""
        self.known.roles = self.keyed("peran", lambda entry, _: Role(entry["id"], entry["nama"]))
        self.known.documents = self.keyed("dokumen", lambda entry, _: self.document(entry))
        self.known.anomalies = self.keyed("anomali", lambda entry, _: self.anomaly(entry))
        self.known.collections = self.keyed("fakta", self.collection, "koleksi")
        self.known.parameters = self.keyed("parameter", self.parameter)
        self.known.vocabulary = self.make_vocabulary()
        self.known.facts = self.keyed("fakta", self.fact)
        self.check_anomaly_rows()

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

    def collection(self, entry: dict[str, Any], at: tuple[RuleFile, RulePath]) -> Collection:
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

    def parameter(self, entry: dict[str, Any], at: tuple[RuleFile, RulePath]) -> Parameter:
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
            if name in self.known.parameters:
                self.note(file, ("fakta", number, "id"), f"`{name}` sudah menjadi parameter", remedy="pakai nama lain")
            if name in RESERVED:
                self.note(file, ("fakta", number, "id"), f"`{name}` kata kondisi", remedy="pakai nama lain")
            of = Type(Kind(entry["tipe"]), tuple(entry["nilai"]))
            symbols[name] = Symbol(name, Source(entry["asal"]), of, entry["judul"], entry["wajib"])
        for parameter in self.known.parameters.values():
            symbols[parameter.id] = Symbol(parameter.id, Source.PARAMETER, parameter.type, parameter.judul)
        for sop in self.sop_files:
            for row in sop.value["baris"]:
                for decision in row["keputusan"]:
                    name = f"keputusan.{decision['id']}"
                    values = tuple(dict.fromkeys(branch["nilai"] for branch in decision["cabang"]))
                    symbols[name] = Symbol(name, Source.DECISION, Type(Kind.CHOICE, values), decision["judul"])
        return Vocabulary(symbols, {name: collection.kolom for name, collection in self.known.collections.items()})

    def fact(self, entry: dict[str, Any], at: tuple[RuleFile, RulePath]) -> Fact:
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
            self.known.vocabulary.symbols[entry["id"]],
            entry["satuan"],
            bounds["minimum"],
            bounds["maksimum"],
            entry["pertanyaan"],
            tuple(entry["baris"]),
            derived,
            text,
            citation,
        )

    def check_source(self, entry: dict[str, Any], kind: Kind, file: RuleFile, path: RulePath) -> None:
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

    def check_anomaly_rows(self) -> None:
        """An anomaly names rows of the tables; those of the body, headings or blank rows are not rows here."""
        file = self.parts["anomali"]
        for number, entry in enumerate(file.value["anomali"]):
            rows = [row for row in (*entry["baris"], *entry["tambahan_baris"]) if "/" in row and "-kosong" not in row]
            self.check_rows(rows, file, ("anomali", number, "baris"))


def _most(kind: Kind) -> int:
    """The largest number of a kind; only an amount may exceed what can be added to a day."""
    return MAX_AMOUNT if kind is Kind.RUPIAH else MAX_COUNT
