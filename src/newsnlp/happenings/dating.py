"""When an event was: the date of a clause about it, of another one, or the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.records import DateBasis, DateType

if TYPE_CHECKING:
    from newsnlp.figures.times import Standing, Times
    from newsnlp.happenings.story import Happening
    from newsnlp.happenings.tellings import Telling

REACH = 30
"""How many words a date may stand from what tells of an event."""
OLD = 45
"""How many days before publication what happened is no news any more."""
CLAUSE = frozenset({"qui", "que", "qu'", "mais", "tandis", "alors", "après", "avant", ";"})
CLAUSE_COST = 8
NEAR = 10
OVER_NIGHT = re.compile(r"nuit d.*\b(?:à|au)\b")
HAD = frozenset({"avait", "avaient"})


class Span(NamedTuple):
    """A time: its TIMEX3 value, its first and last day, and what gave it."""

    value: str | None
    begin: str
    end: str
    basis: DateBasis
    said: bool = False


def span_of(telling: Telling, times: Times) -> Span | None:
    """Return the time that a telling is told with."""
    sentence = telling.sentence
    best: tuple[int, Standing] | None = None
    for one in times.within(sentence):
        if one.date.value_begin is None or one.date.value_end is None:
            continue
        if one.date.type not in (DateType.DATE, DateType.TIME) or one.said or one.stated:
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
    if begin == end and (one.date.value or "").endswith("TNI") and OVER_NIGHT.search(one.date.text):
        end = (date.fromisoformat(begin) + timedelta(days=1)).isoformat()  # "dans la nuit de lundi à mardi"
    return Span(one.date.value, begin, end, basis)


def _cost(telling: Telling, one: Standing) -> int:
    sentence = telling.sentence
    if one.first > telling.last:
        between = sentence.lows(telling.last + 1, one.lead + 1)
    else:
        between = sentence.lows(one.last + 1, telling.first)
    cost = len(between) + CLAUSE_COST * sum(low in CLAUSE for low in between)
    if one.governed and not (one.event and one.governor - telling.last in range(-3, 2)):
        # "l'attentat de 2012" dates the attack and nothing else
        return cost + REACH if not one.event else cost + CLAUSE_COST
    return 0 if one.governed else cost


def is_past(telling: Telling, span: Span | None, times: Times) -> bool:
    """Whether a telling is of something that lies before the news."""
    if span is None or times.published is None:
        return False
    return (date.fromisoformat(times.published) - date.fromisoformat(span.end)).days > OLD


def choose_span(happening: Happening, times: Times) -> Span | None:
    """Return the time of an event: of its tellings the first that is one day; else the day of publication."""
    spans = [span for span, _ in happening.spans]
    if spans:
        best = min(spans, key=lambda span: (_length(span) > 1, spans.index(span)))
        return best if best is spans[0] or _length(best) < _length(spans[0]) else spans[0]
    published = times.published
    if published is not None and happening.in_head and not happening.is_past:
        return Span(published, published, published, DateBasis.PUBLICATION)
    return None


def _length(span: Span) -> int:
    return (date.fromisoformat(span.end) - date.fromisoformat(span.begin)) // timedelta(days=1)
