"""The rule book as one HTML page that needs nothing else: read on a screen, searched, printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from pbj_rules.assurance.rulebook.blocks import Block, Figure, Look, Paragraph, Span, Style, Table, TableRow

__all__ = ["book_html"]

_TAGS: Final = {Style.TITLE: "h1", Style.CHAPTER: "h2", Style.SECTION: "h3"}
_CSS: Final = """
:root { color-scheme: light; }
body { font: 15px/1.5 Arial, "Liberation Sans", "Nimbus Sans", Helvetica, sans-serif;
       color: #1b1b1b; margin: 0 auto;
       max-width: 72rem; padding: 2rem 1.5rem; }
h1 { font-size: 2rem; margin: 0; letter-spacing: .04em; }
h2 { font-size: 1.25rem; margin: 3rem 0 .5rem; padding-top: .6rem; border-top: 3px solid #1e3c5a; color: #1e3c5a; }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p { margin: .35rem 0; }
.subjudul { font-size: 1.15rem; color: #444; margin-bottom: 1.2rem; }
.daftar-isi { margin: .15rem 0; }
.butir { margin-left: 1.2rem; }
.kutipan { margin-left: 1.2rem; padding-left: .7rem; border-left: 2px solid #bbb; color: #444; font-size: .93em; }
.catatan { color: #555; font-size: .9em; overflow-wrap: anywhere; }
.gulir { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #b5b5b5; padding: .5rem .65rem; vertical-align: top; text-align: left; }
th { background: #e9edf1; }
td > :first-child { margin-top: 0; }
tr.tafsir > td:last-child { box-shadow: inset 4px 0 #c98a00; }
tr:target > td { background: #fff8dc; }
.tebal { font-weight: bold; }
.pudar { color: #666; }
.tersurat, .lencana { font-size: .78em; font-weight: bold; letter-spacing: .04em; }
.tersurat { color: #2e6e48; }
.lencana { color: #7a4b00; background: #ffecc2; padding: .05em .35em; border-radius: 3px; }
a { color: #1e4f8a; }
figure { margin: 1rem 0; overflow-x: auto; border: 1px solid #ddd; }
figure svg { display: block; min-width: 60rem; width: 100%; height: auto; }
@media (max-width: 45rem) { table { min-width: 44rem; } body { padding: 1rem; } }
@media print { body { max-width: none; font-size: 10px; } figure svg { min-width: 0; } tr { break-inside: avoid; } }
"""


def book_html(blocks: Iterable[Block], title: str, figures: Mapping[str, str]) -> bytes:
    """The page. ``figures``: the SVG of each SOP's chart."""
    body = "\n".join(_block(block, figures) for block in blocks)
    page = (
        '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode()


def _block(block: Block, figures: Mapping[str, str]) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Figure(sop):
            return f"<figure>{figures[sop]}</figure>"
        case Table():
            return _table(block)


def _paragraph(paragraph: Paragraph) -> str:
    tag = _TAGS.get(paragraph.style, "p")
    kind = f' class="{paragraph.style.value}"' if tag == "p" and paragraph.style is not Style.BODY else ""
    anchor = f' id="{paragraph.anchor}"' if paragraph.anchor else ""
    return f"<{tag}{anchor}{kind}>{''.join(map(_span, paragraph.spans))}</{tag}>"


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.link:
        text = f'<a href="#{span.link}">{text}</a>'
    if span.look is Look.PLAIN:
        return text
    name = "lencana" if span.look is Look.READ else span.look.value
    return f'<span class="{name}">{text}</span>'


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in table.shares)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.head)
    rows = "\n".join(_rows(table.rows))
    return (
        f'<div class="gulir"><table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _rows(rows: Iterable[TableRow]) -> Iterator[str]:
    for row in rows:
        anchor = f' id="{row.anchor}"' if row.anchor else ""
        kind = ' class="tafsir"' if row.read else ""
        cells = "".join(f"<td>{''.join(map(_paragraph, cell))}</td>" for cell in row.cells)
        yield f"<tr{anchor}{kind}>{cells}</tr>"
