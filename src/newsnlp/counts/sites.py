"""Where the event of a toll was: the narrowest place that the article's tolls and figures of victims give."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.lexicons import places
from newsnlp.records import PlaceBasis, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsnlp.counts.article_tolls import Toll
    from newsnlp.counts.statements import Statement
    from newsnlp.tables.cells import Row

_FRAMES = (None, PlaceKind.CONTINENT, PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.DEPARTMENT)


def placed(row: Row) -> Row:
    """Return a figure's row with the place of its event where its own sentence names none."""
    if row["place"] is not None or row.get("event_place") is None:
        return row
    place, place_id = row["event_place"], row["event_place_id"]
    return row | {"place": place, "place_id": place_id, "place_basis": PlaceBasis.EVENT.value}


@functools.cache
def wide_names() -> frozenset[str]:
    """Return the names that are first of all those of a country, a region or an area, not of a town."""
    ranks: dict[str, list[int]] = {}
    for number, rows in enumerate((places.countries(), places.cities(), places.french_places())):
        for row in rows:
            is_town = number == 1 or row.get("kind") == "place"
            # Of one rank, a country is meant before a city, and a city before a region of France.
            best = ranks.setdefault(row["surface"].casefold(), [99, 99])
            best[is_town] = min(best[is_town], int(row.get("rank") or 1) * 3 + number)
    return frozenset(name for name, (wide, town) in ranks.items() if wide < town)


def narrows(place: str | None, other: str | None) -> bool:
    """Whether a town is told of beside the region or country of a headline."""
    return bool(place and other) and str(other).casefold() in wide_names() and str(place).casefold() not in wide_names()


def country_of(rows: Iterable[Row], place: str | None, entities: Mapping[str, Row]) -> str | None:
    """Return the country of a place that rows name, from the entity that it is, or the one that bears its name."""
    if place is None:
        return None
    for row in rows:
        known = entities.get(row["place_id"], {}) if row["place"] == place else {}
        if known.get("country"):
            return str(known["country"])
    named = (entity for entity in entities.values() if (entity["name"] or "").casefold() == place.casefold())
    return next((entity["country"] for entity in named if entity["country"]), None)


def lend_event(toll: Toll, entities: Mapping[str, Row]) -> None:
    """Give a toll the place of its event in the article, where it has none, or one that only frames it."""
    event = toll.happening or {}
    place = event.get("place")
    if place is None or not (toll.place is None or narrows(place, toll.place)):
        return
    # An island, a quarter, a road is no frame of a town.
    known = {(row["name"] or "").casefold(): row["place_kind"] for row in entities.values()}
    if toll.place is not None and known.get(toll.place.casefold()) not in _FRAMES:
        return
    country = country_of([event], place, entities)
    if None in (toll.country, country) or toll.country == country:
        toll.place, toll.country = place, country or toll.country


def lend_places(tolls: list[Toll]) -> None:
    """Give tolls of the article's one event its place, where there is just one: never that of another event."""
    main = [toll for toll in tolls if not toll.role and not toll.period]
    told_now = [toll for toll in main if not toll.background] or main
    sure = [toll for toll in told_now if not toll.totals[0].is_vague]
    placed = {toll.place.casefold(): toll for toll in sure if toll.place is not None}
    if len(placed) > 1:
        placed = {place: toll for place, toll in placed.items() if place not in wide_names()}
    if len(placed) != 1:
        return
    lender = next(iter(placed.values()))
    for toll in told_now:
        wider = toll.place is None or (
            narrows(str(lender.place), toll.place) and (lender.country or toll.country) == toll.country
        )
        another = lender.kinds and toll.kinds and not lender.kinds & toll.kinds
        later = lender.time is not None and toll.time is not None and not lender.time.meets(toll.time)
        if wider and not (another or later):
            toll.place, toll.country = lender.place, lender.country or toll.country


def lend_scene(tolls: Iterable[Toll], told: Sequence[Statement], entities: Mapping[str, Row]) -> None:
    """``Portugal : cinq morts. … à Cascais. Les quatre occupants sont morts``: where some died that are of the toll."""
    scenes = {
        str(one.row["place"]): one.row
        for one in told
        if one.row.get("place_basis") == PlaceBasis.EVENT
        and not one.background
        and str(one.row["place"]).casefold() not in wide_names()
    }
    main = [toll for toll in tolls if not (toll.role or toll.period or toll.background)]
    if len(scenes) != 1 or any(toll.place and toll.place.casefold() not in wide_names() for toll in main):
        return
    place, row = next(iter(scenes.items()))
    country = country_of([row], place, entities)
    for toll in main:
        if toll.place is None or country in (None, toll.country):
            toll.place, toll.country = place, toll.country or country
