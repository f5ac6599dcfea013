"""Continents, countries, and the divisions of countries."""

from __future__ import annotations

import re
from collections import defaultdict

from gathering import CHOICE, City, Gathered, kind, lexicon, plain
from packing import Row

from newsnlp.gazetteer.names import place_key
from newsnlp.gazetteer.places import distance_km

# What a French name of a division has before or after what it is called in short.
_HEAD = re.compile(
    r"(?:province|région|préfecture|comté|district|département|[éÉ]tat|oblast|wilaya|gouvernorat|canton|kraï|raïon|raion|"
    r"république|voïvodie|parish|paroisse|municipalité|commune|cercle|division|atoll|territoire|îles?|ville) "
    r"(?:autonome |métropolitaine |urbain |spéciale )?(?:de la |de l[’']|des |du |de |d[’'])"
)
_TAIL = re.compile(r"\s*(?:\([^)]*\)|[²³])$")
# Levels of divisions, as the sources write them.
_LEVELS = {"1": "region", "2": "department"}
# The departments of Alsace stand below its European collectivity, which stands where other departments do.
_BELOW = frozenset(["FR-67", "FR-68"])


def add_continents(gathered: Gathered) -> None:
    for continent in gathered.sources.continents:
        french = [name["name"] for name in continent["alternateNames"] if name.get("lang") == "fr"]
        spot = float(continent["lat"]), float(continent["lng"])
        row = Row(int(continent["geonameId"]), *spot, 0, 0, kind("continent"), continent["name"], french[0])
        gathered.add(row, french, [])


def add_countries(gathered: Gathered) -> None:
    """Add countries and territories: where their capital is."""
    sources = gathered.sources
    surfaces = defaultdict(list)
    for line in lexicon("places_countries.csv"):
        # Of territories those overseas: others are lands that a state is not, or was.
        if line["kind"] == "state" or (line["kind"] == "territory" and line["country"] in sources.sovereign):
            surfaces[line["country"]].append(line["surface"])
    by_country = defaultdict(list)
    for city in sources.cities:
        by_country[city["countrycode"]].append(city)
    for code, country in sources.countries.items():
        capital = place_key(CHOICE["capitals"].get(code, country["capital"]))
        same = [town for town in by_country[code] if capital in map(place_key, [town["name"], *town["alternatenames"]])]
        seat = max(same, key=lambda town: town["population"], default=gathered.largest.get(code))
        if seat is None:
            print(f"no town known, left out: {country['name']} {code}")
            continue
        name, french = country["name"], sources.french_territories[code]
        row = Row(
            country["geonameid"], seat["latitude"], seat["longitude"], 0, country["population"],
            kind("region" if code in sources.sovereign else "country"), name, plain(french[0]) if french[0] != name else "",
        )  # fmt: skip
        aliases = [name, *sources.country_names.get(code, [])]
        gathered.add_area(code, row, [*french, *surfaces[code]], aliases, (0, code, code, 0))


def add_divisions(gathered: Gathered) -> None:
    """Add first divisions, and second ones with an ISO code: where their prefecture or largest town is."""
    sources = gathered.sources
    parts = defaultdict(list)
    for line in lexicon("places_countries.csv"):
        if line["kind"] == "part":
            parts[line["country"]].append([line["surface"], *filter(None, [line["canonical"]])])
    prefectures = {division["nom"]: division for division in [*sources.departments, *sources.regions]}
    prefectures = {place_key(name): division for name, division in prefectures.items()}
    order = sorted(range(len(sources.divisions)), key=lambda number: (sources.divisions[number][6], number))
    for number in order:
        name, iso, geonames, geonameid, _, aliases, level, parent, country = sources.divisions[number]
        if iso in _BELOW:
            level, parent = "2", sources.divisions[int(parent) - 1][7]
        if level not in _LEVELS or not geonameid or country not in gathered.area_of or (level == "2" and not iso):
            continue
        largest = gathered.largest.get(number)
        if largest is None:
            print("no town known, left out:", name, iso or geonames)
            continue
        told = prefectures.get(place_key(name)) if country == "FR" else None
        seat = _prefecture(gathered, told["chefLieu"], largest) if told else largest
        french = [told["nom"]] if told else _short_names(sources.french_divisions.get(iso, name))
        alternates = [*filter(None, aliases.split("|"))]
        keys = {place_key(other) for other in [name, *french, *alternates]}
        ours = [other for called in parts[country] if keys & set(map(place_key, called)) for other in called]
        called = plain(french[-1])
        row = Row(
            int(geonameid), seat["latitude"], seat["longitude"], 0, largest["population"], kind(_LEVELS[level]), name,
            called if called != name else "",
        )  # fmt: skip
        above = gathered.area_of.get(int(parent) - 1 if parent else country, gathered.area_of[country])
        gathered.add_area(number, row, [*french, *ours], alternates, (int(level), country, iso or geonames, above))
        if told and level == "2":
            gathered.departments[told["code"]] = gathered.area_of[number]


def _prefecture(gathered: Gathered, code: str, largest: City) -> City:
    """Return the prefecture of a division: the town of that name nearest the largest of it."""
    key = next(place_key(commune["nom"]) for commune in gathered.sources.communes if commune["code"] == code)
    near = largest["latitude"], largest["longitude"]
    same = gathered.towns["FR", key]
    if not same:
        print("a prefecture that GeoNames has otherwise:", key)
    return min(same, key=lambda town: distance_km((town["latitude"], town["longitude"]), near), default=largest)


def _short_names(name: str) -> list[str]:
    """Return a name of a division, then what it is without the word for what it is."""
    bare = _TAIL.sub("", name)
    return [bare, _HEAD.sub("", bare)]
