"""The tolls of one article: which counts are of one thing, and what they say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.counts.listed import added_up
from newsnlp.counts.reconciling import SAME, brought_together
from newsnlp.counts.roles import CUMULATIVE, DENIED, INCREMENT, OTHER, PART, PREVIOUS, TOTAL
from newsnlp.counts.signs import YEAR
from newsnlp.counts.sites import country_of, lend_event, lend_places, lend_scene, narrows
from newsnlp.counts.statements import counts_of
from newsnlp.records import FigureEvent, Status
from newsnlp.safety.values import iso_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsnlp.counts.statements import Statement
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_DAY = re.compile(r"\b(?:[12]?[0-9]|3[01]|1er) [^\W\d_]{3,} ?(?:1[5-9]|20)\d\d\b")
_VALUE = re.compile(r"(?P<year>\d{4})(?P<day>-\d\d-\d\d(?:T.*)?)?")
REACH = 60
"""How many tolls back a statement is compared with."""


class Time(NamedTuple):
    """When something happened: the value, and its first and last day."""

    value: str
    begin: str
    end: str

    def meets(self, other: Time) -> bool:
        """Whether two times can be of one event; a night is told of by the day after it, too."""
        return self.begin <= other.until and other.begin <= self.until

    @property
    def until(self) -> str:
        """The last day on which it may be told to have happened."""
        night = self.value.endswith("TNI")
        last = date.fromisoformat(self.end)
        return (last + timedelta(1)).isoformat() if night and last < date.max else self.end


class _Key(NamedTuple):
    """What no two statements of one toll differ in."""

    event: str
    role: str | None
    period: str
    is_planned: bool
    noun: str | None


@dataclass(slots=True)
class _Count:
    """A statement with where and when what it counts happened, of its own row or of the numbers that it replaced."""

    said: Statement
    place: str | None
    country: str | None
    time: Time | None

    @property
    def number(self) -> Number | None:
        """The least that it says."""
        number: Number | None = self.said.row["value_min"]
        return number


@dataclass(slots=True)
class Toll:
    """Counts of one thing. ``totals`` are those that tell how many in all, ``low`` and ``high`` their bounds."""

    event: str
    role: str | None
    period: str
    place: str | None = None
    country: str | None = None
    time: Time | None = None
    happening: Row | None = None
    kinds: frozenset[str] = frozenset()
    background: bool = True
    said: list[Statement] = field(default_factory=list)
    numbers: set[Number | None] = field(default_factory=set)
    totals: list[Statement] = field(default_factory=list)
    floor: Number | None = None
    ceiling: Number | None = None
    low: Number | None = None
    high: Number | None = None

    def add(self, one: _Count) -> None:
        """Take a count in, and the narrower place."""
        said = one.said
        self.said.append(said)
        self.kinds |= said.kinds
        self.background = self.background and said.background
        self.time = self.time or one.time
        self.happening = self.happening or said.happening
        self.numbers.add(one.number)
        if said.role == TOTAL:
            self.floor, self.ceiling = self._bounds_with(said)
        if one.place is not None and (self.place is None or narrows(one.place, self.place)):
            self.place = one.place
        self.country = self.country or one.country

    def _bounds_with(self, one: Statement) -> tuple[Number | None, Number | None]:
        lows = [low for low in (self.floor, one.low) if low is not None]
        highs = [high for high in (self.ceiling, one.high) if high is not None]
        return max(lows, default=None), min(highs, default=None)

    def fits(self, one: Statement) -> bool:
        """Whether the number of a count can be that of the others."""
        low, high = self._bounds_with(one)
        return one.role != TOTAL or low is None or high is None or low <= high

    def settle(self) -> bool:
        """Bring what is said together; False where all is said of some, or of others."""
        self.said.sort(key=lambda one: one.row["start"])
        added = added_up(self.said)
        for one in added:
            # What is added to nothing, and a sum over a longer time, are tolls of their own.
            one.role = TOTAL if one.role in (INCREMENT, CUMULATIVE) else one.role
        state = brought_together(added)
        if state is None:
            return False
        self.low, _, self.high = state.bounds
        self.totals = [one for one in added if one.role == TOTAL]
        self.totals.sort(key=lambda one: one.is_vague)
        return True

    @property
    def leading(self) -> Statement:
        """The statement of the largest number."""
        said = [one for one in self.totals if not one.is_vague] or self.totals
        return max(said, key=lambda one: (one.top, -one.row["start"]))

    @property
    def lead(self) -> Row:
        """The row of the figure that stands for the toll."""
        row = self.leading.row
        known = row.get("members", [row])
        return max(known, key=lambda one: (one["value_min"] or one["value_max"] or 0, -one["start"]))

    @property
    def rows(self) -> list[Row]:
        """The rows of what tells how many in all, as the text tells it."""
        rows = [row for one in self.totals for row in one.row.get("members", [one.row])]
        return sorted(rows, key=lambda row: row["start"])

    @property
    def value(self) -> Number | None:
        """The number of the leading statement, or the one bound that it gives."""
        one = self.leading
        if one.value is not None or self.low == self.high:
            return one.value if one.value is not None else self.low
        return None if one.is_vague or None not in (one.low, one.high) else one.top


def tolls_of(
    article: Row, found: Mapping[str, list[Row]], kinds: Sequence[str], unwanted: Collection[str]
) -> list[Toll]:
    """Return the tolls of some kinds (killed, injured …) in one article, by kind, then as the text tells them.

    ``found`` are its rows of the tables ``entities``, ``figures`` and, where there is one, ``events``; ``unwanted``
    are statuses. Which event of the article a count is of, its `event_id` says; where it has none, its place, its
    time, the noun of an event beside it, and the number itself.
    """
    entities = {row["entity_id"]: row for row in found["entities"]}
    said = [one for one in counts_of(article, found) if one.event in kinds and one.row["status"] not in unwanted]
    wholes = {one.row["figure"] for one in said if one.role == TOTAL}
    older: dict[int, list[Row]] = {}
    for one in said:
        newer = one.row.get("superseded_by")
        if newer is not None and (one.role == PREVIOUS or newer in wholes):
            older.setdefault(newer, []).append(one.row)
    groups: dict[_Key, list[_Count]] = {}
    year = None if article["published_at"] is None else str(article["published_at"].year)
    for one in said:
        is_plan = one.row["status"] == Status.PLANNED
        held = one.role == INCREMENT and one.row.get("superseded_by") in wholes - {None}
        if held or one.role in (PREVIOUS, DENIED) or (one.role == OTHER and not is_plan):
            continue
        one.role = TOTAL if is_plan else one.role
        role = CUMULATIVE if one.role == CUMULATIVE else None
        # Villages and homes that are hit are two tolls; people are counted under many nouns.
        noun = one.row["counted"] if one.event == FigureEvent.AFFECTED else None
        key = _Key(one.event, role, _period(one.row, year), is_plan, noun)
        rows = [one.row, *older.get(one.row["figure"], ())]
        place = next((row["place"] for row in rows if row["place"] is not None), None)
        time = next((time for row in rows if (time := _time(row)) is not None), None)
        groups.setdefault(key, []).append(_Count(one, place, country_of(rows, place, entities), time))
    made = [toll for key, counts in groups.items() for toll in _apart(key, _whole(counts))]
    tolls = [toll for toll in made if toll.settle()]
    for toll in tolls:
        if not (toll.role or toll.period):
            lend_event(toll, entities)
    lend_places(tolls)
    lend_scene(tolls, said, entities)
    return sorted(tolls, key=lambda toll: (kinds.index(toll.event), toll.rows[0]["start"]))


def _whole(counts: list[_Count]) -> list[_Count]:
    """Return what is not told of some alone; of an article that counts no others, what is no part of a figure."""
    whole = [one for one in counts if one.said.role != PART]
    if whole:
        return whole
    kept = [one for one in counts if one.said.row["part_of"] is None]
    for one in kept:
        one.said.role = TOTAL
    return kept


def _time(row: Row) -> Time | None:
    begin, end = iso_day(row.get("when_begin")), iso_day(row.get("when_end"))
    return Time(row["when"], begin.isoformat(), end.isoformat()) if row.get("when") and begin and end else None


def _period(row: Row, year: str | None) -> str:
    """Return the year that a statement is about, unless it dates the event to a day of the year of the article."""
    words_of_date = row.get("date") or ""
    told = _VALUE.fullmatch(row.get("when") or "")
    if told is not None:
        return "" if told["day"] and year in (None, told["year"]) else told["year"]
    found = YEAR.search(words_of_date)
    if found is None or (_DAY.search(words_of_date) and year in (None, found[0])):
        return ""
    return found[0]


def _apart(key: _Key, counts: list[_Count]) -> list[Toll]:
    """Return the tolls of counts of one kind and period: by event, place and time."""
    tolls: list[Toll] = []
    # Those with a place first, and those of the main event before what is told of an earlier one.
    for one in sorted(counts, key=lambda one: (one.said.background, one.place is None, one.said.row["start"])):
        fitting = [toll for toll in tolls[-REACH:] if _is_one(toll, one)]
        if not (len(fitting) == 1 or (fitting and one.place is not None)):
            tolls.append(Toll(key.event, key.role, key.period))
            fitting = tolls[-1:]
        fitting[0].add(one)
    return tolls


def _is_one(toll: Toll, one: _Count) -> bool:
    """Whether a count is of the thing of a toll."""
    said, country = one.said, one.country
    told_again = one.number in toll.numbers and (one.number or 0) >= SAME and said.background is toll.background
    wider = narrows(toll.place, one.place) or narrows(one.place, toll.place)
    same = (toll.place or "").casefold() == (one.place or "").casefold()
    if told_again and (None in (toll.place, one.place) or wider or same):
        return country is None or toll.country in (None, country)
    if toll.happening is not None and said.happening is not None:
        if toll.happening["event_id"] != said.happening["event_id"]:
            return False
    elif said.kinds and toll.kinds and not said.kinds & toll.kinds:
        return False
    if said.background and not toll.background and one.number not in toll.numbers:
        return False
    if toll.time is not None and one.time is not None and not toll.time.meets(one.time):
        return False
    if toll.place is None or one.place is None or toll.place.casefold() == one.place.casefold():
        return True
    if country is not None and toll.country == country and one.time == toll.time is not None and _says_again(toll, one):
        return True
    alike = None in (country, toll.country) or toll.country == country
    return alike and wider and toll.fits(said)


def _says_again(toll: Toll, one: _Count) -> bool:
    """``Toronto : trois morts. La fusillade a fait trois morts à Greektown``: a town in the headline, then its quarter.

    Two events of one country, kind and moment with the same number of victims are not known from newspapers.
    """
    number = one.said.value
    return number is not None and all(number == said.value for said in toll.said)
