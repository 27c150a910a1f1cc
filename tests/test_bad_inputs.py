"""Files and mappings that are wrong, odd or hostile are refused: quickly, with a place, and without a traceback."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine, InputError

GOOD = "kasus: x\nsop: prakualifikasi\ntanggal: 2020-04-01\nfakta: {jumlah_peserta: 5, jumlah_lulus: 3}\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + step)}: &{chr(98 + step)} [{', '.join([f'*{chr(97 + step)}'] * 9)}]\n" for step in range(12)
)
DEEP_BY_ALIAS = "".join(
    f"a{step}: &a{step} {'[' * 20}{f'*a{step - 1}' if step else 'x'}{']' * 20}\n" for step in range(60)
)


def refused(engine: Engine, file: Path, content: str | bytes) -> InputError:
    """The refusal of a file; anything else, or a slow refusal, fails the test."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    started = time.perf_counter()
    with pytest.raises(InputError) as caught:
        engine.evaluate(file)
    assert time.perf_counter() - started < 8
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.file == str(file)
        str(problem).encode("utf-8")
        assert len(str(problem)) < 3000
    return caught.value


def test_the_file_that_the_others_spoil_is_good(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "k.yaml").write_text(GOOD, encoding="utf-8")
    assert engine.evaluate(tmp_path / "k.yaml").status == "selesai"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (BOMB, None, "isi terlalu banyak"),
        (DEEP_BY_ALIAS, None, "bersarang terlalu dalam"),
        ("a: &a [*a]\n", 1, "merujuk dirinya sendiri"),
        ("kasus: *tidak-ada\n", 1, "tidak ada"),
        (GOOD + "kasus: y\n", 5, "kunci `kasus` tertulis dua kali"),
        (GOOD.replace("2020-04-01", "2020-02-30"), 3, "tidak ada dalam kalender"),
        (GOOD.replace("fakta: ", "fakta:\n\t"), 5, "tidak dapat dibaca"),
        ("[" * 200_000, 1, "bersarang terlalu dalam"),
        ("[" * 200_000 + "]" * 200_000, 1, "bersarang terlalu dalam"),
        ("{a: " * 200_000, 1, "bersarang terlalu dalam"),
        ("- " * 200_000, 1, "bersarang terlalu dalam"),
        (GOOD + "12: x\n", 5, "kunci harus teks"),
        (GOOD + "~: x\n", 5, "kunci harus teks"),
        (GOOD + "[a, b]: x\n", 5, "kunci harus teks"),
        (GOOD + "? {a: 1}\n: x\n", 5, "kunci harus teks"),
        (GOOD + "true: x\n", 5, "kunci harus teks"),
        (GOOD + "fakta.jumlah_peserta: 3\n", 5, "kunci `fakta.jumlah_peserta` tidak dikenal"),
        (GOOD + "$m: 3\n", 5, "kunci `$m` tidak dikenal"),
        (GOOD + "<<: {a: 1}\n", 5, "kunci `<<` tidak dikenal"),
        (GOOD + "__class__: 3\n", 5, "kunci `__class__` tidak dikenal"),
        (GOOD + f"{'k' * 900}: 3\n", 5, "tidak dikenal"),
        (GOOD.replace("kasus: x", f"kasus: {'x' * 100_000}"), 1, "teks terlalu panjang"),
        (GOOD.replace("kasus: x", "kasus: !!python/object/apply:os.system [ls]"), 1, "tanda jenis"),
        (GOOD.replace("kasus: x", "kasus: !!binary eA=="), 1, "tanda jenis"),
        (GOOD.replace("kasus: x", "kasus: !x y"), 1, "tanda jenis"),
        (GOOD.replace("kasus: x", 'kasus: "a\\x1b[31mb"'), 1, "tidak dapat dicetak (U+001B escape, huruf ke-2)"),
        (GOOD.replace("kasus: x", 'kasus: "a\\0b"'), 1, "kasus: teks memuat karakter yang tidak dapat dicetak (U+0000"),
        (GOOD.replace("kasus: x", "kasus: a\x85b\x00"), 1, "tidak dapat dicetak"),
        (GOOD.replace("sop:", "sop:\x00"), 2, "tidak dapat dicetak (U+0000 karakter nol, kolom 5)"),
        (GOOD + "---\na: 1\n", 5, "lebih dari satu dokumen"),
        ("", None, "berkas kosong"),
        ("x", 1, "bukan isian berkunci"),
        ("[]", 1, "bukan isian berkunci"),
        ("%YAML 9.9\n", None, "tidak dapat dibaca"),
        ("a: 'tanpa akhir", 1, "tidak dapat dibaca"),
    ],
)
def test_a_bad_yaml_file_is_refused(engine: Engine, tmp_path: Path, content: str, line: int | None, said: str) -> None:
    error = refused(engine, tmp_path / "k.yaml", content)
    problem = next(problem for problem in error.problems if said in str(problem))
    assert line is None or problem.line == line


