"""From the probability of each token's tag to the best valid spans, with how likely each is."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.entities.recognition.network import LABELS, TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

Span = tuple[int, int, str, float]
_FLOOR = 1e-6
# A token outside for sure separates one stretch to be decoded from the next.
_OUTSIDE = 0.98


@functools.cache
def _transitions() -> FloatArray:
    """Return 0 where a tag may follow another, and a very low score where it may not."""
    size = len(TAGS)
    allowed = np.zeros((size, size), dtype=bool)
    for before, first in enumerate(TAGS):
        for after, second in enumerate(TAGS):
            inside = first[0] in "BI"
            continues = second[0] in "IL"
            allowed[before, after] = first[2:] == second[2:] if inside and continues else not inside and not continues
    return np.where(allowed, 0.0, -1e4).astype("f")


@functools.cache
def _borders() -> tuple[FloatArray, FloatArray]:
    """Return the scores of the tags that may open, and that may close, a stretch."""
    opening = np.array([0.0 if tag[0] in "OBU" else -1e4 for tag in TAGS], dtype="f")
    closing = np.array([0.0 if tag[0] in "OLU" else -1e4 for tag in TAGS], dtype="f")
    return opening, closing


def decode(probabilities: FloatArray) -> list[Span]:
    """Return the best spans of one line.

    Parameters
    ----------
    probabilities : array of shape (n_tokens, len(TAGS))

    Returns
    -------
    list of (first token, end token, label, probability)
        In order, without overlap. The probability is that of the span's least sure token, summed over the
        boundary tags that agree on the label.
    """
    spans: list[Span] = []
    candidates = np.flatnonzero(probabilities[:, 0] < _OUTSIDE)
    if not len(candidates):
        return spans
    likeliest = probabilities.argmax(axis=1).tolist()
    breaks = np.flatnonzero(np.diff(candidates) > 1) + 1
    for stretch in np.split(candidates, breaks):
        first, end = int(stretch[0]), int(stretch[-1]) + 1
        tags = likeliest[first:end]
        # The likeliest tag of each token, where they can follow each other, is the best sequence already.
        if not _is_valid(tags):
            tags = _viterbi(probabilities[first:end])
        start = first
        for position, tag in enumerate(tags, first):
            name = TAGS[tag]
            if name[0] in "BU":
                start = position
            if name[0] in "LU":
                label, stop = name[2:], position + 1
                spans.append((start, stop, label, _confidence(probabilities[start:stop], label)))
    return spans


def _is_valid(tags: list[int]) -> bool:
    opening, closing = _borders()
    possible = opening[tags[0]] == closing[tags[-1]] == 0
    return possible and not any(_transitions()[pair] for pair in pairwise(tags))


def _viterbi(probabilities: FloatArray) -> list[int]:
    """Return the best sequence of tags that can follow each other."""
    scores = np.log(probabilities + _FLOOR)
    opening, closing = _borders()
    best = scores[0] + opening
    pointers = []
    for row in scores[1:]:
        paths = best[:, None] + _transitions()
        pointer = paths.argmax(axis=0)
        pointers.append(pointer)
        best = paths[pointer, np.arange(len(TAGS))] + row
    tag = int((best + closing).argmax())
    tags = [tag]
    for pointer in reversed(pointers):
        tag = int(pointer[tag])
        tags.append(tag)
    tags.reverse()
    return tags


def _confidence(probabilities: FloatArray, label: str) -> float:
    """Return how likely a span is: the product over its ends, the least inside."""
    column = 1 + 4 * LABELS.index(label)
    if len(probabilities) == 1:
        return float(probabilities[0, column + 3])
    inner = probabilities[1:-1, column : column + 4].sum(axis=1)
    middle = float(inner.min()) if len(inner) else 1.0
    return float(probabilities[0, column]) * float(probabilities[-1, column + 2]) * middle
