"""Sets the project up in ``.venv`` and runs one job; needs Python 3.11 or later and a C compiler, nothing else.

python3 dev.py demo     run a sample: decisions on the screen, Word files in keluaran/
python3 dev.py test     run the tests
python3 dev.py lint     run the linter, the type checker, `pbj check` and `pbj matrix`
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
ENVIRONMENT = HOME / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
ACCEPTED = "tests/__snapshots__/test_samples"
SAMPLE = "samples/proses-utama/pengadaan-lengkap-konsultansi.yaml"
JOBS = {
    "demo": ("", [["pbj", "run", SAMPLE, "--out", "keluaran"]]),
    # On every core, one module at a time on each, for what a module prepares once.
    "test": ("test", [["pytest", "-n", "auto", "--dist", "loadscope"]]),
    "lint": (
        "test,dev",
        [
            ["ruff", "check", "."],
            ["ruff", "format", "--check", "."],
            ["mypy"],
            ["pbj", "check"],
            ["pbj", "matrix", "--orphans", "--accepted", ACCEPTED],
        ],
    ),
}


def main(arguments: list[str]) -> int:
    """Runs the job that is named; further arguments go to its last command."""
    if not arguments or arguments[0] not in JOBS:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words to whoever runs this with an older Python
        print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    extras, commands = JOBS[arguments[0]]
    set_up(extras)
    commands[-1].extend(arguments[1:])
    for command in commands:
        status = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=HOME, check=False).returncode
        if status:
            return status
    return 0


def set_up(extras: str) -> None:
    """Makes the environment and installs the project with its extras, unless that is done already."""
    wanted = hashlib.sha256((HOME / "setup.cfg").read_bytes() + sys.version.encode()).hexdigest()
    done = ENVIRONMENT / f"installed-{extras.replace(',', '-') or 'plain'}"
    if done.is_file() and done.read_text() == wanted:
        return
    if not (BIN / "python").exists():
        print("Preparing .venv …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    print("Installing (the first time takes a minute or two) …", flush=True)
    target = f"{HOME}[{extras}]" if extras else str(HOME)
    subprocess.run(
        [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target],
        check=True,
    )
    done.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
