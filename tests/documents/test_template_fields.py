"""What each of the papers that the SOPs name has to print (`bidang.yaml`), its template reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pbj_rules import Engine
from pbj_rules.documents.checking.linting import read_template
from pbj_rules.documents.contract.deriving import read_through
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.places import template_files

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("bidang.yaml").read_text(encoding="utf-8"))
PAPERS: dict[str, list[str]] = TABLE["naskah"]
UNREAD: dict[str, list[str]] = TABLE["tidak_dibaca"]


def expanded(fields: Iterable[str]) -> Iterator[str]:
    """The fields with every group in place of its name."""
    for field in fields:
        head, sign, group = field.partition("@")
        yield from (head + name for name in TABLE["kelompok"][group]) if sign else (field,)


def test_every_paper_that_the_rules_rank_has_its_fields_listed(engine: Engine) -> None:
    ranked = {paper.id for paper in engine.regulation.dokumen.values() if paper.urutan_templat is not None}
    assert PAPERS.keys() == ranked
    assert UNREAD.keys() <= ranked


@pytest.mark.parametrize("paper", PAPERS)
def test_a_template_reads_its_fields(paper: str) -> None:
    read = read_template(template_files()[paper], paper, load_contract())
    assert read.problems == []
    names = read_through(load_contract().papers[paper].derived, read.used)
    assert sorted(set(expanded(PAPERS[paper])) - names) == sorted(UNREAD.get(paper, []))
