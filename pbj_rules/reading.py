"""Reads a YAML or JSON file into a tree whose every node knows its line.

The reader admits less than YAML allows, so that a file means the same to every reader: the YAML 1.2
core schema only (``ya`` and ``yes`` are text), no tags, no duplicate keys, text keys, UTF-8, bounded
size, depth and number of nodes (an alias counts as often as it is used).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml
from attrs import define, field

from pbj_rules.errors import InputError, Problem

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_PROBLEMS",
    "Node",
    "node_from_python",
    "one_line",
    "printable",
    "read_file",
    "read_text",
]

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 400_000
MAX_PROBLEMS: Final = 100  # a person mends no more at once, and a hostile file cannot make a report of megabytes

# Characters that no Word file can hold (XML 1.0, section 2.2), lone surrogates among them, and the other controls.
UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NO_KEYS: Final[Mapping[str, int | None]] = MappingProxyType({})
_WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_INTEGER: Final = 40  # digits; anything longer is out of every range and slow to convert
_LARGEST_INTEGER: Final = 10**_LONGEST_INTEGER
_JSON_TOKEN: Final = re.compile(r'[ \t\r]*(?:(\n)|("[^"\\]*(?:\\.[^"\\]*)*")|([][{}:,])|([^][{}:,\s"]+))')


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


def read_file(path: str | PathLike[str]) -> Node:
    """The tree of the file at ``path``; ``.json`` is read as JSON, anything else as YAML.

    Raises InputError with every problem found: missing file, folder, no permission, too large, not
    UTF-8, not YAML or JSON, duplicate keys, unprintable characters, nesting too deep.
    """
    name = printable(fspath(path))
    if not name:
        raise _refuse(name, "nama berkas kosong", remedy="sebutkan nama berkasnya")
    return read_text(_text_of(Path(path), name), name, is_json=name.lower().endswith(".json"))


def read_text(text: str, name: str, *, is_json: bool = False) -> Node:
    """The tree of a text; ``name`` stands for the file in errors."""
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InputError([_unprintable(found[0], name, line)])
    return _JsonReader(name).read(text) if is_json else _Composer(name).compose(text)


def node_from_python(value: Any) -> Node:
    """The tree of plain Python values (mappings, sequences, scalars), without lines."""
    return _Converter().convert_all(value)


def one_line(text: str, longest: int = 60) -> str:
    """A text as an error quotes it: short, on one line, and printable anywhere."""
    shown = printable(" ".join(text[: longest + 1].split()))
    return f"{shown[:longest]}…" if len(text) > longest else shown


def printable(text: str) -> str:
    """The text with every character that a terminal or a file may refuse written as its escape."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _unprintable(letter: str, name: str | None, line: int | None, path: str = "") -> Problem:
    remedy = "simpan ulang berkas dengan pengodean UTF-8" if letter == "\0" else "hapus karakter itu"
    message = f"teks memuat karakter yang tidak dapat dicetak (U+{ord(letter):04X})"
    return Problem(message, name, line, path, remedy=remedy)


def _too_deep(name: str | None, line: int | None) -> InputError:
    expected = f"paling banyak {MAX_DEPTH} tingkat"
    return InputError([Problem("isi bersarang terlalu dalam", name, line, expected=expected)])


def _too_many(name: str | None, line: int | None) -> InputError:
    message = "isi terlalu banyak (alias dihitung setiap kali dipakai)"
    return InputError([Problem(message, name, line, expected=f"paling banyak {MAX_NODES} butir")])


def _number(digits: str) -> int | float:
    """A whole number as written; one of more digits than any range holds becomes infinite, which no shape takes."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float("inf")


def _refuse(name: str, message: str, *, line: int | None = None, expected: str = "", remedy: str = "") -> InputError:
    return InputError([Problem(message, name, line, "", expected, remedy)])


def _text_of(path: Path, name: str) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refuse(name, "berkas tidak ditemukan", remedy="periksa nama dan foldernya") from None
    except IsADirectoryError:
        raise _refuse(name, "ini folder, bukan berkas", remedy="sebutkan berkas di dalamnya") from None
    except PermissionError:
        raise _refuse(name, "berkas tidak boleh dibaca", remedy="minta izin baca atas berkas ini") from None
    except (OSError, ValueError):
        raise _refuse(name, "berkas tidak dapat dibaca", remedy="periksa nama dan foldernya") from None
    if len(data) > MAX_BYTES:
        raise _refuse(
            name,
            "berkas terlalu besar",
            expected=f"paling banyak {MAX_BYTES // 1_000_000} MB",
            remedy="pisahkan menjadi beberapa berkas",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refuse(
            name,
            "pengodean huruf berkas bukan UTF-8",
            line=line,
            expected="UTF-8",
            remedy="simpan ulang berkas dengan pengodean UTF-8",
        ) from None


@define(eq=False)
class _Open:
    """A collection that is still being read."""

    node: Node
    anchor: str | None
    nodes_before: int
    height: int = 0
    key_lines: dict[str, int | None] = field(factory=dict)
    key: str | None = None
    key_line: int | None = None

    @classmethod
    def at(cls, line: int, *, mapping: bool, anchor: str | None = None, nodes_before: int = 0) -> _Open:
        """A new collection at a line; a mapping's node shares the lines of its keys."""
        lines: dict[str, int | None] = {}
        node = Node({}, line, lines) if mapping else Node([], line)
        return cls(node, anchor, nodes_before, key_lines=lines)


