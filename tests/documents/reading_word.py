"""Reads a Word file the way tests compare it: text by paragraph and row, and what is highlighted."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of the file by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(content: bytes) -> Any:
    """The body of the document."""
    return etree.fromstring(parts_of(content)["word/document.xml"]).find(f"{W}body")


def text_of(element: Any) -> str:
    """The text of an element; a line break is a slash, a tab an arrow."""
    signs = {f"{W}br": " / ", f"{W}tab": " → "}
    return "".join(node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "") for node in element.iter())


def whole_text(content: bytes) -> str:
    """The paper's text, a line per paragraph."""
    return "\n".join(text_of(paragraph) for paragraph in body_of(content).iter(f"{W}p"))


def every_text(content: bytes) -> str:
    """The paper's text with that of its headers and footers, a line per paragraph."""
    pages = [data for name, data in sorted(parts_of(content).items()) if re.match(r"word/(?:header|footer)", name)]
    margins = [text_of(paragraph) for data in pages for paragraph in etree.fromstring(data).iter(f"{W}p")]
    return "\n".join([whole_text(content), *margins])


def highlighted(content: bytes) -> list[str]:
    """The texts of the yellow runs."""
    runs = body_of(content).iter(f"{W}r")
    return [text_of(run) for run in runs if run.find(f"{W}rPr/{W}highlight[@{W}val='yellow']") is not None]


def outline(content: bytes) -> str:
    """Page, styles, paragraphs and rows, and a hash that changes with anything else in the paper."""
    lines = [_page(content), "", *_blocks(body_of(content)), "", f"sha256 {digest(content)}"]
    return "\n".join(lines) + "\n"


def digest(content: bytes) -> str:
    """The hash of the parts' canonical XML: archives differ between builds of zlib, their parts do not."""
    total = hashlib.sha256()
    for name, data in sorted(parts_of(content).items()):
        total.update(name.encode() + b"\0")
        total.update(
            etree.tostring(etree.fromstring(data), method="c14n") if name.endswith((".xml", ".rels")) else data
        )
    return total.hexdigest()


def _page(content: bytes) -> str:
    section = body_of(content).find(f"{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    sides = " ".join(margins.get(W + side) for side in ("top", "right", "bottom", "left"))
    return f"kertas {size.get(W + 'w')} x {size.get(W + 'h')}, tepi {sides}"


def _blocks(parent: Any, indent: str = "") -> Iterator[str]:
    for block in parent:
        if block.tag == f"{W}p":
            style = block.find(f"{W}pPr/{W}pStyle")
            name = "" if style is None else style.get(f"{W}val")
            mark = "#" if block.find(f"{W}pPr/{W}numPr") is not None else ""
            yield f"{indent}[{name}{mark}] {text_of(block)}".rstrip()
        elif block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                cells = [" ¶ ".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")]
                yield f"{indent}| {' | '.join(cells)} |"
