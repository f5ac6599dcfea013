"""The dates of a text by sentence, and how each stands there: what governs it, and what is said or stated then."""

from __future__ import annotations

import functools
from bisect import bisect_left
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.dates.find import find_dates
from newsnlp.dates.resolve import opens_text
from newsnlp.figures.places.background import happenings
from newsnlp.figures.places.barred import ARTICLES, OF
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms
from newsnlp.lexicons import word_set
from newsnlp.lexicons import words as listed
from newsnlp.quotes.words import saying_verbs
from newsnlp.records import DateType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Sentence
    from newsnlp.records import DateExpression

HEADS = 6
"""Among how many dates the one that dates the text is looked for."""
FAR = 12
"""At how many words from a date what tells its day of speech or record is looked for."""
NOUN_FOLLOWS = ARTICLES | OF
SAYING, SINCE, STATED = 4, 6, 10
"""As before, for verbs of saying, for *depuis*, and for what states or documents."""


LONGEST = 7
"""How many days long an event is at most that others continue."""
LONGEST_TIME = 100
"""How many days long a time is at most that goes on: a quarter."""
YEARS = frozenset({"an", "année", "exercice"})
THAT, COMMA = frozenset({"que", "qu'"}), frozenset({","})
STOPS = frozenset({".", "!", "?", "…"})
OPENED, CLOSED = frozenset({"«", "“"}), frozenset({"»", "”"})
NEXT = len(", dans la ")
"""In how many characters after an hour its night is told."""


class Standing(NamedTuple):
    """A date in its sentence: its items, the word before it, and what that tells.

    It is `governed` by the noun or participle of another thing, an `event` where that happened then; it is the day on
    which something was `said`, or a toll `stated`, or that `since` which something goes on; something was `made` then.
    """

    date: DateExpression
    first: int
    last: int
    lead: int
    governor: int
    governed: bool
    said: bool
    stated: bool
    since: bool
    event: bool
    ahead: bool
    made: bool


