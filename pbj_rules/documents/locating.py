"""The paragraph of a fault that shows only when a template is parsed or rendered: found by doing it once more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import TemplateSyntaxError

from pbj_rules.documents.composing import signed_template
from pbj_rules.documents.dressing import PAGES
from pbj_rules.documents.printing import Rounds, TemplateFaultError
from pbj_rules.documents.sandbox import counting
from pbj_rules.documents.sayings import said
from pbj_rules.documents.signposts import one_sign_a_line
from pbj_rules.documents.templating import parsed, patched

__all__ = ["located", "located_whole", "syntax_fault"]


def syntax_fault(path: Path, name: str, error: TemplateSyntaxError) -> TemplateFaultError:
    """The fault of a part that does not parse, at its paragraph."""
    source, say = _signed(path, name)
    try:
        parsed(source)
    except TemplateSyntaxError as again:
        return TemplateFaultError(f"tanda templat salah: {said(again)}", say(again.lineno))
    return TemplateFaultError(f"tanda templat salah: {said(error)}", "")


def located(path: Path, name: str, context: Mapping[str, Any], error: Exception) -> TemplateFaultError:
    """The fault of a part that cannot be rendered, at its paragraph, found by rendering it again by Jinja."""
    return _again(path, name, context) or TemplateFaultError(said(error), "")


def located_whole(path: Path, context: Mapping[str, Any], fault: TemplateFaultError) -> TemplateFaultError:
    """The fault of a template that docxtpl renders, at its paragraph."""
    parts, _ = signed_template(path)
    again = (_again(path, name, context) for name in sorted(filter(PAGES.fullmatch, parts)))
    return next(filter(None, again), fault)


def _again(path: Path, name: str, context: Mapping[str, Any]) -> TemplateFaultError | None:
    source, say = _signed(path, name)
    try:
        counting(Rounds()).from_string(source).render(context)
    except Exception as error:
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
        return TemplateFaultError(said(error), say(lines[-1]) if lines else "")
    return None


def _signed(path: Path, name: str) -> tuple[str, Any]:
    """The source of a part with signs, and what says the place of a line of it."""
    parts, signs = signed_template(path)
    source = one_sign_a_line(patched(parts[name]))
    lines = source.split("\n")
    return source, lambda line: signs.said(signs.on_line(lines, line), path)
