"""The words that decided: for one code, the places of the text that spoke most for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.topics.features import TERM_MASS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.topics.features import Features
    from newsnlp.topics.model import Reading, TopicModel

MAX_EVIDENCE = 6
# A word that moves the log-odds by less is not worth showing.
MIN_PULL = 0.08
# What a unit of lexicon mass moves the log-odds by, roughly; ranks terms against words.
PULL_OF_MASS = 0.4

Span = tuple[int, int]


def find_evidence(features: Features, model: TopicModel, reading: Reading, codes: Sequence[str]) -> list[list[Span]]:
    """Return for each code up to six places, strongest first, without overlap.

    Terms of the lexicon count by their weight, words by what they add to the score. Of a word that recurs the
    first place is given; what stands in a separate title has none.
    """
    columns = [model.codes.index(code) for code in codes]
    pulls = model.word_pulls(reading, columns, MIN_PULL)
    return [_rank(features, code, words) for code, words in zip(codes, pulls, strict=True)]


def _rank(features: Features, code: str, words: Sequence[tuple[float, str]]) -> list[Span]:
    candidates: dict[Span, float] = {}
    seen: set[str] = set()
    for hit in features.hits:
        if hit.start < 0 or hit.key in seen:
            continue
        weight = hit.target.reach.get(code)
        if weight:
            seen.add(hit.key)
            span = (hit.start, hit.end)
            pull = PULL_OF_MASS * TERM_MASS[int(weight)] / len(hit.target.codes) ** 0.5
            candidates[span] = max(pull, candidates.get(span, 0.0))
    for pull, word in words:
        place = features.places.get(word)
        if place:
            candidates[place] = candidates.get(place, 0.0) + pull
    chosen: list[Span] = []
    for span in sorted(candidates, key=lambda item: (-candidates[item], item)):
        if all(span[1] <= start or end <= span[0] for start, end in chosen):
            chosen.append(span)
            if len(chosen) == MAX_EVIDENCE:
                break
    return chosen
