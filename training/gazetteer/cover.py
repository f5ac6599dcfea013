"""Print what the table of places knows and costs: `python training/gazetteer/cover.py GOLD.jsonl …`.

A line of gold is an article with `places` (name, kind, geonameids) or `entities` (name, label, country).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from newsnlp.gazetteer import candidates
from newsnlp.gazetteer.lookup import _found, load_table
from newsnlp.gazetteer.names import place_key


def coverage(path: Path) -> None:
    counts, missed = Counter(), []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for place in article.get("places", ()):
            found = candidates(place["name"])
            counts["places"] += 1
            counts["some candidate"] += bool(found)
            if place["geonameids"]:
                ids = [candidate.geonameid for candidate in found]
                counts["with an id"] += 1
                counts["id among candidates"] += bool(set(ids) & set(place["geonameids"]))
                counts["id first"] += ids[:1] != [] and ids[0] in place["geonameids"]
                if ids[:1] == [] or ids[0] not in place["geonameids"]:
                    missed.append((place["name"], place["geonameids"], ids[:4]))
            elif not found:
                missed.append((place["name"], place["kind"]))
        for entity in article.get("entities", ()):
            if entity["label"] == "LOC":
                found = candidates(entity["name"])
                counts["LOC"] += 1
                counts["LOC with a candidate"] += bool(found)
                if entity["country"]:
                    counts["LOC with a country"] += 1
                    counts["country among candidates"] += entity["country"] in {place.country for place in found}
                    counts["country first"] += bool(found) and found[0].country == entity["country"]
    print(path, dict(counts))
    print("  missed:", *missed, sep="\n    ")


def costs() -> None:
    table = load_table()
    print(f"{table.places} places, {table.names} other names")
    code = "import time; s = time.process_time(); import newsnlp.gazetteer; print(time.process_time() - s)"
    command = [sys.executable, "-c", code]
    print(
        "import, s:",
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip(),  # noqa: S603
    )
    load_table.cache_clear()
    start = time.process_time()
    table = load_table()
    print(f"opening, checked: {(time.process_time() - start) * 1000:.1f} ms")
    keys = [
        place_key(name)
        for name in (
            [
                "Paris",
                "Lyon",
                "Marseille",
                "Alep",
                "Kaboul",
                "Nouméa",
                "Vienne",
                "Arles",
                "Bamako",
                "Quimper",
                "Foix",
                "Inconnu",
            ]
        )
    ]
    for text, times in (("first time", 1), ("again", 100)):
        start = time.process_time()
        for _ in range(times):
            for key in keys:
                table.find(key)
        print(f"a lookup, {text}: {(time.process_time() - start) / times / len(keys) * 1e6:.0f} µs")
    candidates("Le Havre")
    start = time.process_time()
    for _ in range(1000):
        candidates("Le Havre")
    print(f"a name met before: {(time.process_time() - start) * 1000:.1f} µs; cached: {_found.cache_info()}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", type=Path, nargs="*")
    costs()
    for gold in arguments.parse_args().gold:
        coverage(gold)
