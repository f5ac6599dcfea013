"""Build the weights of the built-in topic labeller: `make topics`.

Reads `passages/*.jsonl` (written for this project), the lexicon `topics_terms.csv` and `settings.toml`; writes
`src/newsnlp/topics/weights/`. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from newsnlp.topics.features import Features, dense_features, dense_width, extract_features
from newsnlp.topics.forms import FORMS
from newsnlp.topics.labeling import first_signs
from newsnlp.topics.model import BUCKETS, TopicModel, piece_counts
from newsnlp.topics.taxonomy import media_topics, root_codes
from newsnlp.topics.words import TERMS_FILE, stemmed_terms, term_index

HERE = Path(__file__).parent
# A first sentence, for texts as short as a feed gives them.
FIRST_SENTENCE = re.compile(r".{40,}?[.!?…](?=\s)", re.DOTALL)
BRIEF_WORDS = 60
FOLDS = 4
WEIGHTS = HERE.parents[1] / "src" / "newsnlp" / "topics" / "weights"


class Example(NamedTuple):
    """One training text with its codes and its weight; `kind` says what part of a passage it is."""

    text: str
    codes: tuple[str, ...]
    weight: float
    kind: str


def read_passages(folder: Path = HERE / "passages") -> list[dict]:
    """Return the passages in file order, exact repeats left out."""
    rows, seen = [], set()
    # `none.jsonl`: verse, fiction, page furniture, tables, other languages; they have no topic.
    for path in [*sorted(folder.glob("*.jsonl")), folder.parent / "none.jsonl"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["text"] not in seen:
                seen.add(row["text"])
                rows.append(row)
    return rows


def with_parents(codes: list[str]) -> tuple[str, ...]:
    """Return the codes and their parents, best first, each once."""
    known = media_topics()
    found = dict.fromkeys(code for code in codes if code in known)
    found |= dict.fromkeys(known[code].root for code in list(found))
    return tuple(found)


def examples(rows: list[dict], settings: dict) -> list[Example]:
    """Return texts, codes and weights: each passage whole, its headline, its body, headline and first sentence, pairs."""
    found: list[Example] = []
    by_root: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    for row in rows:
        codes = with_parents(row["topics"])
        text = row["text"]
        head, _, body = text.partition("\n")
        trust = settings["weight_press"] if row["style"] == "press" else 1.0
        found.append(Example(text, codes, trust if codes else settings["weight_none"], "whole"))
        if body.strip() and codes:
            found.append(Example(head, codes, settings["weight_headline"] * trust, "headline"))
            found.append(Example(body, codes, settings["weight_body"] * trust, "body"))
            first = FIRST_SENTENCE.match(body.strip())
            if first and len(body.split()) > BRIEF_WORDS:
                found.append(Example(f"{head}\n{first.group()}", codes, settings["weight_brief"] * trust, "brief"))
        if codes and row["style"] != "press":
            by_root[tuple(sorted(code for code in codes if code.endswith("000000")))].append(text)
    for roots, texts in sorted(by_root.items()):
        for first, second in zip(texts[::2], texts[1::2], strict=False):
            found.append(Example(first + "\n" + second, roots, settings["weight_pair"], "pair"))
    return found


def vocabulary(features: list[Features], minimum: int) -> tuple[list[str], np.ndarray]:
    """Return the words in at least `minimum` texts, sorted, and their inverse document frequency."""
    count = collections.Counter(word for item in features for word in item.words)
    words = sorted(word for word, n in count.items() if n >= minimum)
    idf = np.array([np.log((1 + len(features)) / (1 + count[word])) + 1 for word in words], dtype=np.float32)
    return words, idf


def piece_frequencies(features: list[Features]) -> np.ndarray:
    """Return the inverse document frequency of each bucket of word pieces."""
    count = np.zeros(BUCKETS)
    for item in features:
        count[piece_counts(item.words)[0]] += 1
    return (np.log((1 + len(features)) / (1 + count)) + 1).astype(np.float16).astype(np.float32)


def _rows(vectors: list[tuple[np.ndarray, np.ndarray]], width: int) -> sp.csr_matrix:
    lengths = [len(index) for index, _ in vectors]
    columns = np.concatenate([index for index, _ in vectors])
    values = np.concatenate([value for _, value in vectors]).astype(np.float64)
    return sp.csr_matrix((values, columns, np.cumsum([0, *lengths])), shape=(len(vectors), width))


def matrix(features: list[Features], model: TopicModel) -> sp.csr_matrix:
    """Return words, term features and pieces of words as the model sees them."""
    words = _rows([model.word_vector(item.words)[1:] for item in features], len(model.word_rows))
    dense = sp.csr_matrix(np.array([dense_features(item) for item in features], dtype=np.float64))
    pieces = _rows([model.piece_vector(item.words) for item in features], BUCKETS)
    return sp.hstack([words, dense, pieces]).tocsr()


def quantise(weights: np.ndarray, prune: int) -> tuple[np.ndarray, np.ndarray]:
    """Return weights as bytes and one scale a column; the smallest become 0."""
    # float16 rounding hides the last digits, which may differ from one processor to another.
    scales = (np.maximum(np.abs(weights).max(axis=0), 1e-4) / 127).astype(np.float16).astype(np.float32)
    small = np.clip(np.round(weights / scales), -127, 127).astype(np.int8)
    small[np.abs(small) < prune] = 0
    return small, scales


def fit_codes(rows: list[dict], settings: dict, *, roots_only: bool = False) -> TopicModel:
    """Fit one logistic regression a code and quantise the weights."""
    data = examples(rows, settings)
    features = [extract_features(example.text) for example in data]
    whole = [item for item, example in zip(features, data, strict=True) if example.kind == "whole"]
    words, idf = vocabulary(whole, int(settings["min_count"]))
    known = collections.Counter(code for row in rows for code in with_parents(row["topics"]))
    second = [c for c, topic in media_topics().items() if topic.level == 2 and known[c] >= settings["min_level2"]]
    roots, codes = root_codes(), [*root_codes(), *(() if roots_only else second)]
    width = dense_width()
    none8, none = np.zeros((0, 0), np.int8), np.zeros(0, np.float32)
    rows_of = {word: row for row, word in enumerate(words)}
    idf, piece_idf = idf.astype(np.float16).astype(np.float32), piece_frequencies(whole)
    x = matrix(features, TopicModel((), rows_of, idf, none8, none, none, piece_idf, none8, none, none, {}, ""))
    weight = np.array([example.weight for example in data])
    narrow = np.array([any(not code.endswith("000000") for code in item.codes) or not item.codes for item in data])
    coefficients = np.zeros((x.shape[1], len(codes)))
    bias = np.zeros(len(codes))
    for column, code in enumerate(codes):
        target = np.array([code in example.codes for example in data])
        # Pairs and press articles are labelled at level 1 only, and pieces of words serve level 1 only.
        use = np.ones(len(data), bool) if column < len(roots) else narrow
        # The penalty draws weights to zero; a code's own terms are trusted beforehand, so their columns are larger.
        scale = np.ones(x.shape[1])
        scale[len(words) : len(words) + width] = dense_scale(code, width, settings)
        if column >= len(roots):
            scale[len(words) + width :] = 0.0
        positive = target[use].mean()
        balance = {True: min(settings["max_balance"], (1 - positive) / positive) ** 0.5, False: 1.0}
        fitted = LogisticRegression(C=settings["c"], class_weight=balance, max_iter=1000, tol=1e-5)
        fitted.fit(x[use] @ sp.diags(scale), target[use], sample_weight=weight[use])
        coefficients[:, column] = fitted.coef_[0] * scale
        bias[column] = fitted.intercept_[0]
    word_weights, word_scales = quantise(coefficients[: len(words)], int(settings["prune"]))
    piece_weights, piece_scales = quantise(coefficients[len(words) + width :, : len(roots)], 1)
    dense_weights = coefficients[len(words) : len(words) + width].astype(np.float16).astype(np.float32)
    bias = bias.astype(np.float16).astype(np.float32)
    return TopicModel(
        tuple(codes), rows_of, idf, word_weights, word_scales, dense_weights, piece_idf, piece_weights, piece_scales,
        bias, settings, "",
    )  # fmt: skip


def train(rows: list[dict], settings: dict) -> TopicModel:
    """Fit the model, and on texts that it was not fitted with the proportions and the calibration of the first topic."""
    fold = np.random.default_rng(int(settings["seed"])).integers(0, FOLDS, len(rows))
    log_odds = np.zeros((len(rows), len(root_codes())))
    for part in range(FOLDS):
        model = fit_codes([row for row, own in zip(rows, fold, strict=True) if own != part], settings, roots_only=True)
        for place in np.flatnonzero(fold == part):
            log_odds[place] = model.decide(extract_features(rows[place]["text"]))
    first = fit_first(rows, log_odds, settings)
    return replace(fit_codes(rows, settings), config=settings | {"first": first})


def fit_first(rows: list[dict], log_odds: np.ndarray, settings: dict) -> dict:
    """Return what makes of the log-odds of 17 topics the first topic and its score.

    One slope and one offset a topic (a softmax over the topics of the text), fitted on the articles written like those
    of a newspaper and, with a small weight, on passages in a newspaper's proportions; then a logistic regression of
    whether the first topic is right.
    """
    roots = root_codes()
    gold = np.array([[code in row["topics"] for code in roots] for row in rows], dtype=float)
    main = np.array([next((roots.index(c) for c in row["topics"] if c in roots), -1) for row in rows])
    press = np.array([row["style"] == "press" for row in rows])
    shares = np.array(settings["proportions"]["roots"], dtype=float)
    shares /= shares.sum()
    weight = np.where(press, 1.0, settings["weight_passage"] * len(roots) * shares[main]) * (main >= 0)
    target = gold * 0.5
    target[np.arange(len(rows)), main] = 1.0
    target /= target.sum(axis=1, keepdims=True)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        likely = _softmax(values[0] * log_odds + values[1:])
        gradient = (likely - target) * weight[:, None]
        total = -(weight[:, None] * target * np.log(likely + 1e-12)).sum() + 0.1 * (values[1:] ** 2).sum()
        return total, np.array([(gradient * log_odds).sum(), *(gradient.sum(axis=0) + 0.2 * values[1:])])

    start = np.zeros(len(roots) + 1)
    start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    raised = settings["share_of_offsets"] * (found[1:] - found[1:].mean())
    for code, more in settings["adjust"].items():
        raised[roots.index(code)] += more
    slope, offsets = round(float(found[0]), 2), [round(float(value), 2) for value in raised]
    likely = _softmax(slope * log_odds + offsets)
    best = likely.argmax(axis=1)
    signs = first_signs(likely.max(axis=1), log_odds[np.arange(len(rows)), best])
    right = gold[np.arange(len(rows)), best] > 0
    # Texts without topic teach that a first topic may be none at all.
    fitted = LogisticRegression(C=10.0).fit(signs, right, sample_weight=np.where(main < 0, 0.5, weight))
    weights = [round(float(value), 2) for value in (*fitted.coef_[0], fitted.intercept_[0])]
    return {"slope": slope, "offsets": offsets, "score": weights}


def _softmax(values: np.ndarray) -> np.ndarray:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def dense_scale(code: str, width: int, settings: dict) -> np.ndarray:
    """Return how much each term feature is stretched while one code is fitted."""
    roots, codes = root_codes(), list(media_topics())
    topic = media_topics()[code]
    scale = np.full(width, settings["scale_other"])
    scale[-len(FORMS) :] = settings["scale_form"]
    scale[2 * len(roots) + codes.index(code)] = settings["scale_own"]
    if topic.level == 1:
        place = roots.index(code)
        scale[[place, len(roots) + place]] = settings["scale_own"]
    else:
        scale[[roots.index(topic.root), len(roots) + roots.index(topic.root)]] = 1.0
    return scale


def read_settings() -> dict:
    """Return the settings of the build."""
    return tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))


def write(model: TopicModel, settings: dict, passages: int, folder: Path = WEIGHTS) -> None:
    """Write the three files of the weights that are learnt."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "model.npz",
        idf=model.idf.astype(np.float16), word_weights=model.word_weights, word_scales=model.word_scales,
        dense_weights=model.dense_weights.astype(np.float16), bias=model.bias,
        piece_idf=model.piece_idf.astype(np.float16), piece_weights=model.piece_weights, piece_scales=model.piece_scales,
    )  # fmt: skip
    (folder / "words.txt").write_text("\n".join(model.word_rows), encoding="utf-8")
    config = {
        "codes": model.codes,
        "passages": passages,
        "decision": settings["decision"],
        "first": model.config["first"],
    }
    (folder / "model.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_terms(folder: Path = WEIGHTS) -> None:
    """Write the terms of the lexicon by their stems, which training reads, too."""
    lines = (
        f"{json.dumps(key)}: {json.dumps(codes, sort_keys=True)}" for key, codes in sorted(stemmed_terms().items())
    )
    (folder / TERMS_FILE).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    term_index.cache_clear()


def main() -> None:
    """Train on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    write_terms()
    settings = read_settings()
    rows = read_passages()
    model = train(rows, settings)
    write(model, settings, len(rows))
    size = sum(path.stat().st_size for path in WEIGHTS.iterdir())
    print(f"{len(rows)} passages, {len(model.word_rows)} words, {len(model.codes)} codes, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
