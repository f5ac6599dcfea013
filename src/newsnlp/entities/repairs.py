"""Deterministic repairs of what the network found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newsnlp.entities.lines import Candidate

MOST_WORDS = 12


def repair(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:  # noqa: ARG001
    """Return the candidates, in text order, without overlap."""
    return [c for c in candidates if c.end - c.start <= MOST_WORDS]
