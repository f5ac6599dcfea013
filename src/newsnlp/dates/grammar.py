"""What an expression of time is: patterns over the classes of words, and the parts that each has.

A rule is a pattern whose names are classes of `newsnlp.dates.tokens`; what it found is an `Expression`, not resolved yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.dates.calendar import Grain
from newsnlp.dates.tokens import CLASSES
from newsnlp.records import DateMod, DateType

if TYPE_CHECKING:
    from newsnlp.dates.tokens import Clock, Text


@dataclass(slots=True)
class Expression:
    """One expression with the parts that it names; ``first`` and ``last`` are its first and last token."""

    rule: str
    first: int
    last: int
    type: DateType
    grain: Grain | None = None
    mod: DateMod | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None  # of a quarter, a half-year, a decade, a century
    season: str | None = None
    part: str | None = None
    clock: Clock | None = None
    holiday: str | None = None
    offset: int | None = None  # in days, or with `grain` in that
    amount: list[tuple[float | None, Grain]] = field(default_factory=list)  # None: nobody says how many
    # -1: dernier, passé; 1: prochain; 0: ce. Of "suivant" and "précédent" the text before is the anchor.
    way: int | None = None
    in_text: bool = False
    is_set: bool = False
    others: list[Expression] = field(default_factory=list)  # the ends of a range after the first


_DAY = "(?:DAY|FIRST)"
_YEAR = "(?:YEAR|TWO|(?<=MARK)DAY)"
_COUNT = "(?:DAY|TWO|YEAR|NUMBER|ONE|VAGUE|OF_THE(?! UNIT_Y (?:TWO|YEAR|DAY|NUMBER)))"
_UNIT = "(?:UNIT_Y|UNIT_M|UNIT_W|UNIT_D|UNIT_WE|UNIT_T|UNIT_Q|UNIT_X)"
_LONG = "(?:UNIT_Y|UNIT_M|UNIT_W|UNIT_D|UNIT_WE|UNIT_Q|UNIT_X)"
_RELATED = "(?:LAST|GONE|NEXT|FOLLOWING|PRECEDING|TO COMING)"
_OF = "(?:OF ARTICLE?|OF_THE)"
_THIS = "(?:DEM SAME?|SAME)"
_EDGE = f"(?:EDGE (?:{_OF}|DASH)?)"
_ORDINAL = "(?:FIRST|ORDINAL)"
_AMOUNT = (
    f"(?:MOD? MOD? (?:{_COUNT}|(?<=ARTICLE)(?=COLLECTIVE)) (?:COLLECTIVE OF|HALF DASH?)? {_UNIT}"
    f"(?: AND HALF(?!{_UNIT})|(?: {_COUNT} {_UNIT}){{0,3}}(?: AND {_COUNT} {_UNIT})?)?)"
)
_DATE = f"(?:WEEKDAY COMMA? )?{_DAY} DASH? MONTH(?: MARK? {_YEAR})?"
_PERIOD = f"(?:{_THIS})? (?:MONTH|SEASON|UNIT_Y|UNIT_M|UNIT_W|UNIT_Q|UNIT_X)"
_DAYISH = f"(?:ARTICLE|DEM)?(?:WEEKDAY(?: {_DAY})?|{_DAY})(?: MONTH)?(?: YEAR)?"

# Name, type, pattern. The first that fits at a place is taken, so the longer ones come first.
_T, _D, _L, _S = DateType.TIME, DateType.DATE, DateType.DURATION, DateType.SET
RULES: dict[str, tuple[DateType, str]] = {
    "idiom": (_D, "IDIOM|NOT_NIGHT"),
    "night_between": (_T, f"(?:DEM )?PART {_OF} {_DAYISH} (?:TO|TO_THE|AND(?: OF_THE)?|DASH) {_DAYISH}"),
    "night_of": (
        _T,
        f"PART OF_THE (?:WEEKDAY )?{_DAY} MONTH(?: YEAR)?|PART OF DEM (?:WEEKDAY )?{_DAY}(?: MONTH)?|PART OF(?: ARTICLE| DEM)? (?:WEEKDAY|HOLIDAY)",
    ),
    # "3 au 7 mai", "3, 4 et 5 mai"
    "days": (
        _D,
        f"(?:WEEKDAY )?{_DAY} (?:COMMA (?:ARTICLE )?{_DAY} ){{0,6}}(?:AND|TO_THE|TO|DASH|AND OF_THE|TO ARTICLE)"
        f" (?:ARTICLE )?(?:WEEKDAY )?{_DAY} MONTH(?: {_YEAR})?(?: {_RELATED})?",
    ),
    "republican": (_D, f"{_DAY} REPUBLIC(?: UNIT_Y (?:OTHER|DAY|ROMAN))?"),
    "day": (
        _D,
        f"(?:OFFSET (?:COMMA )?(?:ARTICLE )?)?(?:DEM (?:SAME )?|(?<=ARTICLE)SAME )?{_DATE}(?: {_RELATED})?",
    ),
    "numeric": (_D, "(?:WEEKDAY )?NUMERIC"),
    "holiday": (_D, "(?:DEM |(?<=ARTICLE)EVE OF(?: ARTICLE)? )?HOLIDAY(?: YEAR)?(?: LAST| NEXT)?"),
    "sets": (
        _S,
        f"EVERY (?:{_UNIT}|WEEKDAY|PART|MONTH|SEASON)(?: PART)?|ALL ARTICLE (?:(?:DAY|NUMBER) )?(?:{_UNIT}|WEEKDAY|PART|SEASON)"
        f"(?: PART)?|PER {_UNIT}",
    ),
    "offset": (_D, "OFFSET(?: (?:COMMA )?WEEKDAY)?"),
    "eve": (_D, f"EVE OF_THE {_DATE}|EVE(?: SAME)?"),
    "month_day": (_D, f"(?:{_ORDINAL}|LAST) (?:WEEKDAY|UNIT_D|UNIT_WE|UNIT_W) {_OF} (?:UNIT_M OF )?MONTH(?: YEAR)?"),
    "first_day_of": (_D, f"(?:{_ORDINAL}|LAST) (?:UNIT_D|WEEKDAY|UNIT_WE) {_OF} (?:SEASON|UNIT_Y YEAR?|UNIT_M)"),
    "weekday": (
        _D,
        "(?:DEM (?:SAME )?|(?<=ARTICLE)SAME |NEXT |(?<=ARTICLE)LAST )?WEEKDAY"
        f"(?: {_OF} (?:UNIT_W(?: {_RELATED})?|DEM UNIT_W)| {_RELATED}| OF THEN| EN DAY|(?: {_DAY}(?=STOP|COMMA|TO|$)))?",
    ),
    # "sept premiers mois de l'année", "neuf premiers mois de 2016"
    "firsts": (
        _D,
        f"(?:DAY |NUMBER )?(?:FIRSTS|LAST) (?:UNIT_M|UNIT_W|UNIT_D|UNIT_Q) {_OF} (?:UNIT_Y(?: YEAR)?|YEAR|(?:UNIT_M OF )?MONTH(?: YEAR)?"
        f"|DEM (?:UNIT_Y|UNIT_M)|UNIT_M(?: {_RELATED})?)(?: {_RELATED})?",
    ),
    "quarter": (
        _D,
        f"(?:EDGE {_OF} )?(?:{_ORDINAL}(?: AND {_ORDINAL})?|LAST|NEXT) UNIT_Q(?: {_OF}?(?: DEM)?(?: UNIT_Y)? YEAR| {_OF} UNIT_Y(?: {_RELATED})?"
        f"| OF DEM UNIT_Y)?",
    ),
    "same_period": (_D, f"SAME PERIOD(?: (?:EN|OF) YEAR| (?:{_OF}) (?:UNIT_Y|UNIT_M)(?: {_RELATED}| YEAR)?)?"),
    "century": (
        _D,
        f"(?:EDGE {_OF} )?(?:(?:ROMAN|ORDINAL|FIRST)(?: (?:AND|DASH|TO_THE) (?:ARTICLE )?(?:ROMAN|ORDINAL))? UNIT_X)",
    ),
    "decade": (_D, f"(?:EDGE {_OF} )?UNIT_Y (?:TWO|YEAR|DAY|NUMBER)(?: (?:AND|DASH) (?:TWO|YEAR))?"),
    "month": (
        _D,
        f"(?:{_EDGE} )?(?:DEM )?(?:SAME )?(?:UNIT_M OF )?MONTH(?: (?:OF )?(?:UNIT_Y )?{_YEAR}| {_OF} UNIT_Y(?: {_RELATED})?| {_RELATED})?",
    ),
    "season": (
        _D,
        f"(?:{_EDGE} )?(?:DEM |SAME )?SEASON(?: (?:OF )?YEAR(?: (?:DASH|SLASH) (?:YEAR|TWO|DAY))?| {_RELATED})?",
    ),
    "weekend": (
        _D,
        f"(?:EDGE {_OF} )?(?:DEM (?:SAME )?|SAME |LAST |NEXT )?UNIT_WE"
        f"(?: OF_THE {_DAY}(?: (?:AND|DASH|TO_THE) {_DAY})?(?: MONTH(?: YEAR)?)?| OF (?:HOLIDAY|{_THIS} WEEKDAY)| {_RELATED}| DASH THERE)?",
    ),
    "week_of": (
        _D,
        f"(?:EDGE {_OF} )?(?:DEM )?UNIT_W OF_THE (?:WEEKDAY )?{_DAY}(?: (?:AND|DASH|TO_THE) (?:WEEKDAY )?{_DAY})?(?: MONTH(?: YEAR)?)?",
    ),
    # "semaine dernière", "ce mois-ci", "début de l'année", "fin d'année", "l'an prochain"
    "period": (
        _D,
        f"(?:{_EDGE} )?(?:{_THIS} |(?<=ARTICLE)(?:LAST|NEXT) )?{_LONG} (?:{_RELATED}|OF THEN|DASH THERE|SAME)"
        f"|EDGE (?:OF_THE|OF ARTICLE|OF DEM|OF) {_LONG}(?: {_RELATED}| YEAR)?"
        f"|DEM (?:SAME )?{_LONG}(?: YEAR)?|SAME {_LONG}|(?<=IN ARTICLE)(?:UNIT_D|UNIT_W|UNIT_Y)|UNIT_Y EN COURSE|UNIT_M EN COURSE|(?<=ARTICLE)(?:NEXT|LAST) {_LONG}",
    ),
    # "il y a deux ans"
    "ago": (_D, f"AGO (?:MOD )?{_AMOUNT}"),
    "last_ones": (
        _L,
        f"(?:DEM )?(?:(?:DAY|TWO|NUMBER|VAGUE) )?(?:LAST|NEXT) (?:(?:DAY|TWO|NUMBER) )?{_UNIT}|(?:(?:DAY|TWO|NUMBER|VAGUE) )?{_UNIT}"
        f" (?:{_RELATED})",
    ),
    "later": (_D, f"{_AMOUNT} (?:LATER|THEN(?=COMMA|STOP|OPEN|$))"),
    "ahead": (_D, f"(?<=IN){_AMOUNT}(?! LATER)"),
    "timed": (_L, "(?:MOD )?CLOCK UNIT_T"),
    "clock": (_T, f"(?:MOD )?CLOCK(?: (?:OF_THE|OF ARTICLE) PART)?"),
    "noon": (_T, "(?:MOD )?NOON(?: AND HALF)?"),
    "part": (
        _T,
        f"(?:EDGE {_OF} )?(?:DEM (?:SAME )?)?PART(?: SAME| {_RELATED}| OF THEN| DASH THERE)?",
    ),
    "between_numbers": (_L, f"(?:MOD )?(?:DAY|TWO|NUMBER) (?:TO|AND|DASH) (?:DAY|TWO|NUMBER) {_UNIT}"),
    "duration": (_L, f"{_AMOUNT}"),
    "year": (_D, f"(?:{_EDGE} )?(?:UNIT_Y )?YEAR|(?:UNIT_Y )TWO|MARK TWO|TWO|EDGE YEAR"),
    "half": (_L, f"(?:ONE )?HALF DASH? {_UNIT}"),
}


def _compiled(pattern: str) -> str:
    names = re.sub(r"[A-Z_]{2,}", lambda found: CLASSES[found[0]], pattern)
    return names.replace(" ", "")


# What no expression begins with: most words of a text, at which the rules need not be tried.
_NO_START = (
    *(
        "ARTICLE",
        "OF",
        "TO",
        "TO_THE",
        "IN",
        "EN",
        "AND",
        "UNTIL",
        "BETWEEN",
        "THERE",
        "COMING",
        "COURSE",
        "PERIOD",
        "GONE",
    ),
    *("FOLLOWING", "PRECEDING", "LATER", "THEN", "REPUBLIC", "DASH", "COMMA", "OPEN", "STOP", "SLASH", "OTHER"),
)
_STARTS = "".join(letter for name, letter in CLASSES.items() if name not in _NO_START)
_ANY = re.compile(
    f"(?=[{_STARTS}])(?:" + "|".join(f"(?P<{name}>{_compiled(pattern)})" for name, (_, pattern) in RULES.items()) + ")"
)
NUMBERS = frozenset(CLASSES[name] for name in ("DAY", "TWO", "YEAR", "NUMBER"))
_NAME_OF = {letter: name for name, letter in CLASSES.items()}


def next_match(text: Text, start: int) -> tuple[str, int, int] | None:
    """Return the rule, the first and the last token of the next place, from a token on, that may be an expression."""
    found = _ANY.search(text.classes, start)
    return (str(found.lastgroup), found.start(), found.end() - 1) if found else None


def parts_of(text: Text, first: int, last: int) -> list[tuple[str, Any]]:
    """Return the class and the value of each token."""
    return [(_NAME_OF[text.classes[token]], text.values.get(token)) for token in range(first, last + 1)]
