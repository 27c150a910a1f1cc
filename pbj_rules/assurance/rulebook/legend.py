"""The last page of the Lampiran: what the signs of its charts mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pbj_rules.assurance.rulebook.drawing import Box, Drawing, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Sign
from pbj_rules.assurance.rulebook.word_drawing import anchored
from pbj_rules.assurance.rulebook.word_table import cell, grid, paragraph, table_row

__all__ = ["legend"]

_NOTE: Final = (
    "Digambar kembali dari aturan. Naskah yang tersedia tidak memuat tanda alur pada kolom pelaksana: pelaku setiap "
    "baris disimpulkan dari isinya, dan arah panah adalah arah yang dijalankan aturan. Dasar setiap simpulan ada dalam "
    "buku aturan."
)

_SIGN_WIDTHS: Final = (60.0, 50.0, 196.0)
_SIGN_HEIGHT: Final = 14.0
_SIGNS: Final = (
    (Sign.CAPSULE, (16.0, 6.5), "Kapsul", "Mulai dan berakhirnya alur; juga kegiatan pertama dan terakhir."),
    (Sign.BOX, (16.0, 7.0), "Kotak", "Kegiatan yang dilaksanakan pelaku pada kolomnya."),
    (
        Sign.DIAMOND,
        (16.0, 10.0),
        "Belah ketupat",
        "Keputusan; tanda pada panah adalah tanda pilihan dalam uraian, atau Y (ya) dan T (tidak).",
    ),
    (None, (30.0, 0.0), "Anak panah", "Arah kegiatan berikutnya."),
    (Sign.PENTAGON, (5.4, 5.2), "Segi lima", "Penghubung halaman: huruf yang sama menyambung alur di halaman lain."),
)
_OURS: Final = (
    (Sign.BOX, (12.8, 5.6), "Kotak bergaris putus", "Pihak yang turut serta atau yang mungkin juga melaksanakannya."),
    (None, (30.0, 0.0), "Anak panah bergaris putus", "Alur yang bersandar pada tafsir; lihat register anomali."),
)


def legend(number: int, origin: Point, after: float) -> Iterator[str]:
    """The page, below its title: the signs of the guideline, and the two that are ours.

    ``number`` and ``origin``: of the drawing (see ``anchored``); ``after``: the space below the title.
    """
    rows = [(*sign, False) for sign in _SIGNS] + [(*sign, True) for sign in _OURS]
    shapes, lines, cells = [], [], []
    for position, (sign, (width, height), name, meaning, dashed) in enumerate(rows):
        x, y = _SIGN_WIDTHS[0] / 2, (position + 0.5) * _SIGN_HEIGHT
        box = Box(x - width / 2, y - height / 2, width, height)
        if sign is None:
            lines.append(Polyline(((box.left, y), (box.right, y)), name, dashed=dashed))
        else:
            shapes.append(Shape(sign, box, name, "A" if sign is Sign.PENTAGON else "", dashed))
        texts = ("", name, meaning)
        row = [cell(w, paragraph("Sel", text)) for w, text in zip(_SIGN_WIDTHS, texts, strict=True)]
        cells.append(table_row(_SIGN_HEIGHT, row))
    drawn = anchored(Drawing(tuple(shapes), tuple(lines), ()), origin, number, "Simbol")
    yield paragraph("Judul", "KETERANGAN SIMBOL", breaks=True, after=after)
    yield paragraph("Jangkar", run=drawn)
    yield grid(_SIGN_WIDTHS, cells)
    yield paragraph("Catatan")
    yield paragraph("Catatan", _NOTE)
