"""An independent BPMN engine imports every file and walks every case as our own engine does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pbj_rules import Engine
from tests.assurance.bpmn.spiff import Place, Spiff, Walk
from tests.drawing import draw_case
from tests.test_samples import NAMES, PATHS

SEED = 20_200_318
DRAWN = 40  # cases drawn for each SOP


@pytest.fixture(scope="module")
def walks(oracle: Engine, spiff: Spiff) -> dict[str, Walk]:
    return {name: spiff.walk(oracle.regulation, oracle.read(path)) for name, path in zip(NAMES, PATHS, strict=True)}


def test_every_sop_is_loaded_as_an_executable_process(oracle: Engine, spiff: Spiff) -> None:
    assert sorted(spiff.specs) == sorted(oracle.regulation.sop)


@pytest.mark.parametrize(("name", "path"), list(zip(NAMES, PATHS, strict=True)), ids=NAMES)
def test_a_sample_is_walked_row_by_row_as_by_our_engine(
    oracle: Engine, walks: dict[str, Walk], name: str, path: Path
) -> None:
    result = oracle.evaluate(path)
    assert walks[name].rows == result.jalur
    assert walks[name].status == result.status


def test_random_cases_are_walked_as_by_our_engine(oracle: Engine, spiff: Spiff) -> None:
    for sop in oracle.regulation.sop:
        rng = random.Random(f"{SEED}-{sop}")
        for number in range(DRAWN):
            case = oracle.read(draw_case(oracle.regulation, sop, rng))
            result, walk = oracle.evaluate(case), spiff.walk(oracle.regulation, case)
            assert (walk.rows, walk.status) == (result.jalur, result.status), f"kasus acak {sop} nomor {number}"


def test_the_samples_reach_every_row_and_every_end_of_every_process(
    oracle: Engine, spiff: Spiff, walks: dict[str, Walk]
) -> None:
    visited: set[Place] = set().union(*(walk.visited for walk in walks.values()))
    assert set(spiff.statuses) <= visited
    assert {spiff.rows[place] for place in visited if place in spiff.rows} == {
        row.id for row in oracle.regulation.rows()
    }
