"""The matrix as it is shown: rows with their links, orphans, and the same links seen from the other side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from pbj_rules.regulation.model import Regulation, Row

__all__ = ["Matrix", "MatrixRow", "Orphan"]


@frozen
class Orphan:
    """Something that nothing leads to, or that leads nowhere; said so that it can be mended.

    ``jenis``: its sort. ``id``: the thing itself. ``baris``: the row that it concerns, where there is one.
    """

    jenis: str
    id: str
    baris: str | None
    berkas: str
    baris_berkas: int | None
    pesan: str
    seharusnya: str
    perbaikan: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "jenis": self.jenis,
            "id": self.id,
            "baris": self.baris,
            "berkas": self.berkas,
            "baris_berkas": self.baris_berkas,
            "pesan": self.pesan,
            "seharusnya": self.seharusnya,
            "perbaikan": self.perbaikan,
        }


@frozen(eq=False)
class MatrixRow:
    """A row of the regulation with all that hangs on it, by ids.

    ``aturan``: the engine's rules; ``tafsir``: those of them that are interpretations. ``templat``: the papers among
    ``dokumen`` that have a Word template; ``pelengkap``: papers that practice adds at this row.
    """

    row: Row
    aturan: tuple[str, ...]
    keputusan: tuple[str, ...]
    tafsir: tuple[str, ...]
    fakta: tuple[str, ...]
    parameter: tuple[str, ...]
    skenario: tuple[str, ...]
    dokumen: tuple[str, ...]
    templat: tuple[str, ...]
    pelengkap: tuple[str, ...]
    anomali: tuple[str, ...]

    @property
    def tanpa_templat(self) -> tuple[str, ...]:
        """The papers of the row for which there is no Word template."""
        return tuple(name for name in self.dokumen if name not in self.templat)

    def short(self, rule: str) -> str:
        """A rule's id where the row is known."""
        return rule.removeprefix(f"{self.row.id}:")

    def to_dict(self) -> dict[str, Any]:
        """The links as plain values; the first six keys are the contract's."""
        actor = self.row.pelaksana
        return {
            "baris": self.row.id,
            "aturan": list(self.aturan),
            "skenario": list(self.skenario),
            "dokumen": list(self.dokumen),
            "templat": list(self.templat),
            "anomali": list(self.anomali),
            "pelaku": actor.peran if actor else None,
            "pelaku_juga": list(actor.juga) if actor else [],
            "pelaku_disimpulkan": actor is not None and actor.disimpulkan,
            "keyakinan": actor.keyakinan if actor else None,
            "keputusan": list(self.keputusan),
            "tafsir": list(self.tafsir),
            "fakta": list(self.fakta),
            "parameter": list(self.parameter),
            "tanpa_templat": list(self.tanpa_templat),
            "pelengkap": list(self.pelengkap),
        }


@frozen(eq=False)
class Matrix:
    """All rows, in the order of the regulation, and all orphans. ``jalur``: the rows of each scenario, in order.

    ``peninggalan``: what nothing uses only because a layer took its users away, which is no orphan.
    """

    regulation: Regulation
    rows: tuple[MatrixRow, ...]
    yatim: tuple[Orphan, ...]
    jalur: Mapping[str, tuple[str, ...]]
    peninggalan: tuple[Orphan, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "baris": [row.to_dict() for row in self.rows],
            "yatim": [orphan.to_dict() for orphan in self.yatim],
            **({"peninggalan": [left.to_dict() for left in self.peninggalan]} if self.peninggalan else {}),
        }
