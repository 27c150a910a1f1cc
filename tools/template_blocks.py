"""The blocks of an official paper: letterhead, title, data table, bordered table, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field
from template_xml import (
    Column,
    Look,
    cell,
    drawing,
    paragraph,
    row,
    table,
    tag_paragraph,
    tag_row,
)

__all__ = [
    "FORMS",
    "PARTICIPANTS",
    "TEAM",
    "Numbering",
    "data",
    "fixed_grid",
    "grid",
    "letter_head",
    "letterhead",
    "signature_list",
    "signatures",
]

TEXT_WIDTH = 17.0
LOGO_CELL = 2.4
LABEL = 5.0
COLON = 0.4
SIGN_SPACE = 1.7
SIGNERS_GAP = 0.6
ONE_SIGNER = 9.2
NUMBERED_CELL = Look(keep_next=True)


@define
class Numbering:
    """Hands out one ``w:num`` per list, so that every list starts at one."""

    used: list[int] = field(factory=list)

    def new(self, kind: int) -> int:
        self.used.append(kind)
        return len(self.used)

    def xml(self) -> str:
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number, kind in enumerate(self.used, 1)
        )


def letterhead() -> str:
    """Emblem and office at the top of the first page, over the double rule."""
    lines = [
        tag_paragraph("for baris in kop.induk"),
        paragraph("{{ baris }}", "KopInduk"),
        tag_paragraph("endfor"),
        paragraph("{{ kop.nama }}", "KopNama"),
        tag_paragraph("for baris in kop.alamat"),
        paragraph("{{ baris }}", "KopAlamat"),
        tag_paragraph("endfor"),
    ]
    widths = (LOGO_CELL, TEXT_WIDTH - LOGO_CELL)
    cells = [
        cell(drawing("rId5", 1.95, 2.35, "Logo", "Lambang pada kop surat", "KopAlamat"), widths[0], middle=True),
        cell("".join(lines), widths[1], middle=True),
    ]
    head = table([row(cells)], widths, style="TableNormal")
    return head + paragraph("", "KopGaris")


def data(
    rows: Sequence[Sequence[str]],
    label: float = LABEL,
    indent: float = 0,
    width: float = TEXT_WIDTH,
) -> str:
    """Borderless ``label : value`` lines; a line of one piece is a tag (``%if …``)."""
    widths = (label, COLON, width - indent - label - COLON)
    lines = [tag_row(line[0].removeprefix("%"), widths) if len(line) == 1 else _data_row(line, widths) for line in rows]
    return table(lines, widths, style="TableNormal", indent=indent)


def _data_row(line: Sequence[str], widths: Sequence[float]) -> str:
    texts = (line[0], ":", line[1])
    return row([cell(paragraph(text, "Data"), width) for text, width in zip(texts, widths, strict=True)])


def _heading(columns: Sequence[Column]) -> str:
    return row([cell(paragraph(c.title, "SelKepala"), c.width, middle=True) for c in columns], header=True)


def _grid_row(columns: Sequence[Column], cells: Sequence[str], height: float | None = None) -> str:
    made = [
        cell("".join(_cell_lines(text, column.style)), column.width, middle=height is not None)
        for text, column in zip(cells, columns, strict=True)
    ]
    return row(made, height=height)


def fixed_grid(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A bordered table of the rows given: those that every paper of the kind has."""
    widths = [column.width for column in columns]
    return table([_heading(columns), *(_grid_row(columns, cells) for cells in rows)], widths, style="TabelBergaris")


def grid(
    columns: Sequence[Column],
    loop: str,
    cells: Sequence[str],
    total: Sequence[str] = (),
    height: float | None = None,
) -> str:
    """A bordered table: heading repeated on every page, one row per item, a total row if given."""
    widths = [column.width for column in columns]
    body = _grid_row(columns, cells, height)
    rows = [_heading(columns), tag_row(f"for {loop}", widths), body, tag_row("endfor", widths)]
    if total:
        label, amount = total
        last = columns[-1]
        rows.append(
            row(
                [
                    cell(
                        paragraph(f"**{label}**", "SelKanan"),
                        sum(widths[:-1]),
                        span=len(widths) - 1,
                    ),
                    cell(paragraph(f"**{amount}**", last.style), last.width),
                ]
            )
        )
    return table(rows, widths, style="TabelBergaris")


def _cell_lines(text: str, style: str) -> list[str]:
    return [
        tag_paragraph(line.removeprefix("%")) if line.startswith("%") else paragraph(line, style)
        for line in text.split("\n")
    ]


def letter_head(rows: Sequence[Sequence[str]], place_and_day: str) -> str:
    """Number, nature, enclosures and subject at the left; place and day at the right."""
    widths = (2.2, COLON, 8.2, TEXT_WIDTH - 2.2 - COLON - 8.2)
    lines = []
    for number, (name, value) in enumerate(rows):
        texts = (name, ":", value, place_and_day if number == 0 else "")
        styles = ("Data", "Data", "Data", "DataKanan")
        cells = [cell(paragraph(text, style), width) for text, style, width in zip(texts, styles, widths, strict=True)]
        lines.append(row(cells))
    return table(lines, widths, style="TableNormal")


TEAM = (
    (Column("No.", 1.1, "SelTengah"), "{{ loop.index }}."),
    (Column("Nama dan NIP", 7.6), "**{{ anggota.nama }}**\nNIP {{ anggota.nip | nip }}"),
    (Column("Kedudukan", 3.5), "{{ anggota.jabatan }}"),
    (Column("Tanda Tangan", 4.8), "{{ loop.index }}. ........................"),
)
PARTICIPANTS = (
    (Column("No.", 1.1, "SelTengah"), "{{ loop.index }}."),
    (Column("Nama Peserta", 6.6), "**{{ calon.nama }}**"),
    (Column("Wakil", 4.5), "{{ calon.pembuktian.wakil }}"),
    (Column("Tanda Tangan", 4.8), "{{ loop.index }}. ........................"),
)


