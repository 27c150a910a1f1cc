"""The people and firms of a case as papers speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blank, MissingList
from pbj_rules.documents.fields import Contract
from pbj_rules.documents.filling import Filler
from pbj_rules.documents.office import Office

__all__ = ["bidders", "officials"]

BIDDERS = "penyedia"
TEAM = "pokja"


def officials(case: Case, office: Office, contract: Contract, filler: Filler) -> dict[str, Any]:
    """Every role by its key; the case's officials stand before the office's."""
    given = {role: _named(case, office, role) for role in contract.roles}
    # Who signs the contract is PA, KPA or PPK; unless the case says otherwise it is the PPK.
    if given["pejabat_penandatangan_kontrak"] is None and given["ppk"] is not None:
        signer = {"pejabat_penandatangan_kontrak": "ppk"}
    else:
        signer = {}
    found: dict[str, Any] = {}
    for role, title in contract.roles.items():
        source = signer.get(role, role)
        path = f"pejabat.{source}"
        if role == TEAM:
            found[role] = _team(given[role], contract, filler, title)
        else:
            found[role] = filler.record(contract.case["orang"], given[source], path, of=title)
    found["penetap"] = _appointer(given, found)
    found["ketua_pokja"] = _chair(found[TEAM])
    return found


def _named(case: Case, office: Office, role: str) -> Any:
    """The official of a role, or None; a person known in part to the case is completed by the office."""
    mine, theirs = case.pejabat.get(role), office.officials.get(role)
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping) and "nama" not in mine:
        return {**theirs, **mine}
    return mine or theirs


def _team(given: Any, contract: Contract, filler: Filler, title: str) -> Any:
    entries, path = contract.case["anggota"], f"pejabat.{TEAM}"
    if not given:
        return filler.missing_rows(entries, path, title, of=title)
    return filler.rows(entries, given, path, of=title)


def _appointer(given: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Who appoints the winner above the threshold: the PA, or the KPA where only a KPA is named."""
    only_kpa = given["pa"] is None and given["kpa"] is not None
    name = "Kuasa Pengguna Anggaran" if only_kpa else "Pengguna Anggaran"
    return {**found["kpa" if only_kpa else "pa"], "sebutan": name}


def _chair(team: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The member whose position is chair, else the first."""
    if isinstance(team, MissingList):
        return team.row
    for member in team:
        position = member["jabatan"]
        if isinstance(position, str) and position.lower().startswith("ketua"):
            return member
    return team[0]


@frozen
class _Bidders:
    """Bidders in the case's order, and the same sorted by what papers ask."""

    everyone: Any
    proven: Any
    offering: Any
    winner: dict[str, Any]
    reserves: list[dict[str, Any]]


def bidders(case: Case, contract: Contract, filler: Filler) -> dict[str, Any]:
    """The bidders, those at the proof of qualification, those with a bid, winner and reserves."""
    entries = contract.case[BIDDERS]
    if not case.penyedia:
        missing = filler.missing_rows(entries, BIDDERS, "peserta")
        _conclude(missing.row)
        winner = filler.record(entries, None, f"{BIDDERS}[1]")
        found = _Bidders(missing, missing, missing, _conclude(winner), [])
    else:
        rows = [_conclude(row) for row in filler.rows(entries, case.penyedia, BIDDERS)]
        found = _sorted(case, contract, filler, rows)
    return {
        "peserta": found.everyone,
        "peserta_pembuktian": found.proven,
        "penawar": found.offering,
        "pemenang": found.winner,
        "cadangan": found.reserves,
    }


def _sorted(
    case: Case, contract: Contract, filler: Filler, rows: list[dict[str, Any]]
) -> _Bidders:
    given = list(zip(case.penyedia, rows, strict=True))
    proven = [
        row for one, row in given if one.get("kualifikasi", {}).get("lulus") is not False
    ]
    offering = [row for one, row in given if one.get("penawaran")]
    ranked = sorted(
        (one["penawaran"]["peringkat"], number)
        for number, (one, _) in enumerate(given)
        if one.get("penawaran", {}).get("peringkat") is not None
    )
    if ranked and ranked[0][0] == 1:
        winner = rows[ranked[0][1]]
    elif len(rows) == 1:
        winner = rows[0]
    else:
        path = f"{BIDDERS}.penawaran.peringkat"
        winner = _conclude(filler.missing_rows(contract.case[BIDDERS], path, "peringkat").row)
    reserves = [rows[number] for rank, number in ranked if rank > 1]
    return _Bidders(rows, proven, offering or rows, winner, reserves)


def _conclude(row: dict[str, Any]) -> dict[str, Any]:
    """Adds what follows from a bid: its valid price and whether it passed."""
    bid = row["penawaran"]
    prices = (bid["harga_negosiasi"], bid["harga_terkoreksi"])
    row["harga"] = next((price for price in prices if price is not None), bid["harga"])
    if bid["gugur"] is not None:
        row["hasil"] = "Gugur"
    elif isinstance(bid["peringkat"], Blank):
        row["hasil"] = bid["peringkat"]
    else:
        row["hasil"] = "Lulus"
    return row
