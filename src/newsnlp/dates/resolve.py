"""What expressions mean in the calendar: against the publication date, the text before them and their verbs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from newsnlp.dates import days, periods
from newsnlp.dates.calendar import Grain, day_of, days_of, full_year
from newsnlp.dates.direction import AHEAD, BEHIND, UNKNOWN, direction
from newsnlp.dates.joins import evening
from newsnlp.dates.words import CLASSES
from newsnlp.records import DateType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

_RULES = {**days.RULES, **periods.RULES}
# Of a dateline: it stands in the first lines.
_HEAD = 1500
_LINE = re.compile("\n")
# "Paris, le 4 mai 2012 –", "LYON (AFP) — 4 mai 2012 —": no more than three words before a date that dates its text.
_PLACE_AND_THE = re.compile(
    r"[A-ZÀ-Ý][\w'’.-]*(?: [\w'’.-]+){0,2}(?: \([\w .-]+\))?, le|[A-ZÀ-Ý][\w'’ -]{1,30} \([A-Z][\w -]+\)"
)
# Days of the dates that are kept apart: a day, a week, a month, any.
_ANY_LENGTH = 10**7
_LENGTHS = (1, 7, 31, _ANY_LENGTH)
# A date that opens its sentence stands within so many characters, one right before within so many tokens.
_OPENING, _BESIDE = 12, 4
# A day so many days from publication is the background of what a text tells.
_BACKGROUND = 60
_NONE = "none"
_PUBLICATION = "publication"
# The way of the end of a range.
_AT_OR_AFTER = 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, its first and last day, and what gave it."""

    value: str | None = None
    anchor: str | None = None
    begin: str | None = None
    end: str | None = None


@dataclass(slots=True)
class _Known:
    """A date that the text has told."""

    index: int
    begin: date
    end: date
    grain: Grain | None
    sentence: int
    paragraph: int
    says_year: bool
    anchor: str | None
    moment: datetime | None = None
    value: str | None = None


def opens_text(raw: str, start: int, end: int) -> bool:
    """Return whether a date stands alone at the head of a text, or before its first sentence.

    Examples
    --------
    >>> [opens_text(text, 7, 19) for text in ("PARIS, 12 juin 2016 (AFP)", "Depuis 12 juin 2016, il pleut.")]
    [True, False]
    """
    if start > _HEAD:
        return False
    before = raw[raw.rfind("\n", 0, start) + 1 : start]
    bare, after = before.strip(" —–-("), raw[end : end + 2].strip()
    opens = (
        not bare
        or bare.endswith(",")
        or _PLACE_AND_THE.fullmatch(bare) is not None
        or before.strip().lower().startswith(("publié", "mis à"))
    )
    return opens and len(bare) < 60 and (not after or after[0] in ".,;:—–-()\n à")  # noqa: PLR2004


