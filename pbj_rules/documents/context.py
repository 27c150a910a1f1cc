"""The variables of one paper: case, office, staff's entries and conclusions as a template names them.

Only plain values, and blanks where the case says nothing. A template that asks for anything else is
wrong, which rendering and linting say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from attrs import define

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blank, Blanks
from pbj_rules.documents.contract.deriving import derive
from pbj_rules.documents.contract.fields import Contract, PaperContract, key_of
from pbj_rules.documents.filling import Filler
from pbj_rules.documents.numbering import paper_number
from pbj_rules.documents.office import Letterhead, Office
from pbj_rules.documents.parties import bidders, officials
from pbj_rules.documents.production import Production
from pbj_rules.documents.register import Letter
from pbj_rules.documents.seal import VerificationCode
from pbj_rules.errors import Problem

__all__ = ["letterhead_lines", "paper_context"]

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


def paper_context(
    case: Case,
    office: Office,
    contract: Contract,
    production: Production,
    blanks: Blanks,
    number_of: Callable[[Letter], str | None] | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """The variables of a paper, and the values of the case that cannot be printed.

    ``number_of`` gives the running numbers that the case does not say; without it they are blanks.
    """
    builder = _Builder(case, office, contract, production, Filler(blanks), number_of)
    builder.filler.printable(case.kasus, "kasus")
    return builder.context(), builder.filler.problems


@define
class _Builder:
    case: Case
    office: Office
    contract: Contract
    production: Production
    filler: Filler
    number_of: Callable[[Letter], str | None] | None

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
            running = self.running(paper, number, filled["nomor"])
            filled["nomor"] = paper_number(self.office, paper, filled["nomor"], filled["tanggal"], running)
        return filled

    def running(self, paper: str, number: int, missing: Any) -> Callable[[date], Any] | None:
        """What gives the running number of a paper by its day: only papers of this very case get one."""
        number_of = self.number_of
        so_far = (*self.production.before, self.production)
        made = next((one for one in so_far if (one.id, one.number) == (paper, number)), None)
        # A paper with something in it that cannot be printed is refused anyway.
        if number_of is None or made is None or self.filler.problems:
            return None
        office = self.office_of(made)

        def given(day: date) -> Any:
            if isinstance(office, Blank):
                return office
            running = number_of(Letter(paper, day, office, self.case.kasus, number))
            return self.filler.printable(running, missing.path) if running else missing

        return given

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
