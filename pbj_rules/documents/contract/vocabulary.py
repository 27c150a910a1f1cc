"""Every variable that a template may use and what it is made of, for linting and for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pbj_rules.documents.contract.deriving import derived_kind
from pbj_rules.documents.contract.fields import Contract, Entry, PaperContract, key_of
from pbj_rules.documents.contract.kinds import ANYTHING, Items, Kind, Leaf, Parts

__all__ = ["ANYTHING", "Items", "Kind", "Leaf", "Parts", "given_to", "vocabulary_of"]


_TEXT: Final = Leaf("teks")


def vocabulary_of(contract: Contract, paper: str) -> dict[str, Kind]:
    """The variables of the template of ``paper``."""
    declared = contract.papers[paper]
    kinds = given_to(contract, declared)
    for derived in declared.derived:
        kinds[derived.name] = derived_kind(derived, kinds)
    return kinds


def given_to(contract: Contract, declared: PaperContract) -> dict[str, Kind]:
    """What a paper is given, without the values that it derives from that."""
    person = _record(contract.case["orang"])
    member = _record(contract.case["anggota"])
    package = _record(contract.case["paket"])
    bidder = Parts({**_record(contract.case["penyedia"]).names, "harga": Leaf("rupiah"), "hasil": _TEXT})
    cited = _record(contract.common)
    return {
        "nama_paket": _TEXT,
        "jenis_paket": _TEXT,
        "jenis_pengadaan": _TEXT,
        **{name: kind for name, kind in package.names.items() if name not in ("nama", "jenis")},
        **dict.fromkeys(contract.roles, person),
        "pokja": Items(member),
        "ketua_pokja": member,
        "pengesah": person,
        "penetap": Parts({**person.names, "sebutan": _TEXT}),
        "peserta": Items(bidder),
        "peserta_pembuktian": Items(bidder),
        "penawar": Items(bidder),
        "cadangan": Items(bidder),
        "pemenang": bidder,
        "pemohon": bidder,
        **{key_of(other): cited for other in declared.cites},
        **{name: _shared(contract.shared[name]) for name in declared.shared},
        "keputusan": _named((*declared.decisions, *declared.possible), _TEXT),
        "fakta": _named(declared.facts, ANYTHING),
        "parameter": _named(declared.parameters, ANYTHING),
        "hasil": _named(declared.outcomes, ANYTHING),
        "judul": _TEXT,
        "kode_verifikasi": _TEXT,
        "pelengkap": Leaf("ya-tidak"),
        "hari_akun": Leaf("tanggal"),
        "kantor": _named(("nama", "tempat", "laman_spse"), _TEXT),
        "kop": Parts({"induk": Items(_TEXT), "nama": _TEXT, "alamat": Items(_TEXT)}),
        "dasar_hukum": Items(_TEXT),
        "tembusan": Items(_TEXT),
        "berkas_terdahulu": Items(Parts({"dokumen": _TEXT, "nomor": _TEXT, "tanggal": Leaf("tanggal")})),
        **_record(contract.entries_of(declared.id)).names,
    }


def _named(names: Iterable[str], kind: Kind) -> Parts:
    return Parts({key_of(name): kind for name in names})


def _record(entries: Iterable[Entry]) -> Parts:
    return Parts({entry.name: _kind(entry) for entry in entries})


def _kind(entry: Entry) -> Kind:
    if entry.kind == "kelompok":
        return _record(entry.columns)
    if entry.kind == "daftar":
        return Items(_record(entry.columns))
    return Leaf(entry.kind, entry.choices)


def _shared(entries: tuple[Entry, ...]) -> Parts:
    """Lines of goods also carry their amount."""
    names = dict(_record(entries).names)
    goods = names.get("barang")
    if isinstance(goods, Items) and isinstance(goods.item, Parts):
        names["barang"] = Items(Parts({**goods.item.names, "jumlah": Leaf("rupiah")}))
    return Parts(names)
