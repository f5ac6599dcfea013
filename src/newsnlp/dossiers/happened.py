"""An event over all articles that tell of it: what they say, counted, and what most of them say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.dossiers.occurrences import Days, Where
from newsnlp.records import REGIONAL_TYPES, EventType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from newsnlp.counts.statements import Statement
    from newsnlp.dossiers.occurrences import Occurrence

# What happens for days: its later days are of the same event, and an article of each tells of its own day.
SLOW = frozenset(
    {
        EventType.BATTLE,
        EventType.STRIKE,
        EventType.VOLCANO,
        EventType.FLOOD,
        EventType.STORM,
        EventType.WILDFIRE,
        EventType.EXTREME_TEMPERATURE,
        EventType.EPIDEMIC,
        EventType.TRIAL,
        EventType.DEPLOYMENT,
    }
)
# Numbers, names and places of an event that are kept; of more, those told first and those told most.
MOST_SAID, MOST_PLACES, MOST_DAYS, MOST_WORDS = 400, 24, 60, 80


class Article(NamedTuple):
    """What is kept of an article that tells of an event."""

    published_at: datetime | None
    day: float | None
    outlet: str | None
    title: str | None
    is_main: bool


@dataclass(slots=True)
class Happened:
    """One event of the corpus, `number` its number in order of finding."""

    number: int
    types: Counter[str] = field(default_factory=Counter)
    main: int = 0
    given_names: Counter[str] = field(default_factory=Counter)
    places: dict[str, Where] = field(default_factory=dict)
    place_counts: Counter[str] = field(default_factory=Counter)
    days: Counter[Days] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    weapons: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)
    articles: dict[str, Article] = field(default_factory=dict)
    said: list[tuple[str, Statement]] = field(default_factory=list)
    # What most of it tells, worked out when something comes: it is asked for with every event that may be this one.
    type: EventType = EventType.DEATH
    where: Where | None = None
    when: Days | None = None

    def add(self, one: Occurrence) -> None:
        """Take in what an article tells."""
        # What an article tells first of all it tells best.
        weight = 2 if one.is_main else 1
        if one.type is not None:
            self.types[one.type] += weight
            self.main += one.is_main
        if one.where is not None and (one.where.key in self.places or len(self.places) < MOST_PLACES):
            known = self.places.get(one.where.key)
            if known is None or (known.geonameid is None and one.where.geonameid is not None):
                self.places[one.where.key] = one.where
            self.place_counts[one.where.key] += weight
        if one.days is not None and (one.days in self.days or len(self.days) < MOST_DAYS):
            self.days[one.days] += weight
        for counter, values in (
            (self.given_names, (one.name,) if one.name else ()),
            (self.actors, one.actors),
            (self.names, one.article.names),
            (self.terms, one.article.terms),
            (self.sources, one.sources),
            (self.statuses, (one.status,)),
            (self.weapons, (one.weapon,) if one.weapon else ()),
        ):
            counter.update(values)
            if len(counter) > 2 * MOST_WORDS:
                kept = counter.most_common(MOST_WORDS)
                counter.clear()
                counter.update(dict(kept))
        told = one.article
        before = self.articles.get(told.id)
        is_main = one.is_main or (before is not None and before.is_main)
        self.articles[told.id] = Article(told.published_at, told.day, told.outlet, told.title, is_main)
        self.said.extend((told.id, said) for said in one.said)
        if len(self.said) > MOST_SAID:
            # The last ones tell the toll as it stands; the first ones how it began.
            del self.said[MOST_SAID // 4 : -(MOST_SAID - MOST_SAID // 4)]
        self.settle()

    def settle(self) -> None:
        """Work out type, place and time again."""
        # The first of equals.
        self.type = EventType(self.types.most_common(1)[0][0])
        self.where = _where(self.places, self.place_counts, self.type)
        self.when = _when(self.days, self.type)

    @property
    def name(self) -> str | None:
        """What most articles call it."""
        return self.given_names.most_common(1)[0][0] if self.given_names else None

    @property
    def country(self) -> str | None:
        """The country of the place, else that which most articles tell."""
        if self.where is not None and self.where.country:
            return self.where.country
        told: Counter[str] = Counter()
        for key, place in self.places.items():
            if place.country:
                told[place.country] += self.place_counts[key]
        return told.most_common(1)[0][0] if told else None

    @property
    def last(self) -> float | None:
        """The day of the last article."""
        return max((told.day for told in self.articles.values() if told.day is not None), default=None)


def _where(places: Mapping[str, Where], counts: Mapping[str, int], kind: EventType) -> Where | None:
    """Return the narrow place that most articles tell, a narrower one told half as often, else the narrowest.

    Of what goes over regions, the region that most tell, not the town where one was hit.
    """
    if not places:
        return None
    if kind in REGIONAL_TYPES:
        regions = [place for place in places.values() if place.width > 1] or list(places.values())
        return max(regions, key=lambda place: (counts[place.key], -place.width))
    narrow = {key: counts[key] for key, place in places.items() if place.is_narrow}
    if not narrow:
        return max(places.values(), key=lambda place: (place.width, counts[place.key]))
    # The country of a quarter that no gazetteer has may be that of its town's namesake.
    told: Counter[str] = Counter()
    for key, place in places.items():
        told.update({place.country: counts[key]} if place.country else {})
    if len(told) > 1:
        home = told.most_common(1)[0][0]
        narrow = {key: count for key, count in narrow.items() if places[key].country in (None, home)} or narrow
    most = max(narrow.values())
    # A quarter told as often as its town is where it was; told once among many it is a detail.
    # One that a gazetteer knows tells more than a name without coordinates, if not told much less.
    fitting = [places[key] for key, count in narrow.items() if (4 if places[key].point else 2) * count >= most]
    return max(fitting, key=lambda place: (place.point is not None, narrow[place.key], place.width))


def _is_since(days: Days) -> bool:
    """Whether a time that lasts begins on a day that is told: *depuis le 4 août*, not *en août*."""
    return days.is_told and date.fromordinal(days.begin).day > 1


def _when(told: Mapping[Days, int], kind: EventType) -> Days | None:
    """Return the days that most texts tell, the narrower of equals; where none does, an article's, the earliest."""
    texts = [days for days in told if days.is_told]
    if kind in SLOW and told:
        # Its first articles tell when it began, whatever day they are of.
        short = [days for days in told if days.end - days.begin <= 1 or _is_since(days)] or list(told)
        begin = min(days.begin for days in short)
        near = [days for days in short if days.begin - begin <= MOST_DAYS]
        return Days(begin, max(days.end for days in near), min(near, key=lambda days: days.begin).basis)
    if not texts:
        return min(told, key=lambda days: (days.begin, days.end), default=None)
    exact = [days for days in texts if days.end - days.begin <= 1]
    return max(exact or texts, key=lambda days: (told[days], days.begin - days.end, -days.begin))
