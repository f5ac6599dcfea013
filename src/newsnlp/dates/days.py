"""Which day, and which hour of it: weekdays, days of a month, holidays, parts of the day, the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain, day_of, days_of, holiday, months, shifted, value_at
from newsnlp.dates.direction import AHEAD
from newsnlp.dates.words import CLASSES
from newsnlp.records import DateType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.resolve import Resolver

    Found = tuple[str | None, str | None]

_NOTHING: Found = (None, None)
# Days within which a date and its weekday are taken for one of the calendar: it comes back after five or six years.
_SURE = 1500
# A holiday so far off, while the next one is so near, is not meant.
_FAR, _NEAR = 250, 40
_EVENT = {CLASSES["OF"], CLASSES["OF_THE"]}


def _timed(item: Expression, day: date, anchor: str | None) -> Found:
    """Return a day with the part or the hour that the expression gives it."""
    if item.clock is not None:
        return f"{day.isoformat()}T{item.clock.hour % 24:02}:{item.clock.minute:02}", anchor
    return (f"{day.isoformat()}T{item.part}" if item.part else day.isoformat()), anchor


def day(resolver: Resolver, item: Expression) -> Found:
    """Resolve a day of a month: ``7 octobre``, ``Ce samedi 14 mai 2016``, ``7 juillet dernier``."""
    if item.month is None or item.day is None:
        return _NOTHING
    if item.year is not None:
        found = day_of(resolver.full(item.year), item.month, item.day)
        return _timed(item, found, "none") if found else _NOTHING
    told = resolver.year_here(item) if item.way is None else None
    if told is not None:
        years = [told.begin.year] if told.grain is Grain.YEAR else [told.begin.year + step for step in (-1, 0, 1)]
        near = [day for year in years if (day := day_of(year, item.month, item.day))]
        found = min(near, key=lambda day: abs((day - told.begin).days), default=None)
        return _timed(item, found, str(told.index)) if found else _NOTHING
    candidates = [day_of(year, item.month, item.day) for year in resolver.years_around()]
    if item.weekday is not None:
        sure = _on_weekday(resolver, item, candidates)
        if sure is not None:
            return _timed(item, sure, resolver.anchor)
    found = resolver.nearest(item, candidates)
    return _timed(item, found, resolver.anchor) if found else _NOTHING


def _on_weekday(resolver: Resolver, item: Expression, candidates: list[date | None]) -> date | None:
    """Return the day of the year in which it is the weekday that the text names: that tells the year, not the verb."""
    of_weekday = [day for day in candidates if day and day.isoweekday() == item.weekday]
    if resolver.today is None or not of_weekday or item.way:
        return None
    today = resolver.today
    nearest = min(of_weekday, key=lambda day: abs((day - today).days))
    return nearest if abs((nearest - today).days) < _SURE else None


def numeric(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``12/03/2019``, ``2019-03-12``, ``12/03`` and ``03/2019``."""
    if item.day is None and item.month is not None and item.year is not None:
        return f"{resolver.full(item.year):04}-{item.month:02}", "none"
    return day(resolver, item)


