"""An SOP's table as the regulation prints it: its head, its rows with blank ones, the texts of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from pbj_rules.regulation.layers import read_layers
from pbj_rules.regulation.model import Item, Regulation, Row, Sop
from pbj_rules.regulation.quotes import normal_text

__all__ = [
    "Head",
    "HeadCell",
    "Line",
    "PlacedRow",
    "PrintedRow",
    "PrintedTable",
    "activity_lines",
    "naskah_lines",
    "printed_table",
]

# A marker inside running text opens a new line: "… : a. Jika lengkap … b. Jika tidak …".
_MARKER: Final = re.compile(r"\s(?=(?:[a-g]|\d{1,2})[.)]\s)")
_MARKED: Final = re.compile(r"((?:[a-g]|\d{1,2})[.)]|[-•])\s+(.*)", re.DOTALL)
_BLANK: Final = "-kosong"
_HEAD_FACT: Final = "(kepala)"  # the mark of an item that heads a list
QUALITY: Final = 3  # the columns of MUTU BAKU: kelengkapan, waktu, output


@frozen
class Line:
    """A paragraph of a cell, with the marker that stands before it."""

    marker: str
    text: str


@frozen
class HeadCell:
    """A cell of the head: its column, how many columns and rows it covers, and its words."""

    column: int
    columns: int
    rows: int
    text: str


@frozen
class Head:
    """The head: one or two rows of cells, and the row of column numbers that some tables have."""

    rows: tuple[tuple[HeadCell, ...], ...]
    numbers: tuple[str, ...]


@frozen(eq=False)
class PrintedRow:
    """A row as printed; ``row`` is None for a blank one. ``shared``: its cells on the right go on those above."""

    row: Row | None
    number: str
    activity: tuple[Line, ...]
    needs: tuple[Line, ...]
    time: str
    output: tuple[Line, ...]
    note: tuple[Line, ...]
    shared: bool = False


@frozen
class PlacedRow:
    """A row at its height. ``strip_above`` and ``strip_below``: room in it for page connectors."""

    printed: PrintedRow
    top: float
    height: float
    strip_above: float = 0.0
    strip_below: float = 0.0

    @property
    def bottom(self) -> float:
        return self.top + self.height


@frozen(eq=False)
class PrintedTable:
    """A table of the Lampiran."""

    sop: Sop
    head: Head
    lanes: tuple[str, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def columns(self) -> int:
        return 2 + len(self.lanes) + QUALITY + self.sop.kolom_keterangan


def naskah_lines(directory: Path) -> tuple[str, ...]:
    """The lines of the regulation's text beside its rules, or those beneath a layer; none where it is not there."""
    file = read_layers(directory).base / "naskah.txt"
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()


def printed_table(regulation: Regulation, sop: Sop, naskah: Sequence[str]) -> PrintedTable:
    """The table of an SOP; its head from the regulation's text, where that holds one for these columns."""
    shared = _sharing(regulation, sop)
    blanks = _blanks(regulation, sop)
    rows: list[PrintedRow] = []
    for row in sop.baris.values():
        rows.append(_printed(row, row.id in shared))
        rows.extend(PrintedRow(None, "", (), (), "", (), ()) for _ in range(blanks.get(row.label, 0)))
    lanes = tuple(title for title, _ in sop.kolom)
    return PrintedTable(sop, _head(sop, naskah), lanes, tuple(rows))


def _printed(row: Row, shared: bool) -> PrintedRow:
    return PrintedRow(
        row,
        row.label if row.nomor_tercetak else "",
        activity_lines(row),
        _items(row.kelengkapan),
        row.waktu.tertulis if row.waktu is not None else "",
        _items(row.output),
        _lines(row.keterangan),
        shared,
    )


