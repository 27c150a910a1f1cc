"""Loads a regulation's folder of rule files into the model, or refuses it with everything wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

from pbj_rules.errors import InputError, Problem, RuleError
from pbj_rules.reading import read_file
from pbj_rules.regulation.checking import Known
from pbj_rules.regulation.files import FILES, SOP_FILE
from pbj_rules.regulation.flow import flow_problems
from pbj_rules.regulation.model import Regulation
from pbj_rules.regulation.rule_file import RuleFile
from pbj_rules.regulation.tables import TableBuilder
from pbj_rules.regulation.vocabulary import VocabularyBuilder
from pbj_rules.shapes import Shape, read_shape

__all__ = ["load_regulation", "survey_regulation"]


def load_regulation(directory: Path) -> Regulation:
    """The regulation whose files stand in ``directory``.

    Raises RuleError that lists, for all files at once, every syntax error, unknown key, duplicate or
    unknown id, missing citation, wrong type in a condition, branch without a target, dangling or
    unreachable row, each with file, line and remedy.
    """
    regulation, problems = survey_regulation(directory)
    if problems:
        raise RuleError(problems)
    return regulation


def survey_regulation(directory: Path) -> tuple[Regulation, tuple[Problem, ...]]:
    """The regulation as far as its files make one, and everything that loading refuses it for.

    For tools that look for defects, which must see more than the first sort of them; nothing is ever evaluated
    for people with a regulation that has problems. A condition that cannot be read is None, and a target may
    be a row that does not exist. Raises RuleError where the files do not even have their shape.
    """
    loader = _Loader(directory)
    return loader.load(), tuple(loader.problems)


@frozen
class _Loader:
    directory: Path
    problems: list[Problem] = field(factory=list)

    def load(self) -> Regulation:
        head = self.read("regulasi.yaml", FILES["regulasi"])
        parts = {name: self.read(f"{name}.yaml", shape) for name, shape in FILES.items() if name != "regulasi"}
        names = head.value["sop"] if head is not None else []
        sops = [file for name in names if (file := self.read(name, SOP_FILE)) is not None]
        self.stop_on_problems()
        assert head is not None  # a missing file is a problem, and problems have stopped us
        return self.build(head, {name: file for name, file in parts.items() if file is not None}, sops)

    def read(self, name: str, shape: Shape) -> RuleFile | None:
        path = self.directory / name
        try:
            node = read_file(path)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        value, problems = read_shape(shape, node, str(path))
        self.problems.extend(problems)
        return None if problems else RuleFile(str(path), node, value)

    def build(self, head: RuleFile, parts: Mapping[str, RuleFile], sop_files: list[RuleFile]) -> Regulation:
        """The model of files that have their shape; what stands in them must still hold together."""
        known = Known(self.problems, self.row_labels(sop_files))
        VocabularyBuilder(known, parts, sop_files).build()
        tables = TableBuilder(known)
        sops = {file.value["sop"]: tables.sop(file) for file in sop_files}
        regulation = Regulation(
            head.value["id"],
            head.value["judul"],
            head.value["berlaku_sejak"],
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

    def note(self, file: RuleFile, path: tuple[str | int, ...], message: str, remedy: str) -> None:
        self.problems.append(file.problem(path, message, "", remedy))

    def stop_on_problems(self) -> None:
        if self.problems:
            raise RuleError(self.problems)
