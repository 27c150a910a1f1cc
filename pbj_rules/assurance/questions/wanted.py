"""What a person asks for: a decision, the value it should have, and at which visit."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Final

from attrs import frozen

from pbj_rules.assurance.questions.walks import Walk
from pbj_rules.errors import InputError, Problem
from pbj_rules.regulation.model import Decision, Regulation, Row
from pbj_rules.result import Keputusan, Result
from pbj_rules.shapes import nearest, shown

__all__ = ["Wanted", "wanted_of"]

_FORM: Final = re.compile(r"([^=@]+)(?:@([0-9]{1,9}))?=(.+)", re.DOTALL)
_MOST_VISITS: Final = 20
_EXAMPLE: Final = "KEPUTUSAN=NILAI, mis. kuorum-peserta=terpenuhi atau prakualifikasi/6=terpenuhi"


@frozen
class Wanted:
    """``visit`` is the number of a visit, or None for the last: the value that the case goes on with."""

    row: Row
    decision: Decision
    nilai: str
    visit: int | None = None

    def made_in(self, result: Result) -> Keputusan | None:
        """The decision as the result has it; None where it was not made."""
        made = [one for one in result.keputusan if one.id == self.decision.id]
        if self.visit is not None:
            made = made[self.visit - 1 : self.visit]
        return made[-1] if made else None

    def met_by(self, walk: Walk) -> bool:
        """Whether the walk gives the value."""
        made = [asked.nilai for asked in walk.asked if asked.decision is self.decision and asked.nilai is not None]
        if self.visit is not None:
            made = made[self.visit - 1 : self.visit]
        return bool(made) and made[-1] == self.nilai

    def so_far(self, walk: Walk, number: int) -> Hashable:
        """What a walk has had of the decision before one of its questions."""
        made = [asked.nilai for asked in walk.asked[:number] if asked.decision is self.decision]
        return (len(made), tuple(made)) if self.visit is not None else tuple(made[-1:])


def wanted_of(regulation: Regulation, words: str) -> Wanted:
    """What the words ask for: a decision by its id, or by its row; ``@2`` after it for the second visit.

    Raises InputError where there is no such decision or it has no such value, with the nearest name.
    """
    form = _FORM.fullmatch(words.strip())
    if form is None:
        raise InputError([Problem(f"{shown(words)} bukan pertanyaan", expected=_EXAMPLE)])
    if form[2] is not None and not 1 <= int(form[2]) <= _MOST_VISITS:
        raise InputError(
            [Problem(f"kunjungan ke-{form[2]} tidak dapat ditanyakan", expected=f"1 sampai {_MOST_VISITS}")]
        )
    name, visit, value = form[1].strip(), form[2], form[3].strip()
    places = [(row, decision) for row in regulation.rows() for decision in row.keputusan]
    meant = [(row, decision) for row, decision in places if name in (decision.id, row.id)]
    if not meant:
        raise InputError([_unknown(regulation, name)])
    for row, decision in meant:
        if value in [branch.nilai for branch in decision.cabang]:
            return Wanted(row, decision, value, int(visit) if visit else None)
    values = list(dict.fromkeys(branch.nilai for _, decision in meant for branch in decision.cabang))
    title = " dan ".join(f"`{decision.id}`" for _, decision in meant)
    raise InputError(
        [
            Problem(
                f"{shown(value)} bukan nilai keputusan {title} ({meant[0][0].id})",
                expected="salah satu dari " + ", ".join(values),
                remedy=nearest(value, values),
            )
        ]
    )


def _unknown(regulation: Regulation, name: str) -> Problem:
    if name in [row.id for row in regulation.rows()]:
        return Problem(f"baris {name} tidak memuat keputusan", remedy="baris yang memutuskan tampak dalam `pbj sop ID`")
    names = [name for row in regulation.rows() for one in row.keputusan for name in (one.id, row.id)]
    remedy = nearest(name, names) or "setiap keputusan tampak dalam `pbj facts --json`"
    return Problem(f"keputusan {shown(name)} tidak dikenal", expected="id keputusan, atau SOP/baris", remedy=remedy)
