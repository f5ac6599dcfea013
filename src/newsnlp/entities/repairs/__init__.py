"""Deterministic repairs of what the network found."""
