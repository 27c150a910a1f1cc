"""`pbj missing`: what it lists settles the case, and what it does not list makes no difference."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbj_rules import Case, Engine, Result
from pbj_rules.assurance import Missing, missing
from pbj_rules.cli.main import main
from pbj_rules.language.tree import Kind, Source
from pbj_rules.regulation.model import Fact
from pbj_rules.resources import samples_directory
from tests.assurance.spoiling import spoilt
from tests.drawing import draw_answer, draw_case

PATHS = {f"{path.parent.name}/{path.stem}": path for path in sorted(samples_directory().glob("*/*.yaml"))}
ROUNDS = 60  # of answering; loops are left long before


def case_of(sop: str, **parts: Any) -> dict[str, Any]:
    return {"kasus": "uji", "sop": sop, "tanggal": "2020-04-01", **parts}


def ask(engine: Engine, case: Mapping[str, Any]) -> Missing:
    return missing(engine, case)


def names(found: Missing) -> list[str]:
    return [needed.fakta.id for needed in found.kurang]


def conclusions(result: Result) -> Result:
    """All that a result says, but for its warnings of answers that nobody used."""
    return evolve(result, peringatan=())


def with_answer(engine: Engine, case: Case, fact: Fact, visit: int, rng: random.Random) -> Case:
    """The case with a value drawn for the fact; now and then one that leads on, so that loops are left."""
    day = case.tanggal
    match fact.symbol.source:
        case Source.PACKAGE:
            value = (
                rng.randrange(10**12) if fact.symbol.type.kind is Kind.RUPIAH else rng.choice(fact.symbol.type.values)
            )
            return evolve(case, paket={**case.paket, fact.id.partition(".")[2]: value})
        case Source.ANSWER:
            part = engine.read(case_of(case.sop, fakta={fact.id: draw_answer(fact, day, rng)}))
            before = case.fakta.get(fact.id, ())
            answers = (*before, *part.fakta.get(fact.id, ((),))) if len(before) < visit else before
            return evolve(case, fakta={**case.fakta, fact.id: answers})
        case _:
            raise AssertionError(f"{fact.id} is never missing")


def with_noise(engine: Engine, case: Case, listed: set[str], rng: random.Random) -> Case:
    """The case with values for facts that are not listed, beside and beyond those that it has."""
    for fact in engine.regulation.fakta.values():
        if fact.id in listed or rng.random() < 0.4:
            continue
        if fact.symbol.source is Source.ANSWER and fact.turunan is None:
            case = with_answer(engine, case, fact, len(case.fakta.get(fact.id, ())) + 1, rng)
        elif fact.symbol.source is Source.PACKAGE and fact.id.partition(".")[2] not in case.paket:
            case = with_answer(engine, case, fact, 1, rng)
    return case


def settle(engine: Engine, case: Case, rng: random.Random, noisy: bool) -> Case:
    """The case once all that is listed was answered, each time it was, and with noise what was not listed too."""
    for _ in range(ROUNDS):
        found = missing(engine, case)
        listed = [*found.kurang, *found.boleh]
        if noisy:
            filled = with_noise(engine, case, {needed.fakta.id for needed in listed}, rng)
            assert conclusions(engine.evaluate(filled)) == conclusions(found.result)
        if not found.kurang:
            return case
        for needed in listed:
            if needed.wajib or rng.random() < 0.5:
                case = with_answer(engine, case, needed.fakta, needed.kunjungan, rng)
    raise AssertionError("the questions never end")


drawn = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@drawn
@given(seed=st.integers(0, 10**6), number=st.integers(0, 12))
def test_answering_what_is_listed_ends_in_nothing_missing(oracle: Engine, seed: int, number: int) -> None:
    rng = random.Random(seed)
    case = oracle.read(draw_case(oracle.regulation, list(oracle.regulation.sop)[number], rng))
    settled = settle(oracle, case, rng, noisy=False)
    assert oracle.evaluate(settled).status != "menunggu"
    assert missing(oracle, settled).kurang == ()


@drawn
@given(seed=st.integers(0, 10**6), number=st.integers(0, 12))
def test_a_fact_that_is_not_listed_never_changes_the_result(oracle: Engine, seed: int, number: int) -> None:
    """Not now, and not once all that is listed was answered: the same answers end alike with it and without."""
    rng = random.Random(seed)
    case = oracle.read(draw_case(oracle.regulation, list(oracle.regulation.sop)[number], rng))
    found = missing(oracle, case)
    listed = {needed.fakta.id for needed in (*found.kurang, *found.boleh)}
    filled = with_noise(oracle, case, listed, random.Random(seed + 1))
    plain, noisy = case, filled
    for _ in range(ROUNDS):
        here = missing(oracle, plain)
        assert conclusions(oracle.evaluate(noisy)) == conclusions(here.result)
        assert {needed.fakta.id for needed in (*here.kurang, *here.boleh)} <= listed, "what is settled stays settled"
        if not here.kurang:
            return
        for needed in here.kurang:
            plain, noisy = (
                with_answer(oracle, one, needed.fakta, needed.kunjungan, random.Random(f"{seed}-{needed.fakta.id}-{_}"))
                for one in (plain, noisy)
            )


@pytest.mark.parametrize("name", PATHS)
def test_what_is_needed_now_is_what_run_says(engine: Engine, name: str) -> None:
    found = missing(engine, Case.from_file(PATHS[name], engine.regulation))
    now = [(needed.fakta.id, needed.baris[0]) for needed in found.kurang if needed.sekarang]
    assert now == [(item.fakta, item.baris) for item in found.result.menunggu]
    assert [needed.fakta.id for needed in found.kurang[: len(now)]] == [fact for fact, _ in now], "first of all"
    assert bool(found.kurang) == (found.result.status == "menunggu")


@pytest.mark.parametrize("name", [name for name in PATHS if "ditunggu" in name or "belum" in name])
def test_every_listed_fact_is_asked_for_on_some_way_on(oracle: Engine, name: str) -> None:
    """Nothing is listed in vain: answers drawn at random come to each of them in time."""
    case = Case.from_file(PATHS[name], oracle.regulation)
    waiting = {needed.fakta.id for needed in missing(oracle, case).kurang}
    rng = random.Random(name)
    for _ in range(200):
        walked = case
        while (result := oracle.evaluate(walked)).menunggu and waiting and len(result.jalur) < 400:
            for item in result.menunggu:
                waiting.discard(item.fakta)
                visit = len(walked.fakta.get(item.fakta, ())) + 1
                walked = with_answer(oracle, walked, oracle.regulation.fakta[item.fakta], visit, rng)
        if not waiting:
            return
    raise AssertionError(f"never asked for: {sorted(waiting)}")


def test_a_quorum_that_was_met_leaves_no_question_of_an_extension(engine: Engine) -> None:
    assert names(ask(engine, case_of("prakualifikasi", fakta={"jumlah_peserta": 5}))) == ["jumlah_lulus"]
    assert names(ask(engine, case_of("prakualifikasi", fakta={"jumlah_peserta": 2}))) == [
        "jumlah_peserta_perpanjangan",
        "jumlah_lulus",
    ]


def test_an_answer_given_ahead_closes_its_ways(engine: Engine) -> None:
    ahead = {"metode_kualifikasi": "pascakualifikasi", "perubahan_dokumen": [], "jumlah_penawaran": 4}
    found = names(ask(engine, case_of("proses-utama", fakta=ahead)))
    assert found[:2] == ["perlu_asistensi", "spek_rab_disetujui"]
    closed = {"jumlah_peserta", "jumlah_lulus", "ppk_setuju_perubahan", "jumlah_penawaran_perpanjangan", *ahead}
    assert not closed & set(found)


def test_the_questions_come_in_the_order_of_the_rows(engine: Engine) -> None:
    found = ask(engine, case_of("tender-seleksi"))
    assert [needed.baris[0].partition("/")[2] for needed in found.kurang] == ["4", "5", "8", "9", "11", "11", "13"]
    sure = {needed.fakta.id for needed in found.kurang if needed.pasti}
    assert sure == {"perubahan_dokumen", "jumlah_penawaran"}


def test_a_fact_of_several_sops_names_every_row_that_asks(engine: Engine) -> None:
    found = ask(engine, case_of("proses-utama"))
    (kind,) = [needed for needed in found.kurang if needed.fakta.id == "paket.jenis"]
    assert kind.baris == ("tender-seleksi/11", "pelaksanaan-kontrak/10")


def test_a_fact_that_decides_nothing_any_more_is_marked(engine: Engine) -> None:
    """Row 11 waits for the kind, but below both thresholds it is the Pokja whatever the kind."""
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 3}
    small = ask(engine, case_of("tender-seleksi", paket={"pagu": 10**9}, fakta=facts))
    large = ask(engine, case_of("tender-seleksi", paket={"pagu": 5 * 10**10}, fakta=facts))
    assert (names(small)[0], small.kurang[0].menentukan) == ("paket.jenis", False)
    assert (names(large)[0], large.kurang[0].menentukan) == ("paket.jenis", True)


def test_a_fact_that_decides_at_a_later_row_is_not_marked(engine: Engine) -> None:
    facts = {"metode_kualifikasi": "pascakualifikasi"}
    found = ask(engine, case_of("proses-utama", paket={"pagu": 10**9}, fakta=facts))
    (kind,) = [needed for needed in found.kurang if needed.fakta.id == "paket.jenis"]
    assert kind.menentukan, "not at tender-seleksi/11, but between SPP and SPMK"


def test_a_loop_asks_for_the_answer_of_its_next_visit(engine: Engine) -> None:
    found = ask(engine, case_of("laporan-pemilihan", fakta={"laporan_disetujui": [False, False]}))
    (needed,) = found.kurang
    assert (needed.kunjungan, needed.berulang, needed.sekarang) == (3, True, True)


def test_an_optional_fact_is_listed_apart_and_holds_nothing_up(engine: Engine) -> None:
    facts = {"berkas_lengkap": True, "sudah_pelatihan": True}
    found = ask(engine, case_of("registrasi-auditor", fakta=facts))
    assert (found.kurang, [needed.fakta.id for needed in found.boleh]) == ((), ["masa_audit_selesai"])
    settled = ask(engine, case_of("registrasi-auditor", fakta={**facts, "masa_audit_selesai": "2020-05-01"}))
    assert (settled.kurang, settled.boleh) == ((), ())


def test_a_blacklist_check_says_what_else_would_answer_it(engine: Engine) -> None:
    bidder = {"nama": "PT A", "npwp": "01.234.567.8-901.000"}
    bare = ask(engine, case_of("registrasi-penyedia"))
    assert bare.kurang[0].atau == ("pemohon.npwp", "daftar_hitam")
    listed = ask(engine, case_of("registrasi-penyedia", daftar_hitam=[]))
    assert (listed.kurang[0].fakta.id, listed.kurang[0].atau) == ("masuk_daftar_hitam", ("pemohon.npwp",))
    known = ask(engine, case_of("registrasi-penyedia", daftar_hitam=[], penyedia=[bidder]))
    assert names(known) == ["berkas_sesuai", "terdaftar_lpse_lain"]
    entry = {**bidder, "mulai": "2020-04-01", "selesai": "2020-04-01"}
    banned = ask(engine, case_of("registrasi-penyedia", daftar_hitam=[entry], penyedia=[bidder]))
    assert (banned.result.status, banned.kurang) == ("ditolak", ())


def test_settings_of_the_case_count(engine: Engine) -> None:
    """With a quorum of none at all the extension never comes."""
    rules = {"parameter": {"kuorum_penawaran": 1}, "fakta": {"perubahan_dokumen": [], "jumlah_penawaran": 1}}
    assert "jumlah_penawaran_perpanjangan" not in names(ask(engine, case_of("tender-seleksi", **rules)))
    rules["parameter"] = {}
    assert "jumlah_penawaran_perpanjangan" in names(ask(engine, case_of("tender-seleksi", **rules)))


def test_altered_rules_are_asked_about_as_they_are(tmp_path: Path) -> None:
    rules = spoilt(
        tmp_path / "aturan",
        "05-prakualifikasi.yaml",
        ("jika: jumlah_peserta >= kuorum_peserta", "jika: jumlah_peserta >= 0"),
        ("jika: jumlah_peserta < kuorum_peserta", "jika: jumlah_peserta < 0"),
    )
    found = ask(Engine.from_directory(rules), case_of("prakualifikasi"))
    assert names(found) == ["jumlah_peserta", "jumlah_lulus"], "the extension cannot come any more"
    assert not found.kurang[0].menentukan


@pytest.mark.parametrize("name", [name for name in PATHS if not name.startswith("proses-utama/")])
def test_people_read_the_question_its_row_and_where_the_answer_goes(
    engine: Engine, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = missing(engine, Case.from_file(PATHS[name], engine.regulation))
    assert main(["missing", str(PATHS[name])]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for needed in (*found.kurang, *found.boleh):
        assert needed.fakta.pertanyaan in shown
        assert needed.baris[0] in shown
        assert f"{needed.fakta.id}`: " in shown
    assert ("Tidak ada fakta yang kurang." in shown) == (not found.kurang)
    assert "None" not in shown


def test_json_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(case_of("registrasi-auditor", fakta={"berkas_lengkap": True})), encoding="utf-8")
    assert main(["missing", str(file), "--json"]) == 0
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert printed.count("\n") == 1
    (needed,) = found["kurang"]
    assert (needed["fakta"], needed["baris"], needed["tipe"]) == (
        "sudah_pelatihan",
        ["registrasi-auditor/7"],
        "ya-tidak",
    )
    assert needed["isi"] == "fakta.sudah_pelatihan"
    assert [one["fakta"] for one in found["boleh"]] == ["masa_audit_selesai"]


def test_a_bad_case_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text("kasus: x\nsop: prakualifikas\ntanggal: 2020-04-01\n", encoding="utf-8")
    assert main(["missing", str(file)]) == 2
    assert "mungkin maksudnya `prakualifikasi`" in capsys.readouterr().err.casefold()
