"""Word papers of a result: rendered from the templates of ``doc_templates``, never edited by hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pbj_rules.documents.bundling import INDEX, bundle, index_page
    from pbj_rules.documents.fields import isian_shape
    from pbj_rules.documents.linting import check_templates
    from pbj_rules.documents.office import Office
    from pbj_rules.documents.pairing import Difference, Pair, differences, pair_papers
    from pbj_rules.documents.pdf import find_soffice, to_pdf
    from pbj_rules.documents.redlining import redline
    from pbj_rules.documents.register import Letter, NumberSource, RegisterLine, SqliteRegister
    from pbj_rules.documents.rendering import Paper, available_templates, render_papers
    from pbj_rules.documents.writing import write_papers

__all__ = [
    "INDEX",
    "Difference",
    "Letter",
    "NumberSource",
    "Office",
    "Pair",
    "Paper",
    "RegisterLine",
    "SqliteRegister",
    "available_templates",
    "bundle",
    "check_templates",
    "differences",
    "find_soffice",
    "index_page",
    "isian_shape",
    "pair_papers",
    "redline",
    "render_papers",
    "to_pdf",
    "write_papers",
]

# A program that renders one paper from the cache needs few of these; each is imported when it is asked for.
_WHERE: Final = {
    "available_templates": "rendering",
    "bundle": "bundling",
    "check_templates": "linting",
    "Difference": "pairing",
    "differences": "pairing",
    "find_soffice": "pdf",
    "INDEX": "bundling",
    "index_page": "bundling",
    "isian_shape": "fields",
    "Letter": "register",
    "NumberSource": "register",
    "Office": "office",
    "Pair": "pairing",
    "pair_papers": "pairing",
    "Paper": "rendering",
    "redline": "redlining",
    "RegisterLine": "register",
    "render_papers": "rendering",
    "SqliteRegister": "register",
    "to_pdf": "pdf",
    "write_papers": "writing",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
