"""Build the table of places: `python training/gazetteer/build.py FOLDER`, with the archives of README.md in FOLDER.

Writes `src/newsnlp/gazetteer/table/places.bin`. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

from packing import Row, pack
from sources import Sources, read_sources

from newsnlp.gazetteer.names import place_key, without_arabic_article
from newsnlp.gazetteer.places import distance_km
from newsnlp.gazetteer.table import KINDS, Area

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "newsnlp" / "gazetteer" / "table" / "places.bin"
LEXICONS = ROOT / "src" / "newsnlp" / "lexicons" / "fr"

# Where French is spoken by the state or by many: their places count from 500 people, and stand before others.
FRENCH_SPEAKING = frozenset(
    [
        "FR",
        "GP",
        "MQ",
        "GF",
        "RE",
        "YT",
        "PM",
        "BL",
        "MF",
        "WF",
        "PF",
        "NC",
        "BE",
        "CH",
        "LU",
        "MC",
        "AD",
        "CA",
        "HT",
        "SN",
        "CI",
        "ML",
        "BF",
        "NE",
        "TG",
        "BJ",
        "GN",
        "CM",
        "GA",
        "CG",
        "CD",
        "CF",
        "TD",
        "DJ",
        "KM",
        "MG",
        "BI",
        "RW",
        "MA",
        "DZ",
        "TN",
        "MR",
        "LB",
        "MU",
        "SC",
        "VU",
    ]
)
ARABIC_SPEAKING = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
LEAST_ELSEWHERE = 15_000
# Where small towns are in the news, and often nobody counts who lives there.
AT_WAR = frozenset(["IQ", "SY", "YE", "LY", "PS", "AF"])
LEAST_AT_WAR = 5_000
# Of communes that GeoNames lacks: smaller ones would cost the table 40 kB.
SMALLEST_COMMUNE = 120
# Alternate names of less than so many people are left out where they are other romanisations, spellings of villages, or
# what other languages made of a name in Latin letters: no French text has them (2026-11: two thirds of all).
RESPELLED = (
    dict.fromkeys(["CN", "TW", "KR", "KP", "JP", "MM", "VN", "TH"], 500_000)
    | dict.fromkeys(
        [
            "US",
            "BR",
            "MX",
            "AR",
            "CO",
            "PE",
            "CL",
            "VE",
            "EC",
            "GT",
            "HN",
            "NI",
            "SV",
            "PY",
            "BO",
            "UY",
            "DO",
            "CU",
            "CR",
            "PA",
            "PH",
            "ID",
            "MY",
            "NG",
            "GH",
            "KE",
            "TZ",
            "UG",
            "ZM",
            "ZW",
            "ZA",
            "MZ",
            "AO",
            "AU",
            "NZ",
            "GB",
            "IE",
            "IN",
            "LK",
            "BD",
            "NP",
            "PK",
            "SE",
            "NO",
            "DK",
            "FI",
            "EE",
            "LV",
            "LT",
            "HU",
            "PL",
            "CZ",
            "SK",
        ],
        100_000,
    )
    | {"CI": 15_000}
)
# As many elsewhere as in Côte d'Ivoire would be hamlets: GeoNames has its villages by the thousand.
LEAST = {"CI": 2_000}
# Capitals that the source lacks or names otherwise: GeoNames ids.
CAPITALS = {"PS": "Ramallah", "IL": "Jerusalem", "BQ": "Kralendijk"}
# Alternates that no French text writes as a name: codes, transcriptions in small letters, other scripts.
_CODE = re.compile(r"[A-Z]{2,3}|[A-Z]{3}[A-Z0-9]*")
_KEY = re.compile(r"[a-z][a-z0-9' ]+")
# What a French name of a division has before or after what it is called in short.
_HEAD = re.compile(
    r"(?:province|région|préfecture|comté|district|département|[éÉ]tat|oblast|wilaya|gouvernorat|canton|kraï|raïon|raion|"
    r"république|voïvodie|parish|paroisse|municipalité|commune|cercle|division|atoll|territoire|îles?|ville) "
    r"(?:autonome |métropolitaine |urbain |spéciale )?(?:de la |de l[’']|des |du |de |d[’'])"
)
_TAIL = re.compile(r"\s*(?:\([^)]*\)|[²³])$")


class Places:
    """The rows that are found, and the names of each: own ones, then alternates."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.names: list[list[str]] = []
        self.aliases: list[list[str]] = []

    def add(self, row: Row, names: list[str], aliases: list[str]) -> int:
        self.rows.append(row)
        self.names.append(names)
        self.aliases.append(aliases)
        return len(self.rows) - 1


