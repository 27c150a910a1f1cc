"""``pbj facts``: the facts and parameters that the rules use."""

from __future__ import annotations

import argparse
import json
from typing import Any

from rich.text import Text

from pbj_rules.cli.screen import plain_table, screen
from pbj_rules.engine import Engine
from pbj_rules.language.saying import say, say_value
from pbj_rules.regulation.model import Fact, Regulation

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Prints the vocabulary, for people or as JSON (``pbj-fakta/1``)."""
    regulation = Engine.default().regulation
    if options.json:
        print(json.dumps(_as_json(regulation), ensure_ascii=False))
    else:
        _show(regulation)
    return 0


def _as_json(regulation: Regulation) -> dict[str, Any]:
    return {
        "skema": "pbj-fakta/1",
        "regulasi": regulation.id,
        "fakta": [_fact_json(regulation, fact) for fact in regulation.fakta.values()],
        "parameter": [
            {
                "parameter": parameter.id,
                "judul": parameter.judul,
                "tipe": parameter.type.kind.value,
                "nilai": parameter.nilai,
                "satuan": parameter.satuan,
                "minimum": parameter.minimum,
                "baris": list(parameter.baris),
                "dasar": parameter.citation.dasar.value,
                "kutipan": parameter.citation.kutipan,
                "anomali": list(parameter.citation.anomali),
            }
            for parameter in regulation.parameter.values()
        ],
    }


def _fact_json(regulation: Regulation, fact: Fact) -> dict[str, Any]:
    deciding = [decision.id for row in regulation.rows() for decision in row.keputusan if fact.symbol in decision.fakta]
    return {
        "fakta": fact.id,
        "judul": fact.symbol.title,
        "tipe": fact.symbol.type.kind.value,
        "satuan": fact.satuan,
        "nilai": list(fact.symbol.type.values),
        "wajib": fact.symbol.wajib,
        "asal": fact.symbol.source.value,
        "pertanyaan": fact.pertanyaan,
        "baris": list(fact.baris),
        "keputusan": deciding,
        "turunan": say(fact.turunan) if fact.turunan is not None else None,
    }


def _show(regulation: Regulation) -> None:
    console = screen()
    table = plain_table("Fakta", "Jenis dan nilai", "Pertanyaan", "Baris")
    for fact in regulation.fakta.values():
        kind = fact.symbol.type.kind.value
        allowed = f"{kind}: {', '.join(fact.symbol.type.values)}" if fact.symbol.type.values else kind
        if not fact.symbol.wajib:
            allowed += " (boleh tidak ada)"
        table.add_row(Text(fact.id, style="cyan"), allowed, fact.pertanyaan, "\n".join(fact.baris))
    console.print(table)
    console.print()
    table = plain_table("Parameter", "Nilai", "Arti", "Dasar")
    for parameter in regulation.parameter.values():
        basis = " ".join((parameter.citation.dasar.value, *parameter.citation.anomali))
        table.add_row(
            Text(parameter.id, style="cyan"), say_value(parameter.nilai, parameter.type.kind), parameter.judul, basis
        )
    console.print(table)
