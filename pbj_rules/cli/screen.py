"""What a person sees: colours and tables on a terminal, the same words without them in a pipe."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pbj_rules.result import Sumber

__all__ = ["BASIS_STYLE", "STATUS_STYLE", "plain_table", "print_hanging", "screen", "source_text", "status_text"]

_PIPE_WIDTH: Final = 110

STATUS_STYLE: Final = {
    "selesai": "bold green",
    "menunggu": "bold yellow",
    "gagal": "bold red",
    "dibatalkan": "bold red",
    "kembali": "bold magenta",
    "ditolak": "bold red",
}
BASIS_STYLE: Final = {"tersurat": "green", "tafsir": "yellow", "setelan-lokal": "magenta"}


def screen() -> Console:
    """The console on standard output; a pipe gets a fixed width and no colours."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(file=sys.stdout, highlight=False, width=width, emoji=False)


def status_text(status: str) -> Text:
    """The status in its colour."""
    return Text(status.upper(), style=STATUS_STYLE.get(status, "bold"))


def source_text(source: Sumber) -> str:
    """The article of a layer that a decision rests on, and whether it was read."""
    return source.pasal + ("" if source.terverifikasi else " (belum diverifikasi)")


def print_hanging(console: Console, lead: Text, body: Text, margin: int) -> None:
    """Prints words after a lead; further lines begin at the column ``margin``, in which the lead must fit."""
    for number, line in enumerate(body.wrap(console, console.width - margin)):
        line.rstrip()
        console.print(Text.assemble(lead if number == 0 else " " * margin, line), overflow="ignore", no_wrap=True)


def plain_table(*headings: str, whole: tuple[int, ...] = (0,)) -> Table:
    """A table without rules; cells wrap, but for those of the columns in ``whole``."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number in whole)
    return table
