"""What a template becomes once: opened with care, its blocks put in place, dressed, patched and made into code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import TemplateSyntaxError
from lxml import etree

from pbj_rules.documents.blocks import BlockError, compose, load_blocks
from pbj_rules.documents.codegen import CutElementError, PartCode, Site, Unsupported, Writer, generate
from pbj_rules.documents.compiled import Look
from pbj_rules.documents.dressing import PAGES, dress
from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import not_plain_xml, pack, unpack
from pbj_rules.documents.places import blocks_folder
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.documents.review_code import ReviewWriter
from pbj_rules.documents.sandbox import environment
from pbj_rules.documents.templating import fault_of, patched, place_of
from pbj_rules.documents.words import are_plain

__all__ = ["compiled_parts", "composed_template", "located", "open_template"]

MAX_PAGE_BYTES: Final = 5_000_000
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What docxtpl makes of a page after Jinja, which generated code does not.
_BEYOND: Final = re.compile(r"\{_[{%]|[}%]_\}|\{%\s*(?:vm|hm|colspan|cellbg|tc)\b|\{\{r\s|\{%tc\s")
_BREAK_IN_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t\a\f]")


def open_template(path: Path) -> dict[str, bytes]:
    """The parts of a Word file that somebody else may have made. Raises TemplateFaultError for a dangerous one."""
    try:
        parts = unpack(path)
    except (OSError, ValueError) as error:
        raise TemplateFaultError(str(error), "") from error
    for name, data in parts.items():
        if why := _danger(name, data):
            raise TemplateFaultError(why, name)
    return parts


def _danger(name: str, data: bytes) -> str:
    """Why a part must not be opened, or nothing."""
    if name.lower().endswith((".bin", ".exe", ".vbs", ".js")) or name.startswith("word/embeddings/"):
        return "memuat makro atau objek tertanam, yang tidak diizinkan dalam templat"
    if not name.endswith((".xml", ".rels")):
        return ""
    if why := not_plain_xml(data):
        return f"{why}, yang tidak diizinkan dalam templat"
    if PAGES.fullmatch(name) and len(data) > MAX_PAGE_BYTES:
        return f"lebih besar dari {MAX_PAGE_BYTES} bita"
    if name.endswith(".rels") and re.search(rb"TargetMode\s*=\s*[\"']External", data):
        return "menunjuk ke luar berkas (gambar, objek, atau tautan luar), yang tidak diizinkan dalam templat"
    if b"w:altChunk" in data:
        return "memuat altChunk, yang tidak diizinkan dalam templat"
    return ""


def composed_template(path: Path, look: Look) -> dict[str, bytes]:
    """The parts of a template with its blocks in place, in an office's look: an ordinary docxtpl template."""
    parts = open_template(path)
    try:
        pages = sorted(filter(PAGES.fullmatch, parts))
        return dress(compose(parts, load_blocks(blocks_folder(path)), pages), look.page, look.logo, qr=look.qr)
    except etree.XMLSyntaxError as error:
        raise TemplateFaultError(f"XML rusak: {error}", "") from error
    except (BlockError, ValueError) as error:
        raise TemplateFaultError(str(error), "") from error
    except (KeyError, AttributeError, StopIteration, TypeError) as error:
        raise TemplateFaultError(f"susunan berkas Word rusak ({error})", "") from error


Code = tuple[str, CodeType, tuple[str, ...], tuple[Site, ...], bool]


def compiled_parts(path: Path, look: Look) -> tuple[dict[str, bytes], tuple[Code, ...], bytes | None]:
    """The template's parts, the code of those with values, and the whole file where docxtpl has to render it."""
    parts = composed_template(path, look)
    codes: list[Code] = []
    whole = None
    for name in Package(parts).pages():
        source = patched(parts[name])
        try:
            code = _code(name, source, parts[name], _writer(name, look))
        except TemplateSyntaxError as error:
            raise TemplateFaultError(f"tanda templat salah: {error.message}", place_of(source, error, name)) from error
        except Unsupported:
            whole = pack(parts)
        else:
            codes.append((code.name, code.code, code.runs, code.sites, are_plain(parts[name])))
    return parts, () if whole else tuple(codes), whole


def _writer(name: str, look: Look) -> Writer:
    """Comments stand in the body alone: Word has none in headers and footers."""
    return ReviewWriter(commenting=name == "word/document.xml") if look.review else Writer()


def _code(name: str, source: str, data: bytes, writer: Writer) -> PartCode:
    if _BEYOND.search(source) or _BREAK_IN_TEXT.search(source) or not _plain_tables(parse(data)):
        environment().parse(source)  # refuses what may not stand there at all
        raise Unsupported("docxtpl")
    try:
        return generate(name, environment().parse(source), _HEAD, writer)
    except CutElementError as error:
        raise TemplateSyntaxError(str(error), error.line) from error


def _plain_tables(root: Any) -> bool:
    """Whether every table keeps its columns however it is rendered: docxtpl mends those that do not."""
    return all(_keeps_columns(table) for table in root.iter(w("tbl")))


def _keeps_columns(table: Any) -> bool:
    columns = len(table.find(w("tblGrid")))
    always = False
    depth = 0
    for row in table.iter(w("tr")):
        text = "".join(node.text or "" for node in row.iter(w("t")))
        if "{%tr" in text or "{%tc" in text:
            depth += len(re.findall(r"\{%tr\s+(?:if|for)\b", text)) - len(re.findall(r"\{%tr\s+end", text))
            continue
        cells = row.findall(w("tc"))
        width = sum(_span(cell) for cell in cells)
        if len(cells) > columns or width > columns:
            return False
        always = always or (depth == 0 and width == columns)
    return always


def _span(cell: Any) -> int:
    found = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if found is None else int(found.get(w("val")))


def located(path: Path, name: str, context: Mapping[str, Any], error: Exception) -> TemplateFaultError:
    """The paragraph of a part that cannot be rendered, found by rendering it again by Jinja."""
    source = patched(composed_template(path, Look())[name])
    return fault_of(source, name, context, error)
