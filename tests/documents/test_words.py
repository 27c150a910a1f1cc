"""The words of a page: the fast reader of rendering and the careful one of verifying read the same."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from pbj_rules.documents import Office, verify_paper
from pbj_rules.documents.page_text import page_text
from pbj_rules.documents.places import template_files
from pbj_rules.documents.words import are_plain, marks_of, paragraphs_of, words_of
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.conftest import Render
from tests.documents.reading_word import parts_of

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice (soffice) is not installed"
)


def page(body: str, root: str = "document") -> str:
    return f"<w:{root} {NAMES}>{body}</w:{root}>"


def words(body: str) -> str:
    return words_of(page(body).encode()).words


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def text(of: str) -> str:
    return run(f'<w:t xml:space="preserve">{of}</w:t>')


def field(instruction: str, result: str, properties: str = "") -> str:
    sign = '<w:r>{}<w:fldChar w:fldCharType="{}"/></w:r>'
    asked = run(f"{properties}<w:instrText> {instruction} </w:instrText>")
    signs = [sign.format(properties, kind) for kind in ("begin", "separate", "end")]
    return signs[0] + asked + signs[1] + run(f"{properties}<w:t>{result}</w:t>") + signs[2]


@pytest.mark.parametrize("name", CASES)
def test_both_readers_read_every_rendered_page_alike(name: str, render: Render, office: Office) -> None:
    papers = [
        *render(full_case(name)),
        *render(minimal_case(name)),
        *render(full_case(name), by=evolve(office, qr=True)),
    ]
    for paper in papers:
        for part in ("word/document.xml", "word/footer1.xml"):
            data = parts_of(paper.content)[part]
            assert page_text(data.decode()) == words_of(data)


def test_every_shipped_template_keeps_the_fast_reader() -> None:
    for file in template_files().values():
        parts = parts_of(file.read_bytes())
        assert are_plain(parts["word/document.xml"])


PLAIN = [
    "<w:br/>",
    '<w:br w:type="page"/>',
    "<w:tab/>",
    "<w:t>satu</w:t>",
    '<w:t xml:space="preserve"> &lt;dua&gt; &amp;amp; "tiga" </w:t>',
    "<w:t/>",
    "<w:rPr><w:b/></w:rPr><w:t>tebal</w:t>",
]
ODD = [
    "<w:t> satu </w:t>",
    '<w:t xml:space="default"> x </w:t>',
    "<w:t>a\tb</w:t>",
    "<w:cr/>",
    "<w:noBreakHyphen/>",
    '<w:br w:clear="all"/>',
    "<w:drawing><a:p><a:r><a:t>gambar</a:t></a:r></a:p></w:drawing>",
    "<w:rPr><w:vanish/></w:rPr><w:t>diam</w:t>",
    '<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>nyata</w:t>',
    '<w:sym w:font="Symbol" w:char="F0B7"/>',
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText>PAGE</w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>',
    "<!-- catatan -->",
]
COUNTERS = st.builds(field, st.sampled_from(["PAGE", "NUMPAGES", "PAGE \\* MERGEFORMAT"]), st.sampled_from(["1", "12"]))
FIELDS = st.builds(
    field,
    st.sampled_from(["PAGE", "page", "DATE", "PAGES"]),
    st.sampled_from(["1", "iv", "Rp1"]),
    st.sampled_from(["", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"]),
)
SIMPLE_FIELD = '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>'
TABS = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'


def pages(pieces: list[str], others: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Pages of paragraphs and tables of such pieces of runs, and of these others between runs."""
    runs = st.lists(st.sampled_from(pieces), max_size=4).map(lambda inner: run("".join(inner)))
    inline = st.lists(runs | others, max_size=5).map("".join)
    paragraphs = st.builds(lambda head, inner: f"<w:p>{head}{inner}</w:p>", st.sampled_from(["", TABS]), inline)
    blocks = st.lists(paragraphs | st.just("<w:p/>"), max_size=4).map("".join)
    cells = blocks.map(lambda inner: f"<w:tc><w:tcPr/>{inner}</w:tc><w:tc><w:p/></w:tc>")
    tables = cells.map(lambda inner: f"<w:tbl><w:tr><w:trPr/>{inner}</w:tr></w:tbl>")
    bodies = st.lists(blocks | tables, max_size=3).map("".join)
    return st.builds(page, bodies, st.sampled_from(["document", "hdr", "ftr"]))


@given(pages(PLAIN, COUNTERS))
def test_a_page_of_text_and_page_numbers_is_plain_and_both_read_it_alike(data: str) -> None:
    assert are_plain(data.encode())
    assert page_text(data) == words_of(data.encode())


@given(pages(PLAIN + ODD, COUNTERS | FIELDS | st.just(SIMPLE_FIELD)))
def test_whatever_is_called_plain_both_read_alike(data: str) -> None:
    if are_plain(data.encode()):
        assert page_text(data) == words_of(data.encode())


