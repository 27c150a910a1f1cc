"""`pbj fields`: what a template reads, taken from the template itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents.contract.files import load_contract
from pbj_rules.documents.listing import fields_of
from pbj_rules.documents.places import template_files
from tests.documents.writing_word import line, word_file


@pytest.mark.parametrize("paper", sorted(template_files()))
def test_every_field_of_every_template_says_where_it_is_filled_in(paper: str) -> None:
    fields = {field.nama: field for field in fields_of(paper, template_files()[paper], load_contract())}
    assert {"nomor", "tanggal", "kop.nama"} <= set(fields)
    assert fields["nomor"].isi == f"isian.{paper}.nomor"
    assert all(field.tipe and field.asal and field.isi for field in fields.values())


def test_what_staff_may_leave_out_is_not_called_required() -> None:
    fields = {field.nama: field for field in fields_of("sppbj", template_files()["sppbj"], load_contract())}
    assert fields["sifat"].wajib is False
    assert fields["batas_tanda_tangan"].wajib is True
    assert fields["nama_paket"].isi == "paket.nama"
    assert fields["laporan_hasil_pemilihan.nomor"].isi == "isian.laporan-hasil-pemilihan.nomor"


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("ba-evaluasi", "penawar.penawaran.tahap_gugur"),
        ("ba-evaluasi", "fakta.jumlah_penawaran_perpanjangan"),
        ("pengumuman-tender", "pengumuman_kualifikasi.nomor"),
        ("hasil-daftar-hitam", "sanksi.nomor_sk"),
    ],
)
def test_what_is_read_only_under_a_condition_is_called_conditional(paper: str, name: str) -> None:
    fields = {field.nama: field for field in fields_of(paper, template_files()[paper], load_contract())}
    assert (fields[name].wajib, fields[name].bersyarat) == (False, True)
    assert (fields["nomor"].wajib, fields["nomor"].bersyarat) == (True, False)


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("{{ tempat }}", True),
        ("{% if tempat %}x{% endif %}", True),
        ("{{ 'x' if tempat == 'y' else 'z' }}", True),
        ("{% for tanya in tanya_jawab %}{{ tempat }}{% endfor %}", True),
        ("{% if keputusan.adendum == 'adendum' %}x{% else %}{{ tempat }}{% endif %}{{ tempat }}", True),
        ("{% if keputusan.adendum == 'adendum' %}x {{ tempat }}{% else %}{{ tempat }}{% endif %}", True),
        ("{{ tempat if keputusan.adendum == 'adendum' else tempat }}", True),
        ("{% if keputusan.adendum == 'adendum' %}{{ tempat }}{% endif %}", False),
        ("{% if keputusan.adendum == 'adendum' %}x{% else %}{{ tempat }}{% endif %}", False),
        ("{% if keputusan.adendum == 'adendum' %}x{% elif tempat %}y{% endif %}", False),
        ("{{ tempat if keputusan.adendum == 'adendum' else 'x' }}", False),
        ("{% if keputusan.adendum == 'adendum' and tempat %}x{% endif %}", False),
        ("{% if tempat is none %}x{% endif %}", False),
        ("{% for tanya in tanya_jawab if tanya.pertanyaan %}{{ tempat }}{% endfor %}", False),
    ],
)
def test_one_reading_outside_every_condition_makes_a_field_required(text: str, required: bool, tmp_path: Path) -> None:
    template = word_file(tmp_path / "bapp.docx", line(text))
    fields = {field.nama: field for field in fields_of("bapp", template, load_contract())}
    assert (fields["tempat"].wajib, fields["tempat"].bersyarat) == (required, not required)


def test_what_may_be_left_out_is_not_called_conditional_either() -> None:
    fields = {field.nama: field for field in fields_of("adendum", template_files()["adendum"], load_contract())}
    assert (fields["perubahan_jadwal.tahapan"].wajib, fields["keputusan.persetujuan_adendum"].wajib) == (False, False)
    assert fields["keputusan.persetujuan_adendum"].bersyarat is False


def test_the_command_says_what_is_needed_only_where_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "pengumuman-tender"]) == 0
    assert "bila dicetak" in " ".join(capsys.readouterr().out.split())
    assert main(["fields", "pengumuman-tender", "--json"]) == 0
    by_name = {field["nama"]: field for field in json.loads(capsys.readouterr().out)["isian"]}
    assert by_name["pengumuman_kualifikasi.nomor"]["bersyarat"] is True
    assert by_name["pengumuman_kualifikasi.nomor"]["wajib"] is False


def test_every_origin_of_a_value_is_named() -> None:
    fields = {field.nama: field for field in fields_of("sppbj", template_files()["sppbj"], load_contract())}
    assert fields["nama_paket"].asal == "kasus"
    assert fields["kop.nama"].asal == "profil kantor"
    assert fields["kode_verifikasi"].asal == "program"
    assert fields["pejabat_penandatangan_kontrak.nama"].asal == "kasus atau profil kantor"
    decided = {field.nama: field for field in fields_of("bapp", template_files()["bapp"], load_contract())}
    assert decided["keputusan.adendum"].asal == "aturan"


def test_a_number_comes_from_the_register_where_nobody_types_it() -> None:
    fields = {field.nama: field for field in fields_of("sppbj", template_files()["sppbj"], load_contract())}
    assert fields["nomor"].asal == "kasus atau register"
    assert fields["laporan_hasil_pemilihan.nomor"].asal == "kasus atau register"
    assert fields["tanggal"].asal == "kasus"


def test_the_number_of_a_paper_from_elsewhere_is_typed() -> None:
    contract = load_contract()
    elsewhere = [
        field
        for paper, template in template_files().items()
        for field in fields_of(paper, template, contract)
        if field.isi in {f"isian.{cited}.nomor" for cited in contract.cited}
    ]
    assert elsewhere
    assert {field.asal for field in elsewhere} == {"kasus"}


def test_fields_of_blocks_are_listed_under_what_the_block_is_given() -> None:
    fields = [field.nama for field in fields_of("sppbj", template_files()["sppbj"], load_contract())]
    assert {"kop.alamat", "pejabat_penandatangan_kontrak.nip", "tembusan"} <= set(fields)
    assert not any(name.startswith("pejabat.") for name in fields)


def test_an_extra_paper_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    extra = next(paper for paper, declared in load_contract().papers.items() if declared.extra)
    assert main(["fields", extra]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Naskah pelengkap, tidak disebut dalam Perbup" in said
    assert f"isian.{extra}" in said
    assert main(["fields", extra, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pelengkap"]["judul"]
    assert main(["fields", "bapp", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pelengkap"] is None


def test_the_command_prints_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "bapp"]) == 0
    said = capsys.readouterr().out
    assert "isian.bapp.tanya_jawab.pertanyaan" in said
    assert "nomor urutnya dari register" in " ".join(said.split())
    assert main(["fields", "bapp", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["skema"] == "pbj-isian/1"
    by_name = {field["nama"]: field for field in listed["isian"]}
    assert by_name["keputusan.adendum"]["asal"] == "aturan"
    assert by_name["tanggal"]["tipe"] == "tanggal"


def test_an_unknown_paper_is_named_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "bpp"]) == 2
    assert "mungkin maksudnya `bapp`" in capsys.readouterr().err
