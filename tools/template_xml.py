"""WordprocessingML of the pieces that paper templates are made of, as text.

Text may carry ``**tebal**`` for bold and the Jinja tags of the template; both survive into one run
each, because a tag that Word splits over runs is a tag that nobody can repair by looking at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from attrs import frozen

__all__ = ["Column", "Look", "cell", "drawing", "paragraph", "row", "table", "tag_paragraph", "twips"]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU_PER_CM = 360_000


def twips(centimetres: float) -> int:
    """Word's twentieth of a point."""
    return round(centimetres * 1440 / 2.54)


@frozen
class Look:
    """What a paragraph adds to its style."""

    keep_next: bool = False
    page_break: bool = False
    numbering: int | None = None
    indent: int | None = None
    underline: bool = False


@frozen
class Column:
    """A table column: its heading, width in centimetres and how its cells are aligned."""

    title: str
    width: float
    style: str = "Sel"


def _run(text: str, bold: bool, underline: bool) -> str:
    look = ("<w:b/>" if bold else "") + ('<w:u w:val="single"/>' if underline else "")
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _runs(text: str, underline: bool) -> str:
    pieces = re.split(r"\*\*", text)
    return "".join(_run(piece, number % 2 == 1, underline) for number, piece in enumerate(pieces) if piece)


def paragraph(text: str, style: str, look: Look | None = None) -> str:
    """One paragraph; the elements of ``w:pPr`` stand in the order of the schema."""
    look = look or Look()
    properties = f'<w:pStyle w:val="{style}"/>'
    if look.keep_next:
        properties += "<w:keepNext/>"
    if look.page_break:
        properties += "<w:pageBreakBefore/>"
    if look.numbering is not None:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.numbering}"/></w:numPr>'
    if look.indent is not None:
        properties += f'<w:ind w:left="{look.indent}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(text, look.underline)}</w:p>"


def tag_paragraph(tag: str) -> str:
    """A paragraph that holds only a ``{%p … %}`` tag; it vanishes when the paper is rendered."""
    return f'<w:p><w:r><w:t xml:space="preserve">{{%p {escape(tag)} %}}</w:t></w:r></w:p>'


def cell(content: str, width: float, *, middle: bool = False, span: int = 1) -> str:
    """A cell around finished paragraphs."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    aligned = '<w:vAlign w:val="center"/>' if middle else ""
    size = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{spanned}{aligned}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, header: bool = False, splits: bool = False, height: float | None = None) -> str:
    """A row; it stays on one page unless ``splits``."""
    properties = "" if splits else "<w:cantSplit/>"
    if height is not None:
        properties += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    if header:
        properties += "<w:tblHeader/>"
    wrapped = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{wrapped}{''.join(cells)}</w:tr>"


def tag_row(tag: str, widths: Sequence[float]) -> str:
    """A row that holds only a ``{%tr … %}`` tag; it vanishes when the paper is rendered."""
    text = f'<w:p><w:r><w:t xml:space="preserve">{{%tr {escape(tag)} %}}</w:t></w:r></w:p>'
    return row([cell(text, sum(widths), span=len(widths))])


def table(rows: Iterable[str], widths: Sequence[float], *, style: str, indent: float = 0) -> str:
    """A table of fixed column widths."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    )
    body = "".join(rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def drawing(relation: str, width_cm: float, height_cm: float, name: str, description: str, style: str) -> str:
    """A paragraph with a picture at a fixed size; rendering swaps the picture of a known name."""
    size = f'cx="{round(width_cm * EMU_PER_CM)}" cy="{round(height_cm * EMU_PER_CM)}"'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="{name}" descr="{description}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{picture}</a:graphicData></a:graphic></wp:inline>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>'
