"""The shared blocks of a folder, each read once for checking: its own faults, whom it calls, whether it can be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import define, field

from pbj_rules.documents.blocks import Block, Blocks, block_files, name_of
from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.mending import typed_text
from pbj_rules.documents.opening import DOCUMENT, open_template
from pbj_rules.documents.package import write
from pbj_rules.documents.page_reading import ReadPage, problem_at, read_page, read_source, silence
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.documents.signposts import Signs
from pbj_rules.documents.tags import tags_of
from pbj_rules.errors import Problem

__all__ = ["Shelf", "read_shelf"]


@define
class Shelf:
    """The blocks of a folder. ``files``: of all of them; ``broken``: those that no template can use as they are.

    ``pages``: those that could be read. ``blocks``: those that can be used, with signs. ``problems``: of each block.
    """

    files: Mapping[str, Path]
    parameters: Mapping[str, tuple[str, ...]]
    signs: Signs = field(factory=Signs)
    pages: dict[str, ReadPage] = field(factory=dict)
    blocks: dict[str, Block] = field(factory=dict)
    broken: set[str] = field(factory=set)
    problems: dict[str, list[Problem]] = field(factory=dict)

    def usable(self) -> Blocks:
        """The blocks that can be put in place."""
        return Blocks(self.parameters, self.blocks.__getitem__)

    def reach(self, names: Iterable[str]) -> set[str]:
        """These blocks and all that they call."""
        found: set[str] = set()
        waiting = [name for name in names if name in self.files]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._called(name)
        return found

    def _called(self, name: str) -> list[str]:
        return [call.name for call in self.pages[name].calls.values()] if name in self.pages else []


def read_shelf(folder: Path, instead: Mapping[str, Path] | None = None) -> Shelf:
    """The blocks of a folder, ``instead`` in place of those of the same name."""
    files = {**block_files(folder), **(instead or {})}
    shelf = Shelf(files, {name: name_of(file)[1] for name, file in files.items()})
    opened = {name: parts for name, file in files.items() if (parts := _opened(shelf, name, file)) is not None}
    _note_circles(shelf)
    for name, parts in opened.items():
        _finish(shelf, name, parts)
    for page in shelf.pages.values():
        silence(page, shelf.broken)
    for name in shelf.blocks:
        parts = {**opened[name], DOCUMENT: write(shelf.pages[name].root)}
        shelf.blocks[name] = Block(name, parts, shelf.parameters[name])
    return shelf


def _opened(shelf: Shelf, name: str, file: Path) -> dict[str, bytes] | None:
    """The parts of a block, with its page read; None for one that must not be opened."""
    problems = shelf.problems.setdefault(name, [])
    if not name.isidentifier() or name != name.lower():
        expected = "huruf kecil, angka, dan garis bawah, mis. tanda_tangan(pejabat).docx"
        problems.append(Problem("nama berkas blok tidak dapat ditulis dalam templat", str(file), expected=expected))
    try:
        parts = open_template(file)
    except TemplateFaultError as fault:
        shelf.broken.add(name)
        expected = "blok Word (.docx) yang aman"
        problems.append(Problem(fault.message, str(file), path=fault.place, expected=expected))
        return None
    page = read_page(parts[DOCUMENT], file, "", f"blok/{name.replace(' ', '_')}", shelf.signs, shelf.parameters)
    problems += page.problems
    shelf.pages[name] = page
    if not page.ready:
        shelf.broken.add(name)
    return parts


def _note_circles(shelf: Shelf) -> None:
    """A block that leads back to itself would never end."""
    for name, page in shelf.pages.items():
        for sign, call in page.calls.items():
            if name in shelf.reach([call.name]):
                shelf.broken.add(name)
                message = f"blok `{name}` memuat dirinya sendiri"
                if call.name != name:
                    message += f" melalui blok `{call.name}`"
                shelf.problems[name].append(problem_at(shelf.signs.places[sign], message, "hapus salah satunya"))


def _finish(shelf: Shelf, name: str, parts: Mapping[str, bytes]) -> None:
    """Parses a block by itself, so that what is wrong inside is said once."""
    page, file = shelf.pages[name], shelf.files[name]
    if name in shelf.broken:
        return
    alone = ReadPage(parse(write(page.root)), [], dict(page.calls), True)
    silence(alone, shelf.files)
    source = read_source(write(alone.root), shelf.signs, file, "")
    shelf.problems[name] += source.problems
    if source.problems:
        shelf.broken.add(name)
        return
    shelf.blocks[name] = Block(name, parts, shelf.parameters[name])
    tags = " ".join(tag.text for paragraph in page.root.iter(w("p")) for tag in tags_of(typed_text(paragraph)))
    for parameter in shelf.parameters[name]:
        if not re.search(rf"\b{re.escape(parameter)}\b", tags):
            message = f"blok `{name}` tidak memakai `{parameter}`"
            remedy = "pakai dalam blok, atau hapus dari nama berkasnya"
            shelf.problems[name].append(Problem(message, str(file), remedy=remedy))
