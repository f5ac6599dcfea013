"""Analyses in the formats of other systems."""
