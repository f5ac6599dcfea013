"""Which figures are of a time that was told before.

The results of a contest or a vote are of its day: scores, times and places, seats and votes, who takes part. What
happens or changes goes on with the time told last, and what no time befalls is timeless.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.places.event_place import HAD, HEAD, OLD_TOLLS, is_background
from newsnlp.figures.times import LONGEST, is_one_day, is_short, length, quotation
from newsnlp.grammar.words import grammar
from newsnlp.lexicons import word_set
from newsnlp.lexicons import words as listed
from newsnlp.records import ChangeRole, FigureEvent, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsnlp.figures.times import Standing, Times
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

DISTANCES = frozenset({"m", "km", "mi", "nmi"})
WHOSE = frozenset({"selon", "d'après"})
THESE = frozenset({"ce", "ces", "cet", "cette"})
HAVE, WERE, SELF = frozenset({"a", "ont"}), frozenset({"est", "sont"}), frozenset({"s'", "se"})
LISTED = 3
CLOCK = frozenset({"hour", "minute", "second"})
REACH = 4
"""In how many sentences after the last result the next ones are of the same day."""
CUE, TERM, TIMED = 6, 3, 3
"""How many words from a number tell a result, what a term is of, and that a time is a race's."""


def is_timeless(draft: Draft) -> bool:
    """Whether a number is of no time: an age, a distance, a length of time; not *condamné lundi à cinq ans*."""
    if draft.kind is Kind.AGE:
        return True
    if draft.event or draft.change or is_race_time(draft) or is_term(draft) or is_mark(draft):
        return False
    return draft.kind is Kind.DURATION or draft.unit in DISTANCES


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


def goes_on(draft: Draft, now: Standing, *, apart: bool) -> bool:
    """``… au troisième trimestre. La hausse atteint 2 %``, ``La coupe a lieu du 6 au 8 juin. Neuf pays sont invités``.

    What changes and what is scored goes on over paragraphs; other numbers do not, nor what no time befalls.
    """
    if draft.dated is not None or is_timeless(draft) or draft.toll_role in OLD_TOLLS or draft.change is ChangeRole.FROM:
        return False
    if now.ahead is not (draft.status is Status.PLANNED) or quotation(draft.sentence, draft.position) >= 0:
        return False
    if draft.change is ChangeRole.TIMES or (draft.unit in DISTANCES and not draft.event):
        return False  # "3 m de moins que l'autre"
    if not is_short(now):
        return draft.change is not None  # "… en 2016. Les importations ont reculé de 5,5 %"
    if draft.change or draft.kind is Kind.SCORE:
        return True
    if is_one_day(now) and draft.counts and _is_present(draft):
        return True
    # "… héliportée par les pompiers, qui avaient engagé 27 hommes": means of the same.
    means = draft.event == FigureEvent.DEPLOYED and "qui" in draft.sentence.lows(draft.position - CUE, draft.position)
    if is_background(draft.sentence) and not means:
        return False
    known = {"les"} if not draft.event and length(now) >= LONGEST else set()  # "les deux ministres"
    if draft.kind in (Kind.RATIO, Kind.RANK) or draft.sentence.low(draft.position - 1) in WHOSE | THESE | known:
        return False
    if draft.event:
        return not (apart and now.ahead)
    return not (apart or _lasts(draft, now)) and (draft.counts or not is_one_day(now)) and _is_told_of_then(draft)


def is_perfect(draft: Draft) -> bool:
    """``ont fermé douze écoles``, ``douze écoles ont été fermées``."""
    near = draft.sentence.lows(draft.position - CUE, draft.position + CUE)
    return any(
        (low in HAVE or (low in WERE and near[max(0, at - 1)] in SELF))
        and any(after.endswith(listed("figures_when.results.perfect")) for after in near[at + 1 : at + 3])
        for at, low in enumerate(near)
    )


def _is_present(draft: Draft) -> bool:
    """``L'avion transportait 46 personnes``, ``18 000 étaient présentes``, ``Trente véhicules sont impliqués``."""
    sentence, present = draft.sentence, word_set("figures_when.results.present")
    return not present.isdisjoint(sentence.lows(draft.position - CUE, draft.position + CUE))


def _is_told_of_then(draft: Draft) -> bool:
    """Whether what somebody reports is past: *selon le maire, 12 arbres ont brûlé*, not *12 jeunes sont recherchés*."""
    if draft.status is not Status.REPORTED:
        return True
    near = draft.sentence.lows(draft.position - CUE, draft.position + CUE)
    return not grammar("auxiliaries", "have").isdisjoint(near)


def is_list(sentence: Sentence) -> bool:
    """Whether a sentence counts one thing for many places: *Lyon (680), Lille (420)*."""
    counts = [draft for draft in sentence.drafts if draft.counts]
    return sum(sentence.low(draft.position - 1) == "(" for draft in counts) > 1 and len(counts) >= LISTED


def _lasts(draft: Draft, now: Standing) -> bool:
    """``La commune compte quatre écoles``: what is so on every day; a number of a month or a quarter is of that one."""
    near = draft.sentence.lows(draft.position - CUE, draft.position)
    return is_one_day(now) and not word_set("figures_when.results.lasting").isdisjoint(near)
