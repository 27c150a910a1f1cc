"""Reads a YAML or JSON file into a tree whose every node knows its line.

The reader admits less than YAML allows, so that a file means the same to every reader: the YAML 1.2
core schema only (``ya`` and ``yes`` are text), no tags, no duplicate keys, text keys, UTF-8, bounded
size, depth and number of nodes (an alias counts as often as it is used).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

import yaml
from attrs import define, field

from pbj_rules.errors import InputError, Problem

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Node", "node_from_python", "read_file", "read_text"]

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 400_000

# Characters that no Word file can hold (XML 1.0, section 2.2), lone surrogates among them.
UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_INTEGER: Final = 40  # digits; anything longer is out of every range and slow to convert


@define(eq=False)
class Node:
    """A value and the line it stands on (from 1; None without a file).

    ``value`` is a scalar (str, int, float, bool, None, date), a list of nodes, or a dict of nodes by
    key; ``key_lines`` gives the line of each key of a dict.
    """

    value: Any
    line: int | None = None
    key_lines: dict[str, int | None] = field(factory=dict)

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
    name = fspath(path)
    return read_text(_text_of(Path(path), name), name, is_json=name.lower().endswith(".json"))


def read_text(text: str, name: str, *, is_json: bool = False) -> Node:
    """The tree of a text; ``name`` stands for the file in errors."""
    return _read_json(text, name) if is_json else _Composer(name).compose(text)


def node_from_python(value: Any) -> Node:
    """The tree of plain Python values (mappings, sequences, scalars), without lines."""
    return _Converter().convert(value, 0)


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


class _Composer:
    """Builds the tree from libyaml's events, without recursion, and collects problems on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.nodes = 0

    def compose(self, text: str) -> Node:
        try:
            root = self._build(text)
        except yaml.YAMLError as error:
            raise InputError([*self.problems, self._syntax_problem(error, text)]) from None
        if self.problems:
            raise InputError(self.problems)
        return root

    def _build(self, text: str) -> Node:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        stack: list[_Open] = []
        root: Node | None = None
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _refuse(self.name, "berkas memuat lebih dari satu dokumen YAML",
                              line=event.start_mark.line + 1, remedy="hapus pemisah `---`")
            if isinstance(event, yaml.CollectionStartEvent):
                self._check_tag(event)
                empty: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                stack.append(_Open(Node(empty, event.start_mark.line + 1), event.anchor, self.nodes))
                if len(stack) > MAX_DEPTH:
                    raise _refuse(self.name, "isi bersarang terlalu dalam", line=event.start_mark.line + 1,
                                  expected=f"paling banyak {MAX_DEPTH} tingkat")
                self._count(1, event)
                continue
            if isinstance(event, yaml.CollectionEndEvent):
                done = stack.pop()
                node, size = done.node, self.nodes - done.nodes_before
                self._anchor(done.anchor, node, size)
            elif isinstance(event, yaml.ScalarEvent):
                self._check_tag(event)
                node = Node(self._scalar(event), event.start_mark.line + 1)
                self._count(1, event)
                self._anchor(event.anchor, node, 1)
            elif isinstance(event, yaml.AliasEvent):
                node = self._alias(event)
            else:
                continue
            if stack:
                self._attach(stack[-1], node, event)
            else:
                root = node
        if root is None:
            raise _refuse(self.name, "berkas kosong")
        return root

    def _attach(self, parent: _Open, node: Node, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.key is None:
            if not isinstance(node.value, str):
                shown = "null" if node.value is None else str(node.plain())
                self._note("kunci harus teks", line, remedy=f"tulis `{shown:.40}` dalam tanda kutip")
                node = Node(f"{shown:.40}", node.line)
            if node.value in parent.node.value:
                self._note(f"kunci `{node.value:.60}` tertulis dua kali", line, remedy="hapus salah satunya")
            parent.key, parent.key_line = node.value, node.line
        else:
            parent.node.value[parent.key] = node
            parent.node.key_lines[parent.key] = parent.key_line
            parent.key = None

    def _scalar(self, event: Any) -> Any:
        if found := UNPRINTABLE.search(event.value):
            self._note(f"teks memuat karakter yang tidak dapat dicetak (U+{ord(found[0]):04X})",
                       event.start_mark.line + 1, remedy="hapus karakter itu")
        return _resolve(event.value) if event.implicit[0] else event.value

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            raise _refuse(self.name, f"alias `*{event.anchor}` merujuk dirinya sendiri atau tidak ada",
                          line=event.start_mark.line + 1, remedy="tulis isinya langsung")
        node, size = self.anchors[event.anchor]
        self._count(size, event)
        return node

    def _anchor(self, anchor: str | None, node: Node, size: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size)

    def _count(self, size: int, event: Any) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise _refuse(self.name, "isi terlalu banyak (alias dihitung setiap kali dipakai)",
                          line=event.start_mark.line + 1, expected=f"paling banyak {MAX_NODES} butir")

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._note(f"tanda jenis `{event.tag:.60}` tidak dipakai di sini",
                       event.start_mark.line + 1, remedy="hapus tanda itu")

    def _note(self, message: str, line: int, *, remedy: str) -> None:
        self.problems.append(Problem(message, self.name, line, "", "", remedy))

    def _syntax_problem(self, error: yaml.YAMLError, text: str) -> Problem:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            return Problem("berkas bukan YAML yang sah", self.name, remedy="periksa isinya")
        lines = text.split("\n")
        around = lines[mark.line] if mark.line < len(lines) else ""
        remedy = "periksa tanda titik dua, tanda kutip dan lekuk baris itu dan baris sebelumnya"
        if "\t" in around:
            remedy = "baris itu memakai tab; ganti tab dengan spasi"
        return Problem(f"tulisan YAML tidak dapat dibaca di kolom {mark.column + 1}",
                       self.name, mark.line + 1, remedy=remedy)


@define(eq=False)
class _Open:
    """A collection that is still being read."""

    node: Node
    anchor: str | None
    nodes_before: int
    key: str | None = None
    key_line: int | None = None


def _resolve(text: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema; a date stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_INTEGER else float("inf")
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_A_NUMBER.fullmatch(text):
        return float("nan")
    return text


def _read_json(text: str, name: str) -> Node:
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in items:
            if key in seen:
                repeated.append(key)
            seen[key] = value
        return seen

    def whole(digits: str) -> Any:
        return int(digits) if len(digits) <= _LONGEST_INTEGER else float("inf")

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=whole)
    except json.JSONDecodeError as error:
        raise _refuse(name, f"tulisan JSON tidak dapat dibaca di kolom {error.colno}", line=error.lineno,
                      remedy="periksa koma, tanda kutip dan kurung di sekitarnya") from None
    except RecursionError:
        raise _refuse(name, "isi bersarang terlalu dalam", expected=f"paling banyak {MAX_DEPTH} tingkat") from None
    # A tab can stand only between the tokens of valid JSON; YAML, which gives the lines, refuses it.
    lines = _lines_of(text.replace("\t", " "), name)
    if repeated:
        raise InputError(Problem(f"kunci `{key:.60}` tertulis dua kali", name, None, "", "", "hapus salah satunya")
                         for key in repeated)
    return _Converter(name).convert(value, 0, lines)


def _lines_of(text: str, name: str) -> Node | None:
    """The tree that YAML sees in a JSON text, for its lines; its duplicate keys are errors."""
    composer = _Composer(name)
    try:
        root = composer._build(text)
    except (yaml.YAMLError, InputError):
        return None
    doubled = [problem for problem in composer.problems if "dua kali" in problem.message]
    if doubled:
        raise InputError(doubled)
    return root


class _Converter:
    """Turns plain Python values into nodes, within the same limits as a file."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name
        self.nodes = 0

    def convert(self, value: Any, depth: int, twin: Node | None = None) -> Node:
        self.nodes += 1
        line = twin.line if twin is not None else None
        if depth > MAX_DEPTH:
            raise InputError([Problem("isi bersarang terlalu dalam", self.name, line,
                                      expected=f"paling banyak {MAX_DEPTH} tingkat")])
        if self.nodes > MAX_NODES:
            raise InputError([Problem("isi terlalu banyak", self.name, line,
                                      expected=f"paling banyak {MAX_NODES} butir")])
        if isinstance(value, Mapping):
            return self._mapping(value, depth, twin, line)
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            twins: Iterable[Node | None] = [None] * len(value)
            if twin is not None and isinstance(twin.value, list) and len(twin.value) == len(value):
                twins = twin.value
            return Node([self.convert(item, depth + 1, other) for item, other in zip(value, twins, strict=True)], line)
        if isinstance(value, str) and (found := UNPRINTABLE.search(value)):
            raise InputError([Problem(f"teks memuat karakter yang tidak dapat dicetak (U+{ord(found[0]):04X})",
                                      self.name, line, remedy="hapus karakter itu")])
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, date):
            value = value.isoformat()
        return Node(value, line)

    def _mapping(self, value: Mapping[Any, Any], depth: int, twin: Node | None, line: int | None) -> Node:
        others = twin.value if twin is not None and isinstance(twin.value, dict) else {}
        children: dict[str, Node] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                raise InputError([Problem(f"kunci harus teks, bukan {key!r:.40}", self.name, line)])
            children[key] = self.convert(item, depth + 1, others.get(key))
        return Node(children, line, dict(twin.key_lines) if twin is not None else {})
