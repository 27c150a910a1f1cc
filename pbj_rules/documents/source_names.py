"""The dotted names that an expression of a template reads, and which of them a rule decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinja2 import nodes

__all__ = ["Scope", "alternatives", "dotted", "is_ruled", "list_name", "names_of", "rule_names"]

# A variable of a loop: its name in the generated code, and the dotted name of its list; of lists that are joined,
# all of them, as `(a|b)`.
Scope = Mapping[str, tuple[str, str]]

# Under these stand decisions and what they rest on.
_RULE_NAMES: Final = frozenset({"keputusan", "fakta", "parameter", "hasil"})


def dotted(node: nodes.Node, scope: Scope) -> str:
    """The dotted name of an expression; empty where it has none."""
    match node:
        case nodes.Name():
            return scope[node.name][1] if node.name in scope else node.name
        case nodes.Getattr():
            before = dotted(node.node, scope)
            return f"{before}.{node.attr}" if before else ""
        case nodes.Getitem():
            return dotted(node.node, scope)
        case nodes.Filter() if node.node is not None:
            return dotted(node.node, scope)
    return ""


def list_name(node: nodes.Node, scope: Scope) -> str:
    """The dotted name of the list of a loop, or of all the lists that it is made of."""
    names = names_of(node, scope)
    return dotted(node, scope) or (f"({'|'.join(names)})" if names else "")


def alternatives(name: str) -> list[str]:
    """The dotted names that one of joined lists may stand for: ``(a|b).nama`` is ``a.nama`` or ``b.nama``."""
    lists, closed, rest = name.removeprefix("(").partition(")")
    return [f"{one}{rest}" for one in lists.split("|")] if closed else [name]


def names_of(node: nodes.Node, scope: Scope) -> tuple[str, ...]:
    """Every dotted name that an expression reads, in their order."""
    found: dict[str, None] = {}
    _collect(node, scope, found)
    return tuple(found)


def _collect(node: nodes.Node, scope: Scope, found: dict[str, None]) -> None:
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        if name := dotted(node, scope):
            found.update(dict.fromkeys(alternatives(name)))
        return
    for child in node.iter_child_nodes():
        _collect(child, scope, found)


def rule_names(node: nodes.Node, scope: Scope) -> tuple[str, ...]:
    """Those of the names that stand for what a rule decided or used."""
    return tuple(filter(is_ruled, names_of(node, scope)))


def is_ruled(name: str) -> bool:
    """Whether a dotted name stands for what a rule decided or used."""
    head, _, rest = name.partition(".")
    return head in _RULE_NAMES and bool(rest)
