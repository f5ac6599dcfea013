"""Where each place of an article is: its id, its coordinates, its sort and its divisions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.geography.beside import Beside
from newsnlp.entities.geography.choice import DIVISIONS, Around, context, fits, lies_in, marks, means
from newsnlp.entities.geography.heads import SAME_PLACE, Lead, has_own_place, head_of, lead_of, town_within, with_head
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
# A station, an exit is called after a town of so many people.
_LEAST_PEOPLE = 10_000
# An apposition follows a name within so many characters.
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
# These lie where the words around them say, as does what no word tells the sort of.
_TOLD = _IN_TOWN | {None, PlaceKind.CITY}
_OF_HEAD = {"division": PlaceKind.REGION}
_DIVISION = frozenset({"division", "department"})


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
        self._towns: dict[int, Place | None] = {}
        self._beside_it = Beside(text, self._places, self._spots, self._town, self._may_hold)
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
            kind, found = self._within(texts, country, is_known=bool(meanings))
            leads = [] if kind else leads  # what stands before it is said of the head
        if not kind:
            kinds = Counter(lead.kind for lead in leads).most_common(1)
            kind = next((of for of, _ in kinds if of and has_own_place(of) and of != "area"), "")
            if kind == "quarter" and any(m.kind == "city" for m in meanings):
                kind = ""  # « ce quartier de Berlin »
        if kind == "water":
            texts += [with_head(self._text, member.start, member.end) for member in members[:_MOST_LEADS]]
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

    def _within(self, texts: Sequence[str], country: str | None, *, is_known: bool) -> tuple[str, list[Place]]:
        """Return what the words of a name tell: a sort, and the places that the rest of it names."""
        for text in texts:
            head = head_of(text)
            if head is not None:
                if head.rest and not (has_own_place(head.kind) and head.has_article) and head.kind != "road":
                    return head.kind, self._fitting({head.rest: None}, country)
                return head.kind, []
        town = None if is_known else self._town_within(texts, country)
        return ("site", [town]) if town else ("", [])

    def _town_within(self, texts: Sequence[str], country: str | None) -> Place | None:
        """Return the large town of a part or station: « Narbonne-sud », but not of « Paris-Roubaix »."""
        for text in texts:
            town = town_within(text)
            if not town or known_places(text):
                continue
            rest = text[len(town) + 1 :]
            towns = [place for place in self._fitting({town: None}, country) if place.kind == "city"]
            if towns and (towns[0].population or 0) >= _LEAST_PEOPLE and not self._fitting({rest: None}, country):
                return towns[0]
        return None

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
            if country is None and known.country and known.kind in ("city", "site") and _elsewhere(texts, known):
                continue  # of « Willow » without a country nobody knows which
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
            division = next((lead.kind for lead in name.leads if lead.kind in _DIVISION), None)
            if known.kind in _IN_TOWN and division is not None:
                # « la province de Babel » is not the ruins
                return Location(None, known.latitude, known.longitude, PlaceKind(_OF_HEAD.get(division) or division))
            return Location(known.geonameid, known.latitude, known.longitude, PlaceKind(known.kind))
        place = self._chosen(number, name)
        if name.kind and has_own_place(name.kind) and not (place and place.kind in DIVISIONS and name.kind == "island"):
            return self._near(number, PlaceKind(name.kind), place)
        if place is not None:
            return _location(place)
        told = name.kind or next((lead.kind for lead in name.leads if lead.kind in SAME_PLACE), "")
        if told in SAME_PLACE and (name.kind or not name.meanings):
            return self._near(number, _OF_HEAD.get(told) or PlaceKind(told), None)
        kind = next((_KINDS[m.kind] for m in name.meanings if m.kind in _KINDS), None)
        return self._near(number, kind, None)

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
        is_only = len(name.options) == 1
        weighed = [
            (mark + context(place, self._around, beside, is_known=is_known, is_only=is_only), place)
            for mark, place in name.options
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

    def _near(self, number: int, kind: PlaceKind | None, place: Place | None) -> Location:
        """Return where something without an id is: in the town of its name, or in the one that the text sets it in."""
        town = place if kind in _IN_TOWN and place is not None and place.kind == "city" else None
        if town is None and kind in _TOLD:
            members = self._places[number][:_MOST_MEMBERS]
            town = self._beside_it.told(number, members)
            if town is None and kind in _IN_TOWN:
                town = self._beside_it.around(number, members)
            if town is None and (codes := self._beside(number)):
                towns = filter(None, map(self._town, self._places))
                town = next((town for town in towns if town.admin2 in codes), None)
        if town is None:
            return Location(place_kind=kind)
        return _location(town)._replace(geonameid=None, place_kind=kind)

    def _town(self, number: int) -> Place | None:
        """Return the town that a place of the article is, one that stands for its region, too: « Genève »."""
        if number not in self._towns:
            name = self._names[number]
            place = None
            if name.known is None and not (name.kind and has_own_place(name.kind)):
                place = self._sure.get(number) or self._chosen(number, name)
                if place is not None and not name.meanings and (place.population or 0) < _LEAST_PEOPLE:
                    place = self._sure.get(number)
            if place is not None and place.kind in DIVISIONS:
                spot = place.latitude, place.longitude
                towns = [town for _, town in name.options if town.kind == "city"]
                place = next((t for t in towns if distance_km(spot, (t.latitude, t.longitude)) < _SAME_KM), None)
            self._towns[number] = place if place is not None and place.kind == "city" else None
        return self._towns[number]

    def _may_hold(self, number: int, town: Place) -> bool:
        country = self._countries.get(number)
        return not country or fits(town, country)


def _alike(one: str, other: str) -> bool:
    """Tell whether two sorts are told apart by nobody: a quarter may be called a site, a road one."""
    return {one, other} <= {"site", "quarter", "road"} or "area" in (one, other)


def _elsewhere(texts: Sequence[str], known: Known) -> bool:
    return any(place.country != known.country for text in texts for place in candidates(text))


def _location(place: Place) -> Location:
    admin1 = place.admin1 if place.admin1 and "." not in place.admin1 else None
    return Location(place.geonameid, place.latitude, place.longitude, PlaceKind(place.kind), admin1, place.territory)
