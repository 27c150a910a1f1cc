"""Redlines: a Word file with native tracked changes that lead from one version of a paper to another.

Every redline is read back before it is given to anyone: it is refused unless rejecting all its changes gives the
text of the first version, and accepting all of them that of the second.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Final

from lxml import etree

from pbj_rules.documents.comparer import compare
from pbj_rules.documents.markup import parse, w
from pbj_rules.documents.package import Package, write
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.seal import SEAL_PART, empty_seal, read_seal
from pbj_rules.documents.table_grids import with_fitting_columns
from pbj_rules.documents.versions import BODY, accepted_text, changes_of, pages_of, rejected_text
from pbj_rules.documents.whole_rows import with_whole_rows
from pbj_rules.errors import InputError, PbjError, Problem

__all__ = ["blank", "check_version", "redline", "same_pages"]

# What the file says of itself is that of B.
_PROPERTIES: Final = ("docProps/core.xml", "docProps/app.xml")


def redline(a: bytes, b: bytes, *, author: str, day: date) -> bytes:
    """The Word file ``b`` with tracked changes against ``a``, by ``author`` on ``day``: same inputs, same bytes.

    Rejecting all changes gives the text of ``a``, accepting all that of ``b``, headers and footers included.
    Raises InputError if either is no Word file or already has tracked changes, or if the engine is not installed;
    PbjError if the engine fails, or makes something that does not lead from ``a`` to ``b``.
    """
    before, after = check_version(a, "A"), check_version(b, "B")
    made = _tidied(unpack(io.BytesIO(compare(a, b, author=author, day=day))))
    made |= {name: after[name] for name in _PROPERTIES if name in made and name in after}
    if rejected_text(made) != rejected_text(before) or accepted_text(made) != accepted_text(after):
        raise PbjError(
            "perubahan terlacak yang dibuat tidak mengembalikan teks kedua naskah, jadi tidak ditulis; "
            "bandingkan keduanya di Word (Tinjau > Bandingkan)"
        )
    return pack(made)


def check_version(content: bytes, file: str) -> dict[str, bytes]:
    """The parts of a Word file that can be compared. Raises InputError, naming ``file``, for any other."""
    try:
        parts = unpack(io.BytesIO(content))
        changes = changes_of(parts)
    except ValueError as error:
        raise InputError([Problem(str(error), file)]) from error
    except etree.XMLSyntaxError as error:
        raise InputError([Problem(f"bukan berkas Word yang utuh: {error.msg}", file)]) from error
    if any(changes):
        remedy = "terima atau tolak semuanya di Word dahulu (Tinjau > Terima, Tolak)"
        raise InputError([Problem("naskah sudah memuat perubahan terlacak", file, remedy=remedy)])
    return parts


def same_pages(a: bytes, b: bytes) -> bool:
    """Whether two Word files differ in nothing but what they say of themselves (name, day, seal)."""
    return _pages(a) == _pages(b)


def _pages(content: bytes) -> dict[str, bytes]:
    return {name: data for name, data in unpack(io.BytesIO(content)).items() if not name.startswith("docProps/")}


def blank(content: bytes) -> bytes:
    """The same file without a word in it: what a paper that only one side has is compared with."""
    parts = unpack(io.BytesIO(content))
    for name in pages_of(parts):
        root = parse(parts[name])
        page = root.find(w("body")) if name == BODY else root
        if page.tag not in (w("body"), w("hdr"), w("ftr")):
            continue
        for block in [block for block in page if block.tag != w("sectPr")]:
            page.remove(block)
        page.insert(0, etree.Element(w("p")))
        parts[name] = write(root)
    return pack(parts)


def _tidied(parts: dict[str, bytes]) -> dict[str, bytes]:
    """With rows that fit their tables; without a version's seal, and without pictures that no page shows."""
    package = Package(dict(parts))
    for page in pages_of(parts):
        root = parse(parts[page])
        if any([with_whole_rows(root), with_fitting_columns(root)]):
            package.parts[page] = write(root)
    for picture in _hidden_pictures(package):
        package.drop(picture)
    if SEAL_PART in parts and read_seal(parts[SEAL_PART]) is not None:
        package.parts[SEAL_PART] = empty_seal()
    return package.parts


def _hidden_pictures(package: Package) -> set[str]:
    """The engine copies the pictures of the body and leaves the originals behind."""
    shown: set[str] = set()
    hidden: set[str] = set()
    for listed in [name for name in package.parts if name.endswith(".rels")]:
        source = listed.replace("_rels/", "", 1).removesuffix(".rels")
        for identifier, (kind, target) in package.related(source).items():
            if kind == "image" and target in package.parts:
                named = f'"{identifier}"'.encode() in package.parts.get(source, b"")
                (shown if named else hidden).add(target)
    return hidden - shown
