"""Numbers without gaps: none used twice, none lost, whatever happens to the process."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field

from pbj_rules import Engine
from pbj_rules.case import Case
from pbj_rules.documents import Office, Paper, isian_shape, render_papers, write_papers
from pbj_rules.documents.letters import Letter, NumberSource, Package
from pbj_rules.documents.register import SqliteRegister
from pbj_rules.errors import InputError
from tests.documents.cases import MADE, full_case
from tests.documents.conftest import text_of_paper
from tests.documents.reading_word import highlighted, whole_text

ROOT = Path(__file__).parents[2]
TENDER = MADE["tender"]
Render = Callable[..., tuple[Paper, ...]]

# What the other processes do. Each says where it is and goes on when it is told to, or is killed there.
CHILD = """
import sys
from datetime import date
from pathlib import Path
from pbj_rules.documents.letters import Letter
from pbj_rules.documents.register import SqliteRegister

def pause(place):
    print(place, flush=True)
    sys.stdin.readline()

def letter(case):
    return Letter("bapp", date(2020, 4, 1), "Kantor", case, 1)

file, job, *rest = sys.argv[1:]
register = SqliteRegister(file)
"""
TAKE_MANY = """
for number in range(int(rest[0])):
    with register.issuing() as numbers, numbers.issue() as number_of:
        print(number_of(letter(f"{job}-{number}")))
"""
STEP_BY_STEP = """
with register.issuing() as numbers:
    with numbers.issue() as number_of:
        given = number_of(letter(job))
        pause("merender")
    pause("belum menulis")
    Path(rest[0], job).write_text(given)
    pause("sudah menulis")
"""
AT_ONCE = """
with register.issuing() as numbers:
    with numbers.issue() as number_of:
        given = number_of(letter(job))
    Path(rest[0], job).write_text(given)
"""
RENDER = """
import resource
from pbj_rules import Case, Engine
from pbj_rules.documents import Office, Paper, isian_shape, render_papers, write_papers
from pbj_rules.resources import default_profile
from tests.documents.test_register import unnumbered

engine, office = Engine.default(), Office.from_file(default_profile())
case = Case.from_mapping(unnumbered("tender", job), engine.regulation, isian_shape())
with register.issuing() as numbers:
    papers = render_papers(case, engine.evaluate(case), office, final=True, numbers=numbers)
    if rest[1:]:
        papers += (Paper(9, "lampiran", "lampiran.docx", bytes(50_000), ()),)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest[1]), resource.RLIM_INFINITY))
    write_papers(papers, rest[0])
    pause("sudah menulis")
