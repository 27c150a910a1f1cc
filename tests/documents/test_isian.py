"""What staff may fill in: misspelt or misplaced entries are refused, with the nearest valid name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office
from pbj_rules.documents.blanks import Blanks
from pbj_rules.documents.context import paper_context
from pbj_rules.documents.contract.files import isian_shape, load_contract
from pbj_rules.documents.contract.vocabulary import vocabulary_of
from pbj_rules.documents.filling import Filler
from pbj_rules.documents.production import productions
from pbj_rules.errors import InputError
from pbj_rules.reading import node_from_python, read_text
from pbj_rules.resources import default_profile
from pbj_rules.shapes import read_shape
from tests.documents.cases import CASES, FULL, full_case


def refused(isian: Any) -> list[str]:
    return [str(problem) for problem in read_shape(isian_shape(), node_from_python(isian), None)[1]]


def test_the_full_sample_fits_the_contract() -> None:
    assert refused(FULL["isian"]) == []


@pytest.mark.parametrize(
    ("isian", "words"),
    [
        ({"bap": {}}, "Mungkin maksudnya `bapp`"),
        ({"bapp": {"tempatt": "x"}}, "Mungkin maksudnya `tempat`"),
        ({"bapp": {"tempat": "a\nb"}}, "teks satu baris"),
        ({"bapp": {"tanggal": "18 Maret 2020"}}, "tanggal TTTT-BB-HH"),
        ({"bapp": {"tanya_jawab": [{"pertanyaan": 3}]}}, "bapp.tanya_jawab[1].pertanyaan"),
        ({"kontrak": {"nilai": 1.5}}, "bilangan bulat"),
        ({"kontrak": {"nilai": -1}}, "di luar batas"),
        ({"bapp": [{"tempat": "x"}, {"tempat": 3}]}, "bapp[2].tempat"),
        ({"adendum": {"perubahan": [{}] * 501}}, "daftar terlalu panjang"),
    ],
)
def test_a_wrong_entry_is_refused_where_it_stands(isian: Any, words: str) -> None:
    assert any(words in problem for problem in refused(isian))


def test_an_error_names_file_and_line() -> None:
    node = read_text("bapp:\n  tempat: Ruang\n  nomer: 3\n", "kasus.yaml")
    problem = read_shape(isian_shape(), node, "kasus.yaml")[1][0]
    assert (problem.file, problem.line) == ("kasus.yaml", 3)


def test_a_declaration_that_names_unknown_papers_is_refused(tmp_path: Path) -> None:
    shutil.copytree(Path(load_contract().file).parent, tmp_path, dirs_exist_ok=True)
    paper = tmp_path / "isian" / "pengumuman-pemenang.yaml"
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text.replace("[ba-penetapan-pemenang]", "[ba-penetapan-pemenangg]"), encoding="utf-8")
    path = tmp_path / "isian.yaml"
    with pytest.raises(InputError, match="Mungkin maksudnya `ba-penetapan-pemenang`"):
        load_contract(path)


def test_the_vocabulary_for_linting_is_what_papers_are_given() -> None:
    """Linting must neither know a variable that rendering lacks nor miss one that it has."""
    engine, office, contract = Engine.default(), Office.from_file(default_profile()), load_contract()
    for name in CASES:
        case = Case.from_mapping(full_case(name), engine.regulation, isian_shape())
        for made in productions(engine.evaluate(case), contract, frozenset(contract.papers), case.isian):
            context, problems = paper_context(case, office, contract, made, Blanks())
            assert problems == []
            assert set(context) == set(vocabulary_of(contract, made.id))


def test_a_filler_checks_text_before_it_is_printed() -> None:
    filler = Filler(Blanks())
    assert filler.printable("a\r\nb\rc\n", "x") == "a\nb\nc"
    assert filler.problems == []
    filler.printable("a\x07b", "isian.bapp.tempat")
    assert [problem.path for problem in filler.problems] == ["isian.bapp.tempat"]
