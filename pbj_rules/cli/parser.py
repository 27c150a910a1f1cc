"""A parser of command lines that speaks Indonesian."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Final, NoReturn, TypeAlias

from pbj_rules.shapes import nearest

__all__ = ["Commands", "Parser", "UsageError"]

# argparse speaks English; what it says to a user is said again here.
_MESSAGES: Final = (
    (r"unrecognized arguments: (.*)", r"argumen tidak dikenal: \1"),
    (r"the following arguments are required: (.*)", r"argumen ini wajib: \1"),
    (r"argument (.*): expected one argument", r"\1 memerlukan satu nilai"),
    (r"argument (.*): expected at least one argument", r"\1 memerlukan sedikitnya satu nilai"),
    (r"argument (.*): ignored explicit argument '(.*)'", r"\1 tidak memakai nilai (`\2`)"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 tidak dipakai bersama \2"),
    (r"ambiguous option: (.*) could match (.*)", r"opsi \1 mendua: \2"),
)


class UsageError(Exception):
    """A command line that cannot be understood; the message is for the user."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian, knows no abbreviations and raises instead of exiting."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**{"add_help": False, "allow_abbrev": False, "formatter_class": _Formatter, **settings})  # type: ignore[arg-type]  # argparse's own keywords, passed on
        self._positionals.title = "Argumen"
        self._optionals.title = "Opsi"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        if chosen := re.fullmatch(r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)", message):
            names = re.findall(r"[a-z]+", chosen[3])
            hint = nearest(chosen[2], names) or f"pilih dari {', '.join(names)}"
            what = f"nilai {chosen[1]}" if chosen[1].startswith("-") else "perintah"
            message = f"{what} `{chosen[2]}` tidak dikenal; {hint}"
        for pattern, said in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, said, message)
        raise UsageError(f"{message}\n{self.format_usage().strip()}\nBantuan: {self.prog} --help")


# What commands are added to.
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
