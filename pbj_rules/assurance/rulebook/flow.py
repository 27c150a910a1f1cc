"""The flow of an SOP as a chart needs it: what stands in whose column, and what leads where under which mark."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Final

from attrs import frozen

from pbj_rules.language.tree import Compare, Kind, Literal, Operator
from pbj_rules.regulation.flow import successors
from pbj_rules.regulation.model import Basis, Branch, Row, Sop

__all__ = ["Edge", "Node", "Sign", "flow_of"]

_BEFORE: Final = re.compile(r"(?:^|\s)(\S{1,2})[.)]\s*$")


class Sign(enum.Enum):
    """The signs of Permenpan RB 35/2012: capsule, box, diamond, pentagon (an arrow is a line)."""

    CAPSULE = "kapsul"
    BOX = "kotak"
    DIAMOND = "belah ketupat"
    PENTAGON = "segi lima"


@frozen
class Node:
    """What a row is in the chart. ``lane``: its actor's column; ``also``: the columns of those who take part."""

    row: str
    sign: Sign
    lane: int
    also: tuple[int, ...]
    text: str = ""


@frozen
class Edge:
    """An arrow. ``mark``: under which outcome it is taken; ``read``: that it rests on an interpretation."""

    source: str
    target: str
    mark: str = ""
    read: bool = False


def flow_of(sop: Sop) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes of an SOP, in the order of its rows, and the arrows between them."""
    rows = tuple(sop.baris.values())
    edges = tuple(edge for row in rows for edge in _edges(row))
    lanes = {role: number for number, (_, role) in enumerate(sop.kolom)}
    return tuple(_node(row, rows, lanes, edges) for row in rows), edges


def _node(row: Row, rows: Sequence[Row], lanes: dict[str, int], edges: Sequence[Edge]) -> Node:
    # A decision that goes on to one row whatever its outcome leaves nothing to choose on the way.
    inner = Sign.DIAMOND if len(successors(row)) > 1 else Sign.BOX
    sign = Sign.CAPSULE if row in (rows[0], rows[-1]) else inner
    also = tuple(sorted({lanes[role] for role in row.pelaksana.juga if role in lanes})) if row.pelaksana else ()
    lane = _lane(row, rows, lanes, edges)
    text = row.kegiatan if row.jenis in ("mulai", "selesai") else ""
    return Node(row.id, sign, lane, tuple(column for column in also if column != lane), text)


def _lane(row: Row, rows: Sequence[Row], lanes: dict[str, int], edges: Sequence[Edge]) -> int:
    """The column of a row's actor; a start stands where it leads, an end below what came last."""
    if row.pelaksana is not None and row.pelaksana.peran in lanes:
        return lanes[row.pelaksana.peran]
    next_to = [edge.target for edge in edges if edge.source == row.id]
    next_to += [edge.source for edge in reversed(edges) if edge.target == row.id]
    neighbours = {other.id: other for other in rows if other.id in next_to and other.pelaksana is not None}
    for name in next_to:
        performer = neighbours[name].pelaksana if name in neighbours else None
        if performer is not None and performer.peran in lanes:
            return lanes[performer.peran]
    return 0


def _edges(row: Row) -> Iterator[Edge]:
    if row.lanjut is not None:
        yield Edge(row.id, row.lanjut.baris, read=row.lanjut.dasar == Basis.INTERPRETATION.value)
    targets = successors(row) if row.keputusan else ()
    for target in targets:
        leading = [branch for branch in row.keputusan[-1].cabang if branch.lanjut == target]
        marks = dict.fromkeys(_mark(row, branch) for branch in leading)
        read = all(branch.citation.dasar is Basis.INTERPRETATION for branch in leading)
        yield Edge(row.id, target, ", ".join(marks) if len(targets) > 1 else "", read and len(targets) > 1)


def _mark(row: Row, branch: Branch) -> str:
    """The branch's printed marker; where none is printed, Y(a) or T(idak), or its letter in their order."""
    marker = _BEFORE.search(row.kegiatan.partition(branch.citation.kutipan)[0])
    if branch.citation.kutipan in row.kegiatan and marker:
        return marker[1]
    match branch.jika:
        case Compare(left, operator, Literal(bool(value))) if left.type.kind is Kind.FLAG:
            return "Y" if value is (operator is Operator.EQ) else "T"
    return ascii_lowercase[row.keputusan[-1].cabang.index(branch)]
