"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents.places import template_files
from pbj_rules.resources import samples_directory

KUORUM_KURANG = """\
kasus: kuorum-kurang
sop: prakualifikasi
tanggal: 2020-04-01
paket: {nama: Perencanaan Gedung Contoh, jenis: konsultansi, pagu: 12000000000}
fakta: {jumlah_peserta: 2, jumlah_peserta_perpanjangan: 3, jumlah_lulus: 3}
"""
# The papers of this case, in their order.
QUALIFICATION = (
    "pengumuman-prakualifikasi",
    "ba-evaluasi-kualifikasi",
    "ba-pembuktian",
    "ba-penetapan-kualifikasi",
    "pengumuman-kualifikasi",
)


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    file = tmp_path / "kasus.yaml"
    file.write_text(KUORUM_KURANG, encoding="utf-8")
    return file


def test_run_with_json_prints_one_object_a_line(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(case_file), str(case_file), "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["selesai", "selesai"]
    assert list(json.loads(lines[0])) == [
        "skema",
        "kasus",
        "regulasi",
        "sop",
        "status",
        "menunggu",
        "jalur",
        "keputusan",
        "dokumen",
        "jejak",
        "peringatan",
    ]


def test_run_writes_the_papers_and_names_them(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "keluaran"
    assert main(["run", str(case_file), "--json", "--out", str(out)]) == 0
    papers = json.loads(capsys.readouterr().out)["dokumen"]
    named = {paper["id"]: paper["berkas"] for paper in papers if paper["berkas"]}
    assert named == {kind: f"{order:02}-{kind}.docx" for order, kind in enumerate(QUALIFICATION, 1)}
    assert sorted(path.name for path in out.iterdir()) == sorted(named.values())


def test_several_cases_are_written_into_a_folder_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for name in ("satu", "dua"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(KUORUM_KURANG.replace("kuorum-kurang", name), encoding="utf-8")
        files.append(str(file))
    assert main(["run", *files, "--json", "--out", str(tmp_path / "keluaran")]) == 0
    for line in capsys.readouterr().out.splitlines():
        result = json.loads(line)
        berkas = [paper["berkas"] for paper in result["dokumen"] if paper["berkas"]]
        assert all(name.startswith(f"{result['kasus']}/") for name in berkas)
        assert all((tmp_path / "keluaran" / name).is_file() for name in berkas)


def test_cases_of_one_name_are_not_written_over_each_other(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(case_file), str(case_file), "--out", str(tmp_path / "keluaran")]) == 2
    assert "nama kasus sama" in capsys.readouterr().err
    assert not (tmp_path / "keluaran").exists()


def test_one_bad_file_stops_all_of_it_and_every_problem_is_shown(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "salah.yaml"
    bad.write_text(
        KUORUM_KURANG.replace("jumlah_lulus: 3", "jumlah_luls: 3").replace("konsultansi", "konsultasi"),
        encoding="utf-8",
    )
    assert main(["run", str(case_file), str(bad), "--json", "--out", str(tmp_path / "keluaran")]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "salah.yaml:5: fakta.jumlah_luls: kunci `jumlah_luls` tidak dikenal" in shown.err
    assert "Mungkin maksudnya `jumlah_lulus`" in shown.err
    assert "salah.yaml:4: paket.jenis: `konsultasi` tidak dikenal" in shown.err
    assert "Mungkin maksudnya `konsultansi`" in shown.err
    assert not (tmp_path / "keluaran").exists()


def test_final_refuses_blanks_and_writes_nothing(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(case_file), "--final", "--out", str(tmp_path / "keluaran")]) == 2
    assert "isian.ba-pembuktian.tempat" in capsys.readouterr().err
    assert not (tmp_path / "keluaran").exists()


def test_run_for_people_shows_decisions_their_basis_and_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(KUORUM_KURANG.replace(", jumlah_lulus: 3", ""), encoding="utf-8")
    assert main(["run", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "MENUNGGU" in shown
    assert "tafsir AN-33" in shown
    assert "Menunggu `jumlah_lulus` di baris prakualifikasi/9: " in shown


def test_explain_tells_who_decided_on_which_facts_and_words(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(case_file)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "oleh Kelompok Kerja Pemilihan" in shown
    assert "jumlah peserta (2) kurang dari kuorum peserta prakualifikasi (3)" in shown
    assert "“Jika peserta kurang dari 3 maka dilakukan perpanjangan waktu”" in shown
    assert "AN-33" in shown
    assert "bacaan lain" in shown
    assert "naskah: Berita acara hasil pembuktian kualifikasi" in shown


def test_a_pipe_gets_no_colours_and_no_trailing_spaces(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(case_file)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("      ") and line != line.rstrip()]


@pytest.mark.parametrize("sample", sorted(samples_directory().rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_sample_can_be_explained(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(sample)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(sample.stem)
    assert "Status: " in shown


def test_check_without_a_file_checks_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "13 SOP, 160 baris, 34 keputusan, 75 cabang" in shown
    assert f" {len(template_files())} templat naskah" in shown
    assert shown.endswith("Tidak ada kesalahan.")


def test_check_names_what_is_wrong_with_a_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "salah.yaml"
    file.write_text("kasus: x\nsop: prakualifikas\n", encoding="utf-8")
    assert main(["check", str(file)]) == 2
    shown = capsys.readouterr().err
    assert "salah.yaml:2: sop: SOP `prakualifikas` tidak dikenal" in shown
    assert "kunci wajib `tanggal` tidak ada" in shown


def test_sop_lists_and_shows_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sop"]) == 0
    assert "registrasi-penyedia" in capsys.readouterr().out
    assert main(["sop", "prakualifikasi"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "AN-33" in shown
    assert "kurang bila jumlah peserta kurang dari" in shown


def test_an_unknown_sop_is_named_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sop", "tender-selesi"]) == 2
    assert "mungkin maksudnya `tender-seleksi`" in capsys.readouterr().err


def test_facts_as_json_asks_every_question_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    by_name = {fact["fakta"]: fact for fact in listed["fakta"]}
    assert by_name["perubahan_dokumen"]["nilai"] == ["hps", "kak-spesifikasi", "rancangan-kontrak", "lainnya"]
    assert by_name["masa_audit_selesai"]["wajib"] is False
    assert all("?" in fact["pertanyaan"] for fact in listed["fakta"])
    assert {parameter["parameter"] for parameter in listed["parameter"]} == {
        "kuorum_peserta",
        "kuorum_lulus",
        "kuorum_penawaran",
        "ambang_pa_umum",
        "ambang_pa_konsultansi",
        "masa_audit_hari",
    }


def test_version_names_program_regulation_and_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("pbj-rules ")
    assert "perbup-balangan-21-2020" in shown


def test_samples_are_copied_into_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["samples", "--out", str(tmp_path / "contoh")]) == 0
    assert len(list((tmp_path / "contoh").rglob("*.yaml"))) == len(list(samples_directory().rglob("*.yaml")))
    assert main(["samples", "--out", str(tmp_path / "contoh")]) == 2
    assert "sudah ada" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jalankan"], "`jalankan` tidak dikenal"),
        (["run"], "argumen ini wajib: BERKAS"),
        (["run", "--jason", "x"], "argumen tidak dikenal: --jason"),
        (["run", "x", "--out"], "--out memerlukan satu nilai"),
    ],
)
def test_a_wrong_command_line_is_answered_in_indonesian(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_help_is_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["run", "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Pemakaian: pbj run")
    assert "usage" not in shown
    assert "options" not in shown


def test_a_reader_that_goes_away_causes_no_traceback() -> None:
    command = f"{sys.executable} -m pbj_rules.cli.main facts | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("Fakta")
    assert "Traceback" not in done.stderr


def test_an_output_folder_that_is_a_file_is_an_error_in_words(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keluaran").write_text("bukan folder", encoding="utf-8")
    assert main(["run", str(case_file), "--out", str(tmp_path / "keluaran")]) == 2
    shown = capsys.readouterr().err
    assert "berkas tidak dapat ditulis" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_error_of_the_program(case_file: Path, closed: str) -> None:
    command = f"{sys.executable} -m pbj_rules.cli.main run {case_file} --json {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_errors_never_go_to_standard_output(tmp_path: Path) -> None:
    command = f"{sys.executable} -m pbj_rules.cli.main run {tmp_path / 'tiada.yaml'} --json 2>&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def test_papers_that_are_there_already_are_replaced_and_that_is_said(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["run", str(case_file), "--json", "--out", str(tmp_path / "keluaran")]) == 0
    assert capsys.readouterr().err.startswith(f"Catatan: {len(QUALIFICATION)} berkas yang sudah ada")


@pytest.mark.parametrize("option", [["--final"], ["--profile", "profil.yaml"], ["--out", ""]])
def test_options_for_papers_need_a_folder(
    case_file: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(case_file), *option]) == 2
    assert "folder" in capsys.readouterr().err.lower()


@pytest.mark.parametrize("name", ["", "x" * 300])
@pytest.mark.parametrize("command", ["run", "check", "explain"])
def test_a_name_that_no_file_can_have_is_a_bad_input(
    command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, name]) == 2
    assert "berkas" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["prove", "--rules"],
        ["mutate", "--rules"],
        ["matrix", "--rules"],
        ["rulebook", "--out", "tidak-ditulis", "--rules"],
        ["export", "--format", "bpmn", "--out", "tidak-ditulis", "--rules"],
    ],
    ids=lambda command: command[0],
)
def test_a_folder_that_holds_no_rules_is_called_so_in_one_sentence_by_every_command(
    command: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kosong").mkdir()
    assert main([*command, "kosong"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("kosong: ini bukan folder aturan: tidak memuat regulasi.yaml atau lapisan.yaml.")
    assert len(said) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kosong"]


def test_final_papers_take_their_numbers_from_a_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = samples_directory() / "registrasi-auditor" / "akun-auditor-dengan-surat-lengkap.yaml"
    case = tmp_path / "kasus.yaml"
    text = sample.read_text(encoding="utf-8")
    assert "nomor: 027/110/LPSE/PBJ/IX/2020" in text
    case.write_text(text.replace("    nomor: 027/110/LPSE/PBJ/IX/2020\n", ""), encoding="utf-8")
    command = ["run", str(case), "--final", "--out", str(tmp_path / "keluaran")]
    assert main(command) == 2
    assert "isian.surat-info-akun.nomor" in capsys.readouterr().err
    assert main([*command, "--register", str(tmp_path / "register.sqlite")]) == 0
    assert list((tmp_path / "keluaran").glob("*-surat-info-akun.docx"))


def test_a_register_is_for_final_papers(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(case_file), "--out", "x", "--register", "y"]) == 2
    assert "--final" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice makes the PDF")
def test_papers_are_written_as_pdf_with_an_index_page(case_file: Path, tmp_path: Path) -> None:
    assert main(["run", str(case_file), "--json", "--pdf", "--index", "--out", str(tmp_path / "keluaran")]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "keluaran").iterdir()}
    names = {f"{order:02}-{kind}.{ending}" for order, kind in enumerate(QUALIFICATION, 1) for ending in ("docx", "pdf")}
    assert set(written) == {"indeks.html", *names}
    for name in names:
        assert name.encode() in written["indeks.html"]
        assert written[name].startswith(b"%PDF-" if name.endswith(".pdf") else b"PK")


def test_explain_gives_a_reason_that_is_true_of_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    sample = samples_directory() / "proses-utama" / "pengadaan-lengkap-konsultansi.yaml"
    assert main(["explain", str(sample)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "jenis pengadaan (konsultansi) salah satu dari konstruksi, konsultansi atau jasa-lainnya" in shown
    assert "(kak-spesifikasi, rancangan-kontrak) memuat hps, kak-spesifikasi atau rancangan-kontrak" in shown
    assert (
        "jenis pengadaan (konsultansi) adalah konsultansi dan pagu anggaran paket (Rp12.000.000.000) lebih dari"
        in shown
    )


def test_a_case_is_written_as_one_zip_whose_page_leads_to_its_papers(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "keluaran"
    assert main(["run", str(case_file), "--json", "--out", str(out), "--zip"]) == 0
    listed = [paper["berkas"] for paper in json.loads(capsys.readouterr().out)["dokumen"] if paper["berkas"]]
    assert [file.name for file in out.iterdir()] == ["kuorum-kurang.zip"]
    opened = tmp_path / "dibuka"
    shutil.unpack_archive(out / "kuorum-kurang.zip", opened)
    assert {f"kuorum-kurang.zip/{file.name}" for file in opened.glob("*.docx")} == set(listed)
    links = set(re.findall('href="([^"#]+)"', (opened / "indeks.html").read_text(encoding="utf-8")))
    assert links == {file.name for file in opened.glob("*.docx")}
    assert main(["verify", *map(str, opened.glob("*.docx")), "--kasus", str(case_file)]) == 0


def test_a_zip_holds_pdf_too_and_is_the_same_each_time(case_file: Path, tmp_path: Path) -> None:
    for folder in ("satu", "dua"):
        assert main(["run", str(case_file), "--out", str(tmp_path / folder), "--zip", "--pdf"]) == 0
    first, second = ((tmp_path / folder / "kuorum-kurang.zip").read_bytes() for folder in ("satu", "dua"))
    assert first == second
    with zipfile.ZipFile(tmp_path / "satu" / "kuorum-kurang.zip") as archive:
        names = archive.namelist()
    assert {name.removesuffix(".pdf") for name in names if name.endswith(".pdf")} == {
        name.removesuffix(".docx") for name in names if name.endswith(".docx")
    }


def test_several_cases_are_a_zip_each_and_none_where_one_fails(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "lain.yaml"
    other.write_text(KUORUM_KURANG.replace("kuorum-kurang", "'kasus / lain: 2'"), encoding="utf-8")
    out = tmp_path / "keluaran"
    assert main(["run", str(case_file), str(other), "--out", str(out), "--zip"]) == 0
    assert sorted(file.name for file in out.iterdir()) == ["kasus---lain--2.zip", "kuorum-kurang.zip"]
    failed = tmp_path / "gagal"
    failed.mkdir()
    (failed / "kuorum-kurang.zip").mkdir()
    capsys.readouterr()
    assert main(["run", str(other), str(case_file), "--out", str(failed), "--zip"]) == 2
    assert "kuorum-kurang.zip" in capsys.readouterr().err
    assert [file.name for file in failed.iterdir()] == ["kuorum-kurang.zip"]
