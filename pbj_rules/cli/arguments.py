"""The arguments of ``pbj``, with help and messages in Indonesian."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Final, NoReturn

from pbj_rules.shapes import nearest

__all__ = ["UsageError", "parse"]

# argparse speaks English; what it says to a user is said again here.
_MESSAGES: Final = (
    (r"unrecognized arguments: (.*)", r"argumen tidak dikenal: \1"),
    (r"the following arguments are required: (.*)", r"argumen ini wajib: \1"),
    (r"argument (.*): expected one argument", r"\1 memerlukan satu nilai"),
    (r"argument (.*): expected at least one argument", r"\1 memerlukan sedikitnya satu nilai"),
    (r"argument (.*): ignored explicit argument '(.*)'", r"\1 tidak memakai nilai (`\2`)"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 tidak dipakai bersama \2"),
    (r"ambiguous option: (.*) could match (.*)", r"opsi \1 mendua: \2"),
)


class UsageError(Exception):
    """A command line that cannot be understood; the message is for the user."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian, knows no abbreviations and raises instead of exiting."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**{"add_help": False, "allow_abbrev": False, "formatter_class": _Formatter, **settings})  # type: ignore[arg-type]  # argparse's own keywords, passed on
        self._positionals.title = "Argumen"
        self._optionals.title = "Opsi"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        if chosen := re.fullmatch(r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)", message):
            names = re.findall(r"[a-z]+", chosen[3])
            hint = nearest(chosen[2], names) or f"pilih dari {', '.join(names)}"
            what = f"nilai {chosen[1]}" if chosen[1].startswith("-") else "perintah"
            message = f"{what} `{chosen[2]}` tidak dikenal; {hint}"
        for pattern, said in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, said, message)
        raise UsageError(f"{message}\n{self.format_usage().strip()}\nBantuan: {self.prog} --help")


