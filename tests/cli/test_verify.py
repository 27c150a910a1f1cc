"""``pbj verify`` and ``pbj register`` as their users meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.resources import samples_directory
from tests.documents.cases import full_case
from tests.documents.tampering import BODY, edited

CASE = samples_directory() / "proses-utama" / "pengadaan-lengkap-konsultansi.yaml"
Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("keluaran")
    assert main(["run", str(CASE), "--out", str(made)]) == 0
    return made


@pytest.fixture
def paper(folder: Path) -> Path:
    return next(folder.glob("*-bapp.docx"))


@pytest.fixture
def changed(paper: Path, tmp_path: Path) -> Path:
    file = tmp_path / "diubah.docx"
    file.write_bytes(edited(paper.read_bytes(), BODY, "Pokok-Pokok", "Pokok"))
    return file


def test_papers_as_rendered_are_called_so_and_that_a_code_is_no_signature(paper: Path, capsys: Output) -> None:
    assert main(["verify", str(paper)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"{paper}: ASLI naskah bapp, kode verifikasi" in shown
    assert "setiap bita dari setiap bagian berkas" in shown
    assert "bukan tanda tangan" in shown
    assert "--kasus KASUS" in shown


def test_one_changed_paper_among_many_is_found(folder: Path, changed: Path, capsys: Output) -> None:
    papers = sorted(map(str, folder.glob("*.docx")))
    assert main(["verify", *papers]) == 0
    assert capsys.readouterr().out.count(": ASLI\n") == len(papers)
    assert main(["verify", *papers, str(changed)]) == 1
    shown = capsys.readouterr().out
    assert f"{changed}: BERUBAH" in shown
    assert "tidak satu kata pun dapat dipegang" in shown


def test_the_case_proves_a_paper_and_names_the_words_that_changed(paper: Path, changed: Path, capsys: Output) -> None:
    assert main(["verify", str(paper), "--kasus", str(CASE)]) == 0
    shown = capsys.readouterr().out
    assert "terbukti: sama, bita demi bita, dengan hasil render kasus `pengadaan-lengkap-konsultansi`" in shown
    assert "bukan tanda tangan" not in shown
    assert main(["verify", str(changed), "--kasus", str(CASE)]) == 1
    assert "tertulis “Pokok Penjelasan”, menurut kasus “Pokok-Pokok Penjelasan”" in capsys.readouterr().out


def test_a_program_gets_one_object_a_file(paper: Path, changed: Path, capsys: Output) -> None:
    assert main(["verify", str(paper), str(changed), "--kasus", str(CASE), "--json"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(first) == ["skema", "berkas", "putusan", "naskah", "kode", "terbukti", "alasan"]
    assert (first["skema"], first["putusan"], first["terbukti"]) == ("pbj-verifikasi/1", "asli", True)
    assert (second["berkas"], second["putusan"], second["terbukti"]) == (str(changed), "berubah", False)


def test_a_file_that_is_no_paper_does_not_keep_the_others_from_being_judged(
    paper: Path, tmp_path: Path, capsys: Output
) -> None:
    note = tmp_path / "catatan.docx"
    note.write_text("halo", encoding="utf-8")
    assert main(["verify", str(note), str(paper), str(tmp_path / "tidak-ada.docx")]) == 2
    shown = capsys.readouterr()
    assert f"{paper}: ASLI" in shown.out
    assert f"{note}: bukan berkas Word (.docx)" in shown.err
    assert "tidak-ada.docx: tidak dapat dibaca: berkas tidak ada" in shown.err


def test_profile_and_register_are_for_rendering_again(paper: Path, capsys: Output) -> None:
    for option in ("--profile", "--register"):
        assert main(["verify", str(paper), option, "x"]) == 2
        assert "sebutkan juga --kasus" in capsys.readouterr().err


def test_numbers_are_listed_and_prove_the_papers_that_bear_them(tmp_path: Path, capsys: Output) -> None:
    case, register, out = tmp_path / "kasus.json", tmp_path / "register.sqlite", tmp_path / "keluaran"
    given = full_case("auditor")
    for paper in ("tanda-terima-surat", "checklist-berkas-auditor", "surat-info-akun"):
        given["isian"][paper].pop("nomor", None)
    case.write_text(json.dumps(given, default=str), encoding="utf-8")
    assert main(["run", str(case), "--final", "--register", str(register), "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["register", str(register), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["skema"] == "pbj-register/1"
    (line,) = [line for line in listed["nomor"] if line["naskah"] == "surat-info-akun"]
    assert (line["nomor"], line["tahun"], line["kasus"], line["pasti"]) == (1, 2020, "auditor", True)
    assert line["paket"] == {"kode_rup": "23456789", "nama": "Pembangunan Gedung Rawat Inap RSUD Contoh"}
    assert main(["register", str(register)]) == 0
    table = capsys.readouterr().out
    assert "surat-info-akun" in table
    assert "23456789" in table
    letter = str(next(out.glob("*surat-info-akun.docx")))
    assert main(["verify", letter, "--kasus", str(case)]) == 0
    assert "nomor urut 1 dibaca dari naskahnya sendiri" in capsys.readouterr().out
    assert main(["verify", letter, "--kasus", str(case), "--register", str(register)]) == 0
    assert "nomor urut" not in capsys.readouterr().out


def test_a_register_that_is_not_there_is_named_and_not_made(tmp_path: Path, capsys: Output) -> None:
    assert main(["register", str(tmp_path / "register.sqlite")]) == 2
    assert "buku register nomor tidak ditemukan" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
