"""From the probability of each token's tag to the best valid spans, with how likely each is."""

from __future__ import annotations

import functools
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


def decode(probabilities: FloatArray, *, outside_bias: float = 0.0) -> list[Span]:
    """Return the best spans of one line.

    Parameters
    ----------
    probabilities : array of shape (n_tokens, len(TAGS))
    outside_bias : float
        Added to the log-probability of "outside": negative finds more, positive fewer.

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
    breaks = np.flatnonzero(np.diff(candidates) > 1) + 1
    for stretch in np.split(candidates, breaks):
        first, end = int(stretch[0]), int(stretch[-1]) + 1
        part = probabilities[first:end]
        for start, stop, label in _viterbi(part, outside_bias):
            spans.append((first + start, first + stop, label, _confidence(part[start:stop], label)))
    return spans


def _viterbi(probabilities: FloatArray, outside_bias: float) -> list[tuple[int, int, str]]:
    scores = np.log(probabilities + _FLOOR)
    scores[:, 0] += outside_bias
    opening, closing = _borders()
    if len(scores) == 1:
        name = TAGS[int((scores[0] + opening + closing).argmax())]
        return [(0, 1, name[2:])] if name[0] == "U" else []
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
    spans = []
    start = 0
    for position, index in enumerate(tags):
        name = TAGS[index]
        if name[0] in "BU":
            start = position
        if name[0] in "LU":
            spans.append((start, position + 1, name[2:]))
    return spans


def _confidence(probabilities: FloatArray, label: str) -> float:
    """Return how likely a span is: the product over its ends, the least inside."""
    column = 1 + 4 * LABELS.index(label)
    if len(probabilities) == 1:
        return float(probabilities[0, column + 3])
    inner = probabilities[1:-1, column : column + 4].sum(axis=1)
    middle = float(inner.min()) if len(inner) else 1.0
    return float(probabilities[0, column]) * float(probabilities[-1, column + 2]) * middle
