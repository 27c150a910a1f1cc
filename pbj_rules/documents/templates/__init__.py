"""From a Word file that staff edit to code that renders it: blocks in place, dressed, parsed, compiled."""
