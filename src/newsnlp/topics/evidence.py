"""The words that decided: for one code, the places of the text that spoke most for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.topics.features import TERM_MASS
from newsnlp.topics.taxonomy import media_topics

if TYPE_CHECKING:
    from newsnlp.topics.features import Features
    from newsnlp.topics.model import TopicModel

MAX_EVIDENCE = 6
# A word that moves the log-odds by less is not worth showing.
MIN_PULL = 0.08
# What a unit of lexicon mass moves the log-odds by, roughly; ranks terms against words.
PULL_OF_MASS = 0.4

Span = tuple[int, int]


def find_evidence(features: Features, model: TopicModel, code: str) -> list[Span]:
    """Return up to six places, strongest first, without overlap; what stands in a separate title has none.

    Terms of the lexicon count by their weight, words by what they add to the score. Of a word that recurs the
    first place is given.
    """
    known = media_topics()
    candidates: dict[Span, float] = {}
    seen: set[str] = set()
    for hit in features.hits:
        weight = max((w for c, w in hit.codes if c == code or known[c].root == code), default=0.0)
        if weight and hit.start >= 0 and hit.key not in seen:
            seen.add(hit.key)
            span = (hit.start, hit.end)
            pull = PULL_OF_MASS * TERM_MASS[int(weight)] / len(hit.codes) ** 0.5
            candidates[span] = max(pull, candidates.get(span, 0.0))
    column = model.codes.index(code)
    for pull, word in model.word_pull(features, column):
        if pull < MIN_PULL:
            break
        places = features.places.get(word)
        if places:
            candidates[places[0]] = candidates.get(places[0], 0.0) + pull
    chosen: list[Span] = []
    for span in sorted(candidates, key=lambda item: (-candidates[item], item)):
        if all(span[1] <= start or end <= span[0] for start, end in chosen):
            chosen.append(span)
            if len(chosen) == MAX_EVIDENCE:
                break
    return chosen