@pytest.mark.parametrize(
    "number",
    [
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "9" * 100_000,
        "1e400",
        ".inf",
        "-.inf",
        ".nan",
        "1.5",
        "-1",
        "3.0",
        "1e2",
        "1000001",
        "0x10",
        "1_000",
        '"3"',
        "3 peserta",
        "true",
        "null",
        "2020-01-01",
    ],
)
def test_a_count_that_is_no_count_is_refused_in_yaml(engine: Engine, tmp_path: Path, number: str) -> None:
    error = refused(engine, tmp_path / "k.yaml", GOOD.replace("jumlah_peserta: 5", f"jumlah_peserta: {number}"))
    (problem,) = error.problems
    assert (problem.path, problem.line) == ("fakta.jumlah_peserta", 4)
    assert "0 sampai 1000000" in problem.expected


@pytest.mark.parametrize(
    "number",
    [
        "9223372036854775808",
        "9" * 100_000,
        "-" + "9" * 100_000,
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.5",
        "3.0",
        "-1",
        "1000001",
        '"3"',
        "true",
        "null",
        "{}",
    ],
)
def test_a_count_that_is_no_count_is_refused_in_json(engine: Engine, tmp_path: Path, number: str) -> None:
    text = '{"kasus": "x", "sop": "prakualifikasi",\n"tanggal": "2020-04-01",\n"fakta": {"jumlah_peserta": %s}}'
    (problem,) = refused(engine, tmp_path / "k.json", text % number).problems
    assert (problem.path, problem.line) == ("fakta.jumlah_peserta", 3)


@pytest.mark.parametrize("amount", ["1000000000000001", "-1", "12.5", "12.000.000", "Rp12000000", "9" * 30])
def test_an_amount_beyond_the_limit_is_refused(engine: Engine, tmp_path: Path, amount: str) -> None:
    error = refused(engine, tmp_path / "k.yaml", GOOD + f"paket:\n  pagu: {amount}\n  hps: {amount}\n")
    assert [(problem.path, problem.line) for problem in error.problems] == [("paket.pagu", 6), ("paket.hps", 7)]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('{"a": 1,\n "a": 2}', 2, "kunci `a` tertulis dua kali"),
        ('{"kasus": "\\ud800"}', 1, "U+D800"),
        ('{\n"\\udfff": 1}', 2, "U+DFFF"),
        ('{"kasus": "\\u0000"}', 1, "U+0000"),
        ('{"kasus": "a\nb"}', 1, "tidak dapat dibaca"),
        ("[" * 200_000, None, "bersarang terlalu dalam"),
        ("[" * 200_000 + "]" * 200_000, None, "bersarang terlalu dalam"),
        ('{"a":' * 200_000 + "1" + "}" * 200_000, None, "bersarang terlalu dalam"),
        ("[" * 60 + "]" * 60, 1, "bersarang terlalu dalam"),
        ("[" + "1," * 500_000 + "1]", 1, "isi terlalu banyak"),
        ("{'a': 1}", 1, "tidak dapat dibaca"),
        ('{"a": 1}x', 1, "tidak dapat dibaca"),
        ("", 1, "tidak dapat dibaca"),
    ],
)
def test_a_bad_json_file_is_refused(engine: Engine, tmp_path: Path, content: str, line: int | None, said: str) -> None:
    error = refused(engine, tmp_path / "k.json", content)
    assert (error.problems[0].line, said in str(error)) == (line, True)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (GOOD.encode("utf-16"), 1),
        (GOOD.encode("utf-16-le"), 1),
        (GOOD.replace("x", "é", 1).encode("latin-1"), 1),
        (GOOD.encode() + b"# \xff\xfe", 5),
        (GOOD.encode() + b"# \xed\xa0\x80", 5),
    ],
)
def test_a_file_in_another_encoding_is_refused(engine: Engine, tmp_path: Path, data: bytes, line: int) -> None:
    (problem,) = refused(engine, tmp_path / "k.yaml", data).problems
    assert problem.line == line
    assert "UTF-8" in problem.remedy


