"""What an expression of time is: patterns over the classes of words, and the parts that each has.

A rule is a pattern whose names are classes of `newsnlp.dates.words`; what it found is an `Expression`, to be resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.dates.words import CLASSES
from newsnlp.records import DateMod, DateType

if TYPE_CHECKING:
    from newsnlp.dates.calendar import Grain
    from newsnlp.dates.tokens import Text
    from newsnlp.dates.words import Clock


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


def _either(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


def _maybe(*patterns: str) -> str:
    return _either(*patterns) + "?"


_DAY = _either("DAY", "FIRST")
_YEAR = _either("YEAR", "TWO", "(?<=MARK)DAY")
_PLAIN = _either("DAY", "TWO", "NUMBER")
_COUNT = _either("DAY", "TWO", "YEAR", "NUMBER", "ONE", "VAGUE", "OF_THE(?! UNIT_Y (?:TWO|YEAR|DAY|NUMBER))")
_LONG = _either("UNIT_Y", "UNIT_M", "UNIT_W", "UNIT_D", "UNIT_WE", "UNIT_Q", "UNIT_X")
_UNIT = _either(_LONG, "UNIT_T")
_RELATED = _either("LAST", "GONE", "NEXT", "FOLLOWING", "PRECEDING", "TO COMING")
_OF = _either("OF ARTICLE?", "OF_THE")
_THIS = _either("DEM SAME?", "SAME")
_EDGE = f"EDGE {_maybe(_OF, 'DASH')}"
_ORDINAL = _either("FIRST", "ORDINAL")
_MOD = _either("MOD", "AROUND")
_AROUND = "(?:AROUND ARTICLE?)?"
_LINK = _either("AND", "DASH", "TO_THE", "TO")
_OF_YEAR = _either(f"{_OF} UNIT_Y {_maybe(_RELATED)}", "OF DEM UNIT_Y")
# "un peu plus de trois mois et un jour", "une dizaine de jours", "deux ans et demi", "une demi-heure"
_AMOUNT = (
    f"{_MOD}? {_MOD}? {_either(_COUNT, '(?<=ARTICLE)(?=COLLECTIVE)')} {_maybe('COLLECTIVE OF', 'HALF DASH?')} {_UNIT}"
    + _maybe(f"AND HALF(?!{_UNIT})", f"(?:{_COUNT} {_UNIT}){{0,3}} {_maybe(f'AND {_COUNT} {_UNIT}')}")
)
_IN_YEAR = f"{_maybe('MARK', 'DASH')} {_YEAR}"
_DATE = f"{_maybe('WEEKDAY COMMA?')} {_DAY} DASH? MONTH {_maybe(_IN_YEAR)}"
_DAYISH = f"{_maybe('ARTICLE', 'DEM')} {_either(f'WEEKDAY {_DAY}?', _DAY)} MONTH? YEAR?"
_DAY_OF_MONTH = f"WEEKDAY? {_DAY}"

# Name, type, pattern. The first that fits at a place is taken, so the longer ones come first.
_T, _D, _L, _S = DateType.TIME, DateType.DATE, DateType.DURATION, DateType.SET
RULES: dict[str, tuple[DateType, str]] = {
    "idiom": (_D, _either("IDIOM", "NOT_NIGHT")),
    # "nuit de mardi à mercredi", "nuit du 3 au 4 mai"
    "night_between": (_T, f"DEM? PART {_OF} {_DAYISH} {_either('TO', 'TO_THE', 'AND OF_THE?', 'DASH')} {_DAYISH}"),
    "night_of": (
        _T,
        _either(
            f"PART OF_THE {_DAY_OF_MONTH} MONTH YEAR?",
            f"PART OF DEM {_DAY_OF_MONTH} MONTH?",
            f"PART OF {_maybe('ARTICLE', 'DEM')} {_either('WEEKDAY', 'HOLIDAY', 'OFFSET')}",
        ),
    ),
    # "3 au 7 mai", "3, 4 et 5 mai"
    "days": (
        _D,
        (
            f"{_DAY_OF_MONTH} (?:COMMA ARTICLE? {_DAY}){{0,6}} {_either(_LINK, 'AND OF_THE', 'SLASH')} ARTICLE?"
            f"{_DAY_OF_MONTH} MONTH {_YEAR}? {_RELATED}?"
        ),
    ),
    "republican": (_D, f"{_DAY} REPUBLIC {_maybe('UNIT_Y (?:OTHER|DAY|ROMAN)')}"),
    "day": (
        _D,
        _AROUND
        + _maybe("(?:OFFSET|EVE) COMMA? ARTICLE?")
        + f"{_maybe('DEM SAME?', '(?<=ARTICLE)SAME')} {_DATE} {_RELATED}?",
    ),
    "numeric": (_D, "WEEKDAY? NUMERIC"),
    "holiday": (_D, f"{_AROUND} {_maybe('DEM', '(?<=ARTICLE)EVE OF ARTICLE?')} HOLIDAY YEAR? {_maybe('LAST', 'NEXT')}"),
    "sets": (
        _S,
        _either(
            f"EVERY {_either(_UNIT, 'WEEKDAY', 'PART', 'MONTH', 'SEASON')} PART?",
            f"ALL ARTICLE {_maybe('DAY', 'NUMBER')} {_either(_UNIT, 'WEEKDAY', 'PART', 'SEASON')} PART?",
            f"PER {_UNIT}",
        ),
    ),
    "offset": (_D, f"OFFSET (?:COMMA? WEEKDAY (?:{_DAY}(?=COMMA|STOP|$))?)?"),
    "eve": (_D, _either(f"EVE OF_THE {_DATE}", "EVE SAME?")),
    # "premier mardi d'octobre", "dernier jour de mars", "premier dimanche du printemps"
    "month_day": (
        _D,
        (
            f"{_either(_ORDINAL, 'LAST')} {_either('WEEKDAY', 'UNIT_D', 'UNIT_WE', 'UNIT_W')} {_OF}"
            f"{_either('(?:UNIT_M OF)? MONTH YEAR?', 'SEASON', 'UNIT_Y YEAR?', 'UNIT_M')}"
        ),
    ),
    "weekday": (
        _D,
        f"{_maybe('DEM SAME?', '(?<=ARTICLE)SAME', 'NEXT', '(?<=ARTICLE)LAST')} WEEKDAY"
        + _maybe(
            f"{_OF} {_either(f'UNIT_W {_RELATED}?', 'DEM UNIT_W')}",
            _RELATED,
            "OF THEN",
            "EN DAY",
            _DAY,
        ),
    ),
    # "sept premiers mois de l'année", "neuf premiers mois de 2016"
    "firsts": (
        _D,
        f"{_maybe('DAY', 'NUMBER')} {_either('FIRSTS', 'LAST')} {_either('UNIT_M', 'UNIT_W', 'UNIT_D', 'UNIT_Q')} {_OF}"
        + _either("UNIT_Y YEAR?", "YEAR", "(?:UNIT_M OF)? MONTH YEAR?", "DEM (?:UNIT_Y|UNIT_M)", "UNIT_M")
        + f"{_RELATED}?",
    ),
    "quarter": (
        _D,
        f"(?:EDGE {_OF})? {_either(f'{_ORDINAL} (?:AND {_ORDINAL})?', 'LAST', 'NEXT')} UNIT_Q"
        + _maybe(f"{_OF}? DEM? UNIT_Y? YEAR", _OF_YEAR),
    ),
    "same_period": (
        _D,
        "SAME PERIOD" + _maybe("(?:EN|OF) YEAR", f"{_OF} (?:UNIT_Y|UNIT_M) {_maybe(_RELATED, 'YEAR')}"),
    ),
    "century": (
        _D,
        f"(?:EDGE {_OF})? {_either('ROMAN', _ORDINAL)} (?:{_LINK} ARTICLE? {_either('ROMAN', 'ORDINAL')})? UNIT_X",
    ),
    "decade": (_D, f"(?:EDGE {_OF})? UNIT_Y {_either(_PLAIN, 'YEAR')} (?:{_LINK} {_either('TWO', 'YEAR')})?"),
    "month": (
        _D,
        f"{_AROUND} (?:{_EDGE})? DEM? SAME? (?:UNIT_M OF)? MONTH {_maybe(f'OF? UNIT_Y? {_YEAR}', _OF_YEAR, _RELATED)}",
    ),
    "season": (
        _D,
        f"(?:{_EDGE})? {_maybe('DEM', 'SAME')} SEASON"
        + _maybe("OF? YEAR (?:(?:DASH|SLASH) (?:YEAR|TWO|DAY))?", _RELATED),
    ),
    "weekend": (
        _D,
        f"(?:EDGE {_OF})? {_maybe(_THIS, 'LAST', 'NEXT')} UNIT_WE"
        + _maybe(f"OF_THE {_DAY} (?:{_LINK} {_DAY})? (?:MONTH YEAR?)?", "OF HOLIDAY", _RELATED, "DASH THERE"),
    ),
    "week_of": (
        _D,
        f"(?:EDGE {_OF})? DEM? UNIT_W OF_THE {_DAY_OF_MONTH} (?:{_LINK} {_DAY_OF_MONTH})? (?:MONTH YEAR?)?",
    ),
    # "semaine dernière", "ce mois-ci", "début de l'année", "fin d'année", "l'an prochain"
    "period": (
        _D,
        _either(
            f"(?:{_EDGE})? {_maybe(_THIS, '(?<=ARTICLE)(?:LAST|NEXT)')} {_LONG}"
            f"{_either(_RELATED, 'OF THEN', 'DASH THERE', 'SAME')}",
            f"EDGE {_either('OF_THE', 'OF ARTICLE', 'OF DEM', 'OF')} {_LONG} {_maybe(_RELATED, 'YEAR')}",
            f"DEM SAME? {_LONG} YEAR?",
            f"SAME {_LONG}",
            "(?<=IN ARTICLE)(?:UNIT_D|UNIT_W|UNIT_Y)",
            "(?:UNIT_Y|UNIT_M) EN COURSE",
            f"(?<=ARTICLE)(?:NEXT|LAST) {_LONG}",
        ),
    ),
    # "il y a deux ans"
    "ago": (_D, f"AGO {_AMOUNT}"),
    "last_ones": (
        _L,
        _either(
            f"DEM? {_maybe(_PLAIN, 'VAGUE')} {_either('LAST', 'NEXT')} {_PLAIN}? {_UNIT}",
            f"{_maybe(_PLAIN, 'VAGUE')} {_UNIT} {_RELATED}",
        ),
    ),
    "later": (_D, f"{_AMOUNT} {_either('LATER', 'THEN(?=COMMA|STOP|OPEN|$)')}"),
    "ahead": (_D, f"(?<=IN) {_AMOUNT} (?!LATER)"),
    "timed": (_L, f"{_MOD}? CLOCK UNIT_T"),
    "clock": (_T, f"{_MOD}? CLOCK (?:(?:OF_THE|OF ARTICLE) PART)?"),
    "noon": (_T, f"{_MOD}? NOON (?:AND HALF)?"),
    "part": (_T, f"(?:EDGE {_OF})? (?:DEM SAME?)? PART {_maybe('SAME', _RELATED, 'OF THEN', 'DASH THERE')}"),
    "between_numbers": (_L, f"{_MOD}? {_PLAIN} {_either('TO', 'AND', 'DASH')} {_PLAIN} {_UNIT}"),
    "duration": (_L, _AMOUNT),
    "half": (_L, f"ONE? HALF DASH? {_UNIT}"),
    "year": (
        _D,
        _either(
            f"AROUND? (?:{_EDGE})? UNIT_Y? YEAR (?:{_either('DASH', 'SLASH')} {_either('YEAR', 'TWO', 'DAY')})?",
            "UNIT_Y TWO",
            "EDGE TWO",
            "MARK? TWO",
        ),
    ),
}
# What no expression begins with: most words of a text, at which the rules need not be tried.
_NO_START = (
    *("ARTICLE", "OF", "TO", "TO_THE", "IN", "EN", "AND", "UNTIL", "BETWEEN", "THERE", "COMING", "COURSE", "PERIOD"),
    *("GONE", "FOLLOWING", "PRECEDING", "LATER", "THEN", "REPUBLIC", "DASH", "COMMA", "OPEN", "STOP", "SLASH", "OTHER"),
)


def _compiled(pattern: str) -> str:
    """Return a pattern over the letters of classes."""
    return re.sub(r"[A-Z_]{2,}", lambda name: CLASSES[name[0]], pattern).replace(" ", "")


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
