"""A Word file as parts that point to each other: relations, content types, and parts added to them."""

from __future__ import annotations

import posixpath
from typing import Any, Final

from attrs import define, field
from lxml import etree

from pbj_rules.documents.markup import parse

__all__ = ["RELATION", "Package"]

TYPES: Final = "[Content_Types].xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EMPTY_RELATIONS: Final = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def write(root: Any) -> bytes:
    """A tree as the bytes of a part."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


@define
class Package:
    """The parts of a Word file, by name, and how they hang together; changes ``parts`` in place."""

    parts: dict[str, bytes]
    _types: Any = field(init=False, default=None)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to inside the file, by relation id: kind (the last word of its type) and part."""
        listed = self.parts.get(_relations_of(part))
        if listed is None:
            return {}
        return {
            item.get("Id"): (item.get("Type", "").rpartition("/")[2], _target(part, item.get("Target", "")))
            for item in parse(listed).iter(f"{_RELATIONS}Relationship")
            if item.get("TargetMode") != "External"
        }

    def pages(self, body: str = "word/document.xml") -> tuple[str, ...]:
        """The body, then the headers and footers that it shows, each once."""
        shown = (where for kind, where in self.related(body).values() if kind in ("header", "footer"))
        return tuple(dict.fromkeys([body, *(where for where in shown if where in self.parts)]))

    def relate(self, part: str, kind: str, target: str) -> str:
        """The id by which ``part`` points to ``target``, made where there is none. ``kind``: its type's last word.

        The file itself is the part ``""``.
        """
        for identifier, (known, where) in self.related(part).items():
            if (known, where) == (kind, target):
                return identifier
        name = _relations_of(part)
        root = parse(self.parts.get(name, _EMPTY_RELATIONS))
        taken = {item.get("Id") for item in root}
        identifier = next(f"rId{n}" for n in range(1, 10_000) if f"rId{n}" not in taken)
        made = etree.SubElement(root, f"{_RELATIONS}Relationship", Id=identifier, Type=_type(kind))
        made.set("Target", posixpath.relpath(target, posixpath.dirname(part) or "."))
        self.parts[name] = write(root)
        return identifier

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Adds or replaces a part of its own content type."""
        self.parts[name] = data
        root = parse(self.parts[TYPES])
        if not any(item.get("PartName") == f"/{name}" for item in root.iter(f"{_TYPES}Override")):
            etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
            self.parts[TYPES] = write(root)

    def drop(self, target: str) -> None:
        """Takes a part out, with every relation to it."""
        del self.parts[target]
        for name in [name for name in self.parts if name.endswith(".rels")]:
            part = name.replace("_rels/", "", 1).removesuffix(".rels")
            gone = {identifier for identifier, (_, where) in self.related(part).items() if where == target}
            if gone:
                root = parse(self.parts[name])
                for item in [item for item in root if item.get("Id") in gone]:
                    root.remove(item)
                if len(root):
                    self.parts[name] = write(root)
                else:
                    del self.parts[name]

    def add_picture(self, data: bytes, stem: str) -> str:
        """The part that holds a PNG picture; the same picture is held once."""
        for name, held in self.parts.items():
            if name.startswith("word/media/") and held == data:
                return name
        names = (f"word/media/{stem}{number or ''}.png" for number in range(1_000))
        name = next(name for name in names if name not in self.parts)
        self.parts[name] = data
        root = parse(self.parts[TYPES])
        if not any(item.get("Extension", "").lower() == "png" for item in root.iter(f"{_TYPES}Default")):
            root.insert(0, etree.Element(f"{_TYPES}Default", Extension="png", ContentType="image/png"))
            self.parts[TYPES] = write(root)
        return name


def _type(kind: str) -> str:
    return RELATION + kind


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _target(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
