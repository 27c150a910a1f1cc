"""Review drafts: the paper itself, with comments that stand on what rules decided and say why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from pbj_rules import Engine, Result
from pbj_rules.documents import Office, Review, clean_copy
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.review_words import Explainer
from pbj_rules.result import Keputusan
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.conftest import Render
from tests.documents.reading_review import (
    ABOUT_THE_PAPER,
    Comment,
    commented_paragraphs,
    comments_of,
    covers,
    paragraphs_of,
    reviewed,
)
from tests.documents.reading_word import parts_of, whole_text
from tests.documents.test_validity import faults

EVERY = pytest.mark.parametrize(
    ("name", "make"),
    [pytest.param(name, make, id=f"{name}-{make.__name__}") for name in CASES for make in (full_case, minimal_case)],
)
LOCAL: dict[str, Any] = {
    "kasus": "setelan",
    "sop": "prakualifikasi",
    "tanggal": "2020-04-01",
    "parameter": {"kuorum_peserta": 2},
    "paket": {"nama": "Perencanaan Gedung Contoh", "jenis": "konsultansi", "pagu": 12_000_000_000},
    "fakta": {"jumlah_peserta": 2, "jumlah_lulus": 3},
}


def review_of(engine: Engine, office: Office, case: dict[str, Any], paper: str) -> tuple[Result, Review]:
    _, result, reviews = reviewed(engine, office, case)
    return result, next(one for one in reviews if one.paper.id == paper)


def comment_on(review: Review, words: str) -> Comment:
    """The comment that stands on just these words."""
    (found,) = covers(comments_of(review.draft.content), words)
    return found


@EVERY
def test_a_clean_copy_is_the_ordinary_paper_byte_for_byte(
    name: str, make: Any, engine: Engine, office: Office, render: Render
) -> None:
    papers = render(make(name))
    reviews = reviewed(engine, office, make(name))[2]
    assert [one.paper.content for one in reviews] == [paper.content for paper in papers]
    for review in reviews:
        assert review.draft.content != review.paper.content
        assert clean_copy(review.draft.content) == review.paper.content


@EVERY
def test_a_draft_reads_as_its_paper_does(name: str, make: Any, engine: Engine, office: Office) -> None:
    for review in reviewed(engine, office, make(name))[2]:
        assert whole_text(review.draft.content) == whole_text(review.paper.content)


@EVERY
def test_every_comment_stands_on_words_in_its_own_right(name: str, make: Any, engine: Engine, office: Office) -> None:
    for review in reviewed(engine, office, make(name))[2]:
        comments = comments_of(review.draft.content)
        assert [one.number for one in comments] == list(range(len(comments)))
        assert all(one.words for one in comments)
        assert [one.words for one in comments] == [anchor.words for anchor in review.anchors]


@EVERY
def test_validators_find_nothing_wrong_with_a_draft(
    name: str, make: Any, engine: Engine, office: Office, tmp_path: Any
) -> None:
    for review in reviewed(engine, office, make(name))[2]:
        path = tmp_path / review.draft.name
        path.write_bytes(review.draft.content)
        assert faults(path) == []


@EVERY
def test_whatever_would_read_otherwise_under_another_decision_stands_under_a_comment(
    name: str, make: Any, engine: Engine, office: Office
) -> None:
    """Each thing that rules decided or used is changed and the paper rendered again: what differs must be commented."""
    tried = 0
    for review in reviewed(engine, office, make(name))[2]:
        one = review.rendered
        template = compile_template(one.template, Look(office.page, office.logo, office.qr))
        before = paragraphs_of(template.pack(template.render(one.context)))
        commented = commented_paragraphs(review.draft.content)
        for kind, key, other in others(one.context):
            changed = {**one.context, kind: {**one.context[kind], key: other}}
            after = paragraphs_of(template.pack(template.render(changed)))
            differing = {
                at
                for tag, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
                for at in range(start, end)
                if tag != "equal" and before[at].strip()
            }
            assert differing <= commented, (one.paper.name, kind, key, [before[at] for at in differing - commented])
            tried += len(differing)
    assert tried or name.startswith(("perencanaan", "persiapan", "auditor", "kontrak", "risiko-ditolerir"))


def others(context: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Each thing that rules decided or used, with a value that it does not have."""
    for kind in ("keputusan", "fakta", "parameter", "hasil"):
        for key, value in context[kind].items():
            if value is None or isinstance(value, str):
                yield kind, key, "lain-lain"
            elif isinstance(value, bool):
                yield kind, key, not value
            elif isinstance(value, int):
                yield kind, key, value + 1_000
            elif isinstance(value, date):
                yield kind, key, value + timedelta(days=400)
            elif isinstance(value, list):
                yield kind, key, [*value, "hal lain"]


