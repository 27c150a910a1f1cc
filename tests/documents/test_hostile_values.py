"""Values are printed as they are written: no value is markup, a tag, or an attack on the file."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, isian_shape, render_papers
from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import body_of, parts_of, whole_text

HOSTILE = [
    "A & B <C> \"D\" 'E'",
    "</w:t></w:r></w:p><w:p><w:r><w:t>disisipkan",
    "{{ 7 * 7 }} {% for x in y %} {# z #}",
    "{_{ nama_paket }_} {_% if x %_}",
    "{{ ''.__class__.__mro__ }}",
    "&amp; &lt; &#x41; &nope;",
    "]]> <!-- --> <?php ?>",
    "مرحبا 你好 🏛 é\u0301",
    "x" * 900,
]


def with_name(name: str) -> dict[str, Any]:
    case = full_case("tender")
    case["paket"]["nama"] = name
    case["penyedia"][0]["nama"] = name
    case["isian"]["adendum"]["perubahan"][0]["semula"] = name
    return case


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_printed_as_it_is_written(value: str, render: Render) -> None:
    plain = {made.id: len(list(body_of(made.content).iter("{*}p"))) for made in render(with_name("Biasa"))}
    for made in render(with_name(value)):
        assert value in whole_text(made.content)
        assert len(list(body_of(made.content).iter("{*}p"))) == plain[made.id]


def test_line_ends_and_tabs_become_those_of_word(render: Render) -> None:
    plain = text_of_paper(render(with_name("Biasa")), "adendum")
    case = with_name("Biasa")
    case["isian"]["adendum"]["perubahan"][0]["semula"] = "baris satu\nbaris dua\r\nbaris\ttiga"
    changed = text_of_paper(render(case), "adendum")
    assert "baris satu / baris dua / baris → tiga" in changed
    assert changed.count("\n") == plain.count("\n")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800", "\ufdd0", "\ufdd2"])
def test_a_sign_that_word_cannot_hold_is_refused_with_its_field(sign: str, engine: Engine, office: Office) -> None:
    checked = Case.from_mapping(full_case("tender"), engine.regulation, isian_shape())
    isian = {**checked.isian, "bapp": {**checked.isian["bapp"], "tempat": f"Ruang{sign}Rapat"}}
    changed = evolve(checked, isian=isian)
    with pytest.raises(InputError) as refused:
        render_papers(changed, engine.evaluate(changed), office)
    assert refused.value.problems[0].path == "isian.bapp.tempat"
    assert f"U+{ord(sign):04X}" in str(refused.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_any_printable_text_survives_into_the_paper(value: str, render: Render) -> None:
    case = full_case("auditor")
    case["isian"]["surat-info-akun"]["user_id"] = f"({value})"
    assert f"({value})" in text_of_paper(render(case), "surat-info-akun")


def test_properties_of_the_file_are_escaped_too(render: Render) -> None:
    case = full_case("auditor")
    case["kasus"] = "A & <B>"
    assert b"A &amp; &lt;B&gt;" in parts_of(paper(render(case), "surat-info-akun").content)["docProps/core.xml"]
