"""Checks that every row of a regulation can be reached and every path can end."""

from __future__ import annotations

from collections.abc import Iterator

from pbj_rules.errors import Problem
from pbj_rules.language.tree import Condition, Source, symbols_of
from pbj_rules.regulation.model import Call, Regulation, Row, RowDocument, Sop

__all__ = ["flow_problems", "successors"]


def successors(row: Row) -> tuple[str, ...]:
    """The ids of the rows that may follow this one within its SOP."""
    if row.keputusan:
        return tuple(dict.fromkeys(branch.lanjut for branch in row.keputusan[-1].cabang))
    return (row.lanjut.baris,) if row.lanjut is not None else ()


def flow_problems(regulation: Regulation) -> list[Problem]:
    """Every row that nothing leads to or that leads nowhere, every endless loop, every call that calls itself,
    every use of a decision that may not have been made."""
    problems: list[Problem] = []
    for sop in regulation.sop.values():
        problems.extend(_unreachable(sop))
        problems.extend(_without_target(sop))
        problems.extend(_endless(sop))
        problems.extend(_loops_without_question(regulation, sop))
        problems.extend(_disagreeing_decisions(sop))
        problems.extend(_bad_calls(regulation, sop))
    problems.extend(_bad_references(regulation))
    return problems


def _problem(row: Row, message: str, remedy: str) -> Problem:
    return Problem(message, row.file, row.line, f"baris {row.id}", "", remedy)


def _last(sop: Sop) -> Row:
    return tuple(sop.baris.values())[-1]


