"""`pbj prove` proves the shipped rules, and finds what they would leave open, with a case that shows it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve

from pbj_rules import Engine, EvaluationError
from pbj_rules.assurance.proofs.enumerating import Enumeration
from pbj_rules.assurance.proofs.proving import Prover, prove
from pbj_rules.assurance.proofs.solving import Smt
from pbj_rules.cli.main import main
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.regulation.loading import survey_regulation
from pbj_rules.regulation.model import Branch, Decision, Regulation, Row
from pbj_rules.resources import rules_directory
from tests.assurance.spoiling import SHIPPED, decisions_of, spoilt, with_branches

QUORUM = "05-prakualifikasi.yaml"
TENDER = "06-tender-seleksi.yaml"
REPORT = "11-laporan-pemilihan.yaml"
PROVIDER = "13-registrasi-penyedia.yaml"


def proof_of(rules: Path, capsys: pytest.CaptureFixture[str], status: int = 1) -> dict[str, Any]:
    assert main(["prove", "--rules", str(rules), "--json"]) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def as_surveyed(rules: Path) -> Engine:
    return Engine(survey_regulation(rules)[0], PlainEvaluator())


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    regulation, problems = survey_regulation(SHIPPED)
    proof = prove(regulation, problems, [Smt(regulation)])
    return {"proof": proof, "regulation": regulation}


def test_the_shipped_rules_leave_nothing_open(shipped: dict[str, Any]) -> None:
    proof = shipped["proof"]
    assert (proof.celah, proof.tumpang_tindih, proof.tak_terjangkau, proof.buntu, proof.muatan) == ((),) * 5
    assert proof.tuntas
    assert (proof.keputusan, proof.baris) == (34, 160)


def test_the_four_keys_of_the_contract_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    found = proof_of(SHIPPED, capsys, status=0)
    assert found["tuntas"] is True
    assert found["celah"] == found["tumpang_tindih"] == found["tak_terjangkau"] == []


def test_the_wording_says_nothing_of_exactly_three_participants_after_the_extension(shipped: dict[str, Any]) -> None:
    (found,) = [finding for finding in shipped["proof"].harfiah if finding.row.id == "prakualifikasi/7"]
    assert found.kasus["fakta"]["jumlah_peserta_perpanjangan"] == 3
    assert found.tunggal, "three and no other number"
    assert found.decision.harfiah.anomali == ("AN-33",)
    assert (found.nilai, found.bacaan) == ((), "terpenuhi")


def test_what_the_wording_leaves_open_is_what_people_found_by_eye(shipped: dict[str, Any]) -> None:
    found = {
        (finding.row.id, anomaly, finding.nilai)
        for finding in shipped["proof"].harfiah
        for anomaly in finding.decision.harfiah.anomali
    }
    assert found == {
        ("persiapan-pengadaan/4", "AN-44", ()),
        ("prakualifikasi/7", "AN-33", ()),
        ("tender-seleksi/4", "AN-23", ("adendum", "persetujuan-ppk")),
        ("tender-seleksi/11", "AN-35", ()),
        ("registrasi-auditor/7", "AN-37", ()),
    }


def test_a_case_that_the_wording_leaves_open_is_decided_by_the_reading(shipped: dict[str, Any]) -> None:
    engine = Engine(shipped["regulation"], PlainEvaluator())
    for finding in shipped["proof"].harfiah:
        decided = {item.id: item for item in engine.evaluate(finding.kasus).keputusan}
        reading = decided[finding.decision.id]
        assert reading.nilai == finding.bacaan


def test_the_wording_as_rules_gives_no_answer_or_two_to_these_cases(shipped: dict[str, Any]) -> None:
    regulation: Regulation = shipped["regulation"]
    places = {decision.id: (row, number) for row, number, decision in decisions_of(regulation)}
    for finding in shipped["proof"].harfiah:
        row, number = places[finding.decision.id]
        pattern = finding.decision.cabang[0]
        literal = [
            evolve(pattern, aturan=f"harfiah-{place}", nilai=branch.nilai, jika=branch.jika)
            for place, branch in enumerate(finding.decision.harfiah.cabang)
        ]
        engine = Engine(with_branches(regulation, row, number, literal), PlainEvaluator())
        with pytest.raises(EvaluationError, match=row.id):
            engine.evaluate(finding.kasus)


def test_the_cases_of_the_findings_are_written_as_files_that_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = spoilt(tmp_path / "aturan", QUORUM, ("jika: jumlah_lulus >= kuorum_lulus", "jika: jumlah_lulus > 5"))
    out = tmp_path / "kasus"
    assert main(["prove", "--rules", str(rules), "--out", str(out)]) == 1
    shown = capsys.readouterr().out
    assert "CELAH  prakualifikasi/9" in shown
    assert "bila dijalankan: tidak ada cabang yang berlaku di baris prakualifikasi/9" in shown
    assert {file.stem.partition("-")[0] for file in out.iterdir()} == {"celah", "tumpang", "harfiah"}
    file = out / "celah-kuorum-lulus.yaml"
    assert file.read_text(encoding="utf-8").startswith("# Baris prakualifikasi/9, celah")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["fakta"]["jumlah_lulus"] in (3, 4, 5)
    with pytest.raises(EvaluationError, match="tidak ada cabang yang berlaku di baris prakualifikasi/9"):
        Engine.from_directory(rules).evaluate(file)


def test_a_gap_behind_other_decisions_and_other_sops_is_shown_by_a_case_that_gets_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = ("paket.pagu = ambang_pa_konsultansi) atau", "paket.pagu = 1) atau")
    rules = spoilt(tmp_path / "aturan", TENDER, change)
    (gap,) = proof_of(rules, capsys)["celah"]
    assert gap["baris"] == "tender-seleksi/11"
    assert gap["contoh"]["paket"] == {"jenis": "konsultansi", "pagu": 10_000_000_000}
    with pytest.raises(EvaluationError, match="tender-seleksi/11"):
        as_surveyed(rules).evaluate(gap["contoh"])


def test_an_overlap_names_both_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = ("jika: jumlah_peserta < kuorum_peserta", "jika: jumlah_peserta <= kuorum_peserta")
    rules = spoilt(tmp_path / "aturan", QUORUM, change)
    (overlap,) = proof_of(rules, capsys)["tumpang_tindih"]
    assert overlap["baris"] == "prakualifikasi/6"
    assert overlap["cabang"] == ["kuorum-peserta-terpenuhi", "kuorum-peserta-kurang"]
    assert overlap["contoh"]["fakta"] == {"jumlah_peserta": 3}
    with pytest.raises(EvaluationError, match="berlaku bersamaan"):
        as_surveyed(rules).evaluate(overlap["contoh"])


def test_a_branch_that_never_holds_and_the_row_behind_it_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = (
        "jika: jumlah_peserta < kuorum_peserta",
        "jika: jumlah_peserta < kuorum_peserta dan jumlah_peserta > 999999",
    )
    rules = spoilt(tmp_path / "aturan", QUORUM, change)
    found = proof_of(rules, capsys)
    # The table alone does not show it: there is a branch that leads to row 7.
    assert found["kesalahan"] == []
    assert found["tak_terjangkau"] == [
        {"baris": "prakualifikasi/7", "cabang": None},
        {"baris": "prakualifikasi/6", "cabang": "kuorum-peserta-kurang"},
    ]
    assert [gap["baris"] for gap in found["celah"]] == ["prakualifikasi/6"]


def test_a_row_that_only_a_setting_can_reach_is_reached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = (
        ("jika: jumlah_peserta < kuorum_peserta", "jika: jumlah_peserta < kuorum_peserta dan kuorum_peserta > 50"),
        (
            "jika: jumlah_peserta >= kuorum_peserta",
            "jika: jumlah_peserta >= kuorum_peserta atau kuorum_peserta <= 50",
        ),
    )
    assert proof_of(spoilt(tmp_path / "aturan", QUORUM, *changes), capsys, status=0)["tuntas"]


def test_a_loop_that_no_answer_leaves_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The only way on from row 4 needs what no answer can give.
    changes = (
        ("jika: laporan_disetujui = ya", "jika: laporan_disetujui = ya dan laporan_disetujui = tidak"),
        ("jika: laporan_disetujui = tidak", "jika: laporan_disetujui = tidak atau laporan_disetujui = ya"),
    )
    found = proof_of(spoilt(tmp_path / "aturan", REPORT, *changes), capsys)
    assert [trap["baris"] for trap in found["buntu"]] == [f"laporan-pemilihan/{label}" for label in "1234"]
    assert {"baris": "laporan-pemilihan/5", "cabang": None} in found["tak_terjangkau"]


def test_a_loop_that_some_package_can_never_leave_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Goods can never pass the inspection of row 12 here, whatever is answered; other packages can."""
    changes = (
        ("fakta: [hasil_sesuai]", "fakta: [hasil_sesuai, paket.jenis]"),
        ("jika: hasil_sesuai = ya", "jika: hasil_sesuai = ya dan paket.jenis != barang"),
        ("jika: hasil_sesuai = tidak", "jika: hasil_sesuai = tidak atau paket.jenis = barang"),
    )
    found = proof_of(spoilt(tmp_path / "aturan", "07-pelaksanaan-kontrak.yaml", *changes), capsys)
    assert "pelaksanaan-kontrak/12" in [trap["baris"] for trap in found["buntu"]]
    assert found["celah"] == found["tumpang_tindih"] == []


