"""``pbj samples``: the shipped cases, to read and to start from."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import samples_directory
from pbj_rules.writing import write_files

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Lists the samples with their paths, or copies them all into a folder."""
    home = samples_directory()
    files = sorted(home.rglob("*.yaml"))
    if options.out is None:
        for file in files:
            print(file)
        return 0
    target = Path(options.out)
    if os.path.lexists(target):
        raise InputError([Problem("folder tujuan sudah ada", str(target), remedy="sebutkan folder baru")])
    write_files((target / file.relative_to(home), file.read_bytes()) for file in files)
    print(f"{len(files)} kasus contoh disalin ke {target}")
    return 0
