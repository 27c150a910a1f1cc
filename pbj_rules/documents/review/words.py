"""What comments and sheet say of why a paper says something: the row, its words, facts, numbers, basis and readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from pbj_rules.documents.contract.fields import key_of
from pbj_rules.documents.deciding import decision_in_words
from pbj_rules.documents.production import Production
from pbj_rules.documents.review.placing import TITLE, Anchor
from pbj_rules.documents.templates.source_names import is_ruled
from pbj_rules.language.saying import say_value
from pbj_rules.regulation.model import Branch, Decision, Regulation
from pbj_rules.result import Dokumen, Keputusan

__all__ = ["Explainer"]

_BASES: Final = {
    "tersurat": "tersurat, yaitu bunyi peraturan itu sendiri",
    "tafsir": "tafsir {}, yaitu bacaan atas hal yang tidak diatur jelas",
    "setelan-lokal": "setelan-lokal, yaitu angka yang ditetapkan kasus ini dan bukan peraturan",
}
UNTRACEABLE: Final = (
    "Templat naskah ini memuat tanda yang tidak dapat ditelusuri, sehingga komentar tidak dapat ditambatkan pada "
    "kata-katanya. Keputusan yang dibaca naskah ini disebut di bawah; periksa sendiri kalimat mana yang mengikutinya."
)


@frozen
class Explainer:
    """Says why a paper says what it says. ``entry``: the paper in the result; None where no row names it."""

    regulation: Regulation
    production: Production
    entry: Dokumen | None
    letterhead: tuple[str, ...]

    def comment(self, anchor: Anchor) -> list[str]:
        """The text of a comment, a paragraph a line."""
        if anchor.names == (TITLE,):
            return list(self._paper())
        decisions = list(self.decisions(anchor.names))
        if not decisions:
            return list(self._undecided(anchor.names))
        made = [line for decision in decisions for line in self._decision(decision)]
        kind = "Kata-kata ini dipilih oleh keputusan itu." if anchor.chosen else f"Nilai: {self.titles(anchor.names)}."
        return [made[0], kind, *made[1:]]

    def untraced(self, names: Iterable[str]) -> list[str]:
        """The comment on the paper whose template could not be followed: everything that it reads."""
        decisions = (line for decision in self.decisions(names) for line in self._decision(decision))
        return [*self._paper(), UNTRACEABLE, *decisions]

    def why(self, names: Sequence[str]) -> str:
        """The same in one line: rows and bases."""
        said = [
            f"{decision.id} = {decision.nilai} ({decision.baris}, {_basis(decision)})"
            for decision in self.decisions(names)
        ]
        return "; ".join(said) or f"{self.titles(names)}: tidak diputuskan dalam kasus ini"

    def titles(self, names: Sequence[str]) -> str:
        """What the names stand for, in the regulation's words; of numbers not used by any decision nothing is said."""
        ruled = [name for name in names if is_ruled(name)]
        used = {name for decision in self.decisions(ruled) for name in _names(decision)}
        chosen = [name for name in ruled if name in used] or ruled
        return ", ".join(dict.fromkeys(map(self._title, chosen)))

    def decisions(self, names: Iterable[str]) -> Iterator[Keputusan]:
        """The decisions that stood when the paper was made and that these names speak of."""
        wanted = set(names)
        for decision in self.production.conclusions.standing.values():
            if wanted & _names(decision):
                yield decision

    def _undecided(self, names: tuple[str, ...]) -> Iterator[str]:
        """Of decisions that this case did not come to: where they would have been taken, and by which words."""
        yield f"{self.titles(names)}: tidak diputuskan dalam kasus ini"
        yield "Kata-kata ini dipakai karena jalan kasus sampai naskah ini tidak melewati keputusan tersebut."
        for row in self.regulation.rows():
            for decision in row.keputusan:
                if f"keputusan.{key_of(decision.id)}" in names:
                    yield f"Keputusan itu diambil pada baris {self._row(row.id)}."
                    yield from (f"Bunyi peraturan: “{branch.citation.kutipan}”" for branch in decision.cabang)

    def _title(self, name: str) -> str:
        kind, _, rest = name.partition(".")
        key = rest.partition(".")[0]
        if kind == "fakta" and key in self.regulation.fakta:
            return self.regulation.fakta[key].symbol.title
        if kind == "parameter" and key in self.regulation.parameter:
            return self.regulation.parameter[key].judul
        if kind == "keputusan":
            found = (one for row in self.regulation.rows() for one in row.keputusan if key_of(one.id) == key)
            return next((one.judul for one in found), key.replace("_", "-"))
        return key.replace("_", " ")

    def _paper(self) -> Iterator[str]:
        entry = self.entry
        if entry is None:
            yield "Naskah pelengkap: tidak disebut dalam peraturan; dibuat karena isian kasus memintanya."
        else:
            yield f"Naskah ini dihasilkan baris {self._row(entry.baris)}, kunjungan ke-{entry.kunjungan}."
            yield f"Bunyi peraturan: “{entry.kutipan}”"
            yield f"Dasar: {_long_basis(entry)}."
            yield from self._readings(entry.anomali)
        for name in self.letterhead:
            decision = self.production.conclusions.standing[name]
            yield f"Kop surat mengikuti keputusan {decision.id} = {decision.nilai} (baris {decision.baris})."

    def _decision(self, decision: Keputusan) -> Iterator[str]:
        words = decision_in_words(decision, self.regulation)
        yield f"{words['judul']}: {decision.nilai}"
        yield f"Baris {self._row(decision.baris)}, aturan {decision.aturan}; lanjut ke {decision.lanjut}."
        yield f"Bunyi peraturan: “{decision.kutipan}”"
        if words["sumber"]:
            yield words["sumber"]
        facts = [
            (self.regulation.fakta[name].symbol.title, value, self.regulation.fakta[name].symbol.type.kind)
            for name, value in decision.fakta.items()
        ]
        if facts:
            yield "Fakta: " + "; ".join(f"{title} = {say_value(value, kind)}" for title, value, kind in facts) + "."
        if decision.parameter:
            yield f"Parameter: {'; '.join(self._parameter(*one) for one in decision.parameter.items())}."
        if words["hasil"]:
            yield "Hasil: " + "; ".join(f"{title} = {value}" for title, value in words["hasil"]) + "."
        yield f"Dasar: {_long_basis(decision)}."
        if reason := self._branch(decision).citation.penjelasan:
            yield f"Penjelasan: {reason}"
        yield from self._readings(decision.anomali)

    def _parameter(self, name: str, value: Any) -> str:
        parameter = self.regulation.parameter[name]
        own = say_value(parameter.nilai, parameter.type.kind)
        said = say_value(value, parameter.type.kind)
        source = "menurut peraturan" if said == own else f"setelan lokal kasus ini; menurut peraturan {own}"
        return f"{parameter.judul} = {said} ({source})"

    def _branch(self, decision: Keputusan) -> Branch:
        of: tuple[Decision, ...] = self.regulation.row(decision.baris).keputusan
        return next(branch for one in of for branch in one.cabang if branch.aturan == decision.aturan)

    def _row(self, row: str) -> str:
        return f"{row} ({self.regulation.sop[row.partition('/')[0]].pasal})"

    def _readings(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            anomaly = self.regulation.anomali[name]
            yield f"{name}: {anomaly.catatan}"
            yield f"Bacaan yang diambil: {anomaly.bacaan}"
            yield f"Bacaan lain: {anomaly.alternatif}"


def _names(decision: Keputusan) -> set[str]:
    """The names under which templates read a decision and what it rests on."""
    return {
        f"keputusan.{key_of(decision.id)}",
        *(f"fakta.{name}" for name in decision.fakta),
        *(f"parameter.{name}" for name in decision.parameter),
        *(f"hasil.{name}" for name in decision.hasil),
    }


def _basis(decision: Keputusan) -> str:
    return " ".join([decision.dasar, ", ".join(decision.anomali)]).strip()


def _long_basis(of: Keputusan | Dokumen) -> str:
    return _BASES[of.dasar].format(", ".join(of.anomali))
