"""Drafts a Word template from an outline (a YAML list of blocks).

    python tools/draft_template.py tools/kerangka/bapp.yaml [doc_templates/bapp.docx] [--timpa]

The outline only gives the first draft: once the .docx exists it is what papers are rendered from,
and it may be edited in Word. So the tool refuses to overwrite one unless it is told ``--timpa``.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from template_blocks import (
    PARTICIPANTS,
    TEAM,
    Numbering,
    data,
    fixed_grid,
    grid,
    letter_head,
    letterhead,
    signature_list,
    signatures,
    signers_of,
)
from template_xml import NAMESPACES, Column, Look, cell, paragraph, row, table, tag_paragraph

HERE = Path(__file__).resolve().parent
SKELETON = HERE / "paket_kosong"
TEMPLATES = HERE.parent / "doc_templates"
LOGO = TEMPLATES / "profil" / "logo.png"
STAMP = (1980, 1, 1, 0, 0, 0)
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="12189" w:h="18709"/>'
    '<w:pgMar w:top="850" w:right="1134" w:bottom="1134" w:left="1417" w:header="567" '
    'w:footer="567" w:gutter="0"/></w:sectPr>'
)
LIST_KINDS = {"angka": 0, "huruf": 1}
ALIGNMENTS = {"kiri": "Sel", "tengah": "SelTengah", "kanan": "SelKanan"}
PLAIN = {
    "isi": "Isi",
    "alinea": "IsiMenjorok",
    "penutup": "IsiMenjorok",
    "pengantar": "Pengantar",
    "bagian": "Bagian",
    "nomor": "Nomor",
    "tujuan": "Tujuan",
    "tanda": "TandaTangan",
    "catatan": "Tembusan",
}


class Drafter:
    """Turns the blocks of one outline into the XML of a document body."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.makers: dict[str, Callable[[Any], str]] = {
            "kop": lambda _: letterhead(),
            "sela": lambda _: paragraph("", "Sela"),
            "judul": self._title,
            "butir": self._items,
            "data": self._data,
            "tabel": self._grid,
            "diktum": self._clauses,
            "surat": lambda block: letter_head(block["baris"], block["tempat_tanggal"]),
            "jika": self._condition,
            "ulang": self._loop,
            "tim": lambda block: signature_list(TEAM, block["ulang"], block["judul"]),
            "peserta": lambda block: signature_list(PARTICIPANTS, block["ulang"], block["judul"]),
            "tanda_tangan": self._signatures,
            "tembusan": self._copies,
            "halaman": self._page,
        }

    def blocks(self, outline: Sequence[dict[str, Any]]) -> str:
        return "".join(self._block(block) for block in outline)

    def _block(self, block: dict[str, Any]) -> str:
        name = next(iter(block))
        if name in PLAIN:
            lines = block[name] if isinstance(block[name], list) else [block[name]]
            # The closing sentence of a letter never parts from the signature.
            look = Look(keep_next=name == "penutup")
            return "".join(paragraph(line, PLAIN[name], look) for line in lines)
        if name not in self.makers:
            raise SystemExit(f"blok `{name}` tidak dikenal; yang ada: {', '.join(self.known())}")
        return self.makers[name](block if name in ("jika", "ulang") else block[name])

    def known(self) -> list[str]:
        return sorted([*self.makers, *PLAIN])

    def _title(self, lines: list[str]) -> str:
        return "".join(self._line(line, "Judul") for line in lines)

    def _line(self, line: str, style: str) -> str:
        if line.startswith("%"):
            return tag_paragraph(line.removeprefix("%"))
        return paragraph(line, style)

    def _items(self, block: Any) -> str:
        items = block if isinstance(block, list) else block["isi"]
        kind = "angka" if isinstance(block, list) else block.get("jenis", "angka")
        number = self.numbering.new(LIST_KINDS[kind])
        return "".join(
            tag_paragraph(item.removeprefix("%"))
            if item.startswith("%")
            else paragraph(item, "Butir", Look(numbering=number))
            for item in items
        )

    def _data(self, block: Any) -> str:
        if isinstance(block, list):
            return data(block)
        settings = {"label": "label", "menjorok": "indent", "lebar": "width"}
        given = {name: block[key] for key, name in settings.items() if key in block}
        return data(block["baris"], **given)

    def _grid(self, block: dict[str, Any]) -> str:
        """A table of one row per item (``ulang``, ``sel``), or of the rows that stand in the outline (``baris``)."""
        columns = [Column(title, width, ALIGNMENTS[align]) for title, width, align in block["kolom"]]
        if "baris" in block:
            return fixed_grid(columns, block["baris"])
        return grid(columns, block["ulang"], block["sel"], block.get("jumlah", ()), block.get("tinggi"))

    def _clauses(self, rows: list[list[Any]]) -> str:
        """The rows of a decree: a word, a colon, and what follows; long rows may run over pages."""
        widths = (3.1, 0.5, 13.4)
        made = [
            row(
                [
                    cell(paragraph(label, "Isi"), widths[0]),
                    cell(paragraph(":", "Isi"), widths[1]),
                    cell(self.blocks(content), widths[2]),
                ],
                splits=True,
            )
            for label, content in rows
        ]
        return table(made, widths, style="TableNormal")

    def _condition(self, block: dict[str, Any]) -> str:
        made = tag_paragraph(f"if {block['jika']}") + self.blocks(block["isi"])
        for other in block.get("atau", []):
            made += tag_paragraph(f"elif {other['jika']}") + self.blocks(other["isi"])
        if "lainnya" in block:
            made += tag_paragraph("else") + self.blocks(block["lainnya"])
        return made + tag_paragraph("endif")

    def _loop(self, block: dict[str, Any]) -> str:
        made = tag_paragraph(f"for {block['ulang']}") + self.blocks(block["isi"])
        return made + tag_paragraph("endfor")

    def _signatures(self, block: Any) -> str:
        """The signers; the tembusan below them stands in the same table, or it might be alone on the next page."""
        if isinstance(block, list):
            return signatures(block)
        if "bentuk" in block:
            signers = signers_of(block["bentuk"], block)
            if "catatan" in block:
                note = paragraph("", "Sela") + paragraph(block["catatan"], "Tembusan")
                return signatures(signers, last=paragraph("", "Sela") + self._copies("pihak in tembusan") + note)
            return signatures(
                signers, below=("pihak in tembusan", paragraph("", "Sela") + self._copies("pihak in tembusan"))
            )
        return signatures(
            block["oleh"], below=(block["tembusan"], paragraph("", "Sela") + self._copies(block["tembusan"]))
        )

    def _copies(self, block: Any) -> str:
        """The tembusan by its loop; with ``catatan`` a last line that never parts from it."""
        loop, note = (block, None) if isinstance(block, str) else (block["ulang"], block["catatan"])
        number = self.numbering.new(LIST_KINDS["angka"])
        made = (
            tag_paragraph(f"if {loop.rpartition(' in ')[2]}")
            + paragraph("Tembusan:", "Tembusan", Look(keep_next=True))
            + tag_paragraph(f"for {loop}")
            + paragraph("{{ pihak }}", "Tembusan", Look(numbering=number, keep_next=note is not None))
            + tag_paragraph("endfor")
            + tag_paragraph("endif")
        )
        return made if note is None else made + paragraph("", "Sela") + paragraph(note, "Tembusan")

    def _page(self, lines: list[str]) -> str:
        first, *rest = lines
        made = paragraph(first, "Tujuan", Look(page_break=True, indent=5100))
        return made + "".join(paragraph(line, "Tujuan", Look(indent=5100)) for line in rest)


