"""What makes the rules something to sign: readers of the one condition tree that prove, compare and print it."""

from pbj_rules.assurance.questions.nearest import WhyNot, why_not
from pbj_rules.assurance.questions.needs import Missing, missing

__all__ = ["Missing", "WhyNot", "missing", "why_not"]
