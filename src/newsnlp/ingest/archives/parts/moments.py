"""Dates as archives print them: « mardi 12 mars 2024 - 16:55:20 -0000 », « March 12, 2024 Tuesday 5:30 PM GMT »."""

from __future__ import annotations

import functools
import re
from datetime import datetime, timedelta, timezone

from newsnlp.lexicons import words
from newsnlp.text.folding import fold

# Hours east of Greenwich of the zones that archives name; of any other the hour is kept without a zone.
_ZONES = {"gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "est": -5, "edt": -4, "hne": -5, "hae": -4}
_NOON = 12
_MOST_LETTERS = 300


@functools.cache
def _months() -> dict[str, int]:
    spellings = [words(f"calendar.months.{key}") for key in ("words", "short", "three_letters", "english")]
    months = {_bare(word): number for spelling in spellings for number, word in enumerate(spelling, 1)}
    # January to Jan., as English papers cut them.
    return {word[:3]: number for number, word in enumerate(spellings[-1], 1)} | months


@functools.cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    zone = r"(?: ?(?P<zone>(?:(?:gmt|utc) ?)?[+-]\d\d?(?::?\d\d)?\b|gmt|utc|z\b|bst|cest|cet|est|edt|hne|hae))?"
    clock = (
        r"(?:[ ,]*(?:-|–|a|at|\|)? *(?P<hour>[01]?\d|2[0-3]) ?(?:[h:] ?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?|h)"
        rf" ?(?P<half>[ap]\.?m\b\.?)?{zone})?"
    )
    weekdays = "|".join([*map(_bare, words("calendar.weekdays")), "(?:mon|tues|wednes|thurs|fri|satur|sun)day"])
    return re.compile(
        rf"(?:\b(?P<weekday>{weekdays})\b,? ?(?:le )?)?\b(?:"
        rf"(?P<day>[0-3]?\d)(?:er|\.)?[ -]?(?P<month>{months})\b\.?,?[ -](?P<year>(?:19|20)\d\d)\b"
        rf"|(?P<month2>{months})\b\.? (?P<day2>[0-3]?\d),? (?P<year2>(?:19|20)\d\d)\b"
        r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?:t(?=\d))?"
        r"|(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[/.](?P<y>(?:19|20)\d\d)\b"
        rf")(?:,? *(?:{weekdays})\b)?{clock}"
    )


def _bare(text: str) -> str:
    """Return a text folded, with its length kept where its letters are French."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_UNACCENTED)


# One letter for one, so that offsets stay.
_UNACCENTED = str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu")


def find_moment(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date of a line, its hour with it, and where it stands; None if there is none.

    Examples
    --------
    >>> find_moment("Région, mardi 12 mars 2024 250 mots, p. 3")
    (datetime.datetime(2024, 3, 12, 0, 0), 8, 26)
    >>> find_moment("January 11, 2010 Monday 5:30 PM GMT")[0].isoformat()
    '2010-01-11T17:30:00+00:00'
    """
    if len(text) > _MOST_LETTERS:
        return None
    for match in _pattern().finditer(_bare(text)):
        try:
            return _moment(match), match.start(), match.end()
        except ValueError:
            # The 31st of February.
            continue
    return None


def _moment(match: re.Match[str]) -> datetime:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    else:
        month = _months()[match["month"] or match["month2"]]
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"].startswith("p") else 0)
    return datetime(
        year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_east(match["zone"])
    )


def _east(zone: str | None) -> timezone | None:
    """Return a zone by its name or its distance; of « -0000 » the standard of mail says that nothing is known."""
    if zone is None or zone == "-0000":
        return None
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone]))
    sign, digits = re.sub(r"[^-+\d]", "", zone)[0], re.sub(r"\D", "", zone)
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])  # noqa: PLR2004  # « UTC+1 »
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if sign == "-" else away)
