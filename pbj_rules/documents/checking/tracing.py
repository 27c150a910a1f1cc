"""Follows the expressions of a template through its vocabulary: what it uses, and what does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Final

from attrs import define, field
from jinja2 import nodes

from pbj_rules.documents.contract.vocabulary import ANYTHING, Items, Kind, Leaf, Parts
from pbj_rules.documents.templates.sandbox import COUNTED
from pbj_rules.shapes import nearest, shown

__all__ = ["Finding", "Tracer"]

LOOP: Final = Parts(
    dict.fromkeys(("index", "index0", "first", "last", "length", "revindex", "revindex0"), Leaf("jumlah"))
)
BARE: Final = {
    "tanggal": "tanggal dicetak tanpa bentuk, mis. `| tanggal_panjang`",
    "ya-tidak": "jawaban ya/tidak dicetak tanpa `| ya_tidak` atau `| pilih(…)`",
    "rupiah": "jumlah uang dicetak tanpa `| rupiah` atau `| rupiah_terbilang`",
}
COMPARED: Final = ("eq", "ne", "in", "notin")
UNSAFE: Final = frozenset({"safe", "xmlattr", "urlize", "pprint", "map", "attr"})


@define
class Finding:
    """Something wrong on a line of the template's source, and how to mend it. ``name``: the dotted name it is about."""

    line: int
    message: str
    remedy: str = ""
    name: str = ""
    expected: str = ""


