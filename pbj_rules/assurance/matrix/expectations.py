"""Between rules and scenarios: what no scenario shows, and what scenarios expect that the rules do not have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pbj_rules.assurance.matrix.model import Orphan
from pbj_rules.assurance.matrix.sources import Accepted, Sources
from pbj_rules.errors import InputError
from pbj_rules.evaluation.program import RuleKind

__all__ = ["scenario_orphans"]

# How the engine comes back from a detail SOP is no rule of the regulation: one that cannot fail never aborts.
_RETURNS: Final = frozenset({RuleKind.RETURN, RuleKind.ABORT})


def scenario_orphans(sources: Sources) -> Iterator[Orphan]:
    """Orphans between rules and scenarios; none are looked for where the rules cannot be run."""
    if sources.refused:
        return
    for name, error in sources.failed.items():
        yield _scenario(sources, name, error)
    yield from _unseen(sources)
    for accepted in sources.accepted or ():
        yield from _expectations(sources, accepted)
    if sources.accepted is not None:
        yield from _without_expectation(sources, {one.name for one in sources.accepted})


def _scenario(sources: Sources, name: str, error: Exception) -> Orphan:
    first = error.problems[0] if isinstance(error, InputError) and error.problems else None
    return Orphan(
        "skenario-tanpa-baris",
        name,
        None,
        sources.shown(sources.files[name]),
        first.line if first is not None else None,
        f"skenario ini tidak dapat dijalankan: {first.message if first is not None else error}",
        (first.expected if first is not None else "") or "kasus yang dapat dievaluasi dengan aturan ini",
        (first.remedy if first is not None else "") or "perbaiki kasusnya, atau aturannya",
    )


def _unseen(sources: Sources) -> Iterator[Orphan]:
    visited = {row_id for result in sources.results.values() for row_id in result.jalur}
    fired = {step.aturan for result in sources.results.values() for step in result.jejak}
    for row in sources.regulation.rows():
        if row.id not in visited:
            yield sources.at_row(
                "baris-tanpa-skenario",
                row.id,
                row,
                "tidak ada skenario yang melalui baris ini",
                "sedikitnya satu kasus contoh",
                f"tambahkan kasus di {sources.samples.name}/{row.id.partition('/')[0]}/",
            )
            continue
        for rule in sources.rules[row.id]:
            # The last row of a waiting walk is visited but not done; that it goes on is shown by those that pass it.
            if rule.id not in fired and rule.kind not in _RETURNS:
                yield sources.at_row(
                    "aturan-tanpa-skenario",
                    rule.id,
                    row,
                    f"aturan `{rule.id}` tidak dipakai skenario mana pun",
                    "sedikitnya satu kasus contoh yang memakainya",
                    "tambahkan kasus dengan jawaban yang mengenai aturan ini, atau hapus aturannya",
                )


def _expectations(sources: Sources, accepted: Accepted) -> Iterator[Orphan]:
    """What an accepted result names must exist, and belong to a scenario."""
    if not isinstance(accepted.value, dict):
        yield _expected(sources, accepted, "harapan-tak-terbaca", accepted.name, None, "berkas ini bukan hasil JSON")
        return
    if accepted.name not in sources.files:
        message = f"hasil ini tidak punya skenario `{accepted.name}`"
        yield _expected(sources, accepted, "harapan-tanpa-skenario", accepted.name, None, message)
    rows = {row.id: row for row in sources.regulation.rows()}
    for row_id in dict.fromkeys(_texts(accepted.value.get("jalur"))):
        if row_id not in rows:
            message = f"hasil ini melalui baris `{row_id}`, yang tidak ada"
            yield _expected(sources, accepted, "harapan-tanpa-baris", row_id, row_id, message)
    branches = {
        (branch.aturan, decision.id, branch.nilai)
        for row in rows.values()
        for decision in row.keputusan
        for branch in decision.cabang
    }
    for found in _records(accepted.value.get("keputusan")):
        name = tuple(str(found.get(key)) for key in ("aturan", "id", "nilai"))
        if name not in branches:
            message = f"hasil ini mengharapkan cabang `{name[0]}` ({name[1]} = {name[2]}), yang tidak ada"
            yield _expected(sources, accepted, "harapan-tanpa-cabang", name[0], str(found.get("baris")), message)


def _expected(sources: Sources, accepted: Accepted, kind: str, name: str, row_id: str | None, message: str) -> Orphan:
    file = Path(accepted.file.parent.name) / accepted.file.name
    return Orphan(
        kind,
        name,
        row_id,
        file.as_posix(),
        None,
        message,
        "hasil yang sesuai dengan aturan dan skenarionya",
        f"jalankan `pbj run {sources.samples.name}/{accepted.name}.yaml --json`, baca, dan terima hasilnya yang baru",
    )


def _without_expectation(sources: Sources, names: set[str]) -> Iterator[Orphan]:
    for name, file in sources.files.items():
        if name not in names:
            yield Orphan(
                "skenario-tanpa-harapan",
                name,
                None,
                sources.shown(file),
                None,
                "belum ada hasil yang diterima bagi skenario ini",
                f"berkas {name}.json",
                "jalankan dengan `pbj run --json`, baca hasilnya, dan simpan",
            )


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _records(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
