"""The arguments of ``pbj``, with help and messages in Indonesian."""

from __future__ import annotations

import argparse
import sys

from pbj_rules.cli.arguments_cases import add_cases
from pbj_rules.cli.arguments_papers import add_papers
from pbj_rules.cli.arguments_rules import add_rules
from pbj_rules.cli.parser import Parser, UsageError

__all__ = ["UsageError", "parse"]


def _parser() -> Parser:
    parser = Parser(
        prog="pbj",
        description="Menjalankan SOP pengadaan (Perbup Balangan 21/2020) sebagai aturan: kasus masuk, keputusan\n"
        "berkutipan dan naskah Word keluar.",
        epilog="Status keluar: 0 berhasil, apa pun status kasusnya; 1 ada temuan (verify, prove, mutate, matrix,\n"
        "why-not) atau kesalahan lain; 2 masukan atau pemakaian salah.",
    )
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", title="Perintah", parser_class=Parser)
    add_cases(commands)
    add_papers(commands)
    add_rules(commands)
    commands.add_parser("version", help="versi program, peraturan dan mesin")
    return parser


def parse(arguments: list[str]) -> argparse.Namespace:
    """The parsed command line. Raises UsageError; prints help and exits with 0 where help is asked for."""
    parser = _parser()
    if not arguments:
        parser.print_help(sys.stdout)
        raise SystemExit(2)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.error("the following arguments are required: PERINTAH")
    return options
