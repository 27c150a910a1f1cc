"""What can be wrong with a register or with what is asked of it, as a person can act on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pbj_rules.documents.letters import Letter
from pbj_rules.errors import InputError, Problem

__all__ = ["name_taken", "not_a_register", "refused", "saying"]


@contextmanager
def saying(file: str) -> Iterator[None]:
    """Turns what SQLite refuses into an error that a person can act on."""
    import sqlite3

    try:
        yield
    except sqlite3.ProgrammingError:  # a defect of the caller, such as a session used after its end
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without its extension
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise not_a_register(file) from error
        if code == sqlite3.SQLITE_BUSY:
            raise refused(
                file,
                "buku register nomor sedang dipakai proses lain",
                remedy="tunggu sampai proses itu selesai, lalu jalankan lagi",
            ) from error
        reason = {
            sqlite3.SQLITE_CANTOPEN: "tidak dapat dibuka",
            sqlite3.SQLITE_PERM: "tidak ada izin",
            sqlite3.SQLITE_READONLY: "hanya dapat dibaca",
            sqlite3.SQLITE_FULL: "disk penuh",
            sqlite3.SQLITE_IOERR: "disk menolak",
        }.get(code, str(error))
        raise refused(
            file,
            f"buku register nomor tidak dapat dipakai: {reason}",
            "berkas yang dapat ditulis, dalam folder yang ada",
            "perbaiki letak, izin, atau ruang disknya, lalu jalankan lagi",
        ) from error


def not_a_register(file: str) -> InputError:
    return refused(
        file,
        "berkas ini bukan buku register nomor, atau rusak",
        "berkas register buatan pbj-rules",
        "pilih berkas lain, atau pulihkan dari salinan cadangan",
    )


def refused(file: str, message: str, expected: str = "", remedy: str = "") -> InputError:
    return InputError([Problem(message, file, expected=expected, remedy=remedy)])


def name_taken(letter: Letter, other: Letter, number: int) -> Problem:
    return Problem(
        f"nama kasus `{letter.case}` sudah dipakai paket lain: nomor urut {number} naskah `{other.paper}` tahun"
        f" {other.day.year} sudah diberikan kepada paket {other.package}, sedangkan kasus ini paket {letter.package}",
        path="kasus",
        expected="satu nama kasus untuk satu paket",
        remedy="beri kasus ini nama lain; bila paketnya memang sama, tulis `paket` seperti yang tercatat itu",
    )
