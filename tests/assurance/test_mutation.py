"""The shipped scenarios notice rules that are altered, and say where; what they cannot notice is explained."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from pbj_rules import Engine
from pbj_rules.assurance.mutation.altering import alterations
from pbj_rules.assurance.mutation.effects import case_showing, effects, unshown
from pbj_rules.assurance.mutation.mutants import DOCUMENT, mutants
from pbj_rules.assurance.mutation.noticing import Mutation, Survivor, mutate
from pbj_rules.assurance.mutation.scenarios import Scenarios
from pbj_rules.cli.main import main
from pbj_rules.language.parser import Vocabulary, parse_condition
from pbj_rules.language.saying import say
from pbj_rules.regulation.model import Regulation
from pbj_rules.regulation.quotes import quote_problems
from pbj_rules.resources import rules_directory, samples_directory
from tests.assurance.spoiling import SHIPPED, spoilt


@pytest.fixture(scope="module")
def scenarios(engine: Engine) -> Scenarios:
    return Scenarios.from_folder(samples_directory(), engine.regulation)


@pytest.fixture(scope="module")
def mutation(engine: Engine, scenarios: Scenarios) -> Mutation:
    return mutate(engine.regulation, scenarios)


def without(scenarios: Scenarios, *names: str) -> Scenarios:
    kept = {name: case for name, case in scenarios.cases.items() if name.partition("/")[2] not in names}
    assert len(kept) == len(scenarios.cases) - len(names)
    return Scenarios(kept, {name: scenarios.accepted[name] for name in kept})


def test_the_scenarios_notice_at_least_98_percent_of_altered_rules(mutation: Mutation) -> None:
    assert mutation.persen >= 98
    assert mutation.mutan.total() > 1500
    assert set(mutation.mutan) == {"operator", "ambang", "tujuan", "dokumen", "kutipan"}


def test_every_altered_document_is_noticed(mutation: Mutation) -> None:
    assert mutation.dikenali[DOCUMENT] == mutation.mutan[DOCUMENT]


def test_every_survivor_is_explained(mutation: Mutation) -> None:
    reasons = Counter(survivor.alasan.partition(":")[0] for survivor in mutation.selamat)
    assert "" not in reasons, [survivor.mutant.tempat for survivor in mutation.selamat if not survivor.alasan]
    assert reasons["setara"] == 7
    assert mutation.cukup


def test_a_quotation_that_no_result_shows_is_checked_against_the_text(mutation: Mutation) -> None:
    """The explanation is true: `pbj check` finds what it says that it finds."""
    promised = [survivor.mutant for survivor in mutation.selamat if "`pbj check`" in survivor.alasan]
    assert len(promised) == 14
    for mutant in promised:
        assert quote_problems(mutant.regulation, SHIPPED), mutant.tempat


def test_every_branch_paper_and_transition_is_altered(engine: Engine) -> None:
    altered = {(mutant.jenis, mutant.tempat) for mutant in mutants(engine.regulation)}
    for row in engine.regulation.rows():
        for decision in row.keputusan:
            for branch in decision.cabang:
                assert {("operator", f"cabang {branch.aturan}"), ("kutipan", f"cabang {branch.aturan}")} <= altered
        for paper in row.dokumen:
            where = f"dokumen {paper.id} di baris {row.id}"
            assert {("dokumen", where), ("kutipan", where)} <= altered
    assert {("ambang", f"parameter {name}") for name in engine.regulation.parameter} <= altered


def test_a_condition_is_altered_in_every_place(engine: Engine) -> None:
    names = {name: fact.symbol for name, fact in engine.regulation.fakta.items()}
    text = "paket.pagu > 5 dan tidak (perubahan_dokumen memuat salah satu dari [hps, lainnya])"
    made = [change.tree for change in alterations(parse_condition(text, Vocabulary(names, {})))]
    said = {say(tree) for tree in made}
    assert len(made) == len(said), "no alteration is made twice"
    pagu, changes = "pagu anggaran paket", "perubahan dokumen pemilihan"
    assert {
        f"{pagu} paling sedikit Rp5 dan {changes} tidak memuat hps maupun lainnya",
        f"{pagu} lebih dari Rp4 dan {changes} tidak memuat hps maupun lainnya",
        f"{pagu} lebih dari Rp5 dan {changes} memuat hps atau lainnya",
        f"{pagu} lebih dari Rp5 dan {changes} tidak memuat hps",
        f"{pagu} lebih dari Rp5; atau {changes} tidak memuat hps maupun lainnya",
        f"{pagu} lebih dari Rp5",
    } <= said


def test_a_scenario_less_lets_through_what_it_alone_noticed(engine: Engine, scenarios: Scenarios) -> None:
    fewer = without(scenarios, "adendum-hps-dan-lainnya-disetujui-ppk")
    let_through = [
        mutant
        for mutant in mutants(engine.regulation)
        if mutant.baris == "tender-seleksi/4"
        and next(scenarios.noticing(mutant.regulation, mutant.baris), None) is not None
        and next(fewer.noticing(mutant.regulation, mutant.baris), None) is None
    ]
    assert [mutant.tempat for mutant in let_through] == ["cabang adendum-adendum"]
    unexplained = [Survivor(let_through[0], "")]
    assert Mutation(Counter(a=100), Counter(a=99), []).cukup
    assert not Mutation(Counter(a=100), Counter(a=99), unexplained).cukup
    assert not Mutation(Counter(a=100), Counter(a=97), []).cukup


def test_the_scenarios_show_the_independent_effect_of_every_condition(engine: Engine, scenarios: Scenarios) -> None:
    wanted = effects(engine.regulation)
    assert len(wanted) == 170
    assert unshown(engine.regulation, wanted, scenarios) == []


def test_an_effect_that_no_scenario_shows_gets_a_case_that_does(engine: Engine, scenarios: Scenarios) -> None:
    wanted = effects(engine.regulation)
    fewer = without(
        scenarios, "konsultansi-100-miliar-ditetapkan-pa", "setelan-lokal-ambang-umum-di-bawah-ambang-konsultansi"
    )
    missing = unshown(engine.regulation, wanted, fewer)
    assert len(missing) == 2
    cases = {case["kasus"]: engine.read(case) for case in case_showing(engine.regulation, missing)}
    made = Scenarios({**fewer.cases, **cases}, {**fewer.accepted, **{n: engine.evaluate(c) for n, c in cases.items()}})
    assert unshown(engine.regulation, wanted, made) == []


def test_results_that_differ_in_the_firing_record_alone_are_the_same(engine: Engine, scenarios: Scenarios) -> None:
    """The record is no part of the accepted results: other titles of anomalies there are no other result."""
    row = next(row for row in engine.regulation.rows() if row.anomali)
    assert list(scenarios.noticing(with_row(engine.regulation, row.id, anomali=()))) == []


def with_row(regulation: Regulation, row_id: str, **parts: Any) -> Regulation:
    sop, _, label = row_id.partition("/")
    changed = evolve(
        regulation.sop[sop], baris={**regulation.sop[sop].baris, label: evolve(regulation.row(row_id), **parts)}
    )
    return evolve(regulation, sop={**regulation.sop, sop: changed})


def test_mutate_tells_people_and_programs_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mutate"]) == 0
    shown = capsys.readouterr().out
    assert main(["mutate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert f"{found['dikenali']} dari {found['mutan']} aturan yang diubah dikenali" in shown
    assert f"{found['persen']:.2f}%" in shown
    assert len(found["selamat"]) == found["mutan"] - found["dikenali"]
    assert found["pengaruh"] == {"semua": 170, "tampak": 170, "kurang": []}


def test_rules_that_are_as_they_were_make_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = spoilt(tmp_path / "aturan", "peran.yaml")
    assert main(["mutate", "--rules", str(rules), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["berbeda"] == []


def test_rules_that_come_into_force_later_make_no_difference_but_their_samples_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = spoilt(tmp_path / "aturan", "regulasi.yaml", ('berlaku_sejak: "20', 'berlaku_sejak: "21'))
    assert main(["mutate", "--rules", str(rules), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["berbeda"] == []
    assert found["di_luar_masa_berlaku"] == found["skenario"]
    assert main(["mutate", "--rules", str(rules)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"{found['skenario']} skenario bertanggal di luar masa berlaku `perbup-balangan-21-2020`" in shown


def test_of_a_layer_only_what_it_changes_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mutate", "--rules", str(rules_directory() / "perpres-12-2021")]) == 1
    shown = capsys.readouterr().out
    assert "mendahului berlakunya" not in shown
    assert shown.count("masa berlaku `perpres-12-2021`") == 1
    assert "lanjut ke pelaksanaan-kontrak/20, seharusnya pelaksanaan-kontrak/15" in shown


def test_any_other_warning_that_differs_is_a_difference(engine: Engine, scenarios: Scenarios) -> None:
    name = "registrasi-auditor/masa-audit-mendahului-tanggal-kasus"
    accepted = scenarios.accepted[name]
    assert accepted.peringatan
    silent = Scenarios({name: scenarios.cases[name]}, {name: evolve(accepted, peringatan=())})
    (found,) = silent.noticing(engine.regulation)
    assert found.beda.startswith("peringatan")
