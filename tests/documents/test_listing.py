"""`pbj fields`: what a template reads, taken from the template itself."""

from __future__ import annotations

import json

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.listing import fields_of
from pbj_rules.documents.places import template_files


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


def test_the_command_prints_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "bapp"]) == 0
    assert "isian.bapp.tanya_jawab.pertanyaan" in capsys.readouterr().out
    assert main(["fields", "bapp", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["skema"] == "pbj-isian/1"
    by_name = {field["nama"]: field for field in listed["isian"]}
    assert by_name["keputusan.adendum"]["asal"] == "aturan"
    assert by_name["tanggal"]["tipe"] == "tanggal"


def test_an_unknown_paper_is_named_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "bpp"]) == 2
    assert "mungkin maksudnya `bapp`" in capsys.readouterr().err
