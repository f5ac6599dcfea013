"""Numbers of dates, which `newsnlp.dates` has found: those that place something in time, not those that measure it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from newsnlp.lexicons import word_set
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.quantities.candidates import BarredNumber
from newsnlp.quantities.contexts import next_word
from newsnlp.quantities.exclusions.around import Around, Barred
from newsnlp.record_fields import NoFigure
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.dates.find import Placed

_LAST_DAY = 31
# "sur la 2", "la 5": television channels.
_LAST_CHANNEL = 9
_LE_BEFORE = re.compile(r"\b(?:le|au|du|ce) $")
_REASONS = {
    "day": NoFigure.DATE,
    "numbers": NoFigure.DATE,
    "year": NoFigure.YEAR,
    "firsts": NoFigure.YEAR,
    "decade": NoFigure.DECADE,
    "hour": NoFigure.TIME,
}
_FORMS = frozenset({Form.DIGITS, Form.WORDS, Form.MIXED, Form.FRACTION})


class Dates:
    """The expressions of a text that place something in time, asked for the numbers in them."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = placed
        self._starts = [one.start for one in placed]

    def at(self, offset: int) -> Placed | None:
        """Return the expression that holds an offset."""
        index = bisect_right(self._starts, offset) - 1
        return self._placed[index] if index >= 0 and offset < self._placed[index].end else None

    def tell(self, number: BarredNumber) -> BarredNumber:
        """Return digits that are no number of their own with the date that holds them: ``12.03.2024``."""
        date = self.at(number.start)
        return number if date is None else BarredNumber(date.start, date.end, _REASONS[date.sort])

    def bar(self, number: NumberSpan) -> Barred | None:
        """Return why a number is no figure where it is a day, a year, an hour; its date may go on behind it."""
        date = self.at(number.start)
        if date is None or number.end > date.end:
            return None
        first = number.form is Form.ORDINAL and number.value == 1 and date.sort == "day"
        if not first and number.form not in _FORMS:
            return None  # "premier trimestre"
        reason = _REASONS[date.sort]
        if date.sort == "day" and number.value > _LAST_DAY:
            reason = NoFigure.YEAR  # "mai 2014"
        elif date.sort == "firsts" and number.value <= _LAST_DAY:
            return None  # "sept premiers mois de 2014"
        return Barred(reason, number.end if reason in (NoFigure.YEAR, NoFigure.DECADE) else date.end)


@functools.cache
def _months() -> frozenset[str]:
    """Return the months; capitals, and papers in haste, leave their accents off."""
    named = word_set("calendar.months")
    return named | {fold(month, accents=False) for month in named} | word_set("calendar.months.others")


def day_in_name(around: Around) -> Barred | None:
    """Bar the day of a street or place, which is no date: ``rue du 8 Mai``."""
    number = around.number
    if around.unit is not None or not isinstance(number.value, int) or number.value > _LAST_DAY:
        return None
    return around.bar(NoFigure.DATE) if next_word(around.folded, number.end) in _months() else None


def referring(around: Around) -> Barred | None:
    """Bar what a singular article makes the one of its kind: a day (``le 11``), a channel (``la 2``), ``le 49``."""
    number, before = around.number, around.before
    if around.unit is not None or not around.is_plain or number.form is Form.ORDINAL or around.noun_follows:
        return None
    if before.endswith(" la "):
        return around.bar(NoFigure.NAMED) if number.value <= _LAST_CHANNEL else None
    if number.value == 1 or not _LE_BEFORE.search(before):
        return None
    return around.bar(NoFigure.DATE if number.value <= _LAST_DAY else NoFigure.NAMED)
