"""What a variable of a template can be: a value, a record, a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["ANYTHING", "Items", "Kind", "Leaf", "Parts"]


@frozen
class Leaf:
    """A value that is printed; ``kind`` as in ``isian.yaml``, empty where it is not known.

    ``choices``: all the values that it can have; empty where that is no closed list.
    """

    kind: str = ""
    choices: tuple[str, ...] = ()


@frozen
class Parts:
    """A record."""

    names: Mapping[str, Kind]


@frozen
class Items:
    """A list."""

    item: Kind


Kind = Leaf | Parts | Items

ANYTHING: Final = Leaf()
