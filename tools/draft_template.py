"""Drafts a Word template from an outline (a YAML list of blocks).

    python tools/draft_template.py tools/kerangka/bapp.yaml [doc_templates/bapp.docx] [--timpa]

The outline only gives the first draft: once the .docx exists it is what papers are rendered from,
and it may be edited in Word. So the tool refuses to overwrite one unless it is told ``--timpa``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from template_blocks import (
    FORMS,
    PARTICIPANTS,
    TEAM,
    Numbering,
    data,
    fixed_grid,
    grid,
    letter_head,
    signature_list,
    signatures,
)
from template_file import TEMPLATES, write_word_file
from template_xml import Column, Look, cell, paragraph, row, table, tag_paragraph

LIST_KINDS = {"angka": 0, "huruf": 1}
ALIGNMENTS = {"kiri": "Sel", "tengah": "SelTengah", "kanan": "SelKanan"}
# Forms of signatures by the names that outlines have for them.
SIGNATURES = {"biasa": "tanda_tangan"}
PLAIN = {
    "isi": "Isi",
    "alinea": "IsiMenjorok",
    "penutup": "IsiMenjorok",
    "pengantar": "Pengantar",
    "bagian": "Bagian",
    "nomor": "Nomor",
    "tujuan": "Tujuan",
    "tanda": "TandaTangan",
}


class Drafter:
    """Turns the blocks of one outline into the XML of a document body."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.makers: dict[str, Callable[[Any], str]] = {
            "kop": lambda _: shared("kop"),
            "sela": lambda _: paragraph("", "Sela"),
            "judul": self._title,
            "butir": self._items,
            "data": self._data,
            "tabel": self._grid,
            "diktum": self._clauses,
            "surat": lambda block: letter_head(block["baris"], block["tempat_tanggal"]),
            "jika": self._condition,
            "ulang": self._loop,
            "tim": lambda block: self._people(block, "tanda_tangan_pokja", TEAM),
            "peserta": lambda block: self._people(block, "tanda_tangan_peserta", PARTICIPANTS),
            "tanda_tangan": self._signatures,
            "tembusan": lambda _: shared("tembusan"),
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
        """A form of signature is a shared block; signers that no form has are written out, one or two."""
        if isinstance(block, list):
            return signatures(block)
        name = SIGNATURES.get(block["bentuk"], block["bentuk"]).replace("-", "_")
        if name not in FORMS:
            raise SystemExit(f"bentuk tanda tangan `{name}` tidak dikenal; yang ada: {', '.join(FORMS)}")
        given = [block.get(part, block.get("oleh")) for part in FORMS[name][0]]
        return shared(f"{name}({', '.join(given)})" if given else name)

    def _people(self, block: dict[str, Any], name: str, columns: Any) -> str:
        """The team or the participants; a list of other people is written out."""
        if list(block) == ["judul", "ulang"] and block["ulang"] in ("anggota in pokja", "calon in peserta_pembuktian"):
            return shared(name)
        return signature_list(columns, block["ulang"], block["judul"])

    def _page(self, lines: list[str]) -> str:
        """The heading of an enclosure: of a paper that an official signs, or of a letter."""
        found = re.fullmatch(r"(.+?) \{\{ (\w+)\.jabatan \}\}", lines[1])
        return shared(f"lampiran('{found[1]}', {found[2]})") if found else shared("lampiran_surat")


def shared(call: str) -> str:
    """The paragraph in whose place a shared block comes."""
    return paragraph(f"{{{{p {call} }}}}", "Isi")


def draft(outline: Path, target: Path) -> None:
    """Writes the template that ``outline`` describes."""
    drafter = Drafter()
    body = drafter.blocks(yaml.safe_load(outline.read_text(encoding="utf-8")))
    write_word_file(target, body, drafter.numbering, {})


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