def _reached(sop: Sop, start: str, without: str = "") -> set[str]:
    """The ids of the rows that can be reached from ``start``, itself included, on paths that avoid ``without``."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        row_id = waiting.pop()
        if row_id not in seen and row_id != without:
            seen.add(row_id)
            waiting.extend(successors(sop.baris[row_id.partition("/")[2]]))
    return seen


def _unreachable(sop: Sop) -> Iterator[Problem]:
    reached = _reached(sop, sop.first.id)
    for row in sop.baris.values():
        if row.id not in reached:
            yield _problem(
                row,
                f"baris `{row.id}` tidak terjangkau dari baris pertama",
                "arahkan `lanjut` suatu baris atau cabang ke baris ini",
            )


def _without_target(sop: Sop) -> Iterator[Problem]:
    last = _last(sop)
    for row in sop.baris.values():
        if row.jenis == "selesai" and row is not last:
            yield _problem(row, "baris Selesai bukan baris terakhir", "letakkan di akhir tabel")
        elif row is last and row.lanjut is not None and row.jenis == "selesai":
            yield _problem(row, "baris Selesai menutup alur", "hapus `lanjut:`")
        elif row is not last and not row.keputusan and row.lanjut is None:
            yield _problem(row, "baris tanpa tujuan", "tambahkan `lanjut:`")


def _endless(sop: Sop) -> Iterator[Problem]:
    """The table ends with its last row; a row from which that cannot be reached loops for ever."""
    last = _last(sop)
    if successors(last) and last.jenis != "selesai":
        yield _problem(
            last,
            f"SOP `{sop.id}` tidak pernah selesai: baris terakhirnya berlanjut",
            "jadikan baris terakhir penutup alur, tanpa `lanjut:` dan tanpa keputusan",
        )
    for row in sop.baris.values():
        if last.id not in _reached(sop, row.id):
            yield _problem(
                row, f"dari baris `{row.id}` alur tidak pernah selesai", "beri cabang yang keluar dari putaran ini"
            )


def _loops_without_question(regulation: Regulation, sop: Sop) -> Iterator[Problem]:
    """Only answers change from visit to visit; a loop that asks for none would turn for ever, or never."""
    silent = {row.id: row for row in sop.baris.values() if not _asks(regulation, row)}
    for row in silent.values():
        seen: set[str] = set()
        waiting = list(successors(row))
        while waiting:
            row_id = waiting.pop()
            if row_id in silent and row_id not in seen:
                seen.add(row_id)
                waiting.extend(successors(silent[row_id]))
        if row.id in seen:
            yield _problem(
                row,
                f"putaran melalui baris `{row.id}` tidak menanyakan apa pun",
                "beri putaran itu keputusan atas fakta yang dijawab setiap kunjungan",
            )


def _asks(regulation: Regulation, row: Row) -> bool:
    """Whether the branch that the row takes rests on an answer of the visit."""
    if not row.keputusan:
        return False
    return any(
        symbol.source is Source.ANSWER and symbol.wajib and regulation.fakta[symbol.name].turunan is None
        for decision in row.keputusan
        for symbol in decision.fakta
    )


def _disagreeing_decisions(sop: Sop) -> Iterator[Problem]:
    """All but the last decision of a row only decide; the row goes on by the last one alone."""
    for row in sop.baris.values():
        targets = {branch.lanjut for decision in row.keputusan for branch in decision.cabang}
        if len(row.keputusan) > 1 and len(targets) > 1:
            yield _problem(
                row,
                "beberapa keputusan dalam satu baris harus berlanjut ke baris yang sama",
                "samakan `lanjut` semua cabangnya",
            )


def _bad_calls(regulation: Regulation, sop: Sop) -> Iterator[Problem]:
    for row in sop.baris.values():
        for call in row.panggil:
            if any(inner.panggil for inner in regulation.sop[call.sop].baris.values()):
                yield _problem(row, f"SOP `{call.sop}` sendiri memanggil SOP lain", "panggil hanya SOP rinci")


def _bad_references(regulation: Regulation) -> Iterator[Problem]:
    """`keputusan.x` means the one value that x has: made before on every path, and outside every loop, or just now."""
    decided_in = {f"keputusan.{decision.id}": row for row in regulation.rows() for decision in row.keputusan}
    for row in regulation.rows():
        for position, tree in _conditions(row):
            for symbol in symbols_of(tree):
                decided = decided_in.get(symbol.name)
                if decided is None:
                    continue
                if decided is row:
                    made = [f"keputusan.{decision.id}" for decision in row.keputusan[:position]]
                    if symbol.name not in made:
                        yield _problem(
                            row,
                            f"`{symbol.name}` belum diputus ketika kondisi ini dibaca",
                            "rujuk keputusan sebelumnya",
                        )
                elif _in_loop(regulation, decided):
                    yield _problem(
                        row,
                        f"`{symbol.name}` dapat diputus lebih dari sekali sebelum baris ini",
                        "rujuk keputusan baris ini sendiri",
                    )
                elif not _always_before(regulation, decided, row):
                    yield _problem(
                        row,
                        f"`{symbol.name}` belum tentu diputus sebelum baris ini",
                        "rujuk keputusan yang dilalui setiap jalan ke baris ini",
                    )


def _conditions(row: Row) -> Iterator[tuple[int, Condition]]:
    """Every condition of a row, with the number of the row's own decisions that were made before it is read."""
    for position, decision in enumerate(row.keputusan):
        yield from ((position, branch.jika) for branch in decision.cabang)
    users: tuple[Call | RowDocument, ...] = (*row.panggil, *row.dokumen)
    yield from ((len(row.keputusan), user.jika) for user in users if user.jika is not None)


def _in_loop(regulation: Regulation, row: Row) -> bool:
    sop = regulation.sop[_sop_id(row)]
    return any(row.id in _reached(sop, following) for following in successors(row))


def _always_before(regulation: Regulation, decided: Row, user: Row) -> bool:
    """Whether every walk that comes to ``user`` has passed ``decided``, in its own SOP or in one called on the way."""
    sop = regulation.sop[_sop_id(user)]
    if _sop_id(decided) == sop.id:
        return user.id not in _reached(sop, sop.first.id, without=decided.id)
    inner = regulation.sop[_sop_id(decided)]
    if _last(inner).id in _reached(inner, inner.first.id, without=decided.id):
        return False
    return any(
        user.id not in _reached(sop, sop.first.id, without=row.id)
        for row in sop.baris.values()
        for call in row.panggil
        if call.sop == inner.id and call.jika is None and row is not user and not _in_loop(regulation, row)
    )


def _sop_id(row: Row) -> str:
    return row.id.partition("/")[0]