def signature_list(columns: Sequence[tuple[Column, str]], loop: str, heading: Sequence[str]) -> str:
    """A signature table with one line per person; it never parts from its heading."""
    widths = [column.width for column, _ in columns]
    body = row(
        [
            cell(
                "".join(paragraph(line, c.style, NUMBERED_CELL) for line in text.split("\n")),
                c.width,
                middle=True,
            )
            for c, text in columns
        ],
        height=1.05,
    )
    head = row(
        [cell(paragraph(c.title, "SelKepala"), c.width, middle=True) for c, _ in columns],
        header=True,
    )
    rows = [head, tag_row(f"for {loop}", widths), body, tag_row("endfor", widths)]
    title = "".join(paragraph(line, "TandaTangan") for line in heading)
    gap = paragraph("", "Sela", Look(keep_next=True))
    return title + gap + table(rows, widths, style="TabelBergaris")


def signatures(signers: Sequence[dict[str, object]], below: tuple[str, str] | None = None) -> str:
    """One signer at the right, or two side by side, with room to sign above the names.

    ``below``: a loop and finished paragraphs that stay with the signatures where the loop has items.
    """
    side = (TEXT_WIDTH - SIGNERS_GAP) / 2
    if len(signers) == 1:
        columns: tuple[dict[str, object], ...] = ({}, signers[0])
        widths: tuple[float, ...] = (TEXT_WIDTH - ONE_SIGNER, ONE_SIGNER)
    else:
        columns, widths = (signers[0], {}, signers[1]), (side, SIGNERS_GAP, side)

    def line(part: str, height: float | None = None) -> str:
        made = (_signer_lines(signer, part) for signer in columns)
        return row([cell(text, width) for text, width in zip(made, widths, strict=True)], height=height)

    rows = [line("atas"), line("ruang", SIGN_SPACE), line("bawah")]
    if below is not None:
        items = below[0].rpartition(" in ")[2]
        kept = row([cell(below[1], sum(widths), span=len(widths))])
        rows += [tag_row(f"if {items}", widths), kept, tag_row("endif", widths)]
    return table(rows, widths, style="TableNormal")


def official(name: str, above: Sequence[str] = (), title: bool = True) -> dict[str, object]:
    """An official as a signer: lines above, the position, and below the signature name, rank and NIP."""
    position = [f"{{{{ {name}.jabatan }}}},"] if title else []
    below = [f"{{{{ {name}.nama }}}}", f"{{{{ {name}.pangkat }}}}", f"NIP {{{{ {name}.nip | nip }}}}"]
    return {"atas": [*above, *position], "bawah": below}


def firm(name: str, above: Sequence[str] = ()) -> dict[str, object]:
    """A firm as a signer, by its representative."""
    below = [f"{{{{ {name}.wakil.nama }}}}", f"{{{{ {name}.wakil.jabatan }}}}"]
    return {"atas": [*above, f"{{{{ {name}.nama }}}},"], "bawah": below}


PLACE_AND_DAY = "{{ kantor.tempat }}, {{ tanggal | tanggal_panjang }}"
DECREED = ("Ditetapkan di {{ kantor.tempat }}", "pada tanggal {{ tanggal | tanggal_panjang }}", "")


_CHAIR = official("ketua_pokja", [PLACE_AND_DAY, "{{ kelompok_kerja }}"])
# The forms of signatures, each a block of its own: its name, what it is given, and who signs.
FORMS: dict[str, tuple[tuple[str, ...], list[dict[str, object]]]] = {
    "tanda_tangan": (("pejabat",), [official("pejabat")]),
    "tanda_tangan_lampiran": (("pejabat",), [official("pejabat")]),
    "ditetapkan": (("pejabat",), [official("pejabat", DECREED)]),
    "bertanggal": (("pejabat",), [official("pejabat", [PLACE_AND_DAY])]),
    "ketua_pokja": (
        (),
        [{**_CHAIR, "bawah": ["{{ ketua_pokja.nama }}", "NIP {{ ketua_pokja.nip | nip }}"]}],
    ),
    "ketua_pokja_surat": ((), [{**_CHAIR, "atas": ["{{ kelompok_kerja }}", "{{ ketua_pokja.jabatan }},"]}]),
    "para_pihak": (
        ("penyedia", "pejabat"),
        [firm("penyedia", ["PIHAK KESATU"]), official("pejabat", ["PIHAK KEDUA"])],
    ),
    "diterima": (
        ("penyedia", "pejabat"),
        [firm("penyedia", ["Menerima dan menyetujui:"]), official("pejabat", [PLACE_AND_DAY])],
    ),
    "penyedia_dan_pejabat": (("penyedia", "pejabat"), [firm("penyedia"), official("pejabat")]),
    "berdua": (("kiri", "kanan"), [official("kiri"), official("kanan")]),
    "mengetahui": (("kiri", "kanan"), [official("kiri", ["Mengetahui:"]), official("kanan", [PLACE_AND_DAY])]),
}


def _signer_lines(signer: dict[str, object], part: str) -> str:
    lines = signer.get(part) or [""]
    if not isinstance(lines, list):
        raise TypeError(f"{part} harus daftar baris")
    made = []
    for number, line in enumerate(lines):
        if line.startswith("%"):
            made.append(tag_paragraph(line.removeprefix("%")))
            continue
        name = part == "bawah" and number == 0
        text = f"**{line}**" if name and line else line
        made.append(paragraph(text, "TandaTangan", Look(underline=name)))
    return "".join(made)
