"""Which of the places that bear a name is meant: marks for what lexicons, words around it and the article tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.gazetteer import distance_km

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsnlp.entities.geography.heads import Lead
    from newsnlp.entities.knowledge.places import Place as Meaning
    from newsnlp.gazetteer import Place

DIVISIONS = frozenset({"region", "department"})
# Which sorts of the gazetteer a kind of the lexicons is.
_SORTS = {
    "state": frozenset({"country"}),
    "territory": frozenset({"region", "country"}),
    "part": frozenset({"region", "department", "country"}),
    "area": frozenset({"continent"}),
    "region": frozenset({"region"}),
    "province": DIVISIONS,
    "department": frozenset({"department"}),
    "city": frozenset({"city"}),
    "place": frozenset({"city"}),
}
_TOWNS = frozenset({"city", "place"})
# Marks. What the table puts first; what the lexicons know, by rank; words before the name; what an apposition names;
# what other places of the article tell. Set on Wikinews train articles and own sentences (2026-11), not fitted.
_LATER, _MOST_LATER = 0.7, 6
_OF_RANK = {1: 3.0, 2: 2.0, 3: 1.0}
_NAMESAKE, _HEAD, _BESIDE, _NAMED, _NAMED_FIRST = -2.0, 4.0, 6.0, 2.0, 1.0
_AT, _IN, _ARTICLE = 3.0, 2.5, -4.0
_MOST_TOWNS = 40
_CLOSE_KM, _NEAR_KM, _FAR_KM = 40, 120, 250
_CLOSE, _NEAR, _FAR = 1.5, 1.0, -1.0
_LARGE, _SMALL = 15_000, 5_000
_AS_LARGE, _ALIAS, _AS_TOWN, _ONLY = 1.0, -0.5, 1.0, 0.5
# « à Djibouti », « à Monaco »: these countries bear no article.
_BARE = frozenset(["BH", "CU", "CY", "DJ", "HK", "MC", "MG", "MO", "MT", "OM", "SG", "SM", "TW", "VA"])
_OPENS_WITH_ARTICLE = re.compile(r"(?:l[aeo]s?|[ae]l|il)[ -]|l'", re.IGNORECASE)


@dataclass
class Around:
    """What an article tells of where its places are: towns and divisions that are sure."""

    towns: list[tuple[float, float]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def nearest(self, place: Place) -> float | None:
        """Return how far the nearest sure town is, the place itself left out."""
        spots = [spot for spot in self.towns[:_MOST_TOWNS] if spot != (place.latitude, place.longitude)]
        return min((distance_km(spot, (place.latitude, place.longitude)) for spot in spots), default=None)


def fits(place: Place, country: str) -> bool:
    """Tell whether a place lies in a country, or in the overseas territory of such a code."""
    return country in (place.country, place.territory)


def lies_in(place: Place, codes: Collection[str]) -> bool:
    """Tell whether one of the place's divisions has one of these codes."""
    return place.admin2 in codes or place.admin1 in codes


def means(meaning: Meaning, place: Place) -> bool:
    """Tell whether a place of the gazetteer may be what the lexicons mean by its name."""
    if place.kind not in _SORTS.get(meaning.kind, ()):
        return False
    return not meaning.within or (place.admin2 or "").startswith(f"FR-{meaning.within}")


def marks(
    place: Place,
    order: int,
    meanings: Sequence[Meaning],
    leads: Sequence[Lead],
    kind: str,
    *,
    is_named: bool,
    is_only: bool,
    has_town: bool,
) -> float:
    """Return what the table, the lexicons and the words before the name say for a place.

    Parameters
    ----------
    place : Place
    order : int
        Where the table puts it among those that may be meant.
    meanings : sequence of Place of the lexicons
    leads : sequence of Lead
        What stands before each mention.
    kind : str
        The sort that a head within the name tells, or an empty string.
    is_named : bool
        What the lexicons mean is among those that may be meant.
    is_only : bool
        No other place of its country bears the name.
    has_town : bool
        One of those that may be meant is a town.
    """
    mark = -_LATER * min(order, _MOST_LATER)
    mark += max((_OF_RANK[m.rank] for m in meanings if means(m, place)), default=_NAMESAKE if is_named else 0.0)
    if kind:
        mark += _of_head(place, kind)
    if leads:
        mark += sum(_of_lead(place, lead, meanings, has_town=has_town) for lead in leads) / len(leads)
    if not meanings:
        mark += _AS_LARGE if place.kind != "city" or (place.population or 0) >= _LARGE else 0.0
        mark += _ALIAS if place.alias else 0.0
        mark += _ONLY if is_only and not place.alias else 0.0
    return mark


def _of_head(place: Place, kind: str) -> float:
    if kind in ("division", "department"):
        # "l'État de Sokoto", whose town is the better known
        return _HEAD if place.kind in DIVISIONS else -_HEAD / 2
    if kind in ("city", "country"):
        return _HEAD if place.kind == kind else -_HEAD
    return 0.0


def _of_lead(place: Place, lead: Lead, meanings: Sequence[Meaning], *, has_town: bool) -> float:
    if lead.preposition == "around" and place.kind == "city":
        return 0.0
    if lead.kind in ("division", "department", "country"):
        return _of_head(place, lead.kind)
    if lead.kind == "city":
        return _HEAD if place.kind == "city" else -1.0
    if lead.preposition == "at":
        if place.kind == "city":
            return _AT if meanings else _AS_TOWN
        return -_AT if has_town and place.country not in _BARE else 0.0
    if lead.preposition == "in":
        return _IN if place.kind != "city" else -_IN
    if lead.preposition == "the" and place.kind == "city":
        names = (place.name, place.french_name or "")
        sorts = {m.kind for m in meanings}
        return 0.0 if (sorts and sorts <= _TOWNS) or any(map(_OPENS_WITH_ARTICLE.match, names)) else _ARTICLE
    return 0.0


def context(place: Place, around: Around, beside: Collection[str], *, is_known: bool, is_only: bool = False) -> float:
    """Return what the other places of the article say for a place.

    Parameters
    ----------
    place : Place
    around : Around
    beside : collection of str
        Codes of the divisions that brackets or an apposition name.
    is_known : bool
        The lexicons know the name.
    is_only : bool
        No other place of its country bears the name.
    """
    mark = 0.0
    if place.kind != "city":
        return mark
    if beside:
        mark += _BESIDE if lies_in(place, beside) else -_BESIDE
    if place.admin2 in around.codes:
        mark += _NAMED
    elif place.admin1 in around.codes:
        mark += _NAMED_FIRST
    far = around.nearest(place)
    if far is None:
        return mark
    if far <= _NEAR_KM:
        return mark + (_CLOSE if far <= _CLOSE_KM else _NEAR)
    # A commune without an id is far from all towns often: the source of ids has the nearest ones no more than it.
    small = not is_known and (place.population or 0) < _SMALL and not (is_only and place.geonameid is None)
    return mark + (_FAR if small and far > _FAR_KM else 0.0)
