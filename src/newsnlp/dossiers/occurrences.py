"""One event as one article tells it: what is kept of it when the article itself is not."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from newsnlp.lexicons import load_toml
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import EventType, Label, PlaceKind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsnlp.tables.cells import Row

# What is kept of an event: texts of articles are not, and what a hostile one holds is bounded.
MOST_NAMES, MOST_ACTORS, MOST_STATEMENTS, MOST_EVENTS = 12, 12, 40, 60
SENTENCE_CHARS, NAME_CHARS = 400, 120
# The narrower the place, the higher.
WIDTHS = {
    PlaceKind.CONTINENT: 0,
    PlaceKind.COUNTRY: 1,
    PlaceKind.REGION: 2,
    PlaceKind.DEPARTMENT: 3,
    PlaceKind.AREA: 2,
    PlaceKind.WATER: 3,
    PlaceKind.MOUNTAIN: 3,
    PlaceKind.ISLAND: 3,
    PlaceKind.ROAD: 3,
    PlaceKind.CITY: 5,
    PlaceKind.QUARTER: 6,
    PlaceKind.SITE: 6,
}
# A place of unknown sort is as narrow as a village: those that gazetteers do not know are.
UNKNOWN_WIDTH = 4
NARROW = 4


@dataclass(frozen=True, slots=True)
class Where:
    """A place, as an article names it; `key` tells two of them apart."""

    name: str
    kind: str | None = None
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def key(self) -> str:
        """The folded name, without accents: two articles may spell it in two ways."""
        return fold(self.name, accents=False)

    @property
    def width(self) -> int:
        """How narrow it is."""
        return WIDTHS[PlaceKind(self.kind)] if self.kind else UNKNOWN_WIDTH

    @property
    def is_narrow(self) -> bool:
        """Whether it is a town, or a place in one, or one that no gazetteer knows."""
        return self.width >= NARROW

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Days:
    """When something happened, in days since the year 1, and what tells it (`DateBasis`)."""

    begin: int
    end: int
    basis: str

    @property
    def is_told(self) -> bool:
        """Whether a text tells the day: else it is that of the article."""
        return self.basis != "publication"


@dataclass(frozen=True, slots=True)
class Said:
    """A number that an article gives for somebody or something of an event."""

    event: str
    article: str
    figure: int
    day: float | None
    low: float | None
    high: float | None
    value: float | None
    modifier: str
    text: str
    status: str
    role: str | None
    source: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event of one article."""

    article: str
    day: float | None
    outlet: str | None
    event_id: str
    type: EventType
    is_main: bool
    where: Where | None
    days: Days | None
    actors: tuple[str, ...]
    names: tuple[str, ...]
    sources: tuple[str, ...]
    status: str
    weapon: str | None
    said: tuple[Said, ...]


def occurrences_of(article: Row, day: float | None, found: Mapping[str, Sequence[Row]]) -> Iterator[Occurrence]:
    """Yield the events of an article, of its rows in the tables; the main one first."""
    entities = {row["entity_id"]: row for row in found["entities"]}
    figures = {row["figure"]: row for row in found["figures"]}
    names = tuple(_names(found["entities"]))
    outlet = _cut(article.get("source"), NAME_CHARS)
    for number, row in enumerate(found["events"][:MOST_EVENTS]):
        yield Occurrence(
            article=article["article_id"],
            day=day,
            outlet=outlet,
            event_id=row["event_id"],
            type=EventType(row["type"]),
            is_main=not number,
            where=where_of(row, entities),
            days=days_of(row),
            actors=tuple(_several(row["actors"])[:MOST_ACTORS]),
            names=names,
            sources=tuple(_several(row["sources"])[:MOST_ACTORS]),
            status=row["status"],
            weapon=weapon_of(f"{row['trigger']} {row['mentions'] or ''} {row['sentence'] or ''}"),
            said=tuple(_said(article["article_id"], day, row, figures)),
        )


def where_of(row: Row, entities: Mapping[str, Row]) -> Where | None:
    """Return the place of an event: its entity's name and coordinates, else its words."""
    known = entities.get(row["place_id"] or "", {})
    name = _cut(known.get("name") or row["place"], NAME_CHARS)
    if name is None:
        return None
    columns = ("geonameid", "country", "admin1", "latitude", "longitude")
    return Where(name, known.get("place_kind"), *(known.get(column) for column in columns))


def days_of(row: Row) -> Days | None:
    """Return the days of an event, None where nothing tells them."""
    begin, end = row["when_begin"], row["when_end"] or row["when_begin"]
    try:
        first, last = date.fromisoformat(begin or "").toordinal(), date.fromisoformat(end or "").toordinal()
    except ValueError:
        return None
    return Days(min(first, last), max(first, last), row["date_basis"] or "publication")


def _names(entities: Sequence[Row]) -> Iterator[str]:
    """Yield who and what an article names first of all: people, bodies and works, as keys. Places say too little."""
    told = [row for row in entities if row["label"] != Label.LOC and row["name"]]
    told.sort(key=lambda row: -(row["salience"] or 0))
    yield from dict.fromkeys(fold(row["name"][:NAME_CHARS], accents=False) for row in told[:MOST_NAMES])


def _said(article: str, day: float | None, event: Row, figures: Mapping[int, Row]) -> Iterator[Said]:
    """Yield what is counted of an event, but parts of other numbers, older tolls and sums over a longer time."""
    numbers = [int(text) for text in _several(event["figures"]) if text.isdecimal()]
    for row in [figures[number] for number in numbers if number in figures][:MOST_STATEMENTS]:
        if row["event"] is None or row["kind"] != "count" or row["part_of"] is not None:
            continue
        yield Said(
            event=row["event"],
            article=article,
            figure=row["figure"],
            day=day,
            low=row["value_min"],
            high=row["value_max"],
            value=row["value"],
            modifier=row["modifier"],
            text=_cut(row["text"], NAME_CHARS) or "",
            status=row["status"],
            role="previous" if row["superseded_by"] is not None else row["toll_role"],
            source=_cut(row["source"], NAME_CHARS),
            sentence=_cut(row["sentence"], SENTENCE_CHARS),
        )


def _several(cell: str | None) -> list[str]:
    return [part[:NAME_CHARS] for part in cell.split(LIST_SEPARATOR)] if cell else []


def _cut(text: Any, most: int) -> str | None:
    return str(text)[:most] if text else None


@functools.cache
def _weapons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = load_toml("dossiers_events.toml", tables=("weapons", "state"))["weapons"]
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + r")\b")) for name, found in lists.items()
    )


def weapon_of(text: str) -> str | None:
    """Return what an explosion was, as the words around it tell.

    Examples
    --------
    >>> weapon_of("Un kamikaze a tué dix personnes"), weapon_of("Une explosion a tué dix personnes")
    ('suicide', None)
    """
    low = text.lower()
    return next((name for name, pattern in _weapons() if pattern.search(low)), None)
