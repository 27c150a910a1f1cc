"""The hash and verification line of a paper: what it says, and whether a file still says it.

Two digests (SHA-256): of the words that a reader sees, printed in short on every page; and of every byte of
every part, which also tells of a changed picture or format. Both stand in full in the file's properties. Neither is
a signature: whoever changes a paper could compute them anew, so only rendering the case again proves who made it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pbj_rules.documents.page_text import PageText

__all__ = [
    "CODE_MARK", "QR_PICTURE", "SEAL_PART", "SEAL_TYPE", "Seal", "VerificationCode", "content_digest", "digest_of",
    "empty_seal", "file_digest", "read_seal", "seal_part", "short_code",
]  # fmt: skip

SEAL_PART: Final = "docProps/custom.xml"
SEAL_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# The part of the picture that every paper's own QR code replaces.
QR_PICTURE: Final = "word/media/qr.png"
# What stands in place of the code while digests are taken: a noncharacter, so no text of a user's.
CODE_MARK: Final = "\ufdde"
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTY: Final = re.compile(r'name="(pbj-[a-z]+)"[^>]*>\s*<(?:\w+:)?lpwstr>([^<]*)</')
_VALUES: Final = {
    "pbj-naskah": re.compile(r"[a-z0-9-]{1,100}"),
    "pbj-isi": re.compile(r"[0-9a-f]{64}"),
    "pbj-berkas": re.compile(r"[0-9a-f]{64}"),
}


class Seal(NamedTuple):
    """What a paper's properties say of it: the id of its kind and both digests, in full."""

    paper: str
    content: str
    file: str


class VerificationCode:
    """What a template prints as ``{{ kode_verifikasi }}``: the place of a code that is only known afterwards."""

    def __html__(self) -> str:
        return CODE_MARK

    __str__ = __html__


def short_code(digest: str) -> str:
    """The first 64 bits of a digest as they are printed: ``1a2b-3c4d-5e6f-7a8b``."""
    return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def content_digest(pages: Iterable[PageText]) -> str:
    """The digest of the words of a paper: its body, then its headers and footers, the same one once.

    It does not change when a word processor saves the file anew and names or repeats these as it likes.
    """
    body, *others = pages
    made = hashlib.sha256()
    for kind, words in (body, *sorted(set(others))):
        made.update(f"{kind}\0{words}\0".encode())
    return made.hexdigest()


def digest_of(data: bytes) -> bytes:
    """The digest of one part."""
    return hashlib.sha256(data).digest()


def file_digest(digests: Mapping[str, bytes]) -> str:
    """The digest of all parts, from the digest of each; the seal itself is none of them.

    Of the QR code only its name counts: its picture is drawn from a digest and must not change one.
    """
    made = hashlib.sha256()
    for name in sorted(digests):
        if name != SEAL_PART:
            made.update(name.encode("utf-8") + b"\0" + (b"" if name == QR_PICTURE else digests[name]))
    return made.hexdigest()


def empty_seal() -> bytes:
    """The properties of a template, which has no digests yet."""
    return f"{_HEAD}</Properties>".encode()


def seal_part(seal: Seal) -> bytes:
    """The file's properties that hold a seal."""
    values = {"pbj-naskah": seal.paper, "pbj-isi": seal.content, "pbj-berkas": seal.file}
    properties = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return f"{_HEAD}{properties}</Properties>".encode()


def read_seal(data: bytes) -> Seal | None:
    """The seal in a file's properties, however a word processor wrote them; None where there is none."""
    found = dict(_PROPERTY.findall(data.decode("utf-8", "replace")))
    if not all(shape.fullmatch(found.get(name, "")) for name, shape in _VALUES.items()):
        return None
    return Seal(found["pbj-naskah"], found["pbj-isi"], found["pbj-berkas"])
