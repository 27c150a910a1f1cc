"""Draws random cases of every SOP, near the boundaries that the rules know, from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from pbj_rules.language.tree import Kind, Source
from pbj_rules.regulation.model import Fact, Regulation

KINDS = ("barang", "konstruksi", "jasa-lainnya", "konsultansi")
NPWPS = ("01.234.567.8-901.000", "012345678901000", "0012345678901000", "02.345.678.9-012.000", "x")


def draw_case(regulation: Regulation, sop: str, rng: random.Random) -> dict[str, Any]:
    """A valid case of the SOP; facts may be missing, run out or be left over."""
    day = date(2020, 1, 1) + timedelta(days=rng.randrange(700))
    case: dict[str, Any] = {"kasus": "acak", "sop": sop, "tanggal": day.isoformat(), "fakta": {}}
    if rng.random() < 0.3:
        case["parameter"] = draw_parameters(regulation, rng)
    if rng.random() < 0.9:
        case["paket"] = draw_package(rng)
    generosity = rng.choice((0.5, 0.9, 1.0, 1.0))
    for fact in regulation.fakta.values():
        if fact.symbol.source is Source.ANSWER and rng.random() < generosity:
            case["fakta"][fact.id] = draw_answers(fact, day, rng)
    if rng.random() < 0.6:
        case["penyedia"] = [{"nama": "PT Contoh", **({"npwp": rng.choice(NPWPS)} if rng.random() < 0.9 else {})}]
    if rng.random() < 0.5:
        case["daftar_hitam"] = [draw_entry(day, rng) for _ in range(rng.randrange(4))]
        case["fakta"].pop("masuk_daftar_hitam", None)
    return case


def draw_parameters(regulation: Regulation, rng: random.Random) -> dict[str, int]:
    chosen = rng.sample(sorted(regulation.parameter), rng.randint(1, 3))
    return {
        name: rng.randint(10**9, 10**12) if regulation.parameter[name].type.kind is Kind.RUPIAH else rng.randint(1, 5)
        for name in chosen
    }


def draw_package(rng: random.Random) -> dict[str, Any]:
    package: dict[str, Any] = {}
    if rng.random() < 0.95:
        package["jenis"] = rng.choice(KINDS)
    if rng.random() < 0.95:
        edge = rng.choice((10**10, 10**11, 10**9, 0, 10**15 - 1))
        package["pagu"] = max(0, edge + rng.choice((-1, 0, 1)))
    return package


def draw_answers(fact: Fact, day: date, rng: random.Random) -> Any:
    if rng.random() < 0.5:
        return draw_answer(fact, day, rng)
    return [draw_answer(fact, day, rng) for _ in range(rng.randint(1, 5))]


def draw_answer(fact: Fact, day: date, rng: random.Random) -> Any:
    of = fact.symbol.type
    match of.kind:
        case Kind.FLAG:
            return rng.random() < 0.6
        case Kind.CHOICE:
            return rng.choice(of.values)
        case Kind.CHOICES:
            return rng.sample(of.values, rng.randrange(len(of.values) + 1))
        case Kind.DAY:
            return (day + timedelta(days=rng.randint(-5, 60))).isoformat()
        case _:
            return rng.choice((0, 1, 2, 3, 4, rng.randrange(10**6)))


def draw_entry(day: date, rng: random.Random) -> dict[str, Any]:
    start = day + timedelta(days=rng.randint(-400, 2))
    end = rng.choice(
        (day - timedelta(days=1), day, day + timedelta(days=1), start + timedelta(days=rng.randrange(800)))
    )
    return {"npwp": rng.choice(NPWPS), "nama": "PT Contoh", "mulai": start.isoformat(), "selesai": end.isoformat()}
