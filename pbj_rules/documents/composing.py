"""A template with its blocks in place, from the files that it stands in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pbj_rules.documents.blocks import Block, BlockError, Blocks, block_files, compose, name_of
from pbj_rules.documents.compiled import Look
from pbj_rules.documents.dressing import PAGES, dress
from pbj_rules.documents.markup import parse
from pbj_rules.documents.mending import mend_tags
from pbj_rules.documents.opening import DOCUMENT, open_template
from pbj_rules.documents.package import write
from pbj_rules.documents.places import blocks_folder
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.documents.signposts import Signs, part_words
from pbj_rules.documents.tags import BrokenTagError

__all__ = ["composed_template", "signed_template"]


def composed_template(path: Path, look: Look) -> dict[str, bytes]:
    """The parts of a template with its blocks in place, in an office's look: an ordinary docxtpl template.

    Raises TemplateFaultError.
    """
    return dress(_composed(path, None), look.page, look.logo, qr=look.qr)


def signed_template(path: Path) -> tuple[dict[str, bytes], Signs]:
    """The same with signs in it, to find the place of a fault by; in no office's look."""
    signs = Signs()
    return _composed(path, signs), signs


def _composed(path: Path, signs: Signs | None) -> dict[str, bytes]:
    parts = open_template(path)
    words = part_words(parts)
    pages = sorted(filter(PAGES.fullmatch, parts))
    for page in pages:
        parts[page] = _prepared(parts[page], path, words.get(page, page), page, signs)
    try:
        return compose(parts, _blocks(blocks_folder(path), signs), pages)
    except BlockError as error:
        raise TemplateFaultError(str(error), f"alinea “{error.text[:100]}”" if error.text else "") from error


def _blocks(folder: Path, signs: Signs | None) -> Blocks:
    """The blocks of a folder. One that is opened and is faulty raises TemplateFaultError with its file's name."""
    files = block_files(folder)

    def opened(name: str) -> Block:
        file = files[name]
        try:
            parts = open_template(file)
            parts[DOCUMENT] = _prepared(parts[DOCUMENT], file, "", f"blok/{name}", signs)
        except TemplateFaultError as fault:
            place = ", ".join(filter(None, [f"blok {file.name}", fault.place]))
            raise TemplateFaultError(fault.message, place) from fault
        return Block(name, parts, name_of(file)[1])

    return Blocks({name: name_of(file)[1] for name, file in files.items()}, cache(opened))


def _prepared(data: bytes, file: Path, part: str, prefix: str, signs: Signs | None) -> bytes:
    """A page with its tags each in one piece, and with signs where they are wanted."""
    root = parse(data)
    try:
        mend_tags(root)
    except BrokenTagError as error:
        place = f"alinea “{' '.join(error.text.split())[:100]}”"
        raise TemplateFaultError(f"tanda templat salah: {error}", ", ".join(filter(None, [part, place]))) from error
    if signs is not None:
        signs.put(root, file, part, prefix)
    return write(root)
