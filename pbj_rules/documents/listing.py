"""What a template reads, field by field, and where each value comes from: the contract in a person's words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from pbj_rules.documents.checking.linting import read_template
from pbj_rules.documents.context import PACKAGE
from pbj_rules.documents.contract.fields import Contract, entry_at, key_of
from pbj_rules.documents.contract.vocabulary import Items, Kind, Leaf, Parts, vocabulary_of
from pbj_rules.errors import InputError

__all__ = ["NUMBERED", "TemplateField", "fields_of", "origin_of"]

_NUMBER: Final = "nomor"
# Where the number of a paper comes from: typed in the case, else the next one of the register in the office's pattern.
NUMBERED: Final = "kasus atau register"


@frozen
class TemplateField:
    """A value that a template prints or decides by.

    ``tipe``: its kind. ``asal``: where it comes from (kasus, aturan, profil kantor, register, program). ``isi``: the
    key to fill in, or what decides it. ``wajib``: whether every paper without it has a blank;
    ``bersyarat``: whether only one that reads it under a condition.
    """

    nama: str
    tipe: str
    asal: str
    isi: str
    wajib: bool
    judul: str
    bersyarat: bool = False


def fields_of(paper: str, template: Path, contract: Contract) -> tuple[TemplateField, ...]:
    """The fields that the template itself reads, in the order of their names.

    Raises InputError where the template is faulty.
    """
    read = read_template(template, paper, contract)
    if read.problems:
        raise InputError(read.problems)
    vocabulary = Parts(vocabulary_of(contract, paper))
    made = [
        _field(paper, name, kind, contract)
        for name in sorted(read.used)
        if (kind := _kind(vocabulary, name)) is not None
    ]
    return tuple(
        evolve(field, wajib=False, bersyarat=True) if field.wajib and field.nama not in read.always else field
        for field in made
    )


def origin_of(paper: str, name: str, contract: Contract) -> TemplateField | None:
    """The field of a dotted name that a template of ``paper`` reads; None for a name that holds no value."""
    kind = _kind(Parts(vocabulary_of(contract, paper)), name)
    return None if kind is None else _field(paper, name, kind, contract)


def _kind(of: Kind, name: str) -> str | None:
    """The kind of a dotted name that holds a value itself; None for a record or list on the way to one."""
    for part in name.split("."):
        while isinstance(of, Items):
            of = of.item
        if not isinstance(of, Parts) or part not in of.names:
            return None
        of = of.names[part]
    if isinstance(of, Items):
        return "daftar" if isinstance(of.item, Leaf) else None
    return (of.kind or "menurut fakta") if isinstance(of, Leaf) else None


def _field(paper: str, name: str, kind: str, contract: Contract) -> TemplateField:
    head, _, rest = name.partition(".")
    entry = entry_at(contract.entries_of(paper), name)
    if entry is not None:
        where = NUMBERED if name == _NUMBER else "kasus"
        return TemplateField(name, kind, where, f"isian.{paper}.{name}", entry.required, entry.title)
    if head in PACKAGE:
        declared = entry_at(contract.case["paket"], PACKAGE[head])
        return TemplateField(name, kind, "kasus", f"paket.{PACKAGE[head]}", True, declared.title if declared else "")
    declared_paper = contract.papers[paper]
    for cited in declared_paper.cites:
        if head == key_of(cited):
            # A paper from elsewhere has the number that its own office gave it.
            where = NUMBERED if rest == _NUMBER and cited in contract.papers else "kasus"
            return TemplateField(name, kind, where, f"isian.{cited}.{rest}", True, f"{rest} {cited}")
    if head in declared_paper.shared:
        shared = entry_at(contract.shared[head], rest)
        title = shared.title if shared else rest
        return TemplateField(name, kind, "kasus", f"isian.{name}", shared.required if shared else True, title)
    for derived in declared_paper.derived:
        if head == derived.name:
            return TemplateField(
                name, kind, "program", f"turunan dari {', '.join(derived.looks_at())}", True, derived.title
            )
    if head in contract.roles:
        return TemplateField(
            name, kind, "kasus atau profil kantor", f"pejabat.{name}", True, f"{rest} {contract.roles[head]}"
        )
    if name in {f"keputusan.{key_of(possible)}" for possible in declared_paper.possible}:
        return evolve(_computed(contract, name, head, rest, kind), wajib=False)
    return _computed(contract, name, head, rest, kind)


_RULES: Final = ("keputusan", "fakta", "parameter", "hasil")
_BIDDERS: Final = ("peserta", "peserta_pembuktian", "penawar", "cadangan", "pemenang", "pemohon")
_PEOPLE: Final = {
    "ketua_pokja": "pejabat.pokja",
    "penetap": "keputusan penetap-pemenang",
    "pengesah": "profil kantor",
}
_OFFICE: Final = ("kantor", "kop", "dasar_hukum", "tembusan")
# What the program makes of what it knows, by the head of the name: from where, and of what.
_MADE: Final = {
    "judul": ("aturan", "judul dokumen"),
    "jenis_pengadaan": ("kasus", "paket.jenis"),
    "hari_akun": ("kasus", "tanggal"),
    "berkas_terdahulu": ("program", "naskah-naskah sebelum naskah ini"),
    "kode_verifikasi": ("program", "dihitung dari isi naskah"),
    "pelengkap": ("program", "apakah naskah ini pelengkap"),
}


def _computed(contract: Contract, name: str, head: str, rest: str, kind: str) -> TemplateField:
    """A field that nobody fills in under its own name."""
    title = (rest or name).replace("_", " ").replace(".", " ")
    if head in _RULES:
        given = f"{head} {rest.replace('_', '-') if head == 'keputusan' else rest}"
        return TemplateField(name, kind, "aturan", given, True, title)
    if head in _BIDDERS:
        declared = entry_at(contract.case["penyedia"], rest)
        if declared is None:
            return TemplateField(name, kind, "program", "disusun dari penyedia[].penawaran", True, title)
        return TemplateField(name, kind, "kasus", f"penyedia[].{rest}", declared.required, declared.title)
    if head in _PEOPLE:
        return TemplateField(name, kind, "kasus atau profil kantor", _PEOPLE[head], True, title)
    if head in _OFFICE:
        return TemplateField(name, kind, "profil kantor", name, True, title)
    origin, given = _MADE.get(head, ("program", "disusun dari kasus"))
    return TemplateField(name, kind, origin, given, True, title)