@EVERY
def test_every_value_that_a_rule_decided_has_a_comment_on_itself(
    name: str, make: Any, engine: Engine, office: Office
) -> None:
    for review in reviewed(engine, office, make(name))[2]:
        comments = comments_of(review.draft.content)
        for statement in review.statements:
            assert statement.asal != "aturan" or covers(comments, statement.isi), statement


@EVERY
def test_a_comment_cites_a_decision_in_full(name: str, make: Any, engine: Engine, office: Office) -> None:
    """Row, rule, the regulation's words as they stand, every fact and number used, basis, and every reading."""
    _, result, reviews = reviewed(engine, office, make(name))
    by_rule = {decision.aturan: decision for decision in result.keputusan}
    for review in reviews:
        for comment in comments_of(review.draft.content):
            if comment.text.startswith(ABOUT_THE_PAPER):
                continue
            decisions = [by_rule[rule] for rule in re.findall(r"aturan ([a-z0-9-]+);", comment.text)]
            assert decisions or "tidak diputuskan dalam kasus ini" in comment.text
            for decision in decisions:
                _assert_cited(comment.text, decision, engine)


def _assert_cited(text: str, decision: Keputusan, engine: Engine) -> None:
    assert f"Baris {decision.baris} (Pasal 4 ayat (1)" in text
    assert f"Bunyi peraturan: “{decision.kutipan}”" in text
    for name in decision.fakta:
        assert f"{engine.regulation.fakta[name].symbol.title} = " in text
    for name in decision.parameter:
        assert f"{engine.regulation.parameter[name].judul} = " in text
    assert f"Dasar: {decision.dasar}" in text
    for name in decision.anomali:
        anomaly = engine.regulation.anomali[name]
        assert f"{name}: {anomaly.catatan}" in text
        assert f"Bacaan yang diambil: {anomaly.bacaan}" in text
        assert f"Bacaan lain: {anomaly.alternatif}" in text


@EVERY
def test_a_comment_on_its_title_says_why_there_is_such_a_paper(
    name: str, make: Any, engine: Engine, office: Office
) -> None:
    _, result, reviews = reviewed(engine, office, make(name))
    for review in reviews:
        texts = [comment.text for comment in comments_of(review.draft.content)]
        if review.paper.index is None:
            assert any("Naskah pelengkap" in text for text in texts)
            continue
        entry = result.dokumen[review.paper.index]
        why = next(text for text in texts if f"dihasilkan baris {entry.baris} " in text)
        assert f"“{entry.kutipan}”" in why


def test_a_number_is_commented_where_it_stands_and_so_is_its_sentence(engine: Engine, office: Office) -> None:
    case = full_case("prakualifikasi-konsultansi-perpanjangan")
    _, review = review_of(engine, office, case, "ba-evaluasi-kualifikasi")
    value = comment_on(review, "4 (empat)")
    assert value.lines[0] == "Kuorum peserta setelah perpanjangan waktu: terpenuhi"
    assert "Nilai: Jumlah peserta setelah perpanjangan." in value.lines
    assert "Fakta: Jumlah peserta setelah perpanjangan = 4." in value.lines
    assert "Parameter: Kuorum peserta prakualifikasi = 3 (menurut peraturan)." in value.lines
    (sentence,) = [one for one in comments_of(review.draft.content) if one.words.startswith("Sampai dengan batas")]
    assert sentence.words in paragraphs_of(review.paper.content)
    assert "Kata-kata ini dipilih oleh keputusan itu." in sentence.lines


def test_an_interpretation_says_what_was_read_how_and_how_else(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "bapp")
    comment = comment_on(review, "Kerangka Acuan Kerja/spesifikasi teknis dan rancangan kontrak")
    kinds = [line.partition(":")[0] for line in comment.lines]
    assert kinds[-5:] == ["Dasar", "Penjelasan", "AN-23", "Bacaan yang diambil", "Bacaan lain"]
    assert "Dasar: tafsir AN-23" in comment.text


