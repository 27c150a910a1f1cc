"""The source of a Word part as docxtpl makes it, where a person finds a line of it, and rendering by docxtpl itself."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from traceback import walk_tb
from typing import Any, Final

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree

from pbj_rules.documents.blanks import OPEN
from pbj_rules.documents.markup import parse
from pbj_rules.documents.packing import unpack
from pbj_rules.documents.printing import Rounds, TemplateFaultError, with_yellow_blanks
from pbj_rules.documents.sandbox import counting

__all__ = ["fault_of", "one_block_a_line", "patched", "place_of", "quoted", "render_with_docxtpl"]

_BLOCKS: Final = re.compile(r"(?=<w:(?:p|tr)[ >])")
_NAMED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Longer than any tag that a person writes: a tag that is never closed must not make the patching slow.
_LONGEST_TAG: Final = 20_000
_OPEN: Final = OPEN.encode()
_OPENING: Final = re.compile(r"\{[{%#]")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}


@lru_cache(maxsize=1)
def _patcher() -> Any:
    """docxtpl's patching needs an instance but none of its state."""
    return DocxTemplate.__new__(DocxTemplate)


def patched(data: bytes) -> str:
    """A part with docxtpl's tags (``{%p``, ``{%tr``) turned into plain Jinja.

    Parsed and written again first: some editors write the quotes of a tag as entities. Raises
    TemplateFaultError for a tag without an end.
    """
    xml = _flat(etree.tostring(parse(data), encoding="unicode"))
    for found in _OPENING.finditer(xml):
        if _CLOSING[found[0]] not in xml[found.end() : found.end() + _LONGEST_TAG]:
            around = visible(xml[found.start() : found.start() + 2_000])[:100]
            raise TemplateFaultError(f"tanda `{found[0]}` tidak ditutup", f"alinea “{around}”")
    return str(_patcher().patch_xml(xml))


def one_block_a_line(xml: str) -> str:
    """The XML with each paragraph and table row on a line of its own: Jinja only knows lines."""
    return _BLOCKS.sub("\n", _flat(xml))


def visible(xml: str) -> str:
    """What a reader sees of a piece of Word XML, tags of the template included."""
    return " ".join(re.sub(r"<[^>]+>", "", xml).split())


def _flat(xml: str) -> str:
    """The XML without the line ends between elements: those of values alone become line breaks."""
    return re.sub(r">\s*\n\s*<", "><", xml)


def render_with_docxtpl(whole: bytes, context: Mapping[str, Any], environment: Any = None) -> dict[str, bytes]:
    """Every part of a template as docxtpl renders it, in an environment of its own. Raises TemplateFaultError."""
    template = DocxTemplate(io.BytesIO(whole))
    made = io.BytesIO()
    try:
        template.render(dict(context), jinja_env=environment or counting(Rounds()))
        template.save(made)
    except Exception as error:
        raise TemplateFaultError(said(error), "") from error
    made.seek(0)
    parts = unpack(made)
    for name, data in parts.items():
        if _OPEN in data and name.endswith(".xml"):
            parts[name] = with_yellow_blanks(data.decode("utf-8")).encode("utf-8")
    return parts


def fault_of(source: str, name: str, context: Mapping[str, Any], error: Exception) -> TemplateFaultError:
    """Renders a part again with one paragraph a line, to learn which one fails."""
    broken = one_block_a_line(source)
    try:
        counting(Rounds()).from_string(broken).render(context)
    except Exception as again:
        lines = [line for frame, line in walk_tb(again.__traceback__) if frame.f_code.co_filename == "<template>"]
        return TemplateFaultError(said(again), quoted(broken, lines[-1], name) if lines else "")
    return TemplateFaultError(said(error), "")


def place_of(source: str, error: TemplateSyntaxError, name: str) -> str:
    """The paragraph of a tag that does not parse."""
    broken = one_block_a_line(source)
    try:
        counting(Rounds()).parse(broken)
    except TemplateSyntaxError as again:
        return quoted(broken, again.lineno, name)
    return quoted(source, error.lineno, name)


def quoted(source: str, line: int, name: str) -> str:
    """The place of a line of :func:`one_block_a_line`, as a person finds it in Word."""
    lines = source.split("\n")
    text = visible(lines[min(line, len(lines)) - 1])
    part = "" if name == "word/document.xml" else f"{name}, "
    return f"{part}alinea “{text[:100]}{'…' if len(text) > 100 else ''}”"


def said(error: Exception) -> str:
    """The failure in Indonesian where it is one that template authors meet."""
    text = str(error)
    if isinstance(error, TemplateError) and "is undefined" in text:
        names = _NAMED.findall(text.split("'")[1]) if "'" in text else []
        return f"`{'.'.join(names) or text}` tidak dikenal"
    if "has no attribute" in text:
        return f"`{text.rsplit(chr(39), 2)[-2]}` tidak dikenal"
    return text