def offset(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``hier``, ``après-demain``."""
    found = shifted(resolver.today, item.offset or 0, Grain.DAY) if resolver.today else None
    return _timed(item, found, resolver.anchor) if found else _NOTHING


def eve(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``la veille`` and ``le lendemain`` from the last day told; those of an event are told beside that day."""
    if item.month is not None:  # "au lendemain du 15 mars"
        value, anchor = day(resolver, item)
        covered = days_of(value)
        found = shifted(covered[0], item.offset or 0, Grain.DAY) if covered else None
        return (found.isoformat(), anchor) if found else _NOTHING
    last = resolver.last(1)
    base, anchor = (last.end, str(last.index)) if last else resolver.base()
    if base is None:
        return _NOTHING
    if last and resolver.items[last.index].rule == "night_between":
        base += timedelta(1)  # "dans la nuit de mardi à mercredi …, survenu la veille": on Tuesday
    of_event = resolver.text.letter(item.last + 1) in _EVENT
    found = base if of_event else shifted(base, item.offset or 0, Grain.DAY)
    return _timed(item, found, anchor) if found else _NOTHING


def weekday(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``mardi``, ``lundi dernier``, ``jeudi de la semaine prochaine``, ``le lundi suivant``."""
    number = item.weekday or 1
    if item.type is DateType.SET:
        return f"XXXX-WXX-{number}" + (f"T{item.part}" if item.part else ""), None
    if item.first == item.last and resolver.comes_back(item):  # "le mercredi", of every week
        item.type = DateType.SET
        return f"XXXX-WXX-{number}", None
    base, anchor = resolver.base()
    if item.in_text and (last := resolver.last(1)):
        base, anchor = last.end, str(last.index)
    if base is None:
        return _NOTHING
    if item.offset is not None:
        monday = base - timedelta(base.isoweekday() - 1) + timedelta(7 * item.offset)
        return _timed(item, monday + timedelta(number - 1), anchor)
    if item.day is not None:
        candidates = [
            candidate
            for shift in range(-6, 7)
            if (month := shifted(base.replace(day=1), shift, Grain.MONTH))
            and (candidate := day_of(month.year, month.month, item.day))
            and candidate.isoweekday() == number
        ]
        found = min(candidates, key=lambda day: abs((day - base).days), default=None)
        return _timed(item, found, anchor) if found else _NOTHING
    if item.in_text and item.way not in {-1, 1}:
        found = base - timedelta((base.isoweekday() - number) % 7)  # "ce même lundi"
        return _timed(item, found, anchor)
    if item.in_text:
        step = (number - base.isoweekday()) % 7 or 7
        found = base + timedelta(step) if item.way != -1 else base - timedelta((base.isoweekday() - number) % 7 or 7)
        return _timed(item, found, anchor)
    monday = base - timedelta(base.isoweekday() - 1)
    if item.number is not None:  # "lundi en huit"
        item.way = 1
    found = resolver.nearest(item, [monday + timedelta(number - 1 + 7 * week) for week in (-1, 0, 1)])
    return _timed(item, found + timedelta(7 * (item.number or 0)), anchor) if found else _NOTHING


def named(resolver: Resolver, item: Expression) -> Found:
    """Resolve a holiday, and the eve of one."""
    rule, shift = item.holiday or "", item.offset or 0
    if item.year is not None:
        found = holiday(rule, resolver.full(item.year))
        return _timed(item, found + timedelta(shift), "none") if found else _NOTHING
    days = [day + timedelta(shift) for year in resolver.years_around() if (day := holiday(rule, year))]
    found = resolver.nearest(item, days)
    if found and resolver.today and item.way is None and (resolver.today - found).days > _FAR:
        # "a fêté Noël", on the day before: the one at hand, whatever the verb says.
        today = resolver.today
        near = min(days, key=lambda day: abs((day - today).days))
        found = near if abs((near - today).days) <= _NEAR else found
    return _timed(item, found, resolver.anchor) if found else _NOTHING


def night_of(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``nuit du 3 mai``, ``nuit de samedi``, ``soirée d'hier``."""
    inner = named if item.holiday else day if item.month else offset if item.weekday is None else weekday
    return inner(resolver, item)


def night_between(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``nuit de mardi à mercredi``: by the day on which it ends, since the tense speaks of the whole night."""
    second = item.others[0]
    if second.weekday is not None and second.day is None:
        value, anchor = weekday(resolver, second)
    else:
        second.month = second.month or item.month
        if second.month is None:
            value, anchor = weekday(resolver, second) if second.weekday else _NOTHING
        else:
            value, anchor = day(resolver, second)
    covered = days_of(value)
    if covered is None:
        return _NOTHING
    first = covered[0] - timedelta(1)
    return f"{first.isoformat()}T{item.part}", anchor


def days(resolver: Resolver, item: Expression) -> Found:
    """Resolve the first of ``3 au 7 mai`` by the last; the year, month and tense are the last one's."""
    last = item.others[0]
    value, anchor = day(resolver, last)
    covered = days_of(value)
    if covered is None or item.day is None:
        return _NOTHING
    first = day_of(covered[0].year, covered[0].month, item.day)
    if first is not None and first > covered[0]:
        before = shifted(covered[0].replace(day=1), -1, Grain.MONTH)
        first = day_of(before.year, before.month, item.day) if before else None
    return (f"{first.isoformat()}/{value}", anchor) if first else (value, anchor)


def in_month(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``premier mardi d'octobre``, ``dernier jour de mars``, ``premier dimanche du printemps``."""
    base, anchor = resolver.base()
    told = resolver.year_here(item)
    if told is not None:
        base, anchor = told.begin, str(told.index)
    if item.year is not None:
        years, anchor = [resolver.full(item.year)], "none"
    elif base is None:
        return _NOTHING
    else:
        years = (
            [base.year]
            if told or (item.month is None and item.season is None)
            else [base.year - 1, base.year, base.year + 1]
        )
    found = [_nth(item, year, base) for year in years]
    chosen = found[0] if len(found) == 1 else resolver.nearest(item, found)
    if chosen is None:
        return _NOTHING
    return (
        _timed(item, chosen, anchor) if item.grain is Grain.DAY else (value_at(chosen, item.grain or Grain.DAY), anchor)
    )


_SPRING = {"SP": (3, 20), "SU": (6, 21), "FA": (9, 22), "WI": (12, 21)}


def _nth(item: Expression, year: int, base: date | None) -> date | None:
    number = item.number or 1
    if item.month is None and item.season is None:
        first, last = (
            months(year, 1, 12) if "année" in item.rule or base is None else months(base.year, base.month, base.month)
        )
    elif item.season is not None:
        first = date(year, *_SPRING[item.season])
        last = first + timedelta(90)
    else:
        first, last = months(year, item.month or 1, item.month or 1)
    # A week is counted with its Monday.
    weekday_of = item.weekday or {Grain.WEEKEND: 6, Grain.WEEK: 1}.get(item.grain or Grain.DAY)
    if weekday_of is None:
        return last - timedelta(-number - 1) if number < 0 else first + timedelta(number - 1)
    if number < 0:
        return last - timedelta((last.isoweekday() - weekday_of) % 7)
    return first + timedelta((weekday_of - first.isoweekday()) % 7 + 7 * (number - 1))


def part(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``ce soir``, ``cette nuit``, ``dans la matinée``, ``nuit dernière``, ``le soir même``."""
    known = resolver.last(1) if item.in_text else None
    base, anchor = (known.end, str(known.index)) if known else resolver.base()
    if item.way is None and known is None and (known := resolver.day_in_force(item)):
        base, anchor = known.end, str(known.index)
    if base is None:
        return _NOTHING
    shift = item.way or 0
    if item.part == "NI" and item.way == 0 and not item.in_text and resolver.way(item) != AHEAD:
        shift = -1
    return _timed(item, base + timedelta(shift), anchor)


def clock(resolver: Resolver, item: Expression) -> Found:
    """Resolve an hour on the day in force, else on that of publication."""
    known = resolver.day_of_clock(item) or resolver.day_in_force(item)
    base, anchor = (known.end, str(known.index)) if known else resolver.base()
    if known and item.clock and item.clock.hour < 12 and (known.value or "").endswith("TNI") and base:  # noqa: PLR2004
        base += timedelta(1)  # "vers 2 heures", in the night that began the evening before
    return _timed(item, base, anchor) if base else _NOTHING


RULES: dict[str, Callable[[Resolver, Expression], Found]] = {
    "day": day,
    "numeric": numeric,
    "offset": offset,
    "eve": eve,
    "weekday": weekday,
    "holiday": named,
    "night_of": night_of,
    "night_between": night_between,
    "days": days,
    "month_day": in_month,
    "part": part,
    "clock": clock,
    "noon": clock,
}
