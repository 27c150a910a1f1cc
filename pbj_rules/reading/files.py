"""From a file to its text, and from a text to its tree."""

from __future__ import annotations

import re
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from pbj_rules.errors import InputError, Problem
from pbj_rules.reading.characters import UNPRINTABLE, printable, sign
from pbj_rules.reading.json_text import read_json
from pbj_rules.reading.nodes import MAX_BYTES, MAX_PROBLEMS, Node, refuse, too_many_problems
from pbj_rules.reading.yaml_text import read_yaml

__all__ = ["read_file", "read_text"]

# What JSON admits nowhere, not even in quotes. Other signs are JSON's to read, and are told with their field.
_NO_JSON: Final = re.compile("[^\t\n\r\x20-\U0010ffff]")


def read_file(path: str | PathLike[str]) -> Node:
    """The tree of the file at ``path``; ``.json`` is read as JSON, anything else as YAML.

    Raises InputError with every problem found: missing file, folder, no permission, too large, not
    UTF-8, not YAML or JSON, duplicate keys, unprintable characters, nesting too deep.
    """
    name = printable(fspath(path))
    if not name:
        raise refuse(name, "nama berkas kosong", remedy="sebutkan nama berkasnya")
    return read_text(_text_of(Path(path), name), name, is_json=name.lower().endswith(".json"))


def read_text(text: str, name: str, *, is_json: bool = False) -> Node:
    """The tree of a text; ``name`` stands for the file in errors."""
    _check_signs(text, name, _NO_JSON if is_json else UNPRINTABLE)
    return read_json(text, name) if is_json else read_yaml(text, name)


def _check_signs(text: str, name: str, refused: re.Pattern[str]) -> None:
    """Refuses a text with characters for which no parser reads it, so that none of them has a field yet."""
    problems: list[Problem] = []
    for found in refused.finditer(text):
        at = found.start()
        column = at - text.rfind("\n", 0, at)
        message = f"berkas memuat karakter yang tidak dapat dicetak ({sign(found[0])}, kolom {column})"
        remedy = "hapus karakter itu"
        if found[0] == "\0":
            remedy += ", atau simpan ulang berkas dengan pengodean UTF-8"
        problems.append(Problem(message, name, text.count("\n", 0, at) + 1, remedy=remedy))
        if found[0] == "\0":
            break  # in UTF-16 it is every second one
        if len(problems) >= MAX_PROBLEMS:
            problems.extend(too_many_problems(name).problems)
            break
    if problems:
        raise InputError(problems)


def _text_of(path: Path, name: str) -> str:
    data = _bytes_of(path, name)
    if len(data) > MAX_BYTES:
        raise refuse(
            name,
            "berkas terlalu besar",
            expected=f"paling banyak {MAX_BYTES // 1_000_000} MB",
            remedy="pisahkan menjadi beberapa berkas",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")  # without the mark of byte order, unlike data
        column = len(before) - before.rfind("\n")
        raise refuse(
            name,
            f"pengodean huruf berkas bukan UTF-8 di kolom {column}",
            line=before.count("\n") + 1,
            expected="UTF-8",
            remedy="simpan ulang berkas dengan pengodean UTF-8",
        ) from None


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refuse(name, "berkas tidak ditemukan", remedy="periksa nama dan foldernya") from None
    except IsADirectoryError:
        raise refuse(name, "ini folder, bukan berkas", remedy="sebutkan berkas di dalamnya") from None
    except PermissionError:
        raise refuse(name, "berkas tidak boleh dibaca", remedy="minta izin baca atas berkas ini") from None
    except (OSError, ValueError):
        raise refuse(name, "berkas tidak dapat dibaca", remedy="periksa nama dan foldernya") from None
