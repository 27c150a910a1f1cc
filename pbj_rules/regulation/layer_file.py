"""The shape of a layer's file: what it lies on, when it is in force, and every override with its citation.

What an override sets has the shape of what it replaces, so that a layer says nothing that a rule file could not.
"""

from __future__ import annotations

from typing import Any, Final

from pbj_rules.regulation.files import FILES, SOP_FILE
from pbj_rules.shapes import Choice, Day, Field, Flag, ListOf, Record, Shape, Text

__all__ = ["LAYER_FILE"]


def _inside(shape: Shape, *keys: str) -> Shape:
    """The shape at a path of keys; lists are passed through to their items."""
    for key in keys:
        while isinstance(shape, ListOf):
            shape = shape.item
        assert isinstance(shape, Record)  # a path of the shapes in `files`
        shape = shape.fields[key].shape
    return shape


def _optional(shape: Shape, title: str = "", default: Any = None) -> Field:
    return Field(shape, required=False, title=title, default=default)


_ID: Final = _inside(SOP_FILE, "sop")
_LABEL: Final = _inside(SOP_FILE, "baris", "label")
_ROW: Final = Text(pattern=r"[a-z0-9-]+/[0-9]+[a-z]?", meaning="nama baris sop/label")
_WORDS: Final = _inside(SOP_FILE, "judul")
_BRANCH: Final = ("baris", "keputusan", "cabang")
_ANOMALIES: Final = _inside(SOP_FILE, "baris", "anomali")
_BASIS: Final = _inside(SOP_FILE, *_BRANCH, "dasar")
_CHECKED: Final = Field(Flag(), title="true hanya bila teksnya telah dibaca; sumbernya disebut")

_LIMIT: Final = Record(
    {"tanggal": Field(Day()), "menurut": Field(_WORDS, title="yang menetapkannya"), "terverifikasi": _CHECKED}
)

# How a change is cited, where it differs from its override.
_CITED: Final[dict[str, Field]] = {
    "dasar": _optional(_BASIS, "tersurat atau tafsir, bila lain dari pengecualiannya"),
    "kutipan": _optional(_WORDS, "kata-kata peraturan, persis, bila lain dari pengecualiannya"),
    "anomali": _optional(_ANOMALIES, "anomali yang dibaca, bila lain dari pengecualiannya"),
    "penjelasan": _optional(_WORDS, "bacaannya, bila lain dari isi pengecualiannya"),
}

_OVERRIDE: Final = Record(
    {
        "id": Field(_ID),
        "pokok": Field(_WORDS, title="pokok yang diatur berbeda"),
        "sifat": Field(
            Choice(("bertentangan", "melengkapi")), title="berbeda dari yang tertulis, atau mengisi yang terbuka"
        ),
        "pasal": Field(_WORDS, title="pasal, ayat, huruf, dan peraturannya"),
        "isi": Field(_WORDS, title="isinya dalam kata-kata sendiri"),
        "kutipan": _optional(_WORDS, "kata-katanya, persis, sejauh diketahui", ""),
        "terverifikasi": _CHECKED,
        "sumber": Field(_WORDS, title="tempat teksnya dibaca, atau mengapa belum"),
        "keterangan": _optional(_WORDS, "catatan; wajib bila tidak mengubah apa pun", ""),
        "teks": Field(
            Record({"tempat": Field(_WORDS, title="baris sop/label, atau pasal"), "kutipan": Field(_WORDS)}),
            title="yang disimpangi, persis",
        ),
        "dasar": _optional(_BASIS, "tersurat, atau tafsir yang menyebut anomalinya", "tersurat"),
        "anomali": _optional(_ANOMALIES, "anomali dalam daftar yang menyangkut pokok ini", ()),
        "parameter": _optional(
            ListOf(
                Record(
                    {
                        "id": Field(_inside(FILES["parameter"], "parameter", "id")),
                        "nilai": Field(_inside(FILES["parameter"], "parameter", "nilai")),
                        **_CITED,
                    }
                )
            ),
            "parameter yang bernilai lain; aturan yang memakainya ikut mengutip pengecualian ini",
            (),
        ),
        "cabang": _optional(
            ListOf(
                Record(
                    {
                        "aturan": Field(_ID, title="id aturan yang diubah"),
                        "jika": _optional(_inside(SOP_FILE, *_BRANCH, "jika")),
                        "nilai": _optional(_ID),
                        "lanjut": _optional(_LABEL),
                        "status": _optional(_inside(SOP_FILE, *_BRANCH, "status")),
                        **_CITED,
                    }
                )
            ),
            "cabang keputusan yang berubah",
            (),
        ),
        "cabang_dihapus": _optional(ListOf(_ID), "id aturan yang tidak berlaku", ()),
        "baris_dihapus": _optional(
            Record({"baris": Field(ListOf(_ROW, 1)), "lanjut": Field(_LABEL, title="baris berikut"), **_CITED}),
            "baris satu SOP yang tidak berlaku, dan ke mana yang menuju ke sana berlanjut",
        ),
        "pelaksana": _optional(
            ListOf(
                Record(
                    {
                        "baris": Field(_ROW),
                        "peran": Field(_ID),
                        "juga": _optional(ListOf(_ID), "", ()),
                        "alasan": Field(_WORDS),
                    }
                )
            ),
            "baris yang dilaksanakan peran lain",
            (),
        ),
        "peran": _optional(
            ListOf(Record({"id": Field(_ID), "nama": Field(_WORDS)})), "peran baru, atau yang bernama lain", ()
        ),
        "bacaan": _optional(
            ListOf(
                Record(
                    {
                        "anomali": Field(_inside(FILES["anomali"], "anomali", "id")),
                        "bacaan": Field(_WORDS),
                        "alternatif": _optional(_WORDS),
                        "baris": _optional(ListOf(_ROW, 1), "bila barisnya ikut dihapus"),
                    }
                )
            ),
            "anomali yang dibaca lain",
            (),
        ),
    }
)

LAYER_FILE: Final = Record(
    {
        "id": Field(_ID),
        "judul": Field(_WORDS),
        "dasar": Field(_ID, title="folder peraturan, atau lapisan, yang dilapisi"),
        "berlaku": Field(
            Record(
                {
                    "sejak": Field(_LIMIT, title="hari pertama"),
                    "sampai": _optional(_LIMIT, "hari terakhir, termasuk; tanpa ini belum diketahui berakhir"),
                }
            )
        ),
        "naskah": Field(_WORDS, title="berkas kata-kata yang dikutip"),
        "diteruskan": _optional(
            ListOf(
                Record(
                    {
                        "id": Field(_ID, title="pengecualian lapisan di bawahnya"),
                        "berlaku": Field(Flag(), title="false bila dicabut"),
                        "terverifikasi": _CHECKED,
                        "sumber": Field(_WORDS),
                    }
                )
            ),
            "setiap pengecualian lapisan di bawahnya: masih berlaku atau tidak",
            (),
        ),
        "pengecualian": Field(ListOf(_OVERRIDE, 1)),
    },
    title="Satu lapisan di atas peraturan lain",
)
