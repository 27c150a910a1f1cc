"""Checks of template files: tags are whole, every name exists, every declared field and every block is used."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Final

from pbj_rules.documents.checking.block_faults import BlockFaults
from pbj_rules.documents.checking.block_reading import Shelf, read_shelf
from pbj_rules.documents.checking.closed_values import checked_vocabulary
from pbj_rules.documents.checking.template_reading import ReadTemplate, read_parts
from pbj_rules.documents.contract.deriving import read_through
from pbj_rules.documents.contract.fields import Contract, key_of
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.places import blocks_folder, contract_file, template_files
from pbj_rules.documents.templates.blocks import name_of
from pbj_rules.documents.templates.compiled import compile_template
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import BLOCKS, sheets_directory, templates_directory

__all__ = ["check_templates", "read_template"]

_CODE: Final = "kode_verifikasi"


def check_templates(directory: str | PathLike[str] | None = None) -> list[Problem]:
    """Everything wrong with the templates and blocks of a folder, or with one; the shipped ones by default.

    Where the folder has its own data contract, what they read is checked by that.
    """
    root = Path(directory) if directory is not None else templates_directory()
    if root.is_dir() and root.resolve().name == BLOCKS:
        root = root.resolve().parent  # blocks show what they are in the templates that use them
    if not root.exists():
        return [Problem("berkas tidak ada", str(root), remedy="periksa namanya")]
    try:
        contract = load_contract(contract_file(root))
    except InputError as error:
        return list(error.problems)
    if root.is_file() and _is_block(root, contract):
        return _check_block(root, contract)
    return [*_missing(root, contract), *_check(template_files(root), contract, root)]


def _is_block(file: Path, contract: Contract) -> bool:
    """A file of a folder of blocks, or a copy of a shipped block that lies elsewhere."""
    shipped = {path.stem for path in (templates_directory() / BLOCKS).glob("*.docx")}
    return file.resolve().parent.name == BLOCKS or (file.stem not in contract.papers and file.stem in shipped)


def _check_block(file: Path, contract: Contract) -> list[Problem]:
    """A block is checked in the templates that use it: beside its folder, else the shipped ones."""
    folder = file.resolve().parent
    home = folder.parent if folder.name == BLOCKS else templates_directory()
    shelf = read_shelf(home / BLOCKS, {name_of(file)[0]: file})
    return [problem for problem in _check(template_files(home), contract, home, shelf) if problem.file == str(file)]


def _missing(root: Path, contract: Contract) -> list[Problem]:
    """Papers of the shipped contract without a template."""
    files = template_files(root) if root == templates_directory() else contract.papers
    return [
        Problem(
            f"naskah `{paper}` dideklarasikan tetapi tidak bertemplat",
            contract.file,
            path=f"naskah.{paper}",
            expected=f"berkas {paper}.docx",
            remedy="buat templatnya, atau pindahkan ke `disebut`",
        )
        for paper in contract.papers
        if paper not in files
    ]


def _check(files: Mapping[str, Path], contract: Contract, root: Path, instead: Shelf | None = None) -> list[Problem]:
    """Everything wrong with templates and the blocks that they use; of a folder's own blocks, with all of them."""
    shelves: dict[Path, BlockFaults] = {}
    used: dict[Path, set[str]] = {}
    unread: set[Path] = set()
    problems: list[Problem] = []
    sheets = sorted(sheets_directory().glob("*.docx")) if root == templates_directory() else []
    for path in (*files.values(), *sheets):
        folder = blocks_folder(path)
        if folder not in shelves:
            shelves[folder] = BlockFaults(instead or read_shelf(folder))
        faults = shelves[folder]
        read = _read(path, "" if path in sheets else path.stem, contract, faults, compiled=instead is None)
        used.setdefault(folder, set()).update(read.blocks)
        problems += read.problems
        unread |= set() if read.whole else {folder}
    for folder, faults in shelves.items():
        whole = folder.parent == root
        names = faults.shelf.files if whole else faults.shelf.reach(used[folder])
        problems += [problem for name in names for problem in faults.shelf.problems[name]]
        problems += faults.problems()
        problems += _unused_blocks(faults.shelf, used[folder]) if whole and folder not in unread else []
    return list(dict.fromkeys(problems))


