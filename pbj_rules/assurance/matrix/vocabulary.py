"""Names that nothing uses: roles, columns, facts, parameters, lists, files; and rows that name none of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Sources
from pbj_rules.language.tree import symbols_of
from pbj_rules.regulation.files import FILES
from pbj_rules.regulation.model import Row, Sop
from pbj_rules.regulation.rule_file import LAYER_NAME

__all__ = ["vocabulary_orphans"]

_ACTIVE: Final = ("kegiatan", "keputusan")


def vocabulary_orphans(sources: Sources) -> Iterator[Orphan]:
    """Orphans among the names of the rules."""
    for sop in sources.regulation.sop.values():
        yield from _actors(sources, sop)
    yield from _roles(sources)
    used = {row_id: frozenset(s.name for rule in rules for s in rule.names) for row_id, rules in sources.rules.items()}
    facts = {one.id: one.baris for one in sources.regulation.fakta.values()}
    parameters = {one.id: one.baris for one in sources.regulation.parameter.values()}
    yield from _names(sources, "fakta", facts, used)
    yield from _names(sources, "parameter", parameters, used)
    yield from _facts_that_decide_nothing(sources)
    yield from _collections(sources)
    yield from _files(sources)


def _actors(sources: Sources, sop: Sop) -> Iterator[Orphan]:
    """Every row is done by somebody who has a column, and every column by somebody who does something."""
    columns = {role: title for title, role in sop.kolom}
    acting: set[str] = set()
    for row in sop.baris.values():
        if row.pelaksana is None:
            if row.jenis in _ACTIVE:
                yield sources.at_row(
                    "baris-tanpa-pelaku",
                    row.id,
                    row,
                    "baris ini tidak dilakukan siapa pun",
                    f"pelaksana: salah satu dari {', '.join(columns)}",
                    "tambahkan `pelaksana:` dengan keyakinan dan alasannya",
                )
            continue
        acting |= {row.pelaksana.peran, *row.pelaksana.juga}
        if row.pelaksana.peran not in columns:
            yield sources.at_row(
                "pelaku-tanpa-kolom",
                row.pelaksana.peran,
                row,
                f"pelaku `{row.pelaksana.peran}` tidak punya kolom dalam tabel ini",
                f"salah satu dari {', '.join(columns)}",
                "perbaiki `pelaksana:` atau tambahkan kolomnya",
            )
    for role, title in columns.items():
        if role not in acting:
            yield sources.at_row(
                "kolom-tanpa-pelaku",
                role,
                sop.first,
                f"kolom “{title}” (`{role}`) tabel {sop.id} tidak dipakai baris mana pun",
                "sedikitnya satu baris yang dilakukan peran ini",
                "periksa `pelaksana:` baris-baris tabel ini, atau hapus kolomnya",
            )


def _roles(sources: Sources) -> Iterator[Orphan]:
    regulation = sources.regulation
    used = {role for sop in regulation.sop.values() for _, role in sop.kolom}
    for row in regulation.rows():
        used |= {row.pelaksana.peran, *row.pelaksana.juga} if row.pelaksana is not None else set()
    for role in regulation.peran.values():
        if role.id not in used:
            yield _entry(sources, "peran", role.id, f"peran `{role.nama}` tidak dipakai tabel mana pun")


def _names(
    sources: Sources, part: str, declared: Mapping[str, tuple[str, ...]], used: Mapping[str, frozenset[str]]
) -> Iterator[Orphan]:
    """A fact or parameter names exactly the rows whose rules read it."""
    known = {row.id: row for row in sources.regulation.rows()}
    for name, rows in declared.items():
        reading = [row_id for row_id, names in used.items() if name in names]
        if not reading:
            yield _entry(sources, part, name, f"{part} `{name}` tidak dipakai aturan mana pun", rows)
            continue
        for row_id in rows:
            if row_id in known and row_id not in reading:
                yield sources.at_entry(
                    f"{part}-tanpa-baris",
                    f"{part}.yaml",
                    part,
                    name,
                    f"{part} `{name}` menyebut baris {row_id}, yang tidak memakainya",
                    f"`baris: [{', '.join(reading)}]`",
                    "perbaiki `baris:`, atau aturan baris itu",
                    row_id,
                )
        for row_id in reading:
            if row_id not in rows:
                yield sources.at_row(
                    f"baris-tanpa-{part}",
                    name,
                    known[row_id],
                    f"baris ini memakai {part} `{name}`, yang tidak menyebut baris ini",
                    f"{row_id} dalam `baris:` {part} itu",
                    f"tambahkan di {part}.yaml, atau perbaiki aturan baris ini",
                )


def _facts_that_decide_nothing(sources: Sources) -> Iterator[Orphan]:
    for row in sources.regulation.rows():
        for decision in row.keputusan:
            trees = [(branch.jika, *branch.hasil.values()) for branch in decision.cabang]
            read = {symbol for parts in trees for tree in parts for symbol in symbols_of(tree)}
            for symbol in decision.fakta:
                if symbol not in read:
                    yield _idle(sources, row, decision.id, symbol.name)


def _idle(sources: Sources, row: Row, decision: str, fact: str) -> Orphan:
    return sources.at_row(
        "fakta-tanpa-cabang",
        fact,
        row,
        f"keputusan `{decision}` menanyakan `{fact}`, yang tidak dibaca cabang mana pun",
        "sedikitnya satu cabang yang membacanya",
        "hapus dari `fakta:` keputusan itu, atau pakai dalam `jika`",
    )


def _collections(sources: Sources) -> Iterator[Orphan]:
    used = {fact.turunan.collection for fact in sources.regulation.fakta.values() if fact.turunan is not None}
    for name in sources.regulation.koleksi:
        if name not in used:
            yield _entry(sources, "koleksi", name, f"daftar `{name}` tidak dipakai fakta turunan mana pun")


def _files(sources: Sources) -> Iterator[Orphan]:
    used = {LAYER_NAME, *(f"{name}.yaml" for name in FILES)} | {
        sop.file.rpartition("/")[2] for sop in sources.regulation.sop.values()
    }
    for path in sorted(path for folder in sources.rule_folders for path in folder.glob("*.yaml")):
        if path.name not in used:
            yield Orphan(
                "berkas-tak-terpakai",
                path.name,
                None,
                sources.shown(path),
                None,
                "berkas ini tidak dibaca: tidak tercantum dalam `sop:` regulasi.yaml",
                "setiap berkas aturan tercantum",
                "cantumkan dalam regulasi.yaml, atau pindahkan dari folder ini",
            )


def _entry(sources: Sources, part: str, name: str, message: str, rows: tuple[str, ...] = ()) -> Orphan:
    file = "fakta" if part == "koleksi" else part
    return sources.at_entry(
        f"{part}-tak-terpakai",
        f"{file}.yaml",
        part,
        name,
        message,
        "sedikitnya satu pemakai",
        f"hapus dari {file}.yaml, atau pakai dalam aturan",
        rows[0] if rows else None,
    )
