"""Where each place of an article is: its id, its coordinates, its sort and its divisions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.geography.choice import DIVISIONS, Around, context, fits, lies_in, marks, means
from newsnlp.entities.geography.heads import Lead, has_own_place, head_of, lead_of
from newsnlp.entities.geography.known import known_places
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.gazetteer import candidates, distance_km
from newsnlp.record_fields import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsnlp.entities.geography.known import Known
    from newsnlp.entities.knowledge.places import Place as Meaning
    from newsnlp.gazetteer import Place
    from newsnlp.records import Mention

# Of an article with more different places, the first ones are looked up: no article of WiNER-fr has 100.
_MOST_PLACES = 300
# Of an entity, so many names and mentions are looked at.
_MOST_NAMES, _MOST_MEMBERS, _MOST_LEADS = 4, 8, 4
# The best one has to have so many marks; one that the lexicons do not know needs a sign besides its name.
_LEAST_KNOWN, _LEAST = 0.0, 0.5
# So much better than the next, it is sure, and says where others are.
_SURE = 1.5
# A site, a quarter lies in the town that its sentence names, at most so far from it in the text.
_REACH = 150
_APART = re.compile(
    r"\s?(?:,\s|\(|,?\s(?:en|au|aux|dans|à|près de|non loin de)\s)"
    r"(?:(?:le |la |les |l')?(?:[a-zà-ÿ]+\s){0,3}(?:de la |de l'|du |des |de |d'))?(?:le |la |les |l')?"
)
_BRACKET = re.compile(r"\s?\(([^()]{2,40})\)")
_ARTICLE = re.compile(r"L(?:es? |a |')")
_NUMBER = re.compile(r"\d[\dAB]\d?")
# A quarter of our list and one of the table so near each other are one.
_SAME_KM = 20
_STOP = re.compile(r"[.!?…]\s|\n")
_PLAIN = frozenset({"country", "region"})
_KINDS = {
    "state": PlaceKind.COUNTRY,
    "hist": PlaceKind.COUNTRY,
    "territory": PlaceKind.REGION,
    "part": PlaceKind.REGION,
    "region": PlaceKind.REGION,
    "department": PlaceKind.DEPARTMENT,
    "city": PlaceKind.CITY,
    "province": PlaceKind.AREA,
    "natural": PlaceKind.AREA,
}
# What lies in the town of its name, or in that of its sentence; a river or a road goes through many.
_IN_TOWN = frozenset({PlaceKind.SITE, PlaceKind.QUARTER})
_OF_HEAD = {"division": PlaceKind.REGION}


class Location(NamedTuple):
    """Where a place is, and what sort of place it is."""

    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_kind: PlaceKind | None = None
    admin1: str | None = None
    territory: str | None = None


_NOWHERE = Location()


class _Name(NamedTuple):
    """What is known of one place before the others are asked."""

    options: list[tuple[float, Place]]
    meanings: list[Meaning]
    leads: list[Lead]
    kind: str
    known: Known | None


class Locator:
    """Finds where the places of one article are.

    Parameters
    ----------
    text : str
    places : mapping of int to sequence of Mention
        The mentions of each place, by the number of its entity.
    countries : mapping of int to str or None
        The country of each.
    """

    def __init__(self, text: str, places: Mapping[int, Sequence[Mention]], countries: Mapping[int, str | None]) -> None:
        self._text = text
        self._places = dict(list(places.items())[:_MOST_PLACES])
        self._countries = countries
        self._spots = sorted(
            (member.start, number) for number, members in self._places.items() for member in members[:_MOST_MEMBERS]
        )
        self._names = {number: self._read(number, members) for number, members in self._places.items()}
        self._around = Around()
        self._sure: dict[int, Place] = {}
        for number, name in self._names.items():
            ranked = sorted(name.options, key=lambda option: -option[0])
            if ranked and ranked[0][0] >= _LEAST and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _SURE):
                self._believe(number, ranked[0][1])

    def _believe(self, number: int, place: Place) -> None:
        self._sure[number] = place
        if place.kind == "city":
            self._around.towns.append((place.latitude, place.longitude))
        elif place.kind in DIVISIONS:
            self._around.codes.update(filter(None, [place.admin2 or place.admin1]))

    def _read(self, number: int, members: Sequence[Mention]) -> _Name:
        country = self._countries.get(number)
        texts = list(dict.fromkeys(member.text for member in members))[:_MOST_NAMES]
        meanings: list[Meaning] = []
        for text in texts:
            meanings += [
                m for m in meanings_of(text) if m not in meanings and (m.country == country or m.kind == "hist")
            ]
        names = dict.fromkeys([*texts, *(m.name for m in meanings if m.kind != "seat")])
        found = self._fitting(names, country)
        if len(found) == 1 and found[0].kind in _PLAIN and any(means(meaning, found[0]) for meaning in meanings):
            return _Name([(_SURE, found[0])], meanings, [], "", None)  # most are: it needs no words around
        leads = [lead_of(self._text, member.start) for member in members[:_MOST_LEADS]]
        kind = ""
        if not found and not any(m.kind == "city" for m in meanings):
            for text in texts:
                head = head_of(text)
                if head is not None:
                    kind, leads = head.kind, []  # what stands before it is said of the head
                    if head.rest and not (has_own_place(kind) and head.has_article) and kind != "road":
                        found = self._fitting({head.rest: None}, country)
                    break
        if not kind:
            kinds = Counter(lead.kind for lead in leads).most_common(1)
            kind = next((of for of, _ in kinds if of and has_own_place(of) and of != "area"), "")
            if kind == "quarter" and any(m.kind == "city" for m in meanings):
                kind = ""  # « ce quartier de Berlin »
        known = self._known(texts, country, kind, meanings, found)
        has_town = any(place.kind == "city" for place in found)
        named = any(means(meaning, place) for meaning in meanings for place in found)
        options = [
            (
                marks(place, order, meanings, leads, kind, is_named=named, is_only=len(found) == 1, has_town=has_town),
                place,
            )
            for order, place in enumerate(found)
        ]
        return _Name(options, meanings, leads, kind, known)

    def _fitting(self, names: Mapping[str, None], country: str | None) -> list[Place]:
        found: dict[tuple[int | None, str, float], Place] = {}
        for name in names:
            for place in candidates(name):
                if fits(place, country) if country else place.kind == "continent":
                    found.setdefault((place.geonameid, place.name, place.latitude), place)
        # « Le Pertuis » is not « Pertuis ».
        exact = [place for place in found.values() if place.name in names] if any(map(_ARTICLE.match, names)) else []
        return [*exact, *(place for place in found.values() if place not in exact)]

    def _known(
        self, texts: Sequence[str], country: str | None, kind: str, meanings: Sequence[Meaning], found: Sequence[Place]
    ) -> Known | None:
        """Return the place of our own list that is meant: where the gazetteer has none, or only namesakes of it."""
        named = any(means(meaning, place) for meaning in meanings for place in found)
        heads = [head for text in texts if (head := head_of(text)) is not None]
        for known in [
            *(known for text in texts for known in known_places(text)),
            *(known for head in heads for known in known_places(head.rest) if known.kind == head.kind),
        ]:
            if known.country is not None and country is not None and known.country != country:
                continue
            if kind and has_own_place(kind) and kind != known.kind and not _alike(kind, known.kind):
                continue  # the « col de l'Argentière » is not the village
            if not found or kind == known.kind or (meanings and not named):
                near = [p for p in found if distance_km((p.latitude, p.longitude), known[2:4]) < _SAME_KM]
                if known.kind == "quarter" and near:  # GeoNames has some quarters among the towns
                    return known._replace(geonameid=near[0].geonameid)
                return known
        return None

    def location(self, number: int) -> Location:
        """Return where entity `number` is."""
        name = self._names.get(number)
        if name is None:
            return _NOWHERE
        if name.known is not None:
            known = name.known
            return Location(known.geonameid, known.latitude, known.longitude, PlaceKind(known.kind))
        place = self._chosen(number, name)
        if name.kind and has_own_place(name.kind) and not (place and place.kind in DIVISIONS and name.kind == "island"):
            return self._near(number, PlaceKind(name.kind), place)
        if place is not None:
            return _location(place)
        if name.kind in ("division", "department", "city", "country"):
            return Location(place_kind=_OF_HEAD.get(name.kind) or PlaceKind(name.kind))
        kind = next((_KINDS[m.kind] for m in name.meanings if m.kind in _KINDS), None)
        return Location(place_kind=kind)

    def _chosen(self, number: int, name: _Name) -> Place | None:
        if not name.options:
            return None
        if name.meanings and len(name.options) == 1:
            mark, place = name.options[0]
            return place if mark >= _LEAST_KNOWN else None
        beside = self._beside(number)
        is_known = bool(name.meanings)
        if is_known and not any(lies_in(place, beside) for _, place in name.options):
            beside = set()  # « Lisieux (Eure) »: an article errs
        weighed = [
            (mark + context(place, self._around, beside, is_known=is_known), place) for mark, place in name.options
        ]
        mark, place = max(weighed, key=lambda option: option[0])
        return place if mark >= (_LEAST_KNOWN if is_known else _LEAST) else None

    def _beside(self, number: int) -> set[str]:
        """Return the codes of the divisions that brackets or an apposition after the name tell: « Valence (Drôme) »."""
        codes: set[str] = set()
        for member in self._places[number][:_MOST_MEMBERS]:
            bracket = _BRACKET.match(self._text, member.end) or _BRACKET.search(member.text)
            if bracket:
                codes.update(self._codes(bracket.group(1), number))
            after = bisect_left(self._spots, (member.end, -1))
            if after == len(self._spots) or self._spots[after][0] - member.end > _REACH:
                continue
            start, following = self._spots[after]
            other = self._sure.get(following)
            if other is not None and other.kind in DIVISIONS and _APART.fullmatch(self._text, member.end, start):
                codes.update(filter(None, [other.admin2 or other.admin1]))
        return codes

    def _codes(self, bracket: str, number: int) -> list[str]:
        if _NUMBER.fullmatch(bracket):
            return [f"FR-{bracket}"]
        country = self._countries.get(number)
        divisions = [p for p in candidates(bracket) if p.kind in DIVISIONS and country and fits(p, country)]
        return [code for p in divisions[:1] if (code := p.admin2 or p.admin1)]

    def _near(self, number: int, kind: PlaceKind, place: Place | None) -> Location:
        """Return where something without an id is: in the town of its name, or in that of its sentence."""
        town = None
        if kind in _IN_TOWN:
            town = place if place is not None and place.kind == "city" else self._town_beside(number)
        if town is None:
            return Location(place_kind=kind)
        return _location(town)._replace(geonameid=None, place_kind=kind)

    def _town_beside(self, number: int) -> Place | None:
        country = self._countries.get(number)
        for member in self._places[number][:_MOST_MEMBERS]:
            best: tuple[int, Place] | None = None
            first = bisect_left(self._spots, (member.start - _REACH, -1))
            for start, other in self._spots[first : bisect_left(self._spots, (member.start + _REACH, -1))]:
                town = self._sure.get(other)
                if town is None or town.kind != "city" or (country and not fits(town, country)):
                    continue
                low, high = sorted((start, member.start))
                if _STOP.search(self._text, low, high):
                    continue
                if best is None or high - low < best[0]:
                    best = high - low, town
            if best is not None:
                return best[1]
        return None


def _alike(one: str, other: str) -> bool:
    """Tell whether two sorts are told apart by nobody: a quarter may be called a site, a road one."""
    return {one, other} <= {"site", "quarter", "road"} or "area" in (one, other)


def _location(place: Place) -> Location:
    admin1 = place.admin1 if place.admin1 and "." not in place.admin1 else None
    return Location(place.geonameid, place.latitude, place.longitude, PlaceKind(place.kind), admin1, place.territory)
