"""Rule files that do not hold together are refused, with file, line and remedy, everything at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pbj_rules import Problem, RuleError
from pbj_rules.regulation.loading import load_regulation
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory

SHIPPED = rules_directory() / DEFAULT_REGULATION
REPORT = "11-laporan-pemilihan.yaml"
AUDIT = "12-registrasi-auditor.yaml"
QUORUM = "05-prakualifikasi.yaml"
TENDER = "06-tender-seleksi.yaml"
MAIN = "01-proses-utama.yaml"
RETURNED = 'lanjut: "3"\n            dasar: tersurat'
ARCHIVE = "    baris_naskah: 331\n"
YES, NO = "jika: laporan_disetujui = ya", "jika: laporan_disetujui = tidak"
DEFAULT_DAYS = "masa_audit_selesai: tanggal + masa_audit_hari hari"
PAPER = "jika: keputusan.pengesahan-laporan = disetujui"
DERIVED = "ada entri dalam daftar_hitam dengan (entri.npwp = pemohon.npwp dan tanggal antara entri.mulai dan\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "peraturan"))


def spoil(rules: Path, file: str, old: str, new: str) -> int:
    """Replaces the first occurrence in a file; returns its line."""
    text = (rules / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    (rules / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(rules: Path) -> tuple[Problem, ...]:
    with pytest.raises(RuleError) as refused:
        load_regulation(rules)
    for problem in refused.value.problems:
        assert problem.file is not None
        assert problem.remedy or problem.expected, f"no way out of: {problem}"
    return refused.value.problems


def test_the_copy_that_the_tests_spoil_is_good(rules: Path) -> None:
    assert len(load_regulation(rules).sop) == 13


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # Names that lead nowhere, and names that are there twice.
        (
            REPORT,
            'lanjut: {baris: "2", dasar: urutan}',
            'lanjut: {baris: "22", dasar: urutan}',
            "baris tujuan `laporan-pemilihan/22`",
        ),
        (REPORT, 'lanjut: "5"', 'lanjut: "9"', "baris tujuan `laporan-pemilihan/9` tidak ada"),
        (REPORT, 'label: "5"', 'label: "4"', "`laporan-pemilihan/4` tertulis dua kali"),
        (REPORT, "fakta: [laporan_disetujui]", "fakta: [laporan_disetuju]", "fakta `laporan_disetuju` tidak dikenal"),
        (REPORT, YES, "jika: laporan_setuju = ya", "nama `laporan_setuju` tidak dikenal, di kolom 1"),
        (
            REPORT,
            "aturan: pengesahan-laporan-dikembalikan",
            "aturan: pengesahan-laporan-disetujui",
            "aturan `pengesahan-laporan-disetujui` tertulis dua kali",
        ),
        (REPORT, "id: pengesahan-laporan\n", "id: kuorum-lulus\n", "keputusan `kuorum-lulus` tertulis dua kali"),
        (REPORT, "sop: laporan-pemilihan", "sop: prakualifikasi", "SOP `prakualifikasi` tertulis dua kali"),
        (REPORT, "anomali: [AN-05, AN-28]", "anomali: [AN-98]", "anomali `AN-98` tidak dikenal"),
        (REPORT, "{id: surat-permintaan-data,", "{id: surat-permintaan,", "dokumen `surat-permintaan` tidak dikenal"),
        (
            REPORT,
            "dokumen: surat-permintaan-data}",
            "dokumen: surat-permintaan}",
            "dokumen `surat-permintaan` tidak dikenal",
        ),
        (REPORT, "peran: kelompok-kerja}", "peran: kelompok}", "peran `kelompok` tidak dikenal"),
        (REPORT, "      peran: kasubbag-pembinaan", "      peran: kasubag", "peran `kasubag` tidak dikenal"),
        (MAIN, "{sop: pelaksanaan-kontrak}", "{sop: pelaksanaan}", "SOP `pelaksanaan` tidak dikenal"),
        (
            MAIN,
            "salinan_dari: tender-seleksi/13",
            "salinan_dari: tender-seleksi/99",
            "baris `tender-seleksi/99` tidak ada",
        ),
        ("fakta.yaml", "- id: perlu_asistensi", "- id: sepakat", "id `sepakat` tertulis dua kali"),
        (
            "fakta.yaml",
            "baris: [laporan-pemilihan/4]",
            "baris: [laporan-pemilihan/44]",
            "baris `laporan-pemilihan/44` tidak ada",
        ),
        ("parameter.yaml", "id: kuorum_lulus", "id: kuorum_peserta", "id `kuorum_peserta` tertulis dua kali"),
        ("parameter.yaml", "id: kuorum_lulus", "id: sepakat", "`sepakat` sudah menjadi parameter"),
        ("anomali.yaml", "- id: AN-02", "- id: AN-01", "id `AN-01` tertulis dua kali"),
        # Missing words, and readings that do not say what they read.
        (
            REPORT,
            "            kutipan: jika setuju laporan ditandatangani dan disahkan\n",
            "",
            "kunci wajib `kutipan` tidak ada",
        ),
        (REPORT, RETURNED, 'lanjut: "3"\n            dasar: tafsir', "tafsir tanpa anomali atau penjelasan"),
        (REPORT, RETURNED, RETURNED + "\n            anomali: [AN-05]", "yang tersurat tidak membaca anomali"),
        (REPORT, '{baris: "2", dasar: urutan}', '{baris: "2", dasar: tafsir}', "tafsir tanpa anomali atau penjelasan"),
        (REPORT, '{baris: "2", dasar: urutan}', '{baris: "2", dasar: tersurat}', "lanjutan tersurat tanpa kutipan"),
        (REPORT, '            lanjut: "5"\n', "", "kunci wajib `lanjut` tidak ada"),
        # Conditions that mean nothing, or that cannot be evaluated everywhere.
        (REPORT, YES, "jika: laporan_disetujui = 1", "jenis `ya-tidak` tidak dapat dibandingkan dengan `jumlah`"),
        (REPORT, YES, "jika: laporan_disetujui == ya", "di kolom 20"),
        (
            REPORT,
            YES,
            "jika: laporan_disetujui = ya dan sepakat = ya",
            "`sepakat` tidak ada dalam `fakta` keputusan ini",
        ),
        (
            QUORUM,
            "jika: jumlah_peserta >= kuorum_peserta",
            "jika: jumlah_peserta >= 9999999999999999",
            "bilangan terlalu besar",
        ),
        (
            QUORUM,
            "jika: jumlah_peserta < kuorum_peserta",
            "jika: " + " dan ".join(["(jumlah_peserta = 1 atau jumlah_peserta = 2)"] * 40),
            "terlalu banyak kemungkinan",
        ),
        (REPORT, YES, "jika: ada e dalam daftar_hitam dengan (e.npwp = pemohon.npwp)", "hanya dipakai dalam `turunan`"),
        (REPORT, PAPER, "jika: laporan_disetujui = ya dan sepakat = ya", "fakta `sepakat` belum tentu diketahui"),
        (
            REPORT,
            'dasar: tersurat}\n\n  - label: "2"',
            'dasar: tersurat, jika: laporan_disetujui = ya}\n\n  - label: "2"',
            "`laporan_disetujui` belum tentu diketahui",
        ),
        # Computed values.
        (
            AUDIT,
            DEFAULT_DAYS,
            "masa_audit_selesai: masa_audit_selesai + 3 hari",
            "`masa_audit_selesai` boleh tidak ada",
        ),
        (
            AUDIT,
            "jika: ada masa_audit_selesai",
            "jika: ada masa_audit_selesai atau masa_audit_hari > 3",
            "`masa_audit_selesai` boleh tidak ada",
        ),
        (AUDIT, DEFAULT_DAYS, "masa_audit_selesai: masa_audit_hari", "`hasil` berjenis `hari`"),
        (AUDIT, DEFAULT_DAYS, "masa_audit_selesai: tanggal + 9999999 hari", "bilangan terlalu besar"),
        (AUDIT, DEFAULT_DAYS, "Masa Akhir: tanggal", "kunci `Masa Akhir` tidak sesuai bentuknya"),
        # The vocabulary.
        ("fakta.yaml", "asal: pemohon", "asal: paket", "kasus tidak memuat `pemohon.npwp` dengan asal `paket`"),
        ("fakta.yaml", "- id: paket.pagu", "- id: paket.pagu_anggaran", "kasus tidak memuat `paket.pagu_anggaran`"),
        ("fakta.yaml", "tipe: teks", "tipe: jumlah", "`pemohon.npwp` tidak dapat berjenis `jumlah`"),
        ("fakta.yaml", "- id: sepakat", "- id: antara", "`antara` kata kondisi"),
        ("fakta.yaml", "    nilai: [prakualifikasi, pascakualifikasi]\n", "", "tanpa daftar nilai"),
        (
            "fakta.yaml",
            "batas: {minimum: 0, maksimum: 1000000}",
            "batas: {minimum: 5, maksimum: 4}",
            "batas `jumlah_peserta` tidak sah",
        ),
        (
            "fakta.yaml",
            "batas: {minimum: 0, maksimum: 1000000}",
            "batas: {minimum: 0, maksimum: 1000000000}",
            "batas `jumlah_peserta` tidak sah",
        ),
        ("fakta.yaml", "- id: daftar_hitam", "- id: daftar_putih", "daftar kasus `daftar_putih` tidak dikenal"),
        (
            "fakta.yaml",
            "{id: mulai, tipe: tanggal}",
            "{id: mulai, tipe: jumlah}",
            "kolom `mulai` tidak dapat berjenis `jumlah`",
        ),
        ("fakta.yaml", DERIVED, DERIVED.replace("(entri.npwp", "(entri.nomor"), "kolom `entri.nomor` tidak dikenal"),
        ("parameter.yaml", "minimum: 1\n", "minimum: 9\n", "nilai `kuorum_peserta` di luar batas"),
        ("parameter.yaml", "nilai: 30\n", "nilai: 10000000\n", "nilai `masa_audit_hari` di luar batas"),
        # The shape of a file.
        (REPORT, "kegiatan: Pokja", "kegiatn: Pokja", "maksudnya `kegiatan`"),
        (REPORT, "jenis: keputusan", "jenis: putusan", "`putusan` tidak dikenal"),
        (REPORT, "jenis: keputusan", "jenis: kegiatan", "berjenis `kegiatan`"),
        (
            REPORT,
            "baris_naskah: 330\n",
            'baris_naskah: 330\n    lanjut: {baris: "5", dasar: urutan}\n',
            "baris keputusan berlanjut menurut cabangnya",
        ),
        (
            REPORT,
            "baris_naskah: 330\n",
            "baris_naskah: 330\n    panggil: [{sop: prakualifikasi}]\n",
            "baris keputusan tidak memanggil SOP lain",
        ),
        (REPORT, 'label: "1"', "label: 1", "`1` bukan teks"),
    ],
)
def test_a_spoilt_rule_file_is_refused_at_its_line(rules: Path, file: str, old: str, new: str, said: str) -> None:
    line = spoil(rules, file, old, new)
    problems = [problem for problem in refusal(rules) if said in str(problem)]
    assert problems, f"nothing says {said!r}"
    assert problems[0].file is not None
    assert problems[0].line is not None
    assert problems[0].line > 1
    if not said.startswith("`sepakat` sudah"):
        assert Path(problems[0].file).name == file
    if old.startswith(("jika: lap", "jika: jum", "jika: ada", "masa_audit", "fakta: [", "asal", "tipe")):
        assert abs(problems[0].line - line) <= 12, f"line {problems[0].line} is far from {line}"


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "said"),
    [
        (
            REPORT,
            'lanjut: {baris: "2", dasar: urutan}',
            'lanjut: {baris: "3", dasar: urutan}',
            "laporan-pemilihan/2",
            "tidak terjangkau",
        ),
        (REPORT, '    lanjut: {baris: "2", dasar: urutan}\n', "", "laporan-pemilihan/1", "baris tanpa tujuan"),
        (
            REPORT,
            ARCHIVE,
            ARCHIVE + '    lanjut: {baris: "1", dasar: urutan}\n',
            "laporan-pemilihan/5",
            "tidak pernah selesai",
        ),
        (REPORT, 'lanjut: "5"', 'lanjut: "3"', "laporan-pemilihan/3", "tidak pernah selesai"),
        (
            REPORT,
            'lanjut: {baris: "4", dasar: urutan}',
            'lanjut: {baris: "2", dasar: urutan}',
            "laporan-pemilihan/2",
            "tidak menanyakan apa pun",
        ),
        (
            AUDIT,
            'nilai: sesuai-surat-tugas\n            jika: ada masa_audit_selesai\n            lanjut: "8"',
            'nilai: sesuai-surat-tugas\n            jika: ada masa_audit_selesai\n            lanjut: "4"',
            "registrasi-auditor/7",
            "berlanjut ke baris yang sama",
        ),
        (MAIN, "{sop: pelaksanaan-kontrak}", "{sop: proses-utama}", "proses-utama/6", "sendiri memanggil SOP lain"),
        (
            MAIN,
            "keputusan.metode-kualifikasi = prakualifikasi",
            "keputusan.sanggah = ada",
            "proses-utama/5",
            "belum tentu diputus",
        ),
        (
            MAIN,
            "keputusan.metode-kualifikasi = prakualifikasi",
            "keputusan.reviu-dokumen-persiapan = lengkap",
            "proses-utama/5",
            "lebih dari sekali",
        ),
        (
            TENDER,
            "jika: ada_sanggah = ya",
            "jika: ada_sanggah = ya dan keputusan.sanggah = ada",
            "tender-seleksi/13",
            "belum diputus ketika",
        ),
    ],
)
def test_a_flow_that_does_not_hold_is_refused_at_its_row(
    rules: Path, file: str, old: str, new: str, row: str, said: str
) -> None:
    spoil(rules, file, old, new)
    problems = [problem for problem in refusal(rules) if said in problem.message]
    problem = next(problem for problem in problems if problem.path == f"baris {row}")
    assert Path(problem.file or "").name == file
    lines = (rules / file).read_text(encoding="utf-8").split("\n")
    assert lines[(problem.line or 0) - 1].strip() == f'- label: "{row.partition("/")[2]}"'
    assert problem.remedy


def test_everything_wrong_with_all_files_is_told_at_once(rules: Path) -> None:
    spoil(rules, REPORT, 'lanjut: "5"', 'lanjut: "9"')
    spoil(rules, REPORT, YES, "jika: laporan_setuju = ya")
    spoil(rules, AUDIT, "jika: sudah_pelatihan = ya", "jika: sudah_pelatihan = 3")
    spoil(rules, "parameter.yaml", "id: kuorum_lulus", "id: kuorum_peserta")
    files = {Path(problem.file or "").name for problem in refusal(rules)}
    assert {REPORT, AUDIT, "parameter.yaml"} <= files
    assert len([problem for problem in refusal(rules) if Path(problem.file or "").name == REPORT]) == 2


def test_wrong_shapes_in_several_files_are_told_at_once(rules: Path) -> None:
    spoil(rules, REPORT, "jenis: keputusan", "jenis: putusan")
    spoil(rules, "fakta.yaml", "tipe: ya-tidak", "tipe: ya")
    (rules / "peran.yaml").unlink()
    assert {Path(problem.file or "").name for problem in refusal(rules)} == {REPORT, "fakta.yaml", "peran.yaml"}


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    assert "regulasi.yaml" in str(refusal(tmp_path)[0])
