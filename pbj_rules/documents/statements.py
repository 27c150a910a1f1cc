"""Every statement that a paper makes, and where it comes from: the case, the office, or a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Final

from attrs import evolve, frozen

from pbj_rules.documents.blanks import MARKED, OPEN
from pbj_rules.documents.review_marks import Item, Said
from pbj_rules.documents.review_origins import UNFILLED, Origins
from pbj_rules.documents.review_placing import TITLE, Anchor
from pbj_rules.documents.review_words import Explainer
from pbj_rules.documents.source_names import alternatives, is_ruled

__all__ = ["Statement", "statements_of"]

RULES: Final = "aturan"
CHOSEN: Final = "kalimat yang dipilih aturan"
_PROGRAM: Final = "program"
# The code is the paper's own, printed from what the paper says.
_UNSAID: Final = "kode_verifikasi"
_YELLOW: Final = '<w:highlight w:val="yellow"/>'
_GAP: Final = re.compile(r"<w:(?:br|tab)\b[^>]*/>")


@frozen
class Statement:
    """What a paper says.

    ``kelompok``: the record or the item of a list that it is about; empty where it stands alone. ``hal``: of what;
    ``isi``: the words; ``asal``: from where; ``sumber``: its key there, or the decision with its row and basis.
    """

    kelompok: str
    hal: str
    isi: str
    asal: str
    sumber: str


def statements_of(
    anchors: Sequence[Anchor], said: Iterable[Said], origins: Origins, explainer: Explainer
) -> tuple[Statement, ...]:
    """The statements of a rendering, each once: first what a rule chose, then the values in the order of the paper."""
    made: dict[Statement, None] = {}
    for anchor in anchors:
        if anchor.chosen and anchor.names != (TITLE,):
            made[Statement("", CHOSEN, anchor.words, RULES, explainer.why(anchor.names))] = None
    for value in said:
        text = _plain(value.shown)
        # Without a name it is a row's number, or a word of the template's own.
        if not text or not any(value.names) or _UNSAID in value.names:
            continue
        if any(map(is_ruled, value.names)):
            hal = explainer.titles(value.names)
            made[Statement("", hal, text, RULES, explainer.why(value.names))] = None
        else:
            statement = _from_case(value.names, value.item, text, origins)
            made[evolve(statement, asal=UNFILLED) if _is_blank(value.shown) else statement] = None
    return tuple(made)


def _from_case(names: tuple[str, ...], item: Item | None, text: str, origins: Origins) -> Statement:
    found = [origin for name in names if (origin := origins.of(name)) is not None]
    if not found:
        return Statement("", ", ".join(name.replace("_", " ") for name in names), text, _PROGRAM, "")
    hal, asal, sumber = (
        ", ".join(dict.fromkeys(getattr(origin, part) for origin in found)) for part in ("hal", "asal", "sumber")
    )
    group = found[0].kelompok
    if item is not None and item.of and group != "kop surat":
        # An item that is a word itself, of a list of words, needs no number.
        words_alone = list(names) == alternatives(item.of)
        group = _list_title(item.of, origins) + ("" if words_alone else f" {item.number}")
    return Statement(group, hal, text, asal, sumber)


def _list_title(of: str, origins: Origins) -> str:
    titles = (origins.contract.roles.get(one) or one.rpartition(".")[2].replace("_", " ") for one in alternatives(of))
    return ", ".join(titles)


def _is_blank(shown: str) -> bool:
    return _YELLOW in shown or OPEN in shown


def _plain(shown: str) -> str:
    """The words of a printed value, its breaks, runs and the marks of blanks taken out."""
    text = unescape(re.sub("<[^>]+>", "", _GAP.sub(" ", shown)))
    return " ".join(MARKED.sub(r"\2", text).split())