@pytest.mark.parametrize(
    "piece",
    [
        text("a") + field("DATE", "1 Mei"),
        text("a\tb"),
        run("<w:t> a</w:t>"),
        run("<w:cr/>"),
        run("<w:rPr><w:vanish/></w:rPr><w:t>a</w:t>"),
        field("PAGE", "1", "<w:rPr><w:vanish/></w:rPr>"),
        '<w:ins w:id="1"><w:r><w:t>a</w:t></w:r></w:ins>',
        run("<w:drawing><a:t>a</a:t></w:drawing>"),
        run('<w:pict><v:textpath string="DRAF"/></w:pict>'),
    ],
)
def test_a_page_with_more_than_text_is_left_to_the_careful_reader(piece: str) -> None:
    assert not are_plain(page(f"<w:p>{piece}</w:p>").encode())
    assert are_plain(page(f"<w:p>{text('a')}{field('PAGE', '1')}</w:p>").encode())


def test_a_page_number_is_none_of_the_words_but_its_place_is() -> None:
    assert words(field("PAGE", "1")) == words(field("PAGE \\* MERGEFORMAT", "27")) == words(field(" page ", "iv"))
    assert words(field("PAGE", "1")) != words("")
    assert words(field("PAGE", "1")) != words(field("NUMPAGES", "1"))
    assert words(field("PAGE", "Rp1")) != words(field("PAGE", "1"))
    simple = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    assert words(simple) == words(field("PAGE", "1"))


def test_another_field_counts_with_its_instruction_and_its_result() -> None:
    assert words(field("DATE", "1 Mei")) != words(field("DATE", "2 Mei"))
    assert words(field("DATE", "1 Mei")) != words(field("TIME", "1 Mei"))
    assert words(field("DATE", "1 Mei")) != words(text("1 Mei"))
    assert marks_of(words(field("DATE", "1 Mei") + field("PAGE", "1"))) == {"fldChar"}


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("ins", '<w:ins w:id="1"><w:r><w:t>a</w:t></w:r></w:ins>'),
        ("vanish", run("<w:rPr><w:vanish/></w:rPr><w:t>a</w:t>")),
        ("del", '<w:del w:id="1"><w:r><w:delText>b</w:delText></w:r></w:del><w:r><w:t>a</w:t></w:r>'),
        ("commentReference", run("<w:t>a</w:t><w:commentReference w:id='0'/>")),
        ("sym", run('<w:t>a</w:t><w:sym w:char="F0B7"/>')),
        ("drawn", run("<w:t>a</w:t><w:drawing><a:t>b</a:t></w:drawing>")),
        ("drawn", run('<w:t>a</w:t><w:pict><v:textpath string="b"/></w:pict>')),
    ],
)
def test_what_changes_what_is_seen_changes_the_words_and_is_named(name: str, piece: str) -> None:
    assert words(piece) != words(run("<w:t>a</w:t>"))
    assert name in marks_of(words(piece))


def test_what_older_programs_show_in_place_of_a_shape_is_not_read_twice() -> None:
    choice = f"<mc:Choice><w:txbxContent><w:p>{text('kotak')}</w:p></w:txbxContent></mc:Choice>"
    shape = f"<mc:AlternateContent>{choice}<mc:Fallback>{text('kotak')}</mc:Fallback></mc:AlternateContent>"
    assert words(run(shape)).count("kotak") == 1


def test_structure_counts_as_words_do() -> None:
    one, two = text("satu"), text("dua")
    assert words(f"<w:p>{one}{two}</w:p>") != words(f"<w:p>{one}</w:p><w:p>{two}</w:p>")
    assert words(f"<w:p>{text('satu&#10;dua')}</w:p>") == words(f"<w:p>{text('satu dua')}</w:p>")
    row = "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>"
    assert words(row.format(one, "")) != words(row.format("", one))


def test_words_can_be_shown_to_a_person() -> None:
    body = f"<w:p>{text('satu')}{run('<w:tab/>')}{text('dua')}{field('PAGE', '1')}</w:p><w:p/>"
    assert list(paragraphs_of(words(body))) == ["satu dua"]


@needs_libreoffice
def test_libreoffice_may_save_any_paper_and_its_words_stay(render: Render, office: Office, tmp_path: Path) -> None:
    """One paper of each kind, in one start."""
    papers = {paper.id: paper for name in CASES for paper in render(full_case(name), by=evolve(office, qr=True))}
    for paper in papers.values():
        (tmp_path / f"{paper.id}.docx").write_bytes(paper.content)
    saved = tmp_path / "disimpan"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to"]
    files = [str(file) for file in tmp_path.glob("*.docx")]
    subprocess.run([*command, "docx:MS Word 2007 XML", "--outdir", saved, *files], check=True, capture_output=True)
    assert {file.stem for file in saved.iterdir()} == set(papers)
    for file in saved.iterdir():
        found = verify_paper(file)
        assert (found.putusan, found.naskah) == ("tulisan-sama", file.stem)
        assert "LibreOffice" in found.alasan[0]
