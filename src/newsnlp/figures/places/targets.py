"""Where something strikes: the object of a verb that strikes, a target, what people flee."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.places.barred import LONGEST_RECORD, QUOTING, place_words
from newsnlp.figures.places.subjects import forms_before_object
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import event_nouns, verb_forms

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

THAT = frozenset({"que", "qu'"})


@functools.cache
def striking() -> frozenset[str]:
    """Return the verbs whose object is where it happened."""
    forms = (form for lemma in place_words("verbs", "striking") for form in forms_before_object(lemma))
    return frozenset(forms) | place_words("verbs", "striking_forms")


@functools.cache
def befalling() -> frozenset[str]:
    """Return the verbs for what befalls somebody somewhere: *a percuté*, *a chaviré*, *ont ouvert le feu*."""
    forms = (form for lemma in place_words("verbs", "befalling") for form in forms_before_object(lemma))
    return frozenset(forms) | place_words("verbs", "befalling_forms")


def is_struck(sentence: Sentence, position: int) -> bool:
    """``a frappé jeudi l'Équateur``, ``a secoué dans la nuit de lundi la province d'Azilal``, ``fui Khartoum``."""
    verb = position
    while sentence.low(verb) in words("adverbs"):
        verb -= 1
    if sentence.low(verb) in striking() or _is_left(sentence.low(verb)):
        return True
    # "a secoué dans la nuit de lundi la province", not "a détruit 40 maisons, tandis que Gao en promet 20"
    start = max(position - LONGEST_RECORD, sentence.last_before(position, COMMA) + 1)
    opens = sentence.low(position) in words("subject_openers") and sentence.low(position) not in THAT
    return opens and not striking().isdisjoint(sentence.lows(start, position))


def is_target(sentence: Sentence, position: int) -> bool:
    """``une attaque contre Gao``, ``des tirs depuis Kourou``, ``fuir vers le Tchad``: not *cent voix contre Paris*."""
    before = set(sentence.lows(position - QUOTING, position))
    verbs = {verb.event for word in before for table in verb_forms() for verb in table.get(word, ())}
    nouns = {event_nouns()[word][0] for word in before if word in event_nouns()}
    aims = {"attacked", "displaced"} if sentence.low(position) == "vers" else {"attacked"}
    return not aims.isdisjoint(verbs | nouns)


def _is_left(low: str) -> bool:
    """Whether a verb has the place as its object that people flee: *fui Khartoum*."""
    return any(verb.event == "displaced" for table in verb_forms() for verb in table.get(low, ()))
