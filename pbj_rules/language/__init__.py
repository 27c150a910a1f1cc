"""The condition language: one parser, one typed tree, many readers."""

from pbj_rules.language.lexer import ConditionError
from pbj_rules.language.parser import Vocabulary, parse_condition, parse_term

__all__ = ["ConditionError", "Vocabulary", "parse_condition", "parse_term"]