"""


def child(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD + program, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(process: subprocess.Popen[str], place: str) -> None:
    """Lets the process go on until it says that it is there."""
    assert process.stdin is not None
    assert process.stdout is not None
    while (line := process.stdout.readline().strip()) != place:
        assert line, process.communicate()[1]
        process.stdin.write("\n")
        process.stdin.flush()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def unnumbered(name: str, case: str) -> dict[str, Any]:
    """A full case under another name, with no number for the papers that it makes."""
    made = full_case(name) | {"kasus": case}
    for paper in MADE[name]:
        del made["isian"][paper]["nomor"]
    return made


def letter(case: str = "a", *, paper: str = "bapp", year: int = 2020, office: str = "Kantor", nth: int = 1) -> Letter:
    return Letter(paper, date(year, 4, 1), office, case, nth)


def take(register: SqliteRegister, *letters: Letter) -> list[str | None]:
    with register.issuing() as numbers, numbers.issue() as number_of:
        return [number_of(one) for one in letters]


def take_and_fail(register: SqliteRegister, error: BaseException, *letters: Letter) -> None:
    """The rendering succeeds, what comes after it does not."""
    with register.issuing() as numbers:
        with numbers.issue() as number_of:
            for one in letters:
                number_of(one)
        raise error


def numbers_in(register: SqliteRegister) -> list[tuple[str, str, int, bool]]:
    return [(line.letter.case, line.letter.paper, line.number, line.confirmed) for line in register.lines()]


@pytest.fixture
def register(tmp_path: Path) -> SqliteRegister:
    return SqliteRegister(tmp_path / "register.sqlite", timeout=10)


@pytest.fixture
def finally_rendered(engine: Engine, office: Office) -> Render:
    """Renders the final papers of a mapping with the numbers of a source."""

    def rendered(
        case: dict[str, Any], numbers: NumberSource | None, *, by: Office = office, final: bool = True
    ) -> tuple[Paper, ...]:
        checked = Case.from_mapping(case, engine.regulation, isian_shape())
        return render_papers(checked, engine.evaluate(checked), by, final=final, numbers=numbers)

    return rendered


# Papers


def test_a_final_paper_without_a_number_gets_the_next_one(register: SqliteRegister, finally_rendered: Render) -> None:
    take(register, letter("lama", office="Bagian Pengadaan Barang dan Jasa Sekretariat Daerah Kabupaten Balangan"))
    with register.issuing() as numbers:
        papers = finally_rendered(unnumbered("tender", "paket-1"), numbers)
    assert "027/2/BAPP/PBJ/IV/2020" in text_of_paper(papers, "bapp")
    assert "027/1/BA-ADENDUM/PBJ/IV/2020" in text_of_paper(papers, "adendum")
    assert all(paper.kosong == () and highlighted(paper.content) == [] for paper in papers)
    assert {line.letter.paper for line in register.lines() if line.letter.case == "paket-1"} == set(TENDER)


def test_a_later_paper_cites_the_number_that_an_earlier_one_got(
    register: SqliteRegister, finally_rendered: Render
) -> None:
    with register.issuing() as numbers:
        papers = finally_rendered(unnumbered("tender", "paket-1"), numbers)
    assert "027/1/BA-PENETAPAN/PBJ/IV/2020" in text_of_paper(papers, "ba-penetapan-pemenang")
    assert "027/1/BA-PENETAPAN/PBJ/IV/2020" in text_of_paper(papers, "laporan-hasil-pemilihan")


def test_rendering_a_case_again_gives_the_same_bytes_and_takes_no_number(
    register: SqliteRegister, finally_rendered: Render
) -> None:
    made = []
    for name in ("paket-1", "paket-1", "paket-2", "paket-1"):
        with register.issuing() as numbers:
            made.append(finally_rendered(unnumbered("tender", name), numbers))
    assert made[0] == made[1] == made[3]
    assert made[0] != made[2]
    assert [line for line in numbers_in(register) if line[1] == "bapp"] == [
        ("paket-1", "bapp", 1, True),
        ("paket-2", "bapp", 2, True),
    ]


def test_a_draft_carries_a_blank_and_does_not_touch_the_register(
    register: SqliteRegister, finally_rendered: Render
) -> None:
    with register.issuing() as numbers:
        draft = finally_rendered(unnumbered("tender", "paket-1"), numbers, final=False)
    assert draft == finally_rendered(unnumbered("tender", "paket-1"), None, final=False)
    assert all("[nomor ............]" in highlighted(paper.content) for paper in draft)
    assert register.lines() == ()


def test_without_a_source_a_missing_number_stays_an_error(finally_rendered: Render) -> None:
    with pytest.raises(InputError) as refused:
        finally_rendered(unnumbered("tender", "paket-1"), None)
    assert {problem.path for problem in refused.value.problems} == {f"isian.{paper}.nomor" for paper in TENDER}


def test_a_number_that_staff_give_is_printed_and_takes_none(register: SqliteRegister, finally_rendered: Render) -> None:
    with register.issuing() as numbers:
        papers = finally_rendered(full_case("tender"), numbers)
    assert "027/33/BAPP/PBJ/2020" in text_of_paper(papers, "bapp")
    assert register.lines() == ()


def test_a_pattern_without_a_running_number_takes_none(
    register: SqliteRegister, finally_rendered: Render, office: Office
) -> None:
    dated = evolve(office, number_pattern="{kode}/{tahun}")
    with register.issuing() as numbers:
        papers = finally_rendered(unnumbered("tender", "paket-1"), numbers, by=dated)
    assert "BAPP/2020" in text_of_paper(papers, "bapp")
    assert register.lines() == ()


def test_a_paper_stands_in_the_register_of_the_office_whose_letterhead_it_bears(
    register: SqliteRegister, finally_rendered: Render
) -> None:
    with register.issuing() as numbers:
        finally_rendered(unnumbered("kontrak", "paket-1"), numbers)
        finally_rendered(unnumbered("auditor", "akun-1"), numbers)
    offices = {line.letter.paper: line.letter.office for line in register.lines()}
    ours = (*MADE["auditor"], "laporan-hasil-pemilihan", "tembusan-hasil")
    assert all(offices.pop(paper).startswith("Bagian Pengadaan") for paper in ours)
    assert offices == dict.fromkeys((paper for paper in MADE["kontrak"] if paper not in ours), "Dinas Kesehatan")


def test_what_a_number_waits_for_is_what_is_asked_for(register: SqliteRegister, finally_rendered: Render) -> None:
    undated = unnumbered("tender", "paket-1")
    del undated["isian"]["bapp"]["tanggal"]
    with pytest.raises(InputError, match="`bapp` belum lengkap: tanggal") as refused, register.issuing() as numbers:
        finally_rendered(undated, numbers)
    assert {problem.path for problem in refused.value.problems} == {"isian.bapp.tanggal"}
    without_unit = unnumbered("kontrak", "paket-2")
    del without_unit["paket"]["perangkat_daerah"]
    with pytest.raises(InputError) as refused, register.issuing() as numbers:
        finally_rendered(without_unit, numbers)
    assert {problem.path for problem in refused.value.problems} == {"paket.perangkat_daerah"}
    assert register.lines() == ()


# Copied cases


def of_package(case: dict[str, Any], **stated: str | None) -> dict[str, Any]:
    """The case about another package; None leaves out what it says."""
    package = case["paket"] | stated
    return case | {"paket": {name: value for name, value in package.items() if value is not None}}


def test_a_copied_case_that_kept_its_name_is_refused(
    register: SqliteRegister, finally_rendered: Render, tmp_path: Path
) -> None:
    with register.issuing() as numbers:
        finally_rendered(unnumbered("tender", "paket-1"), numbers)
    before = register.lines()
    copied = of_package(unnumbered("tender", "paket-1"), kode_rup="999", nama="Pembangunan Puskesmas")
    with pytest.raises(InputError) as refused, register.issuing() as numbers:
        write_papers(finally_rendered(copied, numbers), tmp_path / "keluaran")
    (problem,) = refused.value.problems
    said = str(problem)
    assert problem.path == "kasus"
    assert "nama kasus `paket-1` sudah dipakai paket lain" in said
    assert "nomor urut 1 naskah" in said
    assert "paket “Pembangunan Gedung Rawat Inap RSUD Contoh” (kode RUP 23456789)" in said
    assert "kasus ini paket “Pembangunan Puskesmas” (kode RUP 999)" in said
    assert "Beri kasus ini nama lain" in said
    assert not (tmp_path / "keluaran").exists()
    assert register.lines() == before
    with register.issuing() as numbers:
        papers = finally_rendered(copied | {"kasus": "paket-2"}, numbers)
    assert "027/2/BAPP/PBJ/IV/2020" in text_of_paper(papers, "bapp")


def test_a_name_is_one_package_s_in_every_series(register: SqliteRegister) -> None:
    take(register, evolve(letter("a"), package=Package("1", "Gedung")))
    for other in (letter("a", paper="adendum"), letter("a", year=2021), letter("a", office="Dinas Contoh")):
        with pytest.raises(InputError, match="naskah `bapp` tahun 2020 sudah diberikan kepada paket “Gedung”"):
            take(register, evolve(other, package=Package("2", "Gedung")))
    assert len(register.lines()) == 1


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Package("1", "Gedung"), Package("1", "Gedung RSUD"), True),
        (Package("1", "Gedung"), Package("2", "Gedung"), False),
        (Package(None, "Gedung"), Package("1", "Gedung"), True),
        (Package("1", "Gedung"), Package(None, "Jalan"), False),
        (Package(None, "Gedung"), Package(None, "Jalan"), False),
        (Package(), Package("1", "Gedung"), True),
        (Package("1"), Package(None, "Gedung"), True),
    ],
)
def test_packages_are_told_apart_by_code_or_else_by_name(
    first: Package, second: Package, same: bool, register: SqliteRegister
) -> None:
    take(register, evolve(letter("a"), package=first))
    with nullcontext() if same else pytest.raises(InputError, match="sudah dipakai paket lain"):
        assert take(register, evolve(letter("a"), package=second)) == ["1"]


def test_what_is_learnt_of_a_package_later_stands_for_all_its_papers(register: SqliteRegister) -> None:
    named, coded, renamed = Package(None, "Gedung"), Package("1", "Gedung"), Package("1", "Gedung RSUD")
    take(register, evolve(letter("a"), package=named), evolve(letter("a", paper="adendum"), package=named))
    for package in (coded, Package(), renamed):
        take(register, evolve(letter("a"), package=package))
    assert {line.letter.package for line in register.lines()} == {renamed}


# Numbers that staff type


def typed(name: str, number: str) -> dict[str, Any]:
    case = unnumbered("tender", name)
    case["isian"]["bapp"]["nomor"] = number
    return case


@pytest.mark.parametrize(
    "number", ["027/1/BAPP/PBJ/IV/2020", "027 / 001 / bapp / PBJ / IV / 2020", "027/1/BAPP/PBJ/III/2020"]
)
def test_a_typed_number_that_another_paper_has_is_refused(
    number: str, register: SqliteRegister, finally_rendered: Render, tmp_path: Path
) -> None:
    with register.issuing() as numbers:
        finally_rendered(unnumbered("tender", "paket-1"), numbers)
    before = register.lines()
    with pytest.raises(InputError) as refused, register.issuing() as numbers:
        write_papers(finally_rendered(typed("paket-2", number), numbers), tmp_path / "keluaran")
    (problem,) = refused.value.problems
    assert problem.path == "isian.bapp.nomor"
    assert f"nomor “{number}” sudah diberikan register" in problem.message
    assert "`bapp` tahun 2020 milik kasus `paket-1`, paket “Pembangunan Gedung" in problem.message
    assert register.lines() == before


@pytest.mark.parametrize(
    "number",
    [
        "027/2/BAPP/PBJ/IV/2020",
        "027/1/BAPP/PBJ/IV/2019",
        "027/1/BA-LAIN/PBJ/IV/2020",
        "1",
        f"027/{10**40}/BAPP/PBJ/IV/2020",
    ],
)
def test_a_typed_number_that_nobody_has_is_printed(
    number: str, register: SqliteRegister, finally_rendered: Render
) -> None:
    with register.issuing() as numbers:
        finally_rendered(unnumbered("tender", "paket-1"), numbers)
        papers = finally_rendered(typed("paket-2", number), numbers)
    assert number in text_of_paper(papers, "bapp")


def test_a_case_may_state_the_number_that_it_was_given(register: SqliteRegister, finally_rendered: Render) -> None:
    made = []
    for case in (unnumbered("tender", "paket-1"), typed("paket-1", "027/1/BAPP/PBJ/IV/2020")):
        with register.issuing() as numbers:
            made.append(finally_rendered(case, numbers))
    assert made[0] == made[1]
    copied = of_package(full_case("tender") | {"kasus": "paket-1"}, kode_rup="999")
    copied["isian"]["bapp"]["nomor"] = "027/1/BAPP/PBJ/IV/2020"
    with pytest.raises(InputError, match=r"isian\.bapp\.nomor"), register.issuing() as numbers:
        finally_rendered(copied, numbers)


def test_a_number_that_is_only_cited_may_be_another_case_s(register: SqliteRegister, finally_rendered: Render) -> None:
    """The award was made, and numbered, by the case of the tender; the case of the contract cites it."""
    with register.issuing() as numbers:
        finally_rendered(unnumbered("tender", "tender-1"), numbers)
        citing = unnumbered("kontrak", "kontrak-1")
        citing["isian"]["ba-penetapan-pemenang"]["nomor"] = "027/1/BA-PENETAPAN/PBJ/IV/2020"
        papers = finally_rendered(citing, numbers)
    assert "027/1/BA-PENETAPAN/PBJ/IV/2020" in text_of_paper(papers, "laporan-hasil-pemilihan")


@pytest.mark.parametrize(("round_typed", "said"), [(0, "juga diberikan register"), (1, "sudah diberikan register")])
def test_a_number_typed_for_one_round_is_not_given_to_another(
    round_typed: int, said: str, register: SqliteRegister, finally_rendered: Render
) -> None:
    case = full_case("persiapan-putaran")
    rounds = case["isian"]["ba-reviu-dpp"]
    del rounds[1 - round_typed]["nomor"]
    rounds[round_typed]["nomor"] = "027/1/BA-REVIU/PBJ/III/2020"
    with pytest.raises(InputError, match=said) as refused, register.issuing() as numbers:
        finally_rendered(case, numbers)
    assert {one.path for one in refused.value.problems} == {f"isian.ba-reviu-dpp[{round_typed + 1}].nomor"}
    assert register.lines() == ()


# Failures


def test_a_failed_rendering_takes_no_number(register: SqliteRegister, finally_rendered: Render) -> None:
    incomplete = unnumbered("tender", "paket-1")
    del incomplete["isian"]["laporan-hasil-pemilihan"]["kronologi"]
    with register.issuing() as numbers:
        with pytest.raises(InputError, match="kronologi"):
            finally_rendered(incomplete, numbers)
        papers = finally_rendered(unnumbered("tender", "paket-2"), numbers)
    assert "027/1/BAPP/PBJ/IV/2020" in text_of_paper(papers, "bapp")
    assert {line.letter.case for line in register.lines()} == {"paket-2"}


def test_a_name_that_cannot_be_printed_is_refused_before_it_reaches_the_register(
    register: SqliteRegister, engine: Engine, office: Office
) -> None:
    case = Case.from_mapping(unnumbered("tender", "paket-1"), engine.regulation, isian_shape())
    result = engine.evaluate(case)
    with pytest.raises(InputError, match="tidak dapat dicetak"), register.issuing() as numbers:
        render_papers(evolve(case, kasus="a\ud800"), result, office, final=True, numbers=numbers)
    assert register.lines() == ()


def test_papers_that_cannot_be_written_give_their_numbers_back(
    register: SqliteRegister, finally_rendered: Render, tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(InputError, match="berkas tidak dapat ditulis"), register.issuing() as numbers:
        write_papers(finally_rendered(unnumbered("tender", "paket-1"), numbers), tmp_path / "berkas")
    assert register.lines() == ()
    assert take(register, letter("paket-2")) == ["1"]


def test_giving_back_leaves_what_an_earlier_run_got(register: SqliteRegister) -> None:
    take(register, letter("a"), letter("b"))
    with pytest.raises(OSError, match="penuh"):
        take_and_fail(register, OSError("penuh"), *map(letter, "bcad"))
    assert numbers_in(register) == [("a", "bapp", 1, True), ("b", "bapp", 2, True)]
    assert take(register, letter("d")) == ["3"]


def test_after_an_interruption_the_numbers_wait_for_their_papers(register: SqliteRegister) -> None:
    """It may have come after the last file was moved into place."""
    with pytest.raises(KeyboardInterrupt):
        take_and_fail(register, KeyboardInterrupt(), letter("a"))
    assert numbers_in(register) == [("a", "bapp", 1, False)]
    assert take(register, letter("b"), letter("a")) == ["2", "1"]
    assert numbers_in(register) == [("a", "bapp", 1, True), ("b", "bapp", 2, True)]


def test_a_number_that_waits_is_not_confirmed_by_the_success_of_others(register: SqliteRegister) -> None:
    with pytest.raises(KeyboardInterrupt):
        take_and_fail(register, KeyboardInterrupt(), letter("a"))
    with register.issuing() as numbers:
        with suppress(InputError), numbers.issue() as number_of:
            number_of(letter("a"))
            raise InputError([])
        with numbers.issue() as number_of:
            number_of(letter("b"))
    assert numbers_in(register) == [("a", "bapp", 1, False), ("b", "bapp", 2, True)]


@pytest.mark.parametrize(("limit", "left"), [(20_000, []), (0, [(1, False)] * len(TENDER))])
def test_a_full_disk_leaves_no_papers_and_loses_no_number(
    limit: int, left: list[tuple[int, bool]], register: SqliteRegister, tmp_path: Path
) -> None:
    """The higher limit has room for the register; under the lower its numbers wait for their papers."""
    process = child(RENDER, register.file, "paket-1", tmp_path / "keluaran", limit)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "berkas tidak dapat ditulis: berkas melampaui batas ukuran" in said
    assert not (tmp_path / "keluaran").exists()
    assert [(number, confirmed) for *_, number, confirmed in numbers_in(register)] == left
    child(RENDER, register.file, "paket-1", tmp_path / "keluaran").communicate("\n")
    assert len(list((tmp_path / "keluaran").iterdir())) == len(TENDER)
    assert [(number, confirmed) for *_, number, confirmed in numbers_in(register)] == [(1, True)] * len(TENDER)


def test_a_register_that_cannot_grow_refuses_before_anything_is_rendered(tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    process = child(limit + TAKE_MANY, tmp_path / "register.sqlite", "a", 1)
    printed, said = process.communicate()
    assert printed == ""
    assert "buku register nomor tidak dapat dipakai" in said


# Series


def test_numbers_run_by_kind_year_and_office(register: SqliteRegister) -> None:
    others = (letter(paper="adendum"), letter(year=2021), letter(office="Dinas Contoh"))
    assert take(register, letter(), *others) == ["1", "1", "1", "1"]
    assert take(register, letter("b"), letter("b", nth=2), letter("b", year=2021)) == ["2", "3", "2"]


# Several processes


def test_of_two_processes_one_waits_and_gets_the_next_number(register: SqliteRegister, tmp_path: Path) -> None:
    first = child(STEP_BY_STEP, register.file, "a", tmp_path)
    until(first, "belum menulis")
    second = child(AT_ONCE, register.file, "b", tmp_path)
    time.sleep(1)
    assert second.poll() is None
    assert not (tmp_path / "b").exists()
    first.communicate("\n\n\n")
    second.communicate()
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("1", "2")


def test_a_waiting_process_gets_the_number_that_the_other_gives_back(register: SqliteRegister, tmp_path: Path) -> None:
    first = child(STEP_BY_STEP, register.file, "a", tmp_path / "tiada")
    until(first, "belum menulis")
    second = child(AT_ONCE, register.file, "b", tmp_path)
    first.communicate("\n\n\n")
    second.communicate()
    assert first.returncode == 1
    assert (tmp_path / "b").read_text() == "1"
    assert numbers_in(register) == [("b", "bapp", 1, True)]


def test_processes_that_hurry_together_use_every_number_once(register: SqliteRegister) -> None:
    processes = [child(TAKE_MANY, register.file, name, 25) for name in "abcd"]
    taken = [int(line) for process in processes for line in process.communicate()[0].split()]
    assert sorted(taken) == list(range(1, 101))
    assert len(numbers_in(register)) == 100


def test_a_process_killed_while_rendering_took_nothing(register: SqliteRegister, tmp_path: Path) -> None:
    process = child(STEP_BY_STEP, register.file, "a", tmp_path)
    until(process, "merender")
    kill(process)
    assert take(register, letter("b")) == ["1"]


@pytest.mark.parametrize("place", ["belum menulis", "sudah menulis"])
def test_numbers_of_a_process_killed_near_its_writing_wait_for_the_same_papers(
    place: str, register: SqliteRegister, tmp_path: Path
) -> None:
    process = child(STEP_BY_STEP, register.file, "a", tmp_path)
    until(process, place)
    kill(process)
    assert take(register, letter("b")) == ["2"]
    assert numbers_in(register) == [("a", "bapp", 1, False), ("b", "bapp", 2, True)]
    child(AT_ONCE, register.file, "a", tmp_path).communicate()
    assert (tmp_path / "a").read_text() == "1"
    assert numbers_in(register) == [("a", "bapp", 1, True), ("b", "bapp", 2, True)]


def test_papers_left_by_a_killed_process_are_written_again_byte_by_byte(
    register: SqliteRegister, tmp_path: Path
) -> None:
    killed = child(RENDER, register.file, "paket-1", tmp_path / "satu")
    until(killed, "sudah menulis")
    kill(killed)
    for name in ("paket-2", "paket-1"):
        child(RENDER, register.file, name, tmp_path / name).communicate("\n")
    left, again, other = (
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
        for folder in ("satu", "paket-1", "paket-2")
    )
    assert len(left) == len(TENDER)
    assert left == again
    assert "027/2/BAPP/PBJ/IV/2020" in whole_text(
        next(data for name, data in other.items() if name.endswith("-bapp.docx"))
    )


def test_whenever_processes_are_killed_no_number_is_used_twice_or_lost(
    register: SqliteRegister, tmp_path: Path
) -> None:
    rng = random.Random(7)
    cases = [f"kasus-{number}" for number in range(24)]
    for case in cases:
        process = child(AT_ONCE, register.file, case, tmp_path)
        time.sleep(rng.uniform(0.05, 0.35))
        process.kill()
        process.communicate()
    written = {case: (tmp_path / case).read_text() for case in cases if (tmp_path / case).exists()}
    written = {case: number for case, number in written.items() if number}
    assert len(set(written.values())) == len(written)
    again = dict(zip(cases, take(register, *map(letter, cases)), strict=True))
    assert again == again | written
    assert sorted(int(number or 0) for number in again.values()) == list(range(1, len(cases) + 1))


# Registers that cannot be used


def test_a_register_that_stays_busy_is_an_error_that_says_so(register: SqliteRegister, tmp_path: Path) -> None:
    process = child(STEP_BY_STEP, register.file, "a", tmp_path)
    until(process, "belum menulis")
    with pytest.raises(InputError, match=r"sedang dipakai proses lain\. Tunggu sampai proses itu selesai"):
        take(evolve(register, timeout=0.2), letter("b"))
    kill(process)


def test_a_file_that_is_no_database_is_refused_and_kept(register: SqliteRegister) -> None:
    text = b"ini catatan, bukan register\n" * 100
    Path(register.file).write_bytes(text)
    with pytest.raises(InputError, match="bukan buku register nomor, atau rusak"):
        take(register, letter())
    assert Path(register.file).read_bytes() == text


def test_the_database_of_another_program_is_refused_and_kept(register: SqliteRegister) -> None:
    with closing(sqlite3.connect(register.file)) as other:
        other.execute("CREATE TABLE nomor (urut)")
    before = Path(register.file).read_bytes()
    with pytest.raises(InputError, match="bukan buku register nomor"):
        take(register, letter())
    assert Path(register.file).read_bytes() == before


def test_a_register_of_a_later_version_is_refused(register: SqliteRegister) -> None:
    take(register, letter())
    with closing(sqlite3.connect(register.file)) as other:
        other.execute("PRAGMA user_version = 3")
    with pytest.raises(InputError, match="Perbarui pbj-rules"):
        take(register, letter())


def test_a_register_of_the_shape_without_packages_is_refused(register: SqliteRegister) -> None:
    take(register, letter())
    with closing(sqlite3.connect(register.file)) as other:
        other.execute("PRAGMA user_version = 1")
    with pytest.raises(InputError, match=r"bentuk lama, yang belum mencatat paket\. Mulai buku register baru"):
        take(register, letter())


@pytest.mark.parametrize("name", ["", "tiada/register.sqlite"])
def test_a_place_where_no_file_can_be_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tidak dapat dibuka"):
        take(SqliteRegister(tmp_path / name), letter())


def test_names_that_sqlite_keeps_in_memory_are_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [take(SqliteRegister(":memory:"), letter(case)) for case in "ab"] == [["1"], ["2"]]
    with pytest.raises(InputError, match="tidak dapat dibuka"):
        take(SqliteRegister(""), letter())


def test_a_register_not_yet_made_is_empty_and_stays_unmade(register: SqliteRegister) -> None:
    assert register.lines() == ()
    assert not os.path.exists(register.file)


# Numbers from elsewhere


@define
class Agenda:
    """An integrator's own numbers; notes what it is asked and how the rendering ended."""

    answer: str | None = "045.2"
    asked: list[Letter] = field(factory=list)
    ended: str = ""
    held_by: Letter | None = None

    @contextmanager
    def issue(self) -> Iterator[Callable[[Letter], str | None]]:
        def number_of(letter: Letter) -> str | None:
            self.asked.append(letter)
            return self.answer

        try:
            yield number_of
            self.ended = "berhasil"
        except InputError:
            self.ended = "gagal"
            raise

    def holder(self, *_: object) -> Letter | None:
        return self.held_by


