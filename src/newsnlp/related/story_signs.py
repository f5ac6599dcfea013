"""By what an article shows which event it tells of: words, names, kinds of things that happen, places, days."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError
from newsnlp.lexicons import load_csv, places
from newsnlp.records import Analysis, Article, DateBasis, EventType, PlaceKind
from newsnlp.related.arrays.terms import body_of, day_of, plain, term_of
from newsnlp.safety.values import iso_day
from newsnlp.text.notices import without_notices
from newsnlp.text.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from newsnlp.records import Event

# A headline, or a headline and its lead, tells the event; what follows tells of much else.
HEAD_WORDS = 40
# Longer texts are compared whole; so many words of them, and names, tell enough.
MOST_WORDS = 1500
_LONGEST_NAME = 5
_LONGEST_PHRASE = 4
_WORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+[.,]\d+|[^\W_]+")
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W_]+")
# Before a capital that is the sentence's, not a name's.
_OPENING = re.compile(r"(?:^|[.!?…:»«\n]|[–—-]\s)\s*$")
_DAYS_IN_HEAD = 400

# Types of events that one story may move between: an attack and the arrest after it, a storm and its floods.
_FAMILIES = (
    {EventType.EARTHQUAKE, EventType.VOLCANO, EventType.LANDSLIDE, EventType.COLLAPSE},
    {EventType.FLOOD, EventType.STORM, EventType.LANDSLIDE, EventType.COLLAPSE, EventType.SHIPWRECK},
    {EventType.WILDFIRE, EventType.EXTREME_TEMPERATURE, EventType.FIRE},
    {EventType.FIRE, EventType.EXPLOSION, EventType.INDUSTRIAL_ACCIDENT, EventType.COLLAPSE},
    {EventType.ROAD_ACCIDENT, EventType.RAIL_ACCIDENT},
    {EventType.AIR_ACCIDENT},
    {EventType.EPIDEMIC},
    {EventType.COMPETITION},
    {EventType.BATTLE, EventType.EXPLOSION, EventType.ATTACK, EventType.KIDNAPPING, EventType.CRIME, EventType.RIOT},
    {EventType.PROTEST, EventType.RIOT, EventType.STRIKE},
    {EventType.ELECTION},
    {EventType.LAYOFF, EventType.STRIKE, EventType.PROTEST},
)
# Events of one type that come again at one place within days: one is not the other.
_SERIES = frozenset(
    {EventType.PROTEST, EventType.RIOT, EventType.STRIKE, EventType.COMPETITION, EventType.ELECTION, EventType.MEETING}
)
# What happens at many places at once.
_SPREAD = _SERIES | {
    *(EventType.STORM, EventType.FLOOD, EventType.EXTREME_TEMPERATURE, EventType.WILDFIRE, EventType.EPIDEMIC),
    *(EventType.BATTLE, EventType.EARTHQUAKE, EventType.LAYOFF, EventType.DEPLOYMENT),
}
_SPOTS = frozenset({PlaceKind.CITY, PlaceKind.QUARTER, PlaceKind.SITE})
_Place = tuple[str | None, str | None, str | None, tuple[float, float] | None]
# Of these many happen on a day in one town: who tells them apart.
_PERSONAL = frozenset(
    {EventType.DEATH, EventType.APPOINTMENT, EventType.ARREST, EventType.TRIAL, EventType.CRIME, EventType.COMPETITION}
    | {EventType.MEETING, EventType.AGREEMENT, EventType.ELECTION, EventType.LAYOFF, EventType.KIDNAPPING}
)
# What follows any event: nothing speaks against one of these and another type in one story.
_FREE = frozenset(EventType) - frozenset().union(*_FAMILIES)


@dataclass(frozen=True, slots=True)
class Signs:
    """What of one article is compared.

    ``head`` counts the words of the headline and lead, ``whole`` those of the text, empty where there is no more than
    a head; ``pieces`` runs of three letters of the head; ``names`` words of names, ``concepts`` kinds of things
    (`related_concepts.csv`) and ``places`` codes of countries and of French departments and regions, both of the head.
    ``days`` are the first and last day that the head names, since year 1; ``family`` the bits of the families that the
    main event's type belongs to, all of them where any type goes; ``event_days`` its first and last day, where the
    text tells it; ``event_name`` what a storm or a flight is called; ``event_country``, ``event_division`` and
    ``event_place`` where it was. ``happenings`` are the bits of those concepts that are events; ``series`` tells that
    events like the main one come again, ``personal`` that day and place do not tell them apart.
    """

    id: str
    day: float | None
    head: Counter[str]
    whole: Counter[str]
    pieces: Counter[str]
    names: Counter[str]
    head_names: Counter[str]
    concepts: Counter[str]
    places: Counter[str]
    countries: frozenset[str]
    days: tuple[int, int] | None
    family: int
    event_type: str | None
    event_name: str | None
    event_days: tuple[int, int] | None
    event_country: str | None
    event_division: str | None
    event_place: str | None
    event_point: tuple[float, float] | None
    happenings: int
    series: bool
    personal: bool


def signs_of(analysis: Analysis, notices: Collection[int] = ()) -> Signs:
    """Return the signs of an article, analysed or not.

    Raises
    ------
    ArticleError
        If its records, made by hand or by another program, are not what their types say.
    """
    try:
        return _signs_of(analysis, notices)
    except (TypeError, ValueError, AttributeError) as error:
        raise ArticleError.unreadable(analysis.article.id, error) from error


def _signs_of(analysis: Analysis, notices: Collection[int]) -> Signs:
    article = analysis.article
    text = text_of(article, without_notices(body_of(analysis), notices))
    head, rest = _head_of(text)
    _check_values(analysis)
    words = list(islice((match[0] for match in _WORD.finditer(text)), MOST_WORDS))
    found_places = places_in(head)
    countries = {place for place in found_places if len(place) == 2}  # noqa: PLR2004  # ISO 3166-1
    names, head_names = _names_of(text, head)
    concepts = concepts_in(head)
    event = analysis.events[0] if analysis.events else None
    country, division, place, point = _event_place(analysis, event)
    return Signs(
        id=article.id,
        day=day_of(article.published_at),
        head=_terms(match[0] for match in _WORD.finditer(head)),
        whole=_terms(words) if rest else Counter(),
        pieces=_pieces(head),
        names=names if rest else Counter(),
        head_names=head_names,
        concepts=concepts,
        series=event is not None and event.type in _SERIES,
        personal=event is not None and event.type in _PERSONAL,
        happenings=sum(bit for name, bit in _happenings().items() if name in concepts),
        places=found_places,
        countries=frozenset(countries),
        days=_days_of(analysis, article),
        family=_family(event),
        event_type=None if event is None else str(event.type),
        event_name=None if event is None or event.name is None else plain(event.name),
        event_days=_event_days(event),
        event_country=country,
        event_division=division,
        event_place=place,
        event_point=point,
    )


def _check_values(analysis: Analysis) -> None:
    """Compare the values of figures with a number, which only numbers bear: stories give them on as they are."""
    for figure in analysis.figures:
        for value in (figure.value, figure.value_min, figure.value_max):
            _ = value is not None and value < 0


def text_of(article: Article, body: str) -> str:
    """Return title and body; a title that the body has as well stands once."""
    return f"{article.title}\n{body}" if article.title and article.title not in body else body


def _head_of(text: str) -> tuple[str, bool]:
    """Return the first sentences, to about `HEAD_WORDS` words, and whether more follows."""
    for count, match in enumerate(_WORD.finditer(text), 1):
        if count > HEAD_WORDS:
            return text[: match.start()], True
    return text, False


def _terms(words: Iterator[str] | list[str]) -> Counter[str]:
    return Counter(term for word in words if (term := term_of(word)))


def _pieces(head: str) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for match in _WORD.finditer(head):
        if term_of(match[0]):
            marked = f"^{plain(match[0])}$"
            pieces.update(marked[start : start + 3] for start in range(len(marked) - 2))
    return pieces


def _names_of(text: str, head: str) -> tuple[Counter[str], Counter[str]]:
    """Return the words of the names of the text, and of its head: those with a capital that is not the sentence's.

    Entities told articles of one event apart less well (average precision of pairs .916, these .941; docs/related.md),
    and an article has these without an analysis.
    """
    names: Counter[str] = Counter()
    head_names: Counter[str] = Counter()
    for match in islice(_CAPITAL.finditer(text), MOST_WORDS):
        if match.start() and not _OPENING.search(text[max(0, match.start() - 4) : match.start()]):
            name = plain(match[0])
            names[name] += 1
            if match.end() <= len(head):
                head_names[name] += 1
    return names, head_names


@functools.cache
def _concepts() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the concepts of words and phrases, by their stems."""
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in _rows():
        found[tuple(stem(word) for word in _WORD.findall(row["surface"]))].append(row["concept"])
    return {stems: tuple(dict.fromkeys(concepts)) for stems, concepts in found.items()}


