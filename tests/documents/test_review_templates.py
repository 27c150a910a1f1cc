"""Review drafts of templates edited by hand: where comments and watermark stand, and that they go again."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from tests.documents.reading_word import highlighted, whole_text
from tests.documents.test_docxtpl import BOLD, ROW, TABLE, line, template_of

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
