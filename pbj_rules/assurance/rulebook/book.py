"""The rule book: the regulation's row beside the rule, the parameters, the interpretations, the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from pbj_rules.assurance.rulebook.blocks import (
    Block,
    Figure,
    Look,
    Paragraph,
    Span,
    Style,
    Table,
    TableRow,
    anchor_of,
    plain,
)
from pbj_rules.assurance.rulebook.departures import departures, in_force
from pbj_rules.assurance.rulebook.printed import Line, PrintedRow, PrintedTable
from pbj_rules.assurance.rulebook.sentences import Teller, citation_of, short_title
from pbj_rules.formatting import angka
from pbj_rules.language.saying import say_value
from pbj_rules.regulation.model import Anomaly, Basis, Citation, Parameter, Regulation, Row

__all__ = ["book_blocks"]

_PARAMETERS, _DEPARTURES, _READINGS = "bab_parameter", "bab_pengecualian", "bab_tafsir"
_REGISTER, _FACTS = "bab_register", "bab_fakta"
_CHAPTERS: Final = {
    _PARAMETERS: "Parameter",
    _DEPARTURES: "Berbeda dari Perbup menurut hukum nasional",
    _READINGS: "Daftar tafsir",
    _REGISTER: "Register anomali",
    _FACTS: "Pertanyaan kepada pengisi",
}
_HOW: Final = (
    "Setiap baris Lampiran berdiri di kiri, kata demi kata; aturan yang dijalankan program berdiri di kanannya dalam "
    "kalimat. Kalimat di kanan dibuat dari aturan yang sama yang mengevaluasi kasus, tidak ditulis tersendiri.",
)
_QUALITY: Final = ("Kelengkapan", "Waktu", "Output", "Keterangan")


@frozen
class _Reading:
    """An interpretation: at which row, of what, on what ground."""

    row: str
    what: str
    citation: Citation


def book_blocks(regulation: Regulation, tables: Sequence[PrintedTable], pages: Mapping[str, str]) -> tuple[Block, ...]:
    """The book, block by block. ``pages``: on which pages of the Lampiran each SOP's chart is."""
    teller = Teller(regulation)
    return (
        *_front(regulation),
        *_contents(tables, [name for name in _CHAPTERS if name != _DEPARTURES or regulation.pengecualian]),
        *_parameters(regulation, teller),
        *(block for table in tables for block in _sop(teller, table, pages)),
        *((_chapter(_DEPARTURES), *departures(regulation)) if regulation.pengecualian else ()),
        *_readings(regulation, teller),
        *_register(regulation),
        *_facts(regulation, teller),
    )


def _front(regulation: Regulation) -> Iterator[Block]:
    rows = list(regulation.rows())
    decisions = [decision for row in rows for decision in row.keputusan]
    branches = sum(len(decision.cabang) for decision in decisions)
    yield plain("BUKU ATURAN", Style.TITLE)
    yield plain(regulation.judul, Style.SUBTITLE)
    yield plain(
        f"{in_force(regulation.keberlakuan[0])} {len(regulation.sop)} SOP, {len(rows)} baris, "
        f"{len(decisions)} keputusan dengan {branches} cabang, {len(regulation.parameter)} parameter, "
        f"{len(_all_readings(regulation))} tafsir, {len(regulation.anomali)} anomali."
    )
    for sentence in _HOW:
        yield plain(sentence)
    yield Paragraph(
        (
            Span("TERSURAT", Look.TEXT),
            Span(" berarti aturan itu berbunyi demikian dalam peraturan. "),
            Span("TAFSIR", Look.READ),
            Span(
                " berarti teksnya kosong, mendua atau keliru: aturan memakai bacaan yang disebut, dengan nomor anomali "
                "tempat bacaan lain dicatat. Pelaku setiap baris disimpulkan, karena tanda pada kolom pelaksana hilang "
                "dari naskah."
            ),
        )
    )


