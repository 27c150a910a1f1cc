"""A Word template, patched by docxtpl and compiled by Jinja once, rendered any number of times.

Jinja runs in its immutable sandbox, escapes every value, knows no undefined variable, and passes
every printed value through :func:`printed`, so None, a raw day or a raw list can never be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final

from attrs import define, frozen
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from pbj_rules.documents.blanks import Blank
from pbj_rules.documents.markup import parse
from pbj_rules.documents.packing import unpack
from pbj_rules.formatting import FILTERS

__all__ = [
    "PAGES",
    "CompiledTemplate",
    "TemplateFaultError",
    "compile_template",
    "environment",
    "one_block_a_line",
    "patched",
    "quoted",
]

PAGES: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_BLOCKS: Final = re.compile(r"(?=<w:(?:p|tr)[ >])")
_NAMED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class TemplateFaultError(Exception):
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


def passing_blanks(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter that leaves a blank a blank, and says so where its value is undefined."""

    def filtered(value: Any, *arguments: Any) -> Any:
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined raises here, with the variable's name
        return value if isinstance(value, Blank) else function(value, *arguments)

    return filtered


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment of all papers; its filters leave blanks alone."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    made.filters.update({name: passing_blanks(function) for name, function in FILTERS.items()})
    return made


@lru_cache(maxsize=1)
def _patcher() -> Any:
    """docxtpl's patching needs an instance but none of its state."""
    return DocxTemplate.__new__(DocxTemplate)


def patched(data: bytes) -> str:
    """A part with docxtpl's tags (``{%p``, ``{%tr``) turned into plain Jinja.

    Parsed and written again first: some editors write the quotes of a tag as entities.
    """
    xml = etree.tostring(parse(data), encoding="unicode")
    return str(_patcher().patch_xml(_flat(xml)))


def with_breaks(xml: str) -> str:
    """Line ends and tabs of values turned into Word's own."""
    if "\n" in xml or "\t" in xml:
        return str(_patcher().resolve_listing(xml))
    return xml


def one_block_a_line(xml: str) -> str:
    """The XML with each paragraph and table row on a line of its own: Jinja only knows lines."""
    return _BLOCKS.sub("\n", _flat(xml))


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
        """Every part of the paper. Raises TemplateFaultError at the paragraph that fails."""
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
        raise TemplateFaultError(str(error), "") from error
    dynamic = []
    for name in sorted(parts):
        if not PAGES.fullmatch(name):
            continue
        try:
            source = patched(parts.pop(name))
        except etree.XMLSyntaxError as error:
            raise TemplateFaultError(f"XML rusak: {error}", name) from error
        try:
            template = environment().from_string(source)
        except TemplateSyntaxError as error:
            place = _place_of(source, error, name)
            raise TemplateFaultError(f"tanda templat salah: {error.message}", place) from error
        dynamic.append(_Part(name, source, template))
    return CompiledTemplate(path, parts, tuple(dynamic))


def _flat(xml: str) -> str:
    """The XML without the line ends between elements: those of values alone become line breaks."""
    return re.sub(r">\s*\n\s*<", "><", xml)


def _place_of(source: str, error: TemplateSyntaxError, name: str) -> str:
    """The paragraph of a tag that does not parse."""
    broken = one_block_a_line(source)
    try:
        environment().from_string(broken)
    except TemplateSyntaxError as again:
        return quoted(broken, again.lineno, name)
    return quoted(source, error.lineno, name)


def _located(part: _Part, context: Mapping[str, Any], error: Exception) -> TemplateFaultError:
    """Renders again with one paragraph a line, to learn which one fails."""
    broken = one_block_a_line(part.source)
    place = ""
    try:
        environment().from_string(broken).render(context)
    except Exception as again:
        lines = [line for frame, line in walk_tb(again.__traceback__) if frame.f_code.co_filename == "<template>"]
        place = quoted(broken, lines[-1], part.name) if lines else ""
    return TemplateFaultError(_said(error), place)


def quoted(source: str, line: int, name: str) -> str:
    """The place of a line of :func:`one_block_a_line`, as a person finds it in Word."""
    text = visible(source.split("\n")[line - 1])
    part = "" if name == "word/document.xml" else f"{name}, "
    return f"{part}alinea “{text[:100]}{'…' if len(text) > 100 else ''}”"


def _said(error: Exception) -> str:
    """The failure in Indonesian where it is one that template authors meet."""
    text = str(error)
    if isinstance(error, TemplateError) and "is undefined" in text:
        names = _NAMED.findall(text.split("'")[1]) if "'" in text else []
        return f"`{'.'.join(names) or text}` tidak dikenal"
    if "has no attribute" in text:
        return f"`{text.rsplit(chr(39), 2)[-2]}` tidak dikenal"
    return text
