"""The matrix as an Excel workbook: one sheet for each side that a reader may come from; the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pbj_rules.assurance.matrix.model import Matrix
from pbj_rules.assurance.matrix.telling import actor_of, summary_of
from pbj_rules.documents.word.packing import pack
from pbj_rules.reading import UNPRINTABLE

__all__ = ["matrix_workbook"]

_TITLE: Final = "Matriks ketertelusuran"
_INK: Final = "1E3C5A"
_HEAD: Final = PatternFill("solid", fgColor=_INK)
_BAND: Final = PatternFill("solid", fgColor="F3F6F9")
_SIDE: Final = Side("thin", color="C5CCD3")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_FONT: Final = "Arial"
_FIRST: Final = 4  # title, summary, head; then the rows
_LONGEST: Final = 32_000  # characters that a cell may hold
# A cell of this many characters a line, at 10 points: for the height of the row, which no reader works out.
_PER_WIDTH: Final = 1.3
_LINE_HEIGHT: Final = 12.6
_MOST_HEIGHT: Final = 400.0
_SCENARIOS_SHOWN: Final = 3

# The columns of each sheet, with their widths in characters.
_MATRIX: Final = (
    ("Baris", 21), ("Kegiatan", 33), ("Pelaku", 22), ("Aturan", 29), ("Membaca", 18), ("Jumlah skenario", 9),
    ("Skenario", 34), ("Dokumen", 24), ("Templat", 26), ("Anomali", 9),
)  # fmt: skip
_ORPHANS: Final = (
    ("Jenis", 24), ("Id", 30), ("Baris", 24), ("Berkas", 38), ("Temuan", 46), ("Seharusnya", 36), ("Perbaikan", 36),
)  # fmt: skip
_SCENARIOS: Final = (("Skenario", 66), ("Jumlah baris", 10), ("Jalur", 130))
_DOCUMENTS: Final = (
    ("Dokumen", 30), ("Judul", 60), ("Jenis", 20), ("Templat", 14), ("Dihasilkan baris", 50), ("Diminta baris", 50),
)  # fmt: skip
_ANOMALIES: Final = (
    ("Anomali", 10), ("Jenis", 22), ("Catatan", 60), ("Bacaan yang dipakai", 60), ("Alternatif", 50), ("Baris", 28),
)  # fmt: skip

_Rows = Iterable[Sequence["str | int"]]


def matrix_workbook(matrix: Matrix) -> bytes:
    """The workbook."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # a new workbook has one
    _sheet(first, "Matriks", _MATRIX, matrix, _matrix_rows(matrix))
    _sheet(book.create_sheet(), "Yatim", _ORPHANS, matrix, _orphan_rows(matrix), "Tidak ada yang yatim.")
    _sheet(book.create_sheet(), "Skenario", _SCENARIOS, matrix, _scenario_rows(matrix))
    _sheet(book.create_sheet(), "Dokumen", _DOCUMENTS, matrix, _document_rows(matrix))
    _sheet(book.create_sheet(), "Anomali", _ANOMALIES, matrix, _anomaly_rows(matrix))
    return _fixed(book, matrix)


def _matrix_rows(matrix: Matrix) -> _Rows:
    for row in matrix.rows:
        shown = row.skenario[:_SCENARIOS_SHOWN]
        left = len(row.skenario) - len(shown)
        more = [f"… dan {left} lagi (lembar Skenario)"] if left else []
        yield (
            row.row.id,
            row.row.kegiatan,
            actor_of(matrix.regulation, row),
            _lines(f"{row.short(rule)} (tafsir)" if rule in row.tafsir else row.short(rule) for rule in row.aturan),
            _lines((*row.fakta, *row.parameter)),
            len(row.skenario),
            _lines([*shown, *more]),
            _lines(row.dokumen),
            _lines([*row.templat, *(f"{name} (pelengkap)" for name in row.pelengkap)]),
            _lines(row.anomali),
        )


def _orphan_rows(matrix: Matrix) -> _Rows:
    for one in matrix.yatim:
        place = f"{one.berkas}:{one.baris_berkas}" if one.baris_berkas else one.berkas
        yield one.jenis, one.id, one.baris or "", place, one.pesan, one.seharusnya, one.perbaikan


