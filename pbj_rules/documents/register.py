"""Running numbers of final papers: where they come from, and the embedded register that gives them.

A number is unique per office, kind of paper and year of the paper's date, and a series has no gaps. Drafts
never get one. Whoever has a register already (an e-office, an agenda on paper) implements `NumberSource`;
`SqliteRegister` is the one that needs nothing else::

    register = SqliteRegister("register-nomor.sqlite")
    with register.issuing() as numbers:
        papers = render_papers(case, result, office, final=True, numbers=numbers)
        write_papers(papers, folder)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import date
from os import PathLike
from os.path import abspath, exists
from typing import TYPE_CHECKING, Final, Protocol

from attrs import define, field, frozen

from pbj_rules.errors import InputError, PbjError, Problem

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Letter", "NumberSource", "RegisterLine", "SqliteRegister"]

APPLICATION: Final = 0x70626A72  # "pbjr", so that a database of another program is never written to
VERSION: Final = 1
SERIES: Final = "kantor = :kantor AND naskah = :naskah AND tahun = :tahun"
# `pasti` is 0 from the rendering until the papers are known to be written.
SCHEMA: Final = """
CREATE TABLE nomor (
    kantor TEXT NOT NULL,
    naskah TEXT NOT NULL,
    tahun INTEGER NOT NULL,
    urut INTEGER NOT NULL,
    kasus TEXT NOT NULL,
    pembuatan INTEGER NOT NULL,
    tanggal TEXT NOT NULL,
    pasti INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kantor, naskah, tahun, urut),
    UNIQUE (kantor, naskah, tahun, kasus, pembuatan)
) WITHOUT ROWID
"""


@frozen
class Letter:
    """A final paper that needs a number.

    ``paper``: the id of its kind; ``day``: its date; ``office``: whose letterhead it bears, the office's own
    or the package's unit; ``case``: the name of the case; ``production``: the how-manieth of its kind there.
    """

    paper: str
    day: date
    office: str
    case: str
    production: int


class NumberSource(Protocol):
    """Where the running numbers of final papers come from; any object with this method will do."""

    def issue(self) -> AbstractContextManager[Callable[[Letter], str | None]]:
        """The numbers of one rendering.

        The function that is entered gives what stands at ``{urut}`` of the office's pattern, or None for a
        paper that it has no number for: then the number is a missing value. It is asked once for each paper
        of a rendering, in their order. The same paper of the same case must get the number it got before.

        Left normally, the rendering succeeded and its papers may be written at any moment, so the numbers
        must survive the process. Left with an exception, no paper was made and the new numbers are free.
        """


@frozen
class RegisterLine:
    """A number of the register and the paper that has it.

    ``confirmed`` is False where it is not known whether the papers were written: their process was killed
    before it could say. Such a number waits for the same paper of the same case.
    """

    letter: Letter
    number: int
    confirmed: bool


def _absolute(file: str | PathLike[str]) -> str:
    """The whole path: SQLite takes an empty name and `:memory:` for a database that it soon forgets."""
    return abspath(file)


@frozen
class SqliteRegister:
    """A register in one SQLite file, made at its first use; it must lie on a disk of this machine.

    A paper is known by case name, paper id and how-manieth of its kind: to render it again gives the number
    it has. So two cases of one office must not share a name; renaming a case makes its papers new ones, and
    so does moving a paper's date to another year. ``timeout``: how many seconds to wait for another process.
    """

    file: str = field(converter=_absolute)
    timeout: float = 30.0

    @contextmanager
    def issuing(self) -> Iterator[NumberSource]:
        """Holds the register while papers are rendered and written; others wait their turn.

        Enclose the papers that are written together, and write them last. Left normally, the numbers are
        confirmed. Left with an error of this library or of the system, nothing was written and they are
        given back. Left in any other way (an interruption, a kill, a defect), papers may lie in the folder,
        so their numbers stay theirs: the next run of the case gives the same ones.
        """
        with closing(self._locked()) as connection:
            session = _Session(self.file, connection)
            try:
                yield session
            except (PbjError, OSError):
                session.give_back()
                raise
            session.confirm()

    def lines(self) -> tuple[RegisterLine, ...]:
        """Everything in the register, by office, paper, year and number."""
        if not exists(self.file):
            return ()
        with closing(self._locked()) as connection, _saying(self.file):
            rows = connection.execute(
                "SELECT naskah, tanggal, kantor, kasus, pembuatan, urut, pasti FROM nomor"
                " ORDER BY kantor, naskah, tahun, urut"
            ).fetchall()
        return tuple(
            RegisterLine(Letter(paper, date.fromisoformat(day), office, case, production), number, bool(confirmed))
            for paper, day, office, case, production, number, confirmed in rows
        )

    def _locked(self) -> sqlite3.Connection:
        """A connection that alone may use the file until it is closed, or the process dies."""
        import sqlite3

        with _saying(self.file):
            connection = sqlite3.connect(self.file, timeout=self.timeout, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("BEGIN EXCLUSIVE")
                # Set only now: a process that waits in this mode would keep a lock that the owner needs gone.
                # With it the lock outlives each commit, so numbers can be made durable before the papers are
                # written and still be given back without a gap.
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._prepare(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.close()
                raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Makes the table in a new file; refuses a file of another program or of a later version."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application == APPLICATION:
            if version > VERSION:
                raise _refused(
                    self.file,
                    "buku register nomor ini dibuat oleh pbj-rules yang lebih baru",
                    remedy="perbarui pbj-rules",
                )
        elif application or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _not_a_register(self.file)
        else:
            connection.execute(SCHEMA)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


@define
class _Session:
    """One holding of the register. ``given``: every paper asked for; ``new``: those that had no number yet."""

    file: str
    connection: sqlite3.Connection
    given: list[Letter] = field(factory=list)
    new: list[Letter] = field(factory=list)

    @contextmanager
    def issue(self) -> Iterator[Callable[[Letter], str | None]]:
        given, new = list(self.given), list(self.new)
        try:
            with self._transaction():
                yield self._number_of
        except BaseException:
            self.given, self.new = given, new
            raise

    def confirm(self) -> None:
        """Notes that the papers are written, and the days that they bear."""
        with self._transaction(), _saying(self.file):
            self.connection.executemany(
                f"UPDATE nomor SET pasti = 1, tanggal = :tanggal WHERE {SERIES}"
                " AND kasus = :kasus AND pembuatan = :pembuatan",
                map(_columns, self.given),
            )

    def give_back(self) -> None:
        """Frees the new numbers; those that an earlier, killed run had reserved stay reserved.

        Only the last number of a series is ever freed. What cannot be freed, on a broken disk, stays reserved
        for its paper, and the error that led here is the one to tell.
        """
        with suppress(InputError), self._transaction(), _saying(self.file):
            self.connection.executemany(
                f"DELETE FROM nomor WHERE {SERIES} AND kasus = :kasus AND pembuatan = :pembuatan"
                f" AND urut = (SELECT max(urut) FROM nomor WHERE {SERIES})",
                map(_columns, reversed(self.new)),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _saying(self.file):
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _saying(self.file):
                self.connection.execute("COMMIT")
        finally:
            # A full disk may have ended the transaction already.
            if self.connection.in_transaction:
                self.connection.rollback()

    def _number_of(self, letter: Letter) -> str | None:
        columns = _columns(letter)
        with _saying(self.file):
            found = self.connection.execute(
                f"SELECT urut FROM nomor WHERE {SERIES} AND kasus = :kasus AND pembuatan = :pembuatan", columns
            ).fetchone()
            if found is None:
                found = self.connection.execute(
                    f"SELECT coalesce(max(urut), 0) + 1 FROM nomor WHERE {SERIES}", columns
                ).fetchone()
                self.connection.execute(
                    "INSERT INTO nomor (kantor, naskah, tahun, urut, kasus, pembuatan, tanggal)"
                    " VALUES (:kantor, :naskah, :tahun, :urut, :kasus, :pembuatan, :tanggal)",
                    {**columns, "urut": found[0]},
                )
                self.new.append(letter)
        self.given.append(letter)
        return str(found[0])


def _columns(letter: Letter) -> dict[str, str | int]:
    return {
        "kantor": letter.office,
        "naskah": letter.paper,
        "tahun": letter.day.year,
        "kasus": letter.case,
        "pembuatan": letter.production,
        "tanggal": letter.day.isoformat(),
    }


@contextmanager
def _saying(file: str) -> Iterator[None]:
    """Turns what SQLite refuses into an error that a person can act on."""
    import sqlite3

    try:
        yield
    except sqlite3.ProgrammingError:  # a defect of the caller, such as a session used after its end
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without its extension
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise _not_a_register(file) from error
        if code == sqlite3.SQLITE_BUSY:
            raise _refused(
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
        raise _refused(
            file,
            f"buku register nomor tidak dapat dipakai: {reason}",
            "berkas yang dapat ditulis, dalam folder yang ada",
            "perbaiki letak, izin, atau ruang disknya, lalu jalankan lagi",
        ) from error


def _not_a_register(file: str) -> InputError:
    return _refused(
        file,
        "berkas ini bukan buku register nomor, atau rusak",
        "berkas register buatan pbj-rules",
        "pilih berkas lain, atau pulihkan dari salinan cadangan",
    )


def _refused(file: str, message: str, expected: str = "", remedy: str = "") -> InputError:
    return InputError([Problem(message, file, expected=expected, remedy=remedy)])
