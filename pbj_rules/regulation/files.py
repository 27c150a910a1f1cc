"""The shape of every rule file: what a file may hold, checked on loading and said as JSON Schema."""

from __future__ import annotations

from typing import Any, Final

from pbj_rules.language.tree import Kind, Source
from pbj_rules.shapes import (
    Choice,
    Day,
    Field,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Nullable,
    Record,
    Shape,
    Text,
)

__all__ = ["FILES", "SOP_FILE", "STATUSES", "file_schema"]

STATUSES: Final = ("gagal", "dibatalkan", "kembali", "ditolak")

_ID = Text(pattern=r"[a-z0-9]+(?:-[a-z0-9]+)*", meaning="id: huruf kecil dan angka, dihubungkan `-`")
_NAME = Text(pattern=r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?", meaning="nama: huruf kecil, dihubungkan `_`")
_LABEL = Text(pattern=r"[0-9]+[a-z]?", meaning='label baris dalam tanda kutip, mis. "12b"')
_ROW = Text(pattern=r"[a-z0-9-]+(/|:)[a-z0-9-]+|semua", meaning="nama baris sop/label")
_WORDS = Text(longest=3000)
_CONDITION = Text(longest=2000, meaning="kondisi, mis. `jumlah_peserta >= kuorum_peserta`")
_ANOMALY = Text(pattern=r"AN-[0-9]{2}", meaning="id anomali AN-01 … AN-99")
_ANOMALIES = ListOf(_ANOMALY)
_BASIS = Choice(("tersurat", "tafsir"))
_AMOUNT = Integer(-(10**15), 10**15)


def _optional(shape: Shape, title: str = "", default: Any = None) -> Field:
    return Field(shape, required=False, title=title, default=default)


_CITATION: Final[dict[str, Field]] = {
    "dasar": Field(_BASIS, title="tersurat: ada dalam teks; tafsir: bacaan yang menyebut anomalinya"),
    "kutipan": Field(_WORDS, title="kata-kata peraturan, persis"),
    "anomali": _optional(_ANOMALIES, "anomali yang dibaca (wajib untuk tafsir)", ()),
    "penjelasan": _optional(_WORDS, "alasan tafsir, satu kalimat", ""),
    "sumber": _optional(_ID, "pengecualian yang menetapkannya; hanya ditulis oleh lapisan", ""),
}

_ITEM = Record(
    {
        "teks": Field(Text(blank=True), title="butir sebagaimana tercetak"),
        "penanda": _optional(Text(blank=True), "penanda butir tercetak", ""),
        "dokumen": _optional(_ID, "id dokumen yang dinamai butir ini"),
        "bukan_dokumen": _optional(_WORDS, "kelompok butir yang bukan dokumen"),
    }
)

_BRANCH = Record(
    {
        "aturan": Field(_ID, title="id aturan, tunggal dalam peraturan"),
        "nilai": Field(_ID, title="nilai keputusan"),
        "jika": Field(_CONDITION, title="kondisi cabang"),
        "lanjut": Field(_LABEL, title="label baris tujuan"),
        **_CITATION,
        "penanda": _optional(_WORDS, "penanda cabang tercetak", ""),
        "status": _optional(Choice(STATUSES), "status yang ditetapkan cabang"),
        "hasil": _optional(MapOf(_CONDITION, _NAME.pattern), "nilai yang dihitung, mis. tanggal akhir", {}),
    }
)

_LITERAL = Record(
    {
        "anomali": Field(ListOf(_ANOMALY, 1), title="anomali yang menjembatani kata-kata ini dan bacaan yang dipakai"),
        "cabang": Field(
            ListOf(
                Record(
                    {
                        "nilai": Field(_ID, title="nilai keputusan, salah satu nilai cabang bacaan"),
                        "jika": Field(_CONDITION, title="kondisi menurut bunyi kata-katanya"),
                        "kutipan": Field(_WORDS, title="kata-kata peraturan, persis"),
                    }
                ),
                1,
            )
        ),
    },
    title="bunyi teks apa adanya, bila berbeda dari bacaan; dibuktikan celahnya, tidak pernah dijalankan",
)

_DECISION = Record(
    {
        "id": Field(_ID),
        "judul": Field(_WORDS),
        "fakta": Field(ListOf(_NAME, 1), title="fakta yang diperlukan"),
        "cabang": Field(ListOf(_BRANCH, 1)),
        "harfiah": _optional(_LITERAL, "bunyi teks apa adanya, bila berbeda dari bacaan"),
    }
)

_TRANSITION = Record(
    {
        "baris": Field(_LABEL, title="label baris berikut"),
        "dasar": Field(Choice(("urutan", "tersurat", "tafsir"))),
        "kutipan": _optional(_WORDS, "", ""),
        "anomali": _optional(_ANOMALIES, "", ()),
        "penjelasan": _optional(_WORDS, "", ""),
        "sumber": _optional(_ID, "pengecualian yang menetapkannya; hanya ditulis oleh lapisan", ""),
    }
)

_ROW_DOCUMENT = Record(
    {
        "id": Field(_ID, title="id dokumen"),
        **_CITATION,
        "jika": _optional(_CONDITION, "hanya bila kondisi ini benar", ""),
        "salinan_dari": _optional(_ROW, "baris yang membuat lembar yang sama"),
    }
)

_ROW_RECORD = Record(
    {
        "label": Field(_LABEL, title="nomor baris sebagaimana tercetak"),
        "nomor_tercetak": _optional(Flag(), "false bila nomor tidak tercetak", True),
        "jenis": Field(Choice(("mulai", "kegiatan", "keputusan", "selesai"))),
        "kegiatan": Field(_WORDS, title="kolom Uraian Kegiatan, verbatim"),
        "pelaksana": _optional(
            Record(
                {
                    "peran": Field(_ID),
                    "juga": _optional(ListOf(_ID), "", ()),
                    "keyakinan": Field(
                        Choice(("tersurat", "tinggi", "sedang", "rendah")),
                        title="tersurat: teks menandai pelakunya; selebihnya seberapa yakin kesimpulannya",
                    ),
                    "alasan": Field(_WORDS),
                }
            ),
            "pelaksana, dan apakah ia disimpulkan",
        ),
        "kelengkapan": _optional(ListOf(_ITEM), "kolom Kelengkapan", ()),
        "waktu": _optional(
            Record(
                {
                    "tertulis": Field(_WORDS),
                    "nilai": _optional(Integer(0, 10_000)),
                    "satuan": Field(
                        Choice(("menit", "jam", "hari", "bulan", "tidak-ada", "sesuai-kontrak", "sesuai-kebutuhan"))
                    ),
                }
            ),
            "kolom Waktu",
        ),
        "output": _optional(ListOf(_ITEM), "kolom Output", ()),
        "keterangan": _optional(_WORDS, "kolom Keterangan", ""),
        "anomali": _optional(_ANOMALIES, "anomali baris ini", ()),
        "baris_naskah": Field(Integer(1, 100_000), title="baris dalam naskah.txt"),
        "keputusan": _optional(ListOf(_DECISION, 1), "keputusan baris ini", ()),
        "lanjut": _optional(_TRANSITION, "baris berikut (bukan baris keputusan)"),
        "status": _optional(Choice(STATUSES), "status yang ditetapkan baris"),
        "panggil": _optional(
            ListOf(Record({"sop": Field(_ID), "jika": _optional(_CONDITION, "", "")})), "SOP rinci yang dijalankan", ()
        ),
        "dokumen": _optional(ListOf(_ROW_DOCUMENT), "dokumen yang dihasilkan", ()),
    }
)

SOP_FILE: Final = Record(
    {
        "sop": Field(_ID, title="id SOP"),
        "judul": Field(_WORDS),
        "pasal": Field(_WORDS),
        "kolom_keterangan": Field(Flag()),
        "kolom": Field(ListOf(Record({"judul": Field(_WORDS), "peran": Field(_ID)}), 1), title="kolom pelaksana"),
        "baris": Field(ListOf(_ROW_RECORD, 1)),
    },
    title="Satu tabel SOP, baris demi baris",
)

_KINDS = Choice(tuple(kind.value for kind in Kind))
_SOURCES = Choice((Source.ANSWER.value, Source.PACKAGE.value, Source.CASE.value, Source.APPLICANT.value))


_FACT = Record(
    {
        "id": Field(_NAME),
        "judul": Field(_WORDS),
        "tipe": Field(_KINDS),
        "satuan": _optional(_WORDS, "", ""),
        "nilai": _optional(ListOf(_ID, 1), "kata yang boleh dipakai", ()),
        "wajib": _optional(Flag(), "", True),
        "asal": Field(_SOURCES),
        "pertanyaan": Field(_WORDS, title="pertanyaan kepada staf"),
        "baris": _optional(ListOf(_ROW), "baris yang menanyakannya", ()),
        "batas": _optional(Record({"minimum": Field(_AMOUNT), "maksimum": Field(_AMOUNT)})),
        "turunan": _optional(Record({"jika": Field(_CONDITION), **_CITATION, "baris": _optional(_ROW)})),
    }
)

FILES: Final[dict[str, Record]] = {
    "regulasi": Record(
        {
            "id": Field(_ID),
            "judul": Field(_WORDS),
            "nomor": Field(Integer(1, 10_000)),
            "tahun": Field(Integer(1945, 2999)),
            "ditetapkan": Field(Day()),
            "diundangkan": Field(Day()),
            "berlaku_sejak": Field(Day()),
            "berlaku_menurut": _optional(_WORDS, "pasal yang menetapkan mulai berlakunya", ""),
            "naskah": Field(_WORDS),
            "sop": Field(ListOf(_WORDS, 1)),
            "bawaan": _optional(Flag(), "", False),
        },
        title="Satu peraturan",
    ),
    "parameter": Record(
        {
            "parameter": Field(
                ListOf(
                    Record(
                        {
                            "id": Field(_NAME),
                            "judul": Field(_WORDS),
                            "nilai": Field(_AMOUNT),
                            "tipe": Field(Choice(("jumlah", "rupiah", "hari"))),
                            "satuan": _optional(_WORDS, "", ""),
                            "minimum": _optional(_AMOUNT, "", 0),
                            "baris": Field(ListOf(_ROW, 1)),
                            **_CITATION,
                        }
                    )
                )
            )
        },
        title="Parameter peraturan",
    ),
    "fakta": Record(
        {
            "fakta": Field(ListOf(_FACT, 1)),
            "koleksi": _optional(
                ListOf(
                    Record(
                        {
                            "id": Field(_NAME),
                            "judul": Field(_WORDS),
                            "unsur": Field(_NAME),
                            "kolom": Field(ListOf(Record({"id": Field(_NAME), "tipe": Field(_KINDS)}), 1)),
                        }
                    )
                ),
                "",
                (),
            ),
        },
        title="Kosakata fakta",
    ),
    "peran": Record({"peran": Field(ListOf(Record({"id": Field(_ID), "nama": Field(_WORDS)}), 1))}, title="Peran"),
    "dokumen": Record(
        {
            "dokumen": Field(
                ListOf(
                    Record(
                        {
                            "id": Field(_ID),
                            "judul": Field(_WORDS),
                            "jenis": Field(_WORDS),
                            "dibuat_oleh": Field(_WORDS),
                            "penanda_tangan": Field(_WORDS),
                            "isi": _optional(_WORDS, "", ""),
                            "urutan_templat": _optional(Nullable(Integer(1, 100))),
                            "nama_dalam_teks": _optional(ListOf(_WORDS), "", ()),
                        }
                    ),
                    1,
                )
            ),
            "bukan_dokumen": _optional(
                ListOf(
                    Record(
                        {
                            "id": Field(_WORDS),
                            "butir": Field(ListOf(Record({"baris": Field(_ROW), "teks": Field(_WORDS)}), 1)),
                        }
                    )
                ),
                "",
                (),
            ),
        },
        title="Dokumen yang dinamai peraturan",
    ),
    "anomali": Record(
        {
            "anomali": Field(
                ListOf(
                    Record(
                        {
                            "id": Field(_ANOMALY),
                            "jenis": Field(_WORDS),
                            "baris": Field(ListOf(_ROW, 1)),
                            "catatan": Field(_WORDS),
                            "bacaan": Field(_WORDS),
                            "alternatif": Field(_WORDS),
                            "tambahan_baris": _optional(ListOf(_ROW), "", ()),
                        }
                    ),
                    1,
                )
            )
        },
        title="Anomali dan bacaannya",
    ),
}


def file_schema(shape: Shape) -> dict[str, Any]:
    """The JSON Schema of the rule files of a shape."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.schema()}
