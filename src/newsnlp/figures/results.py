"""What a contest or a vote comes to: its scores, times and places, its seats and votes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.places.event_place import HAD, HEAD
from newsnlp.lexicons import word_set
from newsnlp.records import FigureEvent, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsnlp.figures.times import Standing, Times
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

CLOCK = frozenset({"hour", "minute", "second"})
REACH = 4
"""In how many sentences after the last result the next ones are of the same day."""
CUE, TERM, TIMED = 6, 3, 3
"""How many words from a number tell a result, what a term is of, and that a time is a race's."""


def is_race_time(draft: Draft) -> bool:
    """``a gagné dimanche en 2 h 03``, ``avec un temps de 1:11.93``, ``trois secondes d'avance``, ``après 2h51``."""
    sentence, position = draft.sentence, draft.position
    if draft.kind is not Kind.DURATION or draft.unit not in CLOCK:
        return False
    end = max(position + 1, draft.noun_end)
    timed = word_set("figures_when.results.timed")
    if not timed.isdisjoint(sentence.lows(position - TIMED, position) + sentence.lows(end, end + TIMED)):
        return True
    if sentence.low(position - 1) == "(" and ":" in sentence.texts[position]:
        return True  # "Dupont (1:12.56)"
    lead = position - 1
    while sentence.low(lead) in word_set("figures_when.results.about"):
        lead -= 1  # "à plus d'une minute"
    if sentence.low(lead) not in ("en", "après", "à"):
        return False
    return bool(sentence.says(_played())) or any(other.kind is Kind.SCORE for other in sentence.drafts)


def is_mark(draft: Draft) -> bool:
    """``a franchi 6,03 m``, ``le record à 8,95 m``: how high or far somebody got."""
    if draft.unit != "m" or draft.sentence.low(draft.position - 1) in ("du", "au", "le"):
        return False  # "le record du 400 m"
    near = draft.sentence.lows(draft.position - CUE, draft.position + CUE)
    return not word_set("figures_when.results.marks").isdisjoint(near)


def takes_part(draft: Draft, *, named: bool = False) -> bool:
    """``36 coureuses ont pris le départ``, ``les deux Belges du peloton``: who takes part, not who may win."""
    if not draft.counts or draft.event or draft.status is Status.PLANNED:
        return False
    sentence, counted = draft.sentence, (draft.counted or "").lower()
    near = sentence.lows(draft.position, draft.position + CUE)
    if not word_set("figures_when.results.awaited").isdisjoint(near):
        return False
    if sentence.says(word_set("figures_when.results.ruled")):
        return False
    if counted.endswith("athlètes") or counted in word_set("figures_when.results.participants"):
        return True
    return not named and bool(sentence.says(word_set("figures_when.results.racing")))


@functools.cache
def _played() -> frozenset[str]:
    return (_sports() | word_set("figures_when.results.won")) - word_set("figures_event_contexts.vote.signs")


@functools.cache
def _sports() -> frozenset[str]:
    told = word_set("figures_when.results.contests") | word_set("figures_when.results.sports")
    return told | word_set("figures_when.results.racing")


def is_term(draft: Draft) -> bool:
    """``a été condamné lundi à cinq ans de prison``; not what one risks."""
    if draft.kind is not Kind.DURATION or draft.unit in CLOCK or draft.status is Status.PLANNED:
        return False
    sentence, end = draft.sentence, max(draft.position + 1, draft.noun_end)
    return (
        not word_set("figures_when.results.terms").isdisjoint(sentence.lows(end, end + TERM))
        and sentence.says(word_set("figures_when.results.sentencing"))
        and not sentence.says(word_set("figures_when.results.risked"))
    )


class Contests:
    """Which day the results of a text are of: that on which a match, a race or a vote is told, or else its dateline."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.told: Standing | None = None
        self._last: Standing | None = None
        # The dateline holds as long as nothing else is dated; in which sentence it was lent last.
        self._line, self._number = times.dateline, HEAD

    def read(
        self, sentence: Sentence, told: Standing | None, number: int, head: Iterable[Sentence]
    ) -> tuple[Standing | None, Callable[[Draft], bool]]:
        """Take in the day that a sentence tells, or return the one that its results are of, and what is a result."""
        if told is None and any(draft.event == FigureEvent.VOTING for draft in sentence.drafts):
            # "La participation atteint 41 %, a déclaré dimanche soir le préfet": of that day.
            within = self.times.within(sentence)
            told = next((one for one in within if one.said and self.times.is_past(one)), None)
        past = told is not None and not HAD.isdisjoint(sentence.lows(0, told.first))  # "avait gagné la course en 2015"
        if told is not None and not past and not (self.told and told.governed) and sentence.says(_sports()):
            self.told = told
        self._last = told or self._last
        if self.times.tells(sentence):
            if any(one.first - one.lead > 1 for one in self.times.within(sentence)):
                self._line = None  # but not for "Jeux de Lillehammer 2016"
            return None, is_result
        if self.told is not None:
            return self.told, is_result
        if self._last is not None:
            return self._last, _is_score  # no other day has scores
        if self._line is None or number > self._number + REACH or not any(map(_is_timed, sentence.drafts)):
            return None, _is_timed
        ranks = all(draft.kind is Kind.RANK for draft in sentence.drafts if _is_timed(draft))
        if ranks and not any(one.says(word_set("figures_when.results.contests")) for one in (*head, sentence)):
            return None, _is_timed
        self._number = max(number, self._number)
        return self._line, _is_timed


def _is_score(draft: Draft) -> bool:
    return draft.kind is not Kind.RANK and _is_timed(draft)


def is_result(draft: Draft) -> bool:
    """``534 points``, ``67 sièges``, ``en deuxième position``; not *les 465 que compte la Chambre*."""
    sentence, position = draft.sentence, draft.position
    if not HAD.isdisjoint(sentence.lows(position - CUE, position)):
        return False
    if _is_timed(draft) or takes_part(draft):
        return True
    if draft.kind is Kind.SCORE or draft.event == FigureEvent.VOTING:
        return sentence.low(position - 2) != "sur"
    return (draft.counted or "").lower() in word_set("figures_when.results.counted")


def _is_timed(draft: Draft) -> bool:
    """Whether a figure is the time, the place or the score of who takes part: no number of what one has."""
    if draft.kind is Kind.RANK:
        position = draft.position
        ranked = draft.sentence.low(position - 1) in word_set("figures_when.results.ranked")
        after = position + (3 if draft.sentence.low(position + 1) == "et" else 1)  # "deuxième et troisième place"
        return ranked or draft.sentence.low(after) in word_set("figures_when.results.ranks")
    return draft.kind is Kind.SCORE or is_race_time(draft) or is_mark(draft)
