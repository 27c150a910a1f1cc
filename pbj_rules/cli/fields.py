"""``pbj fields``: what a paper's template reads, and where each value is given."""

from __future__ import annotations

import argparse
import json

import attrs
from rich.text import Text

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.screen import plain_table, screen
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.listing import NUMBERED, fields_of
from pbj_rules.documents.places import template_files
from pbj_rules.shapes import nearest

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Prints the fields of a template, for people or as JSON (``pbj-isian/1``)."""
    templates = template_files()
    if options.id not in templates:
        hint = nearest(options.id, templates) or f"templat: {', '.join(templates)}"
        raise UsageError(f"naskah `{options.id}` tidak bertemplat; {hint}")
    contract = load_contract()
    fields = fields_of(options.id, templates[options.id], contract)
    extra = contract.papers[options.id].extra
    if options.json:
        made = {
            "skema": "pbj-isian/1",
            "naskah": options.id,
            "pelengkap": None if extra is None else {"judul": extra.title, "kapan": extra.when},
            "isian": [attrs.asdict(field) for field in fields],
        }
        print(json.dumps(made, ensure_ascii=False))
        return 0
    console = screen()
    if extra is not None:
        console.print(Text(f"Naskah pelengkap, tidak disebut dalam Perbup: {extra.title}."))
        console.print(Text(f"Dibuat bila kasus memuat `isian.{options.id}`, meskipun kosong ({{}}): {extra.when}."))
    table = plain_table("Isian templat", "Jenis", "Diisi di", "Asal", "Wajib", whole=(0, 2))
    for field in fields:
        needed = "ya" if field.wajib else "bila dicetak" if field.bersyarat else "–"
        table.add_row(Text(field.nama, style="cyan"), field.tipe, field.isi, field.asal, needed)
    console.print(table)
    if any(field.asal == NUMBERED for field in fields):
        console.print(
            Text(
                "Nomor yang tidak diisi mengikuti pola profil kantor; nomor urutnya dari register (--final --register)."
            )
        )
    return 0
