"""The commands that show, check and prove the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pbj_rules.cli.parser import Commands

__all__ = ["add_rules"]


def add_rules(commands: Commands) -> None:
    """Adds sop, rulebook, conflicts, check, prove, mutate, matrix, export."""
    _sop(commands)
    _rulebook(commands)
    _conflicts(commands)
    _check(commands)
    _prove(commands)
    _mutate(commands)
    _matrix(commands)
    _export(commands)


def _sop(commands: Commands) -> None:
    command = commands.add_parser("sop", help="daftar SOP, atau satu SOP baris demi baris")
    command.add_argument("id", metavar="ID", nargs="?", help="id SOP, mis. prakualifikasi")
    command.add_argument("--regulasi", metavar="ID", help="menurut peraturan ini, mis. perpres-12-2021")


def _rulebook(commands: Commands) -> None:
    command = commands.add_parser(
        "rulebook",
        help="buku aturan, dan Lampiran dengan bagan alurnya",
        description="Menulis buku aturan (Word, HTML, PDF): bunyi setiap baris di samping aturannya, tafsir,\n"
        "parameter dan register anomali; serta Lampiran dalam bentuk aslinya dengan bagan alur (Word, PDF, SVG).",
        epilog="PDF memerlukan LibreOffice; tanpa itu berkas lainnya tetap ditulis.",
    )
    command.add_argument("--out", metavar="FOLDER", required=True, help="folder tujuan")
    command.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")
    command.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-16-2018")
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _conflicts(commands: Commands) -> None:
    command = commands.add_parser(
        "conflicts",
        help="di mana Perbup berbeda dari hukum nasional",
        description="Mendaftar setiap pokok yang diatur Perbup berbeda dari hukum nasional, dengan kata-kata keduanya.",
    )
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _check(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help="periksa aturan dan templat, atau berkas yang disebut",
        description="Memeriksa aturan dan templat bawaan; atau yang disebut: berkas kasus, templat atau blok .docx,\n"
        "folder templat, folder aturan.",
    )
    command.add_argument(
        "files", metavar="BERKAS", nargs="*", help="berkas kasus, templat .docx, folder templat atau aturan"
    )


def _prove(commands: Commands) -> None:
    command = commands.add_parser(
        "prove",
        help="buktikan aturan: tanpa celah, tanpa tumpang tindih, setiap baris terjangkau",
        description="Membuktikan dengan z3 dan dengan pencacahan, yang harus sependapat: untuk setiap keputusan tepat\n"
        "satu cabang berlaku, setiap baris terjangkau, setiap jalan berakhir. Setiap temuan disertai kasusnya.\n"
        "Celah menurut bunyi teks apa adanya dilaporkan terpisah.",
        epilog="Status keluar: 0 tuntas, 1 ada temuan, 2 folder aturan tidak dapat dibaca.",
    )
    command.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, mis. salinan yang diubah")
    command.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-16-2018")
    command.add_argument("--json", action="store_true", help="sebagai JSON")
    command.add_argument("--out", metavar="FOLDER", help="tulis kasus setiap temuan ke folder ini")


def _mutate(commands: Commands) -> None:
    command = commands.add_parser(
        "mutate",
        help="uji skenario: apakah aturan yang diubah di satu tempat ketahuan",
        description="Mengubah setiap operator, ambang, tujuan, dokumen dan kutipan, satu per satu, lalu menjalankan\n"
        "kasus contoh: hasilnya harus berubah. Dengan --rules: kasus contoh mana yang berubah oleh aturan folder itu.",
        epilog="Status keluar: 0 cukup, 1 ada yang lolos (dengan --rules: ada yang berubah), 2 masukan salah.",
    )
    command.add_argument("--rules", metavar="FOLDER", help="jalankan kasus contoh dengan aturan folder ini")
    command.add_argument("--json", action="store_true", help="sebagai JSON")
    command.add_argument("--out", metavar="FOLDER", help="tulis kasus bagi syarat yang pengaruhnya belum tampak")


def _matrix(commands: Commands) -> None:
    command = commands.add_parser(
        "matrix",
        help="matriks ketertelusuran: setiap baris dengan aturan, skenario, dokumen, templat, anomali, pelakunya",
        description="Menampilkan setiap baris peraturan dengan semua yang bergantung padanya, dan segala yang yatim:\n"
        "baris tanpa aturan atau skenario, aturan tanpa pemakai, dokumen tanpa templat, dan sebaliknya.",
        epilog="Status keluar: 0 tidak ada yang yatim, 1 ada, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")
    command.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-12-2021")
    command.add_argument("--samples", metavar="FOLDER", help="folder kasus contoh lain")
    command.add_argument("--templates", metavar="FOLDER", help="folder templat lain")
    command.add_argument(
        "--accepted", metavar="FOLDER", help="hasil JSON yang sudah diterima, satu berkas setiap kasus: diperiksa juga"
    )
    command.add_argument("--json", action="store_true", help="sebagai JSON")
    command.add_argument("--xlsx", metavar="BERKAS", help="tulis buku kerja Excel")
    command.add_argument("--html", metavar="BERKAS", help="tulis halaman HTML")
    command.add_argument("--orphans", action="store_true", help="tampilkan hanya yang yatim dan ringkasannya")


def _export(commands: Commands) -> None:
    command = commands.add_parser(
        "export",
        help="SOP sebagai proses BPMN 2.0, untuk mesin dan penyunting alur kerja",
        description="Menulis satu berkas BPMN 2.0 untuk setiap SOP: kolam dan lajur, tugas, gerbang keputusan dengan\n"
        "syaratnya, SOP yang dipanggil, dan tata letaknya.",
    )
    command.add_argument("--format", choices=["bpmn"], required=True, help="bentuknya: bpmn")
    command.add_argument("--sop", metavar="ID", help="hanya SOP ini, mis. prakualifikasi")
    command.add_argument("--out", metavar="FOLDER", required=True, help="folder tujuan")
    command.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")
    command.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-12-2021")