def test_rules_that_do_not_load_are_proved_as_far_as_they_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = (
        ("jika: jumlah_peserta >= kuorum_peserta", "jika: jumlah_pesert >= kuorum_peserta"),
        ("jika: jumlah_lulus >= kuorum_lulus", "jika: jumlah_lulus > kuorum_lulus"),
    )
    found = proof_of(spoilt(tmp_path / "aturan", QUORUM, *changes), capsys)
    assert [gap["baris"] for gap in found["celah"]] == ["prakualifikasi/9"]
    assert len(found["kesalahan"]) == 1
    assert "nama `jumlah_pesert` tidak dikenal" in found["kesalahan"][0]


def test_a_condition_that_looks_into_a_list_is_told_and_not_guessed_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = ("jika: berkas_sesuai = ya", "jika: ada e dalam daftar_hitam dengan (e.npwp = pemohon.npwp)")
    found = proof_of(spoilt(tmp_path / "aturan", PROVIDER, change), capsys)
    assert "hanya dipakai dalam `turunan`" in found["kesalahan"][0]


def test_a_folder_that_holds_no_rules_is_a_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "--rules", str(tmp_path), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ini bukan folder aturan" in said.err


def test_without_the_solver_the_command_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.delitem(sys.modules, "pbj_rules.assurance.proofs.solving")
    assert main(["prove"]) == 2
    assert "pip install 'pbj-rules[prove]'" in capsys.readouterr().err


