"""The engine: a regulation and an evaluator, asked about cases."""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from pbj_rules.case import Case
from pbj_rules.errors import InputError, Problem
from pbj_rules.evaluation.assembling import assemble
from pbj_rules.evaluation.memory import memory_of
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.evaluation.program import Program, program_for
from pbj_rules.evaluation.trace import Evaluator
from pbj_rules.regulation.loading import Library
from pbj_rules.regulation.model import Regulation
from pbj_rules.resources import regulation_directories, template_paths, templates_directory
from pbj_rules.result import Result
from pbj_rules.shapes import nearest

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
    """Asks regulations' rules about cases; pure: no clock, no network; no files once its regulations are read.

    ``regulation`` is that of a case which names none; ``regulations`` are those that a case may choose, by id.

    >>> engine = Engine.default()
    >>> case = {"kasus": "contoh", "sop": "analisa-pelaku-usaha", "tanggal": "2020-04-01",
    ...         "fakta": {"jumlah_pelaku_usaha_memenuhi": 2}}
    >>> engine.evaluate(case).keputusan[0].nilai
    'tersedia'
    """

    regulation: Regulation
    evaluator: Evaluator = field(factory=default_evaluator)
    templates: Container[str] = frozenset()
    regulations: Mapping[str, Regulation] = field()
    _programs: dict[tuple[str, str], Program] = field(factory=dict, init=False, repr=False)

    @regulations.default
    def _alone(self) -> Mapping[str, Regulation]:
        return {self.regulation.id: self.regulation}

    @classmethod
    def default(cls) -> Engine:
        """The engine with all shipped regulations; a case that names none is asked about the Perbup.

        Raises RuleError if their files do not hold together.
        """
        return cls.with_regulations(*regulation_directories())

    @classmethod
    def from_directory(cls, directory: str | PathLike[str]) -> Engine:
        """The engine with the rule files of a folder alone, and the shipped templates."""
        return cls.with_regulations(directory)

    @classmethod
    def with_regulations(cls, directory: str | PathLike[str], *others: str | PathLike[str]) -> Engine:
        """The engine with the rule files of several folders; a case that names none is asked about the first.

        Raises RuleError if the first does not hold together, or two have one id. A layer is read when it is first
        chosen; that raises RuleError if the layer does not hold together.
        """
        library = Library(Path(each) for each in (directory, *others))
        first = library[next(iter(library))]
        return cls(first, templates=frozenset(template_paths(templates_directory())), regulations=library)

    def under(self, regulation: str) -> Engine:
        """This engine as it answers cases that choose this regulation. Raises InputError for one it does not know."""
        if regulation == self.regulation.id:
            return self
        if regulation not in self.regulations:
            remedy = nearest(regulation, self.regulations)
            expected = "salah satu dari " + ", ".join(self.regulations)
            raise InputError([Problem(f"peraturan `{regulation}` tidak dikenal", expected=expected, remedy=remedy)])
        chosen = evolve(self, regulation=self.regulations[regulation])
        chosen._programs = self._programs
        return chosen

    def evaluate(self, case: Case | Mapping[str, Any] | str | PathLike[str]) -> Result:
        """The result of a case, of a mapping with a case file's keys, or of the case file at a path.

        Raises InputError with everything that is wrong with the case, EvaluationError where the rules give
        no answer or two.
        """
        if not isinstance(case, Case):
            case = self.read(case)
        chosen = self.under(case.regulasi)
        program = chosen.program(case.sop)
        memory = memory_of(case, chosen.regulation)
        return assemble(program, case, memory, self.evaluator.run(program, memory), self.templates)

    def read(self, case: Mapping[str, Any] | str | PathLike[str]) -> Case:
        """A checked case from a mapping or a file."""
        if isinstance(case, Mapping):
            return Case.from_mapping(case, self.regulation, regulations=self.regulations)
        if isinstance(case, str | PathLike):
            return Case.from_file(case, self.regulation, regulations=self.regulations)
        raise InputError([Problem(f"{type(case).__name__} bukan kasus", expected="Case, mapping, atau nama berkas")])

    def program(self, sop: str) -> Program:
        """The rules of walks that start at a SOP, made once."""
        key = (self.regulation.id, sop)
        if key not in self._programs:
            self._programs[key] = program_for(self.regulation, sop)
        return self._programs[key]
