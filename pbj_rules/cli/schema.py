"""``pbj schema``: the JSON Schemas, on the screen or as files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pbj_rules.engine import Engine
from pbj_rules.schemas import schemas, write_schemas

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Prints all schemas as one JSON object by file name, or writes them into a folder."""
    engine = Engine.default()
    names = tuple(engine.regulations)
    if options.out is None:
        print(json.dumps(schemas(engine.regulation, names), ensure_ascii=False, indent=2))
        return 0
    for file in write_schemas(Path(options.out), engine.regulation, names):
        print(file)
    return 0
