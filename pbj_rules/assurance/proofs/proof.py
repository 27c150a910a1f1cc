"""What the prover found, finding by finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from pbj_rules.errors import Problem
from pbj_rules.regulation.model import Decision, Row

__all__ = ["Gap", "Literal", "Overlap", "Proof", "Trap", "Unreachable"]


@frozen
class Gap:
    """Values of its facts for which no branch of the decision holds; ``kasus`` is a case with them."""

    row: Row
    decision: Decision
    kasus: Mapping[str, Any]


@frozen
class Overlap:
    """Two branches of a decision (by their rules) that hold at once."""

    row: Row
    decision: Decision
    cabang: tuple[str, ...]
    kasus: Mapping[str, Any]


@frozen
class Unreachable:
    """A row that no case comes to, or a branch (by its rule) that never holds."""

    row: Row
    cabang: str | None


@frozen
class Trap:
    """A row from which, with what ``kasus`` says, no answers lead to the end."""

    row: Row
    kasus: Mapping[str, Any]


@frozen
class Literal:
    """Values that the wording, taken to the letter, gives no value or (``nilai``) two values.

    ``kasus`` runs under the adopted reading, which decides ``bacaan``. ``tunggal``: under the regulation's own
    settings these are the only such values.
    """

    row: Row
    decision: Decision
    nilai: tuple[str, ...]
    bacaan: str
    tunggal: bool
    kasus: Mapping[str, Any]


@frozen
class Proof:
    """Everything found. ``pertanyaan``: how many questions both tools answered, the same way."""

    keputusan: int
    baris: int
    pertanyaan: int
    celah: tuple[Gap, ...]
    tumpang_tindih: tuple[Overlap, ...]
    tak_terjangkau: tuple[Unreachable, ...]
    buntu: tuple[Trap, ...]
    harfiah: tuple[Literal, ...]
    muatan: tuple[Problem, ...]

    @property
    def tuntas(self) -> bool:
        """Whether the reading that the rules take leaves nothing open; what the bare wording leaves open is apart."""
        return not (self.celah or self.tumpang_tindih or self.tak_terjangkau or self.buntu or self.muatan)
