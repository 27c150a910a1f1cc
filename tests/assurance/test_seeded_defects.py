"""Each sort of defect is found by the tool that should find it, with the row and a message that tells what to do.

=====================================  ========================================================
a defect of                            is found by
=====================================  ========================================================
names and targets (dangling, twice)    `pbj check`, when the rules are loaded
one condition (`>` for `>=`, one off,  `pbj prove`: the decision has a gap or an overlap
a branch dropped, a condition twice)
conditions that still fit each other   the scenarios (`pbj mutate --rules`): another result
(branches swapped, a parameter off,
both sides of a boundary moved)
=====================================  ========================================================
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine
from pbj_rules.assurance.mutation.mutants import mutants
from pbj_rules.assurance.mutation.scenarios import Scenarios
from pbj_rules.cli.main import main
from pbj_rules.resources import samples_directory
from tests.assurance.spoiling import spoilt

QUORUM = "05-prakualifikasi.yaml"
TENDER = "06-tender-seleksi.yaml"
ANALYSIS = "08-analisa-pelaku-usaha.yaml"
REPORT = "11-laporan-pemilihan.yaml"
ENOUGH, FEW = "jika: jumlah_peserta >= kuorum_peserta", "jika: jumlah_peserta < kuorum_peserta"
BY_PA = """\
          - aturan: penetap-pemenang-pa-kpa
            nilai: pa-kpa
            jika: >-
"""
OVER = "              (paket.jenis = konsultansi dan paket.pagu > ambang"
REPEATED = f"""\
          - aturan: kuorum-peserta-cukup
            nilai: terpenuhi
            {ENOUGH}
            lanjut: "8"
            dasar: tersurat
            kutipan: Jika peserta yang menawar 3 atau lebih maka dilanjutkan dengan evaluasi
          - aturan: kuorum-peserta-kurang
"""
DROPPED = """\
          - aturan: kuorum-lulus-gagal
            nilai: gagal
            jika: jumlah_lulus < kuorum_lulus
            lanjut: "10"
            dasar: tersurat
            penanda: b.
            kutipan: Jika peserta yang dinyatakan lulus kurang dari 3 maka prakualifikasi dinyatakan gagal
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    status = main(list(arguments))
    said = capsys.readouterr()
    return status, json.loads(said.out) if "--json" in arguments and said.out else said.out, said.err


@pytest.mark.parametrize(
    ("file", "changes", "row", "said"),
    [
        pytest.param(
            REPORT, [('lanjut: "5"', 'lanjut: "9"')], "laporan-pemilihan/9", "baris tujuan", id="dangling branch"
        ),
        pytest.param(
            QUORUM,
            [('lanjut: {baris: "9", dasar: urutan}', 'lanjut: {baris: "99", dasar: urutan}')],
            "prakualifikasi/99",
            "baris tujuan",
            id="dangling transition",
        ),
        pytest.param(
            QUORUM,
            [("          - aturan: kuorum-peserta-kurang\n", REPEATED.replace("peserta-cukup", "peserta-terpenuhi"))],
            "05-prakualifikasi.yaml",
            "aturan `kuorum-peserta-terpenuhi` tertulis dua kali",
            id="a branch twice, with its name",
        ),
        pytest.param(
            QUORUM, [('lanjut: "7"', 'lanjut: "8"')], "prakualifikasi/7", "tidak terjangkau", id="row left behind"
        ),
    ],
)
def test_loading_finds_names_and_targets(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    changes: list[tuple[str, str]],
    row: str,
    said: str,
) -> None:
    rules = spoilt(tmp_path / "aturan", file, *changes)
    status, _, problems = run(capsys, "check", str(rules))
    assert status == 2
    assert row in problems
    assert said in problems
    # The prover, which has to work with such rules, tells it too.
    status, found, _ = run(capsys, "prove", "--rules", str(rules), "--json")
    assert (status, found["tuntas"]) == (1, False)
    assert any(said in problem for problem in found["kesalahan"])


def test_a_dangling_target_is_told_with_the_row_that_has_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = spoilt(tmp_path / "aturan", QUORUM, ('lanjut: "7"', 'lanjut: "77"'))
    _, found, _ = run(capsys, "prove", "--rules", str(rules), "--json")
    assert any("baris prakualifikasi/6.keputusan[1].cabang[2].lanjut" in problem for problem in found["kesalahan"])


def test_a_wording_that_no_longer_differs_from_the_reading_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wording = """\
            - nilai: terpenuhi
              jika: jumlah_peserta_perpanjangan > kuorum_peserta
"""
    rules = spoilt(tmp_path / "aturan", QUORUM, (wording, wording.replace(" > ", " >= ")))
    status, found, _ = run(capsys, "prove", "--rules", str(rules), "--json")
    assert (status, found["tuntas"], found["celah"]) == (1, False, [])
    (problem,) = found["kesalahan"]
    assert "baris prakualifikasi/7" in problem
    assert "sama dengan cabangnya" in problem


