"""A decision in words, for whoever reads a page or a draft: what was asked, answered, and on what it rests."""

from __future__ import annotations

from typing import Any

from pbj_rules.language.saying import say_value
from pbj_rules.language.tree import Kind
from pbj_rules.regulation.model import Regulation
from pbj_rules.result import Keputusan, Sumber

__all__ = ["decision_in_words"]


def _source(source: Sumber | None) -> str:
    """Whose words the quotation is, where they are not those of the regulation beneath."""
    if source is None:
        return ""
    return f"{source.pasal}: {source.isi}" + ("" if source.terverifikasi else " (Belum diverifikasi.)")


def decision_in_words(decision: Keputusan, regulation: Regulation) -> dict[str, Any]:
    """A decision in words: what was asked, answered, and on what it rests."""
    row = regulation.row(decision.baris)
    facts = [
        (regulation.fakta[name].symbol.title, say_value(value, regulation.fakta[name].symbol.type.kind))
        for name, value in decision.fakta.items()
    ]
    numbers = [
        (regulation.parameter[name].judul, say_value(value, regulation.parameter[name].type.kind))
        for name, value in decision.parameter.items()
    ]
    return {
        "judul": next(each.judul for each in row.keputusan if each.id == decision.id),
        "baris": decision.baris,
        "nilai": decision.nilai,
        "lanjut": decision.lanjut,
        "dasar": decision.dasar,
        "anomali": decision.anomali,
        "kutipan": decision.kutipan,
        "sumber": _source(decision.sumber),
        "karena": facts + numbers,
        "hasil": [(name.replace("_", " "), say_value(value, Kind.DAY)) for name, value in decision.hasil.items()],
    }
