"""What building the vocabulary and building the tables share: known names, citations, conditions, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from pbj_rules.errors import Problem
from pbj_rules.language.lexer import ConditionError
from pbj_rules.language.normal import count_alternatives
from pbj_rules.language.parser import Vocabulary, parse_condition, parse_term
from pbj_rules.language.tree import Condition, Source, Term, symbols_of
from pbj_rules.regulation.model import (
    Anomaly,
    Basis,
    Citation,
    Collection,
    DocumentType,
    Fact,
    Parameter,
    Role,
)
from pbj_rules.regulation.rule_file import RuleFile, RulePath
from pbj_rules.shapes import nearest

if TYPE_CHECKING:
    from pbj_rules.regulation.override import Override

__all__ = ["MOST_ALTERNATIVES", "Checker", "Known"]

MOST_ALTERNATIVES: Final = 16  # each becomes a rule of the engine, which takes few at one row
_MOST_NAMES: Final = 8  # each becomes a pattern of such a rule


@define
class Known:
    """The names that the files read so far have made known, and what is wrong with them."""

    problems: list[Problem]
    labels: Mapping[str, set[str]]
    roles: Mapping[str, Role] = field(factory=dict)
    documents: Mapping[str, DocumentType] = field(factory=dict)
    anomalies: Mapping[str, Anomaly] = field(factory=dict)
    collections: Mapping[str, Collection] = field(factory=dict)
    parameters: Mapping[str, Parameter] = field(factory=dict)
    facts: Mapping[str, Fact] = field(factory=dict)
    overrides: Mapping[str, Override] = field(factory=dict)
    vocabulary: Vocabulary = field(factory=lambda: Vocabulary({}, {}))


class Checker:
    """Notes every name that leads nowhere, at its file and line."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def note(self, file: RuleFile, path: RulePath, message: str, expected: str = "", remedy: str = "") -> None:
        self.known.problems.append(file.problem(path, message, expected, remedy))

    def check_known(self, name: str, names: Iterable[str], what: str, file: RuleFile, path: RulePath) -> bool:
        if name in (known := list(names)):
            return True
        self.note(file, path, f"{what} `{name}` tidak dikenal", remedy=nearest(name, known) or f"periksa daftar {what}")
        return False

    def check_rows(self, rows: Iterable[str], file: RuleFile, path: RulePath) -> None:
        for row in rows:
            sop, _, label = row.partition("/")
            if label not in self.known.labels.get(sop, ()):
                self.note(file, path, f"baris `{row}` tidak ada", "sop/label")

    def target(self, file: RuleFile, sop: str, label: str, path: RulePath) -> str:
        """The row id of a label; a label without a row dangles."""
        if label not in self.known.labels[sop]:
            remedy = nearest(label, sorted(self.known.labels[sop])) or "pilih baris SOP ini"
            self.note(file, path, f"baris tujuan `{sop}/{label}` tidak ada", remedy=remedy)
        return f"{sop}/{label}"

    def citation(self, entry: dict[str, Any], file: RuleFile, path: RulePath) -> Citation:
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
            self.check_known(anomaly, self.known.anomalies, "anomali", file, (*path, "anomali"))
        return Citation(basis, entry["kutipan"], anomalies, entry["penjelasan"], self.override(entry, file, path))

    def override(self, entry: dict[str, Any], file: RuleFile, path: RulePath) -> Override | None:
        """The override of a layer that an entry rests on."""
        name = entry["sumber"]
        if not name or not self.check_known(name, self.known.overrides, "pengecualian", file, (*path, "sumber")):
            return None
        return self.known.overrides[name]

    def joinless(self, text: str, file: RuleFile, path: RulePath) -> Condition | None:
        """A condition outside `turunan`: a case may give no such list, so only a derived fact may look into one."""
        tree = self.condition(text, file, path)
        if tree is not None and any(symbol.source is Source.ELEMENT for symbol in symbols_of(tree)):
            self.note(
                file,
                path,
                "`ada … dalam …` hanya dipakai dalam `turunan` suatu fakta",
                remedy="buat fakta turunan dan pakai fakta itu",
            )
            return None
        return tree

    def condition(self, text: str, file: RuleFile, path: RulePath) -> Condition | None:
        try:
            tree = parse_condition(text, self.known.vocabulary)
        except ConditionError as error:
            self.note_condition(error, text, file, path)
            return None
        # Either way round: a skipped call and a fact that is not derived rest on the negation.
        if max(count_alternatives(tree), count_alternatives(tree, truth=False)) > MOST_ALTERNATIVES:
            self.note(
                file,
                path,
                "kondisi memuat terlalu banyak kemungkinan",
                f"paling banyak {MOST_ALTERNATIVES}",
                "pecah menjadi beberapa cabang",
            )
        elif len(symbols_of(tree)) > _MOST_NAMES:
            self.note(file, path, "kondisi memakai terlalu banyak nama", f"paling banyak {_MOST_NAMES}")
        return tree

    def term(self, text: str, file: RuleFile, path: RulePath) -> Term | None:
        try:
            return parse_term(text, self.known.vocabulary)
        except ConditionError as error:
            self.note_condition(error, text, file, path)
            return None

    def note_condition(self, error: ConditionError, text: str, file: RuleFile, path: RulePath) -> None:
        self.note(file, path, f"{error.message}, di kolom {error.column} dari `{text}`", error.expected, error.remedy)
