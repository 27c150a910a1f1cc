"""Word papers of a result: rendered from the templates of ``doc_templates``, never edited by hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pbj_rules.documents.bundling import INDEX, bundle, index_page
    from pbj_rules.documents.checking.linting import check_templates
    from pbj_rules.documents.contract.files import isian_shape
    from pbj_rules.documents.letters import Letter, NumberSource, Package
    from pbj_rules.documents.office import Office
    from pbj_rules.documents.pdf import find_soffice, to_pdf
    from pbj_rules.documents.redlines.pairing import Difference, Pair, differences, pair_papers
    from pbj_rules.documents.redlines.redlining import redline
    from pbj_rules.documents.register import RegisterLine, SqliteRegister
    from pbj_rules.documents.rendering import Paper, available_templates, render_papers
    from pbj_rules.documents.review.basis import Change
    from pbj_rules.documents.review.cover_sheet import ReviewSheet, review_sheet, sheet_changes
    from pbj_rules.documents.review.parts import clean_copy
    from pbj_rules.documents.review.reviewing import Review, review_papers
    from pbj_rules.documents.review.sheet_reading import read_sheet
    from pbj_rules.documents.review.statements import Statement
    from pbj_rules.documents.verification.proving import CaseReference
    from pbj_rules.documents.verification.verifying import Verification, verify_paper
    from pbj_rules.documents.writing import write_papers

__all__ = [
    "INDEX",
    "CaseReference",
    "Change",
    "Difference",
    "Letter",
    "NumberSource",
    "Office",
    "Package",
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
    "Change": "review.basis",
    "CaseReference": "verification.proving",
    "check_templates": "checking.linting",
    "clean_copy": "review.parts",
    "Difference": "redlines.pairing",
    "differences": "redlines.pairing",
    "find_soffice": "pdf",
    "INDEX": "bundling",
    "index_page": "bundling",
    "isian_shape": "contract.files",
    "Letter": "letters",
    "NumberSource": "letters",
    "Office": "office",
    "Package": "letters",
    "Pair": "redlines.pairing",
    "pair_papers": "redlines.pairing",
    "Paper": "rendering",
    "read_sheet": "review.sheet_reading",
    "redline": "redlines.redlining",
    "RegisterLine": "register",
    "render_papers": "rendering",
    "Review": "review.reviewing",
    "review_papers": "review.reviewing",
    "review_sheet": "review.cover_sheet",
    "ReviewSheet": "review.cover_sheet",
    "sheet_changes": "review.cover_sheet",
    "SqliteRegister": "register",
    "Statement": "review.statements",
    "to_pdf": "pdf",
    "Verification": "verification.verifying",
    "verify_paper": "verification.verifying",
    "write_papers": "writing",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
