"""Tracked changes that lead from one paper to another."""
