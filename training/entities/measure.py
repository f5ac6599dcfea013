"""Measure the tagger and each repair on the held-out fifth of WiNER-fr train and of the sentences.

    python training/entities/measure.py WINER_TRAIN.jsonl [--weights FILE] [--bias] [--errors N]

Prints strict F1 with nothing repaired, with everything, and with one repair left out or alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from data import PLAIN, read_sentences
from train import held_out

from newsnlp.entities import spans
from newsnlp.entities.network import read_weights
from newsnlp.entities.repairs import REPAIRS, repair
from newsnlp.language import load_language

THRESHOLD = "least score"
FOLDER = Path(__file__).parent


def gold_rows(winer: Path, folder: Path):
    for line in winer.read_text("utf8").splitlines():
        row = json.loads(line)
        if held_out(row["id"]):
            yield "winer", row["text"].translate(PLAIN), {tuple(e) for e in row["ents"] if e[2] != "MISC"}
    for _, text, found in read_sentences(folder):
        if held_out(text):
            yield "own", text, {tuple(e) for e in found if e[2] != "MISC"}


def f1(rows, predictions, group: str, label: str | None = None) -> float:
    counts = Counter()
    for (kind, _, gold), found in zip(rows, predictions, strict=True):
        if kind == group:
            g = {e for e in gold if label in (None, e[2])}
            f = {e for e in found if label in (None, e[2])}
            counts.update(hit=len(g & f), gold=len(g), found=len(f))
    return 2 * counts["hit"] / max(1, counts["gold"] + counts["found"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("winer", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=FOLDER / "sentences")
    parser.add_argument("--brief", action="store_true", help="not every repair by itself")
    args = parser.parse_args()
    if args.weights:
        network = read_weights(args.weights.read_bytes())
        spans.load_network = lambda: network
    nlp = load_language()
    rows = list(gold_rows(args.winer, args.folder))
    docs = [nlp(text) for _, text, _ in rows]
    raw = [list(spans.find_candidates(doc)) for doc in docs]

    def predictions(without):
        found = []
        for doc, candidates in zip(docs, raw, strict=True):
            repaired = repair(doc, [replace(c, repairs=set()) for c in candidates], without=without)
            if THRESHOLD not in without:
                repaired = spans.likely(doc, repaired)
            found.append(
                {(doc[c.start].idx, doc[c.start : c.end].end_char, c.label) for c in repaired if c.label != "MISC"}
            )
        return found

    def report(name, without):
        found = predictions(without)
        values = [f1(rows, found, group, label) for group in ("winer", "own") for label in (None, "PER", "LOC", "ORG")]
        print(f"{name:28}" + " ".join(f"{value:.4f}" for value in values), flush=True)
        return found

    print(f"{'':28}winer  PER    LOC    ORG    own    PER    LOC    ORG")
    report("nothing repaired", [*REPAIRS, THRESHOLD])
    final = report("all repairs", ())
    for name in () if args.brief else (*REPAIRS, THRESHOLD):
        report(f"only {name}", [other for other in (*REPAIRS, THRESHOLD) if other != name])
    for name in () if args.brief else (*REPAIRS, THRESHOLD):
        report(f"all but {name}", [name])
    shown = 0
    for (kind, text, gold), found in zip(rows, final, strict=True):
        for start, end, label in sorted(gold ^ found):
            if shown < args.errors:
                shown += 1
                mark = "MISS " if (start, end, label) in gold else "WRONG"
                around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace(
                    "\n", " | "
                )
                print(mark, kind, label, around)


if __name__ == "__main__":
    main()
