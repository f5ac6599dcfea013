#!/usr/bin/env python3
"""Run the shared scorers on the held-out gold and hold the results against pinned floors.

Usage: run.py [--shared DIR] [--only NAME] [--pin [--allow-lower]]

Floors lie in floors.toml beside this file, with the fingerprint of the gold they were measured on. --pin raises
them to what was measured, less a margin for noise; it refuses to lower one unless --allow-lower is given.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
# Scorer (of the shared tools, or of this folder), gold file, and the measures read from its output: name -> pattern with one number.
SCORES = {
    "entities": (
        "score_entities.py",
        "winer-fr/dev.jsonl",
        {
            "strict_f1": r"^ALL .*strict P [\d.]+ R [\d.]+ F1 ([\d.]+)",
            "org_strict_f1": r"^ORG .*strict P [\d.]+ R [\d.]+ F1 ([\d.]+)",
            "relaxed_f1": r"^ALL .*relaxed F1 ([\d.]+)",
        },
    ),
    "clusters": (
        "score_clusters.py",
        "clusters/dev.jsonl",
        {
            "b3_f1": r"^B3 .*F1 ([\d.]+)",
            "country": r"^country of places ([\d.]+)",
            "name": r"^canonical name ([\d.]+)",
        },
    ),
    "links": (
        "score_links.py",
        "links/dev.jsonl",
        {
            "id": r"^id right ([\d.]+)",
            "precision": r"precision of ids given ([\d.]+)",
            "within_50_km": r"within 50 km ([\d.]+)",
        },
    ),
    "resolution": (
        "eval_resolution.py",
        "clusters/dev.jsonl",
        {"b3_f1": r"^f1\s+([\d.]+)", "country": r"^country\s+([\d.]+)", "name": r"^name\s+([\d.]+)"},
    ),
    "figures": (
        "score_figures.py",
        "figures/dev.jsonl",
        {
            field: rf"^{field}\s+F1 ([\d.]+)"
            for field in (
                "found",
                "value",
                "modifier",
                "kind",
                "unit",
                "counted",
                "event",
                "status",
                "place",
                "part_of",
                "whole",
            )
        }
        | {"event_with_value": r"^typed event with its value F1 ([\d.]+)"},
    ),
    "quotes": (
        "score_quotes.py",
        "quotes/dev.jsonl",
        {field: rf"^{field}\s+F1 ([\d.]+)" for field in ("found", "span", "kind", "speaker", "cue", "whole")}
        | {"entity": r"^entity\s+recall ([\d.]+)"},
    ),
    "dates": (
        "score_dates.py",
        "dates/dev.jsonl",
        {field: rf"^{field}\s+F1 ([\d.]+)" for field in ("found", "span", "value")},
    ),
    "when": ("score_when.py", "dates/figure-dates-dev.jsonl", {"day": r" day ([\d.]+)"}),
    "topics": (
        "score_topics.py",
        "topics/dev.jsonl",
        {"p_at_1": r"P@1 ([\d.]+)", "primary": r"primary ([\d.]+)", "micro_f1": r"^micro F1 ([\d.]+)"},
    ),
}
# A floor stands this much under what was measured, so that a change of one record in a few hundred does not trip it.
MARGIN = 0.01


def main() -> int:
    """Score, print, compare; return 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared")
    parser.add_argument("--only", choices=sorted(SCORES))
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"no gold at {options.shared}: the measures need the shared folder of the developers", file=sys.stderr)
        return 2
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    missed = []
    for name in [options.only] if options.only else SCORES:
        measured = score(name, options.shared)
        gold = fingerprint(options.shared / "data" / SCORES[name][1])
        pinned = floors.get(name, {})
        if pinned and pinned["gold_sha256"] != gold:
            print(f"{name}: the gold has changed since the floors were pinned")
        for measure, value in measured.items():
            floor = pinned.get(measure)
            verdict = "" if floor is None else "ok" if value >= floor else "BELOW"
            print(f"  {name}.{measure:18} {value:.3f}  floor {floor if floor is not None else '-'}  {verdict}")
            if verdict == "BELOW":
                missed.append(f"{name}.{measure}")
        if options.pin:
            floors[name] = pin(name, measured, pinned, gold, allow_lower=options.allow_lower)
    if options.pin:
        FLOORS.write_text(as_toml(floors), encoding="utf-8")
    if missed:
        print("below the floor:", ", ".join(missed))
    return 1 if missed and not options.pin else 0


def score(name: str, shared: Path) -> dict[str, float]:
    """Run one shared scorer and return its measures; its whole output is printed."""
    tool, gold, patterns = SCORES[name]
    # Our own scorers lie beside this file: mentions given, what is resolved right.
    script = HERE / tool if (HERE / tool).exists() else shared / "tools" / tool
    command = [sys.executable, str(script), str(shared / "data" / gold)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"{name}: {tool} {gold}\n{out}", end="", flush=True)
    found = {measure: re.search(pattern, out, re.MULTILINE) for measure, pattern in patterns.items()}
    if absent := [measure for measure, match in found.items() if match is None]:
        message = f"{tool} printed no {absent}"
        raise ValueError(message)
    return {measure: float(match[1]) for measure, match in found.items()}


def pin(
    name: str, measured: dict[str, float], pinned: dict[str, float], gold: str, *, allow_lower: bool
) -> dict[str, object]:
    """Return the new floors of one scorer; refuse to lower any unless allowed."""
    new = {measure: round(value - MARGIN, 3) for measure, value in measured.items()}
    lowered = [measure for measure, floor in new.items() if floor < pinned.get(measure, 0)]
    if lowered and not allow_lower:
        print(f"{name}: {lowered} would be lowered; kept. Pass --allow-lower to lower them.")
        new |= {measure: pinned[measure] for measure in lowered}
    return {"gold_sha256": gold, **new}


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a gold file, so that a floor never outlives its gold unnoticed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def as_toml(floors: dict[str, dict[str, object]]) -> str:
    """Return the floors as the TOML file has them."""
    lines = ["# Written by `run.py --pin`. F1 or accuracy on held-out gold, less a margin of 0.01."]
    for name, values in floors.items():
        lines += ["", f"[{name}]"]
        lines += [
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in values.items()
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