class _Builder:
    """What reading YAML and reading JSON share: adding a node to its parent, and the problems found so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def attach(self, parent: _Open, node: Node) -> None:
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.key is None:
            if not isinstance(node.value, str):
                shown = _shown_key(node.value)
                self.note("kunci harus teks", node.line, remedy=f"tulis `{shown}` dalam tanda kutip")
                node = Node(shown, node.line)
            elif node.value in parent.node.value:
                self.note(f"kunci `{one_line(node.value)}` tertulis dua kali", node.line, remedy="hapus salah satunya")
            parent.key, parent.key_line = node.value, node.line
        else:
            parent.node.value[parent.key] = node
            parent.key_lines[parent.key] = parent.key_line
            parent.key = None

    def check_text(self, text: str, line: int) -> None:
        if found := UNPRINTABLE.search(text):
            self.add(_unprintable(found[0], self.name, line))

    def note(self, message: str, line: int | None, *, remedy: str) -> None:
        self.add(Problem(message, self.name, line, remedy=remedy))

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _refuse(self.name, "masih ada kesalahan lain sesudah ini", remedy="perbaiki yang di atas lebih dulu")


class _Composer(_Builder):
    """Builds the tree from libyaml's events, without recursion, and collects problems on the way."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.nodes = 0

    def compose(self, text: str) -> Node:
        try:
            root = self._build(text)
        except yaml.YAMLError as error:
            raise InputError([*self.problems, self._syntax_problem(error, text)]) from None
        except InputError as error:
            raise InputError([*self.problems, *error.problems]) from None
        if self.problems:
            raise InputError(self.problems)
        return root

    def _build(self, text: str) -> Node:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        stack: list[_Open] = []
        root: Node | None = None
        for event in yaml.parse(text, Loader=loader):
            line = _line(event)
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _refuse(
                    self.name, "berkas memuat lebih dari satu dokumen YAML", line=line, remedy="hapus pemisah `---`"
                )
            if isinstance(event, yaml.CollectionStartEvent):
                self._check_tag(event.tag, line)
                mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Open.at(line, mapping=mapping, anchor=event.anchor, nodes_before=self.nodes))
                if len(stack) > MAX_DEPTH:
                    raise _too_deep(self.name, line)
                self._count(1, line)
                continue
            height = 0
            if isinstance(event, yaml.CollectionEndEvent):
                done = stack.pop()
                node, height = done.node, done.height + 1
                self._anchor(done.anchor, node, self.nodes - done.nodes_before, height)
            elif isinstance(event, yaml.ScalarEvent):
                self._check_tag(event.tag, line)
                node = Node(self._scalar(event, line), line)
                self._count(1, line)
                self._anchor(event.anchor, node, 1, 0)
            elif isinstance(event, yaml.AliasEvent):
                node, size, height = self._alias(str(event.anchor), line)
                self._count(size, line)
                if len(stack) + height > MAX_DEPTH:
                    raise _too_deep(self.name, line)
            else:
                continue
            if stack:
                stack[-1].height = max(stack[-1].height, height)
                self.attach(stack[-1], node)
            else:
                root = node
        if root is None:
            raise _refuse(self.name, "berkas kosong", remedy="isi berkas ini")
        return root

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        if event.implicit[0]:
            return _resolve(event.value)
        if event.style == '"':  # the whole text was checked; only an escape can add a character to it
            self.check_text(event.value, line)
        return event.value

    def _alias(self, anchor: str, line: int) -> tuple[Node, int, int]:
        if anchor not in self.anchors:
            raise _refuse(
                self.name,
                f"alias `*{one_line(anchor)}` merujuk dirinya sendiri atau tidak ada",
                line=line,
                remedy="tulis isinya langsung",
            )
        return self.anchors[anchor]

    def _anchor(self, anchor: str | None, node: Node, size: int, height: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size, height)

    def _count(self, size: int, line: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise _too_many(self.name, line)

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            self.note(f"tanda jenis `{one_line(tag)}` tidak dipakai di sini", line, remedy="hapus tanda itu")

    def _syntax_problem(self, error: yaml.YAMLError, text: str) -> Problem:
        if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
            return Problem("berkas bukan YAML yang sah", self.name, remedy="periksa isinya")
        mark = error.problem_mark
        # libyaml looks ahead, so from 0.2.6 on it meets its own limit before we have its first event.
        if "nesting depth" in (error.problem or ""):
            return _too_deep(self.name, mark.line + 1).problems[0]
        lines = text.split("\n")
        around = lines[mark.line] if mark.line < len(lines) else ""
        remedy = "periksa tanda titik dua, tanda kutip dan lekuk baris itu dan baris sebelumnya"
        if "\t" in around:
            remedy = "baris itu memakai tab; ganti tab dengan spasi"
        return Problem(
            f"tulisan YAML tidak dapat dibaca di kolom {mark.column + 1}", self.name, mark.line + 1, remedy=remedy
        )


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _shown_key(value: Any) -> str:
    """A key that is no text, as an error quotes it."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "null" if value is None else json.dumps(value)


def _resolve(text: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema; a date stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.fullmatch(text):
        return _number(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_A_NUMBER.fullmatch(text):
        return float("nan")
    return text


class _JsonReader(_Builder):
    """Builds the tree from JSON's own tokens, so that every node has its line and no key is lost."""

    def read(self, text: str) -> Node:
        try:
            json.loads(text, parse_int=_number)
        except json.JSONDecodeError as error:
            raise _refuse(
                self.name,
                f"tulisan JSON tidak dapat dibaca di kolom {error.colno}",
                line=error.lineno,
                remedy="periksa koma, tanda kutip dan kurung di sekitarnya",
            ) from None
        except RecursionError:
            raise _too_deep(self.name, None) from None
        try:
            root = self._build(text)
        except InputError as error:
            raise InputError([*self.problems, *error.problems]) from None
        if self.problems:
            raise InputError(self.problems)
        return root

    def _build(self, text: str) -> Node:
        """The tree of a text that is known to be JSON."""
        stack: list[_Open] = []
        root = Node(None)
        nodes = 0
        for token, line in _json_tokens(text):
            if token in (":", ","):
                continue
            if token in ("{", "["):
                stack.append(_Open.at(line, mapping=token == "{", nodes_before=nodes))
                nodes += 1
                if len(stack) > MAX_DEPTH:
                    raise _too_deep(self.name, line)
                continue
            if token in ("}", "]"):
                node = stack.pop().node
            else:
                plain = token.startswith('"') and "\\" not in token  # most tokens: not worth a parser of their own
                node = Node(token[1:-1] if plain else json.loads(token, parse_int=_number), line)
                nodes += 1
                if isinstance(node.value, str):
                    self.check_text(node.value, line)
            if nodes > MAX_NODES:
                raise _too_many(self.name, line)
            if stack:
                self.attach(stack[-1], node)
            else:
                root = node
        return root


def _json_tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens of a JSON text, each with its line; text in quotes keeps them."""
    line = 1
    for found in _JSON_TOKEN.finditer(text):
        if found[1]:
            line += 1
        else:
            yield found[2] or found[3] or found[4], line


class _Converter:
    """Turns plain Python values into nodes, within the same limits as a file."""

    def __init__(self) -> None:
        self.nodes = 0
        self.problems: list[Problem] = []

    def convert_all(self, value: Any) -> Node:
        root = self._convert(value, 0, "")
        if self.problems:
            raise InputError(self.problems)
        return root

    def _convert(self, value: Any, depth: int, path: str) -> Node:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise _too_deep(None, None)
        if self.nodes > MAX_NODES:
            raise _too_many(None, None)
        if isinstance(value, Mapping):
            return self._mapping(value, depth, path)
        if isinstance(value, str):
            return Node(self._text(value, path))
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
            return Node([self._convert(item, depth + 1, f"{path}[{number}]") for number, item in enumerate(value, 1)])
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
            here = f"{path}.{one_line(key)}" if path else one_line(key)
            children[self._text(key, here)] = self._convert(item, depth + 1, here)
        return Node(children)

    def _text(self, text: str, path: str) -> str:
        if found := UNPRINTABLE.search(text):
            self._add(_unprintable(found[0], None, None, path))
        return str(text)

    def _note(self, message: str, path: str, *, expected: str = "", remedy: str = "") -> None:
        self._add(Problem(message, None, None, path, expected, remedy))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise InputError(self.problems)
