"""Between the printed text and the rules: rows on one side only, and quotations that no row holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Sources
from pbj_rules.regulation.model import Citation, Row
from pbj_rules.regulation.quotes import law_of, normal_text

__all__ = ["text_orphans"]

_NASKAH: Final = "naskah.txt"
_CELLS: Final = 4  # a printed row has at least number, activity, performer and quality


def text_orphans(sources: Sources) -> Iterator[Orphan]:
    """Printed rows without rules, rules without a printed row, quotations without a row."""
    file = sources.directory / _NASKAH
    if file.is_file():  # a regulation may come without its text; then its rows cannot be compared
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from _printed_rows(sources, lines)
        yield from _rows_not_printed(sources, lines)
    words = {row.id: _words(row) for row in sources.regulation.rows()}
    laws = _laws(sources)
    for row in sources.regulation.rows():
        yield from _quotations(sources, row, words, laws)
    yield from _quotations_of_entries(sources, words, laws)


def _printed_rows(sources: Sources, lines: list[str]) -> Iterator[Orphan]:
    held = {row.baris_naskah for row in sources.regulation.rows()}
    for number, line in enumerate(lines, 1):
        if number not in held and _is_row(line):
            printed = normal_text(line)
            yield Orphan(
                "baris-tercetak-tanpa-aturan",
                f"{_NASKAH}:{number}",
                None,
                sources.shown(sources.directory / _NASKAH),
                number,
                f"baris tercetak ini tidak ada dalam aturan: “{printed:.80}”",
                f"satu baris aturan dengan `baris_naskah: {number}`",
                "tambahkan barisnya ke berkas SOP itu",
            )


def _is_row(line: str) -> bool:
    """A line of a table that says something to do; neither head nor column numbers nor a blank row."""
    cells = [normal_text(cell) for cell in line.split("\t")]
    if len(cells) < _CELLS or not (cells[0] == "" or cells[0].isdigit()):
        return False
    return bool(cells[1]) and not cells[1].isdigit()


def _rows_not_printed(sources: Sources, lines: list[str]) -> Iterator[Orphan]:
    for row in sources.regulation.rows():
        printed = lines[row.baris_naskah - 1] if row.baris_naskah <= len(lines) else ""
        if normal_text(row.kegiatan) not in normal_text(printed):
            yield sources.at_row(
                "baris-tanpa-naskah",
                row.id,
                row,
                f"kegiatan baris ini tidak ada pada baris {row.baris_naskah} {_NASKAH}",
                f"“{normal_text(row.kegiatan):.60}” pada baris naskah itu",
                "perbaiki `baris_naskah:` atau `kegiatan:`",
            )


def _words(row: Row) -> str:
    items = [item.teks for item in (*row.kelengkapan, *row.output)]
    time = [row.waktu.tertulis] if row.waktu is not None else []
    return normal_text(" ".join((row.kegiatan, *items, *time, row.keterangan)))


def _quotations(sources: Sources, row: Row, words: dict[str, str], laws: dict[str, str]) -> Iterator[Orphan]:
    """Branches and papers quote their own row; where a row goes may stand in another. A layer quotes its law too."""
    own: list[tuple[str, Citation]] = []
    for decision in row.keputusan:
        own += [(branch.aturan, branch.citation) for branch in decision.cabang]
        for branch in decision.harfiah.cabang if decision.harfiah is not None else ():
            if normal_text(branch.kutipan) not in words[row.id]:
                name = f"{decision.id}:harfiah:{branch.nilai}"
                yield _unquoted(sources, row, name, branch.kutipan, "baris ini")
    own += [(f"{row.id}:dokumen:{paper.id}", paper.citation) for paper in row.dokumen]
    for name, citation in own:
        law = law_of(citation)
        # What a layer leaves standing of a rule still rests on the words of its row.
        texts = (laws.get(law, ""), words[row.id])
        if not any(normal_text(citation.kutipan) in there for there in texts):
            where = f"naskah {law} atau baris ini" if law else "baris ini"
            yield _unquoted(sources, row, name, citation.kutipan, where)
    onward = row.lanjut
    if onward is not None and onward.kutipan:
        law = law_of(onward)
        anywhere = [laws.get(law, "")] if law else words.values()
        if not any(normal_text(onward.kutipan) in there for there in anywhere):
            where = f"naskah {law}" if law else "suatu baris"
            yield _unquoted(sources, row, f"{row.id}:lanjut", onward.kutipan, where)


def _laws(sources: Sources) -> dict[str, str]:
    """The words of the layers' laws; a file that is not there holds none."""
    files = sources.layers.texts()
    return {name: normal_text(file.read_text(encoding="utf-8")) for name, file in files.items() if file.is_file()}


def _unquoted(sources: Sources, row: Row, name: str, quote: str, where: str) -> Orphan:
    return sources.at_row(
        "kutipan-tanpa-baris",
        name,
        row,
        f"kutipan `{name}` tidak ada dalam {where}: “{quote:.80}”",
        f"kata-kata {where}, persis",
        "salin dari tabel, atau pindahkan aturannya ke baris yang dikutip",
    )


def _quotations_of_entries(sources: Sources, words: dict[str, str], laws: dict[str, str]) -> Iterator[Orphan]:
    """Parameters and derived facts quote one of the rows that use them, or the law of the layer that sets them."""
    entries = [("parameter", one.id, one.citation, one.baris) for one in sources.regulation.parameter.values()] + [
        ("fakta", one.id, one.turunan_citation, one.baris)
        for one in sources.regulation.fakta.values()
        if one.turunan_citation is not None
    ]
    for part, name, citation, rows in entries:
        law = law_of(citation)
        place = f"naskah {law}" if law else "baris yang memakainya"
        texts = [laws.get(law, "")] if law else [words.get(row, "") for row in rows]
        if not any(normal_text(citation.kutipan) in there for there in texts):
            yield sources.at_entry(
                "kutipan-tanpa-baris",
                f"{part}.yaml",
                part,
                name,
                f"kutipan {part} `{name}` tidak ada dalam {place}: “{citation.kutipan:.80}”",
                f"kata-kata dari {f'naskah {law}' if law else ', '.join(rows)}",
                "salin dari tabel, atau perbaiki `baris:`",
                rows[0] if rows else None,
            )
