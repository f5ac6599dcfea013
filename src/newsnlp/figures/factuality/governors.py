"""What a verb makes of what it governs: a number wanted, promised, feared, decided on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.figures.factuality.clauses import INSERTED, is_cut_off, tells_future
from newsnlp.figures.factuality.forecasts import LISTED, is_object
from newsnlp.grammar.drafts import PlanBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.verbs import INFINITIVE
from newsnlp.quotes.words import governing, hedge_set, intending
from newsnlp.records import FigureEvent

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

PAST_AFTER_BE = re.compile(r"(?:é|u|i)e?s?$")
PHRASE_REACH = 8
INFINITIVE_REACH = 6
JOINT = frozenset({"et"})
GUESSED = frozenset({"avoir", "être"})
PAST = frozenset({"après"})
OPENING_MARKS = frozenset({"«", '"', "“"})
ACT = re.compile(r"\w{2}(?:[ts]ion|ement|age)$")
"""How nouns of deeds end."""
INDEFINITE = frozenset({"un", "une"})
IF = frozenset({"si", "s'"})
IF_BREAKS = COMMA | {"(", "«"}
NO_IF = frozenset({"l'", "on", "bien", "est", "agit", "était"})
NEXT = frozenset({"prochains", "prochaines"})


def by_whom(draft: Draft, verb: int | None) -> None:
    """Keep where the verb stands of whoever foresees a quantity, if any does."""
    draft.foreseen = draft.foreseen if verb is None else verb


def sign_at(draft: Draft, position: int, last: int) -> PlanBy | None:
    """Return what a word of the clause makes of a number: a future, an intention, an object; or None."""
    sentence = draft.sentence
    low = sentence.low(position)
    if not PAST.isdisjoint(sentence.lows(position, draft.position)):
        return None  # "veut supprimer l'article, après l'avoir utilisé à six reprises"
    if tells_future(sentence, position):
        return None if position < draft.position and is_cut_off(draft, position) else PlanBy.FUTURE
    if low in hedge_set("planned", "needs"):
        # "Il faudrait trois milliards", but "« il en faudrait trente », a-t-il dit"
        near = 0 < draft.position - position <= LISTED and sentence.last_before(position, OPENING_MARKS) < 0
        return PlanBy.FUTURE if near else None
    if low in hedge_set("denied", "litotes") and _is_left_open(draft, position):
        return PlanBy.OBJECT
    names_source = low in governing("foresees", "demands", "fears", "calls")
    by = None
    if low in intending() and _infinitive_after(sentence, position, last) and _plans(draft, position):
        by = PlanBy.INTENTION
    elif position < draft.position and is_object(draft, position) and _takes_object(draft, position):
        by = PlanBy.OBJECT
    if by is not None and position < draft.position and is_cut_off(draft, position):
        by = None
    draft.foreseen = position if by is not None and names_source else None
    return by


def _is_left_open(draft: Draft, verb: int) -> bool:
    """``n'exclut pas deux fermetures``, ``n'exclut pas un cours de 55 dollars``: what may come."""
    sentence = draft.sentence
    between = sentence.lows(verb + 1, draft.position)
    near = between[:1] == ("pas",) and len(between) <= LISTED and COMMA.isdisjoint(between)
    return near and not any(INFINITIVE.search(low) for low in between[1:])


def _takes_object(draft: Draft, verb: int) -> bool:
    """Whether what a verb governs is to come for it: a thing wanted, or an act that is decided on."""
    sentence = draft.sentence
    low = sentence.low(verb)
    if low in hedge_set("planned", "targets") or (draft.kind == "duration" and low.startswith("attend")):
        return False
    if low in governing("fears") and draft.event in (*HURT, FigureEvent.AFFECTED):
        return False  # "craint une centaine de victimes": so it is reported
    if low in hedge_set("planned", "threats") or low in governing("foresees", "demands", "fears", "wishes", "calls"):
        return True
    object_ = sentence.lows(verb + 1, draft.position)
    # As in "propose une taxe de 2 %".
    is_new = low in governing("proposes") and not draft.counts and not INDEFINITE.isdisjoint(object_)
    return low in governing("decides", "proposes") and (is_new or any(is_act(noun) for noun in object_))


def is_act(low: str) -> bool:
    """``la démolition``, ``le recrutement``: something that is done."""
    return low in hedge_set("announcing", "nouns") or bool(ACT.search(low))


def is_of_act(draft: Draft) -> bool:
    """``La création de cinq parcs``: a number of what is done to so many."""
    sentence, position = draft.sentence, draft.position
    return sentence.low(position - 1) in ("de", "d'") and is_act(sentence.low(position - 2))


def _plans(draft: Draft, verb: int) -> bool:
    """Whether a verb before an infinitive makes the number one to come: *trois pays veulent voter* are three now."""
    sentence, position = draft.sentence, draft.position
    if verb < position:
        if draft.counts and sentence.low(position - 1) == "pour":
            return False  # "obtenir des dons pour deux fondations"
        # "pourrait augmenter, trois villages restant coupés": that is told beside it.
        comma = sentence.last_before(position, COMMA)
        beside = comma == position - 1 and not sentence.has_figure(verb, comma)
        return comma < verb or not (draft.kind == "duration" or (beside and sentence.last_before(comma, COMMA) < verb))
    # "700 000 candidats passent l'examen, et les résultats devraient …" has another subject.
    joint = sentence.next_from(position, JOINT)
    other = joint < verb and sentence.low(joint + 1) in words("determiners")
    return sentence.low(verb) in hedge_set("planned", "modals") and not other


def _infinitive_after(sentence: Sentence, position: int, last: int) -> bool:
    start = position + 1
    if sentence.low(start) == "," and (closed := sentence.next_from(start + 1, COMMA)) < start + INSERTED:
        start = closed + 1  # "devrait, selon son producteur, franchir"
    for step in range(start, min(start + INFINITIVE_REACH, last)):
        # "pourrait dépasser 5 000": that verb is of the number.
        low = sentence.low(step) or sentence.texts[step].partition(" ")[0]
        if INFINITIVE.search(low) and low not in hedge_set("planned", "no_infinitive"):
            # "devrait avoir fait": a guess at the past, no plan; "devraient être fermées" is one.
            after = sentence.low(step + 1)
            if (
                low in GUESSED
                and sentence.is_figure(step + 1)
                and sentence.low(position) in hedge_set("planned", "musts")
            ):
                return False  # "devait avoir soixante ans": a guess
            return low != "avoir" or after == "lieu" or not PAST_AFTER_BE.search(after)
        if low not in words("adverbs") | hedge_set("planned", "before_infinitive") | hedge_set("planned", "aside"):
            return False
    return False


def is_next(draft: Draft) -> bool:
    """``dans les trois prochains jours``, ``les cinq prochaines années``: the item of a duration has its unit, too."""
    sentence, position = draft.sentence, draft.position
    return not NEXT.isdisjoint(
        (*sentence.texts[position].split(), sentence.low(position - 1), sentence.low(position + 1))
    )


def is_condition(draft: Draft) -> bool:
    """``Si le prix atteint 100 dollars, l'État interviendra``: what may come, on which something else depends."""
    sentence, position = draft.sentence, draft.position
    start = sentence.last_before(position, IF)
    if start < 0 or start < sentence.last_before(position, IF_BREAKS) or sentence.low(start + 1) in NO_IF:
        return False
    comma = sentence.next_from(position, COMMA)
    told = range(comma + 1, comma + 1 + PHRASE_REACH)
    return not sentence.has_figure(start, position) and any(tells_future(sentence, step) for step in told)
