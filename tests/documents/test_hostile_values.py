"""Values are printed as they are written: no value is markup, a tag, or an attack on the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, isian_shape, render_papers
from pbj_rules.documents.templates.compiled import compile_template
from pbj_rules.documents.templates.printing import TemplateFaultError
from pbj_rules.errors import InputError
from tests.documents.cases import full_case
from tests.documents.conftest import Render, paper, text_of_paper
from tests.documents.reading_word import body_of, parts_of, text_of, whole_text
from tests.documents.writing_word import BOLD, KIND, MAIN, line, relations, row, run, table, with_footer, word_file

HOSTILE = [
    "A & B <C> \"D\" 'E'",
    "</w:t></w:r></w:p><w:p><w:r><w:t>disisipkan",
    "{{ 7 * 7 }} {% for x in y %} {# z #}",
    "{_{ nama_paket }_} {_% if x %_}",
    "{{ ''.__class__.__mro__ }}",
    "&amp; &lt; &#x41; &nope;",
    "]]> <!-- --> <?php ?>",
    "مرحبا 你好 🏛 é\u0301",
    "\u202eterbalik\u202c \u200f\u200e\u2067x\u2069\ufeff",
    "a\u2028b\u2029c\u00a0d\u00ade",
    "%s {0} ${x} \\N{BULLET} \\1 &#x41;",
    "}} %} #} {{p kop }} {%p if x %} {%tr endfor %}",
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
    assert "huruf ke-6" in str(refused.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_any_printable_text_survives_into_the_paper(value: str, render: Render) -> None:
    case = full_case("auditor")
    case["isian"]["surat-info-akun"]["user_id"] = f"({value})"
    assert f"({value})" in text_of_paper(render(case), "surat-info-akun")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(), min_size=1, max_size=30))
def test_any_text_at_all_is_printed_as_it_is_or_refused_with_its_field(
    value: str, engine: Engine, office: Office
) -> None:
    """What a program hands over need not have gone through the case file's own checks."""
    checked = Case.from_mapping(full_case("auditor"), engine.regulation, isian_shape())
    letter = {**checked.isian["surat-info-akun"], "user_id": f"({value})"}
    changed = evolve(checked, isian={**checked.isian, "surat-info-akun": letter})
    refused, papers = None, ()
    try:
        papers = render_papers(changed, engine.evaluate(changed), office)
    except InputError as error:
        refused = error
    if refused is not None:
        assert {problem.path for problem in refused.problems} == {"isian.surat-info-akun.user_id"}
        assert "karakter yang tidak dapat dicetak" in str(refused)
        return
    shown = f"({value})".replace("\r\n", "\n").replace("\r", "\n").replace("\n", " / ").replace("\t", " → ")
    assert shown in text_of_paper(papers, "surat-info-akun")


PAGES = ("document", "header1", "footer1")


def values_on_every_page(folder: Path) -> Path:
    """A template that prints a value in its body, in bold; in its header, in a table; and in its footer."""
    parts, section = with_footer(line("kaki (", "{{ nilai }}", ")"))
    rows = table(row("kepala", "({{ nilai }})"))
    parts["word/header1.xml"] = f'<w:hdr xmlns:w="{MAIN}">{rows}</w:hdr>'.encode()
    listed = relations(("rId1", "footer", "footer1.xml"), ("rId2", "header", "header1.xml"))
    parts["word/_rels/document.xml.rels"] = listed
    header = f'<Override PartName="/word/header1.xml" ContentType="{KIND}.header+xml"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", header)
    section += '<w:headerReference w:type="default" r:id="rId2"/>'
    return word_file(folder / "uji.docx", line(run("({{ nilai }})", BOLD)), parts, section)


@pytest.mark.parametrize("value", [*HOSTILE, "satu\ndua\ttiga", "x" * 100_000, "é&<" * 33_333])
def test_a_value_is_the_same_in_body_header_and_footer(value: str, tmp_path: Path) -> None:
    made = compile_template(values_on_every_page(tmp_path)).render({"nilai": value})
    shown = value.replace("\n", " / ").replace("\t", " → ")
    for page in PAGES:
        assert f"({shown})" in text_of(etree.fromstring(made[f"word/{page}.xml"]))


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x0c", "\x1b", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_a_sign_that_no_file_holds_stops_every_page_at_its_paragraph(sign: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(values_on_every_page(tmp_path)).render({"nilai": f"a{sign}b"})
    assert f"U+{ord(sign):04X}" in fault.value.message
    assert fault.value.place == "alinea “({{ nilai }})”"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("isian.adendum.perubahan[1].semula", "x" * 100_000, "paling banyak 20000 huruf"),
        ("isian.bapp.tempat", "x" * 100_000, "paling banyak 2000 huruf"),
        ("isian.bapp.tempat", "satu\ndua", "teks satu baris"),
        ("isian.bapp.tempat", "satu\tdua", "teks satu baris"),
        ("paket.nama", "x" * 100_000, "paling banyak 1000 huruf"),
        ("penyedia[1].nama", "x" * 100_000, "paling banyak 1000 huruf"),
        ("kasus", "x" * 100_000, "paling banyak 200 huruf"),
    ],
)
def test_a_value_that_no_field_of_a_case_can_take_is_refused_with_its_field(
    path: str, value: str, said: str, engine: Engine
) -> None:
    case = full_case("tender")
    *way, last = re.findall(r"[^.\[\]]+", path)
    at: Any = case
    for step in way:
        at = at[int(step) - 1] if step.isdigit() else at[step]
    at[last] = value
    with pytest.raises(InputError) as refused:
        Case.from_mapping(case, engine.regulation, isian_shape())
    assert [problem.path for problem in refused.value.problems] == [path]
    assert said in str(refused.value)


def test_the_longest_text_that_a_case_may_hold_is_printed_to_its_last_letter(render: Render) -> None:
    case = full_case("tender")
    longest = ("<&> {{ x }} " * 2_000)[:19_999] + "z"
    case["isian"]["adendum"]["perubahan"][0]["semula"] = longest
    assert longest in text_of_paper(render(case), "adendum")


@pytest.mark.parametrize(
    "value",
    [one for one in HOSTILE if len(one) <= 200],
)
def test_the_properties_of_the_file_hold_the_name_of_the_case_as_it_is_written(value: str, render: Render) -> None:
    case = full_case("auditor")
    case["kasus"] = value
    made = paper(render(case), "surat-info-akun")
    properties = etree.fromstring(parts_of(made.content)["docProps/core.xml"])
    assert properties.findtext("{http://purl.org/dc/elements/1.1/}subject") == value
    assert properties.findtext("{http://purl.org/dc/elements/1.1/}title") == made.title


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\uffff"])
def test_a_name_of_a_case_that_no_property_can_hold_is_refused(sign: str, engine: Engine, office: Office) -> None:
    checked = Case.from_mapping(full_case("auditor"), engine.regulation, isian_shape())
    changed = evolve(checked, kasus=f"a{sign}b")
    with pytest.raises(InputError) as refused:
        render_papers(changed, engine.evaluate(changed), office)
    assert {problem.path for problem in refused.value.problems} == {"kasus"}
