"""The SOPs as BPMN 2.0 files: a process with its lanes, tasks, gateways and conditions, laid out."""

from __future__ import annotations

from collections.abc import Iterable

from pbj_rules.assurance.bpmn.placing import placed
from pbj_rules.assurance.bpmn.process import process_of
from pbj_rules.assurance.bpmn.writing import bpmn_file
from pbj_rules.documents.rendering import Paper
from pbj_rules.regulation.model import Regulation

__all__ = ["bpmn_files"]


def bpmn_files(regulation: Regulation, sops: Iterable[str]) -> tuple[Paper, ...]:
    """A file for each SOP, named after it. Raises RuleError where BPMN cannot say what the rules say."""
    found = []
    for name in sops:
        process = process_of(regulation, regulation.sop[name])
        content = bpmn_file(regulation, process, placed(regulation, process))
        found.append(Paper(None, name, f"{name}.bpmn", content, ()))
    return tuple(found)
