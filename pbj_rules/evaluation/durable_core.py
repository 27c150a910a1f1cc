"""The one guarded door to durable-rules' C core.

The library's own front (``durable.lang``, ``Host``) starts threads and crashes on ordinary input; its C
core is sound within the subset that this module admits, and nothing outside the subset passes:

- a rule is a list of patterns, each for one constant fact type ``t``, with comparisons of one property to
  a constant or to a property of an earlier pattern; no ``$or``, no arithmetic, no ``count`` or ``cap``;
- a fact is flat: text of bounded length, whole numbers that fit 63 bits, true or false; it has every property
  that a rule tests, of one sort with all that the property is compared to; only whole numbers are ordered;
- a fact type that some pattern denies is told before the first token, never after it (no truth maintenance);
- one session at a time, with a fixed session id, begun by a rule that always fires and deleted at the end.
"""

from __future__ import annotations

import json
import re
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any, Final, TypeAlias

import durable_rules_engine as core  # type: ignore[import-not-found]  # a C extension without types
from attrs import field, frozen

from pbj_rules.errors import PbjError

__all__ = ["MAX_TEXT", "Comparison", "CoreError", "Fact", "Pattern", "Production", "Reference", "RuleBase"]

Fact: TypeAlias = "Mapping[str, bool | int | str]"

