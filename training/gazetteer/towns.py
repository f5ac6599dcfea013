"""Towns of GeoNames, and the communes of France."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from gathering import CODES, LEAST, LEAST_WITH_ALIASES, City, Gathered, kind, lexicon, usable
from packing import Row

from newsnlp.gazetteer.names import place_key, without_arabic_article
from newsnlp.gazetteer.table import APPROXIMATE

Commune = dict[str, Any]


def chosen(city: City) -> bool:
    country, people = city["countrycode"], city["population"]
    if country in CODES["at_war"]:
        return people == 0 or people >= LEAST["at_war"]
    if country in CODES["french_speaking"]:
        return country == "FR" or people >= LEAST.get(country, LEAST["french_speaking"])
    return bool(people >= LEAST["elsewhere"])


def add_towns(gathered: Gathered) -> None:
    """Add towns, with the French names that our lexicon knows: of bearers of one name the largest's."""
    french = {
        (line["country"], place_key(line["surface"])): line["canonical"] or line["surface"]
        for line in lexicon("places_cities.csv")
    }
    towns = [city for city in gathered.sources.cities if chosen(city)]
    called: dict[int, list[str]] = defaultdict(list)
    taken = set()
    for city in sorted(towns, key=lambda city: (-city["population"], city["geonameid"])):
        for key in sorted({place_key(name) for name in [city["name"], *city["alternatenames"]]}):
            named = city["countrycode"], key
            if named in french and named not in taken:
                taken.add(named)
                called[city["geonameid"]].append(french[named])
    for city in towns:
        name, ours = city["name"], called[city["geonameid"]]
        # Where ours has the key of its own name, it is but another spelling.
        other = next((our for our in ours if place_key(our) != place_key(name)), ours[0] if ours else name)
        aliases = usable(city["alternatenames"])
        if city["population"] < LEAST_WITH_ALIASES.get(city["countrycode"], 0):
            aliases = []
        own = [name, *ours]
        if city["countrycode"] in CODES["arabic_speaking"]:
            own, aliases = _with_bare(own), _with_bare(aliases)
        row = Row(
            city["geonameid"], city["latitude"], city["longitude"], _area(gathered, city), city["population"],
            kind("city"), name, other if other != name else "",
        )  # fmt: skip
        gathered.add(row, own, aliases)


def _with_bare(names: list[str]) -> list[str]:
    """Return names, and those that have an Arabic article without it."""
    return [*names, *(without_arabic_article(place_key(name)) for name in names)]


def _area(gathered: Gathered, city: City) -> int:
    numbers = reversed(gathered.sources.divisions_of.get(city["geonameid"], []))
    return next((gathered.area_of[n] for n in numbers if n in gathered.area_of), gathered.area_of[city["countrycode"]])


def add_communes(gathered: Gathered) -> None:
    """Name towns of France as they are called officially, and add communes that GeoNames lacks."""
    communes = gathered.sources.communes
    present = [
        commune
        for commune in communes
        if commune["type"] == "commune-actuelle" and commune["departement"] in gathered.departments
    ]
    rows = _rows_by_name(gathered, present)
    known: dict[str, int] = {}
    for commune in present:
        if found := rows.get(_named(commune)):
            known[commune["code"]] = number = max(found, key=lambda row: gathered.rows[row].people)
            row = gathered.rows[number]
            people = row.people or commune.get("population", 0)
            gathered.rows[number] = row._replace(name=commune["nom"], french="", people=people)
    added = _add_missing(gathered, [commune for commune in present if commune["code"] not in known], known)
    print(f"{len(present)} communes: {len(known)} in GeoNames, {added} at their neighbours'")
    department_of = {commune["code"]: commune["departement"] for commune in present}
    # What was a commune until it was joined to another is still called so.
    for commune in communes:
        number = known.get(commune.get("chefLieu", ""))
        if number is None or commune["type"] not in ("commune-deleguee", "commune-associee"):
            continue
        if (department_of[commune["chefLieu"]], place_key(commune["nom"])) not in rows:
            gathered.aliases[number] = [*gathered.aliases[number], commune["nom"]]


def _named(commune: Commune) -> tuple[str, str]:
    return commune["departement"], place_key(commune["nom"])


def _rows_by_name(gathered: Gathered, present: list[Commune]) -> dict[tuple[str, str], list[int]]:
    """Return the towns by department and name; by an alternate one those that are no commune by their own."""
    code_of = {area: code for code, area in gathered.departments.items()}
    official = set(map(_named, present))
    own, others = defaultdict(list), defaultdict(list)
    for number, row in enumerate(gathered.rows):
        if row.kind == kind("city") and row.area in code_of:
            code = code_of[row.area]
            own[code, place_key(row.name)].append(number)
            if (code, place_key(row.name)) not in official:
                for name in gathered.aliases[number]:
                    others[code, place_key(name)].append(number)
    return others | own


def _add_missing(gathered: Gathered, missing: list[Commune], known: dict[str, int]) -> int:
    """Add communes at the mean of those of their postal code, or else of their grouping; return how many."""
    sources = gathered.sources
    grouping = {member["code"]: group["code"] for group in sources.groupings for member in group["membres"]}
    near: dict[object, list[Row]] = defaultdict(list)

    def around(commune: Commune) -> list[str]:
        return [*commune.get("codesPostaux", ()), *filter(None, [grouping.get(commune["code"])])]

    for commune in sources.communes:
        if commune["code"] in known and commune["type"] == "commune-actuelle":
            for of in around(commune):
                near[of].append(gathered.rows[known[commune["code"]]])
    added = 0
    for commune in missing:
        spots = next((near[of] for of in around(commune) if of in near), ())
        if spots and commune.get("population", 0) >= LEAST["commune"]:
            latitude = sum(spot.latitude for spot in spots) / len(spots)
            longitude = sum(spot.longitude for spot in spots) / len(spots)
            area = gathered.departments[commune["departement"]]
            gathered.add(
                Row(0, latitude, longitude, area, commune["population"], APPROXIMATE, commune["nom"], ""), [], []
            )
            added += 1
    return added
