"""Dates as archives print them: « mardi 12 mars 2024 - 16:55:20 -0000 », « March 12, 2024 Tuesday 5:30 PM GMT »."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import words
from newsnlp.text.folding import fold
from newsnlp.text.stamps import find_stamp

if TYPE_CHECKING:
    from datetime import datetime

_MOST_LETTERS = 300
# One letter for one, so that offsets stay.
_UNACCENTED = str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu")


@functools.cache
def _late_weekday() -> re.Pattern[str]:
    """Return what stands between a date and its hour in exports of Nexis."""
    french = "|".join(words("calendar.weekdays"))
    return re.compile(rf"(?<=\d\d\d\d)(,? *(?:{french}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)),?(?= |$)")


def find_moment(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date of a line, its hour with it, and where it stands; None if there is none.

    Of « -0000 » the standard of mail says that nothing is known of the zone: the hour is kept without one.

    Examples
    --------
    >>> find_moment("Région, mardi 12 mars 2024 250 mots, p. 3")
    (datetime.datetime(2024, 3, 12, 0, 0), 8, 26)
    >>> find_moment("January 11, 2010 Monday 5:30 PM GMT")[0].isoformat()
    '2010-01-11T17:30:00+00:00'
    """
    if len(text) > _MOST_LETTERS:
        return None
    folded = fold(text).translate(_UNACCENTED)
    blanked = _late_weekday().sub(lambda day: " " * len(day[0]), folded)
    found = find_stamp(blanked)
    if found is None:
        return None
    moment, start, end = found
    # A weekday without an hour after it is part of the date, too.
    late = _late_weekday().match(folded, end)
    moment = moment.replace(tzinfo=None) if blanked[start:end].endswith("-0000") else moment
    return moment, start, late.end() if late else end
