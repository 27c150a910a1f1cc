"""Why no facts of a case give a decision the value that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from pbj_rules.assurance.proofs.enumerating import Enumeration
from pbj_rules.assurance.questions.guesses import settled
from pbj_rules.assurance.questions.walks import Walks
from pbj_rules.assurance.questions.wanted import Wanted
from pbj_rules.language.saying import say
from pbj_rules.regulation.flow import successors
from pbj_rules.regulation.model import Branch, Row

__all__ = ["why_impossible"]


def why_impossible(walks: Walks, wanted: Wanted) -> str:
    """One sentence: the SOP is not walked, the branch cannot hold, a branch before it cannot, or there is no loop."""
    row, case = wanted.row, walks.base
    sop = row.id.partition("/")[0]
    if row.id not in {one.id for one in walks.rows()}:
        return (
            f"baris {row.id} tidak dilalui: kasus ini mulai di SOP {case.sop}, yang tidak menjalankan SOP {sop}. "
            f"Tanyakan pada kasus yang mulai di {sop}"
        )
    settings = walks.settings
    dead = list(_dead(walks, settings))
    its_own = [branch for _, branch in dead if branch in wanted.decision.cabang and branch.nilai == wanted.nilai]
    if len(its_own) == sum(branch.nilai == wanted.nilai for branch in wanted.decision.cabang):
        return f"cabangnya tidak dapat berlaku dengan setelan kasus ini: {say(its_own[0].jika, settings)}"
    if wanted.visit is not None and wanted.visit > 1 and not _is_in_loop(walks, row):
        return f"baris {row.id} tidak dilalui sebanyak {wanted.visit} kali: tidak ada putaran yang kembali ke sana"
    for before, branch in dead:
        if row.id in walks.reached(walks.regulation.row(branch.lanjut)):
            return (
                f"baris {row.id} tidak tercapai: cabang `{branch.nilai}` di {before.id} tidak dapat berlaku dengan "
                f"setelan kasus ini ({say(branch.jika, settings)})"
            )
    return f"tidak ada fakta yang membawa kasus ini ke nilai itu di baris {row.id}"


def _dead(walks: Walks, settings: dict[str, int]) -> Iterator[tuple[Row, Branch]]:
    """The branches that no values make hold under the settings of the case."""
    possible = Enumeration(walks.regulation)
    for row in walks.rows():
        for branch in (branch for decision in row.keputusan for branch in decision.cabang):
            if possible.solve((settled(branch.jika, settings),)) is None:
                yield row, branch


def _is_in_loop(walks: Walks, row: Row) -> bool:
    return any(row.id in walks.reached(walks.regulation.row(name)) for name in successors(row))
