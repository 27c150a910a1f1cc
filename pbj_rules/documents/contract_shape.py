"""How the files of the data contract are written, and reading them with every fault noted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pbj_rules import shapes
from pbj_rules.documents.contract_checks import derived_problems
from pbj_rules.documents.deriving import DERIVED_SHAPE
from pbj_rules.errors import InputError, Problem
from pbj_rules.reading import read_file

__all__ = ["Declared", "read_declared"]

KINDS: Final = (
    "teks", "paragraf", "tanggal", "rupiah", "jumlah", "ya-tidak", "pilihan", "daftar", "kelompok",
    "nip", "npwp",
)  # fmt: skip
LETTERHEADS: Final = ("kantor", "perangkat-daerah")
KEY: Final = r"[a-z][a-z0-9_]*"

# The value of the common file, and of each paper's by its id: plain values.
Declared = tuple[dict[str, Any], dict[str, dict[str, Any]]]


def _entry_shape(depth: int) -> shapes.Record:
    fields = {
        "judul": shapes.Field(shapes.Text()),
        "tipe": shapes.Field(shapes.Choice(KINDS)),
        "wajib": shapes.Field(shapes.Flag(), False, default=True),
        "pilihan": shapes.Field(shapes.ListOf(shapes.Text(), 2), False, default=[]),
    }
    if depth:
        columns = shapes.MapOf(_entry_shape(depth - 1), KEY)
        fields["kolom"] = shapes.Field(columns, False, default={})
    return shapes.Record(fields)


_ENTRIES: Final = shapes.MapOf(_entry_shape(2), KEY)
_NAMES: Final = shapes.Field(shapes.ListOf(shapes.Text()), False, default=[])

_COMMON_FILE: Final = shapes.Record(
    {
        "umum": shapes.Field(_ENTRIES),
        "kasus": shapes.Field(shapes.MapOf(_ENTRIES, KEY)),
        "bersama": shapes.Field(
            shapes.MapOf(shapes.Record({"judul": shapes.Field(shapes.Text()), "isian": shapes.Field(_ENTRIES)}), KEY)
        ),
        "peran": shapes.Field(shapes.MapOf(shapes.Text(), KEY)),
        "sebutan": shapes.Field(shapes.MapOf(shapes.Text())),
        "disebut": shapes.Field(shapes.ListOf(shapes.Text())),
    }
)

_PAPER_FILE: Final = shapes.Record(
    {
        "isian": shapes.Field(_ENTRIES, False, default={}),
        "kop": shapes.Field(shapes.Choice(LETTERHEADS), False, default="kantor"),
        "kop_menurut": shapes.Field(shapes.MapOf(shapes.MapOf(shapes.Choice(LETTERHEADS))), False, default={}),
        "turunan": shapes.Field(DERIVED_SHAPE, False, default={}),
        "pelengkap": shapes.Field(
            shapes.Record({"judul": shapes.Field(shapes.Text()), "kapan": shapes.Field(shapes.Text())}), False
        ),
        **dict.fromkeys(("keputusan", "mungkin", "fakta", "parameter", "hasil", "dari", "bersama"), _NAMES),
    }
)


def read_declared(path: Path, files: Sequence[Path]) -> Declared:
    """What the common file and the papers' files say. Raises InputError with all faults of all files."""
    problems: list[Problem] = []
    common = _read(_COMMON_FILE, path, problems)
    papers: dict[str, dict[str, Any]] = {}
    for file in files:
        paper = _read(_PAPER_FILE, file, problems)
        if paper is not None:
            papers[file.stem] = paper
            problems += derived_problems(paper["turunan"], str(file))
    if problems or common is None:
        raise InputError(problems)
    return common, papers


def _read(shape: shapes.Record, file: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """The value of a file, or None with its faults noted."""
    try:
        value, found = shapes.read_shape(shape, read_file(file), str(file))
    except InputError as error:
        value, found = None, list(error.problems)
    problems += found
    return None if found else value
