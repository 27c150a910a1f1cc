"""Validators of the Word format find nothing wrong with any paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # it ships no types

from pbj_rules.documents.places import template_files
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.conftest import Render


def faults(path: Path) -> list[str]:
    found = [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
    return found + [str(finding) for finding in check(str(path))]


@pytest.mark.parametrize("make", [full_case, minimal_case])
@pytest.mark.parametrize("name", CASES)
def test_validators_find_nothing_wrong_with_a_paper(name: str, make: Any, render: Render, tmp_path: Path) -> None:
    for paper in render(make(name)):
        path = tmp_path / paper.name
        path.write_bytes(paper.content)
        assert faults(path) == []


@pytest.mark.parametrize("path", template_files().values(), ids=template_files())
def test_a_template_is_small_and_carries_no_foreign_parts(path: Path) -> None:
    assert path.stat().st_size < 40_000


@pytest.mark.parametrize("path", template_files().values(), ids=template_files())
def test_validators_find_nothing_wrong_with_a_template(path: Path) -> None:
    assert faults(path) == []
