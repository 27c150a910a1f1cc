"""What the README shows a newcomer works as it is shown."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from pbj_rules import Engine

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def _block(language: str, holding: str) -> str:
    return next(block for block in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if holding in block)


def test_the_embedding_example_prints_what_it_says() -> None:
    code = _block("python", "Engine.default()")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue().strip() == code.strip().splitlines()[-1].removeprefix("# ")


def test_the_case_that_it_shows_can_be_evaluated(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text(_block("yaml", "kasus: kuorum-kurang"), encoding="utf-8")
    assert engine.evaluate(file).status == "selesai"


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (Path(__file__).parent.parent / link).exists()
