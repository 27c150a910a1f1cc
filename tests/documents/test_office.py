"""The office profile: what it decides in the papers, and how a wrong one is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve

from pbj_rules.documents import Office
from pbj_rules.errors import InputError
from pbj_rules.resources import default_profile
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import W, body_of, parts_of, whole_text


@pytest.fixture
def profile(tmp_path: Path) -> dict[str, Any]:
    shutil.copy(default_profile().with_name("logo.png"), tmp_path / "logo.png")
    loaded: dict[str, Any] = yaml.safe_load(default_profile().read_text(encoding="utf-8"))
    return loaded


def saved(profile: dict[str, Any], folder: Path) -> Path:
    path = folder / "profil.yaml"
    path.write_text(yaml.safe_dump(profile, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def refusal(profile: dict[str, Any], folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        Office.from_file(saved(profile, folder))
    return str(refused.value)


def test_the_shipped_profile_is_valid_and_fictitious(office: Office) -> None:
    numbers = [person["nip"] for person in office.officials.values() if isinstance(person, dict)]
    assert all(number.startswith("000000000000") for number in numbers)
    assert all("Contoh" in person["nama"] for person in office.officials.values() if isinstance(person, dict))


def test_the_legal_basis_is_that_of_the_paper_s_day(office: Office) -> None:
    def cited(day: date) -> str:
        return " | ".join(office.basis_on(day, "bapp"))

    assert "Peraturan Bupati Balangan Nomor 21 Tahun 2020" not in cited(date(2020, 3, 17))
    assert "Peraturan Bupati Balangan Nomor 21 Tahun 2020" in cited(date(2020, 3, 18))
    assert "Nomor 12 Tahun 2021" not in cited(date(2021, 2, 1))
    assert "diubah dengan Peraturan Presiden Nomor 12 Tahun 2021" in cited(date(2021, 2, 2))
    assert cited(date(2025, 4, 30)).count("Peraturan Presiden Nomor 16 Tahun 2018") == 1


def test_letterhead_place_and_copies_come_from_the_profile(
    profile: dict[str, Any], tmp_path: Path, render: Render
) -> None:
    profile["kop"]["nama"] = "UNIT KERJA REKAAN"
    profile["kantor"]["tempat"] = "Kota Rekaan"
    profile["tembusan"]["surat-info-akun"] = ["Arsip Rekaan"]
    office = Office.from_file(saved(profile, tmp_path))
    text = text_of_paper(render(full_case("auditor"), by=office), "surat-info-akun")
    assert "UNIT KERJA REKAAN" in text
    assert "Kota Rekaan, 1 April 2020" in text
    assert "Arsip Rekaan" in text


def test_an_official_of_the_case_stands_before_the_office_s(render: Render) -> None:
    case = full_case("auditor")
    case["pejabat"]["kasubbag_lpse"] = {"nama": "Nama Pelaksana Tugas Contoh"}
    letter = paper(render(case), "surat-info-akun")
    assert "Nama Pelaksana Tugas Contoh" in whole_text(letter.content)
    assert "pejabat.kasubbag_lpse.nip" in letter.kosong


def test_who_signs_may_be_changed_by_the_profile(profile: dict[str, Any], tmp_path: Path, render: Render) -> None:
    profile["pengesah"]["surat-info-akun"] = "kepala_ukpbj"
    office = Office.from_file(saved(profile, tmp_path))
    assert "Nama Kepala Bagian Contoh" in text_of_paper(render(full_case("auditor"), by=office), "surat-info-akun")


def test_paper_margins_and_type_come_from_the_profile(profile: dict[str, Any], tmp_path: Path, render: Render) -> None:
    profile["halaman"] = {
        "lebar_mm": 210,
        "tinggi_mm": 297,
        "tepi_mm": {"atas": 25, "bawah": 25, "kiri": 30, "kanan": 30},
        "huruf": {"nama": "Arial", "ukuran": 12},
    }
    made = render(full_case("auditor"), by=Office.from_file(saved(profile, tmp_path)))
    content = paper(made, "surat-info-akun").content
    body = body_of(content)
    size = body.find(f"{W}sectPr/{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    widths = [sum(int(col.get(f"{W}w")) for col in table.iter(f"{W}gridCol")) for table in body.findall(f"{W}tbl")]
    assert max(widths) <= 11906 - 2 * 1701 + 4
    assert b'w:ascii="Arial"' in parts_of(content)["word/styles.xml"]
    assert b'w:sz w:val="24"' in parts_of(content)["word/styles.xml"]


def test_the_emblem_keeps_its_proportions(office: Office, render: Render) -> None:
    wide = office.logo
    assert wide is not None
    squeezed = wide[:16] + (400).to_bytes(4) + (100).to_bytes(4) + wide[24:]
    body = body_of(paper(render(full_case("auditor"), by=evolve(office, logo=squeezed)), "surat-info-akun").content)
    extent = body.find(".//{*}inline/{*}extent")
    assert int(extent.get("cx")) == pytest.approx(4 * int(extent.get("cy")), abs=2)


def test_a_letterhead_may_have_no_emblem(profile: dict[str, Any], tmp_path: Path, render: Render) -> None:
    del profile["logo"]
    made = render(full_case("auditor"), by=Office.from_file(saved(profile, tmp_path)))
    content = paper(made, "surat-info-akun").content
    assert not list(body_of(content).iter("{*}drawing"))


def test_a_wrong_profile_is_refused_with_every_fault(profile: dict[str, Any], tmp_path: Path) -> None:
    profile["kantorr"] = profile.pop("kantor")
    profile["halaman"]["tepi_mm"]["kiri"] = -3
    profile["pejabat"]["kepala_ukpbjj"] = {"nama": "X"}
    profile["tembusan"]["bappp"] = []
    said = refusal(profile, tmp_path)
    assert "mungkin maksudnya `kantor`" in said.lower()
    assert "halaman.tepi_mm.kiri" in said
    assert "Mungkin maksudnya `kepala_ukpbj`" in said
    assert "Mungkin maksudnya `bapp`" in said
    assert all("profil.yaml:" in line for line in said.splitlines())


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("nomor", "pola"), "027/{nomer}/{tahun}", "`{nomer}` tidak dikenal"),
        (("nomor", "pola_naskah", "bapp"), "{tahunn}", "Mungkin maksudnya `tahun`"),
        (("halaman", "lebar_mm"), 90, "tidak menyisakan ruang tulis"),
        (("dasar_hukum", 0, "berlaku_sampai"), "2001-01-01", "berakhir sebelum mulai"),
        (("pengesah", "surat-info-akun"), "kasubag_lpse", "Mungkin maksudnya `kasubbag_lpse`"),
        (("logo",), "tidak-ada.png", "`tidak-ada.png` tidak dapat dibaca: berkas tidak ada"),
        (("logo",), "profil.yaml", "bukan gambar PNG"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused(
    path: tuple[Any, ...], value: Any, words: str, profile: dict[str, Any], tmp_path: Path
) -> None:
    inner = profile
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert words in refusal(profile, tmp_path)


def test_the_emblem_is_that_of_the_profile(office: Office, render: Render) -> None:
    assert office.logo is not None
    other = office.logo + b"lain"
    parts = parts_of(paper(render(full_case("auditor"), by=evolve(office, logo=other)), "surat-info-akun").content)
    pictures = [data for name, data in parts.items() if name.startswith("word/media/")]
    assert pictures == [other]
