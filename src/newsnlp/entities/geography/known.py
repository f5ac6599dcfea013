"""Places of our own list: seas, rivers, mountains, islands, quarters, sites, and areas that are no division."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.forms import name_key, name_keys
from newsnlp.lexicons import load_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCATED_COLUMNS = ("surface", "kind", "country", "latitude", "longitude", "geonameid")


class Known(NamedTuple):
    """A place of the list. Coordinates are good to a tenth of a degree, of what is large those of its middle."""

    kind: str
    country: str | None
    latitude: float
    longitude: float
    geonameid: int | None


@functools.cache
def _list() -> Mapping[str, tuple[Known, ...]]:
    rows = load_csv(
        "places_located.csv",
        columns=LOCATED_COLUMNS,
        key=("surface", "kind", "country"),
        required=("surface", "kind", "latitude", "longitude"),
    )
    found: dict[str, tuple[Known, ...]] = {}
    for key, row in zip(name_keys([row["surface"] for row in rows]), rows, strict=True):
        known = Known(
            row["kind"],
            row["country"] or None,
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["geonameid"]) if row["geonameid"] else None,
        )
        found[key] = (*found.get(key, ()), known)
    return found


def known_places(name: str) -> tuple[Known, ...]:
    """Return the places of the list that bear a name.

    Examples
    --------
    >>> [(place.kind, place.country) for place in known_places("la Méditerranée")]
    [('water', None)]
    """
    return _list().get(name_key(name), ())