def activity_lines(row: Row) -> tuple[Line, ...]:
    """The words of the column Kegiatan; a branch that is quoted as a sentence of its own opens a line."""
    text = row.kegiatan
    for branch in (branch for decision in row.keputusan for branch in decision.cabang):
        before, found, after = text.partition(f" {branch.citation.kutipan}")
        if found and found.strip()[0].isupper() and not re.search(r"(?:^|\s)\S{1,2}[.)]$", before):
            text = f"{before}\n{found.strip()}{after}"
    return _lines(text)


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(_line(part) for piece in text.split("\n") for part in _MARKER.split(piece) if part.strip())


def _line(text: str) -> Line:
    marked = _MARKED.fullmatch(text)
    return Line(marked[1], marked[2]) if marked else Line("", text.strip())


def _items(items: Sequence[Item]) -> tuple[Line, ...]:
    return tuple(Line("" if item.penanda == _HEAD_FACT else item.penanda, item.teks) for item in items)


def _blanks(regulation: Regulation, sop: Sop) -> dict[str, int]:
    """How many blank rows follow a row; the register of anomalies names each of them."""
    counts: dict[str, int] = {}
    for anomaly in regulation.anomali.values():
        for place in anomaly.baris:
            of, _, label = place.partition("/")
            if of == sop.id and _BLANK in label:
                above = label.partition(_BLANK)[0]
                counts[above] = counts.get(above, 0) + 1
    return counts


def _sharing(regulation: Regulation, sop: Sop) -> frozenset[str]:
    """The rows whose quality cells are one with those of the row above (anomalies of merged cells)."""
    found: set[str] = set()
    for anomaly in regulation.anomali.values():
        if anomaly.jenis == "sel-gabungan":
            found.update([place for place in anomaly.baris if place.partition("/")[0] == sop.id][1:])
    return frozenset(found)


def _head(sop: Sop, naskah: Sequence[str]) -> Head:
    columns = 2 + len(sop.kolom) + QUALITY + sop.kolom_keterangan
    lines = [_cells(line, columns) for line in _head_lines(sop, naskah)]
    lanes = slice(2, 2 + len(sop.kolom))
    titles = [normal_text(title) for title, _ in sop.kolom]
    if len(lines) < 2 or [below or above for above, below in zip(*lines[:2], strict=True)][lanes] != titles:
        lines = list(_standard(sop))
    above, below = lines[:2]
    return Head((tuple(_upper(above, below)), tuple(_lower(below))), tuple(lines[2]) if len(lines) > 2 else ())


def _head_lines(sop: Sop, naskah: Sequence[str]) -> list[str]:
    """The lines between the table's first cell, NO, and its first row."""
    first = sop.first.baris_naskah - 1
    start = next((n for n in range(min(first, len(naskah)) - 1, -1, -1) if naskah[n].startswith("NO\t")), None)
    return [] if start is None else list(naskah[start:first])


def _cells(line: str, columns: int) -> list[str]:
    cells = [normal_text(cell) for cell in line.split("\t")]
    return [*cells, *[""] * columns][:columns]


def _standard(sop: Sop) -> tuple[list[str], list[str]]:
    """The head that most tables have, for rules whose text is not at hand or has other columns."""
    note = ["Keterangan"] * sop.kolom_keterangan
    lanes = [title for title, _ in sop.kolom]
    above = ["NO", "URAIAN KEGIATAN", "PELAKSANA", *[""] * (len(lanes) - 1), "MUTU BAKU", "", "", *note]
    return above, ["", "", *lanes, "KELENGKAPAN", "WAKTU", "OUTPUT", *[""] * len(note)]


def _upper(above: Sequence[str], below: Sequence[str]) -> Iterator[HeadCell]:
    column = 0
    while column < len(above):
        width = 1
        if below[column]:
            while column + width < len(above) and not above[column + width] and below[column + width]:
                width += 1
        yield HeadCell(column, width, 1 if below[column] else 2, above[column])
        column += width


def _lower(below: Sequence[str]) -> Iterator[HeadCell]:
    return (HeadCell(column, 1, 1, text) for column, text in enumerate(below) if text)
