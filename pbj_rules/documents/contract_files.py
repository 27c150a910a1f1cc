"""Reads the data contract from its files, and keeps between runs what was read and found right.

Sixty small files take as long to check as several papers to render, and change only when somebody edits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pbj_rules.documents.deriving import read_derived
from pbj_rules.documents.fields import Contract, Entry, Extra, PaperContract
from pbj_rules.documents.template_cache import keep, kept, key_of
from pbj_rules.errors import InputError

if TYPE_CHECKING:
    from pbj_rules.documents.contract_shape import Declared

__all__ = ["read_contract"]

# The code that decides what is right: a change of it checks every file anew.
_MAKERS: Final = (
    "reading", "shapes", "documents/contract_checks", "documents/contract_files", "documents/contract_shape",
    "documents/deriving", "documents/fields", "documents/vocabulary", "documents/vocabulary_kinds",
)  # fmt: skip


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
    from pbj_rules.documents.contract_checks import contract_problems
    from pbj_rules.documents.contract_shape import read_declared

    declared = read_declared(path, files)
    contract = _contract(path, declared)
    if found := contract_problems(contract):
        raise InputError(found)
    if key:
        keep(key, declared)
    return contract


def _key(path: Path, files: Sequence[Path]) -> str:
    """Under what the cache has these files; empty where one cannot be read, which reading it then tells."""
    package = Path(__file__).parent.parent
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
