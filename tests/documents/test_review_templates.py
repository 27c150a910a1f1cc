"""Review drafts of templates edited by hand: where comments and watermark stand, and that they go again."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pbj_rules import Engine
from pbj_rules.documents import Office, clean_copy
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.places import template_files
from pbj_rules.documents.review_marks import Notes
from pbj_rules.documents.review_parts import BODY, commented, first_number
from pbj_rules.documents.review_placing import placed
from tests.documents.cases import full_case, minimal_case
from tests.documents.reading_review import comments_of, reviewed
from tests.documents.reading_word import W, highlighted, parts_of, whole_text
from tests.documents.test_docxtpl import BOLD, ROW, SKELETON, TABLE, line, template_of
from tests.documents.test_validity import faults

DAY = date(2020, 4, 1)
CONTEXT: dict[str, Any] = {
    "keputusan": {"x": "ya", "y": "tidak", "kosong": None},
    "fakta": {"n": 3, "kata": "A & <B>\n\"C\"\t'D'", "hampa": "", "isi": ["satu", "dua"]},
    "daftar": [{"nama": "P"}, {"nama": "Q"}],
    "nama": "N",
}


def ordinary_and_draft(path: Path, context: dict[str, Any] = CONTEXT) -> tuple[bytes, bytes]:
    """The paper of a template, and its review draft with a comment for each anchor."""
    paper = (template := compile_template(path)).pack(template.render(context))
    parts = unpack(io.BytesIO(paper))
    review = compile_template(path, Look(review=True))
    assert review.whole is None
    notes = {part.name: Notes(part.sites, first_number(parts)) for part in review.parts}
    body = review.render(context, notes)[BODY].decode("utf-8")
    xml, anchors = placed(body, notes[BODY])
    parts[BODY] = xml.encode("utf-8")
    return paper, pack(commented(parts, [[anchor.words] for anchor in anchors], notes[BODY].first, DAY))


def commented_words(path: Path) -> list[str]:
    """The words under comments, but for the one on the title; the draft's clean copy is the paper."""
    paper, draft = ordinary_and_draft(path)
    assert clean_copy(draft) == paper
    assert whole_text(draft) == whole_text(paper)
    found = comments_of(draft)
    assert [one.text.replace(" ", "") for one in found] == [one.words.replace(" ", "") for one in found]
    return [one.text for one in found][1:]


