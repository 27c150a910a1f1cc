"""Every value of every decision that a template reads: the words that it chooses, and only where it was taken.

``None`` is a decision not taken yet where the paper is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, isian_shape
from pbj_rules.documents.checking.linting import read_template
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.places import template_files
from pbj_rules.documents.production import Production, productions
from pbj_rules.documents.rendering import rendered_papers
from pbj_rules.resources import samples_directory
from tests.documents.cases import CASES, full_case
from tests.documents.reading_word import whole_text

# paper, decision: by value the case, the how-manieth paper of its kind there, and its words
Wordings = dict[str | None, tuple[str, int, str]]
WORDINGS: dict[tuple[str, str], Wordings] = {
    ("adendum", "persetujuan-adendum"): {
        "disetujui": ("tender", 1, "Persetujuan Pejabat Pembuat Komitmen atas usulan perubahan yang menyangkut"),
        None: ("tender-sanggah-adendum-lain", 1, "tidak memerlukan persetujuan Pejabat Pembuat Komitmen"),
    },
    ("ba-evaluasi", "kuorum-penawaran"): {
        "terpenuhi": ("tender", 1, "penawaran yang masuk berjumlah 3 (tiga) penawaran, memenuhi jumlah paling sedikit"),
        "kurang": ("tender-perpanjangan", 1, "berjumlah 2 (dua) penawaran sehingga dilakukan perpanjangan waktu"),
    },
    ("ba-evaluasi", "kuorum-penawaran-perpanjangan"): {
        None: ("tender", 1, "penawaran yang masuk berjumlah 3 (tiga) penawaran, memenuhi jumlah paling sedikit"),
        "terpenuhi": ("tender-perpanjangan", 1, "Setelah perpanjangan waktu, penawaran berjumlah 3 (tiga), memenuhi"),
    },
    ("ba-evaluasi-kualifikasi", "kuorum-peserta-perpanjangan"): {
        None: ("prakualifikasi", 1, "berjumlah 4 (empat) peserta, memenuhi jumlah paling sedikit 3 (tiga) peserta"),
        "terpenuhi": (
            "prakualifikasi-konsultansi-perpanjangan", 1,
            "Setelah perpanjangan waktu, peserta berjumlah 4 (empat) sehingga evaluasi dapat dilaksanakan",
        ),
    },
    ("ba-pembahasan-perselisihan", "pembahasan-perselisihan"): {
        "sepakat": ("perselisihan-sepakat", 1, "Dengan tercapainya kesepakatan, proses dilanjutkan dengan penerbitan"),
        "tidak-sepakat": ("perselisihan-menerima", 1, "tidak tercapai kesepakatan. Keputusan atas perselisihan"),
    },
    ("ba-pembukaan-penawaran", "kuorum-penawaran"): {
        "terpenuhi": ("tender-sanggah-adendum-lain", 1, "batas akhir pemasukan terdapat 3 (tiga) penawaran"),
        "kurang": ("tender-perpanjangan", 1, "batas akhir pemasukan terdapat 2 (dua) penawaran"),
    },
    ("ba-pembukaan-penawaran", "kuorum-penawaran-perpanjangan"): {
        None: ("tender-perpanjangan-ditunggu", 1, "(tiga) penawaran, sehingga waktu pemasukan diperpanjang"),
        "terpenuhi": ("tender-perpanjangan", 1, "waktu terdapat 3 (tiga) penawaran, memenuhi jumlah paling sedikit"),
        "gagal": ("tender-gagal", 1, "kurang dari 3 (tiga) penawaran, sehingga tender/seleksi dinyatakan gagal"),
    },
    ("ba-pembuktian", "kuorum-lulus"): {
        "terpenuhi": ("prakualifikasi", 1, "sehingga dilanjutkan dengan penetapan hasil kualifikasi"),
        "gagal": ("prakualifikasi-lulus-kurang", 1, "sehingga prakualifikasi dinyatakan gagal dan dilaporkan kepada"),
    },
    ("ba-pemeriksaan-hasil", "pemeriksaan-hasil"): {
        "sesuai": ("kontrak-putaran", 2, "hasil pekerjaan dinyatakan sesuai"),
        "tidak-sesuai": ("kontrak-putaran", 1, "hasil pekerjaan dinyatakan tidak sesuai"),
    },
    ("ba-penetapan-kualifikasi", "kuorum-lulus"): {
        "terpenuhi": ("prakualifikasi", 1, "menetapkan daftar peserta yang dapat mengikuti tahap berikutnya"),
        "gagal": ("prakualifikasi-lulus-kurang", 1, "daftar peserta tidak ditetapkan"),
    },
    ("ba-penetapan-pemenang", "penetap-pemenang"): {
        "pokja": ("tender", 1, "tidak lebih dari Rp100.000.000.000,00 (seratus miliar rupiah) sehingga"),
        "pa-kpa": ("tender-tanpa-perubahan-pa", 1, "di atas Rp10.000.000.000,00 (sepuluh miliar rupiah) sehingga"),
    },
    ("ba-periksa-administratif", "pemeriksaan-administratif"): {
        "sesuai": ("kontrak", 1, "sudah sesuai dengan ketentuan administrasi"),
    },
    ("ba-rencana-aksi", "ketersediaan-pelaku-usaha"): {
        "tersedia": ("analisa", 1, "Penyedia untuk paket ini tersedia: pelaku usaha yang sesuai"),
        "tidak-tersedia": ("analisa-tidak-tersedia", 1, "Penyedia untuk paket ini tidak tersedia: pelaku usaha yang"),
    },
    ("ba-reviu-dpp", "reviu-dokumen-persiapan"): {
        "lengkap": ("persiapan-putaran", 2, "dinyatakan lengkap dan dilanjutkan dengan penetapan metode pemilihan"),
        "tidak-lengkap": ("persiapan-putaran", 1, "dinyatakan tidak lengkap dan dikembalikan kepada"),
    },
    ("ba-tender-gagal", "kuorum-penawaran-perpanjangan"): {
        None: ("tender-tanpa-perubahan-pa", 1, "Tender/seleksi dinyatakan gagal karena:"),
        "gagal": ("tender-gagal", 1, "waktu terdapat 2 (dua) penawaran, tetap kurang dari 3 (tiga) penawaran"),
    },
    ("bahp", "kuorum-penawaran"): {
        "terpenuhi": ("tender", 1, "batas akhir pemasukan berjumlah 3 (tiga) penawaran, dengan hasil evaluasi"),
        "kurang": ("tender-perpanjangan", 1, "pemasukan berjumlah 2 (dua) penawaran, dan setelah perpanjangan waktu"),
    },
    ("bahp", "kuorum-penawaran-perpanjangan"): {
        None: ("tender", 1, "batas akhir pemasukan berjumlah 3 (tiga) penawaran, dengan hasil evaluasi"),
        "terpenuhi": ("tender-perpanjangan", 1, "dan setelah perpanjangan waktu berjumlah 3 (tiga) penawaran, dengan"),
    },
    ("bahp", "penetap-pemenang"): {
        "pokja": ("tender", 1, "sehingga pemenang ditetapkan oleh Kelompok Kerja Pemilihan"),
        "pa-kpa": ("tender-tanpa-perubahan-pa", 1, "sehingga calon pemenang diusulkan kepada Pengguna Anggaran"),
    },
    ("bapp", "adendum"): {
        "persetujuan-ppk": ("tender", 1, "setelah usulan perubahan disetujui oleh Pejabat Pembuat Komitmen"),
        "adendum": ("tender-sanggah-adendum-lain", 1, "dituangkan dalam adendum yang menyangkut ketentuan lain"),
        "tanpa-perubahan": ("tender-tanpa-perubahan-pa", 1, "tidak mengakibatkan perubahan isi dokumen pemilihan"),
    },
    ("checklist-berkas-auditor", "kelengkapan-berkas-auditor"): {
        "lengkap": ("auditor", 1, "berkas permohonan dinyatakan lengkap dan dokumen salinan sesuai dengan aslinya"),
        "tidak-lengkap": ("auditor-berkas-kurang", 1, "berkas permohonan dinyatakan tidak lengkap. Kekurangannya"),
    },
    ("checklist-penyedia", "verifikasi-berkas"): {
        "sesuai": ("penyedia", 1, "berkas permohonan dinyatakan sesuai. Proses dilanjutkan"),
        "tidak-sesuai": ("penyedia-berkas-kurang", 1, "berkas permohonan dinyatakan tidak sesuai. Berkas dikembalikan"),
    },
    ("dok-persiapan-pengadaan", "persetujuan-spek-rab"): {
        "disetujui": ("persiapan-pengadaan", 1, "RAB Nomor 027/74/DINKES/2020 tanggal 18 Maret 2020"),
    },
    ("hasil-daftar-hitam", "daftar-hitam"): {
        "tidak-masuk": ("penyedia", 1, "tidak masuk dalam daftar hitam. Proses pendaftaran dilanjutkan"),
        "masuk": ("penyedia-daftar-hitam", 1, "berkas permohonan kami kembalikan"),
    },
    ("hasil-periksa-administratif", "pemeriksaan-administratif"): {
        "sesuai": ("kontrak-putaran", 2, "sudah sesuai dengan ketentuan administrasi"),
        "tidak-sesuai": ("kontrak-putaran", 1, "Ditemukan ketidaksesuaian sebagaimana catatan pada daftar"),
    },
    ("hps", "pendampingan-hps"): {
        "tidak-diperlukan": ("persiapan-pengadaan", 1, "Penyusunan HPS ini tidak memerlukan pendampingan UKPBJ"),
        "diperlukan": ("persiapan-pengadaan-reviu-ulang", 1, "Penyusunan HPS ini memerlukan pendampingan UKPBJ"),
    },
    ("hps", "persetujuan-spek-rab"): {
        "disetujui": ("persiapan-pengadaan", 1, "RAB Nomor 027/74/DINKES/2020 tanggal 18 Maret 2020"),
    },
    ("jadwal-pemilihan", "metode-kualifikasi"): {
        "pascakualifikasi": ("persiapan", 1, "Jadwal pemilihan dengan pascakualifikasi adalah sebagai berikut"),
        "prakualifikasi": ("persiapan-prakualifikasi", 1, "Jadwal pemilihan, yang didahului prakualifikasi, adalah"),
    },
    ("jawaban-sanggah", "sanggah"): {
        "ada": ("tender-sanggah-adendum-lain", 1, "menyampaikan jawaban sebagai berikut"),
        "tidak-ada": ("tender-tanpa-perubahan-pa", 1, "Surat Saudara diterima di luar masa sanggah sehingga tidak"),
    },
    ("jawaban-sanggah-banding", "sanggah"): {
        "ada": ("tender-sanggah-adendum-lain", 1, "menyampaikan jawaban sebagai berikut"),
        "tidak-ada": ("tender-tanpa-perubahan-pa", 1, "Surat Saudara karenanya tidak diproses sebagai sanggah banding"),
    },
    ("keputusan-pa", "keputusan-pa"): {
        "menerima": ("perselisihan-menerima", 1, "menerbitkan Surat Penunjukan Penyedia Barang/Jasa (SPPBJ) kepada"),
        "evaluasi-ulang": ("perselisihan-evaluasi-ulang", 1, "melaksanakan evaluasi ulang terhadap penawaran peserta"),
        "penawaran-ulang": ("perselisihan-penawaran-ulang", 1, "melaksanakan penawaran ulang dengan mengundang"),
        "tender-ulang": ("perselisihan-tender-ulang", 1, "melaksanakan tender ulang untuk paket tersebut"),
    },
    ("keputusan-reviu-hasil", "reviu-hasil-pemilihan"): {
        "disetujui": ("kontrak", 1, "kami nyatakan disetujui"),
        "ditolak": ("perselisihan-sepakat", 1, "kami nyatakan tidak disetujui (ditolak)"),
    },
    ("laporan-analisa-penyedia", "ketersediaan-pelaku-usaha"): {
        "tersedia": ("analisa", 1, "pelaku usaha yang sesuai dengan syarat-syarat kualifikasi penyedia adalah:"),
        "tidak-tersedia": ("analisa-tidak-tersedia", 1, "Penyedia untuk paket ini dinyatakan tidak tersedia"),
    },
    ("laporan-hasil-pemilihan", "sanggah"): {
        "tidak-ada": ("tender", 1, "Dalam masa sanggah tidak ada sanggah dari peserta"),
        "ada": ("tender-sanggah-adendum-lain", 1, "Keberatan atas gugurnya penawaran"),
        None: ("kontrak", 1, "Keberatan atas gugurnya penawaran"),
    },
    ("laporan-kinerja", "tindak-lanjut-kinerja"): {
        None: ("kinerja", 1, "yang disusun dari laporan kinerja per paket, hasil analisis atas pencapaian"),
        "rekomendasi-disetujui": ("kinerja", 2, "disusun setelah rekomendasi perbaikan yang disetujui dalam rapat"),
        "indikator-selesai": ("kinerja", 3, "indikator kinerja telah tercapai atau waktunya telah terlampaui"),
    },
    ("laporan-konsolidasi-risiko", "tindak-lanjut-risiko"): {
        None: ("risiko", 1, "Dari tiga risiko yang dikelola, dua risiko turun nilainya"),
        "lanjut": ("risiko", 2, "diputuskan bahwa risiko tidak perlu dieskalasi namun perlu dilanjutkan"),
        "eskalasi": ("risiko", 3, "Pada laporan konsolidasi sebelumnya risiko dieskalasi"),
    },
    ("laporan-konsolidasi-risiko", "keputusan-eskalasi"): {
        None: ("risiko", 2, "diputuskan bahwa risiko tidak perlu dieskalasi namun perlu dilanjutkan"),
        "penanganan-lanjutan": ("risiko", 3, "keputusan atas eskalasi tersebut adalah perlu penanganan lanjutan"),
    },
    ("laporan-pelaksanaan-pemilihan", "pengesahan-laporan"): {
        None: ("laporan-pemilihan-dikembalikan", 1, "Draf laporan ini telah diperiksa dan diteruskan kepada"),
        "dikembalikan": ("laporan-pemilihan-dikembalikan", 2, "Draf terdahulu dikembalikan oleh Kepala Bagian"),
        "disetujui": ("laporan-pemilihan-dikembalikan", 3, "disetujui, ditandatangani, dan disahkan oleh Kepala"),
    },
    ("laporan-prakualifikasi-gagal", "kuorum-lulus"): {
        None: ("prakualifikasi-peserta-kurang", 1, "peserta berjumlah 2 (dua), tetap kurang dari 3 (tiga) peserta"),
        "gagal": ("prakualifikasi-lulus-kurang", 1, "peserta yang dinyatakan lulus berjumlah 2 (dua) peserta"),
    },
    ("laporan-prakualifikasi-gagal", "kuorum-peserta-perpanjangan"): {
        "gagal": ("prakualifikasi-peserta-kurang", 1, "peserta berjumlah 2 (dua), tetap kurang dari 3 (tiga) peserta"),
        None: ("prakualifikasi-lulus-kurang", 1, "peserta yang dinyatakan lulus berjumlah 2 (dua) peserta"),
        "terpenuhi": (
            "prakualifikasi-perpanjangan-lulus-kurang", 1,
            "peserta yang dinyatakan lulus berjumlah 2 (dua) peserta",
        ),
    },
    ("laporan-reviu-spek-rab", "persetujuan-spek-rab"): {
        None: ("persiapan-pengadaan", 1, "Merek diganti dengan uraian mutu dan kinerja"),
        "ditolak": ("persiapan-pengadaan-reviu-ulang", 2, "hasil reviu ulang karena hasil reviu sebelumnya tidak"),
    },
    ("penetapan-metode", "metode-kualifikasi"): {
        "pascakualifikasi": ("persiapan", 1, "Dengan pascakualifikasi, kualifikasi peserta dinilai sesudah"),
        "prakualifikasi": ("persiapan-prakualifikasi", 1, "Dengan prakualifikasi, kualifikasi peserta dinilai sebelum"),
    },
    ("pengumuman-tender", "metode-kualifikasi"): {
        None: ("tender", 1, "mengumumkan tender untuk paket:"),
        "prakualifikasi": ("proses-undangan-seleksi", 1, "mengundang peserta yang lulus prakualifikasi sebagaimana"),
        "pascakualifikasi": ("proses-pengumuman-tender", 1, "mengumumkan tender dengan pascakualifikasi untuk paket:"),
    },
    ("register-risiko", "penanganan-risiko"): {
        None: ("risiko", 1, "untuk ditindaklanjuti dalam tahap pengelolaan risiko berikutnya"),
        "ditangani": ("risiko", 3, "Berdasarkan hasil analisis, risiko perlu ditangani lebih lanjut"),
    },
    ("surat-edaran-kinerja", "persetujuan-rencana-kinerja"): {
        "disetujui": ("kinerja", 1, "yang telah disetujui oleh Kepala Bagian Pengadaan Barang dan Jasa"),
    },
    ("surat-info-akun", "aktivasi-akun"): {
        "diaktifkan": ("auditor", 1, "akun telah diaktifkan karena Saudara telah mengikuti pelatihan"),
        "menunggu-pelatihan": ("auditor-surat-tugas", 1, "akun diaktifkan setelah Saudara mengikuti pelatihan"),
    },
    ("surat-info-akun", "masa-audit"): {
        "default-30-hari": ("auditor", 1, "masa audit diberikan selama 30 (tiga puluh) hari"),
        "sesuai-surat-tugas": ("auditor-surat-tugas", 1, "1 April 2020 sampai dengan 30 Juni 2020"),
    },
    ("usulan-perubahan", "adendum"): {
        "persetujuan-ppk": ("tender", 1, "Ya, yaitu Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak"),
        "adendum": ("tender-sanggah-adendum-lain", 1, "MATERI ADENDUM DOKUMEN PEMILIHAN"),
    },
}  # fmt: skip

Made = Callable[[str], dict[tuple[str, int], tuple[Production, str]]]


@pytest.fixture(scope="module")
def made(engine: Engine, office: Office) -> Made:
    """The papers of a case, by kind and number, each with its production and its words."""
    found: dict[str, dict[tuple[str, int], tuple[Production, str]]] = {}

    def papers(name: str) -> dict[tuple[str, int], tuple[Production, str]]:
        if name not in found:
            case = Case.from_mapping(full_case(name), engine.regulation, isian_shape())
            found[name] = {
                (one.production.id, one.production.number): (one.production, whole_text(one.paper.content))
                for one in rendered_papers(case, engine.evaluate(case), office)
            }
        return found[name]

    return papers


@pytest.mark.parametrize(("paper", "decision"), WORDINGS, ids=map("/".join, WORDINGS))
def test_the_words_are_those_of_the_value(paper: str, decision: str, made: Made) -> None:
    wordings = WORDINGS[paper, decision]
    for value, (case, number, words) in wordings.items():
        production, text = made(case)[paper, number]
        assert production.conclusions.decisions.get(decision) == value
        assert words in text
        for other, (_, _, unsaid) in wordings.items():
            assert unsaid == words or unsaid not in text, f"{value} is said in the words of {other}"


def productions_of(engine: Engine) -> Iterator[Production]:
    """All that the cases and the samples make."""
    contract = load_contract()
    files = sorted(samples_directory().rglob("*.yaml"))
    cases = [Case.from_file(file, engine.regulation, isian_shape()) for file in files]
    cases += [Case.from_mapping(full_case(name), engine.regulation, isian_shape()) for name in CASES]
    for case in cases:
        yield from productions(engine.evaluate(case), contract, frozenset(contract.papers), case.isian)


def decisions_read(paper: str, template: Path) -> set[str]:
    """The decisions that a template reads, by the names of the rules."""
    read = read_template(template, paper, load_contract())
    assert read.problems == []
    return {name.partition(".")[2].replace("_", "-") for name in read.used if name.startswith("keputusan.")}


def test_no_value_that_a_paper_can_meet_is_without_its_words(engine: Engine) -> None:
    """The samples take every value of every decision, so what they make is what papers can meet."""
    reading = {paper: decisions_read(paper, file) for paper, file in template_files().items()}
    met = {
        (made.id, decision, made.conclusions.decisions.get(decision))
        for made in productions_of(engine)
        for decision in reading[made.id]
    }
    tabled = {(*key, value) for key, wordings in WORDINGS.items() for value in wordings}
    assert sorted(met - tabled, key=str) == []
    assert sorted(tabled - met, key=str) == []
