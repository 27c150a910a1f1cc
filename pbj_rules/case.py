"""A case: what a person or an application asks the rules about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike, fspath
from typing import Any

from attrs import frozen

from pbj_rules.case_shape import case_shape
from pbj_rules.errors import InputError, Problem
from pbj_rules.givens import derived_facts, givens_of
from pbj_rules.reading import Node, node_from_python, one_line, printable, read_file
from pbj_rules.regulation.model import Regulation
from pbj_rules.shapes import INVALID, Record, Shape, read_shape

__all__ = ["MAX_ANSWERS", "Case"]

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
    def from_file(
        cls,
        path: str | PathLike[str],
        regulation: Regulation,
        isian: Shape | None = None,
        regulations: Mapping[str, Regulation] | None = None,
    ) -> Case:
        """The case in a YAML or JSON file, under ``regulation`` or the one of ``regulations`` that it names.

        ``isian`` is the shape of what papers add (``pbj_rules.documents.isian_shape()``); without it that
        part is not looked at. Raises InputError with all that is wrong with the file.
        """
        return cls._from_node(read_file(path), printable(fspath(path)), regulation, isian, regulations)

    @classmethod
    def from_mapping(
        cls,
        mapping: Mapping[str, Any],
        regulation: Regulation,
        isian: Shape | None = None,
        regulations: Mapping[str, Regulation] | None = None,
    ) -> Case:
        """The case in a Python mapping of the same shape as the file; days may be ``datetime.date``."""
        return cls._from_node(node_from_python(mapping), None, regulation, isian, regulations)

    @classmethod
    def _from_node(
        cls,
        node: Node,
        file: str | None,
        default: Regulation,
        isian: Shape | None,
        regulations: Mapping[str, Regulation] | None,
    ) -> Case:
        known = regulations if regulations is not None else {default.id: default}
        regulation = _chosen(node, default, known)
        shape = case_shape(regulation, isian, tuple(known))
        value, problems = read_shape(shape, node, file)
        if isinstance(node.value, dict) and "fakta" in node.value:
            problems.extend(_too_many_answers(node.value["fakta"], file))
        problems.extend(_contradictions(shape, node, file, regulation))
        if problems or value is INVALID:
            raise InputError(sorted(problems, key=lambda problem: problem.line or 0))
        set_here = {name: number for name, number in value["parameter"].items() if number is not None}
        given = {name: answers for name, answers in value["fakta"].items() if answers}
        blacklist = value["daftar_hitam"]
        return cls(
            value["kasus"],
            value["sop"],
            value["regulasi"],
            value["tanggal"],
            set_here,
            _present(value["paket"]),
            _present(value["pejabat"]),
            tuple(_present(entry) for entry in value["penyedia"]),
            None if blacklist is None else tuple(_present(entry) for entry in blacklist),
            given,
            value["isian"],
        )


def _chosen(node: Node, default: Regulation, known: Mapping[str, Regulation]) -> Regulation:
    """The regulation that the case names; where it names none, or none that there is, the default."""
    named = node.value.get("regulasi") if isinstance(node.value, dict) else None
    if named is None or not isinstance(named.value, str) or named.value not in known:
        return default
    return known[named.value]


def _present(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without the keys that were not given, at every depth."""
    return {key: _present(item) if isinstance(item, dict) else item for key, item in record.items() if item is not None}


def _too_many_answers(facts: Node, file: str | None) -> list[Problem]:
    if not isinstance(facts.value, dict):
        return []
    most = f"paling banyak {MAX_ANSWERS}"
    return [
        Problem("jawaban terlalu banyak", file, node.line, f"fakta.{one_line(name)}", most)
        for name, node in facts.value.items()
        if isinstance(node.value, list) and len(node.value) > MAX_ANSWERS
    ]


def _contradictions(shape: Record, node: Node, file: str | None, regulation: Regulation) -> list[Problem]:
    """Answers that differ from what the case's own lists say; told also where other parts of the case are wrong."""
    facts = shape.fields["fakta"].shape
    if not isinstance(node.value, dict) or not isinstance(facts, Record) or "fakta" not in node.value:
        return []
    parts = {name: _part(shape, node, name) for name in ("tanggal", "parameter", "paket", "penyedia", "daftar_hitam")}
    if parts["paket"] is INVALID:
        parts["paket"] = {}  # what follows from the package is then not known, and not looked at
    if INVALID in parts.values():
        return []
    return [
        Problem(
            "jawaban bertentangan dengan `daftar_hitam` kasus ini",
            file,
            answer.line,
            f"fakta.{name}",
            "true menurut daftar itu" if truth else "false menurut daftar itu",
            "hapus jawaban ini, atau perbaiki daftarnya",
        )
        for name, truth in derived_facts(regulation, givens_of(regulation, **parts)).items()
        for answer in _answers_of(node.value["fakta"], name)
        if isinstance(answer.value, bool) and answer.value is not truth
    ]


def _part(shape: Record, node: Node, name: str) -> Any:
    """A part of the case as far as it can be read by itself, or INVALID."""
    field = shape.fields[name]
    if name not in node.value:
        return INVALID if field.required else field.default
    value, problems = read_shape(field.shape, node.value[name], None)
    return INVALID if problems else value


def _answers_of(facts: Node, name: str) -> list[Node]:
    answers = facts.value.get(name) if isinstance(facts.value, dict) else None
    if answers is None:
        return []
    return answers.value if isinstance(answers.value, list) else [answers]