@functools.cache
def _happenings() -> dict[str, int]:
    """Return the bit of each concept that is an event of its own."""
    return {name: 1 << bit for bit, name in enumerate(sorted({r["concept"] for r in _rows() if r["sort"] == "event"}))}


def _rows() -> tuple[dict[str, str], ...]:
    return load_csv("related_concepts.csv", columns=("surface", "concept", "sort"), key=("surface", "concept"))


def concepts_in(text: str) -> Counter[str]:
    """Return what sorts of things a text speaks of: `incendie`, `feu`, `flammes` are one; of `feu vert`, `feu` is none.

    Examples
    --------
    >>> sorted(concepts_in("Un entrepôt en flammes à Lens"))
    ['incendie', 'usine']
    """
    known = _concepts()
    stems = tuple(stem(word) for word in _WORD.findall(text))
    found: Counter[str] = Counter()
    place = 0
    while place < len(stems):
        for length in range(_LONGEST_PHRASE, 0, -1):
            concepts = known.get(stems[place : place + length])
            if concepts is not None:
                found.update(concepts)
                break
        place += length
    return found


@functools.cache
def _places() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the codes of names of places, and of words for who is from there."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for row in (*places.countries(), *places.cities()):
        if row["country"]:
            known[row["surface"]].add(row["country"])
    for row in places.french_places():
        known[row["surface"]].add("FR")
        if row["department"]:
            known[row["surface"]].add(f"FR-{row['department']}")
        elif row["kind"] == "region":
            known[row["surface"]].add(f"FR-{row['canonical'] or row['surface']}")
    people: defaultdict[str, set[str]] = defaultdict(set)
    for row in places.demonyms():
        if row["country"]:
            people[row["surface"]].add(row["country"])
    return (
        {name: frozenset(codes) for name, codes in known.items()},
        {name: frozenset(codes) for name, codes in people.items()},
    )


