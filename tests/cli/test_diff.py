"""``pbj diff`` as its users meet it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pbj_rules.cli.main import main
from pbj_rules.documents.word.packing import pack, unpack
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory, templates_directory
from tests.documents.cases import full_case, minimal_case
from tests.documents.reading_word import parts_of, whole_text
from tests.documents.tracked import accept_all, changes_in, reject_all, story

Capture = pytest.CaptureFixture[str]
DATE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date"


def saved(folder: Path, name: str, case: dict[str, Any]) -> str:
    file = folder / name
    written = json.dumps(case, default=str) if name.endswith(".json") else yaml.safe_dump(case, allow_unicode=True)
    file.write_text(written, encoding="utf-8")
    return str(file)


@pytest.fixture
def old(tmp_path: Path) -> str:
    return saved(tmp_path, "lama.yaml", full_case("auditor"))


@pytest.fixture
def new(tmp_path: Path) -> str:
    case = full_case("auditor") | {"kasus": "auditor-baru", "tanggal": "2020-04-02"}
    case["isian"]["surat-info-akun"]["user_id"] = "A & <B>"
    return saved(tmp_path, "baru.yml", case)


def papers_of(case: str, out: Path, capsys: Capture) -> dict[str, bytes]:
    """The account letter of an auditor's case."""
    assert main(["run", case, "--out", str(out)]) == 0
    capsys.readouterr()
    return {file.name: file.read_bytes() for file in out.glob("*-surat-info-akun.docx")}


def redline_of(folder: Path, paper: str) -> bytes:
    (file,) = folder.glob(f"*-{paper}-redline.docx")
    return file.read_bytes()


