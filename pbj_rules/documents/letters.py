"""What is told of a final paper to whoever numbers it, and what is asked of them: `NumberSource`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from attrs import field, frozen

__all__ = ["Letter", "NumberSource", "Package"]


@frozen
class Package:
    """The package that a case is about, as far as the case says: its RUP code and its name."""

    code: str | None = None
    name: str | None = None

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Package:
        """That of a case's ``paket``."""
        return cls(stated.get("kode_rup"), stated.get("nama"))

    def differs_from(self, other: Package) -> bool:
        """By code, or by name where either has no code; where that is missing too, nothing tells them apart."""
        if self.code and other.code:
            return self.code != other.code
        return bool(self.name and other.name) and self.name != other.name

    def __str__(self) -> str:
        """As messages and lists call it; empty where the case does not say."""
        return " ".join(
            [*([f"“{self.name}”"] if self.name else []), *([f"(kode RUP {self.code})"] if self.code else [])]
        )


@frozen
class Letter:
    """A final paper that needs a number.

    ``paper``: the id of its kind; ``day``: its date; ``office``: whose letterhead it bears, the office's own
    or the package's unit; ``case``: the name of the case; ``production``: the how-manieth of its kind there.
    ``package`` is told besides: a paper is known by the rest, so that a name may be put right.
    """

    paper: str
    day: date
    office: str
    case: str
    production: int
    package: Package = field(default=Package(), eq=False)


class NumberSource(Protocol):
    """Where the running numbers of final papers come from; any object with these methods will do."""

    def issue(self) -> AbstractContextManager[Callable[[Letter], str | None]]:
        """The numbers of one rendering.

        The function that is entered gives what stands at ``{urut}`` of the office's pattern, or None for a
        paper that it has no number for: then the number is a missing value. It is asked once for each paper
        of a rendering, in their order. The same paper of the same case must get the number it got before; a
        case of the same name with another package is not the same case (InputError tells the user).

        Left normally, the rendering succeeded and its papers may be written at any moment, so the numbers
        must survive the process. Left with an exception, no paper was made and the new numbers are free.
        """

    def holder(self, office: str, paper: str, year: int, number: str, /) -> Letter | None:
        """The paper that has been given ``number`` in a series; None where there is none, or nobody knows.

        Asked during a rendering about a number that a case states itself. Where another paper has it, the
        case is refused.
        """
