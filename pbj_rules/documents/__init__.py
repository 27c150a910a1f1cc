"""Word papers of a result: rendered from the templates of ``doc_templates``, never edited by hand."""

from pbj_rules.documents.bundle import INDEX, bundle, index_page
from pbj_rules.documents.fields import isian_shape
from pbj_rules.documents.linting import check_templates
from pbj_rules.documents.office import Office
from pbj_rules.documents.pdf import find_soffice, to_pdf
from pbj_rules.documents.register import Letter, NumberSource, RegisterLine, SqliteRegister
from pbj_rules.documents.rendering import Paper, available_templates, render_papers
from pbj_rules.documents.writing import write_papers

__all__ = [
    "INDEX",
    "Letter",
    "NumberSource",
    "Office",
    "Paper",
    "RegisterLine",
    "SqliteRegister",
    "available_templates",
    "bundle",
    "check_templates",
    "find_soffice",
    "index_page",
    "isian_shape",
    "render_papers",
    "to_pdf",
    "write_papers",
]
