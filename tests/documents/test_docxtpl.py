"""Compiled templates against docxtpl itself, the oracle: the same parts for every template and case."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pbj_rules import Case, Engine
from pbj_rules.documents import Office, isian_shape
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.compiled import CompiledTemplate, Look, compile_template
from pbj_rules.documents.composing import composed_template
from pbj_rules.documents.context import paper_context
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.packing import pack, unpack
from pbj_rules.documents.places import template_files
from pbj_rules.documents.printing import Rounds
from pbj_rules.documents.production import productions
from pbj_rules.documents.sandbox import counting
from tests.documents.cases import CASES, full_case, minimal_case
from tests.documents.reading_word import W, highlighted, parts_of

# Parts that every paper gets anew, from the case.
OWN = {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}


def canonical(data: bytes) -> bytes:
    """The XML without the white space between its elements; lists of relations and types in one order."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    if root.tag.endswith(("}Relationships", "}Types")):
        root[:] = sorted(root, key=lambda item: sorted(map(str, item.attrib.values())))
        for item in root:
            if item.get("Target"):
                item.set("Target", item.get("Target").lstrip("/").removeprefix("word/"))
    made: bytes = etree.tostring(root, method="c14n")
    return made


def comparable(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {
        name: canonical(data) if name.endswith((".xml", ".rels")) else data
        for name, data in parts.items()
        if name not in OWN
    }


def by_docxtpl(path: Path, look: Look, context: dict[str, Any]) -> dict[str, bytes]:
    template = DocxTemplate(io.BytesIO(pack(composed_template(path, look))))
    template.render(dict(context), jinja_env=counting(Rounds()))
    made = io.BytesIO()
    template.save(made)
    return unpack(io.BytesIO(made.getvalue()))


def by_code(template: CompiledTemplate, context: dict[str, Any]) -> dict[str, bytes]:
    return parts_of(template.pack(template.render(context)))


@pytest.mark.parametrize("name", CASES)
def test_every_paper_of_every_case_is_what_docxtpl_makes(name: str, engine: Engine, office: Office) -> None:
    case = Case.from_mapping(full_case(name), engine.regulation, isian_shape())
    contract, files = load_contract(), template_files()
    look = Look(office.page, office.logo, office.qr)
    for made in productions(engine.evaluate(case), contract, frozenset(files), case.isian):
        context, _ = paper_context(case, office, contract, made, Blanks())
        context["kode_verifikasi"] = "0000-0000-0000-0000"
        template = compile_template(files[made.id], look)
        assert template.whole is None, "rendered by docxtpl itself, so this would compare it with itself"
        assert comparable(by_code(template, context)) == comparable(by_docxtpl(files[made.id], look, context))


@pytest.mark.parametrize("name", CASES)
def test_drafts_hold_the_same_words_and_blanks(name: str, engine: Engine, office: Office) -> None:
    """docxtpl prints the marks of blanks, which compiled templates have made yellow."""
    case = Case.from_mapping(minimal_case(name), engine.regulation, isian_shape())
    contract, files = load_contract(), template_files()
    for made in productions(engine.evaluate(case), contract, frozenset(files), case.isian):
        blanks, marked = Blanks(), Blanks()
        context, _ = paper_context(case, office, contract, made, blanks)
        ours = compile_template(files[made.id]).render(context | {"kode_verifikasi": "x"})
        context, _ = paper_context(case, office, contract, made, marked)
        theirs = by_docxtpl(files[made.id], Look(), context | {"kode_verifikasi": "x"})
        assert words(ours["word/document.xml"]) == words(theirs["word/document.xml"])
        assert set(blanks.paths()) == set(marked.paths())
        assert highlighted(pack(ours)) != []


def words(data: bytes) -> list[str]:
    from pbj_rules.documents.blanks import MARKED

    return [
        MARKED.sub(r"\2", "".join(node.text or "" for node in paragraph.iter(f"{W}t")))
        for paragraph in etree.fromstring(data).iter(f"{W}p")
    ]


SKELETON = {
    "[Content_Types].xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        b'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/'
        b'document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
        b'main+xml"/>'
        b"</Types>"
    ),
    "_rels/.rels": (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/'
        b'document.xml"/></Relationships>'
    ),
}


