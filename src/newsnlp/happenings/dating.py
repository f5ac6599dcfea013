"""When an event was: the date of a clause about it, of another one, or the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.dates.calendar import Grain, shifted
from newsnlp.grammar.verbs import has_finite
from newsnlp.happenings.story import HARM, HEAD, related
from newsnlp.happenings.words import word_list
from newsnlp.records import DateBasis, DateType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.times import Standing, Times
    from newsnlp.grammar.items import Sentence
    from newsnlp.happenings.story import Happening
    from newsnlp.happenings.tellings import Telling

REACH = 30
"""How many words a date may stand from what tells of an event."""
QUARTER = 100
"""A longer time that the day of publication lies in is that of a name: *le championnat 2016*."""
FRESH = 2
"""How many days before publication the main event lies at most, where what followed upon it is of today."""
NEWS = 7
"""How many days before publication the only day of a lead may lie."""
OLD = 45
"""How many days before publication what happened is no news any more."""
CLAUSE = frozenset({"qui", "que", "qu'", "mais", "tandis", "alors", "après", "avant", ";"})
CLAUSE_COST = 8
NEAR = 10
OPENING = 3
ADJOINING = 2
LENGTH = re.compile(r"P(\d{1,2})([DWMY])|PT(\d{1,2})H")
GRAINS = {"D": Grain.DAY, "W": Grain.WEEK, "M": Grain.MONTH, "Y": Grain.YEAR}
PASSED = 8
"""How many words before *depuis l'effondrement* what has passed since may stand."""
OVER_NIGHT = re.compile(r"nuit d.*\b(?:à|au)\b")
HAD = frozenset({"avait", "avaient"})


class Span(NamedTuple):
    """A time: its TIMEX3 value, its first and last day, and what gave it."""

    value: str | None
    begin: str
    end: str
    basis: DateBasis
    said: bool = False


def span_of(telling: Telling, times: Times, beside: Sequence[Telling] = ()) -> Span | None:
    """Return the time that a telling is told with, no other one that its sentence tells `beside` it."""
    sentence = telling.sentence
    best: tuple[int, Standing] | None = None
    for one in times.within(sentence):
        since = _days_after(telling, one, times)
        if since is not None:
            return since
        if one.date.value_begin is None or one.date.value_end is None:
            continue
        if one.date.type not in (DateType.DATE, DateType.TIME) or one.said or one.stated:
            continue
        if any(_is_nearer(other, telling, one) for other in beside):
            continue
        cost = _cost(telling, one)
        if cost <= REACH and (best is None or cost < best[0]):
            best = cost, one
    if best is None:
        return None
    cost, one = best
    basis = DateBasis.CLAUSE if cost < NEAR else DateBasis.SENTENCE
    begin, end = one.date.value_begin or "", one.date.value_end or ""
    if one.since and times.published and begin < times.published:
        return Span(f"{begin}/{times.published}", begin, times.published, basis)
    return Span(one.date.value, begin, _over_night(one, begin, end), basis)


def _over_night(one: Standing, begin: str, end: str) -> str:
    """``dans la nuit de lundi à mardi``: return the last day of a time, of a night the one it ends on."""
    if begin == end and (one.date.value or "").endswith("TNI") and OVER_NIGHT.search(one.date.text):
        return (date.fromisoformat(begin) + timedelta(days=1)).isoformat()
    return end


def _is_nearer(other: Telling, telling: Telling, one: Standing) -> bool:
    """``Le procès de trois hommes arrêtés après le naufrage du 3 mai s'est ouvert``: whose day it is."""
    return telling.last < other.first and 0 <= one.lead - other.last <= 1 and not related(telling.kind, other.kind)


def _cost(telling: Telling, one: Standing) -> int:
    sentence = telling.sentence
    if one.first > telling.last:
        between = sentence.lows(telling.last + 1, one.lead + 1)
    else:
        between = sentence.lows(one.last + 1, telling.first)
    if telling.definite and not one.event and _is_of_other(telling, one, between):
        return REACH + 1
    cost = len(between) + CLAUSE_COST * sum(low in CLAUSE for low in between)
    if one.governed and not (one.event and one.governor - telling.last in range(-3, 2)):
        # "l'attentat de 2012" dates the attack and nothing else
        return cost + REACH if not one.event else cost + CLAUSE_COST
    return 0 if one.governed else cost


def _is_of_other(telling: Telling, one: Standing, between: tuple[str, ...]) -> bool:
    """``L'enquête a avancé mardi sur l'attaque``: the day of another verb than a definite noun or a participle."""
    sentence = telling.sentence
    if one.first > telling.last:
        last = one.lead + 1
        return telling.bare and (len(between) > NEAR or has_finite(sentence, telling.last + 1, last))
    opens = one.first <= OPENING
    occurs = not word_list("unreal", "occurring").isdisjoint(between)
    subject = opens and (occurs or not has_finite(sentence, one.last + 1, telling.first))
    return not subject and len(between) > ADJOINING


