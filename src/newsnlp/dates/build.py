"""From the tokens that a rule found to the parts of the expression: which day, how many weeks, which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.dates.calendar import Grain
from newsnlp.dates.exclusions.years import counts_after_month, counts_after_weekday
from newsnlp.dates.grammar import RULES, Expression, parts_of
from newsnlp.dates.words import CLASSES, Clock
from newsnlp.records import DateMod, DateType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dates.tokens import Text

_MANY = {"les", "des", "ces", "aux"}
Parts = list[tuple[str, Any]]
_UNIT = "UNIT_"
_NUMBERS = frozenset({"DAY", "TWO", "YEAR", "NUMBER", "ONE", "FIRST", "ORDINAL"})
_WAYS = {"LAST": -1, "GONE": -1, "NEXT": 1, "COMING": 1, "DEM": 0, "FOLLOWING": 1, "PRECEDING": -1}
_IN_TEXT = frozenset({"FOLLOWING", "PRECEDING", "THERE", "SAME"})
_PARTS_OF_DAY_12 = {"AF", "EV"}


def expression(text: Text, rule: str, first: int, last: int) -> Expression:
    """Return the expression that a rule found, with the parts that it names."""
    found = Expression(rule, first, last, RULES[rule][0])
    parts = parts_of(text, first, last)
    for name, value in parts:
        _take(found, name, value)
    if special := _SPECIAL.get(rule):
        special(found, parts, text)
    return found


def parted(text: Text, found: Expression) -> list[Expression]:
    """Return the expressions that a change between two durations is: ``de huit à douze mois``."""
    change = found.rule == "between_numbers" and text.letter(found.first - 1) == CLASSES["OF"]
    if not change or CLASSES["TO"] not in text.classes[found.first : found.last]:
        return [found]
    token = next(place for place in range(found.first, found.last) if text.letter(place) == CLASSES["TO"])
    unit = found.amount[0][1]
    halves = []
    for first, last in ((found.first, token - 1), (token + 1, found.last)):
        half = Expression(found.rule, first, last, found.type, unit)
        half.amount = [(next(value for name, value in parts_of(text, first, last) if name in _NUMBERS), unit)]
        halves.append(half)
    return halves


def _take(found: Expression, name: str, value: Any) -> None:
    """Note one token. A part that is named twice keeps its first meaning."""
    if name.startswith(_UNIT):
        found.grain = found.grain or value
    elif name in _WAYS:
        found.way = _WAYS[name] if found.way in (None, 0) else found.way
        found.in_text = found.in_text or name in _IN_TEXT
    elif name in _IN_TEXT:
        found.in_text = True
    elif name == "FIRST" and found.day is None:
        found.day = 1
    elif name == "NUMERIC":
        year, found.month, found.day, found.clock = value
        found.year = None if year is None else int(year) if len(year) > 2 else -int(year)  # noqa: PLR2004
    elif name == "EDGE":
        found.mod = value  # "vers la mi-mars" is in the middle of it
    elif name == "TWO" and found.year is None:
        found.year = -value
    elif name in _FIELDS:
        field = _FIELDS[name]
        if getattr(found, field) is None:
            setattr(found, field, value)


# Class -> the field of an expression that it fills. Years of two digits are negative until the nearest is known.
_FIELDS = {
    **{
        name: name.lower()
        for name in ("WEEKDAY", "MONTH", "DAY", "YEAR", "SEASON", "PART", "CLOCK", "HOLIDAY", "OFFSET")
    },
    "EDGE": "mod",
    "MOD": "mod",
    "AROUND": "mod",
    "EVE": "offset",
    "ORDINAL": "number",
    "ROMAN": "number",
    "NOON": "number",
}


def _day(found: Expression, parts: Parts, text: Text) -> None:
    found.grain = Grain.DAY
    if found.year is not None and parts[-1][0] == "YEAR" and counts_after_month(text, found.last, found.year):
        # "le 12 mai 2000 personnes", "le 3 mai – 2016 fut chaud"
        found.year, found.last = None, found.last - (2 if parts[-2][0] == "DASH" else 1)
    if found.rule == "numeric" and found.day is None:
        found.grain = Grain.MONTH
    if found.rule == "numeric" and found.clock is not None:
        found.type = DateType.TIME


def _days(found: Expression, parts: Parts, _text: Text) -> None:
    """Read ``3, 4 et 5 mai``: each day has the month and the year of the last."""
    found.grain = Grain.DAY
    days = [value if name == "DAY" else 1 for name, value in parts if name in {"DAY", "FIRST"}]
    if found.year is None and parts[-1][0] == "DAY" and len(days) > 2 and parts[-2][0] == "MARK":  # noqa: PLR2004
        found.year = -days.pop()
    weekdays = [value for name, value in parts if name == "WEEKDAY"]
    last = _copy(found, day=days[-1], weekday=weekdays[-1] if weekdays and parts[0][0] != "WEEKDAY" else None)
    found.others = [last]
    found.day = days[0]


def _copy(found: Expression, **changed: Any) -> Expression:
    values = {name: getattr(found, name) for name in ("rule", "first", "last", "type", "grain", "year", "month", "way")}
    return Expression(**{**values, **changed})


def _night_between(found: Expression, parts: Parts, _text: Text) -> None:
    """Read ``nuit du 3 au 4 mai``: it bears the day on which it begins, and is dated by the one on which it ends."""
    cut = max(place for place, (name, _) in enumerate(parts) if name in {"TO", "TO_THE", "AND", "DASH"})
    first, second = _halves(found, parts, cut)
    found.others = [second]
    found.weekday, found.day = first.weekday, first.day
    found.month = first.month
    found.grain = Grain.DAY


def _halves(found: Expression, parts: Parts, cut: int) -> tuple[Expression, Expression]:
    halves = []
    for piece in (parts[:cut], parts[cut:]):
        half = Expression(found.rule, found.first, found.last, DateType.DATE, Grain.DAY)
        for name, value in piece:
            _take(half, name, value)
        halves.append(half)
    return halves[0], halves[1]


def _quarter(found: Expression, parts: Parts, _text: Text) -> None:
    if parts[0][0] == "FIRST" or any(name == "FIRST" for name, _ in parts[:3]):
        found.number, found.day = 1, None
    found.grain = next(value for name, value in parts if name == "UNIT_Q")
    numbers = [1 if name == "FIRST" else value for name, value in parts if name in {"FIRST", "ORDINAL"}]
    if len(numbers) > 1:
        found.others = [_copy(found, number=numbers[-1])]
    if any(name == "UNIT_Y" for name, _ in parts) and found.year is None:
        # "de l'année", "de cette année": the year in force; "de l'année dernière": the one before.
        found.offset = found.way if found.way in (-1, 1) else 0
        found.way = None


def _century(found: Expression, parts: Parts, _text: Text) -> None:
    numbers = [1 if name == "FIRST" else value for name, value in parts if name in {"FIRST", "ORDINAL", "ROMAN"}]
    found.number, found.day = (numbers[0] if numbers else None), None
    found.grain = next(value for name, value in parts if name == "UNIT_X")
    if len(numbers) > 1:
        found.others = [_copy(found, number=numbers[-1])]


def _decade(found: Expression, parts: Parts, _text: Text) -> None:
    numbers = [value for name, value in parts if name in {"TWO", "YEAR", "DAY", "NUMBER"}]
    found.grain, found.year, found.day = Grain.DECADE, None, None
    found.number = numbers[0]
    if len(numbers) > 1:
        found.others = [_copy(found, number=numbers[-1])]


def _month(found: Expression, parts: Parts, _text: Text) -> None:
    found.grain = Grain.MONTH
    if found.day is not None:  # "octobre '05"
        found.year, found.day = -found.day, None
    names = [name for name, _ in parts]
    if "UNIT_Y" in names and found.year is None:
        found.offset = found.way if found.way in (-1, 1) else 0
        found.way = None


def _season(found: Expression, parts: Parts, _text: Text) -> None:
    found.grain, found.day = Grain.SEASON, None
    if any(name == "TWO" for name, _ in parts) and found.year is not None and found.year < 0:
        found.year = None


def _period(found: Expression, parts: Parts, text: Text) -> None:
    names = [name for name, _ in parts]
    found.grain = next(value for name, value in parts if name.startswith(_UNIT))
    found.day = None
    unit = next(place for place, name in enumerate(names) if name.startswith(_UNIT))
    plural = text.word(found.first + unit).endswith("s") and (
        found.grain is not Grain.MONTH or text.word(found.first - 1) in _MANY or text.word(found.first) in _MANY
    )
    if plural and found.mod is None and {"LAST", "GONE", "NEXT", "FOLLOWING", "PRECEDING", "COMING"} & set(names):
        found.rule, found.type, found.way = "last_ones", DateType.DURATION, None
        found.amount = [(None, found.grain)]
        return
    if "THEN" in names:  # "l'année d'après"
        found.way, found.in_text = parts[names.index("THEN")][1], True
    if "SAME" in names:
        found.way, found.in_text = 0, True
    if "THERE" in names:
        found.way, found.in_text = 0, text.word(found.last) == "là"
    if found.way is None:
        found.way = 0


def _year(found: Expression, parts: Parts, text: Text) -> None:
    """Read ``2014``, ``2014-15``; what stands apart from a year does not go on with it: ``en 2014 – 15 morts``."""
    found.grain, found.day = Grain.YEAR, None
    if [name for name, _ in parts[-3:-1]] not in (["YEAR", "DASH"], ["YEAR", "SLASH"]):
        return
    if not (text.joined(found.last) and text.joined(found.last - 1)):
        found.last -= 2
        return
    year, last = parts[-3][1], parts[-1][1]
    last += year // 100 * 100 if last < 100 else 0  # noqa: PLR2004
    if last > year:
        found.others = [_copy(found, year=last)]


def _firsts(found: Expression, parts: Parts, _text: Text) -> None:
    """Read ``sept premiers mois de l'année``: how many units, from the beginning or the end of a larger one."""
    units = [value for name, value in parts if name.startswith(_UNIT)]
    head = next(place for place, (name, _) in enumerate(parts) if name in {"FIRSTS", "LAST"})
    count = next((value for name, value in parts[:head] if name in _NUMBERS), None)
    found.amount = [(count, units[0])]
    found.day = None
    rest = [value for name, value in parts[head + 2 :] if name.startswith(_UNIT)]
    found.grain = Grain.MONTH if found.month else rest[-1] if rest else Grain.YEAR
    if found.month and rest and Grain.YEAR in rest:
        found.grain = Grain.YEAR
    found.mod = DateMod.END if parts[head][0] == "LAST" else DateMod.START
    tail = [name for name, _ in parts[head + 1 :]]
    found.way = next((_WAYS[name] for name in tail if name in _WAYS), 0)