TITLE = line("Judul")
IF, ELSE, END, OVER = (line(f"{{%p {tag} %}}") for tag in ("if keputusan.x == 'ya'", "else", "endif", "endfor"))
BODIES = {
    "a value": (line("Ada {{ fakta.n }} orang"), ["3"]),
    "a value in a bold run": (
        f"<w:p><w:r><w:t>Ada </w:t></w:r><w:r>{BOLD}<w:t>{{{{ fakta.n }}}}</w:t></w:r></w:p>",
        ["3"],
    ),
    "a value made of a decision": (line("{{ 'satu' if keputusan.x == 'ya' else 'dua' }}"), ["satu"]),
    "a value in a cell": (TABLE.format(ROW.format("{{ fakta.n }} orang")), ["3"]),
    "an item of a list of facts": (
        line("{%p for satu in fakta.isi %}") + line("- {{ satu }};") + OVER,
        ["satu", "dua"],
    ),
    "an inline choice": (line("Kata {% if keputusan.x == 'ya' %}iya{% else %}bukan{% endif %}."), ["iya"]),
    "its other branch": (line("Kata {% if keputusan.y == 'ya' %}iya{% else %}bukan{% endif %}."), ["bukan"]),
    "a choice over several runs": (
        f"<w:p><w:r><w:t>{{% if keputusan.x == 'ya' %}}a</w:t></w:r><w:r>{BOLD}<w:t>b</w:t></w:r>"
        "<w:r><w:t>c{% endif %}</w:t></w:r></w:p>",
        ["abc"],
    ),
    "a choice of runs": (
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t>{%r if keputusan.x == 'ya' %}</w:t></w:r>"
        "<w:r><w:t>b</w:t></w:r><w:r><w:t>{%r endif %}</w:t></w:r></w:p>",
        ["b"],
    ),
    "a choice of paragraphs": (
        IF + line("a") + line("b") + ELSE + line("c") + END,
        ["a b"],
    ),
    "a choice in a choice": (
        IF + line("a") + line("{%p if keputusan.y == 'ya' %}") + line("b")
        + ELSE + line("c") + END + END,
        ["a c", "c"],
    ),
    "a choice that holds nothing but another, of a plain fact": (
        IF + line("{%p if nama %}") + line("a") + END + END,
        ["a"],
    ),
    "a choice that holds nothing but a loop": (
        IF + line("{%p for satu in daftar %}") + line("{{ satu.nama }}")
        + OVER + END,
        ["P Q"],
    ),
    "a choice in a loop": (
        line("{%p for satu in daftar %}") + line("{{ satu.nama }} {% if keputusan.x == 'ya' %}iya{% endif %}")
        + OVER,
        ["iya", "iya"],
    ),
    "a choice of rows": (
        TABLE.format("".join(map(ROW.format, ("k", "{%tr if keputusan.x == 'ya' %}", "a", "b", "{%tr endif %}")))),
        ["a b"],
    ),
    "a choice of a table between paragraphs": (
        IF + line("a") + TABLE.format(ROW.format("b")) + END,
        ["a b"],
    ),
    "an empty paragraph before the words": (
        IF + "<w:p/><w:p><w:pPr/></w:p>" + line("a") + "<w:p/>" + END,
        ["a"],
    ),
    "a decision that was not taken": (
        line("{%p if keputusan.kosong %}") + line("a") + ELSE + line("b") + END,
        ["b"],
    ),
    "a paragraph with tracked properties": (
        IF
        + "<w:p><w:pPr><w:keepNext/><w:pPrChange w:id='7' w:author='x'><w:pPr><w:jc w:val='left'/></w:pPr>"
        "</w:pPrChange></w:pPr><w:r><w:t>a</w:t></w:r></w:p>" + END,
        ["a"],
    ),
    "a text box": (
        IF
        + f"<w:p><w:r><w:pict><w:txbxContent>{line('kotak')}</w:txbxContent></w:pict></w:r>"
        "<w:r><w:t>a</w:t></w:r></w:p>"
        + END,
        ["kotak a"],
    ),
    "a branch that says nothing": (line("a{% if keputusan.x == 'ya' %}{% else %}b{% endif %}c"), []),
    "an empty value": (line("a{{ fakta.hampa }}c"), []),
    "a branch whose values are empty": (
        IF + line("{{ fakta.hampa }}") + END,
        [],
    ),
    "a choice that no rule made": (line("a{% if nama %}b{% endif %} {{ nama }}"), []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "words"), BODIES.values(), ids=BODIES)
def test_comments_stand_on_the_words_that_a_rule_decided(body: str, words: list[str], tmp_path: Path) -> None:
    assert commented_words(template_of(tmp_path, TITLE + body)) == words


