"""Measure the tagger and each repair on the held-out fifth of WiNER-fr train and of the sentences.

    python training/entities/measure.py WINER_TRAIN.jsonl [--weights FILE] [--encoder FILE] [--brief] [--errors N]

Prints strict F1 with nothing repaired, with everything, with one repair alone and with one left out. The weights must
not have seen the held-out fifth (train.py, encoder.py without --full); with --encoder the accurate mode is measured.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data import PLAIN, read_sentences
from train import held_out

from newsnlp.entities import find as spans
from newsnlp.entities.recognition import doubt
from newsnlp.entities.recognition.encoder import read_encoder
from newsnlp.entities.recognition.lines import Words
from newsnlp.entities.recognition.network import read_weights
from newsnlp.entities.repairs.order import REPAIRS, repair
from newsnlp.language import load_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacy.tokens import Doc

    from newsnlp.entities.recognition.lines import Candidate

Span = tuple[int, int, str]
Row = tuple[str, str, set[Span]]

THRESHOLD = "least score"
STEPS = (*REPAIRS, THRESHOLD)
FOLDER = Path(__file__).parent


def gold_rows(winer: Path, folder: Path) -> Iterator[Row]:
    """Yield (group, text, gold spans) of what is held out."""
    for line in winer.read_text("utf8").splitlines():
        row = json.loads(line)
        if held_out(row["id"]):
            yield "winer", row["text"].translate(PLAIN), {tuple(e) for e in row["ents"] if e[2] != "MISC"}
    for _, text, found in read_sentences(folder):
        if held_out(text):
            yield "own", text, {tuple(e) for e in found if e[2] != "MISC"}


def f1(rows: list[Row], predictions: list[set[Span]], group: str, label: str | None = None) -> float:
    counts: Counter[str] = Counter()
    for (kind, _, gold), found in zip(rows, predictions, strict=True):
        if kind == group:
            g = {e for e in gold if label in (None, e[2])}
            f = {e for e in found if label in (None, e[2])}
            counts.update(hit=len(g & f), gold=len(g), found=len(f))
    return 2 * counts["hit"] / max(1, counts["gold"] + counts["found"])


def predictions(
    docs: list[Doc], raw: list[list[Candidate]], without: Collection[str], *, accurate: bool = False
) -> list[set[Span]]:
    """Return the spans of each document with some steps left out."""
    found = []
    for doc, candidates in zip(docs, raw, strict=True):
        words = Words.of(doc)
        kept = repair(words, [replace(c) for c in candidates], without=without)
        if THRESHOLD not in without:
            kept = spans.likely(words, kept, accurate=accurate)
        found.append({(doc[c.start].idx, doc[c.start : c.end].end_char, c.label) for c in kept if c.label != "MISC"})
    return found


def with_encoder(file: Path | None) -> bool:
    """Let the accurate mode ask the encoder of a file; return whether there is one."""
    if file is not None:
        encoder = read_encoder(file.read_bytes())
        doubt.load_encoder = lambda: encoder  # type: ignore[attr-defined]
    return file is not None


def show_errors(rows: list[Row], found: list[set[Span]], most: int) -> None:
    errors = [
        ("MISS " if span in gold else "WRONG", kind, text, span)
        for (kind, text, gold), spans_found in zip(rows, found, strict=True)
        for span in sorted(gold ^ spans_found)
    ]
    for mark, kind, text, (start, end, label) in errors[:most]:
        around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", " | ")
        print(mark, kind, label, around)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("winer", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=FOLDER / "sentences")
    parser.add_argument("--brief", action="store_true", help="not every repair by itself")
    args = parser.parse_args()
    if args.weights:
        network = read_weights(args.weights.read_bytes())
        spans.load_network = lambda: network  # type: ignore[attr-defined]
    accurate = with_encoder(args.encoder)
    nlp = load_language()
    rows = list(gold_rows(args.winer, args.folder))
    docs = [nlp(text) for _, text, _ in rows]
    raw = [list(spans.find_candidates(doc, Words.of(doc), accurate=accurate)) for doc in docs]

    cases = {"nothing repaired": STEPS, "all repairs": ()}
    if not args.brief:
        cases |= {f"only {name}": tuple(other for other in STEPS if other != name) for name in STEPS}
        cases |= {f"all but {name}": (name,) for name in STEPS}
    print(f"{'':34}winer  PER    LOC    ORG    own    PER    LOC    ORG")
    for name, without in cases.items():
        found = predictions(docs, raw, without, accurate=accurate)
        values = [f1(rows, found, group, label) for group in ("winer", "own") for label in (None, "PER", "LOC", "ORG")]
        print(f"{name:34}" + " ".join(f"{value:.4f}" for value in values), flush=True)
    if args.errors:
        show_errors(rows, predictions(docs, raw, (), accurate=accurate), args.errors)


if __name__ == "__main__":
    main()
