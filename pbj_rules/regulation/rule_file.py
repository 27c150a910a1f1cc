"""A rule file as it was read, which still knows the line of everything in it."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from attrs import frozen

from pbj_rules.errors import Problem
from pbj_rules.reading import Node

__all__ = ["LAYER_NAME", "RuleFile", "RulePath"]

# The file of a folder that holds a layer, not a whole regulation.
LAYER_NAME: Final = "lapisan.yaml"

RulePath: TypeAlias = "tuple[str | int, ...]"


@frozen
class RuleFile:
    """A rule file as read: its plain value, and its nodes for the lines of later problems."""

    name: str
    node: Node
    value: Any

    def problem(self, path: RulePath, message: str, expected: str = "", remedy: str = "") -> Problem:
        """A problem at a path of keys and positions (from 0), with its line, in the file that the part comes from."""
        node, line, shown, name = self.node, self.node.line, "", self.name
        for step in path:
            if isinstance(step, int):
                shown += f"[{step + 1}]"
                if isinstance(node.value, list) and step < len(node.value):
                    node = node.value[step]
                    line = node.line
            else:
                shown += f".{step}" if shown else step
                if isinstance(node.value, dict) and step in node.value:
                    line = node.key_lines.get(step) or node.value[step].line
                    node = node.value[step]
            name = node.file or name
        return Problem(message, name, line, shown, expected, remedy)
