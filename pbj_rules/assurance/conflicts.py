"""Where a regulation departs from the law above it: each point with both texts, and what that does to the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from pbj_rules.regulation.model import Regulation
from pbj_rules.regulation.override import Override

__all__ = ["Conflict", "conflicts"]


@frozen
class Conflict:
    """A point, as every layer that holds it has it: the earliest first."""

    menurut: list[tuple[str, Override]] = field(factory=list)

    @property
    def pokok(self) -> Override:
        """The point as the earliest layer writes it; later ones only say whether it still holds."""
        return self.menurut[0][1]

    def to_dict(self) -> dict[str, Any]:
        """The point as plain values. ``kutipan`` is verbatim, or null where the words are not known."""
        point = self.pokok
        return {
            "id": point.id,
            "pokok": point.pokok,
            "sifat": point.sifat,
            "anomali": list(point.anomali),
            "perbup": {"tempat": point.teks.tempat, "kutipan": point.teks.kutipan},
            "nasional": {"pasal": point.pasal, "kutipan": point.kutipan or None, "isi": point.isi},
            "mengubah": list(point.mengubah),
            "keterangan": point.keterangan,
            "lapisan": [
                {"regulasi": layer, "terverifikasi": one.terverifikasi, "sumber": one.sumber}
                for layer, one in self.menurut
            ],
        }


def conflicts(regulations: Iterable[Regulation]) -> tuple[Conflict, ...]:
    """Every point on which the layers among these regulations depart from what they lie on, each once."""
    found: dict[str, Conflict] = {}
    for regulation in sorted(regulations, key=lambda each: (each.berlaku_sejak, each.id)):
        for name, override in regulation.pengecualian.items():
            found.setdefault(f"{override.regulasi}:{name}", Conflict()).menurut.append((regulation.id, override))
    return tuple(found.values())
