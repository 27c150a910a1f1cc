"""The cover sheet of a review: every statement with its origin, sealed, and refused once somebody edits it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx

from pbj_rules import Engine
from pbj_rules.documents import Office, Review, ReviewSheet, find_soffice, read_sheet, review_sheet
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.seal import short_code
from pbj_rules.formatting import rupiah, tanggal_panjang
from tests.documents.cases import CASES, full_case
from tests.documents.reading_review import review_of, reviewed
from tests.documents.reading_word import whole_text
from tests.documents.test_pdf import needs_libreoffice
from tests.documents.test_review import EVERY, LOCAL
from tests.documents.test_review_templates import UNTRACED, template_folder
from tests.documents.test_validity import faults

HOME = Path(__file__).resolve().parents[2]
UNSEEN = "\u200b"


def sheet_of(engine: Engine, office: Office, mapping: Mapping[str, Any], **settings: Any) -> ReviewSheet:
    case, result, reviews = reviewed(engine, office, mapping, **settings)
    return review_sheet(case, result, office, engine.regulation, reviews, file="kasus.yaml")


def bare(text: str) -> str:
    return "".join(text.replace(UNSEEN, "").split())


def leaves(value: Any) -> Iterator[Any]:
    """Every single value of a context."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def forms(value: Any) -> list[str]:
    """How papers write a value."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, date):
        return [tanggal_panjang(value)]
    if isinstance(value, int):
        return [rupiah(value)]
    return [value] if isinstance(value, str) and len(value) > 3 else []


@EVERY
def test_every_value_that_a_paper_prints_is_stated_with_its_origin(
    name: str, make: Any, engine: Engine, office: Office
) -> None:
    """Independent of how drafts are made: what the paper could print is looked for in what it says."""
    for review in reviewed(engine, office, make(name))[2]:
        said = bare(whole_text(review.paper.content))
        stated = [bare(one.isi) for one in review.statements]
        context = {key: value for key, value in review.rendered.context.items() if key != "kode_verifikasi"}
        for value in leaves(context):
            for form in forms(value):
                # Words of fixed text, such as the paper's own title, may be those of a value by chance.
                if bare(form) in said and form not in fixed_text(review):
                    assert any(bare(form) in isi for isi in stated), (review.paper.name, form)
        assert all(one.hal and one.isi and one.asal for one in review.statements)


def fixed_text(review: Review) -> str:
    return whole_text(review.rendered.template.read_bytes())


@EVERY
def test_a_blank_is_stated_as_not_filled_in_and_where_to_fill_it(
    name: str, make: Any, engine: Engine, office: Office
) -> None:
    for review in reviewed(engine, office, make(name))[2]:
        unfilled = [one for one in review.statements if one.asal == "belum diisi"]
        assert all("[" in one.isi and one.sumber for one in unfilled)
        assert bool(unfilled) == bool(review.paper.kosong)


def test_each_statement_names_the_place_where_it_is_written(engine: Engine, office: Office) -> None:
    case = full_case("tender")
    review = review_of(reviewed(engine, office, case)[2], "ba-penetapan-pemenang")
    stated = {(one.kelompok, one.hal): (one.asal, one.sumber) for one in review.statements}
    assert stated["paket", "nama paket"] == ("kasus", "paket.nama")
    assert stated["paket", "jenis pengadaan"] == ("kasus", "paket.jenis")
    assert stated["isian naskah ini", "nomor"] == ("kasus", "isian.ba-penetapan-pemenang.nomor")
    assert stated["sk-pokja", "nomor"] == ("kasus", "isian.sk-pokja.nomor")
    assert stated["kantor", "nama"] == ("profil kantor", "kantor.nama")
    assert stated["kop surat", "nama"] == ("profil kantor", "kop")
    assert stated["Kepala UKPBJ", "jabatan"] == ("profil kantor", "pejabat.kepala_ukpbj.jabatan")
    assert stated["anggota Pokja 2", "nama"] == ("kasus", "pejabat.pokja[].nama")
    assert stated["cadangan 1", "nama penyedia"] == ("kasus", "penyedia[].nama")
    assert stated["dasar hukum", "dasar hukum"] == ("profil kantor", "dasar_hukum")
    ruled = [one for one in review.statements if one.asal == "aturan"]
    assert {one.sumber for one in ruled} == {"penetap-pemenang = pokja (tender-seleksi/11, tersurat)"}


def test_a_number_of_the_office_s_own_pattern_comes_from_the_profile(engine: Engine, office: Office) -> None:
    case = full_case("tender")
    del case["isian"]["bapp"]["nomor"]
    review = review_of(reviewed(engine, office, case)[2], "bapp")
    (number,) = [one for one in review.statements if (one.kelompok, one.hal) == ("isian naskah ini", "nomor")]
    assert (number.asal, number.sumber) == ("belum diisi", "nomor.pola")
    assert "/BAPP/PBJ/" in number.isi


def test_what_two_bidders_have_alike_is_stated_for_each(engine: Engine, office: Office) -> None:
    review = review_of(reviewed(engine, office, full_case("tender"))[2], "pengumuman-pemenang")
    results = [(one.kelompok, one.isi) for one in review.statements if one.hal == "hasil"]
    assert results == [("penawar 1", "Lulus"), ("penawar 2", "Lulus"), ("penawar 3", "Gugur")]


def test_what_headers_and_footers_print_is_stated_too(engine: Engine, office: Office, tmp_path: Path) -> None:
    folder = template_folder(tmp_path, "", "")
    parts = unpack(folder / "bapp.docx")
    parts["word/footer1.xml"] = parts["word/footer1.xml"].replace(
        b"</w:ftr>",
        b"<w:p><w:r><w:t>{{ ppk.nama }} {{ keputusan.adendum }}</w:t></w:r></w:p></w:ftr>",
    )
    (folder / "bapp.docx").write_bytes(pack(parts))
    review = review_of(reviewed(engine, office, full_case("tender"), directory=folder)[2], "bapp")
    assert [one.asal for one in review.statements if one.sumber == "pejabat.ppk.nama"] == ["kasus"]
    assert "persetujuan-ppk" in {one.isi for one in review.statements if one.asal == "aturan"}


@EVERY
def test_the_pages_hold_every_statement(name: str, make: Any, engine: Engine, office: Office, tmp_path: Path) -> None:
    sheet = sheet_of(engine, office, make(name))
    shown = bare(whole_text(sheet.content))
    for paper in sheet.data["naskah"]:
        assert bare(paper["judul"]) in shown
        for one in paper["pernyataan"]:
            # A long sentence is shown by its beginning and its end.
            assert bare(one["isi"])[:100] in shown
            assert bare(one["sumber"].split(".")[0]) in shown
    assert short_code(sheet.data["segel"]) in shown
    (tmp_path / "lembar-tinjauan.docx").write_bytes(sheet.content)
    assert faults(tmp_path / "lembar-tinjauan.docx") == []
    assert read_sheet(tmp_path / "lembar-tinjauan.docx") == sheet.data


def test_what_several_papers_say_alike_is_listed_once(engine: Engine, office: Office) -> None:
    shown = whole_text(sheet_of(engine, office, full_case("tender")).content)
    assert shown.count("kode tender: 9876543") == 1
    tables = docx.Document(io.BytesIO(sheet_of(engine, office, full_case("tender")).content)).tables
    rows = {row.cells[1].text: row.cells[3].text for table in tables for row in table.rows if len(row.cells) == 5}
    assert rows["kop surat"] == "1–10"
    assert rows["sk-pokja"] == "2, 4–8, 10"


def test_a_local_setting_and_a_reading_are_told_on_the_sheet(engine: Engine, office: Office) -> None:
    shown = whole_text(sheet_of(engine, office, LOCAL).content)
    assert "Setelan Lokal Kasus Ini" in shown
    assert "Setelan Lokal" not in whole_text(sheet_of(engine, office, full_case("tender")).content)
    tender = whole_text(sheet_of(engine, office, full_case("tender")).content)
    assert engine.regulation.anomali["AN-23"].alternatif in tender


def test_a_paper_whose_template_cannot_be_followed_is_told_on_the_sheet(
    engine: Engine, office: Office, tmp_path: Path
) -> None:
    sheet = sheet_of(engine, office, full_case("tender"), directory=template_folder(tmp_path, *UNTRACED))
    untraced = [paper["berkas"] for paper in sheet.data["naskah"] if not paper["tertelusur"]]
    assert untraced == ["02-bapp.docx"]
    assert whole_text(sheet.content).count("tidak dapat ditelusuri") == 2


def test_a_case_without_papers_has_a_sheet_that_says_so(engine: Engine, office: Office, tmp_path: Path) -> None:
    sheet = sheet_of(engine, office, {"kasus": "x", "sop": "analisa-pelaku-usaha", "tanggal": "2020-04-01"})
    assert "belum menghasilkan satu naskah pun" in whole_text(sheet.content)
    (tmp_path / "lembar.docx").write_bytes(sheet.content)
    assert faults(tmp_path / "lembar.docx") == []


@needs_libreoffice
def test_the_sheet_takes_about_a_page_a_paper(engine: Engine, office: Office, tmp_path: Path) -> None:
    sheets = {name: sheet_of(engine, office, full_case(name)) for name in ("tender", "kontrak", "prakualifikasi")}
    for name, sheet in sheets.items():
        (tmp_path / f"{name}.docx").write_bytes(sheet.content)
    convert([tmp_path / f"{name}.docx" for name in sheets], "pdf", tmp_path)
    for name, sheet in sheets.items():
        pages = (tmp_path / f"{name}.pdf").read_bytes().count(b"/Type/Page/")
        assert 1 < pages <= len(sheet.data["naskah"]) + 1


@needs_libreoffice
def test_libreoffice_lays_a_draft_out_like_its_paper(engine: Engine, office: Office, tmp_path: Path) -> None:
    """It puts an empty line before a table that a commented file begins with; Word does not."""
    reviews = reviewed(engine, office, full_case("tender"))[2]
    files = [(tmp_path / paper.name, paper.content) for one in reviews for paper in (one.paper, one.draft)]
    for file, content in files:
        file.write_bytes(content)
    convert([file for file, _ in files], "pdf", tmp_path)
    pages = [file.with_suffix(".pdf").read_bytes().count(b"/Type/Page/") for file, _ in files]
    for ordinary, draft in zip(pages[::2], pages[1::2], strict=True):
        assert 0 < ordinary <= draft <= ordinary + 1


def convert(files: list[Path], kind: str, folder: Path) -> None:
    soffice = find_soffice()
    assert soffice is not None
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [str(soffice), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


# The seal.

SEALED = """
import sys
from pathlib import Path
from pbj_rules import Case, Engine
from pbj_rules.documents import Office, isian_shape, review_papers, review_sheet
from pbj_rules.resources import default_profile
from tests.documents.cases import full_case
engine, office = Engine.default(), Office.from_file(default_profile())
case = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
result = engine.evaluate(case)
reviews = review_papers(case, result, office, engine.regulation)
print(review_sheet(case, result, office, engine.regulation, reviews, file=sys.argv[1]).data["segel"])
"""


def test_the_seal_is_the_same_in_every_process_and_place(engine: Engine, office: Office) -> None:
    """Where the case lay and how this process orders its sets decides nothing."""
    seals = {sheet_of(engine, office, full_case("tender")).data["segel"]}
    for seed in ("0", "1", "2"):
        command = [sys.executable, "-c", SEALED, f"lain-{seed}.yaml"]
        done = subprocess.run(
            command, cwd=HOME, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        )
        seals.add(done.stdout.strip())
    assert len(seals) == 1


def test_the_order_of_a_case_s_keys_decides_nothing(engine: Engine, office: Office) -> None:
    case = full_case("tender")
    turned = dict(reversed(case.items())) | {"paket": dict(reversed(case["paket"].items()))}
    assert sheet_of(engine, office, turned).data["segel"] == sheet_of(engine, office, case).data["segel"]


def test_every_case_is_reviewed() -> None:
    assert len(CASES) * 2 == len(EVERY.args[1])
