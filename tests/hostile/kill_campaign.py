#!/usr/bin/env python3
"""Kill a run at random moments of reading, analysis and writing: its tables must be those of an undisturbed one.

Usage: kill_campaign.py [--items N] [--kills N] [--formats csv,excel-fr,…] [--seed N] [--folder DIR] [--plain]

One item in a hundred is hostile, of the kinds named in KINDS. An undisturbed run with two workers gives the tables of the
first format, and its parts, kept, those of the others. For each format a run gets SIGKILL, its whole process group, at so
many moments, and is resumed each time. Prints a line a format and a last line, ``ok`` or what was wrong; the exit status
says the same. ``--plain``: with a pipeline that needs no model, in a tenth of the time.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import newsnlp
from newsnlp.corpus.manifest import RunFolder
from newsnlp.records import Analysis, Figure

FORMATS = ("csv", "excel-fr", "jsonl", "parquet", "sqlite", "xlsx")
AS_BYTES = {"csv", "excel-fr", "jsonl"}
MAX_CHARS = 5000
DEEP = "[" * 3000 + "]" * 3000
ANALYSED = "analysed"
# Kind of hostile item -> what its line holds ({} is its id), what becomes of it.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "no text": ('{"id": "{}"}', ("no_text",)),
    "empty text": ('{"id": "{}", "text": ""}', ("no_text",)),
    "null text": ('{"id": "{}", "text": null}', ("no_text",)),
    "NaN text": ('{"id": "{}", "text": NaN}', ("no_text",)),
    "number as text": ('{"id": "{}", "text": 12}', ("no_text",)),
    "list as text": ('{"id": "{}", "text": ["Deux morts."]}', ("no_text", "bad_record", ANALYSED)),
    "only spaces": ('{"id": "{}", "text": " \\u00a0 "}', ("no_text",)),
    "empty object": ("{}", ("no_text",)),
    "not an object": ("[1, 2]", ("bad_record",)),
    "broken JSON": ('{"id": "{}", "text": "cou', ("bad_record",)),
    "deep JSON": ('{"id": "{}", "text": ' + DEEP + "}", ("no_text", "bad_record")),
    "duplicate id": ('{"id": "ordinary-0", "text": "Encore."}', ("duplicate_id",)),
    "huge": ('{"id": "{}", "text": "' + "mot " * MAX_CHARS + '"}', ("too_large",)),
    "surrogates": ('{"id": "{}", "text": "Deux morts \\ud800 \\udfff à Metz."}', (ANALYSED,)),
    "surrogate in id": ('{"id": "{}\\ud800", "text": "Deux morts à Metz."}', (ANALYSED, "bad_record")),
    "year 1": ('{"id": "{}", "text": "Un mort.", "date": "0001-01-01T00:00:00+05:00"}', (ANALYSED, "error")),
    "year 9999": ('{"id": "{}", "text": "Un mort.", "date": "9999-12-31T23:59:59-12:00"}', (ANALYSED, "error")),
    "odd date": ('{"id": "{}", "text": "Un mort.", "date": "²/13/-5"}', (ANALYSED,)),
    "control characters": ('{"id": "{}", "text": "Un\\u0000 mort\\u001b[31m à\\u0007 Metz\\r."}', (ANALYSED,)),
    "formula": ('{"id": "{}", "title": "=1+1", "text": "=cmd|x. Deux morts à Metz."}', (ANALYSED,)),
    "number list": ('{"id": "{}", "text": "' + "1 " * 60 + '"}', (ANALYSED,)),
    "one sign": ('{"id": "{}", "text": "' + "(" * 300 + '"}', (ANALYSED,)),
    "raises": ('{"id": "{}", "text": "LÈVE une exception."}', ("error",)),
    "exits": ('{"id": "{}", "text": "SORT de Python."}', ("error",)),
    "kills its worker": ('{"id": "{}", "text": "TUE son processus."}', ("worker_died",)),
}
# A worker that dies costs a start of another, twice; so many of them are enough.
MOST_DEATHS = 8
PLACES = ("Metz", "Lyon", "Lille", "Gao", "Agadir", "Kiev", "Nantes", "Pau")
# Which share of the blows falls on which part of a run; the rest on the analysis.
READING, WRITING = 0.25, 0.3
POLL_SECONDS = 0.01


class Plain:
    """Finds the numbers of a text."""

    def pipe(self, articles):
        for article in articles:
            found = re.finditer(r"[0-9]+", article.text)
            figures = (Figure(start=m.start(), end=m.end(), text=m[0], value=int(m[0])) for m in found)
            yield Analysis(article=article, figures=tuple(figures), meta={"newsnlp": "plain"})


class Pipeline:
    """Another one, but for what some texts do to it."""

    def __init__(self, real):
        self.real = real

    def pipe(self, articles):
        batch = list(articles)
        for article in batch:
            if article.text.startswith("LÈVE"):
                message = "\ud800\x1b told to"
                raise ValueError(message)
            if article.text.startswith("SORT"):
                sys.exit(0)
            if article.text.startswith("TUE"):
                os._exit(3)
        return self.real.pipe(batch)


def load(model, *, entities):
    """What the workers of the campaign load."""
    return Pipeline(newsnlp.load(model, entities=entities))


def load_plain(model, *, entities):
    """What they load with ``--plain``."""
    return Pipeline(Plain())


def write_items(path: Path, count: int, seed: int) -> dict[int, str]:
    """Write the items, very short ones, as JSON Lines; return the kind of each hostile one by its position."""
    chance = random.Random(seed)
    places = chance.sample(range(1, count), max(len(KINDS), count // 100))
    names = list(KINDS)
    hostile = {}
    deaths = 0
    for number, place in enumerate(places):
        name = names[number % len(names)]
        if name == "kills its worker" and (deaths := deaths + 1) > MOST_DEATHS:
            name = "raises"
        hostile[place] = name
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            if i in hostile:
                line = KINDS[hostile[i]][0].replace("{}", f"hostile-{i}") if hostile[i] != "empty object" else "{}"
            else:
                text = f"{i % 90 + 2} morts à {PLACES[i % len(PLACES)]}."
                line = json.dumps({"id": f"ordinary-{i}", "text": text}, ensure_ascii=False)
            file.write(line + "\n")
    return hostile


def start(settings: dict) -> subprocess.Popen:
    """Start a run in a process group of its own."""
    command = [sys.executable, "-P", __file__, "--run", json.dumps(settings)]
    # Into files, so that nobody waits for a pipe to be read; beside the folder of the run, which is nobody else's.
    with Path(settings["out"] + ".err").open("wb") as told:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, start_new_session=True)


def run_here(settings: dict) -> None:
    """Be one run."""
    sys.path.append(str(Path(__file__).parent))  # for the workers, who load this module
    keep = settings.pop("keep", None)
    remove = RunFolder.remove_parts

    def kept(folder: RunFolder) -> None:
        if keep and parts_of(folder.folder):
            shutil.copytree(folder.parts, keep)
        remove(folder)

    RunFolder.remove_parts = kept
    newsnlp.analyze_corpus(
        **settings, workers=2, on_duplicate="first", max_chars=MAX_CHARS, progress=False, timeout=120
    )


def end(process: subprocess.Popen, settings: dict) -> None:
    """Wait for the end of a run that nobody disturbs."""
    if process.wait() != 0:
        raise AssertionError(Path(settings["out"] + ".err").read_text(encoding="utf-8")[-2000:])


def parts_of(out: Path) -> int:
    found = 0
    with contextlib.suppress(FileNotFoundError):  # they are removed at the end
        for folder in os.scandir(out / "parts"):
            found += sum(entry.name.endswith(".part") for entry in os.scandir(folder))
    return found


def is_writing(out: Path) -> bool:
    with contextlib.suppress(FileNotFoundError), os.scandir(out) as entries:
        return any(entry.name.endswith(".partial") and "manifest" not in entry.name for entry in entries)
    return False


class Campaign:
    """One format."""

    # Seconds until the first part, measured on the undisturbed run.
    until_part = 0.0

    def __init__(self, folder: Path, source: Path, form: str, loader: str, seed: int) -> None:
        self.out, self.whole, self.saved = folder / f"{form}-killed", folder / f"{form}-whole", folder / f"{form}-saved"
        self.settings = {"source": str(source), "out": str(self.out), "format": form, "loader": loader}
        self.kept = folder / "parts-kept"
        self.manifest = folder / "manifest-kept.json"
        self.chance = random.Random(f"{seed} {form}")
        self.moments: Counter[str] = Counter()
        self.misses = 0
        # How long the tables take.
        self.writing = self.seconds = 0.0
        self.parts = 0

    def undisturbed(self) -> None:
        settings = {**self.settings, "out": str(self.whole)}
        if self.kept.exists():
            settings["resume"] = True
            shutil.copytree(self.kept, self.whole / "parts")
            shutil.copy(self.manifest, self.whole / "manifest.json")
        else:
            settings["keep"] = str(self.kept)
        begun = time.monotonic()
        process = start(settings)
        first_part = first_table = 0.0
        while process.poll() is None:
            self.parts = max(self.parts, parts_of(self.whole))
            if not first_part and self.parts:
                first_part = time.monotonic()
            if not first_table and is_writing(self.whole):
                first_table = time.monotonic()
            time.sleep(POLL_SECONDS)
        end(process, settings)
        self.seconds = time.monotonic() - begun
        if "keep" in settings:
            Campaign.until_part = first_part - begun
            made = json.loads((self.whole / "manifest.json").read_text(encoding="utf-8"))
            self.manifest.write_text(json.dumps({"identity": made["identity"], "complete": False}), encoding="utf-8")
        self.writing = time.monotonic() - (first_table or time.monotonic())

    def killed(self, kills: int) -> None:
        writing = round(WRITING * kills)
        reading = round(READING * kills)
        stages = ["reading"] * reading + ["analysis"] * (kills - reading - writing)
        self.chance.shuffle(stages)
        marks = sorted(self.chance.uniform(0, 0.97 * self.parts) for stage in stages if stage == "analysis")
        for stage in stages:
            self.blow(stage, until=marks.pop(0) if stage == "analysis" else 0)
        while self.moments["writing"] < writing:
            self.blow("writing", until=0)
        settings = {**self.settings, "resume": True}
        end(start(settings), settings)

    def blow(self, stage: str, *, until: float) -> None:
        """Resume the run and kill it once, at a random moment of one of its stages."""
        before = parts_of(self.out)
        process = start({**self.settings, "resume": True})
        deadline = time.monotonic() + self.chance.uniform(0, self.until_part)
        landed = ""
        while process.poll() is None and not landed:
            if is_writing(self.out):
                if stage == "writing":
                    time.sleep(self.chance.uniform(0, 0.8 * self.writing))
                landed = "writing"
            elif (found := parts_of(self.out)) > before:
                landed = "analysis" if stage == "reading" or (stage == "analysis" and found >= until) else ""
            elif stage == "reading" and time.monotonic() > deadline:
                landed = "reading"
            time.sleep(POLL_SECONDS)
        if process.poll() is not None:
            # It was done before the blow: back to where its parts were, or to the beginning.
            end(process, self.settings)
            self.misses += 1
            self.writing /= 2
            shutil.rmtree(self.out)
            if self.saved.exists():
                shutil.copytree(self.saved, self.out)
            return
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.moments[landed] += 1
        if landed == "writing" and not self.saved.exists():
            shutil.copytree(self.out, self.saved)

    def compare(self, hostile: dict[int, str], items: int) -> list[str]:
        """Return what is wrong."""
        left = {path.name for path in self.out.iterdir()} ^ {path.name for path in self.whole.iterdir()}
        wrong = [f"a file of one run only: {name}" for name in sorted(left)]
        if self.settings["format"] in AS_BYTES:
            wrong += [
                f"{path.name} differs"
                for path in sorted(self.whole.iterdir())
                if path.name not in {"provenance.json", "manifest.json"}  # they hold dates
                and path.read_bytes() != (self.out / path.name).read_bytes()
            ]
        found, wanted = newsnlp.read_tables(self.out), newsnlp.read_tables(self.whole)
        wrong += [f"{name} differs" for name, frame in wanted.items() if not found[name].equals(frame)]
        return wrong + accounted(found, hostile, items)


def accounted(found: dict, hostile: dict[int, str], items: int) -> list[str]:
    """Return what is wrong with what became of the items."""
    articles, failures = found["articles"], found["failures"]
    wrong = []
    if len(articles) + len(failures) != items:
        wrong.append(f"{len(articles)} articles and {len(failures)} failures of {items} items")
    if not articles["article_id"].is_unique:
        wrong.append("an article twice")
    kinds = dict(zip(failures["position"], failures["kind"], strict=True))
    for place, name in hostile.items():
        if (outcome := kinds.pop(place, ANALYSED)) not in KINDS[name][1]:
            wrong.append(f"{name}: {outcome}")
    if kinds:
        wrong.append(f"ordinary items failed: {dict(list(kinds.items())[:3])}")
    return sorted(set(wrong))


def campaign(
    folder: Path, *, items: int, kills: int, formats: tuple[str, ...], seed: int = 1, loader: str = "load"
) -> list[str]:
    """Run it all; return what was wrong."""
    source = folder / "in.jsonl"
    hostile = write_items(source, items, seed)
    wrong = []
    for form in formats:
        one = Campaign(folder, source, form, f"kill_campaign:{loader}", seed)
        one.undisturbed()
        begun = time.monotonic()
        one.killed(kills)
        told = one.compare(hostile, items)
        moments = ", ".join(f"{count} {stage}" for stage, count in sorted(one.moments.items()))
        print(
            f"{form:9} {items} items, {len(hostile)} hostile of {len(set(hostile.values()))} kinds; undisturbed {one.seconds:.0f} s "
            f"(writing {one.writing:.1f}); killed in {moments} ({one.misses} blows missed), "
            f"{time.monotonic() - begun:.0f} s: {'; '.join(told) or 'equal'}",
            flush=True,
        )
        wrong += [f"{form}: {problem}" for problem in told]
        for path in (one.out, one.whole, one.saved):
            shutil.rmtree(path, ignore_errors=True)
    return wrong


def main() -> None:
    """Read the arguments, run, say what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the runs lie while they are compared; a temporary folder by default")
    parser.add_argument("--plain", action="store_true", help="a pipeline that needs no model")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run_here(json.loads(options.run))
        return
    with contextlib.ExitStack() as stack:
        folder = Path(options.folder or stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        formats = tuple(options.formats.split(","))
        wrong = campaign(
            folder,
            items=options.items,
            kills=options.kills,
            formats=formats,
            seed=options.seed,
            loader="load_plain" if options.plain else "load",
        )
    print("ok" if not wrong else "WRONG: " + "; ".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
