"""What the lexicons know of places: countries, cities, regions, seats of power, inhabitants. Pure look-ups."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.forms import fold, fold_all, name_key, name_keys
from newsnlp.lexicons import load_csv
from newsnlp.lexicons import places as lists

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, str]

SPORT_COLUMNS = ("code", "country")
TERRITORY_COLUMNS = ("territory", "state")


class Place(NamedTuple):
    """One meaning of a place name.

    ``country`` is of an overseas territory its own code, which `state_of` and `territory_of` read. ``kind`` is
    ``state``, ``territory``, ``part`` (of a state), ``area`` (over several states, or in none), ``hist``,
    ``city``, ``region``, ``province``, ``department``, ``natural`` or ``place`` (the last five in France), or
    ``seat``. ``rank`` is 1 for what the bare name means everywhere, 3 for what it means only where the context says
    so. ``name`` is shared by all names of one place. ``within`` is the French department.
    """

    country: str | None
    kind: str
    rank: int
    name: str
    within: str = ""


@functools.cache
def _gazetteer() -> Mapping[str, list[Row]]:
    """Return the rows of every place name, by folded name. Places are made of them on demand: it loads faster."""
    countries = lists.countries()
    cities = lists.cities()
    france = lists.french_places()
    seats = lists.seats()
    rows = [*countries, *cities, *france, *seats]
    found: dict[str, list[Row]] = {}
    for key, row in zip(name_keys([row["surface"] for row in rows]), rows, strict=True):
        if key in found:
            found[key].append(row)
        else:
            found[key] = [row]
    return found


def _place(row: Row) -> Place:
    """Return the meaning that a row gives: a city has no kind, a French place no country, a seat a label."""
    return Place(
        country=row.get("country", "FR") or None,
        kind="seat" if "label" in row else row.get("kind", "city"),
        rank=int(row.get("rank", "1")),
        name=row["canonical"] or row["surface"],
        within=row.get("department", ""),
    )


@functools.cache
def _demonyms() -> Mapping[str, tuple[str | None, ...]]:
    rows = lists.demonyms()
    found: dict[str, tuple[str | None, ...]] = {}
    for key, row in zip(fold_all(row["surface"] for row in rows), rows, strict=True):
        meaning = row["country"] or None
        if key not in found:
            found[key] = (meaning,)
        elif meaning not in found[key]:
            found[key] = (*found[key], meaning)
    return found


@functools.cache
def demonym_spellings() -> frozenset[str]:
    """Return the inhabitants and adjectives as they are written, with and without a capital."""
    rows = lists.demonyms()
    return frozenset(spelling for row in rows for spelling in (row["surface"], row["surface"].capitalize()))


def meanings_of(name: str) -> tuple[Place, ...]:
    """Return every place that `name` may mean, most prominent first; empty where the lexicons know none.

    Examples
    --------
    >>> [(place.country, place.kind) for place in meanings_of("Géorgie")]
    [('GE', 'state'), ('US', 'part')]
    """
    return _meanings(name_key(name))


@functools.lru_cache(maxsize=8192)
def _meanings(key: str) -> tuple[Place, ...]:
    rows = _gazetteer().get(key)
    if rows is None:
        return ()
    places = dict.fromkeys(_place(row) for row in rows)
    # Stable: at one rank a country stands before a city, a city before a French place.
    return tuple(sorted(places, key=lambda place: place.rank))


def is_demonym(word: str) -> bool:
    """Tell whether a word names inhabitants or is the adjective of a place: ``Irakiens``, ``nancéienne``.

    Examples
    --------
    >>> is_demonym("Américains"), is_demonym("Lorraine")
    (True, False)
    """
    return fold(word) in _demonyms() and not _is_place_name(word)


def _is_place_name(word: str) -> bool:
    """Tell whether a capital makes the word a place: `la Lorraine`, `la Suisse`, not `une Suissesse`."""
    return word[:1].isupper() and bool(meanings_of(word))


@functools.lru_cache(maxsize=16384)
def demonym_country(word: str) -> str | None:
    """Return the country of an inhabitant or adjective; None where there is none, or several.

    Examples
    --------
    >>> demonym_country("ukrainienne"), demonym_country("Écossais"), demonym_country("kurde")
    ('UA', 'GB', None)
    >>> demonym_country("congolais")  # Brazzaville or Kinshasa
    """
    countries = demonym_countries(word)
    return countries[0] if len(countries) == 1 else None


def demonym_countries(word: str) -> tuple[str | None, ...]:
    """Return every country that an inhabitant or adjective may be of.

    Examples
    --------
    >>> demonym_countries("congolaise")
    ('CD', 'CG')
    """
    return () if _is_place_name(word) else _demonyms().get(fold(word), ())


@functools.cache
def sport_codes() -> Mapping[str, str]:
    """Return the countries of the codes that lists of results have: `SUI`, `GER`."""
    rows = load_csv("places_sport_codes.csv", columns=SPORT_COLUMNS, key=("code",))
    return {row["code"]: row["country"] for row in rows}


@functools.cache
def sovereigns() -> Mapping[str, str]:
    """Return the state of each overseas territory; what governs itself apart (`HK`, `TW`, `PS`, `XK`) is none."""
    rows = load_csv("places_territories.csv", columns=TERRITORY_COLUMNS, key=("territory",))
    return {row["territory"]: row["state"] for row in rows}


def state_of(code: str | None) -> str | None:
    """Return the sovereign state of a code: of an overseas territory its state, of all else the code itself.

    Examples
    --------
    >>> state_of("NC"), state_of("GL"), state_of("HK"), state_of("FR")
    ('FR', 'DK', 'HK', 'FR')
    """
    return sovereigns().get(code, code) if code else None


def territory_of(code: str | None) -> str | None:
    """Return the code of an overseas territory; None for a sovereign state's.

    Examples
    --------
    >>> territory_of("NC"), territory_of("FR")
    ('NC', None)
    """
    return code if code in sovereigns() else None


def same_place(first: str, second: str) -> bool:
    """Tell whether two names are, in the lexicons, names of one place.

    Examples
    --------
    >>> same_place("Birmanie", "Myanmar"), same_place("Irak", "Iran"), same_place("Kiev", "Kyiv")
    (True, False, True)
    """
    ours = {(place.country, place.name) for place in meanings_of(first)}
    return any((place.country, place.name) in ours for place in meanings_of(second))


@functools.cache
def known_countries() -> frozenset[str]:
    """Return the codes of the countries and territories that the lexicons name."""
    rows = lists.countries()
    return frozenset(row["country"] for row in rows if row["country"])
