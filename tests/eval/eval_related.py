#!/usr/bin/env python3
"""Measure related articles on the bundled corpus, and on proxies made of the Wikinews articles of ../shared.

Usage: eval_related.py [--shared DIR]

Nobody here has an editor's links; what is measured instead, against plain word TF-IDF (lower case, sublinear):

- copies: near-duplicates made with fixed seeds (tests/unit/related/conftest.py), against reports of the same event;
- same event: nDCG@10 of the bundled corpus's articles of one event, full texts and headlines alone, all among the
  Wikinews articles or their titles;
- own lead: the first sentence of an article found by its title, among all titles and first sentences;
- shared names: articles of Wikinews that share two rare names (in 2 to 12 articles), the words of those names removed
  from the query, times (1 + days)^-0.3;
- stories: B-cubed of `newsnlp.stories` against the bundled corpus's events.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from newsnlp import Article, RelatedIndex, stories
from newsnlp.related.arrays.forms import FormTable
from newsnlp.related.arrays.store import Vocabulary
from newsnlp.related.arrays.terms import features_of, shingles_of
from newsnlp.related.duplicates import copies
from newsnlp.samples import sample_corpus

HERE = Path(__file__).parent
SEEDS = range(20260101, 20260106)
K = 10
WORD = re.compile(r"\w\w+")
Ranking = list[str]


def ndcg(ranked: Ranking, wanted: set[str]) -> float:
    """Return nDCG@10 of a ranking with equal gains."""
    gain = sum(1 / math.log2(place + 2) for place, one in enumerate(ranked[:K]) if one in wanted)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(K, len(wanted))))


def ours(held: list[Article], queries: list[Article]) -> list[Ranking]:
    """Return what the index suggests."""
    index = RelatedIndex()
    index.add(held)
    return [[found.id for found in index.suggest(query, k=K, fold=False)] for query in queries]


def plain(held: list[Article], queries: list[Article], *, decay: float = 0.0) -> list[Ranking]:
    """Return what plain word TF-IDF finds."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, token_pattern=WORD.pattern)
    matrix = vectorizer.fit_transform([f"{article.title or ''}\n{article.text}" for article in held])
    asked = vectorizer.transform([f"{article.title or ''}\n{article.text}" for article in queries])
    found = []
    for row, query in zip((asked @ matrix.T).toarray(), queries, strict=True):
        if decay:
            apart = np.array([abs((a.published_at - query.published_at).days) for a in held])
            row = row * (1 + apart) ** -decay  # noqa: PLW2901
        order = [place for place in np.argsort(-row, kind="stable") if held[place].id != query.id]
        found.append([held[place].id for place in order[:K]])
    return found


def report(name: str, held: list[Article], queries: list[Article], wanted: list[set[str]], decay: float = 0.0) -> None:
    """Print nDCG@10 of plain TF-IDF and of the index."""
    scores = [
        float(np.mean([ndcg(*pair) for pair in zip(ranked, wanted, strict=True)]))
        for ranked in (plain(held, queries, decay=decay), ours(held, queries))
    ]
    print(f"{name:58} plain TF-IDF {scores[0]:.3f}   RelatedIndex {scores[1]:.3f}   ({len(queries)} queries)")


def event(article_id: str) -> str:
    """Return the event that a bundled article's id names."""
    return article_id.partition("-")[0]


def measure_copies() -> None:
    """Print precision and recall of the near-duplicates."""
    spec = importlib.util.spec_from_file_location("made", HERE.parent / "unit" / "related" / "conftest.py")
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    told: Counter[tuple[str, bool, bool]] = Counter()
    for seed in SEEDS:
        for kind, one, other, truth in made.pairs(seed):
            table = FormTable(Vocabulary())
            prints = [shingles_of(table.prints(table.places(features_of(a.text).words))) for a in (one, other)]
            told[kind, truth, bool(copies(prints)[0, 1])] += 1
    right = sum(count for (_, truth, said), count in told.items() if truth and said)
    precision = right / sum(count for (_, _, said), count in told.items() if said)
    recall = right / sum(count for (_, truth, _), count in told.items() if truth)
    print(f"copies: precision {precision:.4f}, recall {recall:.4f} over {sum(told.values())} pairs")
    for (kind, truth, said), count in sorted(told.items()):
        if truth != said:
            print(f"  {'missed' if truth else 'wrong'}: {kind} ({count})")


