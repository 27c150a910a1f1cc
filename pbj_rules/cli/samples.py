"""``pbj samples``: the shipped cases, to read and to start from."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pbj_rules.errors import InputError, Problem
from pbj_rules.resources import samples_directory

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
    if target.exists():
        raise InputError([Problem("folder tujuan sudah ada", str(target), remedy="sebutkan folder baru")])
    shutil.copytree(home, target, ignore=lambda _folder, names: [name for name in names if name.startswith("__")])
    print(f"{len(files)} kasus contoh disalin ke {target}")
    return 0
