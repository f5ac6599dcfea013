"""Quantities still to come: a future, an intention, an aim."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import PartBy, PlanBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import pattern
from newsnlp.quotes.words import hedge_phrases, hedge_set, is_conditional, is_future
from newsnlp.records import Status

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

PARTICIPLE = pattern("<figures.plans_participle>$")
INFINITIVE = pattern("<figures_hedges.planned.infinitive>$")
PAST_AFTER_BE = re.compile(r"(?:é|u|i)e?s?$")
REACH = 16
PAST_FUTURE = frozenset({"aura", "auront"})
LISTED = 5
PHRASE_REACH = 8
OPENING = 1
DEFINITE = frozenset({"les", "ces", "ses", "leurs", "nos"})
INFINITIVE_REACH = 6
BRACKETS = frozenset({"(", ")"})
JOINT = frozenset({"et"})
VERB_BACK = 3
"""How far before its clause a verb stands: *exige « 2,5 milliards »*, *a promis que*."""
OF_NOUN = range(3, 8)
"""How long *une croissance de* or *une augmentation de capital de* may be between *prévoit* and its figure."""
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
    end = min(position + REACH, sentence.next_from(position + 1, RIGHT_BREAKS))
    # "(50 µg) vont être dépassés": what stands beside the bracket around a figure is not said of it.
    opened, closed = sentence.last_before(position, BRACKETS), sentence.next_from(position + 1, BRACKETS)
    first = max(first, opened + 1) if sentence.low(opened) == "(" else first
    return first, min(end, closed) if sentence.low(closed) == ")" else end


def planned(draft: Draft) -> PlanBy | None:
    """Return what shows a quantity as still to come, or None."""
    sentence = draft.sentence
    if _cannot_be_planned(draft):
        return None
    if draft.part_by is PartBy.DONT and draft.parent is not None and draft.parent.status is Status.PLANNED:
        return PlanBy.OF_WHOLE
    if _next_planned(draft):
        return PlanBy.LISTED
    first, end = clause_around(draft)
    if sentence.low(first - 1) == "«" and draft.position <= first + 1:
        first = max(0, first - VERB_BACK)  # "exige « 2,5 milliards »"
    # What stands to the right is the predicate of a subject only.
    last = end if draft.is_subject else draft.position + 1
    phrases, signs = sentence.remember("plans", lambda: _find_plans(sentence))
    # A phrase stands before the figure, or soon after it.
    if any(_phrase_reaches(draft, at) for at in _within(phrases, first, min(end, draft.position + PHRASE_REACH))):
        return PlanBy.PHRASE
    by = None
    if not _is_definite(draft):
        by = next((by for position in _within(signs, first, last) if (by := _sign(draft, position, last))), None)
    return by or _planned_after(draft, end) or _future_in_past(draft, first, end)


def _is_definite(draft: Draft) -> bool:
    """``les 751 députés voteront``: they are 751 already."""
    return draft.counts and draft.sentence.low(draft.position - 1) in DEFINITE


def _phrase_reaches(draft: Draft, phrase: int) -> bool:
    """``D'ici à 2030, 300 postes``; not *affinés d'ici la fin de l'année, confirment la hausse de 3 %*."""
    comma = draft.sentence.last_before(draft.position, COMMA)
    return comma < phrase or phrase <= OPENING or draft.sentence.low(phrase - 1) in (",", "«")


def _planned_after(draft: Draft, end: int) -> PlanBy | None:
    """``3 000 visiteurs attendus``, ``20 ans de prison ont été requis``; not *3 000 de plus que prévu*."""
    sentence = draft.sentence
    for step in range(max(draft.noun_end, draft.position + 1), min(end, draft.position + PHRASE_REACH)):
        low = sentence.low(step)
        if low in hedge_set("planned", "participles"):
            return PlanBy.PARTICIPLE
        if not low or low == "comme" or low in words("prepositions") - {"de", "d'"}:
            return None
    return None


def _future_in_past(draft: Draft, first: int, end: int) -> PlanBy | None:
    """``prévoyait que 300 emplois seraient créés``: what was foreseen."""
    sentence = draft.sentence
    if sentence.low(first - 1) not in ("que", "qu'"):
        return None
    foreseen = hedge_set("planned", "with_object") | hedge_set("planned", "verbs")
    verb = sentence.last_before(first - 1, foreseen)
    if verb < max(0, first - VERB_BACK) or not any(is_conditional(low) for low in sentence.lows(first, end)):
        return None
    draft.foreseen = verb
    return PlanBy.FUTURE


