"""Reads a YAML or JSON file into a tree whose every node knows its line.

The reader admits less than YAML allows, so that a file means the same to every reader: the YAML 1.2
core schema only (``ya`` and ``yes`` are text), no tags, no duplicate keys, text keys, UTF-8, bounded
size, depth and number of nodes (an alias counts as often as it is used).
"""

from pbj_rules.reading.characters import UNPRINTABLE, one_line, printable, told_unprintable
from pbj_rules.reading.files import read_file, read_text
from pbj_rules.reading.nodes import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, Node
from pbj_rules.reading.python_values import node_from_python

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_PROBLEMS",
    "UNPRINTABLE",
    "Node",
    "node_from_python",
    "one_line",
    "printable",
    "read_file",
    "read_text",
    "told_unprintable",
]
