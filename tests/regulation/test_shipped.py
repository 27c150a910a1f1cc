"""The shipped rules hold what the contract says of the regulation."""

from __future__ import annotations

from pbj_rules import Engine
from pbj_rules.regulation.model import Basis


def test_the_tables_are_complete(engine: Engine) -> None:
    regulation = engine.regulation
    assert len(regulation.sop) == 13
    assert len(regulation.anomali) == 70
    assert len(regulation.dokumen) == 117
    assert sum(bool(row.keputusan) for row in regulation.rows()) == 33  # the rows of the contract's table


def test_parameters_have_the_defaults_of_the_contract(engine: Engine) -> None:
    assert {name: parameter.nilai for name, parameter in engine.regulation.parameter.items()} == {
        "kuorum_peserta": 3,
        "kuorum_lulus": 3,
        "kuorum_penawaran": 3,
        "ambang_pa_umum": 10**11,
        "ambang_pa_konsultansi": 10**10,
        "masa_audit_hari": 30,
    }


def test_every_decision_quotes_the_text_and_every_reading_names_its_anomaly(engine: Engine) -> None:
    for row in engine.regulation.rows():
        for decision in row.keputusan:
            for branch in decision.cabang:
                assert branch.citation.kutipan
                assert (branch.citation.dasar is Basis.INTERPRETATION) == bool(branch.citation.anomali)


def test_every_row_knows_its_file_and_line(engine: Engine) -> None:
    for row in engine.regulation.rows():
        with open(row.file, encoding="utf-8") as file:
            assert f'label: "{row.label}"' in file.read().split("\n")[row.line - 1]
