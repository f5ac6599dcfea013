"""How sure newsnlp is of a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.entities.lines import Candidate


def score(candidate: Candidate) -> float:
    """Return the probability that span and label are right."""
    return round(candidate.probability, 4)
