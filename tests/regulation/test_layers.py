"""A layer changes what it says it changes, cites it, and is refused where it does not hold together."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine, InputError, Problem, Result, RuleError
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.quotes import quote_problems
from pbj_rules.resources import regulation_directories, rules_directory

PERBUP, NATIONAL, AMENDED = "perbup-balangan-21-2020", "perpres-16-2018", "perpres-12-2021"


def decide(engine: Engine, regulation: str, sop: str, facts: dict[str, Any], **more: Any) -> Result:
    day = {NATIONAL: "2020-04-01", AMENDED: "2022-04-01"}.get(regulation, "2020-04-01")
    return engine.evaluate({"kasus": "x", "sop": sop, "tanggal": day, "regulasi": regulation, "fakta": facts} | more)


def values(result: Result) -> dict[str, str]:
    return {decision.id: decision.nilai for decision in result.keputusan}


# What national law changes, case by case, written from the register of decisions and not from the files.


def test_a_case_that_names_no_regulation_is_asked_about_the_perbup(engine: Engine) -> None:
    result = engine.evaluate({"kasus": "x", "sop": "tender-seleksi", "tanggal": "2020-04-01"})
    assert result.regulasi == "perbup-balangan-21-2020"


@pytest.mark.parametrize("regulation", [NATIONAL, AMENDED])
@pytest.mark.parametrize(("offers", "value"), [(0, "kurang"), (1, "terpenuhi"), (2, "terpenuhi"), (3, "terpenuhi")])
def test_one_offer_is_enough_for_a_tender(engine: Engine, regulation: str, offers: int, value: str) -> None:
    result = decide(engine, regulation, "tender-seleksi", {"perubahan_dokumen": [], "jumlah_penawaran": offers})
    assert values(result)["kuorum-penawaran"] == value


def test_a_tender_fails_only_without_any_offer(engine: Engine) -> None:
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 0}
    failed = decide(engine, NATIONAL, "tender-seleksi", {**facts, "jumlah_penawaran_perpanjangan": 0})
    assert (failed.status, failed.jalur[-1]) == ("gagal", "tender-seleksi/16")
    going = decide(engine, NATIONAL, "tender-seleksi", {**facts, "jumlah_penawaran_perpanjangan": 1})
    assert values(going)["kuorum-penawaran-perpanjangan"] == "terpenuhi"


@pytest.mark.parametrize(("entrants", "status"), [(0, "gagal"), (1, "menunggu"), (2, "menunggu"), (3, "menunggu")])
def test_prakualifikasi_fails_after_the_extension_only_at_zero_entrants(
    engine: Engine, entrants: int, status: str
) -> None:
    facts = {"jumlah_peserta": 0, "jumlah_peserta_perpanjangan": entrants}
    assert decide(engine, NATIONAL, "prakualifikasi", facts).status == status


def test_fewer_than_three_who_pass_still_fail(engine: Engine) -> None:
    facts = {"jumlah_peserta": 2, "jumlah_peserta_perpanjangan": 2, "jumlah_lulus": 2}
    assert decide(engine, NATIONAL, "prakualifikasi", facts).status == "gagal"


@pytest.mark.parametrize(
    ("kind", "budget", "who", "basis"),
    [
        ("barang", 10**11 + 1, "pa", "tersurat"),
        ("barang", 10**11, "pokja", "tafsir"),
        ("konsultansi", 10**10 + 1, "pa", "tersurat"),
        ("konsultansi", 10**10, "pokja", "tafsir"),
    ],
)
def test_above_the_threshold_the_pa_alone_appoints(
    engine: Engine, kind: str, budget: int, who: str, basis: str
) -> None:
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 3}
    result = decide(engine, NATIONAL, "tender-seleksi", facts, paket={"jenis": kind, "pagu": budget})
    decision = next(each for each in result.keputusan if each.id == "penetap-pemenang")
    assert (decision.nilai, decision.dasar) == (who, basis)


def test_the_words_for_the_pa_name_the_threshold_of_consultancy(engine: Engine) -> None:
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 3}
    result = decide(engine, NATIONAL, "tender-seleksi", facts, paket={"jenis": "konsultansi", "pagu": 10**10 + 1})
    decision = next(each for each in result.keputusan if each.id == "penetap-pemenang")
    assert "konsultasi di atas 10 M" in decision.kutipan
    assert decision.sumber is not None
    assert "Pasal 9" in decision.sumber.pasal


def test_rows_15_to_19_fall_away_with_the_pphp(engine: Engine) -> None:
    facts = {"hasil_disetujui": True, "anggaran_tersedia": True, "hasil_sesuai": True}
    result = decide(engine, AMENDED, "pelaksanaan-kontrak", facts, paket={"jenis": "barang"})
    assert result.status == "selesai"
    assert [row.partition("/")[2] for row in result.jalur[-4:]] == ["12", "13", "14", "20"]
    assert not {"hasil-periksa-administratif", "ba-periksa-administratif"} & {paper.id for paper in result.dokumen}


def test_the_first_text_of_the_perpres_still_has_the_pphp(engine: Engine) -> None:
    facts = {"hasil_disetujui": True, "anggaran_tersedia": True, "hasil_sesuai": True}
    result = decide(engine, NATIONAL, "pelaksanaan-kontrak", facts, paket={"jenis": "barang"})
    assert [waiting.fakta for waiting in result.menunggu] == ["administrasi_sesuai"]


def test_an_answer_that_the_chosen_regulation_never_asks_for_is_a_warning_not_a_refusal(engine: Engine) -> None:
    facts = {"hasil_disetujui": True, "anggaran_tersedia": True, "hasil_sesuai": True, "administrasi_sesuai": True}
    result = decide(engine, AMENDED, "pelaksanaan-kontrak", facts, paket={"jenis": "barang"})
    assert result.peringatan == ("1 jawaban `administrasi_sesuai` tidak terpakai: perpres-12-2021 tidak menanyakannya",)


# How it is cited.


def test_what_a_layer_decides_cites_the_layer_and_nothing_else_does(engine: Engine) -> None:
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 0, "jumlah_penawaran_perpanjangan": 1, "ada_sanggah": False}
    given = {"jenis": "barang", "pagu": 2 * 10**11}
    result = decide(engine, NATIONAL, "tender-seleksi", facts, paket=given)
    cited = {each.id: each.sumber.pengecualian for each in result.keputusan if each.sumber is not None}
    assert cited == {
        "kuorum-penawaran": "satu-penawaran-cukup",
        "kuorum-penawaran-perpanjangan": "satu-penawaran-cukup",
        "penetap-pemenang": "penetap-pemenang-pa",
    }
    extended = next(each for each in result.to_dict()["keputusan"] if each["id"] == "kuorum-penawaran-perpanjangan")
    assert extended["dasar"] == "tersurat"
    assert extended["kutipan"] == "setelah pemberian waktu perpanjangan"
    assert extended["sumber"]["pasal"] == "Pasal 51 ayat (2) huruf b Perpres 16/2018"
    assert extended["sumber"]["terverifikasi"] is True
    assert "sumber" not in result.to_dict()["keputusan"][0]


def test_a_number_that_the_case_sets_is_a_local_setting_under_a_layer_too(engine: Engine) -> None:
    facts = {"perubahan_dokumen": [], "jumlah_penawaran": 2}
    result = decide(engine, NATIONAL, "tender-seleksi", facts, parameter={"kuorum_penawaran": 2})
    assert result.keputusan[1].dasar == "setelan-lokal"


def test_what_a_later_law_was_not_read_for_is_marked_unverified(engine: Engine) -> None:
    under = {name: engine.regulations[name].pengecualian for name in (NATIONAL, AMENDED)}
    assert all(override.terverifikasi for override in under[NATIONAL].values())
    assert {name for name, override in under[AMENDED].items() if override.terverifikasi} == {
        "prakualifikasi-gagal-tanpa-peserta",
        "pagu-tepat-ambang",
        "pjphp-pphp-dihapus",
    }


def test_every_anomaly_that_names_another_law_is_a_point_of_a_layer(engine: Engine) -> None:
    named = {name for each in engine.regulations.values() for one in each.pengecualian.values() for name in one.anomali}
    departing = {name for name, one in engine.regulation.anomali.items() if one.jenis == "beda-dengan-perpres"}
    assert departing
    assert departing <= named


@pytest.mark.parametrize("directory", regulation_directories(), ids=lambda directory: directory.name)
def test_every_quotation_stands_in_the_text_of_whoever_said_it(directory: Path) -> None:
    assert quote_problems(load_regulation(directory), directory) == []


def test_parts_that_a_layer_wrote_are_known_by_its_file_and_the_rest_by_theirs(engine: Engine) -> None:
    base, layered = engine.regulation, engine.regulations[AMENDED]
    for row in layered.rows():
        assert (row.file, row.line) == (base.row(row.id).file, base.row(row.id).line)


# The day.


@pytest.mark.parametrize(
    ("regulation", "day", "said"),
    [
        (NATIONAL, "2021-02-01", ""),
        (NATIONAL, "2021-02-02", "melewati berlakunya `perpres-16-2018`, yaitu sampai 2021-02-01"),
        (AMENDED, "2021-02-02", ""),
        (AMENDED, "2021-02-01", "mendahului berlakunya `perpres-12-2021`, yaitu sejak 2021-02-02"),
        (AMENDED, "2025-04-29", ""),
        (AMENDED, "2025-04-30", "(belum diverifikasi)"),
        ("perbup-balangan-21-2020", "2020-03-18", ""),
        ("perbup-balangan-21-2020", "2020-03-17", "mendahului berlakunya `perbup-balangan-21-2020`"),
        (NATIONAL, "2019-01-02", "mendahului berlakunya `perbup-balangan-21-2020`"),
    ],
)
def test_a_day_outside_the_validity_is_told(engine: Engine, regulation: str, day: str, said: str) -> None:
    case = {"kasus": "x", "sop": "laporan-pemilihan", "tanggal": day, "regulasi": regulation}
    warnings = engine.evaluate(case).peringatan
    assert (len(warnings), said in "".join(warnings)) == (1 if said else 0, True)


# Choosing.


def test_an_unknown_regulation_is_refused_with_the_nearest(engine: Engine) -> None:
    with pytest.raises(InputError, match="ungkin maksudnya `perpres-16-2018`"):
        engine.read({"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", "regulasi": "perpres-16"})


def test_an_engine_of_one_folder_knows_that_regulation_alone(engine: Engine) -> None:
    alone = Engine.from_directory(rules_directory() / NATIONAL)
    assert alone.evaluate({"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01"}).regulasi == NATIONAL
    chosen = engine.read({"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", "regulasi": AMENDED})
    with pytest.raises(InputError, match="tidak dikenal"):
        alone.evaluate(chosen)


def test_two_folders_with_one_id_are_refused(tmp_path: Path) -> None:
    shipped, other = rules_directory() / PERBUP, tmp_path / "lain"
    shutil.copytree(shipped, other)
    with pytest.raises(RuleError, match=f"dua peraturan ber-id `{PERBUP}`"):
        Engine.with_regulations(shipped, other)


def test_a_broken_layer_stops_only_who_chooses_it(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(rules_directory(), tmp_path / "aturan"))
    spoil(rules, NATIONAL, "id: perpres-16-2018", "id: [")
    engine = Engine.with_regulations(rules / PERBUP, rules / NATIONAL)
    case = {"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01"}
    assert engine.evaluate(case).regulasi == PERBUP
    with pytest.raises(RuleError, match=r"lapisan\.yaml"):
        engine.evaluate({**case, "regulasi": NATIONAL})


def test_a_layer_is_found_from_inside_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules_directory() / AMENDED)
    assert load_regulation(Path()).id == AMENDED


# Refusals.


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rules_directory(), tmp_path / "aturan"))


def spoil(rules: Path, layer: str, old: str, new: str) -> None:
    file = rules / layer / "lapisan.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{layer} no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(rules: Path, layer: str) -> tuple[Problem, ...]:
    with pytest.raises(RuleError) as refused:
        load_regulation(rules / layer)
    for problem in refused.value.problems:
        assert problem.remedy or problem.expected, f"no way out of: {problem}"
    return refused.value.problems


@pytest.mark.parametrize(
    ("layer", "old", "new", "said"),
    [
        # Names that the regulation beneath does not have.
        (NATIONAL, "{id: kuorum_penawaran, nilai", "{id: kuorum_penawar, nilai", "parameter `kuorum_penawar` tidak"),
        (NATIONAL, "aturan: kuorum-penawaran-kurang", "aturan: kuorum-kurang", "aturan `kuorum-kurang` tidak ada"),
        (NATIONAL, "terpenuhi-tepat]", "terpenuhi-pas]", "aturan `kuorum-peserta-perpanjangan-terpenuhi-pas` tidak"),
        (NATIONAL, "baris: tender-seleksi/11", "baris: tender-seleksi/111", "baris `tender-seleksi/111` tidak ada"),
        (NATIONAL, "anomali: [AN-70]", "anomali: [AN-99]", "anomali `AN-99` tidak dikenal"),
        (NATIONAL, "- anomali: AN-67", "- anomali: AN-97", "anomali `AN-97` tidak ada"),
        (NATIONAL, "juga: [pa]", "juga: [kpa]", "peran `kpa` tidak dikenal"),
        (AMENDED, "- pelaksanaan-kontrak/19", "- pelaksanaan-kontrak/29", "baris `pelaksanaan-kontrak/29` tidak ada"),
        (AMENDED, 'lanjut: "20"', 'lanjut: "21"', "baris tujuan `pelaksanaan-kontrak/21` tidak ada"),
        (AMENDED, "dasar: perpres-16-2018", "dasar: perpres-16-2019", "perpres-16-2019` tidak ada"),
        (AMENDED, "id: perpres-12-2021", "id: perpres-13-2021", "`perpres-13-2021` lain dari nama foldernya"),
        # Conditions and flow are those of a rule file.
        (NATIONAL, "perpanjangan >= 1", "perpanjangan >= satu", "nama `satu` tidak dikenal"),
        (NATIONAL, "perpanjangan >= 1", "perpanjangan ==> 1", "di kolom"),
        (AMENDED, "        - pelaksanaan-kontrak/16\n", "", "perubahan ini tanpa kutipan"),
        (AMENDED, "        - pelaksanaan-kontrak/19\n", "", "tidak terjangkau dari baris pertama"),
        # Nothing changes without words, reason or a word on what stood before.
        (NATIONAL, "    kutipan: paling banyak Rp100.000.000.000,00\n", "", "perubahan ini tanpa kutipan"),
        (
            NATIONAL,
            '    keterangan: "Tidak diterapkan: sanggah',
            '    # "Tidak diterapkan: sanggah',
            "tidak mengubah apa",
        ),
        (AMENDED, "    anomali: [AN-61]\n", "", "tafsir tanpa anomali atau penjelasan"),
        (
            AMENDED,
            "  - {id: pengertian-ppk, berlaku",
            "  - {id: pengertian-kpa, berlaku",
            "`pengertian-ppk` dari lapisan",
        ),
        (AMENDED, "  - {id: pengertian-ppk, berlaku", "  - {id: pengertian-kpa, berlaku", "`pengertian-kpa` bukan"),
        (AMENDED, "- id: pjphp-pphp-dihapus", "- id: pembatalan-tender", "pengecualian `pembatalan-tender` sudah ada"),
        (NATIONAL, "aturan: kuorum-penawaran-kurang", "aturan: kuorum-penawaran-terpenuhi", "diubah dua kali"),
        # The shape.
        (NATIONAL, "terverifikasi: true\n    sumber", "terverifikasi: mungkin\n    sumber", "bukan ya/tidak"),
        (NATIONAL, "naskah: naskah.txt", "teks: naskah.txt", "kunci `teks` tidak dikenal"),
        (NATIONAL, 'tanggal: "2018-03-22"', 'tanggal: "2018-03-32"', "tidak ada dalam kalender"),
    ],
)
def test_a_layer_that_does_not_hold_together_is_refused(rules: Path, layer: str, old: str, new: str, said: str) -> None:
    spoil(rules, layer, old, new)
    problems = refusal(rules, layer)
    assert any(said in str(problem) for problem in problems), "\n".join(map(str, problems))


def test_a_mistake_in_a_condition_is_told_at_its_line_of_the_layer(rules: Path) -> None:
    spoil(rules, NATIONAL, "perpanjangan >= 1", "perpanjangan >= satu")
    (problem,) = refusal(rules, NATIONAL)
    assert problem.file == str(rules / NATIONAL / "lapisan.yaml")
    lines = (rules / NATIONAL / "lapisan.yaml").read_text(encoding="utf-8").split("\n")
    assert "perpanjangan >= satu" in lines[(problem.line or 0) - 1]


def test_a_decision_keeps_a_branch(rules: Path) -> None:
    spoil(
        rules,
        NATIONAL,
        "cabang_dihapus: [kuorum-peserta-perpanjangan-terpenuhi-tepat]",
        "cabang_dihapus: [kuorum-lulus-terpenuhi, kuorum-lulus-gagal]",
    )
    assert any("tidak bercabang lagi" in problem.message for problem in refusal(rules, NATIONAL))


def test_a_layer_that_lies_on_itself_is_refused(rules: Path) -> None:
    spoil(rules, NATIONAL, "dasar: perbup-balangan-21-2020", f"dasar: {AMENDED}")
    assert any("berlapis pada dirinya sendiri" in problem.message for problem in refusal(rules, AMENDED))


def test_a_base_file_does_not_speak_for_a_layer(rules: Path) -> None:
    file = rules / "perbup-balangan-21-2020" / "parameter.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("    dasar: tersurat\n", "    dasar: tersurat\n    sumber: apa-saja\n", 1), encoding="utf-8"
    )
    assert any(
        "pengecualian `apa-saja` tidak dikenal" in problem.message for problem in refusal(rules, file.parent.name)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kutipan: pimpinan UKPBJ", "kutipan: pemimpin UKPBJ"),
        ("kutipan: SOP sanggah / sanggah banding", "kutipan: SOP sanggah banding"),
        ("kutipan: paling banyak Rp100.000.000.000,00", "kutipan: Jika anggaran tersedia"),
    ],
)
def test_words_that_neither_text_holds_are_found(rules: Path, old: str, new: str) -> None:
    spoil(rules, NATIONAL, old, new)
    directory = rules / NATIONAL
    found = quote_problems(load_regulation(directory), directory)
    assert found
    assert all(new.removeprefix("kutipan: ") in problem.message for problem in found)
