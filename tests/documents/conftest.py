"""Fixtures of the papers' tests: the shipped office, and papers rendered once per session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, Paper, isian_shape, render_papers
from pbj_rules.resources import default_profile
from tests.documents.reading_word import whole_text

Render = Callable[..., tuple[Paper, ...]]


def paper(papers: Iterable[Paper], kind: str, number: int = 1) -> Paper:
    """The ``number``-th paper of a kind, wherever it stands among the others."""
    return [one for one in papers if one.id == kind][number - 1]


def text_of_paper(papers: Iterable[Paper], kind: str, number: int = 1) -> str:
    """The words of that paper."""
    return whole_text(paper(papers, kind, number).content)


@pytest.fixture(scope="session")
def office() -> Office:
    """The shipped office of fictitious people."""
    return Office.from_file(default_profile())


@pytest.fixture(scope="session")
def render(engine: Engine, office: Office) -> Render:
    """Renders the papers of a case given as a mapping."""

    def rendered(case: Mapping[str, Any], *, final: bool = False, by: Office = office) -> tuple[Paper, ...]:
        checked = Case.from_mapping(case, engine.regulation, isian_shape())
        return render_papers(checked, engine.evaluate(checked), by, final=final)

    return rendered
