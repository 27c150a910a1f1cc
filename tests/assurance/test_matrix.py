"""Each row is shown with all that hangs on it, and whatever hangs on nothing is found, with its row."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pbj_rules import Engine
from pbj_rules.cli.main import main
from pbj_rules.resources import rules_directory, samples_directory, templates_directory
from tests.assurance.spoiling import SHIPPED, reword, spoilt

ACCEPTED = Path(__file__).parent.parent / "__snapshots__" / "test_samples"
PREPARATION = "03-persiapan-pengadaan.yaml"
PREQUALIFICATION = "05-prakualifikasi.yaml"


def matrix_of(capsys: pytest.CaptureFixture[str], *options: str | Path, status: int = 0) -> dict[str, Any]:
    assert main(["matrix", "--json", *map(str, options)]) == status
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    return shown


def found_in(matrix: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return sorted(((one["jenis"], one["id"], one["baris"]) for one in matrix["yatim"]), key=str)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped matrix in both its files."""
    folder = tmp_path_factory.mktemp("matriks")
    status = main(["matrix", "--orphans", "--xlsx", str(folder / "m.xlsx"), "--html", str(folder / "m.html")])
    assert status == 0
    return folder


# The shipped matrix


def test_the_matrix_holds_the_160_rows_in_order_and_no_orphan(
    capsys: pytest.CaptureFixture[str], engine: Engine
) -> None:
    matrix = matrix_of(capsys, "--accepted", ACCEPTED)
    assert list(matrix) == ["baris", "yatim"]
    assert matrix["yatim"] == []
    assert [row["baris"] for row in matrix["baris"]] == [row.id for row in engine.regulation.rows()]
    assert len(matrix["baris"]) == 160
    for row in matrix["baris"]:
        assert list(row)[:6] == ["baris", "aturan", "skenario", "dokumen", "templat", "anomali"]
        assert row["aturan"]
        assert row["skenario"]


def test_the_path_of_every_sample_is_in_it_and_nothing_else(capsys: pytest.CaptureFixture[str], oracle: Engine) -> None:
    visits = {
        (row_id, f"{path.parent.name}/{path.stem}")
        for path in samples_directory().glob("*/*.yaml")
        for row_id in oracle.evaluate(path).jalur
    }
    matrix = matrix_of(capsys)
    assert {(row["baris"], name) for row in matrix["baris"] for name in row["skenario"]} == visits


def test_a_row_names_its_rules_what_they_read_its_papers_and_who_does_it(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["baris"]: row for row in matrix_of(capsys)["baris"]}
    row = rows["prakualifikasi/7"]
    assert row["keputusan"] == ["kuorum-peserta-perpanjangan"]
    assert {"kuorum-peserta-perpanjangan-gagal", "prakualifikasi/7:lanjut"} < set(row["aturan"])
    assert row["tafsir"] == ["kuorum-peserta-perpanjangan-terpenuhi-tepat"]
    assert (row["fakta"], row["parameter"]) == (["jumlah_peserta_perpanjangan"], ["kuorum_peserta"])
    assert row["anomali"] == ["AN-33", "AN-38", "AN-59", "AN-66"]
    assert (row["dokumen"], row["templat"], row["tanpa_templat"]) == (
        ["isian-kualifikasi"],
        [],
        ["isian-kualifikasi"],
    )
    assert (row["pelaku"], row["pelaku_disimpulkan"], row["keyakinan"]) == ("pokja", True, "tinggi")
    assert rows["tender-seleksi/14"]["pelengkap"] == ["jawaban-sanggah"]
    assert rows["pelaksanaan-kontrak/13"]["templat"] == ["bast"]
    assert "AN-34" in rows["tender-seleksi/8"]["anomali"], "the parameter that the row uses is an interpretation"


def test_every_actor_of_the_shipped_rules_is_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    matrix = matrix_of(capsys)
    assert all(row["pelaku_disimpulkan"] == (row["pelaku"] is not None) for row in matrix["baris"])
    assert sum(row["pelaku_disimpulkan"] for row in matrix["baris"]) == 141