def lexicon(name: str) -> list[dict[str, str]]:
    with (LEXICONS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spot(city: dict) -> tuple[float, float]:
    return city["latitude"], city["longitude"]


def corner(city: dict) -> tuple[int, int]:
    """Return the tenths of a degree from which the coordinates of an area are told."""
    return round(city["latitude"] * 10), round(city["longitude"] * 10)


def short_names(name: str) -> list[str]:
    """Return a name of a division with and without what kind of division it is."""
    bare = _TAIL.sub("", name)
    return list(dict.fromkeys([bare, _HEAD.sub("", bare)]))


def usable(alternates: list[str]) -> list[str]:
    """Return the alternate names that French text may have, sorted: Latin letters, a capital, no code."""
    return sorted(
        name
        for name in set(alternates)
        if not name[:1].islower() and not _CODE.fullmatch(name) and _KEY.fullmatch(place_key(name))
    )


def build(sources: Sources) -> bytes:
    places = Places()
    # Row 0 stands for no division.
    areas = [Area(0, "", "", 0, 0, 0, 0)]
    chosen = [
        city
        for city in sources.cities
        if city["population"] >= LEAST_ELSEWHERE
        or city["countrycode"] == "FR"
        or (city["countrycode"] in AT_WAR and (city["population"] == 0 or city["population"] >= LEAST_AT_WAR))
        or (city["countrycode"] in FRENCH_SPEAKING and city["population"] >= LEAST.get(city["countrycode"], 500))
    ]
    largest: dict[object, dict] = {}
    for city in sources.cities:
        for of in [city["countrycode"], *sources.divisions_of.get(city["geonameid"], [])]:
            if of not in largest or city["population"] > largest[of]["population"]:
                largest[of] = city

    for continent in sources.continents:
        french = next(n["name"] for n in continent["alternateNames"] if n.get("lang") == "fr")
        row = Row(
            int(continent["geonameId"]),
            float(continent["lat"]),
            float(continent["lng"]),
            0,
            0,
            0,
            continent["name"],
            french,
        )
        others = [n["name"] for n in continent["alternateNames"] if n.get("lang") == "fr"]
        places.add(row, [french, *others], [continent["name"]])

    area_of = add_countries(sources, places, areas, largest)
    departments = add_divisions(sources, places, areas, area_of, largest)
    add_cities(sources, places, chosen, area_of)
    add_communes(sources, places, area_of, departments)
    names: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, (row, own, others) in enumerate(zip(places.rows, places.names, places.aliases, strict=True)):
        home = place_key(row.name)
        for alias, called in ((False, own), (True, others)):
            for name in called:
                if (key := place_key(name)) and key != home:
                    names[key].setdefault(number, alias)
    kinds = Counter(KINDS[row.kind] for row in places.rows)
    print(
        f"{len(places.rows)} places ({dict(kinds)}), {len(names)} other names, {sum(map(len, names.values()))} meanings"
    )
    return pack(places.rows, areas, names, sovereign=sources.sovereign, french=FRENCH_SPEAKING)


def add_countries(sources: Sources, places: Places, areas: list[Area], largest: dict) -> dict[object, int]:
    """Add countries and territories; return their areas by code."""
    surfaces = defaultdict(list)
    for line in lexicon("places_countries.csv"):
        if line["kind"] in ("state", "territory") and not (
            line["kind"] == "territory" and line["country"] in ("DE", "RS", "CZ")
        ):
            surfaces[line["country"]].append(line["surface"])
    area_of: dict[object, int] = {}
    by_country = defaultdict(list)
    for city in sources.cities:
        by_country[city["countrycode"]].append(city)
    for code, country in sources.countries.items():
        capital = CAPITALS.get(code, country["capital"])
        same = [c for c in by_country[code] if place_key(capital) in map(place_key, [c["name"], *c["alternatenames"]])]
        seat = max(same, key=lambda city: city["population"], default=largest.get(code))
        if seat is None:
            print(f"no town known in {code} {country['name']}: left out")
            continue
        french = sources.french_territories[code]
        own = [french[0], *french[1:], *surfaces[code]]
        aliases = [country["name"], *sources.country_names.get(code, [])]
        kind = KINDS.index("region" if code in sources.sovereign else "country")
        area_of[code] = len(areas)
        row = Row(
            country["geonameid"], seat["latitude"], seat["longitude"], len(areas), country["population"], kind,
            country["name"], french[0].replace("’", "'") if french[0] != country["name"] else "",
        )  # fmt: skip
        areas.append(Area(0, code, code, 0, places.add(row, own, usable(aliases)), *corner(seat)))
    return area_of


def add_divisions(sources: Sources, places: Places, areas: list[Area], area_of: dict, largest: dict) -> dict[str, int]:
    """Add first divisions, and second ones with an ISO code; return the rows of French departments by number."""
    parts = defaultdict(list)
    for line in lexicon("places_countries.csv"):
        if line["kind"] == "part":
            parts[line["country"]].append(line)
    french_departments = {department["code"]: department for department in sources.departments}
    regions = {place_key(region["nom"]): region for region in sources.regions}
    communes = {commune["code"]: commune["nom"] for commune in sources.communes}
    towns = defaultdict(list)
    for city in sources.cities:
        if city["countrycode"] == "FR":
            towns[place_key(city["name"])].append(city)
    departments = {}
    order = sorted(range(len(sources.divisions)), key=lambda number: (sources.divisions[number][6], number))
    for number in order:
        name, iso, geonames, geonameid, _, aliases, level, parent, country = sources.divisions[number]
        if level not in "12" or not geonameid or country not in area_of or (level == "2" and not iso):
            continue
        seat = largest.get(number)
        department = french_departments.get(iso[3:].rstrip("C")) if country == "FR" and level == "2" else None
        told = department or (regions.get(place_key(name)) if country == "FR" else None)
        if told:
            # The prefecture is the town of that name nearest the largest one of the division.
            same = towns[place_key(communes[told["chefLieu"]])]
            seat = min(same, key=lambda town: distance_km(spot(town), spot(seat)), default=seat)
        if country == "FR" and (not told or place_key(seat["name"]) != place_key(communes[told["chefLieu"]])):
            print("no prefecture told:", name, iso)
        if seat is None:
            print("no town known, left out:", name, iso or geonames)
            continue
        french = sources.french_divisions.get(iso, "")
        short = [told["nom"]] if told else short_names(french) if french else []
        called = short[-1].replace("’", "'") if short else name
        alternates = [*filter(None, aliases.split("|"))]
        own = [called, *short, name]
        keys = {place_key(other) for other in [*own, *alternates]}
        for line in parts[country]:
            if place_key(line["surface"]) in keys or place_key(line["canonical"]) in keys:
                own += [line["surface"], *filter(None, [line["canonical"]])]
        known = max(city["population"] for city in [seat, largest.get(number, seat)])
        row = Row(
            int(geonameid), seat["latitude"], seat["longitude"], len(areas), known,
            KINDS.index("region" if level == "1" else "department"), name, called if called != name else "",
        )  # fmt: skip
        area_of[number] = len(areas)
        above = area_of.get(int(parent) - 1 if parent else country, area_of[country])
        place = places.add(row, own, usable(alternates))
        areas.append(Area(int(level), country, iso or geonames, above, place, *corner(seat)))
        if department:
            departments[department["code"]] = place
    return departments


def area_of_city(sources: Sources, city: dict, area_of: dict) -> int:
    for number in reversed(sources.divisions_of.get(city["geonameid"], [])):
        if number in area_of:
            return area_of[number]
    return area_of[city["countrycode"]]


def add_cities(sources: Sources, places: Places, chosen: list[dict], area_of: dict) -> None:
    """Add towns, with the French names that our lexicon and CLDR know: of bearers of one name the largest's."""
    french: dict[tuple[str, str], str] = {}
    for line in lexicon("places_cities.csv"):
        french[line["country"], place_key(line["surface"])] = line["canonical"] or line["surface"]
    first: dict[tuple[str, str], int] = {}
    keys_of = {}
    for city in sorted(chosen, key=lambda city: (-city["population"], city["geonameid"])):
        keys_of[city["geonameid"]] = keys = {place_key(name) for name in [city["name"], *city["alternatenames"]]}
        for key in keys:
            if (city["countrycode"], key) in french:
                first.setdefault((city["countrycode"], key), city["geonameid"])
    for city in chosen:
        country = city["countrycode"]
        own = [city["name"]]
        called = ""
        for key in sorted(keys_of[city["geonameid"]]):
            if first.get((country, key)) == city["geonameid"]:
                own.append(french[country, key])
                if place_key(french[country, key]) != place_key(city["name"]) or key == place_key(city["name"]):
                    called = french[country, key]
        if country in ARABIC_SPEAKING:
            own += [bare for name in list(own) if (bare := without_arabic_article(place_key(name))) != place_key(name)]
        aliases = usable(city["alternatenames"])
        if country in RESPELLED and city["population"] < RESPELLED[country]:
            aliases = []
        if country in ARABIC_SPEAKING:
            aliases += [
                bare for name in list(aliases) if (bare := without_arabic_article(place_key(name))) != place_key(name)
            ]
        row = Row(
            city["geonameid"], city["latitude"], city["longitude"], area_of_city(sources, city, area_of),
            city["population"], KINDS.index("city"), city["name"], called if called != city["name"] else "",
        )  # fmt: skip
        places.add(row, own, aliases)


def add_communes(sources: Sources, places: Places, area_of: dict, departments: dict[str, int]) -> None:
    """Name communes as they are called officially; add those that GeoNames lacks, at the mean of their neighbours."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    code_of_area = {places.rows[place].area: code for code, place in departments.items()}
    for number, row in enumerate(places.rows):
        if row.kind == KINDS.index("city") and row.area in code_of_area:
            for name in [*places.names[number], *places.aliases[number]]:
                rows[code_of_area[row.area], place_key(name)].append(number)
    grouping = {member["code"]: group["code"] for group in sources.groupings for member in group["membres"]}
    near: dict[object, list[int]] = defaultdict(list)
    missing = []
    known = {}
    for commune in sources.communes:
        code = commune.get("departement")
        if commune["type"] != "commune-actuelle" or code not in departments:
            continue
        found = rows.get((code, place_key(commune["nom"])))
        if found is None:
            missing.append(commune)
            continue
        key = place_key(commune["nom"])
        named = [row for row in found if place_key(places.rows[row].name) == key]
        known[commune["code"]] = number = max(named or found, key=lambda row: places.rows[row].people)
        for postcode in commune.get("codesPostaux", ()):
            near[postcode].append(number)
        near[grouping.get(commune["code"])].append(number)
        if not places.rows[number].people:
            places.rows[number] = places.rows[number]._replace(people=commune.get("population", 0))
        if commune["nom"] != places.rows[number].name:
            places.rows[number] = places.rows[number]._replace(name=commune["nom"])
        places.names[number] = [commune["nom"], *places.names[number]]
    lost = 0
    for commune in missing:
        postcodes = commune.get("codesPostaux", ())
        neighbours = next(
            (found for of in [*postcodes, grouping.get(commune["code"])] if of and (found := near.get(of))), None
        )
        if neighbours is None or commune.get("population", 0) < SMALLEST_COMMUNE:
            lost += 1
            continue
        spots = [places.rows[number] for number in neighbours]
        people = commune.get("population", 0)
        row = Row(
            0, sum(s.latitude for s in spots) / len(spots), sum(s.longitude for s in spots) / len(spots),
            places.rows[departments[commune["departement"]]].area, people, len(KINDS) - 1, commune["nom"], "",
        )  # fmt: skip
        places.add(row, [commune["nom"]], [])
    print(
        f"communes: {len(known)} in GeoNames, {len(missing) - lost} at their neighbours', {lost} too small or without any"
    )
    # What was a commune until it was joined to another is still called so.
    joined = 0
    for commune in sources.communes:
        if commune["type"] in ("commune-deleguee", "commune-associee") and (
            number := known.get(commune.get("chefLieu"))
        ):
            key = place_key(commune["nom"])
            code = code_of_area[places.rows[number].area]
            if (code, key) not in rows:
                places.aliases[number] = [*places.aliases[number], commune["nom"]]
                joined += 1
    print(f"{joined} former communes are names of the one they are part of")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="where the archives lie")
    data = build(read_sources(arguments.parse_args().folder))
    TABLE.write_bytes(data)
    print(f"{TABLE}: {len(data)} bytes")


if __name__ == "__main__":
    main()
