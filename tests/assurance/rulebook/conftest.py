"""The shipped regulation's book, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbj_rules.assurance.rulebook import RuleBook, rule_book
from pbj_rules.assurance.rulebook.lampiran import Lampiran, lampiran
from pbj_rules.assurance.rulebook.printed import naskah_lines
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory


@pytest.fixture(scope="session")
def shipped() -> Path:
    return rules_directory() / DEFAULT_REGULATION


@pytest.fixture(scope="session")
def regulation(shipped: Path) -> Regulation:
    return load_regulation(shipped)


@pytest.fixture(scope="session")
def sheets(regulation: Regulation, shipped: Path) -> Lampiran:
    return lampiran(regulation, naskah_lines(shipped))


@pytest.fixture(scope="session")
def book(regulation: Regulation, shipped: Path) -> RuleBook:
    return rule_book(regulation, shipped)