def test_an_integrator_supplies_numbers_of_its_own(finally_rendered: Render) -> None:
    agenda = Agenda()
    papers = finally_rendered(unnumbered("tender", "paket-1"), agenda)
    assert "027/045.2/BAPP/PBJ/IV/2020" in text_of_paper(papers, "bapp")
    assert [letter.paper for letter in agenda.asked] == list(TENDER)
    bapp = agenda.asked[TENDER.index("bapp")]
    assert (bapp.day, bapp.case, bapp.production) == (date(2020, 4, 13), "paket-1", 1)
    assert bapp.package == Package("23456789", "Pembangunan Gedung Rawat Inap RSUD Contoh")
    assert agenda.ended == "berhasil"


def test_an_integrator_may_know_whose_a_typed_number_is(finally_rendered: Render) -> None:
    case = typed("paket-1", "027/045.2/BAPP/PBJ/IV/2020")
    assert finally_rendered(case, Agenda())
    with pytest.raises(InputError, match=r"isian\.bapp\.nomor: .*045\.2 `bapp` tahun 2020 milik kasus `lama`"):
        finally_rendered(case, Agenda(held_by=letter("lama")))


@pytest.mark.parametrize("answer", [None, ""])
def test_a_source_without_a_number_leaves_it_missing(answer: str | None, finally_rendered: Render) -> None:
    agenda = Agenda(answer)
    with pytest.raises(InputError, match=r"isian\.bapp\.nomor"):
        finally_rendered(unnumbered("tender", "paket-1"), agenda)
    assert agenda.ended == "gagal"


def test_a_number_that_cannot_be_printed_is_refused(finally_rendered: Render) -> None:
    with pytest.raises(InputError, match=r"isian\.bapp\.nomor: teks memuat karakter"):
        finally_rendered(unnumbered("tender", "paket-1"), Agenda("1\x07"))


def test_papers_need_no_sqlite_until_a_register_is_used() -> None:
    program = "import sys, pbj_rules.documents.register; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
