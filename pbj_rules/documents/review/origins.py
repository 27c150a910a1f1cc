"""Where a value of a paper comes from, found in the case and the office profile themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from pbj_rules.case import Case
from pbj_rules.documents.context import DATED_BY_CASE
from pbj_rules.documents.contract.fields import Contract
from pbj_rules.documents.listing import TemplateField, origin_of
from pbj_rules.documents.office import Office
from pbj_rules.documents.parties import holder_of
from pbj_rules.documents.production import Production

__all__ = ["Origin", "Origins"]

CASE: Final = "kasus"
OFFICE: Final = "profil kantor"
UNFILLED: Final = "belum diisi"
# What the program composes of one part of the case.
_COMPOSED: Final = {"jenis_pengadaan": "paket.jenis", "hari_akun": "tanggal"}
_TEAM: Final = {"ketua_pokja": "pokja"}


@frozen
class Origin:
    """Of what record a value is (``kelompok``) and what it is there; ``asal``, ``sumber``: where it is written."""

    kelompok: str
    hal: str
    asal: str
    sumber: str


@frozen
class Origins:
    """Finds the origins of one paper's values."""

    case: Case
    office: Office
    contract: Contract
    production: Production
    _known: dict[str, Origin | None] = field(factory=dict, init=False)

    def of(self, name: str) -> Origin | None:
        """The origin of a dotted name; None for one that holds no value."""
        if name not in self._known:
            found = origin_of(self.production.id, name, self.contract)
            self._known[name] = None if found is None else self._origin(name, found)
        return self._known[name]

    def _origin(self, name: str, found: TemplateField) -> Origin:
        head, _, rest = name.partition(".")
        plain = (rest or head).replace("_", " ").replace(".", " ")
        if head == "kop":
            return Origin("kop surat", plain, OFFICE, self._letterhead())
        if head in _COMPOSED:
            return Origin("paket", plain, CASE, _COMPOSED[head])
        if head == "kantor":
            return Origin("kantor", plain, OFFICE, name)
        if found.asal == "kasus atau profil kantor":
            return self._official(head, rest)
        if found.isi.startswith("isian."):
            return self._entry(found, rest)
        if found.isi.startswith("paket."):
            return Origin("paket", found.judul or plain, CASE, found.isi)
        where = found.isi.removeprefix("disusun dari ")
        return Origin(head.replace("_", " ") if rest else "", found.judul or plain, found.asal, where)

    def _letterhead(self) -> str:
        if self.contract.papers[self.production.id].letterhead_for(self.production.conclusions.decisions) == "kantor":
            return "kop"
        return f"perangkat_daerah ({self.case.paket.get('perangkat_daerah', 'belum diisi')})"

    def _official(self, head: str, rest: str) -> Origin:
        role = _TEAM.get(head, head)
        if role == "pengesah":
            role = self.office.signers.get(self.production.id) or "kepala_ukpbj"
        stated = self.contract.papers[self.production.id].stated(self.production.conclusions.decisions)
        role = holder_of(self.case, self.office, role, stated)
        mine = self.case.pejabat.get(role)
        given = isinstance(mine, list | tuple) or (isinstance(mine, Mapping) and rest.partition(".")[0] in mine)
        title = self.contract.roles.get(head, head.replace("_", " "))
        path = (
            f"pejabat.{role}[]"
            if isinstance(mine or self.office.officials.get(role), list | tuple)
            else f"pejabat.{role}"
        )
        return Origin(title, rest.replace("_", " "), CASE if given else OFFICE, f"{path}.{rest}")

    def _entry(self, found: TemplateField, rest: str) -> Origin:
        """An entry of this paper, of another that it cites, or of several."""
        _, paper, key = found.isi.split(".", 2)
        own = paper == self.production.id
        group = "isian naskah ini" if own else paper.replace("_", " ")
        title = rest.replace("_", " ") if rest and found.judul.startswith(f"{rest} ") else found.judul or key
        given = self._given(paper)
        if key == "nomor" and given.get(key) is None and paper in self.contract.papers:
            return Origin(group, title, OFFICE, "nomor.pola")
        if key == "tanggal" and given.get(key) is None and paper in DATED_BY_CASE:
            return Origin(group, title, CASE, "tanggal")
        return Origin(group, title, CASE, found.isi)

    def _given(self, paper: str) -> Mapping[str, Any]:
        """What the case says of a paper: of this very one, or of the latest of another kind."""
        written = self.case.isian.get(paper)
        if not isinstance(written, list):
            return written or {}
        latest = self.production.earlier.get(paper) or len(written)
        number = self.production.number if paper == self.production.id else latest
        return (written[number - 1] if number <= len(written) else None) or {}
