"""Figures: numbers, quantities, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.figures.extract import extract_figures

__all__ = ["extract_figures"]


def __getattr__(name: str) -> object:
    # Reading a numeral must not cost the whole layer of meaning.
    if name == "extract_figures":
        from newsnlp.figures.extract import extract_figures

        return extract_figures
    message = f"module 'newsnlp.figures' has no attribute {name!r}"
    raise AttributeError(message)
