"""Whether a file is what was rendered: told apart from one that was saved again, changed, or never ours."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from attrs import evolve

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, Paper, isian_shape, verify_paper
from pbj_rules.documents.reviewing import review_papers
from pbj_rules.documents.seal import CODE_MARK, QR_PICTURE, SEAL_PART
from pbj_rules.documents.sealing import qr_picture, swapped
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.conftest import Render
from tests.documents.reading_word import parts_of
from tests.documents.tampering import BODY, FOOTER, STYLES, edited, with_part, zipped

Change = Callable[[bytes], bytes]
PARAGRAPH = "<w:p><w:r><w:t>Pemenang mendapat uang muka.</w:t></w:r></w:p>"
WORD = "PT Contoh Satu</w:t>"


@pytest.fixture(scope="module")
def papers(render: Render) -> dict[str, Paper]:
    return {paper.id: paper for paper in render(full_case("tender"))}


@pytest.fixture(scope="module")
def paper(papers: dict[str, Paper]) -> bytes:
    """A berita acara with a table, as it was rendered."""
    return papers["bapp"].content


@pytest.fixture(scope="module")
def with_qr(render: Render, office: Office) -> bytes:
    return next(
        paper for paper in render(full_case("tender"), by=evolve(office, qr=True)) if paper.id == "bapp"
    ).content


@pytest.mark.parametrize("name", CASES)
def test_every_paper_is_what_was_rendered(name: str, render: Render, office: Office) -> None:
    for by in (office, evolve(office, qr=True)):
        for paper in render(full_case(name), by=by):
            found = verify_paper(paper.content)
            assert (found.putusan, found.naskah, found.kode) == ("asli", paper.id, paper.kode)
            assert (found.terbukti, found.alasan) == (None, ())


def test_a_draft_with_blanks_is_what_was_rendered_too(render: Render) -> None:
    for paper in render(minimal_case("tender")):
        assert verify_paper(paper.content).putusan == "asli"


# What changes no word and no byte of a part: another archive of the same parts.
def _again(content: bytes, compression: int) -> bytes:
    return zipped(reversed(parts_of(content).items()), compression)


class _Stream(io.BytesIO):
    """A pipe: an archive that is written to it says the sizes of its members after them."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    tell = seek


def _streamed(content: bytes) -> bytes:
    made = _Stream()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts_of(content).items():
            archive.writestr(name, data)
    return made.getvalue()


REPACKED: dict[str, Change] = {
    "uncompressed and in another order": lambda content: _again(content, zipfile.ZIP_STORED),
    "written to a pipe": _streamed,
    "with entries for its folders": lambda content: zipped([("word/", b""), *parts_of(content).items()]),
}


@pytest.mark.parametrize("change", REPACKED.values(), ids=REPACKED)
def test_a_file_that_was_packed_again_is_what_was_rendered(change: Change, paper: bytes) -> None:
    assert verify_paper(change(paper)).putusan == "asli"


def _saved_by_python_docx(content: bytes) -> bytes:
    document = docx.Document(io.BytesIO(content))
    document.core_properties.title = "Judul lain"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _other_prefix(content: bytes) -> bytes:
    xml = parts_of(content)[BODY].decode()
    return with_part(content, BODY, xml.replace("<w:", "<n:").replace("</w:", "</n:").replace(
        "xmlns:w=", 'xmlns:n="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w='
    ).encode())  # fmt: skip


def _renamed_footer(content: bytes) -> bytes:
    parts = parts_of(content)
    names = {FOOTER: "word/kaki9.xml", "word/_rels/footer1.xml.rels": "word/_rels/kaki9.xml.rels"}
    return zipped((names.get(name, name), data.replace(b"footer1.xml", b"kaki9.xml")) for name, data in parts.items())


def _footer_for_the_first_page(content: bytes) -> bytes:
    parts = parts_of(content)
    relations = "word/_rels/document.xml.rels"
    other = (
        b'<Relationship Id="rIdLain" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" '
        b'Target="kaki2.xml"/></Relationships>'
    )
    listed = parts[relations].replace(b"</Relationships>", other)
    return with_part(with_part(content, "word/kaki2.xml", parts[FOOTER]), relations, listed)


def _with_data_before_its_directory(content: bytes) -> bytes:
    size, start = struct.unpack_from("<2L", content, len(content) - 10)
    return content[:start] + b"lain" + content[start:-10] + struct.pack("<2LH", size, start + 4, 0)


def _with_a_comment_like_an_end(content: bytes) -> bytes:
    size, start = struct.unpack_from("<2L", content, len(content) - 10)
    return content[:-2] + struct.pack("<H12x2LH", 22, size + 22, start, 0)