@pytest.mark.parametrize(
    ("file", "changes", "kind", "row", "facts"),
    [
        pytest.param(
            QUORUM,
            [(ENOUGH, ENOUGH.replace(">=", ">"))],
            "celah",
            "prakualifikasi/6",
            {"jumlah_peserta": 3},
            id="> for >=",
        ),
        pytest.param(
            QUORUM,
            [(FEW, FEW.replace("<", "<="))],
            "tumpang_tindih",
            "prakualifikasi/6",
            {"jumlah_peserta": 3},
            id="<= for <",
        ),
        pytest.param(
            ANALYSIS,
            [("jika: jumlah_pelaku_usaha_memenuhi >= 1", "jika: jumlah_pelaku_usaha_memenuhi >= 2")],
            "celah",
            "analisa-pelaku-usaha/5",
            {"jumlah_pelaku_usaha_memenuhi": 1},
            id="threshold one up",
        ),
        pytest.param(
            ANALYSIS,
            [("jika: jumlah_pelaku_usaha_memenuhi < 1", "jika: jumlah_pelaku_usaha_memenuhi < 2")],
            "tumpang_tindih",
            "analisa-pelaku-usaha/5",
            {"jumlah_pelaku_usaha_memenuhi": 1},
            id="threshold one up on the other side",
        ),
        pytest.param(
            QUORUM,
            [(DROPPED, "")],
            "celah",
            "prakualifikasi/9",
            {"jumlah_peserta": 3, "jumlah_lulus": 0},
            id="dropped branch",
        ),
        pytest.param(
            QUORUM,
            [("          - aturan: kuorum-peserta-kurang\n", REPEATED)],
            "tumpang_tindih",
            "prakualifikasi/6",
            {"jumlah_peserta": 3},
            id="duplicated condition",
        ),
        pytest.param(
            TENDER,
            [(f"{BY_PA}{OVER}", f"{BY_PA}{OVER.replace(' > ', ' >= ')}")],
            "tumpang_tindih",
            "tender-seleksi/11",
            None,
            id=">= for > in one half of a condition",
        ),
    ],
)
def test_the_prover_finds_conditions_that_do_not_fit_each_other(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    changes: list[tuple[str, str]],
    kind: str,
    row: str,
    facts: dict[str, Any] | None,
) -> None:
    rules = spoilt(tmp_path / "aturan", file, *changes)
    status, found, _ = run(capsys, "prove", "--rules", str(rules), "--json")
    assert (status, found["tuntas"]) == (1, False)
    assert [finding["baris"] for finding in found[kind]] == [row]
    case = found[kind][0]["contoh"]
    if facts is not None:
        assert {name: case["fakta"].get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("file", "changes", "row", "said"),
    [
        pytest.param(
            QUORUM,
            [(ENOUGH, ENOUGH.replace(">=", ">")), (FEW, FEW.replace("<", "<="))],
            "prakualifikasi/6",
            "keputusan kuorum-peserta: nilai kurang, seharusnya terpenuhi",
            id="both sides of a boundary moved",
        ),
        pytest.param(
            "parameter.yaml",
            [("nilai: 3\n", "nilai: 4\n")],
            "prakualifikasi/6",
            "keputusan kuorum-peserta: nilai kurang, seharusnya terpenuhi",
            id="threshold one off",
        ),
        pytest.param(
            "parameter.yaml",
            [("nilai: 100000000000\n", "nilai: 100000000001\n")],
            "tender-seleksi/11",
            "keputusan penetap-pemenang: nilai pokja, seharusnya pa-kpa",
            id="threshold one rupiah off",
        ),
        pytest.param(
            QUORUM,
            [(ENOUGH, "jika: TUKAR"), (FEW, ENOUGH), ("jika: TUKAR", FEW)],
            "prakualifikasi/6",
            "keputusan kuorum-peserta: nilai kurang, seharusnya terpenuhi",
            id="swapped branches",
        ),
        pytest.param(
            QUORUM,
            [('lanjut: "10"', 'lanjut: "8"')],
            "prakualifikasi/7",
            "keputusan kuorum-peserta-perpanjangan: lanjut prakualifikasi/8, seharusnya prakualifikasi/10",
            id="another target",
        ),
    ],
)
def test_the_scenarios_find_rules_that_fit_each_other_and_are_wrong(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    changes: list[tuple[str, str]],
    row: str,
    said: str,
) -> None:
    rules = spoilt(tmp_path / "aturan", file, *changes)
    assert run(capsys, "prove", "--rules", str(rules), "--json")[0] == 0, "nothing that a proof could find"
    status, found, _ = run(capsys, "mutate", "--rules", str(rules), "--json")
    assert status == 1
    assert (row, said) in {(item["baris"], item["beda"]) for item in found["berbeda"]}
    assert run(capsys, "mutate", "--rules", str(rules))[0] == 1


def test_every_swap_of_branches_and_every_step_of_a_threshold_is_found_by_a_scenario(engine: Engine) -> None:
    scenarios = Scenarios.from_folder(samples_directory(), engine.regulation)
    tried = 0
    for mutant in mutants(engine.regulation):
        swapped = "↔" in mutant.ubahan
        if swapped or (mutant.jenis == "ambang" and mutant.tempat.startswith("parameter")):
            noticed = next(scenarios.noticing(mutant.regulation, mutant.baris), None)
            assert noticed is not None, (mutant.tempat, mutant.ubahan)
            assert noticed.baris
            assert noticed.beda
            assert mutant.baris in (None, noticed.baris)
            tried += 1
    assert tried > 50