class Resolver:
    """Resolves the expressions of one text, in order."""

    def __init__(
        self, text: Text, items: list[Expression], published_at: date | None, sentences: list[int], today: date | None
    ) -> None:
        self.text = text
        self.items = items
        self.sentences = sentences
        self.lines = [found.start() for found in _LINE.finditer(text.raw)]
        self.told: list[_Known] = []
        self.known: dict[str | None, _Known] = {}
        # The last date told that covers no more than so many days, the last longer than a day, the last hour.
        self.latest: dict[int, _Known] = {}
        self.latest_period: _Known | None = None
        self.latest_clock: _Known | None = None
        self.anchor = _PUBLICATION
        self.moment: datetime | None = None
        self.today: date | None = None
        if published_at is None:
            self._take_dateline()
        if self.today is None:
            self._take(published_at or today)

    def _take(self, day: date | None) -> None:
        if isinstance(day, datetime):
            # Midnight is what a date without its hour has.
            self.moment = day.replace(tzinfo=None) if day.time() != datetime.min.time() else None
            day = day.date()
        self.today = day

    def _take_dateline(self) -> None:
        """Take the day that stands alone at the head of the text, or before its first sentence."""
        for index, item in enumerate(self.items):
            start, end = self.text.starts[item.first], self.text.end(item.last)
            if start > _HEAD:
                break
            if item.rule not in {"day", "numeric"} or not item.year or item.day is None or item.others:
                continue
            if opens_text(self.text.raw, start, end):
                day = day_of(item.year if item.year > 0 else full_year(-item.year, 2020), item.month or 1, item.day)
                if day is not None:
                    self.today, self.anchor = day, str(index)
                    return

    def results(self) -> Iterable[Resolved]:
        """Yield what each expression means."""
        found: dict[int, Resolved] = {}
        for index in range(len(self.items)):
            if index not in found:
                following = index + 1
                # "à 10 h mardi", "entre 0 h 30 et 4 h mardi": the day stands behind its hour.
                if self._leads(index):
                    evening(self.items[index], self.items[following])
                    found[following] = self._resolve(following)
                found[index] = self._resolve(index)
        return [found[index] for index in range(len(self.items))]

    def _leads(self, index: int) -> bool:
        item = self.items[index]
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        if item.rule not in {"clock", "noon"} or following is None:
            return False
        gap = self.text.classes[item.last + 1 : following.first]
        day = following.grain is Grain.DAY and following.type is not DateType.DURATION and following.rule != "ago"
        return (day or (following.rule == "part" and following.way == 0)) and gap in {
            "",
            CLASSES["COMMA"],
            CLASSES["ARTICLE"],
        }

    # -- what the text has told ----------------------------------------------------------------------------------------

    def _sentence(self, item: Expression) -> int:
        return bisect_right(self.sentences, self.text.starts[item.first])

    def _paragraph(self, item: Expression) -> int:
        return bisect_right(self.lines, self.text.starts[item.first])

    def _resolve(self, index: int) -> Resolved:
        item = self.items[index]
        try:
            value, anchor = self._value(item)
            covered = days_of(value) if item.type in (DateType.DATE, DateType.TIME) else None
            if covered is not None:
                self._tell(index, item, value or "", covered, anchor)
        except (ArithmeticError, ValueError):  # beyond the first or the last year of the calendar
            return Resolved()
        if covered is None:
            return Resolved(value, anchor if value else None)
        return Resolved(value, anchor, covered[0].isoformat(), covered[1].isoformat())

    def _value(self, item: Expression) -> tuple[str | None, str | None]:
        rule = _RULES.get(item.rule)
        value, anchor = rule(self, item) if rule else (None, None)
        if value is not None and item.others and item.rule not in {"days", "night_between"}:
            value, anchor = self._range(item, value, anchor)
        return value, anchor

    def _tell(self, index: int, item: Expression, value: str, covered: tuple[date, date], anchor: str | None) -> None:
        clock = value[-3:-2] == ":"
        leans = self.known.get(anchor) if anchor != self.anchor else None
        known = _Known(
            *(index, *covered, item.grain, self._sentence(item), self._paragraph(item)),
            says_year=anchor == _NONE or (leans is not None and leans.says_year),
            anchor=anchor,
            moment=datetime.fromisoformat(value.split("/", maxsplit=1)[0]) if clock else None,
            value=value,
        )
        self.told.append(known)
        self.known[str(index)] = known
        length = (covered[1] - covered[0]).days
        for longest in [limit for limit in _LENGTHS if length < limit]:
            self.latest[longest] = known
        if length and item.grain:
            self.latest_period = known
        if clock:
            self.latest_clock = known

    def _range(self, item: Expression, value: str, anchor: str | None) -> tuple[str | None, str | None]:
        """Return the value of a range whose first end is resolved."""
        other, rule = item.others[0], _RULES[item.rule]
        last: str | None
        first: str | None = value
        covered = days_of(value)
        if other.year is not None and item.year is None and item.month is not None and other.rule == item.rule:
            # "du 28 avril au 3 mai 2019": the year stands at the end.
            item.year = self.full(other.year)
            first, anchor = rule(self, item)
            last, _ = rule(self, other)
            if first and last and first > last:
                item.year -= 1
                first, anchor = rule(self, item)
        elif covered and item.rule != "year" and item.clock is None:
            last = self._at_or_after(other, covered[0])
        else:
            last, _ = _RULES[other.rule](self, other)
        if first is None or last is None:
            return first or last, anchor
        if item.clock is not None and "T" in last:
            last = first[: first.index("T")] + last[last.index("T") :]
        return f"{first}/{last}", anchor

    def _at_or_after(self, other: Expression, begin: date) -> str | None:
        """Return the value of the end of a range: the first that does not lie before its beginning."""
        if other.year is not None or other.rule in {"numeric", "offset"}:
            return _RULES[other.rule](self, other)[0]
        kept = self.today
        self.today, other.way = begin, _AT_OR_AFTER
        value, _ = _RULES[other.rule](self, other)
        self.today = kept
        return value

    def full(self, year: int) -> int:
        """Return a year of four digits; negative ones have two."""
        return year if year > 0 else full_year(-year, self.today.year if self.today else 2020)

    def day_in_force(self, item: Expression) -> _Known | None:
        """Return the last day told in this sentence or the two before it, or the last one near publication."""
        here = self._sentence(item)
        for known in reversed(self.told[-12:]):
            if known.begin != known.end or self.items[known.index].holiday:
                continue
            away = abs((known.begin - self.today).days) if self.today else 0
            near = away < 8 and not known.says_year  # noqa: PLR2004
            close = here - known.sentence <= 2 and not (known.says_year and away > _BACKGROUND)  # noqa: PLR2004
            if known.sentence == here or near or close:
                return known
        return None

    def day_of_clock(self, item: Expression) -> _Known | None:
        """Return the last hour told, for one that opens its paragraph: a text told by the clock goes on from there."""
        last = self.last()
        beside = last is None or self._sentence(item) == last.sentence or self._paragraph(item) == last.paragraph
        return None if beside else self.latest_clock

    def last(self, longest: int = _ANY_LENGTH) -> _Known | None:
        """Return the last date told; only of those that cover no more than so many days."""
        return self.latest.get(longest)

    def year_here(self, item: Expression) -> _Known | None:
        """Return the date that gives an expression its year: ``En 2017, … de l'année``, ``en 97 (en janvier)``.

        It opens the sentence, or stands right before.
        """
        here = self._sentence(item)
        last = self.last()
        if last is None or last.sentence != here or self.items[last.index].first > item.first:
            return None
        if not (last.says_year or last.grain is Grain.YEAR):
            return None
        before = self.items[last.index]
        opens = self.text.starts[before.first] - self.sentences[here - 1] < _OPENING
        return last if opens or last.anchor != _NONE or item.first - before.last <= _BESIDE else None

    def base(self) -> tuple[date | None, str | None]:
        """Return the day of the text and what told it."""
        return self.today, self.anchor if self.today else None

    # -- which way -----------------------------------------------------------------------------------------------------

    def way(self, item: Expression) -> int:
        """Return which way an expression lies by its verb."""
        found = direction(self.text, item.first, item.last)
        if found == UNKNOWN and self._alone(item):
            return AHEAD
        return found

    def _alone(self, item: Expression) -> bool:
        """Return whether nothing but the expression stands in the text: an entry of an agenda, a question."""
        return len(self.text.words) - (item.last - item.first + 1) <= 3 and len(self.items) <= 2  # noqa: PLR2004

    def comes_back(self, item: Expression) -> bool:
        """Return whether a weekday is that of every week: ``les lundis``, ``a lieu le mercredi``."""
        before = self.text.word(item.first - 1)
        if before in {"les", "des", "aux"}:
            return True
        return before == "le" and not self._alone(item) and self.way(item) != BEHIND

    def nearest(self, item: Expression, candidates: Iterable[date | None]) -> date | None:
        """Return the day that an expression means, of those that its words allow."""
        days = [day for day in candidates if day is not None]
        today = self.today
        if today is None or not days:
            return None
        if item.way == _AT_OR_AFTER:
            return min((day for day in days if day >= today), default=None)
        if item.way in (-1, 1):
            past = item.way < 0
            return (
                max((day for day in days if day < today), default=None)
                if past
                else min((day for day in days if day > today), default=None)
            )
        way = self.way(item)
        if item.way == 0 and today in days:
            return today
        if way == BEHIND:
            return max((day for day in days if day <= today), default=None)
        if way == AHEAD:
            return min((day for day in days if day >= today), default=None)
        return min(days, key=lambda day: (abs((day - today).days), day > today))

    def years_around(self) -> range:
        """Return the years in which a day without year may lie."""
        return range(self.today.year - 8, self.today.year + 9) if self.today else range(0)
