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
from pbj_rules.documents.blocks import used_blocks
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.office import Office, as_written
from pbj_rules.documents.places import blocks_folder
from pbj_rules.documents.rendering import Rendered
from pbj_rules.language.saying import say
from pbj_rules.language.tree import AddDays, Literal, Symbol
from pbj_rules.regulation.model import Decision, Regulation, Row
from pbj_rules.result import Result

__all__ = ["Basis", "Change", "anomalies_read", "basis_of", "changes", "digest_of_data"]

# Kinds of what a review rests on: what stands in the sheet's data under each, by its own name.
Basis = dict[str, dict[str, str]]
# Where something stands in its file, and how staff are asked for it, decides nothing. Of conditions the words are
# kept, not the tree; decisions are kept apart from their row.
_UNSAID: Final = frozenset(
    {"file", "line", "baris_naskah", "pertanyaan", "jika", "turunan", "symbol", "keputusan", "cabang"}
)
_NOTHING: Final = ("[]", "{}", '""')
# Names that a part of the regulation goes by where it stands in a list.
_NAMES: Final = ("aturan", "id", "sop", "baris")


@attrs.frozen
class Change:
    """Something beneath a sheet that is no longer as it was; None where it was not there, or is no longer."""

    jenis: str
    nama: str
    dahulu: str | None
    kini: str | None


def basis_of(case: Case, result: Result, office: Office, regulation: Regulation, papers: Sequence[Rendered]) -> Basis:
    """Facts, profile and rules by their values; templates and papers by digest."""
    return {
        "fakta": dict(_values(attrs.asdict(case))),
        "profil": dict(_values(as_written(office))),
        "aturan": dict(_rules(result, regulation)),
        "templat": {name: _file_digest(file) for name, file in _files(papers)},
        "naskah": {one.paper.name: hashlib.sha256(one.paper.content).hexdigest() for one in papers},
    }


def _values(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value that is given, by its dotted path, as JSON says it."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from _values(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple) and value:
        for number, item in enumerate(value, 1):
            yield from _values(item, f"{path}[{number}]")
    elif isinstance(value, bytes):
        yield path, f"sha256 {hashlib.sha256(value).hexdigest()}"
    elif value is not None:
        yield path, json.dumps(value, ensure_ascii=False, default=str)


def _rules(result: Result, regulation: Regulation) -> Iterator[tuple[str, str]]:
    """The rows that the case walked, the numbers and facts that it used, and the anomalies that were read."""
    for row in dict.fromkeys(result.jalur):
        yield from _row(regulation.row(row))
    for name in dict.fromkeys(name for decision in result.keputusan for name in decision.parameter):
        yield from _parts(regulation.parameter[name], f"parameter {name}")
    for name in dict.fromkeys(name for decision in result.keputusan for name in decision.fakta):
        yield from _parts(regulation.fakta[name], f"fakta {name}")
    for name in anomalies_read(result):
        yield from _parts(regulation.anomali[name], f"anomali {name}")


def _row(row: Row) -> Iterator[tuple[str, str]]:
    yield from _parts(row, f"baris {row.id}")
    for decision in row.keputusan:
        yield from _decision(decision)


def _decision(decision: Decision) -> Iterator[tuple[str, str]]:
    yield f"keputusan {decision.id}: judul", json.dumps(decision.judul, ensure_ascii=False)
    for branch in decision.cabang:
        yield from _parts(branch, f"aturan {branch.aturan}")


def _parts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every part of a piece of the regulation that says something, by its name and the part's own."""
    for path, item in _values(_plain(value)):
        if item not in _NOTHING:
            yield f"{name}: {path}", item


def _plain(value: Any) -> Any:
    """A piece of the regulation as JSON values, the same in every process."""
    if isinstance(value, Symbol | Literal | AddDays):
        return say(value)
    if attrs.has(type(value)):
        made: dict[str, Any] = {}
        for item in attrs.fields(type(value)):
            if item.name == "citation":
                made |= _plain(value.citation)
            elif item.name not in _UNSAID:
                made[item.name.removesuffix("_teks")] = _plain(getattr(value, item.name))
        return made
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return _listed(value)
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value


def _listed(items: Sequence[Any]) -> Any:
    """A list; of pieces with names of their own, by these, so that one more does not look like a change of all."""
    name = next((each for each in _NAMES if items and all(hasattr(item, each) for item in items)), None)
    keys = [getattr(item, name) for item in items] if name else []
    if name is None or len(set(keys)) < len(keys):
        return [_plain(item) for item in items]
    return {key: _plain(item) for key, item in zip(keys, items, strict=True)}


def anomalies_read(result: Result) -> list[str]:
    """The anomalies whose reading the case rests on."""
    decided = [name for one in result.keputusan for name in one.anomali]
    return list(dict.fromkeys([*decided, *(name for one in result.dokumen for name in one.anomali)]))


def _files(papers: Sequence[Rendered]) -> Iterator[tuple[str, Path]]:
    """The templates with the blocks that they use, and the declarations of what they read."""
    contract = load_contract()
    for one in papers:
        yield one.template.name, one.template
        yield f"isian/{one.production.id}.yaml", Path(contract.papers[one.production.id].file)
        for block in used_blocks(one.template, blocks_folder(one.template)):
            yield f"{block.parent.name}/{block.name}", block
    if papers:
        yield Path(contract.file).name, Path(contract.file)


def _file_digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def digest_of_data(data: Any) -> str:
    """The digest of JSON values, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def changes(then: Basis, now: Basis) -> list[Change]:
    """What is no longer as it was, in the order of the kinds. What came or went as a whole is named once."""
    found: dict[Change, None] = {}
    for kind in then | now:
        before, after = then.get(kind, {}), now.get(kind, {})
        kept = {_whole(name) for name in before} & {_whole(name) for name in after}
        for name in before | after:
            one = Change(kind, name, before.get(name), after.get(name))
            if one.dahulu == one.kini:
                continue
            if kind == "aturan" and _whole(name) not in kept:
                state = "dipakai" if one.kini is not None else None
                one = Change(kind, _whole(name), "dipakai" if state is None else None, state)
            found[one] = None
    return list(found)


def _whole(name: str) -> str:
    """The piece of the regulation that a part belongs to."""
    return name.partition(": ")[0]