def _within(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _find_plans(sentence: Sentence) -> tuple[list[int], list[int]]:
    """Return where a phrase begins that shows a plan (*d'ici à 2028*, *un objectif de*), and words that may show it."""
    phrases, signs = [], []
    starts = hedge_phrases("planned", "phrases")
    verbs = hedge_set("planned", "verbs") | hedge_set("planned", "threats")
    for position, low in enumerate(sentence.words):
        if any(sentence.matches(position, phrase) for phrase in starts.get(low, ())) and not (
            # "appelle à venir à la marche"
            sentence.low(position + 1) == "venir" and sentence.low(position + 2) in words("prepositions")
        ):
            phrases.append(position)
        shows = low in verbs or low in PAST_FUTURE or is_future(low)
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
    is_whole = draft.is_total or (draft.before is not None and draft.before.parent is draft)
    return is_whole or draft.sentence.low(draft.position - 1) in hedge_set("planned", "past")


def _sign(draft: Draft, position: int, last: int) -> PlanBy | None:
    sentence = draft.sentence
    low = sentence.low(position)
    if _is_future(sentence, position):
        return PlanBy.FUTURE
    if low in hedge_set("planned", "verbs") and _infinitive_after(sentence, position, last) and _plans(draft, position):
        draft.foreseen = position if low in hedge_set("planned", "promises") else None
        return PlanBy.INTENTION
    if position < draft.position and low in hedge_set("planned", "with_object") | hedge_set("planned", "threats"):
        between = [low for low in sentence.lows(position + 1, draft.position) if low != "«"]
        while (
            between[:1]
            and between[0] not in words("determiners")
            and between[0] in words("adverbs") | hedge_set("planned", "aside")
        ):
            del between[0]
        of_noun = len(between) in OF_NOUN and between[0] in words("determiners") and between[-1] in ("de", "d'")
        of_noun = of_noun and all(low[0].isalpha() and low not in auxiliaries() for low in between)
        if of_noun or set(between) <= words("adverbs"):
            draft.foreseen = None if low in hedge_set("planned", "threats") else position
            return PlanBy.OBJECT
    return None


def _plans(draft: Draft, verb: int) -> bool:
    """Whether a verb before an infinitive makes the number one to come: *trois pays veulent voter* are three now."""
    sentence, position = draft.sentence, draft.position
    if verb < position:
        return draft.kind != "duration" or sentence.last_before(position, COMMA) < verb
    # "700 000 candidats passent l'examen, et les résultats devraient …" has another subject.
    joint = sentence.next_from(position, JOINT)
    other = joint < verb and sentence.low(joint + 1) in words("determiners")
    return sentence.low(verb) in hedge_set("planned", "modals") and not other


def _is_future(sentence: Sentence, position: int) -> bool:
    low = sentence.low(position)
    if low in PAST_FUTURE:
        # "aura fait 12 morts" sums up the past; "aura 12 classes" is a future.
        after = position + 1
        while sentence.low(after) in words("adverbs"):
            after += 1
        return not PARTICIPLE.search(sentence.low(after) or "é")
    if not is_future(low) or sentence.is_capitalised(position):
        return False
    before = sentence.low(position - 1)
    # "la caméra", but "les seront" is no phrase: a plural in -ront is a verb, a singular after a determiner a noun.
    return before not in words("determiners") or (before in ("la", "le", "l'", "les") and low.endswith("ront"))


def _infinitive_after(sentence: Sentence, position: int, last: int) -> bool:
    for step in range(position + 1, min(position + INFINITIVE_REACH, last)):
        # "pourrait dépasser 5 000": that verb is of the number.
        low = sentence.low(step) or sentence.items[step].text.partition(" ")[0]
        if INFINITIVE.search(low) and low not in hedge_set("planned", "no_infinitive"):
            # "devrait avoir fait": a guess at the past, no plan; "devraient être fermées" is one.
            after = sentence.low(step + 1)
            return low != "avoir" or after == "lieu" or not PAST_AFTER_BE.search(after)
        if low not in words("adverbs") | hedge_set("planned", "before_infinitive") | hedge_set("planned", "aside"):
            return False
    return False
