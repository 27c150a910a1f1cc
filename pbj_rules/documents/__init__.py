"""Word papers of a result: rendered from the templates of ``doc_templates``, never edited by hand."""

from pbj_rules.documents.fields import isian_shape
from pbj_rules.documents.linting import check_templates
from pbj_rules.documents.office import Office
from pbj_rules.documents.register import Letter, NumberSource, RegisterLine, SqliteRegister
from pbj_rules.documents.rendering import Paper, available_templates, render_papers
from pbj_rules.documents.writing import write_papers

__all__ = [
    "Letter",
    "NumberSource",
    "Office",
    "Paper",
    "RegisterLine",
    "SqliteRegister",
    "available_templates",
    "check_templates",
    "isian_shape",
    "render_papers",
    "write_papers",
]