def _of_month(found: Expression, parts: Parts, _text: Text) -> None:
    """Read ``premier mardi d'octobre``, ``dernier jour de mars``, ``premier dimanche du printemps``."""
    name, value = parts[0]
    found.number = -1 if name == "LAST" else 1 if name == "FIRST" else value
    found.day, found.way = None, None
    found.grain = {"UNIT_WE": Grain.WEEKEND, "UNIT_W": Grain.WEEK}.get(parts[1][0], Grain.DAY)


def _same_period(found: Expression, parts: Parts, _text: Text) -> None:
    found.in_text = True
    found.grain = next((value for name, value in parts if name.startswith(_UNIT)), None)


def _week_of(found: Expression, parts: Parts, _text: Text) -> None:
    found.grain = next(value for name, value in parts if name.startswith(_UNIT))


def _weekday(found: Expression, parts: Parts, text: Text) -> None:
    found.grain = Grain.DAY
    names = [name for name, _ in parts]
    if names[-1] == "DAY" and "EN" not in names and counts_after_weekday(text, found.last):
        found.day, found.last = None, found.last - 1
    if "EN" in names:  # "lundi en huit"
        found.number, found.day = (1 if found.day == 8 else 2), None  # noqa: PLR2004
    if "UNIT_W" in names:
        inner = names.index("UNIT_W")
        found.in_text = any(name in {"FOLLOWING", "PRECEDING"} for name in names)
        found.offset = next((_WAYS[name] for name in names[inner:] if name in _WAYS), 0)
        found.way = None
    if "THEN" in names:
        found.way, found.in_text = parts[names.index("THEN")][1], True


