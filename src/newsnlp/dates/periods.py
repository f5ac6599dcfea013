"""Which week, month, season, year or century; and what lies so many of them before or after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain, days_of, duration_value, shifted, value_at, whole
from newsnlp.dates.direction import BEHIND
from newsnlp.dates.words import CLASSES
from newsnlp.records import DateMod, DateType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.resolve import Resolver

    Found = tuple[str | None, str | None]

_NOTHING: Found = (None, None)
_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SMALL = {Grain.HOUR: "hours", Grain.MINUTE: "minutes", Grain.SECOND: "seconds"}
# What "deux semaines plus tôt" leans on is no coarser than a day, "un mois plus tard" no coarser than a month.
_COARSEST = {Grain.DAY: (1,), Grain.WEEK: (7,), Grain.WEEKEND: (7,), Grain.MONTH: (31,)}
_PIVOT = 20


def month(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``avril 2016``, ``fin juin``, ``juin prochain``, ``mars de l'année dernière``."""
    number = item.month or 1
    if item.year is not None:
        return f"{resolver.full(item.year):04}-{number:02}", "none"
    return _in_year(resolver, item, lambda year: date(year, number, 1), Grain.MONTH)


def _in_year(resolver: Resolver, item: Expression, begin: Callable[[int], date], grain: Grain) -> Found:
    """Resolve a month, quarter or season: of the year in force, else the nearest in the direction of the verb."""
    told = resolver.year_here(item)
    base, anchor = (told.begin, str(told.index)) if told and item.way is None else resolver.base()
    if base is None:
        return _NOTHING
    if item.offset is not None:
        return value_at(begin(base.year + item.offset), grain), anchor
    if told is not None and item.way is None:
        return value_at(begin(base.year), grain), anchor
    today = resolver.today
    # What lasts now is neither past nor to come: its first day stands for it.
    current = days_of(value_at(today, grain)) if today else None
    if today is None or current is None:
        return _NOTHING
    candidates = [begin(year) for year in range(base.year - 2, base.year + 3)]
    kept, resolver.today = today, current[0]
    found = resolver.nearest(item, candidates)
    resolver.today = kept
    return (value_at(found, grain), anchor) if found else _NOTHING


