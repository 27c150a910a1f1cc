"""The tree that reading gives, its limits, and how each is refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define

from pbj_rules.errors import InputError, Problem
from pbj_rules.reading.characters import one_line, told_unprintable

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_PROBLEMS",
    "Node",
    "number",
    "path_of_key",
    "refuse",
    "too_deep",
    "too_many",
    "too_many_problems",
    "unprintable_text",
]

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 400_000
MAX_PROBLEMS: Final = 100  # a person mends no more at once, and a hostile file cannot make a report of megabytes

LONGEST_INTEGER: Final = 40  # digits; anything longer is out of every range and slow to convert
_NO_KEYS: Final[Mapping[str, int | None]] = MappingProxyType({})


@define(eq=False)
class Node:
    """A value and the line it stands on (from 1; None without a file).

    ``value`` is a scalar (str, int, float, bool, None, date), a list of nodes, or a dict of nodes by
    key; ``key_lines`` gives the line of each key of a dict. ``file``: where the node comes from, if not from
    the file of the tree that it stands in.
    """

    value: Any
    line: int | None = None
    key_lines: Mapping[str, int | None] = _NO_KEYS
    file: str | None = None

    def plain(self) -> Any:
        """The same value without lines."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


def number(digits: str) -> int | float:
    """A whole number as written; one of more digits than any range holds becomes infinite, which no shape takes."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else float("inf")


def path_of_key(path: str, key: str) -> str:
    """The path of a key within the collection at ``path``, fit to be printed."""
    return f"{path}.{one_line(key)}" if path else one_line(key)


def unprintable_text(text: str, file: str | None, line: int | None, path: str, *, is_key: bool) -> Problem:
    """A value or a key that holds characters which no paper can print, by the path of its field."""
    what, where = ("kunci", "kuncinya") if is_key else ("teks", "nilainya")
    message = f"{what} memuat karakter yang tidak dapat dicetak ({told_unprintable(text)})"
    return Problem(message, file, line, path, remedy=f"hapus karakter itu dari {where}")


def refuse(name: str | None, message: str, *, line: int | None = None, expected: str = "", remedy: str) -> InputError:
    return InputError([Problem(message, name, line, "", expected, remedy)])


def too_deep(name: str | None, line: int | None) -> InputError:
    expected = f"paling banyak {MAX_DEPTH} tingkat"
    return InputError([Problem("isi bersarang terlalu dalam", name, line, expected=expected)])


def too_many(name: str | None, line: int | None) -> InputError:
    message = "isi terlalu banyak (alias dihitung setiap kali dipakai)"
    return InputError([Problem(message, name, line, expected=f"paling banyak {MAX_NODES} butir")])


def too_many_problems(name: str | None) -> InputError:
    return refuse(name, "masih ada kesalahan lain sesudah ini", remedy="perbaiki yang di atas lebih dulu")
