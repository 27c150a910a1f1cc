"""What has changed beneath a signed sheet: exactly that is named, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from pbj_rules import Engine
from pbj_rules.documents import Change, Office, ReviewSheet, review_sheet, sheet_changes
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.resources import rules_directory, templates_directory
from tests.documents.cases import full_case
from tests.documents.reading_review import reviewed

HOME = Path(__file__).resolve().parents[2]
CASE = full_case("tender")


def signed(engine: Engine, office: Office, **settings: Any) -> ReviewSheet:
    case, result, reviews = reviewed(engine, office, CASE, **settings)
    return review_sheet(case, result, office, engine.regulation, reviews)


def found(
    sheet: ReviewSheet, engine: Engine, office: Office, case: Mapping[str, Any] = CASE, **settings: Any
) -> list[Change]:
    checked, result, reviews = reviewed(engine, office, case, **settings)
    return sheet_changes(sheet.data, checked, result, office, engine.regulation, reviews)


def beneath(changes: list[Change]) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """What changed, but for the papers that read otherwise because of it."""
    return {(one.jenis, one.nama): (one.dahulu, one.kini) for one in changes if one.jenis != "naskah"}


def papers(changes: list[Change]) -> set[str]:
    return {one.nama for one in changes if one.jenis == "naskah"}


def test_nothing_has_changed_beneath_a_sheet_of_today(engine: Engine, office: Office) -> None:
    assert found(signed(engine, office), engine, office) == []


# Facts.


def test_a_changed_fact_is_named_with_the_papers_that_print_it(engine: Engine, office: Office) -> None:
    case = full_case("tender")
    case["isian"]["bapp"]["tempat"] = "Ruang Lain"
    changes = found(signed(engine, office), engine, office, case)
    before = '"Ruang Rapat Bagian Pengadaan Barang dan Jasa dan melalui SPSE"'
    assert beneath(changes) == {("fakta", "isian.bapp.tempat"): (before, '"Ruang Lain"')}
    assert papers(changes) == {"02-bapp.docx"}


def test_an_added_and_a_removed_fact_are_named(engine: Engine, office: Office) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["waktu"]
    sheet = signed(engine, office)
    (change,) = beneath(found(sheet, engine, office, case)).items()
    assert change == (("fakta", "isian.bapp.waktu"), ('"09.00 sampai dengan 11.00 WITA"', None))
    fewer_case, result, reviews = reviewed(engine, office, case)
    fewer = review_sheet(fewer_case, result, office, engine.regulation, reviews)
    (change,) = beneath(found(fewer, engine, office)).items()
    assert change == (("fakta", "isian.bapp.waktu"), (None, '"09.00 sampai dengan 11.00 WITA"'))


def test_an_answer_that_leads_elsewhere_is_named_with_the_rows_that_came_and_went(
    engine: Engine, office: Office
) -> None:
    case = full_case("tender")
    case["fakta"]["perubahan_dokumen"] = ["lainnya"]
    changed = beneath(found(signed(engine, office), engine, office, case))
    assert changed.pop(("fakta", "fakta.perubahan_dokumen[1][1]")) == ('"kak-spesifikasi"', '"lainnya"')
    assert changed.pop(("fakta", "fakta.perubahan_dokumen[1][2]")) == ('"rancangan-kontrak"', None)
    # Other answers lead past row 5: its rules are not changed, they are not used any more.
    assert set(changed) == {
        ("aturan", "baris tender-seleksi/5"),
        ("aturan", "keputusan persetujuan-adendum"),
        ("aturan", "aturan persetujuan-adendum-disetujui"),
        ("aturan", "aturan persetujuan-adendum-ditolak"),
        ("aturan", "fakta ppk_setuju_perubahan"),
    }
    assert set(changed.values()) == {("dipakai", None)}


def test_an_empty_answer_differs_from_none(engine: Engine, office: Office) -> None:
    case = {"kasus": "x", "sop": "tender-seleksi", "tanggal": "2020-04-01", "fakta": {}}
    answered = {**case, "fakta": {"perubahan_dokumen": []}}
    checked, result, reviews = reviewed(engine, office, case)
    sheet = review_sheet(checked, result, office, engine.regulation, reviews)
    assert ("fakta", "fakta.perubahan_dokumen[1]") in beneath(found(sheet, engine, office, answered))


# Rules.

RULES: dict[str, tuple[str, str, str, dict[tuple[str, str], tuple[str | None, str | None]]]] = {
    "a quotation": (
        "06-tender-seleksi.yaml",
        "kutipan: Jika PPK menyetujui perubahan tersebut maka dilakukan adendum",
        "kutipan: Jika PPK menyetujui perubahan tersebut",
        {
            ("aturan", "aturan persetujuan-adendum-disetujui: kutipan"): (
                '"Jika PPK menyetujui perubahan tersebut maka dilakukan adendum"',
                '"Jika PPK menyetujui perubahan tersebut"',
            )
        },
    ),
    "a condition": (
        "06-tender-seleksi.yaml",
        "jika: perubahan_dokumen memuat salah satu dari [hps, kak-spesifikasi, rancangan-kontrak]",
        "jika: perubahan_dokumen memuat salah satu dari [rancangan-kontrak, kak-spesifikasi, hps]",
        {
            ("aturan", "aturan adendum-persetujuan-ppk: jika"): (
                '"perubahan_dokumen memuat salah satu dari [hps, kak-spesifikasi, rancangan-kontrak]"',
                '"perubahan_dokumen memuat salah satu dari [rancangan-kontrak, kak-spesifikasi, hps]"',
            )
        },
    ),
    "a threshold": (
        "parameter.yaml",
        "nilai: 100000000000",
        "nilai: 100000000001",
        {("aturan", "parameter ambang_pa_umum: nilai"): ("100000000000", "100000000001")},
    ),
    "a reading": (
        "anomali.yaml",
        "Menurut Pasal 51 ayat (2) huruf b",
        "Menurut Pasal 51 ayat (2)",
        {
            ("aturan", "anomali AN-34: alternatif"): (
                '"Menurut Pasal 51 ayat (2) huruf b Perpres 16/2018 dan kelengkapan baris 9, satu penawaran sudah '
                'cukup; parameter dapat disetel menjadi 1."',
                '"Menurut Pasal 51 ayat (2) Perpres 16/2018 dan kelengkapan baris 9, satu penawaran sudah cukup; '
                'parameter dapat disetel menjadi 1."',
            )
        },
    ),
}


def with_rules(folder: Path, file: str, old: str, new: str) -> Engine:
    """The engine of the shipped rules with one piece of one file replaced."""
    made = folder / "aturan"
    shutil.copytree(rules_directory() / "perbup-balangan-21-2020", made)
    text = (made / file).read_text(encoding="utf-8")
    assert old in text
    (made / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return Engine.from_directory(made)


@pytest.mark.parametrize(("file", "old", "new", "expected"), RULES.values(), ids=RULES)
def test_a_changed_part_of_a_rule_is_named_before_and_after(
    file: str,
    old: str,
    new: str,
    expected: dict[tuple[str, str], tuple[str | None, str | None]],
    engine: Engine,
    office: Office,
    tmp_path: Path,
) -> None:
    changes = found(signed(engine, office), with_rules(tmp_path, file, old, new), office)
    assert beneath(changes) == expected


def test_a_changed_basis_is_named_with_what_it_adds(engine: Engine, office: Office, tmp_path: Path) -> None:
    old = "dasar: tersurat\n            penanda: a.\n            kutipan: Jika PPK menyetujui"
    new = old.replace("tersurat", "tafsir\n            anomali: [AN-23]\n            penjelasan: Dibaca begitu.")
    changed = beneath(found(signed(engine, office), with_rules(tmp_path, "06-tender-seleksi.yaml", old, new), office))
    rule = "aturan persetujuan-adendum-disetujui"
    assert changed == {
        ("aturan", f"{rule}: dasar"): ('"tersurat"', '"tafsir"'),
        ("aturan", f"{rule}: anomali[1]"): (None, '"AN-23"'),
        ("aturan", f"{rule}: penjelasan"): (None, '"Dibaca begitu."'),
    }


def test_a_rule_that_the_case_never_met_does_not_matter(engine: Engine, office: Office, tmp_path: Path) -> None:
    old = "kutipan: Jika peserta kurang dari 3 maka dilakukan perpanjangan waktu"
    other = with_rules(tmp_path, "05-prakualifikasi.yaml", old, "kutipan: Jika peserta kurang dari 3")
    assert found(signed(engine, office), other, office) == []


def test_where_a_rule_stands_in_its_file_does_not_matter(engine: Engine, office: Office, tmp_path: Path) -> None:
    moved = with_rules(tmp_path, "06-tender-seleksi.yaml", "pasal:", "# catatan penyunting\n\npasal:")
    assert found(signed(engine, office), moved, office) == []


# Templates.


def templates(folder: Path) -> Path:
    shutil.copytree(templates_directory(), folder / "templat")
    return folder / "templat"


def touched(file: Path, old: bytes, new: bytes) -> None:
    """A Word file with something else in it."""
    parts = unpack(file)
    assert old in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new, 1)
    file.write_bytes(pack(parts))


def test_a_changed_template_is_named_with_its_paper(engine: Engine, office: Office, tmp_path: Path) -> None:
    folder = templates(tmp_path)
    sheet = signed(engine, office, directory=folder)
    assert found(sheet, engine, office) == [], "the same templates elsewhere are the same"
    touched(folder / "bapp.docx", b"bertempat di", b"bertempat pada")
    changes = found(sheet, engine, office, directory=folder)
    assert set(beneath(changes)) == {("templat", "bapp.docx")}
    assert papers(changes) == {"02-bapp.docx"}


def test_a_changed_block_is_named_with_the_papers_that_use_it(engine: Engine, office: Office, tmp_path: Path) -> None:
    folder = templates(tmp_path)
    sheet = signed(engine, office, directory=folder)
    touched(folder / "blok" / "ketua_pokja.docx", b"{{ kelompok_kerja }}", b"Pokja {{ kelompok_kerja }}")
    changes = found(sheet, engine, office, directory=folder)
    assert set(beneath(changes)) == {("templat", "blok/ketua_pokja.docx")}
    assert papers(changes) == {"01-pengumuman-tender.docx", "09-pengumuman-pemenang.docx"}


def test_a_block_and_a_template_that_no_paper_uses_do_not_matter(
    engine: Engine, office: Office, tmp_path: Path
) -> None:
    folder = templates(tmp_path)
    sheet = signed(engine, office, directory=folder)
    (folder / "blok" / "para_pihak(penyedia, pejabat).docx").unlink()
    (folder / "bast.docx").unlink()
    assert found(sheet, engine, office, directory=folder) == []


def test_a_changed_declaration_of_a_paper_is_named(tmp_path: Path) -> None:
    """By the command in a copy of the program: declarations are those of the installation."""
    for name in ("pbj_rules", "rules", "doc_templates"):
        shutil.copytree(HOME / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "kasus.json").write_text(json.dumps(CASE, default=str, ensure_ascii=False), encoding="utf-8")

    def pbj(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pbj_rules.cli.main", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert pbj("review", "kasus.json", "--out", "tinjauan").returncode == 0
    assert pbj("review", "--verify", "--out", "tinjauan").returncode == 0
    file = tmp_path / "doc_templates" / "isian" / "bapp.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# lain\n", encoding="utf-8")
    done = pbj("review", "--verify", "--out", "tinjauan")
    assert done.returncode == 1
    (line,) = [row for row in done.stdout.splitlines() if row.startswith(("templat", "aturan", "fakta", "naskah"))]
    assert line.split() == ["templat", "isian/bapp.yaml", "berubah"]


# The office.

OFFICES: dict[str, tuple[Callable[[Office], Office], dict[tuple[str, str], tuple[str | None, str | None]]]] = {
    "an official": (
        lambda office: evolve(
            office,
            officials={
                **office.officials,
                "kepala_ukpbj": {**office.officials["kepala_ukpbj"], "jabatan": "Plt. Kepala Bagian"},
            },
        ),
        {
            ("profil", "pejabat.kepala_ukpbj.jabatan"): (
                '"Kepala Bagian Pengadaan Barang dan Jasa"',
                '"Plt. Kepala Bagian"',
            )
        },
    ),
    "the letterhead": (
        lambda office: evolve(office, letterhead=evolve(office.letterhead, name="BAGIAN LAIN")),
        {("profil", "kop.nama"): ('"BAGIAN PENGADAAN BARANG DAN JASA"', '"BAGIAN LAIN"')},
    ),
    "a margin": (
        lambda office: evolve(office, page=evolve(office.page, left=30)),
        {("profil", "halaman.tepi_mm.kiri"): ("25", "30")},
    ),
    "where the profile lies": (lambda office: evolve(office, file="/lain/profil.yaml"), {}),
}


@pytest.mark.parametrize(("change", "expected"), OFFICES.values(), ids=OFFICES)
def test_a_changed_part_of_the_profile_is_named_as_its_file_has_it(
    change: Callable[[Office], Office],
    expected: dict[tuple[str, str], tuple[str | None, str | None]],
    engine: Engine,
    office: Office,
) -> None:
    assert beneath(found(signed(engine, office), engine, change(office))) == expected


def test_a_changed_emblem_is_named(engine: Engine, office: Office) -> None:
    assert office.logo is not None
    other = evolve(office, logo=office.logo + b"\0")
    changes = found(signed(engine, office), engine, other)
    assert set(beneath(changes)) == {("profil", "logo")}
    assert len(papers(changes)) == 10
    assert set(beneath(found(signed(engine, office), engine, evolve(office, logo=None)))) == {("profil", "logo")}
