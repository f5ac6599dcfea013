"""Measure the related-articles index on synthetic articles: build, memory, queries, additions, save and load.

Usage: python tests/eval/bench_related.py [--articles 100000] [--queries 300]

The articles are drawn, with a fixed seed, from a Zipf vocabulary of 200 000 made-up words, about 250 words each, and
come as `Analysis` records with eight names, a topic and a figure. Times are CPU seconds of this process; memory is the
peak of the process, imports included.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.records import Analysis, Article, Entity, Figure, Label, Topic
from newsnlp.related import RelatedIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1000
WORDS = 250
VOCABULARY = 200_000
NAMES = 20_000
LOADING = """
import sys, time
from newsnlp.related import RelatedIndex
start = time.process_time()
index = RelatedIndex.load(sys.argv[1])
loaded = time.process_time()
index.suggest("a0")
answered = time.process_time()
index.suggest("a1")
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(f"load: {loaded - start:.2f} s, first query {answered - loaded:.2f} s, second {1000 * (time.process_time() - answered):.1f} ms; {peak:.0f} MB peak")
"""


def synthetic(number: int, seed: int = 20260201) -> Iterator[list[Analysis]]:
    """Yield `number` analysed articles in chunks."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("aeiourstlnmdpcvbgf"))
    words = np.array(["".join(rng.choice(letters, size=rng.integers(3, 11))) + str(n % 7) for n in range(VOCABULARY)])
    chances = 1.0 / (np.arange(VOCABULARY) + 2.7)
    steps = np.cumsum(chances / chances.sum())
    name_chances = 1.0 / (np.arange(NAMES) + 2.7)
    name_steps = np.cumsum(name_chances / name_chances.sum())
    start = datetime(2025, 1, 1, 6)  # noqa: DTZ001  # articles without time zones, as most archives have them
    for first in range(0, number, CHUNK):
        chunk = []
        for place in range(first, min(first + CHUNK, number)):
            length = max(30, int(rng.normal(WORDS, WORDS / 5)))
            drawn = words[np.searchsorted(steps, rng.random(length))]
            text = " ".join(drawn)
            names = dict.fromkeys(np.searchsorted(name_steps, rng.random(8)).tolist())
            article = Article(
                id=f"a{place}",
                text=text,
                title=" ".join(drawn[:8]),
                published_at=start + timedelta(minutes=5 * place),
                source=f"s{place % 40}",
            )
            chunk.append(
                Analysis(
                    article=article,
                    body_spans=((0, len(text)),),
                    entities=tuple(
                        Entity(id=f"e{n}", name=f"Nom {name}", label=Label.PER, mention_count=1 + n % 3)
                        for n, name in enumerate(names)
                    ),
                    topics=(Topic(code=f"medtop:{place % 17:08d}", name="thème", level=1, score=0.9),),
                    figures=(Figure(start=0, end=1, text="1", value=place % 300, event="killed"),),
                )
            )
        yield chunk


def peak() -> float:
    """Return the process's peak memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(call: object, *args: object, **options: object) -> tuple[float, object]:
    """Return the CPU seconds of a call, and what it returned."""
    began = time.process_time()
    result = call(*args, **options)
    return time.process_time() - began, result


def percentiles(seconds: list[float]) -> str:
    """Return p50, p99 and the slowest in milliseconds."""
    p50, p99 = np.percentile(seconds, [50, 99]) * 1000
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, slowest {max(seconds) * 1000:.1f} ms"


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    args = parser.parse_args()

    before = peak()
    index = RelatedIndex()
    build = 0.0
    kept: list[Analysis] = []
    extra: list[Analysis] = []
    for chunk in synthetic(args.articles + CHUNK):
        if len(index) >= args.articles:
            extra = chunk
            break
        build += timed(index.add, chunk)[0]
        kept.extend(chunk[:: max(1, CHUNK * args.queries // args.articles)][:3])
    first, _ = timed(index.suggest, "a0")
    print(f"articles: {len(index)}; peak memory before: {before:.0f} MB")
    print(f"build: {build:.1f} s CPU, first query {first:.2f} s")
    print(f"memory after build: {peak():.0f} MB peak")
    kept = kept[: args.queries]
    print("query of a held id:", percentiles([timed(index.suggest, a.article.id)[0] for a in kept]))
    print("query of an analysis:", percentiles([timed(index.suggest, a, k=10)[0] for a in kept]))
    until = [timed(index.suggest, a.article, k=10, until=a.article.published_at)[0] for a in kept]
    print("query of an article, until its date:", percentiles(until))
    print("query of a headline:", percentiles([timed(index.suggest, a.article.title)[0] for a in kept]))
    # Ten words of an article just added find it: seen by the next query.
    seconds = []
    for analysis in extra[:100]:
        began = time.process_time()
        index.add(analysis)
        found = index.suggest(analysis.article.text[:400] + ".", k=1)
        seconds.append(time.process_time() - began)
        if not found or found[0].id != analysis.article.id:
            message = f"{analysis.article.id} was added and not found"
            raise SystemExit(message)
    print("add one and find it by the next query:", percentiles(seconds))
    seconds = []
    for analysis in extra[:50]:
        began = time.process_time()
        index.remove(analysis.article.id)
        index.suggest("a0")
        seconds.append(time.process_time() - began)
    print("remove one and query:", percentiles(seconds))
    with tempfile.TemporaryDirectory() as folder:
        save, _ = timed(index.save, folder)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.*")) / 1e6
        print(f"memory after save: {peak():.0f} MB peak")
        print(f"save: {save:.1f} s, {size:.0f} MB on disk")
        # In a process of its own: what another one needs to answer from the saved index.
        print(
            subprocess.run([sys.executable, "-c", LOADING, folder], capture_output=True, text=True, check=True).stdout,
            end="",
        )


if __name__ == "__main__":
    main()
