"""Reads the data contract from its files, and keeps between runs what was read and found right.

Sixty small files take as long to check as several papers to render, and change only when somebody edits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pbj_rules import shapes
from pbj_rules.documents.cache import keep, kept, key_of
from pbj_rules.documents.contract.deriving import read_derived
from pbj_rules.documents.contract.fields import Contract, Entry, Extra, PaperContract, record_shape
from pbj_rules.documents.places import contract_file
from pbj_rules.errors import InputError
from pbj_rules.shapes import Shape

if TYPE_CHECKING:
    from pbj_rules.documents.contract.shape import Declared

__all__ = ["isian_shape", "load_contract", "read_contract"]

# The code that decides what is right: a change of it checks every file anew.
_MAKERS: Final = (
    "shapes",
    *(f"reading/{name}" for name in (
        "building", "characters", "files", "json_text", "nodes", "python_values", "yaml_text",
    )),
    *(f"documents/contract/{name}" for name in (
        "checks", "deriving", "fields", "files", "kinds", "shape", "vocabulary",
    )),
)  # fmt: skip


def load_contract(path: Path | None = None) -> Contract:
    """The declaration at ``path`` (the shipped one by default) and the papers' own beside it.

    Raises InputError with all faults of all files.
    """
    return _load(path or contract_file())


@lru_cache(maxsize=8)
def _load(path: Path) -> Contract:
    return read_contract(path)


def read_contract(path: Path) -> Contract:
    """The contract whose common file is ``path``; the papers' files lie in ``isian`` beside it.

    Raises InputError with all faults of all files.
    """
    files = sorted((path.parent / "isian").glob("*.yaml"))
    key = _key(path, files)
    declared: Declared | None = kept(key) if key else None
    if declared is not None:
        return _contract(path, declared)
    # A program that finds the contract in the cache needs none of what checks it.
    from pbj_rules.documents.contract.checks import contract_problems
    from pbj_rules.documents.contract.shape import read_declared

    declared = read_declared(path, files)
    contract = _contract(path, declared)
    if found := contract_problems(contract):
        raise InputError(found)
    if key:
        keep(key, declared)
    return contract


def _key(path: Path, files: Sequence[Path]) -> str:
    """Under what the cache has these files; empty where one cannot be read, which reading it then tells."""
    package = Path(__file__).parents[2]
    makers = [(name, (package / f"{name}.py").stat()) for name in _MAKERS]
    stamps = repr([(name, status.st_mtime_ns, status.st_size) for name, status in makers])
    try:
        said = [piece for file in (path, *files) for piece in (file.name.encode(), file.read_bytes())]
    except OSError:
        return ""
    return key_of([b"isian", stamps.encode(), *said])


def _contract(path: Path, declared: Declared) -> Contract:
    common, papers = declared
    folder = path.parent / "isian"
    return Contract(
        str(path),
        _entries(common["umum"]),
        {name: _entries(item["isian"]) for name, item in common["bersama"].items()},
        {name: _entries(item) for name, item in common["kasus"].items()},
        common["peran"],
        tuple(common["disebut"]),
        common["sebutan"],
        {name: _paper(name, str(folder / f"{name}.yaml"), item) for name, item in papers.items()},
    )


def _entries(declared: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            name,
            item["judul"],
            item["tipe"],
            item["wajib"],
            _entries(item.get("kolom", {})),
            tuple(item["pilihan"]),
        )
        for name, item in declared.items()
    )


def _paper(name: str, file: str, item: Mapping[str, Any]) -> PaperContract:
    return PaperContract(
        name,
        file,
        _entries(item["isian"]),
        tuple(item["keputusan"]),
        tuple(item["mungkin"]),
        tuple(item["fakta"]),
        tuple(item["parameter"]),
        tuple(item["hasil"]),
        tuple(item["dari"]),
        tuple(item["bersama"]),
        item["kop"],
        item["kop_menurut"],
        Extra(item["pelengkap"]["judul"], item["pelengkap"]["kapan"]) if item["pelengkap"] else None,
        read_derived(item["turunan"]),
    )


def isian_shape(contract: Contract | None = None) -> Shape:
    """The shape of a case's ``isian``."""
    contract = contract or load_contract()
    keys = {name: shapes.Field(record_shape(entries), False) for name, entries in contract.shared.items()}
    for paper in (*contract.papers, *contract.cited):
        one = record_shape(contract.entries_of(paper))
        keys[paper] = shapes.Field(_once_or_each(one), False)
    return shapes.Record(keys, title="Isian naskah")


def _once_or_each(one: shapes.Record) -> Shape:
    several = shapes.ListOf(one)
    return shapes.Either(lambda node: several if isinstance(node.value, list) else one, (one, several))
