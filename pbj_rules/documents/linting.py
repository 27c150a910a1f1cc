"""Checks of template files: tags parse, every name exists, every declared field is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Any, Final

from pbj_rules.documents.deriving import read_through
from pbj_rules.documents.fields import Contract, key_of, load_contract
from pbj_rules.documents.places import template_files
from pbj_rules.documents.printing import TemplateFaultError
from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import templates_directory

__all__ = ["check_templates"]

_TAG: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_BLOCK_TAG: Final = re.compile(r"\{[%{#](p|tr|tc)\s")
_ADVICE: Final = "sunting templat di Word, lalu jalankan `pbj check` lagi"


def check_templates(directory: str | PathLike[str] | None = None) -> list[Problem]:
    """Everything wrong with the templates of a folder, or with one; the shipped ones by default."""
    root = Path(directory) if directory is not None else templates_directory()
    try:
        contract = load_contract()
    except InputError as error:
        return list(error.problems)
    files = template_files(root)
    problems = [
        Problem(
            f"naskah `{paper}` dideklarasikan tetapi tidak bertemplat",
            contract.file,
            path=f"naskah.{paper}",
            expected=f"berkas {paper}.docx",
            remedy="buat templatnya, atau pindahkan ke `disebut`",
        )
        for paper in contract.papers
        if paper not in files and root == templates_directory()
    ]
    for paper, path in files.items():
        problems += check_template(path, paper, contract)
    return problems


def check_template(path: Path, paper: str, contract: Contract) -> list[Problem]:
    """Everything wrong with one template."""
    problems, used = read_template(path, paper, contract)
    return problems or _unused(path, paper, contract, used)


def read_template(path: Path, paper: str, contract: Contract) -> tuple[list[Problem], set[str]]:
    """What is wrong inside a template, and the dotted names of every value that it reads."""
    from pbj_rules.documents.compiled import Look
    from pbj_rules.documents.compiling import composed_template
    from pbj_rules.documents.dressing import PAGES

    if paper not in contract.papers:
        known = ", ".join(sorted(contract.papers))
        problem = Problem(
            f"naskah `{paper}` tidak dideklarasikan",
            str(path),
            expected=f"nama salah satu dari {known}",
            remedy="tambahkan isian/<id>.yaml, atau perbaiki nama berkas",
        )
        return [problem], set()
    try:
        parts = composed_template(path, Look())
    except TemplateFaultError as fault:
        return [Problem(fault.message, str(path), path=fault.place, expected="templat Word (.docx) yang aman")], set()
    problems: list[Problem] = []
    used: set[str] = set()
    for name in sorted(parts):
        if PAGES.fullmatch(name):
            problems += _check_part(path, name, parts[name], paper, contract, used)
    return problems, used


def _check_part(path: Path, name: str, data: bytes, paper: str, contract: Contract, used: set[str]) -> list[Problem]:
    from jinja2 import TemplateSyntaxError

    from pbj_rules.documents import markup, templating
    from pbj_rules.documents.sandbox import environment
    from pbj_rules.documents.tracing import Tracer
    from pbj_rules.documents.vocabulary import vocabulary_of

    problems = list(_loose_text(path, markup.parse(data)))
    try:
        source = templating.one_block_a_line(templating.patched(data))
        parsed = environment().parse(source)
        environment().from_string(source)
    except TemplateFaultError as fault:
        return [*problems, Problem(fault.message, str(path), path=fault.place, remedy=_ADVICE)]
    except TemplateSyntaxError as error:
        place = templating.quoted(source, error.lineno, name)
        message = f"tanda templat salah: {error.message}"
        return [*problems, Problem(message, str(path), path=place, remedy=_ADVICE)]
    tracer = Tracer(vocabulary_of(contract, paper))
    tracer.run(parsed)
    used |= tracer.used
    problems += [
        Problem(
            finding.message,
            str(path),
            path=templating.quoted(source, finding.line, name),
            remedy=finding.remedy or _ADVICE,
        )
        for finding in tracer.findings
    ]
    return problems


def _loose_text(path: Path, root: Any) -> Iterator[Problem]:
    """Braces that no tag owns, and text that docxtpl would drop beside a paragraph or row tag."""
    from pbj_rules.documents.markup import text_of, w

    for paragraph in root.iter(w("p")):
        text = text_of(paragraph)
        place = f"alinea “{' '.join(text.split())[:100]}”"
        rest = _TAG.sub("", text)
        if "{" in rest or "}" in rest:
            yield Problem(
                "kurung kurawal yang bukan tanda templat",
                str(path),
                path=place,
                expected="`{{ nama }}` atau `{% … %}`",
                remedy=_ADVICE,
            )
        found = _BLOCK_TAG.search(text)
        if found and rest.strip():
            yield Problem(
                f"teks di samping tanda `{{%{found[1]} … %}}` akan hilang",
                str(path),
                path=place,
                remedy="beri tanda itu alinea atau baris tabel sendiri",
            )


def _unused(path: Path, paper: str, contract: Contract, used: set[str]) -> list[Problem]:
    """Declared names that the template never reads: staff would fill them in for nothing.

    Decisions that must be there are conditions of the paper, whether it states them or not.
    """
    declared = contract.papers[paper]
    used = read_through(declared.derived, used)
    names = {f"isian.{entry.name}": entry.name for entry in declared.entries}
    for entry in declared.entries:
        for column in entry.columns:
            names[f"isian.{entry.name}.{column.name}"] = f"{entry.name}.{column.name}"
    names |= {f"turunan.{one.name}": one.name for one in declared.derived}
    for key, of in (
        ("keputusan", declared.possible),
        ("fakta", declared.facts),
        ("parameter", declared.parameters),
        ("hasil", declared.outcomes),
    ):
        names |= {f"{key}.{name}": f"{key}.{key_of(name)}" for name in of}
    for key, of in (("dari", declared.cites), ("bersama", declared.shared)):
        names |= {f"{key}.{name}": key_of(name) for name in of}
    return [
        Problem(
            f"`{name}` dideklarasikan tetapi tidak dipakai {path.name}",
            declared.file,
            path=where,
            remedy="pakai di templat, atau hapus dari isian/<id>.yaml",
        )
        for where, name in names.items()
        if name not in used
    ]
