"""Quantities still to come: a future, an intention, an aim."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import PartBy, PlanBy
from newsnlp.grammar.nouns import words
from newsnlp.lexicons import pattern
from newsnlp.quotes.words import hedge_phrases, hedge_set
from newsnlp.records import Status

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

FUTURE = re.compile(r"\w(?:[eiv]ra|[eiv]ront|dra|dront|ura|uront|rra|rront)$")
PARTICIPLE = pattern("<figures.plans_participle>$")
INFINITIVE = re.compile(r"\w\w(?:er|ir|re|oir)$")
PAST_AFTER_BE = re.compile(r"(?:é|u|i)e?s?$")
REACH = 16
PAST_FUTURE = frozenset({"aura", "auront"})
LISTED = 5
PHRASE_REACH = 8
OF_NOUN = range(3, 6)
"""How long *une croissance de* may be between *prévoit* and its figure."""
CONJUNCTIONS = frozenset({"mais", "tandis", "alors", "puisque", "car"})
LEFT_BREAKS = CONJUNCTIONS | {";", ":", "que", "qu'", "qui", "«", "»", "–", "où", "dont"}
RIGHT_BREAKS = CONJUNCTIONS | {";", ":", "«", "»", "–", "qui", "que", "dont", "où", ","}


def clause_around(draft: Draft) -> tuple[int, int]:
    """Return the bounds of the clause around a figure, as far as punctuation and conjunctions show them."""
    if draft.clause is None:
        draft.clause = _bounds(draft)
    return draft.clause


def _bounds(draft: Draft) -> tuple[int, int]:
    sentence, position = draft.sentence, draft.position
    first = max(0, position - REACH, sentence.last_before(position, LEFT_BREAKS) + 1)
    return first, min(position + REACH, sentence.next_from(position + 1, RIGHT_BREAKS))


def planned(draft: Draft) -> PlanBy | None:
    """Return what shows a quantity as still to come, or None."""
    if _cannot_be_planned(draft):
        return None
    if draft.part_by is PartBy.DONT and draft.parent is not None and draft.parent.status is Status.PLANNED:
        return PlanBy.OF_WHOLE
    if _next_planned(draft):
        return PlanBy.LISTED
    first, end = clause_around(draft)
    # What stands to the right is the predicate of a subject only.
    last = end if draft.is_subject else draft.position + 1
    phrases, signs = draft.sentence.remember("plans", lambda: _find_plans(draft.sentence))
    # A phrase stands before the figure, or soon after it.
    if _within(phrases, first, min(end, draft.position + PHRASE_REACH)):
        return PlanBy.PHRASE
    return next((by for position in _within(signs, first, last) if (by := _sign(draft, position, last))), None)


def _within(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _find_plans(sentence: Sentence) -> tuple[list[int], list[int]]:
    """Return where a phrase begins that shows a plan (*d'ici à 2028*, *un objectif de*), and words that may show it."""
    phrases, signs = [], []
    starts = hedge_phrases("planned", "phrases")
    verbs = hedge_set("planned", "verbs") | hedge_set("planned", "with_object")
    for position, low in enumerate(sentence.words):
        if any(sentence.matches(position, phrase) for phrase in starts.get(low, ())):
            phrases.append(position)
        shows = low in verbs or low in PAST_FUTURE or FUTURE.search(low)
        if shows and sentence.is_word(position):
            signs.append(position)
    return phrases, signs


def _next_planned(draft: Draft) -> bool:
    """``prévoit la moitié des TGV, deux TER sur cinq et un sur trois``: planned like the first of the list."""
    before = draft.before
    if before is None or before.plan_by not in (PlanBy.OBJECT, PlanBy.LISTED):
        return False
    between = draft.sentence.lows(before.noun_end, draft.position)
    return len(between) <= LISTED and between[-1:] in ((",",), ("et",)) and before.kind in (draft.kind, "percent")


def _cannot_be_planned(draft: Draft) -> bool:
    if draft.kind in ("age", "score") or (draft.kind == "rank" and draft.sentence.low(draft.position - 1) == ","):
        return True
    # "90 sièges sur les 577": the whole is there already; "à 4,6 %, après 5,4 %": what it is compared with.
    return draft.is_total or draft.sentence.low(draft.position - 1) in ("après", "contre")


def _sign(draft: Draft, position: int, last: int) -> PlanBy | None:
    sentence = draft.sentence
    low = sentence.low(position)
    if _is_future(sentence, position):
        return PlanBy.FUTURE
    if low in hedge_set("planned", "verbs") and _infinitive_after(sentence, position, last):
        return PlanBy.INTENTION
    if position < draft.position and low in hedge_set("planned", "with_object"):
        between = sentence.lows(position + 1, draft.position)
        of_noun = len(between) in OF_NOUN and between[0] in words("determiners") and between[-1] in ("de", "d'")
        if of_noun or set(between) <= words("adverbs"):
            return PlanBy.OBJECT
    return None


def _is_future(sentence: Sentence, position: int) -> bool:
    low = sentence.low(position)
    if low in PAST_FUTURE:
        # "aura fait 12 morts" sums up the past; "aura 12 classes" is a future.
        after = position + 1
        while sentence.low(after) in words("adverbs"):
            after += 1
        return not PARTICIPLE.search(sentence.low(after) or "é")
    if not FUTURE.search(low) or sentence.is_capitalised(position) or low in hedge_set("planned", "no_future"):
        return False
    before = sentence.low(position - 1)
    # "la caméra", but "les seront" is no phrase: a plural in -ront is a verb, a singular after a determiner a noun.
    return before not in words("determiners") or (before in ("la", "le", "l'", "les") and low.endswith("ront"))


def _infinitive_after(sentence: Sentence, position: int, last: int) -> bool:
    for step in range(position + 1, min(position + 4, last)):
        low = sentence.low(step)
        if INFINITIVE.search(low) and low not in hedge_set("planned", "no_infinitive"):
            # "devrait avoir fait": a guess at the past, no plan.
            return low not in ("avoir", "être") or not PAST_AFTER_BE.search(sentence.low(step + 1))
        if low not in words("adverbs") and low not in hedge_set("planned", "before_infinitive"):
            return False
    return False
