"""Rendering the case again is the proof: no seal that somebody computed anew stands against it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import CaseReference, Office, Paper, SqliteRegister, isian_shape, render_papers, verify_paper
from pbj_rules.documents.page_text import PageText
from pbj_rules.documents.seal import (  # fmt: skip
    CODE_MARK,
    SEAL_PART,
    Seal,
    content_digest,
    digest_of,
    file_digest,
    seal_part,
    short_code,
)
from pbj_rules.documents.words import words_of
from pbj_rules.resources import templates_directory
from tests.documents.cases import full_case, minimal_case
from tests.documents.reading_word import parts_of, whole_text
from tests.documents.tampering import BODY, FOOTER, STYLES, edited, with_part, zipped

Made = Callable[..., tuple[tuple[Paper, ...], CaseReference]]


@pytest.fixture(scope="module")
def made(engine: Engine, office: Office) -> Made:
    """The papers of a case and what they are compared with."""

    def make(given: Mapping[str, Any], by: Office = office, **options: Any) -> tuple[tuple[Paper, ...], CaseReference]:
        case = Case.from_mapping(given, engine.regulation, isian_shape())
        result = engine.evaluate(case)
        return render_papers(case, result, by, **options), CaseReference(case, result, by)

    return make


def bapp_of(papers: tuple[Paper, ...]) -> bytes:
    return next(paper.content for paper in papers if paper.id == "bapp")


def sealed_anew(content: bytes) -> bytes:
    """The file with digests and printed code that fit what it says now: what a forger does."""
    parts = parts_of(content)
    old = verify_paper(content).kode.encode()
    marked = {name: data.replace(old, CODE_MARK.encode()) for name, data in parts.items()}
    words = [words_of(marked[name]) for name in (BODY, FOOTER)]
    digest = content_digest(PageText(*page) for page in words)
    seal = Seal(
        verify_paper(content).naskah, digest, file_digest({name: digest_of(data) for name, data in marked.items()})
    )
    code = short_code(digest).encode()
    done = {name: data.replace(CODE_MARK.encode(), code) for name, data in marked.items()}
    return zipped({**done, SEAL_PART: seal_part(seal)}.items())


@pytest.mark.parametrize(
    "given", [full_case("tender"), minimal_case("tender"), full_case("prakualifikasi-lulus-kurang")]
)
def test_a_paper_of_the_case_is_proven(given: dict[str, Any], made: Made) -> None:
    papers, case = made(given)
    assert papers
    for paper in papers:
        found = verify_paper(paper.content, case)
        assert (found.putusan, found.terbukti, found.alasan) == ("asli", True, ())


def test_a_paper_of_the_qr_code_is_proven(made: Made, office: Office) -> None:
    papers, case = made(full_case("tender"), evolve(office, qr=True))
    assert all(verify_paper(paper.content, case).terbukti for paper in papers)


def test_a_forger_who_seals_anew_deceives_the_seal_but_not_the_case(made: Made) -> None:
    papers, case = made(full_case("tender"))
    forged = sealed_anew(edited(bapp_of(papers), BODY, "Rp12.000.000.000,00", "Rp21.000.000.000,00"))
    assert verify_paper(forged).putusan == "asli"
    found = verify_paper(forged, case)
    assert (found.putusan, found.terbukti) == ("berubah", False)
    reasons = "\n".join(found.alasan)
    assert "segelnya cocok dengan tulisannya, tetapi kasus tidak menghasilkan tulisan itu" in reasons
    assert "tertulis “Rp21.000.000.000,00 (dua belas miliar rupiah)”" in reasons
    assert "menurut kasus “Rp12.000.000.000,00 (dua belas miliar rupiah)”" in reasons


def test_the_case_names_the_words_that_changed(made: Made) -> None:
    papers, case = made(full_case("tender"))
    added = edited(bapp_of(papers), BODY, "<w:sectPr", "<w:p><w:r><w:t>Selipan.</w:t></w:r></w:p><w:sectPr")
    assert "ditambahkan: “Selipan.”" in verify_paper(added, case).alasan
    lost = edited(bapp_of(papers), BODY, "lingkup pekerjaan dan lokasi;", "")
    assert "hilang: “lingkup pekerjaan dan lokasi;”" in verify_paper(lost, case).alasan


def test_the_same_words_in_other_paragraphs_are_said_to_be_the_same_words(made: Made) -> None:
    papers, case = made(full_case("tender"))
    spaced = verify_paper(edited(bapp_of(papers), BODY, "<w:sectPr", "<w:p/><w:sectPr"), case)
    assert (spaced.putusan, spaced.terbukti) == ("berubah", False)
    assert "kata-katanya sama dengan hasil kasus, susunannya tidak" in " ".join(spaced.alasan)


def test_parts_that_differ_from_the_case_are_named(made: Made) -> None:
    papers, case = made(full_case("tender"))
    found = verify_paper(edited(bapp_of(papers), STYLES, '<w:sz w:val="', '<w:sz w:val="1'), case)
    assert (found.putusan, found.terbukti) == ("tulisan-sama", False)
    assert found.alasan[-1] == "bagian yang berbeda dari hasil kasus: word/styles.xml"
    surplus = verify_paper(papers[0].content + b"lagi", case)
    assert (surplus.putusan, surplus.terbukti) == ("tulisan-sama", False)


def test_a_forged_style_is_noticed_by_the_case_alone(made: Made) -> None:
    papers, case = made(full_case("tender"))
    forged = sealed_anew(edited(bapp_of(papers), STYLES, '<w:sz w:val="', '<w:sz w:val="1'))
    assert verify_paper(forged).putusan == "asli"
    assert verify_paper(forged, case).putusan == "tulisan-sama"


def test_a_paper_that_the_case_does_not_make_is_not_proven(made: Made) -> None:
    papers, _ = made(full_case("kontrak"))
    _, other = made(full_case("tender"))
    found = verify_paper(papers[-1].content, other)
    assert (found.putusan, found.terbukti) == ("berubah", False)
    assert f"tidak menghasilkan naskah `{papers[-1].id}`" in " ".join(found.alasan)


def test_another_office_makes_another_paper(made: Made, office: Office) -> None:
    papers, _ = made(full_case("tender"))
    _, elsewhere = made(full_case("tender"), evolve(office, place="Amuntai"))
    found = verify_paper(papers[0].content, elsewhere)
    assert found.putusan == "berubah"
    assert "profil kantor" in found.alasan[-1]


def test_the_likest_of_several_papers_of_a_kind_counts(made: Made) -> None:
    given = full_case("tender")
    papers, case = made(given)
    for paper in papers:
        assert verify_paper(paper.content, case).terbukti


def without_numbers(name: str, made: Made) -> dict[str, Any]:
    """A full case in which the papers that it makes have no numbers yet."""
    given = full_case(name)
    for paper in made(given)[0]:
        entries = given["isian"].get(paper.id, [])
        for entry in entries if isinstance(entries, list) else [entries]:
            entry.pop("nomor", None)
    return given


@pytest.fixture
def register(tmp_path: Path) -> SqliteRegister:
    return SqliteRegister(tmp_path / "register.sqlite")


@pytest.mark.parametrize("name", ["tender", "kontrak", "auditor"])
def test_numbers_of_a_register_come_from_it_or_are_read_off_the_paper(
    name: str, made: Made, register: SqliteRegister
) -> None:
    for other in ("lain", "lagi"):
        with register.issuing() as numbers:
            made({**without_numbers(name, made), "kasus": other}, final=True, numbers=numbers)
    with register.issuing() as numbers:
        papers, case = made(without_numbers(name, made), final=True, numbers=numbers)
    assert any("/3/" in whole_text(paper.content) for paper in papers)
    known = evolve(case, register={line.letter: str(line.number) for line in register.lines()})
    for paper in papers:
        found = verify_paper(paper.content, case)
        assert (found.putusan, found.terbukti) == ("asli", True), (paper.id, found.alasan)
        assert all("nomor urut 3" in reason and "tidak ikut terbukti" in reason for reason in found.alasan)
        proven = verify_paper(paper.content, known)
        assert (proven.putusan, proven.terbukti, proven.alasan) == ("asli", True, ())


def test_a_pattern_may_name_the_running_number_twice(made: Made, office: Office, register: SqliteRegister) -> None:
    twice = evolve(office, number_pattern="{urut}/{kode}/{urut}/{tahun}", number_patterns={})
    with register.issuing() as numbers:
        papers, case = made(without_numbers("tender", made), twice, final=True, numbers=numbers)
    assert "1/BAPP/1/2020" in whole_text(bapp_of(papers))
    assert verify_paper(bapp_of(papers), case).terbukti
    assert not verify_paper(sealed_anew(edited(bapp_of(papers), BODY, "1/BAPP/1", "1/BAPP/2")), case).terbukti


def test_a_forged_number_stands_against_all_but_the_register(made: Made, register: SqliteRegister) -> None:
    with register.issuing() as numbers:
        papers, case = made(without_numbers("tender", made), final=True, numbers=numbers)
    forged = sealed_anew(edited(bapp_of(papers), BODY, "027/1/BAPP", "027/7/BAPP"))
    read = verify_paper(forged, case)
    assert read.terbukti
    assert "nomor urut 7" in read.alasan[0]
    known = evolve(case, register={line.letter: str(line.number) for line in register.lines()})
    found = verify_paper(forged, known)
    assert (found.putusan, found.terbukti) == ("berubah", False)
    assert any("027/7/BAPP" in reason and "menurut kasus “Nomor: 027/1/BAPP" in reason for reason in found.alasan)


def test_a_word_changed_beside_a_number_is_still_found(made: Made, register: SqliteRegister) -> None:
    with register.issuing() as numbers:
        papers, case = made(without_numbers("tender", made), final=True, numbers=numbers)
    found = verify_paper(edited(bapp_of(papers), BODY, "Rp12.000.000.000,00", "Rp21.000.000.000,00"), case)
    assert found.putusan == "berubah"
    told = [reason for reason in found.alasan if reason.startswith("tertulis")]
    assert len([reason for reason in told if "Nomor" in reason]) == 0
    assert "Rp21.000.000.000,00" in told[0]


def test_a_file_without_a_seal_is_not_looked_for_in_the_case(made: Made) -> None:
    papers, case = made(full_case("tender"))
    found = verify_paper(with_part(papers[0].content, SEAL_PART, None), case)
    assert (found.putusan, found.terbukti) == ("bukan-naskah", None)


@pytest.mark.parametrize(
    "added",
    [
        '<w:p><w:r><w:t xml:space="preserve">{% set x = 1 %}</w:t></w:r></w:p>',
        '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>1 Mei</w:t></w:r></w:fldSimple><w:r><w:cr/></w:r></w:p>',
    ],
    ids=("that docxtpl renders", "whose words the fast reader cannot read"),
)
def test_a_paper_is_proven_whose_template_is_one(added: str, engine: Engine, office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "templat"
    shutil.copytree(templates_directory(), folder)
    template = folder / "bapp.docx"
    template.write_bytes(edited(template.read_bytes(), BODY, "<w:sectPr", f"{added}<w:sectPr"))
    case = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
    result = engine.evaluate(case)
    paper = bapp_of(render_papers(case, result, office, directory=folder))
    found = verify_paper(paper, CaseReference(case, result, office, folder))
    assert (found.putusan, found.terbukti) == ("asli", True)
    assert verify_paper(edited(paper, BODY, "Dinas", "Dinaz")).putusan == "berubah"
