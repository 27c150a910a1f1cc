"""The JSON Schemas of the case file and of the rule files, so that editors complete and check them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pbj_rules.case_shape import case_shape
from pbj_rules.documents import isian_shape
from pbj_rules.regulation.files import FILES, SOP_FILE, file_schema
from pbj_rules.regulation.layer_file import LAYER_FILE
from pbj_rules.regulation.model import Regulation
from pbj_rules.writing import write_files

__all__ = ["schemas", "write_schemas"]


def schemas(regulation: Regulation, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Every schema by its file name, generated from the shapes that check the files themselves.

    ``regulation`` is that of a case which names none, ``names`` are the ids of those that it may choose.
    """
    shapes = {"sop": SOP_FILE, **FILES, "lapisan": LAYER_FILE}
    made = {f"{name}.schema.json": file_schema(shape) for name, shape in shapes.items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    made["kasus.schema.json"] = {**head, **case_shape(regulation, isian_shape(), names).schema()}
    return made


def write_schemas(directory: Path, regulation: Regulation, names: Sequence[str]) -> tuple[Path, ...]:
    """Writes every schema into the folder, or none; returns the files."""
    files = {
        directory / name: (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas(regulation, names).items()
    }
    write_files(files.items(), folder=directory)
    return tuple(files)
