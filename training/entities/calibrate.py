"""Fit how sure newsnlp is of a mention, on the held-out fifth, and print what a threshold is worth.

    python training/entities/calibrate.py WINER_TRAIN.jsonl --weights HELD_OUT_WEIGHTS.npz [--encoder HELD_OUT_ENCODER.npz] [--write]

The weights must not have seen the held-out fifth (train.py, encoder.py without --full). With
--encoder the scores of the accurate mode are fitted. A logistic regression over the features of
`newsnlp.entities.recognition.confidence`; five folds by article give the honest table, all of it the coefficients that are written.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from measure import gold_rows, with_encoder
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from newsnlp.entities import find as spans
from newsnlp.entities.recognition.confidence import FEATURES, SCORES, SCORES_ACCURATE, score_features
from newsnlp.entities.recognition.lines import Words
from newsnlp.entities.recognition.network import read_weights
from newsnlp.entities.repairs.order import repair
from newsnlp.language import load_language

FOLDS = 5
FOLDER = Path(__file__).parent
WEIGHTS = FOLDER.parents[1] / "src/newsnlp/entities/weights"


@dataclass
class Scored:
    """Every mention found in what is held out: its features, whether it is right, and where it comes from."""

    features: np.ndarray
    right: np.ndarray
    article: np.ndarray
    group: np.ndarray
    gold: int


def collect(winer: Path, *, accurate: bool) -> Scored:
    nlp = load_language()
    rows, targets, articles, groups, golds = [], [], [], [], 0
    for article, (group, text, gold) in enumerate(gold_rows(winer, FOLDER / "sentences")):
        doc = nlp(text)
        words = Words.of(doc)
        candidates = repair(words, list(spans.find_candidates(doc, words, accurate=accurate)))
        golds += len(gold)
        for candidate, features in zip(candidates, score_features(words, candidates), strict=True):
            if candidate.label != "MISC":
                span = doc[candidate.start : candidate.end]
                rows.append(features)
                targets.append((span.start_char, span.end_char, candidate.label) in gold)
                articles.append(article)
                groups.append(group)
    return Scored(np.array(rows), np.array(targets), np.array(articles), np.array(groups), golds)


def fitted(scored: Scored, chosen: np.ndarray) -> LogisticRegression:
    """Fit on the chosen mentions, articles and sentences weighing alike."""
    own = scored.group == "own"
    weight = np.where(own, (~own).sum() / max(1, own.sum()), 1.0)
    model = LogisticRegression(C=1.0, max_iter=2000)
    return model.fit(scored.features[chosen], scored.right[chosen], weight[chosen])


def report(scored: Scored, honest: np.ndarray) -> None:
    y = scored.right
    print(f"{len(y)} mentions of {scored.gold} in gold, {y.mean():.3f} right")
    print(f"Brier {brier_score_loss(y, honest):.4f} AUC {roc_auc_score(y, honest):.3f}")
    print("score        mentions  mean score  right")
    for low, high in pairwise((0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)):
        inside = (honest >= low) & (honest < high)
        if inside.any():
            print(f"{low:.2f}–{high:.2f}  {inside.sum():8}  {honest[inside].mean():.3f}       {y[inside].mean():.3f}")
    print("threshold  kept  precision  recall")
    for threshold in (0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = honest >= threshold
        print(f"{threshold:.2f}  {kept.sum():8}  {y[kept].mean():.3f}  {y[kept].sum() / scored.gold:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("winer", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.weights:
        network = read_weights(args.weights.read_bytes())
        spans.load_network = lambda: network  # type: ignore[attr-defined]
    accurate = with_encoder(args.encoder)
    scored = collect(args.winer, accurate=accurate)
    honest = np.zeros(len(scored.right))
    for fold in range(FOLDS):
        test = scored.article % FOLDS == fold
        honest[test] = fitted(scored, ~test).predict_proba(scored.features[test])[:, 1]
    report(scored, honest)
    model = fitted(scored, np.ones(len(honest), dtype=bool))
    coefficients = {name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)}
    coefficients["intercept"] = round(float(model.intercept_[0]), 4)
    print(coefficients)
    if args.write:
        name = SCORES_ACCURATE if accurate else SCORES
        (WEIGHTS / name).write_text(json.dumps(coefficients, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
