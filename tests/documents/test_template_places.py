"""A finding names the place as a person finds it in Word: table, row, cell, header or footer, block, paragraph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents import check_templates
from pbj_rules.documents.compiled import compile_template
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.places import template_files
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.resources import BLOCKS, templates_directory
from tests.documents.writing_word import KIND, MAIN, cell, line, relations, row, table, types, with_footer, word_file

WRONG = "{{ salah_ketik }}"
# How the letter about accounts is signed.
SIGNED = "{{p tanda_tangan(pengesah) }}"


def places(path: Path) -> list[str]:
    """The places of the findings about the misspelt field."""
    return [problem.path for problem in check_templates(path) if "salah_ketik" in problem.message]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (line("Awal") + line(f"Di sini {WRONG}"), f"alinea “Di sini {WRONG}”"),
        (
            table(row("a", "b")) + table(row("x", "y"), row("x", "y"), row(WRONG, "y")),
            f"tabel 2, baris 3, sel 1, alinea “{WRONG}”",
        ),
        (
            table(row("{%tr for a in pokja %}", ""), row("a", cell("b", WRONG)), row("{%tr endfor %}", "")),
            f"tabel 1, baris 2, sel 2, alinea “{WRONG}”",
        ),
        (
            table(row("judul", ""), row("", "{%tr if salah_ketik %}"), row("a", "b"), row("{%tr endif %}", "")),
            "tabel 1, baris 2, sel 2, alinea “{%tr if salah_ketik %}”",
        ),
        (
            table(row("a", cell(table(row("b", "c"), row("d", WRONG)), "akhir")), row("e", "f")),
            f"tabel 1, baris 1, sel 2, tabel 1 di dalamnya, baris 2, sel 2, alinea “{WRONG}”",
        ),
        (
            table(row("a", cell(table(row("b", "c")), WRONG))),
            f"tabel 1, baris 1, sel 2, alinea “{WRONG}”",
        ),
        (
            line("{%p if salah_ketik %}") + line("isi") + line("{%p endif %}"),
            "alinea “{%p if salah_ketik %}”",
        ),
        (line("x" * 200 + WRONG), f"alinea “{'x' * 100}…”"),
        (
            f"<w:p><w:r><w:pict><w:txbxContent>{line(WRONG)}</w:txbxContent></w:pict></w:r></w:p>",
            f"kotak teks, alinea “{WRONG}”",
        ),
    ],
)
def test_a_finding_in_the_body_names_its_place(body: str, place: str, tmp_path: Path) -> None:
    assert places(word_file(tmp_path / "bapp.docx", body)) == [place]


def test_a_finding_in_a_footer_says_so(tmp_path: Path) -> None:
    parts, section = with_footer(table(row("a", WRONG)))
    path = word_file(tmp_path / "bapp.docx", line("isi"), parts, section)
    assert places(path) == [f"kaki halaman, tabel 1, baris 1, sel 2, alinea “{WRONG}”"]


def test_headers_are_told_apart_as_word_does(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{MAIN}">{line(WRONG)}</w:hdr>'.encode()
    overrides = "".join(f'<Override PartName="/word/header{n}.xml" ContentType="{KIND}.header+xml"/>' for n in (1, 2))
    parts = {
        "word/header1.xml": header,
        "word/header2.xml": header,
        "word/_rels/document.xml.rels": relations(("rId1", "header", "header1.xml"), ("rId2", "header", "header2.xml")),
        "[Content_Types].xml": types(overrides),
    }
    section = '<w:headerReference w:type="first" r:id="rId1"/><w:headerReference w:type="even" r:id="rId2"/>'
    path = word_file(tmp_path / "bapp.docx", line("isi"), parts, section)
    assert places(path) == [f"kepala halaman {which}, alinea “{WRONG}”" for which in ("pertama", "genap")]


def test_a_value_that_fails_when_it_is_printed_is_found_in_its_cell(tmp_path: Path) -> None:
    body = table(row("{%tr for satu in daftar %}", ""), row("a", "{{ satu.nama }}"), row("{%tr endfor %}", ""))
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(word_file(tmp_path / "uji.docx", body)).render({"daftar": [{"nama": None}]})
    assert fault.value.place == "tabel 1, baris 2, sel 2, alinea “{{ satu.nama }}”"
    assert "nilai kosong" in fault.value.message


def test_a_template_that_docxtpl_renders_fails_at_its_paragraph_too(tmp_path: Path) -> None:
    path = word_file(tmp_path / "uji.docx", line("Awal {{ daftar | first | list }}") + line("akhir"))
    assert compile_template(path).whole is not None
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(path).render({"daftar": ["satu"]})
    assert fault.value.place == "alinea “Awal {{ daftar | first | list }}”"


PAPERS = ("bapp", "ba-pembuktian", "bast", "sppbj", "surat-info-akun")
USED = ("kaki", "kop", "tanda_tangan_peserta", "tanda_tangan_pokja", "tembusan")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of some shipped templates, with the blocks that they use."""
    folder = tmp_path / "templat"
    (folder / BLOCKS).mkdir(parents=True)
    for path in (templates_directory() / BLOCKS).glob("*.docx"):
        if path.stem in USED or path.name.startswith(("para_pihak(", "tanda_tangan(")):
            shutil.copy(path, folder / BLOCKS / path.name)
    for paper in PAPERS:
        shutil.copy(template_files()[paper], folder / f"{paper}.docx")
    assert check_templates(folder) == []
    return folder


