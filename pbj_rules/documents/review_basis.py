"""What a review rests on, piece by piece, so that a signed sheet can be held against what is true now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final

import attrs

from pbj_rules.case import Case
from pbj_rules.documents.office import Office
from pbj_rules.documents.places import blocks_folder
from pbj_rules.documents.rendering import Rendered
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Result

__all__ = ["Basis", "Change", "anomalies_read", "basis_of", "changes", "seal_of"]

# Kinds of what a review rests on: what stands in the sheet's data under each, by its own name.
Basis = dict[str, dict[str, str]]
# Where something stands in its file says nothing of what it says.
_PLACES: Final = frozenset({"file", "line", "baris_naskah"})


@attrs.frozen
class Change:
    """Something beneath a sheet that is no longer as it was. ``what``: changed, gone or new, in words."""

    kind: str
    name: str
    what: str


def basis_of(case: Case, result: Result, office: Office, regulation: Regulation, papers: Sequence[Rendered]) -> Basis:
    """Facts and profile by their values; rules, templates and papers by digest."""
    return {
        "fakta": dict(_values(attrs.asdict(case))),
        "profil": dict(_values(attrs.asdict(office, filter=lambda item, _: item.name != "file"))),
        "aturan": {name: _digest(value) for name, value in _rules(result, regulation)},
        "templat": {file.stem: _file_digest(file) for file in _files(papers)},
        "naskah": {one.paper.name: hashlib.sha256(one.paper.content).hexdigest() for one in papers},
    }


def _values(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value that is given, by its dotted path, as JSON says it."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _values(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, 1):
            yield from _values(item, f"{path}[{number}]")
    elif isinstance(value, bytes):
        yield path, hashlib.sha256(value).hexdigest()
    elif value is not None:
        yield path, json.dumps(value, ensure_ascii=False, default=str)


def _rules(result: Result, regulation: Regulation) -> Iterator[tuple[str, Any]]:
    """The rows that the case walked, the parameters that it used, and the anomalies that were read."""
    for row in dict.fromkeys(result.jalur):
        yield f"baris {row}", regulation.row(row)
    for name in dict.fromkeys(name for decision in result.keputusan for name in decision.parameter):
        yield f"parameter {name}", regulation.parameter[name]
    for name in anomalies_read(result):
        yield f"anomali {name}", regulation.anomali[name]


def anomalies_read(result: Result) -> list[str]:
    """The anomalies whose reading the case rests on."""
    decided = [name for one in result.keputusan for name in one.anomali]
    return list(dict.fromkeys([*decided, *(name for one in result.dokumen for name in one.anomali)]))


def _files(papers: Sequence[Rendered]) -> list[Path]:
    """The templates, their data contracts and the shared blocks."""
    templates = list(dict.fromkeys(one.template for one in papers))
    contracts = [file for one in templates if (file := one.parent / "isian" / f"{one.stem}.yaml").is_file()]
    blocks = sorted({block for one in templates for block in blocks_folder(one).glob("*.docx")})
    return [*templates, *contracts, *blocks]


def _file_digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    """A part of the regulation as JSON values, the same in every process."""
    if attrs.has(type(value)):
        named = {item.name: _plain(getattr(value, item.name)) for item in attrs.fields(type(value))}
        return {type(value).__name__: {name: item for name, item in named.items() if name not in _PLACES}}
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value


def seal_of(basis: Basis) -> str:
    """The digest of all of it: the seal of a sheet."""
    return _digest(basis)


def changes(then: Basis, now: Basis) -> list[Change]:
    """What is no longer as it was, in the order of the kinds."""
    found = []
    for kind in then | now:
        before, after = then.get(kind, {}), now.get(kind, {})
        for name in before | after:
            if before.get(name) != after.get(name):
                found.append(Change(kind, name, _said(kind, before.get(name), after.get(name))))
    return found


def _said(kind: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"baru: {after}" if kind in ("fakta", "profil") else "baru"
    if after is None:
        return "tidak ada lagi"
    return f"{before} menjadi {after}" if kind in ("fakta", "profil") else "berubah"
