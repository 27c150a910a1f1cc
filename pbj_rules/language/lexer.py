"""Splits a condition into words, numbers, days and signs, each with its column."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

__all__ = ["ConditionError", "Token", "tokens_of"]

_TOKEN: Final = re.compile(
    r"""(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
      | (?P<number>[0-9]+)
      | (?P<word>[a-z_][a-z0-9_]*(?:[.-][a-z0-9_]+)*)
      | (?P<sign><=|>=|!=|[=<>()\[\],+])
      | (?P<space>\s+)""",
    re.VERBOSE,
)


class ConditionError(Exception):
    """A condition that cannot be read, with the column (from 1) where reading stopped."""

    def __init__(self, message: str, column: int, expected: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.expected = expected
        self.remedy = remedy


@frozen
class Token:
    """``kind`` is day, number, word, sign or end; ``column`` counts from 1."""

    kind: str
    text: str
    column: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of a condition, closed by one of kind ``end``."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise ConditionError(
                f"tanda `{text[position]}` tidak dikenal",
                position + 1,
                remedy="pakai =, !=, <, <=, >, >=, kurung, koma dan kata",
            )
        if found.lastgroup != "space":
            tokens.append(Token(str(found.lastgroup), found[0], position + 1))
        position = found.end()
    return [*tokens, Token("end", "", len(text) + 1)]
