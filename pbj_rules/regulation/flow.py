"""Checks that every row of a regulation can be reached and every path can end."""

from __future__ import annotations

from collections.abc import Iterator

from pbj_rules.errors import Problem
from pbj_rules.language.tree import symbols_of
from pbj_rules.regulation.model import Regulation, Row, Sop

__all__ = ["flow_problems", "successors"]


def successors(row: Row) -> tuple[str, ...]:
    """The ids of the rows that may follow this one within its SOP."""
    if row.keputusan:
        return tuple(dict.fromkeys(branch.lanjut for branch in row.keputusan[-1].cabang))
    return (row.lanjut.baris,) if row.lanjut is not None else ()


def flow_problems(regulation: Regulation) -> list[Problem]:
    """Every row that nothing leads to, every row that leads nowhere, every call that calls itself."""
    problems: list[Problem] = []
    for sop in regulation.sop.values():
        problems.extend(_unreachable(sop))
        problems.extend(_without_target(sop))
        problems.extend(_endless(sop))
        problems.extend(_disagreeing_decisions(sop))
        problems.extend(_bad_calls(regulation, sop))
    problems.extend(_bad_references(regulation))
    return problems


def _problem(row: Row, message: str, remedy: str) -> Problem:
    return Problem(message, row.file, row.line, f"baris {row.id}", "", remedy)


def _reached(sop: Sop, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        row_id = waiting.pop()
        if row_id not in seen:
            seen.add(row_id)
            waiting.extend(successors(sop.baris[row_id.partition("/")[2]]))
    return seen


def _unreachable(sop: Sop) -> Iterator[Problem]:
    reached = _reached(sop, sop.first.id)
    for row in sop.baris.values():
        if row.id not in reached:
            yield _problem(row, f"baris `{row.id}` tidak terjangkau dari baris pertama",
                           "arahkan `lanjut` suatu baris atau cabang ke baris ini")


def _without_target(sop: Sop) -> Iterator[Problem]:
    last = next(reversed(sop.baris.values()))
    for row in sop.baris.values():
        if row.jenis == "selesai" and row is not last:
            yield _problem(row, "baris Selesai bukan baris terakhir", "letakkan di akhir tabel")
        elif row is last and row.lanjut is not None and row.jenis == "selesai":
            yield _problem(row, "baris Selesai menutup alur", "hapus `lanjut:`")
        elif row is not last and not row.keputusan and row.lanjut is None:
            yield _problem(row, "baris tanpa tujuan", "tambahkan `lanjut:`")


def _endless(sop: Sop) -> Iterator[Problem]:
    """A row from which the last row of the table cannot be reached loops for ever."""
    last = next(reversed(sop.baris.values())).id
    for row in sop.baris.values():
        if last not in _reached(sop, row.id):
            yield _problem(row, f"dari baris `{row.id}` alur tidak pernah selesai", "beri cabang yang keluar dari putaran ini")


def _disagreeing_decisions(sop: Sop) -> Iterator[Problem]:
    """All but the last decision of a row only decide; the row goes on by the last one alone."""
    for row in sop.baris.values():
        targets = {branch.lanjut for decision in row.keputusan for branch in decision.cabang}
        if len(row.keputusan) > 1 and len(targets) > 1:
            yield _problem(row, "beberapa keputusan dalam satu baris harus berlanjut ke baris yang sama",
                           "samakan `lanjut` semua cabangnya")


def _bad_calls(regulation: Regulation, sop: Sop) -> Iterator[Problem]:
    for row in sop.baris.values():
        for call in row.panggil:
            if any(inner.panggil for inner in regulation.sop[call.sop].baris.values()):
                yield _problem(row, f"SOP `{call.sop}` sendiri memanggil SOP lain", "panggil hanya SOP rinci")


def _bad_references(regulation: Regulation) -> Iterator[Problem]:
    """`keputusan.x` means the one value that x has: of this row, or of a row outside every loop."""
    decided_in = {f"keputusan.{decision.id}": row for row in regulation.rows() for decision in row.keputusan}
    for row in regulation.rows():
        for user in (*row.panggil, *row.dokumen):
            for symbol in symbols_of(user.jika) if user.jika is not None else ():
                decided = decided_in.get(symbol.name)
                if decided is not None and decided is not row and _in_loop(regulation, decided):
                    yield _problem(row, f"`{symbol.name}` dapat diputus lebih dari sekali sebelum baris ini",
                                   "rujuk keputusan baris ini sendiri")


def _in_loop(regulation: Regulation, row: Row) -> bool:
    sop = regulation.sop[row.id.partition("/")[0]]
    return any(row.id in _reached(sop, following) for following in successors(row))
