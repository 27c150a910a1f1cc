"""Templates of somebody who means harm: each is refused, in words, in bounded time and memory, whoever opens it."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.documents import check_templates
from pbj_rules.documents.compiled import compile_template
from pbj_rules.documents.packing import Record, deflated, joined, pack
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.resources import BLOCKS
from tests.documents.writing_word import document, line, relations, row, run, table, types, word_file, word_parts

GOOD = line("{{ kode_verifikasi }}")
BASE = word_parts(GOOD)
PAGE = BASE["word/document.xml"].decode()
MEGABYTE = 1_000_000


def refusals(path: Path) -> list[str]:
    """What checking and compiling say of a file; both must refuse it."""
    said = [str(problem) for problem in check_templates(path)]
    assert said, "`pbj check` finds nothing"
    with pytest.raises(TemplateFaultError) as fault:
        compile_template(path)
    return [*said, fault.value.message]


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "bapp.docx"
    path.write_bytes(content)
    return path


def zipped(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as anybody may write it, the same name twice if need be."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("{{ ''.__class__ }}", "`.__class__` tidak diizinkan"),
        ("{{ nomor | attr('__class__') }}", "penyaring `attr` tidak diizinkan"),
        ("{{ nomor['__class__'] }}", "selain nomor urut tidak diizinkan"),
        ("{{ self }}", "`self` tidak diizinkan"),
        ("{{ _x }}", "`_x` tidak diizinkan"),
        ("{{ nomor.format(1) }}", "pemanggilan fungsi tidak diizinkan"),
        ("{{ lipsum(n=100000) }}", "pemanggilan fungsi tidak diizinkan"),
        ("{% for n in range(1000000000) %}x{% endfor %}", "pemanggilan fungsi tidak diizinkan"),
        ("{{ 'a' * 1000000000 }}", "perkalian tidak diizinkan"),
        ("{{ 9 ** 9 ** 9 }}", "perpangkatan tidak diizinkan"),
        ("{{ '%1000000000d' % 1 }}", "`%` tidak diizinkan"),
        ("{{ 5 | round(1000000000, 'ceil') }}", "penyaring `round` tidak diizinkan"),
        ("{{ 1e999 }}", "bilangan sebesar itu tidak diizinkan"),
        ("{{ " + "9" * 4_990 + " }}", "lebih panjang dari 4000 huruf"),
        ("{{ nomor | join(nomor | join(nomor)) }}", "rumus di dalam `join(…)` tidak diizinkan"),
        ("{% set a = nomor ~ nomor %}", "`set` dengan rumus tidak diizinkan"),
        ("{% for a in [nomor ~ nomor] %}x{% endfor %}", "rumus di dalam daftar tidak diizinkan"),
        ("{% for a in [[pokja, pokja], 1] %}x{% endfor %}", "rumus di dalam daftar tidak diizinkan"),
        ("{% include '/etc/passwd' %}", "`include` tidak diizinkan"),
        ("{% import 'x' as y %}", "`import` tidak diizinkan"),
        ("{% from 'x' import y %}", "`import` tidak diizinkan"),
        ("{% extends 'x' %}", "`extends` tidak diizinkan"),
        ("{% macro m() %}x{% endmacro %}", "`macro` tidak diizinkan"),
        ("{% call m() %}x{% endcall %}", "`call` tidak diizinkan"),
        ("{% block b %}x{% endblock %}", "`block` tidak diizinkan"),
        ("{% filter upper %}x{% endfilter %}", "`filter` tidak diizinkan"),
        ("{% with a = 1 %}x{% endwith %}", "`with` tidak diizinkan"),
        ("{% autoescape false %}{{ nomor }}{% endautoescape %}", "`autoescape` tidak diizinkan"),
        ("{% raw %}{{ nomor }}{% endraw %}", "`raw` tidak dipakai"),
        ("{{ " + "(" * 1_500 + "1" + ")" * 1_500 + " }}", "bersarang terlalu dalam"),
        ("{{ " + "not " * 900 + "1 }}", "bersarang terlalu dalam"),
        ("{{ " + "+".join(["1"] * 1_900) + " }}", "bersarang terlalu dalam"),
        ("{% if nomor %}" * 100 + "x" + "{% endif %}" * 100, "bersarang terlalu dalam"),
        ("{{ " * 100_000, "tidak ditutup"),
        ("{{ a }}" * 100_000, "lebih dari 10000 tanda"),
        ("-%}" * 300_000, "`%}` tanpa pembukanya"),
        ("{%" + " " * 5_000 + "colspan x %}", "berisi banyak spasi"),
        ("{% colspan" + " " * 100 + "x%y %}", "berisi banyak spasi"),
    ],
)
def test_a_tag_that_could_do_more_than_print_is_refused(tags: str, said: str, tmp_path: Path) -> None:
    escaped = tags.replace("&", "&amp;").replace("<", "&lt;")
    assert any(said in each for each in refusals(word_file(tmp_path / "bapp.docx", line(escaped))))


@pytest.mark.parametrize(
    "hidden",
    [
        f'<w:p w:rsidR="{{{{ x.__class__ }}}}">{run("x")}</w:p>',
        line("&#123;&#123; x.__class__ }}"),
        "<w:p><w:r><w:t><![CDATA[{{ x.__class__ }}]]></w:t></w:r></w:p>",
        line("{{ x.__cl", "ass__ }}"),
        line("{", "{ x.__class__ }}"),
    ],
)
def test_a_tag_that_hides_is_refused_too(hidden: str, tmp_path: Path) -> None:
    assert any("`.__class__` tidak diizinkan" in said for said in refusals(word_file(tmp_path / "bapp.docx", hidden)))


def test_a_tag_in_a_comment_of_the_file_is_never_carried_out(tmp_path: Path) -> None:
    body = line("isi") + "<!-- {{ x.__class__ }} {% for a in b %} --><?x {{ y.__class__ }} ?>"
    page = compile_template(word_file(tmp_path / "uji.docx", body)).render({})["word/document.xml"]
    assert b"__class__" not in page


def test_what_a_template_prints_is_never_a_part_of_the_program(tmp_path: Path) -> None:
    path = word_file(tmp_path / "uji.docx", line("{{ nomor.upper | first }}") + line("{{ nomor.upper }}"))
    with pytest.raises(TemplateFaultError):
        compile_template(path).render({"nomor": "12"})


EXTERNAL = ' TargetMode="External"'


@pytest.mark.parametrize(
    ("part", "kind", "target", "mode"),
    [
        ("document", "image", "http://jahat.example/x.png", EXTERNAL),
        ("document", "hyperlink", "https://jahat.example", EXTERNAL),
        ("document", "oleObject", "http://jahat.example/x", EXTERNAL),
        ("document", "subDocument", "lain.docx", EXTERNAL),
        ("document", "header", "http://jahat.example/header1.xml", EXTERNAL),
        ("document", "frame", "http://jahat.example", EXTERNAL),
        ("settings", "attachedTemplate", "file:///c:/jahat.dotm", EXTERNAL),
        ("footer9", "image", "http://jahat.example/x.png", EXTERNAL),
        ("document", "image", "http://jahat.example/x.png", ' TargetMode="&#69;xternal"'),
        ("document", "image", "http://jahat.example/x.png", ' TargetMode="EXTERNAL"'),
        ("document", "image", "\\\\server\\x.png", ""),
        ("document", "image", "file:///etc/passwd", ""),
    ],
)
def test_a_template_that_points_outside_is_refused(
    part: str, kind: str, target: str, mode: str, tmp_path: Path
) -> None:
    name = f"word/_rels/{part}.xml.rels"
    path = word_file(tmp_path / "bapp.docx", GOOD, {name: relations(("rId9", kind, target), mode=mode)})
    said = refusals(path)
    assert any("menunjuk ke luar berkas" in each and "hapus tautan" in each for each in said)
    assert any(name in each for each in said)


def override(name: str, kind: str) -> bytes:
    return types(f'<Override PartName="/{name}" ContentType="{kind}"/>')


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/vbaProject.bin": b"x"}, "makro atau objek tertanam"),
        (
            {
                "word/data.xml": b"<x/>",
                "[Content_Types].xml": override("word/data.xml", "application/vnd.ms-office.vbaProject"),
            },
            "makro atau objek tertanam",
        ),
        ({"word/embeddings/lembar.docx": b"PK"}, "makro atau objek tertanam"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "makro atau objek tertanam"),
        (
            {
                "word/document.xml": document(f'<w:altChunk r:id="rId5"/>{GOOD}'),
                "word/_rels/document.xml.rels": relations(("rId5", "aFChunk", "lain.xml")),
                "word/lain.xml": b"<html/>",
            },
            "dokumen lain di dalamnya",
        ),
        ({"word/lain.zip": zipped([("a.xml", b"0" * MEGABYTE)])}, "bagian jenis `.zip`"),
        ({"word/media/x.svg": b"<svg/>"}, "bagian jenis `.svg`"),
        ({"word/media/x.png": b"GIF89a"}, "bukan gambar .png"),
        ({"word/media/x.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, "gambar .png yang terpotong"),
        (
            {"word/media/x.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">2L", 100_000, 100_000)},
            "terlalu besar; perkecil",
        ),
    ],
)
def test_a_template_that_brings_something_else_along_is_refused(
    parts: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    assert any(said in each for each in refusals(word_file(tmp_path / "bapp.docx", GOOD, parts)))


def field(*codes: str) -> str:
    inside = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inside}</w:p>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"), "bidang Word `DDEAUTO`"),
        (field("DDE", "AUTO cmd"), "bidang Word `DDEAUTO`"),
        (field(" includepicture http://jahat.example/x.png"), "bidang Word `INCLUDEPICTURE`"),
        (field("QUOTE 68 68 69"), "bidang Word `QUOTE`"),
        (
            f'<w:p><w:fldSimple w:instr=" INCLUDETEXT c:\\x ">{run("x")}</w:fldSimple></w:p>',
            "bidang Word `INCLUDETEXT`",
        ),
        (field("PAGE {{ nomor }}"), "tanda templat di dalam bidang Word"),
    ],
)
def test_a_field_of_word_that_fetches_or_runs_something_is_refused(body: str, said: str, tmp_path: Path) -> None:
    assert any(said in each for each in refusals(word_file(tmp_path / "bapp.docx", GOOD + body)))


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'hahahahaha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip
LAUGHING = LAUGHS + PAGE.replace("<w:t ", "<w:t>&j;</w:t><w:t ")


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("word/document.xml", LAUGHING.encode(), "DOCTYPE atau ENTITY"),
        ("word/document.xml", (LAUGHS + PAGE.replace("<w:p>", '<w:p w:rsidR="&j;">')).encode(), "DOCTYPE atau ENTITY"),
        ("word/styles.xml", (LAUGHS + "<x a='&j;'/>").encode(), "DOCTYPE atau ENTITY"),
        ("word/_rels/document.xml.rels", (LAUGHS + "<x>&j;</x>").encode(), "DOCTYPE atau ENTITY"),
        (
            "word/document.xml",
            ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + PAGE.replace("kode", "&e;kode")).encode(),
            "DOCTYPE atau ENTITY",
        ),
        ("word/document.xml", LAUGHING.encode("utf-16"), "bukan XML dalam UTF-8"),
        ("word/document.xml", ('<?xml version="1.0" encoding="utf-16be"?>' + LAUGHING).encode("utf-16-be"), "UTF-8"),
        ("word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?>' + LAUGHING.encode("utf-7"), "UTF-8"),
        ("word/document.xml", ('<?xml version="1.0" encoding="IBM037"?>' + LAUGHING).encode("cp037"), "UTF-8"),
        ("word/document.xml", ('<?xml version="1.0" encoding="ISO-8859-1"?>' + PAGE).encode(), "UTF-8"),
        ("word/document.xml", b"\xef\xbb\xbf" + PAGE.encode()[:-8], "XML-nya rusak"),
        ("word/document.xml", b"", "UTF-8"),
        ("word/document.xml", b"<x/>", "bukan naskah Word"),
    ],
)
def test_xml_that_is_not_what_it_seems_is_refused(part: str, data: bytes, said: str, tmp_path: Path) -> None:
    found = refusals(word_file(tmp_path / "bapp.docx", GOOD, {part: data}))
    assert any(said in each for each in found)
    assert any(part in each for each in found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            zipped([*BASE.items(), ("word/document.xml", document(line("lain")))]),
            "dua bagian bernama word/document.xml",
        ),
        (zipped([*BASE.items(), ("Word/Document.xml", b"<x/>")]), "dua bagian bernama Word/Document.xml"),
        (zipped([*BASE.items(), ("../../x.xml", b"<x/>")]), "nama yang tidak wajar"),
        (zipped([*BASE.items(), ("/etc/x.xml", b"<x/>")]), "nama yang tidak wajar"),
        (zipped([*BASE.items(), ("word\\x.xml", b"<x/>")]), "nama yang tidak wajar"),
        (zipped([*BASE.items(), ("word/./x.xml", b"<x/>")]), "nama yang tidak wajar"),
        (zipped(BASE.items(), zipfile.ZIP_LZMA), "tidak dipakai Word"),
        (zipped(BASE.items(), zipfile.ZIP_BZIP2), "tidak dipakai Word"),
        (pack(BASE).replace(b"PK\1\2\x14\x03\x14\0\0\x08", b"PK\1\2\x14\x03\x14\0\1\x08"), "tidak dipakai Word"),
        (pack(BASE)[:-40], "bukan berkas Word"),
        (bytes(byte ^ (64 if at % 97 == 0 else 0) for at, byte in enumerate(pack(BASE))), "bukan berkas Word"),
        (zipped([("x.xml", b"<x/>")]), "tidak memuat word/document.xml"),
    ],
)
def test_an_archive_that_programs_could_read_differently_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    assert any(said in each for each in refusals(saved(tmp_path, content)))


def without(name: str) -> bytes:
    return pack({part: data for part, data in BASE.items() if part != name})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (without("[Content_Types].xml"), "[Content_Types].xml"),
        (pack({**BASE, "[Content_Types].xml": b"<Types"}), "XML-nya rusak"),
        (pack({**BASE, "[Content_Types].xml": types().replace(b"document.main", b"template.main")}), "bukan .docx"),
        (without("_rels/.rels"), "tidak menunjuk ke naskahnya"),
        (pack({**BASE, "_rels/.rels": b"rusak"}), "bukan XML"),
        (pack({**BASE, "word/_rels/document.xml.rels": relations(("rId1", "image", "nihil.png"))}), "tidak ada"),
        (pack(word_parts(GOOD, section='<w:footerReference r:id="rId7"/>')), "menunjuk ke `rId7`"),
        (
            pack(word_parts(GOOD + table(row("a")).replace("<w:tblGrid>", "<x>").replace("</w:tblGrid>", "</x>"))),
            "rusak",
        ),
        (
            pack(
                word_parts(GOOD + table(row("a")).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>'))
            ),
            "rusak",
        ),
    ],
)
def test_a_damaged_file_is_refused_in_words(content: bytes, said: str, tmp_path: Path) -> None:
    assert any(said in each for each in refusals(saved(tmp_path, content)))


# Builders of files that could take all time or memory, each run apart.
def lying_bomb() -> bytes:
    """A gigabyte and a half in a member that says it holds a thousand bytes."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    spaces = b" " * 10 * MEGABYTE
    data = b"".join(squeezer.compress(spaces) for _ in range(150)) + squeezer.flush()
    name = b"word/bom.xml"
    check = zlib.crc32(b" " * 1_000)
    head = struct.pack("<5H3L2H", 20, 0x800, 8, 0, 33, check, len(data), 1_000, len(name), 0)
    directory = b"PK\1\2" + struct.pack("<H", 0x314) + head + struct.pack("<3HL", 0, 0, 0, 0)
    bomb = Record(b"PK\3\4" + head + name + data, directory, name)
    return joined([*(deflated(part, content) for part, content in BASE.items()), bomb])


