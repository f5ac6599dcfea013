"""Label a text with IPTC Media Topics, by the built-in model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.records import Entity, Figure, Mention, Topic
from newsnlp.topics.explanation import find_evidence
from newsnlp.topics.features import Features, FloatArray, extract_features
from newsnlp.topics.model import TopicModel, load_model
from newsnlp.topics.taxonomy import media_topic, root_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

# A text with fewer words of substance tells too little.
MIN_CONTENT_WORDS = 2
# A word that decides alone may be a figure of speech: *coup d'envoi*, *suffrages*, *prime*.
MOST_OF_ONE_WORD = 0.59
# A first topic whose lead or whose log-odds are beyond these is no surer.
MOST_LEAD = 9.2
MOST_SHOWN = 4.0
# French news has a third or more of function words; below this share it is a table, a list or another language.
MIN_PROSE = 0.12


def label_topics(
    doc: Any,
    *,
    title: str | None = None,
    mentions: Sequence[Mention] = (),  # noqa: ARG001  # part of the extractors' common signature
    entities: Sequence[Entity] = (),
    figures: Sequence[Figure] = (),
) -> list[Topic]:
    """Return the topics of an article: level 1 best first, then level 2 best first.

    Parameters
    ----------
    doc : spacy.tokens.Doc or str
        The text; evidence is given in its own character offsets.
    title : str, optional
        Headline, where it does not stand in the text.
    mentions, entities, figures : sequence, optional
        What was found in the article; figures and entities are taken as further signs of its subject.

    Returns
    -------
    list of Topic
        None or several. ``score`` is calibrated: of topics scored 0.8, about eight in ten are right.

    Notes
    -----
    A text of two words, in another language, or without prose gets no topic or a low score. Places and genres
    (International, Idées, Disparitions) are no topics.

    Examples
    --------
    >>> text = "Le PSG bat l'OM en finale de la Coupe de France grâce à un but de son attaquant."
    >>> [topic.name for topic in label_topics(text) if topic.level == 1]
    ['Sport']
    >>> label_topics("Bonjour.")
    []
    """
    text = doc if isinstance(doc, str) else doc.text
    features = extract_features(text, title=title, figures=figures, entities=entities)
    return decide_topics(features, load_model(), text)


def abstention(text: str, *, title: str | None = None) -> str:
    """Return why a text got no topic, in the words of ``meta``.

    Examples
    --------
    >>> abstention("Bonjour.")
    'too few words'
    """
    features = extract_features(text, title=title)
    if features.content_words < MIN_CONTENT_WORDS:
        return "too few words"
    return "no French prose" if features.prose < MIN_PROSE else "no topic stands out"


def damping(features: Features) -> float:
    """Return what scores are multiplied by: less than 1 for a text that is hardly French prose, or hardly a text."""
    words = features.content_words
    enough = 1.0 if words >= 6 else 0.4 + 0.1 * words  # noqa: PLR2004
    return enough * min(1.0, features.prose / MIN_PROSE)


def first_signs(likely: FloatArray, log_odds: FloatArray) -> FloatArray:
    """Return what tells whether a first topic is right: its lead over the others, and whether it shows by itself."""
    lead = np.log(likely / np.maximum(1e-12, 1.0 - likely))
    signs = [np.clip(lead, -MOST_LEAD, MOST_LEAD), np.clip(log_odds, -MOST_SHOWN, MOST_SHOWN)]
    return np.stack(signs, axis=-1)


def rank_roots(log_odds: FloatArray, settings: dict[str, Any]) -> tuple[list[int], float]:
    """Return the topics of level 1 best first, and the calibrated score of the first.

    The log-odds say whether a text has a topic; what it has first is seen beside the others, in the proportions of a
    newspaper: ministers act in most of its articles, and few of them are filed under politics.
    """
    own = log_odds[: len(root_codes())].tolist()
    raised = [settings["slope"] * value + offset for value, offset in zip(own, settings["offsets"], strict=True)]
    ranked = sorted(range(len(own)), key=lambda column: (-raised[column], column))
    best = ranked[0]
    others = sum(math.exp(raised[column] - raised[best]) for column in ranked[1:])
    # The signs of `first_signs`, of one text.
    lead = max(-MOST_LEAD, min(MOST_LEAD, -math.log(others)))
    shown = max(-MOST_SHOWN, min(MOST_SHOWN, own[best]))
    of_lead, of_shown, intercept = settings["score"]
    return ranked, 1.0 / (1.0 + math.exp(-(of_lead * lead + of_shown * shown + intercept)))


def decide_topics(features: Features, model: TopicModel, text: str) -> list[Topic]:
    """Return the topics of one text from its features."""
    if features.content_words < MIN_CONTENT_WORDS:
        return []
    settings = model.config["decision"]
    reading = model.word_vector(features.words)
    log_odds = model.decide(features, reading)
    factor = damping(features)
    ranked, sure = rank_roots(log_odds, model.config["first"])
    best = ranked[0]
    scores = {best: factor * sure}
    if scores[best] < settings["first"]:
        return []
    # An article may have a second subject, but the surer the first, the more the second must show.
    floor = settings["further"] + settings["ratio"] * max(0.0, float(log_odds[best]))
    chosen = [best, *(column for column in ranked[1 : settings["most"]] if float(log_odds[column]) >= floor)]
    for column in chosen[1:]:
        raised = settings["further_slope"] * float(log_odds[column]) + settings["further_intercept"]
        scores[column] = min(scores[best], factor / (1.0 + math.exp(-raised)))
    second = []
    for column, parent in model.parents:
        if parent in scores and log_odds[column] > 0:
            own = scores[parent] / (1.0 + math.exp(-float(log_odds[column])))
            if own >= settings["level2"]:
                second.append((own, column))
    second = sorted(second, key=lambda item: (-item[0], item[1]))[: settings["most_level2"]]
    found = [*((scores[column], column) for column in chosen), *second]
    evidence = find_evidence(features, model, reading, [model.codes[column] for _, column in found])
    topics: list[Topic] = []
    most: dict[int, float] = {}
    parents = dict(model.parents)
    for (value, column), (spans, alone) in zip(found, evidence, strict=True):
        topic = media_topic(model.codes[column])
        if topic.level > 1 and not spans:
            continue
        # No topic is surer than the first, and a narrower one no surer than that it stands under.
        above = most.get(parents.get(column, best), 1.0)
        most[column] = min(value, above, MOST_OF_ONE_WORD if alone else 1.0)
        topics.append(
            Topic(
                code=topic.code,
                name=topic.name,
                level=topic.level,
                score=round(most[column], 4),
                evidence=tuple(text[start:end] for start, end in spans),
                evidence_spans=tuple(spans),
            )
        )
    # Python's sort keeps the order of equals.
    return sorted(topics, key=lambda topic: (topic.level, -topic.score))
