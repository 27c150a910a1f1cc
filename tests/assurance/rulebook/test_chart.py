"""A chart can be followed: signs in their columns, lines past every sign, connectors in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from pbj_rules.assurance.rulebook.drawing import Box, Point, Polyline, Shape
from pbj_rules.assurance.rulebook.flow import Sign, flow_of
from pbj_rules.assurance.rulebook.lampiran import Lampiran
from pbj_rules.assurance.rulebook.layout import Page, Sheet, laid_out
from pbj_rules.assurance.rulebook.printed import naskah_lines, printed_table
from pbj_rules.regulation.model import Regulation


@pytest.fixture(scope="module")
def layouts(sheets: Lampiran, regulation: Regulation, shipped: Path) -> tuple[Sheet, ...]:
    """Every table on pages, and once more on one long page."""
    tables = [printed_table(regulation, sop, naskah_lines(shipped)) for sop in regulation.sop.values()]
    return (*sheets.sheets, *(laid_out(table, 306.0) for table in tables))


def pages(layouts: tuple[Sheet, ...]) -> Iterator[tuple[Sheet, Page]]:
    return ((sheet, page) for sheet in layouts for page in sheet.pages)


def crossed(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line runs through a box, not only along or up to its edge."""
    (x1, y1), (x2, y2) = line
    inner = 0.05
    return (
        max(x1, x2) > box.left + inner
        and min(x1, x2) < box.right - inner
        and max(y1, y2) > box.top + inner
        and min(y1, y2) < box.bottom - inner
    )


def target_of(line: Polyline) -> str:
    return line.name.partition(" → ")[2]


def together(a: tuple[Point, Point], b: tuple[Point, Point]) -> float:
    """How far two lines run on, or right beside, each other."""
    for axis in (0, 1):
        if a[0][axis] == a[1][axis] and b[0][axis] == b[1][axis] and abs(a[0][axis] - b[0][axis]) < 0.5:
            along = 1 - axis
            low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
            return min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along])) - low
    return 0.0


def test_every_sign_stands_in_its_row_and_its_column(layouts: tuple[Sheet, ...]) -> None:
    for sheet, page in pages(layouts):
        nodes = {node.row: node for node in flow_of(sheet.table.sop)[0]}
        rows = {placed.printed.row.id: placed for placed in page.rows if placed.printed.row is not None}
        signs = {shape.name: shape for shape in page.drawing.shapes if shape.name in rows}
        assert signs.keys() == rows.keys()
        for name, shape in signs.items():
            lane = 2 + nodes[name].lane
            left, right = sum(sheet.widths[:lane]), sum(sheet.widths[: lane + 1])
            assert left < shape.box.left < shape.box.right < right
            assert rows[name].top + rows[name].strip_above < shape.box.top
            assert shape.box.bottom < rows[name].bottom - rows[name].strip_below


def test_no_line_runs_through_a_sign(layouts: tuple[Sheet, ...]) -> None:
    for _, page in pages(layouts):
        for line in page.drawing.lines:
            for run in pairwise(line.points):
                assert not [shape.name for shape in page.drawing.shapes if crossed(run, shape.box)], line.name


def test_signs_do_not_cover_each_other(layouts: tuple[Sheet, ...]) -> None:
    for _, page in pages(layouts):
        for one, other in combinations(page.drawing.shapes, 2):
            a, b = one.box, other.box
            apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
            assert apart, (one.name, other.name)


def test_only_lines_to_one_target_run_together(layouts: tuple[Sheet, ...]) -> None:
    for _, page in pages(layouts):
        for one, other in combinations(page.drawing.lines, 2):
            if target_of(one) != target_of(other):
                shared = sum(max(0.0, together(a, b)) for a in pairwise(one.points) for b in pairwise(other.points))
                assert shared < 0.1, (one.name, other.name)


def test_lines_stay_within_the_columns_of_the_actors(layouts: tuple[Sheet, ...]) -> None:
    for sheet, page in pages(layouts):
        left, right = sum(sheet.widths[:2]), sum(sheet.widths[: 2 + len(sheet.table.lanes)])
        for line in page.drawing.lines:
            assert all(left < x < right for x, _ in line.points), line.name


def test_following_the_lines_over_all_pages_gives_the_flow_of_the_rules(layouts: tuple[Sheet, ...]) -> None:
    for sheet in layouts:
        drawn = [line.name for page in sheet.pages for line in page.drawing.lines if line.arrow]
        arrows = {tuple(name.split(" → ")) for name in drawn}
        followed = {(source, target.removeprefix("out:")) for source, target in arrows if not source.startswith("in:")}
        assert followed == {(edge.source, edge.target) for edge in flow_of(sheet.table.sop)[1]}


def connectors(page: Page, way: str) -> dict[str, Shape]:
    shapes = [shape for shape in page.drawing.shapes if shape.sign is Sign.PENTAGON]
    return {shape.text: shape for shape in shapes if shape.name.startswith(f"{way}:")}


def test_a_page_connector_is_taken_up_under_its_letter_on_the_page_of_its_target(layouts: tuple[Sheet, ...]) -> None:
    seen = 0
    for sheet in layouts:
        leaving = {
            (letter, s.name.removeprefix("out:")) for p in sheet.pages for letter, s in connectors(p, "out").items()
        }
        arriving = {}
        for page in sheet.pages:
            for letter, shape in connectors(page, "in").items():
                target = shape.name.removeprefix("in:")
                assert target in {placed.printed.row.id for placed in page.rows if placed.printed.row is not None}
                assert f"in:{target} → {target}" in {line.name for line in page.drawing.lines}
                arriving[letter] = target
        assert leaving == set(arriving.items())
        seen += len(leaving)
    assert seen > 20


def test_a_loop_back_over_a_page_is_drawn(sheets: Lampiran) -> None:
    (sheet,) = [sheet for sheet in sheets.sheets if sheet.table.sop.id == "registrasi-penyedia"]
    names = [line.name for line in sheet.pages[-1].drawing.lines]
    assert "registrasi-penyedia/10 → out:registrasi-penyedia/7" in names


def test_those_who_take_part_have_a_dashed_box(sheets: Lampiran) -> None:
    (sheet,) = [sheet for sheet in sheets.sheets if sheet.table.sop.id == "prakualifikasi"]
    dashed = {shape.name for page in sheet.pages for shape in page.drawing.shapes if shape.dashed}
    assert dashed == {"prakualifikasi/4 turut", "prakualifikasi/9 turut"}


def test_an_arrow_of_an_interpretation_is_dashed(sheets: Lampiran) -> None:
    (sheet,) = [sheet for sheet in sheets.sheets if sheet.table.sop.id == "prakualifikasi"]
    dashed = {line.name for page in sheet.pages for line in page.drawing.lines if line.dashed and line.arrow}
    assert dashed == {"prakualifikasi/10 → prakualifikasi/12"}
