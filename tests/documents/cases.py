"""Cases that between them produce every paper, each in every wording that a decision gives it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

FULL: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lengkap.yaml").read_text(encoding="utf-8"))
# By case: the papers whose entries differ from the full ones, such as a refusal, or one entry a round.
SPECIAL: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("khusus.yaml").read_text(encoding="utf-8"))

_START = {"persiapan-pemilihan": {"dokumen_lengkap": True, "metode_kualifikasi": "pascakualifikasi"}}
_TENDER = {
    "perubahan_dokumen": ["kak-spesifikasi", "rancangan-kontrak"],
    "ppk_setuju_perubahan": True,
    "jumlah_penawaran": 3,
    "ada_sanggah": False,
}
# As far as the invitation or announcement of the tender, where the case then waits.
_PREPARED = {
    "perlu_asistensi": False,
    "spek_rab_disetujui": True,
    "perlu_pendampingan": False,
    "dokumen_lengkap": True,
}
_CONTRACT = {
    "hasil_disetujui": True,
    "anggaran_tersedia": True,
    "hasil_sesuai": True,
    "administrasi_sesuai": True,
}
_DISPUTE = {"hasil_disetujui": False, "sepakat": False}

# name: SOP, answers, changes of the package
CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "persiapan": ("persiapan-pemilihan", _START["persiapan-pemilihan"], {}),
    "persiapan-putaran": (
        "persiapan-pemilihan",
        {"dokumen_lengkap": [False, True], "metode_kualifikasi": "pascakualifikasi"},
        {},
    ),
    "persiapan-prakualifikasi": (
        "persiapan-pemilihan",
        {"dokumen_lengkap": True, "metode_kualifikasi": "prakualifikasi"},
        {"jenis": "konsultansi", "metode_pemilihan": "Seleksi", "nama": "Jasa Konsultansi Perencanaan RSUD Contoh"},
    ),
    "perencanaan": ("perencanaan-pengadaan", {"perlu_asistensi": True}, {}),
    "persiapan-pengadaan": ("persiapan-pengadaan", {"spek_rab_disetujui": True, "perlu_pendampingan": False}, {}),
    "persiapan-pengadaan-reviu-ulang": (
        "persiapan-pengadaan",
        {"spek_rab_disetujui": [False, True], "perlu_pendampingan": True},
        {},
    ),
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
    "prakualifikasi-perpanjangan-lulus-kurang": (
        "prakualifikasi",
        {"jumlah_peserta": 2, "jumlah_peserta_perpanjangan": 4, "jumlah_lulus": 2},
        {},
    ),
    "tender": ("tender-seleksi", _TENDER, {}),
    "tender-sanggah-adendum-lain": (
        "tender-seleksi",
        {**_TENDER, "perubahan_dokumen": ["lainnya"], "ada_sanggah": True},
        {},
    ),
    "proses-undangan-seleksi": (
        "proses-utama",
        {**_PREPARED, "metode_kualifikasi": "prakualifikasi", "jumlah_peserta": 4, "jumlah_lulus": 3},
        {"jenis": "konsultansi", "metode_pemilihan": "Seleksi"},
    ),
    "proses-pengumuman-tender": ("proses-utama", {**_PREPARED, "metode_kualifikasi": "pascakualifikasi"}, {}),
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
    "kontrak-putaran": (
        "pelaksanaan-kontrak",
        {**_CONTRACT, "hasil_sesuai": [False, True], "administrasi_sesuai": [False, True]},
        {},
    ),
    "perselisihan-sepakat": ("pelaksanaan-kontrak", {**_DISPUTE, "sepakat": True}, {}),
    "perselisihan-menerima": ("pelaksanaan-kontrak", {**_DISPUTE, "keputusan_pa": "menerima"}, {}),
    "perselisihan-evaluasi-ulang": ("pelaksanaan-kontrak", {**_DISPUTE, "keputusan_pa": "evaluasi-ulang"}, {}),
    "perselisihan-penawaran-ulang": ("pelaksanaan-kontrak", {**_DISPUTE, "keputusan_pa": "penawaran-ulang"}, {}),
    "perselisihan-tender-ulang": ("pelaksanaan-kontrak", {**_DISPUTE, "keputusan_pa": "tender-ulang"}, {}),
    "auditor": ("registrasi-auditor", {"berkas_lengkap": True, "sudah_pelatihan": True}, {}),
    "auditor-surat-tugas": (
        "registrasi-auditor",
        {"berkas_lengkap": True, "sudah_pelatihan": False, "masa_audit_selesai": "2020-06-30"},
        {},
    ),
    "analisa": ("analisa-pelaku-usaha", {"jumlah_pelaku_usaha_memenuhi": 3}, {}),
    "analisa-tidak-tersedia": ("analisa-pelaku-usaha", {"jumlah_pelaku_usaha_memenuhi": 0}, {}),
    "kinerja": (
        "pengelolaan-kinerja",
        {"rencana_disetujui": True, "hasil_rapat": ["rekomendasi-disetujui", "indikator-selesai"]},
        {},
    ),
    "kinerja-tanpa-perbaikan": (
        "pengelolaan-kinerja",
        {"rencana_disetujui": True, "hasil_rapat": "lanjut-tanpa-perbaikan"},
        {},
    ),
    "risiko": (
        "pengelolaan-risiko",
        {
            "risiko_perlu_ditangani": True,
            "tindak_lanjut_risiko": ["lanjut", "eskalasi", "ditolerir"],
            "keputusan_eskalasi": "penanganan-lanjutan",
        },
        {},
    ),
    "risiko-ditolerir": ("pengelolaan-risiko", {"risiko_perlu_ditangani": False}, {}),
    "laporan-pemilihan-dikembalikan": ("laporan-pemilihan", {"laporan_disetujui": [False, True]}, {}),
    "laporan-pemilihan": ("laporan-pemilihan", {"laporan_disetujui": True}, {}),
    "auditor-berkas-kurang": ("registrasi-auditor", {"berkas_lengkap": False}, {}),
    "penyedia": (
        "registrasi-penyedia",
        {"masuk_daftar_hitam": False, "berkas_sesuai": True, "terdaftar_lpse_lain": False},
        {},
    ),
    "penyedia-daftar-hitam": ("registrasi-penyedia", {"masuk_daftar_hitam": True}, {}),
    "penyedia-berkas-kurang": ("registrasi-penyedia", {"masuk_daftar_hitam": False, "berkas_sesuai": False}, {}),
    "tender-perpanjangan": (
        "tender-seleksi",
        {**_TENDER, "perubahan_dokumen": [], "jumlah_penawaran": 2, "jumlah_penawaran_perpanjangan": 3},
        {},
    ),
    "tender-perpanjangan-ditunggu": ("tender-seleksi", {"perubahan_dokumen": [], "jumlah_penawaran": 2}, {}),
    "tender-gagal": (
        "tender-seleksi",
        {"perubahan_dokumen": [], "jumlah_penawaran": 2, "jumlah_penawaran_perpanjangan": 2},
        {},
    ),
}

# The papers of some cases, in the order in which they are made.
MADE: dict[str, tuple[str, ...]] = {
    "tender": (
        "pengumuman-tender", "bapp", "usulan-perubahan", "adendum", "ba-evaluasi", "ba-klarifikasi-negosiasi",
        "bahp", "ba-penetapan-pemenang", "pengumuman-pemenang", "laporan-hasil-pemilihan",
    ),
    "kontrak": (
        "laporan-hasil-pemilihan", "tembusan-hasil", "keputusan-reviu-hasil", "sppbj", "spmk", "ba-pemeriksaan-hasil",
        "bast", "hasil-periksa-administratif", "ba-periksa-administratif",
    ),
    "auditor": ("tanda-terima-surat", "checklist-berkas-auditor", "surat-info-akun"),
}  # fmt: skip


def full_case(name: str) -> dict[str, Any]:
    """A case in which nothing is missing."""
    sop, facts, package = CASES[name]
    case = deepcopy(FULL)
    case["isian"] |= deepcopy(SPECIAL.get(name, {}))
    case["paket"] |= package
    unused = {"jenis", "pagu"} if sop in ("registrasi-auditor", "registrasi-penyedia") else set()
    case["paket"] = {key: value for key, value in case["paket"].items() if key not in unused}
    return {"kasus": name, "sop": sop, "tanggal": "2020-04-01", "fakta": deepcopy(facts), **case}


def minimal_case(name: str) -> dict[str, Any]:
    """The same walk with nothing but what the decisions need; papers that no row names are asked for, empty."""
    sop, facts, package = CASES[name]
    needed = {"jenis": package.get("jenis", FULL["paket"]["jenis"]), "pagu": FULL["paket"]["pagu"]}
    return {
        "kasus": name,
        "sop": sop,
        "tanggal": "2020-04-01",
        "paket": needed,
        "fakta": deepcopy(facts),
        "isian": {paper: {} for paper in SPECIAL.get(name, {}) if paper not in FULL["isian"]},
    }
