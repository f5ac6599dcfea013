"""How much an article is about each of its entities, from 0 to 1."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Weights of the three parts. Set by judgement on Wikinews train articles (2026-11), not fitted: there is no gold.
_FREQUENCY, _POSITION, _SPREAD = 0.5, 0.3, 0.2
_PIECES = 5
# After this share of the text, a first mention is worth half of one at the very beginning.
_HALF_LIFE = 0.25


def salience(starts: Sequence[int], *, length: int, most: int, headline_end: int = 0) -> float:
    """Return the salience of an entity.

    ``0.5 * log(1 + mentions) / log(1 + most) + 0.3 * position + 0.2 * spread``: `most` is the mention count of the
    entity mentioned most; position is 1 where the headline names the entity and otherwise halves with every
    quarter of the text before its first mention; spread is the share of the text's five fifths that name it.

    Parameters
    ----------
    starts : sequence of int
        Offsets of the mentions.
    length : int
        Length of the text, in characters.
    most : int
        Mentions of the entity mentioned most.
    headline_end : int
        Where the headline ends; 0 where there is none.

    Returns
    -------
    float
        From 0 to 1, rounded to three decimals.

    Examples
    --------
    >>> salience([0, 400, 900], length=1000, most=3, headline_end=80)
    0.92
    >>> salience([900], length=1000, most=3)
    0.315
    """
    if not starts or length <= 0:
        return 0.0
    frequency = math.log1p(len(starts)) / math.log1p(max(most, len(starts)))
    first = min(starts)
    position = 1.0 if first < headline_end else 0.5 ** (first / length / _HALF_LIFE)
    # One mention in one fifth: most entities.
    fifths = {0} if len(starts) == 1 else {min(_PIECES - 1, start * _PIECES // length) for start in starts}
    return round(_FREQUENCY * frequency + _POSITION * position + _SPREAD * len(fifths) / _PIECES, 3)
