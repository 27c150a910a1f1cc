"""Jinja as templates may use it: a closed list of constructs, strict names, every value escaped and checked.

Whoever sends an office a template must not gain anything by it. So a template is refused, before any of it
runs, for everything that is not on the list: calls, imports, attributes with underscores, arithmetic that
multiplies text. Loops are counted while they run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pbj_rules.documents.printing import Rounds, passing_blanks, printed
from pbj_rules.formatting import FILTERS

__all__ = ["BUILTIN_FILTERS", "COUNTED", "counting", "environment"]

# Filters of Jinja that give no more than they get.
BUILTIN_FILTERS: Final = frozenset(
    {
        "abs", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower",
        "max", "min", "reverse", "round", "sort", "sum", "title", "trim", "unique", "upper",
    }
)  # fmt: skip
# The filter that every loop's list passes through.
COUNTED: Final = "dihitung"
_TESTS: Final = frozenset({"defined", "undefined", "none", "true", "false", "string", "number", "even", "odd"})
_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Name, nodes.Getattr,
    nodes.Getitem, nodes.Filter, nodes.Test, nodes.Const, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand, nodes.Add, nodes.Sub, nodes.Concat, nodes.List, nodes.Tuple, nodes.Neg,
)  # fmt: skip
# What a person knows these constructs as.
_SAID: Final = {
    "Call": "pemanggilan fungsi",
    "Mul": "perkalian",
    "Pow": "perpangkatan",
    "Mod": "`%`",
    "CallBlock": "`call`",
    "FromImport": "`import`",
    "ScopedEvalContextModifier": "`autoescape`",
}


def _of_known(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter that says so where its value is undefined, and leaves blanks alone."""
    inner = passing_blanks(function)

    def filtered(value: Any, *arguments: Any) -> Any:
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined raises here, with the variable's name
        return inner(value, *arguments)

    return filtered


class _Environment(ImmutableSandboxedEnvironment):
    """Refuses what is not on the list when a template is parsed, whoever asks: checking, compiling or docxtpl."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            template = super()._parse(source, name, filename)
            for node in template.find_all(nodes.Node):
                _refuse(node)
            for loop in template.find_all(nodes.For):
                loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        except RecursionError as error:
            raise TemplateSyntaxError("tanda templat bersarang terlalu dalam", 1) from error
        return template


def _refuse(node: nodes.Node) -> None:
    """Raises TemplateSyntaxError for a construct that is not on the list."""
    why = ""
    if isinstance(node, nodes.Mul):
        # docxtpl itself writes this one, for cells that are merged in a loop.
        why = "" if _is_span(node.left) and _is_span(node.right) else _SAID["Mul"]
    elif not isinstance(node, _ALLOWED):
        kind = type(node).__name__
        why = _SAID.get(kind, f"`{kind.lower()}`")
    elif isinstance(node, nodes.Name) and (node.name == "self" or node.name.startswith("_")):
        why = f"`{node.name}`"
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        why = f"`.{node.attr}`"
    elif isinstance(node, nodes.Getitem) and not _is_plain_key(node.arg):
        why = "`[…]` selain nomor urut"
    elif isinstance(node, nodes.For) and node.recursive:
        why = "`for … recursive`"
    elif isinstance(node, nodes.Filter) and node.name not in FILTERS and node.name not in BUILTIN_FILTERS:
        why = f"penyaring `{node.name}`"
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        why = f"`is {node.name}`"
    if why:
        raise TemplateSyntaxError(f"{why} tidak diizinkan dalam templat", node.lineno or 1)


def _is_span(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, int) and node.value < 100
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"


def _is_plain_key(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, int)


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The environment that parses templates; renderings are counted, each in an environment of its own."""
    return counting(Rounds())


def counting(rounds: Rounds) -> ImmutableSandboxedEnvironment:
    """The environment for one rendering by docxtpl, whose loops are counted."""
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    made.globals.clear()
    made.filters = {
        **{name: made.filters[name] for name in BUILTIN_FILTERS},
        **{name: _of_known(function) for name, function in FILTERS.items()},
        COUNTED: lambda items: rounds.over(items) if isinstance(items, list | tuple) else items,
    }
    return made