def _contents(tables: Sequence[PrintedTable], chapters: Sequence[str]) -> Iterator[Block]:
    yield plain("Daftar isi", Style.SECTION)
    first, *rest = chapters
    yield _entry(first, _CHAPTERS[first])
    for number, table in enumerate(tables, start=1):
        yield _entry(anchor_of("sop", table.sop.id), f"{number}. {short_title(table.sop.judul)}")
    for anchor in rest:
        yield _entry(anchor, _CHAPTERS[anchor])


def _entry(anchor: str, title: str) -> Paragraph:
    return Paragraph((Span(title, link=anchor),), Style.CONTENTS)


def _chapter(anchor: str) -> Paragraph:
    return Paragraph((Span(_CHAPTERS[anchor]),), Style.CHAPTER, anchor)


def _parameters(regulation: Regulation, teller: Teller) -> Iterator[Block]:
    yield _chapter(_PARAMETERS)
    yield plain(
        "Angka yang dipakai aturan. Sebuah kasus dapat menyetelnya sendiri; hasilnya lalu disebut setelan lokal, bukan "
        "bunyi peraturan."
    )
    rows = tuple(_parameter(parameter, teller) for parameter in regulation.parameter.values())
    yield Table(("Parameter", "Nilai", "Baris", "Dasar"), (25, 20, 15, 40), rows)


def _parameter(parameter: Parameter, teller: Teller) -> TableRow:
    value = say_value(parameter.nilai, parameter.type.kind)
    unit = "" if parameter.satuan == "rupiah" else f" {parameter.satuan}"
    basis = Paragraph(tuple(teller.basis(parameter.citation)))
    name = (Paragraph((Span(parameter.judul, Look.STRONG),)), plain(parameter.id, Style.NOTE))
    cells = (
        name,
        (plain(value + unit),),
        _places(teller.regulation, parameter.baris),
        (basis, *teller.grounds(parameter.citation)),
    )
    return TableRow(cells, anchor_of("parameter", parameter.id), parameter.citation.dasar is not Basis.TEXT)


def _places(regulation: Regulation, places: Sequence[str]) -> tuple[Paragraph, ...]:
    """Rows by their full names, each leading to its place; what is no row of a table is only named."""
    known = {row.id for row in regulation.rows()}
    spans: list[Span] = []
    for place in places:
        spans += [Span(", ")] if spans else []
        spans.append(Span(place, link=anchor_of("baris", place) if place in known else ""))
    return (Paragraph(tuple(spans), Style.NOTE),)


def _sop(teller: Teller, table: PrintedTable, pages: Mapping[str, str]) -> Iterator[Block]:
    sop = table.sop
    yield Paragraph((Span(sop.judul),), Style.CHAPTER, anchor_of("sop", sop.id))
    yield plain(f"Lampiran, {sop.pasal}. Bagan alurnya: lampiran, halaman {pages[sop.id]}.")
    yield Figure(sop.id)
    rows = tuple(_row(teller, printed, printed.row) for printed in table.rows if printed.row is not None)
    yield Table(("Bunyi peraturan", "Aturan yang dijalankan"), (43, 57), rows)


def _row(teller: Teller, printed: PrintedRow, row: Row) -> TableRow:
    name = f"Baris {row.label}" if row.nomor_tercetak else f"Baris tanpa nomor (disebut {row.label})"
    activity = [Span(f"{name}. ", Look.STRONG)]
    activity += [Span(_joined(line.marker, line.text)) for line in printed.activity[:1]]
    paragraphs = [Paragraph(tuple(activity))]
    paragraphs += [plain(_joined(line.marker, line.text), Style.BULLET) for line in printed.activity[1:]]
    time = (Line("", printed.time),)
    for title, content in zip(_QUALITY, (printed.needs, time, printed.output, printed.note), strict=True):
        text = "; ".join(_joined(line.marker, line.text) for line in content)
        if text:
            paragraphs.append(Paragraph((Span(f"{title}: ", Look.FAINT), Span(text)), Style.NOTE))
    if printed.shared:
        paragraphs.append(
            plain("Kelengkapan, waktu, output dan keterangan: satu sel dengan baris di atas.", Style.NOTE)
        )
    return TableRow((tuple(paragraphs), teller.told(row)), anchor_of("baris", row.id), bool(_readings_of(row)))


