"""Files are written all together or not at all, through links, and never in place of a device."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pbj_rules.cli.main import main
from pbj_rules.errors import InputError
from pbj_rules.resources import samples_directory
from pbj_rules.writing import write_files

CASE = samples_directory() / "prakualifikasi" / "gagal-hanya-dua-yang-lulus.yaml"
WHY_NOT = ["why-not", str(CASE), "prakualifikasi/9=terpenuhi"]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def make_socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def full_device(path: Path) -> None:
    """What /dev/full is, in a folder of ours."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 7))
    except PermissionError:
        pytest.skip("only root makes devices")


def link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipa"))
    path.symlink_to("pipa")


@pytest.mark.parametrize("special", [os.mkfifo, make_socket, full_device, link_to_a_pipe])
def test_what_is_no_file_is_refused_and_stays(special: Callable[[Path], object], tmp_path: Path) -> None:
    place = tmp_path / "b.txt"
    special(place)
    before = {path: path.lstat() for path in tmp_path.iterdir()}
    with pytest.raises(InputError, match=r"b\.txt: berkas tidak dapat ditulis: itu bukan berkas biasa"):
        write_files([(tmp_path / "a.txt", b"a"), (place, b"b"), (tmp_path / "baru" / "c.txt", b"c")])
    assert {path: (path.lstat().st_ino, path.lstat().st_mode) for path in tmp_path.iterdir()} == {
        path: (was.st_ino, was.st_mode) for path, was in before.items()
    }


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "jauh").mkdir()
    (tmp_path / "jauh" / "asli.txt").write_bytes(b"lama")
    (tmp_path / "tautan.txt").symlink_to("jauh/asli.txt")
    write_files([(tmp_path / "tautan.txt", b"baru")])
    assert os.readlink(tmp_path / "tautan.txt") == "jauh/asli.txt"
    assert tree(tmp_path) == {"tautan.txt": b"baru", "jauh/asli.txt": b"baru"}


def test_a_link_may_lead_to_another_disk(tmp_path: Path) -> None:
    other = Path("/dev/shm") / f"pbj-uji-{os.getpid()}.txt"
    if not other.parent.is_dir() or other.parent.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("one disk")
    other.write_bytes(b"lama")
    try:
        (tmp_path / "tautan.txt").symlink_to(other)
        write_files([(tmp_path / "tautan.txt", b"baru")])
        assert other.read_bytes() == b"baru"
    finally:
        other.unlink()


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "tautan.txt").symlink_to("asli.txt")
    write_files([(tmp_path / "tautan.txt", b"baru")])
    assert (tmp_path / "tautan.txt").is_symlink()
    assert (tmp_path / "asli.txt").read_bytes() == b"baru"


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    with pytest.raises(InputError, match=r"a\.txt: berkas tidak dapat ditulis: tautannya berputar"):
        write_files([(tmp_path / "a.txt", b"")])
    assert (tmp_path / "a.txt").is_symlink()


def test_a_stale_file_goes_with_the_writing_and_comes_back_with_its_failure(tmp_path: Path) -> None:
    stale = tmp_path / "lama.pdf"
    stale.write_bytes(b"pdf")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="itu folder"):
        write_files([(tmp_path / "a.txt", b"a"), (tmp_path / "folder", b"")], stale=[stale])
    with pytest.raises(InputError, match="hilang"):  # noticed only when it is to be moved, after all others were
        write_files([(tmp_path / "a.txt", b"a")], stale=[stale, tmp_path / "hilang.pdf"])
    assert tree(tmp_path) == {"lama.pdf": b"pdf"}
    write_files([(tmp_path / "a.txt", b"a")], stale=[stale])
    assert tree(tmp_path) == {"a.txt": b"a"}


@pytest.mark.parametrize(
    "command",
    [
        ["matrix", "--orphans", "--html"],
        [*WHY_NOT, "--out"],
        ["export", "--format", "bpmn", "--out"],
        ["run", str(CASE), "--out"],
        ["samples", "--out"],
        ["schema", "--out"],
        ["prove", "--out"],
        ["mutate", "--out"],
    ],
    ids=lambda command: command[0],
)
def test_every_command_refuses_a_place_that_takes_no_files(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "berkas").write_bytes(b"milik orang")
    assert main([*command, str(tmp_path / "berkas" / "x")]) == 2
    said = capsys.readouterr().err
    assert f"{tmp_path}/berkas: berkas tidak dapat ditulis: bukan folder" in said
    assert tree(tmp_path) == {"berkas": b"milik orang"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_a_refusal_names_the_path_that_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", "--orphans", "--html", "/proc/m.html"]) == 2
    assert main(["schema", "--out", "/proc"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("/proc/m.html: berkas tidak dapat ditulis: di sana tidak dapat dibuat berkas")
    assert said[2].startswith("/proc/sop.schema.json: berkas tidak dapat ditulis")
    assert ".pbj-" not in "".join(said)


def test_two_files_of_one_command_are_written_both_or_none(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    files = ["--xlsx", str(tmp_path / "m.xlsx"), "--html", str(tmp_path / "berkas" / "m.html")]
    assert main(["matrix", "--orphans", *files]) == 2
    assert tree(tmp_path) == {"berkas": b""}


def test_a_case_is_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    assert main([*WHY_NOT, "--out", str(tmp_path / "a" / "b" / "w.yaml")]) == 0
    assert list(tree(tmp_path)) == ["a/b/w.yaml"]


# No file may be larger than the limit: the first one that is finds no room, those before it did.
LIMITED = """
import resource, sys
from pbj_rules.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(("command", "limit"), [(["prove"], 220), (["schema"], 20_000)], ids=["prove", "schema"])
def test_a_full_disk_leaves_no_file_and_no_folder(command: list[str], limit: int, tmp_path: Path) -> None:
    arguments = [str(limit), *command, "--out", str(tmp_path / "a" / "b")]
    done = subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "berkas tidak dapat ditulis: berkas melampaui batas ukuran" in done.stderr
    assert ".pbj-" not in done.stderr
    assert list(tmp_path.iterdir()) == []
