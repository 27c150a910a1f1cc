"""What a template becomes once: with its blocks in place and dressed, it is patched and made into code."""

from __future__ import annotations

import re
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import TemplateSyntaxError

from pbj_rules.documents.codegen import PartCode, Site, Unsupported, Writer, generate
from pbj_rules.documents.compiled import Look
from pbj_rules.documents.composing import composed_template
from pbj_rules.documents.locating import syntax_fault
from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.package import Package
from pbj_rules.documents.packing import pack
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.documents.review_code import ReviewWriter
from pbj_rules.documents.templating import parsed, patched
from pbj_rules.documents.words import are_plain

__all__ = ["compiled_parts"]

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What docxtpl makes of a page after Jinja, which generated code does not.
_BEYOND: Final = re.compile(r"\{_[{%]|[}%]_\}|\{%\s*(?:vm|hm|colspan|cellbg|tc)\b|\{\{r\s|\{%tc\s")
_BREAK_IN_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t\a\f]")


Code = tuple[str, CodeType, tuple[str, ...], tuple[Site, ...], bool]


def compiled_parts(path: Path, look: Look) -> tuple[dict[str, bytes], tuple[Code, ...], bytes | None]:
    """The template's parts, the code of those with values, and the whole file where docxtpl has to render it.

    Raises TemplateFaultError.
    """
    try:
        return _compiled(path, look)
    except TemplateFaultError:
        raise
    except Exception as error:  # whatever is wrong with the file of somebody else is a fault of that file
        raise TemplateFaultError(f"susunan berkas Word rusak ({type(error).__name__})", "") from error


def _compiled(path: Path, look: Look) -> tuple[dict[str, bytes], tuple[Code, ...], bytes | None]:
    parts = composed_template(path, look)
    codes: list[Code] = []
    whole = None
    for name in Package(parts).pages():
        source = patched(parts[name])
        try:
            code = _code(name, source, parts[name], _writer(name, look))
        except TemplateSyntaxError as error:
            raise syntax_fault(path, name, error) from error
        except Unsupported:
            whole = pack(parts)
        else:
            codes.append((code.name, code.code, code.runs, code.sites, are_plain(parts[name])))
    return parts, () if whole else tuple(codes), whole


def _writer(name: str, look: Look) -> Writer:
    """Comments stand in the body alone: Word has none in headers and footers."""
    return ReviewWriter(commenting=name == "word/document.xml") if look.review else Writer()


def _code(name: str, source: str, data: bytes, writer: Writer) -> PartCode:
    template = parsed(source)
    if _BEYOND.search(source) or _BREAK_IN_TEXT.search(source) or not _plain_tables(parse(data)):
        raise Unsupported("docxtpl")
    return generate(name, template, _HEAD, writer)


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
