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

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from os import PathLike
from os.path import abspath, exists
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from pbj_rules.documents.letters import Letter, NumberSource, Package
from pbj_rules.documents.register_faults import name_taken, not_a_register, refused, saying
from pbj_rules.errors import InputError, PbjError

if TYPE_CHECKING:
    import sqlite3

__all__ = ["RegisterLine", "SqliteRegister"]

APPLICATION: Final = 0x70626A72  # "pbjr", so that a database of another program is never written to
VERSION: Final = 2
SERIES: Final = "kantor = :kantor AND naskah = :naskah AND tahun = :tahun"
COLUMNS: Final = "naskah, tanggal, kantor, kasus, pembuatan, kode_rup, paket"  # what makes a letter
# `pasti` is 0 from the rendering until the papers are known to be written.
SCHEMA: Final = """
CREATE TABLE nomor (
    kantor TEXT NOT NULL,
    naskah TEXT NOT NULL,
    tahun INTEGER NOT NULL,
    urut INTEGER NOT NULL,
    kasus TEXT NOT NULL,
    kode_rup TEXT,
    paket TEXT,
    pembuatan INTEGER NOT NULL,
    tanggal TEXT NOT NULL,
    pasti INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kantor, naskah, tahun, urut),
    UNIQUE (kantor, naskah, tahun, kasus, pembuatan)
) WITHOUT ROWID
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
    it has. So a name belongs to the case of one package: with another package it is refused. Renaming a case
    makes its papers new ones, and so does moving a paper's date to another year. ``timeout``: how many
    seconds to wait for another process.
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
        with closing(self._locked()) as connection, saying(self.file):
            rows = connection.execute(
                f"SELECT urut, pasti, {COLUMNS} FROM nomor ORDER BY kantor, naskah, tahun, urut"
            ).fetchall()
        return tuple(RegisterLine(_letter(letter), number, bool(confirmed)) for number, confirmed, *letter in rows)

    def _locked(self) -> sqlite3.Connection:
        """A connection that alone may use the file until it is closed, or the process dies."""
        import sqlite3

        with saying(self.file):
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
        """Makes the table in a new file; refuses a file of another program or version."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application == APPLICATION:
            if version > VERSION:
                raise refused(
                    self.file,
                    "buku register nomor ini dibuat oleh pbj-rules yang lebih baru",
                    remedy="perbarui pbj-rules",
                )
            if version < VERSION:
                raise refused(
                    self.file,
                    "buku register nomor ini bentuk lama, yang belum mencatat paket",
                    remedy="mulai buku register baru dengan nama lain, dan simpan yang lama sebagai arsip",
                )
        elif application or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise not_a_register(self.file)
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
        """Notes that the papers are written, the days that they bear, and what is now known of their packages."""
        with self._transaction(), saying(self.file):
            self.connection.executemany(
                f"UPDATE nomor SET pasti = 1, tanggal = :tanggal WHERE {SERIES}"
                " AND kasus = :kasus AND pembuatan = :pembuatan",
                map(_columns, self.given),
            )
            self.connection.executemany(
                "UPDATE nomor SET kode_rup = coalesce(:kode_rup, kode_rup), paket = coalesce(:paket, paket)"
                " WHERE kasus = :kasus",
                map(_columns, self.given),
            )

    def give_back(self) -> None:
        """Frees the new numbers; those that an earlier, killed run had reserved stay reserved.

        Only the last number of a series is ever freed. What cannot be freed, on a broken disk, stays reserved
        for its paper, and the error that led here is the one to tell.
        """
        with suppress(InputError), self._transaction(), saying(self.file):
            self.connection.executemany(
                f"DELETE FROM nomor WHERE {SERIES} AND kasus = :kasus AND pembuatan = :pembuatan"
                f" AND urut = (SELECT max(urut) FROM nomor WHERE {SERIES})",
                map(_columns, reversed(self.new)),
            )

    def holder(self, office: str, paper: str, year: int, number: str) -> Letter | None:
        """See `NumberSource`; compared as text, for people type numbers that no column could hold."""
        series = {"kantor": office, "naskah": paper, "tahun": year, "urut": number.lstrip("0")}
        with saying(self.file):
            row = self.connection.execute(
                f"SELECT {COLUMNS} FROM nomor WHERE {SERIES} AND CAST(urut AS TEXT) = :urut", series
            ).fetchone()
        return None if row is None else _letter(row)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with saying(self.file):
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with saying(self.file):
                self.connection.execute("COMMIT")
        finally:
            # A full disk may have ended the transaction already.
            if self.connection.in_transaction:
                self.connection.rollback()

    def _number_of(self, letter: Letter) -> str | None:
        columns = _columns(letter)
        self._check_package(letter)
        with saying(self.file):
            found = self.connection.execute(
                f"SELECT urut FROM nomor WHERE {SERIES} AND kasus = :kasus AND pembuatan = :pembuatan", columns
            ).fetchone()
            if found is None:
                found = self.connection.execute(
                    f"SELECT coalesce(max(urut), 0) + 1 FROM nomor WHERE {SERIES}", columns
                ).fetchone()
                self.connection.execute(
                    "INSERT INTO nomor (kantor, naskah, tahun, urut, kasus, kode_rup, paket, pembuatan, tanggal)"
                    " VALUES (:kantor, :naskah, :tahun, :urut, :kasus, :kode_rup, :paket, :pembuatan, :tanggal)",
                    {**columns, "urut": found[0]},
                )
                self.new.append(letter)
        self.given.append(letter)
        return str(found[0])

    def _check_package(self, letter: Letter) -> None:
        """Refuses a copied case that kept its name: it would print the numbers of the first one."""
        with saying(self.file):
            rows = self.connection.execute(
                f"SELECT urut, {COLUMNS} FROM nomor WHERE kasus = ? ORDER BY naskah <> ?, kantor, naskah, tahun, urut",
                (letter.case, letter.paper),
            ).fetchall()
        for number, *columns in rows:
            other = _letter(columns)
            if other.package.differs_from(letter.package):
                raise InputError([name_taken(letter, other, number)])


def _letter(row: Sequence[Any]) -> Letter:
    paper, day, office, case, production, code, name = row
    return Letter(paper, date.fromisoformat(day), office, case, production, Package(code, name))


def _columns(letter: Letter) -> dict[str, str | int | None]:
    return {
        "kantor": letter.office,
        "naskah": letter.paper,
        "tahun": letter.day.year,
        "kasus": letter.case,
        "kode_rup": letter.package.code,
        "paket": letter.package.name,
        "pembuatan": letter.production,
        "tanggal": letter.day.isoformat(),
    }