class Times:
    """The dates of a text, by sentence, and the day on which it was published."""

    def __init__(
        self,
        text: str,
        dates: Sequence[DateExpression] | None = None,
        published_at: date | None = None,
        today: date | None = None,
        *,
        numbered: bool = True,
    ) -> None:
        """Take the dates of a text, or find them: `Figure.date_index` points only to those that others have, too."""
        self.text = text
        self._numbers = {id(found): number for number, found in enumerate(dates or ())} if numbered else {}
        if dates is None:
            dates = find_dates(text, published_at, today=today)
        heads = [found for found in dates[:HEADS] if is_dateline(text, found)]
        known = (
            published_at.isoformat()
            if published_at
            else heads[0].value
            if heads
            else today.isoformat()
            if today
            else None
        )
        self.published = known[: len("2016-06-12")] if known else None
        # "Le 12 juin 2016, il a plu" dates the text where nothing else does, and tells of a day.
        lines = {one.start: one for one in heads if one.value == self.published and text[one.end : one.end + 1] != ","}
        line = next(iter(lines.values()), None)
        self.dateline = Standing(line, -1, -1, -1, -1, *[False] * 7) if line is not None else None
        self.dates = [found for found in dates if found.start not in lines]
        self._starts = [found.start for found in self.dates]

    def number_of(self, found: DateExpression | None) -> int | None:
        """Return the number of a date among those that were given."""
        return self._numbers.get(id(found))

    def within(self, sentence: Sentence) -> list[Standing]:
        """Return how the dates of a sentence stand, in order."""
        found: list[Standing] = sentence.remember("dates", lambda: self._standings(sentence))
        return found

    def tells(self, sentence: Sentence) -> bool:
        """Whether a sentence has a date, or says how often; lengths of time tell none."""
        return any(one.date.type is not DateType.DURATION for one in self.within(sentence))

    def is_past(self, one: Standing) -> bool:
        """Whether a date is a day, or some, that are past."""
        begin = one.date.value_begin
        if begin is None or one.date.value_end is None:
            return False
        return length(one) < LONGEST and begin <= (self.published or begin)

    def any_within(self, start: int, end: int) -> bool:
        """Whether a date stands between two offsets."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def _standings(self, sentence: Sentence) -> list[Standing]:
        inside = self.dates[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
        beside = [(one, after) for one, after in pairwise(inside) if after.start - one.end <= NEXT]
        # "peu avant minuit dans la nuit de lundi à mardi", "mercredi en fin de journée": which of two tells the day.
        less = {id(one) for one, after in beside if ":" in (one.value or "") and (after.value or "").endswith("TNI")}
        less |= {id(after) for _, after in beside if after.text.lower().endswith(" de journée")}
        standings = (_standing(sentence, found, self.published) for found in inside if id(found) not in less)
        return [stand for stand in standings if stand is not None]


def is_dateline(text: str, found: DateExpression) -> bool:
    """Whether a date is the one that dates the text: ``12 juin 2016.``, ``PARIS, 12 juin 2016 (AFP)``."""
    is_day = found.type is DateType.DATE and found.value is not None and found.value_begin == found.value
    return is_day and opens_text(text, found.start, found.end)


def _standing(sentence: Sentence, found: DateExpression, published: str | None) -> Standing | None:
    first, last = sentence.items_within(found.start, found.end)
    if last < first:
        return None
    lead, since = first - 1, False
    skipped, times = word_set("figures_when.leads.skipped"), word_set("figures_when.leads.times")
    while True:
        since = since or sentence.low(lead) == "depuis"
        if sentence.low(lead) in skipped:
            lead -= 1
        elif (sentence.low(lead) in OF and sentence.low(lead - 1) in times) or sentence.low(lead) == "ici":
            lead -= 2  # "au cours de l'année", "d'ici à 2030"
        elif sentence.low(lead - 1) == "même" and sentence.low(lead) in ("date", "époque", "période"):
            lead -= 2  # "dix de plus qu'à la même époque l'an passé"
        else:
            break
    if sentence.low(last) in word_set("figures_when.breaks.prior") and sentence.low(last + 1) in OF:
        return None  # "au lendemain de l'annonce"
    if sentence.low(lead) in word_set("figures_when.leads.compared") and lead < first - 1:
        return None
    if _is_of_document(sentence, lead) or (first - lead == 1 and _is_of_name(sentence, found, lead)):
        return None
    since = since or "depuis" in sentence.lows(first - SINCE, first)  # "depuis son lancement officiel le 7 juillet"
    best = word_set("figures_when.leads.best")
    if since and not best.isdisjoint(sentence.lows(lead - FAR, lead + 1) + sentence.lows(last + 1, last + 1 + SINCE)):
        return None
    spans = "/" in (found.value or "") and sentence.low(lead) in OF  # "du 3 au 7 mai"
    governor = -1 if spans else _governor(sentence, lead, first, since=since)
    governed = governor > 0
    said, event = not since and _is_said(sentence, lead), governed and _of_event(sentence, governor)
    is_day = found.value_begin == found.value_end
    stated = is_day and not governed and _is_stated(sentence, first)
    ahead = published is not None and (found.value_begin or "") > published
    return Standing(
        found, first, last, lead, governor, governed, said, stated, since, event, ahead, _is_participle(sentence, lead)
    )


def _is_of_name(sentence: Sentence, found: DateExpression, lead: int) -> bool:
    """``le Tour de France 2016``, ``l'édition 2018``: a year that is part of a name, not *Juin 2016*."""
    is_year = found.type is DateType.DATE and len(found.value or "") == len("2016") and found.text.isdigit()
    named = sentence.is_capitalised(lead) and sentence.low(lead).isalpha()
    return is_year and lead > 0 and (named or sentence.low(lead) == "édition")


def _governor(sentence: Sentence, lead: int, first: int, *, since: bool) -> int:
    """Return where what a date is of stands, or -1: *la loi de 2014*, *formée en 2014*, *nés en Suède en 2014*."""
    if sentence.low(lead) in OF and lead < first and not since:
        return lead
    if _governs(sentence, lead) and (not since or sentence.low(lead + 1) == "depuis"):
        return lead
    placed = sentence.low(lead - 1) in ("en", "à", "au", "aux") and sentence.is_capitalised(lead)
    return lead - 2 if placed and not since and _governs(sentence, lead - 2) else -1


def _governs(sentence: Sentence, position: int) -> bool:
    """Whether a participle of another thing stands at a position: *formée en 2014*, not *12 soldats tués en 2014*."""
    return _is_participle(sentence, position) and sentence.low(position) not in verb_forms()[0]


def _is_participle(sentence: Sentence, position: int) -> bool:
    """Whether a participle without its auxiliary stands at a position: *formée en 2014*, not *a été formée en 2014*."""
    low = sentence.low(position)
    regular = low.endswith(listed("figures.dates_participle")) and not low.endswith(("que", "ques"))
    regular = regular and low not in words("adverbs") and low not in word_set("figures_when.leads.times")
    if not regular and low not in word_set("figures_when.leads.participles"):
        return False
    before = sentence.lows(position - 3, position)
    if before and before[-1] in NOUN_FOLLOWS:
        return False  # "privés d'électricité mercredi"
    return auxiliaries().isdisjoint(before) and not {"été", "étant", "ayant", "être"} & set(before)