def test_an_actor_that_the_text_marks_is_not_inferred(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    change = ("{peran: peserta, keyakinan: tinggi", "{peran: peserta, keyakinan: tersurat")
    rows = matrix_of(capsys, "--rules", spoilt(tmp_path / "aturan", PREQUALIFICATION, change))["baris"]
    [row] = [row for row in rows if row["baris"] == "prakualifikasi/3"]
    assert (row["pelaku"], row["pelaku_disimpulkan"]) == ("peserta", False)


# Orphans of rules


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rules that load, with a defect of every sort."""
    rules = spoilt(
        tmp_path_factory.mktemp("aturan") / "ubah",
        PREQUALIFICATION,
        ("    pelaksana: {peran: peserta, keyakinan: tinggi, alasan: Mengunggah isian kualifikasi.}\n", ""),
        ("{peran: pokja, keyakinan: tinggi, alasan: Peng", "{peran: kepala-ukpbj, keyakinan: tinggi, alasan: Peng"),
        ("anomali: [AN-57]", "anomali: [AN-01]"),
        ("kutipan: Jika peserta yang dinyatakan lulus kurang", "kutipan: Jika peserta kurang"),
        ("maka prakualifikasi dinyatakan gagal\n    dokumen", "maka dilakukan perpanjangan waktu\n    dokumen"),
        ("      - {id: daftar-peserta-evaluasi, kutipan: Daftar peserta hasil evaluasi, dasar: tersurat}\n", ""),
        ("      - {id: ba-pembuktian, kutipan: Berita acara hasil pembuktian, dasar: tersurat}\n", ""),
        ("baris_naskah: 187", "baris_naskah: 180"),
        ("{teks: Surat ijin usaha dan dokumen lainnya, dokumen: isian-kualifikasi}", "{teks: Surat ijin usaha}"),
        ("fakta: [jumlah_lulus]", "fakta: [jumlah_lulus, paket.jenis]"),
    )
    reword(rules / "02-perencanaan-pengadaan.yaml", ("kolom:\n", "kolom:\n  - {judul: Auditor, peran: auditor}\n"))
    reword(
        rules / "13-registrasi-penyedia.yaml",
        ("salinan_dari: registrasi-penyedia/8", "salinan_dari: registrasi-penyedia/7"),
    )
    reword(
        rules / "parameter.yaml",
        ("baris: [prakualifikasi/9]", "baris: [prakualifikasi/6]"),
        (
            "parameter:\n",
            "parameter:\n  - {id: ambang_lama, judul: Ambang lama, nilai: 1, tipe: jumlah, baris: [prakualifikasi/12],"
            " dasar: tersurat, kutipan: Selesai}\n",
        ),
    )
    reword(
        rules / "fakta.yaml",
        ("baris: [perencanaan-pengadaan/3]", "baris: [perencanaan-pengadaan/4]"),
        (
            "fakta:\n",
            "fakta:\n  - {id: hal_lama, judul: Hal lama, tipe: ya-tidak, asal: fakta, pertanyaan: Hal lama?}\n",
        ),
    )
    reword(rules / "peran.yaml", ("peran:\n  -", "peran:\n  - {id: panitia, nama: Panitia}\n  -"))
    reword(
        rules / "dokumen.yaml",
        (
            "dokumen:\n",
            "dokumen:\n  - {id: surat-lama, judul: '=1+1', jenis: surat, dibuat_oleh: unit, penanda_tangan: PPK,"
            " urutan_templat: 99}\n",
        ),
    )
    (rules / "99-lama.yaml").write_text("sop: lama\n", encoding="utf-8")
    return rules


RULE_ORPHANS = [
    ("anomali-tanpa-baris", "AN-57", "prakualifikasi/11"),
    ("baris-tanpa-anomali", "AN-01", "prakualifikasi/11"),
    ("baris-tanpa-fakta", "paket.jenis", "prakualifikasi/9"),
    ("baris-tanpa-fakta", "perlu_asistensi", "perencanaan-pengadaan/3"),
    ("baris-tanpa-naskah", "prakualifikasi/4", "prakualifikasi/4"),
    ("baris-tanpa-parameter", "kuorum_lulus", "prakualifikasi/9"),
    ("baris-tanpa-pelaku", "prakualifikasi/5", "prakualifikasi/5"),
    ("baris-tercetak-tanpa-aturan", "naskah.txt:187", None),
    ("berkas-tak-terpakai", "99-lama.yaml", None),
    ("butir-tanpa-dokumen", "Surat ijin usaha", "prakualifikasi/3"),
    ("dokumen-tanpa-baris", "surat-lama", None),
    ("dokumen-tanpa-templat", "surat-lama", None),
    ("fakta-tak-terpakai", "hal_lama", None),
    ("fakta-tanpa-baris", "perlu_asistensi", "perencanaan-pengadaan/4"),
    ("fakta-tanpa-cabang", "paket.jenis", "prakualifikasi/9"),
    ("kolom-tanpa-pelaku", "auditor", "perencanaan-pengadaan/1"),
    ("kutipan-tanpa-baris", "kuorum-lulus-gagal", "prakualifikasi/9"),
    ("kutipan-tanpa-baris", "kuorum_lulus", "prakualifikasi/6"),
    ("output-tanpa-aturan", "daftar-peserta-evaluasi", "prakualifikasi/8"),
    ("parameter-tak-terpakai", "ambang_lama", "prakualifikasi/12"),
    ("parameter-tanpa-baris", "kuorum_lulus", "prakualifikasi/6"),
    ("pelaku-tanpa-kolom", "kepala-ukpbj", "prakualifikasi/2"),
    ("peran-tak-terpakai", "panitia", None),
    ("salinan-tanpa-asal", "hasil-daftar-hitam", "registrasi-penyedia/9"),
    ("templat-tanpa-baris", "ba-pembuktian", None),
]


def test_every_sort_of_orphan_of_rules_is_found_and_none_besides(
    altered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found_in(matrix_of(capsys, "--rules", altered, status=1)) == RULE_ORPHANS


def test_an_orphan_says_where_it_is_what_is_expected_and_how_to_mend_it(
    altered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orphans = matrix_of(capsys, "--rules", altered, status=1)["yatim"]
    for one in orphans:
        assert list(one) == ["jenis", "id", "baris", "berkas", "baris_berkas", "pesan", "seharusnya", "perbaikan"]
        assert all(one[key] for key in ("jenis", "id", "berkas", "pesan", "seharusnya", "perbaikan"))
        assert str(altered.parent) not in json.dumps(one), "the same words in whatever folder the rules lie"
        if one["baris_berkas"] is not None and one["berkas"] != "ubah/naskah.txt":
            line = (altered.parent / one["berkas"]).read_text(encoding="utf-8").splitlines()[one["baris_berkas"] - 1]
            assert re.search(r"\b(id|label): ", line), line


def test_a_list_that_no_fact_is_derived_from_is_an_orphan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (SHIPPED / "fakta.yaml").read_text(encoding="utf-8")
    [derived] = re.findall(r"    turunan:\n(?:      .*\n|        .*\n)+", text)
    rules = spoilt(tmp_path / "aturan", "fakta.yaml", (derived, ""))
    found = found_in(matrix_of(capsys, "--rules", rules, status=1))
    assert ("koleksi-tak-terpakai", "daftar_hitam", None) in found
    assert ("fakta-tak-terpakai", "pemohon.npwp", "registrasi-penyedia/8") in found


@pytest.mark.parametrize(
    ("file", "change", "row", "words"),
    [
        (PREQUALIFICATION, ("anomali: [AN-46]", "anomali: [AN-99]"), "prakualifikasi/6", "anomali `AN-99`"),
        (PREQUALIFICATION, ('lanjut: "8"', 'lanjut: "88"'), "prakualifikasi/6", "baris tujuan `prakualifikasi/88`"),
        (PREQUALIFICATION, ("peran: pokja,", "peran: panitia,"), "prakualifikasi/2", "peran `panitia`"),
        (PREQUALIFICATION, ('{baris: "5", dasar: urutan}', '{baris: "6", dasar: urutan}'), "prakualifikasi/5", "tidak"),
        (PREPARATION, ("anomali: [AN-44]\n            penj", "penj"), "persiapan-pengadaan/4", "tafsir"),
    ],
    ids=["anomaly", "target", "actor", "unreachable", "interpretation without anomaly"],
)
def test_what_loading_refuses_is_an_orphan_at_its_row(
    file: str, change: tuple[str, str], row: str, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    orphans = matrix_of(capsys, "--rules", spoilt(tmp_path / "aturan", file, change), status=1)["yatim"]
    [one] = [one for one in orphans if one["jenis"] == "berkas-aturan"]
    assert one["baris"] == row
    assert words in one["pesan"]
    assert one["berkas"] == f"aturan/{file}"


# Orphans of scenarios and templates


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples without the only one that shows a branch, and with one that no rule can take."""
    folder = tmp_path_factory.mktemp("contoh") / "kasus"
    shutil.copytree(samples_directory(), folder, ignore=shutil.ignore_patterns("__*"))
    (folder / "registrasi-penyedia" / "sudah-terdaftar-di-lpse-lain.yaml").unlink()
    (folder / "salah.yaml").write_text(
        "kasus: salah\nsop: prakualifikasi\ntanggal: 2020-04-01\nfakta: {jumlah_tamu: 3}\n", encoding="utf-8"
    )
    return folder


def test_a_row_or_branch_that_no_sample_shows_and_a_sample_that_visits_no_row_are_orphans(
    samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found_in(matrix_of(capsys, "--samples", samples, status=1)) == [
        ("aturan-tanpa-skenario", "pendaftaran-lpse-lain-sudah", "registrasi-penyedia/11"),
        ("baris-tanpa-skenario", "registrasi-penyedia/12", "registrasi-penyedia/12"),
        ("skenario-tanpa-baris", "salah", None),
    ]


def test_what_accepted_results_expect_must_exist(
    samples: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    accepted = Path(shutil.copytree(ACCEPTED, tmp_path / "hasil"))
    reword(
        accepted / "prakualifikasi" / "kuorum-tepat-tiga-peserta.json",
        ('"prakualifikasi/8"', '"prakualifikasi/88"'),
        ('"kuorum-lulus-terpenuhi"', '"kuorum-lulus-cukup"'),
    )
    (accepted / "rusak.json").write_text("[", encoding="utf-8")
    found = found_in(matrix_of(capsys, "--samples", samples, "--accepted", accepted, status=1))
    assert [one for one in found if "harapan" in one[0]] == [
        ("harapan-tak-terbaca", "rusak", None),
        ("harapan-tanpa-baris", "prakualifikasi/88", "prakualifikasi/88"),
        ("harapan-tanpa-cabang", "kuorum-lulus-cukup", "prakualifikasi/9"),
        ("harapan-tanpa-skenario", "registrasi-penyedia/sudah-terdaftar-di-lpse-lain", None),
        ("skenario-tanpa-harapan", "salah", None),
    ]


def test_a_document_without_template_and_a_template_without_document_or_row_are_orphans(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    templates = Path(shutil.copytree(templates_directory(), tmp_path / "templat"))
    (templates / "bast.docx").rename(templates / "bast-lama.docx")
    (templates / "pakta-integritas.docx").unlink()
    reword(templates / "isian" / "jawaban-sanggah.yaml", ("tender-seleksi/14", "tender-seleksi/44"))
    reword(
        templates / "isian" / "bapp.yaml",
        ("keputusan: [adendum]", "keputusan: [adendum-lama]"),
        ("fakta: [perubahan_dokumen]", "fakta: [perubahan_lama]\nparameter: [ambang_lama]"),
    )
    assert found_in(matrix_of(capsys, "--templates", templates, status=1)) == [
        ("dokumen-tanpa-templat", "bast", "proses-utama/6"),
        ("pelengkap-tanpa-baris", "jawaban-sanggah", "tender-seleksi/44"),
        ("pelengkap-tanpa-templat", "pakta-integritas", None),
        ("templat-tanpa-dokumen", "bast-lama", None),
        ("templat-tanpa-fakta", "bapp", None),
        ("templat-tanpa-keputusan", "bapp", None),
        ("templat-tanpa-parameter", "bapp", None),
    ]


# What people see


def test_the_terminal_shows_every_row_within_a_hundred_columns(
    capsys: pytest.CaptureFixture[str], engine: Engine
) -> None:
    assert main(["matrix"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 110
    assert max(len(line.rstrip()) for line in lines[:-6]) <= 100
    shown = [line.split()[0] for line in lines if re.match(r"\d+b? ", line)]
    assert shown == [row.label for row in engine.regulation.rows()]
    assert "Tidak ada yang yatim" in lines[-2]


def test_the_terminal_shows_orphans_last(altered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", "--rules", str(altered)]) == 1
    shown = capsys.readouterr().out
    assert shown.index("registrasi-penyedia") < shown.index("PELAKU-TANPA-KOLOM  kepala-ukpbj  prakualifikasi/2")
    assert f"{len(RULE_ORPHANS)} yatim: 160 baris" in shown


def test_the_workbook_can_be_filtered_and_holds_each_row_and_its_scenarios(written: Path) -> None:
    book = openpyxl.load_workbook(written / "m.xlsx")
    assert book.sheetnames == ["Matriks", "Yatim", "Skenario", "Dokumen", "Anomali"]
    assert [sheet.max_row - 3 for sheet in book] == [160, 1, 155, 117, 70]
    for sheet in book:
        assert sheet.freeze_panes == "B4"
        assert sheet.auto_filter.ref == sheet.dimensions.replace("A1:", "A3:")
        assert sheet.page_setup.orientation == "landscape"
    assert book["Yatim"]["A4"].value == "Tidak ada yang yatim."


def test_the_workbook_lists_orphans_and_holds_no_formula(altered: Path, tmp_path: Path) -> None:
    assert main(["matrix", "--rules", str(altered), "--xlsx", str(tmp_path / "m.xlsx")]) == 1
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    listed = [tuple(cell.value for cell in cells[:3]) for cells in book["Yatim"].iter_rows(min_row=4)]
    assert sorted(listed, key=str) == RULE_ORPHANS
    title = book["Dokumen"]["B4"]
    assert (title.value, title.data_type) == ("=1+1", "s"), "what the rules say is text, never a formula"


def test_neither_file_holds_the_clock(written: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO((written / "m.xlsx").read_bytes())) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2020-03-18T00:00:00Z"}
    again = ["matrix", "--orphans", "--xlsx", str(tmp_path / "m.xlsx"), "--html", str(tmp_path / "m.html")]
    assert main(again) == 0
    for name in ("m.xlsx", "m.html"):
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes()


def test_the_page_needs_no_network_and_every_link_leads_somewhere(written: Path, engine: Engine) -> None:
    page = (written / "m.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?!#)|@import|url\(', page)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert {row.id for row in engine.regulation.rows()} <= ids
    assert '<label for="cari">' in page
    assert len(page.encode()) < 500_000


# Bad input


# Of a layer


def layers_in(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of all shipped rules, with words of the upper layer replaced; its folder."""
    rules = Path(shutil.copytree(rules_directory(), folder)) / "perpres-12-2021"
    reword(rules / "lapisan.yaml", *changes)
    return rules


@pytest.mark.parametrize("layer", ["perpres-16-2018", "perpres-12-2021"])
def test_a_shipped_layer_has_no_orphan_by_its_id_or_by_its_folder(
    layer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    by_id = matrix_of(capsys, "--regulasi", layer)
    assert by_id["yatim"] == []
    assert matrix_of(capsys, "--rules", rules_directory() / layer) == by_id


def test_the_samples_are_run_by_the_layered_rules(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["baris"]: row for row in matrix_of(capsys, "--regulasi", "perpres-12-2021")["baris"]}
    assert "pelaksanaan-kontrak/14" in rows
    assert "pelaksanaan-kontrak/15" not in rows
    through = rows["pelaksanaan-kontrak/14"]["skenario"]
    assert set(through) <= set(rows["pelaksanaan-kontrak/20"]["skenario"])
    assert "pelaksanaan-kontrak/administrasi-diperbaiki-dua-kali" in through


def test_a_sample_that_names_the_regulation_beneath_is_run_by_the_layer_all_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    samples = Path(shutil.copytree(samples_directory(), tmp_path / "samples"))
    named = samples / "pelaksanaan-kontrak" / "administrasi-diperbaiki-dua-kali.yaml"
    named.write_text(f"regulasi: {SHIPPED.name}\n" + named.read_text(encoding="utf-8"), encoding="utf-8")
    assert matrix_of(capsys, "--regulasi", "perpres-12-2021", "--samples", samples)["yatim"] == []


def test_what_only_dropped_rows_used_is_told_apart_from_orphans(capsys: pytest.CaptureFixture[str]) -> None:
    left = matrix_of(capsys, "--regulasi", "perpres-12-2021")["peninggalan"]
    found = {(one["jenis"], one["id"]) for one in left}
    assert ("dokumen-tanpa-baris", "sp-pemeriksaan-administratif") in found
    assert ("fakta-tak-terpakai", "administrasi_sesuai") in found
    assert ("templat-tanpa-baris", "ba-periksa-administratif") in found
    assert all(one["berkas"].startswith(("perbup-balangan-21-2020/", "doc_templates/")) for one in left)
    assert main(["matrix", "--orphans", "--regulasi", "perpres-12-2021"]) == 0
    assert "sp-pemeriksaan-administratif" in capsys.readouterr().out


def test_what_nothing_used_before_the_layer_is_an_orphan_under_it_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    layer = layers_in(tmp_path / "aturan")
    roles = layer.parent / SHIPPED.name / "peran.yaml"
    reword(roles, ("peran:\n", "peran:\n  - {id: juru-parkir, nama: Juru parkir}\n"))
    matrix = matrix_of(capsys, "--rules", layer, status=1)
    assert found_in(matrix) == [("peran-tak-terpakai", "juru-parkir", None)]


def test_a_role_that_the_layer_brings_for_nobody_and_a_file_that_it_does_not_read_are_orphans(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    layer = layers_in(
        tmp_path / "aturan", ("    peran:\n", "    peran:\n      - {id: juru-parkir, nama: Juru parkir}\n")
    )
    (layer / "catatan.yaml").write_text("catatan: 1\n", encoding="utf-8")
    assert found_in(matrix_of(capsys, "--rules", layer, status=1)) == [
        ("berkas-tak-terpakai", "catatan.yaml", None),
        ("peran-tak-terpakai", "juru-parkir", None),
    ]


def test_what_a_layer_concludes_must_stand_in_its_own_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    layer = layers_in(tmp_path / "aturan")
    reword(layer.parent / "perpres-16-2018" / "naskah.txt", ("setelah pemberian waktu perpanjangan", "kemudian"))
    found = found_in(matrix_of(capsys, "--rules", layer, status=1))
    assert ("kutipan-tanpa-baris", "kuorum-penawaran-terpenuhi", "tender-seleksi/8") in found
    assert {kind for kind, _, _ in found} == {"kutipan-tanpa-baris"}


def test_a_row_of_the_layer_that_no_sample_shows_is_an_orphan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(
        samples_directory(), tmp_path / "samples", ignore=shutil.ignore_patterns("pelaksanaan-kontrak", "proses-utama")
    )
    matrix = matrix_of(capsys, "--regulasi", "perpres-12-2021", "--samples", tmp_path / "samples", status=1)
    assert ("baris-tanpa-skenario", "pelaksanaan-kontrak/20", "pelaksanaan-kontrak/20") in found_in(matrix)


# What is refused


@pytest.mark.parametrize(
    "options",
    [
        ["--rules", "tidak-ada"],
        ["--rules", "."],
        ["--regulasi", "tidak-ada"],
        ["--regulasi", "perpres-12-2021", "--rules", "."],
        ["--samples", "tidak-ada"],
        ["--templates", ""],
        ["--accepted", "tidak-ada"],
        ["--xlsx", ""],
        ["--html", "."],
    ],
)
def test_a_folder_or_file_that_cannot_be_is_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", *options]) == 2
    assert capsys.readouterr().err


def test_without_its_extra_the_workbook_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delitem(sys.modules, "pbj_rules.assurance.matrix.workbook", raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert main(["matrix", "--xlsx", str(tmp_path / "m.xlsx")]) == 2
    assert "pip install 'pbj-rules[xlsx]'" in capsys.readouterr().err
