"""The QR code of a paper: what a scanner reads in it, and reading its picture back as dark and light."""

from __future__ import annotations

import struct
import zlib

import pytest
import segno
import zxingcpp
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from pbj_rules.documents import Office, Paper
from pbj_rules.documents.png import dark_pixels
from pbj_rules.documents.seal import QR_PICTURE, SEAL_PART, read_seal
from tests.documents.cases import full_case
from tests.documents.conftest import Render
from tests.documents.reading_word import parts_of

ROWS = st.integers(1, 9).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 1), min_size=width, max_size=width), min_size=1, max_size=5)
)
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


@pytest.fixture(scope="module")
def papers(render: Render, office: Office) -> tuple[Paper, ...]:
    return render(full_case("tender"), by=evolve(office, qr=True))


def scanned(picture: bytes) -> list[str]:
    """What a scanner reads, at four dots a dot and with white around."""
    rows = dark_pixels(picture)
    assert rows is not None
    white = bytes([255])
    wide = [white * 32 + b"".join((bytes([0]) if dot else white) * 4 for dot in row) + white * 32 for row in rows]
    blank = white * len(wide[0]) * 32
    pixels = blank + b"".join(row * 4 for row in wide) + blank
    shape = (len(pixels) // len(wide[0]), len(wide[0]))
    return [found.text for found in zxingcpp.read_barcodes(memoryview(pixels).cast("B", shape))]


def test_a_scanner_reads_the_kind_of_the_paper_and_the_digest_of_its_words(papers: tuple[Paper, ...]) -> None:
    for paper in papers:
        parts = parts_of(paper.content)
        seal = read_seal(parts[SEAL_PART])
        assert seal is not None
        assert scanned(parts[QR_PICTURE]) == [f"pbj:{paper.id}:{seal.content}"]
        assert seal.content.startswith(paper.kode.replace("-", ""))


def test_an_office_that_wants_none_has_papers_without(render: Render) -> None:
    for paper in render(full_case("tender")):
        parts = parts_of(paper.content)
        assert QR_PICTURE not in parts
        assert b'name="QR"' not in parts["word/footer1.xml"]


def test_the_picture_is_that_of_the_matrix(papers: tuple[Paper, ...]) -> None:
    parts = parts_of(papers[0].content)
    seal = read_seal(parts[SEAL_PART])
    assert seal is not None
    code = segno.make(f"pbj:{seal.paper}:{seal.content}", error="m", micro=False)
    assert dark_pixels(parts[QR_PICTURE]) == tuple(bytes(row) for row in code.matrix_iter(scale=4, border=1))


def png(rows: list[list[int]], colours: int, filters: list[int]) -> bytes:
    """A picture of eight bits a sample, black where a row says 1, each line by a filter of PNG."""
    made, above = [], bytes(len(rows[0]) * SAMPLES[colours])
    for number, row in enumerate(rows):
        line = b"".join(sample(dot, colours) for dot in row)
        kind = filters[number % len(filters)]
        made.append(bytes([kind]) + filtered(line, above, kind, SAMPLES[colours]))
        above = line
    head = struct.pack(">2L5B", len(rows[0]), len(rows), 8, colours, 0, 0, 0)
    palette = [(b"PLTE", b"\xff\xff\xff\x00\x00\x00")] if colours == 3 else []
    chunks = [(b"IHDR", head), *palette, (b"IDAT", zlib.compress(b"".join(made))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )


def sample(dot: int, colours: int) -> bytes:
    if colours == 3:
        return bytes([dot])
    value = bytes([0 if dot else 255])
    return value * (3 if colours in (2, 6) else 1) + (b"\xff" if colours in (4, 6) else b"")


def filtered(line: bytes, above: bytes, kind: int, step: int) -> bytes:
    def guess(at: int) -> int:
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        near = left + above[at] - corner
        by_distance = sorted((left, above[at], corner), key=lambda value: abs(near - value))
        return [0, left, above[at], (left + above[at]) // 2, by_distance[0]][kind]

    return bytes((line[at] - guess(at)) & 0xFF for at in range(len(line)))


@given(ROWS, st.sampled_from(sorted(SAMPLES)), st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_a_picture_is_read_whatever_program_wrote_it(rows: list[list[int]], colours: int, filters: list[int]) -> None:
    assert dark_pixels(png(rows, colours, filters)) == tuple(map(bytes, rows))


@given(st.binary(max_size=200))
def test_what_is_no_picture_is_told_by_nothing(data: bytes) -> None:
    assert dark_pixels(data) is None
    assert dark_pixels(b"\x89PNG\r\n\x1a\n" + data) is None


def test_a_picture_cut_short_or_too_large_is_not_read() -> None:
    whole = png([[1, 0], [0, 1]], 0, [0])
    assert dark_pixels(whole) is not None
    assert all(dark_pixels(whole[:end]) is None for end in (0, 10, 30, 45))
    huge = whole.replace(struct.pack(">2L", 2, 2), struct.pack(">2L", 90_000, 90_000))
    assert dark_pixels(huge) is None
