"""Fixtures that every test may use."""

from __future__ import annotations

import pytest

from pbj_rules import Engine
from pbj_rules.evaluation.plain import PlainEvaluator


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine that users get."""
    return Engine.default()


@pytest.fixture(scope="session")
def oracle(engine: Engine) -> Engine:
    """The same rules, evaluated by plain Python."""
    return Engine(engine.regulation, PlainEvaluator(), engine.templates)
