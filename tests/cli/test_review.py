"""``pbj review`` as the legal team meets it: drafts, sheet, verification and clean copies."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from pbj_rules.cli.main import main
from pbj_rules.documents import find_soffice
from pbj_rules.resources import default_profile
from tests.documents.cases import full_case, minimal_case
from tests.documents.test_cover_sheet import convert
from tests.documents.test_pdf import needs_libreoffice

Screen = pytest.CaptureFixture[str]


def written(file: Path, case: dict[str, object]) -> Path:
    file.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    return written(tmp_path / "kasus.yaml", full_case("tender"))


@pytest.fixture
def folder(case_file: Path, tmp_path: Path, capsys: Screen) -> Path:
    """A review of the case, written beside it."""
    out = tmp_path / "tinjauan"
    assert main(["review", str(case_file), "--out", str(out)]) == 0
    capsys.readouterr()
    return out


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_review_writes_a_draft_a_paper_and_the_sheet_as_word_and_json(
    case_file: Path, tmp_path: Path, capsys: Screen
) -> None:
    out = tmp_path / "tinjauan"
    assert main(["review", str(case_file), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    names = sorted(path.name for path in out.iterdir())
    assert names[1:4:2] == ["02-bapp-draf.docx", "04-adendum-draf.docx"]
    assert names[-2:] == ["lembar-tinjauan.docx", "lembar-tinjauan.json"]
    assert len(names) == 12
    assert "10 draf dan lembar tinjauan" in shown
    segel = json.loads((out / "lembar-tinjauan.json").read_text(encoding="utf-8"))["segel"]
    assert f"Segel tinjauan {segel[:4]}-{segel[4:8]}" in shown


def test_review_beside_the_papers_of_the_same_case_replaces_none(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "keluaran"
    assert main(["run", str(case_file), "--out", str(out)]) == 0
    papers = {path: path.read_bytes() for path in out.iterdir()}
    assert main(["review", str(case_file), "--out", str(out)]) == 0
    assert {path: path.read_bytes() for path in papers} == papers


def test_a_clean_copy_is_what_run_writes(folder: Path, case_file: Path, tmp_path: Path, capsys: Screen) -> None:
    drafts = sorted(str(path) for path in folder.glob("*-draf.docx"))
    assert main(["review", *drafts, "--clean", "--out", str(folder)]) == 0
    assert capsys.readouterr().out == f"10 salinan bersih di {folder}\n"
    assert main(["run", str(case_file), "--out", str(tmp_path / "keluaran")]) == 0
    for path in (tmp_path / "keluaran").iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()


def test_json_says_what_the_sheet_holds(case_file: Path, tmp_path: Path, capsys: Screen) -> None:
    assert main(["review", str(case_file), "--out", str(tmp_path / "tinjauan"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["skema"] == "pbj-tinjauan/1"
    assert data["berkas"] == "kasus.yaml"
    assert data["naskah"][1]["pernyataan"][0] == {
        "kelompok": "",
        "hal": "kalimat yang dipilih aturan",
        "isi": "Berdasarkan hasil pemberian penjelasan, isi dokumen pemilihan perlu diubah dan dituangkan dalam "
        "adendum yang menyangkut Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak. Adendum dilakukan "
        "setelah usulan perubahan disetujui oleh Pejabat Pembuat Komitmen.",
        "asal": "aturan",
        "sumber": "adendum = persetujuan-ppk (tender-seleksi/4, tafsir AN-23)",
    }


def test_a_case_that_waits_has_a_sheet_without_papers(tmp_path: Path, capsys: Screen) -> None:
    file = written(tmp_path / "kasus.yaml", {"kasus": "x", "sop": "analisa-pelaku-usaha", "tanggal": "2020-04-01"})
    assert main(["review", str(file), "--out", str(tmp_path / "tinjauan")]) == 0
    assert "belum menghasilkan satu naskah pun" in capsys.readouterr().out
    assert main(["review", "--verify", "--out", str(tmp_path / "tinjauan")]) == 0


def test_blanks_of_a_draft_are_counted(tmp_path: Path, capsys: Screen) -> None:
    file = written(tmp_path / "kasus.yaml", minimal_case("tender"))
    assert main(["review", str(file), "--out", str(tmp_path / "tinjauan")]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("02-bapp"))
    assert line.split() == ["02-bapp-draf.docx", "3", "34", "19"]


# Verification.


def test_a_sheet_holds_while_nothing_changes(folder: Path, case_file: Path, capsys: Screen) -> None:
    for arguments in (
        [str(case_file), "--verify", "--out", str(folder)],
        [str(case_file), "--verify", str(folder / "lembar-tinjauan.docx")],
        ["--verify", str(folder / "lembar-tinjauan.docx")],
        ["--verify", str(folder / "lembar-tinjauan.json")],
        ["--verify", str(folder)],
        ["--verify", "--out", str(folder)],
    ):
        assert main(["review", *arguments]) == 0, arguments
        assert "Tinjauan tender masih berlaku" in capsys.readouterr().out


def test_a_changed_fact_ends_it_and_is_named(folder: Path, case_file: Path, capsys: Screen) -> None:
    changed(case_file, "pagu: 12000000000", "pagu: 12000000001")
    assert main(["review", "--verify", "--out", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "Tinjauan tender tidak berlaku lagi" in shown
    found = [re.split(r"\s{2,}", line.strip()) for line in shown.splitlines()[2:-1]]
    rows = [row for row in found if row[0] in ("fakta", "naskah") and len(row) == 3]
    assert rows[0] == ["fakta", "paket.pagu", "12000000000 menjadi 12000000001"]
    assert ["naskah", "02-bapp.docx", "berubah"] in rows
    assert {row[0] for row in rows} == {"fakta", "naskah"}


def test_json_of_a_verification_has_the_values_before_and_after(folder: Path, case_file: Path, capsys: Screen) -> None:
    changed(case_file, "pagu: 12000000000", "pagu: 12000000001")
    assert main(["review", "--verify", str(folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["berlaku"] is False
    assert said["berubah"][0] == {
        "jenis": "fakta",
        "nama": "paket.pagu",
        "dahulu": "12000000000",
        "kini": "12000000001",
    }


@needs_libreoffice
def test_a_sheet_that_libreoffice_saved_is_verified_too(folder: Path, tmp_path: Path, capsys: Screen) -> None:
    assert find_soffice() is not None
    saved = tmp_path / "ditandatangani"
    saved.mkdir()
    convert([folder / "lembar-tinjauan.docx"], "docx", saved)
    assert main(["review", "--verify", str(saved)]) == 0
    assert "masih berlaku" in capsys.readouterr().out


def test_a_sheet_far_from_its_case_asks_for_it(
    folder: Path, tmp_path: Path, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = tmp_path / "jauh" / "sekali" / "di sana"
    far.mkdir(parents=True)
    shutil.copy(folder / "lembar-tinjauan.docx", far)
    monkeypatch.chdir(far)
    assert main(["review", "--verify", "lembar-tinjauan.docx"]) == 2
    shown = capsys.readouterr().err
    assert "berkas kasusnya (kasus.yaml) tidak ada di dekat lembar itu; sebutkan juga berkas kasusnya" in shown
    assert main(["review", str(tmp_path / "kasus.yaml"), "--verify", "lembar-tinjauan.docx"]) == 0


def test_a_review_under_an_office_s_own_profile_is_verified_under_it(
    case_file: Path, tmp_path: Path, capsys: Screen
) -> None:
    shutil.copytree(default_profile().parent, tmp_path / "kantor")
    profile = tmp_path / "kantor" / "contoh.yaml"
    profile.rename(profile.with_name("profil-kantor.yaml"))
    profile = profile.with_name("profil-kantor.yaml")
    changed(profile, "tempat: Paringin", "tempat: Batumandi")
    out = tmp_path / "kantor" / "tinjauan"
    assert main(["review", str(case_file), "--out", str(out), "--profile", str(profile)]) == 0
    assert main(["review", str(case_file), "--verify", "--out", str(out)]) == 0, "found beside the sheet"
    changed(profile, "tempat: Batumandi", "tempat: Juai")
    assert main(["review", str(case_file), "--verify", "--out", str(out)]) == 1
    assert '"Batumandi" menjadi "Juai"' in " ".join(capsys.readouterr().out.split())
    profile.rename(tmp_path / "lain.yaml")
    assert main(["review", str(case_file), "--verify", "--out", str(out)]) == 2
    shown = capsys.readouterr().err
    assert "profil kantornya (profil-kantor.yaml) tidak ada di dekat lembar itu; sebutkan dengan --profile" in shown


def test_an_edited_sheet_is_refused(folder: Path, capsys: Screen) -> None:
    changed(folder / "lembar-tinjauan.json", "12000000000", "12000000001")
    assert main(["review", "--verify", str(folder / "lembar-tinjauan.json")]) == 2
    shown = capsys.readouterr().err
    assert "data di dalamnya tidak cocok dengan segelnya" in shown
    assert "buat tinjauan baru" in shown.lower()


# What cannot be understood.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kasus.yaml"], "sebutkan folder tujuan: --out FOLDER"),
        ([], "sebutkan berkas kasus, atau draf tinjauan setelah --clean"),
        (["--clean", "--out", "x"], "sebutkan berkas kasus, atau draf tinjauan setelah --clean"),
        (["a.yaml", "b.yaml", "--out", "x"], "tinjau satu kasus setiap kali"),
        (["--verify", "--clean"], "--verify tidak dipakai bersama --clean"),
        (["--verify"], "sebutkan satu lembar tinjauan"),
        (["a.yaml", "b.yaml", "--verify", "lembar.docx"], "paling banyak satu berkas kasus"),
        (["satu.docx", "--verify", "dua.docx"], "sebutkan satu lembar tinjauan"),
        (["--verify", "tidak-ada.docx"], "bukan lembar tinjauan pbj-rules yang utuh"),
        (["tidak-ada.docx", "--clean", "--out", "x"], "tidak-ada.docx: berkas tidak ada"),
        (["tidak-ada.yaml", "--out", "x"], "tidak-ada.yaml"),
    ],
)
def test_bad_usage_is_refused_in_words(
    arguments: list[str], said: str, tmp_path: Path, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["review", *arguments]) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert "kesalahan dalam program" not in shown
    assert list(tmp_path.iterdir()) == []


def test_a_paper_and_a_sheet_are_no_drafts(folder: Path, case_file: Path, tmp_path: Path, capsys: Screen) -> None:
    sheet = str(folder / "lembar-tinjauan.docx")
    assert main(["review", sheet, str(case_file), "--clean", "--out", str(tmp_path / "bersih")]) == 2
    shown = capsys.readouterr().err
    assert "bukan draf tinjauan pbj-rules" in shown
    assert "bukan berkas Word" in shown
    assert "draf" in shown
    assert not (tmp_path / "bersih").exists()


def test_clean_copies_of_one_name_are_not_written_over_each_other(folder: Path, tmp_path: Path, capsys: Screen) -> None:
    other = tmp_path / "lain"
    shutil.copytree(folder, other)
    drafts = [str(each / "02-bapp-draf.docx") for each in (folder, other)]
    assert main(["review", *drafts, "--clean", "--out", str(tmp_path / "bersih")]) == 2
    assert "akan menimpa `02-bapp.docx`" in capsys.readouterr().err


def test_a_clean_copy_never_replaces_its_own_draft(folder: Path, capsys: Screen) -> None:
    renamed = folder / "berita-acara.docx"
    (folder / "02-bapp-draf.docx").rename(renamed)
    draft = renamed.read_bytes()
    assert main(["review", str(renamed), "--clean", "--out", str(folder)]) == 2
    assert renamed.read_bytes() == draft
    assert "akan menimpa" in capsys.readouterr().err
