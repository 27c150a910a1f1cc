"""A case file is taken as the contract has it, and everything that the contract refuses is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Case, Engine, InputError, Problem
from pbj_rules.case import MAX_ANSWERS
from pbj_rules.npwp import canonical_npwp

BASE: dict[str, Any] = {"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01"}
NPWP = "01.234.567.8-901.000"


def problems_of(engine: Engine, change: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        engine.evaluate({**BASE, **change})
    return refused.value.problems


def read(engine: Engine, **change: Any) -> Case:
    return engine.read({**BASE, **change})


@pytest.mark.parametrize("key", ["kasus", "sop", "tanggal"])
def test_a_required_key_that_is_missing_is_named(engine: Engine, key: str) -> None:
    case = {name: value for name, value in BASE.items() if name != key}
    with pytest.raises(InputError) as refused:
        engine.evaluate(case)
    (problem,) = refused.value.problems
    assert f"`{key}`" in problem.message
    assert problem.remedy == f"tambahkan `{key}:`"


@pytest.mark.parametrize(
    ("change", "path", "nearest"),
    [
        ({"fakt": {}}, "fakt", "fakta"),
        ({"fakta": {"jumlah_pesrta": 3}}, "fakta.jumlah_pesrta", "jumlah_peserta"),
        ({"fakta": {"metode_kualifikasi": "prakualifikas"}}, "fakta.metode_kualifikasi", "prakualifikasi"),
        ({"fakta": {"perubahan_dokumen": ["hpss"]}}, "fakta.perubahan_dokumen[1]", "hps"),
        ({"fakta": {"perubahan_dokumen": [["hps"], ["kak-spek"]]}}, "fakta.perubahan_dokumen[2][1]", "kak-spesifikasi"),
        ({"sop": "prakualifikas"}, "sop", "prakualifikasi"),
        ({"sop": "tender"}, "sop", "tender-seleksi"),
        ({"regulasi": "perbup-balangan-21-2021"}, "regulasi", "perbup-balangan-21-2020"),
        ({"parameter": {"kuorum_pesrta": 3}}, "parameter.kuorum_pesrta", "kuorum_peserta"),
        ({"paket": {"jenis": "konsultasi"}}, "paket.jenis", "konsultansi"),
        ({"paket": {"paggu": 3}}, "paket.paggu", "pagu"),
        ({"pejabat": {"ppkk": {}}}, "pejabat.ppkk", "ppk"),
        ({"penyedia": [{"nama": "A", "npwpp": "1"}]}, "penyedia[1].npwpp", "npwp"),
        (
            {
                "daftar_hitam": [
                    {"npwp": "1", "nama": "A", "mulai": "2020-01-01", "selesai": "2020-01-02", "nomor": "1"}
                ]
            },
            "daftar_hitam[1].nomor",
            "nomor_sk",
        ),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_valid_one(
    engine: Engine, change: dict[str, Any], path: str, nearest: str
) -> None:
    (problem,) = problems_of(engine, change)
    assert problem.path == path
    assert problem.remedy == f"mungkin maksudnya `{nearest}`"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"kasus": 3}, "kasus"),
        ({"kasus": " "}, "kasus"),
        ({"tanggal": "2020-02-30"}, "tanggal"),
        ({"tanggal": 20200401}, "tanggal"),
        ({"tanggal": "01-04-2020"}, "tanggal"),
        ({"tanggal": "3000-01-01"}, "tanggal"),
        ({"fakta": None}, "fakta"),
        ({"paket": []}, "paket"),
        ({"fakta": {"perlu_asistensi": "ya"}}, "fakta.perlu_asistensi"),
        ({"fakta": {"perlu_asistensi": 1}}, "fakta.perlu_asistensi"),
        ({"fakta": {"perlu_asistensi": None}}, "fakta.perlu_asistensi"),
        ({"fakta": {"jumlah_peserta": True}}, "fakta.jumlah_peserta"),
        ({"fakta": {"jumlah_peserta": 2.0}}, "fakta.jumlah_peserta"),
        ({"fakta": {"jumlah_peserta": [3, -1]}}, "fakta.jumlah_peserta[2]"),
        ({"fakta": {"jumlah_peserta": [[3]]}}, "fakta.jumlah_peserta[1]"),
        ({"fakta": {"perubahan_dokumen": "hps"}}, "fakta.perubahan_dokumen"),
        ({"fakta": {"perubahan_dokumen": ["hps", ["hps"]]}}, "fakta.perubahan_dokumen[1]"),
        ({"fakta": {"masa_audit_selesai": "2020-02-30"}}, "fakta.masa_audit_selesai"),
        ({"fakta": {"masa_audit_selesai": [None]}}, "fakta.masa_audit_selesai[1]"),
        ({"parameter": {"kuorum_peserta": 0}}, "parameter.kuorum_peserta"),
        ({"parameter": {"kuorum_peserta": 10**6 + 1}}, "parameter.kuorum_peserta"),
        ({"parameter": {"ambang_pa_umum": 10**15 + 1}}, "parameter.ambang_pa_umum"),
        ({"parameter": {"masa_audit_hari": 10**7}}, "parameter.masa_audit_hari"),
        ({"paket": {"kode_rup": 23456789}}, "paket.kode_rup"),
        ({"penyedia": [{"npwp": "1"}]}, "penyedia[1]"),
        ({"penyedia": [{"nama": "A", "npwp": "-"}]}, "penyedia[1].npwp"),
        ({"penyedia": [{"nama": "A", "npwp": 12345}]}, "penyedia[1].npwp"),
        ({"daftar_hitam": [{"npwp": "1", "nama": "A", "mulai": "2020-01-01"}]}, "daftar_hitam[1]"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_place(engine: Engine, change: dict[str, Any], path: str) -> None:
    (problem,) = problems_of(engine, change)
    assert problem.path == path
    assert problem.expected


@pytest.mark.parametrize(("count", "fits"), [(0, True), (10**6, True), (10**6 + 1, False), (-1, False)])
def test_a_count_is_bounded(engine: Engine, count: int, fits: bool) -> None:
    if fits:
        assert read(engine, fakta={"jumlah_peserta": count}).fakta["jumlah_peserta"] == (count,)
    else:
        problems_of(engine, {"fakta": {"jumlah_peserta": count}})


@pytest.mark.parametrize(("amount", "fits"), [(0, True), (10**15, True), (10**15 + 1, False), (-1, False)])
def test_an_amount_is_bounded(engine: Engine, amount: int, fits: bool) -> None:
    if fits:
        assert read(engine, paket={"pagu": amount}).paket["pagu"] == amount
    else:
        problems_of(engine, {"paket": {"pagu": amount}})


@pytest.mark.parametrize(
    ("name", "written", "answers"),
    [
        ("jumlah_peserta", 3, (3,)),
        ("jumlah_peserta", [3, 4], (3, 4)),
        ("perubahan_dokumen", [], ((),)),
        ("perubahan_dokumen", ["hps"], (("hps",),)),
        ("perubahan_dokumen", [[]], ((),)),
        ("perubahan_dokumen", [[], ["hps", "lainnya"]], ((), ("hps", "lainnya"))),
        ("masa_audit_selesai", "2020-05-01", (date(2020, 5, 1),)),
    ],
)
def test_answers_are_read_one_a_visit(engine: Engine, name: str, written: Any, answers: tuple[Any, ...]) -> None:
    assert read(engine, fakta={name: written}).fakta[name] == answers


@pytest.mark.parametrize("facts", [{"masa_audit_selesai": None}, {"jumlah_peserta": []}])
def test_no_answer_is_as_if_the_fact_were_not_there(engine: Engine, facts: dict[str, Any]) -> None:
    assert read(engine, fakta=facts).fakta == {}


def test_answers_without_end_are_refused(engine: Engine) -> None:
    assert read(engine, fakta={"jumlah_peserta": [3] * MAX_ANSWERS})
    (problem,) = problems_of(engine, {"fakta": {"jumlah_peserta": [3] * (MAX_ANSWERS + 1)}})
    assert problem.path == "fakta.jumlah_peserta"


def test_no_blacklist_differs_from_an_empty_one(engine: Engine) -> None:
    assert read(engine).daftar_hitam is None
    assert read(engine, daftar_hitam=[]).daftar_hitam == ()


def test_everything_wrong_with_a_file_is_told_with_its_line(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_text(
        "kasus: x\nsop: registrasi-penyedia\ntanggal: 2020-04-01\nlain: 1\npaket: {pagu: -1}\n"
        f"penyedia: [{{nama: A, npwp: '{NPWP}'}}]\n"
        "daftar_hitam:\n  - {npwp: '012345678901000', nama: A, mulai: 2020-01-01, selesai: 2020-04-01}\n"
        "fakta:\n  masuk_daftar_hitam:\n    - true\n    - false\n  berkas_sesua: true\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        engine.evaluate(file)
    assert sorted((problem.line, problem.path) for problem in refused.value.problems) == [
        (4, "lain"),
        (5, "paket.pagu"),
        (12, "fakta.masuk_daftar_hitam"),
        (13, "fakta.berkas_sesua"),
    ]
    assert all(problem.file == str(file) for problem in refused.value.problems)


def applicant(entries: list[dict[str, Any]], npwp: str | None = NPWP, **facts: Any) -> dict[str, Any]:
    bidder = {"nama": "A", **({"npwp": npwp} if npwp else {})}
    return {**BASE, "sop": "registrasi-penyedia", "penyedia": [bidder], "daftar_hitam": entries, "fakta": facts}


def entry(npwp: str = NPWP, start: str = "2020-01-01", end: str = "2020-12-31") -> dict[str, Any]:
    return {"npwp": npwp, "nama": "A", "mulai": start, "selesai": end}


class TestBlacklist:
    @pytest.mark.parametrize(
        ("entries", "answer"),
        [
            ([entry()], False),
            ([entry()], [True, False]),
            ([], True),
            ([entry("02.000.000.0-000.000")], True),
            ([entry(end="2020-03-31")], True),
            ([entry(start="2020-04-02")], True),
            ([entry(start="2020-04-01", end="2020-04-01")], False),
        ],
    )
    def test_an_answer_that_contradicts_the_list_is_refused(self, engine: Engine, entries: Any, answer: Any) -> None:
        with pytest.raises(InputError, match="bertentangan") as refused:
            engine.evaluate(applicant(entries, masuk_daftar_hitam=answer))
        assert [problem.path for problem in refused.value.problems] == ["fakta.masuk_daftar_hitam"]

    @pytest.mark.parametrize(("entries", "answer"), [([entry()], True), ([], [False, False]), ([entry("9")], False)])
    def test_an_answer_that_agrees_with_the_list_is_taken(self, engine: Engine, entries: Any, answer: Any) -> None:
        status = engine.evaluate(applicant(entries, masuk_daftar_hitam=answer)).status
        assert status == ("ditolak" if answer is True else "menunggu")

    def test_without_an_npwp_the_answer_decides(self, engine: Engine) -> None:
        assert engine.evaluate(applicant([entry()], npwp=None, masuk_daftar_hitam=True)).status == "ditolak"

    def test_the_contradiction_is_refused_whichever_sop_the_case_starts_with(self, engine: Engine) -> None:
        with pytest.raises(InputError, match="bertentangan"):
            engine.evaluate({**applicant([entry()], masuk_daftar_hitam=False), "sop": "prakualifikasi"})

    @pytest.mark.parametrize(
        "written",
        [
            "012345678901000",
            " 01 234 567 8 901 000 ",
            "01.234.567.8.901.000",
            "0012345678901000",
            "01.234.567.8–901.000",
            "01.234.567.8-901.000\u00a0",
            "01\u200b.234.567.8-901.000",
        ],
    )
    def test_an_npwp_is_the_same_however_it_is_typed(self, engine: Engine, oracle: Engine, written: str) -> None:
        case = applicant([entry(written)])
        assert engine.evaluate(case).status == "ditolak"
        assert engine.evaluate(case) == oracle.evaluate(case)

    @pytest.mark.parametrize("written", ["012345678901001", "12345678901000", "00012345678901000", "A12345678901000"])
    def test_another_npwp_is_another_firm(self, engine: Engine, written: str) -> None:
        assert engine.evaluate(applicant([entry(written)])).status == "menunggu"

    def test_only_the_first_bidder_is_the_applicant(self, engine: Engine) -> None:
        case = applicant([entry("02.000.000.0-000.000")])
        case["penyedia"].append({"nama": "B", "npwp": "02.000.000.0-000.000"})
        assert engine.evaluate(case).status == "menunggu"


def test_npwp_that_are_compared_hold_letters_and_digits_alone() -> None:
    assert canonical_npwp(NPWP) == "0012345678901000"
    assert canonical_npwp("AB-1 2") == "AB12"


def test_a_sanction_that_ends_before_it_begins_is_in_force_on_no_day_and_warned_of(engine: Engine) -> None:
    entry = {"npwp": "012345678901000", "nama": "PT Contoh", "mulai": "2020-05-01", "selesai": "2020-04-01"}
    applicant = {"nama": "PT Contoh", "npwp": "012345678901000"}
    case = {"kasus": "x", "sop": "registrasi-penyedia", "tanggal": "2020-04-15", "penyedia": [applicant]}
    result = engine.evaluate({**case, "daftar_hitam": [entry]})
    assert result.keputusan[0].nilai == "tidak-masuk"
    assert any("daftar_hitam[1]" in warning for warning in result.peringatan)


@pytest.mark.parametrize(
    ("npwp", "warned"), [("01.234.567.8-901.000", False), ("0012345678901000", False), ("01.234", True)]
)
def test_a_check_against_the_blacklist_warns_of_an_npwp_with_a_wrong_number_of_digits(
    engine: Engine, npwp: str, warned: bool
) -> None:
    case = {
        "kasus": "x",
        "sop": "registrasi-penyedia",
        "tanggal": "2020-04-15",
        "penyedia": [{"nama": "PT Contoh", "npwp": npwp}],
        "daftar_hitam": [],
    }
    assert any("penyedia[1].npwp" in warning for warning in engine.evaluate(case).peringatan) is warned
