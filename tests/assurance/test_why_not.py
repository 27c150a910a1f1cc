"""`pbj why-not`: what it finds gives the value, nothing smaller does, and people can read it."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from pbj_rules import Case, Engine, InputError
from pbj_rules.assurance import WhyNot, why_not
from pbj_rules.assurance.questions.case_files import case_file
from pbj_rules.assurance.questions.changes import Change, applied
from pbj_rules.assurance.questions.wanted import Wanted, wanted_of
from pbj_rules.cli.main import main
from pbj_rules.language.tree import Source
from pbj_rules.reading import read_file
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import samples_directory
from tests.assurance.changing import outcomes, single_changes, smallest
from tests.assurance.spoiling import spoilt
from tests.drawing import draw_case

SAMPLES = samples_directory()
PATHS = {f"{path.parent.name}/{path.stem}": path for path in sorted(SAMPLES.glob("*/*.yaml"))}
OF_ONE_SOP = [name for name in PATHS if not name.startswith("proses-utama/")]
OF_THE_WHOLE = ["proses-utama/prakualifikasi-gagal-mengakhiri-proses"]
# Sets of changes that are tried at the most for a case; all pairs of a SOP are fewer.
MOST_SETS = 1500


def ask(engine: Engine, case: Case | Mapping[str, Any], words: str) -> WhyNot:
    return why_not(engine, case, words)


def case_of(sop: str, **parts: Any) -> dict[str, Any]:
    return {"kasus": "uji", "sop": sop, "tanggal": "2020-04-01", **parts}


def places(step: tuple[Change, ...]) -> frozenset[tuple[str, int, str]]:
    return frozenset((one.fakta, one.at if one.source is Source.ELEMENT else max(one.at, 1), one.kolom) for one in step)


def told(found: WhyNot) -> list[dict[str, Any]]:
    return [{change.place: change.menjadi for change in way.perubahan} for way in found.ways]


def questions(engine: Engine, sop: str) -> list[Wanted]:
    sops = engine.program(sop).sops
    return [
        Wanted(row, decision, value)
        for one in sops
        for row in one.baris.values()
        for decision in row.keputusan
        for value in dict.fromkeys(branch.nilai for branch in decision.cabang)
    ]


def check_against_all_smaller_changes(oracle: Engine, mapping: Mapping[str, Any]) -> None:
    """Every value of every decision: what is found gives it, no smaller set of changes does, no other as small is
    left out as far as all of that size are tried."""
    case = oracle.read(mapping)
    found = {wanted: why_not(oracle, case, wanted) for wanted in questions(oracle, case.sop)}
    singles = len(list(single_changes(oracle, mapping)))
    pairs_needed = any((one.perubahan or 3) > 2 for one in found.values())
    most = 2 if pairs_needed and singles * (singles - 1) // 2 <= MOST_SETS else 1
    by_trying = smallest(oracle, mapping, most)
    for wanted, answer in found.items():
        outcome = (wanted.decision.id, wanted.nilai)
        least, where = by_trying.get(outcome, (None, set()))
        if least is not None or answer.perubahan is None:
            assert answer.perubahan == least, outcome
        else:
            assert answer.perubahan > most
        if least:
            assert {places(way.perubahan) for way in answer.ways} >= where, outcome
        for way in answer.ways:
            assert outcome in set({one.id: one.nilai for one in way.result.keputusan}.items())
            assert sum(change.hitungan for change in way.perubahan) == answer.perubahan
            assert_nothing_can_be_left_out(oracle, case, way.perubahan, outcome)


def assert_nothing_can_be_left_out(
    oracle: Engine, case: Case, step: tuple[Change, ...], outcome: tuple[str, str]
) -> None:
    for size in range(max(len(step) - 2, 0), len(step)):
        for part in combinations(step, size):
            try:
                result = oracle.evaluate(case_file(applied(case, part)))
            except InputError:
                continue  # an answer that the list then contradicts
            assert outcome not in set({one.id: one.nilai for one in result.keputusan}.items())


@pytest.mark.parametrize("name", OF_ONE_SOP)
def test_for_a_sample_nothing_smaller_gives_the_value(oracle: Engine, name: str) -> None:
    check_against_all_smaller_changes(oracle, read_file(PATHS[name]).plain())


@pytest.mark.parametrize("name", OF_THE_WHOLE)
def test_for_a_whole_procurement_nothing_smaller_gives_the_value(oracle: Engine, name: str) -> None:
    check_against_all_smaller_changes(oracle, read_file(PATHS[name]).plain())


@pytest.mark.parametrize("sop", ["prakualifikasi", "tender-seleksi", "registrasi-auditor", "registrasi-penyedia"])
def test_for_cases_drawn_at_random_nothing_smaller_gives_the_value(oracle: Engine, sop: str) -> None:
    rng = random.Random(f"mengapa-tidak-{sop}")
    for _ in range(4):
        check_against_all_smaller_changes(oracle, draw_case(oracle.regulation, sop, rng))


def test_the_smallest_sum_above_a_hundred_billion(engine: Engine) -> None:
    package = {"jenis": "barang", "pagu": 5 * 10**9}
    case = case_of("tender-seleksi", paket=package, fakta={"perubahan_dokumen": [], "jumlah_penawaran": 3})
    assert told(ask(engine, case, "penetap-pemenang=pa-kpa")) == [{"paket.pagu": 100_000_000_001}]


def test_the_largest_sum_that_the_pokja_decides_on(engine: Engine) -> None:
    package = {"jenis": "konsultansi", "pagu": 12 * 10**9}
    case = case_of("tender-seleksi", paket=package, fakta={"perubahan_dokumen": [], "jumlah_penawaran": 3})
    assert told(ask(engine, case, "penetap-pemenang=pokja")) == [
        {"paket.jenis": "barang"},
        {"paket.pagu": 10_000_000_000},
    ]


def test_a_threshold_is_that_of_the_case_where_it_sets_one(engine: Engine) -> None:
    case = case_of("prakualifikasi", parameter={"kuorum_peserta": 7}, fakta={"jumlah_peserta": 2})
    assert told(ask(engine, case, "kuorum-peserta=terpenuhi")) == [{"fakta.jumlah_peserta": 7}]


def test_a_threshold_from_above(engine: Engine) -> None:
    case = case_of("prakualifikasi", fakta={"jumlah_peserta": 40})
    assert told(ask(engine, case, "prakualifikasi/6=kurang")) == [{"fakta.jumlah_peserta": 2}]


def test_a_row_that_is_not_reached_needs_what_leads_there_too(engine: Engine) -> None:
    case = case_of("prakualifikasi", fakta={"jumlah_peserta": 0, "jumlah_peserta_perpanjangan": 0})
    found = ask(engine, case, "kuorum-lulus=terpenuhi")
    assert found.sekarang is None
    assert told(found) == [
        {"fakta.jumlah_peserta": 3, "fakta.jumlah_lulus": 3},
        {"fakta.jumlah_peserta_perpanjangan": 3, "fakta.jumlah_lulus": 3},
    ]


def test_a_loop_is_asked_about_its_last_visit(engine: Engine) -> None:
    case = case_of(
        "persiapan-pemilihan", fakta={"dokumen_lengkap": [False, True], "metode_kualifikasi": "prakualifikasi"}
    )
    assert ask(engine, case, "reviu-dokumen-persiapan=lengkap").sudah
    found = ask(engine, case, "reviu-dokumen-persiapan=tidak-lengkap")
    assert told(found) == [{"fakta.dokumen_lengkap[2]": False}]


def test_a_loop_is_asked_about_any_visit(engine: Engine) -> None:
    case = case_of(
        "persiapan-pemilihan", fakta={"dokumen_lengkap": [False, True], "metode_kualifikasi": "prakualifikasi"}
    )
    assert ask(engine, case, "reviu-dokumen-persiapan@1=tidak-lengkap").sudah
    assert told(ask(engine, case, "reviu-dokumen-persiapan@1=lengkap")) == [{"fakta.dokumen_lengkap[1]": True}]
    found = ask(engine, case, "persiapan-pemilihan/4@4=lengkap")
    assert [change.at for change in found.ways[0].perubahan] == [2, 3, 4]
    assert [one.nilai for one in found.ways[0].result.keputusan][:4] == ["tidak-lengkap"] * 3 + ["lengkap"]


def test_several_sops_are_gone_through(engine: Engine) -> None:
    case = Case.from_file(PATHS["proses-utama/prakualifikasi-gagal-mengakhiri-proses"], engine.regulation)
    found = ask(engine, case, "kuorum-penawaran=kurang")
    rows = [change.baris.partition("/")[0] for change in found.ways[0].perubahan]
    assert rows == sorted(rows, key=["persiapan-pemilihan", "prakualifikasi", "tender-seleksi"].index)
    assert rows[-1] == "tender-seleksi"


def test_one_word_of_a_list_is_one_change(engine: Engine) -> None:
    case = case_of("tender-seleksi", fakta={"perubahan_dokumen": ["hps", "lainnya"]})
    found = ask(engine, case, "adendum=adendum")
    assert told(found) == [{"fakta.perubahan_dokumen": ("lainnya",)}]
    assert found.perubahan == 1
    assert ask(engine, case, "adendum=tanpa-perubahan").perubahan == 2


def test_a_whole_fact_that_was_not_there_is_one_change(engine: Engine) -> None:
    assert ask(engine, case_of("tender-seleksi"), "adendum=persetujuan-ppk").perubahan == 1


def test_an_optional_fact_may_be_taken_back(engine: Engine) -> None:
    facts = {"berkas_lengkap": True, "masa_audit_selesai": "2020-05-20", "sudah_pelatihan": True}
    found = ask(engine, case_of("registrasi-auditor", fakta=facts), "masa-audit=default-30-hari")
    assert told(found) == [{"fakta.masa_audit_selesai": None}]
    added = ask(engine, case_of("registrasi-auditor", fakta={"berkas_lengkap": True}), "masa-audit=sesuai-surat-tugas")
    assert told(added) == [{"fakta.masa_audit_selesai": added.ways[0].kasus.tanggal}]


def listed(**entry: Any) -> dict[str, Any]:
    whole = {"npwp": "01.234.567.8-901.000", "nama": "PT A", "mulai": "2020-01-01", "selesai": "2020-12-31", **entry}
    bidder = {"nama": "PT A", "npwp": "01.234.567.8-901.000"}
    return case_of("registrasi-penyedia", penyedia=[bidder], daftar_hitam=[whole])


def test_an_entry_of_the_blacklist_is_changed_in_one_field_or_taken_away(engine: Engine) -> None:
    found = ask(engine, listed(), "daftar-hitam=tidak-masuk")
    changed = {place for way in told(found) for place in way}
    assert changed == {
        "penyedia[1].npwp",
        "tanggal",
        "daftar_hitam[1]",
        "daftar_hitam[1].npwp",
        "daftar_hitam[1].mulai",
        "daftar_hitam[1].selesai",
    }
    days = {place: str(value) for way in told(found) for place, value in way.items()}
    assert days["daftar_hitam[1].mulai"] == "2020-04-02", "the day after the check"
    assert days["daftar_hitam[1].selesai"] == "2020-03-31", "the day before it"
    assert days["tanggal"] == "2019-12-31", "the nearest day outside the sanction"


def test_an_entry_that_has_lapsed_is_one_day_from_being_in_force(engine: Engine) -> None:
    found = ask(engine, listed(selesai="2020-03-31"), "daftar-hitam=masuk")
    days = {place: str(value) for way in told(found) for place, value in way.items()}
    assert days["daftar_hitam[1].selesai"] == "2020-04-01"
    assert days["tanggal"] == "2020-03-31"
    assert "daftar_hitam[2]" in days, "or another entry"


def test_an_answer_that_the_list_contradicts_changes_with_it(engine: Engine) -> None:
    case = listed() | {"fakta": {"masuk_daftar_hitam": True}}
    found = ask(engine, case, "daftar-hitam=tidak-masuk")
    assert found.perubahan == 2
    assert all(way["fakta.masuk_daftar_hitam"] is False for way in told(found))


def test_without_a_list_the_answer_is_asked(engine: Engine) -> None:
    case = case_of("registrasi-penyedia", fakta={"masuk_daftar_hitam": True})
    assert told(ask(engine, case, "daftar-hitam=tidak-masuk")) == [{"fakta.masuk_daftar_hitam": False}]


def test_a_long_blacklist_takes_no_longer_than_people_wait(engine: Engine) -> None:
    entry = {"nama": "PT B", "mulai": "2019-01-01", "selesai": "2021-01-01"}
    others = [{**entry, "npwp": f"{number:016}"} for number in range(10, 1000)]
    case = listed()
    case["daftar_hitam"] = [*others, *case["daftar_hitam"]]
    assert {"daftar_hitam[991]": None} in told(ask(engine, case, "daftar-hitam=tidak-masuk"))


def test_a_sop_that_is_not_walked_is_said(engine: Engine) -> None:
    found = ask(engine, case_of("prakualifikasi"), "adendum=adendum")
    assert found.perubahan is None
    assert "mulai di SOP prakualifikasi" in found.sebab


def test_settings_that_make_a_branch_impossible_are_said(engine: Engine) -> None:
    case = case_of("prakualifikasi", parameter={"kuorum_peserta": 1}, fakta={"jumlah_peserta": 5})
    assert told(ask(engine, case, "kuorum-peserta=kurang")) == [{"fakta.jumlah_peserta": 0}]
    case["parameter"] = {"ambang_pa_umum": 10**15, "ambang_pa_konsultansi": 10**15}
    case |= {"sop": "tender-seleksi", "fakta": {"perubahan_dokumen": [], "jumlah_penawaran": 3}}
    found = ask(engine, case, "penetap-pemenang=pa-kpa")
    assert (found.perubahan, found.ways) == (None, ())
    assert "tidak dapat berlaku dengan setelan kasus ini" in found.sebab
    assert "Rp1.000.000.000.000.000" in found.sebab


def test_a_row_behind_an_impossible_branch_is_said(tmp_path: Path) -> None:
    rules = spoilt(
        tmp_path / "aturan",
        "05-prakualifikasi.yaml",
        ("jika: jumlah_peserta >= kuorum_peserta", "jika: jumlah_peserta >= 0"),
        ("jika: jumlah_peserta < kuorum_peserta", "jika: jumlah_peserta < 0"),
    )
    found = ask(Engine.from_directory(rules), case_of("prakualifikasi"), "kuorum-peserta-perpanjangan=gagal")
    assert found.perubahan is None
    assert "cabang `kurang` di prakualifikasi/6" in found.sebab


def test_a_second_visit_of_a_row_outside_every_loop_is_said(engine: Engine) -> None:
    found = ask(engine, case_of("prakualifikasi"), "kuorum-lulus@2=terpenuhi")
    assert "tidak ada putaran" in found.sebab


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("kuorum-lulu=terpenuhi", "mungkin maksudnya `kuorum-lulus`"),
        ("prakualifikasi/66=gagal", "mungkin maksudnya `prakualifikasi/6`"),
        ("prakualifikasi/2=gagal", "tidak memuat keputusan"),
        ("kuorum-lulus=terpenuh", "mungkin maksudnya `terpenuhi`"),
        ("KUORUM-PESERTA=terpenuhi", "mungkin maksudnya `kuorum-peserta`"),
        ("Prakualifikasi/6=gagal", "mungkin maksudnya `prakualifikasi/6`"),
        ("kuorum-lulus=TERPENUHI", "mungkin maksudnya `terpenuhi`"),
        ("kuorum-lulus=", "KEPUTUSAN=NILAI"),
        ("kuorum-lulus", "KEPUTUSAN=NILAI"),
        ("kuorum-lulus@0=gagal", "kunjungan"),
        ("kuorum-lulus@9999=gagal", "kunjungan"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(regulation: Regulation, words: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        wanted_of(regulation, words)
    assert said.casefold() in str(refused.value).casefold()


@pytest.mark.parametrize(
    ("words", "said"), [("xyz=gagal", "`pbj facts --json`"), ("prakualifikasi/2=gagal", "`pbj sop ID`")]
)
def test_a_command_that_helps_is_named_as_it_is_typed(regulation: Regulation, words: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        wanted_of(regulation, words)
    assert said in str(refused.value)
    assert "Pbj" not in str(refused.value)


@pytest.fixture
def regulation(engine: Engine) -> Regulation:
    return engine.regulation


def test_a_row_with_two_decisions_is_told_by_the_value(engine: Engine) -> None:
    assert wanted_of(engine.regulation, "registrasi-auditor/7=diaktifkan").decision.id == "aktivasi-akun"
    assert wanted_of(engine.regulation, "registrasi-auditor/7=default-30-hari").decision.id == "masa-audit"


def test_people_read_what_is_and_what_would_have_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    path = PATHS["prakualifikasi/gagal-dua-peserta-setelah-perpanjangan"]
    assert main(["why-not", str(path), "kuorum-peserta-perpanjangan=terpenuhi"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Sekarang: gagal, karena jumlah peserta setelah perpanjangan (2) kurang dari kuorum peserta",
        "Menjadi terpenuhi dengan 1 perubahan fakta",
        "fakta.jumlah_peserta_perpanjangan: 2 → 3",
        "dibaca prakualifikasi/7: Berapa peserta seluruhnya",
        "tafsir AN-33",
        "bukan anjuran mengubah fakta",
    ):
        assert words in shown
    assert "None" not in shown


def test_what_was_not_there_and_what_goes_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(case_of("tender-seleksi")), encoding="utf-8")
    assert main(["why-not", str(file), "adendum=tanpa-perubahan"]) == 0
    assert "fakta.perubahan_dokumen: (belum ada) → daftar kosong" in capsys.readouterr().out
    facts = {"berkas_lengkap": True, "masa_audit_selesai": "2020-05-20"}
    file.write_text(yaml.safe_dump(case_of("registrasi-auditor", fakta=facts)), encoding="utf-8")
    assert main(["why-not", str(file), "masa-audit=default-30-hari"]) == 0
    assert "fakta.masa_audit_selesai: 20 Mei 2020 → (dihapus)" in capsys.readouterr().out


def test_the_case_that_is_shown_can_be_run(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = PATHS["registrasi-penyedia/npwp-tanpa-tanda-baca-dan-dua-entri"]
    assert main(["why-not", str(path), "daftar-hitam=tidak-masuk"]) == 0
    shown = capsys.readouterr().out.partition("Berkas kasusnya (cara 1)\n")[2].rpartition("\n\n")[0]
    (tmp_path / "kasus.yaml").write_text(shown, encoding="utf-8")
    assert ("daftar-hitam", "tidak-masuk") in outcomes(engine, read_file(tmp_path / "kasus.yaml").plain())


def test_the_file_that_is_written_keeps_all_else(engine: Engine, tmp_path: Path) -> None:
    path = PATHS["proses-utama/pengadaan-lengkap-konsultansi"]
    for name in ("baru.yaml", "baru.json"):
        target = tmp_path / name
        assert main(["why-not", str(path), "surat-perintah=spp", "--out", str(target)]) == 0
        before, after = read_file(path).plain(), read_file(target).plain()
        assert after["paket"].pop("jenis") == "barang"
        del before["paket"]["jenis"]
        assert after == before
        assert ("surat-perintah", "spp") in {(one.id, one.nilai) for one in engine.evaluate(target).keputusan}


def test_json_is_one_object_with_the_changes_and_the_case(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    path = PATHS["prakualifikasi/gagal-hanya-dua-yang-lulus"]
    assert main(["why-not", str(path), "prakualifikasi/9=terpenuhi", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["sekarang"]["nilai"], found["diminta"], found["perubahan"]) == ("gagal", "terpenuhi", 1)
    (way,) = found["cara"]
    (change,) = way["perubahan"]
    assert (change["isi"], change["dari"], change["menjadi"]) == ("fakta.jumlah_lulus", 2, 3)
    assert ("kuorum-lulus", "terpenuhi") in outcomes(engine, way["kasus"])


def test_statuses_and_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(yaml.safe_dump(case_of("prakualifikasi", fakta={"jumlah_peserta": 5})), encoding="utf-8")
    assert main(["why-not", str(file), "kuorum-peserta=terpenuhi"]) == 0
    assert "Sudah terpenuhi" in capsys.readouterr().out
    assert main(["why-not", str(file), "adendum=adendum", "--out", str(tmp_path / "baru.yaml")]) == 1
    assert not (tmp_path / "baru.yaml").exists()
    assert main(["why-not", str(file), "kuorum-peserta=cukup"]) == 2
    assert main(["why-not", str(tmp_path / "tidak-ada.yaml"), "kuorum-peserta=kurang"]) == 2
    assert main(["why-not", str(file)]) == 2
    assert "Traceback" not in capsys.readouterr().err
