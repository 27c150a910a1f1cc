"""``pbj register``: the running numbers that a register has given."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.text import Text

from pbj_rules.cli.screen import plain_table, screen
from pbj_rules.documents.register import RegisterLine, SqliteRegister
from pbj_rules.errors import InputError, Problem

__all__ = ["lines_of", "run"]


def run(options: argparse.Namespace) -> int:
    """Prints the register, for people or as JSON (``pbj-register/1``); it is not changed."""
    lines = lines_of(options.file)
    if options.json:
        listed = [_plain(line) for line in lines]
        print(json.dumps({"skema": "pbj-register/1", "nomor": listed}, ensure_ascii=False))
        return 0
    if not lines:
        print("Register ini belum memberi nomor.")
        return 0
    table = plain_table("Nomor", "Tahun", "Naskah", "Tanggal", "Kasus", "Paket", "Kantor", whole=(0, 1, 2, 3))
    for line in lines:
        letter = line.letter
        again = f" (ke-{letter.production})" if letter.production > 1 else ""
        table.add_row(
            Text(str(line.number) + ("" if line.confirmed else " ?"), style="cyan"),
            str(letter.day.year),
            letter.paper + again,
            letter.day.isoformat(),
            letter.case,
            str(letter.package) or "–",
            letter.office,
        )
    console = screen()
    console.print(table)
    if not all(line.confirmed for line in lines):
        console.print(
            "\n? prosesnya terhenti sebelum pasti naskahnya tertulis; nomor ini menunggu naskah yang sama", style="dim"
        )
    return 0


def lines_of(file: str) -> tuple[RegisterLine, ...]:
    """The lines of a register that must be there. Raises InputError."""
    if not Path(file).is_file():
        remedy = "periksa nama berkas yang dipakai --register"
        raise InputError([Problem("buku register nomor tidak ditemukan", file, remedy=remedy)])
    return SqliteRegister(file).lines()


def _plain(line: RegisterLine) -> dict[str, object]:
    letter = line.letter
    return {
        "kantor": letter.office,
        "naskah": letter.paper,
        "tahun": letter.day.year,
        "nomor": line.number,
        "tanggal": letter.day.isoformat(),
        "kasus": letter.case,
        "paket": {"kode_rup": letter.package.code, "nama": letter.package.name},
        "ke": letter.production,
        "pasti": line.confirmed,
    }
