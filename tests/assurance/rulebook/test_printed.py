"""A table is printed as the regulation prints it."""

from __future__ import annotations

from pathlib import Path

from pbj_rules.assurance.rulebook.metrics import text_width, wrapped
from pbj_rules.assurance.rulebook.printed import Line, PrintedTable, naskah_lines, printed_table
from pbj_rules.regulation.model import Regulation
from pbj_rules.regulation.quotes import normal_text


def table_of(regulation: Regulation, shipped: Path, sop: str) -> PrintedTable:
    return printed_table(regulation, regulation.sop[sop], naskah_lines(shipped))


def numbers(table: PrintedTable) -> list[str]:
    return [row.number if row.row is not None else "(kosong)" for row in table.rows]


def test_blank_rows_stand_where_they_are_printed(regulation: Regulation, shipped: Path) -> None:
    assert numbers(table_of(regulation, shipped, "tender-seleksi"))[2:7] == ["3", "4", "(kosong)", "(kosong)", "5"]
    assert numbers(table_of(regulation, shipped, "pengelolaan-kinerja"))[5:8] == ["6", "(kosong)", "7"]


def test_a_row_without_a_number_is_printed_without_one(regulation: Regulation, shipped: Path) -> None:
    assert numbers(table_of(regulation, shipped, "registrasi-auditor"))[2:5] == ["3", "", "4"]
    assert numbers(table_of(regulation, shipped, "persiapan-pemilihan"))[-2:] == ["8", "10"]


def test_all_163_printed_rows_are_there(regulation: Regulation, shipped: Path) -> None:
    assert sum(len(table_of(regulation, shipped, sop).rows) for sop in regulation.sop) == 163


def test_every_word_of_a_row_is_printed(regulation: Regulation, shipped: Path) -> None:
    for sop in regulation.sop:
        for printed in table_of(regulation, shipped, sop).rows:
            if printed.row is not None:
                said = " ".join(f"{line.marker} {line.text}" for line in printed.activity)
                assert normal_text(said) == normal_text(printed.row.kegiatan)


def test_branches_open_lines_of_their_own(regulation: Regulation, shipped: Path) -> None:
    rows = {row.number: row for row in table_of(regulation, shipped, "prakualifikasi").rows}
    assert [line.marker for line in rows["6"].activity] == ["", "a.", "b."]
    rows = {row.number: row for row in table_of(regulation, shipped, "pengelolaan-kinerja").rows}
    assert [line.text.split()[0] for line in rows["18"].activity] == [
        "Menyelenggarakan",
        "Menyetujui",
        "Melanjutkan",
        "Menetapkan",
    ]


def test_a_reference_inside_a_sentence_opens_none(regulation: Regulation, shipped: Path) -> None:
    rows = {row.number: row for row in table_of(regulation, shipped, "pelaksanaan-kontrak").rows}
    assert len(rows["5"].note) == 1
    assert rows["5"].note[0].text.startswith("5(a) kembali")


def test_the_head_is_the_printed_one_oddities_included(regulation: Regulation, shipped: Path) -> None:
    head = table_of(regulation, shipped, "pengelolaan-risiko").head
    above = {cell.text: (cell.columns, cell.rows) for cell in head.rows[0]}
    assert above["Pemilik Risiko"] == (1, 2)  # stands outside PELAKSANA
    assert above["PELAKSANA"] == (3, 1)
    assert head.numbers == tuple(str(number) for number in range(1, 11))
    auditor = table_of(regulation, shipped, "registrasi-auditor").head
    assert auditor.numbers[6:] == ("7", "", "", "", "8", "")
    assert [cell.text for cell in auditor.rows[0]] == ["NO", "Aktivitas", "Pelaksana", "Mutu Baku"]


def test_without_the_regulations_text_the_head_is_the_usual_one(regulation: Regulation) -> None:
    table = printed_table(regulation, regulation.sop["registrasi-auditor"], ())
    assert [cell.text for cell in table.head.rows[0]] == [
        "NO",
        "URAIAN KEGIATAN",
        "PELAKSANA",
        "MUTU BAKU",
        "Keterangan",
    ]
    assert [cell.text for cell in table.head.rows[1]][:2] == [title for title, _ in table.sop.kolom][:2]


def test_merged_cells_go_on_over_the_rows_that_share_them(regulation: Regulation, shipped: Path) -> None:
    rows = table_of(regulation, shipped, "pengelolaan-kinerja").rows
    assert [row.number for row in rows if row.shared] == ["3", "4", "5", "6"]


def test_an_item_that_heads_a_list_has_no_marker(regulation: Regulation, shipped: Path) -> None:
    rows = {row.number: row for row in table_of(regulation, shipped, "analisa-pelaku-usaha").rows}
    assert rows["3"].needs[:2] == (Line("", "Data penyedia yang diperoleh dari :"), Line("9.", "SPSE"))


def test_lines_fit_their_column_and_lose_no_word() -> None:
    text = "Pejabat Penanda-tangan Kontrak http://lpse.balangkab.go.id/eproc4/pendaftaran"
    lines = wrapped(text, 20, 8)
    assert all(text_width(line, 8) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert "Penanda-" in {line.split()[-1] for line in lines}