def test_a_byte_order_mark_of_utf_8_is_taken(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "k.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert engine.evaluate(tmp_path / "k.yaml").status == "selesai"


def test_a_file_of_fifty_megabytes_is_refused_unread(engine: Engine, tmp_path: Path) -> None:
    assert "terlalu besar" in str(refused(engine, tmp_path / "k.yaml", b"a" * 50_000_000))


def test_a_file_of_unknown_keys_is_refused_in_a_short_report(engine: Engine, tmp_path: Path) -> None:
    content = GOOD.replace("fakta: {", "fakta:\n  {" + "".join(f"jumlah_pesert{n}: 1, " for n in range(150_000)))
    assert len(str(refused(engine, tmp_path / "k.yaml", content))) < 300_000


@pytest.mark.parametrize("name", ["tidak-ada.yaml", "n" * 5000, "a\0b", "nama\udcff.yaml", ""])
def test_a_file_that_cannot_be_opened_is_refused(engine: Engine, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        engine.evaluate(os.path.join(tmp_path, name))
    str(caught.value).encode("utf-8")
    assert caught.value.problems[0].remedy


def test_a_folder_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ini folder"):
        engine.evaluate(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0)
    with pytest.raises(InputError, match="tidak boleh dibaca"):
        engine.evaluate(file)


@pytest.mark.parametrize(
    "change",
    [
        {"\ud800": 1},
        {"kasus": "\ud800"},
        {"kasus": b"x"},
        {1: 2},
        {None: 2},
        {("a",): 2},
        {10**5000: 1},
        {"fakta": {"jumlah_peserta": 10**5000}},
        {"fakta": {"jumlah_peserta": float("nan")}},
        {"fakta": {"jumlah_peserta": float("inf")}},
        {"fakta": {"jumlah_peserta": True}},
        {"fakta": {"a.b": 1, "$m": 2}},
        {"fakta": {1: 2}},
        {"fakta": [1]},
        {"isian": {"a": object()}},
        {"penyedia": {"nama": "x"}},
        {"penyedia": "x"},
        {"sop": ["prakualifikasi"]},
        {"sop": 3},
    ],
)
def test_a_bad_mapping_is_refused(engine: Engine, change: dict[Any, Any]) -> None:
    case = {"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", **change}
    with pytest.raises(InputError) as caught:
        engine.evaluate(case)
    str(caught.value).encode("utf-8")
    assert "Node(" not in str(caught.value)


def test_a_refused_file_leaves_the_engine_as_it_was(engine: Engine, tmp_path: Path) -> None:
    good = json.loads(
        '{"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", "fakta": {"jumlah_peserta": 5}}'
    )
    before = engine.evaluate(good).to_json()
    refused(engine, tmp_path / "k.yaml", BOMB)
    assert engine.evaluate(good).to_json() == before
