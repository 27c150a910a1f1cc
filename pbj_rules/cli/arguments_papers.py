"""The commands that make and check Word papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pbj_rules.cli.parser import Commands

__all__ = ["add_papers"]


def add_papers(commands: Commands) -> None:
    """Adds review, diff, verify, register, fields."""
    _review(commands)
    _diff(commands)
    _verify(commands)
    _register(commands)
    _fields(commands)


def _review(commands: Commands) -> None:
    command = commands.add_parser(
        "review",
        help="draf berkomentar untuk tim hukum, dengan lembar tinjauannya",
        description="Menulis setiap naskah kasus sebagai draf: berwatermark DRAF, dengan komentar pada kata-kata yang\n"
        "diputuskan aturan; dan lembar tinjauan yang mencantumkan setiap pernyataan dan asalnya.",
        epilog="Status keluar dengan --verify: 0 tinjauan masih berlaku, 1 tidak lagi, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("files", metavar="BERKAS", nargs="*", help="berkas kasus; lembar atau draf tinjauan")
    command.add_argument("--out", metavar="FOLDER", help="folder draf dan lembar tinjauan")
    command.add_argument(
        "--verify",
        metavar="LEMBAR",
        nargs="?",
        const="",
        help="periksa apakah lembar tinjauan (bawaan: yang di folder --out) masih berlaku, dan apa yang berubah",
    )
    command.add_argument("--clean", action="store_true", help="salinan bersih dari draf: tanpa komentar dan watermark")
    command.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _diff(commands: Commands) -> None:
    command = commands.add_parser(
        "diff",
        help="perubahan terlacak di Word antara dua kasus, aturan, templat, atau naskah",
        description="Menulis naskah Word dengan perubahan terlacak dari A ke B. A dan B: dua berkas kasus; dua folder\n"
        "aturan, dua folder templat, atau dua templat .docx (dengan --kasus); atau dua berkas .docx apa adanya.",
        epilog="Tolak semua perubahan di Word: naskah A. Terima semua: naskah B.",
    )
    command.add_argument("a", metavar="A", help="versi lama")
    command.add_argument("b", metavar="B", help="versi baru")
    command.add_argument("--out", metavar="FOLDER", required=True, help="tulis naskah Word ke folder ini")
    command.add_argument("--kasus", metavar="BERKAS", help="kasus yang dirender dengan kedua aturan atau templat")
    command.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    command.add_argument("--json", action="store_true", help="hasil sebagai satu objek JSON")


def _verify(commands: Commands) -> None:
    command = commands.add_parser(
        "verify",
        help="apakah naskah Word benar hasil render pbj-rules",
        description="Memeriksa naskah Word dengan segelnya; dengan --kasus, dengan hasil render ulang kasusnya.",
        epilog="Status keluar: 0 semua asli, 1 ada yang tidak, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("files", metavar="BERKAS", nargs="+", help="naskah Word (.docx)")
    command.add_argument("--kasus", metavar="BERKAS", help="render kasus ini lagi dan bandingkan bita demi bita: bukti")
    command.add_argument("--profile", metavar="BERKAS", help="profil kantor yang dipakai saat naskah dibuat")
    command.add_argument("--register", metavar="BERKAS", help="register yang memberi nomor pada naskah --final")
    command.add_argument("--json", action="store_true", help="putusan sebagai JSON, satu baris untuk setiap berkas")


def _register(commands: Commands) -> None:
    command = commands.add_parser("register", help="daftar nomor yang sudah diberikan register nomor")
    command.add_argument("file", metavar="BERKAS", help="register nomor, seperti pada --register")
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _fields(commands: Commands) -> None:
    command = commands.add_parser("fields", help="isian templat suatu naskah: jenis, wajib, dan di mana mengisinya")
    command.add_argument("id", metavar="ID", help="id naskah, mis. bapp")
    command.add_argument("--json", action="store_true", help="sebagai JSON")