def places_in(text: str) -> Counter[str]:
    """Return the codes of the places that a text names, and of the countries whose people it does.

    Examples
    --------
    >>> sorted(places_in("Lens : un entrepôt belge en flammes"))
    ['BE', 'FR', 'FR-62']
    """
    known, people = _places()
    tokens = list(_HYPHENED.finditer(text))
    found: Counter[str] = Counter()
    place = 0
    while place < len(tokens):
        codes: frozenset[str] | None = None
        for length in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
            name = text[tokens[place].start() : tokens[place + length - 1].end()].replace("’", "'")
            if (codes := known.get(name)) is not None and not name.islower():
                found.update(codes)
                place += length
                break
        else:
            word = tokens[place][0]
            found.update(people.get(word) or people.get(word.lower()) or ())
            place += 1
    return found


def _days_of(analysis: Analysis, article: Article) -> tuple[int, int] | None:
    """Return the first and last of the single days that the beginning of the text names; a dateline names none."""
    days = []
    own = None if article.published_at is None else article.published_at.date().isoformat()
    for expression in analysis.dates:
        begin, end = expression.value_begin, expression.value_end
        if begin and end and begin[:10] == end[:10] and expression.start < _DAYS_IN_HEAD:
            if begin[:10] == own and expression.anchor == "none":
                continue
            day = iso_day(begin)
            if day is not None:
                days.append(day.toordinal())
    return (min(days), max(days)) if days else None


def _family(event: Event | None) -> int:
    if event is None or event.type in _FREE:
        return ~0 & (2**32 - 1)
    return sum(1 << bit for bit, family in enumerate(_FAMILIES) if event.type in family)


def _event_days(event: Event | None) -> tuple[int, int] | None:
    """Return the first and last day of an event; None where only the publication tells it."""
    if event is None or event.date_basis is None or event.date_basis == DateBasis.PUBLICATION:
        return None
    begin, end = iso_day(event.when_begin), iso_day(event.when_end)
    return None if begin is None or end is None else (begin.toordinal(), end.toordinal())


def _event_place(analysis: Analysis, event: Event | None) -> _Place:
    """Return the country of the main event, its first division, and of a place smaller than a country its own name.

    Where what happened stays in one spot, and the place is a town or less, its latitude and longitude, too.
    """
    found = None
    if event is not None and event.place_id is not None:
        found = next((entity for entity in analysis.entities if entity.id == event.place_id), None)
    if event is None or found is None:
        return None, None, None, None
    north, east = found.latitude, found.longitude
    spot = found.place_kind in _SPOTS and event.type not in _SPREAD
    point = (north, east) if spot and north is not None and east is not None else None
    return found.country, found.admin1, None if found.place_kind == PlaceKind.COUNTRY else plain(found.name), point
