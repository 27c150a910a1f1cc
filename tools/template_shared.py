"""The shared blocks (``doc_templates/blok``): what papers have in common, each drafted once.

    python tools/template_shared.py [FOLDER] [--timpa]

A paper names a block in a paragraph of its own: ``{{p kop }}``, ``{{p tanda_tangan(ppk) }}``. As with the
templates, the Word files are the originals once they exist.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from template_blocks import FORMS, PARTICIPANTS, TEAM, Numbering, letterhead, signature_list, signatures
from template_file import LOGO, QR, TEMPLATES, write_word_file
from template_xml import Look, cell, drawing, paragraph, row, table, tag_paragraph

EXTRA = "Naskah pelengkap: tidak disebut dalam Peraturan Bupati Balangan Nomor 21 Tahun 2020."
CODE = "Kode verifikasi {{ kode_verifikasi }}"
FOOTER_WIDTHS = (11.0, 6.0)


def copies(number: int) -> str:
    """Who gets a copy, where the office names anybody."""
    return (
        tag_paragraph("if tembusan")
        + paragraph("", "Sela")
        + paragraph("Tembusan:", "Tembusan", Look(keep_next=True))
        + tag_paragraph("for pihak in tembusan")
        + paragraph("{{ pihak }}", "Tembusan", Look(numbering=number))
        + tag_paragraph("endfor")
        + tag_paragraph("endif")
    )


def enclosure(of: str) -> str:
    """The heading of an enclosure, on a page of its own."""
    lines = ["Lampiran", *([of] if of else []), "Nomor {{ nomor }}", "Tanggal {{ tanggal | tanggal_panjang }}"]
    first, *rest = lines
    made = paragraph(first, "Tujuan", Look(page_break=True, indent=5100))
    return made + "".join(paragraph(line, "Tujuan", Look(indent=5100)) for line in rest)


def field(instruction: str) -> str:
    """A field that Word counts by itself."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    asked = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return marks[0] + asked + marks[1] + "<w:r><w:t>1</w:t></w:r>" + marks[2]


def footer() -> str:
    """The code by which a paper is verified (and its QR code where the office wants one), and the page's number.

    A paper that no row names says so."""
    style = '<w:pStyle w:val="KakiKiri"/>'
    picture = drawing("rId8", 1.5, 1.5, "QR", "Kode QR verifikasi", "KakiKiri")
    # The text of a full page must not touch the picture.
    left = picture.replace(style, f'{style}<w:spacing w:before="120"/>') + paragraph(CODE, "KakiKiri")
    left += tag_paragraph("if pelengkap") + paragraph(EXTRA, "KakiKiri") + tag_paragraph("endif")
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    pages = text.format("Halaman ") + field("PAGE") + text.format(" dari ") + field("NUMPAGES")
    right = f'<w:p><w:pPr><w:pStyle w:val="Kaki"/></w:pPr>{pages}</w:p>'
    cells = [cell(left, FOOTER_WIDTHS[0]), cell(right, FOOTER_WIDTHS[1])]
    return table([row(cells)], FOOTER_WIDTHS, style="TableNormal") + paragraph("", "Sela")


def blocks() -> Iterator[tuple[str, str, Numbering]]:
    """Every block: the name of its file, its body, and its lists."""
    yield "kop", letterhead(), Numbering()
    numbering = Numbering()
    yield "tembusan", copies(numbering.new(0)), numbering
    for name, (parameters, signers) in FORMS.items():
        given = f"({', '.join(parameters)})" if parameters else ""
        # Whoever signs an enclosure has named those who get a copy before it.
        below = None if name == "tanda_tangan_lampiran" else ("pihak in tembusan", paragraph("{{p tembusan }}", "Isi"))
        yield f"{name}{given}", signatures(signers, below=below), Numbering()
    yield "tanda_tangan_pokja", signature_list(TEAM, "anggota in pokja", ["{{ kelompok_kerja }}"]), Numbering()
    loop = "calon in peserta_pembuktian"
    yield "tanda_tangan_peserta", signature_list(PARTICIPANTS, loop, ["Wakil Peserta"]), Numbering()
    yield "lampiran(naskah, pejabat)", enclosure("{{ naskah }} {{ pejabat.jabatan }}"), Numbering()
    yield "lampiran_surat", enclosure(""), Numbering()
    yield "kaki", footer(), Numbering()


def main(arguments: Sequence[str]) -> int:
    overwrite = "--timpa" in arguments
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    folder = named[0] if named else TEMPLATES / "blok"
    folder.mkdir(parents=True, exist_ok=True)
    for name, body, numbering in blocks():
        target = folder / f"{name}.docx"
        if target.exists() and not overwrite:
            print(f"{target} sudah ada dan mungkin sudah disunting; pakai --timpa untuk menimpanya", file=sys.stderr)
            return 2
        pictures = {"logo.png": LOGO, "qr.png": QR} if name in ("kop", "kaki") else {}
        write_word_file(target, body, numbering, pictures)
    print(f"{folder}: {len(list(folder.glob('*.docx')))} blok")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