def template_of(folder: Path, body: str) -> Path:
    """A template with this body and nothing else."""
    page = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    path = folder / "uji.docx"
    path.write_bytes(pack({**SKELETON, "word/document.xml": page.encode()}))
    return path


def line(text: str, properties: str = "") -> str:
    return f"<w:p><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


BOLD = "<w:rPr><w:b/></w:rPr>"
ROW = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>{}</w:tbl>"
LOOPED = "".join(map(ROW.format, ("{%tr for satu in daftar %}", "{{ satu.nama }}", "{%tr endfor %}")))
CONTEXT: dict[str, Any] = {
    "nama": "A & <B>",
    "kosong": None,
    "baris": "satu\ndua\ttiga",
    "daftar": [{"nama": "x", "isi": [1, 2]}, {"nama": "y", "isi": []}],
    "hampa": [],
    "hari": date(2020, 4, 1),
    "uang": 1_250_000,
    "benar": True,
}
BODIES = {
    "values": line("{{ nama }} dan {{ uang | rupiah }}", BOLD),
    "breaks and tabs": line("[{{ baris }}]", BOLD),
    "a day": line("{{ hari | tanggal_panjang }}"),
    "words about nothing": line("{{ kosong or '-' }} {{ 'ya' if kosong is none else 'tidak' }}"),
    "a choice in a line": line("a{% if benar %}b{% else %}c{% endif %}d"),
    "a choice over runs": "<w:p><w:r><w:t>{% if benar %}satu</w:t></w:r>"
    + f"<w:r>{BOLD}<w:t>dua{{% endif %}}</w:t></w:r></w:p>",
    "a choice of paragraphs": line("{%p if not benar %}") + line("ya") + line("{%p elif uang > 3 %}") + line("atau")
    + line("{%p else %}") + line("tidak") + line("{%p endif %}"),
    "a loop in a loop": line("{%p for satu in daftar %}") + line("{{ loop.index }} {{ satu.nama }}")
    + line("{%p for n in satu.isi %}") + line("{{ n }}{{ ';' if not loop.last else '.' }}") + line("{%p endfor %}")
    + line("{%p endfor %}"),
    "a loop over nothing": line("{%p for satu in hampa %}") + line("x") + line("{%p else %}")
    + line("tidak ada") + line("{%p endfor %}"),
    "rows": TABLE.format(ROW.format("kepala") + LOOPED),
    "a table without a row that stays": TABLE.format(LOOPED),
    "sums and joins": line("{{ uang + 1 }} {{ uang - 1 }} {{ nama ~ '/' ~ uang }}"),
    "memberships": line("{{ 'ya' if nama in ['a', 'b'] else 'tidak' }} {{ uang if uang not in (1, 2) else '-' }}"),
    "a name of docxtpl's own": line("{% set lain = nama %}{{ lain }}"),
    "its filters": line("{{ nama | upper }} {{ nama | lower }} {{ daftar | length }} {{ ['b', 'a'] | sort | join }}"),
    "a first one": line("{{ daftar[0].nama }}"),
    "escaped braces": line("{_{ bukan tanda }_}"),
    "a comment": line("a{# catatan #}b"),
    "split tags": "<w:p><w:r><w:t>{{ na</w:t></w:r><w:r><w:t>ma }}</w:t></w:r></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_a_template_may_say_means_what_it_means_to_docxtpl(body: str, tmp_path: Path) -> None:
    path = template_of(tmp_path, body)
    ours = canonical(by_code(compile_template(path), CONTEXT)["word/document.xml"])
    assert ours == canonical(by_docxtpl(path, Look(), CONTEXT)["word/document.xml"])


@settings(max_examples=100, deadline=None)
@given(
    value=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=40
    ).filter(lambda text: "{_" not in text and "_}" not in text)
)
def test_any_value_is_printed_as_docxtpl_prints_it(value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = template_of(tmp_path_factory.mktemp("nilai"), line("awal {{ nama }} akhir", BOLD))
    context = {"nama": value}
    ours = canonical(by_code(compile_template(path), context)["word/document.xml"])
    assert ours == canonical(by_docxtpl(path, Look(), context)["word/document.xml"])
