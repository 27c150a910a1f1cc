"""The variables of one paper: case, office, staff's entries and conclusions as a template names them.

Only plain values, and blanks where the case says nothing. A template that asks for anything else is
wrong, which rendering and linting say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from attrs import define, frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blank, Blanks
from pbj_rules.documents.contract.deriving import derive
from pbj_rules.documents.contract.fields import Contract, PaperContract, key_of
from pbj_rules.documents.filling import Filler
from pbj_rules.documents.letters import Letter, Package
from pbj_rules.documents.numbering import paper_number, running_number
from pbj_rules.documents.office import Letterhead, Office
from pbj_rules.documents.parties import bidders, officials
from pbj_rules.documents.production import Production
from pbj_rules.documents.seal import VerificationCode
from pbj_rules.errors import Problem

__all__ = ["Numbers", "letterhead_lines", "paper_context"]

PACKAGE: Final = {
    "nama_paket": "nama",
    "jenis_paket": "jenis",
    **{
        name: name
        for name in (
            "kode_rup", "kode_tender", "pagu", "hps", "perangkat_daerah", "metode_pemilihan",
            "sumber_dana", "tahun_anggaran", "kode_rekening", "lokasi", "kelompok_kerja",
        )
    },
}  # fmt: skip
# Papers whose day is the day of the case itself, unless staff say otherwise.
DATED_BY_CASE: Final = frozenset({"surat-info-akun"})


@frozen
class Numbers:
    """The running numbers of one rendering: see `NumberSource`, of which these are the two questions."""

    given_to: Callable[[Letter], str | None]
    holder: Callable[[str, str, int, str], Letter | None]


def paper_context(
    case: Case,
    office: Office,
    contract: Contract,
    production: Production,
    blanks: Blanks,
    numbers: Numbers | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """The variables of a paper, and the values of the case that cannot be printed.

    ``numbers`` gives the running numbers that the case does not say; without it they are blanks.
    """
    builder = _Builder(case, office, contract, production, Filler(blanks), numbers)
    builder.filler.printable(case.kasus, "kasus")
    return builder.context(), builder.filler.problems


@define
class _Builder:
    case: Case
    office: Office
    contract: Contract
    production: Production
    filler: Filler
    numbers: Numbers | None

    @property
    def paper(self) -> str:
        return self.production.id

    @property
    def declared(self) -> PaperContract:
        return self.contract.papers[self.paper]

    def context(self) -> dict[str, Any]:
        package = self.filler.record(self.contract.case["paket"], self.case.paket, "paket")
        decided = self.declared.stated(self.production.conclusions.decisions)
        people = officials(self.case, self.office, self.contract, self.filler, decided)
        own = self.entries(self.paper, self.production.number)
        day = own["tanggal"] if isinstance(own["tanggal"], date) else self.case.tanggal
        made = {
            **{name: package[key] for name, key in PACKAGE.items()},
            **people,
            **bidders(self.case, self.contract, self.filler),
            **{name: self.shared(name) for name in self.declared.shared},
            **{key_of(cited): self.cited(cited) for cited in self.declared.cites},
            **self.conclusions(),
            **own,
            "jenis_pengadaan": self.word(package["jenis"]),
            "judul": self.production.title,
            "hari_akun": self.case.tanggal,
            "kantor": {
                "nama": self.office.name,
                "tempat": self.office.place,
                "laman_spse": self.office.portal,
            },
            "kop": self.letterhead(),
            "dasar_hukum": list(self.office.basis_on(day, self.paper)),
            "tembusan": list(self.office.copies.get(self.paper) or ()),
            "pengesah": people[self.office.signers.get(self.paper) or "kepala_ukpbj"],
            "berkas_terdahulu": self.enclosures(),
            "kode_verifikasi": VerificationCode(),
            "pelengkap": self.declared.extra is not None,
        }
        for derived in self.declared.derived:
            made[derived.name] = derive(derived, made)
        return made

    def entries(self, paper: str, number: int) -> dict[str, Any]:
        """Staff's entries of the ``number``-th paper of its kind."""
        given, path = self.given(paper, number)
        filled = self.filler.record(self.contract.entries_of(paper), given, path)
        if paper in DATED_BY_CASE and isinstance(filled["tanggal"], Blank):
            filled["tanggal"] = self.case.tanggal
        # The pattern is that of the office's own papers; a paper from elsewhere has its own number.
        if paper in self.contract.papers:
            self.check_stated(paper, number, filled)
            running = self.running(paper, number, filled["nomor"])
            filled["nomor"] = paper_number(self.office, paper, filled["nomor"], filled["tanggal"], running)
        return filled

    def running(self, paper: str, number: int, missing: Any) -> Callable[[date], Any] | None:
        """What gives the running number of a paper by its day: only papers of this very case get one."""
        numbers, made = self.numbers, self.made(paper, number)
        # A paper with something in it that cannot be printed is refused anyway.
        if numbers is None or made is None or self.filler.problems:
            return None
        office = self.office_of(made)

        def given(day: date) -> Any:
            if isinstance(office, Blank):
                return office
            letter = Letter(paper, day, office, self.case.kasus, number, Package.of(self.case.paket))
            running = numbers.given_to(letter)
            self.check_given(made, day, running)
            return self.filler.printable(running, missing.path) if running else missing

        return given

    def made(self, paper: str, number: int) -> Production | None:
        """The ``number``-th paper of its kind, where this case makes it and has come so far."""
        so_far = (*self.production.before, self.production)
        return next((one for one in so_far if (one.id, one.number) == (paper, number)), None)

    def check_given(self, made: Production, day: date, running: str | None) -> None:
        """Notes where another paper of this case states the number that this one was given."""
        for other in (*self.production.before, self.production):
            if other.id != made.id or other.number == made.number or self.office_of(other) != self.office_of(made):
                continue
            entry, path = self.given(other.id, other.number)
            stated = (entry or {}).get("nomor") or ""
            if entry and running_number(self.office, made.id, stated, entry.get("tanggal")) == (day.year, running):
                self.filler.problems.append(
                    Problem(
                        f"nomor “{stated}” juga diberikan register kepada `{made.id}` ke-{made.number} kasus ini",
                        path=f"{path}.nomor",
                        expected="nomor yang belum dipakai",
                        remedy="hapus isian ini supaya register memberi nomornya, atau tulis nomor yang benar",
                    )
                )

    def check_stated(self, paper: str, number: int, filled: Mapping[str, Any]) -> None:
        """Notes a number of this case's own that another paper has been given already."""
        made, stated = self.made(paper, number), filled["nomor"]
        if self.numbers is None or made is None or isinstance(stated, Blank) or self.filler.problems:
            return
        office, read = self.office_of(made), running_number(self.office, paper, stated, filled["tanggal"])
        if isinstance(office, Blank) or read is None:
            return
        holder = self.numbers.holder(office, paper, *read)
        if holder is None or self.is_own(holder, number):
            return
        package = f", paket {holder.package}" if str(holder.package) else ""
        self.filler.problems.append(
            Problem(
                f"nomor “{stated}” sudah diberikan register kepada naskah lain: nomor urut {read[1]} `{paper}` tahun"
                f" {read[0]} milik kasus `{holder.case}`{package}",
                path=f"{self.given(paper, number)[1]}.nomor",
                expected="nomor yang belum dipakai",
                remedy="hapus isian ini supaya register memberi nomor berikutnya, atau tulis nomor yang benar",
            )
        )

    def is_own(self, letter: Letter, number: int) -> bool:
        """Whether it is this case's ``number``-th paper of that kind."""
        same_case = letter.case == self.case.kasus and not letter.package.differs_from(Package.of(self.case.paket))
        return same_case and letter.production == number

    def office_of(self, made: Production) -> Any:
        """In whose register a paper stands: that of the office whose letterhead it bears."""
        if self.contract.papers[made.id].letterhead_for(made.conclusions.decisions) == "kantor":
            return self.office.name
        unit = self.case.paket.get("perangkat_daerah")
        return unit or self.filler.blanks.blank("paket.perangkat_daerah", "perangkat daerah")

    def given(self, paper: str, number: int) -> tuple[Mapping[str, Any] | None, str]:
        """What the case says of it: one mapping is a list of one."""
        written = self.case.isian.get(paper)
        path = f"isian.{paper}"
        if isinstance(written, list):
            entry = written[number - 1] if number <= len(written) else None
            return entry, f"{path}[{number}]"
        return (written, path) if number == 1 else (None, f"{path}[{number}]")

    def cited(self, paper: str) -> dict[str, Any]:
        """Number and day of another paper: the latest made so far, or what staff say of it."""
        written = self.case.isian.get(paper)
        last = len(written) if isinstance(written, list) else 1
        number = self.production.earlier.get(paper) or max(last, 1)
        filled = self.entries(paper, number)
        return {entry.name: filled[entry.name] for entry in self.contract.common}

    def enclosures(self) -> list[dict[str, Any]]:
        """The papers made before this one, each kind once, as a list of enclosures names them."""
        latest = {earlier.id: earlier for earlier in self.production.before}
        rows = []
        for paper, earlier in latest.items():
            filled = self.entries(paper, earlier.number)
            title = earlier.title
            rows.append({"dokumen": title, "nomor": filled["nomor"], "tanggal": filled["tanggal"]})
        return rows

    def shared(self, name: str) -> dict[str, Any]:
        """Entries that several papers read; a line of goods also gets its amount."""
        filled = self.filler.record(self.contract.shared[name], self.case.isian.get(name), f"isian.{name}")
        for row in _rows_of(filled.get("barang")):
            quantity, price = row["kuantitas"], row["harga_satuan"]
            blank = next((part for part in (quantity, price) if isinstance(part, Blank)), None)
            row["jumlah"] = quantity * price if blank is None else blank
        return filled

    def conclusions(self) -> dict[str, Any]:
        """Decisions by id; an optional one that was not taken is None."""
        stood, declared = self.production.conclusions, self.declared
        names = (*declared.decisions, *declared.possible)
        return {
            "keputusan": {key_of(name): stood.decisions.get(name) for name in names},
            "fakta": self.known("fakta", declared.facts, stood.facts),
            "parameter": self.known("parameter", declared.parameters, stood.parameters),
            "hasil": self.known("hasil", declared.outcomes, stood.outcomes),
        }

    def known(self, of: str, names: tuple[str, ...], values: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in names:
            value = values.get(name)
            if value is None:
                value = self.filler.blanks.blank(f"{of}.{name}", name.replace("_", " "))
            elif isinstance(value, tuple | list):
                value = [self.word(item) for item in value]
            found[name] = value
        return found

    def word(self, code: Any) -> Any:
        """A coded value as papers say it."""
        return self.contract.words.get(code, code) if isinstance(code, str) else code

    def letterhead(self) -> dict[str, Any]:
        """The office's letterhead, or that of the package's own unit for papers that it signs."""
        if self.declared.letterhead_for(self.production.conclusions.decisions) == "kantor":
            return letterhead_lines(self.office.letterhead)
        unit = self.case.paket.get("perangkat_daerah")
        if unit is not None and unit in self.office.units:
            return letterhead_lines(self.office.units[unit])
        address = self.filler.blanks.blank(
            f"profil.perangkat_daerah.{unit}" if unit else "paket.perangkat_daerah",
            "alamat perangkat daerah",
        )
        return {
            "induk": list(self.office.letterhead.above[:1]),
            "nama": unit.upper() if unit else self.filler.blanks.blank("paket.perangkat_daerah", "perangkat daerah"),
            "alamat": [address],
        }


def _rows_of(rows: Any) -> list[dict[str, Any]]:
    if rows is None:
        return []
    return [rows.row] if hasattr(rows, "row") else list(rows)


def letterhead_lines(head: Letterhead) -> dict[str, Any]:
    """A letterhead as templates name its parts."""
    return {"induk": list(head.above), "nama": head.name, "alamat": list(head.address)}