def _amount(found: Expression, parts: Parts, _text: Text) -> None:
    """Read how many of which units: ``trois mois et un jour``, ``une dizaine de jours``, ``deux ans et demi``."""
    found.amount = []
    count: float | None = None
    for place, (name, value) in enumerate(parts):
        if name.startswith(_UNIT) and found.amount and not _smaller(value, found.amount[-1][1]):
            # "entre six mois et un an": two
            found.last = found.first + max(at for at in range(place) if parts[at][0].startswith(_UNIT))
            break
        if name in _NUMBERS:
            count = float(value)
        elif name in {"VAGUE", "OF_THE"}:
            count = None
        elif name == "COLLECTIVE":
            count = value * (count or 1)
            found.mod = found.mod or DateMod.APPROX
        elif name == "HALF":
            if found.amount:
                whole, unit = found.amount[-1]
                found.amount[-1] = (None if whole is None else whole + 0.5, unit)
            else:
                count = 0.5 * (count or 1)
        elif name.startswith(_UNIT):
            found.amount.append((count, value))
            count = None
        elif name in {"LATER", "THEN"}:
            found.way = value
    found.grain = found.amount[-1][1]
    found.day = found.year = found.number = None


_SIZES = (Grain.SECOND, Grain.MINUTE, Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR)