def refused(arguments: list[str], capsys: Capture, folder: Path | None = None) -> str:
    assert main(["diff", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert folder is None or not folder.exists()
    return captured.err


def test_two_cases_give_a_redline_for_each_paper_that_differs(
    old: str, new: str, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "beda"
    assert main(["diff", old, new, "--out", str(out)]) == 0
    screen = capsys.readouterr().out
    assert "sisipan" in screen
    assert "1 berkas Word dengan perubahan terlacak" in screen
    assert [file.name for file in out.iterdir()] == ["03-surat-info-akun-redline.docx"]
    made = (out / "03-surat-info-akun-redline.docx").read_bytes()
    (a,), (b,) = (papers_of(case, tmp_path / f"hasil-{n}", capsys).values() for n, case in enumerate((old, new)))
    assert story(reject_all(made)) == story(a)
    assert story(accept_all(made)) == story(b)
    assert {change.get(DATE) for change in changes_in(made)} == {"2020-04-02T00:00:00Z"}


def test_the_same_two_cases_give_the_same_bytes(old: str, new: str, tmp_path: Path, capsys: Capture) -> None:
    for out in ("satu", "dua"):
        assert main(["diff", old, new, "--out", str(tmp_path / out)]) == 0
    one, two = ((tmp_path / out / "03-surat-info-akun-redline.docx").read_bytes() for out in ("satu", "dua"))
    assert one == two
    assert main(["diff", old, new, "--out", str(tmp_path / "dua")]) == 0
    assert "1 berkas yang sudah ada" in capsys.readouterr().err


def test_papers_without_a_difference_are_named_and_not_written(old: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["diff", old, old, "--out", str(tmp_path / "beda")]) == 0
    screen = capsys.readouterr().out
    assert "sama" in screen
    assert "tidak ada berkas yang ditulis" in screen
    assert not (tmp_path / "beda").exists()


def test_json_is_one_object_that_names_every_paper(tmp_path: Path, capsys: Capture) -> None:
    case = full_case("prakualifikasi")
    old, new = saved(tmp_path, "a.yaml", full_case("tender")), saved(tmp_path, "b.json", case)
    assert main(["diff", old, new, "--out", str(tmp_path / "beda"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["skema"], told["a"], told["b"]) == ("pbj-beda/1", old, new)
    states = {(one["id"], one["keadaan"]) for one in told["naskah"]}
    assert {("bapp", "hilang"), ("ba-pembuktian", "baru")} <= states
    assert {one["berkas"] for one in told["naskah"]} == {file.name for file in (tmp_path / "beda").iterdir()}
    assert list(told["naskah"][0]) == ["id", "ke", "judul", "keadaan", "sisipan", "hapusan", "bentuk", "berkas"]


def test_a_paper_of_one_side_is_said_to_be_wholly_new_or_gone(tmp_path: Path, capsys: Capture) -> None:
    case = full_case("tender")
    case["fakta"]["perubahan_dokumen"] = []
    del case["fakta"]["ppk_setuju_perubahan"]
    old, new = saved(tmp_path, "a.yaml", full_case("tender")), saved(tmp_path, "b.yaml", case)
    assert main(["diff", old, new, "--out", str(tmp_path / "x")]) == 0
    assert "hanya pada A: seluruhnya hapusan" in capsys.readouterr().out
    assert main(["diff", new, old, "--out", str(tmp_path / "y")]) == 0
    assert "hanya pada B: seluruhnya sisipan" in capsys.readouterr().out
    assert not whole_text(reject_all(redline_of(tmp_path / "y", "adendum"))).strip()


def test_two_rule_folders_are_compared_through_a_case(tmp_path: Path, capsys: Capture) -> None:
    shipped = rules_directory() / DEFAULT_REGULATION
    newer = tmp_path / "perbup-baru"
    shutil.copytree(shipped, newer)
    parameters = newer / "parameter.yaml"
    parameters.write_text(parameters.read_text(encoding="utf-8").replace("100000000000", "50000000000"), "utf-8")
    case = saved(tmp_path, "kasus.yaml", full_case("tender"))
    arguments = ["diff", str(shipped), str(newer), "--kasus", case, "--out", str(tmp_path / "beda"), "--json"]
    assert main(arguments) == 0
    states = {one["id"]: one["keadaan"] for one in json.loads(capsys.readouterr().out)["naskah"]}
    assert states["ba-penetapan-pemenang"] == "berubah"
    assert states["bapp"] == "sama"
    made = redline_of(tmp_path / "beda", "ba-penetapan-pemenang")
    assert "Rp100.000.000.000,00" in whole_text(reject_all(made))
    assert "Rp50.000.000.000,00" in whole_text(accept_all(made))


def changed_templates(folder: Path) -> Path:
    shutil.copytree(templates_directory(), folder)
    parts = unpack(folder / "bapp.docx")
    text = parts["word/document.xml"].decode()
    assert "bertempat di" in text
    parts["word/document.xml"] = text.replace("bertempat di", "berkumpul di", 1).encode()
    (folder / "bapp.docx").write_bytes(pack(parts))
    return folder


@pytest.mark.parametrize("name", ["", "bapp.docx"])
def test_two_template_folders_or_files_are_compared_through_a_case(name: str, tmp_path: Path, capsys: Capture) -> None:
    old, new = templates_directory() / name, changed_templates(tmp_path / "templat") / name
    case = saved(tmp_path, "kasus.yaml", full_case("tender"))
    arguments = ["diff", str(old), str(new), "--kasus", case, "--out", str(tmp_path / "beda"), "--json"]
    assert main(arguments) == 0
    states = {one["id"]: one["keadaan"] for one in json.loads(capsys.readouterr().out)["naskah"]}
    assert states.pop("bapp") == "berubah"
    assert set(states.values()) <= {"sama"}
    made = redline_of(tmp_path / "beda", "bapp")
    assert "berkumpul di" in whole_text(accept_all(made))
    assert "bertempat di" in whole_text(reject_all(made))


@pytest.mark.parametrize("name", ["", "bapp.docx"])
def test_each_side_is_rendered_by_the_contract_of_its_own_folder(name: str, tmp_path: Path, capsys: Capture) -> None:
    newer = tmp_path / "templat"
    shutil.copytree(templates_directory(), newer)
    parts = unpack(newer / "bapp.docx")
    document = parts["word/document.xml"].decode()
    assert "{{ tempat }}" in document
    parts["word/document.xml"] = document.replace("{{ tempat }}", "{{ ruang_rapat }}").encode()
    (newer / "bapp.docx").write_bytes(pack(parts))
    declared = newer / "isian" / "bapp.yaml"
    declared.write_text(declared.read_text(encoding="utf-8").replace("  tempat:", "  ruang_rapat:", 1), "utf-8")
    case = full_case("tender")
    case["isian"]["bapp"] |= {"tempat": "Ruang Lama", "ruang_rapat": "Ruang Baru"}
    file = saved(tmp_path, "kasus.yaml", case)
    old, new = str(templates_directory() / name), str(newer / name)
    assert main(["diff", old, new, "--kasus", file, "--out", str(tmp_path / "beda")]) == 0
    made = redline_of(tmp_path / "beda", "bapp")
    assert "Ruang Lama" in whole_text(reject_all(made))
    assert "Ruang Baru" in whole_text(accept_all(made))
    capsys.readouterr()
    case["isian"]["bapp"]["ruang_rapt"] = "salah ketik"
    said = refused([old, new, "--kasus", saved(tmp_path, "salah.yaml", case), "--out", str(tmp_path / "lain")], capsys)
    assert "ruang_rapt" in said


def test_two_word_files_are_compared_as_they_are(tmp_path: Path, capsys: Capture) -> None:
    case = saved(tmp_path, "a.yaml", full_case("auditor"))
    other = saved(tmp_path, "b.yaml", minimal_case("auditor") | {"tanggal": "2021-01-05"})
    papers = {}
    for name, source in (("konsep", case), ("surat akhir", other)):
        (papers[name],) = papers_of(source, tmp_path / name, capsys).values()
        (tmp_path / f"{name}.docx").write_bytes(papers[name])
    arguments = [str(tmp_path / "konsep.docx"), str(tmp_path / "surat akhir.docx"), "--out", str(tmp_path)]
    assert main(["diff", *arguments]) == 0
    made = (tmp_path / "surat akhir-redline.docx").read_bytes()
    assert story(reject_all(made)) == story(papers["konsep"])
    assert story(accept_all(made)) == story(papers["surat akhir"])
    # The day of the file, since there is no case: it must not be that of the clock.
    assert {change.get(DATE) for change in changes_in(made)} == {"2021-01-05T00:00:00Z"}
    assert parts_of(made)["docProps/core.xml"] == parts_of(papers["surat akhir"])["docProps/core.xml"]


def test_a_word_file_that_tells_no_day_gets_the_oldest(tmp_path: Path, capsys: Capture) -> None:
    for name, case in (("a", full_case("auditor")), ("b", minimal_case("auditor"))):
        (content,) = papers_of(saved(tmp_path, f"{name}.yaml", case), tmp_path / name, capsys).values()
        parts = parts_of(content)
        parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"2020-04-01", b"kemarin")
        (tmp_path / f"{name}.docx").write_bytes(pack(parts))
    assert main(["diff", str(tmp_path / "a.docx"), str(tmp_path / "b.docx"), "--out", str(tmp_path / "o")]) == 0
    made = (tmp_path / "o" / "b-redline.docx").read_bytes()
    assert {change.get(DATE) for change in changes_in(made)} == {"1980-01-01T00:00:00Z"}


def test_what_is_compared_is_never_written_over(old: str, new: str, tmp_path: Path, capsys: Capture) -> None:
    for source, name in ((old, "surat-redline.docx"), (new, "surat.docx")):
        (content,) = papers_of(source, tmp_path / f"x-{name}", capsys).values()
        (tmp_path / name).write_bytes(content)
    before = (tmp_path / "surat-redline.docx").read_bytes()
    arguments = [str(tmp_path / "surat-redline.docx"), str(tmp_path / "surat.docx"), "--out", str(tmp_path)]
    assert "akan menimpa berkas yang dibandingkan" in refused(arguments, capsys)
    assert (tmp_path / "surat-redline.docx").read_bytes() == before


def test_a_mixture_is_a_usage_error(old: str, tmp_path: Path, capsys: Capture) -> None:
    rules, templates, out = str(rules_directory() / DEFAULT_REGULATION), str(templates_directory()), tmp_path / "beda"
    word = str(templates_directory() / "bapp.docx")
    for a, b in ((old, rules), (rules, templates), (templates, old), (word, templates), (old, word)):
        said = refused([a, b, "--out", str(out)], capsys, out)
        assert "tidak dapat dibandingkan; sebutkan dua dari jenis yang sama" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{old}", "{old}"], "argumen ini wajib: --out"),
        (["{old}", "{old}", "--out", ""], "nama folder setelah --out kosong"),
        (["{old}", "--out", "{out}"], "argumen ini wajib: B"),
        (["{old}", "{old}", "--out", "{out}", "--kasus", "{old}"], "--kasus tidak dipakai"),
        (["{rules}", "{rules}", "--out", "{out}"], "dua folder aturan dibandingkan lewat satu kasus"),
        (["{templates}", "{templates}", "--out", "{out}"], "dua folder templat dibandingkan lewat satu kasus"),
        (["{word}", "{word}", "--out", "{out}", "--profile", "p.yaml"], "--profile dipakai saat merender"),
        (["{word}", "{other}", "--out", "{out}", "--kasus", "{old}"], "templat naskah yang berbeda"),
        (["tidak-ada.yaml", "{old}", "--out", "{out}"], "tidak-ada.yaml: berkas tidak ditemukan"),
        (["tidak-ada.docx", "{word}", "--out", "{out}"], "tidak-ada.docx: tidak dapat dibaca: berkas tidak ada"),
        (["tidak-ada", "{old}", "--out", "{out}"], "tidak-ada: berkas atau folder tidak ada"),
        (["", "{old}", "--out", "{out}"], "berkas atau folder tidak ada"),
        (["{empty}", "{rules}", "--out", "{out}"], "bukan folder aturan dan bukan folder templat"),
        (["{note}", "{old}", "--out", "{out}"], "jenis berkas ini tidak dapat dibandingkan"),
        (["{fake}", "{word}", "--out", "{out}"], "bukan berkas Word (.docx)"),
        (["{fake}", "{fake}", "--out", "{out}", "--kasus", "{old}"], "`palsu` bukan id naskah"),
        (["gone/bapp.docx", "{word}", "--out", "{out}", "--kasus", "{old}"], "gone/bapp.docx: berkas tidak ada"),
        (["{word}", "{word}", "--out", "{out}", "--kasus", "{old}"], "tidak menghasilkan satu naskah pun"),
        (["{rules}", "{rules}", "--out", "{out}", "--kasus", "{note}"], "catatan.txt"),
        (["{old}", "{old}", "--out", "{out}", "--profile", "tidak-ada.yaml"], "tidak-ada.yaml: berkas tidak ditemukan"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    arguments: list[str], said: str, old: str, tmp_path: Path, capsys: Capture
) -> None:
    names = {
        "old": old,
        "out": str(tmp_path / "beda"),
        "rules": str(rules_directory() / DEFAULT_REGULATION),
        "templates": str(templates_directory()),
        "word": str(templates_directory() / "bapp.docx"),
        "other": str(templates_directory() / "bast.docx"),
        "empty": str(tmp_path / "kosong"),
        "note": str(tmp_path / "catatan.txt"),
        "fake": str(tmp_path / "palsu.docx"),
    }
    (tmp_path / "kosong").mkdir()
    (tmp_path / "catatan.txt").write_text("catatan")
    (tmp_path / "palsu.docx").write_text("bukan Word")
    assert said in refused([argument.format(**names) for argument in arguments], capsys, tmp_path / "beda")


def test_a_redline_is_not_compared_again(old: str, new: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["diff", old, new, "--out", str(tmp_path / "beda")]) == 0
    capsys.readouterr()
    made = str(tmp_path / "beda" / "03-surat-info-akun-redline.docx")
    said = refused([made, made, "--out", str(tmp_path / "lagi")], capsys, tmp_path / "lagi")
    assert said.count("sudah memuat perubahan terlacak") == 2


def test_without_the_extra_the_way_to_install_it_is_said(
    old: str, new: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_redlines", None)
    said = refused([old, new, "--out", str(tmp_path / "beda")], capsys, tmp_path / "beda")
    assert "pip install 'pbj-rules[redline]'" in said


def test_a_failure_writes_nothing(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    from pbj_rules.documents.redlines import redlining

    made = redlining.compare
    calls = 0

    def fails_later(*versions: bytes, **options: Any) -> bytes:
        nonlocal calls
        calls += 1
        return made(*versions, **options) if calls == 1 else versions[1]

    monkeypatch.setattr(redlining, "compare", fails_later)
    old = saved(tmp_path, "a.yaml", full_case("tender"))
    new = saved(tmp_path, "b.yaml", minimal_case("tender"))
    said = refused([old, new, "--out", str(tmp_path / "beda")], capsys, tmp_path / "beda")
    assert calls == 2
    assert "02-bapp.docx: tidak dapat dibandingkan" in said
