"""The engine as an integrator embeds it."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from pbj_rules import Case, Engine, EvaluationError, InputError, Keputusan, Result, RuleError
from pbj_rules.evaluation.durable import DurableEvaluator
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory
from pbj_rules.result import NaskahTambahan

CASE: dict[str, Any] = {
    "kasus": "contoh",
    "sop": "prakualifikasi",
    "tanggal": date(2020, 4, 1),
    "fakta": {"jumlah_peserta": 5, "jumlah_lulus": 3},
}


def test_a_mapping_a_case_and_a_file_give_the_same_result(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "kasus.json"
    file.write_text(json.dumps({**CASE, "tanggal": "2020-04-01"}), encoding="utf-8")
    results = [
        engine.evaluate(CASE),
        engine.evaluate(engine.read(CASE)),
        engine.evaluate(file),
        engine.evaluate(str(file)),
    ]
    assert len({result.to_json() for result in results}) == 1


def test_the_result_as_plain_values_has_the_keys_of_the_contract(engine: Engine) -> None:
    plain = engine.evaluate(CASE).to_dict()
    assert plain["skema"] == "pbj-hasil/1"
    assert list(plain["keputusan"][0]) == [
        "id",
        "baris",
        "nilai",
        "lanjut",
        "dasar",
        "aturan",
        "kutipan",
        "anomali",
        "fakta",
        "parameter",
        "hasil",
    ]
    assert json.loads(json.dumps(plain)) == plain


def test_evaluation_leaves_the_case_as_it_was(engine: Engine) -> None:
    before = json.dumps(CASE, default=str)
    engine.evaluate(CASE)
    assert json.dumps(CASE, default=str) == before


def test_a_bad_case_says_everything_that_is_wrong_with_it(engine: Engine) -> None:
    with pytest.raises(InputError) as refused:
        engine.evaluate(
            {
                "kasus": "x",
                "sop": "tender-seleksi",
                "tanggal": "2020-13-01",
                "fakta": {"jumlah_penawaran": -1},
                "lain": 1,
            }
        )
    assert {problem.path for problem in refused.value.problems} == {"tanggal", "fakta.jumlah_penawaran", "lain"}
    assert isinstance(refused.value, ValueError)


def test_a_conclusion_without_its_words_or_its_row_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="kutipan"):
        Keputusan("x", "a/1", "b", "a/2", "tersurat", "r", "", (), {}, {}, {})
    with pytest.raises(ValueError, match="anomaly"):
        Keputusan("x", "a/1", "b", "a/2", "tafsir", "r", "kata", (), {}, {}, {})


def test_a_parameter_that_the_case_sets_marks_every_decision_that_uses_it(engine: Engine) -> None:
    result = engine.evaluate({**CASE, "parameter": {"kuorum_peserta": 3}})
    assert [(decision.id, decision.dasar) for decision in result.keputusan] == [
        ("kuorum-peserta", "setelan-lokal"),
        ("kuorum-lulus", "tersurat"),
    ]


def test_threads_share_an_engine_and_get_their_own_answers(engine: Engine) -> None:
    cases = [
        engine.read({**CASE, "fakta": {"jumlah_peserta": n, "jumlah_peserta_perpanjangan": n, "jumlah_lulus": 3}})
        for n in range(1, 7)
    ]
    expected = [engine.evaluate(case).to_json() for case in cases]
    wrong: list[int] = []

    def work(number: int) -> None:
        for _ in range(100):
            if engine.evaluate(cases[number]).to_json() != expected[number]:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(cases))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def _altered(tmp_path: Path, file: str, old: str, new: str) -> Engine:
    """The shipped rules with one line changed, as an outsider with altered rules would run them."""
    for source in (rules_directory() / DEFAULT_REGULATION).iterdir():
        text = source.read_text(encoding="utf-8")
        if source.name == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / source.name).write_text(text, encoding="utf-8")
    return Engine(load_regulation(tmp_path))


@pytest.mark.parametrize("evaluator", [DurableEvaluator(), PlainEvaluator()], ids=["durable", "plain"])
class TestDefectiveRules:
    def test_two_branches_that_hold_at_once_are_an_error(self, tmp_path: Path, evaluator: Any) -> None:
        engine = attrs.evolve(
            _altered(
                tmp_path,
                "05-prakualifikasi.yaml",
                "jika: jumlah_peserta < kuorum_peserta",
                "jika: jumlah_peserta <= kuorum_peserta",
            ),
            evaluator=evaluator,
        )
        with pytest.raises(EvaluationError, match="berlaku bersamaan di baris prakualifikasi/6"):
            engine.evaluate({**CASE, "fakta": {"jumlah_peserta": 3}})

    def test_no_branch_that_holds_is_an_error(self, tmp_path: Path, evaluator: Any) -> None:
        engine = attrs.evolve(
            _altered(
                tmp_path,
                "05-prakualifikasi.yaml",
                "jika: jumlah_peserta >= kuorum_peserta",
                "jika: jumlah_peserta > kuorum_peserta",
            ),
            evaluator=evaluator,
        )
        with pytest.raises(EvaluationError, match="tidak ada cabang yang berlaku di baris prakualifikasi/6"):
            engine.evaluate({**CASE, "fakta": {"jumlah_peserta": 3}})


def test_rules_that_would_loop_without_asking_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="putaran melalui baris `pelaksanaan-kontrak/9` tidak menanyakan apa pun"):
        _altered(tmp_path, "07-pelaksanaan-kontrak.yaml", 'lanjut: "11"', 'lanjut: "9"')


def test_cases_compare_by_what_they_say(engine: Engine) -> None:
    assert engine.read(CASE) == engine.read({**CASE, "tanggal": "2020-04-01"})
    assert isinstance(engine.read(CASE), Case)


def said_by(result: Result) -> dict[str, Any]:
    """The object as plain values; that no layer changed a decision is said by silence in the JSON."""
    said: dict[str, Any] = json.loads(json.dumps(attrs.asdict(result)))
    for decision in said["keputusan"]:
        assert decision.pop("sumber") is None
    return said


def test_the_result_as_an_object_says_what_its_json_says(engine: Engine) -> None:
    case = {"kasus": "x", "sop": "registrasi-auditor", "tanggal": "2020-04-01"}
    result = engine.evaluate({**case, "fakta": {"berkas_lengkap": True, "sudah_pelatihan": True}})
    assert result.keputusan[1].hasil == {"masa_audit_selesai": "2020-05-01"}
    said = said_by(result)
    assert said.pop("naskah_tambahan") == []
    assert said == json.loads(result.to_json())


def test_papers_that_no_row_names_are_in_the_json_only_where_a_case_asked_for_them(engine: Engine) -> None:
    result = engine.evaluate(CASE)
    assert "naskah_tambahan" not in json.loads(result.to_json())
    asked = NaskahTambahan("daftar-hadir", "Daftar hadir", "01-daftar-hadir.docx", ("isian.daftar-hadir.acara",))
    written = result.with_files({}, [asked])
    assert json.loads(written.to_json())["naskah_tambahan"] == [attrs.asdict(asked) | {"kosong": [*asked.kosong]}]
    assert said_by(written) == json.loads(written.to_json())
