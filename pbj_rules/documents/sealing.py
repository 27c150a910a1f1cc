"""Puts the verification code into a rendered paper, and its seal and QR code beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pbj_rules.documents.compiled import CompiledTemplate
from pbj_rules.documents.page_text import PageText, page_text
from pbj_rules.documents.seal import (
    CODE_MARK,
    QR_PICTURE,
    SEAL_PART,
    Seal,
    content_digest,
    digest_of,
    file_digest,
    seal_part,
    short_code,
)

__all__ = ["qr_picture", "sealed", "swapped"]


def sealed(template: CompiledTemplate, changed: Mapping[str, bytes], paper: str) -> tuple[dict[str, bytes], str]:
    """The changed parts with the code in its place, and the code; its digests are those of the paper without it."""
    content = content_digest(_pages(template, changed))
    digests = {**template.digests, **{name: digest_of(data) for name, data in changed.items()}}
    code = short_code(content)
    parts = {name: swapped(name, data, CODE_MARK, code) for name, data in changed.items()}
    parts[SEAL_PART] = seal_part(Seal(paper, content, file_digest(digests)))
    if QR_PICTURE in template.records:
        parts[QR_PICTURE] = qr_picture(paper, content)
    return parts, code


def swapped(name: str, data: bytes, old: str, new: str) -> bytes:
    """A part with the code in place of its mark, or the other way; pictures may hold these bytes by chance."""
    return data.replace(old.encode(), new.encode()) if name.endswith(".xml") else data


def _pages(template: CompiledTemplate, changed: Mapping[str, bytes]) -> Iterator[PageText]:
    """The words of the pages; docxtpl gives every part of the file, generated code the pages alone."""
    if template.whole is not None:
        from pbj_rules.documents.package import Package

        yield from (_slowly(changed[name]) for name in Package(dict(changed)).pages())
    for part in template.parts:
        data = changed[part.name]
        yield page_text(data.decode("utf-8")) if part.plain else _slowly(data)


def _slowly(page: bytes) -> PageText:
    from pbj_rules.documents.words import words_of  # takes an XML parser, which few papers need

    return words_of(page)


def qr_picture(paper: str, digest: str) -> bytes:
    """The QR code of a paper: its kind and the digest of its words, as a PNG picture."""
    import io

    import segno

    made = io.BytesIO()
    segno.make(f"pbj:{paper}:{digest}", error="m", micro=False).save(made, kind="png", scale=4, border=1)
    return made.getvalue()
