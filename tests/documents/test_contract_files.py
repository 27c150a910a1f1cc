"""The data contract is checked once, and again as soon as any of its files says something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pbj_rules.documents.contract_files import read_contract
from pbj_rules.documents.fields import load_contract
from pbj_rules.errors import InputError


@pytest.fixture
def common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The common file of a copy of the contract, with a cache of its own."""
    monkeypatch.setenv("PBJ_CACHE", str(tmp_path / "tembolok"))
    shutil.copytree(Path(load_contract().file).parent, tmp_path / "kantor")
    return tmp_path / "kantor" / "isian.yaml"


def kept(common: Path) -> list[Path]:
    return [*(common.parents[1] / "tembolok").glob("*")]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_contract_from_the_cache_is_the_one_that_was_checked(common: Path) -> None:
    checked = read_contract(common)
    (entry,) = kept(common)
    before = entry.stat().st_mtime_ns
    assert read_contract(common) == checked
    assert [file.stat().st_mtime_ns for file in kept(common)] == [before]
    assert checked.papers.keys() == load_contract().papers.keys()
    assert checked.papers["hps"].file == str(common.parent / "isian" / "hps.yaml")


def test_another_folder_that_says_the_same_has_its_own_file_names(common: Path, tmp_path: Path) -> None:
    read_contract(common)
    other = Path(shutil.copytree(common.parent, tmp_path / "lain")) / "isian.yaml"
    assert read_contract(other).papers["hps"].file == str(tmp_path / "lain" / "isian" / "hps.yaml")
    assert len(kept(common)) == 1


def test_a_changed_common_file_is_read_again(common: Path) -> None:
    read_contract(common)
    change(common, "  ppk: PPK\n", "  ppk: Pejabat itu\n")
    assert read_contract(common).roles["ppk"] == "Pejabat itu"


def test_a_changed_a_new_and_a_removed_paper_are_seen(common: Path) -> None:
    papers = common.parent / "isian"
    read_contract(common)
    change(papers / "hps.yaml", "judul: rincian HPS", "judul: rincian perkiraan")
    shutil.copy(papers / "daftar-hadir.yaml", papers / "daftar-hadir-lain.yaml")
    (papers / "pakta-integritas.yaml").unlink()
    contract = read_contract(common)
    assert "rincian perkiraan" in [entry.title for entry in contract.papers["hps"].entries]
    assert "daftar-hadir-lain" in contract.papers
    assert "pakta-integritas" not in contract.papers


def test_a_renamed_paper_is_another_paper(common: Path) -> None:
    papers = common.parent / "isian"
    read_contract(common)
    (papers / "undangan-sosialisasi.yaml").rename(papers / "undangan-sosialisasi-lain.yaml")
    assert {"undangan-sosialisasi-lain", "undangan-sosialisasi"} & read_contract(common).papers.keys() == {
        "undangan-sosialisasi-lain"
    }


def test_a_faulty_contract_is_never_kept(common: Path) -> None:
    change(common.parent / "isian" / "hps.yaml", "{dari: rincian, kolom: jumlah}", "{dari: rincan, kolom: jumlah}")
    for _ in range(2):
        with pytest.raises(InputError, match="`rincan` tidak dikenal"):
            read_contract(common)
    assert kept(common) == []


def test_a_file_that_becomes_faulty_is_refused_although_it_was_right_before(common: Path) -> None:
    read_contract(common)
    change(common.parent / "isian" / "hps.yaml", "tipe: teks", "tipe: text")
    with pytest.raises(InputError, match="`text` tidak dikenal"):
        read_contract(common)


def test_a_missing_common_file_is_said_to_be_missing(common: Path) -> None:
    common.unlink()
    with pytest.raises(InputError, match="berkas tidak ditemukan"):
        read_contract(common)


def test_a_damaged_entry_is_made_anew(common: Path) -> None:
    checked = read_contract(common)
    (entry,) = kept(common)
    entry.write_bytes(entry.read_bytes()[:-1])
    assert read_contract(common) == checked


def test_without_a_cache_the_contract_is_the_same(common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = read_contract(common)
    monkeypatch.setenv("PBJ_CACHE", "")
    assert read_contract(common) == checked
