"""TIMEX3 values and the days that they cover; Easter, and the holidays that hang on it."""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from newsnlp.lexicons import load_csv

_FRIDAY, _SATURDAY, _SUNDAY = 5, 6, 7
_YEARS = range(1, 10_000)
# First and last month; a winter ends in the year after the one that it bears.
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
# Of two digits: those of the century that is nearest, up to so many years ahead.
_AHEAD = 20


class Grain(StrEnum):
    """How much of the calendar an expression covers; the values are TIMEX3's units."""

    HOUR = "TH"
    MINUTE = "TM"
    SECOND = "TS"
    DAY = "D"
    WEEK = "W"
    WEEKEND = "WE"
    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    SEASON = "S"
    YEAR = "Y"
    DECADE = "DE"
    CENTURY = "CE"


IN_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12, Grain.DECADE: 120, Grain.CENTURY: 1200}
IN_DAYS = {Grain.DAY: 1, Grain.WEEK: 7, Grain.WEEKEND: 7}
_FORMS = {
    re.compile(form): name
    for form, name in (
        (r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", "day"),
        (r"(\d{4})-(\d\d)", "month"),
        (r"(\d{4})", "year"),
        (r"(\d{4})-W(\d\d)(-WE)?", "week"),
        (r"(\d{4})-([QH])(\d)", "part"),
        (r"(\d{4})-(SP|SU|FA|WI)", "season"),
        (r"(\d{3})X", "decade"),
        (r"(\d\d)XX", "century"),
    )
}


def days_of(value: str | None) -> tuple[date, date] | None:
    """Return the first and the last day of a value, None where it places nothing in the calendar.

    Examples
    --------
    >>> [str(day) for day in days_of("2016-02")], [str(day) for day in days_of("2019-W10-WE")]
    (['2016-02-01', '2016-02-29'], ['2019-03-09', '2019-03-10'])
    >>> days_of("P2D")
    """
    if value is None:
        return None
    first, slash, last = value.partition("/")
    if slash:
        begin, end = days_of(first), days_of(last)
        return (begin[0], end[1]) if begin and end else None
    for form, name in _FORMS.items():
        if found := form.fullmatch(value):
            try:
                return _covered(name, found.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _covered(name: str, parts: tuple[str | None, ...]) -> tuple[date, date]:
    digits = int(parts[0] or 0)
    second = parts[1] if len(parts) > 1 else None
    match name:
        case "day":
            day = date(digits, int(second or 0), int(parts[2] or 0))
            return day, day
        case "month":
            return months(digits, int(second or 0), int(second or 0))
        case "week":
            monday = date.fromisocalendar(digits, int(second or 0), 1)
            return monday + timedelta(_FRIDAY if parts[2] else 0), monday + timedelta(6)
        case "part":
            length = IN_MONTHS[Grain(str(second))]
            last = int(parts[2] or 0) * length
            return months(digits, last - length + 1, last)
        case "season":
            return months(digits, *_SEASONS[str(second)])
    years = {"year": 1, "decade": 10, "century": 100}[name]
    return date(digits * years or 1, 1, 1), date(digits * years + years - 1, 12, 31)


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the first and last day of months of a year; those from 13 on are of the next."""
    year_of_last, last = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(year_of_last, last, monthrange(year_of_last, last)[1])


def value_at(day: date, grain: Grain) -> str:
    """Return the value of the whole day, week, month … that a day lies in.

    Examples
    --------
    >>> [value_at(date(2019, 3, 10), grain) for grain in (Grain.WEEK, Grain.WEEKEND, Grain.QUARTER, Grain.SEASON)]
    ['2019-W10', '2019-W10-WE', '2019-Q1', '2019-SP']
    """
    year, week, _ = day.isocalendar()
    match grain:
        case Grain.WEEK:
            return f"{year:04}-W{week:02}"
        case Grain.WEEKEND:
            return f"{year:04}-W{week:02}-WE"
        case Grain.MONTH:
            return f"{day:%Y-%m}" if day.year >= 1000 else f"{day.year:04}-{day.month:02}"  # noqa: PLR2004
        case Grain.QUARTER | Grain.HALF:
            return f"{day.year:04}-{grain}{(day.month - 1) // IN_MONTHS[grain] + 1}"
        case Grain.SEASON:
            name = next((name for name, (first, last) in _SEASONS.items() if first <= day.month <= last), "WI")
            return f"{day.year - (day.month < 3):04}-{name}"  # noqa: PLR2004
        case Grain.YEAR:
            return f"{day.year:04}"
        case Grain.DECADE:
            return f"{day.year // 10:03}X"
        case Grain.CENTURY:
            return f"{day.year // 100:02}XX"
    return day.isoformat()


def shifted(day: date, count: int, grain: Grain) -> date | None:
    """Return the day so many days, weeks, months … later; None beyond the years that dates can have.

    Examples
    --------
    >>> str(shifted(date(2016, 1, 31), 1, Grain.MONTH)), str(shifted(date(2016, 2, 29), -1, Grain.YEAR))
    ('2016-02-29', '2015-02-28')
    """
    try:
        if grain in IN_DAYS:
            return day + timedelta(count * IN_DAYS[grain])
        if grain is Grain.SEASON:
            return shifted(day, 3 * count, Grain.MONTH)
        whole = day.year * 12 + day.month - 1 + count * IN_MONTHS[grain]
        year, month = whole // 12, whole % 12 + 1
        return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError, KeyError):
        return None


def full_year(short: int, near: int) -> int:
    """Return the year that two digits mean, near another one.

    Examples
    --------
    >>> full_year(98, 2016), full_year(24, 2016), full_year(98, 1999)
    (1998, 2024, 1998)
    """
    year = near // 100 * 100 + short
    return year - 100 if year > near + _AHEAD else year


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, None where it has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's rule).

    Examples
    --------
    >>> str(easter(2019)), str(easter(2024))
    ('2019-04-21', '2024-03-31')
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@functools.cache
def holidays() -> dict[str, str]:
    """Return the names of holidays and the rules of their days, which `holiday` reads."""
    rows = load_csv("dates_holidays.csv", columns=("surface", "rule", "where"))
    found = {row["surface"]: row["rule"] for row in rows}
    return found | {name.replace("-", " "): rule for name, rule in found.items()}


def holiday(rule: str, year: int) -> date | None:
    """Return the day of a holiday in a year.

    Parameters
    ----------
    rule : str
        ``12-25``: month and day; ``E+39``: days from Easter; ``10-2.1``: the second Monday of October, ``05--1.7``: the
        last Sunday of May; ``<05-25.1``: the Monday before the 25th.
    year : int

    Examples
    --------
    >>> [str(holiday(rule, 2019)) for rule in ("E+1", "10-2.1", "05--1.7", "<05-25.1")]
    ['2019-04-22', '2019-10-14', '2019-05-26', '2019-05-20']
    """
    if year not in _YEARS:
        return None
    if rule.startswith("E"):
        return easter(year) + timedelta(int(rule[1:]))
    head, _, weekday = rule.lstrip("<").partition(".")
    month, number = int(head[:2]), int(head[3:])
    if not weekday:
        return day_of(year, month, number)
    if rule.startswith("<"):
        before = date(year, month, number) - timedelta(1)
        return before - timedelta((before.isoweekday() - int(weekday)) % 7)
    first, last = months(year, month, month)
    if number > 0:
        return first + timedelta((int(weekday) - first.isoweekday()) % 7 + 7 * (number - 1))
    found = last - timedelta((last.isoweekday() - int(weekday)) % 7)
    # The mothers' day of France gives way to Pentecost.
    return found + timedelta(7) if rule == "05--1.7" and found == easter(year) + timedelta(49) else found


# Units that TIMEX3 does not have, in those that it has.
_IN_OTHERS = {Grain.CENTURY: (100, Grain.YEAR), Grain.DECADE: (10, Grain.YEAR), Grain.QUARTER: (3, Grain.MONTH)} | {
    Grain.HALF: (6, Grain.MONTH)
}
_FINER = {Grain.YEAR: (12, Grain.MONTH), Grain.HOUR: (60, Grain.MINUTE), Grain.MINUTE: (60, Grain.SECOND)}
_ORDER = (Grain.YEAR, Grain.MONTH, Grain.WEEK, Grain.WEEKEND, Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND)


def whole(amount: list[tuple[float | None, Grain]]) -> list[tuple[float | None, Grain]]:
    """Return amounts in TIMEX3's units, halves in the finer ones.

    Examples
    --------
    >>> whole([(0.5, Grain.CENTURY)]), whole([(2.5, Grain.YEAR)])
    ([(50, <Grain.YEAR: 'Y'>)], [(30, <Grain.MONTH: 'M'>)])
    """
    return [(count, unit) if count is None else _in_units(count, unit) for count, unit in amount]


def _in_units(count: float, unit: Grain) -> tuple[float, Grain]:
    factor, unit = _IN_OTHERS.get(unit, (1, unit))
    count *= factor
    while count % 1 and unit in _FINER:
        factor, unit = _FINER[unit]
        count = round(count * factor, 6)
    return (int(count) if count % 1 == 0 else count), unit


def duration_value(amount: list[tuple[float | None, Grain]]) -> str | None:
    """Return the value of a duration.

    Examples
    --------
    >>> duration_value([(3, Grain.MONTH), (1, Grain.DAY)]), duration_value([(None, Grain.MINUTE)])
    ('P3M1D', 'PTXM')
    """
    days, clock = "", ""
    for count, unit in sorted(whole(amount), key=lambda part: _ORDER.index(part[1]) if part[1] in _ORDER else 0):
        number = "X" if count is None else str(count)
        if unit.startswith("T"):
            clock += number + unit[1]
        else:
            days += number + (unit if unit in _ORDER else {Grain.QUARTER: "Q", Grain.HALF: "H"}.get(unit, unit))
    return f"P{days}" + (f"T{clock}" if clock else "") if days or clock else None
