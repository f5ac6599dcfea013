"""Quantities that somebody foresees, announces, aims at or asks for: *prévoit 300 postes*, *a annoncé que*."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.verbs import is_infinitive
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import word_set
from newsnlp.quotes.words import governing, hedge_set, intending, is_conditional, is_future

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

LISTED = 5
THAT_BACK = 5
"""How far before its clause a verb stands: *a promis que*, *a annoncé lundi soir que*."""
OF_NOUN = range(2, 12)
"""How long *une croissance de* or *une augmentation de capital de* may be between *prévoit* and its figure."""
PERFECT = frozenset({"ait", "aient"})
PERFECT_HEARSAY = frozenset({"aurait", "auraient"})
REFLEXIVE = frozenset({"s'", "se"})
OF = frozenset({"de", "d'"})
STRESSED = frozenset({"lui", "elle", "eux", "elles"})
SIGNS = frozenset({"-", "−", "–", "+"})
YEAR = 4
MEANS_BACK = 2
"""Of how many figures before *en débloquant 800 millions* one may be the plan."""


@functools.cache
def _before_that() -> frozenset[str]:
    return intending() | governing("decides", "proposes") | hedge_set("announcing", "words")


def foreseen(draft: Draft, first: int, end: int) -> tuple[bool, int | None]:
    """Return whether a clause tells what was foreseen, and the verb before it that says so.

    ``prévoyait que 300 emplois seraient créés``, ``un sur dix fermerait, redoute-t-il``.
    """
    sentence, fears = draft.sentence, governing("fears")
    if sentence.low(first - 1) not in ("que", "qu'"):
        # An inserted verb of fear makes a conditional a forecast.
        feared = sentence.low(end) == "," and sentence.low(end + 1).partition("-")[0] in fears
        return feared and _is_to_come(sentence.lows(first, end)), None
    announcing = hedge_set("announcing", "words")
    verb = sentence.last_before(first - 1, _before_that())
    if sentence.low(verb - 1) in words("determiners") or (verb > 0 and sentence.is_capitalised(verb)):
        return False, None  # "Le Programme mondial estime que"
    if verb < max(0, first - THAT_BACK):
        return False, None
    told = sentence.lows(first, end)
    of_mood = governing("fears", "foresees", "demands", "wishes")
    if not _is_to_come(told) and (sentence.low(verb) not in of_mood or _is_perfect(told)):
        return False, None
    # "a annoncé que trois prisons seraient construites", but "a annoncé que douze hommes auraient été tués"
    if sentence.low(verb) in announcing and (draft.event in HURT or not PERFECT_HEARSAY.isdisjoint(told)):
        return False, None
    return True, verb


def _is_perfect(told: tuple[str, ...]) -> bool:
    """``craint qu'ils n'aient fui``; not *qu'il n'y ait 20 victimes*."""
    return any(low in PERFECT and told[step - 1] != "y" for step, low in enumerate(told))


def _is_to_come(told: tuple[str, ...]) -> bool:
    return any(is_conditional(low) or is_future(low) for low in told)


def aimed_at(draft: Draft) -> bool:
    """``loin des 3,8 % que visait Rome``, ``contre 1 % dans ses projections d'avril``: a plan that was not kept."""
    sentence, after = draft.sentence, max(draft.noun_end, draft.position + 1)
    if sentence.low(after) == "dans":
        return sentence.low(after + 2) in hedge_set("planned", "forecasts")
    if sentence.low(after) not in ("que", "qu'"):
        return False
    aims = governing("foresees", "fears")
    end = min(after + LISTED, sentence.next_from(after, COMMA))
    # "les 150 classes que l'État s'était engagé à construire"
    verb = sentence.next_from(after, intending())
    is_aim = verb < end and any(is_infinitive(low) for low in sentence.lows(verb + 1, verb + 3))
    return is_aim or sentence.next_from(after, aims) < end


def is_object(draft: Draft, verb: int) -> bool:
    """``prévoit 300 postes``, ``table désormais sur une hausse de 3 %``, ``n'en a promis que 120``."""
    sentence = draft.sentence
    if sentence.low(verb - 1) in words("determiners"):
        return False  # "la demande", "le programme"
    calls = sentence.low(verb) in governing("calls")
    of_court = sentence.next_from(verb + 1, frozenset({"au", "aux"})) == verb + 1
    if of_court and draft.position == verb + 3 and not draft.counts:
        return True  # "a demandé au tribunal 50 000 euros"
    if calls and "à" not in sentence.lows(verb + 1, verb + 3):
        return False  # "a appelé trois ministres"
    step = verb + 1
    while step < draft.position and sentence.low(step) not in words("determiners"):
        low = sentence.low(step)
        if low == ",":
            step = sentence.next_from(step + 1, COMMA)  # "a promis, depuis Lens, une aide de"
        elif low in OF and sentence.low(step + 1) in STRESSED:
            step += 1  # "attend de lui un effort de"
        elif low == "à" and not (calls or sentence.low(verb - 1) in REFLEXIVE or _is_term(sentence, step)):
            return False  # "s'attend à un déficit de", but "a demandé à 12 témoins"
        elif (
            low not in hedge_set("planned", "before_object")
            and low not in words("adverbs")
            and not _is_time(sentence, step)
        ):
            return False
        step += 1
    if step >= draft.position:
        return step == draft.position
    signed = sentence.low(draft.position - 1) in SIGNS
    between = sentence.lows(step, draft.position - signed)
    is_open = between[-1] in ("de", "d'", "à") or sentence.texts[draft.position][:2].isalpha()
    return is_open and len(between) in OF_NOUN and all(low[0].isalpha() and low not in auxiliaries() for low in between)


def _is_term(sentence: Sentence, position: int) -> bool:
    """``vise à terme une baisse de``, ``prévoit à long terme 300 postes``."""
    return "terme" in sentence.lows(position + 1, position + 3)


def _is_time(sentence: Sentence, position: int) -> bool:
    """``tablait en septembre sur 3 %``, ``prévoit pour 2019 une inflation de``: when it was foreseen, or for when."""
    low = sentence.low(position + (sentence.low(position) == "pour"))
    is_year = low.isdigit() and len(low) == YEAR
    return is_year or low in word_set("calendar.months") or low in hedge_set("planned", "times")


def is_means(draft: Draft) -> bool:
    """``prévoit la construction d'une prison en débloquant 800 millions``: how what is planned will be done."""
    sentence = draft.sentence
    if sentence.low(draft.position - 2) != "en" or not sentence.low(draft.position - 1).endswith("ant"):
        return False
    number = sentence.drafts_from(draft.position)
    return any(before.plan_by is not None for before in sentence.drafts[max(0, number - MEANS_BACK) : number])


def is_same(draft: Draft) -> bool:
    """``doit verser 800 millions de réals, soit 250 millions d'euros``: the planned amount in other words."""
    before = draft.before
    if before is None or before.plan_by is None:
        return False
    between = draft.sentence.lows(before.noun_end, draft.position)
    return between[-1:] in (("soit",), ("voire",)) and between[-2:-1] in ((), (",",), ("(",))