SAVED: dict[str, tuple[str, Change]] = {
    "saved by another program, with another title": ("", _saved_by_python_docx),
    "under another prefix": ("", _other_prefix),
    "with its footer renamed": ("", _renamed_footer),
    "with the same footer twice": ("", _footer_for_the_first_page),
    "with the pages counted": ("", lambda content: edited(content, FOOTER, "<w:t>1</w:t>", "<w:t>12</w:t>")),
    "with a word split in two runs": (
        "", lambda content: edited(content, BODY, WORD, 'PT Con</w:t></w:r><w:r w:rsidR="00A1"><w:t>toh Satu</w:t>'),
    ),
    "with a bookmark and marks of spelling": (
        "", lambda content: edited(content, BODY, "<w:r>", '<w:bookmarkStart w:id="0" w:name="_GoBack"/>'
                                   '<w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellStart"/><w:r>'),
    ),
    "with another style": ("gaya", lambda content: edited(content, STYLES, '<w:sz w:val="', '<w:sz w:val="1')),
    "with another picture": ("gambar", lambda content: with_part(content, "word/media/logo.png", b"\x89PNG")),
    "with a property added to the seal": (
        "sifat berkas", lambda content: edited(content, SEAL_PART, "</Properties>", "<!-- --></Properties>")
    ),
    "with a part that nothing shows": ("", lambda content: with_part(content, "word/extra.xml", b"<a/>")),
    "with data after its end": ("di luar bagian", lambda content: content + b"PK lagi"),
    "with data before its start": ("di luar bagian", lambda content: b"lain" + content),
    "with data before its directory": ("di luar bagian", _with_data_before_its_directory),
    "with a comment that looks like an end": ("di luar bagian", _with_a_comment_like_an_end),
    "with a comment of the archive": ("di luar bagian", lambda content: content[:-2] + b"\x03\x00abc"),
}  # fmt: skip


@pytest.mark.parametrize(("reason", "change"), SAVED.values(), ids=SAVED)
def test_the_words_are_the_same_but_the_file_is_not(reason: str, change: Change, paper: bytes) -> None:
    found = verify_paper(change(paper))
    assert found.putusan == "tulisan-sama"
    assert reason in " ".join(found.alasan)


def _hidden(content: bytes) -> bytes:
    style = "<w:rPr><w:vanish/></w:rPr>"
    return edited(
        content, BODY, f'<w:r><w:t xml:space="preserve">{WORD}', f'<w:r>{style}<w:t xml:space="preserve">{WORD}'
    )


def _hidden_paragraph(content: bytes) -> bytes:
    hidden = PARAGRAPH.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    return edited(content, BODY, "<w:sectPr", f"{hidden}<w:sectPr")


def _deleted(content: bytes) -> bytes:
    xml = parts_of(content)[BODY].decode()
    head, _, tail = xml.partition(WORD)
    start = head.rindex("<w:r>")
    run = (head[start:] + "PT Contoh Satu").replace("<w:t ", "<w:delText ") + "</w:delText></w:r>"
    tail = tail.removeprefix("</w:r>")
    return with_part(content, BODY, f'{head[:start]}<w:del w:id="1" w:author="x">{run}</w:del>{tail}'.encode())


def _decoy(content: bytes) -> bytes:
    """The body stays where it was, but the file says that another is shown."""
    lie = edited(content, "_rels/.rels", "word/document.xml", "word/lain.xml")
    return with_part(lie, "word/lain.xml", parts_of(content)[BODY].replace(b"Contoh Satu", b"Contoh Dua"))


def _footnote(content: bytes) -> bytes:
    return edited(content, BODY, WORD, f'{WORD}</w:r><w:r><w:footnoteReference w:id="2"/>')


def _code_of(content: bytes) -> str:
    return verify_paper(content).kode


def _other_code(content: bytes) -> bytes:
    code = _code_of(content)
    return edited(content, FOOTER, code, ("0" if code[0] != "0" else "1") + code[1:])


