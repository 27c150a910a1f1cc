"""Cover sheets read again: whole however they were saved, refused where somebody edited them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest

from pbj_rules import Engine
from pbj_rules.documents import Office, read_sheet
from pbj_rules.documents.packing import pack
from pbj_rules.documents.places import template_files
from pbj_rules.errors import InputError
from tests.documents.cases import full_case, minimal_case
from tests.documents.reading_word import parts_of
from tests.documents.test_cover_sheet import convert, sheet_of
from tests.documents.test_pdf import needs_libreoffice


def edited(data: Mapping[str, Any], change: Callable[[Any], None]) -> dict[str, Any]:
    copy = deepcopy(dict(data))
    change(copy)
    return copy


EDITS: dict[str, Callable[[Any], None]] = {
    "a fact": lambda data: data["dasar"]["fakta"].update({"paket.pagu": "1"}),
    "a rule": lambda data: data["dasar"]["aturan"].popitem(),
    "a template": lambda data: data["dasar"]["templat"].update({"bapp.docx": "0" * 64}),
    "a statement": lambda data: data["naskah"][0]["pernyataan"][0].update({"isi": "lain"}),
    "a paper left out": lambda data: data["naskah"].pop(),
    "the seal": lambda data: data.update({"segel": "0" * 64}),
    "no seal": lambda data: data.pop("segel"),
    "the case's name": lambda data: data.update({"kasus": "lain"}),
    "another schema": lambda data: data.update({"skema": "pbj-tinjauan/0"}),
    "no basis": lambda data: data.pop("dasar"),
    "a basis of another shape": lambda data: data.update({"dasar": {"fakta": ["x"]}}),
    "a place of another shape": lambda data: data.update({"berkas": 7}),
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_a_sheet_whose_data_somebody_edited_is_refused(
    change: Callable[[Any], None], engine: Engine, office: Office, tmp_path: Path
) -> None:
    sheet = sheet_of(engine, office, full_case("tender"))
    wrong = json.dumps(edited(sheet.data, change), ensure_ascii=False)
    (tmp_path / "lembar-tinjauan.json").write_text(wrong, encoding="utf-8")
    parts = parts_of(sheet.content)
    right = escape(json.dumps(sheet.data, ensure_ascii=False)).encode()
    assert right in parts["customXml/item1.xml"]
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(right, escape(wrong).encode())
    (tmp_path / "lembar-tinjauan.docx").write_bytes(pack(parts))
    for name in ("lembar-tinjauan.json", "lembar-tinjauan.docx"):
        with pytest.raises(InputError) as refused:
            read_sheet(tmp_path / name)
        assert "bukan lembar tinjauan pbj-rules yang utuh" in str(refused.value)
        assert "buat tinjauan baru" in str(refused.value).lower()


@pytest.mark.parametrize(
    ("old", "new"),
    [("9876543", "9876544"), ("tidak lebih dari", "lebih dari"), ("profil kantor", "kasus")],
)
def test_a_sheet_whose_pages_somebody_edited_is_refused(
    old: str, new: str, engine: Engine, office: Office, tmp_path: Path
) -> None:
    parts = parts_of(sheet_of(engine, office, full_case("tender")).content)
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    (tmp_path / "lembar-tinjauan.docx").write_bytes(pack(parts))
    with pytest.raises(InputError, match="halamannya tidak lagi memuat"):
        read_sheet(tmp_path / "lembar-tinjauan.docx")


def test_a_sheet_with_the_notes_of_its_signers_is_still_whole(engine: Engine, office: Office, tmp_path: Path) -> None:
    sheet = sheet_of(engine, office, full_case("tender"))
    file = tmp_path / "lembar-tinjauan.docx"
    document = docx.Document(io.BytesIO(sheet.content))
    document.add_paragraph("Disetujui dengan catatan: tanggal rapat diperiksa lagi.")
    document.save(str(file))
    assert read_sheet(file) == sheet.data


@needs_libreoffice
@pytest.mark.parametrize("make", [full_case, minimal_case])
def test_a_sheet_that_libreoffice_saved_is_still_whole(
    make: Any, engine: Engine, office: Office, tmp_path: Path
) -> None:
    sheet = sheet_of(engine, office, make("tender"))
    (tmp_path / "asal.docx").write_bytes(sheet.content)
    saved = tmp_path / "disimpan"
    saved.mkdir()
    convert([tmp_path / "asal.docx"], "docx", saved)
    assert (saved / "asal.docx").read_bytes() != sheet.content
    assert read_sheet(saved / "asal.docx") == sheet.data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("lembar.docx", b"bukan zip", "bukan berkas Word"),
        ("lembar.docx", None, "tidak ada"),
        ("lembar.json", b"{", "susunannya salah"),
        ("lembar.json", b"[" * 100_000, "susunannya salah"),
        ("lembar.json", b"[]", "skemanya bukan"),
        ("lembar.json", b"\xff\xfe", "susunannya salah"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_was_expected(
    name: str, data: bytes | None, said: str, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as refused:
        read_sheet(tmp_path / name)
    assert said in str(refused.value)
    assert "lembar-tinjauan.docx" in str(refused.value)


def test_a_paper_is_no_sheet(tmp_path: Path) -> None:
    file = tmp_path / "bapp.docx"
    file.write_bytes(template_files()["bapp"].read_bytes())
    with pytest.raises(InputError, match="tidak memuat data tinjauan"):
        read_sheet(file)
