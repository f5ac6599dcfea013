"""What the lexicons know of places: countries, cities, regions, seats of power, inhabitants. Pure look-ups."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.names_forms import fold, name_key
from newsnlp.lexicons import load_csv
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTRY_COLUMNS = ("surface", "country", "kind", "rank", "canonical")
CITY_COLUMNS = ("surface", "country", "rank", "canonical")
FRANCE_COLUMNS = ("surface", "kind", "department", "rank", "canonical")
SEAT_COLUMNS = ("surface", "country", "label", "canonical")
DEMONYM_COLUMNS = ("surface", "country", "level")


class Place(NamedTuple):
    """One meaning of a place name.

    ``kind`` is ``state``, ``territory``, ``part`` (of a state), ``area`` (over several states, or in none),
    ``hist``, ``city``, ``region``, ``province``, ``department``, ``natural`` or ``place`` (the last five in
    France), or ``seat``. ``rank`` is 1 for what the bare name means everywhere, 3 for what it means only where
    the context says so. ``name`` is shared by all names of one place. ``within`` is the French department.
    """

    country: str | None
    kind: str
    rank: int
    name: str
    within: str = ""


@functools.cache
def _gazetteer() -> Mapping[str, tuple[Place, ...]]:
    """Return every meaning of every place name, by folded name, most prominent first."""
    found: dict[str, list[Place]] = {}

    def add(surface: str, place: Place) -> None:
        meanings = found.setdefault(name_key(surface), [])
        if place not in meanings:
            meanings.append(place)

    countries = load_csv(
        "places_countries.csv", columns=COUNTRY_COLUMNS, key=("surface", "country"), required=("surface",)
    )
    for row in countries:
        name = row["canonical"] or row["surface"]
        add(row["surface"], Place(row["country"] or None, row["kind"], int(row["rank"]), name))
    for row in load_csv("places_cities.csv", columns=CITY_COLUMNS, key=("surface", "country")):
        name = row["canonical"] or row["surface"]
        add(row["surface"], Place(row["country"], "city", int(row["rank"]), name))
    france = load_csv(
        "places_france.csv",
        columns=FRANCE_COLUMNS,
        key=("surface", "kind", "department"),
        required=("surface",),
    )
    for row in france:
        name = row["canonical"] or row["surface"]
        add(row["surface"], Place("FR", row["kind"], int(row["rank"]), name, row["department"]))
    for surface, seat in seats().items():
        add(surface, seat)
    # Stable: at one rank a country stands before a city, a city before a French place.
    return {key: tuple(sorted(meanings, key=lambda place: place.rank)) for key, meanings in found.items()}


@functools.cache
def seats() -> Mapping[str, Place]:
    """Return the seats that stand for their holders (``Kremlin``, ``Matignon``), by surface."""
    rows = load_csv("places_seats.csv", columns=SEAT_COLUMNS, required=("surface", "label"))
    return {
        row["surface"]: Place(row["country"] or None, "seat", 1, row["canonical"] or row["surface"]) for row in rows
    }


@functools.cache
def _demonyms() -> Mapping[str, tuple[str | None, ...]]:
    rows = load_csv("places_demonyms.csv", columns=DEMONYM_COLUMNS, key=("surface", "country"), required=("surface",))
    found: dict[str, tuple[str | None, ...]] = {}
    for row in rows:
        key = fold(row["surface"])
        meaning = row["country"] or None
        found[key] = found.get(key, ()) + ((meaning,) if meaning not in found.get(key, ()) else ())
    return found


def meanings_of(name: str) -> tuple[Place, ...]:
    """Return every place that `name` may mean, most prominent first; empty where the lexicons know none.

    Examples
    --------
    >>> [(place.country, place.kind) for place in meanings_of("Géorgie")]
    [('GE', 'state'), ('US', 'part')]
    """
    return _gazetteer().get(name_key(name), ())


def country_of(name: str) -> str | None:
    """Return the country a place name means where nothing says otherwise.

    Parameters
    ----------
    name : str
        A name as a text has it; case, accents, hyphens and a leading article do not matter.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-2; ``XK`` for Kosovo. None for what is in no single country, and for unknown names.

    Examples
    --------
    >>> country_of("l'État hébreu"), country_of("RDC"), country_of("Kremlin"), country_of("Moyen-Orient")
    ('IL', 'CD', 'RU', None)
    >>> country_of("Irlande"), country_of("Islande"), country_of("Trifouillis-les-Oies")
    ('IE', 'IS', None)
    """
    meanings = meanings_of(name)
    return meanings[0].country if meanings else None


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


def demonym_country(word: str) -> str | None:
    """Return the country of an inhabitant or adjective; None where there is none, or several.

    Examples
    --------
    >>> demonym_country("ukrainienne"), demonym_country("Écossais"), demonym_country("kurde")
    ('UA', 'GB', None)
    >>> demonym_country("congolais")  # Brazzaville or Kinshasa
    """
    countries = () if _is_place_name(word) else _demonyms().get(fold(word), ())
    return countries[0] if len(countries) == 1 else None


def gazetteer_label(name: str) -> Label | None:
    """Return the label that the lexicons give a name, ORG for a seat of power, LOC for a place, else None.

    Examples
    --------
    >>> gazetteer_label("Kremlin"), gazetteer_label("Nancy"), gazetteer_label("Macron")
    (<Label.ORG: 'ORG'>, <Label.LOC: 'LOC'>, None)
    """
    meanings = meanings_of(name)
    if not meanings:
        return None
    return Label.ORG if meanings[0].kind == "seat" else Label.LOC


def same_place(first: str, second: str) -> bool:
    """Tell whether two names are, in the lexicons, names of one place.

    Examples
    --------
    >>> same_place("Birmanie", "Myanmar"), same_place("Irak", "Iran"), same_place("Kiev", "Kyiv")
    (True, False, True)
    """
    ours = {(place.country, place.name) for place in meanings_of(first)}
    return any((place.country, place.name) in ours for place in meanings_of(second))
