"""What a Word file holds beside its words that lets a reader see others, or that a machine reads wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pbj_rules.documents.markup import QR, WP, A, R, parse
from pbj_rules.documents.opened import OpenedPaper
from pbj_rules.documents.package import Package
from pbj_rules.documents.page_text import PageText
from pbj_rules.documents.png import dark_pixels
from pbj_rules.documents.seal import Seal
from pbj_rules.documents.sealing import qr_picture
from pbj_rules.documents.words import hides_text, marks_of

__all__ = ["named_marks", "oddities", "same_picture", "saved_by"]

_LINKED: Final = re.compile(
    rb"<(?:\w+:)?Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*/attachedTemplate[\"'])"
)
_PROGRAM: Final = re.compile(rb"<(?:\w+:)?Application>([^<]{1,100})<")
_OURS: Final = "pbj-rules"
_SAID: Final = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "delText"), "perubahan terlacak"),
    **dict.fromkeys(("vanish", "specVanish", "webHidden"), "teks tersembunyi"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "catatan kaki atau catatan akhir"),
    "commentReference": "komentar",
    "sym": "simbol dari huruf khusus",
    **dict.fromkeys(("object", "control", "altChunk", "subDoc"), "objek tertanam"),
    "dataBinding": "isian yang diambil dari data lain",
    "drawn": "teks dalam gambar atau rumus",
}


def oddities(paper: OpenedPaper, seal: Seal) -> Iterator[str]:
    """Why a paper cannot be read with trust although its words are those of its seal, for people."""
    if any(hides_text(paper.parts[name]) for name in _style_parts(paper)):
        yield "gaya hurufnya menyembunyikan teks"
    if any(name.endswith(".rels") and _LINKED.search(data) for name, data in paper.parts.items()):
        yield "menunjuk ke gambar, objek atau tautan di luar berkas"
    if any(name.lower().endswith((".bin", ".exe", ".vbs", ".js")) for name in paper.parts):
        yield "memuat makro atau objek tertanam"
    if not all(same_picture(picture, qr_picture(seal.paper, seal.content)) for picture in _qr_pictures(paper)):
        yield "gambar kode QR bukan milik naskah ini"


def named_marks(pages: tuple[PageText, ...]) -> list[str]:
    """What pages hold that is neither text nor page number, for people, each once."""
    names = sorted(set().union(*(marks_of(page.words) for page in pages)))
    return list(dict.fromkeys(_SAID.get(name, "bidang (field)") for name in names))


def same_picture(one: bytes, other: bytes) -> bool:
    """Whether two PNG files show the same dots."""
    dots = dark_pixels(one)
    return dots is not None and dots == dark_pixels(other)


def saved_by(parts: Mapping[str, bytes]) -> str:
    """The program that saved a file, as the file itself says; empty where that is this one or none."""
    found = _PROGRAM.search(parts.get("docProps/app.xml", b""))
    program = found[1].decode("utf-8", "replace") if found else ""
    return "" if program == _OURS else program


def _style_parts(paper: OpenedPaper) -> list[str]:
    related = Package(paper.parts).related(paper.body).values()
    return [where for kind, where in related if kind in ("styles", "numbering") and where in paper.parts]


def _qr_pictures(paper: OpenedPaper) -> Iterator[bytes]:
    """The pictures that the pages show as the QR code."""
    package = Package(paper.parts)
    for page in package.pages(paper.body):
        for drawing in parse(paper.parts[page]).iter(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
            if any(named.get("name") == QR for named in drawing.iter(f"{{{WP}}}docPr")):
                for picture in drawing.iter(f"{{{A}}}blip"):
                    _, where = package.related(page).get(picture.get(f"{{{R}}}embed"), ("", ""))
                    yield paper.parts.get(where, b"")