def test_a_number_that_the_case_set_for_itself_is_called_a_local_setting(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, LOCAL, "ba-evaluasi-kualifikasi")
    comments = covers(comments_of(review.draft.content), "2 (dua)")
    assert len(comments) == 2, "the bidders, and the quorum"
    for comment in comments:
        assert "Kuorum peserta prakualifikasi = 2 (setelan lokal kasus ini; menurut peraturan 3)" in comment.text
        assert "Dasar: setelan-lokal" in comment.text


def test_words_chosen_because_a_decision_was_not_taken_cite_where_it_would_have_been(
    engine: Engine, office: Office
) -> None:
    _, review = review_of(engine, office, LOCAL, "ba-evaluasi-kualifikasi")
    (comment,) = [one for one in comments_of(review.draft.content) if one.words.startswith("Sampai dengan batas")]
    assert comment.lines[0] == "Kuorum peserta setelah perpanjangan waktu: tidak diputuskan dalam kasus ini"
    assert "Keputusan itu diambil pada baris prakualifikasi/7 (Pasal 4 ayat (1) huruf e)." in comment.lines
    assert "“Jika peserta yang menawar lebih dari 3 maka dilanjutkan dengan evaluasi”" in comment.text


def test_a_branch_with_a_table_is_commented_from_its_first_word_to_its_last(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "ba-penetapan-pemenang")
    signed = comments_of(review.draft.content)[-1]
    assert signed.words.startswith("Kelompok Kerja Pemilihan 2 No. Nama dan NIP")
    assert signed.words.endswith(
        "Nama Anggota Pokja Contoh NIP 00000000 000000 0 023 Anggota 3. ........................"
    )


def test_a_letterhead_that_a_decision_chose_is_told_on_the_title(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender-tanpa-perubahan-pa"), "ba-penetapan-pemenang")
    first = comments_of(review.draft.content)[0]
    assert "Kop surat mengikuti keputusan penetap-pemenang = pa-kpa" in first.text


def test_a_paper_that_no_row_names_says_so(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "bapp")
    explainer = Explainer(engine.regulation, review.rendered.production, None, ())
    (line,) = explainer.comment(review.anchors[0])
    assert "tidak disebut dalam peraturan" in line


def test_the_watermark_stands_behind_every_page(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "bapp")
    parts = parts_of(review.draft.content)
    assert b'string="DRAF"' in parts["word/header-draf.xml"]
    assert b"DRAF" not in b"".join(parts_of(review.paper.content).values())
    kinds = re.findall(rb'<w:headerReference [^>]*w:type="(\w+)"', parts["word/document.xml"])
    assert sorted(kinds) == [b"default", b"even", b"first"]


def test_a_paper_with_a_qr_code_comes_out_of_its_draft_too(engine: Engine, office: Office) -> None:
    for review in reviewed(engine, evolve(office, qr=True), full_case("tender"))[2]:
        assert "word/media/qr.png" in parts_of(review.paper.content)
        assert clean_copy(review.draft.content) == review.paper.content


def test_drafts_are_the_same_bytes_every_time(engine: Engine, office: Office) -> None:
    drafts = [[one.draft.content for one in reviewed(engine, office, full_case("tender"))[2]] for _ in range(2)]
    assert drafts[0] == drafts[1]


def test_drafts_do_not_bear_the_names_of_papers(engine: Engine, office: Office) -> None:
    for review in reviewed(engine, office, full_case("tender"))[2]:
        assert review.draft.name == review.paper.name.replace(".docx", "-draf.docx")


def test_a_file_that_is_no_draft_has_no_clean_copy(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "bapp")
    with pytest.raises(ValueError, match="bukan draf tinjauan"):
        clean_copy(review.paper.content)
    with pytest.raises(ValueError, match="bukan berkas Word"):
        clean_copy(b"bukan zip")


def test_comments_are_by_the_program_on_the_day_of_the_case(engine: Engine, office: Office) -> None:
    _, review = review_of(engine, office, full_case("tender"), "bapp")
    root = etree.fromstring(parts_of(review.draft.content)["word/comments.xml"])
    assert {tuple(one.attrib.values())[1:] for one in root} == {("pbj-rules", "2020-04-01T00:00:00Z", "PBJ")}
