"""Turns the parsed source of a Word part into Python: static XML as constants, values printed by their run.

The language is the part of Jinja that papers need. `Unsupported` means that a template asks for more than
that, which docxtpl itself then renders; a tag that cuts an element of the page in two is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Final

from attrs import define, field, frozen
from jinja2 import nodes

from pbj_rules.documents.sandbox import COUNTED, weight_of
from pbj_rules.documents.source_names import Scope, list_name
from pbj_rules.formatting import FILTERS

__all__ = ["Cut", "PartCode", "Site", "Unsupported", "Writer", "cuts_of", "generate"]

_OPERATORS: Final = {
    "eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in",
}  # fmt: skip
_TESTS: Final = {
    "none": "({} is None)",
    "true": "({} is True)",
    "false": "({} is False)",
    "string": "isinstance({}, str)",
    "number": "isinstance({}, int)",
}
_BUILTIN: Final = {
    "upper": "str({}).upper()", "lower": "str({}).lower()", "capitalize": "str({}).capitalize()", "length": "len({})",
}  # fmt: skip
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_RUN: Final = re.compile(r"<w:r[ >]")
_PROPERTIES: Final = re.compile(r"<w:rPr>.*?</w:rPr>", re.DOTALL)
# What people call the elements that a tag may cut; a run is none of their business.
_ELEMENTS: Final = {"w:p": "alinea", "w:tc": "sel tabel", "w:tr": "baris tabel", "w:tbl": "tabel"}
# After so many values what has been printed is weighed.
_WEIGHED: Final = 100
_IN_TEXT: Final = re.compile(r"<w:t(?: [^<>]*)?>[^<>]*\Z")


class Unsupported(Exception):  # noqa: N818 - not an error: docxtpl takes over
    """Something that compiled templates do not do."""


@frozen
class Cut:
    """A branch or loop that begins in one element of the page and ends in another.

    ``line``: of its tag in the source. ``elements``: what it cuts; ``whole``: whether it closes as much as it opens.
    """

    line: int
    elements: tuple[str, ...]
    whole: bool


# What each round of a loop ends with, so that no template prints without end.
WEIGHED: Final = "rounds.weigh(out)"


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
    Raises Unsupported.
    """
    writer = writer or Writer()
    writer.static(head)
    writer.body(template.body, {})
    writer.flush()
    lines = ["def render(context, rounds, runs, filters, notes=None):", "    out = []", "    add = out.append"]
    lines += [f"    {line}" for line in writer.lines]
    lines += ["    rounds.weigh(out)", "    return ''.join(out)"]
    try:
        code = compile("\n".join(lines) + "\n", f"<{name}>", "exec")
    except (SyntaxError, RecursionError, MemoryError) as error:  # more than Python's own compiler can take
        raise Unsupported("terlalu dalam") from error
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
    printed: int = 0

    def static(self, text: str) -> None:
        self.pending.append(text)
        self.seen = _latest_run(self.seen + text)

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
        self.printed += 1
        if self.printed % _WEIGHED == 0:
            self.line("rounds.weigh(out)")

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

    def branch(self, node: nodes.If, body: Sequence[nodes.Node], scope: Scope) -> None:  # noqa: ARG002 - for reviews
        """One branch of the choice ``node``."""
        self.block(body, scope)

    def loop(self, node: nodes.For, scope: Scope) -> None:
        if not isinstance(node.target, nodes.Name):
            raise Unsupported("for a, b")
        self.flush()
        self.names += 1
        items, item, loop = (f"{kind}{self.names}" for kind in ("items", "item", "loop"))
        inner = {**scope, node.target.name: (item, list_name(node.iter, scope)), "loop": (loop, "")}
        self.line(f"{items} = rounds.over({self.expression(node.iter, scope)}, {weight_of(node)})")
        if node.test is not None:
            self.line(f"{items} = [{item} for {item} in {items} if {self.expression(node.test, inner)}]")
        looks_at_loop = any(name.name == "loop" for part in node.body for name in part.find_all(nodes.Name))
        self.line(f"for {loop}, {item} in numbered({items}):" if looks_at_loop else f"for {item} in {items}:")
        self.item(node, inner)
        if node.else_:
            self.line(f"if not {items}:")
            self.block(node.else_, scope)

    def item(self, node: nodes.For, scope: Scope) -> None:
        """One round of a loop."""
        self.block(node.body, scope, last=WEIGHED)

    def block(self, body: Sequence[nodes.Node], scope: Scope, first: str = "", last: str = "") -> None:
        """An indented body, which must leave a run as open as it found it. ``first``, ``last``: lines around it."""
        before = self.seen
        start = len(self.lines)
        self.depth += 1
        if first:
            self.line(first)
        self.body(body, scope)
        self.flush()
        if last:
            self.line(last)
        if len(self.lines) == start:
            self.line("pass")
        self.depth -= 1
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
                return f"joined_text([{self._several(node.nodes, scope)}])"
            case nodes.List():
                return f"[{self._several(node.items, scope)}]"
            case nodes.Tuple():
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
            return _BUILTIN[node.name].format(value)
        if node.name == "join":
            between = self.expression(node.args[0], scope) if node.args else "''"
            return f"joined_text({value}, {between})"
        if node.name not in FILTERS:
            raise Unsupported(f"penyaring {node.name}")
        arguments = "".join(f", {self.expression(part, scope)}" for part in node.args)
        return f"filters[{node.name!r}]({value}{arguments})"


def _latest_run(seen: str) -> str:
    """What still matters of the static XML so far: the run that is open, its properties, and whether text is."""
    starts = [found.start() for found in _RUN.finditer(seen)]
    if not starts or "</w:r>" in (run := seen[starts[-1] :]):
        return ""
    found = _PROPERTIES.search(run)
    if found is None and "<w:rPr" in run:
        return run
    return f"<w:r>{found[0] if found else ''}{'<w:t>' if _IN_TEXT.search(run) else ''}"


def cuts_of(template: nodes.Template) -> Iterator[Cut]:
    """The branches and loops that cut an element of the page in two."""
    statements: list[nodes.If | nodes.For] = [*template.find_all(nodes.If), *template.find_all(nodes.For)]
    for node in statements:
        for body in (node.body, node.else_):
            closed, opened = _left_open(body)
            if closed or opened:
                names = dict.fromkeys(_ELEMENTS.get(name, "") for name in (*closed, *opened))
                yield Cut(node.lineno, tuple(filter(None, names)), closed == opened[::-1])


def _left_open(body: Sequence[nodes.Node]) -> tuple[list[str], list[str]]:
    """The elements that a body closes without opening them, and those that it opens and leaves open.

    Inner bodies are looked at by themselves.
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
            return ["?"], []
    return closed, opened
