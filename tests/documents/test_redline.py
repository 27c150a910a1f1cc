"""Redlines lead from one text to the other: rejecting all changes gives back A, accepting all gives B."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, Paper, isian_shape, redline, render_papers
from pbj_rules.documents.packing import pack
from pbj_rules.documents.pairing import pair_papers
from pbj_rules.documents.places import template_files
from pbj_rules.documents.redlining import blank, same_pages
from pbj_rules.errors import InputError, PbjError
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory, templates_directory
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.conftest import Render, paper
from tests.documents.reading_word import W, digest, parts_of, whole_text
from tests.documents.test_hostile_values import HOSTILE
from tests.documents.test_validity import faults
from tests.documents.tracked import accept_all, changes_in, reject_all, story

DAY = date(2020, 5, 2)
BODY = "word/document.xml"
# The words of papers that were compared already.
LED: set[tuple[str, str]] = set()


def leads(a: bytes, b: bytes, folder: Path) -> bytes:
    """The redline of both, which is valid and leads from one to the other."""
    made = redline(a, b, author="pbj-rules", day=DAY)
    assert story(reject_all(made)) == story(a)
    assert story(accept_all(made)) == story(b)
    file = folder / "redline.docx"
    file.write_bytes(made)
    assert faults(file) == []
    return made


def pairs_lead(a: tuple[Paper, ...], b: tuple[Paper, ...], folder: Path) -> int:
    """The same for all papers that two runs both have; how many of them differ. Many cases have the same papers."""
    found = 0
    for pair in pair_papers(a, b):
        if pair.a is not None and pair.b is not None and not same_pages(pair.a.content, pair.b.content):
            found += 1
            words = (whole_text(pair.a.content), whole_text(pair.b.content))
            if words not in LED:
                leads(pair.a.content, pair.b.content, folder)
            LED.add(words)
    return found


def edited(content: bytes, change: Callable[[str], str], part: str = BODY) -> bytes:
    parts = parts_of(content)
    before = parts[part].decode("utf-8")
    parts[part] = change(before).encode("utf-8")
    assert parts[part].decode("utf-8") != before
    return pack(parts)


def with_other_words(case: dict[str, Any]) -> dict[str, Any]:
    """Nearly every text of the case changed at its beginning, in signs that XML must escape."""

    def other(value: Any, shortest: int) -> Any:
        if isinstance(value, dict):
            chosen = ("jenis", "metode_pemilihan")
            return {key: item if key in chosen else other(item, shortest) for key, item in value.items()}
        if isinstance(value, list):
            return [other(item, shortest) for item in value]
        changes = isinstance(value, str) and " " in value and len(value) >= shortest
        return f"A & <B> \"C\" 'D' {value}" if changes else value

    # Some of the short texts of papers are chosen from a list.
    parts = {"paket": 0, "pejabat": 0, "isian": 30}
    return deepcopy(case) | {part: other(case[part], shortest) for part, shortest in parts.items()}


def with_bidders(case: dict[str, Any], count: int) -> dict[str, Any]:
    """The case with so many bidders, each under a name and rank of its own."""
    changed = deepcopy(case)
    changed["penyedia"] = [deepcopy(case["penyedia"][number % len(case["penyedia"])]) for number in range(count)]
    for number, bidder in enumerate(changed["penyedia"], 1):
        bidder |= {"nama": f"PT Peserta {number}", "npwp": f"{number:015}"}
        if "peringkat" in bidder.get("penawaran", {}):
            bidder["penawaran"]["peringkat"] = number
    return changed


@pytest.fixture(scope="module")
def tender(render: Render) -> dict[str, bytes]:
    """The papers of a tender by their id."""
    return {paper.id: paper.content for paper in render(full_case("tender"))}


@pytest.mark.parametrize("name", CASES)
def test_other_words_come_and_go(name: str, render: Render, tmp_path: Path) -> None:
    assert pairs_lead(render(full_case(name)), render(with_other_words(full_case(name))), tmp_path)


def test_blanks_are_filled_in_and_come_back(render: Render, tmp_path: Path) -> None:
    """Each kind of paper once, every other one backwards."""
    kinds: set[str] = set()
    for name in CASES:
        for pair in pair_papers(render(minimal_case(name)), render(full_case(name))):
            if pair.id not in kinds and pair.a is not None and pair.b is not None:
                a, b = (pair.b, pair.a) if len(kinds) % 2 else (pair.a, pair.b)
                leads(a.content, b.content, tmp_path)
                kinds.add(pair.id)
    assert len(kinds) > 50


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("name", ["prakualifikasi", "tender"])
def test_bidders_come_and_go(name: str, count: int, render: Render, tmp_path: Path) -> None:
    few, many = render(full_case(name)), render(with_bidders(full_case(name), count))
    assert pairs_lead(few, many, tmp_path)
    assert pairs_lead(many, few, tmp_path)


def test_another_way_through_the_sop_gives_other_sentences(render: Render, tmp_path: Path) -> None:
    for one, other in (("tender", "tender-tanpa-perubahan-pa"), ("kontrak", "kontrak-barang")):
        assert pairs_lead(render(full_case(one)), render(full_case(other)), tmp_path)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_a_case_comes_and_goes(data: st.DataObject, render: Render, tmp_path: Path) -> None:
    words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)

    def drawn() -> dict[str, Any]:
        case = with_bidders(full_case("tender"), data.draw(st.integers(1, 7)))
        case["penyedia"][0]["nama"] = f"PT {data.draw(words)}"
        case["paket"]["nama"] = f"Paket {data.draw(words)}"
        case["paket"]["hps"] = data.draw(st.integers(1, 12_000_000_000))
        lines = data.draw(st.lists(words, min_size=1, max_size=4))
        case["isian"]["adendum"]["perubahan"][0]["semula"] = "Semula " + data.draw(st.sampled_from("\n\t ")).join(lines)
        return case

    a, b = render(drawn()), render(drawn())
    number = data.draw(st.integers(0, len(a) - 1))
    pairs_lead(a[number : number + 1], b[number : number + 1], tmp_path)


@pytest.mark.parametrize("value", [*HOSTILE, "baris satu\nbaris dua\tkolom", "  spasi   ganda  ", "tak\u00a0putus"])
def test_hostile_values_are_words_like_others(value: str, render: Render, tmp_path: Path) -> None:
    case = full_case("tender")
    case["isian"]["adendum"]["perubahan"][0]["semula"] = value
    a, b = (paper(render(made), "adendum").content for made in (full_case("tender"), case))
    leads(a, b, tmp_path)
    leads(b, a, tmp_path)


def test_two_regulations_differ_in_what_papers_say(office: Office, tmp_path: Path) -> None:
    newer = tmp_path / "perbup"
    shutil.copytree(rules_directory() / DEFAULT_REGULATION, newer)
    parameters = (newer / "parameter.yaml").read_text(encoding="utf-8")
    assert "nilai: 100000000000" in parameters
    (newer / "parameter.yaml").write_text(parameters.replace("100000000000", "50000000000"), encoding="utf-8")
    papers = []
    for engine in (Engine.default(), Engine.from_directory(newer)):
        case = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
        papers.append(render_papers(case, engine.evaluate(case), office))
    assert pairs_lead(papers[0], papers[1], tmp_path)
    (winner,) = (pair for pair in pair_papers(*papers) if pair.id == "ba-penetapan-pemenang")
    assert winner.a is not None
    assert winner.b is not None
    assert "Rp100.000.000.000,00" in whole_text(reject_all(leads(winner.a.content, winner.b.content, tmp_path)))


TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>sel</w:t></w:r></w:p></w:tc></w:tr>'
    "</w:tbl>"
)
TEMPLATE_CHANGES: dict[str, Callable[[str], str]] = {
    "another word": lambda text: text.replace("bertempat di", "di", 1),
    "a paragraph more": lambda text: text.replace(
        "<w:sectPr", "<w:p><w:r><w:t>Alinea &amp; baru.</w:t></w:r></w:p><w:sectPr", 1
    ),
    "a table more": lambda text: text.replace("<w:sectPr", f"<w:p/>{TABLE}<w:p/><w:sectPr", 1),
    "a table less": lambda text: re.sub(
        r"<w:tbl>(?:(?!<w:tbl>).)*</w:tbl>(?=(?:(?!<w:tbl>).)*$)", "", text, flags=re.S
    ),
    "other spaces": lambda text: text.replace("Pengadaan Barang dan Jasa", "Pengadaan\u00a0Barang  dan Jasa"),
    "other capitals": lambda text: text.replace("bertempat di", "BERTEMPAT di"),
    "no emblem": lambda text: re.sub(r"<w:drawing>.*?</w:drawing>", "", text, count=1, flags=re.S),
    "another size of paper": lambda text: re.sub(r'w:bottom="\d+"', 'w:bottom="2000"', text),
}


@pytest.mark.parametrize("change", TEMPLATE_CHANGES.values(), ids=TEMPLATE_CHANGES)
def test_two_versions_of_a_page_differ_in_words_and_form(
    change: Callable[[str], str], tender: dict[str, bytes], tmp_path: Path
) -> None:
    other = edited(tender["bapp"], change)
    assert changes_in(leads(tender["bapp"], other, tmp_path))
    assert changes_in(leads(other, tender["bapp"], tmp_path))


def test_two_templates_of_one_paper_differ(office: Office, engine: Engine, tmp_path: Path) -> None:
    shutil.copytree(templates_directory(), tmp_path / "baru")
    file = tmp_path / "baru" / "bapp.docx"
    file.write_bytes(edited(template_files()["bapp"].read_bytes(), lambda text: text.replace("bertempat di", "di", 1)))
    case = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
    a, b = (render_papers(case, engine.evaluate(case), office, directory=at) for at in (None, tmp_path / "baru"))
    assert pairs_lead(a, b, tmp_path) == 1


def test_footers_are_compared_too(tender: dict[str, bytes], tmp_path: Path) -> None:
    (footer,) = (name for name in parts_of(tender["bapp"]) if name.startswith("word/footer"))
    other = edited(
        tender["bapp"],
        lambda text: text.replace("</w:p>", "<w:r><w:t>kaki &amp; baru</w:t></w:r></w:p>", 1),
        footer,
    )
    made = leads(tender["bapp"], other, tmp_path)
    assert b"<w:ins" in parts_of(made)[footer]
    leads(other, tender["bapp"], tmp_path)


def test_a_paper_of_one_side_is_wholly_inserted_or_deleted(tender: dict[str, bytes], tmp_path: Path) -> None:
    for kind in ("bapp", "adendum", "laporan-hasil-pemilihan"):
        content = tender[kind]
        nothing = blank(content)
        assert not any(text.strip() for text in whole_text(nothing))
        assert whole_text(accept_all(leads(nothing, content, tmp_path))) == whole_text(content)
        assert whole_text(reject_all(leads(content, nothing, tmp_path))) == whole_text(content)


def test_two_quite_different_papers_can_be_compared(tender: dict[str, bytes], tmp_path: Path) -> None:
    for a, b in permutations(("bapp", "pengumuman-pemenang", "laporan-hasil-pemilihan"), 2):
        leads(tender[a], tender[b], tmp_path)


def test_a_row_of_other_cells_is_deleted_and_inserted_whole(render: Render, tmp_path: Path) -> None:
    full, minimal = (paper(render(make("kontrak-barang")), "bast").content for make in (full_case, minimal_case))
    made = leads(full, minimal, tmp_path)
    rows = [mark for mark in changes_in(made) if mark.getparent().tag == f"{W}trPr"]
    assert {mark.tag for mark in rows} == {f"{W}ins", f"{W}del"}
    assert not any(change.tag in (f"{W}cellIns", f"{W}cellDel") for change in changes_in(made))


def test_a_table_with_rows_of_two_has_columns_for_both(render: Render, tmp_path: Path) -> None:
    one, other = (
        next(paper.content for paper in render(full_case(name)) if paper.id == "ba-penetapan-pemenang")
        for name in ("tender", "tender-tanpa-perubahan-pa")
    )
    made = leads(one, other, tmp_path)
    for settled in (accept_all(made), reject_all(made)):
        (tmp_path / "settled.docx").write_bytes(settled)
        assert not any("TBL002" in fault for fault in faults(tmp_path / "settled.docx"))


def test_a_changed_word_alone_is_marked(render: Render) -> None:
    case = full_case("auditor")
    before = paper(render(case), "surat-info-akun").content
    case["isian"]["surat-info-akun"]["user_id"] = "AUDITOR-LAIN"
    made = redline(before, paper(render(case), "surat-info-akun").content, author="pbj-rules", day=DAY)
    marked = [("+" if change.tag == f"{W}ins" else "-") + "".join(change.itertext()) for change in changes_in(made)]
    words = [text for text in marked if re.search("contoh|lain", text, re.I)]
    assert words == ["+LAIN", "-CONTOH-01"]
    assert len(marked) <= len(words) + 2  # and the paper's verification code


def test_a_sentence_in_another_form_keeps_both_forms(tender: dict[str, bytes], tmp_path: Path) -> None:
    def slant(text: str) -> str:
        return re.sub(r"<w:r>(?=\s*<w:t[^>]*>Demikian)", "<w:r><w:rPr><w:i/></w:rPr>", text)

    slanted = edited(tender["bapp"], slant)
    made = leads(tender["bapp"], slanted, tmp_path)
    assert changes_in(made)
    assert b"<w:i" in parts_of(accept_all(made))[BODY]
    assert b"<w:i/>" not in parts_of(reject_all(made))[BODY]
    assert b"<w:i " not in parts_of(reject_all(made))[BODY]


def test_author_and_day_are_those_that_were_asked_for(render: Render) -> None:
    a, b = (paper(render(make("tender")), "bapp").content for make in (minimal_case, full_case))
    made = redline(a, b, author="A & B", day=DAY)
    assert {change.get(f"{W}author") for change in changes_in(made)} == {"A & B"}
    assert {change.get(f"{W}date") for change in changes_in(made)} == {"2020-05-02T00:00:00Z"}
    numbers = [change.get(f"{W}id") for change in changes_in(made)]
    assert len(set(numbers)) == len(numbers)


def test_the_same_versions_give_the_same_bytes(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = (paper(render(make("kontrak-barang")), "bast").content for make in (minimal_case, full_case))
    first = redline(a, b, author="pbj-rules", day=DAY)
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Makassar")
    assert redline(a, b, author="pbj-rules", day=DAY) == first


def test_a_redline_says_of_itself_what_b_says_but_has_no_seal(render: Render) -> None:
    case = full_case("tender") | {"kasus": "yang baru"}
    a, b = (paper(render(made), "bapp").content for made in (minimal_case("tender"), case))
    assert b"pbj-berkas" in parts_of(b)["docProps/custom.xml"]
    made = parts_of(redline(a, b, author="pbj-rules", day=DAY))
    assert b"yang baru" in made["docProps/core.xml"]
    assert not any(b"pbj-berkas" in data for data in made.values())


def test_versions_that_say_the_same_have_no_changes(tender: dict[str, bytes]) -> None:
    made = redline(tender["bapp"], tender["bapp"], author="pbj-rules", day=DAY)
    assert changes_in(made) == []
    assert story(made) == story(tender["bapp"])
    assert digest(made) == digest(redline(tender["bapp"], tender["bapp"], author="pbj-rules", day=DAY))


def test_a_version_that_has_changes_already_is_refused(tender: dict[str, bytes]) -> None:
    other = edited(tender["bapp"], lambda text: text.replace("bertempat", "berada"))
    made = redline(tender["bapp"], other, author="pbj-rules", day=DAY)
    for a, b, said in ((made, other, "A: naskah sudah"), (other, made, "B: naskah sudah")):
        with pytest.raises(InputError, match=f"{said} memuat perubahan terlacak.*Terima atau tolak"):
            redline(a, b, author="pbj-rules", day=DAY)


@pytest.mark.parametrize("content", [b"", b"bukan zip", pack({"x": b"y"}), pack({BODY: b"<w:document"})])
def test_what_is_no_word_file_is_refused(content: bytes, tender: dict[str, bytes]) -> None:
    with pytest.raises(InputError, match="B: bukan berkas Word"):
        redline(tender["bapp"], content, author="pbj-rules", day=DAY)


@pytest.mark.parametrize("wrong", [0, 1])
def test_what_does_not_lead_from_a_to_b_is_never_given_out(
    wrong: int, tender: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = (tender["bapp"], edited(tender["bapp"], lambda text: text.replace("bertempat", "berada")))
    monkeypatch.setattr("pbj_rules.documents.redlining.compare", lambda *_a, **_k: versions[wrong])
    with pytest.raises(PbjError, match="tidak mengembalikan teks kedua naskah"):
        redline(*versions, author="pbj-rules", day=DAY)


def test_a_picture_that_would_be_lost_is_noticed(tender: dict[str, bytes]) -> None:
    """The engine forgets the picture of a paragraph in which a line break comes before it."""
    other = edited(
        tender["bapp"],
        lambda text: re.sub(r"(<w:r>(?:(?!<w:r>).)*?<w:drawing>)", r"<w:r><w:br/></w:r>\1", text, count=1, flags=re.S),
    )
    with pytest.raises(PbjError, match="tidak ditulis"):
        redline(tender["bapp"], other, author="pbj-rules", day=DAY)
