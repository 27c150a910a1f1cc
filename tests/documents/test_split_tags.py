"""Tags as Word stores them, in pieces or beside other things: mended, or said where something would be lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pbj_rules.documents import check_templates
from pbj_rules.documents.templates.compiled import compile_template
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.errors import Problem
from tests.documents.reading_word import W
from tests.documents.writing_word import BOLD, cell, line, row, run, table, with_footer, word_file

ITALIC = "<w:rPr><w:i/></w:rPr>"
VALUES = {"nama_paket": "Gedung", "jenis_paket": "jasa-lainnya", "pokja": [{"nama": "Satu"}, {"nama": "Dua"}]}
PICTURE = "<w:r><w:drawing/></w:r>"


def findings(folder: Path, body: str) -> list[Problem]:
    """What is found in a body, but for what the paper should say besides."""
    parts, section = with_footer("{{ kode_verifikasi }}")
    problems = check_templates(word_file(folder / "bapp.docx", body, parts, section))
    return [problem for problem in problems if "dideklarasikan" not in problem.message]


def printed(folder: Path, body: str) -> list[list[tuple[str, str]]]:
    """The paragraphs of a rendered body: each run that says something, with its format."""
    page = compile_template(word_file(folder / "uji.docx", body)).render(VALUES)["word/document.xml"]
    return [
        [(text, _format(node)) for node in paragraph.iter(f"{W}r") if (text := _text(node))]
        for paragraph in etree.fromstring(page).iter(f"{W}p")
    ]


def _text(node: Any) -> str:
    return "".join(part.text or "" for part in node.iter(f"{W}t"))


def _format(node: Any) -> str:
    return "".join(item.tag.removeprefix(W) for item in node.iterfind(f"{W}rPr/*"))


@pytest.mark.parametrize(
    "runs",
    [
        [run("{{ nama_"), run("paket }} akhir")],
        [run("{"), run("{ nama_paket }"), run("} akhir")],
        [run("{{ nama_"), run("paket }}", '<w:rPr><w:lang w:val="id-ID"/><w:noProof/></w:rPr>'), run(" akhir")],
        [run("{{ nama_"), '<w:proofErr w:type="spellStart"/>', run("paket"), run(" }} akhir")],
        [run("{{"), "<w:r><w:tab/></w:r>", run("nama_paket }} akhir")],
        [run("{{ nama_paket"), "<w:r><w:br/></w:r>", run("}} akhir")],
    ],
)
def test_a_tag_that_word_split_without_a_trace_is_read_as_it_was_typed(runs: list[str], tmp_path: Path) -> None:
    assert findings(tmp_path, line("".join(runs))) == []
    ((*words,),) = printed(tmp_path, line("".join(runs)))
    assert "".join(text for text, _ in words) == "Gedung akhir"


def test_text_behind_a_split_tag_keeps_its_format(tmp_path: Path) -> None:
    body = line(run("{% if nama_paket %}awal {% end"), run("if %} tebal", BOLD))
    assert findings(tmp_path, body) == []
    assert printed(tmp_path, body) == [[("awal ", ""), (" tebal", "b")]]


def test_a_hyphen_that_word_keeps_apart_is_one_in_a_condition(tmp_path: Path) -> None:
    hyphen = "<w:r><w:t>jasa</w:t><w:noBreakHyphen/><w:t>lainnya' else 'tidak' }}</w:t></w:r>"
    body = line(run("{{ 'sama' if jenis_paket == '"), hyphen)
    assert findings(tmp_path, body) == []
    assert printed(tmp_path, body) == [[("sama", "")]]


def test_a_link_around_half_a_tag_does_not_break_the_page(tmp_path: Path) -> None:
    body = line(run("{{ nama_"), f"<w:hyperlink>{run('paket }} tautan')}</w:hyperlink>")
    assert findings(tmp_path, body) == []
    assert printed(tmp_path, body) == [[("Gedung", ""), (" tautan", "")]]


@pytest.mark.parametrize(
    ("runs", "printed_as"),
    [
        ([run("{{ "), run("nama_paket", BOLD), run(" }}")], ""),
        ([run("{{ nama_", ITALIC), run("paket }}", BOLD)], "i"),
    ],
)
def test_a_value_in_two_formats_is_found_for_only_the_first_is_printed(
    runs: list[str], printed_as: str, tmp_path: Path
) -> None:
    (problem,) = findings(tmp_path, line(*runs))
    assert "tanda `{{ nama_paket }}` ditulis dalam beberapa format" in problem.message
    assert problem.path == "alinea “{{ nama_paket }}”"
    assert problem.remedy == "ketik ulang tanda itu sekaligus, dalam satu format"
    assert printed(tmp_path, line(*runs)) == [[("Gedung", printed_as)]]


def test_the_format_of_a_tag_that_prints_nothing_does_not_matter(tmp_path: Path) -> None:
    opening = line(run("{%p if "), run("nama_paket %}", BOLD))
    assert findings(tmp_path, opening + line("isi") + line("{%p endif %}")) == []


def test_a_picture_inside_a_tag_is_found(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, line(run("{{ nama_"), PICTURE, run("paket }}")))
    assert "gambar di dalam tanda `{{ nama_paket }}` akan bergeser" in problem.message


def test_a_tag_over_two_paragraphs_is_found_in_both_and_not_rendered(tmp_path: Path) -> None:
    body = line("Awal {{ nama_") + line("paket }} akhir")
    assert [problem.path for problem in findings(tmp_path, body)] == [
        "alinea “Awal {{ nama_”",
        "alinea “paket }} akhir”",
    ]
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(word_file(tmp_path / "uji.docx", body))
    assert fault.value.place == "alinea “Awal {{ nama_”"


@pytest.mark.parametrize(
    ("first", "lost"),
    [
        (line("{%p if nama_paket %} teks"), "teks di samping tanda `{%p if nama_paket %}` akan hilang: “teks”"),
        (line("{%p if nama_paket %}{{ nomor }}"), "akan hilang: “{{ nomor }}”"),
        (line("{%p if nama_paket %}{# catatan #}"), "akan hilang: “{# catatan #}”"),
        (line("{%p if nama_paket %}", PICTURE), "gambar di samping tanda `{%p if nama_paket %}` akan hilang"),
        (
            line("{%p if nama_paket %}").replace("<w:p>", "<w:p><w:pPr><w:sectPr/></w:pPr>"),
            "pemisah bagian di samping tanda",
        ),
        (line("{%p if nama_paket %}", '<w:r><w:br w:type="page"/></w:r>'), "pindah halaman di samping tanda"),
    ],
)
def test_what_vanishes_with_the_paragraph_of_a_tag_is_found(first: str, lost: str, tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, first + line("isi") + line("{%p endif %}"))
    assert lost in problem.message
    assert problem.path.startswith("alinea “{%p if nama_paket %}")


def test_two_tags_for_paragraphs_in_one_paragraph_are_found(tmp_path: Path) -> None:
    body = line("{%p if nama_paket %}{%p if nomor %}") + line("isi") + line("{%p endif %}") + line("{%p endif %}")
    messages = [problem.message for problem in findings(tmp_path, body)]
    assert "teks di samping tanda `{%p if nama_paket %}` akan hilang: “{%p if nomor %}”" in messages


def test_text_in_another_cell_of_the_row_of_a_tag_is_found(tmp_path: Path) -> None:
    body = table(row("a", "b"), row("{%tr if nama_paket %}", "hilang"), row("c", "d"), row("{%tr endif %}", ""))
    (problem,) = findings(tmp_path, body)
    assert problem.path == "tabel 1, baris 2, sel 1, alinea “{%tr if nama_paket %}”"
    assert "akan hilang: “hilang”" in problem.message
    assert "hilang" not in str(printed(tmp_path, body))


def test_a_tag_for_rows_outside_a_table_is_found(tmp_path: Path) -> None:
    body = line("{%tr if nama_paket %}") + line("isi") + line("{%tr endif %}")
    assert "di luar tabel" in findings(tmp_path, body)[0].message


def test_a_row_of_a_tag_with_a_table_in_it_is_found(tmp_path: Path) -> None:
    body = table(row("{%tr if nama_paket %}", cell(table(row("x", "y")), "")), row("{%tr endif %}", ""))
    assert "memuat tabel lain" in findings(tmp_path, body)[0].message


@pytest.mark.parametrize(
    ("body", "message", "place"),
    [
        (
            table(row("a {% if nama_paket %}", "b"), row("c {% endif %}", "d")),
            "`if`/`for` mulai di satu baris tabel dan berakhir di yang lain",
            "tabel 1, baris 1, sel 1, alinea “a {% if nama_paket %}”",
        ),
        (
            line("a {% if nama_paket %}") + line("b") + line("c {% endif %}"),
            "`if`/`for` mulai di satu alinea dan berakhir di yang lain",
            "alinea “a {% if nama_paket %}”",
        ),
        (
            line("{%p if nama_paket %}") + table(row("a", "{%p endif %}")),
            "`if`/`for` memotong",
            "alinea “{%p if nama_paket %}”",
        ),
        (
            line("a {% if nama_paket %}") + line("b"),
            "`if` tidak ditutup dengan `endif`",
            "alinea “a {% if nama_paket %}”",
        ),
        (line("a") + line("b {% endfor %}"), "`endfor` tanpa `for` yang ditutupnya", "alinea “b {% endfor %}”"),
        (line("{% else %}"), "`else` di luar `if` dan `for`", "alinea “{% else %}”"),
    ],
)
def test_a_branch_that_cuts_the_page_is_found_where_it_begins(
    body: str, message: str, place: str, tmp_path: Path
) -> None:
    problem = findings(tmp_path, body)[0]
    assert message in problem.message
    assert problem.path == place


def test_tracked_changes_are_found_for_they_would_show_on_the_paper(tmp_path: Path) -> None:
    body = line("awal") + line(run("lama "), f"<w:ins>{run('baru')}</w:ins>")
    (problem,) = findings(tmp_path, body)
    assert "perubahan terlacak" in problem.message
    assert problem.path == "alinea “lama baru”"


def test_a_tag_in_a_footnote_is_found_for_nothing_fills_it_in(tmp_path: Path) -> None:
    parts, section = with_footer("{{ kode_verifikasi }}")
    note = f'<w:footnotes xmlns:w="{W[1:-1]}">{line("lihat {{ nomor }}")}</w:footnotes>'.encode()
    path = word_file(tmp_path / "bapp.docx", line("isi"), {**parts, "word/footnotes.xml": note}, section)
    (problem,) = [problem for problem in check_templates(path) if "dideklarasikan" not in problem.message]
    assert problem.path == "catatan kaki, alinea “lihat {{ nomor }}”"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ nomor | rupia }}", "penyaring `rupia` tidak diizinkan dalam templat; mungkin maksudnya `rupiah`"),
        ("{{ nomor tanggal }}", "`tanggal` tidak pada tempatnya; lupa `|`, `==`, atau tanda petik?"),
        ("{{ }}", "tanda tanpa isi"),
        ("{% jika nomor %}", "tanda `jika` tidak dikenal"),
        ("{{ 'nomor }}", "tanda petik harus berpasangan"),
        ("{{ (nomor }}", "ada `}` di tempat `)`"),
        ("{% for a b in pokja %}{% endfor %}", "ada `b` di tempat `in`"),
        ("{{r nomor }}", "tanda `{{r … }}` tidak dipakai"),
    ],
)
def test_what_is_wrong_with_a_tag_is_said_in_indonesian(tag: str, said: str, tmp_path: Path) -> None:
    assert said in findings(tmp_path, line(f"Di sini {tag}"))[0].message


def test_several_wrong_tags_are_found_at_once(tmp_path: Path) -> None:
    body = line("{{ nomor | rupia }}") + line("{{ nomor }}") + line("{{ nomor tanggal }}")
    assert len(findings(tmp_path, body)) == 2
