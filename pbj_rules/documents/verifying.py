"""Tells whether a Word file is what pbj-rules rendered: by its seal, or for certain by rendering its case again.

A seal is no signature: whoever changes a paper can compute a new one. Without the case, a paper is only as good as
the hands that it passed through; with it, the paper is compared with what the engine makes of that case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Final, Literal, Protocol

from attrs import evolve, frozen

from pbj_rules.documents.oddities import named_marks, oddities, same_picture, saved_by
from pbj_rules.documents.opened import OpenedPaper, open_paper
from pbj_rules.documents.page_text import PageText
from pbj_rules.documents.review_parts import clean_copy, is_review_draft
from pbj_rules.documents.seal import (
    CODE_MARK,
    QR_PICTURE,
    SEAL_PART,
    Seal,
    content_digest,
    digest_of,
    file_digest,
    read_seal,
    seal_part,
    short_code,
)
from pbj_rules.documents.sealing import qr_picture, swapped
from pbj_rules.reading import printable

__all__ = ["Finding", "Reference", "Verdict", "Verification", "verify_paper"]

Verdict = Literal["asli", "tulisan-sama", "berubah", "bukan-naskah"]
_RANK: Final[Sequence[Verdict]] = ("asli", "tulisan-sama", "berubah", "bukan-naskah")
_CODE: Final = re.compile(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){3}")
# What stands in a file where only our own code may stand while digests are taken.
_FOREIGN: Final = "\ufffd"


@frozen
class Finding:
    """A verdict with its reasons, for people."""

    putusan: Verdict
    alasan: tuple[str, ...] = ()


class Reference(Protocol):
    """What a file is compared with beside its own seal; `proving.CaseReference` renders a case for it."""

    def compare(self, paper: OpenedPaper, seal: Seal) -> Finding:
        """What a file is beside the paper that it should be."""


@frozen
class Verification:
    """What is known of a file.

    ``naskah``, ``kode``: the id of its kind and its verification code, as its seal says. ``terbukti``: whether the
    case, rendered again, gives this very paper; None where no case was given. ``alasan``: why it is not asli, or
    what no comparison could tell.
    """

    berkas: str
    putusan: Verdict
    naskah: str = ""
    kode: str = ""
    terbukti: bool | None = None
    alasan: tuple[str, ...] = ()


def verify_paper(
    file: str | PathLike[str] | bytes, reference: Reference | None = None, *, name: str = "naskah"
) -> Verification:
    """What a Word file is, compared with its seal and, where ``reference`` is given, with the case.

    ``file`` may be the file's bytes, which ``name`` then stands for. Raises InputError for what is no Word file,
    is damaged or dangerous to open.
    """
    paper = open_paper(file, name)
    if not is_review_draft(paper.parts):
        return _verified(paper, reference)
    try:
        inner = open_paper(clean_copy(paper.data), paper.name)
    except (KeyError, ValueError):  # no draft that we wrote
        return _verified(paper, reference)
    found = _verified(inner, reference)
    reason = "ini draf tinjauan dengan tanda air dan komentar; yang dinilai naskah di dalamnya"
    proven = None if found.terbukti is None else False
    worst = _worse(found.putusan, "tulisan-sama")
    return evolve(found, putusan=worst, terbukti=proven, alasan=(reason, *found.alasan))


def _verified(paper: OpenedPaper, reference: Reference | None) -> Verification:
    seal = read_seal(paper.parts.get(SEAL_PART, b""))
    if seal is None:
        reason = "tidak memuat segel pbj-rules: buatan program lain, atau segelnya dihapus atau rusak"
        return Verification(paper.name, "bukan-naskah", alasan=(reason,))
    own = _by_seal(paper, seal)
    found = Verification(paper.name, own.putusan, seal.paper, short_code(seal.content), alasan=own.alasan)
    if reference is None:
        return found
    case = reference.compare(paper, seal)
    forged = own.putusan == "asli" and case.putusan == "berubah"
    reasons = ("segelnya cocok dengan tulisannya, tetapi kasus tidak menghasilkan tulisan itu",) if forged else ()
    worst = _worse(own.putusan, case.putusan)
    return evolve(found, putusan=worst, terbukti=worst == "asli", alasan=(*own.alasan, *reasons, *case.alasan))


def _worse(one: Verdict, other: Verdict) -> Verdict:
    return max(one, other, key=_RANK.index)


def _by_seal(paper: OpenedPaper, seal: Seal) -> Finding:
    if _digest_without(short_code(seal.content), paper) != seal.content:
        return Finding("berubah", tuple(_why_other_words(paper, seal)))
    if _is_untouched(paper, seal):
        return Finding("asli")
    if found := tuple(oddities(paper, seal)):
        return Finding("berubah", found)
    program = saved_by(paper.parts)
    reasons = [
        "tulisannya cocok dengan kode, tetapi berkasnya bukan lagi yang dirender"
        + (f" (menurut sifatnya disimpan oleh {printable(program)})" if program else ""),
        "gambar, gaya, penomoran daftar dan sifat berkasnya tidak dapat dipegang",
    ]
    return Finding("tulisan-sama", (*reasons, *(["memuat data di luar bagian-bagiannya"] if paper.surplus else [])))


def _digest_without(code: str, paper: OpenedPaper) -> str:
    """The digest of the words without a printed code; empty where it is not certain which words are shown."""
    if not paper.body:
        return ""
    pages = ((kind, words.replace(CODE_MARK, _FOREIGN).replace(code, CODE_MARK)) for kind, words in paper.pages)
    return content_digest(PageText(kind, words) for kind, words in pages)


def _is_untouched(paper: OpenedPaper, seal: Seal) -> bool:
    """Whether every part is, byte for byte, as it was rendered, and nothing was added."""
    code = short_code(seal.content)
    digests = {name: digest_of(swapped(name, data, code, CODE_MARK)) for name, data in paper.parts.items()}
    picture = paper.parts.get(QR_PICTURE)
    return (
        not paper.surplus
        and paper.parts[SEAL_PART] == seal_part(seal)
        and file_digest(digests) == seal.file
        and (picture is None or same_picture(picture, qr_picture(seal.paper, seal.content)))
    )


def _why_other_words(paper: OpenedPaper, seal: Seal) -> Iterator[str]:
    """What can be said of words that are not those of the seal: which they were, only the case knows."""
    own = short_code(seal.content)
    if not paper.body:
        yield "tidak jelas bagian mana yang ditampilkan pengolah kata"
        return
    printed = sorted({code for page in paper.pages for code in _CODE.findall(page.words)})
    other = next((code for code in printed if _digest_without(code, paper) == seal.content), None)
    theirs = next((code for code in printed if short_code(_digest_without(code, paper)) == code), None)
    if other is not None:
        yield f"kode yang tercetak ({other}) bukan kode naskah ini ({own})"
    elif theirs is not None:
        yield f"tulisannya milik kode yang tercetak ({theirs}), tetapi segelnya milik naskah lain ({own})"
    else:
        yield (
            f"tulisannya tidak cocok dengan kode {own}: kode tidak menunjuk kata mana yang berubah, "
            "jadi tidak satu kata pun dapat dipegang"
        )
    if found := named_marks(paper.pages):
        yield f"memuat {', '.join(found)}"
