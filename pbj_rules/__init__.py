"""pbj-rules: procurement SOPs as cited rules, and the official papers that their conclusions call for."""

from pbj_rules.case import Case
from pbj_rules.engine import Engine
from pbj_rules.errors import EvaluationError, InputError, PbjError, Problem, RuleError
from pbj_rules.result import Dokumen, Jejak, Keputusan, Menunggu, Result

__all__ = [
    "Case",
    "Dokumen",
    "Engine",
    "EvaluationError",
    "InputError",
    "Jejak",
    "Keputusan",
    "Menunggu",
    "PbjError",
    "Problem",
    "Result",
    "RuleError",
]
