"""Figures: numbers, quantities, and what they mean."""

from __future__ import annotations

from newsnlp.figures.extract import extract_figures

__all__ = ["extract_figures"]
