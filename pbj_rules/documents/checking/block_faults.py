"""Faults that show inside a block: of the block itself, said once, or of the templates that give it the wrong thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from pbj_rules.documents.checking.block_reading import Shelf
from pbj_rules.documents.checking.page_reading import problem_at
from pbj_rules.documents.checking.tracing import Finding
from pbj_rules.documents.contract.kinds import Kind, Parts
from pbj_rules.documents.templates.blocks import Call, renamed
from pbj_rules.documents.templates.signposts import Place
from pbj_rules.errors import Problem

__all__ = ["BlockFaults", "Instance", "block_of"]

_SHOWN: Final = 5


@frozen
class Instance:
    """A block in place in a template. ``signs``: of the paragraphs that call it, the innermost first."""

    template: Path
    block: str
    signs: tuple[str, ...]


@frozen
class _Fault:
    """What is wrong at a paragraph of a block, in the block's own words."""

    sign: str
    message: str
    remedy: str = field(eq=False)
    expected: str = field(eq=False, default="")


@frozen
class _Met:
    """How a template met a fault. ``through``: by what it gave the block; ``surely``: what it gave is itself wrong."""

    finding: Finding
    through: bool
    surely: bool


@define
class BlockFaults:
    """Gathers what all templates meet in the blocks of a folder.

    ``calls``, ``places``: of every paragraph that calls a block, by its template and sign; by no template for those
    in blocks.
    """

    shelf: Shelf
    calls: dict[tuple[Path | None, str], Call] = field(factory=dict)
    places: dict[tuple[Path | None, str], Place] = field(factory=dict)
    instances: dict[Instance, None] = field(factory=dict)
    found: dict[_Fault, dict[Instance, _Met]] = field(factory=dict)

    def note(self, instance: Instance, sign: str, finding: Finding, vocabulary: Mapping[str, Kind]) -> None:
        """A finding at a paragraph of a block in place."""
        parameter, given = self._through(instance, sign, finding.name)
        message, remedy = finding.message, finding.remedy
        surely = False
        if parameter:
            own = parameter + finding.name.removeprefix(given)
            message, remedy = message.replace(f"`{finding.name}", f"`{own}", 1), ""
            surely = f"{given}.".startswith(f"{finding.name}.") or not isinstance(_kind(vocabulary, given), Parts)
        met = _Met(finding, bool(parameter), surely)
        self.found.setdefault(_Fault(sign, message, remedy, finding.expected), {})[instance] = met

    def problems(self) -> list[Problem]:
        """One problem a fault of a block, or one a call that gives what other calls show to be wrong."""
        made: dict[Problem, None] = {}
        for fault, met in self.found.items():
            everywhere = sum(each.block == next(iter(met)).block for each in self.instances)
            blamed = []
            for instance, how in met.items():
                if how.surely or (how.through and len(met) < everywhere):
                    made[self._call_problem(instance, fault, how.finding)] = None
                else:
                    blamed.append(instance.template.stem)
            if blamed:
                only = f" ({_named(sorted(set(blamed)))})" if len(blamed) < everywhere else ""
                place = self.shelf.signs.places[fault.sign]
                made[problem_at(place, fault.message + only, fault.remedy, fault.expected)] = None
        return list(made)

    def _call_problem(self, instance: Instance, fault: _Fault, finding: Finding) -> Problem:
        sign = instance.signs[0]
        place = self.places.get((instance.template, sign)) or self.shelf.signs.places[sign]
        asked = re.search("`(.*?)`", fault.message)
        message = f"{finding.message}, padahal blok `{instance.block}` memakai `{asked[1] if asked else finding.name}`"
        return problem_at(place, message, finding.remedy, finding.expected)

    def _given(self, instance: Instance) -> dict[str, str]:
        """What a block in place is given, by its own names; what a block hands on is what it was given itself."""
        sign, *outer_signs = instance.signs
        call = self.calls.get((instance.template, sign)) or self.calls[None, sign]
        outer: Mapping[str, str] = {}
        if outer_signs:
            outer = self._given(Instance(instance.template, block_of(sign), tuple(outer_signs)))
        names = (renamed(name, outer) for name in call.given)
        return dict(zip(self.shelf.parameters[instance.block], names, strict=True))

    def _through(self, instance: Instance, sign: str, name: str) -> tuple[str, str]:
        """Under which of its parameters a block speaks of a dotted name, and what that stands for; else nothing."""
        text = self.shelf.signs.places[sign].text or ""
        for parameter, given in self._given(instance).items():
            spoken = re.search(rf"\b{re.escape(parameter)}\b", text)
            if (
                name
                and spoken
                and (name == given or f"{name}.".startswith(f"{given}.") or given.startswith(f"{name}."))
            ):
                return parameter, given
        return "", ""


def _named(papers: list[str]) -> str:
    """The papers that meet a fault, or how many and some of them."""
    if len(papers) <= _SHOWN:
        return f"dalam naskah {', '.join(papers)}"
    return f"dalam {len(papers)} naskah, antara lain {', '.join(papers[:_SHOWN])}"


def block_of(sign: str) -> str:
    """The block in which a sign stands; empty for one in a template."""
    return sign.partition("#")[0].removeprefix("blok/") if sign.startswith("blok/") else ""


def _kind(vocabulary: Mapping[str, Kind], name: str) -> Kind | None:
    """What a dotted name is; None where it is unknown, a variable of a loop among them."""
    kind: Kind | None = Parts(vocabulary)
    for part in name.split("."):
        kind = kind.names.get(part) if isinstance(kind, Parts) else None
    return kind
