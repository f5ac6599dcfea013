"""A place that acts: what it does at home is there, what it sends, gives or says is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.places.barred import ARTICLES, giving, is_wide, place_words
from newsnlp.figures.places.clauses import LATER, PLACE_FOLLOWS, WITH, clauses_between
from newsnlp.figures.places.counted import is_scored
from newsnlp.grammar.nouns import CLITICS, words
from newsnlp.grammar.verbs import is_finite, is_infinitive
from newsnlp.grammar.words import auxiliaries, grammar
from newsnlp.quotes.words import governing, is_future, saying_verbs
from newsnlp.records import FigureEvent, Kind

if TYPE_CHECKING:
    from newsnlp.figures.places.background import Standing
    from newsnlp.grammar.drafts import Draft

AT_HOME = frozenset({FigureEvent.ARRESTED, FigureEvent.DISPLACED, FigureEvent.RELEASED, FigureEvent.SENTENCED})
"""What a state does on its own ground; it kills and sends troops elsewhere."""

REACH_OF_SUBJECT = 8
REACH_OF_COUNT = 18


def cost_of_actor(draft: Draft, place: Standing) -> int:
    """Return how far a figure is from a place that acts, or whose people act."""
    if place.lead < place.first and not is_bare(draft, place):
        return _cost_of_serving(draft, place)
    # "Francfort a cédé 0,2 %": whose quantity it is that changed.
    distance = draft.position - place.last
    moved = draft.change is not None and not draft.counts and 0 < distance <= REACH_OF_SUBJECT
    # "La Turquie a arrêté 30 journalistes", "Les États-Unis ont expulsé 35 diplomates"
    at_home = draft.event in AT_HOME and is_wide(place.name.text) and 0 < distance <= REACH_OF_COUNT
    near = (moved or at_home) and clauses_between(draft.sentence.lows(place.last + 1, draft.position)) <= 1
    return 2 if near or _makes(draft, place) else LATER


def is_bare(draft: Draft, place: Standing) -> bool:
    """Whether nothing but its article stands before the name of a place."""
    return ARTICLES.issuperset(draft.sentence.lows(place.lead, place.first))


def _cost_of_serving(draft: Draft, place: Standing) -> int:
    """``La police de Toulouse a arrêté 14 personnes``: who serves a town does so there, unless another is named."""
    between = draft.sentence.lows(place.last + 1, draft.position)
    if not 0 < len(between) <= REACH_OF_SUBJECT:
        return LATER
    acts = between[0] in auxiliaries() or between[0] in place_words("verbs", "modal") or is_future(between[0])
    # "Les pompiers de Valdoie ont conduit trois blessés à l'hôpital"
    near = (
        acts
        and not clauses_between(between)
        and (PLACE_FOLLOWS | WITH | place_words("nouns", "moved")).isdisjoint(between)
    )
    near = near and draft.sentence.low(max(draft.noun_end, draft.position + 1)) not in ("à", "au", "aux")
    return 3 if near and draft.event != FigureEvent.DEPLOYED else LATER


def _makes(draft: Draft, place: Standing) -> bool:
    """``La Côte d'Ivoire a récolté 1,7 million de tonnes``: a country does at home what names nobody else."""
    sentence, verb = draft.sentence, place.last + 1
    if (
        draft.position < verb
        or draft.event
        or not (draft.counts or draft.kind is Kind.MEASURE)
        or not is_wide(place.name.text)
        or is_scored(draft)
    ):
        return False
    while sentence.low(verb) in words("adverbs") or sentence.low(verb) in CLITICS:
        verb += 1
    has = sentence.low(verb) in grammar("auxiliaries", "have")
    verb += has
    while sentence.low(verb) in words("adverbs"):
        verb += 1
    if sentence.low(verb) in place_words("verbs", "modal") and is_infinitive(sentence.low(verb + 1)):
        verb += 1  # "l'Égypte pourrait attirer 30 millions de touristes"
    elif not (has or is_finite(sentence, verb) or sentence.is_word(verb)):
        return False
    if sentence.lows(verb + 1, draft.position) not in ((), ("près", "de")):
        return False
    low = sentence.low(verb)
    said = (
        low in saying_verbs()[0] or low in saying_verbs()[1] or low in giving() or low in place_words("verbs", "modal")
    )
    governed = governing("foresees", "demands", "fears", "wishes", "decides", "proposes", "calls", agreeing=True)
    return sentence.is_word(verb) and not (said or low in governed)