def _parser() -> _Parser:
    parser = _Parser(
        prog="pbj",
        description="Menjalankan SOP pengadaan (Perbup Balangan 21/2020) sebagai aturan: kasus masuk, keputusan\n"
        "berkutipan dan naskah Word keluar.",
        epilog="Status keluar: 0 kasus dievaluasi, 2 masukan atau pemakaian salah, 1 kesalahan lain (pbj verify: ada\n"
        "naskah yang tidak asli).",
    )
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", title="Perintah", parser_class=_Parser)

    run = commands.add_parser(
        "run", help="evaluasi berkas kasus", description="Mengevaluasi berkas kasus (YAML atau JSON)."
    )
    run.add_argument("files", metavar="BERKAS", nargs="+", help="berkas kasus")
    run.add_argument("--json", action="store_true", help="hasil sebagai JSON, satu baris untuk setiap kasus")
    run.add_argument("--out", metavar="FOLDER", help="tulis naskah Word ke folder ini")
    run.add_argument(
        "--final", action="store_true", help="isian yang kosong menjadi kesalahan, bukan tanda [……] pada konsep"
    )
    run.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    run.add_argument("--pdf", action="store_true", help="tulis juga PDF setiap naskah (memerlukan LibreOffice)")
    run.add_argument("--index", action="store_true", help="tulis juga halaman indeks.html setiap kasus")
    run.add_argument(
        "--zip", action="store_true", help="satu ZIP setiap kasus, dengan indeks.html, sebagai ganti berkas lepas"
    )
    run.add_argument("--register", metavar="BERKAS", help="register nomor: memberi nomor urut pada naskah --final")

    review = commands.add_parser(
        "review",
        help="draf berkomentar untuk tim hukum, dengan lembar tinjauannya",
        description="Menulis setiap naskah kasus sebagai draf: berwatermark DRAF, dengan komentar pada kata-kata yang\n"
        "diputuskan aturan; dan lembar tinjauan yang mencantumkan setiap pernyataan dan asalnya.",
        epilog="Status keluar dengan --verify: 0 tinjauan masih berlaku, 1 tidak lagi, 2 masukan atau pemakaian salah.",
    )
    review.add_argument("files", metavar="BERKAS", nargs="*", help="berkas kasus; lembar atau draf tinjauan")
    review.add_argument("--out", metavar="FOLDER", help="folder draf dan lembar tinjauan")
    review.add_argument(
        "--verify",
        metavar="LEMBAR",
        nargs="?",
        const="",
        help="periksa apakah lembar tinjauan (bawaan: yang di folder --out) masih berlaku, dan apa yang berubah",
    )
    review.add_argument("--clean", action="store_true", help="salinan bersih dari draf: tanpa komentar dan watermark")
    review.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    review.add_argument("--json", action="store_true", help="sebagai JSON")

    explain = commands.add_parser(
        "explain",
        help="ceritakan jalannya kasus, baris demi baris",
        description="Menceritakan kasus: apa yang diputuskan, oleh siapa, atas dasar apa, dan naskahnya.",
    )
    explain.add_argument("file", metavar="BERKAS", help="berkas kasus")

    missing = commands.add_parser(
        "missing",
        help="fakta yang masih diperlukan kasus, dan hanya itu",
        description="Menyebut fakta yang masih dapat menentukan jalannya kasus, dengan pertanyaan dan barisnya: yang\n"
        "ditunggu sekarang, lalu yang dapat ditanyakan kemudian. Yang tidak lagi dibaca cabang mana pun tidak ditanya.",
        epilog="Status keluar: 0 tidak ada yang kurang, 1 ada yang kurang, 2 masukan atau pemakaian salah.",
    )
    missing.add_argument("file", metavar="BERKAS", help="berkas kasus")
    missing.add_argument("--json", action="store_true", help="sebagai JSON")

    why_not = commands.add_parser(
        "why-not",
        help="perubahan fakta terkecil yang memberi keputusan nilai lain",
        description="Mencari perubahan fakta yang paling sedikit agar keputusan bernilai lain, lalu mengevaluasinya.\n"
        "Untuk memahami aturan: bukan anjuran mengubah fakta yang benar.",
        epilog="KEPUTUSAN: id keputusan atau SOP/baris; @2 di belakangnya: kunjungan kedua (bawaan: yang terakhir).\n"
        "Status keluar: 0 ada perubahannya atau sudah demikian, 1 tidak mungkin, 2 masukan atau pemakaian salah.",
    )
    why_not.add_argument("file", metavar="BERKAS", help="berkas kasus")
    why_not.add_argument("wanted", metavar="KEPUTUSAN=NILAI", help="mis. kuorum-peserta=terpenuhi")
    why_not.add_argument("--json", action="store_true", help="sebagai JSON")
    why_not.add_argument("--out", metavar="BERKAS", help="tulis kasus dengan perubahan pertama ke berkas ini")

    diff = commands.add_parser(
        "diff",
        help="perubahan terlacak di Word antara dua kasus, aturan, templat, atau naskah",
        description="Menulis naskah Word dengan perubahan terlacak dari A ke B. A dan B: dua berkas kasus; dua folder\n"
        "aturan, dua folder templat, atau dua templat .docx (dengan --kasus); atau dua berkas .docx apa adanya.",
        epilog="Tolak semua perubahan di Word: naskah A. Terima semua: naskah B.",
    )
    diff.add_argument("a", metavar="A", help="versi lama")
    diff.add_argument("b", metavar="B", help="versi baru")
    diff.add_argument("--out", metavar="FOLDER", required=True, help="tulis naskah Word ke folder ini")
    diff.add_argument("--kasus", metavar="BERKAS", help="kasus yang dirender dengan kedua aturan atau templat")
    diff.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    diff.add_argument("--json", action="store_true", help="hasil sebagai satu objek JSON")

    check = commands.add_parser(
        "check",
        help="periksa aturan dan templat, atau berkas yang disebut",
        description="Memeriksa aturan dan templat bawaan; atau yang disebut: berkas kasus, templat atau blok .docx,\n"
        "folder templat, folder aturan.",
    )
    check.add_argument(
        "files", metavar="BERKAS", nargs="*", help="berkas kasus, templat .docx, folder templat atau aturan"
    )

    prove = commands.add_parser(
        "prove",
        help="buktikan aturan: tanpa celah, tanpa tumpang tindih, setiap baris terjangkau",
        description="Membuktikan dengan z3 dan dengan pencacahan, yang harus sependapat: untuk setiap keputusan tepat\n"
        "satu cabang berlaku, setiap baris terjangkau, setiap jalan berakhir. Setiap temuan disertai kasusnya.\n"
        "Celah menurut bunyi teks apa adanya dilaporkan terpisah.",
        epilog="Status keluar: 0 tuntas, 1 ada temuan, 2 folder aturan tidak dapat dibaca.",
    )
    prove.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, mis. salinan yang diubah")
    prove.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-16-2018")
    prove.add_argument("--json", action="store_true", help="sebagai JSON")
    prove.add_argument("--out", metavar="FOLDER", help="tulis kasus setiap temuan ke folder ini")

    mutate = commands.add_parser(
        "mutate",
        help="uji skenario: apakah aturan yang diubah di satu tempat ketahuan",
        description="Mengubah setiap operator, ambang, tujuan, dokumen dan kutipan, satu per satu, lalu menjalankan\n"
        "kasus contoh: hasilnya harus berubah. Dengan --rules: kasus contoh mana yang berubah oleh aturan folder itu.",
        epilog="Status keluar: 0 cukup, 1 ada yang lolos (dengan --rules: ada yang berubah), 2 masukan salah.",
    )
    mutate.add_argument("--rules", metavar="FOLDER", help="jalankan kasus contoh dengan aturan folder ini")
    mutate.add_argument("--json", action="store_true", help="sebagai JSON")
    mutate.add_argument("--out", metavar="FOLDER", help="tulis kasus bagi syarat yang pengaruhnya belum tampak")

    matrix = commands.add_parser(
        "matrix",
        help="matriks ketertelusuran: setiap baris dengan aturan, skenario, dokumen, templat, anomali, pelakunya",
        description="Menampilkan setiap baris peraturan dengan semua yang bergantung padanya, dan segala yang yatim:\n"
        "baris tanpa aturan atau skenario, aturan tanpa pemakai, dokumen tanpa templat, dan sebaliknya.",
        epilog="Status keluar: 0 tidak ada yang yatim, 1 ada, 2 masukan atau pemakaian salah.",
    )
    matrix.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")
    matrix.add_argument("--samples", metavar="FOLDER", help="folder kasus contoh lain")
    matrix.add_argument("--templates", metavar="FOLDER", help="folder templat lain")
    matrix.add_argument(
        "--accepted", metavar="FOLDER", help="hasil JSON yang sudah diterima, satu berkas setiap kasus: diperiksa juga"
    )
    matrix.add_argument("--json", action="store_true", help="sebagai JSON")
    matrix.add_argument("--xlsx", metavar="BERKAS", help="tulis buku kerja Excel")
    matrix.add_argument("--html", metavar="BERKAS", help="tulis halaman HTML")
    matrix.add_argument("--orphans", action="store_true", help="tampilkan hanya yang yatim dan ringkasannya")

    compare = commands.add_parser(
        "compare",
        help="bandingkan kasus menurut dua peraturan",
        description="Mengevaluasi setiap kasus menurut dua peraturan, dan menunjukkan di mana keputusan, jalur dan\n"
        "naskahnya berbeda.",
        epilog="Status keluar: 0 juga bila ada beda, 2 masukan atau pemakaian salah.",
    )
    compare.add_argument("files", metavar="BERKAS", nargs="+", help="berkas kasus")
    compare.add_argument(
        "--regulasi", metavar="ID", action="append", default=[], help="peraturan yang dibandingkan; sebutkan dua kali"
    )
    compare.add_argument("--json", action="store_true", help="sebagai satu objek JSON")

    conflicts = commands.add_parser(
        "conflicts",
        help="di mana Perbup berbeda dari hukum nasional",
        description="Mendaftar setiap pokok yang diatur Perbup berbeda dari hukum nasional, dengan kata-kata keduanya.",
    )
    conflicts.add_argument("--json", action="store_true", help="sebagai JSON")

    sop = commands.add_parser("sop", help="daftar SOP, atau satu SOP baris demi baris")
    sop.add_argument("id", metavar="ID", nargs="?", help="id SOP, mis. prakualifikasi")
    sop.add_argument("--regulasi", metavar="ID", help="menurut peraturan ini, mis. perpres-12-2021")

    facts = commands.add_parser("facts", help="fakta dan parameter yang dipakai aturan")
    facts.add_argument("--json", action="store_true", help="sebagai JSON")

    fields = commands.add_parser("fields", help="isian templat suatu naskah: jenis, wajib, dan di mana mengisinya")
    fields.add_argument("id", metavar="ID", help="id naskah, mis. bapp")
    fields.add_argument("--json", action="store_true", help="sebagai JSON")

    samples = commands.add_parser("samples", help="daftar kasus contoh, atau salin ke sebuah folder")
    samples.add_argument("--out", metavar="FOLDER", help="salin semua kasus contoh ke folder ini")

    schema = commands.add_parser("schema", help="skema JSON berkas kasus dan berkas aturan, untuk penyunting")
    schema.add_argument("--out", metavar="FOLDER", help="tulis skema ke folder ini, bukan ke layar")

    verify = commands.add_parser(
        "verify",
        help="apakah naskah Word benar hasil render pbj-rules",
        description="Memeriksa naskah Word dengan segelnya; dengan --kasus, dengan hasil render ulang kasusnya.",
        epilog="Status keluar: 0 semua asli, 1 ada yang tidak, 2 masukan atau pemakaian salah.",
    )
    verify.add_argument("files", metavar="BERKAS", nargs="+", help="naskah Word (.docx)")
    verify.add_argument("--kasus", metavar="BERKAS", help="render kasus ini lagi dan bandingkan bita demi bita: bukti")
    verify.add_argument("--profile", metavar="BERKAS", help="profil kantor yang dipakai saat naskah dibuat")
    verify.add_argument("--register", metavar="BERKAS", help="register yang memberi nomor pada naskah --final")
    verify.add_argument("--json", action="store_true", help="putusan sebagai JSON, satu baris untuk setiap berkas")

    register = commands.add_parser("register", help="daftar nomor yang sudah diberikan register nomor")
    register.add_argument("file", metavar="BERKAS", help="register nomor, seperti pada --register")
    register.add_argument("--json", action="store_true", help="sebagai JSON")

    rulebook = commands.add_parser(
        "rulebook",
        help="buku aturan, dan Lampiran dengan bagan alurnya",
        description="Menulis buku aturan (Word, HTML, PDF): bunyi setiap baris di samping aturannya, tafsir,\n"
        "parameter dan register anomali; serta Lampiran dalam bentuk aslinya dengan bagan alur (Word, PDF, SVG).",
        epilog="PDF memerlukan LibreOffice; tanpa itu berkas lainnya tetap ditulis.",
    )
    rulebook.add_argument("--out", metavar="FOLDER", required=True, help="folder tujuan")
    rulebook.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")
    rulebook.add_argument("--regulasi", metavar="ID", help="peraturan bawaan yang lain, mis. perpres-16-2018")
    rulebook.add_argument("--json", action="store_true", help="sebagai JSON")

    export = commands.add_parser(
        "export",
        help="SOP sebagai proses BPMN 2.0, untuk mesin dan penyunting alur kerja",
        description="Menulis satu berkas BPMN 2.0 untuk setiap SOP: kolam dan lajur, tugas, gerbang keputusan dengan\n"
        "syaratnya, SOP yang dipanggil, dan tata letaknya.",
    )
    export.add_argument("--format", choices=["bpmn"], required=True, help="bentuknya: bpmn")
    export.add_argument("--sop", metavar="ID", help="hanya SOP ini, mis. prakualifikasi")
    export.add_argument("--out", metavar="FOLDER", required=True, help="folder tujuan")
    export.add_argument("--rules", metavar="FOLDER", help="folder aturan lain, bukan yang bawaan")

    commands.add_parser("version", help="versi program, peraturan dan mesin")
    return parser


def parse(arguments: list[str]) -> argparse.Namespace:
    """The parsed command line. Raises UsageError; prints help and exits with 0 where help is asked for."""
    parser = _parser()
    if not arguments:
        parser.print_help(sys.stdout)
        raise SystemExit(2)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.error("the following arguments are required: PERINTAH")
    return options
