"""Build the table of places: `python training/gazetteer/build.py FOLDER`, with the archives of README.md in FOLDER.

Writes `src/newsnlp/gazetteer/table/places.bin`. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from areas import add_continents, add_countries, add_divisions
from gathering import CODES, Gathered
from packing import pack
from sources import Sources, read_sources
from towns import add_communes, add_towns

from newsnlp.gazetteer.table import KINDS

TABLE = Path(__file__).parents[2] / "src" / "newsnlp" / "gazetteer" / "table" / "places.bin"


def build(sources: Sources) -> bytes:
    """Return the table of what the sources hold."""
    gathered = Gathered(sources)
    for add in (add_continents, add_countries, add_divisions, add_towns, add_communes):
        add(gathered)
    names = gathered.other_names()
    print(f"{len(gathered.rows)} places: {dict(Counter(KINDS[row.kind] for row in gathered.rows))}")
    print(f"{len(names)} other names with {sum(map(len, names.values()))} meanings")
    return pack(gathered.rows, gathered.areas, names, sovereign=sources.sovereign, french=CODES["french_speaking"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="where the archives lie")
    data = build(read_sources(arguments.parse_args().folder))
    TABLE.write_bytes(data)
    print(f"{TABLE.name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
