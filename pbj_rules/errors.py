"""Errors that a person can act on: what is wrong, where, what was expected, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

__all__ = ["EvaluationError", "InputError", "PbjError", "Problem", "RuleError"]


@frozen
class Problem:
    """One thing wrong with an input, said in Indonesian.

    ``path`` is dotted (``fakta.jumlah_peserta``, ``penyedia[2].npwp``); ``line`` counts from 1 and
    is None where the input has no lines (a Python mapping).
    """

    message: str
    file: str | None = None
    line: int | None = None
    path: str = ""
    expected: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        lead = ": ".join(part for part in (place, self.path) if part)
        sentence = f"{lead}: {self.message}" if lead else self.message
        if self.expected:
            sentence += f" (seharusnya {self.expected})"
        if self.remedy:
            sentence += f". {self.remedy[0].upper()}{self.remedy[1:]}"
        return sentence + "."


class PbjError(Exception):
    """The base of every error that this library raises on purpose."""


class InputError(PbjError, ValueError):
    """An input is refused; ``problems`` lists everything that is wrong with it, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class RuleError(InputError):
    """The rule files are refused; nothing is evaluated with rules that contradict themselves."""


class EvaluationError(PbjError, RuntimeError):
    """The rules gave no answer, or two, for valid facts: a defect of the rules, never a guess."""
