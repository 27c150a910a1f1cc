"""One case under two regulations, and the list of where they depart from each other, as their readers meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine
from pbj_rules.assurance.comparing import compare
from pbj_rules.assurance.conflicts import conflicts
from pbj_rules.case import Case
from pbj_rules.cli.main import main
from pbj_rules.documents import Office, isian_shape, render_papers
from pbj_rules.reading import read_file
from pbj_rules.resources import default_profile, rules_directory, samples_directory
from tests.documents.reading_word import whole_text

PERBUP, NATIONAL, AMENDED = "perbup-balangan-21-2020", "perpres-16-2018", "perpres-12-2021"
TWO_OFFERS = samples_directory() / "tender-seleksi" / "gagal-dua-penawaran-setelah-perpanjangan.yaml"
GOODS = samples_directory() / "pelaksanaan-kontrak" / "barang-dikirim-dengan-spp.yaml"
REPORT = samples_directory() / "laporan-pemilihan" / "laporan-langsung-disahkan.yaml"


def test_a_case_that_neither_regulation_touches_is_the_same(engine: Engine) -> None:
    found = compare(engine, engine.read(REPORT), PERBUP, NATIONAL)
    assert found.sama
    assert (found.keputusan, found.jalur, found.naskah) == ((), (), ((), ()))


def test_a_difference_is_shown_in_decision_path_and_papers(engine: Engine) -> None:
    found = compare(engine, engine.read(TWO_OFFERS), PERBUP, NATIONAL)
    assert (found.kiri.status, found.kanan.status) == ("gagal", "menunggu")
    quorum, extended, winner = found.keputusan
    assert quorum.kiri is not None
    assert quorum.kanan is not None
    assert (quorum.baris, quorum.kiri.nilai, quorum.kanan.nilai) == ("tender-seleksi/8", "kurang", "terpenuhi")
    assert (extended.id, extended.kanan) == ("kuorum-penawaran-perpanjangan", None)
    assert (winner.id, winner.kiri) == ("penetap-pemenang", None)
    (part,) = found.jalur
    assert part.setelah == "tender-seleksi/8"
    assert part.kiri == ("tender-seleksi/9", "tender-seleksi/16")
    assert part.kanan[0] == "tender-seleksi/10"
    assert [paper.baris for paper in found.naskah[0]] == ["tender-seleksi/9"]
    assert "ba-penetapan-pemenang" in {paper.id for paper in found.naskah[1]}


def test_the_same_value_on_other_words_is_a_difference_of_words(engine: Engine) -> None:
    case = {
        "kasus": "x",
        "sop": "tender-seleksi",
        "tanggal": "2020-04-01",
        "fakta": {"perubahan_dokumen": [], "jumlah_penawaran": 3},
    }
    (pair,) = compare(engine, engine.read(case), PERBUP, NATIONAL).keputusan
    assert set(pair.berbeda) == {"kutipan", "parameter", "sumber"}


def test_comparing_the_other_way_round_says_the_same(engine: Engine) -> None:
    case = engine.read(GOODS)
    there, back = compare(engine, case, PERBUP, AMENDED), compare(engine, case, AMENDED, PERBUP)
    assert (there.kiri, there.kanan) == (back.kanan, back.kiri)
    assert there.naskah == back.naskah[::-1]
    assert {pair.id for pair in there.keputusan} == {pair.id for pair in back.keputusan}


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_compare_prints_one_object_for_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    named = ("--regulasi", PERBUP, "--regulasi", AMENDED, "--json")
    printed = said(capsys, "compare", str(GOODS), str(REPORT), *named)
    data: dict[str, Any] = json.loads(printed)
    assert (data["skema"], data["regulasi"]) == ("pbj-banding/1", [PERBUP, AMENDED])
    goods, report = data["kasus"]
    assert (goods["sama"], report["sama"]) == (False, True)
    removed = [f"pelaksanaan-kontrak/{label}" for label in (15, 16, 19)]
    assert goods["jalur"] == [{"setelah": "pelaksanaan-kontrak/14", "hanya": [removed, []]}]
    (decision,) = goods["keputusan"]
    assert (decision["id"], decision["menurut"][1]) == ("pemeriksaan-administratif", None)
    assert "mendahului berlakunya" in goods["peringatan"][1][0]
    assert said(capsys, "compare", str(GOODS), str(REPORT), *named) == printed


def test_compare_says_on_the_screen_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(said(capsys, "compare", str(TWO_OFFERS), "--regulasi", PERBUP, "--regulasi", NATIONAL).split())
    assert "Hanya menurut perpres-16-2018, setelah tender-seleksi/8: tender-seleksi/10" in text
    assert "Naskah hanya menurut perbup-balangan-21-2020: Dokumen penawaran (tender-seleksi/9)" in text
    assert "1 kasus: 0 sama, 1 berbeda." in text


@pytest.mark.parametrize(
    ("named", "complaint"),
    [
        ((), "dua peraturan yang berbeda"),
        ((PERBUP,), "dua peraturan yang berbeda"),
        ((PERBUP, PERBUP), "dua peraturan yang berbeda"),
        ((PERBUP, NATIONAL, AMENDED), "dua peraturan yang berbeda"),
        ((PERBUP, "perpres-16"), "ungkin maksudnya `perpres-16-2018`"),
    ],
)
def test_compare_wants_two_regulations_that_there_are(
    capsys: pytest.CaptureFixture[str], named: tuple[str, ...], complaint: str
) -> None:
    options = [part for name in named for part in ("--regulasi", name)]
    assert main(["compare", str(REPORT), *options]) == 2
    assert complaint in capsys.readouterr().err


def test_every_point_is_listed_once_with_both_texts(engine: Engine) -> None:
    found = conflicts(engine.regulations.values())
    names = [conflict.pokok.id for conflict in found]
    assert len(names) == len(set(names))
    text = " ".join((rules_directory() / PERBUP / "naskah.txt").read_text(encoding="utf-8").split())
    for conflict in found:
        plain = conflict.to_dict()
        assert plain["perbup"]["kutipan"] in text
        assert plain["nasional"]["pasal"]
        assert plain["nasional"]["isi"]


def test_a_point_says_under_which_law_it_was_verified(engine: Engine) -> None:
    listed = {conflict.pokok.id: conflict.to_dict() for conflict in conflicts(engine.regulations.values())}
    verified = {
        name: {each["regulasi"]: each["terverifikasi"] for each in point["lapisan"]} for name, point in listed.items()
    }
    assert verified["satu-penawaran-cukup"] == {NATIONAL: True, AMENDED: False}
    assert verified["pimpinan-ukpbj"] == {NATIONAL: True}
    assert verified["pjphp-pphp-dihapus"] == {AMENDED: True}


def test_conflicts_on_the_screen_and_as_json_name_the_same_points(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(capsys, "conflicts", "--json"))
    text = said(capsys, "conflicts")
    assert data["skema"] == "pbj-pertentangan/1"
    assert all(point["pokok"] in text for point in data["pertentangan"])
    assert f"{len(data['pertentangan'])} pokok:" in text


def test_run_and_explain_name_the_article_and_sop_shows_the_layered_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "kasus.json"
    case = {**read_file(TWO_OFFERS).plain(), "regulasi": NATIONAL}
    file.write_text(json.dumps(case), encoding="utf-8")
    assert "Menurut perpres-16-2018" in said(capsys, "run", str(file))
    assert "Pasal 51 ayat (2) huruf b Perpres 16/2018" in said(capsys, "explain", str(file))
    assert "19" in {line.split(" ")[0] for line in said(capsys, "sop", "pelaksanaan-kontrak").splitlines()}
    table = said(capsys, "sop", "pelaksanaan-kontrak", "--regulasi", AMENDED)
    assert "19" not in {line.split(" ")[0] for line in table.splitlines()}


def test_where_the_pa_alone_appoints_the_papers_name_the_pa_although_a_kpa_is_known(engine: Engine) -> None:
    given = {
        "kasus": "x",
        "sop": "tender-seleksi",
        "tanggal": "2020-04-01",
        "paket": {"jenis": "barang", "pagu": 2 * 10**11, "perangkat_daerah": "Dinas Kesehatan"},
        "pejabat": {"kpa": {"nama": "Nama KPA Contoh"}},
        "fakta": {"perubahan_dokumen": [], "jumlah_penawaran": 3, "ada_sanggah": False},
    }
    texts = {}
    for regulation in (PERBUP, NATIONAL):
        chosen = {**given, "regulasi": regulation}
        case = Case.from_mapping(chosen, engine.regulation, isian_shape(), engine.regulations)
        papers = render_papers(case, engine.evaluate(case), Office.from_file(default_profile()))
        texts[regulation] = {paper.id: whole_text(paper.content) for paper in papers}
    appointed = "bertanda tangan di bawah ini {} pada Dinas Kesehatan"
    assert appointed.format("Kuasa Pengguna Anggaran") in texts[PERBUP]["ba-penetapan-pemenang"]
    assert appointed.format("Pengguna Anggaran") in texts[NATIONAL]["ba-penetapan-pemenang"]
    assert "ditetapkan oleh Pengguna Anggaran." in texts[NATIONAL]["ba-penetapan-pemenang"]
    assert "diusulkan kepada Pengguna Anggaran untuk" in texts[NATIONAL]["bahp"]
    assert "Nama KPA Contoh" not in texts[NATIONAL]["ba-penetapan-pemenang"]
