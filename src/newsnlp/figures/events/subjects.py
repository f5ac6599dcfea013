"""The verb that those counted are the subject of: passive, intransitive, or a fixed phrase, some words further on."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.events.predicates import STOPS, SUBJECT_SIDE, event_of, is_noun_here, phrase_at
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms
from newsnlp.quotes.words import hedge_set

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

COORDINATION = frozenset({",", "et", "ou", "ainsi", "que", "puis", "aussi", "voire", "(", ")", "avec"})
RIGHT_REACH = 22
ASIDE_REACH = 12
VERB_GROUP = 4
"""How many words may stand between an auxiliary and its participle."""
OPENING = 3
"""How long an adverbial without comma may be that opens a sentence: *À Paris 300 personnes*."""


def is_subject(draft: Draft) -> bool:
    """Whether the noun phrase can be a subject: it opens a clause, or follows an adverbial."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in _determiners():
        position -= 1
    if position < 0:
        return True
    if sentence.is_figure(position):
        other = sentence.draft_at(position)
        return other is None or not other.counts
    if sentence.low(position) in words("subject_openers") or not sentence.is_word(position):
        return True
    opens = position <= OPENING and sentence.is_capitalised(position)
    return opens and not words("prepositions").isdisjoint(sentence.lows(0, position))


@functools.cache
def _determiners() -> frozenset[str]:
    return words("determiners") - {"aux", "du", "au"}


def relative_right(draft: Draft) -> str | None:
    """Return the event of a relative clause: *deux passants juifs, qui ont été blessés*."""
    sentence = draft.sentence
    for position in range(draft.noun_end, draft.noun_end + 4):
        low = sentence.low(position)
        if low == "qui":
            return predicate_right(draft)
        if not low or low in STOPS or low in words("prepositions"):
            return None
    return None


def predicate_right(draft: Draft) -> str | None:
    """Return the event of the verb whose subject the noun phrase is."""
    return _Reading(draft).run()


class _Reading:
    """One reading to the right of a noun phrase, with the auxiliaries met so far."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sentence = draft.sentence
        self.have = False
        self.be = False
        self.reflexive = False
        self.negated = False
        self.since_auxiliary = RIGHT_REACH

    def run(self) -> str | None:
        """Return the first event stated before the clause ends."""
        position = self.draft.noun_end
        stop = min(len(self.sentence.items), position + RIGHT_REACH)
        while position < stop:
            low = self.sentence.low(position)
            if low == "dont" and (after := _after_aside(self.sentence, position)):
                position = after
                continue
            if self._ends(position, low):
                return None
            event, is_over = self._read(position, low)
            if event or is_over:
                return event
            position += 1
        return None

    def _ends(self, position: int, low: str) -> bool:
        """Whether another clause, or another figure that is no part of a list, begins here."""
        if low in STOPS or (low in words("clause_breaks") and position > self.draft.noun_end):
            return True
        other = self.sentence.draft_at(position)
        if other is None or not other.counts:
            return False
        in_list = _coordinated(self.sentence, position) and not other.noun_missing and other.parent is None
        return self.be or self.have or not in_list

    def _read(self, position: int, low: str) -> tuple[str | None, bool]:
        """Return the event that a word states, and whether the predicate is read and states none."""
        if phrase := phrase_at(self.sentence, position, SUBJECT_SIDE):
            return phrase, True
        if low in grammar("auxiliaries", "have"):
            self.have, self.be, self.since_auxiliary = True, False, 0
        elif low in grammar("auxiliaries", "be"):
            self.be, self.since_auxiliary = True, 0
            self.reflexive = self.sentence.low(position - 1) in ("se", "s'")
        elif low:
            self.since_auxiliary += 1
            return self._read_verb(position, low)
        return None, False

    def _read_verb(self, position: int, low: str) -> tuple[str | None, bool]:
        participles, finite = verb_forms()
        self.negated = self.negated or low in ("ne", "n'")
        if self.negated and low in hedge_set("denied", "negations"):
            return None, self.have or self.be  # "n'ont pas été blessés" happened to none of them
        near = self.since_auxiliary <= VERB_GROUP
        passive = event_of(participles, low, "object", self.draft)
        if self.reflexive and passive not in ("killed", "injured"):
            passive = None  # "se sont déplacés aux urnes", but "se sont noyés"
        if passive and ((self.be and near) or not (self.be or self.have)):
            return passive, True
        if (self.be or self.have) and near and (event := event_of(participles, low, "subject", self.draft)):
            return event, True
        if self.sentence.low(position - 1) == "en" and low.endswith("ant"):
            return None, False  # "piétinées en fuyant": how, not what
        if low in finite and not is_noun_here(self.sentence, position):
            return event_of(finite, low, "subject", self.draft), True
        # A participle with "avoir": those counted are the ones who act.
        return None, bool(passive and self.have)


def _after_aside(sentence: Sentence, position: int) -> int | None:
    """``Trois passagers, dont une fillette de 6 ans, ont été blessés``: return where the main clause goes on."""
    for step in range(position, min(position + ASIDE_REACH, len(sentence.items))):
        if sentence.low(step) == "," and sentence.low(step + 1) in auxiliaries():
            return step + 1
    return None


def _coordinated(sentence: Sentence, position: int) -> bool:
    """Whether the figure at `position` follows the last one in a list: ``12 morts, 3 blessés``."""
    before = sentence.lows(position - 2, position)
    if not before:
        return False
    return before[-1] in COORDINATION or (before[-1] in words("determiners") and before[0] in COORDINATION)