def test_dropping_any_branch_leaves_a_gap_at_its_row(engine: Engine) -> None:
    for row, number, decision in decisions_of(engine.regulation):
        for dropped in decision.cabang:
            kept = [branch for branch in decision.cabang if branch is not dropped]
            regulation = with_branches(engine.regulation, row, number, kept)
            (gap,) = Prover(regulation, [Enumeration(regulation), Smt(regulation)]).gaps(
                *place(regulation, row, number)
            )
            with pytest.raises(EvaluationError, match=f"tidak ada cabang yang berlaku di baris {row.id}"):
                Engine(regulation, PlainEvaluator()).evaluate(gap.kasus)


def test_repeating_any_condition_is_an_overlap_at_its_row(engine: Engine) -> None:
    for row, number, decision in decisions_of(engine.regulation):
        for branch in decision.cabang:
            copy: Branch = evolve(branch, aturan=f"{branch.aturan}-lagi")
            regulation = with_branches(engine.regulation, row, number, (*decision.cabang, copy))
            prover = Prover(regulation, [Enumeration(regulation), Smt(regulation)])
            (overlap,) = prover.overlaps(*place(regulation, row, number))
            assert overlap.cabang == (branch.aturan, copy.aturan)
            with pytest.raises(EvaluationError, match=f"berlaku bersamaan di baris {row.id}"):
                Engine(regulation, PlainEvaluator()).evaluate(overlap.kasus)


def place(regulation: Regulation, row: Row, number: int) -> tuple[Row, int, Decision]:
    changed = regulation.row(row.id)
    return changed, number, changed.keputusan[number]


# Regulations of layers.


@pytest.mark.parametrize(("layer", "size"), [("perpres-16-2018", (34, 160)), ("perpres-12-2021", (33, 155))])
def test_the_shipped_layers_leave_nothing_open(layer: str, size: tuple[int, int]) -> None:
    regulation, problems = survey_regulation(rules_directory() / layer)
    proof = prove(regulation, problems, [Smt(regulation)])
    assert proof.tuntas
    assert (proof.keputusan, proof.baris) == size


def test_what_a_layer_settles_is_no_longer_open_in_the_wording(
    shipped: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Three participants after the extension, and the threshold to the rupiah, are said by national law."""
    assert main(["prove", "--regulasi", "perpres-16-2018", "--json"]) == 0
    found = {one["baris"] for one in json.loads(capsys.readouterr().out)["harfiah"]}
    settled = {one.row.id for one in shipped["proof"].harfiah} - found
    assert settled == {"prakualifikasi/7", "tender-seleksi/11"}


def test_a_layer_that_leaves_a_gap_is_found_with_the_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = Path(shutil.copytree(rules_directory(), tmp_path / "aturan"))
    layer = rules / "perpres-16-2018" / "lapisan.yaml"
    text = layer.read_text(encoding="utf-8")
    layer.write_text(text.replace("jumlah_peserta_perpanjangan >= 1", "jumlah_peserta_perpanjangan >= 2"), "utf-8")
    (gap,) = proof_of(layer.parent, capsys)["celah"]
    assert gap["baris"] == "prakualifikasi/7"
    assert gap["contoh"]["regulasi"] == "perpres-16-2018"
    assert gap["contoh"]["fakta"]["jumlah_peserta_perpanjangan"] == 1
    with pytest.raises(EvaluationError, match="prakualifikasi/7"):
        Engine.with_regulations(rules / SHIPPED.name, layer.parent).evaluate(gap["contoh"])


def test_the_case_of_a_layer_lies_in_the_days_of_all_its_regulations() -> None:
    regulation, problems = survey_regulation(rules_directory() / "perpres-16-2018")
    for found in prove(regulation, problems, [Smt(regulation)]).harfiah:
        assert Engine.default().evaluate(found.kasus).peringatan == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--regulasi", "perpres-16"], "ungkin maksudnya `perpres-16-2018`"),
        (["--regulasi", "perpres-16-2018", "--rules", str(SHIPPED)], "pilih satu"),
    ],
)
def test_rules_that_cannot_be_chosen_are_refused(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", *options]) == 2
    assert said in capsys.readouterr().err
