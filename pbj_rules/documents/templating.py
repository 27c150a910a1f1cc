"""The source of a Word part as docxtpl makes it, what it may not be, and rendering by docxtpl itself."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from pbj_rules.documents.blanks import OPEN
from pbj_rules.documents.codegen import cuts_of
from pbj_rules.documents.markup import parse
from pbj_rules.documents.packing import unpack
from pbj_rules.documents.printing import Rounds, TemplateFaultError, with_yellow_blanks
from pbj_rules.documents.sandbox import counting, environment
from pbj_rules.documents.sayings import said, unclosed
from pbj_rules.documents.tags import BrokenTagError, joined_braces, tags_of

__all__ = ["parsed", "patched", "render_with_docxtpl"]

_OPEN: Final = OPEN.encode()
_BLANK: Final = re.compile(r">\s+<")
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@lru_cache(maxsize=1)
def _patcher() -> Any:
    """docxtpl's patching needs an instance but none of its state."""
    return DocxTemplate.__new__(DocxTemplate)


def patched(data: bytes) -> str:
    """A part with docxtpl's tags (``{%p``, ``{%tr``) turned into plain Jinja.

    Parsed and written again first: some editors write the quotes of a tag as entities. Raises
    TemplateFaultError for a tag without an end: docxtpl's own searches would not come back from it.
    """
    xml = joined_braces(_flat(etree.tostring(parse(data), encoding="unicode")))
    try:
        for _ in tags_of(xml):
            pass
    except BrokenTagError as error:
        raise TemplateFaultError(f"tanda templat salah: {error}", "") from error
    return str(_patcher().patch_xml(xml))


def _flat(xml: str) -> str:
    """The XML without the line ends between elements: those of values alone become line breaks."""
    return _BLANK.sub(lambda found: "><" if "\n" in found[0] else found[0], xml)


def parsed(source: str) -> nodes.Template:
    """The tree of a patched part. Raises TemplateSyntaxError, also where its tags cut the page's elements in two."""
    if fault := unclosed(source):
        raise fault
    template = environment().parse(source)
    for cut in cuts_of(template):
        if not cut.whole:
            raise TemplateSyntaxError(f"`if`/`for` memotong {', '.join(cut.elements) or 'teks'}", cut.line)
    static = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), source)
    try:
        parse(static.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        message = "tanda memotong alinea, tabel, tautan, atau perubahan terlacak"
        raise TemplateSyntaxError(message, error.lineno or 1) from error
    return template


def render_with_docxtpl(whole: bytes, context: Mapping[str, Any], environment: Any = None) -> dict[str, bytes]:
    """Every part of a template as docxtpl renders it, in an environment of its own. Raises TemplateFaultError."""
    template = DocxTemplate(io.BytesIO(whole))
    made = io.BytesIO()
    try:
        template.render(dict(context), jinja_env=environment or counting(Rounds()))
        template.save(made)
        made.seek(0)
        parts = unpack(made)
    except Exception as error:
        raise TemplateFaultError(said(error), "") from error
    for name, data in parts.items():
        if _OPEN in data and name.endswith(".xml"):
            parts[name] = with_yellow_blanks(data.decode("utf-8")).encode("utf-8")
    return parts
