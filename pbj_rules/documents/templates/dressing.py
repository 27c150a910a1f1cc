"""Makes a template an office's own before it is compiled: its page, type and emblem, and what every paper carries."""

from __future__ import annotations

import re
from typing import Final

from pbj_rules.documents.office import Page
from pbj_rules.documents.seal import QR_PICTURE, SEAL_PART, SEAL_TYPE, empty_seal
from pbj_rules.documents.word import markup
from pbj_rules.documents.word.package import Package, write

__all__ = ["PAGES", "dress"]

PAGES: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
TYPE_PARTS: Final = ("word/styles.xml", "word/fontTable.xml")


def dress(parts: dict[str, bytes], page: Page | None, logo: bytes | None, *, qr: bool) -> dict[str, bytes]:
    """The parts with an office's look; without a page they keep their own.

    ``qr``: whether the place of the QR code stays.
    """
    package = Package(dict(parts))
    for name in sorted(filter(PAGES.fullmatch, parts)):
        root = markup.parse(parts[name])
        if not qr:
            markup.remove_drawing(root, markup.QR)
        if page is not None:
            markup.apply_page(root, page)
            _swap_emblem(package, name, markup.fit_emblem(root, logo), logo)
        package.parts[name] = write(root)
    if page is not None:
        for name in TYPE_PARTS:
            if name in package.parts:
                root = markup.parse(package.parts[name])
                markup.apply_type(root, page)
                package.parts[name] = write(root)
    if not qr and QR_PICTURE in package.parts:
        package.drop(QR_PICTURE)
    package.add(SEAL_PART, empty_seal(), SEAL_TYPE)
    package.relate("", "custom-properties", SEAL_PART)
    return package.parts


def _swap_emblem(package: Package, page: str, relations: set[str], logo: bytes | None) -> None:
    """Puts the office's emblem in place of the template's; Word names the picture as it likes."""
    if logo is None:
        return
    for identifier, (_, target) in package.related(page).items():
        if identifier in relations:
            package.parts[target] = logo
