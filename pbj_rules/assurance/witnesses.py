"""Makes the case file that shows what was found, as a person could have written it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pbj_rules.assurance.domains import ABSENT, Assignment
from pbj_rules.engine import Engine
from pbj_rules.errors import EvaluationError
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.language.tree import Source
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Result

__all__ = ["Witnesses", "case_of"]


def case_of(regulation: Regulation, sop: str, name: str, assignment: Assignment) -> dict[str, Any]:
    """A case of the SOP in which the names have these values; settings that are the regulation's own are left out."""
    case: dict[str, Any] = {"kasus": name, "sop": sop, "tanggal": regulation.berlaku_sejak.isoformat()}
    parts: dict[str, dict[str, Any]] = {"parameter": {}, "paket": {}, "pemohon": {}, "fakta": {}}
    for symbol, value in assignment.items():
        key = symbol.name.rpartition(".")[2]
        match symbol.source:
            case _ if value is ABSENT:
                pass
            case Source.ANSWER:
                parts["fakta"][symbol.name] = _written(value)
            case Source.PACKAGE:
                parts["paket"][key] = _written(value)
            case Source.APPLICANT:
                parts["pemohon"][key] = _written(value)
            case Source.CASE:
                case[key] = _written(value)
            case Source.PARAMETER if value != regulation.parameter[symbol.name].nilai:
                parts["parameter"][symbol.name] = value
    if parts["pemohon"]:
        case["penyedia"] = [{"nama": "PT Contoh", **parts["pemohon"]}]
    return case | {key: parts[key] for key in ("parameter", "paket", "fakta") if parts[key]}


def _written(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class Witnesses:
    """Runs cases under a regulation, even one that has defects."""

    def __init__(self, regulation: Regulation) -> None:
        self.engine = Engine(regulation, PlainEvaluator())

    def run(self, case: Mapping[str, Any]) -> Result | str:
        """The result of the case, or what the engine says where the rules give none."""
        try:
            return self.engine.evaluate(case)
        except EvaluationError as error:
            return str(error)
