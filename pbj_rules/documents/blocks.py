"""Shared blocks of the templates: letterhead, signatures, copies, footer, each a Word file that exists once.

A template says where a block stands with a paragraph of its own, ``{{p kop }}`` or, for a block that speaks of
somebody, ``{{p tanda_tangan(ppk) }}``. The template with its blocks in place is an ordinary docxtpl template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from pbj_rules.documents.markup import W, parse, w
from pbj_rules.documents.package import Package, write
from pbj_rules.documents.packing import unpack
from pbj_rules.shapes import nearest

__all__ = ["Block", "BlockError", "compose", "load_blocks", "used_blocks"]

_CALL: Final = re.compile(r"\{\{p\s+([a-z_][a-z0-9_]*)\s*(?:\(([^(){}]*)\))?\s*\}\}")
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ARGUMENT: Final = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*|'[^'{}]*'")
_DEEPEST: Final = 4
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_NUMBERING_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
Element = Any


class BlockError(ValueError):
    """A block that cannot be put in place; the message is for the editor of the template."""


@frozen
class Block:
    """A shared block. ``parameters``: the names under which it speaks of what it is given, in their order."""

    name: str
    parts: Mapping[str, bytes] = field(repr=False)
    parameters: tuple[str, ...]


def load_blocks(directory: Path) -> dict[str, Block]:
    """The blocks of a folder (``blok/`` beside the templates), by name; none where there is no folder.

    ``tanda_tangan(pejabat).docx`` is the block ``tanda_tangan`` of one parameter.
    """
    found = {}
    for path in sorted(directory.glob("*.docx")):
        if path.name.startswith(("~", ".")):
            continue
        name, _, rest = path.stem.partition("(")
        parameters = tuple(part.strip() for part in rest.rstrip(")").split(",") if part.strip())
        found[name] = Block(name, unpack(path), parameters)
    return found


def used_blocks(template: Path, directory: Path) -> list[Path]:
    """The files of the blocks that a template puts in place, and of those that these put in place, by name."""
    files = {path.stem.partition("(")[0]: path for path in directory.glob("*.docx")}
    used: set[Path] = set()
    waiting = [template]
    while waiting:
        parts = unpack(waiting.pop())
        pages = [parse(data) for name, data in parts.items() if name.startswith("word/") and b"{{p" in _joined(data)]
        called = {files[name] for page in pages for _, name, _ in _calls(page) if name in files}
        waiting += called - used
        used |= called
    return sorted(used)


def _joined(data: bytes) -> bytes:
    """The text of a part in one: Word may split a tag over runs."""
    return re.sub(rb"<[^>]*>", b"", data)


def compose(parts: Mapping[str, bytes], blocks: Mapping[str, Block], pages: Sequence[str]) -> dict[str, bytes]:
    """The parts of a template with every block in place. ``pages``: the parts in which blocks may stand.

    Raises BlockError, naming the paragraph.
    """
    package = Package(dict(parts))
    for page in pages:
        root = parse(package.parts[page])
        if _Composer(package, blocks, page).fill(root, 0):
            package.parts[page] = write(root)
    return package.parts


@define
class _Composer:
    package: Package
    blocks: Mapping[str, Block]
    page: str

    def fill(self, root: Element, depth: int) -> bool:
        """Puts the blocks of a tree in place; says whether there were any."""
        calls = list(_calls(root))
        for paragraph, name, given in calls:
            block = self._block(name, given)
            if depth == _DEEPEST:
                raise BlockError(f"blok `{name}` bersarang terlalu dalam")
            body = self._body(block)
            _rename(body, dict(zip(block.parameters, given, strict=True)))
            self.fill(body, depth + 1)
            parent = paragraph.getparent()
            at = parent.index(paragraph)
            parent[at : at + 1] = list(body)
        return bool(calls)

    def _block(self, name: str, given: Sequence[str]) -> Block:
        block = self.blocks.get(name)
        if block is None:
            hint = nearest(name, self.blocks) or f"blok yang ada: {', '.join(self.blocks) or '-'}"
            raise BlockError(f"blok `{name}` tidak ada; {hint}")
        if len(given) != len(block.parameters):
            wanted = f"{name}({', '.join(block.parameters)})" if block.parameters else name
            raise BlockError(f"blok `{name}` ditulis `{{{{p {wanted} }}}}`")
        return block

    def _body(self, block: Block) -> Element:
        """The content of a block, its pictures, lists and styles taken over into the template."""
        root = parse(block.parts["word/document.xml"])
        body = root.find(w("body"))
        for section in body.findall(w("sectPr")):
            body.remove(section)
        source = Package(dict(block.parts))
        self._pictures(source, body)
        self._lists(source, body)
        self._styles(source, body)
        return body

    def _pictures(self, source: Package, body: Element) -> None:
        related = source.related("word/document.xml")
        for picture in body.iter(_PICTURE):
            _, target = related[picture.get(_EMBED)]
            name = self.package.add_picture(source.parts[target], Path(target).stem)
            picture.set(_EMBED, self.package.relate(self.page, "image", name))

    def _lists(self, source: Package, body: Element) -> None:
        """Each list of a block becomes a list of its own in the template, so that it begins at one."""
        used = list(body.iter(w("numId")))
        if not used:
            return
        theirs = parse(source.parts["word/numbering.xml"])
        mine = self._numbering()
        renumbered: dict[str, str] = {}
        for reference in used:
            old = reference.get(w("val"))
            if old not in renumbered:
                renumbered[old] = _take_over_list(theirs, mine, old)
            reference.set(w("val"), renumbered[old])
        self.package.parts["word/numbering.xml"] = write(mine)

    def _numbering(self) -> Element:
        if "word/numbering.xml" not in self.package.parts:
            empty = f'<w:numbering xmlns:w="{W}"></w:numbering>'.encode()
            self.package.add("word/numbering.xml", empty, _NUMBERING_TYPE)
            self.package.relate("word/document.xml", "numbering", "word/numbering.xml")
        return parse(self.package.parts["word/numbering.xml"])

    def _styles(self, source: Package, body: Element) -> None:
        """Styles that the template lacks come with the block; one that it has keeps its own look."""
        mine = parse(self.package.parts["word/styles.xml"])
        known = {style.get(w("styleId")) for style in mine.iter(w("style"))}
        theirs = {style.get(w("styleId")): style for style in parse(source.parts["word/styles.xml"]).iter(w("style"))}
        wanted = [node.get(w("val")) for tag in ("pStyle", "rStyle", "tblStyle") for node in body.iter(w(tag))]
        added = False
        while wanted:
            name = wanted.pop()
            if name in known or name not in theirs:
                continue
            known.add(name)
            added = True
            style = deepcopy(theirs[name])
            mine.append(style)
            wanted += [node.get(w("val")) for tag in ("basedOn", "next", "link") for node in style.iter(w(tag))]
        if added:
            self.package.parts["word/styles.xml"] = write(mine)


def _calls(root: Element) -> Iterator[tuple[Element, str, tuple[str, ...]]]:
    """The paragraphs that name a block, with its name and what it is given."""
    for paragraph in list(root.iter(w("p"))):
        text = "".join(node.text or "" for node in paragraph.iter(w("t"))).strip()
        if not text.startswith("{{p"):
            continue
        found = _CALL.fullmatch(text)
        given = tuple(part.strip() for part in (found[2] or "").split(",") if part.strip()) if found else ()
        if found is None or not all(_ARGUMENT.fullmatch(part) for part in given):
            raise BlockError(f"`{text[:100]}` bukan nama blok; tulis mis. `{{{{p kop }}}}` sebagai alinea sendiri")
        yield paragraph, found[1], given


def _rename(body: Element, names: Mapping[str, str]) -> None:
    """Puts what a block is given in place of the block's own names, inside tags only."""
    if not names:
        return
    word = re.compile(r"(?<![\w.'])(" + "|".join(map(re.escape, names)) + r")(?!\w)")
    for node in body.iter(w("t")):
        if node.text and "{" in node.text:
            node.text = _TAG.sub(lambda tag: word.sub(lambda found: names[found[1]], tag[0]), node.text)


def _take_over_list(theirs: Element, mine: Element, old: str) -> str:
    """Copies a list with its form; returns its new number."""
    number = next(node for node in theirs.iter(w("num")) if node.get(w("numId")) == old)
    form_id = number.find(w("abstractNumId")).get(w("val"))
    form = deepcopy(next(node for node in theirs.iter(w("abstractNum")) if node.get(w("abstractNumId")) == form_id))
    forms = mine.findall(w("abstractNum"))
    numbers = mine.findall(w("num"))
    new_form = str(max((int(node.get(w("abstractNumId"))) for node in forms), default=-1) + 1)
    new = str(max((int(node.get(w("numId"))) for node in numbers), default=0) + 1)
    form.set(w("abstractNumId"), new_form)
    for mark in form.findall(w("nsid")):
        form.remove(mark)  # two forms of one nsid are one list to Word
    mine.insert(len(forms), form)
    copy = deepcopy(number)
    copy.set(w("numId"), new)
    copy.find(w("abstractNumId")).set(w("val"), new_form)
    mine.insert(len(forms) + 1 + len(numbers), copy)
    return new