CHANGED: dict[str, tuple[str, Change]] = {
    "a word of the body": ("tidak satu kata pun", lambda content: edited(content, BODY, "Dinas", "Dinaz")),
    "a word of a table": ("", lambda content: edited(content, BODY, WORD, "PT Contoh Tiga</w:t>")),
    "a word of the footer": ("", lambda content: edited(content, FOOTER, "Halaman", "Lembar")),
    "a digit": ("", lambda content: edited(content, BODY, "Rp12.000", "Rp13.000")),
    "a paragraph added": ("", lambda content: edited(content, BODY, "<w:sectPr", PARAGRAPH + "<w:sectPr")),
    "a paragraph joined to the next": ("", lambda content: edited(content, BODY, "</w:p><w:p>", "")),
    "hidden text added": ("teks tersembunyi", _hidden_paragraph),
    "a word hidden": ("teks tersembunyi", _hidden),
    "a word hidden by a style": (
        "menyembunyikan", lambda content: edited(content, STYLES, "<w:rPr>", "<w:rPr><w:vanish/>")
    ),
    "a word deleted with changes tracked": ("perubahan terlacak", _deleted),
    "a footnote added": ("catatan kaki", _footnote),
    "a field in place of a word": (
        "bidang", lambda content: edited(content, BODY, WORD, f'{WORD}</w:r><w:fldSimple w:instr="DATE"/><w:r>')
    ),
    "a page number that is none": ("", lambda content: edited(content, FOOTER, "<w:t>1</w:t>", "<w:t>Rp1</w:t>")),
    "the printed code changed": ("bukan kode naskah ini", _other_code),
    "the printed code taken out": ("", lambda content: edited(content, FOOTER, _code_of(content), "")),
    "the place of the code left open": ("", lambda content: edited(content, FOOTER, _code_of(content), CODE_MARK)),
    "another body shown": ("", _decoy),
    "no body shown": ("tidak jelas", lambda content: edited(content, "_rels/.rels", "word/document.xml", "word/x.xml")),
    "a picture from elsewhere": (
        "di luar berkas", lambda content: edited(content, "word/_rels/document.xml.rels", "</Relationships>",
            '<Relationship Id="rIdX" Type="x/image" Target="http://contoh.example/a.png" TargetMode="External"/>'
            "</Relationships>"),
    ),
    "a macro added": ("makro", lambda content: with_part(content, "word/vbaProject.bin", b"x")),
}  # fmt: skip


@pytest.mark.parametrize(("reason", "change"), CHANGED.values(), ids=CHANGED)
def test_a_changed_paper_is_called_so(reason: str, change: Change, paper: bytes) -> None:
    found = verify_paper(change(paper))
    assert found.putusan == "berubah"
    assert reason in " ".join(found.alasan)


def test_the_seal_of_another_paper_does_not_fit(papers: dict[str, Paper], paper: bytes) -> None:
    found = verify_paper(with_part(paper, SEAL_PART, parts_of(papers["adendum"].content)[SEAL_PART]))
    assert found.putusan == "berubah"
    assert f"milik kode yang tercetak ({papers['bapp'].kode})" in found.alasan[0]
    assert "segelnya milik naskah lain" in found.alasan[0]


@pytest.mark.parametrize("seal", [None, b"", b"<a/>", b'<p name="pbj-naskah"><lpwstr>bapp</lpwstr></p>'])
def test_a_file_without_a_whole_seal_is_none_of_ours(seal: bytes | None, paper: bytes) -> None:
    found = verify_paper(with_part(paper, SEAL_PART, seal))
    assert (found.putusan, found.naskah, found.kode) == ("bukan-naskah", "", "")
    assert "tidak memuat segel" in found.alasan[0]


def test_a_letter_that_somebody_typed_is_none_of_ours() -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    assert verify_paper(made.getvalue()).putusan == "bukan-naskah"


def test_the_qr_code_may_be_written_as_other_bytes_but_must_show_the_same(with_qr: bytes) -> None:
    picture = parts_of(with_qr)[QR_PICTURE]
    noted = picture[:-12] + b"\0\0\0\1tEXtx\0\0\0\0" + picture[-12:]
    assert verify_paper(with_part(with_qr, QR_PICTURE, noted)).putusan == "asli"
    found = verify_paper(with_part(with_qr, QR_PICTURE, qr_picture("bapp", "0" * 64)))
    assert found.putusan == "berubah"
    assert "kode QR bukan milik naskah ini" in found.alasan[0]


def test_a_qr_code_that_was_taken_out_or_put_in_is_noticed(with_qr: bytes, paper: bytes) -> None:
    assert verify_paper(with_part(with_qr, QR_PICTURE, None)).putusan == "berubah"
    assert verify_paper(with_part(paper, QR_PICTURE, parts_of(with_qr)[QR_PICTURE])).putusan == "tulisan-sama"


def test_a_picture_that_holds_the_bytes_of_the_mark_by_chance_is_left_alone() -> None:
    assert swapped("word/media/logo.png", CODE_MARK.encode(), CODE_MARK, "kode") == CODE_MARK.encode()
    assert swapped("word/footer1.xml", CODE_MARK.encode(), CODE_MARK, "kode") == b"kode"


def test_a_review_draft_is_judged_by_the_paper_in_it_and_is_not_that_paper(engine: Engine, office: Office) -> None:
    case = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
    reviews = review_papers(case, engine.evaluate(case), office, engine.regulation)
    draft = next(review.draft.content for review in reviews if review.paper.id == "bapp")
    found = verify_paper(draft)
    assert (found.putusan, found.naskah) == ("tulisan-sama", "bapp")
    assert "draf tinjauan" in found.alasan[0]
    assert verify_paper(edited(draft, BODY, "Dinas", "Dinaz")).putusan == "berubah"
