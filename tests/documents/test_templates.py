"""Faulty templates: found by linting, and never rendered into something that only looks right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pbj_rules.documents import check_templates
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.places import template_files
from pbj_rules.documents.templates.compiled import compile_template
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.documents.word.packing import pack, unpack
from tests.documents.writing_word import line, word_file

PLACE = "bertempat di {{ tempat }}"


def changed(folder: Path, old: str, new: str, paper: str = "bapp") -> Path:
    """The shipped template of a paper with one piece of its text replaced."""
    parts = unpack(template_files()[paper])
    document = parts["word/document.xml"].decode("utf-8")
    assert old in document
    parts["word/document.xml"] = document.replace(old, new, 1).encode("utf-8")
    path = folder / f"{paper}.docx"
    path.write_bytes(pack(parts))
    return path


def test_the_shipped_templates_have_no_fault() -> None:
    assert check_templates() == []


@pytest.mark.parametrize(
    ("new", "message", "remedy"),
    [
        ("bertempat di {{ tempatt }}", "`tempatt` tidak dikenal", "mungkin maksudnya `tempat`"),
        ("bertempat di {{ tempat }} {{ ppk.nipp }}", "`ppk.nipp` tidak dikenal", "mungkin maksudnya `nip`"),
        ("bertempat di {{ tempat | rupia }}", "tanda templat salah", ""),
        ("bertempat di {{ tempat", "tanda templat salah", ""),
        ("bertempat di {tempat} {{ tempat }}", "kurung kurawal yang bukan tanda templat", ""),
        ("bertempat di {{ tempat }} {{ tanggal }}", "tanggal dicetak tanpa bentuk", ""),
        ("bertempat di {{ tempat }} {{ pagu }}", "jumlah uang dicetak tanpa", ""),
        ("bertempat di {{ tempat }} {{ ppk }}", "`ppk` tidak dapat dicetak langsung", ""),
        ("bertempat di {{ tempat | safe }}", "penyaring `safe` tidak diizinkan", ""),
        ("bertempat di {{ tempat }} {{ 'a &amp; b' }}", "memuat &amp;, &lt;, atau &gt;", ""),
        ("bertempat di {{ tempat }} {% set x = 1 %}", "tanda `assign` tidak dipakai", ""),
        ("bertempat di {{ tempat }} {# perlu dicek #}", "catatan `{# perlu dicek #}` tidak akan tercetak", "hapus"),
        ("{%p if tempat %} bertempat di {{ tempat }}", "akan hilang", ""),
    ],
)
def test_a_fault_is_found_with_its_paragraph(new: str, message: str, remedy: str, tmp_path: Path) -> None:
    path = changed(tmp_path, PLACE, new)
    problems = check_templates(path)
    said = "\n".join(map(str, problems)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert message in said
    assert remedy.lower() in said.lower()
    assert "alinea “" in said
    assert all(problem.file == str(path) for problem in problems)


@pytest.mark.parametrize(
    ("paper", "old", "new", "name", "nearby"),
    [
        ("bapp", "keputusan.adendum == 'tanpa-perubahan'", "keputusan.adendum == 'tanpa-perubahn'",
         "keputusan.adendum", "tanpa-perubahan"),
        ("bapp", "keputusan.adendum == 'tanpa-perubahan'", "'tanpa-perubahn' != keputusan.adendum",
         "keputusan.adendum", "tanpa-perubahan"),
        ("bapp", "keputusan.adendum == 'tanpa-perubahan'", "keputusan.adendum in ['adendum', 'tanpa-perubahn']",
         "keputusan.adendum", "tanpa-perubahan"),
        ("bapp", "keputusan.adendum == 'tanpa-perubahan'", "(keputusan.adendum or keputusan.adendum) == 'adendm'",
         "keputusan.adendum", "adendum"),
        ("bapp", PLACE, PLACE + "{{ ' sini' if jenis_paket == 'kontruksi' else '' }}", "jenis_paket", "konstruksi"),
        ("bapp", PLACE, PLACE + "{{ ' sini' if jenis_pengadaan == 'barang' else '' }}", "jenis_pengadaan", "Barang"),
        ("adendum", "{%p if keputusan.persetujuan_adendum", "{%p if 'hps' in fakta.perubahan_dokumen and "
         "keputusan.persetujuan_adendum", "fakta.perubahan_dokumen", ""),
        ("pakta-integritas", "pihak == 'Peserta'", "pihak == 'peserta'", "pihak", "Peserta"),
    ],
)  # fmt: skip
def test_a_comparison_with_a_value_that_never_occurs_is_found(
    paper: str, old: str, new: str, name: str, nearby: str, tmp_path: Path
) -> None:
    (problem,) = check_templates(changed(tmp_path, old, new, paper))
    assert f"`{name}` tidak pernah bernilai" in problem.message
    assert problem.expected.startswith("salah satu dari `")
    assert f"`{nearby}`" in problem.expected or not nearby
    assert f"`{nearby}`" in problem.remedy or not nearby
    assert "alinea “" in problem.path


@pytest.mark.parametrize("condition", ["tempat == 'apa saja'", "(keputusan.adendum or tempat) == 'apa saja'"])
def test_a_comparison_of_a_name_that_may_hold_any_text_is_right(condition: str, tmp_path: Path) -> None:
    assert check_templates(changed(tmp_path, PLACE, PLACE + "{{ ' sini' if " + condition + " else '' }}")) == []


def test_a_loop_over_something_that_is_no_list_is_found(tmp_path: Path) -> None:
    changed(tmp_path, "for tanya in tanya_jawab", "for tanya in ppk")
    assert any("`ppk` bukan daftar" in problem.message for problem in check_templates(tmp_path))


def test_a_declared_entry_that_no_template_reads_is_found(tmp_path: Path) -> None:
    changed(tmp_path, PLACE, "bertempat di kantor")
    problem = check_templates(tmp_path)[0]
    assert problem.path == "isian.tempat"
    assert "tidak dipakai bapp.docx" in problem.message


def test_a_declared_entry_of_an_extra_paper_that_its_template_does_not_read_is_found(tmp_path: Path) -> None:
    extra = next(paper for paper, declared in load_contract().papers.items() if declared.extra)
    path = word_file(tmp_path / f"{extra}.docx", line("{{ nomor }} {{ kode_verifikasi }}"))
    unused = [problem for problem in check_templates(path) if f"tidak dipakai {extra}.docx" in problem.message]
    assert any(problem.path.startswith("isian.") for problem in unused)


def own_contract(folder: Path, old: str, new: str) -> Path:
    """A folder with the shipped contract, but for one piece of what it declares for `bapp`."""
    home = Path(load_contract().file).parent
    shutil.copytree(home / "isian", folder / "isian")
    shutil.copy(home / "isian.yaml", folder)
    file = folder / "isian" / "bapp.yaml"
    declared = file.read_text(encoding="utf-8")
    assert old in declared
    file.write_text(declared.replace(old, new, 1), encoding="utf-8")
    return file


def test_a_template_is_checked_by_the_contract_of_its_own_folder(tmp_path: Path) -> None:
    template = changed(tmp_path, PLACE, "bertempat di {{ ruang_rapat }}")
    assert any("`ruang_rapat` tidak dikenal" in problem.message for problem in check_templates(tmp_path))
    own_contract(tmp_path, "  tempat:", "  ruang_rapat:")
    assert check_templates(tmp_path) == []
    assert check_templates(template) == []


def test_what_a_template_does_not_read_is_reported_against_the_contract_of_its_own_folder(tmp_path: Path) -> None:
    template = changed(tmp_path, PLACE, PLACE)
    file = own_contract(tmp_path, "isian:\n", "isian:\n  ruang_rapat: {judul: ruang, tipe: teks}\n")
    (problem,) = check_templates(template)
    assert (problem.path, problem.file) == ("isian.ruang_rapat", str(file))


def test_a_template_without_a_declaration_is_found(tmp_path: Path) -> None:
    changed(tmp_path, PLACE, PLACE).rename(tmp_path / "bappp.docx")
    assert "tidak dideklarasikan" in check_templates(tmp_path)[0].message


@pytest.mark.parametrize("data", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_word_file_is_found(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bapp.docx").write_bytes(data)
    assert "bukan berkas Word" in check_templates(tmp_path)[0].message


def test_lock_files_of_word_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "~$bapp.docx").write_bytes(b"kunci")
    assert check_templates(tmp_path) == []


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("{{ tidak_ada }}", "`tidak_ada` tidak dikenal"),
        ("{{ ppk.tidak_ada }}", "`tidak_ada` tidak dikenal"),
        ("{{ kosong }}", "nilai kosong (None) dicetak"),
        ("{{ hari }}", "tanggal dicetak tanpa bentuk"),
        ("{{ benar }}", "nilai ya/tidak dicetak tanpa"),
        ("{{ ppk }}", "tidak dapat dicetak langsung"),
        ("{{ ppk.__class__ }}", "__class__"),
        ("{{ ppk.update({'a': 1}) }}", "pemanggilan fungsi tidak diizinkan"),
    ],
)
def test_a_template_that_prints_what_it_must_not_fails_at_its_paragraph(new: str, message: str, tmp_path: Path) -> None:
    from datetime import date

    path = word_file(tmp_path / "uji.docx", line("Awal") + line(f"Di sini {new}"))
    values = {"ppk": {"nama": "x"}, "kosong": None, "hari": date(2020, 1, 1), "benar": True}
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(path).render(values)
    assert message in fault.value.message
    assert "alinea “Di sini" in fault.value.place


def test_a_template_is_read_again_when_its_file_changes(tmp_path: Path) -> None:
    path = changed(tmp_path, PLACE, "bertempat di sana")
    first = compile_template(path)
    assert compile_template(path) is first
    changed(tmp_path, PLACE, "bertempat di sana-sini")
    assert compile_template(path) is not first


def test_quotes_that_an_editor_wrote_as_entities_are_read_as_quotes(tmp_path: Path) -> None:
    path = changed(tmp_path, "== 'tanpa-perubahan'", "== &apos;tanpa-perubahan&apos;")
    assert check_templates(path) == []
    compile_template(path)
