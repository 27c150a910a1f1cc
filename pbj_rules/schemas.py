"""The JSON Schemas of the case file and of the rule files, so that editors complete and check them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pbj_rules.case_shape import case_shape
from pbj_rules.documents import isian_shape
from pbj_rules.regulation.files import FILES, file_schema
from pbj_rules.regulation.model import Regulation

__all__ = ["schemas", "write_schemas"]


def schemas(regulation: Regulation) -> dict[str, dict[str, Any]]:
    """Every schema by its file name, generated from the shapes that check the files themselves."""
    made = {f"{name}.schema.json": file_schema(name) for name in ("sop", *FILES)}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    made["kasus.schema.json"] = {**head, **case_shape(regulation, isian_shape()).schema()}
    return made


def write_schemas(regulation: Regulation, directory: Path) -> tuple[Path, ...]:
    """Writes every schema into the folder; returns the files."""
    directory.mkdir(parents=True, exist_ok=True)
    files = []
    for name, schema in schemas(regulation).items():
        file = directory / name
        file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        files.append(file)
    return tuple(files)
