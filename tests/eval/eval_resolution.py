"""Score `resolve_mentions` on gold mentions: B-cubed, countries, names. Prints figures only, never an article.

Usage: python tests/eval/eval_resolution.py GOLD.jsonl [--limit N]

GOLD.jsonl is of the form of ``../shared/data/clusters/dev.jsonl``. The measures are those of
``../shared/tools/score_clusters.py``, with the gold mentions in place of found ones.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from newsnlp.entities.resolve import resolve_mentions
from newsnlp.records import Label, Mention


def gold_mentions(row: dict[str, Any]) -> list[tuple[int, Mention]]:
    """Return (gold entity, mention) in text order."""
    pairs = [
        (k, Mention(start=start, end=end, text=row["text"][start:end], label=Label(entity["label"])))
        for k, entity in enumerate(row["entities"])
        for start, end in entity["mentions"]
    ]
    return sorted(pairs, key=lambda pair: (pair[1].start, pair[1].end))


def score(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1, and the shares of right countries and names."""
    precision = recall = 0.0
    count = places = places_right = names = names_right = 0
    seconds = 0.0
    for row in rows:
        pairs = gold_mentions(row)
        began = time.process_time()
        marked, entities = resolve_mentions(SimpleNamespace(text=row["text"]), [mention for _, mention in pairs])
        seconds += time.process_time() - began
        by_id = {entity.id: entity for entity in entities}
        both = Counter((k, mention.entity_id) for (k, _), mention in zip(pairs, marked, strict=True))
        gold_size = Counter(k for k, _ in pairs)
        found_size = Counter(mention.entity_id for mention in marked)
        for (k, found), n in both.items():
            precision += n * n / found_size[found]
            recall += n * n / gold_size[k]
        for (k, _), mention in zip(pairs, marked, strict=True):
            if row["entities"][k]["label"] == "LOC":
                places += 1
                places_right += by_id[mention.entity_id or ""].country == row["entities"][k]["country"]
        for k, size in gold_size.items():
            if size > 1:
                names += 1
                largest = Counter({found: n for (g, found), n in both.items() if g == k}).most_common(1)[0][0]
                names_right += by_id[largest or ""].name == row["entities"][k]["name"]
        count += len(pairs)
    p, r = precision / max(1, count), recall / max(1, count)
    return {
        "mentions": count,
        "precision": p,
        "recall": r,
        "f1": 2 * p * r / max(1e-9, p + r),
        "country": places_right / max(1, places),
        "places": places,
        "name": names_right / max(1, names),
        "names": names,
        "milliseconds_an_article": 1000 * seconds / max(1, len(rows)),
    }


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text(encoding="utf8").splitlines()][: args.limit]
    for name, value in score(rows).items():
        print(f"{name:24} {value:.3f}" if isinstance(value, float) else f"{name:24} {value}")


if __name__ == "__main__":
    main()
