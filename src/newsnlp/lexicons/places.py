"""Names of places, each list with its columns and its key once: a name may have several meanings, each with a row.

Rows are shared and cached, as `load_csv` returns them: do not change one.
"""

from __future__ import annotations

from newsnlp.lexicons._loader import load_csv

Rows = tuple[dict[str, str], ...]


def countries() -> Rows:
    """Return names of countries, their parts, and areas: surface, country, kind, rank, canonical."""
    columns = ("surface", "country", "kind", "rank", "canonical")
    return load_csv("places_countries.csv", columns=columns, key=("surface", "country"), required=("surface",))


def cities() -> Rows:
    """Return names of cities abroad: surface, country, rank, canonical."""
    columns = ("surface", "country", "rank", "canonical")
    return load_csv("places_cities.csv", columns=columns, key=("surface", "country"))


def french_places() -> Rows:
    """Return names of French places, Aubrac as village and as plateau: surface, kind, department, rank, canonical."""
    columns = ("surface", "kind", "department", "rank", "canonical")
    return load_csv("places_france.csv", columns=columns, key=("surface", "kind", "department"), required=("surface",))


def seats() -> Rows:
    """Return the places that stand for who sits in them: surface, country, label, canonical."""
    columns = ("surface", "country", "label", "canonical")
    return load_csv("places_seats.csv", columns=columns, required=("surface", "label"))


def demonyms() -> Rows:
    """Return adjectives and names of inhabitants: surface, country, level."""
    columns = ("surface", "country", "level")
    return load_csv("places_demonyms.csv", columns=columns, key=("surface", "country"), required=("surface",))
