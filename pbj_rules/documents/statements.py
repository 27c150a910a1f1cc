"""Every statement that a paper makes, and where it comes from: the case, the office, the register or a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Final

from attrs import frozen

from pbj_rules.documents.codegen import Site
from pbj_rules.documents.fields import load_contract
from pbj_rules.documents.listing import origin_of
from pbj_rules.documents.rendering import Rendered
from pbj_rules.documents.review_code import TITLE
from pbj_rules.documents.review_marks import Notes
from pbj_rules.documents.source_names import RULE_NAMES

__all__ = ["Statement", "statements_of"]


# The letterhead and the code say nothing of the case.
_UNSAID: Final = frozenset({"kop", "kode_verifikasi"})


@frozen
class Statement:
    """What a paper says. ``hal``: of what; ``isi``: the words; ``asal``: from where; ``sumber``: its key there."""

    hal: str
    isi: str
    asal: str
    sumber: str


def statements_of(
    one: Rendered, notes: Notes, sites: Sequence[Site], why: Callable[[tuple[str, ...]], str]
) -> tuple[Statement, ...]:
    """The statements of a rendering, each once, in the order of the paper.

    ``why``: says on what the rules that decided these names rest.
    """
    made: dict[Statement, None] = {}
    for number in notes.anchors:
        names, words = sites[number]
        if names != (TITLE,) and words:
            made[Statement("kalimat yang dipilih aturan", words, "aturan", why(names))] = None
    for number, shown in notes.said:
        names = sites[number][0]
        text = _plain(shown)
        if not text:
            continue
        if any(name.partition(".")[0] in RULE_NAMES for name in names):
            made[Statement(_titles(one, names), text, "aturan", why(names))] = None
        elif names and names[0].partition(".")[0] not in _UNSAID:
            made[_from_case(one, names, text)] = None
    return tuple(made)


def _from_case(one: Rendered, names: tuple[str, ...], text: str) -> Statement:
    origins = [origin for name in names if (origin := origin_of(one.production.id, name, load_contract())) is not None]
    return Statement(
        _titles(one, names),
        text,
        ", ".join(dict.fromkeys(origin.asal for origin in origins)) or "program",
        ", ".join(dict.fromkeys(origin.isi for origin in origins)),
    )


def _titles(one: Rendered, names: tuple[str, ...]) -> str:
    """Of what a value is: the titles of its fields; a part of a person or office is named with its whole."""
    titles = []
    for name in names:
        origin = origin_of(one.production.id, name, load_contract())
        head, _, rest = name.partition(".")
        plain = rest.replace("_", " ").replace(".", " ") or head.replace("_", " ")
        title = origin.judul if origin is not None and origin.judul else plain
        titles.append(f"{title} {head.replace('_', ' ')}" if rest and title == plain else title)
    return ", ".join(dict.fromkeys(titles))


def _plain(shown: str) -> str:
    """The words of a printed value, its breaks and runs taken out."""
    text = re.sub(r"<w:(?:br|tab)\b[^>]*/>", " ", shown)
    return " ".join(unescape(re.sub("<[^>]+>", "", text)).split())
