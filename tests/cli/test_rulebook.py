"""``pbj rulebook`` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents import pdf


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_USUAL_PLACES", ())


@pytest.mark.usefixtures("without_libreoffice")
def test_without_libreoffice_everything_but_the_pdf_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "buku"
    assert main(["rulebook", "--out", str(out), "--json"]) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    assert figures["baris"] == 160
    assert figures["anomali"] == 70
    written = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert written == sorted(figures["berkas"])
    assert {"buku-aturan.docx", "buku-aturan.html", "lampiran.docx", "lampiran/05-prakualifikasi.svg"} <= set(written)
    assert not [name for name in written if name.endswith(".pdf")]
    assert "LibreOffice" in printed.err
    assert "PDF tidak ditulis" in printed.err


@pytest.mark.usefixtures("without_libreoffice")
def test_a_person_is_told_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "--out", str(tmp_path / "buku")]) == 0
    said = capsys.readouterr().out
    assert "buku-aturan.docx" in said
    assert "70 anomali" in said


@pytest.mark.usefixtures("without_libreoffice")
def test_an_older_pdf_does_not_stay_beside_new_word_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("buku-aturan.pdf", "lampiran.pdf", "catatan.pdf"):
        (tmp_path / name).write_bytes(b"%PDF aturan lain")
    assert main(["rulebook", "--out", str(tmp_path), "--json"]) == 0
    printed = capsys.readouterr()
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["catatan.pdf"]
    assert "PDF lama dihapus karena tidak lagi sesuai: buku-aturan.pdf, lampiran.pdf." in printed.err
    assert not [name for name in json.loads(printed.out)["berkas"] if name.endswith(".pdf")]
    assert main(["rulebook", "--out", str(tmp_path)]) == 0
    assert "PDF lama" not in capsys.readouterr().err


@pytest.mark.usefixtures("without_libreoffice")
def test_a_book_that_cannot_be_written_keeps_the_older_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "buku-aturan.pdf").write_bytes(b"%PDF")
    (tmp_path / "buku-aturan.html").mkdir()
    assert main(["rulebook", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["buku-aturan.pdf"]
    assert "PDF lama" not in capsys.readouterr().err


def test_a_folder_without_rules_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rulebook", "--out", str(tmp_path / "buku"), "--rules", str(tmp_path)]) == 2
    assert "regulasi.yaml" in capsys.readouterr().err
    assert not (tmp_path / "buku").exists()


@pytest.mark.parametrize("arguments", [["rulebook"], ["rulebook", "--out", ""]])
def test_a_folder_must_be_named(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "--out" in capsys.readouterr().err
