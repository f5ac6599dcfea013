"""The tolls of one article: which statements are of one thing, and what they say together."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons import word_set, words
from newsnlp.records import ChangeRole, FigureEvent, Kind, Modifier, PlaceBasis, Status, TollRole
from newsnlp.tables.cells import day_of
from newsnlp.tables.toll_places import country_of, lend_places, lend_scene, narrows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DAY = re.compile(r"\b(?:[12]?[0-9]|3[01]|1er) [^\W\d_]{3,} ?(?:1[5-9]|20)\d\d\b")
_VALUE = re.compile(r"(?P<year>\d{4})(?P<day>-\d\d-\d\d(?:T.*)?)?")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JOINT = re.compile(
    r"[^.;:\d]{0,70}?(?:,| et| ainsi que|(?P<more>,? en plus d(?:es|e|u)?))(?: les| des| de| d'| autres?)?\s*$"
)
_SOME = re.compile(r",? dont un(?:e)? (?:\w+ )?(?:grave|grièvement|légèrement|sérieusement)\b")
_VERB = re.compile(r"\b(?:a|ont|est|sont|selon|contre|été|à|dont|soit|puis|après|avant|mais)\b")
_ADDED = TollRole.INCREMENT
KINDS = ("quake", "water", "storm", "slide", "fire", "transport", "collapse", "violence", "disease")
REACH = 60
"""How many tolls back a statement is compared with."""
SAME = 5
"""A number from this on that an article tells twice is one toll, whatever else is told of it."""
_AROUND = 240
"""How many characters from its figure the noun of the event may stand."""
_NEAR = 90
"""How many characters from its figure the auxiliary of an earlier event may stand."""


_Key = tuple[str, str | None, str, bool, str | None]


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


def _time(row: Row) -> Time | None:
    begin, end = day_of(row.get("when_begin")), day_of(row.get("when_end"))
    return Time(row["when"], begin.isoformat(), end.isoformat()) if row.get("when") and begin and end else None


@dataclass(slots=True)
class Statement:
    """One number that the article gives of a toll: a figure, or the members of a list together.

    ``older`` are the figures that it took the place of: they may say where and when, where it does not.
    """

    rows: list[Row]
    period: str
    older: list[Row] = field(default_factory=list)
    place: str | None = field(init=False)
    triggers: frozenset[str] = field(init=False)
    earlier: bool = field(init=False)
    time: Time | None = field(init=False)

    def __post_init__(self) -> None:
        """Read where it happened, in what, and whether it is told of an earlier event."""
        told = [*self.rows, *self.older]
        self.place = next((row["place"] for row in told if row["place"] is not None), None)
        self.triggers, self.earlier = surroundings(self.rows[0])
        self.time = next((time for row in told if (time := _time(row)) is not None), None)

    @property
    def lead(self) -> Row:
        """The row that the others are added to: the largest."""
        return max(self.rows, key=lambda row: (_bound(row), -row["figure"]))

    @property
    def is_vague(self) -> bool:
        """Whether it says no number: *plusieurs*."""
        return all(row["modifier"] == Modifier.VAGUE for row in self.rows)

    def sum_of(self, column: str) -> Number | None:
        """Return the sum of a column, None where a member has none."""
        values = [row[column] for row in self.rows]
        return None if None in values else sum(values)


@dataclass(slots=True)
class Toll:
    """Statements on one thing; `floor` and `ceiling` are the bounds of the number that they all allow."""

    event: str
    role: str | None
    period: str
    place: str | None = None
    country: str | None = None
    statements: list[Statement] = field(default_factory=list)
    triggers: frozenset[str] = frozenset()
    earlier: bool = True
    numbers: set[Number | None] = field(default_factory=set)
    floor: Number | None = None
    ceiling: Number | None = None
    time: Time | None = None

    def add(self, one: Statement, country: str | None) -> None:
        """Take a statement in, and the narrower place."""
        self.statements.append(one)
        self.triggers |= one.triggers
        self.earlier = self.earlier and one.earlier
        self.time = self.time or one.time
        self.numbers.add(one.sum_of("value_min"))
        self.floor, self.ceiling = self._bounds_with(one)
        if one.place is not None and (self.place is None or narrows(one.place, self.place)):
            self.place = one.place
        self.country = self.country or country

    def _bounds_with(self, one: Statement) -> tuple[Number | None, Number | None]:
        lows = [low for low in (self.floor, None if one.is_vague else one.sum_of("value_min")) if low is not None]
        highs = [high for high in (self.ceiling, None if one.is_vague else one.sum_of("value_max")) if high is not None]
        return max(lows, default=None), min(highs, default=None)

    def fits(self, one: Statement) -> bool:
        """Whether the number of a statement can be that of the others."""
        low, high = self._bounds_with(one)
        return low is None or high is None or low <= high

    @property
    def rows(self) -> list[Row]:
        """The figures, as the text tells them."""
        return sorted((row for one in self.statements for row in one.rows), key=lambda row: row["figure"])

    @property
    def first(self) -> int:
        """The number of the first figure."""
        return int(self.rows[0]["figure"])

    @property
    def said(self) -> list[Statement]:
        """The statements that say a number, or all where none does."""
        return [one for one in self.statements if not one.is_vague] or self.statements

    @property
    def leading(self) -> Statement:
        """The statement of the largest number."""
        return max(
            self.said, key=lambda one: (one.sum_of("value_min") or one.sum_of("value_max") or 0, -one.rows[0]["figure"])
        )

    @property
    def lead(self) -> Row:
        """The figure that stands for the toll."""
        return self.leading.lead

    @property
    def _agreed(self) -> bool:
        return self.floor is None or self.ceiling is None or self.floor <= self.ceiling

    @property
    def _contradicting(self) -> list[Statement]:
        """The statements that contradict each other: a lower number that nobody is named for is one of some of them."""
        lead = self.leading
        nouns = {_noun(row) for row in lead.rows}
        special = nouns <= word_set("figures_places.nouns.people")  # of "25 personnes", "neuf journalistes" are some
        return [
            one
            for one in self.said
            if one is lead or any(row["source"] and not (special and _noun(row) not in nouns) for row in one.rows)
        ]

    @property
    def low(self) -> Number | None:
        """The lower bound that all agree on, or else the lowest."""
        if self._agreed:
            return max((low for one in self.said if (low := one.sum_of("value_min")) is not None), default=None)
        return min((low for one in self._contradicting if (low := one.sum_of("value_min")) is not None), default=None)

    @property
    def high(self) -> Number | None:
        """The upper bound that all agree on, or else the highest, None where one is open."""
        if self._agreed:
            return min((high for one in self.said if (high := one.sum_of("value_max")) is not None), default=None)
        highs = [high for one in self._contradicting if (high := one.sum_of("value_max")) is not None]
        return max(highs) if len(highs) == len(self._contradicting) else None

    @property
    def value(self) -> Number | None:
        """The number of the leading statement, or the bound that all name."""
        value = self.leading.sum_of("value")
        if value is not None or self.low == self.high:
            return value if value is not None else self.low
        bounds = {
            one.sum_of("value_min") if self.high is None else one.sum_of("value_max") for one in self._contradicting
        }
        one_sided = self.high is None or self.low is None
        return next(iter(bounds)) if one_sided and len(bounds) == 1 and not self.said[0].is_vague else None


def tolls_of(figures: list[Row], entities: Mapping[str, Row], article: Row) -> list[Toll]:
    """Return the tolls that figures of some events state in one article."""
    counts = [row for row in figures if row["kind"] == Kind.COUNT and row["part_of"] is None]
    with_role = {row["event"] for row in counts if row.get("toll_role")}
    older: dict[int, list[Row]] = {}
    stated = []
    for row in counts:
        role, newer = row.get("toll_role"), row.get("superseded_by")
        if role == TollRole.PREVIOUS or (role == TollRole.TOTAL and newer is not None):
            older.setdefault(-1 if newer is None else newer, []).append(row)
        # Of victims, a count without a role is of some of those counted already: "trois morts sont des enfants".
        elif role or row["event"] not in with_role:
            stated.append(row)
    year = article["published_at"].year if article["published_at"] is not None else None
    found: list[Toll] = []
    for key, statements in _by_key(stated, str(year) if year else None, older).items():
        found += _apart(key, statements, entities)
    lend_places(found)
    lend_scene(found, [Statement([row], "") for row in counts if row.get("place_basis") == PlaceBasis.EVENT], entities)
    return found


def _by_key(rows: list[Row], year: str | None, older: Mapping[int, list[Row]]) -> dict[_Key, list[Statement]]:
    """Return the statements of each event, role, period and kind of status."""
    groups: dict[_Key, list[Statement]] = {}
    by_number = {row["figure"]: row for row in rows}
    for event in dict.fromkeys(row["event"] for row in rows):
        mine = [row for row in rows if row["event"] == event]
        for members in _lists(mine, by_number):
            lead = members[0]
            cumulative = lead.get("toll_role") == TollRole.CUMULATIVE
            role = TollRole.CUMULATIVE.value if cumulative else None
            period = _period(lead, year)
            # Villages and homes that are hit are two tolls; people are counted under many nouns.
            noun = lead["counted"] if event == FigureEvent.AFFECTED else None
            key = (event, role, period, lead["status"] == Status.PLANNED, noun)
            before = [other for row in members for other in older.get(row["figure"], ())]
            groups.setdefault(key, []).append(Statement(members, period, before))
    return groups


def _lists(rows: list[Row], by_number: Mapping[int, Row]) -> Iterator[list[Row]]:
    """Yield the figures of each statement: members of a list, and what is added, together."""
    taken: set[int] = set()
    groups: list[list[Row]] = []
    for row in rows:
        base = by_number.get(row.get("baseline", -1)) if row.get("change") == ChangeRole.BY else None
        if base is not None and base["event"] == row["event"]:
            groups.append([row, base])
            taken |= {row["figure"], base["figure"]}
    rest = [row for row in rows if row["figure"] not in taken]
    joined: list[list[Row]] = []
    for row in rest:
        target = by_number.get(row.get("superseded_by", -1))
        if row.get("toll_role") == _ADDED and target is not None and target.get("toll_role") == TollRole.TOTAL:
            continue  # the total holds it
        if (joined and is_listed(joined[-1][-1], row)) or (
            row.get("toll_role") == _ADDED and joined and target is None and _same_place(joined[-1][-1], row)
        ):
            joined[-1].append(row)
        else:
            joined.append([row])
    yield from groups
    yield from joined


def _noun(row: Row) -> str:
    return str(row["counted"] or "").partition(" ")[0].lower()


def _same_place(first: Row, second: Row) -> bool:
    return first["place"] is None or second["place"] is None or first["place"] == second["place"]


def is_listed(first: Row, second: Row) -> bool:
    """``sept blessés graves et quatre légers``, ``40 Israéliens, deux Américains``: members of one list."""
    if (
        first["sentence"] is None
        or first["sentence_start"] != second["sentence_start"]
        or not _same_place(first, second)
    ):
        return False
    alike = ("toll_role", "source", "status")
    if any(first.get(column) != second.get(column) for column in alike) or first.get("change") or second.get("change"):
        return False
    at = first["sentence_start"]
    between = first["sentence"][first["end"] - at : second["start"] - at]
    # "trois blessés dont un grave et six blessés légers"
    between = _SOME.sub("", between, count=1)
    match = _JOINT.fullmatch(between)
    return match is not None and (match["more"] is not None or not _VERB.search(between))


def _period(row: Row, year: str | None) -> str:
    """Return the year that a statement is about, unless it dates the event to a day of the year of the article."""
    words_of_date = row["date"] or ""
    told = _VALUE.fullmatch(row.get("when") or "")
    if told is not None:
        return "" if told["day"] and year in (None, told["year"]) else told["year"]
    found = YEAR.search(words_of_date)
    if found is None or (_DAY.search(words_of_date) and year in (None, found[0])):
        return ""
    return found[0]


def _bound(row: Row) -> tuple[bool, int | float]:
    """Order figures: a stated number before a vague one, then by size."""
    known = row["value_min"] if row["value_min"] is not None else row["value_max"]
    # As they are: of two whole numbers too long for a float, the larger is known all the same.
    return row["modifier"] != Modifier.VAGUE, known or 0


@functools.cache
def triggers() -> dict[str, frozenset[str]]:
    """Return the nouns of events, each with the kinds of event that it may be of."""
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for noun in words(f"figures_tolls.triggers.{kind}"):
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def surroundings(row: Row) -> tuple[frozenset[str], bool]:
    """Return the kinds of event that the nearest noun of one tells, and whether the event is an earlier one."""
    text = row["sentence"] or ""
    at = min((row["start"] or 0) - (row["sentence_start"] or 0), len(text))
    first = max(0, at - _AROUND)
    kinds: frozenset[str] = frozenset()
    nearest, earlier = _AROUND + 1, False
    for match in WORD.finditer(text[: at + _AROUND], first):
        low, distance = match[0].lower(), abs(match.start() - at)
        if distance < nearest and low in triggers():
            kinds, nearest = triggers()[low], distance
        if distance < _NEAR and low in word_set("figures_tolls.background.auxiliaries"):
            earlier = True
    return kinds, earlier


def _apart(key: _Key, statements: list[Statement], entities: Mapping[str, Row]) -> list[Toll]:
    """Return the tolls of statements on one event and period: by place and by what happened."""
    event, role, period, _, _ = key
    tolls: list[Toll] = []
    # Those with a place first, and those of the main event before what is told of an earlier one.
    for one in sorted(statements, key=lambda one: (one.earlier, one.place is None, one.rows[0]["figure"])):
        country = country_of(one, entities)
        fitting = [toll for toll in tolls[-REACH:] if _is_one(toll, one, country)]
        if not (len(fitting) == 1 or (fitting and one.place is not None)):
            tolls.append(Toll(event, role, period))
            fitting = tolls[-1:]
        fitting[0].add(one, country)
    return tolls


def _is_one(toll: Toll, one: Statement, country: str | None) -> bool:
    """Whether a statement is on the thing of a toll."""
    number = one.sum_of("value_min")
    again = number in toll.numbers and (number or 0) >= SAME and one.earlier is toll.earlier
    if again and (None in (toll.place, one.place) or narrows(toll.place, one.place) or narrows(one.place, toll.place)):
        return country is None or toll.country in (None, country)
    if one.triggers and toll.triggers and not one.triggers & toll.triggers:
        return False
    if one.earlier and not toll.earlier and one.sum_of("value_min") not in toll.numbers:
        return False
    if toll.time is not None and one.time is not None and not toll.time.meets(one.time):
        return False
    if toll.place is None or one.place is None or toll.place.casefold() == one.place.casefold():
        return True
    if country is not None and toll.country == country and one.time == toll.time is not None and _says_again(toll, one):
        return True
    alike = None in (country, toll.country) or toll.country == country
    wider = narrows(toll.place, one.place) or narrows(one.place, toll.place)
    return alike and wider and toll.fits(one)


def _says_again(toll: Toll, one: Statement) -> bool:
    """``Toronto : trois morts. La fusillade a fait trois morts à Greektown``: a town in the headline, then its quarter.

    Two events of one country, kind and moment with the same number of victims are not known from newspapers.
    """
    number = one.sum_of("value")
    return number is not None and all(number == said.sum_of("value") for said in toll.statements)
