"""Where a layer departs from the regulation that it lies on; apart from the model, which most programs use without."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Override", "Passage"]


@frozen
class Passage:
    """Words of a regulation, verbatim, and where they stand: a row id, or an article."""

    tempat: str
    kutipan: str


@frozen
class Override:
    """A point on which a layer departs from the regulation that it lies on, with the words of both.

    ``regulasi``: the layer that says so. ``teks``: what is departed from. ``kutipan``: the layer's own words
    where they are known; ``isi`` says it in ours. ``mengubah``: what it changes, each thing by its name; empty
    where the point is only noted, and ``keterangan`` then says why.
    """

    id: str
    regulasi: str
    pokok: str
    sifat: str
    pasal: str
    isi: str
    kutipan: str
    terverifikasi: bool
    sumber: str
    keterangan: str
    teks: Passage
    anomali: tuple[str, ...]
    mengubah: tuple[str, ...]
