"""The regulation as the rules hold it: SOP tables row by row, and the vocabulary around them.

Attribute names are the words of the rule files and, through them, of the regulation. Every object
here is immutable; ``pbj_rules.regulation.loading`` is the only place that makes them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from pbj_rules.language.tree import Condition, Exists, Source, Symbol, Term, Type, symbols_of

if TYPE_CHECKING:
    from pbj_rules.regulation.override import Override

__all__ = [
    "Anomaly",
    "Basis",
    "Branch",
    "Call",
    "Citation",
    "Collection",
    "Decision",
    "DocumentType",
    "Fact",
    "Item",
    "Limit",
    "LiteralBranch",
    "LiteralWording",
    "Parameter",
    "Performer",
    "Regulation",
    "Role",
    "Row",
    "RowDocument",
    "Sop",
    "Transition",
    "Validity",
    "WorkingTime",
]


class Basis(enum.StrEnum):
    """What a conclusion rests on (contract: ``dasar``)."""

    TEXT = "tersurat"
    INTERPRETATION = "tafsir"
    LOCAL_SETTING = "setelan-lokal"


@frozen
class Limit:
    """The first or the last day on which a regulation is in force, and what says so."""

    tanggal: date
    menurut: str
    terverifikasi: bool


@frozen
class Validity:
    """When a regulation is in force, both days included; ``sampai`` None: no end is known."""

    regulasi: str
    sejak: Limit
    sampai: Limit | None


@frozen
class Citation:
    """Why a rule may conclude what it concludes; no rule exists without one.

    ``kutipan`` is the regulation's own words; an interpretation names its anomalies and says, in
    ``penjelasan``, how the text was read. ``sumber``: the override of a layer whose words these are, in
    place of the regulation's.
    """

    dasar: Basis
    kutipan: str
    anomali: tuple[str, ...] = ()
    penjelasan: str = ""
    sumber: Override | None = None


@frozen(eq=False)
class Branch:
    """One outcome of a decision: if ``jika`` holds, the decision is ``nilai`` and ``lanjut`` follows.

    ``hasil`` holds computed values by name; ``status`` is the status that the branch gives the case.
    """

    aturan: str
    nilai: str
    jika: Condition
    jika_teks: str
    lanjut: str
    citation: Citation
    status: str | None
    hasil: Mapping[str, Term]


@frozen(eq=False)
class LiteralBranch:
    """What printed words give, taken to the letter: if ``jika`` holds, ``nilai``."""

    nilai: str
    jika: Condition
    jika_teks: str
    kutipan: str


@frozen(eq=False)
class LiteralWording:
    """The wording of a decision where it differs from the reading taken; read by the prover, never evaluated.

    ``anomali``: what the register says about the difference.
    """

    anomali: tuple[str, ...]
    cabang: tuple[LiteralBranch, ...]


@frozen(eq=False)
class Decision:
    """A decision of a row; exactly one of its branches holds once its facts are known."""

    id: str
    judul: str
    fakta: tuple[Symbol, ...]
    cabang: tuple[Branch, ...]
    harfiah: LiteralWording | None = None


@frozen
class Transition:
    """Where a row without a decision goes; ``baris`` is a row id (``sop/label``)."""

    baris: str
    dasar: str
    kutipan: str = ""
    anomali: tuple[str, ...] = ()
    penjelasan: str = ""
    sumber: Override | None = None


@frozen
class Call:
    """A detail SOP that a row runs, always or under a condition."""

    sop: str
    jika: Condition | None
    jika_teks: str


@frozen
class RowDocument:
    """A paper that a row produces. ``salinan_dari``: the row that made the very sheet earlier."""

    id: str
    citation: Citation
    jika: Condition | None
    jika_teks: str
    salinan_dari: str | None


@frozen
class Performer:
    """Who does a row. Where the printed mark is lost the actor is inferred, with its reason.

    ``keyakinan``: tersurat where the text itself marks the actor, else how sure the inference is.
    """

    peran: str
    juga: tuple[str, ...]
    keyakinan: str
    alasan: str

    @property
    def disimpulkan(self) -> bool:
        """Whether the actor was inferred."""
        return self.keyakinan != Basis.TEXT.value


@frozen
class Item:
    """An item of the columns Kelengkapan or Output, verbatim, with the document that it names."""

    teks: str
    penanda: str
    dokumen: str | None
    bukan_dokumen: str | None


@frozen
class WorkingTime:
    """The column Waktu: as printed, and read (``nilai`` None where the text gives no number)."""

    tertulis: str
    nilai: int | None
    satuan: str


@frozen(eq=False)
class Row:
    """A row of an SOP table. ``jenis``: mulai, kegiatan, keputusan or selesai."""

    id: str
    label: str
    nomor_tercetak: bool
    jenis: str
    kegiatan: str
    pelaksana: Performer | None
    kelengkapan: tuple[Item, ...]
    waktu: WorkingTime | None
    output: tuple[Item, ...]
    keterangan: str
    anomali: tuple[str, ...]
    baris_naskah: int
    keputusan: tuple[Decision, ...]
    lanjut: Transition | None
    status: str | None
    panggil: tuple[Call, ...]
    dokumen: tuple[RowDocument, ...]
    file: str
    line: int


@frozen(eq=False)
class Sop:
    """One of the SOPs: its table, in printed order."""

    id: str
    judul: str
    pasal: str
    kolom: tuple[tuple[str, str], ...]
    kolom_keterangan: bool
    baris: Mapping[str, Row]
    file: str

    @property
    def first(self) -> Row:
        return next(iter(self.baris.values()))

    @property
    def closing(self) -> Row | None:
        """The ``Selesai`` row, where the SOP has one: it closes every path, failed ones too."""
        last = next(reversed(tuple(self.baris.values())))
        return last if last.jenis == "selesai" else None


@frozen
class Parameter:
    """A number that the rules use and a case may set for itself."""

    id: str
    judul: str
    nilai: int
    type: Type
    satuan: str
    minimum: int
    citation: Citation
    baris: tuple[str, ...]


@frozen
class Fact:
    """A name of the vocabulary: what it is, how staff are asked for it, which rows ask.

    ``turunan`` derives the fact from a collection, where the case holds what that needs.
    """

    id: str
    symbol: Symbol
    satuan: str
    minimum: int
    maksimum: int
    pertanyaan: str
    baris: tuple[str, ...]
    turunan: Exists | None
    turunan_teks: str
    turunan_citation: Citation | None

    @property
    def needed_to_derive(self) -> tuple[Symbol, ...]:
        """The names, beside the collection itself, that must have a value for the fact to be derived."""
        used = symbols_of(self.turunan) if self.turunan is not None else ()
        return tuple(symbol for symbol in used if symbol.source is not Source.ELEMENT)


@frozen
class Collection:
    """A list of the case that conditions may join over; its columns by name."""

    id: str
    judul: str
    kolom: Mapping[str, Type]


@frozen
class Role:
    id: str
    nama: str


@frozen
class DocumentType:
    """A paper that the SOPs name."""

    id: str
    judul: str
    jenis: str
    dibuat_oleh: str
    penanda_tangan: str
    isi: str
    urutan_templat: int | None
    nama_dalam_teks: tuple[str, ...]


@frozen
class Anomaly:
    """Something that the text leaves open or gets wrong, and the reading that the rules take."""

    id: str
    jenis: str
    baris: tuple[str, ...]
    tambahan_baris: tuple[str, ...]
    catatan: str
    bacaan: str
    alternatif: str


@frozen(eq=False)
class Regulation:
    """A whole regulation, checked: every name in it leads somewhere.

    ``keberlakuan``: the periods that a day must lie in, the regulation's own first. ``pengecualian``: where
    its layer departs from the regulation beneath, by id; empty for a regulation without a layer.
    """

    id: str
    judul: str
    berlaku_sejak: date
    keberlakuan: tuple[Validity, ...]
    pengecualian: Mapping[str, Override]
    sop: Mapping[str, Sop]
    parameter: Mapping[str, Parameter]
    fakta: Mapping[str, Fact]
    koleksi: Mapping[str, Collection]
    peran: Mapping[str, Role]
    dokumen: Mapping[str, DocumentType]
    anomali: Mapping[str, Anomaly]

    @property
    def first_day(self) -> date:
        """The first day on which it is in force together with what it lies on."""
        return max(period.sejak.tanggal for period in self.keberlakuan)

    def rows(self) -> Iterator[Row]:
        """Every row of every SOP, in the order of the regulation."""
        for sop in self.sop.values():
            yield from sop.baris.values()

    def row(self, row_id: str) -> Row:
        """The row named ``sop/label``. Raises KeyError."""
        sop, _, label = row_id.partition("/")
        return self.sop[sop].baris[label]