def measure_stories(name: str, articles: list[Article]) -> None:
    """Print B-cubed over the bundled articles among all."""
    homes = {one: set(story.article_ids) for story in stories(articles, min_size=1) for one in story.article_ids}
    ids = [article.id for article in sample_corpus()]
    events = {name: {one for one in ids if event(one) == name} for name in map(event, ids)}
    shared = [len(homes[one] & events[event(one)]) for one in ids]
    precision = np.mean([s / len(homes[one]) for s, one in zip(shared, ids, strict=True)])
    recall = np.mean([s / len(events[event(one)]) for s, one in zip(shared, ids, strict=True)])
    score = 2 * precision * recall / (precision + recall)
    print(f"stories, {name:49} B-cubed P {precision:.3f} R {recall:.3f} F {score:.3f}")


def wikinews(path: Path) -> tuple[list[Article], dict[str, Counter[str]]]:
    """Return the articles with a title and a date, and the gold names of each."""
    articles, names = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        title, *body = [part for part in row["text"].split("\n") if part.strip()]
        text = re.sub(r"^\s*\d{1,2}(er)? \w+ \d{4}\.\s*", "", "\n".join(body))
        if len(text) > 100 and 3 <= len(title.split()) <= 25:
            date = "-".join(re.findall(r"\d+", row["id"])[:3])
            articles.append(Article(id=row["id"], title=title, text=text, published_at=date))
            names[row["id"]] = Counter(row["text"][start:end] for start, end, label in row["ents"] if label != "MISC")
    return articles, names


def measure_shared_names(articles: list[Article], names: dict[str, Counter[str]]) -> None:
    """Print how well articles that share rare names are found without the words of these names."""
    spread = Counter(name for found in names.values() for name in found)
    rare = {one: {name for name in found if 2 <= spread[name] <= 12} for one, found in names.items()}
    queries, wanted = [], []
    for article in articles:
        links = {a.id for a in articles if a is not article and len(rare[article.id] & rare[a.id]) > 1}
        if links:
            gone = {w.lower() for one in links for name in rare[article.id] & rare[one] for w in WORD.findall(name)}
            kept = " ".join(w for w in WORD.findall(f"{article.title} {article.text}") if w.lower() not in gone)
            queries.append(Article(id=article.id, text=kept, published_at=article.published_at))
            wanted.append(links)
    report("shared rare names, their words removed, with the decay", articles, queries, wanted, decay=0.3)


def main() -> None:
    """Print every measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared")
    options = parser.parse_args()
    corpus = sample_corpus()
    heads = [Article(id=a.id, text=a.title or "", published_at=a.published_at) for a in corpus]
    measure_copies()
    measure_stories("full texts", corpus)
    measure_stories("headlines", heads)
    same = [{other.id for other in corpus if event(other.id) == event(a.id) and other is not a} for a in corpus]
    path = options.shared / "data" / "winer-fr" / "train.jsonl"
    if not path.exists():
        print(f"no {path}: the measures on Wikinews are left out")
        return
    articles, names = wikinews(path)
    measure_stories("full texts among Wikinews", corpus + articles)
    day = [Article(id=a.id, text=a.title or "", published_at="2026-01-01") for a in corpus + articles]
    measure_stories("headlines of one day among Wikinews's titles", day)
    report("same event, full texts among Wikinews", corpus + articles, corpus, same)
    report("same event, headlines among Wikinews's titles", day, day[: len(corpus)], same)
    leads = [Article(id=f"{a.id} lead", text=re.split(r"(?<=[.!?])\s", a.text)[0]) for a in articles]
    titles = [Article(id=a.id, text=a.title or "") for a in articles]
    report("own lead found by the title", titles + leads, titles, [{lead.id} for lead in leads])
    measure_shared_names(articles, names)


if __name__ == "__main__":
    main()