def _days_after(telling: Telling, one: Standing, times: Times) -> Span | None:
    """``Trois jours après l'assaut``, ``Un mois a passé depuis l'assaut``: so long before publication."""
    found = LENGTH.fullmatch(one.date.value or "")
    if found is None or times.published is None or one.date.type is not DateType.DURATION:
        return None
    sentence, gap = telling.sentence, telling.first - one.last
    opens = one.first <= OPENING or sentence.low(one.first - 1) in (":", "–", "—") or telling.kind in HARM
    after = opens and sentence.low(one.last + 1) == "après" and 0 < gap <= ADJOINING + 2
    since = 0 < gap <= PASSED and "depuis" in sentence.lows(telling.first - 2, telling.first)
    if not after and not since:
        return None
    # "Neuf heures après la secousse": the same day, or the one before.
    number, grain = (int(found[1]), GRAINS[found[2]]) if found[1] else (round(int(found[3]) / 24), Grain.DAY)
    day = shifted(date.fromisoformat(times.published), -number, grain)
    if day is None:
        return None
    return Span(day.isoformat(), day.isoformat(), day.isoformat(), DateBasis.CLAUSE)


def is_past(span: Span | None, times: Times) -> bool:
    """Whether a telling is of something that lies before the news."""
    if span is None or times.published is None:
        return False
    return _days_between(span.end, times.published) > OLD


def is_distant(happening: Happening, times: Times) -> bool:
    """``avant la présidentielle de 2017``: whether what the lead mentions lies ahead, or is told of a whole year."""
    spans = [span for span, _ in happening.spans]
    if not spans or times.published is None or happening.first.in_headline or not happening.first.definite:
        return False
    return all(_length(span) > QUARTER or _days_between(times.published, span.begin) > OLD for span in spans)


def is_fresh(span: Span | None, times: Times) -> bool:
    """Whether an event is of these days: what has followed upon it is, too."""
    if span is None or times.published is None:
        return False
    return abs(_days_between(span.end, times.published)) <= FRESH


def choose_span(
    happening: Happening,
    times: Times,
    head: Sequence[Sentence],
    *,
    is_main: bool,
    is_news: bool = False,
    titled: Sequence[Span] = (),
) -> Span | None:
    """Return the time of an event: of its tellings the first that is one day; else the lead's, or publication's day."""
    spans = [span for span, _ in happening.spans]
    if happening.kind == "competition" and not happening.is_past:
        # "la Coupe d'Afrique 2017": of a name
        spans = [span for span in spans if _length(span) <= QUARTER or span.end < (times.published or "")]
    if all(_length(span) for span in spans):
        # "Un an après le séisme": a title outside the text that knows the day.
        spans += [one for one in titled if not spans or any(one.begin <= s.end and s.begin <= one.end for s in spans)]
    published = times.published
    wide = is_main and not happening.is_past and all(_length(span) > QUARTER for span in spans)
    if spans and not (wide and any(span.begin <= (published or "") <= span.end for span in spans)):
        return min(spans, key=lambda span: (_length(span) > 1, _length(span) > QUARTER, spans.index(span)))
    told = [telling for telling in happening.tellings if telling.index < HEAD]
    # "Une tombe profanée": a participle that makes the headline is news, too.
    fresh = any(not one.definite or (one.in_headline and one.trigger.form == "participle") for one in told)
    # "On a arrêté trois employés": what followed upon it since.
    since = is_news and happening.first.is_perfect
    if published is None or happening.is_past:
        return None
    if not ((happening.in_head and fresh) or since):
        return _first_day(times, head) if is_main and happening.kind in HARM else None
    only = _only_day(times, head[:HEAD]) if is_main else None
    if only is None and is_main and happening.kind in HARM and any(_sums_up(sentence) for sentence in head[:HEAD]):
        only = _first_day(times, head)
    return only or Span(published, published, published, DateBasis.PUBLICATION)


def _sums_up(sentence: Sentence) -> bool:
    """``Le bilan s'alourdit``, ``les recherches continuent``: whether what is told goes on with what happened."""
    return sentence.says(word_list("actors", "following"))


def _first_day(times: Times, head: Sequence[Sentence]) -> Span | None:
    """Return the first of the last days that are told: *94 morts, contre 61 dimanche*: it was that day, or before."""
    days = sorted(
        one.date.value_begin
        for sentence in head
        for one in times.within(sentence)
        if one.date.value_begin and one.date.value_begin == one.date.value_end and times.is_past(one)
    )
    recent = [day for day in days if _days_between(day, times.published or day) <= NEWS]
    if not recent or recent[0] == times.published:
        return None
    return Span(recent[0], recent[0], recent[0], DateBasis.EVENT)


def _days_between(begin: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(begin)).days


def _only_day(times: Times, head: Sequence[Sentence]) -> Span | None:
    """Return the only day that headline and lead tell, where it is news: *Que s'est-il passé samedi à X ?*."""
    days = {
        (one.date.value_begin, one.date.value_end): one
        for sentence in head
        for one in times.within(sentence)
        if one.date.value_begin and times.is_past(one) and not (one.said or one.stated or one.since)
    }
    if len(days) != 1:
        return None
    one = next(iter(days.values()))
    begin, end = one.date.value_begin or "", one.date.value_end or ""
    if _days_between(end, times.published or end) > NEWS:
        return None
    return Span(one.date.value, begin, _over_night(one, begin, end), DateBasis.EVENT)


def _length(span: Span) -> int:
    return _days_between(span.begin, span.end)
