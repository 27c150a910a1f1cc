"""Builds small Word files for tests, good ones and bad ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pbj_rules.documents.packing import pack

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BOLD = "<w:rPr><w:b/></w:rPr>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str) -> str:
    """A paragraph of runs, or of plain texts."""
    return "<w:p>" + "".join(one if one.startswith("<") else run(one) for one in runs) + "</w:p>"


def cell(*texts: str) -> str:
    return "<w:tc>" + "".join(text if text.startswith("<w:") else line(text) for text in texts) + "</w:tc>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells) + "</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(body: str, section: str = "") -> bytes:
    return (
        f'<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>'
        "</w:document>"
    ).encode()


def relations(*items: tuple[str, str, str], mode: str = "") -> bytes:
    """Relations, each with its id, the last word of its type, and its target."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>' for name, kind, target in items
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def types(extra: str = "") -> bytes:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>{extra}</Types>'
    ).encode()


def word_parts(body: str, parts: Mapping[str, bytes] | None = None, section: str = "") -> dict[str, bytes]:
    """The parts of a Word file with this body; ``parts`` are added or take the place of its own."""
    styles = f'<w:styles xmlns:w="{MAIN}"/>'.encode()
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document(body, section),
        "word/styles.xml": styles,
        **(parts or {}),
    }


def word_file(path: Path, body: str, parts: Mapping[str, bytes] | None = None, section: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(word_parts(body, parts, section)))
    return path


def with_footer(text: str) -> tuple[dict[str, bytes], str]:
    """The parts and the section of a file whose footer says ``text``."""
    footer = f'<w:ftr xmlns:w="{MAIN}">{text if text.startswith("<w:") else line(text)}</w:ftr>'.encode()
    parts = {
        "word/footer1.xml": footer,
        "word/_rels/document.xml.rels": relations(("rId1", "footer", "footer1.xml")),
        "[Content_Types].xml": types(f'<Override PartName="/word/footer1.xml" ContentType="{KIND}.footer+xml"/>'),
    }
    return parts, '<w:footerReference w:type="default" r:id="rId1"/>'
