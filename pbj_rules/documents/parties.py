"""The people and firms of a case as papers speak of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from pbj_rules.case import Case
from pbj_rules.documents.blanks import Blank, MissingList
from pbj_rules.documents.contract.fields import Contract
from pbj_rules.documents.filling import Filler
from pbj_rules.documents.office import Office
from pbj_rules.errors import Problem

__all__ = ["bidders", "holder_of", "officials"]

BIDDERS: Final = "penyedia"
TEAM: Final = "pokja"


# Roles that another role fills where nobody is named for them: the PPK signs contracts unless PA or KPA
# does, and the head of the Bagian heads the procurement unit.
STAND_INS: Final = {"pejabat_penandatangan_kontrak": "ppk", "kepala_ukpbj": "kepala_bagian_pbj"}
# Who appoints the winner above the threshold: the PA, or the KPA where only a KPA is named.
APPOINTERS: Final = {
    "pa": "Pengguna Anggaran",
    "kpa": "Kuasa Pengguna Anggaran",
    "pa_kpa": "Pengguna Anggaran/Kuasa Pengguna Anggaran",
}


def officials(
    case: Case, office: Office, contract: Contract, filler: Filler, decided: Collection[str] = ()
) -> dict[str, Any]:
    """Every role by its key; the case's officials stand before the office's.

    ``decided``: the values of the decisions that the paper states; one may say who alone appoints.
    """
    given = {role: _named(case, office, role) for role in contract.roles}
    found: dict[str, Any] = {}
    for role, title in contract.roles.items():
        if role == TEAM:
            found[role] = _team(given[role], contract, filler, title)
            continue
        source = _source(case, given, role)
        found[role] = filler.record(contract.case["orang"], given[source], f"pejabat.{source}", of=title)
    appointer = _appointer(given, decided)
    found["penetap"] = {**found[appointer], "sebutan": APPOINTERS[appointer]}
    found["ketua_pokja"] = _chair(found[TEAM])
    return found


def holder_of(case: Case, office: Office, role: str, decided: Collection[str] = ()) -> str:
    """The role under which case or office name the person that papers know as ``role``; ``decided`` as above."""
    roles = (role, STAND_INS.get(role, role), *APPOINTERS)
    given = {each: _named(case, office, each) for each in roles}
    return _appointer(given, decided) if role == "penetap" else _source(case, given, role)


def _appointer(given: Mapping[str, Any], decided: Collection[str]) -> str:
    named = (role for role in APPOINTERS if given[role] is not None)
    return next((role for role in APPOINTERS if role in decided), next(named, "pa"))


def _source(case: Case, given: Mapping[str, Any], role: str) -> str:
    """The role itself, or its stand-in where only that one is named, or only that one by the case."""
    other = STAND_INS.get(role)
    if other is None or given[other] is None or role in case.pejabat:
        return role
    return other if given[role] is None or other in case.pejabat else role


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


def _chair(team: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The member whose position is chair, else the first."""
    if isinstance(team, MissingList):
        return team.row
    for member in team:
        position = member["jabatan"]
        if isinstance(position, str) and position.lower().startswith("ketua"):
            return member
    return team[0]


def _first(rows: Any) -> dict[str, Any]:
    """The applicant of a registration: the first of the bidders."""
    first: dict[str, Any] = rows.row if isinstance(rows, MissingList) else rows[0]
    return first


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
        "pemohon": _first(found.everyone),
        "cadangan": found.reserves,
    }


def _sorted(case: Case, contract: Contract, filler: Filler, rows: list[dict[str, Any]]) -> _Bidders:
    given = list(zip(case.penyedia, rows, strict=True))
    proven = [row for one, row in given if one.get("kualifikasi", {}).get("lulus") is not False]
    offering = [row for one, row in given if one.get("penawaran")]
    ranked = sorted(
        (one["penawaran"]["peringkat"], number)
        for number, (one, _) in enumerate(given)
        if one.get("penawaran", {}).get("peringkat") is not None
    )
    filler.problems += _contradictions(case, ranked)
    if ranked and ranked[0][0] == 1:
        winner = rows[ranked[0][1]]
    elif len(rows) == 1:
        winner = rows[0]
    else:
        path = f"{BIDDERS}.penawaran.peringkat"
        winner = _conclude(filler.missing_rows(contract.case[BIDDERS], path, "peringkat").row)
    reserves = [rows[number] for rank, number in ranked if rank > 1]
    return _Bidders(rows, proven, offering or rows, winner, reserves)


def _contradictions(case: Case, ranked: Sequence[tuple[int, int]]) -> list[Problem]:
    """Bidders that share a rank, or have one although their bid failed, or failed without a reason."""
    problems = []
    for (rank, number), (before, _) in zip(ranked[1:], ranked, strict=False):
        if rank == before:
            problems.append(
                Problem(
                    f"peringkat {rank} dipakai lebih dari satu penyedia",
                    path=f"{BIDDERS}[{number + 1}].penawaran.peringkat",
                    expected="peringkat yang berbeda-beda",
                )
            )
    for rank, number in ranked:
        if case.penyedia[number]["penawaran"].get("gugur") is not None:
            problems.append(
                Problem(
                    f"penawaran yang gugur tidak berperingkat, di sini {rank}",
                    path=f"{BIDDERS}[{number + 1}].penawaran",
                    expected="`peringkat` atau `gugur`, tidak keduanya",
                    remedy="hapus salah satunya",
                )
            )
    for number, one in enumerate(case.penyedia, 1):
        bid = one.get("penawaran", {})
        if bid.get("tahap_gugur") is not None and bid.get("gugur") is None:
            problems.append(
                Problem(
                    "tahap gugur disebut tanpa alasannya",
                    path=f"{BIDDERS}[{number}].penawaran",
                    expected="`gugur` di samping `tahap_gugur`",
                    remedy="tulis alasannya di `gugur`, atau hapus `tahap_gugur`",
                )
            )
    return problems


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
