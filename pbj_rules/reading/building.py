"""What reading YAML and reading JSON share: a tree that grows without recursion, and the problems found so far."""

from __future__ import annotations

import json
from typing import Any

from attrs import define, field

from pbj_rules.errors import Problem
from pbj_rules.reading.characters import UNPRINTABLE, one_line
from pbj_rules.reading.nodes import (
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

__all__ = ["Builder", "Open"]


@define(eq=False)
class Open:
    """A collection that is still being read."""

    node: Node
    anchor: str | None
    nodes_before: int
    height: int = 0
    key_lines: dict[str, int | None] = field(factory=dict)
    key: str | None = None
    key_line: int | None = None

    @classmethod
    def at(cls, line: int, *, mapping: bool, anchor: str | None = None, nodes_before: int = 0) -> Open:
        """A new collection at a line; a mapping's node shares the lines of its keys."""
        lines: dict[str, int | None] = {}
        node = Node({}, line, lines) if mapping else Node([], line)
        return cls(node, anchor, nodes_before, key_lines=lines)

    @property
    def wants_key(self) -> bool:
        """Whether the next node is a key, and no value of one."""
        return self.key is None and isinstance(self.node.value, dict)


class Builder:
    """The tree of one file: the collections that are still open, outermost first, and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.stack: list[Open] = []
        self.root: Node | None = None
        self.nodes = 0

    def open(self, line: int, *, mapping: bool, anchor: str | None = None) -> None:
        self.stack.append(Open.at(line, mapping=mapping, anchor=anchor, nodes_before=self.nodes))
        if len(self.stack) > MAX_DEPTH:
            raise too_deep(self.name, line)
        self.count(1, line)

    def count(self, size: int, line: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise too_many(self.name, line)

    def place(self, node: Node) -> None:
        """A node that is read to its end becomes part of the innermost open collection, or the whole tree."""
        if self.stack:
            self._attach(self.stack[-1], node)
        else:
            self.root = node

    def check_text(self, text: str, line: int) -> None:
        """Notes a text about to be placed that no paper can print, by the path that it will have."""
        if UNPRINTABLE.search(text):
            is_key = bool(self.stack) and self.stack[-1].wants_key
            path = path_of_key(self._path(), text) if is_key else self._path()
            self.add(unprintable_text(text, self.name, line, path, is_key=is_key))

    def note(self, message: str, line: int | None, *, remedy: str) -> None:
        self.add(Problem(message, self.name, line, remedy=remedy))

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise too_many_problems(self.name)

    def _path(self) -> str:
        """The path of the value that is read now, as shapes write it; of a key: of the mapping around it."""
        path = ""
        for opened in self.stack:
            if isinstance(opened.node.value, list):
                path += f"[{len(opened.node.value) + 1}]"
            elif opened.key is not None:
                path = path_of_key(path, opened.key)
        return path

    def _attach(self, parent: Open, node: Node) -> None:
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.key is None:
            self._attach_key(parent, node)
        else:
            parent.node.value[parent.key] = node
            parent.key_lines[parent.key] = parent.key_line
            parent.key = None

    def _attach_key(self, parent: Open, node: Node) -> None:
        if not isinstance(node.value, str):
            shown = _shown_key(node.value)
            self.note("kunci harus teks", node.line, remedy=f"tulis `{shown}` dalam tanda kutip")
            node = Node(shown, node.line)
        elif node.value in parent.node.value:
            self.note(f"kunci `{one_line(node.value)}` tertulis dua kali", node.line, remedy="hapus salah satunya")
        parent.key, parent.key_line = node.value, node.line


def _shown_key(value: Any) -> str:
    """A key that is no text, as an error quotes it."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "null" if value is None else json.dumps(value)
