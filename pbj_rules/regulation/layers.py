"""Reads a layer and what it lies on, down to a whole regulation, and says which overrides stand in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from pbj_rules.errors import InputError, Problem, RuleError
from pbj_rules.reading import Node, read_file
from pbj_rules.regulation.layer_file import LAYER_FILE
from pbj_rules.regulation.model import Limit, Validity
from pbj_rules.regulation.override import Override, Passage
from pbj_rules.regulation.rule_file import LAYER_NAME, RuleFile, RulePath
from pbj_rules.shapes import nearest, read_shape

__all__ = ["Layers", "Standing", "read_layers"]


@frozen
class Standing:
    """An override that stands: as the layer writes it, with its place there, and as the model has it."""

    value: Mapping[str, Any]
    file: RuleFile
    path: RulePath
    model: Override

    @property
    def node(self) -> Node:
        node = self.file.node
        for step in self.path:
            node = node.value[step]
        return node

    def problem(self, path: RulePath, message: str, expected: str = "", remedy: str = "") -> Problem:
        return self.file.problem((*self.path, *path), message, expected, remedy)


@frozen
class Layers:
    """The folder of the regulation at the bottom, and the layers over it, the lowest first."""

    base: Path
    files: tuple[RuleFile, ...] = ()
    standing: tuple[Standing, ...] = ()

    @property
    def top(self) -> Mapping[str, Any] | None:
        """What the uppermost layer says; None for a regulation without layers."""
        top: Mapping[str, Any] | None = self.files[-1].value if self.files else None
        return top

    @property
    def validity(self) -> tuple[Validity, ...]:
        """When the uppermost layer is in force: a later one takes the place of those beneath."""
        if self.top is None:
            return ()
        first, last = self.top["berlaku"]["sejak"], self.top["berlaku"]["sampai"]
        return (Validity(self.top["id"], Limit(**first), Limit(**last) if last is not None else None),)

    def texts(self) -> dict[str, Path]:
        """The file of quotable words of each layer, by the layer's id."""
        return {file.value["id"]: Path(file.name).parent / file.value["naskah"] for file in self.files}


def read_layers(directory: Path) -> Layers:
    """The layers whose uppermost stands in ``directory``; none where the folder holds a whole regulation.

    Raises RuleError with everything that is wrong with the files of the layers.
    """
    if directory.name in ("", ".."):  # a folder named by where it is has its base beside it too
        directory = directory.resolve()
    files: list[RuleFile] = []
    seen: set[Path] = set()
    while (path := directory / LAYER_NAME).is_file():
        file = _read(path)
        files.insert(0, file)
        seen.add(directory)
        beneath = directory.parent / file.value["dasar"]
        if beneath in seen:
            raise RuleError([file.problem(("dasar",), "lapisan ini berlapis pada dirinya sendiri", "peraturan lain")])
        if not beneath.is_dir():
            remedy = nearest(beneath.name, (each.name for each in directory.parent.iterdir() if each.is_dir()))
            raise RuleError(
                [file.problem(("dasar",), f"folder `{beneath}` tidak ada", "folder di samping lapisan ini", remedy)]
            )
        directory = beneath
    return Layers(directory, tuple(files), tuple(_standing(files).values()))


def _read(path: Path) -> RuleFile:
    try:
        node = read_file(path)
    except InputError as error:
        raise RuleError(error.problems) from error
    value, problems = read_shape(LAYER_FILE, node, str(path))
    if problems:
        raise RuleError(problems)
    _stamp(node, str(path))
    file = RuleFile(str(path), node, value)
    if value["id"] != path.parent.name:
        message = f"id lapisan `{value['id']}` lain dari nama foldernya"
        raise RuleError([file.problem(("id",), message, f"`{path.parent.name}`, atau nama folder yang sama")])
    return file


def _stamp(node: Node, file: str) -> None:
    """Every node knows its file, for when it stands among those of another."""
    node.file = file
    children = node.value.values() if isinstance(node.value, dict) else node.value
    for child in children if isinstance(node.value, dict | list) else ():
        _stamp(child, file)


@frozen
class _Chain:
    """The overrides that stand after each layer, and what is wrong with how they are taken over."""

    standing: dict[str, Standing] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    def add(self, file: RuleFile) -> None:
        self.take_over(file)
        for number, value in enumerate(file.value["pengecualian"]):
            path: RulePath = ("pengecualian", number)
            if value["id"] in self.standing:
                self.problems.append(
                    file.problem((*path, "id"), f"pengecualian `{value['id']}` sudah ada", remedy="pakai id lain")
                )
            if not any(_changes(value)) and not value["keterangan"]:
                self.problems.append(
                    file.problem(
                        path,
                        f"pengecualian `{value['id']}` tidak mengubah apa pun",
                        "`keterangan:` mengapa ia hanya dicatat, atau apa yang diubahnya",
                    )
                )
            model = _override(value, file.value["id"])
            self.standing[value["id"]] = Standing(value, file, path, model)

    def take_over(self, file: RuleFile) -> None:
        """A later law says of each point of the earlier one whether it still holds; silence is no answer."""
        beneath = dict(self.standing)
        for number, entry in enumerate(file.value["diteruskan"]):
            path: RulePath = ("diteruskan", number, "id")
            before = beneath.pop(entry["id"], None)
            if before is None:
                remedy = nearest(entry["id"], beneath) or "hapus butir ini"
                self.problems.append(
                    file.problem(path, f"`{entry['id']}` bukan pengecualian lapisan di bawahnya", remedy=remedy)
                )
            elif not entry["berlaku"]:
                del self.standing[entry["id"]]
            else:
                model = evolve(before.model, terverifikasi=entry["terverifikasi"], sumber=entry["sumber"])
                self.standing[entry["id"]] = evolve(before, model=model)
        for name in beneath:
            self.problems.append(
                file.problem(
                    ("diteruskan",),
                    f"pengecualian `{name}` dari lapisan di bawahnya tidak disebut",
                    "`diteruskan:` menyebut setiap pengecualian lapisan di bawahnya",
                    f"tambahkan `{name}` dengan `berlaku:` dan `terverifikasi:`",
                )
            )


def _standing(files: list[RuleFile]) -> dict[str, Standing]:
    chain = _Chain()
    for file in files:
        chain.add(file)
    if chain.problems:
        raise RuleError(chain.problems)
    return chain.standing


def _override(value: Mapping[str, Any], layer: str) -> Override:
    return Override(
        value["id"],
        layer,
        value["pokok"],
        value["sifat"],
        value["pasal"],
        value["isi"],
        value["kutipan"],
        value["terverifikasi"],
        value["sumber"],
        value["keterangan"],
        Passage(value["teks"]["tempat"], value["teks"]["kutipan"]),
        tuple(value["anomali"]),
        tuple(_changes(value)),
    )


def _changes(value: Mapping[str, Any]) -> Iterator[str]:
    """What an override changes, each thing by its name. How an anomaly is read changes nothing by itself."""
    yield from (f"parameter {each['id']} menjadi {each['nilai']}" for each in value["parameter"])
    yield from (f"aturan {each['aturan']}" for each in value["cabang"])
    yield from (f"aturan {each} dihapus" for each in value["cabang_dihapus"])
    if value["baris_dihapus"] is not None:
        yield from (f"baris {each} dihapus" for each in value["baris_dihapus"]["baris"])
    yield from (f"pelaksana {each['baris']} menjadi {each['peran']}" for each in value["pelaksana"])
    yield from (f"peran {each['id']}" for each in value["peran"])
