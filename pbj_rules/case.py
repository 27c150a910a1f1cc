"""A case: what a person or an application asks the rules about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike, fspath
from typing import Any

from attrs import frozen

from pbj_rules.case_shape import case_shape
from pbj_rules.errors import InputError, Problem
from pbj_rules.reading import Node, node_from_python, read_file
from pbj_rules.regulation.model import Regulation
from pbj_rules.shapes import INVALID, Shape, read_shape

__all__ = ["Case", "MAX_ANSWERS"]

MAX_ANSWERS = 1000  # answers to one fact: far beyond any real loop, and bounds the walk


@frozen
class Case:
    """A valid case (contract, "Case file"). Amounts are whole rupiah, days ``datetime.date``.

    ``fakta`` holds the answers to each fact, one a visit; ``daftar_hitam`` is None where the case gives no
    list, which differs from an empty one.
    """

    kasus: str
    sop: str
    regulasi: str
    tanggal: date
    parameter: Mapping[str, int]
    paket: Mapping[str, Any]
    pejabat: Mapping[str, Any]
    penyedia: tuple[Mapping[str, Any], ...]
    daftar_hitam: tuple[Mapping[str, Any], ...] | None
    fakta: Mapping[str, tuple[Any, ...]]
    isian: Mapping[str, Any]

    @classmethod
    def from_file(cls, path: str | PathLike[str], regulation: Regulation, isian: Shape | None = None) -> Case:
        """The case in a YAML or JSON file.

        ``isian`` is the shape of what papers add (``pbj_rules.documents.isian_shape()``); without it that
        part is not looked at. Raises InputError with all that is wrong with the file.
        """
        return cls._from_node(read_file(path), fspath(path), regulation, isian)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], regulation: Regulation, isian: Shape | None = None) -> Case:
        """The case in a Python mapping of the same shape as the file; days may be ``datetime.date``."""
        return cls._from_node(node_from_python(mapping), None, regulation, isian)

    @classmethod
    def _from_node(cls, node: Node, file: str | None, regulation: Regulation, isian: Shape | None) -> Case:
        value, problems = read_shape(case_shape(regulation, isian), node, file)
        if isinstance(node.value, dict) and "fakta" in node.value:
            problems.extend(_too_many_answers(node.value["fakta"], file))
        if problems or value is INVALID:
            raise InputError(problems)
        set_here = {name: number for name, number in value["parameter"].items() if number is not None}
        given = {name: answers for name, answers in value["fakta"].items() if answers}
        blacklist = value["daftar_hitam"]
        return cls(
            value["kasus"], value["sop"], value["regulasi"], value["tanggal"], set_here, _present(value["paket"]),
            _present(value["pejabat"]), tuple(_present(entry) for entry in value["penyedia"]),
            None if blacklist is None else tuple(_present(entry) for entry in blacklist), given, value["isian"])


def _present(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without the keys that were not given, at every depth."""
    return {key: _present(item) if isinstance(item, dict) else item for key, item in record.items() if item is not None}


def _too_many_answers(facts: Node, file: str | None) -> list[Problem]:
    if not isinstance(facts.value, dict):
        return []
    return [Problem("jawaban terlalu banyak", file, node.line, f"fakta.{name:.60}", f"paling banyak {MAX_ANSWERS}")
            for name, node in facts.value.items() if isinstance(node.value, list) and len(node.value) > MAX_ANSWERS]
