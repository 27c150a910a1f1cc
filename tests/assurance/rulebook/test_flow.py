"""The chart is that of the rules: their targets, their actors, their marks."""

from __future__ import annotations

import pytest

from pbj_rules.assurance.rulebook.flow import Edge, Sign, flow_of
from pbj_rules.regulation.flow import successors
from pbj_rules.regulation.model import Regulation


def marks(regulation: Regulation, row: str) -> dict[str, str]:
    _, edges = flow_of(regulation.sop[row.partition("/")[0]])
    return {edge.target.partition("/")[2]: edge.mark for edge in edges if edge.source == row}


def test_an_arrow_leads_from_every_row_to_each_of_its_targets_and_to_nothing_else(regulation: Regulation) -> None:
    for sop in regulation.sop.values():
        _, edges = flow_of(sop)
        expected = [(row.id, target) for row in sop.baris.values() for target in successors(row)]
        assert [(edge.source, edge.target) for edge in edges] == expected


def test_every_row_stands_in_the_column_of_its_actor(regulation: Regulation) -> None:
    for sop in regulation.sop.values():
        nodes, _ = flow_of(sop)
        for node in nodes:
            performer = regulation.row(node.row).pelaksana
            if performer is not None:
                assert sop.kolom[node.lane][1] == performer.peran


def test_a_start_stands_over_what_it_leads_to_and_an_end_below_what_came_last(regulation: Regulation) -> None:
    nodes = {node.row: node for node in flow_of(regulation.sop["tender-seleksi"])[0]}
    assert nodes["tender-seleksi/1"].lane == nodes["tender-seleksi/2"].lane
    assert nodes["tender-seleksi/16"].lane == nodes["tender-seleksi/15"].lane


@pytest.mark.parametrize(
    ("row", "sign"),
    [
        ("prakualifikasi/1", Sign.CAPSULE),
        ("prakualifikasi/2", Sign.BOX),
        ("prakualifikasi/6", Sign.DIAMOND),
        ("prakualifikasi/12", Sign.CAPSULE),
        ("laporan-pemilihan/1", Sign.CAPSULE),  # no Mulai is printed: the first activity opens the flow
        ("pengelolaan-risiko/14", Sign.CAPSULE),
        ("tender-seleksi/11", Sign.BOX),  # decides who sets the winner, but goes on to one row
    ],
)
def test_the_sign_of_a_row(regulation: Regulation, row: str, sign: Sign) -> None:
    nodes, _ = flow_of(regulation.sop[row.partition("/")[0]])
    assert next(node.sign for node in nodes if node.row == row) is sign


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("prakualifikasi/6", {"8": "a", "7": "b"}),
        ("pelaksanaan-kontrak/16", {"19": "b", "17": "a"}),  # printed the other way round than the branches stand
        ("tender-seleksi/4", {"7": "5", "6": "6", "5": "7"}),  # as printed, wrong as that is
        ("laporan-pemilihan/4", {"5": "Y", "3": "T"}),  # no marker is printed
        ("pengelolaan-kinerja/18", {"12": "a", "19": "b, c"}),  # as the arrows left in the text say
        ("prakualifikasi/8", {"9": ""}),
    ],
)
def test_an_arrow_is_marked_as_the_branch_is_printed(
    regulation: Regulation, row: str, expected: dict[str, str]
) -> None:
    assert marks(regulation, row) == expected


def test_an_arrow_is_ours_only_if_nothing_in_the_text_leads_that_way(regulation: Regulation) -> None:
    _, edges = flow_of(regulation.sop["prakualifikasi"])
    read = {(edge.source, edge.target) for edge in edges if edge.read}
    # Row 7 goes to 8 by the text ("more than 3") and by a reading ("exactly 3"): the arrow is the text's.
    assert read == {("prakualifikasi/10", "prakualifikasi/12")}
    assert Edge("prakualifikasi/7", "prakualifikasi/8", "a") in edges
