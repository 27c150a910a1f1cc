"""A process that evaluates all day neither grows nor leaves threads behind."""

from __future__ import annotations

import gc
import random
import threading
from pathlib import Path

import pytest

from pbj_rules import Case, Engine
from pbj_rules.evaluation.durable import DurableEvaluator
from pbj_rules.resources import samples_directory
from tests.drawing import draw_case

EVALUATIONS = 10_000
WARM = 2_000
MAY_GROW = 6 * 1024  # kilobytes: the allocator's own unevenness, a fiftieth of what leaking each case would add


def resident_kilobytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
def test_ten_thousand_cases_leave_memory_and_threads_as_they_were(engine: Engine) -> None:
    engine = Engine(engine.regulation, DurableEvaluator(), engine.templates)
    rng = random.Random(21)
    files = sorted(samples_directory().rglob("*.yaml"))
    cases: list[Case] = [engine.read(file) for file in files]
    cases += [engine.read(draw_case(engine.regulation, sop, rng)) for sop in engine.regulation.sop for _ in range(8)]
    threads = threading.active_count()
    before = 0
    for number in range(EVALUATIONS):
        engine.evaluate(cases[number % len(cases)])
        if number == WARM:
            gc.collect()
            before = resident_kilobytes()
    gc.collect()
    assert resident_kilobytes() - before < MAY_GROW
    assert threading.active_count() == threads
