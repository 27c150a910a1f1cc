"""Word papers of a result: rendered from the templates of ``doc_templates``, never edited by hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pbj_rules.documents.bundling import INDEX, bundle, index_page
    from pbj_rules.documents.cover_sheet import ReviewSheet, review_sheet, sheet_changes
    from pbj_rules.documents.fields import isian_shape
    from pbj_rules.documents.linting import check_templates
    from pbj_rules.documents.office import Office
    from pbj_rules.documents.pairing import Difference, Pair, differences, pair_papers
    from pbj_rules.documents.pdf import find_soffice, to_pdf
    from pbj_rules.documents.proving import CaseReference
    from pbj_rules.documents.redlining import redline
    from pbj_rules.documents.register import Letter, NumberSource, RegisterLine, SqliteRegister
    from pbj_rules.documents.rendering import Paper, available_templates, render_papers
    from pbj_rules.documents.review_basis import Change
    from pbj_rules.documents.review_parts import clean_copy
    from pbj_rules.documents.reviewing import Review, review_papers
    from pbj_rules.documents.sheet_reading import read_sheet
    from pbj_rules.documents.statements import Statement
    from pbj_rules.documents.verifying import Verification, verify_paper
    from pbj_rules.documents.writing import write_papers

__all__ = [
    "INDEX",
    "CaseReference",
    "Change",
    "Difference",
    "Letter",
    "NumberSource",
    "Office",
    "Pair",
    "Paper",
    "RegisterLine",
    "Review",
    "ReviewSheet",
    "SqliteRegister",
    "Statement",
    "Verification",
    "available_templates",
    "bundle",
    "check_templates",
    "clean_copy",
    "differences",
    "find_soffice",
    "index_page",
    "isian_shape",
    "pair_papers",
    "read_sheet",
    "redline",
    "render_papers",
    "review_papers",
    "review_sheet",
    "sheet_changes",
    "to_pdf",
    "verify_paper",
    "write_papers",
]

# A program that renders one paper from the cache needs few of these; each is imported when it is asked for.
_WHERE: Final = {
    "available_templates": "rendering",
    "bundle": "bundling",
    "Change": "review_basis",
    "CaseReference": "proving",
    "check_templates": "linting",
    "clean_copy": "review_parts",
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
    "read_sheet": "sheet_reading",
    "redline": "redlining",
    "RegisterLine": "register",
    "render_papers": "rendering",
    "Review": "reviewing",
    "review_papers": "reviewing",
    "review_sheet": "cover_sheet",
    "ReviewSheet": "cover_sheet",
    "sheet_changes": "cover_sheet",
    "SqliteRegister": "register",
    "Statement": "statements",
    "to_pdf": "pdf",
    "Verification": "verifying",
    "verify_paper": "verifying",
    "write_papers": "writing",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
