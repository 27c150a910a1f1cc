"""Turns the parsed source of a Word part into Python: static XML as constants, values printed by their run.

The language is the part of Jinja that papers need. `Unsupported` means that a template asks for more than
that, which docxtpl itself then renders; a tag that cuts an element of the page in two is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import CodeType
from typing import Final

from attrs import define, field
from jinja2 import nodes

from pbj_rules.documents.sandbox import COUNTED
from pbj_rules.documents.source_names import Scope, list_name
from pbj_rules.formatting import FILTERS

__all__ = ["CutElementError", "PartCode", "Site", "Unsupported", "Writer", "generate"]

_OPERATORS: Final = {
    "eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in",
}  # fmt: skip
_TESTS: Final = {"none": "({} is None)", "string": "isinstance({}, str)"}
_BUILTIN: Final = frozenset({"upper", "lower"})
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_RUN: Final = re.compile(r"<w:r[ >]")
_PROPERTIES: Final = re.compile(r"<w:rPr>.*?</w:rPr>", re.DOTALL)
_IN_TEXT: Final = re.compile(r"<w:t(?: [^<>]*)?>[^<>]*\Z")


class Unsupported(Exception):  # noqa: N818 - not an error: docxtpl takes over
    """Something that compiled templates do not do."""


class CutElementError(Exception):
    """A branch or loop whose XML opens what it does not close. ``line``: of the tag in the source."""

    def __init__(self, line: int) -> None:
        super().__init__("tanda `if`/`for` memotong alinea, baris, atau sel tabel")
        self.line = line


@define
class PartCode:
    """The code of one part.

    ``runs``: the properties of the runs that print values, by number. ``sites``: the dotted names that each place
    of a review draft reads, by number.
    """

    name: str
    code: CodeType
    runs: tuple[str, ...]
    sites: tuple[Site, ...]


Site = tuple[str, ...]


def generate(name: str, template: nodes.Template, head: str = "", writer: Writer | None = None) -> PartCode:
    """The code of the part ``name``: a function ``render(context, rounds, runs, filters, notes)`` of one text.

    ``head``: what stands before the source. ``writer``: one that writes more than the paper needs, for a review.
    Raises Unsupported or CutElementError.
    """
    writer = writer or Writer()
    writer.static(head)
    writer.body(template.body, {})
    writer.flush()
    lines = ["def render(context, rounds, runs, filters, notes=None):", "    out = []", "    add = out.append"]
    lines += [f"    {line}" for line in writer.lines]
    lines.append("    return ''.join(out)")
    code = compile("\n".join(lines) + "\n", f"<{name}>", "exec")
    return PartCode(name, code, tuple(writer.runs), tuple(writer.sites))


@define
class Writer:
    """Writes the lines of one function. ``seen``: the static XML so far, as a reader of the source meets it."""

    lines: list[str] = field(factory=list)
    runs: dict[str, int] = field(factory=dict)
    sites: dict[Site, int] = field(factory=dict)
    pending: list[str] = field(factory=list)
    seen: str = ""
    depth: int = 0
    names: int = 0

    def static(self, text: str) -> None:
        self.pending.append(text)
        # Only the latest run matters.
        found = [match.start() for match in _RUN.finditer(self.seen + text)]
        self.seen = (self.seen + text)[found[-1] if found else 0 :]

    def flush(self) -> None:
        text = "".join(self.pending)
        self.pending.clear()
        if text:
            self.line(f"add({text!r})")

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def body(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        self.output(part, scope)
                case nodes.If():
                    self._if(node, scope)
                case nodes.For():
                    self.loop(node, scope)
                case _:
                    raise Unsupported(type(node).__name__)

    def output(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            self.static(node.data)
            return
        self.flush()
        self.value(node, scope, self.run())

    def value(self, node: nodes.Node, scope: Scope, run: int) -> None:
        """Prints a value in a run."""
        self.line(f"add(runs[{run}].show({self.expression(node, scope)}))")

    def run(self) -> int:
        """The number of the run in which a value stands here."""
        if not self.seen.startswith(("<w:r>", "<w:r ")) or not _IN_TEXT.search(self.seen):
            raise Unsupported("nilai di luar teks")
        found = _PROPERTIES.search(self.seen)
        return self.runs.setdefault(found[0] if found else "", len(self.runs))

    def _if(self, node: nodes.If, scope: Scope) -> None:
        self.flush()
        for word, branch in [("if", node), *(("elif", other) for other in node.elif_)]:
            self.line(f"{word} {self.expression(branch.test, scope)}:")
            self.branch(node, branch.body, scope)
        if node.else_:
            self.line("else:")
            self.branch(node, node.else_, scope)

    def branch(self, node: nodes.If, body: Sequence[nodes.Node], scope: Scope) -> None:
        """One branch of a choice."""
        self.block(body, scope, node.lineno)

    def loop(self, node: nodes.For, scope: Scope) -> None:
        if not isinstance(node.target, nodes.Name):
            raise Unsupported("for a, b")
        self.flush()
        self.names += 1
        items, item, loop = (f"{kind}{self.names}" for kind in ("items", "item", "loop"))
        inner = {**scope, node.target.name: (item, list_name(node.iter, scope)), "loop": (loop, "")}
        self.line(f"{items} = rounds.over({self.expression(node.iter, scope)})")
        looks_at_loop = any(name.name == "loop" for part in node.body for name in part.find_all(nodes.Name))
        self.line(f"for {loop}, {item} in numbered({items}):" if looks_at_loop else f"for {item} in {items}:")
        self.item(node, inner)
        if node.else_:
            self.line(f"if not {items}:")
            self.block(node.else_, scope, node.lineno)

    def item(self, node: nodes.For, scope: Scope) -> None:
        """One round of a loop."""
        self.block(node.body, scope, node.lineno)

    def block(self, body: Sequence[nodes.Node], scope: Scope, line: int, first: str = "", last: str = "") -> None:
        """An indented body, which must leave the page as open as it found it.

        ``first``, ``last``: calls whose text stands before and after it.
        """
        before = self.seen
        start = len(self.lines)
        self.depth += 1
        if first:
            self.line(f"add({first})")
        self.body(body, scope)
        self.flush()
        if last:
            self.line(f"add({last})")
        if len(self.lines) == start:
            self.line("pass")
        self.depth -= 1
        if not _balanced(body):
            raise CutElementError(line)
        if self.open_run(before) != self.open_run(self.seen):
            raise Unsupported("run")

    @staticmethod
    def open_run(seen: str) -> str | None:
        """The properties of the run that is open at the end of ``seen``."""
        if not seen.startswith(("<w:r>", "<w:r ")) or "</w:r>" in seen:
            return None
        found = _PROPERTIES.search(seen)
        return found[0] if found else ""

    def expression(self, node: nodes.Node, scope: Scope) -> str:
        """The Python of an expression; names are looked up in the context, parts in their record."""
        match node:
            case nodes.Const():
                return repr(node.value)
            case nodes.Name():
                return scope[node.name][0] if node.name in scope else f"context[{node.name!r}]"
            case nodes.Getattr():
                return f"{self.expression(node.node, scope)}[{node.attr!r}]"
            case nodes.Filter() if node.node is not None:
                return self._filter(node, self.expression(node.node, scope), scope)
            case nodes.CondExpr() if node.expr2 is not None:
                parts = (node.expr1, node.test, node.expr2)
                yes, test, no = (self.expression(part, scope) for part in parts)
                return f"({yes} if {test} else {no})"
            case nodes.And() | nodes.Or() | nodes.Add() | nodes.Sub():
                sign = {nodes.And: "and", nodes.Or: "or", nodes.Add: "+", nodes.Sub: "-"}[type(node)]
                return f"({self.expression(node.left, scope)} {sign} {self.expression(node.right, scope)})"
            case nodes.Not():
                return f"(not {self.expression(node.node, scope)})"
            case nodes.Concat():
                return f"joined_text({self._several(node.nodes, scope)})"
            case nodes.List() | nodes.Tuple():
                return f"({self._several(node.items, scope)},)" if node.items else "()"
            case nodes.Compare():
                compared = "".join(
                    f" {_OPERATORS[operand.op]} {self.expression(operand.expr, scope)}" for operand in node.ops
                )
                return f"({self.expression(node.expr, scope)}{compared})"
            case nodes.Test() if node.name in _TESTS:
                return _TESTS[node.name].format(self.expression(node.node, scope))
        raise Unsupported(type(node).__name__)

    def _several(self, items: Sequence[nodes.Node], scope: Scope) -> str:
        return ", ".join(self.expression(item, scope) for item in items)

    def _filter(self, node: nodes.Filter, value: str, scope: Scope) -> str:
        if node.name == COUNTED:
            return value
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise Unsupported(f"penyaring {node.name} dengan nama")
        if node.name in _BUILTIN and not node.args:
            return f"str({value}).{node.name}()"
        if node.name not in FILTERS:
            raise Unsupported(f"penyaring {node.name}")
        arguments = "".join(f", {self.expression(part, scope)}" for part in node.args)
        return f"filters[{node.name!r}]({value}{arguments})"


def _balanced(body: Sequence[nodes.Node]) -> bool:
    """Whether the XML of a body leaves open what was open before it; inner bodies have been looked at before.

    A body may end a run and begin another: then it closes as much as it opens.
    """
    data = "".join(
        part.data for node in body if isinstance(node, nodes.Output) for part in node.nodes
        if isinstance(part, nodes.TemplateData)
    )  # fmt: skip
    closed: list[str] = []
    opened: list[str] = []
    for closing, name, _, empty in _TAG.findall(data):
        if empty:
            continue
        if not closing:
            opened.append(name)
        elif not opened:
            closed.append(name)
        elif opened.pop() != name:
            return False
    return closed == opened[::-1]