def retype(path: Path, old: str, new: str) -> None:
    """Replaces a piece of the text of a Word file."""
    parts = unpack(path)
    page = parts["word/document.xml"].decode()
    assert old in page
    path.write_bytes(pack({**parts, "word/document.xml": page.replace(old, new, 1).encode()}))


def test_a_misspelt_field_of_a_block_is_reported_once_for_the_block(shipped: Path) -> None:
    block = shipped / BLOCKS / "kop.docx"
    retype(block, "{{ kop.nama }}", "{{ kop.namaa }}")
    (problem,) = check_templates(shipped)
    assert problem.file == str(block)
    assert problem.path == "tabel 1, baris 1, sel 2, alinea “{{ kop.namaa }}”"
    assert problem.message == "`kop.namaa` tidak dikenal"
    assert problem.remedy == "mungkin maksudnya `nama`"


def test_a_misspelt_part_of_what_a_block_is_given_is_said_in_the_words_of_the_block(shipped: Path) -> None:
    block = shipped / BLOCKS / "tanda_tangan(pejabat).docx"
    retype(block, "{{ pejabat.jabatan }}", "{{ pejabat.jabatann }}")
    (problem,) = check_templates(shipped)
    assert problem.file == str(block)
    assert problem.message == "`pejabat.jabatann` tidak dikenal"


def test_a_tag_that_does_not_parse_in_a_block_is_reported_once_for_the_block(shipped: Path) -> None:
    block = shipped / BLOCKS / "kaki.docx"
    retype(block, "{{ kode_verifikasi }}", "{{ kode_verifikasi | }}")
    (problem,) = check_templates(shipped)
    assert problem.file == str(block)
    assert "tanda templat salah" in problem.message


def test_a_block_that_is_no_word_file_is_reported_once_and_stops_only_papers_that_use_it(shipped: Path) -> None:
    block = shipped / BLOCKS / "tanda_tangan_peserta.docx"
    block.write_bytes(b"rusak")
    (problem,) = check_templates(shipped)
    assert problem.file == str(block)
    assert "bukan berkas Word" in problem.message
    compile_template(shipped / "bast.docx")
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(shipped / "ba-pembuktian.docx")
    assert fault.value.place == "blok tanda_tangan_peserta.docx"


def test_a_name_that_only_some_papers_know_is_reported_with_those_that_do_not(shipped: Path) -> None:
    retype(shipped / BLOCKS / "kop.docx", "{{ kop.nama }}", "{{ kop.nama }} {{ tempat }}")
    problems = [problem for problem in check_templates(shipped) if problem.file == str(shipped / BLOCKS / "kop.docx")]
    assert [problem.path for problem in problems] == ["tabel 1, baris 1, sel 2, alinea “{{ kop.nama }} {{ tempat }}”"]
    assert "(dalam naskah " in problems[0].message
    assert "sppbj" in problems[0].message
    assert "bapp" not in problems[0].message


def test_a_block_that_is_given_the_wrong_thing_is_a_fault_of_the_template(shipped: Path) -> None:
    path = shipped / "surat-info-akun.docx"
    retype(path, SIGNED, "{{p tanda_tangan(nomor) }}")
    problems = check_templates(shipped)
    assert {problem.file for problem in problems} == {str(path)}
    assert problems[0].path == "alinea “{{p tanda_tangan(nomor) }}”"
    assert problems[0].message == "`nomor.jabatan` tidak dikenal, padahal blok `tanda_tangan` memakai `pejabat.jabatan`"


def test_a_misspelt_official_of_a_block_is_a_fault_of_the_template(shipped: Path) -> None:
    retype(shipped / "surat-info-akun.docx", SIGNED, "{{p tanda_tangan(ppkk) }}")
    problems = check_templates(shipped / "surat-info-akun.docx")
    assert {problem.file for problem in problems} == {str(shipped / "surat-info-akun.docx")}
    assert "`ppkk` tidak dikenal, padahal blok `tanda_tangan` memakai `pejabat`" in problems[0].message
    assert problems[0].remedy == "mungkin maksudnya `ppk`"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("{{p tanda_tagan(ppk) }}", "blok `tanda_tagan` tidak ada; mungkin maksudnya `tanda_tangan`"),
        ("{{p tanda_tangan }}", "blok `tanda_tangan` ditulis `{{p tanda_tangan(pejabat) }}`"),
        ("{{p tanda_tangan(ppk, kpa) }}", "blok `tanda_tangan` ditulis `{{p tanda_tangan(pejabat) }}`"),
        ("{{p tanda_tangan(ppk | upper) }}", "bukan nama blok"),
        ("Hormat kami {{p tanda_tangan(ppk) }}", "teks di samping blok `{{p tanda_tangan(ppk) }}`"),
    ],
)
def test_a_block_that_is_called_wrongly_is_found_at_its_paragraph(call: str, message: str, shipped: Path) -> None:
    retype(shipped / "surat-info-akun.docx", SIGNED, call)
    problems = check_templates(shipped / "surat-info-akun.docx")
    assert message in problems[0].message
    assert problems[0].path == f"alinea “{call}”"
    with pytest.raises(TemplateFaultError):
        compile_template(shipped / "surat-info-akun.docx")


