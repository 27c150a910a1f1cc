"""Reads YAML: libyaml's events become the tree, by the YAML 1.2 core schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from pbj_rules.errors import InputError, Problem
from pbj_rules.reading.building import Builder
from pbj_rules.reading.characters import one_line
from pbj_rules.reading.nodes import MAX_DEPTH, Node, number, refuse, too_deep

__all__ = ["read_yaml"]

_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# libyaml gives up at the escape of a surrogate. A second reading, which only names the fields, sees each as a
# private character of the same length (so that columns stay true), and turns it back.
_SURROGATE_ESCAPE: Final = re.compile(r"(\\\\)|(\\u|\\U0000)([dD][89a-fA-F][0-9a-fA-F]{2})")
_REFUSED_ESCAPE: Final = "invalid Unicode character escape"
_SHIFT: Final = 0x800
_BACK: Final = {code + _SHIFT: code for code in range(0xD800, 0xE000)}


def read_yaml(text: str, name: str) -> Node:
    """The tree of a YAML text that was checked for characters; raises InputError with every problem found."""
    return _Composer(name).compose(text)


class _Composer(Builder):
    """Builds the tree from libyaml's events, without recursion, and collects problems on the way.

    ``shifted``: the surrogates that the text asks for are private characters in it.
    """

    def __init__(self, name: str, *, shifted: bool = False) -> None:
        super().__init__(name)
        self.shifted = shifted
        self.anchors: dict[str, tuple[Node, int, int]] = {}

    def compose(self, text: str) -> Node:
        try:
            root = self._build(text)
        except yaml.YAMLError as error:
            if not self.shifted and _REFUSED_ESCAPE in str(error) and _SURROGATE_ESCAPE.search(text):
                return _Composer(self.name, shifted=True).compose(_SURROGATE_ESCAPE.sub(_shift, text))
            raise InputError([*self.problems, self._syntax_problem(error, text)]) from None
        except InputError as error:
            raise InputError([*self.problems, *error.problems]) from None
        if self.problems:
            raise InputError(self.problems)
        return root

    def _build(self, text: str) -> Node:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        for event in yaml.parse(text, Loader=loader):
            line = _line(event)
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise refuse(
                    self.name, "berkas memuat lebih dari satu dokumen YAML", line=line, remedy="hapus pemisah `---`"
                )
            if isinstance(event, yaml.CollectionStartEvent):
                self._check_tag(event.tag, line)
                self.open(line, mapping=isinstance(event, yaml.MappingStartEvent), anchor=event.anchor)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.ScalarEvent):
                self._add_scalar(event, line)
            elif isinstance(event, yaml.AliasEvent):
                self._add_alias(str(event.anchor), line)
        if self.root is None:
            raise refuse(self.name, "berkas kosong", remedy="isi berkas ini")
        return self.root

    def _close(self) -> None:
        done = self.stack.pop()
        self._anchor(done.anchor, done.node, self.nodes - done.nodes_before, done.height + 1)
        self._place(done.node, done.height + 1)

    def _add_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._check_tag(event.tag, line)
        node = Node(self._scalar(event, line), line)
        self.count(1, line)
        self._anchor(event.anchor, node, 1, 0)
        self._place(node, 0)

    def _add_alias(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise refuse(
                self.name,
                f"alias `*{one_line(anchor)}` merujuk dirinya sendiri atau tidak ada",
                line=line,
                remedy="tulis isinya langsung",
            )
        node, size, height = self.anchors[anchor]
        self.count(size, line)
        if len(self.stack) + height > MAX_DEPTH:
            raise too_deep(self.name, line)
        self._place(node, height)

    def _place(self, node: Node, height: int) -> None:
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height)
        self.place(node)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        if event.implicit[0]:
            return _resolve(event.value)
        if event.style != '"':
            return event.value
        # The whole text was checked; only an escape can add a character to it.
        text: str = event.value.translate(_BACK) if self.shifted else event.value
        self.check_text(text, line)
        return text

    def _anchor(self, anchor: str | None, node: Node, size: int, height: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size, height)

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            self.note(f"tanda jenis `{one_line(tag)}` tidak dipakai di sini", line, remedy="hapus tanda itu")

    def _syntax_problem(self, error: yaml.YAMLError, text: str) -> Problem:
        if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
            return Problem("berkas bukan YAML yang sah", self.name, remedy="periksa isinya")
        mark = error.problem_mark
        # libyaml looks ahead, so from 0.2.6 on it meets its own limit before we have its first event.
        if "nesting depth" in (error.problem or ""):
            return too_deep(self.name, mark.line + 1).problems[0]
        column = mark.column + 1
        if _REFUSED_ESCAPE in (error.problem or ""):
            message = f"kode di kolom {column} tidak menunjuk karakter Unicode"
            return Problem(message, self.name, mark.line + 1, remedy="hapus kode itu")
        lines = text.split("\n")
        around = lines[mark.line] if mark.line < len(lines) else ""
        remedy = "periksa tanda titik dua, tanda kutip dan lekuk baris itu dan baris sebelumnya"
        if "\t" in around:
            remedy = "baris itu memakai tab; ganti tab dengan spasi"
        return Problem(f"tulisan YAML tidak dapat dibaca di kolom {column}", self.name, mark.line + 1, remedy=remedy)


def _shift(escape: re.Match[str]) -> str:
    """The escape of a surrogate as that of its private character; an escaped backslash stays."""
    return escape[0] if escape[1] else f"{escape[2]}{int(escape[3], 16) + _SHIFT:04X}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _resolve(text: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema; a date stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.fullmatch(text):
        return number(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_A_NUMBER.fullmatch(text):
        return float("nan")
    return text
