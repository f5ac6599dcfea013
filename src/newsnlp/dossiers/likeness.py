"""Whether what an article tells is an event that was told before: type, place, day, and who and how many were in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from newsnlp.dossiers.happened import SLOW
from newsnlp.gazetteer.places import distance_km
from newsnlp.records import EventType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dossiers.happened import Happened
    from newsnlp.dossiers.occurrences import Days, Occurrence, Where

# Types that articles give one event: a bomb is an explosion to one and an attack to the other.
_FAMILIES = (
    {
        EventType.BATTLE,
        EventType.EXPLOSION,
        EventType.ATTACK,
        EventType.KIDNAPPING,
        EventType.CRIME,
        EventType.RIOT,
    },
    {EventType.PROTEST, EventType.RIOT, EventType.STRIKE},
    {EventType.FLOOD, EventType.STORM, EventType.LANDSLIDE},
    {EventType.EARTHQUAKE, EventType.VOLCANO, EventType.LANDSLIDE, EventType.COLLAPSE},
    {EventType.FIRE, EventType.INDUSTRIAL_ACCIDENT, EventType.EXPLOSION, EventType.COLLAPSE},
    {EventType.FIRE, EventType.WILDFIRE},
    {EventType.ROAD_ACCIDENT, EventType.RAIL_ACCIDENT},
    {EventType.ROAD_ACCIDENT, EventType.ATTACK},
    {EventType.DEATH, EventType.CRIME},
    {EventType.ARREST, EventType.TRIAL},
    {EventType.AGREEMENT, EventType.MEETING},
    {EventType.BATTLE, EventType.DEPLOYMENT},
)
# Of these, one place seldom has two within weeks: place and type alone tell the event.
RARE = frozenset(
    {
        EventType.EARTHQUAKE,
        EventType.VOLCANO,
        EventType.FLOOD,
        EventType.STORM,
        EventType.LANDSLIDE,
        EventType.WILDFIRE,
        EventType.EXTREME_TEMPERATURE,
        EventType.COLLAPSE,
        EventType.INDUSTRIAL_ACCIDENT,
        EventType.RAIL_ACCIDENT,
        EventType.AIR_ACCIDENT,
        EventType.SHIPWRECK,
        EventType.EPIDEMIC,
        EventType.ELECTION,
    }
)
# Of these, one town has many a day: who is in them tells them apart.
PERSONAL = frozenset(
    {
        EventType.CRIME,
        EventType.ARREST,
        EventType.TRIAL,
        EventType.APPOINTMENT,
        EventType.AGREEMENT,
        EventType.MEETING,
        EventType.DEPLOYMENT,
        EventType.LAYOFF,
        EventType.DEATH,
        EventType.COMPETITION,
    }
)
# Of these, people die or are hurt.
HARMFUL = frozenset(EventType) - PERSONAL - {EventType.ELECTION, EventType.STRIKE} | {EventType.CRIME}
# Kilometres: within the first two names are of one place, beyond the second two towns are two places.
NEAR_KM, FAR_KM = 25.0, 80.0
# Days: how far apart two texts date one event (nights, time zones), and how long after it an article without a date
# of its own is fresh news, or a follow-up.
SLACK, FRESH, WEEK, MISDATED, FOLLOW_UP = 1, 3, 7, 10, 30
# Days from the year 1 to 1970.
_EPOCH = 719163
SAME_DAY, SAME_PLACE = 3.0, 3.0
# What it says that an article of a country, or of a quarter that no gazetteer has, names the town of the other.
NAMED = 2.0
SLOW_DAYS, EPIDEMIC_DAYS = 4, 45
# A number of victims from this on that two articles share says something, from the second on much.
SAME, SAME_SURELY = 3, 10
# Cosines of the words of headline and lead, below which they say nothing and from which they say most; and how much.
UNLIKE, LIKE, MOST_BY_WORDS = 0.15, 0.45, 2.5
MIN_WORDS = 10
# The least that place, day, type, names and numbers must come to, and of it place, names and numbers.
ENOUGH, ENOUGH_IN_COMMON = 4.0, 1.0


def are_compatible(one: str, other: str) -> bool:
    """Whether two types may be of one event.

    Examples
    --------
    >>> are_compatible("explosion", "attack"), are_compatible("earthquake", "strike")
    (True, False)
    """
    return one == other or any(one in family and other in family for family in _FAMILIES)


def families_of(kind: EventType | None) -> tuple[int, ...]:
    """Return the numbers of the families of a type, all for None; events of one number are compared."""
    if kind is None:
        return tuple(range(len(_FAMILIES) + len(EventType)))
    found = tuple(number for number, family in enumerate(_FAMILIES) if kind in family)
    return found or (len(_FAMILIES) + list(EventType).index(kind),)


def likeness(known: Happened, one: Occurrence, weight: Callable[[str], float]) -> float:
    """Return how much speaks for an event being the one known; 0 where something speaks against it.

    `weight` gives what a shared name or word says: little of one that stands in many articles, to 1.
    """
    kind = known.type
    if one.type is None:
        # A toll alone: of what has victims, and of nothing that the article tells apart.
        if kind not in HARMFUL:
            return 0.0
    elif not are_compatible(kind, one.type):
        return 0.0
    place = _places(known, one.where)
    if place is not None and place < NAMED and _names_place(known, one):
        place = NAMED
    days = _days(known, one, kind)
    if one.name is not None and known.given_names:
        if one.name not in known.given_names:
            return 0.0
        # A cyclone goes on for days, from coast to coast: in one country it is one event.
        place = SAME_PLACE if place is not None or _same_country(known, one) else None
        days = max(days or 0.0, 0.0) if days is not None or _is_within(one, known, MISDATED) else None
    if place is None or days is None:
        return 0.0
    if one.article.id in known.articles and one.type is not None:
        # An article tells its events apart, but for one that it was read to tell twice.
        return ENOUGH if kind == one.type and place == SAME_PLACE and days == SAME_DAY else 0.0
    shared = _names(known, one, weight)
    numbers = _numbers(known, one)
    words = _words(known, one, weight)
    if (kind in PERSONAL or one.type in PERSONAL) and shared < 1 and not (place >= 2 and numbers):  # noqa: PLR2004
        return 0.0
    # That it was in France says nothing of which attack it was.
    common = kind not in RARE
    in_common = (0.0 if common and place <= 1 else place) + shared + numbers + words
    total = place + days + shared + numbers + words + (kind == one.type)
    return total if total >= ENOUGH and in_common >= ENOUGH_IN_COMMON else 0.0


def _places(known: Happened, where: Where | None) -> float | None:
    """Return what two places say, None where they are two."""
    if where is None or not known.places:
        return 0.0
    main = known.where
    same = known.places.get(where.key)
    if same is not None and _may_be_one(same, where):
        if not where.is_narrow:
            return 1.0 if where.width <= 1 else 2.0
        return SAME_PLACE if main is None or main.key == where.key or _is_near(main, where) else 2.0
    if main is None:
        return 0.0
    if main.geonameid is not None and main.geonameid == where.geonameid:
        return SAME_PLACE if where.is_narrow else 1.0
    country = known.country
    if where.country is not None and country is not None and where.country != country:
        return _across_borders(main, where)
    alike = where.country is not None and where.country == country
    if main.is_narrow and where.is_narrow:
        if main.point is not None and where.point is not None:
            gap = distance_km(main.point, where.point)
            return 2.5 if gap <= NEAR_KM else None if gap > FAR_KM else 1.0
        return 0.5 if alike else 0.0
    if main.admin1 is not None and where.admin1 is not None and min(main.width, where.width) > 1:
        return 1.5 if main.admin1 == where.admin1 else None
    return 1.0 if alike else 0.0


def _same_country(known: Happened, one: Occurrence) -> bool:
    return one.where is None or one.where.country is None or one.where.country == known.country


def _is_within(one: Occurrence, known: Happened, days: int) -> bool:
    return one.days is None or known.when is None or _gap(one.days, known.when) <= days


def _may_be_one(one: Where, other: Where) -> bool:
    """Whether places of one name may be one: namesakes in two countries are two, if a gazetteer has both."""
    if one.country is None or other.country is None or one.country == other.country:
        return True
    return one.is_narrow and other.is_narrow and (one.geonameid is None or other.geonameid is None)


def _across_borders(one: Where, other: Where) -> float | None:
    """Return what two places of two countries say: borders run between a quake and the town that felt it."""
    # Between a pass and the valley below, too.
    reach = NEAR_KM if one.is_narrow and other.is_narrow else FAR_KM
    if min(one.width, other.width) > 1 and _is_near(one, other, reach):
        return 1.0
    if one.geonameid is not None and other.geonameid is not None:
        return None
    # The country of a quarter that no gazetteer has may be that of its town's namesake.
    quarter = min((one, other), key=lambda place: place.geonameid is not None)
    return 0.0 if quarter.is_narrow else None


def _names_place(known: Happened, one: Occurrence) -> bool:
    """Whether one tells of a country or of a quarter that no gazetteer has, and names the town of the other."""
    main, where = known.where, one.where
    if main is None or where is None or all(place.is_narrow and place.geonameid is not None for place in (main, where)):
        return False
    towns = {key for key, place in known.places.items() if place.is_narrow} | ({main.key} if main.width > 1 else set())
    return not towns.isdisjoint(one.article.names) or (where.width > 1 and where.key in known.names)


def _is_near(one: Where, other: Where, reach: float = NEAR_KM) -> bool:
    return one.point is not None and other.point is not None and distance_km(one.point, other.point) <= reach


def ordinal_of(day: float) -> int:
    """Return days since 1970 as whole days since the year 1."""
    return math.floor(day) + _EPOCH


def _days(known: Happened, one: Occurrence, kind: EventType) -> float | None:
    """Return what two times say, None where they are two."""
    mine, when = one.days, known.when
    if mine is None and when is not None and one.is_main and one.article.day is not None:
        # What an article tells first of all, and does not date, is news, or follows soon on it.
        gap = ordinal_of(one.article.day) - when.end
        if 0 <= gap <= WEEK:
            return 1.0 if gap <= FRESH else 0.0
    if mine is None or when is None:
        return 0.0 if kind in RARE else -1.0
    slack = EPIDEMIC_DAYS if kind == EventType.EPIDEMIC else SLOW_DAYS if kind in SLOW else SLACK
    gap = _gap(mine, when)
    if mine.is_told and when.is_told:
        # An article may date it wrongly, or to the day of the alarm: any of the days told will do.
        gap = min([gap, *(_gap(mine, days) for days in known.days if days.is_told)])
        if gap > slack:
            # Of an accident an article may date the end of the search; of two attacks it tells which.
            return -1.0 if kind in RARE and gap <= MISDATED else None
        wide = max(mine.end - mine.begin, when.end - when.begin)
        return 1.0 if wide > WEEK and kind not in SLOW else SAME_DAY if gap == 0 else 2.0
    if gap <= max(SLACK, slack):
        return 2.0
    # An article of today's date that tells of what was dated before: a follow-up. Nobody writes before it happens.
    later = mine.begin > when.end if not mine.is_told else when.begin > mine.end
    if not later or gap > FOLLOW_UP:
        return None
    return 1.0 if gap <= FRESH else 0.0 if kind in RARE or gap <= WEEK else -1.0


def _gap(one: Days, other: Days) -> int:
    return max(0, one.begin - other.end, other.begin - one.end)


def _names(known: Happened, one: Occurrence, weight: Callable[[str], float]) -> float:
    """Return what it says that both name the same people and bodies, above all as those who took part."""
    told = sum(weight(name) for name in one.article.names if name in known.names)
    acted = any(actor in known.actors for actor in one.actors)
    return min(2.0, 0.7 * told) + acted


def _numbers(known: Happened, one: Occurrence) -> float:
    """Return what it says that both give the same number of the same victims."""
    held = {(said.event, said.low) for _, said in known.said if said.low is not None}
    shared = max((said.low or 0 for said in one.said if (said.event, said.low) in held), default=0)
    return 1.5 if shared >= SAME_SURELY else 1.0 if shared >= SAME else 0.0


def _words(known: Happened, one: Occurrence, weight: Callable[[str], float]) -> float:
    """Return what it says that headlines and leads are worded alike, by the cosine of their words."""
    mine = {term: weight(term) for term in one.article.terms}
    both = sum(value for term, value in mine.items() if term in known.terms)
    if not both:
        return 0.0
    # The words of an event of many articles are those of half of them and more, at least as many as one article has.
    theirs = sum(weight(term) for term, _ in known.terms.most_common(max(len(mine), MIN_WORDS)))
    cosine = both / math.sqrt(sum(mine.values()) * theirs)
    return max(0.0, min(MOST_BY_WORDS, (cosine - UNLIKE) * MOST_BY_WORDS / (LIKE - UNLIKE)))
