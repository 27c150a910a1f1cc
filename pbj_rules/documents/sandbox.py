"""Jinja as templates may use it: a closed list of constructs, strict names, every value escaped and checked.

Whoever sends an office a template must not gain anything by it. So a template is refused, before any of it
runs, for everything that is not on the list: calls, imports, attributes with underscores, arithmetic that
multiplies text, names for values that grow. Loops are counted while they run, each round by the work in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pbj_rules.documents.printing import Rounds, passing_blanks, printed
from pbj_rules.formatting import FILTERS
from pbj_rules.shapes import nearest

__all__ = ["BUILTIN_FILTERS", "COUNTED", "counting", "environment", "weight_of"]

# Filters of Jinja that give no more than they get, those of lists only from a list: a text taken apart could grow
# each time it is put together again.
BUILTIN_FILTERS: Final = frozenset(
    {
        "abs", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower",
        "max", "min", "sort", "sum", "title", "trim", "unique", "upper",
    }
)  # fmt: skip
_OF_LISTS: Final = frozenset({"join", "list", "max", "min", "sort", "sum", "unique"})
# Deeper than anything that a person can follow, and shallow enough for every compiler.
MAX_NESTED: Final = 12
MAX_DEPTH: Final = 60
# Signs of static XML that weigh as much as one node.
_SIGNS_A_NODE: Final = 4
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
    "FilterBlock": "`filter`",
    "Scope": "`autoescape`",
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


def _of_list(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The filter of Jinja that takes a list apart, for lists alone. What Jinja passes along with it stays."""

    @wraps(function)
    def filtered(*arguments: Any, **named: Any) -> Any:
        if not any(isinstance(value, list | tuple | Undefined) for value in arguments[:2]):
            raise TypeError(f"`{name}` hanya atas daftar")
        return function(*arguments, **named)

    return filtered


class _Environment(ImmutableSandboxedEnvironment):
    """Refuses what is not on the list when a template is parsed, whoever asks: checking, compiling or docxtpl."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            template = super()._parse(source, name, filename)
            _refuse_depth(template, 0, 0)
            for node in template.find_all(nodes.Node):
                _refuse(node)
            for loop in template.find_all(nodes.For):
                weight = nodes.Const(weight_of(loop), lineno=loop.lineno)
                loop.iter = nodes.Filter(loop.iter, COUNTED, [weight], [], None, None, lineno=loop.lineno)
        except TemplateSyntaxError:
            raise
        except RecursionError as error:
            raise TemplateSyntaxError(_TOO_DEEP, 1) from error
        except (ArithmeticError, MemoryError, ValueError) as error:  # a number of a million digits is one
            raise TemplateSyntaxError("tanda templat memuat nilai yang tidak dapat dibaca", 1) from error
        return template


_TOO_DEEP: Final = "tanda templat bersarang terlalu dalam"


def _refuse_depth(node: nodes.Node, statements: int, depth: int) -> None:
    """Raises TemplateSyntaxError for branches and loops, or expressions, too deep inside each other."""
    if isinstance(node, nodes.If | nodes.For):
        statements, depth = statements + 1, 0
    if statements > MAX_NESTED or depth > MAX_DEPTH:
        raise TemplateSyntaxError(_TOO_DEEP, node.lineno or 1)
    for child in node.iter_child_nodes():
        _refuse_depth(child, statements, depth + 1)


def weight_of(loop: nodes.For) -> int:
    """What one round of a loop costs: the nodes in it, and the XML that it writes."""
    parts = [part for node in loop.body for part in (node, *node.find_all(nodes.Node))]
    written = sum(len(part.data) for part in parts if isinstance(part, nodes.TemplateData))
    return 1 + len(parts) + written // _SIGNS_A_NODE


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
    elif isinstance(node, nodes.Filter) and node.name in BUILTIN_FILTERS and not all(map(_is_plain, _given(node))):
        why = f"rumus di dalam `{node.name}(…)`"
    elif isinstance(node, nodes.List | nodes.Tuple) and not all(map(_is_plain, node.items)):
        why = "rumus di dalam daftar"
    elif isinstance(node, nodes.Assign) and not _is_plain(node.node):
        why = "`set` dengan rumus"
    elif isinstance(node, nodes.Const) and isinstance(node.value, float) and not math.isfinite(node.value):
        why = "bilangan sebesar itu"
    elif isinstance(node, nodes.Test) and node.name not in _TESTS:
        why = f"`is {node.name}`"
    if why:
        hint = nearest(node.name, FILTERS) if isinstance(node, nodes.Filter) else ""
        # Jinja wraps some statements in a node of its own, which stands on no line.
        line = next((inner.lineno for inner in (node, *node.iter_child_nodes()) if inner.lineno), 1)
        raise TemplateSyntaxError("; ".join(filter(None, [f"{why} tidak diizinkan dalam templat", hint])), line)


def _given(node: nodes.Filter) -> list[nodes.Node]:
    """What a filter is given besides its value."""
    starred = [part for part in (node.dyn_args, node.dyn_kwargs) if part is not None]
    return [*node.args, *(named.value for named in node.kwargs), *starred]


def _is_plain(node: nodes.Node) -> bool:
    """Whether an expression gives a value that is there already: no text and no list grows by being named."""
    return isinstance(node, nodes.Const | nodes.Name) or (isinstance(node, nodes.Getattr) and _is_plain(node.node))


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
    """The environment for one rendering by docxtpl, whose loops and values are counted."""

    def shown(value: Any) -> Any:
        """Undefined values raise with their name when Jinja prints them."""
        return value if isinstance(value, Undefined) else rounds.weighed(printed(value))

    def counted(items: Any, weight: int) -> Any:
        return items if isinstance(items, Undefined) else rounds.over(items, weight)

    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=shown)
    made.globals.clear()
    made.filters = {
        **{name: made.filters[name] for name in BUILTIN_FILTERS - _OF_LISTS},
        **{name: _of_list(made.filters[name], name) for name in _OF_LISTS},
        **{name: _of_known(function) for name, function in FILTERS.items()},
        COUNTED: counted,
    }
    return made
