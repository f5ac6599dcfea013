"""Dates as files and pages stamp them: full, with or without hour and zone, in French, English and numbers."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError, shown
from newsnlp.lexicons import words
from newsnlp.safety.values import date_or_text, iso_moment, mail_moment, representable
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from datetime import date

# Years of two digits are of this century up to this one, else of the last: POSIX has it so.
_SHORT = 2
_LAST_SHORT_YEAR = 68
# Longer than any stamp with weekday, zone and a comment in it.
_MAX_CHARS = 80
_REMEMBERED = 300
_YEAR = re.compile(r"(?:19|20)\d\d")
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "ut": 0, "cet": 60, "cest": 120}
# What stands around a date that is alone in its cell.
_BEFORE = r"(?:(?:publie |paru |mis en ligne |modifie |mis a jour |edition )?(?:le|du|on) |date ?: ?)?"
_AFTER = r"(?:,? ?\(?(?:heure|heures) (?:de|d')[ a-z-]+\)?|\.)?"


@functools.cache
def month_numbers() -> dict[str, int]:
    """Return the folded names of the months, short and English ones too, with their numbers."""
    spellings = [words(f"calendar.months.{key}") for key in ("words", "short", "three_letters", "english")]
    return {fold(word, accents=False): number for spelling in spellings for number, word in enumerate(spelling, 1)} | {
        word[:3]: number for number, word in enumerate(words("calendar.months.english"), 1)
    }


@functools.cache
def _stamp() -> re.Pattern[str]:
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    days = "|".join(
        rf"{fold(day, accents=False)[:3]}(?:{fold(day, accents=False)[3:]})?" for day in words("calendar.weekdays")
    )
    english = "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    clock = (
        r"(?:(?:,? *(?:a|at|-|–|·|\|)? *|t)(?P<hour>[01]?\d|2[0-3]) ?(?:h|:|heures?) ?(?P<minute>[0-5]\d)?"
        r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?:min)?(?: ?(?P<half>[ap])\.?m\.?)?"
        r"(?: ?(?:(?P<zone>z|utc|gmt|ut|cest|cet)(?: (?=[+-]\d))?)?"
        r"(?P<offset>(?<=[\d ct])[+-](?:\d\d:?\d\d|\d{1,2}))?)\b)?"
    )
    return re.compile(
        rf"(?:\b(?:{days}|{english})\.?,? )?(?:"
        rf"\b(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?[ -](?P<month>{months})\.?,?[ -](?P<year>(?:19|20)\d\d)\b"
        rf"|\b(?P<month2>{months})\.? (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,? (?P<year2>(?:19|20)\d\d)\b"
        r"|\b(?P<y1>(?:19|20)\d\d)(?P<sign>[-/. ])(?P<m1>[01]?\d)(?P=sign)(?P<d1>[0-3]?\d)(?=\D|$)"
        r"|\b(?P<d2>[0-3]?\d)(?P<sign2>[/.-])(?P<m2>[01]?\d)(?P=sign2)(?P<y2>(?:19|20)\d\d|\d\d(?![\d/.-]))(?=\D|$)"
        rf"){clock}"
    )


def find_stamp(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date of a folded line, with where it stands; None if there is none.

    French (``12 mars 2024 à 18h30``, ``1er août 2016``), English (``March 12, 2024``), ISO (``2024-03-12``) and day
    first (``12/03/2024``).

    Examples
    --------
    >>> find_stamp("publie le 12 mars 2024 a 18h30")
    (datetime.datetime(2024, 3, 12, 18, 30), 10, 30)
    """
    if _YEAR.search(text) is None:
        return None
    return _first_stamp(text) if len(text) <= _REMEMBERED else _first_stamp.__wrapped__(text)


# A line is looked at from several sides.
@functools.lru_cache(maxsize=1024)
def _first_stamp(text: str) -> tuple[datetime, int, int] | None:
    for match in _stamp().finditer(text):
        # Within a line, “2024 03 12” and “12-03-24” may be anything.
        if match["sign"] != " " and len(match["y2"] or "") != _SHORT and (found := _moment(match)) is not None:
            return found, match.start(), match.end()
    return None


def read_stamp(text: str) -> datetime | None:
    """Return the moment of a text that is nothing but a date, None for any other.

    Examples
    --------
    >>> read_stamp("mar, 12 mars 2024 07:30:00 +0100").isoformat()
    '2024-03-12T07:30:00+01:00'
    >>> read_stamp("Le 12 févr. 2024 à 18 h 42"), read_stamp("12 mars")
    (datetime.datetime(2024, 2, 12, 18, 42), None)
    """
    if len(text) > _MAX_CHARS:
        return None
    folded = " ".join(fold(text, accents=False).split())
    found = _whole().fullmatch(folded)
    return _moment(found) if found else None


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile(_BEFORE + _stamp().pattern + _AFTER)


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    year = part["year"] or part["year2"] or part["y1"] or part["y2"]
    name = part["month"] or part["month2"]
    number = month_numbers()[name] if name else int(part["m1"] or part["m2"])
    day = part["day"] or part["day2"] or part["d1"] or part["d2"]
    short = int(year)
    full = short if len(year) > _SHORT else short + (2000 if short <= _LAST_SHORT_YEAR else 1900)
    hour = int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + 12 * (part["half"] == "p")
    try:
        found = datetime(full, number, int(day), hour, int(part["minute"] or 0), int(part["second"] or 0))  # noqa: DTZ001
        if part["hour"] and (part["zone"] or part["offset"]):
            found = found.replace(tzinfo=_zone(part["zone"], part["offset"]))
    except ValueError:
        # The 31st of February, the 25th month, a zone of 40 hours.
        return None
    return found


def _zone(name: str | None, offset: str | None) -> timezone:
    minutes = _ZONES.get(name or "", 0)
    if offset:
        digits = offset[1:].replace(":", "")
        minutes += (60 * int(digits[:2]) + int(digits[2:] or 0)) * (-1 if offset[0] == "-" else 1)
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def parse_date(value: str | date | datetime | None) -> datetime | None:
    """Return a publication date as a datetime, keeping its time zone where it has one.

    Parameters
    ----------
    value : str, date, datetime or None
        ISO 8601 (``2026-11-22``, ``2026-11-22T18:30:00+01:00``), RFC 2822, as feeds write it, French or English words
        (``mardi 12 mars 2024 à 18h42``, ``March 12, 2024``) or numbers, day first (``12/03/2024 18:42``). Dates of
        NumPy and pandas are taken, too; NaN, NaT and NA are None.

    Raises
    ------
    ArticleError
        If a string is in none of these forms, or the date lies within a day of the first or last that Python knows,
        where some time zones could not show it.

    Examples
    --------
    >>> parse_date("2026-11-22")
    datetime.datetime(2026, 11, 22, 0, 0)
    """
    found = date_or_text(value)
    if not isinstance(found, str):
        return found
    text = found.strip()
    if not text:
        return None
    try:
        moment = iso_moment(text) or read_stamp(text) or mail_moment(text)
    except Exception as error:  # the parser of e-mail raises what it happens to meet: ValueError, TypeError …
        message = (
            f"published_at={shown(text)} is no date; accepted: ISO 8601 (2026-11-22T18:30:00+01:00), RFC 2822, "
            "12 mars 2024 à 18h30, 12/03/2024"
        )
        raise ArticleError(message) from error
    return representable(moment)