def _smaller(unit: Grain, other: Grain) -> bool:
    return unit in _SIZES and other in _SIZES and _SIZES.index(unit) < _SIZES.index(other)


def _last_ones(found: Expression, parts: Parts, _text: Text) -> None:
    count = next((value for name, value in parts if name in _NUMBERS), None)
    found.amount = [(count, next(value for name, value in parts if name.startswith(_UNIT)))]
    found.day = found.year = found.number = None


def _between_numbers(found: Expression, parts: Parts, _text: Text) -> None:
    numbers = [value for name, value in parts if name in _NUMBERS]
    found.amount = [(numbers[-1], found.grain)] if found.grain else []
    found.mod = found.mod or DateMod.APPROX
    found.day = found.year = None


def _ago(found: Expression, parts: Parts, text: Text) -> None:
    _amount(found, parts, text)
    found.way = -1


def _ahead(found: Expression, parts: Parts, text: Text) -> None:
    _amount(found, parts, text)
    found.way = 1


def _sets(found: Expression, parts: Parts, _text: Text) -> None:
    found.day = found.year = None
    count = next((value for name, value in parts if name in _NUMBERS), 1)
    if found.grain is not None:
        found.amount = [(count, found.grain)]


def _clock(found: Expression, _parts: Parts, _text: Text) -> None:
    if found.clock is None:
        return
    hour = found.clock.hour
    if (found.part in _PARTS_OF_DAY_12 or (found.part == "NI" and hour > 6)) and 1 <= hour < 12:  # noqa: PLR2004
        found.clock = found.clock._replace(hour=hour + 12)
    found.part = None


def _timed(found: Expression, _parts: Parts, text: Text) -> None:
    """Read ``2 h 41 min``: with its unit an hour is how long; ``9 h 30 heure locale`` is one."""
    if not text.word(found.last).startswith("m"):
        found.rule, found.type, found.last = "clock", DateType.TIME, found.last - 1
        return
    if found.clock is not None:
        minutes = found.clock.minute
        found.amount = [(found.clock.hour, Grain.HOUR), *([(minutes, Grain.MINUTE)] if minutes else [])]


def _noon(found: Expression, parts: Parts, _text: Text) -> None:

    found.clock = Clock(found.number or 0, 30 if parts[-1][0] == "HALF" else 0)
    found.number = None


_SPECIAL: dict[str, Callable[[Expression, Parts, Text], None]] = {
    "night_between": _night_between,
    "night_of": _day,
    "days": _days,
    "day": _day,
    "numeric": _day,
    "holiday": _day,
    "offset": _day,
    "eve": _day,
    "sets": _sets,
    "weekday": _weekday,
    "month_day": _of_month,
    "firsts": _firsts,
    "quarter": _quarter,
    "same_period": _same_period,
    "century": _century,
    "decade": _decade,
    "month": _month,
    "season": _season,
    "weekend": _week_of,
    "week_of": _week_of,
    "period": _period,
    "year": _year,
    "ago": _ago,
    "last_ones": _last_ones,
    "later": _amount,
    "ahead": _ahead,
    "timed": _timed,
    "clock": _clock,
    "noon": _noon,
    "duration": _amount,
    "half": _amount,
    "between_numbers": _between_numbers,
}
