"""``pbj verify``: whether Word files are what the engine rendered."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Final

import attrs
from rich.console import Console
from rich.text import Text

from pbj_rules.cli.arguments import UsageError
from pbj_rules.cli.cases import read_case
from pbj_rules.cli.register import lines_of
from pbj_rules.cli.screen import screen
from pbj_rules.documents.office import Office
from pbj_rules.documents.proving import CaseReference
from pbj_rules.documents.verifying import Verdict, Verification, verify_paper
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import default_profile

__all__ = ["run"]

_SAID: Final[dict[Verdict, tuple[str, str]]] = {
    "asli": ("ASLI", "bold green"),
    "tulisan-sama": ("TULISAN SAMA, berkas disimpan ulang", "bold yellow"),
    "berubah": ("BERUBAH", "bold red"),
    "bukan-naskah": ("BUKAN NASKAH pbj-rules", "bold red"),
}
_NO_SIGNATURE: Final = (
    "Kode dan segel bukan tanda tangan: siapa pun yang mengubah naskah dapat menghitungnya lagi. Buktinya adalah "
    "merender kasusnya lagi: pbj verify BERKAS --kasus KASUS [--profile PROFIL] [--register REGISTER]."
)


def run(options: argparse.Namespace) -> int:
    """Says of every file what it is; 0 only when all of them are what was rendered."""
    if options.kasus is None and (options.profile is not None or options.register is not None):
        raise UsageError("--profile dan --register dipakai untuk merender kasus lagi: sebutkan juga --kasus BERKAS")
    reference = _reference(options)
    found: list[Verification] = []
    problems: list[Problem] = []
    for file in options.files:
        try:
            found.append(verify_paper(file, reference))
        except InputError as error:
            problems += error.problems
    if options.json:
        for one in found:
            print(json.dumps({"skema": "pbj-verifikasi/1", **attrs.asdict(one)}, ensure_ascii=False))
    else:
        _show(screen(), found, reference)
    if problems:
        raise InputError(problems)
    return 0 if all(one.putusan == "asli" for one in found) else 1


def _reference(options: argparse.Namespace) -> CaseReference | None:
    if options.kasus is None:
        return None
    engine = Engine.default()
    case = read_case(engine, options.kasus)
    office = Office.from_file(options.profile or default_profile())
    numbers = None
    if options.register is not None:
        numbers = {line.letter: str(line.number) for line in lines_of(options.register)}
    return CaseReference(case, engine.evaluate(case), office, register=numbers)


def _show(console: Console, found: list[Verification], reference: CaseReference | None) -> None:
    for one in found:
        said, style = _SAID[one.putusan]
        console.print(Text.assemble((one.berkas, "bold"), ": ", (said, style)), soft_wrap=True)
        if one.naskah:
            console.print(Text(f"  naskah {one.naskah}, kode verifikasi {one.kode}", style="dim"))
        for line in (*_checked(one, reference), *one.alasan):
            console.print(Text(f"  - {line}"), soft_wrap=True)
    if found and reference is None:
        console.print(Text(f"\n{_NO_SIGNATURE}", style="dim"))


def _checked(one: Verification, reference: CaseReference | None) -> Iterator[str]:
    """What was found to be as it should."""
    if one.putusan == "asli":
        yield "tulisan, kode tercetak, dan setiap bita dari setiap bagian berkas cocok dengan segelnya"
        if reference is not None:
            yield f"terbukti: sama, bita demi bita, dengan hasil render kasus `{reference.case.kasus}`"
