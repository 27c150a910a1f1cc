"""Where a layer departs from the regulation beneath, in the book: the words of both, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterator

from pbj_rules.assurance.rulebook.blocks import Block, Look, Paragraph, Span, Style, Table, TableRow, anchor_of, plain
from pbj_rules.formatting import tanggal_panjang
from pbj_rules.regulation.model import Limit, Regulation, Validity
from pbj_rules.regulation.override import Override

__all__ = ["departures", "in_force", "ruled_by"]


def in_force(validity: Validity) -> str:
    """From when to when a regulation is in force, as far as it is known."""
    said = f"Berlaku sejak {_day(validity.sejak)}"
    return f"{said} sampai {_day(validity.sampai)}." if validity.sampai is not None else f"{said}."


def _day(limit: Limit) -> str:
    return tanggal_panjang(limit.tanggal) + ("" if limit.terverifikasi else " (belum diverifikasi)")


def ruled_by(override: Override) -> Paragraph:
    """The article that a rule rests on, leading to the point as a whole; marked where nobody has read it yet."""
    spans = [Span("Menurut ", Look.FAINT), Span(override.pasal, link=anchor_of("pengecualian", override.id))]
    if not override.terverifikasi:
        spans += [Span(" "), Span("BELUM DIVERIFIKASI", Look.READ)]
    return Paragraph(tuple(spans), Style.QUOTE)


def departures(regulation: Regulation) -> Iterator[Block]:
    """Every point on which the layer departs from the regulation beneath, applied or only noted."""
    points = regulation.pengecualian.values()
    unverified = sum(not point.terverifikasi for point in points)
    yield plain(
        "Setiap pokok yang diatur hukum nasional berbeda dari Perbup, atau yang diisinya karena Perbup membiarkannya "
        f"terbuka: {len(points)} pokok, {unverified} di antaranya belum diverifikasi dengan membaca teksnya."
    )
    rows = tuple(_row(regulation, point) for point in points)
    yield Table(("Pokok", "Bunyi Perbup", "Hukum nasional", "Pengaruh"), (20, 25, 30, 25), rows)


def _row(regulation: Regulation, point: Override) -> TableRow:
    mark = Span("TERVERIFIKASI", Look.TEXT) if point.terverifikasi else Span("BELUM DIVERIFIKASI", Look.READ)
    name = [
        Paragraph((Span(point.pokok, Look.STRONG),)),
        plain(point.sifat, Style.NOTE),
        Paragraph((mark,)),
        plain(f"Sumber: {point.sumber}.", Style.NOTE),
    ]
    known = point.teks.tempat in {row.id for row in regulation.rows()}
    place = Span(point.teks.tempat, link=anchor_of("baris", point.teks.tempat) if known else "")
    local = (Paragraph((place,), Style.NOTE), plain(f"“{point.teks.kutipan}”"))
    national = [plain(point.pasal, Style.NOTE), plain(point.isi)]
    if point.kutipan:
        national.insert(1, plain(f"“{point.kutipan}”"))
    effect = [plain(f"Mengubah {', '.join(point.mengubah)}." if point.mengubah else "Hanya dicatat.")]
    if point.keterangan:
        effect.append(plain(point.keterangan, Style.NOTE))
    cells = (tuple(name), local, tuple(national), tuple(effect))
    return TableRow(cells, anchor_of("pengecualian", point.id), not point.terverifikasi)
