"""A Word template, patched by docxtpl and compiled by Jinja once, rendered any number of times.

Jinja runs in its immutable sandbox, escapes every value, knows no undefined variable, and passes
every printed value through :func:`printed`, so None, a raw day or a raw list can never be printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final

from attrs import define, frozen
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pbj_rules.documents.blanks import passing_blanks
from pbj_rules.documents.formatting import FILTERS
from pbj_rules.documents.packing import unpack

__all__ = ["CompiledTemplate", "TemplateFault", "compile_template", "environment", "patched", "visible"]

_DYNAMIC: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml|docProps/core\.xml")
_BLOCKS: Final = re.compile(r"(?=<w:(?:p|tr)[ >])")
_NAMED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class TemplateFault(Exception):
    """A template that cannot be compiled or rendered: what, and at which paragraph."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


def printed(value: Any) -> Any:
    """The last check of every value that a template prints."""
    if value is None:
        raise TypeError("nilai kosong (None) dicetak; beri syarat `{% if … %}`")
    if isinstance(value, bool):
        raise TypeError("nilai ya/tidak dicetak tanpa `| ya_tidak` atau `| pilih(…)`")
    if isinstance(value, date):
        raise TypeError("tanggal dicetak tanpa bentuk, mis. `| tanggal_panjang`")
    if isinstance(value, float | list | tuple | dict | set):
        raise TypeError(f"{type(value).__name__} tidak dapat dicetak langsung")
    return value


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment of all papers; its filters leave blanks alone."""
    made = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=printed
    )
    made.filters.update({name: passing_blanks(function) for name, function in FILTERS.items()})
    return made


@lru_cache(maxsize=1)
def _patcher() -> Any:
    """docxtpl's patching needs an instance but none of its state."""
    return DocxTemplate.__new__(DocxTemplate)


def patched(xml: str) -> str:
    """The XML with docxtpl's tags (``{%p``, ``{%tr``) turned into plain Jinja."""
    return str(_patcher().patch_xml(xml))


def with_breaks(xml: str) -> str:
    """Line ends and tabs of values turned into Word's own."""
    if "\n" in xml or "\t" in xml:
        return str(_patcher().resolve_listing(xml))
    return xml


def visible(xml: str) -> str:
    """What a reader sees of a piece of Word XML, tags of the template included."""
    return " ".join(re.sub(r"<[^>]+>", "", xml).split())


@frozen
class _Part:
    name: str
    source: str
    template: Any


@define
class CompiledTemplate:
    """A template ready to render. ``static``: the parts that no value reaches."""

    path: Path
    static: Mapping[str, bytes]
    parts: tuple[_Part, ...]

    def render(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """Every part of the paper. Raises TemplateFault at the paragraph that fails."""
        made = dict(self.static)
        for part in self.parts:
            try:
                xml = part.template.render(context)
            except Exception as error:
                raise _located(part, context, error) from error
            made[part.name] = with_breaks(xml).encode("utf-8")
        return made


def compile_template(path: Path) -> CompiledTemplate:
    """The template at ``path``, from memory while the file is unchanged."""
    status = path.stat()
    return _compile(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _compile(path: Path, _changed: int, _size: int) -> CompiledTemplate:
    try:
        parts = unpack(path)
    except ValueError as error:
        raise TemplateFault(str(error), "") from error
    dynamic = []
    for name in sorted(parts):
        if not _DYNAMIC.fullmatch(name):
            continue
        source = _flat(parts.pop(name).decode("utf-8"))
        source = source if name.startswith("docProps") else patched(source)
        try:
            template = environment().from_string(source)
        except TemplateSyntaxError as error:
            place = _place_of(source, error, name)
            raise TemplateFault(f"tanda templat salah: {error.message}", place) from error
        dynamic.append(_Part(name, source, template))
    return CompiledTemplate(path, parts, tuple(dynamic))


def _flat(xml: str) -> str:
    """The XML without the line ends between elements: those of values alone become line breaks."""
    return re.sub(r">\s*\n\s*<", "><", xml)


def _place_of(source: str, error: TemplateSyntaxError, name: str) -> str:
    """The paragraph of a tag that does not parse."""
    broken = _BLOCKS.sub("\n", source)
    try:
        environment().from_string(broken)
    except TemplateSyntaxError as again:
        return _quoted(broken, again.lineno, name)
    return _quoted(source, error.lineno, name)


def _located(part: _Part, context: Mapping[str, Any], error: Exception) -> TemplateFault:
    """Renders again with one paragraph a line, because Jinja only knows lines."""
    broken = _BLOCKS.sub("\n", part.source)
    place = ""
    try:
        environment().from_string(broken).render(context)
    except Exception as again:
        lines = [
            line
            for frame, line in walk_tb(again.__traceback__)
            if frame.f_code.co_filename == "<template>"
        ]
        place = _quoted(broken, lines[-1], part.name) if lines else ""
    return TemplateFault(_said(error), place)


def _quoted(source: str, line: int, name: str) -> str:
    text = visible(source.split("\n")[line - 1])
    place = name if name != "word/document.xml" else f"alinea ke-{line - 1}"
    return f"{place}, “{text[:100]}{'…' if len(text) > 100 else ''}”"


def _said(error: Exception) -> str:
    """The failure in Indonesian where it is one that template authors meet."""
    text = str(error)
    if isinstance(error, TemplateError) and "is undefined" in text:
        names = _NAMED.findall(text.split("'")[1]) if "'" in text else []
        return f"`{'.'.join(names) or text}` tidak dikenal"
    if "has no attribute" in text:
        return f"`{text.rsplit(chr(39), 2)[-2]}` tidak dikenal"
    return text