@settings(max_examples=150, deadline=None)
@given(
    value=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=30
    ),
    around=st.sampled_from(["", "{% if keputusan.x == 'ya' %}", "{% if keputusan.x == 'ya' %}kata "]),
)
def test_any_value_goes_into_a_draft_and_comes_out_of_it_as_it_was(
    value: str, around: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also signs that mean something to XML, line ends and tabs, which end a run and begin it anew."""
    end = "{% endif %}" if around else ""
    body = TITLE + line(f"awal {around}{{{{ fakta.kata }}}} {{{{ nama }}}}{end} akhir", BOLD)
    path = template_of(tmp_path_factory.mktemp("nilai"), body)
    context = {**CONTEXT, "fakta": {"kata": value}, "nama": value[::-1]}
    paper, draft = ordinary_and_draft(path, context)
    assert clean_copy(draft) == paper
    words = " ".join(value.split())
    found = [one.words for one in comments_of(draft)][1:]
    assert (words in found) if words else (words not in found)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_branches_however_nested_come_out_of_the_draft_again(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pieces = st.recursive(
        st.sampled_from([line("a"), line("{{ fakta.n }}"), line("{{ fakta.kosong }}"), "<w:p/>", line("", BOLD)]),
        lambda inner: st.builds(
            lambda test, parts, other: (
                line(f"{{%p if {test} %}}")
                + "".join(parts)
                + line("{%p else %}")
                + "".join(other)
                + line("{%p endif %}")
            ),
            st.sampled_from(["keputusan.x == 'ya'", "keputusan.y == 'ya'", "nama", "not nama"]),
            st.lists(inner, max_size=3),
            st.lists(inner, max_size=2),
        ),
        max_leaves=8,
    )
    body = "".join(data.draw(st.lists(pieces, min_size=1, max_size=3)))
    path = template_of(tmp_path_factory.mktemp("cabang"), TITLE + body)
    blank = Blanks().blank("fakta.kosong", "kosong")
    paper, draft = ordinary_and_draft(path, {**CONTEXT, "fakta": {"n": 3, "kosong": blank}})
    assert clean_copy(draft) == paper
    assert all(one.words for one in comments_of(draft))


# Headers, sections and what else a template may bring with it.

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EDITED = "<w:comment w:id='4' w:author='Penyunting' w:initials='P'><w:p><w:r><w:t>periksa</w:t></w:r></w:p></w:comment>"


def with_parts(folder: Path, body: str, parts: dict[str, str]) -> Path:
    """A template with this body and these parts beside it; headers are related as ``h1``, ``h2``, ….

    It is written as Word writes it, styles and all.
    """
    types, related = [], []
    made: dict[str, bytes] = {}
    for name, xml in {"styles.xml": "<w:styles>{}</w:styles>", **parts}.items():
        kind = re.sub(r"\d*\.xml", "", name)
        identifier = name.replace("header", "h").removesuffix(".xml")
        opening, closing = xml.split(">", 1)
        made[f"word/{name}"] = f'{opening} xmlns:w="{W[1:-1]}">{closing.replace("{}", "")}'.encode()
        types.append(f'<Override PartName="/word/{name}" ContentType="{MAIN}.{kind}+xml"/>')
        related.append(f'<Relationship Id="{identifier}" Type="{RELATED}/{kind}" Target="{name}"/>')
    page = f'<w:document xmlns:w="{W[1:-1]}" xmlns:r="{RELATED}"><w:body>{body}</w:body></w:document>'
    made[BODY] = page.encode()
    made["[Content_Types].xml"] = SKELETON["[Content_Types].xml"].replace(
        b"</Types>", "".join([*types, "</Types>"]).encode()
    )
    package = RELATED.replace("officeDocument", "package")
    made["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{package}">{"".join(related)}</Relationships>'.encode()
    )
    path = folder / "uji.docx"
    path.write_bytes(pack({**SKELETON, **made}))
    return path


def header_of_each_page(draft: bytes) -> list[dict[str, str]]:
    """For each section in its order the header part of each kind of page; a section has those of the one before."""
    parts = parts_of(draft)
    listed = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {item.get("Id"): f"word/{item.get('Target')}" for item in listed}
    shown: dict[str, str] = {}
    sections = []
    for section in etree.fromstring(parts[BODY]).iter(f"{W}sectPr"):
        for reference in section.findall(f"{W}headerReference"):
            shown[str(reference.get(f"{W}type"))] = targets[reference.get(f"{{{RELATED}}}id")]
        sections.append(dict(shown))
    return sections


REFER = '<w:headerReference w:type="{}" r:id="{}"/>'
SIZE = '<w:pgSz w:w="11906" w:h="16838"/>'
BREAK = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr></w:p>"
OWN = "<w:hdr><w:p><w:r><w:t>Kepala {}</w:t></w:r></w:p></w:hdr>"
SECTIONS = {
    "no section at all": (TITLE, {}),
    "a section that says nothing": (f"{TITLE}<w:sectPr/>", {}),
    "a section with a mark of Word's": (f'{TITLE}<w:sectPr w:rsidR="00AA"/>', {}),
    "a section of a size": (f"{TITLE}<w:sectPr>{SIZE}</w:sectPr>", {}),
    "a title page": (f"{TITLE}<w:sectPr>{SIZE}<w:titlePg/></w:sectPr>", {}),
    "a header of its own": (
        f"{TITLE}<w:sectPr>{REFER.format('default', 'h1')}{SIZE}</w:sectPr>",
        {"header1.xml": OWN.format(1)},
    ),
    "headers of every kind": (
        f"{TITLE}<w:sectPr>{REFER.format('default', 'h1')}{REFER.format('first', 'h2')}{REFER.format('even', 'h3')}"
        f"{SIZE}<w:titlePg/></w:sectPr>",
        {f"header{n}.xml": OWN.format(n) for n in (1, 2, 3)},
    ),
    "a second section that goes on with the first one's header": (
        f"{TITLE}{BREAK.format(REFER.format('default', 'h1') + SIZE)}{line('b')}<w:sectPr>{SIZE}</w:sectPr>",
        {"header1.xml": OWN.format(1)},
    ),
    "a second section with a header of its own": (
        f"{TITLE}{BREAK.format(SIZE)}{line('b')}<w:sectPr>{REFER.format('default', 'h1')}{SIZE}</w:sectPr>",
        {"header1.xml": OWN.format(1)},
    ),
    "a header that ends with a table": (
        f"{TITLE}<w:sectPr>{REFER.format('default', 'h1')}{SIZE}</w:sectPr>",
        {"header1.xml": f"<w:hdr>{TABLE.format(ROW.format('Kepala 1'))}</w:hdr>"},
    ),
    "a header of nothing": (
        f"{TITLE}<w:sectPr>{REFER.format('default', 'h1')}{SIZE}</w:sectPr>",
        {"header1.xml": "<w:hdr><w:p/></w:hdr>"},
    ),
    "a header that prints a value": (
        f"{TITLE}<w:sectPr>{REFER.format('default', 'h1')}{SIZE}</w:sectPr>",
        {"header1.xml": OWN.format("{{ nama }} {{ fakta.n }} {% if keputusan.x == 'ya' %}iya{% endif %}")},
    ),
}


@pytest.mark.parametrize(("body", "parts"), SECTIONS.values(), ids=SECTIONS)
def test_every_page_of_every_section_has_the_watermark_and_its_own_header(
    body: str, parts: dict[str, str], tmp_path: Path
) -> None:
    paper, draft = ordinary_and_draft(with_parts(tmp_path, body, parts))
    assert clean_copy(draft) == paper
    held = parts_of(draft)
    sections = header_of_each_page(draft)
    assert sections
    own = header_of_each_page(paper) or [{}]
    for shown, before in zip(sections, own, strict=True):
        for kind in ("default", "first", "even"):
            assert held[shown[kind]].count(b'string="DRAF"') == 1
            # What the paper shows there is still shown.
            assert shown[kind] == before.get(kind, "word/header-draf.xml")


@pytest.mark.parametrize(("body", "parts"), SECTIONS.values(), ids=SECTIONS)
def test_validators_find_nothing_wrong_with_such_a_draft(body: str, parts: dict[str, str], tmp_path: Path) -> None:
    paper, draft = ordinary_and_draft(with_parts(tmp_path, body, parts))
    files = [tmp_path / "naskah.docx", tmp_path / "draf.docx"]
    for file, content in zip(files, (paper, draft), strict=True):
        file.write_bytes(content)
    assert set(faults(files[1])) <= set(faults(files[0]))


LEFT = (
    '<w:commentRangeStart w:id="4"/><w:r><w:t>b</w:t></w:r><w:commentRangeEnd w:id="4"/>'
    '<w:r><w:commentReference w:id="4"/></w:r>'
)


def test_comments_that_editors_left_in_the_template_stay_where_they_are(tmp_path: Path) -> None:
    body = f"{TITLE}<w:p>{LEFT}<w:r><w:t>{{{{ fakta.n }}}}</w:t></w:r></w:p><w:sectPr/>"
    paper, draft = ordinary_and_draft(
        with_parts(tmp_path, body, {"comments.xml": f"<w:comments>{EDITED}</w:comments>"})
    )
    assert clean_copy(draft) == paper
    assert [(one.words, one.text) for one in comments_of(draft)] == [("Judul", "Judul"), ("b", "periksa"), ("3", "3")]


def test_a_list_of_comments_without_any_stays_without_any(tmp_path: Path) -> None:
    body = f"{TITLE}{line('{{ fakta.n }}')}<w:sectPr/>"
    path = with_parts(tmp_path, body, {"comments.xml": "<w:comments>{}</w:comments>"})
    parts = unpack(path)
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(b"></w:comments>", b"/>")
    path.write_bytes(pack(parts))
    paper, draft = ordinary_and_draft(path)
    assert clean_copy(draft) == paper
    assert [one.words for one in comments_of(draft)] == ["Judul", "3"]


# A template that code cannot follow.


def template_folder(folder: Path, old: str, new: str) -> Path:
    """A folder with the shipped templates; one piece of text in that of the bapp is replaced."""
    for paper, path in template_files().items():
        parts = unpack(path)
        if paper == "bapp":
            text = parts[BODY].decode("utf-8")
            assert old in text
            parts[BODY] = text.replace(old, new, 1).encode("utf-8")
        (folder / path.name).write_bytes(pack(parts))
    return folder


UNTRACED = ("bertempat di {{ tempat }}", "bertempat di {% set letak = tempat %}{{ letak }}")


@pytest.mark.parametrize("make", [full_case, minimal_case])
def test_a_template_that_cannot_be_followed_has_one_comment_that_says_so(
    make: Any, engine: Engine, office: Office, tmp_path: Path
) -> None:
    folder = template_folder(tmp_path, *UNTRACED)
    result, reviews = reviewed(engine, office, make("tender"), directory=folder)[1:]
    review = next(one for one in reviews if one.paper.id == "bapp")
    assert [one.traced for one in reviews] == [one is not review for one in reviews]
    (comment,) = comments_of(review.draft.content)
    assert "tidak dapat ditelusuri" in comment.text
    assert "aturan adendum-persetujuan-ppk;" in comment.text
    assert f"“{result.keputusan[0].kutipan}”" in comment.text
    assert clean_copy(review.draft.content) == review.paper.content


@pytest.mark.parametrize("make", [full_case, minimal_case])
def test_its_statements_are_those_of_the_template_that_can_be_followed(
    make: Any, engine: Engine, office: Office, tmp_path: Path
) -> None:
    """All but the sentences that rules chose, whose words only marks tell."""
    folder = template_folder(tmp_path, *UNTRACED)
    plain = next(one for one in reviewed(engine, office, make("tender"))[2] if one.paper.id == "bapp")
    untraced = next(
        one for one in reviewed(engine, office, make("tender"), directory=folder)[2] if one.paper.id == "bapp"
    )
    assert set(untraced.statements) == {one for one in plain.statements if one.hal != "kalimat yang dipilih aturan"}


def test_blanks_of_such_a_paper_are_yellow_and_without_marks(engine: Engine, office: Office, tmp_path: Path) -> None:
    folder = template_folder(tmp_path, *UNTRACED)
    review = next(
        one for one in reviewed(engine, office, minimal_case("tender"), directory=folder)[2] if one.paper.id == "bapp"
    )
    plain = next(one for one in reviewed(engine, office, minimal_case("tender"))[2] if one.paper.id == "bapp")
    assert highlighted(review.paper.content) == highlighted(plain.paper.content)
    assert whole_text(review.paper.content) == whole_text(plain.paper.content)
