"""From a text, and what was found in it, to the numbers that the topic model weighs.

Three kinds of feature: the words of the text (TF-IDF), the reviewed terms of the lexicon by the topic
they point to, and cues from the article's figures and entities, which count as terms.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from newsnlp.lexicons import load_csv
from newsnlp.topics.forms import FORMS, find_forms
from newsnlp.topics.taxonomy import media_topics, root_codes
from newsnlp.topics.words import Hit, Target, Token, find_terms, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.records import Entity, Figure

FloatArray = npt.NDArray[np.float32]

# What a term of weight 1, 2 or 3 in the lexicon counts: a hint, a good sign, a near certainty.
TERM_MASS = (0.0, 0.4, 1.2, 3.0)
# The first words of a text count up to 1 + LEAD_BONUS times, less and less: news says first what it is about.
# Chosen on 300 articles of WiNER-fr train labelled for this project, November 2026.
LEAD_BONUS = 3.0
LEAD_TOKENS = 20.0
# Mass that the share of a topic is taken with, beside that of the terms: one lonely term is not the whole truth.
SHARE_PRIOR = 6.0
# Without these a text of some length is no French prose: English, a table, a list.
MIN_PROSE_TOKENS = 12


@dataclass(slots=True)
class Features:
    """What is known of one text before the model weighs it.

    ``words`` maps each stem to its count and the weight of its first place, ``terms`` each lexicon code
    to its mass, ``forms`` each form of article to the number of its signs, ``places`` each stem to the first offsets
    where it stands,
    ``prose`` is the share of French function words, 1 where the text is too short to tell.
    """

    words: dict[str, tuple[int, float]] = field(default_factory=dict)
    terms: dict[str, float] = field(default_factory=dict)
    forms: dict[str, float] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    content_words: int = 0
    function_words: int = 0
    prose: float = 1.0


@functools.cache
def _cues() -> dict[tuple[str, str], Target]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    columns = ("field", "value", "code", "weight")
    for row in load_csv("topics_cues.csv", columns=columns, key=("field", "value", "code")):
        found.setdefault((row["field"], row["value"]), {})[row["code"]] = float(row["weight"])
    return {key: Target.of(codes) for key, codes in found.items()}


def cue_hits(figures: Sequence[Figure], entities: Sequence[Entity]) -> list[Hit]:
    """Return what the article's figures and entities point to, as hits of the lexicon."""
    cues = _cues()
    hits = []
    for figure in figures:
        start = figure.start if figure.phrase_start is None else figure.phrase_start
        end = figure.end if figure.phrase_end is None else figure.phrase_end
        for name, value in (("event", figure.event), ("kind", str(figure.kind)), ("unit", figure.unit)):
            target = cues.get((name, value or ""))
            if target:
                hits.append(Hit(start, end, f"{name}={value}", target, -1))
    for entity in entities:
        target = cues.get(("label", str(entity.label)))
        if target:
            hits.append(Hit(-1, -1, f"label={entity.label}", target, -1))
    return hits


# Beyond these the bonus is nothing.
_LEAD_WEIGHTS = tuple(1.0 + LEAD_BONUS * math.exp(-position / LEAD_TOKENS) for position in range(300))


def _lead_weight(position: int) -> float:
    return _LEAD_WEIGHTS[position] if position < len(_LEAD_WEIGHTS) else 1.0


def _add_words(features: Features, tokens: Sequence[Token], *, spans: bool, base: int) -> None:
    words, places = features.words, features.places
    for position, (start, end, stem, content) in enumerate(tokens, base):
        if not content:
            features.function_words += stem[0].isalpha()
            continue
        features.content_words += 1
        known = words.get(stem)
        if known is None:
            # The first place, which weighs most, is met first.
            words[stem] = (1, _lead_weight(position))
            if spans:
                places[stem] = (start, end)
        else:
            words[stem] = (known[0] + 1, known[1])
            if spans and stem not in places:
                places[stem] = (start, end)


def _add_terms(features: Features, hits: Iterable[Hit]) -> None:
    counts: dict[str, tuple[int, float, Target]] = {}
    for hit in hits:
        known = counts.get(hit.key)
        if known is None:
            counts[hit.key] = (1, _lead_weight(hit.token) if hit.token >= 0 else 1.0, hit.target)
        else:
            counts[hit.key] = (known[0] + 1, known[1], hit.target)
    for count, weight, target in counts.values():
        # A term of several topics tells less of each.
        share = weight * (1.0 + math.log(count)) / math.sqrt(len(target.codes))
        for code, strength in target.codes:
            features.terms[code] = features.terms.get(code, 0.0) + TERM_MASS[int(strength)] * share


def extract_features(
    text: str, *, title: str | None = None, figures: Sequence[Figure] = (), entities: Sequence[Entity] = ()
) -> Features:
    """Return the features of one text; a title that does not stand in it is read before it."""
    features = Features()
    base = 0
    hits: list[Hit] = []
    heading: list[Token] = []
    if title and title.strip() and title.strip() not in text:
        heading = tokenize(title)
        _add_words(features, heading, spans=False, base=0)
        base = len(heading)
        hits = [hit._replace(start=-1, end=-1) for hit in find_terms(heading)]
    tokens = tokenize(text)
    _add_words(features, tokens, spans=True, base=base)
    features.forms = find_forms([*heading, *tokens], title if base else None, text)
    found = find_terms(tokens)
    features.hits = found + cue_hits(figures, entities)
    if base:
        # Terms of the title and of the text are counted together, so that a repeat is a repeat.
        moved = [hit._replace(token=hit.token + base) if hit.token >= 0 else hit for hit in features.hits]
        _add_terms(features, [*hits, *moved])
        features.hits += hits
    else:
        _add_terms(features, features.hits)
    if len(tokens) >= MIN_PROSE_TOKENS:
        features.prose = features.function_words / max(1, features.function_words + features.content_words)
    return features


@functools.cache
def dense_columns() -> tuple[dict[str, int], npt.NDArray[np.intp]]:
    """Return the place of each code among the term features, and the place of its root among the 17."""
    roots = {code: place for place, code in enumerate(root_codes())}
    codes = {code: place for place, code in enumerate(media_topics())}
    parents = np.array([roots[media_topics()[code].root] for code in codes], dtype=np.intp)
    return codes, parents


def dense_width() -> int:
    """Return the number of term features."""
    return 2 * len(root_codes()) + len(media_topics()) + len(FORMS)


def dense_features(features: Features) -> FloatArray:
    """Return the term features: share and strength of each root, strength of each code, and the forms of article.

    The share says which topic prevails, the strength (a logarithm) whether there is much to go by at all.
    """
    terms = features.terms
    codes, parents = dense_columns()
    mass = np.zeros(len(codes), dtype=np.float32)
    for code, value in terms.items():
        mass[codes[code]] = value
    roots = np.zeros(len(root_codes()), dtype=np.float32)
    np.add.at(roots, parents, mass)
    total = float(roots.sum())
    share = roots / (total + SHARE_PRIOR)
    forms = np.array([features.forms.get(form, 0.0) for form in FORMS], dtype=np.float32)
    strengths = np.log1p(np.concatenate([roots, mass, forms]))
    return np.concatenate([2.0 * share, 0.5 * strengths]).astype(np.float32)
