"""Loads a regulation's folder of rule files into the model, or refuses it with everything wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from pbj_rules.errors import InputError, Problem, RuleError
from pbj_rules.reading import Node, read_file
from pbj_rules.regulation.checking import Checker, Known
from pbj_rules.regulation.files import FILES, SOP_FILE
from pbj_rules.regulation.flow import flow_problems
from pbj_rules.regulation.model import Limit, Regulation, Validity
from pbj_rules.regulation.rule_file import LAYER_NAME, RuleFile
from pbj_rules.regulation.tables import TableBuilder
from pbj_rules.regulation.vocabulary import VocabularyBuilder
from pbj_rules.shapes import Shape, read_shape

if TYPE_CHECKING:
    from pbj_rules.regulation.layers import Layers, Standing

__all__ = ["Library", "load_regulation", "survey_regulation"]


def load_regulation(directory: Path) -> Regulation:
    """The regulation whose files stand in ``directory``, or that a layer there makes of the one beneath it.

    Raises RuleError that lists, for all files at once, every syntax error, unknown key, duplicate or
    unknown id, missing citation, wrong type in a condition, branch without a target, dangling or
    unreachable row, each with file, line and remedy.
    """
    return _loader(directory, {}).load()


def survey_regulation(directory: Path) -> tuple[Regulation, tuple[Problem, ...]]:
    """The regulation as far as its files make one, and everything that loading refuses it for.

    For tools that look for defects, which must see more than the first sort of them; nothing is ever evaluated
    for people with a regulation that has problems. A condition that cannot be read is None, and a target may
    be a row that does not exist. Raises RuleError where the files do not even have their shape.
    """
    loader = _loader(directory, {})
    return loader.survey(), tuple(loader.problems)


class Library(Mapping[str, Regulation]):
    """Regulations by id, in the order of their folders.

    A whole regulation is read when the library is made. A layer, which is named as its folder is, is read and built
    when it is first asked for, because most programs never choose one: asking raises RuleError where it does not
    hold together.
    """

    def __init__(self, directories: Iterable[Path]) -> None:
        self._read: dict[Path, _Files] = {}
        self._folders: dict[str, Path] = {}
        self._built: dict[str, Regulation] = {}
        for directory in directories:
            name = directory.name if _holds_layer(directory) else _loader(directory, self._read).id()
            if name in self._folders:
                message = f"dua peraturan ber-id `{name}`: {self._folders[name]} dan {directory}"
                raise RuleError([Problem(message, remedy="beri masing-masing id sendiri")])
            self._folders[name] = directory

    def __getitem__(self, name: str) -> Regulation:
        if name not in self._built:
            self._built.setdefault(name, _loader(self._folders[name], self._read).load())
        return self._built[name]

    def __contains__(self, name: object) -> bool:
        return name in self._folders

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)


@frozen
class _Files:
    """The files of a whole regulation that have their shape; ``tables`` in the order of the regulation."""

    head: RuleFile
    parts: Mapping[str, RuleFile]
    tables: Mapping[str, RuleFile]


def _holds_layer(directory: Path) -> bool:
    return (directory / LAYER_NAME).is_file()


def _loader(directory: Path, read: dict[Path, _Files]) -> _Loader:
    """What loads a folder; ``read`` keeps the files of whole regulations for all that lie on them."""
    if not _holds_layer(directory):
        return _Loader(directory, None, read)
    from pbj_rules.regulation.layers import read_layers  # most programs never choose a layer

    layers = read_layers(directory)
    return _Loader(layers.base, layers, read)


@frozen
class _Loader:
    base: Path
    layers: Layers | None
    read: dict[Path, _Files]
    problems: list[Problem] = field(factory=list)

    def load(self) -> Regulation:
        regulation = self.survey()
        self.stop_on_problems()
        return regulation

    def survey(self) -> Regulation:
        """The regulation as far as its files make one; what it is refused for is noted."""
        files = self.files()
        return self.build(files if self.layers is None else self.layered(files, self.layers.standing))

    def files(self) -> _Files:
        """The files of the regulation at the bottom; read once for all that lie on it."""
        if self.base not in self.read:
            self.read[self.base] = self.read_files(self.base)
        return self.read[self.base]

    def id(self) -> str:
        """The id of the regulation at the bottom."""
        name: str = self.files().head.value["id"]
        return name

    def read_files(self, base: Path) -> _Files:
        head = self.read_file(base / "regulasi.yaml", FILES["regulasi"])
        parts = {name: self.read_file(base / f"{name}.yaml", FILES[name]) for name in FILES if name != "regulasi"}
        names = head.value["sop"] if head is not None else []
        tables = {name: self.read_file(base / name, SOP_FILE) for name in names}
        self.stop_on_problems()
        assert head is not None  # a missing file is a problem, and problems have stopped us
        return _Files(head, _there(parts), _there(tables))

    def layered(self, files: _Files, standing: tuple[Standing, ...]) -> _Files:
        """The files as the overrides leave them, with their shape checked again."""
        from pbj_rules.regulation.layering import layered

        trees = layered({**files.parts, **files.tables}, standing, self.problems)
        self.stop_on_problems()
        parts = {name: self.shaped(FILES[name], trees[name], file.name) for name, file in files.parts.items()}
        tables = {name: self.shaped(SOP_FILE, trees[name], file.name) for name, file in files.tables.items()}
        self.stop_on_problems()
        return _Files(files.head, _there(parts), _there(tables))

    def read_file(self, path: Path, shape: Shape) -> RuleFile | None:
        try:
            node = read_file(path)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        return self.shaped(shape, node, str(path))

    def shaped(self, shape: Shape, node: Node, name: str) -> RuleFile | None:
        value, problems = read_shape(shape, node, name)
        self.problems.extend(problems)
        return None if problems else RuleFile(name, node, value)

    def build(self, files: _Files) -> Regulation:
        """The model of files that have their shape; what stands in them must still hold together."""
        standing = self.layers.standing if self.layers is not None else ()
        overrides = {each.model.id: each.model for each in standing}
        known = Known(self.problems, self.row_labels(files.tables.values()), overrides=overrides)
        VocabularyBuilder(known, files.parts, files.tables.values()).build()
        tables = TableBuilder(known)
        sops = {file.value["sop"]: tables.sop(file) for file in files.tables.values()}
        self.check_overrides(known, standing)
        head = files.head.value
        top = self.layers.top if self.layers is not None else None
        validity = (*(self.layers.validity if self.layers is not None else ()), _validity(head))
        regulation = Regulation(
            head["id"] if top is None else top["id"],
            head["judul"] if top is None else top["judul"],
            validity[0].sejak.tanggal,
            validity,
            overrides,
            sops,
            known.parameters,
            known.facts,
            known.collections,
            known.roles,
            known.documents,
            known.anomalies,
        )
        if not self.problems:  # the flow of tables whose targets do not exist cannot be followed
            self.problems.extend(flow_problems(regulation))
        return regulation

    def row_labels(self, sop_files: Iterable[RuleFile]) -> dict[str, set[str]]:
        labels: dict[str, set[str]] = {}
        for file in sop_files:
            sop = file.value["sop"]
            if sop in labels:
                self.note(file, ("sop",), f"SOP `{sop}` tertulis dua kali", remedy="pakai id lain")
            mine = labels.setdefault(sop, set())
            for number, row in enumerate(file.value["baris"]):
                if row["label"] in mine:
                    self.note(
                        file,
                        ("baris", number, "label"),
                        f"baris `{sop}/{row['label']}` tertulis dua kali",
                        remedy="pakai label lain",
                    )
                mine.add(row["label"])
        return labels

    def check_overrides(self, known: Known, standing: tuple[Standing, ...]) -> None:
        """An override names anomalies of the register."""
        checker = Checker(known)
        for override in standing:
            for name in override.model.anomali:
                checker.check_known(name, known.anomalies, "anomali", override.file, (*override.path, "anomali"))

    def note(self, file: RuleFile, path: tuple[str | int, ...], message: str, remedy: str) -> None:
        self.problems.append(file.problem(path, message, "", remedy))

    def stop_on_problems(self) -> None:
        if self.problems:
            raise RuleError(self.problems)


def _there(files: Mapping[str, RuleFile | None]) -> dict[str, RuleFile]:
    return {name: file for name, file in files.items() if file is not None}


def _validity(head: Mapping[str, Any]) -> Validity:
    """When a whole regulation is in force; its own text says so, and tells no end."""
    return Validity(head["id"], Limit(head["berlaku_sejak"], head["berlaku_menurut"], terverifikasi=True), None)
