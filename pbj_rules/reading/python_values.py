"""Turns plain Python values into the tree of a file, within the same limits, with paths in place of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from pbj_rules.errors import InputError, Problem
from pbj_rules.reading.characters import UNPRINTABLE, one_line
from pbj_rules.reading.nodes import (
    LONGEST_INTEGER,
    MAX_DEPTH,
    MAX_NODES,
    MAX_PROBLEMS,
    Node,
    path_of_key,
    too_deep,
    too_many,
    too_many_problems,
    unprintable_text,
)

__all__ = ["node_from_python"]

_LARGEST_INTEGER: Final = 10**LONGEST_INTEGER


def node_from_python(value: Any) -> Node:
    """The tree of plain Python values (mappings, sequences, scalars), without lines."""
    return _Converter().convert_all(value)


class _Converter:
    def __init__(self) -> None:
        self.nodes = 0
        self.problems: list[Problem] = []

    def convert_all(self, value: Any) -> Node:
        try:
            root = self._convert(value, 0, "")
        except InputError as error:
            raise InputError([*self.problems, *error.problems]) from None
        if self.problems:
            raise InputError(self.problems)
        return root

    def _convert(self, value: Any, depth: int, path: str) -> Node:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise too_deep(None, None)
        if self.nodes > MAX_NODES:
            raise too_many(None, None)
        if isinstance(value, Mapping):
            return self._mapping(value, depth, path)
        if isinstance(value, str):
            return Node(self._text(value, path))
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
            return Node([self._convert(item, depth + 1, f"{path}[{place}]") for place, item in enumerate(value, 1)])
        if isinstance(value, date):
            return Node(value.isoformat())  # a moment keeps its hour, which no day has: a shape refuses it
        if isinstance(value, bool | float) or value is None:
            return Node(value)
        if isinstance(value, int):
            return Node(int(value) if abs(value) < _LARGEST_INTEGER else float("inf"))
        self._note(
            f"nilai berjenis `{one_line(type(value).__name__)}` tidak dipakai di sini",
            path,
            expected="teks, bilangan, true/false, tanggal, daftar atau isian berkunci",
        )
        return Node(None)

    def _mapping(self, value: Mapping[Any, Any], depth: int, path: str) -> Node:
        children: dict[str, Node] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                self._note(f"kunci harus teks, bukan `{type(key).__name__}`", path, remedy="tulis kunci sebagai teks")
                continue
            here = path_of_key(path, key)
            name = self._text(key, here, is_key=True)
            children[name] = self._convert(item, depth + 1, here)
        return Node(children)

    def _text(self, text: str, path: str, *, is_key: bool = False) -> str:
        if UNPRINTABLE.search(text):
            self._add(unprintable_text(text, None, None, path, is_key=is_key))
        return str(text)

    def _note(self, message: str, path: str, *, expected: str = "", remedy: str = "") -> None:
        self._add(Problem(message, None, None, path, expected, remedy))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise too_many_problems(None)