def test_a_block_that_nothing_uses_is_found(shipped: Path) -> None:
    word_file(shipped / BLOCKS / "lama.docx", line("{{ kantor.nama }}"))
    (problem,) = check_templates(shipped)
    assert problem.message == "blok `lama` tidak dipakai naskah mana pun"
    assert problem.file == str(shipped / BLOCKS / "lama.docx")


def test_a_parameter_that_its_block_does_not_use_is_found(shipped: Path) -> None:
    word_file(shipped / BLOCKS / "salam(pejabat, siapa).docx", line("Kepada {{ siapa.nama }}"))
    retype(shipped / "surat-info-akun.docx", SIGNED, "{{p salam(ppk, kpa) }}")
    assert "blok `salam` tidak memakai `pejabat`" in [problem.message for problem in check_templates(shipped)]


def test_blocks_that_contain_each_other_are_found(shipped: Path) -> None:
    word_file(shipped / BLOCKS / "satu.docx", line("{{p dua }}"))
    word_file(shipped / BLOCKS / "dua.docx", line("{{p satu }}"))
    retype(shipped / "surat-info-akun.docx", SIGNED, "{{p satu }}")
    messages = [problem.message for problem in check_templates(shipped / "surat-info-akun.docx")]
    assert "blok `satu` memuat dirinya sendiri melalui blok `dua`" in messages
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(shipped / "surat-info-akun.docx")
    assert "bersarang terlalu dalam" in fault.value.message


def test_a_block_whose_tag_word_has_split_still_gets_what_it_is_given(shipped: Path) -> None:
    block = shipped / BLOCKS / "tanda_tangan(pejabat).docx"
    retype(block, "{{ pejabat.jabatan }}", "{{ peja</w:t></w:r><w:r><w:t>bat.jabatan }}")
    assert check_templates(shipped) == []


def test_a_paper_without_a_verification_code_is_found(tmp_path: Path) -> None:
    problems = check_templates(word_file(tmp_path / "bapp.docx", line("{{ nomor }}")))
    assert "kode verifikasi tidak dicetak di halaman" in [problem.message for problem in problems]
    parts, section = with_footer("{{ kode_verifikasi }}")
    problems = check_templates(word_file(tmp_path / "bapp.docx", line("{{ nomor }}"), parts, section))
    assert "kode verifikasi tidak dicetak di halaman" not in [problem.message for problem in problems]


def test_a_block_can_be_checked_by_itself(shipped: Path) -> None:
    block = shipped / BLOCKS / "kop.docx"
    assert check_templates(block) == []
    retype(block, "{{ kop.nama }}", "{{ kop.namaa }}")
    retype(shipped / "surat-info-akun.docx", "{{ nomor }}", "{{ nomorr }}")
    assert [problem.message for problem in check_templates(block)] == ["`kop.namaa` tidak dikenal"]


def test_a_changed_copy_of_a_shipped_block_is_checked_in_the_shipped_papers(tmp_path: Path) -> None:
    block = tmp_path / "tanda_tangan(pejabat).docx"
    shutil.copy(templates_directory() / BLOCKS / block.name, block)
    assert check_templates(block) == []
    retype(block, "{{ pejabat.nama }}", "{{ pejabat.namaa }}")
    assert [(problem.file, problem.message) for problem in check_templates(block)] == [
        (str(block), "`pejabat.namaa` tidak dikenal")
    ]
    copy = tmp_path / "kop.docx"
    shutil.copy(templates_directory() / BLOCKS / "kop.docx", copy)
    retype(copy, "{{ kop.nama }}", "{{ kop.nama }} {{ tempat }}")
    (problem,) = check_templates(copy)
    assert "naskah, antara lain " in problem.message


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert check_templates(tmp_path / "tidak-ada.docx")[0].message == "berkas tidak ada"


def test_the_command_checks_a_folder_of_templates_and_one_of_blocks(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(shipped)]) == 0
    retype(shipped / BLOCKS / "kop.docx", "{{ kop.nama }}", "{{ kop.namaa }}")
    for folder in (shipped, shipped / BLOCKS):
        assert main(["check", str(folder)]) == 2
        said = capsys.readouterr().err
        assert f"{shipped / BLOCKS / 'kop.docx'}: tabel 1, baris 1, sel 2, alinea “{{{{ kop.namaa }}}}”" in said
        assert "1 kesalahan" in said