def body(text: str) -> Callable[[], bytes]:
    return lambda: pack(word_parts(text))


def loops(inside: str, over: str = "daftar") -> str:
    return line("".join(f"{{% for a{n} in {over} %}}" for n in range(4)) + inside + "{% endfor %}" * 4)


REFUSED = {
    "a bomb that says so": lambda: zipped([*BASE.items(), ("word/bom.xml", b"\0" * 300 * MEGABYTE)]),
    "a bomb that lies": lying_bomb,
    "many members": lambda: zipped((f"word/{n}.xml", b"") for n in range(100_000)),
    "a page of a hundred megabytes": body(line("a" * 1_000) * 100_000),
    "elements in elements": body("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "tables in tables": body("<w:tbl><w:tblGrid/><w:tr><w:tc>" * 60 + line("x") + "</w:tc></w:tr></w:tbl>" * 60),
    "tags without an end in runs of their own": body("<w:p>" + run("{") * 25_000 + "</w:p>"),
    "a row of tags for rows": body(table(row(*["{%tr if a %}"] * 9_000))),
    "more blocks than anybody reads": body(line("{{p kop }}") * 20_000),
    "a page full of unknown names": body("".join(line(f"{{{{ nama{n} }}}}") for n in range(9_000))),
    "loops in loops": body(loops("x")),
    "loops in loops around nothing": body(loops("")),
    "loops over the signs of a text": body(loops("x", over="teks")),
    "loops in a template for docxtpl": body(loops("x{{ 1 if teks is even else 2 }}")),
    "a text that grows when it is listed": body(line("{{ teks" + " | rangkai" * 50 + " }}")),
    "a text that grows when it is joined": body(line("{{ teks | join(teks) | join(teks) | join(teks) }}")),
    "a text taken apart and joined again": body(line("{{ teks | list | join(teks) | list | join(teks) }}")),
    "a long text many times": body(line(" ".join(["{{ teks }}"] * 9_000))),
    "a long text many times in one tag": body(line("{{ " + "~".join(["teks"] * 700) + " }}")),
    "a long page many times": body(line("{%p for a in daftar %}") + line("y" * 900) * 1_800 + line("{%p endfor %}")),
}
# Only large: they may be rendered or refused, but must come to an end.
LARGE = {
    "as many paragraphs as fit": body(GOOD + line("a") * 32_000),
    "as many rows as fit": body(GOOD + table(*[row("a", "b")] * 10_000)),
    "as many runs as fit in one paragraph": body("<w:p>" + (run("{{ te") + run("ks[0] }}")) * 9_900 + "</w:p>"),
    "branches behind what is no run": body("<w:bookmarkEnd/>" * 60_000 + line("{% if teks %}y{% endif %}") * 4_000),
    "sections": body(
        ('<w:p><w:pPr><w:sectPr><w:pgSz w:w="9" w:h="9"/><w:pgMar w:left="0" w:right="0"/></w:sectPr></w:pPr></w:p>'
        + table(row("x"))) * 6_000 + GOOD
    ),
    "line ends in text": body(GOOD + line("\n" * 1_900_000)),
    "white space between elements": body(GOOD + "<w:p>" + "\n" * 1_900_000 + "</w:p>"),
}  # fmt: skip
APART = """
import json, os, resource, sys
from datetime import date
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
os.environ["PBJ_CACHE"] = ""
from pbj_rules.documents import check_templates
from pbj_rules.documents.compiled import Look, compile_template
from pbj_rules.documents.office import Page
from pbj_rules.documents.printing import TemplateFaultError
path, fault = Path(sys.argv[1]), ""
found = [str(problem) for problem in check_templates(path)]
try:
    values = {"daftar": [{"a": n} for n in range(500)], "teks": "é&" * 10_000, "kode_verifikasi": "x"}
    compile_template(path).render(values)
except TemplateFaultError as error:
    fault = error.message
print(json.dumps([found, fault]))
"""


def outcome(content: bytes, folder: Path) -> tuple[list[str], str]:
    """What checking finds and rendering refuses, in a process of a gigabyte that is killed after a minute."""
    path = saved(folder, content)
    made = subprocess.run([sys.executable, "-c", APART, str(path)], capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr[-2_000:]
    found, fault = json.loads(made.stdout)
    return found, fault


@pytest.mark.skipif(sys.platform == "win32", reason="tanpa batas memori per proses")
@pytest.mark.parametrize("name", REFUSED)
def test_what_could_take_all_time_or_memory_is_refused_within_bounds(name: str, tmp_path: Path) -> None:
    found, fault = outcome(REFUSED[name](), tmp_path)
    assert found
    assert fault
    assert "Error" not in fault


@pytest.mark.skipif(sys.platform == "win32", reason="tanpa batas memori per proses")
@pytest.mark.parametrize("name", LARGE)
def test_what_is_only_large_comes_to_an_end(name: str, tmp_path: Path) -> None:
    outcome(LARGE[name](), tmp_path)


def test_a_block_that_contains_itself_is_refused(tmp_path: Path) -> None:
    word_file(tmp_path / BLOCKS / "cermin.docx", line("{{p cermin }}"))
    path = word_file(tmp_path / "bapp.docx", line("{{p cermin }}"))
    assert any("blok `cermin` memuat dirinya sendiri" in said for said in refusals(path))


def test_blocks_that_multiply_are_refused(tmp_path: Path) -> None:
    word_file(tmp_path / BLOCKS / "a.docx", line("{{p b }}") * 150)
    word_file(tmp_path / BLOCKS / "b.docx", line("{{p c }}") * 150)
    word_file(tmp_path / BLOCKS / "c.docx", line("isi") * 150)
    path = word_file(tmp_path / "bapp.docx", line("{{p a }}") * 150)
    assert any("bersama-sama lebih besar" in said for said in refusals(path))


def test_a_hostile_block_is_refused_like_a_hostile_template(tmp_path: Path) -> None:
    word_file(tmp_path / BLOCKS / "jahat.docx", line("isi"), {"word/vbaProject.bin": b"x"})
    path = word_file(tmp_path / "bapp.docx", line("{{p jahat }}"))
    said = refusals(path)
    assert any("makro" in each and "jahat.docx" in each for each in said)


@pytest.mark.parametrize(
    "content",
    [pack({**BASE, "word/vbaProject.bin": b"x"}), b"PK\3\4", pack(word_parts(line("{{ x.__class__ }}")))],
)
def test_the_command_refuses_a_hostile_file_in_words(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(saved(tmp_path, content))]) == 2
    said = capsys.readouterr().err
    assert "bapp.docx" in said
    assert "Traceback" not in said
    assert "Error" not in said
