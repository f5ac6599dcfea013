"""Replace rules by stubs, one at a time, and tell which of them the tests miss.

Usage: python tests/eval/stubs.py [--only WORD …] [--root DIR]

Each rule of `STUBS` does nothing in a process of its own: it returns None, False, or what it was given. Two nets are
tried on it: the unit tests of its folder, gold cases among them, and the snapshot. A rule that neither notices can
vanish unseen: write a sentence that needs it, or delete it.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TIMEOUT = 600
NEUTRAL: dict[str, Callable[..., Any]] = {
    "None": lambda *_, **__: None,
    "False": lambda *_, **__: False,
    "True": lambda *_, **__: True,
    "first": lambda *given, **_: given[0],
    "second": lambda *given, **_: given[1],
    "[]": lambda *_, **__: [],
    "0": lambda *_, **__: 0,
    "1": lambda *_, **__: 1,
    "EUR": lambda *_, **__: "EUR",
}
# Rule and stub. The first six are those that no test noticed before 2026-11.
STUBS = {
    "figures.places._belongs_to_person": "False",
    "figures.places._narrowest": "second",
    "figures.counted._from_vote": "False",
    "figures.determiners._all_of_them": "False",
    "quantities.currency.home_currency": "EUR",
    "figures.factuality.plans._next_planned": "False",
    "figures.places._of_subject": "None",
    "figures.places._share_from_parts": "None",
    "figures.counted._from_number_of": "False",
    "figures.counted._from_whole_share": "False",
    "figures.determiners._contrasted": "None",
    "figures.parts.link._link_sibling": "False",
    "figures.parts.units.lend_in_list": "False",
    "figures.events.find._wounded_died": "False",
    "figures.events.find._share_between_sources": "None",
    "figures.actors._share_actor": "None",
    "quotes.attribution._gapped": "[]",
    "quotes.sources._short_name": "None",
    "figures.toponyms.find_kicker": "None",
    "quantities.exclusions.names.chained": "None",
    "quantities.exclusions.years.year_in_words": "None",
    "quantities.currency.is_sum": "False",
    "quantities.kinds.ranks.is_rank": "False",
    "dates.clock.clock_time": "None",
    "entities.repairs.known.trim_origin": "second",
    "entities.repairs.edges.join_compass": "second",
    "entities.repairs.labels.label_by_neighbours": "second",
    "entities.repairs.edges.take_article": "second",
    "entities.resolution.persons._same_given": "False",
    "entities.resolution.organisations._generic_before": "None",
    "entities.attributes.country_signs.is_venue": "False",
    "entities.resolution.roles.after._in_apposition": "False",
    "reading.page.furniture._drop_echoes": "None",
    "reading.page.furniture._drop_comments": "second",
    "reading.page.signatures._drop_portraits": "None",
    "reading.page.tails._is_teaser": "False",
    "language.sentences._ends_glued": "False",
    "topics.labeling.damping": "1",
    "topics.explanation._shares": "False",
    "related.suggesting._best_version": "0",
    "related.duplicates._enough": "True",
    "tables.views._year_of": "None",
    "ingest.rows.until_broken": "first",
}
# The unit tests of a folder, where they are not all of those of the same name; the quickest to notice first.
TESTS = {
    "figures": ("figures/test_meaning_gold.py", "figures"),
    "language": ("language", "pipeline"),
    "corpus": ("corpus/test_run.py",),
}


def replace(dotted: str, stub: Callable[..., Any]) -> None:
    """Put a stub wherever the rule is known by a name, in modules and in their tables of rules."""
    module, _, name = dotted.rpartition(".")
    rule = getattr(importlib.import_module(f"newsnlp.{module}"), name)
    for known in [held for title, held in sys.modules.items() if title.startswith("newsnlp")]:
        for key, value in list(vars(known).items()):
            if value is rule:
                setattr(known, key, stub)
            elif isinstance(value, dict):
                value.update({inner: stub for inner, held in value.items() if held is rule})
            elif isinstance(value, tuple) and any(held is rule for held in value):
                setattr(known, key, tuple(stub if held is rule else held for held in value))


def run_stubbed(dotted: str, tests: list[str]) -> int:
    """Run some tests in this process, with one rule replaced."""
    import pytest

    if dotted != "-":
        importlib.import_module("newsnlp.pipeline")
        for table in ("entities.repairs.order", "quantities.exclusions.rules"):
            importlib.import_module(f"newsnlp.{table}")
        replace(dotted, NEUTRAL[STUBS[dotted]])
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *tests]))


def notices(dotted: str, tests: list[str], root: Path) -> str:
    """Return "noticed", "missed" or "none" (no such tests)."""
    there = [test for test in tests if (root / test).exists()]
    if not there:
        return "none"
    command = [sys.executable, str(Path(__file__).resolve()), "--stub", dotted, *there]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return "noticed (hangs)"
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(done.stdout + done.stderr)
    return "noticed" if done.returncode else "missed"


def nets_of(dotted: str) -> dict[str, list[str]]:
    """Return the tests that should notice a rule's end."""
    room = dotted.partition(".")[0]
    return {"unit": [f"tests/unit/{name}" for name in TESTS.get(room, (room,))], "snapshot": ["tests/snapshot"]}


def main() -> int:
    """Try every stub, and count what the nets notice."""
    if "--stub" in sys.argv[:2]:
        return run_stubbed(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=[""], help="rules whose dotted names hold one of these words")
    parser.add_argument("--root", type=Path, default=ROOT, help="a checkout with other tests")
    given = parser.parse_args()
    rules = [rule for rule in STUBS if any(word in rule for word in given.only)]
    for dotted in rules:
        # A name that is gone would fail every test, and be counted as noticed.
        module, _, name = dotted.rpartition(".")
        getattr(importlib.import_module(f"newsnlp.{module}"), name)
    begun = time.monotonic()
    for net in sorted({" ".join(tests) for rule in rules for tests in nets_of(rule).values()}):
        if notices("-", net.split(), given.root) not in ("missed", "none"):
            print(f"{net} fails, or takes too long, without a stub: its answers say nothing", flush=True)
    seen = {"unit": 0, "snapshot": 0, "either": 0}
    for rule in rules:
        said = {net: notices(rule, tests, given.root) for net, tests in nets_of(rule).items()}
        hits = {net: answer.startswith("noticed") for net, answer in said.items()}
        for net, hit in (hits | {"either": any(hits.values())}).items():
            seen[net] += hit
        print(f"{rule:50} unit {said['unit']:16} snapshot {said['snapshot']}", flush=True)
    print(f"of {len(rules)} rules: {', '.join(f'{net} {count}' for net, count in seen.items())}")
    print(f"{time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
