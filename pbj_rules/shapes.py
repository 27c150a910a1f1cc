"""Shapes: one description of an input that both checks it and says it as JSON Schema.

A shape reads a located node to plain Python values and notes every problem on the way, with the
nearest valid name where a name is misspelt.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, Protocol

from attrs import frozen

from pbj_rules.errors import Problem
from pbj_rules.reading import MAX_PROBLEMS, Node, one_line

__all__ = [
    "INVALID",
    "Anything",
    "Choice",
    "Day",
    "Either",
    "Field",
    "Flag",
    "Integer",
    "Lazy",
    "ListOf",
    "MapOf",
    "Nullable",
    "Place",
    "Record",
    "Shape",
    "Text",
    "nearest",
    "read_shape",
]

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)


class _Invalid:
    """What a shape returns for a node that it refused; the problem is noted already."""

    def __repr__(self) -> str:
        return "INVALID"


INVALID: Final = _Invalid()


@frozen
class Place:
    """Where in an input a shape is reading, and the list that problems go to."""

    file: str | None
    problems: list[Problem]
    path: str = ""
    line: int | None = None

    def key(self, key: str, line: int | None) -> Place:
        return Place(self.file, self.problems, f"{self.path}.{key}" if self.path else key, line)

    def item(self, number: int, line: int | None) -> Place:
        """The place of item ``number`` of a list, counted from 1 as people do."""
        return Place(self.file, self.problems, f"{self.path}[{number}]", line)

    def note(self, message: str, expected: str = "", remedy: str = "") -> _Invalid:
        self.problems.append(Problem(message, self.file, self.line, self.path, expected, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _TooManyProblems
        return INVALID


class _TooManyProblems(Exception):  # noqa: N818  # ends the reading, and never leaves this module
    """The report is long enough."""


class Shape(Protocol):
    """Reads a node to a plain value, or notes why not; and describes itself as JSON Schema."""

    def read(self, node: Node, place: Place) -> Any: ...

    def schema(self) -> dict[str, Any]: ...

    def expected(self) -> str: ...


def read_shape(shape: Shape, node: Node, file: str | None) -> tuple[Any, list[Problem]]:
    """The value of the whole input and everything that is wrong with it."""
    problems: list[Problem] = []
    try:
        value = shape.read(node, Place(file, problems, line=node.line))
    except _TooManyProblems:
        more = "masih ada kesalahan lain sesudah ini"
        problems.append(Problem(more, file, remedy="perbaiki yang di atas lebih dulu"))
        value = INVALID
    return value, problems


def nearest(name: str, names: Iterable[str]) -> str:
    """The remedy that names the most similar valid name, or an empty string; capitals make no name another."""
    small: dict[str, str] = {}
    for valid in names:
        small.setdefault(valid.casefold(), valid)
    close = difflib.get_close_matches(name[:80].casefold(), small, n=1, cutoff=0.5)
    return f"mungkin maksudnya `{small[close[0]]}`" if close else ""


def shown(value: Any) -> str:
    """A value as an error quotes it: short, on one line."""
    if isinstance(value, dict):
        return "isian berkunci"
    if isinstance(value, list):
        return "daftar"
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "nilai yang tak terhingga, terlalu besar atau bukan bilangan"
    return f"`{one_line(str(value), 40)}`"


@frozen
class Text:
    """Text of at least one character that is not a blank."""

    longest: int = 20_000
    pattern: str = ""
    meaning: str = "teks"
    blank: bool = False

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node.value, str):
            remedy = ""
            if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                remedy = "tulis dalam tanda kutip"
            return place.note(f"{shown(node.value)} bukan teks", self.expected(), remedy)
        if not self.blank and not node.value.strip():
            return place.note("teks kosong", self.expected(), "isi atau hapus kunci ini")
        if len(node.value) > self.longest:
            return place.note("teks terlalu panjang", f"paling banyak {self.longest} huruf")
        if self.pattern and not re.fullmatch(self.pattern, node.value):
            return place.note(f"{shown(node.value)} tidak sesuai bentuknya", self.expected())
        return node.value

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            **({} if self.blank else {"minLength": 1}),
            **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}),
        }

    def expected(self) -> str:
        return self.meaning


@frozen
class Integer:
    """A whole number within bounds, both included."""

    minimum: int
    maximum: int
    unit: str = ""

    def read(self, node: Node, place: Place) -> Any:
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            remedy = ""
            if isinstance(node.value, float):
                remedy = "tulis angkanya saja, tanpa titik, koma atau pangkat: 12000"
            elif isinstance(node.value, str) and re.fullmatch(r"[0-9][0-9._]*", node.value):
                remedy = f"tulis `{re.sub('[._]', '', node.value):.20}` tanpa tanda kutip dan tanpa pemisah"
            return place.note(f"{shown(node.value)} bukan bilangan bulat", self.expected(), remedy)
        if not self.minimum <= node.value <= self.maximum:
            return place.note(f"{shown(node.value)} di luar batas", self.expected())
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def expected(self) -> str:
        return f"bilangan bulat{' ' + self.unit if self.unit else ''} {self.minimum} sampai {self.maximum}"


@frozen
class Flag:
    """true or false."""

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node.value, bool):
            remedy = "tulis true (ya) atau false (tidak), tanpa tanda kutip"
            return place.note(f"{shown(node.value)} bukan ya/tidak", self.expected(), remedy)
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def expected(self) -> str:
        return "true atau false"


@frozen
class Day:
    """A calendar day, written YYYY-MM-DD; read to datetime.date."""

    def read(self, node: Node, place: Place) -> Any:
        text = node.value
        if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return place.note(f"{shown(text)} bukan tanggal", self.expected(), "contoh: 2020-04-01")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return place.note(f"tanggal {shown(text)} tidak ada dalam kalender", self.expected())
        if not FIRST_DAY <= day <= LAST_DAY:
            return place.note(f"tanggal {shown(text)} di luar batas", f"tahun {FIRST_DAY.year} sampai {LAST_DAY.year}")
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def expected(self) -> str:
        return "tanggal TTTT-BB-HH"


@frozen
class Choice:
    """One of the given words."""

    values: tuple[str, ...]

    def read(self, node: Node, place: Place) -> Any:
        if node.value not in self.values or not isinstance(node.value, str):
            remedy = nearest(node.value, self.values) if isinstance(node.value, str) else ""
            return place.note(f"{shown(node.value)} tidak dikenal", self.expected(), remedy)
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.values)}

    def expected(self) -> str:
        return "salah satu dari " + ", ".join(self.values)


@frozen
class ListOf:
    """A list whose items all have one shape."""

    item: Shape
    minimum: int = 0

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node.value, list):
            return place.note(f"{shown(node.value)} bukan daftar", self.expected())
        if len(node.value) < self.minimum:
            return place.note("daftar terlalu pendek", self.expected())
        values = [self.item.read(child, place.item(number, child.line)) for number, child in enumerate(node.value, 1)]
        return INVALID if any(value is INVALID for value in values) else values

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.schema(), **({"minItems": self.minimum} if self.minimum else {})}

    def expected(self) -> str:
        return f"daftar{f' paling sedikit {self.minimum}' if self.minimum else ''} {self.item.expected()}"


@frozen
class MapOf:
    """Any names, all with one shape."""

    item: Shape
    names: str = r"[^\x00]+"

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node.value, dict):
            return place.note(f"{shown(node.value)} bukan isian berkunci", self.expected())
        found_before = len(place.problems)
        values = {}
        for key, child in node.value.items():
            here = place.key(one_line(key), node.key_lines.get(key) or child.line)
            if not re.fullmatch(self.names, key):
                here.note(f"kunci `{one_line(key)}` tidak sesuai bentuknya", self.names)
            values[key] = self.item.read(child, here)
        return INVALID if len(place.problems) > found_before else values

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema()}

    def expected(self) -> str:
        return "isian berkunci"


@frozen
class Either:
    """One of several shapes, chosen by looking at the node."""

    choose: Callable[[Node], Shape]
    options: tuple[Shape, ...]

    def read(self, node: Node, place: Place) -> Any:
        return self.choose(node).read(node, place)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [option.schema() for option in self.options]}

    def expected(self) -> str:
        return " atau ".join(option.expected() for option in self.options)


@frozen
class Nullable:
    """A shape, or nothing (null)."""

    item: Shape

    def read(self, node: Node, place: Place) -> Any:
        return None if node.value is None else self.item.read(node, place)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.item.schema(), {"type": "null"}]}

    def expected(self) -> str:
        return f"{self.item.expected()} atau kosong"


@frozen
class Lazy:
    """A shape that is made when a value of it is met: what most inputs do without costs them nothing."""

    make: Callable[[], Shape]

    def read(self, node: Node, place: Place) -> Any:
        return self.make().read(node, place)

    def schema(self) -> dict[str, Any]:
        return self.make().schema()

    def expected(self) -> str:
        return self.make().expected()


@frozen
class Anything:
    """Any plain value; somebody further on knows its shape."""

    def read(self, node: Node, place: Place) -> Any:  # noqa: ARG002  # every shape has this signature
        return node.plain()

    def schema(self) -> dict[str, Any]:
        return {}

    def expected(self) -> str:
        return "isian apa pun"


@frozen
class Field:
    """A key of a record."""

    shape: Shape
    required: bool = True
    title: str = ""
    default: Any = None


@frozen
class Record:
    """Known keys, each with its own shape; any other key is refused.

    A key that is absent and not required gets its field's ``default`` in the value read.
    """

    fields: Mapping[str, Field]
    title: str = ""

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node.value, dict):
            remedy = "isi atau hapus kunci ini" if node.value is None else ""
            return place.note(f"{shown(node.value)} bukan isian berkunci", self.expected(), remedy)
        found_before = len(place.problems)
        self._check_names(node, place)
        values: dict[str, Any] = {}
        for key, item in self.fields.items():
            child = node.value.get(key)
            if child is None:
                if item.required:
                    place.note(f"kunci wajib `{key}` tidak ada", item.shape.expected(), f"tambahkan `{key}:`")
                values[key] = item.default
            else:
                values[key] = item.shape.read(child, place.key(key, node.key_lines.get(key) or child.line))
        return INVALID if len(place.problems) > found_before else values

    def _check_names(self, node: Node, place: Place) -> None:
        for key, child in node.value.items():
            if key not in self.fields:
                here = place.key(one_line(key), node.key_lines.get(key) or child.line)
                here.note(
                    f"kunci `{one_line(key)}` tidak dikenal",
                    "salah satu dari " + ", ".join(self.fields),
                    nearest(key, self.fields) or "hapus kunci ini",
                )

    def schema(self) -> dict[str, Any]:
        properties = {}
        for key, item in self.fields.items():
            properties[key] = {**item.shape.schema(), **({"description": item.title} if item.title else {})}
        required = [key for key, item in self.fields.items() if item.required]
        return {
            "type": "object",
            **({"title": self.title} if self.title else {}),
            "additionalProperties": False,
            "properties": properties,
            **({"required": required} if required else {}),
        }

    def expected(self) -> str:
        return "isian berkunci " + ", ".join(self.fields)
