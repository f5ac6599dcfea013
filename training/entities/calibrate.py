"""Fit how sure newsnlp is of a mention, on the held-out fifth, and print what a threshold is worth.

    python training/entities/calibrate.py WINER_TRAIN.jsonl --weights HELD_OUT_WEIGHTS.npz [--write]

The weights must not have seen the held-out fifth (train.py without --full). A logistic regression over the features of
`newsnlp.entities.scores`; five folds by article give the honest table, all of it the coefficients that are written.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from measure import gold_rows
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from newsnlp.entities import spans
from newsnlp.entities.network import read_weights
from newsnlp.entities.repairs import repair
from newsnlp.entities.scores import FEATURES, score_features
from newsnlp.language import load_language

FOLDER = Path(__file__).parent
OUT = FOLDER.parents[1] / "src/newsnlp/entities/weights/scores.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("winer", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.weights:
        network = read_weights(args.weights.read_bytes())
        spans.load_network = lambda: network
    nlp = load_language()
    rows, targets, articles, groups, golds = [], [], [], [], 0
    for article, (group, text, gold) in enumerate(gold_rows(args.winer, FOLDER / "sentences")):
        doc = nlp(text)
        candidates = repair(doc, list(spans.find_candidates(doc)))
        golds += len(gold)
        for candidate, features in zip(candidates, score_features(doc, candidates), strict=True):
            if candidate.label == "MISC":
                continue
            rows.append(features)
            span = doc[candidate.start : candidate.end]
            targets.append((span.start_char, span.end_char, candidate.label) in gold)
            articles.append(article)
            groups.append(group)
    x, y, fold = np.array(rows), np.array(targets), np.array(articles) % 5
    group = np.array(groups)
    weight = np.where(group == "own", (group == "winer").sum() / max(1, (group == "own").sum()), 1.0)
    honest = np.zeros(len(y))
    for number in range(5):
        model = LogisticRegression(C=1.0, max_iter=2000).fit(
            x[fold != number], y[fold != number], weight[fold != number]
        )
        honest[fold == number] = model.predict_proba(x[fold == number])[:, 1]
    print(
        f"{len(y)} mentions, {y.mean():.3f} right; Brier {brier_score_loss(y, honest):.4f} AUC {roc_auc_score(y, honest):.3f}"
    )
    print("score        mentions  mean score  right")
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = (honest >= low) & (honest < high)
        if inside.any():
            print(f"{low:.2f}–{high:.2f}  {inside.sum():8}  {honest[inside].mean():.3f}       {y[inside].mean():.3f}")
    print("threshold  kept  precision  recall  F1 (winer, own)")
    for threshold in (0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = honest >= threshold
        precision, recall = y[kept].mean(), y[kept].sum() / golds
        print(f"{threshold:.2f}  {kept.sum():8}  {precision:.3f}  {recall:.3f}", end="  ")
        for name in ("winer", "own"):
            k, hits = kept & (group == name), y[kept & (group == name)].sum()
            print(f"{name} P {hits / max(1, k.sum()):.3f} kept hits {hits} of {k.sum()}", end="; ")
        print()
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y, weight)
    coefficients = {name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)}
    coefficients["intercept"] = round(float(model.intercept_[0]), 4)
    print(coefficients)
    if args.write:
        OUT.write_text(json.dumps(coefficients, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
