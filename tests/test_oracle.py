"""The two evaluators agree, trace included, on cases drawn at random."""

from __future__ import annotations

import os
import random

import pytest

from pbj_rules import Engine
from pbj_rules.evaluation.durable import DurableEvaluator
from pbj_rules.evaluation.plain import PlainEvaluator
from tests.drawing import draw_case

CASES = int(os.environ.get("PBJ_ORACLE_CASES", "20800"))
SEED = 20_200_318
SOPS = (
    "proses-utama",
    "perencanaan-pengadaan",
    "persiapan-pengadaan",
    "persiapan-pemilihan",
    "prakualifikasi",
    "tender-seleksi",
    "pelaksanaan-kontrak",
    "analisa-pelaku-usaha",
    "pengelolaan-kinerja",
    "pengelolaan-risiko",
    "laporan-pemilihan",
    "registrasi-auditor",
    "registrasi-penyedia",
)


@pytest.fixture(scope="module")
def durable(engine: Engine) -> Engine:
    return Engine(engine.regulation, DurableEvaluator(), engine.templates)


LAYERED = ("prakualifikasi", "tender-seleksi", "pelaksanaan-kontrak", "proses-utama")


@pytest.mark.parametrize("layer", ["perpres-16-2018", "perpres-12-2021"])
@pytest.mark.parametrize("sop", LAYERED)
def test_both_evaluators_agree_under_a_layer_too(engine: Engine, layer: str, sop: str) -> None:
    durable = Engine(engine.regulation, DurableEvaluator(), engine.templates, engine.regulations)
    plain = Engine(engine.regulation, PlainEvaluator(), engine.templates, engine.regulations)
    rng = random.Random(f"{SEED}-{layer}-{sop}")
    seen, sources = set(), set()
    for _ in range(max(60, CASES // 160)):
        case = durable.read({**draw_case(engine.regulation, sop, rng), "regulasi": layer})
        by_engine, by_oracle = durable.evaluate(case), plain.evaluate(case)
        assert by_engine.to_json() == by_oracle.to_json()
        assert by_engine.regulasi == layer
        seen.add((by_engine.status, by_engine.jalur[-1]))
        sources |= {decision.sumber.pengecualian for decision in by_engine.keputusan if decision.sumber is not None}
    assert len(seen) > 1, "the draw must reach different ends"
    assert sources or sop == "pelaksanaan-kontrak", "the draw must reach what the layer changed"


def test_every_sop_is_drawn(engine: Engine) -> None:
    assert tuple(engine.regulation.sop) == SOPS


@pytest.mark.parametrize("sop", SOPS)
def test_both_evaluators_give_the_same_result_for_random_cases(durable: Engine, oracle: Engine, sop: str) -> None:
    rng = random.Random(f"{SEED}-{sop}")
    seen = set()
    for number in range(-(-CASES // len(SOPS))):
        case = durable.read(draw_case(durable.regulation, sop, rng))
        by_engine, by_oracle = durable.evaluate(case), oracle.evaluate(case)
        assert by_engine == by_oracle, f"kasus acak {sop} nomor {number}"
        assert by_engine.to_json() == by_oracle.to_json()
        seen.add((by_engine.status, by_engine.jalur[-1]))
    assert len(seen) > 1, "the draw must reach different ends"
