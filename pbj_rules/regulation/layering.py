"""Applies the overrides of layers to the rule files of the regulation beneath, as data, before anything is checked.

The result is a set of rule files like any other, so every check that a regulation must pass runs on it. Each part
that an override wrote keeps the file and line of the layer that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pbj_rules.errors import Problem
from pbj_rules.reading import Node
from pbj_rules.regulation.layers import Standing
from pbj_rules.regulation.rule_file import RuleFile, RulePath
from pbj_rules.shapes import nearest

__all__ = ["layered"]

_CITED: Final = ("dasar", "kutipan", "anomali", "penjelasan")
# The files whose entries name rows under these keys.
_NAMING_ROWS: Final = {"parameter": ("baris",), "fakta": ("baris",), "anomali": ("baris", "tambahan_baris")}


def layered(files: Mapping[str, RuleFile], standing: Iterable[Standing], problems: list[Problem]) -> dict[str, Node]:
    """The trees of the files, by the same names, with the overrides applied; what cannot be applied is noted.

    ``files``: the parts of the vocabulary under their own names, and the tables.
    """
    patch = _Patch(files, problems)
    for override in standing:
        patch.apply(override)
    return patch.trees


def _copied(node: Node) -> Node:
    """A copy that may be changed; scalars are shared."""
    if isinstance(node.value, dict):
        children = {key: _copied(child) for key, child in node.value.items()}
        return Node(children, node.line, dict(node.key_lines), node.file)
    if isinstance(node.value, list):
        return Node([_copied(child) for child in node.value], node.line, node.key_lines, node.file)
    return node


def _set(record: Node, key: str, child: Node) -> None:
    record.value[key] = child
    record.key_lines = {**record.key_lines, key: child.line}


def _text(record: Node, key: str) -> str:
    value: str = record.value[key].value
    return value


class _Patch:
    """The trees of a regulation while overrides are applied to them."""

    def __init__(self, files: Mapping[str, RuleFile], problems: list[Problem]) -> None:
        self.problems = problems
        self.trees = {name: _copied(file.node) for name, file in files.items()}
        self.tables = {_text(tree, "sop"): tree for tree in self.trees.values() if "sop" in tree.value}
        self.changed: set[tuple[str, str]] = set()

    def apply(self, override: Standing) -> None:
        # Readings come first: one may keep an anomaly whose rows go.
        for number, change in enumerate(override.value["bacaan"]):
            self.reading(override, change, ("bacaan", number))
        for number, _ in enumerate(override.value["parameter"]):
            self.parameter(override, ("parameter", number))
        for number, _ in enumerate(override.value["cabang"]):
            self.branch(override, ("cabang", number))
        for number, rule in enumerate(override.value["cabang_dihapus"]):
            self.without_branch(override, rule, ("cabang_dihapus", number))
        if override.value["baris_dihapus"] is not None:
            self.without_rows(override)
        for number, change in enumerate(override.value["pelaksana"]):
            self.performer(override, change, ("pelaksana", number))
        for number, change in enumerate(override.value["peran"]):
            self.role(override, change, ("peran", number))

    # What an override changes

    def parameter(self, override: Standing, path: RulePath) -> None:
        change, written = _at(override.value, path), _node_at(override.node, path)
        found = self.known(override, "parameter", change["id"], self.entries("parameter"), (*path, "id"))
        if found is not None:
            _set(found, "nilai", written.value["nilai"])
            self.cite(found, override, path)

    def branch(self, override: Standing, path: RulePath) -> None:
        change, written = _at(override.value, path), _node_at(override.node, path)
        found = self.known(override, "aturan", change["aturan"], self.branches(), (*path, "aturan"))
        if found is not None:
            for key in ("jika", "nilai", "lanjut", "status"):
                if key in written.value:
                    _set(found, key, written.value[key])
            self.cite(found, override, path)
            self.forget_wording(change["aturan"])

    def without_branch(self, override: Standing, rule: str, path: RulePath) -> None:
        if self.known(override, "aturan", rule, self.branches(), path) is None:
            return
        self.forget_wording(rule)
        for decision in self.decisions():
            kept = [branch for branch in decision.value["cabang"].value if _text(branch, "aturan") != rule]
            if not kept:
                self.problems.append(
                    override.problem(path, f"keputusan `{_text(decision, 'id')}` tidak bercabang lagi", "satu cabang")
                )
            decision.value["cabang"].value[:] = kept or decision.value["cabang"].value

    def forget_wording(self, rule: str) -> None:
        """The letter of the text beneath decides nothing where the layer's words do."""
        for decision in self.decisions():
            if any(_text(branch, "aturan") == rule for branch in _listed(decision, "cabang")):
                decision.value.pop("harfiah", None)

    def without_rows(self, override: Standing) -> None:
        """Takes rows out of their table; whatever led to one of them goes on where the override says."""
        change = override.value["baris_dihapus"]
        gone = set(change["baris"])
        for number, row in enumerate(change["baris"]):
            self.known(override, "baris", row, self.rows(), ("baris_dihapus", "baris", number))
        sops = {row.partition("/")[0] for row in gone}
        if len(sops) > 1:
            self.problems.append(override.problem(("baris_dihapus",), "barisnya dari beberapa SOP", "baris satu SOP"))
        for sop in sops & set(self.tables):
            labels = {row.partition("/")[2] for row in gone}
            rows = self.tables[sop].value["baris"]
            rows.value[:] = [row for row in rows.value if _text(row, "label") not in labels]
            for onward, key in _onward(rows.value):
                if _text(onward, key) in labels:
                    _set(onward, key, override.node.value["baris_dihapus"].value["lanjut"])
                    self.cite(onward, override, ("baris_dihapus",))
        self.forget(gone)

    def forget(self, gone: set[str]) -> None:
        """Facts, parameters and anomalies no longer name rows that are gone; an anomaly of such rows alone goes too."""
        for part, keys in _NAMING_ROWS.items():
            for entry in self.trees[part].value[part].value:
                for key in (key for key in keys if key in entry.value):
                    rows = entry.value[key].value
                    rows[:] = [row for row in rows if row.value not in gone]
        listed = self.trees["anomali"].value["anomali"].value
        listed[:] = [entry for entry in listed if entry.value["baris"].value]

    def performer(self, override: Standing, change: Mapping[str, Any], path: RulePath) -> None:
        row = self.known(override, "baris", change["baris"], self.rows(), (*path, "baris"))
        if row is not None:
            written = _node_at(override.node, path)
            kept = {key: child for key, child in written.value.items() if key != "baris"}
            sure = "tinggi" if override.model.terverifikasi else "sedang"
            performer = Node(kept, written.line, dict(written.key_lines), written.file)
            _set(performer, "keyakinan", Node(sure, written.line, file=written.file))
            _set(row, "pelaksana", performer)

    def role(self, override: Standing, change: Mapping[str, Any], path: RulePath) -> None:
        """A role that is known is called otherwise; another one is new."""
        written, entries = _node_at(override.node, path), self.entries("peran")
        if change["id"] in entries:
            self.once(override, "peran", change["id"], path)
            _set(entries[change["id"]], "nama", written.value["nama"])
        else:
            self.trees["peran"].value["peran"].value.append(_copied(written))

    def reading(self, override: Standing, change: Mapping[str, Any], path: RulePath) -> None:
        written = _node_at(override.node, path)
        entry = self.known(override, "anomali", change["anomali"], self.entries("anomali"), (*path, "anomali"))
        if entry is not None:
            for key in ("bacaan", "alternatif", "baris"):
                if key in written.value:
                    _set(entry, key, _copied(written.value[key]))

    # How it is found and cited

    def entries(self, part: str) -> dict[str, Node]:
        return {_text(entry, "id"): entry for entry in self.trees[part].value[part].value}

    def rows(self) -> dict[str, Node]:
        return {f"{sop}/{_text(row, 'label')}": row for sop, table in self.tables.items() for row in _rows(table)}

    def decisions(self) -> Iterator[Node]:
        for table in self.tables.values():
            for row in _rows(table):
                yield from _listed(row, "keputusan")

    def branches(self) -> dict[str, Node]:
        return {_text(branch, "aturan"): branch for one in self.decisions() for branch in _listed(one, "cabang")}

    def known(self, override: Standing, what: str, name: str, names: Mapping[str, Node], path: RulePath) -> Node | None:
        """What an override names, or None where there is no such thing; nothing is changed twice."""
        if name not in names:
            remedy = nearest(name, names) or f"periksa daftar {what} peraturan yang dilapisi"
            self.problems.append(override.problem(path, f"{what} `{name}` tidak ada", remedy=remedy))
            return None
        self.once(override, what, name, path)
        return names[name]

    def once(self, override: Standing, what: str, name: str, path: RulePath) -> None:
        if what in ("parameter", "aturan", "peran"):
            if (what, name) in self.changed:
                self.problems.append(
                    override.problem(path, f"{what} `{name}` diubah dua kali", remedy="gabungkan pengecualiannya")
                )
            self.changed.add((what, name))

    def cite(self, target: Node, override: Standing, path: RulePath) -> None:
        """What an override wrote is cited from it: its basis, its words, its reading."""
        value, change = override.value, _at(override.value, path)
        cited: dict[str, Any] = {key: change[key] or value.get(key) for key in _CITED}
        cited["penjelasan"] = change["penjelasan"] or value["isi"]
        is_read = cited["dasar"] == "tafsir"
        if not cited["kutipan"]:
            target.value.pop("kutipan", None)
            # Only what leads from one row to the next may rest on a reading without words.
            if not is_read or "aturan" in target.value or "id" in target.value:
                self.problems.append(
                    override.problem(path, "perubahan ini tanpa kutipan", "kata-kata peraturan lapisan ini, persis")
                )
        cited["anomali"] = list(cited["anomali"]) if is_read else []
        for key, said in {**cited, "sumber": value["id"]}.items():
            if said != "":
                _set(target, key, _written(said, override.node))


def _written(value: Any, at: Node) -> Node:
    """A value as a node that stands where its override does."""
    if isinstance(value, list):
        return Node([_written(item, at) for item in value], at.line, file=at.file)
    return Node(value, at.line, file=at.file)


def _at(value: Any, path: RulePath) -> Any:
    for step in path:
        value = value[step]
    return value


def _node_at(node: Node, path: RulePath) -> Node:
    for step in path:
        node = node.value[step]
    return node


def _rows(table: Node) -> list[Node]:
    rows: list[Node] = table.value["baris"].value
    return rows


def _listed(record: Node, key: str) -> list[Node]:
    listed: list[Node] = record.value[key].value if key in record.value else []
    return listed


def _onward(rows: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    """Everything in these rows that leads to another, with the key that names it."""
    for row in rows:
        if "lanjut" in row.value:
            yield row.value["lanjut"], "baris"
        for decision in _listed(row, "keputusan"):
            yield from ((branch, "lanjut") for branch in _listed(decision, "cabang"))
