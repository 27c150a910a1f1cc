"""A file reads to the same tree everywhere, and every value knows its line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pbj_rules import InputError
from pbj_rules.reading import MAX_DEPTH, MAX_PROBLEMS, Node, node_from_python, one_line, read_text


def refusal(text: str, *, is_json: bool = False) -> InputError:
    with pytest.raises(InputError) as refused:
        read_text(text, "berkas.yaml", is_json=is_json)
    return refused.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ya", "ya"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("007", 7),
        ("0x1F", "0x1F"),
        ("12_000", "12_000"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("2020-04-01", "2020-04-01"),
        ("12:30:45", "12:30:45"),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_a_plain_value_means_what_the_core_schema_says(written: str, value: Any) -> None:
    read = read_text(f"a: {written}", "x").plain()["a"]
    assert (type(read), read) == (type(value), value)


def test_every_yaml_node_and_key_knows_its_line() -> None:
    root = read_text("a: 1\n\nb:\n  - x\n  - c: 2\n", "x")
    assert root.key_lines == {"a": 1, "b": 3}
    assert [item.line for item in root.value["b"].value] == [4, 5]


def test_every_json_node_and_key_knows_its_line() -> None:
    text = '{"a": 1,\n\t"b": [\n"x", {\n"c":\n2}],\r\n"emoji": "\\ud83d\\ude00", "d": {}}'
    root = read_text(text, "x", is_json=True)
    assert root.plain() == {"a": 1, "b": ["x", {"c": 2}], "emoji": "😀", "d": {}}
    assert root.key_lines == {"a": 1, "b": 2, "emoji": 6, "d": 6}
    assert [item.line for item in root.value["b"].value] == [3, 3]
    assert root.value["b"].value[1].value["c"].line == 5


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("[]", []), ('"x"', "x"), ("null", None), (" \n {}", {})])
def test_a_json_text_may_be_any_value(text: str, value: Any) -> None:
    assert read_text(text, "x", is_json=True).plain() == value


def test_yaml_and_json_of_the_same_content_read_to_the_same_values() -> None:
    as_json = '{"a": [1, -2.5, true, null, "x: y"], "b": {"c": ""}}'
    assert read_text(as_json, "x").plain() == read_text(as_json, "x", is_json=True).plain()


def test_every_fault_of_a_file_is_told_at_once_with_its_line() -> None:
    error = refusal("a: 1\na: 2\n3: x\nb: !!set x\n")
    assert [problem.line for problem in error.problems] == [2, 3, 4]
    assert all(problem.remedy for problem in error.problems)


def test_json_keys_written_twice_are_told_with_the_line_of_each() -> None:
    error = refusal('{"a": 1,\n"a": 2,\n"b": {"c": 1,\n"c": 2}}', is_json=True)
    assert [(problem.line, problem.message) for problem in error.problems] == [
        (2, "kunci `a` tertulis dua kali"),
        (4, "kunci `c` tertulis dua kali"),
    ]


def test_a_syntax_error_says_where_and_how_to_mend_it() -> None:
    (problem,) = refusal("a: 1\nb:\n\t- x\n").problems
    assert problem.line == 3
    assert "tab" in problem.remedy
    (problem,) = refusal('{"a": 1,}', is_json=True).problems
    assert (problem.line, "kolom 9" in problem.message) == (1, True)


def test_a_second_document_and_an_empty_file_are_refused() -> None:
    assert refusal("a: 1\n---\nb: 2\n").problems[0].line == 2
    assert "kosong" in str(refusal(""))
    assert "kosong" in str(refusal("# hanya komentar\n"))


def test_an_alias_gives_what_its_anchor_holds() -> None:
    assert read_text("a: &x [1, 2]\nb: *x\n", "x").plain() == {"a": [1, 2], "b": [1, 2]}


def test_a_long_report_stops_and_says_that_there_is_more() -> None:
    error = refusal("\n".join(f"{number}: x" for number in range(5000)))
    assert len(error.problems) == MAX_PROBLEMS + 1
    assert "masih ada" in error.problems[-1].message


class TestPythonValues:
    def test_days_are_written_as_files_write_them(self) -> None:
        plain = node_from_python({"a": date(2020, 4, 1), "b": (1, "x")}).plain()
        assert plain == {"a": "2020-04-01", "b": [1, "x"]}

    def test_a_moment_is_no_day(self) -> None:
        assert node_from_python(datetime(2020, 4, 1, 12)).plain() == "2020-04-01T12:00:00"

    @pytest.mark.parametrize("value", [{1, 2}, b"x", bytearray(b"x"), object(), 1j, ...])
    def test_values_that_no_file_can_hold_are_refused_with_their_place(self, value: Any) -> None:
        with pytest.raises(InputError) as refused:
            node_from_python({"a": [1, value], "b": {"c": value}, 3: "x"})
        assert [problem.path for problem in refused.value.problems] == ["a[2]", "b.c", ""]

    def test_a_number_beyond_every_range_stays_refusable(self) -> None:
        assert node_from_python(10**5000).plain() == float("inf")

    def test_a_list_that_holds_itself_is_refused(self) -> None:
        loop: list[Any] = []
        loop.append(loop)
        with pytest.raises(InputError, match="terlalu dalam"):
            node_from_python(loop)

    def test_depth_up_to_the_limit_is_read(self) -> None:
        nested: Any = 1
        for _ in range(MAX_DEPTH):
            nested = [nested]
        assert isinstance(node_from_python(nested), Node)
        with pytest.raises(InputError):
            node_from_python([nested])


def test_text_quoted_in_an_error_is_short_printable_and_on_one_line() -> None:
    assert one_line("a\n b\t\tc\x1b[31m") == "a b c\\x1b[31m"
    assert one_line("x" * 100, 10) == "x" * 10 + "…"
    assert one_line("\ud800").isprintable()
