"""Where the small network is in doubt, the encoder is asked, and what both hold likely is mixed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.recognition.encoder import load_encoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from newsnlp.entities.recognition.lines import Line, Words

    FloatArray = NDArray[np.float32]

# A sentence is asked about where the likeliest tag of one of its words is less likely than this.
SURE = 0.9
# What the encoder's word counts beside the small network's.
ACCURATE_SHARE = 0.5


def ask_encoder(doc: Words, lines: list[Line], probabilities: FloatArray) -> None:
    """Mix what the encoder holds likely into the probabilities of the words of some lines, in place."""
    asked: list[tuple[int, Line, int, int]] = []
    row = 0
    for line in lines:
        asked += [(row, line, *stretch) for stretch in doubtful(doc, line, probabilities[row : row + len(line.words)])]
        row += len(line.words)
    if not asked:
        return
    answers = load_encoder().tag_probabilities([(line.words[a:b], line.spaces[a:b]) for _, line, a, b in asked])
    for (row, _, start, end), answer in zip(asked, answers, strict=True):
        here = probabilities[row + start : row + end]
        here *= 1 - ACCURATE_SHARE
        here += ACCURATE_SHARE * answer


def doubtful(doc: Words, line: Line, probabilities: FloatArray) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a line, by its words, in which the network is in doubt."""
    likeliest = probabilities.max(axis=1)
    openings = [place for place, token in enumerate(line.tokens.tolist()) if place and doc[token].is_sent_start]
    for start, end in pairwise((0, *openings, len(line.words))):
        if likeliest[start:end].min() < SURE:
            yield start, end
