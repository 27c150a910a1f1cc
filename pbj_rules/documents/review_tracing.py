"""Notes of what docxtpl prints, for the templates that generated code cannot render.

Values and loops are noted where Jinja comes by them. Which words of the page they become is not known there, so no
comment can stand on them: the review says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from pbj_rules.documents.printing import Rounds
from pbj_rules.documents.review_marks import Notes
from pbj_rules.documents.sandbox import counting
from pbj_rules.documents.source_names import Scope, list_name, names_of

__all__ = ["noting"]

_VALUE: Final = "dicatat"
_STEP: Final = "langkah"


def noting(notes: Notes) -> ImmutableSandboxedEnvironment:
    """The environment of one rendering by docxtpl that tells ``notes`` what it prints."""
    environment = counting(Rounds())
    parse = environment._parse

    def noted(source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = parse(source, name, filename)
        notes.read |= set(names_of(template, {}))
        template.body = _body(template.body, {}, notes)
        return template

    # Filters of the context are never computed ahead, when the template is compiled.
    @pass_context
    def value(_: Context, shown: Any, site: int) -> Any:
        notes.printed(site, str(escape(shown)))
        return shown

    @pass_context
    def step(_: Context, name: str, of: str) -> str:
        getattr(notes, name)(*([of] if name == "loop" else []))
        return ""

    environment._parse = noted  # type: ignore[method-assign]  # every part that docxtpl renders is parsed by it
    environment.filters |= {_VALUE: value, _STEP: step}
    return environment


def _body(body: list[nodes.Node], scope: Scope, notes: Notes) -> list[nodes.Node]:
    """The same statements, each telling the notes what it does."""
    inner: dict[str, tuple[str, str]] = dict(scope)
    made: list[nodes.Node] = []
    for node in body:
        match node:
            case nodes.Output():
                node.nodes = [_value(part, inner, notes) for part in node.nodes]
            case nodes.Assign(target=nodes.Name() as target):
                inner[target.name] = ("", list_name(node.node, inner))
            case nodes.If():
                node.body, node.else_ = _body(node.body, inner, notes), _body(node.else_, inner, notes)
                for other in node.elif_:
                    other.body = _body(other.body, inner, notes)
            case nodes.For():
                made.append(_step("loop", list_name(node.iter, inner)))
                node.body = [
                    _step("item"),
                    *_body(node.body, {**inner, **_target(node, inner)}, notes),
                    _step("item_over"),
                ]
                node.else_ = _body(node.else_, inner, notes)
        made.append(node)
        if isinstance(node, nodes.For):
            made.append(_step("loop_over"))
    return made


def _target(loop: nodes.For, scope: Scope) -> Mapping[str, tuple[str, str]]:
    name = loop.target.name if isinstance(loop.target, nodes.Name) else ""
    return {name: ("", list_name(loop.iter, scope)), "loop": ("", "")}


def _value(node: nodes.Expr, scope: Scope, notes: Notes) -> nodes.Expr:
    if isinstance(node, nodes.TemplateData):
        return node
    notes.sites.append(names_of(node, scope))
    return nodes.Filter(node, _VALUE, [nodes.Const(len(notes.sites) - 1)], [], None, None, lineno=node.lineno)


def _step(name: str, of: str = "") -> nodes.Output:
    return nodes.Output([nodes.Filter(nodes.Const(name), _STEP, [nodes.Const(of)], [], None, None)], lineno=1)
