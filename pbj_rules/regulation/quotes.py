"""Checks that every quotation in the rules stands in the regulation's text, word for word."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from pbj_rules.errors import Problem
from pbj_rules.regulation.model import Citation, Regulation, Row

__all__ = ["normal_text", "quote_problems"]


def quote_problems(regulation: Regulation, text_file: Path) -> list[Problem]:
    """Every quotation that the text at ``text_file`` does not hold."""
    text = normal_text(text_file.read_text(encoding="utf-8"))
    return [
        Problem(
            f"kutipan ini tidak ada dalam naskah: “{quote:.120}”",
            file,
            line,
            place,
            "kata-kata peraturan, persis",
            f"salin dari {text_file.name}",
        )
        for quote, file, line, place in _quotations(regulation)
        if normal_text(quote) not in text
    ]


def normal_text(text: str) -> str:
    """A text without the marks of its layout: tags and line breaks go, runs of spaces become one."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def _quotations(regulation: Regulation) -> Iterator[tuple[str, str | None, int | None, str]]:
    for row in regulation.rows():
        for quote in _row_quotations(row):
            yield quote, row.file, row.line, f"baris {row.id}"
    for name, parameter in regulation.parameter.items():
        yield parameter.citation.kutipan, None, None, f"parameter {name}"
    for name, fact in regulation.fakta.items():
        if fact.turunan_citation is not None:
            yield fact.turunan_citation.kutipan, None, None, f"fakta {name}"


def _row_quotations(row: Row) -> Iterator[str]:
    citations: list[Citation] = [branch.citation for decision in row.keputusan for branch in decision.cabang]
    citations += [paper.citation for paper in row.dokumen]
    yield from (
        branch.kutipan
        for decision in row.keputusan
        if decision.harfiah is not None
        for branch in decision.harfiah.cabang
    )
    yield row.kegiatan
    if row.keterangan:
        yield row.keterangan
    yield from (citation.kutipan for citation in citations)
    yield from (item.teks for item in (*row.kelengkapan, *row.output) if item.teks)
    if row.lanjut is not None and row.lanjut.kutipan:
        yield row.lanjut.kutipan
    if row.waktu is not None:
        yield row.waktu.tertulis
