"""Puts the verification code into a rendered paper, and its seal and QR code beside it."""

from __future__ import annotations

from collections.abc import Mapping

from pbj_rules.documents.compiled import CompiledTemplate
from pbj_rules.documents.dressing import PAGES
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

__all__ = ["qr_picture", "sealed"]


def sealed(template: CompiledTemplate, changed: Mapping[str, bytes], paper: str) -> dict[str, bytes]:
    """The changed parts with the code in its place; the digests are those of the paper without it."""
    pages = sorted(filter(PAGES.fullmatch, changed))
    content = content_digest(changed[name] for name in pages)
    digests = {**template.digests, **{name: digest_of(data) for name, data in changed.items()}}
    digests.pop(QR_PICTURE, None)
    code = short_code(content).encode()
    mark = CODE_MARK.encode()
    parts = {name: data.replace(mark, code) if mark in data else data for name, data in changed.items()}
    parts[SEAL_PART] = seal_part(Seal(paper, content, file_digest(digests)))
    if QR_PICTURE in template.records:
        parts[QR_PICTURE] = qr_picture(paper, content)
    return parts


def qr_picture(paper: str, digest: str) -> bytes:
    """The QR code of a paper: its kind and the digest of its words, as a PNG picture."""
    import io

    import segno

    made = io.BytesIO()
    segno.make(f"pbj:{paper}:{digest}", error="m", micro=False).save(made, kind="png", scale=4, border=1)
    return made.getvalue()