def _scenario_rows(matrix: Matrix) -> _Rows:
    for name, path in matrix.jalur.items():
        yield name, len(path), " → ".join(_short(path))


def _document_rows(matrix: Matrix) -> _Rows:
    templates = {name for row in matrix.rows for name in row.templat}
    for document in matrix.regulation.dokumen.values():
        made = [row.row.id for row in matrix.rows if document.id in row.dokumen]
        asked = [row.row.id for row in matrix.rows if any(item.dokumen == document.id for item in row.row.kelengkapan)]
        has = (
            "ada" if document.id in templates else "tidak dibuatkan" if document.urutan_templat is None else "TIDAK ADA"
        )
        yield document.id, document.judul, document.jenis, has, _lines(made), _lines(asked)


def _anomaly_rows(matrix: Matrix) -> _Rows:
    for one in matrix.regulation.anomali.values():
        rows = [row.row.id for row in matrix.rows if one.id in row.anomali] or one.baris
        yield one.id, one.jenis, one.catatan, one.bacaan, one.alternatif, _lines(rows)


def _short(path: Sequence[str]) -> list[str]:
    """A path with the SOP named only where it changes."""
    shown, before = [], ""
    for row_id in path:
        sop, _, label = row_id.partition("/")
        shown.append(label if sop == before else row_id)
        before = sop
    return shown


def _lines(items: Iterable[str]) -> str:
    return "\n".join(items)


def _sheet(
    sheet: Worksheet, title: str, columns: Sequence[tuple[str, int]], matrix: Matrix, rows: _Rows, empty: str = ""
) -> None:
    """A table with a frozen head, filters and widths. ``empty``: said where it has no rows."""
    sheet.title = title
    sheet.append([_TITLE if title == "Matriks" else f"{_TITLE}: {title}"])
    sheet.append([f"{matrix.regulation.judul}. {summary_of(matrix)}."])
    sheet.append([name for name, _ in columns])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    if sheet.max_row < _FIRST:
        sheet.append([empty])
    _dress(sheet, columns)
    last = get_column_letter(len(columns))
    sheet.freeze_panes = f"B{_FIRST}"
    sheet.auto_filter.ref = f"A{_FIRST - 1}:{last}{sheet.max_row}"
    _lay_out(sheet, title)


def _lay_out(sheet: Worksheet, title: str) -> None:
    """Printed across one page of A3, landscape, on which ten columns can still be read."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.footer = 0.3
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = title, "Halaman &P dari &N"
    sheet.oddFooter = footer


def _cell(value: str | int) -> str | int | None:
    """A number, text that a cell can hold, or nothing: so that a filter finds the empty ones."""
    return value if isinstance(value, int) else UNPRINTABLE.sub(" ", value)[:_LONGEST] or None


def _dress(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet["A1"].font = Font(_FONT, 14, bold=True, color=_INK)
    sheet["A2"].font = Font(_FONT, 10, color="555555")
    for cell in sheet[_FIRST - 1]:
        cell.font, cell.fill, cell.border = Font(_FONT, 10, bold=True, color="FFFFFF"), _HEAD, _LINE
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[_FIRST - 1].height = 30
    for number in range(_FIRST, sheet.max_row + 1):
        lines = 1
        for cell, (_, width) in zip(sheet[number], columns, strict=False):
            cell.font = Font(_FONT, 10, bold=cell.column == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = _LINE
            if isinstance(cell.value, int):
                cell.alignment = Alignment(horizontal="center", vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
                lines = max(lines, _height(cell.value, width))
            if number % 2:
                cell.fill = _BAND
        sheet.row_dimensions[number].height = min(_MOST_HEIGHT, 4 + lines * _LINE_HEIGHT)


def _height(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width."""
    return sum(max(1, -(-len(line) // max(1, int(width * _PER_WIDTH)))) for line in text.split("\n"))


def _fixed(book: Workbook, matrix: Matrix) -> bytes:
    """The archive with fixed stamps: the library writes the clock into it."""
    day = matrix.regulation.berlaku_sejak
    book.properties.title = f"{_TITLE} {matrix.regulation.id}"
    book.properties.creator = "pbj-rules"
    book.properties.created = datetime(day.year, day.month, day.day)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    stamp = rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<2>"
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)", stamp, parts["docProps/core.xml"]
    )
    return pack(parts)
