"""Durations of several parts, as one number in the smallest unit: ``1 heure 56 minutes``, ``2h03'38"``."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsnlp.lexicons import pattern
from newsnlp.numerals.collectives import read_and_part
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.quantities.units import Unit, unit_after
from newsnlp.records import Kind, Number

# Hours, minutes and seconds together are one duration; "un mois et 3 jours" are two.
_IN = {
    ("hour", "minute"): 60,
    ("hour", "second"): 3600,
    ("minute", "second"): 60,
}
_CHRONO = re.compile(
    r"(?:(?P<h>[0-9]{1,3}) ?h ?(?=[0-5]?[0-9]))?(?:(?P<m>[0-5]?[0-9])(?: ?(?:min|mn|')(?![^\W\d_]))?)"
    r"(?: ?(?P<s>[0-5]?[0-9])(?: ?(?:sec|s|''|\")(?![^\W\d_]) ?(?P<c>[0-9]{1,3})?)?)?(?![^\W_])"
)
# "1:11.93": minutes, seconds and their hundredths, as timekeepers write.
_TIMEKEEPER = re.compile(r"(?P<m>[0-9]{1,2}):(?P<s>[0-5][0-9])[.,](?P<c>[0-9]{1,3})(?![0-9])")
_SECONDS = re.compile(r"(?P<s>[0-5]?[0-9])(?:(?:''|\")[ ]?(?P<c>[0-9]{1,3})|[ ]?s[ ]?(?P<h>[0-9]{2})|'')(?![^\W_])")
# "14 centièmes d'avance", "à 5 centièmes du podium": parts of a second, as timekeepers tell them.
_PARTS_OF_SECOND = pattern(
    r"(?:(?:centi|milli)èmes|(?P<tenths>dixièmes))"
    r"(?= (?:d')?<quantities.durations_of_contest>\b|(?P<bare>(?! d(?:e|u|es)\b| d')))"
)
_CONTEST_BEFORE = pattern(r"\b<quantities.durations_contest_before>[^\W\d_]*\b[^.;\n]{0,40}$")
_JOIN = frozenset({" ", " et ", ", ", ""})


class Duration(NamedTuple):
    """The end of the last numeral and of its unit, the value, and the unit it is in."""

    end: int
    phrase_end: int
    value: Number
    unit: str


def read_chrono(folded: str, start: int) -> Duration | None:
    r"""Return the duration in digits and signs that begins at `start`, or None.

    Examples
    --------
    >>> read_chrono("1h56", 0)
    Duration(end=4, phrase_end=4, value=116, unit='minute')
    >>> read_chrono('2h03\'38"', 0).value, read_chrono("12 kg", 0)
    (7418, None)
    """
    lone = _SECONDS.match(folded, start)
    if lone:
        hundredths = lone["c"] or lone["h"]
        value = float(f"{int(lone['s'])}.{hundredths}") if hundredths else int(lone["s"])
        return Duration(lone.end(), lone.end(), value, "second")
    timed = _TIMEKEEPER.match(folded, start)
    if timed:
        seconds = float(f"{int(timed['m']) * 60 + int(timed['s'])}.{timed['c']}")
        return Duration(timed.end(), timed.end(), seconds, "second")
    match = _CHRONO.match(folded, start)
    if match is None or not (match["h"] or (match["s"] and re.search(r"'|mn|min", match.group()))):
        return None
    minutes = int(match["h"] or 0) * 60 + int(match["m"])
    if match["s"] is None or (match["h"] and not re.search(r"'|mn|min", match.group())):
        end = match.end("m") if match["s"] else match.end()
        return Duration(end, end, minutes, "minute")
    total = minutes * 60 + int(match["s"])
    return Duration(match.end(), match.end(), float(f"{total}.{match['c']}") if match["c"] else total, "second")


def of_second(folded: str, number: NumberSpan) -> Unit | None:
    """Return the unit of a fraction that timekeepers tell: ``14 centièmes d'avance``; of a share None."""
    word = number.text.rpartition(" ")[2]
    found = _PARTS_OF_SECOND.match(folded, number.end - len(word)) if number.form is Form.FRACTION else None
    if found is None or found.end() != number.end:
        return None
    bare = found["bare"] is not None
    if bare and not _CONTEST_BEFORE.search(folded, max(0, number.start - 60), number.start):
        return None
    return Unit(number.end, number.end, Kind.DURATION, "second", 1.0, "seconde")


def read_compound(
    text: str, folded: str, numbers: list[NumberSpan], index: int, unit: Unit
) -> tuple[Duration, int] | None:
    """Return the duration of several parts that begins with number `index` and `unit`, and the last number's index."""
    value: Number = numbers[index].value * int(unit.factor) if unit.factor >= 1 else numbers[index].value
    end, phrase_end, name = numbers[index].end, unit.end, str(unit.unit)
    last = index
    part = read_and_part(folded, unit.end)
    if part is not None:
        total = tidy((numbers[index].value + part[1]) * unit.factor)
        return (Duration(part[0], part[0], total, name), last) if total is not None else None
    for following in range(index + 1, min(index + 4, len(numbers))):
        number = numbers[following]
        if folded[phrase_end : number.start] not in _JOIN or not isinstance(number.value, int):
            break
        if number.form not in {Form.DIGITS, Form.WORDS, Form.ARTICLE}:
            break
        smaller = unit_after(text, folded, number.end)
        if (
            smaller is None
            or smaller.kind is not Kind.DURATION
            or (name, smaller.unit) not in _IN
            or smaller.factor != 1
        ):
            below = {"hour": "minute", "minute": "second"}.get(name)
            if below and smaller is None and number.value < 60 and _stands_alone(folded, number):  # noqa: PLR2004
                value, end, phrase_end, name, last = value * 60 + number.value, number.end, number.end, below, following
            break
        value = value * _IN[(name, str(smaller.unit))] + number.value
        end, phrase_end, name, last = number.end, smaller.end, str(smaller.unit), following
    return (Duration(end, phrase_end, value, name), last) if last > index else None


def _stands_alone(folded: str, number: NumberSpan) -> bool:
    """Return whether a number after ``1 heure`` or ``6 minutes`` is what is left of it: nothing is counted after it."""
    return number.value >= 10 and not re.match(r" [^\W\d_]{4,}", folded[number.end : number.end + 6])  # noqa: PLR2004
