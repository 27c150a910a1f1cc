"""Reads JSON from its own tokens, so that every node has its line and no key is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from pbj_rules.errors import InputError
from pbj_rules.reading.building import Builder
from pbj_rules.reading.nodes import Node, number, refuse, too_deep

__all__ = ["read_json"]

_TOKEN: Final = re.compile(r'[ \t\r]*(?:(\n)|("[^"\\]*(?:\\.[^"\\]*)*")|([][{}:,])|([^][{}:,\s"]+))')


def read_json(text: str, name: str) -> Node:
    """The tree of a JSON text; raises InputError with every problem found."""
    return _Reader(name).read(text)


class _Reader(Builder):
    def read(self, text: str) -> Node:
        try:
            json.loads(text, parse_int=number)
        except json.JSONDecodeError as error:
            raise refuse(
                self.name,
                f"tulisan JSON tidak dapat dibaca di kolom {error.colno}",
                line=error.lineno,
                remedy="periksa koma, tanda kutip dan kurung di sekitarnya",
            ) from None
        except RecursionError:
            raise too_deep(self.name, None) from None
        try:
            self._build(text)
        except InputError as error:
            raise InputError([*self.problems, *error.problems]) from None
        if self.problems or self.root is None:
            raise InputError(self.problems)
        return self.root

    def _build(self, text: str) -> None:
        """The tree of a text that is known to be JSON."""
        for token, line in _tokens(text):
            if token in (":", ","):
                continue
            if token in ("{", "["):
                self.open(line, mapping=token == "{")
            elif token in ("}", "]"):
                self.place(self.stack.pop().node)
            else:
                self._add_scalar(token, line)

    def _add_scalar(self, token: str, line: int) -> None:
        plain = token.startswith('"') and "\\" not in token  # most tokens: not worth a parser of their own
        node = Node(token[1:-1] if plain else json.loads(token, parse_int=number), line)
        self.count(1, line)
        if isinstance(node.value, str):
            self.check_text(node.value, line)
        self.place(node)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens of a JSON text, each with its line; text in quotes keeps them."""
    line = 1
    for found in _TOKEN.finditer(text):
        if found[1]:
            line += 1
        else:
            yield found[2] or found[3] or found[4], line
