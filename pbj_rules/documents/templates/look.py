"""What an office changes of a template."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Look"]


class Look(NamedTuple):
    """What an office changes of a template: page and type, emblem, and whether papers bear a QR code.

    ``review``: whether it is for a review draft, whose code tells what it prints (see `review.marks`).
    """

    page: Any = None
    logo: bytes | None = None
    qr: bool = False
    review: bool = False
