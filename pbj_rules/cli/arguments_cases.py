"""The commands that answer questions of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pbj_rules.cli.parser import Commands

__all__ = ["add_cases"]


def add_cases(commands: Commands) -> None:
    """Adds run, explain, missing, why-not, compare, facts, samples, schema."""
    _run(commands)
    _explain(commands)
    _missing(commands)
    _why_not(commands)
    _compare(commands)
    _facts(commands)
    _samples(commands)
    _schema(commands)


def _run(commands: Commands) -> None:
    command = commands.add_parser(
        "run", help="evaluasi berkas kasus", description="Mengevaluasi berkas kasus (YAML atau JSON)."
    )
    command.add_argument("files", metavar="BERKAS", nargs="+", help="berkas kasus")
    command.add_argument("--json", action="store_true", help="hasil sebagai JSON, satu baris untuk setiap kasus")
    command.add_argument("--out", metavar="FOLDER", help="tulis naskah Word ke folder ini")
    command.add_argument(
        "--final", action="store_true", help="isian yang kosong menjadi kesalahan, bukan tanda [……] pada konsep"
    )
    command.add_argument("--profile", metavar="BERKAS", help="profil kantor: kop, pejabat, nomor, kertas")
    command.add_argument("--pdf", action="store_true", help="tulis juga PDF setiap naskah (memerlukan LibreOffice)")
    command.add_argument("--index", action="store_true", help="tulis juga halaman indeks.html setiap kasus")
    command.add_argument(
        "--zip", action="store_true", help="satu ZIP setiap kasus, dengan indeks.html, sebagai ganti berkas lepas"
    )
    command.add_argument("--register", metavar="BERKAS", help="register nomor: memberi nomor urut pada naskah --final")


def _explain(commands: Commands) -> None:
    command = commands.add_parser(
        "explain",
        help="ceritakan jalannya kasus, baris demi baris",
        description="Menceritakan kasus: apa yang diputuskan, oleh siapa, atas dasar apa, dan naskahnya.",
    )
    command.add_argument("file", metavar="BERKAS", help="berkas kasus")


def _missing(commands: Commands) -> None:
    command = commands.add_parser(
        "missing",
        help="fakta yang masih diperlukan kasus, dan hanya itu",
        description="Menyebut fakta yang masih dapat menentukan jalannya kasus, dengan pertanyaan dan barisnya: yang\n"
        "ditunggu sekarang, lalu yang dapat ditanyakan kemudian. Yang tidak lagi dibaca cabang mana pun tidak ditanya.",
        epilog="Status keluar: 0 juga bila ada yang kurang, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("file", metavar="BERKAS", help="berkas kasus")
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _why_not(commands: Commands) -> None:
    command = commands.add_parser(
        "why-not",
        help="perubahan fakta terkecil yang memberi keputusan nilai lain",
        description="Mencari perubahan fakta yang paling sedikit agar keputusan bernilai lain, lalu mengevaluasinya.\n"
        "Untuk memahami aturan: bukan anjuran mengubah fakta yang benar.",
        epilog="KEPUTUSAN: id keputusan atau SOP/baris; @2 di belakangnya: kunjungan kedua (bawaan: yang terakhir).\n"
        "Status keluar: 0 ada perubahannya atau sudah demikian, 1 tidak mungkin, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("file", metavar="BERKAS", help="berkas kasus")
    command.add_argument("wanted", metavar="KEPUTUSAN=NILAI", help="mis. kuorum-peserta=terpenuhi")
    command.add_argument("--json", action="store_true", help="sebagai JSON")
    command.add_argument("--out", metavar="BERKAS", help="tulis kasus dengan perubahan pertama ke berkas ini")


def _compare(commands: Commands) -> None:
    command = commands.add_parser(
        "compare",
        help="bandingkan kasus menurut dua peraturan",
        description="Mengevaluasi setiap kasus menurut dua peraturan, dan menunjukkan di mana keputusan, jalur dan\n"
        "naskahnya berbeda.",
        epilog="Status keluar: 0 juga bila ada beda, 2 masukan atau pemakaian salah.",
    )
    command.add_argument("files", metavar="BERKAS", nargs="+", help="berkas kasus")
    command.add_argument(
        "--regulasi", metavar="ID", action="append", default=[], help="peraturan yang dibandingkan; sebutkan dua kali"
    )
    command.add_argument("--json", action="store_true", help="sebagai satu objek JSON")


def _facts(commands: Commands) -> None:
    command = commands.add_parser("facts", help="fakta dan parameter yang dipakai aturan")
    command.add_argument("--json", action="store_true", help="sebagai JSON")


def _samples(commands: Commands) -> None:
    command = commands.add_parser("samples", help="daftar kasus contoh, atau salin ke sebuah folder")
    command.add_argument("--out", metavar="FOLDER", help="salin semua kasus contoh ke folder ini")


def _schema(commands: Commands) -> None:
    command = commands.add_parser("schema", help="skema JSON berkas kasus dan berkas aturan, untuk penyunting")
    command.add_argument("--out", metavar="FOLDER", help="tulis skema ke folder ini, bukan ke layar")
