"""Every sample case: its result as it was last read, and what the contract says of it, by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, available_templates, isian_shape, render_papers
from pbj_rules.resources import default_profile
from pbj_rules.result import Result

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PATHS = sorted(SAMPLES.glob("*/*.yaml"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in PATHS]
STATUSES = {"selesai", "menunggu", "gagal", "dibatalkan", "kembali", "ditolak"}

# Per SOP and sample: the status ("menunggu: facts" where it waits), the rows visited ("2-5" means
# 2 3 4 5; "sop:" changes the SOP), and the decisions in order. Written from the contract, not from
# the engine's answers.
Expected = tuple[str, str, str]

PLANNING: dict[str, Expected] = {
    "asistensi-diperlukan": ("selesai", "1-12", "asistensi-perencanaan=diperlukan"),
    "asistensi-tidak-diperlukan": ("selesai", "1-3 6-12", "asistensi-perencanaan=tidak-diperlukan"),
    "keperluan-asistensi-belum-dijawab": ("menunggu: perlu_asistensi", "1-3", ""),
}

PROCUREMENT_PREPARATION: dict[str, Expected] = {
    "spek-disetujui-tanpa-pendampingan": (
        "selesai",
        "1-5 8-10",
        "persetujuan-spek-rab=disetujui pendampingan-hps=tidak-diperlukan",
    ),
    "hps-disusun-dengan-pendampingan": (
        "selesai",
        "1-10",
        "persetujuan-spek-rab=disetujui pendampingan-hps=diperlukan",
    ),
    "spek-ditolak-lalu-disetujui": (
        "selesai",
        "1-4 3-5 8-10",
        "persetujuan-spek-rab=ditolak persetujuan-spek-rab=disetujui pendampingan-hps=tidak-diperlukan",
    ),
    "spek-ditolak-dua-kali": (
        "selesai",
        "1-4 3 4 3-10",
        "persetujuan-spek-rab=ditolak persetujuan-spek-rab=ditolak persetujuan-spek-rab=disetujui "
        "pendampingan-hps=diperlukan",
    ),
    "spek-ditolak-reviu-ulang-ditunggu": ("menunggu: spek_rab_disetujui", "1-4 3 4", "persetujuan-spek-rab=ditolak"),
    "keperluan-pendampingan-belum-dijawab": ("menunggu: perlu_pendampingan", "1-5", "persetujuan-spek-rab=disetujui"),
}

SELECTION_PREPARATION: dict[str, Expected] = {
    "dokumen-lengkap-prakualifikasi": (
        "selesai",
        "1-4 6-8 10",
        "reviu-dokumen-persiapan=lengkap metode-kualifikasi=prakualifikasi",
    ),
    "dokumen-lengkap-pascakualifikasi": (
        "selesai",
        "1-4 6-8 10",
        "reviu-dokumen-persiapan=lengkap metode-kualifikasi=pascakualifikasi",
    ),
    "dokumen-diperbaiki-dua-kali": (
        "selesai",
        "1-5 4 5 4 6-8 10",
        "reviu-dokumen-persiapan=tidak-lengkap reviu-dokumen-persiapan=tidak-lengkap "
        "reviu-dokumen-persiapan=lengkap metode-kualifikasi=pascakualifikasi",
    ),
    "dokumen-tidak-lengkap-reviu-ulang-ditunggu": (
        "menunggu: dokumen_lengkap",
        "1-5 4",
        "reviu-dokumen-persiapan=tidak-lengkap",
    ),
    "kelengkapan-dokumen-belum-direviu": ("menunggu: dokumen_lengkap", "1-4", ""),
    "metode-kualifikasi-belum-ditetapkan": ("menunggu: metode_kualifikasi", "1-4 6", "reviu-dokumen-persiapan=lengkap"),
}

PREQUALIFICATION: dict[str, Expected] = {
    "kuorum-tepat-tiga-peserta": ("selesai", "1-6 8 9 11 12", "kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi"),
    "kuorum-empat-peserta-lulus-empat": ("selesai", "1-6 8 9 11 12", "kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi"),
    "kuorum-empat-setelah-perpanjangan": (
        "selesai",
        "1-9 11 12",
        "kuorum-peserta=kurang kuorum-peserta-perpanjangan=terpenuhi kuorum-lulus=terpenuhi",
    ),
    "kuorum-tepat-tiga-setelah-perpanjangan": (
        "selesai",
        "1-9 11 12",
        "kuorum-peserta=kurang kuorum-peserta-perpanjangan=terpenuhi kuorum-lulus=terpenuhi",
    ),
    "gagal-dua-peserta-setelah-perpanjangan": (
        "gagal",
        "1-7 10 12",
        "kuorum-peserta=kurang kuorum-peserta-perpanjangan=gagal",
    ),
    "gagal-tanpa-seorang-peserta": ("gagal", "1-7 10 12", "kuorum-peserta=kurang kuorum-peserta-perpanjangan=gagal"),
    "gagal-hanya-dua-yang-lulus": ("gagal", "1-6 8-10 12", "kuorum-peserta=terpenuhi kuorum-lulus=gagal"),
    "jumlah-peserta-ditunggu": ("menunggu: jumlah_peserta", "1-6", ""),
    "hasil-perpanjangan-ditunggu": ("menunggu: jumlah_peserta_perpanjangan", "1-7", "kuorum-peserta=kurang"),
    "hasil-pembuktian-ditunggu": ("menunggu: jumlah_lulus", "1-6 8 9", "kuorum-peserta=terpenuhi"),
    "gagal-dengan-laporan-lengkap": (
        "gagal",
        "1-10 12",
        "kuorum-peserta=kurang kuorum-peserta-perpanjangan=terpenuhi kuorum-lulus=gagal",
    ),
    "setelan-lokal-kuorum-dua": ("selesai", "1-6 8 9 11 12", "kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi"),
    "setelan-lokal-tepat-kuorum-setelah-perpanjangan": (
        "selesai",
        "1-9 11 12",
        "kuorum-peserta=kurang kuorum-peserta-perpanjangan=terpenuhi kuorum-lulus=terpenuhi",
    ),
    "jawaban-tersisa-diperingatkan": ("selesai", "1-6 8 9 11 12", "kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi"),
}

# A tender without changes whose first offers make the quorum and that nobody objects to.
BY_POKJA: Expected = (
    "selesai",
    "1-4 7 8 10-13 15 16",
    "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi penetap-pemenang=pokja sanggah=tidak-ada",
)
BY_PA: Expected = (
    "selesai",
    "1-4 7 8 10-13 15 16",
    "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi penetap-pemenang=pa-kpa sanggah=tidak-ada",
)
ADDENDUM_BY_POKJA: Expected = (
    "selesai",
    "1-4 6-8 10-13 15 16",
    "adendum=adendum kuorum-penawaran=terpenuhi penetap-pemenang=pokja sanggah=tidak-ada",
)
ADDENDUM_WITH_CONSENT: Expected = (
    "selesai",
    "1-8 10-13 15 16",
    "adendum=persetujuan-ppk persetujuan-adendum=disetujui kuorum-penawaran=terpenuhi "
    "penetap-pemenang=pokja sanggah=tidak-ada",
)
AFTER_EXTENSION: Expected = (
    "selesai",
    "1-4 7-13 15 16",
    "adendum=tanpa-perubahan kuorum-penawaran=kurang kuorum-penawaran-perpanjangan=terpenuhi "
    "penetap-pemenang=pokja sanggah=tidak-ada",
)
TENDER_FAILED: Expected = (
    "gagal",
    "1-4 7-9 16",
    "adendum=tanpa-perubahan kuorum-penawaran=kurang kuorum-penawaran-perpanjangan=gagal",
)

TENDER: dict[str, Expected] = {
    "tanpa-perubahan-tiga-penawaran": BY_POKJA,
    "adendum-hal-lain-tanpa-persetujuan-ppk": ADDENDUM_BY_POKJA,
    "adendum-hps-disetujui-ppk": ADDENDUM_WITH_CONSENT,
    "adendum-rancangan-kontrak-disetujui-ppk": ADDENDUM_WITH_CONSENT,
    "adendum-hps-dan-lainnya-disetujui-ppk": ADDENDUM_WITH_CONSENT,
    "adendum-rancangan-kontrak-dan-lainnya-disetujui-ppk": ADDENDUM_WITH_CONSENT,
    "adendum-spesifikasi-ditolak-ppk": (
        "selesai",
        "1-5 7 8 10-13 15 16",
        "adendum=persetujuan-ppk persetujuan-adendum=ditolak kuorum-penawaran=terpenuhi "
        "penetap-pemenang=pokja sanggah=tidak-ada",
    ),
    "perubahan-dokumen-daftar-dalam-daftar": ADDENDUM_WITH_CONSENT,
    "perubahan-dokumen-satu-jawaban-kosong": BY_POKJA,
    "jawaban-perubahan-tersisa": ADDENDUM_BY_POKJA,
    "penawaran-terpenuhi-setelah-perpanjangan": AFTER_EXTENSION,
    "gagal-dua-penawaran-setelah-perpanjangan": TENDER_FAILED,
    "gagal-dengan-berita-acara-lengkap": TENDER_FAILED,
    "setelan-lokal-satu-penawaran-cukup": BY_POKJA,
    "setelan-lokal-satu-penawaran-setelah-perpanjangan": AFTER_EXTENSION,
    "setelan-lokal-gagal-tanpa-penawaran": TENDER_FAILED,
    "setelan-lokal-sama-dengan-bawaan": BY_POKJA,
    "pagu-tepat-100-miliar-ditetapkan-pokja": BY_POKJA,
    "pagu-100-miliar-lebih-satu-rupiah-ditetapkan-pa": BY_PA,
    "barang-kurang-satu-rupiah-dari-100-miliar": BY_POKJA,
    "barang-di-atas-100-miliar-ditetapkan-pa": BY_PA,
    "jasa-lainnya-di-atas-100-miliar-ditetapkan-pa": BY_PA,
    "konsultansi-tepat-10-miliar-ditetapkan-pokja": BY_POKJA,
    "konsultansi-10-miliar-lebih-satu-rupiah-ditetapkan-pa": BY_PA,
    "konsultansi-di-bawah-10-miliar-ditetapkan-pokja": BY_POKJA,
    "konsultansi-100-miliar-ditetapkan-pa": BY_PA,
    "barang-10-miliar-ditetapkan-pokja": BY_POKJA,
    "barang-tepat-100-miliar-ditetapkan-pokja": BY_POKJA,
    "jasa-lainnya-tepat-100-miliar-ditetapkan-pokja": BY_POKJA,
    "setelan-lokal-ambang-pa-umum": BY_PA,
    "setelan-lokal-ambang-umum-di-bawah-ambang-konsultansi": BY_PA,
    "setelan-lokal-ambang-pa-konsultansi": BY_POKJA,
    "setelan-lokal-ambang-umum-tidak-mengenai-konsultansi": BY_POKJA,
    "sanggah-diajukan-peserta": (
        "selesai",
        "1-4 7 8 10-16",
        "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi penetap-pemenang=pokja sanggah=ada",
    ),
    "sanggah-banding-dengan-naskah-lengkap": (
        "selesai",
        "1-4 7 8 10-16",
        "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi penetap-pemenang=pokja sanggah=ada",
    ),
    "perubahan-dokumen-belum-dijawab": ("menunggu: perubahan_dokumen", "1-4", ""),
    "persetujuan-ppk-ditunggu": ("menunggu: ppk_setuju_perubahan", "1-5", "adendum=persetujuan-ppk"),
    "jumlah-penawaran-ditunggu": ("menunggu: jumlah_penawaran", "1-4 7 8", "adendum=tanpa-perubahan"),
    "penawaran-perpanjangan-ditunggu": (
        "menunggu: jumlah_penawaran_perpanjangan",
        "1-4 7-9",
        "adendum=tanpa-perubahan kuorum-penawaran=kurang",
    ),
    "jenis-dan-pagu-paket-belum-diisi": (
        "menunggu: paket.jenis paket.pagu",
        "1-4 7 8 10 11",
        "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi",
    ),
    "masa-sanggah-belum-berakhir": (
        "menunggu: ada_sanggah",
        "1-4 7 8 10-13",
        "adendum=tanpa-perubahan kuorum-penawaran=terpenuhi penetap-pemenang=pokja",
    ),
}

ACCEPTED = "pemeriksaan-hasil=sesuai pemeriksaan-administratif=sesuai"

CONTRACT: dict[str, Expected] = {
    "barang-dikirim-dengan-spp": (
        "selesai",
        "1-3 6 7 9-16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spp " + ACCEPTED,
    ),
    "konstruksi-dimulai-dengan-spmk": (
        "selesai",
        "1-3 6 7 9-16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk " + ACCEPTED,
    ),
    "konsultansi-dimulai-dengan-spmk": (
        "selesai",
        "1-3 6 7 9-16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk " + ACCEPTED,
    ),
    "jasa-lainnya-dimulai-dengan-spmk": (
        "selesai",
        "1-3 6 7 9-16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk " + ACCEPTED,
    ),
    "perselisihan-berakhir-sepakat": (
        "selesai",
        "1-4 6 7 9-16 19 20",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=sepakat "
        "ketersediaan-anggaran=tersedia surat-perintah=spp " + ACCEPTED,
    ),
    "perselisihan-diputus-pa-menerima": (
        "selesai",
        "1-7 9-16 19 20",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat "
        "keputusan-pa=menerima ketersediaan-anggaran=tersedia surat-perintah=spmk " + ACCEPTED,
    ),
    "kembali-untuk-evaluasi-ulang": (
        "kembali",
        "1-5 20",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat keputusan-pa=evaluasi-ulang",
    ),
    "kembali-untuk-penawaran-ulang": (
        "kembali",
        "1-5 20",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat keputusan-pa=penawaran-ulang",
    ),
    "kembali-untuk-tender-ulang": (
        "kembali",
        "1-5 20",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat keputusan-pa=tender-ulang",
    ),
    "anggaran-tidak-tersedia-dibatalkan": (
        "dibatalkan",
        "1-3 6-8 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tidak-tersedia",
    ),
    "barang-tidak-sesuai-diganti-penyedia": (
        "selesai",
        "1-3 6 7 9-12 11-16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spp "
        "pemeriksaan-hasil=tidak-sesuai " + ACCEPTED,
    ),
    "administrasi-diperbaiki-dua-kali": (
        "selesai",
        "1-3 6 7 9-18 16-18 16 19 20",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk "
        "pemeriksaan-hasil=sesuai pemeriksaan-administratif=tidak-sesuai "
        "pemeriksaan-administratif=tidak-sesuai pemeriksaan-administratif=sesuai",
    ),
    "administrasi-pemeriksaan-ulang-ditunggu": (
        "menunggu: administrasi_sesuai",
        "1-3 6 7 9-18 16",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spp "
        "pemeriksaan-hasil=sesuai pemeriksaan-administratif=tidak-sesuai",
    ),
    "pekerjaan-diperbaiki-pemeriksaan-ulang-ditunggu": (
        "menunggu: hasil_sesuai",
        "1-3 6 7 9-12 11 12",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk "
        "pemeriksaan-hasil=tidak-sesuai",
    ),
    "reviu-hasil-belum-dijawab": ("menunggu: hasil_disetujui", "1-3", ""),
    "pembahasan-perselisihan-ditunggu": ("menunggu: sepakat", "1-4", "reviu-hasil-pemilihan=ditolak"),
    "keputusan-pa-ditunggu": (
        "menunggu: keputusan_pa",
        "1-5",
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat",
    ),
    "pengecekan-dpa-ditunggu": ("menunggu: anggaran_tersedia", "1-3 6 7", "reviu-hasil-pemilihan=disetujui"),
    "jenis-paket-belum-diisi": (
        "menunggu: paket.jenis",
        "1-3 6 7 9 10",
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia",
    ),
}

MARKET_ANALYSIS: dict[str, Expected] = {
    "satu-pelaku-usaha-memenuhi": ("selesai", "1-5 7-9", "ketersediaan-pelaku-usaha=tersedia"),
    "dua-pelaku-usaha-memenuhi": ("selesai", "1-5 7-9", "ketersediaan-pelaku-usaha=tersedia"),
    "tidak-ada-pelaku-usaha-yang-memenuhi": ("selesai", "1-9", "ketersediaan-pelaku-usaha=tidak-tersedia"),
    "hasil-evaluasi-pelaku-usaha-ditunggu": ("menunggu: jumlah_pelaku_usaha_memenuhi", "1-5", ""),
}

PERFORMANCE: dict[str, Expected] = {
    "rencana-disetujui-indikator-tercapai": (
        "selesai",
        "1-19",
        "persetujuan-rencana-kinerja=disetujui tindak-lanjut-kinerja=indikator-selesai",
    ),
    "rencana-diperbaiki-lalu-dilanjutkan": (
        "selesai",
        "1-7 2-19",
        "persetujuan-rencana-kinerja=perbaikan persetujuan-rencana-kinerja=disetujui "
        "tindak-lanjut-kinerja=lanjut-tanpa-perbaikan",
    ),
    "rekomendasi-dua-kali-dijalankan": (
        "selesai",
        "1-18 12-18 12-19",
        "persetujuan-rencana-kinerja=disetujui tindak-lanjut-kinerja=rekomendasi-disetujui "
        "tindak-lanjut-kinerja=rekomendasi-disetujui tindak-lanjut-kinerja=indikator-selesai",
    ),
    "rapat-kinerja-berikutnya-ditunggu": (
        "menunggu: hasil_rapat",
        "1-18 12-18",
        "persetujuan-rencana-kinerja=disetujui tindak-lanjut-kinerja=rekomendasi-disetujui",
    ),
    "persetujuan-rencana-kinerja-ditunggu": ("menunggu: rencana_disetujui", "1-7", ""),
}

RISK: dict[str, Expected] = {
    "risiko-ditolerir-sejak-analisis": ("selesai", "1-4 14", "penanganan-risiko=ditolerir"),
    "risiko-ditangani-lalu-ditolerir": (
        "selesai",
        "1-11 14",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=ditolerir",
    ),
    "risiko-dilanjutkan-satu-putaran": (
        "selesai",
        "1-11 6-11 14",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=lanjut tindak-lanjut-risiko=ditolerir",
    ),
    "eskalasi-diputus-ditolerir": (
        "selesai",
        "1-14",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=eskalasi keputusan-eskalasi=ditolerir",
    ),
    "eskalasi-diputus-penanganan-lanjutan": (
        "selesai",
        "1-13 6-11 14",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=eskalasi "
        "keputusan-eskalasi=penanganan-lanjutan tindak-lanjut-risiko=ditolerir",
    ),
    "eskalasi-dua-kali": (
        "selesai",
        "1-13 6-14",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=eskalasi "
        "keputusan-eskalasi=penanganan-lanjutan tindak-lanjut-risiko=eskalasi "
        "keputusan-eskalasi=ditolerir",
    ),
    "keputusan-eskalasi-ditunggu": (
        "menunggu: keputusan_eskalasi",
        "1-13",
        "penanganan-risiko=ditangani tindak-lanjut-risiko=eskalasi",
    ),
    "tindak-lanjut-risiko-ditunggu": ("menunggu: tindak_lanjut_risiko", "1-11", "penanganan-risiko=ditangani"),
    "analisis-risiko-belum-ditindaklanjuti": ("menunggu: risiko_perlu_ditangani", "1-4", ""),
}

SELECTION_REPORT: dict[str, Expected] = {
    "laporan-langsung-disahkan": ("selesai", "1-5", "pengesahan-laporan=disetujui"),
    "laporan-dikembalikan-lalu-disahkan": (
        "selesai",
        "1-4 3-5",
        "pengesahan-laporan=dikembalikan pengesahan-laporan=disetujui",
    ),
    "laporan-dikembalikan-koreksi-ditunggu": (
        "menunggu: laporan_disetujui",
        "1-4 3 4",
        "pengesahan-laporan=dikembalikan",
    ),
}

AUDITOR: dict[str, Expected] = {
    "masa-audit-menurut-surat-tugas": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=sesuai-surat-tugas aktivasi-akun=diaktifkan",
    ),
    "masa-audit-tepat-pada-hari-akun-dibuat": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=sesuai-surat-tugas aktivasi-akun=diaktifkan",
    ),
    "masa-audit-mendahului-tanggal-kasus": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=sesuai-surat-tugas aktivasi-akun=diaktifkan",
    ),
    "masa-audit-default-30-hari": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=default-30-hari aktivasi-akun=diaktifkan",
    ),
    "masa-audit-default-melewati-tahun-baru": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=default-30-hari aktivasi-akun=diaktifkan",
    ),
    "masa-audit-default-melewati-29-februari": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=default-30-hari aktivasi-akun=diaktifkan",
    ),
    "akun-auditor-dengan-surat-lengkap": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=default-30-hari aktivasi-akun=diaktifkan",
    ),
    "setelan-lokal-masa-audit-60-hari": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=default-30-hari aktivasi-akun=diaktifkan",
    ),
    "akun-menunggu-pelatihan": (
        "selesai",
        "1-3 3b 4 7-9",
        "kelengkapan-berkas-auditor=lengkap masa-audit=sesuai-surat-tugas aktivasi-akun=menunggu-pelatihan",
    ),
    "berkas-dilengkapi-lalu-diterima": (
        "selesai",
        "1-3 3b 4-6 4 7-9",
        "kelengkapan-berkas-auditor=tidak-lengkap kelengkapan-berkas-auditor=lengkap "
        "masa-audit=default-30-hari aktivasi-akun=menunggu-pelatihan",
    ),
    "berkas-auditor-pemeriksaan-ulang-ditunggu": (
        "menunggu: berkas_lengkap",
        "1-3 3b 4-6 4",
        "kelengkapan-berkas-auditor=tidak-lengkap",
    ),
    "keterangan-pelatihan-ditunggu": (
        "menunggu: sudah_pelatihan",
        "1-3 3b 4 7",
        "kelengkapan-berkas-auditor=lengkap masa-audit=sesuai-surat-tugas",
    ),
}

REGISTERED: Expected = (
    "selesai",
    "1-8 10 11 12b 14-16",
    "daftar-hitam=tidak-masuk verifikasi-berkas=sesuai pendaftaran-lpse-lain=belum",
)
BLACKLISTED: Expected = ("ditolak", "1-9 16", "daftar-hitam=masuk")
REGISTERED_AT_SECOND_CHECK: Expected = (
    "selesai",
    "1-8 10 7 8 10 11 12b 14-16",
    "daftar-hitam=tidak-masuk verifikasi-berkas=tidak-sesuai "
    "daftar-hitam=tidak-masuk verifikasi-berkas=sesuai pendaftaran-lpse-lain=belum",
)

BIDDER: dict[str, Expected] = {
    "tidak-masuk-daftar-hitam-menurut-jawaban": REGISTERED,
    "pendaftaran-dengan-naskah-lengkap": REGISTERED,
    "masuk-daftar-hitam-menurut-jawaban": BLACKLISTED,
    "sanksi-berakhir-sehari-sebelum-pemeriksaan": REGISTERED,
    "sanksi-berakhir-pada-hari-pemeriksaan": BLACKLISTED,
    "sanksi-berakhir-sehari-setelah-pemeriksaan": BLACKLISTED,
    "sanksi-mulai-pada-hari-pemeriksaan": BLACKLISTED,
    "sanksi-baru-mulai-sehari-kemudian": REGISTERED,
    "sanksi-milik-npwp-lain": REGISTERED,
    "daftar-hitam-kosong": REGISTERED,
    "npwp-tanpa-tanda-baca-dan-dua-entri": BLACKLISTED,
    "sanksi-peserta-kedua-bukan-pemohon": REGISTERED,
    "jawaban-sejalan-dengan-daftar-hitam": BLACKLISTED,
    "berkas-diperbaiki-daftar-hitam-tetap-berlaku": REGISTERED_AT_SECOND_CHECK,
    "berkas-diperbaiki-jawaban-per-kunjungan": REGISTERED_AT_SECOND_CHECK,
    "masuk-daftar-hitam-pada-pemeriksaan-kedua": (
        "ditolak",
        "1-8 10 7-9 16",
        "daftar-hitam=tidak-masuk verifikasi-berkas=tidak-sesuai daftar-hitam=masuk",
    ),
    "pemeriksaan-kedua-daftar-hitam-ditunggu": (
        "menunggu: masuk_daftar_hitam",
        "1-8 10 7 8",
        "daftar-hitam=tidak-masuk verifikasi-berkas=tidak-sesuai",
    ),
    "sudah-terdaftar-di-lpse-lain": (
        "selesai",
        "1-8 10-12 14-16",
        "daftar-hitam=tidak-masuk verifikasi-berkas=sesuai pendaftaran-lpse-lain=sudah",
    ),
    "daftar-hitam-belum-diperiksa": ("menunggu: masuk_daftar_hitam", "1-8", ""),
    "pemohon-tanpa-npwp-menunggu": ("menunggu: masuk_daftar_hitam", "1-8", ""),
    "verifikasi-berkas-ditunggu": ("menunggu: berkas_sesuai", "1-8 10", "daftar-hitam=tidak-masuk"),
    "pendaftaran-lpse-lain-belum-diperiksa": (
        "menunggu: terdaftar_lpse_lain",
        "1-8 10 11",
        "daftar-hitam=tidak-masuk verifikasi-berkas=sesuai",
    ),
}

# The main process up to its row 4, without assistance and without a loop, by either method.
PREPARED_ROWS = (
    "1 2 perencanaan-pengadaan: 1-3 6-12 proses-utama: 3 persiapan-pengadaan: 1-5 8-10 "
    "proses-utama: 4 persiapan-pemilihan: 1-4 6-8 10 proses-utama: 5 "
)
PREPARED = (
    "asistensi-perencanaan=tidak-diperlukan persetujuan-spek-rab=disetujui "
    "pendampingan-hps=tidak-diperlukan reviu-dokumen-persiapan=lengkap "
)
DELIVERED_ROWS = "proses-utama: 6 pelaksanaan-kontrak: 1-3 6 7 9-16 19 20 proses-utama: 7 8"

MAIN: dict[str, Expected] = {
    "pascakualifikasi-sampai-selesai": (
        "selesai",
        PREPARED_ROWS + "tender-seleksi: 1-4 7 8 10-13 15 16 " + DELIVERED_ROWS,
        PREPARED
        + "metode-kualifikasi=pascakualifikasi "
        + BY_POKJA[2]
        + " reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spp "
        + ACCEPTED,
    ),
    "prakualifikasi-sampai-selesai": (
        "selesai",
        "1 2 perencanaan-pengadaan: 1-12 proses-utama: 3 persiapan-pengadaan: 1-10 "
        "proses-utama: 4 persiapan-pemilihan: 1-4 6-8 10 proses-utama: 5 "
        "prakualifikasi: 1-6 8 9 11 12 tender-seleksi: 1-4 6-8 10-13 15 16 " + DELIVERED_ROWS,
        "asistensi-perencanaan=diperlukan persetujuan-spek-rab=disetujui "
        "pendampingan-hps=diperlukan reviu-dokumen-persiapan=lengkap "
        "metode-kualifikasi=prakualifikasi kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi "
        + ADDENDUM_BY_POKJA[2]
        + " reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk "
        + ACCEPTED,
    ),
    "setiap-putaran-dijalani": (
        "selesai",
        "1 2 perencanaan-pengadaan: 1-12 proses-utama: 3 persiapan-pengadaan: 1-4 3-10 "
        "proses-utama: 4 persiapan-pemilihan: 1-5 4 6-8 10 "
        "proses-utama: 5 tender-seleksi: 1-16 "
        "proses-utama: 6 pelaksanaan-kontrak: 1-7 9-12 11-18 16 19 20 proses-utama: 7 8",
        "asistensi-perencanaan=diperlukan "
        "persetujuan-spek-rab=ditolak persetujuan-spek-rab=disetujui pendampingan-hps=diperlukan "
        "reviu-dokumen-persiapan=tidak-lengkap reviu-dokumen-persiapan=lengkap "
        "metode-kualifikasi=pascakualifikasi "
        "adendum=persetujuan-ppk persetujuan-adendum=disetujui "
        "kuorum-penawaran=kurang kuorum-penawaran-perpanjangan=terpenuhi "
        "penetap-pemenang=pokja sanggah=ada "
        "reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat "
        "keputusan-pa=menerima ketersediaan-anggaran=tersedia surat-perintah=spmk "
        "pemeriksaan-hasil=tidak-sesuai pemeriksaan-hasil=sesuai "
        "pemeriksaan-administratif=tidak-sesuai pemeriksaan-administratif=sesuai",
    ),
    "pengadaan-lengkap-konsultansi": (
        "selesai",
        "1 2 perencanaan-pengadaan: 1-12 proses-utama: 3 persiapan-pengadaan: 1-10 "
        "proses-utama: 4 persiapan-pemilihan: 1-5 4 6-8 10 proses-utama: 5 "
        "prakualifikasi: 1-6 8 9 11 12 tender-seleksi: 1-8 10-13 15 16 " + DELIVERED_ROWS,
        "asistensi-perencanaan=diperlukan persetujuan-spek-rab=disetujui "
        "pendampingan-hps=diperlukan "
        "reviu-dokumen-persiapan=tidak-lengkap reviu-dokumen-persiapan=lengkap "
        "metode-kualifikasi=prakualifikasi kuorum-peserta=terpenuhi kuorum-lulus=terpenuhi "
        "adendum=persetujuan-ppk persetujuan-adendum=disetujui kuorum-penawaran=terpenuhi "
        "penetap-pemenang=pa-kpa sanggah=tidak-ada "
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk " + ACCEPTED,
    ),
    "pengadaan-lengkap-barang": (
        "selesai",
        PREPARED_ROWS + "tender-seleksi: 1-4 6-8 10-16 "
        "proses-utama: 6 pelaksanaan-kontrak: 1-3 6 7 9-12 11-16 19 20 proses-utama: 7 8",
        PREPARED + "metode-kualifikasi=pascakualifikasi "
        "adendum=adendum kuorum-penawaran=terpenuhi penetap-pemenang=pokja sanggah=ada "
        "reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spp "
        "pemeriksaan-hasil=tidak-sesuai " + ACCEPTED,
    ),
    "prakualifikasi-gagal-mengakhiri-proses": (
        "gagal",
        PREPARED_ROWS + "prakualifikasi: 1-7 10 12 proses-utama: 8",
        PREPARED + "metode-kualifikasi=prakualifikasi kuorum-peserta=kurang kuorum-peserta-perpanjangan=gagal",
    ),
    "tender-gagal-mengakhiri-proses": (
        "gagal",
        PREPARED_ROWS + "tender-seleksi: 1-4 7-9 16 proses-utama: 8",
        PREPARED + "metode-kualifikasi=pascakualifikasi " + TENDER_FAILED[2],
    ),
    "kontrak-dibatalkan-tanpa-anggaran": (
        "dibatalkan",
        PREPARED_ROWS + "tender-seleksi: 1-4 7 8 10-13 15 16 "
        "proses-utama: 6 pelaksanaan-kontrak: 1-3 6-8 20 proses-utama: 8",
        PREPARED
        + "metode-kualifikasi=pascakualifikasi "
        + BY_POKJA[2]
        + " reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tidak-tersedia",
    ),
    "hasil-dikembalikan-untuk-tender-ulang": (
        "kembali",
        PREPARED_ROWS + "tender-seleksi: 1-4 7 8 10-13 15 16 "
        "proses-utama: 6 pelaksanaan-kontrak: 1-5 20 proses-utama: 8",
        PREPARED
        + "metode-kualifikasi=pascakualifikasi "
        + BY_POKJA[2]
        + " reviu-hasil-pemilihan=ditolak pembahasan-perselisihan=tidak-sepakat "
        "keputusan-pa=tender-ulang",
    ),
    "menunggu-di-dalam-prakualifikasi": (
        "menunggu: jumlah_peserta",
        PREPARED_ROWS + "prakualifikasi: 1-6",
        PREPARED + "metode-kualifikasi=prakualifikasi",
    ),
    "setelan-lokal-satu-penawaran-dengan-jawaban-tersisa": (
        "selesai",
        PREPARED_ROWS + "tender-seleksi: 1-4 7 8 10-13 15 16 " + DELIVERED_ROWS,
        PREPARED
        + "metode-kualifikasi=pascakualifikasi "
        + BY_PA[2]
        + " reviu-hasil-pemilihan=disetujui ketersediaan-anggaran=tersedia surat-perintah=spmk "
        + ACCEPTED,
    ),
}

EXPECTED = {
    f"{sop}/{name}": expected
    for sop, samples in {
        "proses-utama": MAIN,
        "perencanaan-pengadaan": PLANNING,
        "persiapan-pengadaan": PROCUREMENT_PREPARATION,
        "persiapan-pemilihan": SELECTION_PREPARATION,
        "prakualifikasi": PREQUALIFICATION,
        "tender-seleksi": TENDER,
        "pelaksanaan-kontrak": CONTRACT,
        "analisa-pelaku-usaha": MARKET_ANALYSIS,
        "pengelolaan-kinerja": PERFORMANCE,
        "pengelolaan-risiko": RISK,
        "laporan-pemilihan": SELECTION_REPORT,
        "registrasi-auditor": AUDITOR,
        "registrasi-penyedia": BIDDER,
    }.items()
    for name, expected in samples.items()
}

# What single decisions rest on: sample, decision, dasar, anomalies that it must name.
BASES = [
    ("persiapan-pengadaan/spek-ditolak-reviu-ulang-ditunggu", "persetujuan-spek-rab", "tafsir", ""),
    ("prakualifikasi/kuorum-tepat-tiga-peserta", "kuorum-peserta", "tersurat", ""),
    ("prakualifikasi/kuorum-empat-setelah-perpanjangan", "kuorum-peserta-perpanjangan", "tersurat", ""),
    ("prakualifikasi/kuorum-tepat-tiga-setelah-perpanjangan", "kuorum-peserta-perpanjangan", "tafsir", "AN-33"),
    ("prakualifikasi/gagal-dua-peserta-setelah-perpanjangan", "kuorum-peserta-perpanjangan", "tersurat", ""),
    ("prakualifikasi/setelan-lokal-kuorum-dua", "kuorum-peserta", "setelan-lokal", ""),
    ("prakualifikasi/setelan-lokal-kuorum-dua", "kuorum-lulus", "setelan-lokal", ""),
    ("prakualifikasi/setelan-lokal-tepat-kuorum-setelah-perpanjangan", "kuorum-lulus", "tersurat", ""),
    ("tender-seleksi/tanpa-perubahan-tiga-penawaran", "kuorum-penawaran", "tafsir", "AN-34"),
    ("tender-seleksi/gagal-dua-penawaran-setelah-perpanjangan", "kuorum-penawaran-perpanjangan", "tafsir", "AN-34"),
    ("tender-seleksi/setelan-lokal-satu-penawaran-cukup", "kuorum-penawaran", "setelan-lokal", ""),
    ("tender-seleksi/setelan-lokal-sama-dengan-bawaan", "kuorum-penawaran", "setelan-lokal", ""),
    ("tender-seleksi/setelan-lokal-ambang-pa-umum", "penetap-pemenang", "setelan-lokal", ""),
    ("tender-seleksi/setelan-lokal-ambang-pa-konsultansi", "penetap-pemenang", "setelan-lokal", ""),
    ("tender-seleksi/setelan-lokal-ambang-umum-tidak-mengenai-konsultansi", "penetap-pemenang", "tersurat", ""),
    ("tender-seleksi/pagu-100-miliar-lebih-satu-rupiah-ditetapkan-pa", "penetap-pemenang", "tersurat", ""),
    ("proses-utama/setelan-lokal-satu-penawaran-dengan-jawaban-tersisa", "kuorum-penawaran", "setelan-lokal", ""),
    ("pelaksanaan-kontrak/administrasi-pemeriksaan-ulang-ditunggu", "pemeriksaan-administratif", "tafsir", "AN-39"),
    ("registrasi-auditor/setelan-lokal-masa-audit-60-hari", "masa-audit", "setelan-lokal", ""),
]

AUDIT_ENDS = {
    "masa-audit-menurut-surat-tugas": "2020-06-15",
    "masa-audit-tepat-pada-hari-akun-dibuat": "2020-04-01",
    "masa-audit-mendahului-tanggal-kasus": "2020-03-31",
    "masa-audit-default-30-hari": "2020-05-01",
    "masa-audit-default-melewati-tahun-baru": "2021-01-14",
    "masa-audit-default-melewati-29-februari": "2024-03-11",
    "akun-auditor-dengan-surat-lengkap": "2020-10-14",
    "setelan-lokal-masa-audit-60-hari": "2020-05-31",
    "akun-menunggu-pelatihan": "2020-07-31",
    "berkas-dilengkapi-lalu-diterima": "2020-06-19",
    "keterangan-pelatihan-ditunggu": "2020-06-15",
}

# Samples whose result warns, with the facts that each warning names, in the order of the facts.
WARNINGS = {
    "prakualifikasi/jawaban-tersisa-diperingatkan": ["jumlah_peserta", "jumlah_peserta_perpanjangan"],
    "tender-seleksi/jawaban-perubahan-tersisa": ["perubahan_dokumen"],
    "pelaksanaan-kontrak/keputusan-pa-ditunggu": ["anggaran_tersedia"],
    "registrasi-auditor/masa-audit-mendahului-tanggal-kasus": ["masa_audit_selesai"],
    "registrasi-penyedia/daftar-hitam-belum-diperiksa": ["berkas_sesuai", "terdaftar_lpse_lain"],
    "registrasi-penyedia/pemeriksaan-kedua-daftar-hitam-ditunggu": ["berkas_sesuai"],
    "proses-utama/setelan-lokal-satu-penawaran-dengan-jawaban-tersisa": ["jumlah_peserta"],
}

# Samples with all data for their papers; together they use every template.
COMPLETE = [
    "proses-utama/pengadaan-lengkap-konsultansi",
    "proses-utama/pengadaan-lengkap-barang",
    "prakualifikasi/gagal-dengan-laporan-lengkap",
    "registrasi-auditor/akun-auditor-dengan-surat-lengkap",
    "registrasi-penyedia/pendaftaran-dengan-naskah-lengkap",
    "tender-seleksi/gagal-dengan-berita-acara-lengkap",
    "tender-seleksi/sanggah-banding-dengan-naskah-lengkap",
    "pelaksanaan-kontrak/kembali-untuk-evaluasi-ulang",
    "analisa-pelaku-usaha/tidak-ada-pelaku-usaha-yang-memenuhi",
    "pengelolaan-kinerja/rencana-disetujui-indikator-tercapai",
    "pengelolaan-risiko/risiko-ditangani-lalu-ditolerir",
    "laporan-pemilihan/laporan-dikembalikan-lalu-disahkan",
]

# Papers that a sample must, or must not, call for.
PAPERS = [
    ("prakualifikasi/gagal-hanya-dua-yang-lulus", "laporan-prakualifikasi-gagal", 1),
    ("prakualifikasi/kuorum-tepat-tiga-peserta", "laporan-prakualifikasi-gagal", 0),
    ("prakualifikasi/gagal-dua-peserta-setelah-perpanjangan", "ba-pembuktian", 0),
    ("tender-seleksi/adendum-hps-disetujui-ppk", "adendum", 1),
    ("tender-seleksi/adendum-spesifikasi-ditolak-ppk", "adendum", 0),
    ("tender-seleksi/gagal-dua-penawaran-setelah-perpanjangan", "ba-penetapan-pemenang", 0),
    ("pelaksanaan-kontrak/barang-dikirim-dengan-spp", "spp", 1),
    ("pelaksanaan-kontrak/barang-dikirim-dengan-spp", "spmk", 0),
    ("pelaksanaan-kontrak/konstruksi-dimulai-dengan-spmk", "spmk", 1),
    ("pelaksanaan-kontrak/konstruksi-dimulai-dengan-spmk", "spp", 0),
    ("pelaksanaan-kontrak/anggaran-tidak-tersedia-dibatalkan", "sppbj", 1),
    ("pelaksanaan-kontrak/anggaran-tidak-tersedia-dibatalkan", "kontrak", 0),
    ("pelaksanaan-kontrak/barang-tidak-sesuai-diganti-penyedia", "ba-pemeriksaan-hasil", 2),
    ("registrasi-auditor/masa-audit-default-30-hari", "surat-info-akun", 1),
    ("registrasi-auditor/berkas-dilengkapi-lalu-diterima", "checklist-berkas-auditor", 2),
    ("registrasi-penyedia/masuk-daftar-hitam-menurut-jawaban", "checklist-penyedia", 0),
    ("registrasi-penyedia/berkas-diperbaiki-jawaban-per-kunjungan", "checklist-penyedia", 2),
    ("registrasi-penyedia/sudah-terdaftar-di-lpse-lain", "tanda-terima-berkas", 0),
    ("proses-utama/prakualifikasi-gagal-mengakhiri-proses", "laporan-hasil-pemilihan", 0),
]


def printed(result: dict[str, Any]) -> str:
    """The result as JSON to be read: a line a stretch of rows in one SOP, a line a paper."""
    fields = []
    for key, value in result.items():
        if key == "jalur":
            stretches = (list(rows) for _, rows in groupby(value, sop_of))
            shown = listed(json.dumps(rows)[1:-1] for rows in stretches)
        elif key == "dokumen":
            shown = listed(json.dumps(paper, ensure_ascii=False) for paper in value)
        else:
            shown = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        fields.append(f'  "{key}": {shown}')
    text = "{\n" + ",\n".join(fields) + "\n}\n"
    assert json.loads(text) == result
    return text


def sop_of(row: str) -> str:
    return row.partition("/")[0]


def listed(items: Iterable[str]) -> str:
    lines = ",\n    ".join(items)
    return f"[\n    {lines}\n  ]" if lines else "[]"


class ResultFiles(SingleFileSnapshotExtension):
    """The snapshot of sample ``sop/name`` is ``__snapshots__/test_samples/sop/name.json``."""

    _write_mode = WriteMode.TEXT
    file_extension = "json"

    def serialize(self, data: Any, **_: Any) -> str:
        return printed(data)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        assert index == 0, "one snapshot a sample"
        return test_location.snapshot_name

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: Any) -> str:
        name = cls.get_snapshot_name(test_location=test_location, index=index)
        return name.rstrip("]").rpartition("/")[2]

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        sop = test_location.snapshot_name.partition("[")[2].partition("/")[0]
        return str(Path(super().dirname(test_location=test_location)) / sop)

    @classmethod
    def matches_test_location(
        cls,
        *,
        test_location: PyTestLocation,
        snapshot_location: str,
    ) -> bool:
        return snapshot_location == cls.get_location(test_location=test_location, index=0)


@pytest.fixture(scope="module")
def results(engine: Engine) -> dict[str, Result]:
    return {name: engine.evaluate(path) for name, path in zip(NAMES, PATHS, strict=True)}


def rows_of(written: str, sop: str) -> list[str]:
    """The row ids of a path in short form: "1-3 6 tender-seleksi: 1" gives the whole ids."""
    rows: list[str] = []
    for word in written.split():
        first, dash, last = word.partition("-")
        if word.endswith(":"):
            sop = word[:-1]
        elif dash:
            rows += [f"{sop}/{number}" for number in range(int(first), int(last) + 1)]
        else:
            rows.append(f"{sop}/{word}")
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_the_result_that_was_read_and_accepted(
    results: dict[str, Result],
    snapshot: SnapshotAssertion,
    name: str,
) -> None:
    shown = results[name].to_dict()
    del shown["jejak"]
    assert shown == snapshot(extension_class=ResultFiles)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_goes_the_way_that_the_contract_gives(
    results: dict[str, Result],
    name: str,
) -> None:
    sop = name.partition("/")[0]
    status, path, decisions = EXPECTED[name]
    result = results[name]
    assert [f"{decision.id}={decision.nilai}" for decision in result.keputusan] == decisions.split()
    assert list(result.jalur) == rows_of(path, sop)
    assert result.status == status.partition(":")[0]
    waiting = [(item.fakta, item.baris) for item in result.menunggu]
    assert waiting == [(fact, result.jalur[-1]) for fact in status.partition(":")[2].split()]


def test_every_sample_has_an_expectation_written_by_hand() -> None:
    assert sorted(EXPECTED) == sorted(NAMES)


@pytest.mark.parametrize(("name", "decision", "dasar", "anomaly"), BASES)
def test_a_decision_rests_on_what_the_contract_says(
    results: dict[str, Result],
    name: str,
    decision: str,
    dasar: str,
    anomaly: str,
) -> None:
    found = [item for item in results[name].keputusan if item.id == decision]
    assert {item.dasar for item in found} == {dasar}
    assert all(anomaly in item.anomali for item in found if anomaly)


@pytest.mark.parametrize("name", sorted(AUDIT_ENDS))
def test_the_audit_period_ends_on_the_day_that_a_calendar_gives(
    results: dict[str, Result],
    name: str,
) -> None:
    [found] = [
        item for item in results[f"registrasi-auditor/{name}"].to_dict()["keputusan"] if item["id"] == "masa-audit"
    ]
    assert found["hasil"] == {"masa_audit_selesai": AUDIT_ENDS[name]}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_warns_of_its_leftover_answers_and_of_nothing_else(
    results: dict[str, Result],
    name: str,
) -> None:
    warnings = results[name].peringatan
    named = WARNINGS.get(name, [])
    assert len(warnings) == len(named)
    assert all(f"`{fact}`" in warning for fact, warning in zip(named, warnings, strict=True))


@pytest.mark.parametrize(("name", "paper", "count"), PAPERS)
def test_a_sample_calls_for_the_papers_of_its_branches_only(
    results: dict[str, Result],
    name: str,
    paper: str,
    count: int,
) -> None:
    assert [item.id for item in results[name].dokumen].count(paper) == count


@pytest.mark.parametrize("name", NAMES)
def test_the_firing_record_holds_every_decision_and_every_paper(
    results: dict[str, Result],
    name: str,
) -> None:
    result = results[name]
    assert [step.langkah for step in result.jejak] == list(range(1, len(result.jejak) + 1))
    deciding = [step for step in result.jejak if step.jenis == "keputusan"]
    decided = [
        (step.aturan, step.baris, step.kesimpulan[item.id])
        for step, item in zip(deciding, result.keputusan, strict=True)
    ]
    assert decided == [(item.aturan, item.baris, item.nilai) for item in result.keputusan]
    written = [
        (step.kesimpulan["dokumen"], step.baris, step.kunjungan) for step in result.jejak if step.jenis == "dokumen"
    ]
    assert written == [(item.id, item.baris, item.kunjungan) for item in result.dokumen]
    assert {step.baris for step in result.jejak} <= set(result.jalur)


def test_the_complete_samples_fill_every_template_without_a_blank(engine: Engine) -> None:
    rendered = set()
    for name in COMPLETE:
        case = Case.from_file(SAMPLES / f"{name}.yaml", engine.regulation, isian_shape())
        papers = render_papers(case, engine.evaluate(case), Office.from_file(default_profile()), final=True)
        assert not [paper.name for paper in papers if paper.kosong]
        rendered |= {paper.id for paper in papers}
    assert rendered == available_templates()


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_sample_is_named_after_its_file_and_says_what_it_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comments = [line for line in text.splitlines()[:4] if line.startswith("# ")]
    assert 1 <= len(comments) <= 3
    case = yaml.safe_load(text)
    assert (case["kasus"], case["sop"]) == (path.stem, path.parent.name)


def test_no_two_samples_share_a_name() -> None:
    assert len({path.stem for path in PATHS}) == len(PATHS)


def test_no_snapshot_is_left_of_a_sample_that_is_gone() -> None:
    kept = (Path(__file__).parent / "__snapshots__" / "test_samples").rglob("*.json")
    assert sorted(f"{path.parent.name}/{path.stem}" for path in kept) == sorted(NAMES)


def test_the_samples_show_every_value_of_every_decision(
    engine: Engine,
    results: dict[str, Result],
) -> None:
    possible = {
        (row.id, decision.id, branch.nilai)
        for row in engine.regulation.rows()
        for decision in row.keputusan
        for branch in decision.cabang
    }
    decisions = chain.from_iterable(result.keputusan for result in results.values())
    assert {(item.baris, item.id, item.nilai) for item in decisions} == possible
    assert len({(row, decision) for row, decision, _ in possible}) == 34


def test_the_samples_fire_every_branch(engine: Engine, results: dict[str, Result]) -> None:
    possible = {
        branch.aturan for row in engine.regulation.rows() for decision in row.keputusan for branch in decision.cabang
    }
    decisions = chain.from_iterable(result.keputusan for result in results.values())
    assert {item.aturan for item in decisions} == possible


def test_the_samples_wait_for_every_fact_that_a_decision_needs(
    engine: Engine,
    results: dict[str, Result],
) -> None:
    needed = {
        (symbol.name, row.id)
        for row in engine.regulation.rows()
        for decision in row.keputusan
        for symbol in decision.fakta
        if symbol.wajib
    }
    waiting = chain.from_iterable(result.menunggu for result in results.values())
    assert {(item.fakta, item.baris) for item in waiting} == needed


def test_the_samples_show_every_status_every_sop_and_every_row(
    engine: Engine,
    results: dict[str, Result],
) -> None:
    assert {result.status for result in results.values()} == STATUSES
    assert {result.sop for result in results.values()} == set(engine.regulation.sop)
    visited = set(chain.from_iterable(result.jalur for result in results.values()))
    assert visited == {row.id for row in engine.regulation.rows()}
