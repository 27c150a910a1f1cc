"""The two texts of a file with tracked changes, read from the format's own words."""

from __future__ import annotations

import pytest

from pbj_rules.documents.versions import accepted_text, changes_of, rejected_text

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
MARK = 'w:id="1" w:author="x"'


def word(body: str, **headers: str) -> dict[str, bytes]:
    """The parts of a file with this body and these headers, related in this order."""
    related = "".join(f'<Relationship Id="{name}" Type="http://x/header" Target="{name}.xml"/>' for name in headers)
    return {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{related}</Relationships>"
        ).encode(),
    } | {
        f"word/{name}.xml": f"<w:hdr {NAMESPACES}>{paragraph(text)}</w:hdr>".encode() for name, text in headers.items()
    }


def paragraph(text: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr><w:{mark} {MARK}/></w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def row(text: str, mark: str) -> str:
    """A row that is marked itself, and nothing in it."""
    return f"<w:tr><w:trPr><w:{mark} {MARK}/></w:trPr><w:tc>{paragraph(text)}</w:tc></w:tr>"


@pytest.mark.parametrize(
    ("body", "rejected", "accepted"),
    [
        (f"<w:p><w:r><w:t>a</w:t></w:r><w:ins {MARK}><w:r><w:t>b</w:t></w:r></w:ins></w:p>", ("a",), ("ab",)),
        (
            f"<w:p><w:r><w:t>a</w:t></w:r><w:del {MARK}><w:r><w:delText>b</w:delText></w:r></w:del></w:p>",
            ("ab",),
            ("a",),
        ),
        (paragraph("a", "ins") + paragraph("b"), ("ab",), ("a", "b")),
        (paragraph("a", "del") + paragraph("b"), ("a", "b"), ("ab",)),
        (paragraph("a") + paragraph("b", "del"), ("a", "b"), ("a", "b")),
        (f"<w:tbl>{row('a', 'del')}{row('b', 'ins')}</w:tbl>", ("a",), ("b",)),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel {MARK}/></w:tcPr>{paragraph('a')}</w:tc></w:tr></w:tbl>",
            ("a",),
            (),
        ),
        ("<w:p><w:r><w:br/><w:tab/><w:noBreakHyphen/><w:drawing/></w:r></w:p>",) + (("\n\t\u2011\ufffc",),) * 2,
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr></w:p>",) + (("",),) * 2,
    ],
)
def test_words_rows_and_the_ends_of_paragraphs_come_and_go(
    body: str, rejected: tuple[str, ...], accepted: tuple[str, ...]
) -> None:
    assert rejected_text(word(body)) == (rejected,)
    assert accepted_text(word(body)) == (accepted,)


def test_headers_are_compared_by_what_they_say_and_empty_ones_are_none() -> None:
    one = word(paragraph("a"), header1="satu", header2="dua", header3="")
    other = word(paragraph("a"), header1="dua", header5="satu")
    assert rejected_text(one) == accepted_text(other) == (("a",), ("dua",), ("satu",))
    assert rejected_text(one) != rejected_text(word(paragraph("a"), header1="satu"))


def test_changes_are_counted_by_their_kind() -> None:
    form = f"<w:p><w:pPr><w:pPrChange {MARK}><w:pPr/></w:pPrChange></w:pPr></w:p>"
    body = paragraph("a", "ins") + paragraph("b", "del") + paragraph("c", "del") + form
    assert changes_of(word(body)) == (1, 2, 1)
