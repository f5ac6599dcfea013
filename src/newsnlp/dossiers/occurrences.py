"""One event as one article tells it: what is kept of it when the article itself is not."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from newsnlp.counts.befallen import EVENTS
from newsnlp.counts.roles import TOTAL
from newsnlp.counts.statements import Statement, counts_of
from newsnlp.lexicons import load_toml
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.records import EventType, Label, PlaceKind
from newsnlp.safety.values import iso_day
from newsnlp.text.folding import fold
from newsnlp.text.stemming import stem, stop_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from newsnlp.tables.cells import Row

# What is kept of an event: texts of articles are not, and what a hostile one holds is bounded.
MOST_NAMES, MOST_ACTORS, MOST_STATEMENTS, MOST_EVENTS, MOST_TERMS = 16, 12, 60, 60, 40
SENTENCE_CHARS, NAME_CHARS = 400, 120
# Characters of an article that tell what it is about: headline and lead.
LEAD_CHARS = 500
MIN_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")
# Of the row of a figure, what telling one toll from another asks for.
ROW_COLUMNS = (
    *("article_id", "figure", "start", "end", "text", "value", "value_min", "value_max", "modifier", "kind", "counted"),
    *("event", "status", "place", "place_id", "place_basis", "part_of", "source", "toll_role", "superseded_by"),
    *("when", "when_begin", "when_end", "event_id", "sentence", "sentence_start"),
)
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
class Told:
    """What is kept of an article."""

    id: str
    published_at: datetime | None
    day: float | None
    outlet: str | None
    title: str | None
    names: tuple[str, ...]
    terms: tuple[str, ...]


class SparseRow(dict[str, Any]):
    """The row of a figure without its empty cells, which read as None."""

    __slots__ = ()

    def __missing__(self, column: str) -> None:
        """Return None, as of a table."""
        return


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event of one article. Without a type, what an article counts of an event that it does not tell itself."""

    article: Told
    type: EventType | None
    is_main: bool
    name: str | None
    where: Where | None
    days: Days | None
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    status: str
    weapon: str | None
    said: tuple[Statement, ...]


def occurrences_of(article: Row, day: float | None, found: Mapping[str, list[Row]]) -> list[Occurrence]:
    """Return the events of an article, of its rows in the tables; the main one first, what it has no event for last."""
    entities = {row["entity_id"]: row for row in found["entities"]}
    told = Told(
        id=article["article_id"],
        published_at=article["published_at"],
        day=day,
        outlet=_cut(article.get("source"), NAME_CHARS),
        title=_cut(article.get("title"), SENTENCE_CHARS),
        names=tuple(_names(found["entities"])),
        terms=tuple(_terms(article, found)),
    )
    events = found["events"][:MOST_EVENTS]
    said = _said(article, found, events)
    made = [
        Occurrence(
            article=told,
            type=EventType(row["type"]),
            is_main=not number,
            name=_cut(row["name"], NAME_CHARS),
            where=where_of(row, entities),
            days=days_of(row),
            actors=tuple(_several(row["actors"])[:MOST_ACTORS]),
            sources=tuple(_several(row["sources"])[:MOST_ACTORS]),
            status=row["status"],
            weapon=weapon_of(f"{row['trigger']} {row['mentions'] or ''} {row['sentence'] or ''}"),
            said=tuple(said.get(row["event_id"], ())[:MOST_STATEMENTS]),
        )
        for number, row in enumerate(events)
    ]
    loose = tuple(one for one in said.get(None, ()) if not one.background)[:MOST_STATEMENTS]
    if any(one.role == TOTAL and one.top for one in loose):
        lead = next((one.row for one in loose if one.role == TOTAL and one.row["place"]), loose[0].row)
        made.append(
            Occurrence(
                article=told,
                type=None,
                is_main=not made or any(one.lead and one.role == TOTAL for one in loose),
                name=None,
                where=where_of(lead, entities),
                days=days_of({**lead, "date_basis": "clause"} if lead["when_begin"] else _published(article)),
                actors=(),
                sources=(),
                status="asserted",
                weapon=None,
                said=loose,
            )
        )
    return made


