"""Review drafts of papers with headers, sections and comments of their own: the watermark joins them and goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from pbj_rules.documents import clean_copy
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.review_parts import BODY
from tests.documents.reading_review import comments_of
from tests.documents.reading_word import W, parts_of
from tests.documents.test_docxtpl import ROW, SKELETON, TABLE, line
from tests.documents.test_review_templates import TITLE, ordinary_and_draft
from tests.documents.test_validity import faults

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
        kinds = [reference.get(f"{W}type") for reference in section.findall(f"{W}headerReference")]
        assert len(kinds) == len(set(kinds)), "a section has one header of each kind"
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
