"""A place of the table, and how far it is from another."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Mean radius of the Earth.
_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name may mean.

    Parameters
    ----------
    geonameid : int or None
        Its id in GeoNames; None for communes of France that are too small for the source.
    name : str
        As it is called there, in Latin letters.
    french_name : str or None
        Its name in French where that is another.
    latitude, longitude : float
        In degrees. Those of a country are its capital's, those of a department its prefecture's, those of another
        division its largest town's.
    kind : str
        ``continent``, ``country``, ``region`` (first division of a country, overseas territory), ``department``
        (second division: department, province, county) or ``city``.
    country : str or None
        ISO 3166-1 code, of an overseas territory the sovereign state's.
    territory : str or None
        ISO 3166-1 code of the overseas territory.
    admin1, admin1_name : str or None
        ISO 3166-2 code of the first division, or where it has none that of GeoNames (with a dot), and its name.
    admin2, admin2_name : str or None
        The same of the second division, where the table has it.
    population : int or None
        About: to 5 %. None where it is not known, as of divisions.
    approximate : bool
        The coordinates are the mean of neighbours' (the same postal code, or the same grouping of communes).
    alias : bool
        The name asked for is an alternate one of any language, not its own or its French one.
    """

    geonameid: int | None
    name: str
    french_name: str | None
    latitude: float
    longitude: float
    kind: str
    country: str | None
    territory: str | None = None
    admin1: str | None = None
    admin1_name: str | None = None
    admin2: str | None = None
    admin2_name: str | None = None
    population: int | None = None
    approximate: bool = False
    alias: bool = False


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two (latitude, longitude) over the ground, in kilometres.

    Examples
    --------
    >>> round(distance_km((48.853, 2.349), (43.297, 5.381)))  # Paris, Marseille
    660
    """
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