@define
class Tracer:
    """Walks one parsed template. ``used``: the dotted names that it reads, from its top variables.

    ``always``: those of them that it reads whatever its conditions say.
    ``vocabulary``: None where every name is known to somebody else.
    """

    vocabulary: Mapping[str, Kind] | None
    findings: list[Finding] = field(factory=list)
    used: set[str] = field(factory=set)
    always: set[str] = field(factory=set)
    remedies: dict[str, str] = field(factory=dict)

    def run(self, template: nodes.Template) -> None:
        self._body(template.body, {})

    def _body(self, body: list[nodes.Node], scope: Mapping[str, tuple[str, Kind]]) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Mapping[str, tuple[str, Kind]]) -> None:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    self._printed(part, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._branches(node, scope)
            case _:
                self._note(
                    node,
                    f"tanda `{type(node).__name__.lower()}` tidak dipakai di templat",
                    "pakai `if`, `for`, dan `{{ … }}` saja",
                )

    def _loop(self, node: nodes.For, scope: Mapping[str, tuple[str, Kind]]) -> None:
        path, kind = self._kind(node.iter, scope)
        if isinstance(kind, Items):
            item = kind.item
        else:
            item = ANYTHING
            if kind != ANYTHING:
                self._note(node, f"`{path}` bukan daftar", "`for` hanya atas daftar", path)
        inner = dict(scope)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = (path, item)
        if node.test is not None:
            self._kind(node.test, inner)
        inner["loop"] = ("", LOOP)
        with self._sometimes() if node.test is not None else nullcontext():
            self._body(node.body, inner)
        with self._sometimes():
            self._body(node.else_, scope)

    def _branches(self, node: nodes.If, scope: Mapping[str, tuple[str, Kind]]) -> None:
        """What every branch reads is read whatever the conditions say."""
        tested: set[str] = set()
        ways = []
        for one in (node, *node.elif_):
            with self._sometimes() as read:
                self._kind(one.test, scope)
            tested |= read
            with self._sometimes() as read:
                self._body(one.body, scope)
            ways.append(tested | read)
        with self._sometimes() as read:
            self._body(node.else_, scope)
        self.always |= set.intersection(tested | read, *ways)

    @contextmanager
    def _sometimes(self) -> Iterator[set[str]]:
        """What is read inside is read only if a condition says so; gives the names that it then always reads."""
        outside, self.always = self.always, set()
        yield self.always
        self.always = outside

    def _use(self, name: str) -> None:
        self.used.add(name)
        self.always.add(name)

    def _printed(self, node: nodes.Node, scope: Mapping[str, tuple[str, Kind]]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        path, kind = self._kind(node, scope)
        if isinstance(kind, Parts | Items):
            self._note(node, f"`{path}` tidak dapat dicetak langsung", "cetak bagian-bagiannya", path)
        elif kind.kind in BARE:
            self._note(node, BARE[kind.kind], name=path)

    def _kind(self, node: nodes.Node, scope: Mapping[str, tuple[str, Kind]]) -> tuple[str, Kind]:
        """The dotted name of an expression, where it has one, and what it is."""
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self._part(node, node.attr, self._kind(node.node, scope))
            case nodes.Filter() if node.name == COUNTED and node.node is not None:
                return self._kind(node.node, scope)
            case nodes.Filter():
                self._filter(node)
            case nodes.Const():
                self._literal(node)
                return repr(node.value), Leaf("teks") if isinstance(node.value, str) else ANYTHING
            case nodes.CondExpr():
                self._kind(node.test, scope)
                with self._sometimes() as one:
                    found = self._kind(node.expr1, scope)
                if node.expr2 is None:
                    return found
                with self._sometimes() as other:
                    found = _either(found, self._kind(node.expr2, scope))
                self.always |= one & other
                return found
            case nodes.Or() | nodes.And() | nodes.Add():
                found = self._kind(node.left, scope)
                with nullcontext() if isinstance(node, nodes.Add) else self._sometimes():
                    second = self._kind(node.right, scope)
                    self._use_whole(*second)
                return _either(found, second)
            case nodes.Test():  # `is` asks nothing of a value that is missing
                with self._sometimes():
                    self._kind(node.node, scope)
                return "", ANYTHING
            case nodes.Compare():
                self._comparison(node, scope)
                return "", ANYTHING
        for child in node.iter_child_nodes():
            self._kind(child, scope)
        return "", ANYTHING

    def _comparison(self, node: nodes.Compare, scope: Mapping[str, tuple[str, Kind]]) -> None:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        kinds = [self._kind(side, scope) for side in sides]
        for place, operand in enumerate(node.ops):
            if operand.op in COMPARED:
                self._never(kinds[place], sides[place + 1])
                self._never(kinds[place + 1], sides[place])

    def _never(self, named: tuple[str, Kind], other: nodes.Node) -> None:
        """Notes the texts of the other side of a comparison that a name can never have as its value."""
        path, kind = named
        of = kind.item if isinstance(kind, Items) else kind
        if not isinstance(of, Leaf) or not of.choices:
            return
        listed = other.items if isinstance(other, nodes.List | nodes.Tuple) else [other]
        for one in listed:
            if isinstance(one, nodes.Const) and isinstance(one.value, str) and one.value not in of.choices:
                message = f"`{path}` tidak pernah bernilai {shown(one.value)}"
                expected = f"salah satu dari {', '.join(map(shown, of.choices))}"
                self._note(one, message, nearest(one.value, of.choices), path, expected)

    def _name(self, node: nodes.Name, scope: Mapping[str, tuple[str, Kind]]) -> tuple[str, Kind]:
        if node.name in scope:
            return scope[node.name]
        if self.vocabulary is None:
            return node.name, ANYTHING
        if node.name in self.vocabulary:
            self._use(node.name)
            return node.name, self.vocabulary[node.name]
        if node.name not in self.remedies:
            nearby = nearest(node.name, self.vocabulary)
            self.remedies[node.name] = nearby or "deklarasikan di isian/<id>.yaml"
        remedy = self.remedies[node.name]
        self._note(node, f"`{node.name}` tidak dikenal", remedy, node.name)
        return node.name, ANYTHING

    def _part(self, node: nodes.Node, name: str, of: tuple[str, Kind]) -> tuple[str, Kind]:
        path, kind = of
        dotted = f"{path}.{name}" if path else name
        if kind == ANYTHING:
            return dotted, ANYTHING
        if isinstance(kind, Parts) and name in kind.names:
            self._use(dotted)
            return dotted, kind.names[name]
        known = list(kind.names) if isinstance(kind, Parts) else []
        self._note(node, f"`{dotted}` tidak dikenal", nearest(name, known), dotted)
        return dotted, ANYTHING

    def _use_whole(self, path: str, kind: Kind) -> None:
        """A list that is joined to another is read under the other's name."""
        if isinstance(kind, Items) and isinstance(kind.item, Parts):
            for name in kind.item.names:
                self._use(f"{path}.{name}")

    def _filter(self, node: nodes.Filter) -> None:
        if node.name in UNSAFE:
            self._note(node, f"penyaring `{node.name}` tidak dipakai di templat", "nilai harus dicetak apa adanya")

    def _literal(self, node: nodes.Const) -> None:
        if isinstance(node.value, str) and any(sign in node.value for sign in "&<>"):
            self._note(node, f"teks '{node.value}' di dalam tanda memuat &, <, atau >", "tulis di luar tanda")

    def _note(self, node: nodes.Node, message: str, remedy: str = "", name: str = "", expected: str = "") -> None:
        self.findings.append(Finding(node.lineno, message, remedy, name, expected))


def _either(one: tuple[str, Kind], other: tuple[str, Kind]) -> tuple[str, Kind]:
    """What an expression is that gives one of two: the first, with the values of both."""
    (path, kind), (_, second) = one, other
    if not isinstance(kind, Leaf) or not kind.choices:
        return one
    both = isinstance(second, Leaf) and second.choices
    choices = tuple(dict.fromkeys((*kind.choices, *both))) if both else ()
    return path, Leaf(kind.kind, choices)
