"""The data contract of the papers: what ``doc_templates/isian.yaml`` and ``isian/<id>.yaml`` declare.

Every value that a template may print is declared there with an Indonesian title: the title is what
a blank shows in a draft, and the declaration is what refuses a misspelt key of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from pbj_rules import shapes
from pbj_rules.documents.contract.deriving import Derived
from pbj_rules.reading import Node
from pbj_rules.shapes import Shape

__all__ = ["Contract", "Entry", "Extra", "PaperContract", "entry_at", "key_of", "record_shape"]

MAX_AMOUNT: Final = 10**15
MAX_COUNT: Final = 10**6
MAX_ROWS: Final = 500

_LINE: Final = shapes.Text(longest=2_000, pattern=r"[^\n\r\t]+", meaning="teks satu baris")
_SIMPLE: Final[dict[str, Shape]] = {
    "teks": _LINE,
    "nip": _LINE,
    "npwp": _LINE,
    "paragraf": shapes.Text(longest=20_000),
    "tanggal": shapes.Day(),
    "rupiah": shapes.Integer(0, MAX_AMOUNT, "rupiah"),
    "jumlah": shapes.Integer(0, MAX_COUNT),
    "ya-tidak": shapes.Flag(),
}


def key_of(identifier: str) -> str:
    """An id as a key or a template variable: ``sk-pokja`` is ``sk_pokja``."""
    return identifier.replace("-", "_")


@frozen
class Entry:
    """One value that staff give: its key, its title as a sentence says it, and its kind."""

    name: str
    title: str
    kind: str
    required: bool = True
    columns: tuple[Entry, ...] = ()
    choices: tuple[str, ...] = ()

    def shape(self) -> Shape:
        """How a case file must write this value."""
        if self.kind == "daftar":
            return _Rows(shapes.ListOf(record_shape(self.columns)))
        if self.kind == "kelompok":
            return record_shape(self.columns)
        if self.kind == "pilihan":
            return shapes.Choice(self.choices)
        return _SIMPLE[self.kind]


@frozen
class _Rows:
    """A list of bounded length, so that a case cannot ask for an endless table."""

    rows: shapes.ListOf

    def read(self, node: Node, place: shapes.Place) -> Any:
        if isinstance(node.value, list) and len(node.value) > MAX_ROWS:
            return place.note("daftar terlalu panjang", f"paling banyak {MAX_ROWS} butir")
        return self.rows.read(node, place)

    def schema(self) -> dict[str, Any]:
        return {**self.rows.schema(), "maxItems": MAX_ROWS}

    def expected(self) -> str:
        return self.rows.expected()


@frozen
class Extra:
    """A paper that practice needs and no row of the regulation names; a case asks for it by its ``isian``.

    ``title``: its name. ``when``: when an office makes it, in words.
    """

    title: str
    when: str


@frozen
class PaperContract:
    """What one paper reads: staff's entries, decisions with their values, and other papers."""

    id: str
    file: str
    entries: tuple[Entry, ...]
    decisions: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    letterhead: str = "kantor"
    letterhead_by: Mapping[str, Mapping[str, str]] = field(factory=dict)
    extra: Extra | None = None
    derived: tuple[Derived, ...] = ()

    def stated(self, decisions: Mapping[str, str]) -> tuple[str, ...]:
        """The values of the decisions that the paper states, as far as they were taken."""
        return tuple(decisions[name] for name in self.decisions if name in decisions)

    def letterhead_for(self, decisions: Mapping[str, str]) -> str:
        """Whose letterhead the paper has after these decisions: that of the office that signs it."""
        for decision, by_value in self.letterhead_by.items():
            if decisions.get(decision) in by_value:
                return by_value[decisions[decision]]
        return self.letterhead


@frozen
class Contract:
    """The whole declaration, read once."""

    file: str
    common: tuple[Entry, ...]
    shared: Mapping[str, tuple[Entry, ...]]
    case: Mapping[str, tuple[Entry, ...]]
    roles: Mapping[str, str]
    cited: tuple[str, ...]
    words: Mapping[str, str]
    papers: Mapping[str, PaperContract] = field(factory=dict)

    def entries_of(self, paper: str) -> tuple[Entry, ...]:
        """The entries of ``isian.<paper>``: number and date of every paper, then its own."""
        own = self.papers[paper].entries if paper in self.papers else ()
        return self.common + own


def record_shape(entries: tuple[Entry, ...]) -> shapes.Record:
    """No key is required by the shape: what is missing is a blank of the draft."""
    return shapes.Record({entry.name: shapes.Field(entry.shape(), False, entry.title) for entry in entries})


def entry_at(entries: tuple[Entry, ...], name: str) -> Entry | None:
    """The declared entry of a dotted name."""
    found: Entry | None = None
    for part in name.split("."):
        found = next((entry for entry in entries if entry.name == part), None)
        if found is None:
            return None
        entries = found.columns
    return found
