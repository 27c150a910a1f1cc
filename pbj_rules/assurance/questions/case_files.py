"""Cases as the files that they could have been read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pbj_rules.assurance.questions.changes import APPLICANT, Change
from pbj_rules.case import Case
from pbj_rules.language.tree import Source

__all__ = ["amended", "case_file", "written_value"]


def case_file(case: Case) -> dict[str, Any]:
    """The case as a file of its own, with all that rules may read, without what only papers need."""
    file: dict[str, Any] = {"kasus": case.kasus, "sop": case.sop, "regulasi": case.regulasi, "tanggal": case.tanggal}
    parts = {"parameter": dict(case.parameter), "paket": dict(case.paket), "penyedia": list(case.penyedia[:1])}
    file |= {name: part for name, part in parts.items() if part}
    if case.daftar_hitam is not None:
        file["daftar_hitam"] = list(case.daftar_hitam)
    if case.fakta:
        file["fakta"] = {name: _answers(given) for name, given in case.fakta.items()}
    written: dict[str, Any] = written_value(file)
    return written


def amended(file: Mapping[str, Any], case: Case, changes: Iterable[Change]) -> dict[str, Any]:
    """A case file as it was read with what the changes, already in the case, made of it; all else stays."""
    new = dict(file)
    for change in changes:
        key = change.fakta.partition(".")[2]
        match change.source:
            case Source.ANSWER:
                answers = {**(new.get("fakta") or {}), change.fakta: _answers(case.fakta.get(change.fakta, ()))}
                new["fakta"] = {name: given for name, given in answers.items() if name in case.fakta}
            case Source.PACKAGE:
                new["paket"] = {**(new.get("paket") or {}), key: case.paket[key]}
            case Source.APPLICANT:
                first, *others = new.get("penyedia") or [APPLICANT]
                new["penyedia"] = [{**first, key: case.penyedia[0][key]}, *others]
            case Source.CASE:
                new[change.fakta] = getattr(case, change.fakta)
            case _:
                new[change.fakta] = list(getattr(case, change.fakta))
    written: dict[str, Any] = written_value(new)
    return written


def written_value(value: Any) -> Any:
    """A value as a case file and JSON have it: a day is its ISO text, a list of words a list."""
    if isinstance(value, Mapping):
        return {key: written_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [written_value(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _answers(given: tuple[Any, ...]) -> Any:
    """Answers as a file has them: the only one by itself."""
    return given[0] if len(given) == 1 else list(given)
