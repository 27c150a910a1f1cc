"""The matrix as one HTML page that needs nothing else: read, filtered, printed."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from typing import Final

from pbj_rules.assurance.matrix.model import Matrix, MatrixRow, Orphan
from pbj_rules.assurance.matrix.telling import actor_of, summary_of
from pbj_rules.regulation.model import Regulation, Sop

__all__ = ["matrix_page"]

_CSS: Final = """
:root { color-scheme: light; --ink: #1b1b1b; --soft: #555; --line: #cdd3d9; --head: #1e3c5a; }
* { box-sizing: border-box; }
body { font: 14px/1.45 Arial, "Liberation Sans", "Nimbus Sans", Helvetica, sans-serif; color: var(--ink);
       margin: 0 auto; max-width: 90rem; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0; color: var(--head); }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .5rem; padding-top: .5rem; border-top: 3px solid var(--head);
     color: var(--head); }
p { margin: .35rem 0; }
.soft { color: var(--soft); }
.bar { position: sticky; top: 0; z-index: 2; background: #fff; padding: .7rem 0; display: flex; flex-wrap: wrap;
       gap: .4rem 1rem; align-items: center; border-bottom: 1px solid var(--line); }
.bar input[type=search] { font: inherit; padding: .45rem .6rem; width: min(28rem, 100%); border: 1px solid #6b7682;
       border-radius: 4px; }
.bar input:focus-visible, summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 3px solid #2a6fb8;
       outline-offset: 1px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 60rem; table-layout: fixed; }
th, td { border: 1px solid var(--line); padding: .4rem .5rem; vertical-align: top; text-align: left;
         overflow-wrap: anywhere; }
