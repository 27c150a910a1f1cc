"""Checks that every quotation in the rules stands in the text that it is taken from, word for word."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pbj_rules.errors import Problem, RuleError
from pbj_rules.regulation.layers import read_layers
from pbj_rules.regulation.model import Citation, Regulation, Row, Transition

__all__ = ["law_of", "normal_text", "quote_problems"]

_OVERRIDE: Final = "pengecualian"


def quote_problems(regulation: Regulation, directory: Path) -> list[Problem]:
    """Every quotation that the text it is taken from does not hold.

    ``directory``: the folder that the regulation was loaded from; the words of a layer stand in a text of its own.
    """
    layers = read_layers(directory)
    files = {"": layers.base / "naskah.txt", **layers.texts()}
    texts = {name: normal_text(_text_of(file)) for name, file in files.items()}
    return [
        Problem(
            f"kutipan ini tidak ada dalam naskah: “{quote:.120}”",
            file,
            line,
            place,
            "kata-kata peraturan, persis",
            f"salin dari {files[layer]}",
        )
        for quote, layer, file, line, place in _quotations(regulation)
        if not any(normal_text(quote) in texts[name] for name in _texts(layer, place))
    ]


def _texts(layer: str, place: str) -> tuple[str, ...]:
    """The texts that may hold a quotation.

    A rule of a layer that departs in one point may rest on the words beneath for the others; what the layer itself
    says stands in its own.
    """
    return (layer,) if place.startswith(_OVERRIDE) else (layer, "")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError([Problem("naskah tidak dapat dibaca", str(file), expected="teks UTF-8")]) from error


def normal_text(text: str) -> str:
    """A text without the marks of its layout: tags and line breaks go, runs of spaces become one."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def _quotations(regulation: Regulation) -> Iterator[tuple[str, str, str | None, int | None, str]]:
    """Every quotation, the layer whose words it is (or an empty string), and where it stands."""
    for row in regulation.rows():
        for quote, layer in _row_quotations(row):
            yield quote, layer, row.file, row.line, f"baris {row.id}"
    for name, parameter in regulation.parameter.items():
        yield *_cited(parameter.citation), None, None, f"parameter {name}"
    for name, fact in regulation.fakta.items():
        if fact.turunan_citation is not None:
            yield *_cited(fact.turunan_citation), None, None, f"fakta {name}"
    for name, override in regulation.pengecualian.items():
        yield override.teks.kutipan, "", None, None, f"{_OVERRIDE} {name}, `teks`"
        if override.kutipan:
            yield override.kutipan, override.regulasi, None, None, f"{_OVERRIDE} {name}"


def _row_quotations(row: Row) -> Iterator[tuple[str, str]]:
    citations: list[Citation] = [branch.citation for decision in row.keputusan for branch in decision.cabang]
    citations += [paper.citation for paper in row.dokumen]
    yield row.kegiatan, ""
    yield from (
        (branch.kutipan, "")
        for decision in row.keputusan
        if decision.harfiah is not None
        for branch in decision.harfiah.cabang
    )
    if row.keterangan:
        yield row.keterangan, ""
    yield from map(_cited, citations)
    yield from ((item.teks, "") for item in (*row.kelengkapan, *row.output) if item.teks)
    if row.lanjut is not None and row.lanjut.kutipan:
        yield _cited(row.lanjut)
    if row.waktu is not None:
        yield row.waktu.tertulis, ""


def _cited(citation: Citation | Transition) -> tuple[str, str]:
    return citation.kutipan, law_of(citation)


def law_of(citation: Citation | Transition) -> str:
    """The layer whose words a citation quotes; an empty string for those of the regulation."""
    return citation.sumber.regulasi if citation.sumber is not None else ""
