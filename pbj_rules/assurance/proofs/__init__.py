"""Gaps, overlaps, dead rows and endless loops of the rules: proved twice, by a solver and by enumeration."""
