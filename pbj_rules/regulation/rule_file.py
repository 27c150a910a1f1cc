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
        """A problem at a path of keys and positions (from 0), with its line, in the file that the part comes from.

        A row of a table is named as everywhere, ``baris prakualifikasi/7``, not by its position.
        """
        node, line, shown, name = self.node, self.node.line, "", self.name
        for step in path:
            if isinstance(step, int):
                shown += f"[{step + 1}]"
                if isinstance(node.value, list) and step < len(node.value):
                    node = node.value[step]
                    line = node.line
                    shown = f"baris {row}" if (row := self._row_at(shown, node)) else shown
            else:
                shown += f".{step}" if shown else step
                if isinstance(node.value, dict) and step in node.value:
                    line = node.key_lines.get(step) or node.value[step].line
                    node = node.value[step]
            name = node.file or name
        return Problem(message, name, line, shown, expected, remedy)

    def _row_at(self, shown: str, node: Node) -> str:
        """The id of the row that a path of this form leads to; empty where it leads to something else."""
        sop, label = (_text_at(record, key) for record, key in ((self.node, "sop"), (node, "label")))
        return f"{sop}/{label}" if sop and label and shown.startswith("baris[") and "." not in shown else ""


def _text_at(record: Node, key: str) -> str:
    found = record.value.get(key) if isinstance(record.value, dict) else None
    return found.value if found is not None and isinstance(found.value, str) else ""