def _joined(marker: str, text: str) -> str:
    return f"{marker} {text}".strip()


def _readings_of(row: Row) -> list[_Reading]:
    """The interpretations at a row: of its branches, its way on, its papers."""
    found = [
        _Reading(row.id, f"{decision.judul}: {branch.nilai}", branch.citation)
        for decision in row.keputusan
        for branch in decision.cabang
    ]
    if row.lanjut is not None and row.lanjut.dasar == Basis.INTERPRETATION.value:
        target = row.lanjut.baris.partition("/")[2]
        found.append(_Reading(row.id, f"Lanjut ke baris {target}", citation_of(row.lanjut)))
    found += [_Reading(row.id, f"Naskah {document.id}", document.citation) for document in row.dokumen]
    return [reading for reading in found if reading.citation.dasar is Basis.INTERPRETATION]


def _all_readings(regulation: Regulation) -> list[_Reading]:
    return [reading for row in regulation.rows() for reading in _readings_of(row)]


def _readings(regulation: Regulation, teller: Teller) -> Iterator[Block]:
    yield _chapter(_READINGS)
    yield plain("Setiap tempat aturan memakai bacaan, bukan bunyi. Inilah yang ditandatangani tim hukum.")
    rows = tuple(
        TableRow(
            (
                _places(regulation, (reading.row,)),
                (plain(reading.what),),
                (Paragraph(tuple(teller.anomalies(reading.citation.anomali))),),
                (plain(reading.citation.penjelasan),),
            ),
            read=True,
        )
        for reading in _all_readings(regulation)
    )
    yield Table(("Baris", "Simpulan", "Anomali", "Dibaca"), (20, 22, 14, 44), rows)


def _register(regulation: Regulation) -> Iterator[Block]:
    yield _chapter(_REGISTER)
    yield plain("Cacat, kekosongan dan perbedaan dalam teks; bacaan yang dipakai aturan, dan bacaan lainnya.")
    rows = tuple(_anomaly(regulation, anomaly) for anomaly in regulation.anomali.values())
    yield Table(("Anomali", "Temuan", "Bacaan yang dipakai", "Alternatif"), (23, 26, 26, 25), rows)


def _anomaly(regulation: Regulation, anomaly: Anomaly) -> TableRow:
    name = (
        Paragraph((Span(anomaly.id, Look.STRONG),)),
        plain(anomaly.jenis.replace("-", " "), Style.NOTE),
        *_places(regulation, (*anomaly.baris, *anomaly.tambahan_baris)),
    )
    texts = (anomaly.catatan, anomaly.bacaan, anomaly.alternatif)
    return TableRow((name, *((plain(text),) for text in texts)), anchor_of("anomali", anomaly.id))


def _facts(regulation: Regulation, teller: Teller) -> Iterator[Block]:
    yield _chapter(_FACTS)
    yield plain("Jawaban yang menentukan keputusan, dan baris yang menanyakannya.")
    rows = []
    for fact in regulation.fakta.values():
        name = (Paragraph((Span(fact.symbol.title, Look.STRONG),)), plain(fact.id, Style.NOTE))
        kind = [
            fact.symbol.type.kind.value,
            *(f"({', '.join(fact.symbol.type.values)})" if fact.symbol.type.values else "",),
        ]
        asked = [plain(fact.pertanyaan), plain(f"Jawaban: {' '.join(kind).strip()}{_range(fact.minimum)}", Style.NOTE)]
        if fact.turunan is not None:
            asked.append(plain(f"Bila tidak dijawab: ya, jika {teller.said(fact.turunan)}.", Style.NOTE))
        rows.append(TableRow((name, tuple(asked), _places(regulation, fact.baris)), anchor_of("fakta", fact.id)))
    yield Table(("Fakta", "Pertanyaan", "Baris"), (27, 50, 23), tuple(rows))


def _range(minimum: int) -> str:
    return f", paling sedikit {angka(minimum)}" if minimum else ""