MAX_TEXT: Final = 4_000  # characters; the core's 16-bit lengths wrap at 65,535 bytes
_MAX_RULES_A_TYPE: Final = 60  # one fact may start at most 64 matches
_MAX_TYPES: Final = 480  # 512 tests under one node hang the compiler
_MAX_PATTERNS: Final = 15
_MAX_NUMBER: Final = 2**62
_SIGNS: Final = {"=": "", "!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
_MAX_PROPERTIES: Final = 60
_PROPERTY: Final = re.compile(r"[a-z][a-z_]{0,40}")
_ALIAS: Final = re.compile(r"[a-z][a-z0-9]{0,20}")
_OWN_PROPERTIES: Final = frozenset({"sid", "id", "t"})
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SESSION: Final = "s"
_ALREADY_TOLD: Final = 2
_NAMES: Final = count(1)


class CoreError(PbjError, ValueError):
    """Something that the C core would not evaluate as Python does; refused before it gets there."""


@frozen
class Reference:
    """A property of the fact that an earlier pattern matched."""

    alias: str
    name: str


@frozen
class Comparison:
    """``property sign operand``; ``sign`` is =, !=, <, <=, > or >=."""

    name: str
    sign: str
    operand: bool | int | str | Reference


@frozen
class Pattern:
    """A fact of type ``type`` that passes the tests; denied: that no such fact exists."""

    alias: str
    type: str
    tests: tuple[Comparison, ...] = ()
    denied: bool = False


@frozen
class Production:
    """A rule; of those that can fire, the one with the lowest ``priority`` and then the first defined does."""

    name: str
    priority: int
    patterns: tuple[Pattern, ...]


_Slot: TypeAlias = "tuple[str, str]"  # a fact type and a property of it


@frozen
class _Vocabulary:
    """What the rules look at: denied types, tested properties, and which properties are compared to each other.

    ``groups``: the slot that stands for all those compared to each other; ``sorts``: by that slot, the sort
    of value that the rules' constants and orderings ask for.
    """

    denied: frozenset[str]
    tested: Mapping[str, frozenset[str]]
    groups: Mapping[_Slot, _Slot]
    sorts: Mapping[_Slot, type]

    def group(self, slot: _Slot) -> _Slot:
        return self.groups.get(slot, slot)

    @classmethod
    def of(cls, productions: Sequence[Production]) -> _Vocabulary:
        tested: dict[str, set[str]] = {}
        groups: dict[_Slot, _Slot] = {}
        wanted: list[tuple[_Slot, type]] = []
        for production in productions:
            types = {pattern.alias: pattern.type for pattern in production.patterns}
            for pattern in production.patterns:
                for test in pattern.tests:
                    slot = (pattern.type, test.name)
                    tested.setdefault(pattern.type, set()).add(test.name)
                    if isinstance(test.operand, Reference):
                        other = (types[test.operand.alias], test.operand.name)
                        tested.setdefault(other[0], set()).add(other[1])
                        _join(groups, slot, other)
                    else:
                        wanted.append((slot, type(test.operand)))
                    if test.sign not in ("=", "!="):
                        wanted.append((slot, int))
        sorts: dict[_Slot, type] = {}
        for slot, sort in wanted:
            if sorts.setdefault(groups.get(slot, slot), sort) is not sort:
                raise CoreError(f"property {slot[1]} of {slot[0]} is compared to two sorts, or ordered as text")
        denied = {pattern.type for production in productions for pattern in production.patterns if pattern.denied}
        return cls(frozenset(denied), {kind: frozenset(names) for kind, names in tested.items()}, groups, sorts)


def _join(groups: dict[_Slot, _Slot], one: _Slot, other: _Slot) -> None:
    kept, given_up = groups.setdefault(one, one), groups.setdefault(other, other)
    for slot, group in groups.items():
        if group == given_up:
            groups[slot] = kept


def _json(value: Any) -> str:
    """JSON as the core compares it: byte by byte, so that rules and facts must escape alike."""
    return json.dumps(value, ensure_ascii=False)


@frozen(eq=False)
class RuleBase:
    """A set of rules, compiled once. Raises CoreError for a rule outside the safe subset."""

    productions: tuple[Production, ...]
    _handle: int = field(init=False)
    _vocabulary: _Vocabulary = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        _check_types(self.productions)
        rules: dict[str, Any] = {"_boot": {"all": [{"b": {"t": "_boot"}}]}}
        for production in self.productions:
            if production.name in rules:
                raise CoreError(f"rule {production.name} is defined twice")
            rules[production.name] = {"pri": production.priority, "all": _patterns_json(production)}
        object.__setattr__(self, "_vocabulary", _Vocabulary.of(self.productions))
        handle = core.create_ruleset(f"pbj{next(_NAMES)}", _json(rules))
        object.__setattr__(self, "_handle", handle)
        # The core keeps a rule set until it is told otherwise; at the end of the process nothing need be told.
        weakref.finalize(self, core.delete_ruleset, handle).atexit = False

    def run(
        self,
        base: Iterable[Fact],
        token: Fact,
        conclude: Callable[[str, Mapping[str, Fact]], Sequence[Fact]],
        max_firings: int,
    ) -> bool:
        """Tells the base facts and the token, then fires until no rule can.

        ``conclude`` gets the rule's name and the facts that its patterns matched, by alias, and returns the
        facts to tell next. Returns False if ``max_firings`` was reached. Threads take turns.
        """
        facts = [_checked(fact) for fact in base]
        with self._lock:
            session = _Session(self._handle, self._vocabulary)
            session.begin()
            try:
                for fact in facts:
                    session.tell(fact)
                session.seal()
                session.tell(_checked(token))
                return session.fire(conclude, max_firings)
            finally:
                session.end()


class _Session:
    """The life of one set of facts in the core."""

    def __init__(self, handle: int, vocabulary: _Vocabulary) -> None:
        self.handle, self.vocabulary = handle, vocabulary
        self.told = 0
        self.offset = 0
        self.sealed = False
        self.sorts = dict(vocabulary.sorts)

    def begin(self) -> None:
        """A session that never fired must not be deleted: fire one rule first."""
        self.tell({"t": "_boot"})
        started = core.start_action_for_state(self.handle, self.offset)
        if not started or core.complete_and_start_action(self.handle, self.offset):
            raise CoreError("the session did not begin")

    def seal(self) -> None:
        self.sealed = True

    def end(self) -> None:
        core.delete_state(self.handle, _SESSION)

    def tell(self, fact: Fact) -> None:
        kind = str(fact["t"])
        if self.sealed and kind in self.vocabulary.denied:
            raise CoreError(f"a fact of type {kind} comes too late: a rule has denied it")
        if missing := self.vocabulary.tested.get(kind, frozenset()) - fact.keys():
            raise CoreError(f"a fact of type {kind} lacks {', '.join(sorted(missing))}, which a rule tests")
        for name, value in fact.items():
            group = self.vocabulary.group((kind, name))
            if self.sorts.setdefault(group, type(value)) is not type(value):
                raise CoreError(f"property {name} of {kind} has values of two sorts, or is compared to another sort")
        self.told += 1
        message = {**fact, "_g": 1, "sid": _SESSION, "id": str(self.told)}
        code, self.offset = core.assert_fact(self.handle, _json(message))
        if code == _ALREADY_TOLD:
            raise CoreError(f"the core took fact {self.told} for an earlier one")

    def fire(self, conclude: Callable[[str, Mapping[str, Fact]], Sequence[Fact]], max_firings: int) -> bool:
        started = core.start_action_for_state(self.handle, self.offset)
        message = started[1] if started else None
        for _ in range(max_firings):
            if not message:
                return True
            ((name, matched),) = json.loads(message).items()
            for fact in conclude(name, matched):
                self.tell(_checked(fact))
            message = core.complete_and_start_action(self.handle, self.offset)
        return False


def _checked(fact: Fact) -> Fact:
    """The fact, if the core evaluates every value of it as Python does."""
    if not isinstance(fact.get("t"), str) or len(fact) > _MAX_PROPERTIES:
        raise CoreError(f"a fact names its type and has at most {_MAX_PROPERTIES} properties")
    for name, value in fact.items():
        if name != "t" and (not _PROPERTY.fullmatch(name) or name in _OWN_PROPERTIES):
            raise CoreError(f"property {name!r:.60} is not a plain name")
        if isinstance(value, bool):
            continue
        if isinstance(value, str):
            if len(value) > MAX_TEXT or _SURROGATE.search(value):
                raise CoreError(f"text {value!r:.60} is too long or is no Unicode text")
        elif not isinstance(value, int) or not -_MAX_NUMBER < value < _MAX_NUMBER:
            raise CoreError(f"value {value!r:.60} is no text, number of 63 bits, true or false")
    return fact


def _check_types(productions: Sequence[Production]) -> None:
    uses = Counter(kind for production in productions for kind in {pattern.type for pattern in production.patterns})
    for kind, number in uses.items():
        if number > _MAX_RULES_A_TYPE:
            raise CoreError(f"{number} rules look at facts of type {kind}; at most {_MAX_RULES_A_TYPE} may")
    if len(uses) > _MAX_TYPES:
        raise CoreError(f"{len(uses)} types of facts; at most {_MAX_TYPES} are safe")


def _patterns_json(production: Production) -> list[dict[str, Any]]:
    if not production.patterns or production.patterns[0].denied or len(production.patterns) > _MAX_PATTERNS:
        raise CoreError(f"rule {production.name}: 1 to {_MAX_PATTERNS} patterns, the first not denied")
    seen: set[str] = set()
    made = []
    for pattern in production.patterns:
        if not _ALIAS.fullmatch(pattern.alias):
            raise CoreError(f"rule {production.name}: alias {pattern.alias!r} is not a plain name")
        made.append({f"{pattern.alias}$not" if pattern.denied else pattern.alias: _pattern_json(pattern, seen)})
        if pattern.alias in seen:
            raise CoreError(f"rule {production.name}: alias {pattern.alias} is used twice")
        if not pattern.denied:
            seen.add(pattern.alias)
    return made


def _pattern_json(pattern: Pattern, seen: set[str]) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [{"t": pattern.type}]
    joined: Reference | None = None
    for test in pattern.tests:
        if not _PROPERTY.fullmatch(test.name) or test.name in _OWN_PROPERTIES:
            raise CoreError(f"property {test.name!r} cannot be tested")
        operand: Any = test.operand
        if isinstance(operand, Reference):
            if operand.alias not in seen or operand.name in _OWN_PROPERTIES:
                raise CoreError(f"{operand.alias}.{operand.name} is not matched before {pattern.alias}")
            joined, operand = operand, {operand.alias: operand.name}
        else:
            _checked({"t": pattern.type, test.name: operand})
        comparison = {test.name: operand}
        sign = _SIGNS[test.sign]
        tests.append({sign: comparison} if sign else comparison)
    if joined is not None:
        # The core reads past the end when the last join test of a pattern fails: end on one that never does.
        tests.append({"_g": {joined.alias: "_g"}})
    return tests[0] if len(tests) == 1 else {"$and": tests}
