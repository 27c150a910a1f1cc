"""What is no paper at all, or must not be opened, is refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pbj_rules.documents import Paper, verify_paper
from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render
from tests.documents.reading_word import parts_of
from tests.documents.tampering import BODY, edited, with_part, zipped


@pytest.fixture(scope="module")
def paper(render: Render) -> Paper:
    return render(full_case("auditor"))[0]


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as refused:
        verify_paper(content, name="surat.docx")
    (problem,) = refused.value.problems
    assert problem.file == "surat.docx"
    assert "naskah Word" in problem.expected
    return problem.message


def test_a_file_of_another_kind_is_refused() -> None:
    assert "bukan berkas Word" in refusal(b"halo")
    assert "bukan berkas Word" in refusal(b"")
    assert "bukan berkas Word" in refusal(zipped([("a.txt", b"halo")]))
    assert "ini PDF" in refusal(b"%PDF-1.7 ...")


def test_a_damaged_file_is_refused(paper: Paper) -> None:
    content = paper.content
    middle = content.index(b"word/document.xml") + 200
    assert "rusak" in refusal(content[: len(content) // 2])
    assert "rusak" in refusal(content[:middle] + b"\0\0\0\0" + content[middle + 4 :])
    assert "XML yang rusak" in refusal(edited(content, BODY, "</w:p>", "</w:q>"))
    assert "XML yang rusak" in refusal(with_part(content, "_rels/.rels", b"<Relationships"))


def test_a_bomb_is_refused_before_it_is_opened(paper: Paper) -> None:
    big = zipped([*parts_of(paper.content).items(), ("word/besar.xml", b" " * 30_000_000)])
    assert len(big) < 100_000
    assert "setelah dibuka" in refusal(big)
    many = zipped([*parts_of(paper.content).items(), *((f"word/{number}.xml", b"") for number in range(1_000))])
    assert "lebih dari 1000 bagian" in refusal(many)


@pytest.mark.parametrize("declared", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE w SYSTEM 'file:///etc/passwd'>"])
def test_a_document_type_is_refused(declared: str, paper: Paper) -> None:
    assert "DOCTYPE" in refusal(edited(paper.content, BODY, "<w:document", f"{declared}<w:document"))


def test_a_locked_file_is_refused(paper: Paper) -> None:
    archive = bytearray(paper.content)
    for mark, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        archive[archive.index(mark) + at] |= 1
    assert "cara yang tidak dipakai Word" in refusal(bytes(archive))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_in_which_two_programs_may_read_two_papers_is_refused(paper: Paper) -> None:
    parts = parts_of(paper.content)
    assert f"dua bagian bernama {BODY}" in refusal(zipped([*parts.items(), (BODY, parts[BODY])]))
    assert "dua bagian" in refusal(zipped([*parts.items(), (BODY.upper(), parts[BODY])]))
    assert "nama yang tidak wajar" in refusal(zipped([*parts.items(), ("../luar.xml", b"<a/>")]))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "tidak-ada.docx", "berkas tidak ada"), (tmp_path, "folder")):
        with pytest.raises(InputError, match=reason) as refused:
            verify_paper(path)
        assert refused.value.problems[0].file == str(path)
    big = tmp_path / "besar.docx"
    with big.open("wb") as stream:
        stream.truncate(30_000_000)
    with pytest.raises(InputError, match="lebih besar"):
        verify_paper(big)


def test_fields_within_fields_without_end_do_not_take_for_ever(paper: Paper) -> None:
    run = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begun = "".join(run.format(kind) for kind in ("begin", "separate")) * 30_000
    body = f"<w:p>{begun}<w:r><w:t>{'x' * 1_000_000}</w:t></w:r>{run.format('end') * 30_000}</w:p>"
    assert verify_paper(edited(paper.content, BODY, "<w:sectPr", f"{body}<w:sectPr")).putusan == "berubah"


def test_the_archive_of_a_paper_is_opened_the_same_from_a_file(tmp_path: Path, paper: Paper) -> None:
    file = tmp_path / "surat.docx"
    file.write_bytes(paper.content)
    found = verify_paper(file)
    assert (found.berkas, found.putusan) == (str(file), "asli")
    assert zipfile.is_zipfile(io.BytesIO(paper.content))