thead th { background: #e9edf1; }
tbody th { font-weight: normal; }
tr { scroll-margin-top: 4.5rem; }
tr:target > * { background: #fff8dc; }
ul { margin: 0; padding-left: 1rem; }
li { margin: 0 0 .1rem; }
.id { font: 12px/1.4 Consolas, "Liberation Mono", monospace; }
.label { font-weight: bold; }
.mark { font-size: 11px; font-weight: bold; padding: 0 .3em; border-radius: 3px; white-space: nowrap; }
.tafsir { color: #7a4b00; background: #ffecc2; }
.templat { color: #1c5c36; background: #dff2e5; }
.tanpa { color: #555; background: #eee; }
.pelengkap { color: #5c2a70; background: #f1e4f6; }
.good { color: #1c5c36; font-weight: bold; }
.bad { color: #a12622; font-weight: bold; }
.orphan { border-left: 4px solid #a12622; padding: .1rem .8rem; margin: .6rem 0; }
a { color: #1e4f8a; }
summary { cursor: pointer; }
[hidden] { display: none; }
@media print { @page { size: A4 landscape; margin: 10mm; } body { max-width: none; padding: 0; font-size: 8.5px; }
  .bar { display: none; } table { min-width: 0; } tr { break-inside: avoid; } thead { display: table-header-group; }
  .id, .mark { font-size: 7.5px; } }
"""

# Every word that is typed must stand in the row; a table none of whose rows is left goes with its heading.
_SCRIPT: Final = """
(function () {
  var box = document.getElementById('cari'), count = document.getElementById('jumlah');
  var parts = Array.prototype.map.call(document.querySelectorAll('section.sop'), function (part) {
    return { part: part, rows: Array.prototype.map.call(part.querySelectorAll('tbody tr'), function (row) {
      return { row: row, text: row.textContent.toLowerCase() }; }) };
  });
  function filter() {
    var words = box.value.toLowerCase().split(/\\s+/).filter(Boolean), shown = 0;
    parts.forEach(function (one) {
      var here = 0;
      one.rows.forEach(function (item) {
        var fits = words.every(function (word) { return item.text.indexOf(word) >= 0; });
        item.row.hidden = !fits; if (fits) here += 1;
      });
      one.part.hidden = here === 0; shown += here;
    });
    count.textContent = shown + ' baris';
  }
  box.addEventListener('input', filter);
  document.getElementById('saring').hidden = false;
  filter();
}());
"""
_WIDTHS: Final = (22, 14, 20, 14, 20, 10)
_HEADINGS: Final = ("Baris", "Pelaku", "Aturan", "Skenario", "Dokumen dan templat", "Anomali")


def matrix_page(matrix: Matrix) -> bytes:
    """The page. Without scripts all rows are shown; the filter is there only where it works."""
    regulation = matrix.regulation
    digest = b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    title = "Matriks ketertelusuran"
    parts = [
        '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}: {escape(regulation.id)}</title>\n<style>{_CSS}</style>\n</head>\n<body>",
        f"<header><h1>{title}</h1>\n<p>{escape(regulation.judul)}</p>",
        f'<p class="soft">{escape(summary_of(matrix))}</p></header>',
        _orphans(matrix.yatim),
        '<div class="bar" id="saring" role="search" hidden><label for="cari">Saring baris</label>'
        '<input type="search" id="cari" placeholder="kata, id baris, aturan, dokumen, AN-33 …" autocomplete="off">'
        '<span id="jumlah" role="status" aria-live="polite"></span></div>',
        "<main>",
        *(_section(matrix, sop) for sop in regulation.sop.values()),
        "</main>",
        _anomalies(matrix),
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _orphans(orphans: Iterable[Orphan]) -> str:
    items = [
        f'<div class="orphan"><p><span class="bad">{escape(one.jenis)}</span> <span class="id">{escape(one.id)}</span>'
        f"{' · baris ' + _link(one.baris) if one.baris else ''} · {escape(one.berkas)}"
        f"{f':{one.baris_berkas}' if one.baris_berkas else ''}</p><p>{escape(one.pesan)}</p>"
        f'<p class="soft">Seharusnya {escape(one.seharusnya)}. Perbaikan: {escape(one.perbaikan)}.</p></div>'
        for one in orphans
    ]
    if not items:
        return '<p class="good">Tidak ada yang yatim.</p>'
    return f'<section><h2>Yatim <span class="bad">({len(items)})</span></h2>\n' + "\n".join(items) + "</section>"


def _section(matrix: Matrix, sop: Sop) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in _WIDTHS)
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    rows = [row for row in matrix.rows if row.row.id.partition("/")[0] == sop.id]
    body = "\n".join(_row(matrix.regulation, row) for row in rows)
    return (
        f'<section class="sop" aria-labelledby="sop-{sop.id}"><h2 id="sop-{sop.id}">{escape(sop.judul)}</h2>\n'
        f'<div class="scroll" role="region" aria-label="Tabel {sop.id}" tabindex="0"><table>'
        f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div></section>"
    )


def _row(regulation: Regulation, row: MatrixRow) -> str:
    cells = (
        f"<p>{escape(actor_of(regulation, row))}</p>",
        _rules(row),
        _scenarios(row),
        _papers(regulation, row),
        _list(f'<a href="#{name}">{name}</a>' for name in row.anomali),
    )
    return (
        f'<tr id="{row.row.id}"><th scope="row"><span class="label id">{row.row.id}</span>'
        f"<p>{escape(row.row.kegiatan)}</p></th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    )


def _rules(row: MatrixRow) -> str:
    rules = _list(
        _id(row.short(rule)) + (' <span class="mark tafsir">tafsir</span>' if rule in row.tafsir else "")
        for rule in row.aturan
    )
    names = ", ".join((*row.fakta, *row.parameter))
    return rules + (f'<p class="soft">membaca {escape(names)}</p>' if names else "")


def _scenarios(row: MatrixRow) -> str:
    names = _list(_id(name) for name in row.skenario)
    return f"<details><summary>{len(row.skenario)} skenario</summary>{names}</details>" if names else "tidak ada"


def _papers(regulation: Regulation, row: MatrixRow) -> str:
    marked = [
        (name, ("templat", "templat") if name in row.templat else ("tanpa", "tanpa templat")) for name in row.dokumen
    ] + [(name, ("pelengkap", "pelengkap")) for name in row.pelengkap]
    return _list(
        f"{escape(regulation.dokumen[name].judul) if name in regulation.dokumen else ''} {_id(name)} "
        f'<span class="mark {style}">{words}</span>'
        for name, (style, words) in marked
    )


def _anomalies(matrix: Matrix) -> str:
    """The register at the foot, so that every link of the page leads somewhere."""
    rows_of = {name: [row.row.id for row in matrix.rows if name in row.anomali] for name in matrix.regulation.anomali}
    body = "\n".join(
        f'<tr id="{one.id}"><th scope="row" class="id label">{one.id}</th><td>{escape(one.catatan)}</td>'
        f"<td>{escape(one.bacaan)}</td>"
        f"<td>{_list(map(_link, rows_of[one.id])) or escape(', '.join(one.baris))}</td></tr>"
        for one in matrix.regulation.anomali.values()
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Anomali", "Catatan", "Bacaan yang dipakai", "Baris"))
    columns = "".join(f'<col style="width:{width}%">' for width in (8, 36, 36, 20))
    return (
        "<section><h2>Register anomali</h2>\n"
        '<div class="scroll" role="region" aria-label="Register anomali" tabindex="0"><table>'
        f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table></div></section>"
    )


def _list(items: Iterable[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{found}</ul>" if found else ""


def _id(name: str) -> str:
    return f'<span class="id">{escape(name)}</span>'


def _link(row_id: str) -> str:
    return f'<a class="id" href="#{escape(row_id)}">{escape(row_id)}</a>'
