"""pbj-rules: procurement SOPs as cited rules, and the official papers that their conclusions call for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pbj_rules.case import Case
    from pbj_rules.engine import Engine
    from pbj_rules.errors import EvaluationError, InputError, PbjError, Problem, RuleError
    from pbj_rules.result import Dokumen, Jejak, Keputusan, Menunggu, NaskahTambahan, Result, Sumber

__all__ = [
    "Case",
    "Dokumen",
    "Engine",
    "EvaluationError",
    "InputError",
    "Jejak",
    "Keputusan",
    "Menunggu",
    "NaskahTambahan",
    "PbjError",
    "Problem",
    "Result",
    "RuleError",
    "Sumber",
]

# Imported when asked for: a program that only renders a paper from the cache must not wait for the engine.
_WHERE: Final = {
    "Case": "case",
    "Engine": "engine",
    **dict.fromkeys(("EvaluationError", "InputError", "PbjError", "Problem", "RuleError"), "errors"),
    **dict.fromkeys(("Dokumen", "Jejak", "Keputusan", "Menunggu", "NaskahTambahan", "Result", "Sumber"), "result"),
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