def season(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``été 2018``, ``cet hiver``, ``l'automne dernier``; of any year ``en été``."""
    name = item.season or "SP"
    if item.year is not None:
        return f"{resolver.full(item.year):04}-{name}", "none"
    if (
        item.way is None
        and resolver.text.word(item.first - 1) in {"en", "d'", "comme"}
        and resolver.year_here(item) is None
    ):
        return f"XXXX-{name}", None
    return _in_year(resolver, item, lambda year: date(year, _FIRST_MONTH[name], 1), Grain.SEASON)


def quarter(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``premier trimestre 2018``, ``second semestre``, ``dernier trimestre``."""
    grain = item.grain or Grain.QUARTER
    length = 3 if grain is Grain.QUARTER else 6
    named_year = item.year is not None or item.offset is not None
    if item.number is None:
        if not named_year:
            base, anchor = resolver.base()
            begin = days_of(value_at(base, grain)) if base else None
            moved = shifted(begin[0], item.way or 0, grain) if begin else None
            return (value_at(moved, grain), anchor) if moved else _NOTHING
        item.number, item.way = 12 // length, None
    if not 1 <= item.number <= 12 // length:
        return _NOTHING
    first = (item.number - 1) * length + 1
    if item.year is not None:
        return value_at(date(resolver.full(item.year), first, 1), grain), "none"
    return _in_year(resolver, item, lambda year: date(year, first, 1), grain)


def year(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``2014``, ``fin 2013``, ``l'année 1994``, ``en 97``."""
    return (f"{resolver.full(item.year):04}", "none") if item.year is not None else _NOTHING


def decade(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``années 60``, ``années 2000``; ``l'année 1994`` is a year."""
    number = item.number or 0
    if number < 100:  # noqa: PLR2004
        near = resolver.today.year if resolver.today else 2000
        number += 1900 if number >= _PIVOT or near < 2000 else 2000  # noqa: PLR2004
    if number % 10 or not resolver.text.word(item.first if item.mod is None else item.last - 1).endswith("s"):
        return f"{number:04}", "none"
    return f"{number // 10:03}X", "none"


def century(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``XIXe siècle``; before Christ there is no value."""
    before_christ = (
        resolver.text.folded[resolver.text.end(item.last) :][:16].lstrip().startswith(("avant j", "av. j", "av j"))
    )
    if before_christ or item.grain is not Grain.CENTURY or not item.number or item.number > 40:  # noqa: PLR2004
        return _NOTHING
    return f"{item.number - 1:02}XX", "none"


def period(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``semaine dernière``, ``cette année``, ``début du mois``, ``l'année suivante``, ``le jour même``."""
    grain = item.grain or Grain.DAY
    base, anchor = resolver.base()
    way = item.way or 0
    if item.year is not None:
        return f"{resolver.full(item.year):04}", "none"
    if item.in_text:
        last = resolver.last()
        if last is not None:
            base, anchor = last.begin if way <= 0 else last.end, str(last.index)
        elif way == 0:
            return _NOTHING
    elif item.mod is not None and way == 0 and not _has(resolver, item, "DEM"):
        told = resolver.year_here(item)
        if told is not None and grain is Grain.YEAR:
            base, anchor = told.begin, str(told.index)
    if base is None:
        return _NOTHING
    if grain is Grain.WEEKEND and not item.in_text and way == 0:
        return weekend(resolver, item)
    moved = shifted(base, way, grain)
    return (value_at(moved, grain), anchor) if moved else _NOTHING


def _has(resolver: Resolver, item: Expression, name: str) -> bool:
    return CLASSES[name] in resolver.text.classes[item.first : item.last + 1]


def weekend(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``ce week-end``, ``week-end dernier``, ``week-end du 3 mai``."""
    if item.day is not None:
        return _around_day(resolver, item, Grain.WEEKEND)
    base, anchor = resolver.base()
    if item.in_text and (last := resolver.last()):
        base, anchor = last.begin, str(last.index)
    if base is None:
        return _NOTHING
    way = item.way or 0
    if way == 0 and base.isoweekday() < 6 and resolver.way(item) == BEHIND:  # noqa: PLR2004
        way = -1
    if way == -1 and base.isoweekday() >= 6 and item.way == 0:  # noqa: PLR2004
        way = 0
    moved = shifted(base, way, Grain.WEEK)
    return (value_at(moved, Grain.WEEKEND), anchor) if moved else _NOTHING


def week_of(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``semaine du 3 mai``."""
    return _around_day(resolver, item, Grain.WEEK)


def _around_day(resolver: Resolver, item: Expression, grain: Grain) -> Found:
    from newsnlp.dates.days import day

    if item.month is None and resolver.today is not None:
        item.month = resolver.today.month
    value, anchor = day(resolver, item)
    covered = days_of(value)
    return (value_at(covered[0], grain), anchor) if covered else _NOTHING


def firsts(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``sept premiers mois de l'année``, ``trois premiers jours de mai``, ``derniers mois de 2016``."""
    told = resolver.year_here(item)
    base, anchor = (told.begin, str(told.index)) if told else resolver.base()
    if item.year is not None:
        base, anchor = date(resolver.full(item.year), 1, 1), "none"
    if base is None:
        return _NOTHING
    if item.month is not None:
        value, anchor_of_month = month(resolver, item)
        anchor = anchor_of_month
    else:
        moved = shifted(base, item.way or 0, item.grain or Grain.YEAR)
        value = value_at(moved, item.grain or Grain.YEAR) if moved else None
    covered = days_of(value)
    count, unit = item.amount[0]
    at_end = item.mod is DateMod.END
    if covered is None:
        return _NOTHING
    if count is None:
        return value, anchor
    item.mod = None
    if unit in (Grain.MONTH, Grain.QUARTER):
        return _months_of(covered, int(count), 1 if unit is Grain.MONTH else 3, at_end=at_end), anchor
    length = timedelta(int(count) * (7 if unit is Grain.WEEK else 1) - 1)
    first, last = (covered[1] - length, covered[1]) if at_end else (covered[0], covered[0] + length)
    return f"{first.isoformat()}/{last.isoformat()}", anchor


def _months_of(covered: tuple[date, date], count: int, length: int, *, at_end: bool) -> str | None:
    steps = count * length - 1
    ends = (
        (shifted(covered[1].replace(day=1), -steps, Grain.MONTH), covered[1])
        if at_end
        else (covered[0], shifted(covered[0], steps, Grain.MONTH))
    )
    first, last = ends
    return f"{value_at(first, Grain.MONTH)}/{value_at(last, Grain.MONTH)}" if first and last else None


def same_period(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``la même période en 2016``: the last period told, in that year."""
    last = resolver.latest_period
    if last is None or last.value is None:
        return (f"{resolver.full(item.year):04}", "none") if item.year else _NOTHING
    year_of = last.begin.year
    if item.year is not None:
        new = resolver.full(item.year)
    elif item.grain is not None:
        new = year_of + (item.way if item.way in (-1, 1) else 0)
    else:
        return last.value, str(last.index)
    shift = new - year_of
    moved = "/".join(_moved(piece, shift) for piece in last.value.split("/"))
    return (moved, str(last.index)) if days_of(moved) else _NOTHING


def _moved(value: str, years: int) -> str:
    return f"{int(value[:4]) + years:04}{value[4:]}" if value[:4].isdigit() else value


def away(resolver: Resolver, item: Expression) -> Found:
    """Resolve ``il y a deux ans``, ``dans trois jours``: so far from publication; ``plus tard``: from the text."""
    base, anchor = resolver.base()
    moment = resolver.moment
    if item.rule == "later":
        last = resolver.last(*_COARSEST.get(item.grain or Grain.YEAR, ()))
        if last is None:
            item.type = DateType.DURATION if item.grain in _SMALL else item.type
            return (duration_value(item.amount), None) if item.grain in _SMALL else _NOTHING
        base, anchor, moment = (last.end if (item.way or 1) > 0 else last.begin), str(last.index), last.moment
        if item.grain in _SMALL and moment is None:
            item.type = DateType.DURATION
            return duration_value(item.amount), None
    amount = whole(item.amount)
    if any(count is None for count, _ in amount):
        item.type = DateType.DURATION
        return duration_value(item.amount), None
    if base is None:
        item.type = DateType.TIME if item.grain in _SMALL else item.type
        return _NOTHING
    return _moved_by(item, amount, base, moment, anchor)


def _moved_by(
    item: Expression, amount: list[tuple[float | None, Grain]], base: date, moment: datetime | None, anchor: str | None
) -> Found:
    way = item.way or 1
    finest = amount[-1][1]
    if finest in _SMALL:
        item.type = DateType.TIME
        seconds = {_SMALL[unit]: way * (count or 0) for count, unit in amount if unit in _SMALL}
        try:
            found = moment + timedelta(**seconds) if moment else None
        except OverflowError:
            return _NOTHING
        return (f"{found:%Y-%m-%dT%H:%M}", anchor) if found else _NOTHING
    day: date | None = base
    for count, unit in amount:
        if count is None or day is None:
            return _NOTHING
        if count % 1:
            count = round(count * 30.44 if unit is Grain.MONTH else count * 7)  # noqa: PLW2901
            unit = Grain.DAY  # noqa: PLW2901
        day = shifted(day, way * int(count), unit)
    if day is None:
        return _NOTHING
    return value_at(day, Grain.YEAR if finest in (Grain.DECADE, Grain.CENTURY) else finest), anchor


def duration(_resolver: Resolver, item: Expression) -> Found:
    """Give a duration its value."""
    return duration_value(item.amount), None


def repeated(_resolver: Resolver, item: Expression) -> Found:
    """Give a set its period, or the day, month or season that it comes back with."""
    part = f"T{item.part}" if item.part else ""
    if item.weekday is not None:
        return f"XXXX-WXX-{item.weekday}{part}", None
    if item.month is not None:
        return f"XXXX-{item.month:02}", None
    if item.season is not None:
        return f"XXXX-{item.season}", None
    if part and not item.amount:
        return f"XXXX-XX-XX{part}", None
    return (duration_value(item.amount) if item.amount else None), None


RULES: dict[str, Callable[[Resolver, Expression], Found]] = {
    "month": month,
    "season": season,
    "quarter": quarter,
    "year": year,
    "decade": decade,
    "century": century,
    "period": period,
    "weekend": weekend,
    "week_of": week_of,
    "firsts": firsts,
    "same_period": same_period,
    "ago": away,
    "ahead": away,
    "later": away,
    "duration": duration,
    "between_numbers": duration,
    "half": duration,
    "timed": duration,
    "last_ones": duration,
    "sets": repeated,
}