def read_template(path: Path, paper: str, contract: Contract) -> ReadTemplate:
    """A template with the dotted names of every value that it reads, and what is wrong inside it and its blocks."""
    faults = BlockFaults(read_shelf(blocks_folder(path)))
    read = read_parts(path, checked_vocabulary(contract, paper), faults)
    names = faults.shelf.reach(read.blocks)
    inside = [problem for name in names for problem in faults.shelf.problems[name]]
    read.problems += [*inside, *faults.problems()]
    return read


def _read(path: Path, paper: str, contract: Contract, faults: BlockFaults, *, compiled: bool) -> ReadTemplate:
    """A template with its faults.

    ``paper``: empty for a sheet about papers, whose names only its program knows. ``compiled``: whether to see that
    it can also be made ready to be rendered.
    """
    if paper and paper not in contract.papers:
        known = ", ".join(sorted(contract.papers))
        problem = Problem(
            f"naskah `{paper}` tidak dideklarasikan",
            str(path),
            expected=f"nama salah satu dari {known}",
            remedy="tambahkan isian/<id>.yaml, atau perbaiki nama berkas",
        )
        return ReadTemplate([problem])
    read = read_parts(path, checked_vocabulary(contract, paper) if paper else None, faults)
    # What a template does not say because of a fault is not missing.
    if read.whole and not read.problems:
        read.problems += _uncompiled(path) if compiled else []
        read.problems += [*_without_code(path, read.used), *_unused(path, paper, contract, read.used)] if paper else []
    return read


def _uncompiled(path: Path) -> list[Problem]:
    """What shows only when a template is made ready to be rendered."""
    try:
        compile_template(path)
    except TemplateFaultError as fault:
        return [Problem(fault.message, str(path), path=fault.place, expected="berkas seperti yang ditulis Word")]
    return []


def _without_code(path: Path, used: set[str]) -> list[Problem]:
    if _CODE in used:
        return []
    remedy = "beri kaki halaman sebuah alinea `{{p kaki }}`, atau tulis `{{ kode_verifikasi }}` di halaman"
    return [Problem("kode verifikasi tidak dicetak di halaman", str(path), path="kaki halaman", remedy=remedy)]


def _unused_blocks(shelf: Shelf, used: set[str]) -> list[Problem]:
    reached = shelf.reach(used)
    return [
        Problem(
            f"blok `{name}` tidak dipakai naskah mana pun",
            str(file),
            remedy=f"tulis `{{{{p {file.stem} }}}}` di templat, atau hapus berkasnya",
        )
        for name, file in shelf.files.items()
        if name not in reached
    ]


def _unused(path: Path, paper: str, contract: Contract, used: set[str]) -> list[Problem]:
    """Declared names that the template never reads: staff would fill them in for nothing.

    Decisions that must be there are conditions of the paper, whether it states them or not.
    """
    declared = contract.papers[paper]
    used = read_through(declared.derived, used)
    names = {f"isian.{entry.name}": entry.name for entry in declared.entries}
    for entry in declared.entries:
        for column in entry.columns:
            names[f"isian.{entry.name}.{column.name}"] = f"{entry.name}.{column.name}"
    names |= {f"turunan.{one.name}": one.name for one in declared.derived}
    for key, of in (
        ("keputusan", declared.possible),
        ("fakta", declared.facts),
        ("parameter", declared.parameters),
        ("hasil", declared.outcomes),
    ):
        names |= {f"{key}.{name}": f"{key}.{key_of(name)}" for name in of}
    for key, of in (("dari", declared.cites), ("bersama", declared.shared)):
        names |= {f"{key}.{name}": key_of(name) for name in of}
    return [
        Problem(
            f"`{name}` dideklarasikan tetapi tidak dipakai {path.name}",
            declared.file,
            path=where,
            remedy="pakai di templat, atau hapus dari isian/<id>.yaml",
        )
        for where, name in names.items()
        if name not in used
    ]
