"""The result of a case, field by field as the contract has it (``pbj-hasil/1``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import Attribute, evolve, field, fields, frozen

__all__ = ["SCHEMA", "Dokumen", "Jejak", "Keputusan", "Menunggu", "NaskahTambahan", "Result", "Sumber"]

SCHEMA: Final = "pbj-hasil/1"


def _filled(instance: object, attribute: Attribute[Any], value: object) -> None:
    """A conclusion without its row, rule, words or basis cannot exist."""
    if not value:
        raise ValueError(f"{type(instance).__name__}.{attribute.name} is empty")


@frozen
class Menunggu:
    """A fact that the walk waits for, and the row that asks for it."""

    fakta: str = field(validator=_filled)
    baris: str = field(validator=_filled)


@frozen
class Sumber:
    """The override of a layer that a decision rests on: another regulation's, in place of the one beneath.

    ``regulasi``: the layer that holds it, ``pengecualian`` its id there. ``isi`` says it in our words, which the
    ``kutipan`` of the decision need not do. ``terverifikasi``: whether the article was read.
    """

    regulasi: str = field(validator=_filled)
    pengecualian: str = field(validator=_filled)
    pasal: str = field(validator=_filled)
    isi: str = field(validator=_filled)
    terverifikasi: bool


@frozen
class Keputusan:
    """A decision with everything that it rests on.

    ``lanjut``: the next row. ``dasar``: tersurat, tafsir or setelan-lokal; ``anomali`` names what an
    interpretation reads. ``kutipan``: the regulation's words. ``fakta``, ``parameter``: the values used, and
    ``hasil``: those computed; amounts are whole rupiah, days ISO text as in the JSON. ``sumber``: the override
    whose words and basis these are, where a layer of the regulation changed the rule.
    """

    id: str = field(validator=_filled)
    baris: str = field(validator=_filled)
    nilai: str = field(validator=_filled)
    lanjut: str = field(validator=_filled)
    dasar: str = field(validator=_filled)
    aturan: str = field(validator=_filled)
    kutipan: str = field(validator=_filled)
    anomali: tuple[str, ...]
    fakta: Mapping[str, Any]
    parameter: Mapping[str, int]
    hasil: Mapping[str, Any]
    sumber: Sumber | None = None

    def __attrs_post_init__(self) -> None:
        if self.dasar == "tafsir" and not self.anomali:
            raise ValueError(f"keputusan {self.id}: an interpretation names its anomaly")


@frozen
class Dokumen:
    """A paper that a visited row produces.

    ``templat``: whether a Word template exists. ``berkas``: the rendered file, relative to the output
    folder. ``salinan_dari``: the row that made the very sheet. ``kunjungan``: the row's visit number.
    ``kosong``: the blanks of a draft, by field path.
    """

    id: str = field(validator=_filled)
    baris: str = field(validator=_filled)
    judul: str = field(validator=_filled)
    templat: bool
    berkas: str | None
    dasar: str = field(validator=_filled)
    kutipan: str = field(validator=_filled)
    anomali: tuple[str, ...]
    salinan_dari: str | None
    kunjungan: int
    kosong: tuple[str, ...] = ()


@frozen
class NaskahTambahan:
    """A paper that the case asked for and no row of the regulation names; so it rests on no rule."""

    id: str = field(validator=_filled)
    judul: str = field(validator=_filled)
    berkas: str = field(validator=_filled)
    kosong: tuple[str, ...] = ()


@frozen
class Jejak:
    """One firing: rule, row, what it rested on, what it concluded.

    ``catatan``: the anomalies that the regulation's register notes for the row, read or not.
    """

    langkah: int
    jenis: str = field(validator=_filled)
    aturan: str = field(validator=_filled)
    baris: str = field(validator=_filled)
    kunjungan: int
    premis: Mapping[str, Any]
    kesimpulan: Mapping[str, Any]
    catatan: tuple[str, ...]


@frozen
class Result:
    """What the rules say of a case. Built by the engine alone; equal cases give equal results.

    ``naskah_tambahan``: the papers beside those of the rows, empty until papers are made and where none were asked for.
    """

    kasus: str
    regulasi: str
    sop: str
    status: str
    menunggu: tuple[Menunggu, ...]
    jalur: tuple[str, ...]
    keputusan: tuple[Keputusan, ...]
    dokumen: tuple[Dokumen, ...]
    jejak: tuple[Jejak, ...]
    peringatan: tuple[str, ...]
    skema: str = SCHEMA
    naskah_tambahan: tuple[NaskahTambahan, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, keys in the contract's order.

        Left out are ``naskah_tambahan`` where it is empty, and ``sumber`` of a decision that no layer changed, so a
        case that uses neither gives the result that it gave before there were any.
        """
        names = ["skema", *(item.name for item in fields(Result) if item.name != "skema")]
        if not self.naskah_tambahan:
            names.remove("naskah_tambahan")
        plain = {name: _plain(getattr(self, name)) for name in names}
        for decision in plain["keputusan"]:
            if decision["sumber"] is None:
                del decision["sumber"]
        return plain

    def to_json(self) -> str:
        """The result as one line of JSON (UTF-8 text, not escaped)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    def with_files(
        self, files: Mapping[int, tuple[str, tuple[str, ...]]], extras: Iterable[NaskahTambahan] = ()
    ) -> Result:
        """The result with the name of the rendered file, and its blanks, at each index of ``dokumen``.

        ``extras``: the papers beside those of the rows.
        """
        papers = tuple(
            evolve(paper, berkas=files[i][0], kosong=files[i][1]) if i in files else paper
            for i, paper in enumerate(self.dokumen)
        )
        return evolve(self, dokumen=papers, naskah_tambahan=tuple(extras))


def _plain(value: Any) -> Any:
    if hasattr(type(value), "__attrs_attrs__"):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(type(value))}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
