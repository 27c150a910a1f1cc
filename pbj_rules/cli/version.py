"""``pbj version``."""

from __future__ import annotations

import argparse
import platform
from importlib import metadata

from pbj_rules.engine import Engine
from pbj_rules.version import VERSION

__all__ = ["run"]


def run(_options: argparse.Namespace) -> int:
    """Prints the versions of the program, the regulation and what evaluates."""
    engine = Engine.default()
    print(f"pbj-rules {VERSION}")
    print(f"peraturan {engine.regulation.id} (berlaku sejak {engine.regulation.berlaku_sejak.isoformat()})")
    others = [each for each in engine.regulations.values() if each is not engine.regulation]
    for other in sorted(others, key=lambda each: each.berlaku_sejak):
        last = other.keberlakuan[0].sampai
        until = f" sampai {last.tanggal.isoformat()}" if last is not None else ""
        print(f"lapisan {other.id} (berlaku sejak {other.berlaku_sejak.isoformat()}{until})")
    print(f"mesin {_evaluator(engine)}, Python {platform.python_version()}")
    return 0


def _evaluator(engine: Engine) -> str:
    if type(engine.evaluator).__name__ == "PlainEvaluator":
        return "Python murni (durable-rules belum dapat dipakai pada versi Python ini)"
    return f"durable-rules {metadata.version('durable-rules')}"
