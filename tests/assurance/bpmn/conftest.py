"""The shipped regulation's BPMN files, made once."""

from __future__ import annotations

import pytest

from pbj_rules import Engine
from pbj_rules.assurance.bpmn import bpmn_files
from tests.assurance.bpmn.spiff import Spiff


@pytest.fixture(scope="session")
def files(engine: Engine) -> dict[str, bytes]:
    return {file.name: file.content for file in bpmn_files(engine.regulation, engine.regulation.sop)}


@pytest.fixture(scope="session")
def spiff(files: dict[str, bytes]) -> Spiff:
    return Spiff(files)
