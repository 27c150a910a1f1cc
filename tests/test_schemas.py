"""The JSON Schemas that editors use say what the checks say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pbj_rules import Engine
from pbj_rules.reading import read_file
from pbj_rules.resources import DEFAULT_REGULATION, rules_directory, samples_directory
from pbj_rules.schemas import schemas

RULES = rules_directory() / DEFAULT_REGULATION
FILES = sorted(RULES.glob("*.yaml"))


def test_the_schemas_in_the_rules_folder_are_those_that_the_model_generates(engine: Engine) -> None:
    for name, schema in schemas(engine.regulation, tuple(engine.regulations)).items():
        written = json.loads((rules_directory() / "skema" / name).read_text(encoding="utf-8"))
        assert written == schema, f"write {name} anew: pbj schema --out rules/skema"


def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((rules_directory() / "skema" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_file_fits_its_schema(file: Path) -> None:
    name = "sop" if file.stem[:1].isdigit() else file.stem
    jsonschema.Draft202012Validator(_schema(f"{name}.schema.json")).validate(read_file(file).plain())


@pytest.mark.parametrize("file", sorted(rules_directory().glob("*/lapisan.yaml")), ids=lambda file: file.parent.name)
def test_every_layer_fits_its_schema(file: Path) -> None:
    jsonschema.Draft202012Validator(_schema("lapisan.schema.json")).validate(read_file(file).plain())


def test_every_sample_fits_the_schema_of_cases() -> None:
    validator = jsonschema.Draft202012Validator(_schema("kasus.schema.json"))
    for file in samples_directory().rglob("*.yaml"):
        validator.validate(read_file(file).plain())


def test_the_schema_refuses_what_the_check_refuses() -> None:
    case = {"kasus": "x", "sop": "prakualifikasi", "tanggal": "2020-04-01", "fakta": {"jumlah_peserta": -1}}
    validator = jsonschema.Draft202012Validator(_schema("kasus.schema.json"))
    assert not validator.is_valid(case)
    assert validator.is_valid({**case, "fakta": {"jumlah_peserta": [2, 3]}})
