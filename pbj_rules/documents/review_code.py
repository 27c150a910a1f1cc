"""The code of review drafts: it prints the same paper, and tells what it prints and what a rule decided of it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define
from jinja2 import nodes

from pbj_rules.documents.codegen import WEIGHED, Writer
from pbj_rules.documents.source_names import Scope, list_name, names_of, rule_names

__all__ = ["ReviewWriter"]


@define(kw_only=True)
class ReviewWriter(Writer):
    """Also tells the notes what is printed, and puts the marks of comments around what a rule decided.

    ``commenting``: whether comments may stand here; headers and footers hold none.
    """

    commenting: bool

    def value(self, node: nodes.Node, scope: Scope, run: int) -> None:
        site = self._site(names_of(node, scope))
        shown = f"runs[{run}].show({self.expression(node, scope)})"
        if self.commenting and rule_names(node, scope):
            self.line(f"add(notes.decided({site}, runs[{run}], {shown}))")
        else:
            self.line(f"add(notes.printed({site}, {shown}))")

    def branch(self, node: nodes.If, body: Sequence[nodes.Node], scope: Scope) -> None:
        """A branch that a rule chose is marked: within its run, or around what stands between runs."""
        tests = [node.test, *(other.test for other in node.elif_)]
        names = tuple(dict.fromkeys(name for test in tests for name in rule_names(test, scope)))
        if not names or not self.commenting:
            super().branch(node, body, scope)
            return
        site = self._site(names)
        if self.open_run(self.seen) is None:
            self.block(body, scope, f"add(notes.begin_outside({site}))", "add(notes.end_outside())")
        else:
            run = self.run()
            self.block(body, scope, f"add(notes.begin({site}, runs[{run}]))", f"add(notes.end(runs[{run}]))")

    def loop(self, node: nodes.For, scope: Scope) -> None:
        self.flush()
        self.line(f"notes.loop({list_name(node.iter, scope)!r})")
        super().loop(node, scope)
        self.line("notes.loop_over()")

    def item(self, node: nodes.For, scope: Scope) -> None:
        self.block(node.body, scope, "add(notes.item())", f"add(notes.item_over()); {WEIGHED}")

    def _site(self, names: tuple[str, ...]) -> int:
        return self.sites.setdefault(names, len(self.sites))