def _is_of_document(sentence: Sentence, lead: int) -> bool:
    """``un décompte publié lundi``, ``un sondage réalisé du 2 au 4 mai``, ``une note, remise jeudi``: of what tells."""
    participle = lead - 1 if sentence.low(lead) in OF else lead
    if word_set("figures_when.leads.documents").isdisjoint(sentence.lows(lead - STATED, lead)):
        return False
    return _is_participle(sentence, participle) and not _of_event(sentence, participle)


def _is_said(sentence: Sentence, lead: int) -> bool:
    """``a annoncé mardi``, ``a affirmé l'ONU lundi``, ``un communiqué publié jeudi``: the day of the statement."""
    finite, participles, clausal = saying_verbs()
    for position in range(lead, lead - SAYING, -1):
        low = sentence.low(position)
        if not low or low in word_set("figures_when.breaks.weak"):
            return False
        if sentence.low(position - 1) in ("s'", "se"):
            return False  # "le bilan s'établissait jeudi à"
        if (low in finite and low not in clausal) or (
            low in participles and sentence.low(position - 1) in grammar("auxiliaries", "have")
        ):
            return True
        if low in word_set("figures_when.leads.known") and sentence.low(position - 1) in ("fait", "font"):
            return True  # "a fait savoir hier"
    return False


def says_within(sentence: Sentence, first: int, last: int) -> bool:
    """``Lundi, le groupe a annoncé 12 postes``: whether the verb between a day and a figure is one of saying."""
    participles, have = saying_verbs()[1], grammar("auxiliaries", "have")
    between = sentence.lows(max(first, last - FAR), last)
    return any(low in have and not participles.isdisjoint(between[at + 1 : at + 3]) for at, low in enumerate(between))


def _is_stated(sentence: Sentence, first: int) -> bool:
    """``Le bilan s'établissait jeudi à 88 morts``, ``fait état de 273 morts lundi soir``: the day of a count."""
    stating = word_set("figures_when.leads.stating")
    return sentence.says(stating) and not stating.isdisjoint(sentence.lows(first - STATED, first))


def _of_event(sentence: Sentence, lead: int) -> bool:
    """``l'attaque de mardi``, ``les élections législatives organisées dimanche``: what happened then."""
    return not event_words().isdisjoint(sentence.lows(lead - 3, lead))


@functools.cache
def event_words() -> frozenset[str]:
    """Return the nouns of what happens on a day: attacks and accidents, matches and elections."""
    return happenings() | word_set("figures_when.results.contests")


def is_told(sentence: Sentence, one: Standing) -> bool:
    """Whether a date is one that something is told of, and no part of a name: not *l'édition 2018*."""
    if one.date.value_begin is None or one.said or one.stated or one.since or (one.governed and not one.event):
        return False
    named = one.first - one.lead == 1 and not is_short(one) and sentence.low(one.lead) not in YEARS
    return not named and not (one.date.type is DateType.TIME and ":" in (one.date.value or ""))


def is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is the headline: the first one, without a full stop."""
    return sentence.start == 0 and sentence.low(len(sentence.texts) - 1) not in STOPS


def is_before(sentence: Sentence, one: Standing) -> bool:
    """``Après avoir repris la ville le 24 janvier, l'armée …``, ``Alors que …``: whether a date opens a sentence."""
    if sentence.low(0) != "après":
        return is_set_against(sentence, one, len(sentence.texts))
    return one.last < sentence.next_from(0, COMMA)


def is_set_against(sentence: Sentence, one: Standing, position: int) -> bool:
    """``Alors que 12 villes avaient signé en 2015, 20``: a date of an opening clause, which sets off another one."""
    if is_one_day(one) or sentence.low(0) != "alors" or sentence.low(1) not in THAT:
        return False
    return sentence.next_from(one.last + 1, COMMA) < position


def is_short(one: Standing) -> bool:
    """Whether a time is one that goes on: a day, a month, a quarter."""
    return length(one) < LONGEST_TIME


def length(one: Standing) -> int:
    """Return how many days lie between the first and the last one of a time."""
    return (date.fromisoformat(one.date.value_end or "") - date.fromisoformat(one.date.value_begin or "")).days


def is_one_day(one: Standing) -> bool:
    """Whether a time is one day."""
    return one.date.value_begin == one.date.value_end


def quotation(sentence: Sentence, position: int) -> int:
    """Return where the quotation marks open between which a position of a sentence stands, or -1."""
    opened = sentence.last_before(position, OPENED)
    return opened if sentence.last_before(position, CLOSED) <= opened else -1