def draft(outline: Path, target: Path) -> None:
    """Writes the template that ``outline`` describes."""
    drafter = Drafter()
    body = drafter.blocks(yaml.safe_load(outline.read_text(encoding="utf-8")))
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"
    )
    parts = {path.relative_to(SKELETON).as_posix(): path.read_bytes() for path in SKELETON.rglob("*") if path.is_file()}
    numbering = (
        parts["word/numbering.xml"].decode().replace("</w:numbering>", drafter.numbering.xml() + "</w:numbering>")
    )
    parts |= {
        "word/document.xml": document.encode(),
        "word/numbering.xml": numbering.encode(),
        "word/media/logo.png": LOGO.read_bytes(),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # Word wants the content types first; the rest is sorted so that the bytes are stable.
        for name in sorted(parts, key=lambda name: (name[0] != "[", name)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Menyusun draf templat Word dari kerangka YAML.")
    parser.add_argument("kerangka", type=Path, help="berkas kerangka, mis. tools/kerangka/bapp.yaml")
    parser.add_argument("templat", type=Path, nargs="?", help="bawaan: doc_templates/<nama>.docx")
    parser.add_argument("--timpa", action="store_true", help="timpa templat yang sudah ada")
    options = parser.parse_args(arguments)
    target = options.templat or TEMPLATES / f"{options.kerangka.stem}.docx"
    if target.exists() and not options.timpa:
        print(f"{target} sudah ada dan mungkin sudah disunting; pakai --timpa untuk menimpanya", file=sys.stderr)
        return 2
    draft(options.kerangka, target)
    print(f"{target}: {target.stat().st_size} bita")
    return 0


if __name__ == "__main__":
    sys.exit(main())
