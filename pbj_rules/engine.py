"""The engine: a regulation and an evaluator, asked about cases."""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import define, field

from pbj_rules.case import Case
from pbj_rules.errors import InputError, Problem
from pbj_rules.evaluation.assembling import assemble
from pbj_rules.evaluation.memory import memory_of
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.evaluation.program import Program, program_for
from pbj_rules.evaluation.trace import Evaluator
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory, template_paths, templates_directory
from pbj_rules.result import Result

__all__ = ["Engine"]


def default_evaluator() -> Evaluator:
    """Forward chaining on durable-rules; from Python 3.13 on, where its release cannot be imported, plain Python.

    Both give the same result for every case, byte for byte.
    """
    if sys.version_info >= (3, 13):
        return PlainEvaluator()
    from pbj_rules.evaluation.durable import DurableEvaluator  # a C extension: loaded where it is used

    return DurableEvaluator()


@define
class Engine:
    """Asks a regulation's rules about cases; pure: no clock, no network, no files once it is made.

    >>> engine = Engine.default()
    >>> case = {"kasus": "contoh", "sop": "analisa-pelaku-usaha", "tanggal": "2020-04-01",
    ...         "fakta": {"jumlah_pelaku_usaha_memenuhi": 2}}
    >>> engine.evaluate(case).keputusan[0].nilai
    'tersedia'
    """

    regulation: Regulation
    evaluator: Evaluator = field(factory=default_evaluator)
    templates: Container[str] = frozenset()
    _programs: dict[str, Program] = field(factory=dict, init=False, repr=False)

    @classmethod
    def default(cls) -> Engine:
        """The engine with the shipped regulation. Raises RuleError if its files do not hold together."""
        return cls.from_directory(rules_directory() / DEFAULT_REGULATION)

    @classmethod
    def from_directory(cls, directory: str | PathLike[str]) -> Engine:
        """The engine with the rule files of a folder, and the shipped templates."""
        return cls(load_regulation(Path(directory)), templates=frozenset(template_paths(templates_directory())))

    def evaluate(self, case: Case | Mapping[str, Any] | str | PathLike[str]) -> Result:
        """The result of a case, of a mapping with a case file's keys, or of the case file at a path.

        Raises InputError with everything that is wrong with the case, EvaluationError where the rules give
        no answer or two.
        """
        if not isinstance(case, Case):
            case = self.read(case)
        program = self.program(case.sop)
        memory = memory_of(case, self.regulation)
        return assemble(program, case, memory, self.evaluator.run(program, memory), self.templates)

    def read(self, case: Mapping[str, Any] | str | PathLike[str]) -> Case:
        """A checked case from a mapping or a file."""
        if isinstance(case, Mapping):
            return Case.from_mapping(case, self.regulation)
        if isinstance(case, str | PathLike):
            return Case.from_file(case, self.regulation)
        raise InputError([Problem(f"{type(case).__name__} bukan kasus", expected="Case, mapping, atau nama berkas")])

    def program(self, sop: str) -> Program:
        """The rules of walks that start at a SOP, made once."""
        if sop not in self._programs:
            self._programs[sop] = program_for(self.regulation, sop)
        return self._programs[sop]
