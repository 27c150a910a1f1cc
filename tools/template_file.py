"""Writes the Word file around a drafted body."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from template_blocks import Numbering
from template_xml import NAMESPACES

HERE = Path(__file__).resolve().parent
SKELETON = HERE / "paket_kosong"
TEMPLATES = HERE.parent / "doc_templates"
LOGO = TEMPLATES / "profil" / "logo.png"
QR = HERE / "qr.png"
STAMP = (1980, 1, 1, 0, 0, 0)
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="12189" w:h="18709"/>'
    '<w:pgMar w:top="850" w:right="1134" w:bottom="1134" w:left="1417" w:header="567" '
    'w:footer="567" w:gutter="0"/></w:sectPr>'
)
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
RELATION = f'<Relationship Id="{{}}" Type="{IMAGE}" Target="media/{{}}"/>'
# The relations by which bodies show their pictures.
PICTURES = {"logo.png": "rId5", "qr.png": "rId8"}


def write_word_file(target: Path, body: str, numbering: Numbering, pictures: Mapping[str, Path]) -> None:
    """A Word file of the office's skeleton with this body, its lists and its pictures; the same bytes every time."""
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"
    )
    parts = {path.relative_to(SKELETON).as_posix(): path.read_bytes() for path in SKELETON.rglob("*") if path.is_file()}
    parts |= {
        "word/document.xml": document.encode(),
        "word/numbering.xml": _before(parts["word/numbering.xml"], "</w:numbering>", numbering.xml()),
    }
    for name, file in pictures.items():
        parts[f"word/media/{name}"] = file.read_bytes()
        listed = "word/_rels/document.xml.rels"
        parts[listed] = _before(parts[listed], "</Relationships>", RELATION.format(PICTURES[name], name))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # Word wants the content types first; the rest is sorted so that the bytes are stable.
        for name in sorted(parts, key=lambda name: (name[0] != "[", name)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])


def _before(part: bytes, end: str, added: str) -> bytes:
    return part.decode().replace(end, added + end).encode()
