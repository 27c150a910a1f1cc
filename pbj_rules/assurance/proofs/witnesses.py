"""Makes the case file that shows what was found, as a person could have written it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from pbj_rules.assurance.proofs.agreement import Agreement
from pbj_rules.assurance.proofs.domains import ABSENT, Assignment
from pbj_rules.assurance.proofs.ways import Way, Ways
from pbj_rules.language.tree import Condition, Source
from pbj_rules.regulation.model import Regulation, Row

__all__ = ["Witnesses", "case_of"]


class Witnesses:
    """Finds cases that come to a row with certain values, and gives each a name of its own."""

    def __init__(self, regulation: Regulation, agreed: Agreement) -> None:
        self.regulation, self.agreed = regulation, agreed
        # Clean ways before crossed ones, few before many; the last of these leave nothing out.
        orders = [(strict, thrifty) for strict in (True, False) for thrifty in (True, False)]
        self.ways = [Ways(regulation, self.possible, strict, thrifty) for strict, thrifty in orders]
        self.names: Counter[str] = Counter()

    def case(self, what: str, row: Row, number: int, question: tuple[Condition, ...]) -> dict[str, Any]:
        """A case that comes to a decision of the row with values as the question has them, or at the least one
        with these values."""
        assignment = self.values(row, number, question)
        if assignment is None:
            assignment = self.agreed.solve(question) or {}
        return self.named(f"{what}-{row.keputusan[number].id}", row, assignment)

    def named(self, name: str, row: Row, assignment: Assignment) -> dict[str, Any]:
        """The case of the row's SOP with these values."""
        self.names[name] += 1
        if self.names[name] > 1:
            name += f"-{self.names[name]}"
        return case_of(self.regulation, row.id.partition("/")[0], name, assignment)

    def possible(self, way: Way) -> bool:
        """Whether any values bring a case along the way."""
        return self.agreed.solve(way) is not None

    def values(self, row: Row, number: int, question: tuple[Condition, ...]) -> Assignment | None:
        """Values that bring a case to a decision of the row and answer the question; None if there are none."""
        for ways in self.ways:
            for way in ways.to(row, number):
                assignment = self.agreed.solve((*question, *way))
                if assignment is not None:
                    return assignment
        return None


def case_of(regulation: Regulation, sop: str, name: str, assignment: Assignment) -> dict[str, Any]:
    """A case of the SOP in which the names have these values; settings that are the regulation's own are left out."""
    case: dict[str, Any] = {"kasus": name, "sop": sop, "tanggal": regulation.first_day.isoformat()}
    if regulation.pengecualian:  # nobody's default: without its name the case would run under the regulation beneath
        case["regulasi"] = regulation.id
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
