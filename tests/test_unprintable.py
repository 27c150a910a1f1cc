"""A character that no paper can print is refused with file, line and field; all of them at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine, InputError
from pbj_rules.errors import Problem
from pbj_rules.reading import MAX_PROBLEMS, node_from_python, read_text

SIGNS = ["\0", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\ud800", "\udfff", "\ufffe", "\uffff"]
CASE: dict[str, Any] = {"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", "fakta": {"jumlah_peserta": 5}}


def refused(text: str, *, is_json: bool = False) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_text(text, "k", is_json=is_json)
    str(caught.value).encode("utf-8")
    assert str(caught.value).replace("\n", "").isprintable()
    return caught.value.problems


def spoiled(sign: str) -> dict[str, Any]:
    """A case with a sign in a group, a list and lists within groups, each at another place of its value."""
    questions = [{"pertanyaan": "utuh"}, {"pertanyaan": f"mengapa{sign}"}]
    return {
        **CASE,
        "paket": {"nama": f"Mobil{sign}Ambulans"},
        "penyedia": [{"nama": "CV Utuh"}, {"nama": f"{sign}CV"}],
        "isian": {"bapp": {"tanya_jawab": questions}},
    }


PLACES = [("paket.nama", 6), ("penyedia[2].nama", 1), ("isian.bapp.tanya_jawab[2].pertanyaan", 8)]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", ["k.json", "k.yaml", None])
def test_every_value_with_such_a_sign_is_told_by_its_field(
    sign: str, name: str | None, engine: Engine, tmp_path: Path
) -> None:
    """YAML reads what json writes, but for the surrogates, at whose escape libyaml gives up."""
    case: Any = spoiled(sign)
    if name is not None:
        case = tmp_path / name
        case.write_text(json.dumps(spoiled(sign)).replace("\x7f", "\\u007f"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        engine.evaluate(case)
    found = caught.value.problems
    assert [problem.path for problem in found] == [path for path, _ in PLACES]
    for problem, (_, position) in zip(found, PLACES, strict=True):
        assert (problem.file, problem.line) == ((str(case), 1) if name else (None, None))
        assert f"(U+{ord(sign):04X} " in problem.message
        assert problem.message.endswith(f", huruf ke-{position})")
        assert problem.remedy == "hapus karakter itu dari nilainya"


def test_all_signs_of_one_value_are_told_together() -> None:
    (problem,) = refused(r'a: "x\0\vy\uD800"')
    assert problem.message == (
        "teks memuat karakter yang tidak dapat dicetak (U+0000 karakter nol, huruf ke-2; "
        "U+000B tab tegak, huruf ke-3; U+D800 separuh pasangan surogat, huruf ke-5)"
    )


def test_a_value_full_of_such_signs_is_told_in_short() -> None:
    (problem,) = refused(json.dumps({"a": "\0" * 100_000}), is_json=True)
    assert "huruf ke-5; dan 99995 lagi)" in problem.message


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        ('paket:\n  "na\\0ma": "\\uDFFF"\n', False),
        ('{"paket":\n {"na\\u0000ma": "\\udfff"}}', True),
    ],
)
def test_a_key_is_told_by_itself_and_so_is_its_value(text: str, is_json: bool) -> None:
    key, value = refused(text, is_json=is_json)
    assert (key.path, key.line, value.path, value.line) == (r"paket.na\x00ma", 2, r"paket.na\x00ma", 2)
    assert key.message.startswith("kunci memuat")
    assert key.remedy == "hapus karakter itu dari kuncinya"
    assert value.message.startswith("teks memuat")


def test_a_key_of_a_mapping_is_told_before_its_value() -> None:
    with pytest.raises(InputError) as caught:
        node_from_python({"paket": [{"na\0ma": "\x0b"}]})
    assert [(one.path, one.message.split()[0]) for one in caught.value.problems] == [
        (r"paket[1].na\x00ma", "kunci"),
        (r"paket[1].na\x00ma", "teks"),
    ]


def test_each_value_has_its_own_line() -> None:
    text = 'a:\n- "\\uD800"\n- x\n- b: "\\f"\n  c: &c "\\v"\nd: [*c, ["\\a"]]\n'
    assert [(one.path, one.line) for one in refused(text)] == [
        ("a[1]", 2),
        ("a[3].b", 4),
        ("a[3].c", 5),
        ("d[2][1]", 6),
    ]


def test_a_fault_of_another_kind_in_the_same_file_is_told_too() -> None:
    found = refused('a: "\\uD800"\nb: 1\nb: 2\nc: ]')
    assert [one.line for one in found] == [1, 3, 4]
    assert "U+D800" in found[0].message
    assert "tidak dapat dibaca di kolom" in found[2].message


def test_a_surrogate_is_told_only_where_its_escape_is_one() -> None:
    text = 'a: \'\\uD800\'\nb: \\uD800 # "\\uD800\nc: "\\\\uD800"\n'
    assert read_text(text, "k").plain() == dict.fromkeys("abc", r"\uD800")
    (problem,) = refused(text + 'd: "\\\\\\uD800"')
    assert (problem.path, problem.line) == ("d", 4)
    assert "huruf ke-2)" in problem.message


def test_an_escape_beyond_unicode_is_told_by_its_column() -> None:
    (problem,) = refused('a: 1\nb: "\\uD800"\nc: "x\\U00110000"')[1:]
    assert (problem.line, problem.message) == (3, "kode di kolom 8 tidak menunjuk karakter Unicode")


@pytest.mark.parametrize(
    ("text", "is_json", "places"),
    [
        ("a: 1\nb: x\x0by\x7f", False, [(2, "U+000B tab tegak, kolom 5"), (2, "U+007F hapus (DEL), kolom 7")]),
        ("# \ufffe\na: \ud800", False, [(1, "U+FFFE bukan huruf menurut Unicode, kolom 3"), (2, "U+D800")]),
        ('{"a":\n"x\x0cy"}', True, [(2, "U+000C ganti halaman, kolom 3")]),
        ("a: 1\n".replace("", "\0"), False, [(1, "U+0000 karakter nol, kolom 1")]),
    ],
)
def test_a_raw_sign_for_which_no_parser_reads_the_file_is_told_by_its_column(
    text: str, is_json: bool, places: list[tuple[int, str]]
) -> None:
    found = refused(text, is_json=is_json)
    assert [one.line for one in found] == [line for line, _ in places]
    assert all(said in one.message for one, (_, said) in zip(found, places, strict=True))


def test_a_raw_sign_that_json_admits_is_told_by_its_field() -> None:
    (problem,) = refused('{"a": [1, "x\x7f"]}', is_json=True)
    assert problem.path == "a[2]"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf_8_is_told_by_line_and_column(start: bytes, engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_bytes(start + "kasus: é\nsop: é\xff\n".encode("latin-1").replace(b"\xe9", "é".encode()))
    with pytest.raises(InputError) as caught:
        engine.evaluate(file)
    (problem,) = caught.value.problems
    assert (problem.line, "kolom 7" in problem.message) == (2, True)


@pytest.mark.parametrize("is_json", [False, True])
def test_a_long_report_stops_and_says_that_there_is_more(is_json: bool) -> None:
    found = refused(json.dumps(["\0\ud800"] * 5_000), is_json=is_json)
    assert len(found) == MAX_PROBLEMS + 1
    assert "masih ada" in found[-1].message
    assert found[-2].path == f"[{MAX_PROBLEMS}]"


def test_a_long_report_on_a_mapping_or_on_raw_signs_stops_too() -> None:
    with pytest.raises(InputError) as caught:
        node_from_python(["\0"] * 5_000)
    assert len(caught.value.problems) == MAX_PROBLEMS + 1
    assert "masih ada" in caught.value.problems[-1].message
    assert len(refused("\x0b" * 5_000)) == MAX_PROBLEMS + 1
