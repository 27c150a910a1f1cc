"""How NPWP are compared: by what identifies a taxpayer, not by how it was typed."""

from __future__ import annotations

__all__ = ["canonical_npwp", "is_regular_npwp"]


def canonical_npwp(written: str) -> str:
    """An NPWP as it is compared: without dots, dashes, spaces or any other sign between its characters.

    The old form of 15 digits gets the 0 that the form of 16 puts before it (PMK 112/PMK.03/2022 Pasal 2: a
    body's 16-digit NPWP is the old one with 0 in front).
    """
    compared = "".join(letter for letter in written if letter.isalnum())
    return compared.zfill(16) if len(compared) == 15 and compared.isdecimal() else compared


def is_regular_npwp(written: str) -> bool:
    """Whether it has the 15 or 16 digits of an NPWP; one that has not equals only one written like it."""
    compared = canonical_npwp(written)
    return len(compared) == 16 and compared.isdecimal()
