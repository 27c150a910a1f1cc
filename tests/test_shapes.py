"""Shapes check values and describe themselves as JSON Schema, and both agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import pytest

from pbj_rules.reading import MAX_PROBLEMS, node_from_python, read_text
from pbj_rules.shapes import (
    INVALID,
    Anything,
    Choice,
    Day,
    Field,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Nullable,
    Record,
    Shape,
    Text,
    read_shape,
)

PERSON = Record({"nama": Field(Text()), "umur": Field(Integer(0, 150), False, default=7), "lahir": Field(Day(), False)})


def problems_of(shape: Shape, value: Any) -> list[str]:
    read, problems = read_shape(shape, node_from_python(value), None)
    assert (read is INVALID) == bool(problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (Text(), ["x", " x "], ["", "  ", 1, None, True, [], {}]),
        (Text(longest=3), ["abc"], ["abcd"]),
        (Text(blank=True), ["", "x"], [1]),
        (Text(pattern="[a-z]+"), ["abc"], ["ABC", "abc\n"]),
        (Integer(0, 5), [0, 5], [-1, 6, 2.0, 1.5, True, "3", None, 10**30, float("nan"), float("inf")]),
        (Flag(), [True, False], ["ya", "true", 1, 0, None]),
        (
            Day(),
            ["2020-02-29"],
            ["2020-02-30", "2019-02-29", "1-1-2020", "2020-4-1", "9999-01-01", "٢٠٢٠-٠١-٠١", 20200101],
        ),
        (Choice(("a", "b")), ["a"], ["A", "c", None, 1, ["a"], {"a": 1}]),
        (ListOf(Flag(), 1), [[True]], [[], [1], True, {}]),
        (MapOf(Flag(), "[a-z]+"), [{"x": True}], [{"X": True}, {"x": 1}, []]),
        (Nullable(Flag()), [None, True], ["x"]),
        (PERSON, [{"nama": "A"}], [{}, {"nama": "A", "lain": 1}, {"nama": "A", "umur": None}, [], None]),
    ],
)
def test_a_shape_takes_what_fits_and_refuses_the_rest(shape: Shape, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert problems_of(shape, value) == []
    for value in bad:
        assert problems_of(shape, value), f"{value!r} must be refused"


@pytest.mark.parametrize(
    "value", [{"nama": "A", "umur": 3}, {"nama": ""}, {}, {"nama": "A", "x": 1}, {"nama": "A", "umur": -1}]
)
def test_the_json_schema_of_a_shape_refuses_what_the_shape_refuses(value: dict[str, Any]) -> None:
    valid = jsonschema.Draft202012Validator(PERSON.schema()).is_valid(value)
    assert valid == (not problems_of(PERSON, value))


def test_reading_gives_plain_values_and_defaults() -> None:
    value, _ = read_shape(PERSON, node_from_python({"nama": "A", "lahir": "2020-04-01"}), None)
    assert value == {"nama": "A", "umur": 7, "lahir": date(2020, 4, 1)}


def test_a_problem_names_file_line_path_expectation_and_remedy() -> None:
    text = "orang:\n  - nama: A\n  - nam: B\n    umur: 200\n"
    _, problems = read_shape(Record({"orang": Field(ListOf(PERSON))}), read_text(text, "x.yaml"), "x.yaml")
    assert [(problem.line, problem.path) for problem in problems] == [
        (3, "orang[2].nam"),
        (3, "orang[2]"),
        (4, "orang[2].umur"),
    ]
    assert "mungkin maksudnya `nama`" in problems[0].remedy
    assert "0 sampai 150" in problems[2].expected
    assert str(problems[2]).startswith("x.yaml:4: orang[2].umur: `200` di luar batas (seharusnya ")


@pytest.mark.parametrize(
    ("shape", "value", "remedy"),
    [
        (Integer(0, 10**9), "12.500.000", "tulis `12500000` tanpa tanda kutip"),
        (Integer(0, 9), 12.5, "tanpa titik, koma atau pangkat"),
        (Flag(), "ya", "true (ya)"),
        (Text(), 12, "tanda kutip"),
        (Day(), "1 April 2020", "2020-04-01"),
        (Choice(("barang", "konstruksi")), "brang", "`barang`"),
        (PERSON, None, "hapus kunci ini"),
    ],
)
def test_a_refusal_says_how_to_mend_it(shape: Shape, value: Any, remedy: str) -> None:
    _, (problem,) = read_shape(shape, node_from_python(value), None)
    assert remedy in problem.remedy


def test_the_report_on_a_hopeless_input_is_bounded() -> None:
    problems = problems_of(PERSON, {f"kunci{number}": 1 for number in range(50_000)})
    assert len(problems) == MAX_PROBLEMS + 1
    assert "masih ada kesalahan lain" in problems[-1]


def test_anything_is_read_as_it_is() -> None:
    assert read_shape(Anything(), node_from_python({"a": [1, None]}), None) == ({"a": [1, None]}, [])
