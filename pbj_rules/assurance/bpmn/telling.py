"""What an element of a process says of itself: the regulation's words, the basis, the reading of its anomalies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from attrs import frozen

from pbj_rules.assurance.rulebook.blocks import Paragraph
from pbj_rules.assurance.rulebook.sentences import Teller, short_title
from pbj_rules.regulation.model import Branch, Call, Decision, Item, Regulation, Row, Sop

__all__ = ["Telling"]

_ORDER: Final = "urutan"


@frozen
class Telling:
    """Tells the elements of a regulation's processes, as plain text."""

    regulation: Regulation

    def sop(self, sop: Sop) -> str:
        lines = [sop.judul, f"{self.regulation.judul}, {sop.pasal}."]
        lines += [f"Parameter {item.id} = {item.nilai}: {item.judul}." for item in self.regulation.parameter.values()]
        return "\n".join(lines)

    def title(self, sop: str) -> str:
        return short_title(self.regulation.sop[sop].judul)

    def unprinted(self, what: str) -> str:
        return f"{what} tidak tercetak dalam tabel; BPMN mensyaratkannya."

    def meeting(self) -> str:
        return "Jalan bertemu kembali sebelum keputusan berikut pada baris yang sama."

    def row(self, sop: Sop, row: Row) -> str:
        """A row as printed, then what the rules make of it."""
        time = row.waktu.tertulis if row.waktu is not None else ""
        printed = {
            "Kelengkapan": _items(row.kelengkapan),
            "Waktu": time,
            "Output": _items(row.output),
            "Keterangan": row.keterangan,
        }
        lines = [f"Baris {row.id}, {sop.pasal}: “{row.kegiatan}”"]
        lines += [f"{head}: {text}" for head, text in printed.items() if text]
        lines += _plain(Teller(self.regulation).told(row))
        return "\n".join([*lines, *self.readings(row.anomali)])

    def decision(self, decision: Decision) -> str:
        return "\n".join(_plain(Teller(self.regulation).decision(decision)))

    def branches(self, branches: Collection[Branch]) -> str:
        """What is said of the branches that give one outcome."""
        teller = Teller(self.regulation)
        lines = [line for branch in branches for line in _plain(teller.branch(branch))]
        named = dict.fromkeys(name for branch in branches for name in branch.citation.anomali)
        return "\n".join([*lines, *self.readings(named)])

    def onward(self, row: Row) -> str:
        """Why a row without a decision leads where it does, if that is not the order of the table."""
        if row.lanjut is None or row.lanjut.dasar == _ORDER:
            return ""
        return "\n".join([*_plain(Teller(self.regulation).onward(row)), *self.readings(row.lanjut.anomali)])

    def call(self, call: Call) -> str:
        when = f" jika {Teller(self.regulation).said(call.jika)}" if call.jika is not None else ""
        return f"Menjalankan {self.title(call.sop)}{when}."

    def failure(self, call: Call, status: str) -> str:
        return f"{self.title(call.sop)} berakhir dengan status {status}; alur ini berakhir dengan status yang sama."

    def readings(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            anomaly = self.regulation.anomali[name]
            yield f"{name}: {anomaly.catatan} Dibaca: {anomaly.bacaan}"


def _plain(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    return ("".join(span.text for span in paragraph.spans) for paragraph in paragraphs)


def _items(items: Iterable[Item]) -> str:
    return "; ".join(" ".join(part for part in (item.penanda, item.teks) if part) for item in items)
