"""The folder or the single ZIP of a case, with a page that says what is in it and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from attrs import frozen
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pbj_rules.case import Case
from pbj_rules.documents.deciding import decision_in_words
from pbj_rules.documents.packing import pack
from pbj_rules.documents.rendering import Paper
from pbj_rules.formatting import tanggal_panjang
from pbj_rules.language.saying import say_value
from pbj_rules.language.tree import Kind
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import templates_directory
from pbj_rules.result import Result

__all__ = ["INDEX", "bundle", "index_page"]

INDEX: Final = "indeks.html"
# What stands in place of a row for a paper that no row names.
EXTRA: Final = "tidak disebut dalam Perbup 21/2020"
_KINDS_OF_FILE: Final = {".docx": "Word", ".pdf": "PDF"}


@frozen
class _Sheet:
    """A paper as the page lists it. ``baris``: the rows that make it; none for a paper that no row names.

    ``files``: what a link says and where it leads. ``kode``: its verification code.
    """

    judul: str
    baris: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    kosong: int
    kode: str


def index_page(case: Case, result: Result, papers: Sequence[Paper], regulation: Regulation) -> bytes:
    """The page of a case, in Indonesian: one file that needs no other, to be read or printed.

    ``papers``: the files that lie beside the page, Word and PDF alike; folders in their names do not count.
    """
    sop = regulation.sop[result.sop]
    page = _environment().get_template(INDEX)
    text = page.render(
        kasus=case.kasus,
        status=result.status,
        sop=f"{sop.judul} ({sop.pasal})",
        regulasi=regulation.judul,
        tanggal=tanggal_panjang(case.tanggal),
        paket=_package(case),
        setelan=[
            (parameter.judul, say_value(value, parameter.type.kind), say_value(parameter.nilai, parameter.type.kind))
            for name, value in case.parameter.items()
            for parameter in [regulation.parameter[name]]
        ],
        menunggu=[(waiting.baris, regulation.fakta[waiting.fakta].pertanyaan) for waiting in result.menunggu],
        peringatan=result.peringatan,
        keputusan=[decision_in_words(decision, regulation) for decision in result.keputusan],
        anomali=[
            regulation.anomali[name]
            for name in dict.fromkeys(name for decision in result.keputusan for name in decision.anomali)
        ],
        naskah=_sheets(result, papers),
        pelengkap=EXTRA,
        tanpa_berkas=_without_file(result, papers),
        kosong=_blanks(papers),
    )
    return text.encode("utf-8")


def bundle(files: Mapping[str, bytes]) -> bytes:
    """One ZIP of the files by name, the same bytes for the same files.

    Raises ValueError for a name that would leave the folder in which the ZIP is opened, or that is
    another's on a disk that does not tell capital letters from small ones.
    """
    seen: dict[str, str] = {}
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0") or str(path) != name:
            raise ValueError(f"nama berkas tidak dapat dimuat dalam ZIP: {name!r}")
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise ValueError(f"nama berkas sama di beberapa komputer: {other!r} dan {name!r}")
    return pack(files)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_directory()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _package(case: Case) -> list[tuple[str, str]]:
    """What the case says of its package, as far as a reader recognises it by that."""
    kinds: dict[str, Kind | None] = {
        "nama": None,
        "jenis": None,
        "kode_rup": None,
        "kode_tender": None,
        "perangkat_daerah": None,
        "metode_pemilihan": None,
        "pagu": Kind.RUPIAH,
        "hps": Kind.RUPIAH,
    }
    short = {"nama": "Paket", "kode_rup": "Kode RUP", "hps": "HPS"}
    return [
        (short.get(name, name.replace("_", " ").capitalize()), say_value(case.paket[name], kind))
        for name, kind in kinds.items()
        if name in case.paket
    ]


def _sheets(result: Result, papers: Sequence[Paper]) -> list[_Sheet]:
    """The papers in the order of the case, the files of the same paper on one line."""
    files: dict[str, list[Paper]] = {}
    for paper in papers:
        files.setdefault(PurePosixPath(paper.name).stem, []).append(paper)
    sheets = []
    for same in files.values():
        rows = [result.dokumen[each].baris for each in (same[0].index, *same[0].salinan) if each is not None]
        names = [PurePosixPath(paper.name) for paper in same]
        links = tuple((_KINDS_OF_FILE.get(name.suffix, name.suffix[1:].upper()), quote(name.name)) for name in names)
        sheets.append(_Sheet(same[0].title, tuple(dict.fromkeys(rows)), links, len(same[0].kosong), same[0].kode))
    return sheets


def _without_file(result: Result, papers: Sequence[Paper]) -> list[tuple[str, str]]:
    """What the rows produce and no file here holds: title and row."""
    held = {index for paper in papers for index in (paper.index, *paper.salinan)}
    missing = [(entry.judul, entry.baris) for index, entry in enumerate(result.dokumen) if index not in held]
    return list(dict.fromkeys(missing))


def _blanks(papers: Sequence[Paper]) -> list[tuple[str, tuple[str, ...]]]:
    """What is still to be filled in, each with the papers that wait for it; the most awaited first."""
    waiting: dict[str, dict[str, None]] = {}
    for paper in papers:
        for path in paper.kosong:
            waiting.setdefault(path, {})[paper.title] = None
    return [(path, tuple(titles)) for path, titles in sorted(waiting.items(), key=lambda item: -len(item[1]))]