def where_of(row: Mapping[str, Any], entities: Mapping[str, Row]) -> Where | None:
    """Return the place of an event: its entity's name and coordinates, else its words."""
    known = entities.get(row["place_id"] or "", {})
    name = _cut(known.get("name") or row["place"], NAME_CHARS)
    if name is None:
        return None
    columns = ("geonameid", "country", "admin1", "latitude", "longitude")
    return Where(name, known.get("place_kind"), *(known.get(column) for column in columns))


def days_of(row: Mapping[str, Any]) -> Days | None:
    """Return the days of an event, None where nothing tells them."""
    begin = iso_day(row["when_begin"])
    if begin is None:
        return None
    first, last = begin.toordinal(), (iso_day(row.get("when_end")) or begin).toordinal()
    return Days(min(first, last), max(first, last), row["date_basis"] or "publication")


def _published(article: Row) -> Row:
    moment = article["published_at"]
    day = None if moment is None else moment.date().isoformat()
    return {"when_begin": day, "when_end": day, "date_basis": "publication"}


def _names(entities: Sequence[Row]) -> Iterator[str]:
    """Yield who, what and where an article names first of all, as keys. Of countries it says too little."""
    wide = (PlaceKind.COUNTRY, PlaceKind.CONTINENT)
    told = [row for row in entities if row["name"] and not (row["label"] == Label.LOC and row["place_kind"] in wide)]
    told.sort(key=lambda row: -(row["salience"] or 0))
    yield from dict.fromkeys(fold(row["name"][:NAME_CHARS], accents=False) for row in told[:MOST_NAMES])


def _terms(article: Row, found: Mapping[str, list[Row]]) -> Iterable[str]:
    """Return the stems of headline and lead; of tables without texts, those of the sentences of events and figures."""
    text = str(article.get("text") or "")[:LEAD_CHARS]
    if not text:
        rows = [*found["events"][:1], *found["figures"][:2]]
        text = " ".join(dict.fromkeys(str(row["sentence"] or "")[:LEAD_CHARS] for row in rows))
    words = [word for word in _WORD.findall(fold(f"{article.get('title') or ''} {text}")) if len(word) >= MIN_LETTERS]
    stems = (stem(word) for word in words)
    return list(dict.fromkeys(made for made in stems if made not in stop_stems()))[:MOST_TERMS]


def _said(article: Row, found: Mapping[str, list[Row]], events: Sequence[Row]) -> dict[str | None, list[Statement]]:
    """Return what is counted of each event; under None, counts of victims that are of no event of the article."""
    homes = {
        int(number): row["event_id"] for row in events for number in _several(row["figures"]) if number.isdecimal()
    }
    main = events[0]["event_id"] if events else None
    said: dict[str | None, list[Statement]] = {}
    for one in counts_of(article, found):
        number = one.row["figure"]
        # What is read of an ordinal is no figure: *un dixième décès* is told of the article's event.
        home = main if number is None else homes.get(number)
        if home is not None or one.event in EVENTS:
            said.setdefault(home, []).append(kept(one))
    return said


def kept(one: Statement) -> Statement:
    """Return a statement without what no toll asks for, its texts cut."""
    row = SparseRow({column: value for column in ROW_COLUMNS if (value := one.row.get(column)) is not None})
    for column in ("text", "counted", "source", "place"):
        if column in row:
            row[column] = row[column][:NAME_CHARS]
    sentence, start = row["sentence"], row["sentence_start"]
    if sentence is not None and len(sentence) > SENTENCE_CHARS:
        first = max(0, min((row["start"] or 0) - (start or 0) - SENTENCE_CHARS // 2, len(sentence) - SENTENCE_CHARS))
        row["sentence"], row["sentence_start"] = sentence[first : first + SENTENCE_CHARS], (start or 0) + first
    left, right = one.left[-SENTENCE_CHARS // 2 :], one.right[: SENTENCE_CHARS // 2]
    source = None if one.source is None else one.source[:NAME_CHARS]
    # Which event it is of was settled: of this one all are told as the main event.
    return replace(one, row=row, left=left, right=right, source=source, happening=None, is_main=True)


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
