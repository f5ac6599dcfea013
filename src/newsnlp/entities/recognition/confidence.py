"""How sure newsnlp is of a mention: a calibrated probability that span and label are both right."""

from __future__ import annotations

import functools
import json
import math
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, plain_kind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsnlp.entities.recognition.lines import Candidate, Words

FEATURES = (
    "log_odds",
    "is_person",
    "is_organisation",
    "two_words",
    "three_or_more_words",
    "five_or_more_words",
    "organisation_head",
    "line_start",
    "known_and_agrees",
    "known_and_differs",
    "given_name_first",
    "repeated",
    "relabelled",
    "added",
    "changed_ends",
    "all_capitals",
)
# Coefficients of the small network alone, and of it with the encoder.
SCORES, SCORES_ACCURATE = "scores.json", "scores_accurate.json"
_LABELS = {"country": "LOC", "city": "LOC", "region": "LOC", "seat": "ORG", "organisation": "ORG"}
_CLIP = 1e-3
_LONG = 3
_VERY_LONG = 5


def score_features(doc: Words, candidates: list[Candidate]) -> list[list[float]]:
    """Return, for each candidate, the values of `FEATURES`."""
    texts = [doc[c.start : c.end].text for c in candidates]
    counts = Counter((text, c.label) for text, c in zip(texts, candidates, strict=True))
    return [_features(c, text, counts[text, c.label]) for c, text in zip(candidates, texts, strict=True)]


def _features(candidate: Candidate, text: str, count: int) -> list[float]:
    probability = min(max(candidate.probability, _CLIP), 1 - _CLIP)
    words = candidate.end - candidate.start
    kind = plain_kind(text)
    first = fold(text.split(" ", 1)[0])
    return [
        math.log(probability / (1 - probability)),
        float(candidate.label == "PER"),
        float(candidate.label == "ORG"),
        float(words == _LONG - 1),
        float(words >= _LONG),
        float(words >= _VERY_LONG),
        float(candidate.label == "ORG" and words > 1 and first in cue_words()["organisation_heads"]),
        float(candidate.line is not None and candidate.start == int(candidate.line.tokens[0])),
        float(kind is not None and _LABELS[kind] == candidate.label),
        float(kind is not None and _LABELS[kind] != candidate.label),
        float(candidate.label == "PER" and words > 1 and first in first_names()),
        min(math.log2(count), 3.0),
        float(candidate.relabelled),
        float(candidate.is_repeat),
        float(candidate.changed_ends),
        float(text.isupper() and len(text) > _LONG),
    ]


@functools.cache
def _coefficients(name: str) -> Mapping[str, float]:
    """Return what ``training/entities/calibrate.py`` fitted."""
    file = resources.files("newsnlp.entities").joinpath("weights", name)
    coefficients: dict[str, float] = json.loads(file.read_text("utf-8"))
    return coefficients


def scores(doc: Words, candidates: list[Candidate], *, accurate: bool = False) -> list[float]:
    """Return, for each candidate, the probability that its span and its label are right.

    Notes
    -----
    A logistic regression, fitted on held-out Wikinews articles and sentences of other kinds of news (equal weight):
    see ``docs/entities-finding.md`` for how far it may be trusted. MISC is scored as a place is; nothing measures it.
    """
    weights = _coefficients(SCORES_ACCURATE if accurate else SCORES)
    order = [weights[name] for name in FEATURES]
    return [
        round(1 / (1 + math.exp(-weights["intercept"] - sum(w * v for w, v in zip(order, row, strict=True)))), 3)
        for row in score_features(doc, candidates)
    ]
