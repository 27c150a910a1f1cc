"""Cases that between them produce all fifteen papers, each in every wording that a decision gives it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

FULL: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lengkap.yaml").read_text(encoding="utf-8"))

_START = {"persiapan-pemilihan": {"dokumen_lengkap": True, "metode_kualifikasi": "pascakualifikasi"}}
_TENDER = {
    "perubahan_dokumen": ["kak-spesifikasi", "rancangan-kontrak"],
    "ppk_setuju_perubahan": True,
    "jumlah_penawaran": 3,
    "ada_sanggah": False,
}
_CONTRACT = {
    "hasil_disetujui": True,
    "anggaran_tersedia": True,
    "hasil_sesuai": True,
    "administrasi_sesuai": True,
}

# name: SOP, answers, changes of the package
CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "persiapan": ("persiapan-pemilihan", _START["persiapan-pemilihan"], {}),
    "prakualifikasi": ("prakualifikasi", {"jumlah_peserta": 4, "jumlah_lulus": 3}, {}),
    "prakualifikasi-konsultansi-perpanjangan": (
        "prakualifikasi",
        {"jumlah_peserta": 2, "jumlah_peserta_perpanjangan": 4, "jumlah_lulus": 3},
        {"jenis": "konsultansi", "metode_pemilihan": "Seleksi"},
    ),
    "prakualifikasi-peserta-kurang": (
        "prakualifikasi",
        {"jumlah_peserta": 2, "jumlah_peserta_perpanjangan": 2},
        {},
    ),
    "prakualifikasi-lulus-kurang": (
        "prakualifikasi",
        {"jumlah_peserta": 4, "jumlah_lulus": 2},
        {},
    ),
    "tender": ("tender-seleksi", _TENDER, {}),
    "tender-sanggah-adendum-lain": (
        "tender-seleksi",
        {**_TENDER, "perubahan_dokumen": ["lainnya"], "ada_sanggah": True},
        {},
    ),
    "tender-tanpa-perubahan-pa": (
        "tender-seleksi",
        {**_TENDER, "perubahan_dokumen": []},
        {"jenis": "konsultansi", "metode_pemilihan": "Seleksi"},
    ),
    "kontrak": ("pelaksanaan-kontrak", _CONTRACT, {}),
    "kontrak-barang": (
        "pelaksanaan-kontrak",
        _CONTRACT,
        {"jenis": "barang", "nama": "Pengadaan Mebel Rawat Inap RSUD Contoh"},
    ),
    "auditor": ("registrasi-auditor", {"berkas_lengkap": True, "sudah_pelatihan": True}, {}),
    "auditor-surat-tugas": (
        "registrasi-auditor",
        {"berkas_lengkap": True, "sudah_pelatihan": False, "masa_audit_selesai": "2020-06-30"},
        {},
    ),
}


def full_case(name: str) -> dict[str, Any]:
    """A case in which nothing is missing."""
    sop, facts, package = CASES[name]
    case = deepcopy(FULL)
    case["paket"] |= package
    unused = {"jenis", "pagu"} if sop in ("registrasi-auditor",) else set()
    case["paket"] = {key: value for key, value in case["paket"].items() if key not in unused}
    return {"kasus": name, "sop": sop, "tanggal": "2020-04-01", "fakta": deepcopy(facts), **case}


def minimal_case(name: str) -> dict[str, Any]:
    """The same walk with nothing but what the decisions need."""
    sop, facts, package = CASES[name]
    needed = {"jenis": package.get("jenis", FULL["paket"]["jenis"]), "pagu": FULL["paket"]["pagu"]}
    return {
        "kasus": name,
        "sop": sop,
        "tanggal": "2020-04-01",
        "paket": needed,
        "fakta": deepcopy(facts),
    }
