"""What a book is made of, before it is a Word file or a page: paragraphs of spans, and tables of paragraphs."""

from __future__ import annotations

import enum
import re

from attrs import frozen

__all__ = ["Block", "Figure", "Look", "Paragraph", "Span", "Style", "Table", "TableRow", "anchor_of", "plain"]


class Look(enum.Enum):
    """How a span looks."""

    PLAIN = ""
    STRONG = "tebal"
    FAINT = "pudar"
    TEXT = "tersurat"
    READ = "tafsir"


class Style(enum.Enum):
    """What a paragraph is."""

    TITLE = "judul"
    SUBTITLE = "subjudul"
    CHAPTER = "bab"
    SECTION = "bagian"
    BODY = "isi"
    BULLET = "butir"
    QUOTE = "kutipan"
    NOTE = "catatan"
    CONTENTS = "daftar-isi"


@frozen
class Span:
    """A stretch of text; ``link``: the anchor that it leads to."""

    text: str
    look: Look = Look.PLAIN
    link: str = ""


@frozen
class Paragraph:
    """A paragraph; ``anchor``: the name under which others lead to it."""

    spans: tuple[Span, ...]
    style: Style = Style.BODY
    anchor: str = ""


@frozen
class TableRow:
    """A row of a table: the paragraphs of its cells; ``read``: that it holds an interpretation."""

    cells: tuple[tuple[Paragraph, ...], ...]
    anchor: str = ""
    read: bool = False


@frozen
class Table:
    """A table: the words of its head, the shares of its columns in a hundred, its rows."""

    head: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[TableRow, ...]


@frozen
class Figure:
    """The chart of an SOP, where the page can show it."""

    sop: str


Block = Paragraph | Table | Figure


def plain(text: str, style: Style = Style.BODY, look: Look = Look.PLAIN) -> Paragraph:
    """A paragraph of one span."""
    return Paragraph((Span(text, look),), style)


def anchor_of(kind: str, name: str) -> str:
    """The anchor of a thing of the regulation, which Word and HTML both take.

    >>> anchor_of("baris", "prakualifikasi/7")
    'baris_prakualifikasi_7'
    """
    return f"{kind}_{re.sub('[^a-zA-Z0-9]', '_', name)}"
