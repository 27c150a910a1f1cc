"""What the matrix is made of: the rules, the scenarios with what they give, the templates; and where things stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import InputError, PbjError, Problem
from pbj_rules.evaluation.plain import PlainEvaluator
from pbj_rules.evaluation.program import Rule, program_for
from pbj_rules.reading import Node, read_file
from pbj_rules.regulation.layers import Layers, read_layers
from pbj_rules.regulation.loading import survey_regulation
from pbj_rules.regulation.model import Regulation, Row
from pbj_rules.result import Result

__all__ = ["Accepted", "Sources", "Template"]

_CASES: Final = (".yaml", ".yml", ".json")


@frozen
class Template:
    """A Word template, or (``file`` None) the declaration of one that is not there.

    ``judul``, ``kapan``: of a paper that practice adds. ``membaca``: the decisions, facts and parameters that it reads.
    """

    id: str
    file: Path | None
    declaration: Path | None = None
    pelengkap: bool = False
    judul: str = ""
    kapan: str = ""
    keputusan: tuple[str, ...] = ()
    fakta: tuple[str, ...] = ()
    parameter: tuple[str, ...] = ()


@frozen
class Accepted:
    """A result that somebody has read and accepted: what a scenario is expected to give."""

    name: str
    file: Path
    value: Any

    @classmethod
    def below(cls, folder: Path) -> tuple[Accepted, ...]:
        return tuple(cls(_name(path, folder), path, _json(path)) for path in sorted(folder.rglob("*.json")))


@frozen
class Sources:
    """Everything that the matrix links.

    ``directory``: the folder of the whole regulation, at the bottom of the ``layers`` where there are any.
    ``refused``: what loading refuses the rules for; then no scenario is run. ``failed``: the scenarios that these
    rules refuse, with the reason. ``accepted`` None: no expectations were given.
    """

    directory: Path
    layers: Layers
    regulation: Regulation
    refused: tuple[Problem, ...]
    samples: Path
    results: Mapping[str, Result]
    failed: Mapping[str, Exception]
    files: Mapping[str, Path]
    templates_directory: Path
    templates: Mapping[str, Template]
    accepted: tuple[Accepted, ...] | None
    rules: Mapping[str, tuple[Rule, ...]] = field(init=False)
    _nodes: dict[Path, Node | None] = field(factory=dict, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "rules", _rules_by_row(self.regulation))

    @classmethod
    def read(
        cls,
        directory: Path,
        samples: Path,
        templates_directory: Path,
        templates: Mapping[str, Template],
        accepted: tuple[Accepted, ...] | None = None,
    ) -> Sources:
        """Reads the rules and runs the scenarios by them; under a layer also those that name a regulation beneath.

        Raises RuleError where the rule files do not have their shape.
        """
        layers = read_layers(directory)
        regulation, refused = survey_regulation(directory)
        files = {_name(path, samples): path for path in _case_files(samples)}
        results: dict[str, Result] = {}
        failed: dict[str, Exception] = {}
        engine = Engine(regulation, PlainEvaluator())
        beneath = (*(file.value["id"] for file in layers.files), *(each.regulasi for each in regulation.keberlakuan))
        known = dict.fromkeys((regulation.id, *beneath), regulation)
        for name, path in files.items() if not refused else ():
            try:
                case = Case.from_file(path, regulation, regulations=known)
                results[name] = engine.evaluate(evolve(case, regulasi=regulation.id))
            except (PbjError, ValueError) as error:  # a conclusion that cannot even be made is a ValueError
                failed[name] = error
        return cls(
            layers.base,
            layers,
            regulation,
            refused,
            samples,
            results,
            failed,
            files,
            templates_directory,
            templates,
            accepted,
        )

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """The folder of the whole regulation and those of the layers on it."""
        return (self.directory, *(Path(file.name).parent for file in self.layers.files))

    def at_row(self, jenis: str, name: str, row: Row, pesan: str, seharusnya: str, perbaikan: str) -> Orphan:
        """An orphan that is mended at a row."""
        return Orphan(jenis, name, row.id, self.shown(row.file), row.line, pesan, seharusnya, perbaikan)

    def at_entry(
        self, jenis: str, file: str, key: str, name: str, pesan: str, seharusnya: str, perbaikan: str, baris: str | None
    ) -> Orphan:
        """An orphan that is mended at an entry of a list: ``key`` of the rule file ``file``."""
        path = self.directory / file
        return Orphan(jenis, name, baris, self.shown(path), self._line(path, key, name), pesan, seharusnya, perbaikan)

    def shown(self, file: str | Path) -> str:
        """A file by the folder that it was read from: the same words on every machine."""
        path = Path(file)
        for root in (*self.rule_folders, self.samples, self.templates_directory):
            if path.is_relative_to(root):
                return (Path(root.name) / path.relative_to(root)).as_posix()
        return path.as_posix()

    def _line(self, path: Path, key: str, name: str) -> int | None:
        """The line of the entry with this id."""
        if path not in self._nodes:
            try:
                self._nodes[path] = read_file(path)
            except InputError:
                self._nodes[path] = None
        node = self._nodes[path]
        entries = _child(node, key)
        for entry in entries.value if entries is not None and isinstance(entries.value, list) else ():
            named = _child(entry, "id")
            if named is not None and named.value == name:
                return named.line
        return None


def _child(node: Node | None, key: str) -> Node | None:
    found = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
    return found if isinstance(found, Node) else None


def _rules_by_row(regulation: Regulation) -> dict[str, tuple[Rule, ...]]:
    """The engine's own rules of each row, as it runs them."""
    found: dict[str, tuple[Rule, ...]] = {}
    for sop in regulation.sop.values():
        rules = program_for(regulation, sop.id).rules
        for row in sop.baris.values():
            found[row.id] = tuple(rule for rule in rules if rule.row is row)
    return found


def _case_files(samples: Path) -> Iterator[Path]:
    for path in sorted(samples.rglob("*")):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(samples).parts)
        if path.suffix in _CASES and path.is_file() and not hidden:
            yield path


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _json(path: Path) -> Any:
    """What the file holds; None where it is no JSON, which is no result either."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None


def unique(names: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    """The names, once each, in the order of first use."""
    return tuple(dict.fromkeys(names))
