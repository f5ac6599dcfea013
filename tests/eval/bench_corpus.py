#!/usr/bin/env python3
"""Print what whole corpora cost: workers, memory, overhead. Ratios, each the best of several turns in one run.

Usage: bench_corpus.py [--articles N] [--memory N] [--turns N]

The articles are those bundled with newsnlp, over and over, with letters of their words changed at random: so new
strings keep coming, as in a real corpus, and no two articles are the same.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from newsnlp.corpus.parts import summary
from newsnlp.samples import sample_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LETTERS = "abcdefghijklmnoprstuvé"
# The share of longer words that are changed: one word in thirteen is new, however far the corpus goes. (WiNER-fr: one
# in eleven at 90 000 words, and falling.)
CHANGED = 0.15

PIPE = """
import json, sys, newsnlp
nlp = newsnlp.load()
articles = [newsnlp.Article(**json.loads(line)) for line in open(sys.argv[1], encoding="utf-8")]
for analysis in nlp.pipe(articles): pass
"""
BATCH = """
import sys, newsnlp
report = newsnlp.analyze_corpus(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), progress=False)
assert not report.failures, report
"""


def main() -> None:
    """Run every measure and print it beside what the issue asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--memory", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    # What workers set for themselves, the single process must have, too.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        short(place, options.turns)
        scaling(place, options.articles, options.turns)
        if options.memory:
            memory(place, options.memory)


def report(name: str, value: float, target: str) -> None:
    """Print one measure."""
    print(f"{name:76} {value:9.3f}   wanted {target}", flush=True)


def write(path: Path, count: int) -> int:
    """Write so many articles as JSON Lines and return their characters."""
    chance = random.Random(1)
    base = sample_corpus()

    def change(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() >= CHANGED:
            return word
        place = chance.randrange(1, len(word))
        return word[:place] + chance.choice(LETTERS) + word[place:]

    characters = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            article = base[number % len(base)]
            text = re.sub(r"[^\W\d_]{4,}", change, article.text)
            text = re.sub(r"\d+", lambda match: str(chance.randrange(1, 10 ** len(match.group()))), text)
            characters += len(text)
            row = {"id": f"a{number}", "title": article.title, "text": text, "source": article.source}
            file.write(json.dumps(row | {"published_at": str(article.published_at)}, ensure_ascii=False) + "\n")
    return characters


def timed(code: str, *arguments: object) -> tuple[float, float, float]:
    """Return wall and CPU seconds of a fresh Python that runs `code`; on idle cores its wall time is its CPU time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, cpu


def batch(place: Path, source: Path, workers: int) -> tuple[float, float, float]:
    """Return wall and CPU seconds of a run with so many workers, and its wall time on idle cores.

    The latter is the CPU time of the parent and of the busiest worker: what the wall time would be if nobody else
    used the machine.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-c", BATCH, str(source), tempfile.mkdtemp(dir=place), str(workers)]
    running = subprocess.Popen(command)
    spent: dict[int, float] = {}
    while running.poll() is None:
        spent.update(processes_under(running.pid))
        time.sleep(0.05)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    parent = cpu - sum(spent.values())
    return wall, cpu, max(0.0, parent) + max(spent.values())


def processes_under(parent: int) -> Iterator[tuple[int, float]]:
    """Yield each worker of a run and the CPU seconds it has used."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for child in children:
            fields = Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            yield int(child), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (FileNotFoundError, ProcessLookupError):
        return


def turns(count: int, *measures: Callable[[], tuple[float, float, float]]) -> list[tuple[float, ...]]:
    """Return the least wall time, CPU time and wall time on idle cores of each measure, taken in turns."""
    rounds = [[measure() for measure in measures] for _ in range(count)]
    return [tuple(min(values) for values in zip(*column, strict=True)) for column in zip(*rounds, strict=True)]


def short(place: Path, times: int) -> None:
    """600 short articles: a fresh process against a run with two workers, models loaded in both."""
    source = place / "short.jsonl"
    write(source, 600)
    one, two = turns(times, lambda: timed(PIPE, source), lambda: batch(place, source, 2))
    report(f"600 short articles, 2 workers / one process, wall ({one[0]:.1f} s)", two[0] / one[0], "≤ 0.65")
    report(f"  on idle cores, from CPU times ({one[2]:.1f} s)", two[2] / one[2], "≤ 0.65")


def scaling(place: Path, count: int, times: int) -> None:
    """Wall time of one worker against two, and CPU of the whole batch against the bare pipeline."""
    source = place / "many.jsonl"
    characters = write(source, count)
    bare, one, two = turns(
        times, lambda: timed(PIPE, source), lambda: batch(place, source, 1), lambda: batch(place, source, 2)
    )
    report(f"{count} articles, 1 worker / 2 workers, wall ({one[0]:.1f} s, {two[0]:.1f} s)", one[0] / two[0], "≥ 1.8")
    report(f"  on idle cores, from CPU times ({one[2]:.1f} s, {two[2]:.1f} s)", one[2] / two[2], "≥ 1.8")
    report("CPU of the whole batch, 1 worker, above bare nlp.pipe", one[1] / bare[1] - 1, "≤ 0.12")
    report(f"articles of {characters // count} characters a core-hour, thousands", 3.6 * count / one[1], "-")
    report("million characters a core-hour", 3600 * characters / one[1] / 1e6, "-")


def worker_memory(parent: int) -> Iterator[float]:
    """Yield the resident memory in MB of each worker of a run."""
    done = subprocess.run(
        ["ps", "-o", "rss=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    for line in done.stdout.splitlines():
        size, _, arguments = line.strip().partition(" ")
        if "newsnlp.corpus.worker" in arguments:
            yield int(size) / 1000


def memory(place: Path, count: int) -> None:
    """The largest a worker ever was in the first thousand articles, and in all."""
    source, out = place / "stream.jsonl", place / "stream"
    write(source, count)
    code = BATCH.replace("import sys, newsnlp", "import sys, newsnlp; print(flush=True)")
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(source), str(out), "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    early = late = 0.0
    done: dict[str, int] = {}
    while running.poll() is None:
        for path in out.glob("parts/*/*.part"):
            if path.name not in done:
                with contextlib.suppress(FileNotFoundError):  # the run is over, its parts are gone
                    done[path.name] = summary(path.read_bytes().partition(b"\n")[2])[0]["articles"]
        largest = max(worker_memory(running.pid), default=0.0)
        late = max(late, largest)
        if sum(done.values()) <= 1000:
            early = max(early, largest)
        time.sleep(0.2)
    report(f"worker after {count} articles / after 1000, memory ({early:.0f} MB)", late / early, "≤ 1.15")
    report("largest memory of a worker, MB", late, "≤ 350")


if __name__ == "__main__":
    main()
