"""Build the weights of the built-in topic labeller: `make topics`.

Reads `passages/*.jsonl` (written for this project), the lexicon `topics_terms.csv` and `settings.toml`; writes
`src/newsnlp/topics/weights/`. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import collections
import json
import tomllib
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from newsnlp.topics.features import Features, dense_features, extract_features
from newsnlp.topics.model import TopicModel
from newsnlp.topics.taxonomy import media_topics, root_codes

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src" / "newsnlp" / "topics" / "weights"
Example = tuple[str, tuple[str, ...], float]


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
    """Return texts, codes and weights: each passage whole, its headline, its body, and pairs as longer articles."""
    found: list[Example] = []
    by_root: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    for row in rows:
        codes = with_parents(row["topics"])
        text = row["text"]
        head, _, body = text.partition("\n")
        found.append((text, codes, 1.0 if codes else settings["weight_none"]))
        if body.strip() and codes:
            found.append((head, codes, settings["weight_headline"]))
            found.append((body, codes, settings["weight_body"]))
        if codes:
            by_root[tuple(sorted(code for code in codes if code.endswith("000000")))].append(text)
    for roots, texts in sorted(by_root.items()):
        for first, second in zip(texts[::2], texts[1::2], strict=False):
            found.append((first + "\n" + second, roots, settings["weight_pair"]))
    return found


def vocabulary(features: list[Features], minimum: int) -> tuple[list[str], np.ndarray]:
    """Return the words in at least `minimum` texts, sorted, and their inverse document frequency."""
    count = collections.Counter(word for item in features for word in item.words)
    words = sorted(word for word, n in count.items() if n >= (minimum if " " not in word else minimum + 1))
    idf = np.array([np.log((1 + len(features)) / (1 + count[word])) + 1 for word in words], dtype=np.float32)
    return words, idf


def matrix(features: list[Features], model: TopicModel) -> sp.csr_matrix:
    """Return words and term features as the model sees them."""
    rows, columns, values = [], [], []
    for place, item in enumerate(features):
        index, vector = model.word_vector(item.words)
        rows.extend([place] * len(index))
        columns.extend(index.tolist())
        values.extend(vector.tolist())
    words = sp.csr_matrix((values, (rows, columns)), shape=(len(features), len(model.word_rows)), dtype=np.float64)
    dense = np.array([dense_features(item.terms) for item in features], dtype=np.float64)
    return sp.hstack([words, sp.csr_matrix(dense)]).tocsr()


def train(rows: list[dict], settings: dict) -> TopicModel:
    """Fit one logistic regression a code and quantise the weights."""
    data = examples(rows, settings)
    features = [extract_features(text) for text, _, _ in data]
    words, idf = vocabulary(
        [item for item, (_, _, w) in zip(features, data, strict=True) if w >= 1.0], settings["min_count"]
    )
    known = collections.Counter(code for row in rows for code in with_parents(row["topics"]))
    second = [c for c, topic in media_topics().items() if topic.level == 2 and known[c] >= settings["min_level2"]]
    codes = [*root_codes(), *second]
    width = len(dense_features({}))
    empty = TopicModel(
        tuple(codes), {word: row for row, word in enumerate(words)}, idf,
        np.zeros((len(words), len(codes)), np.int8), np.ones(len(codes), np.float32),
        np.zeros((width, len(codes)), np.float32), np.zeros(len(codes), np.float32), {}, "",
    )  # fmt: skip
    x = matrix(features, empty)
    weight = np.array([w for _, _, w in data])
    word_weights = np.zeros((len(words), len(codes)))
    dense_weights = np.zeros((width, len(codes)), np.float32)
    bias = np.zeros(len(codes), np.float32)
    for column, code in enumerate(codes):
        target = np.array([code in labels for _, labels, _ in data])
        if column >= len(root_codes()):
            # Pairs are labelled at level 1 only.
            use = np.array([w != settings["weight_pair"] for w in weight])
        else:
            use = np.ones(len(data), bool)
        positive = target[use].mean()
        balance = {True: min(settings["max_balance"], (1 - positive) / positive) ** 0.5, False: 1.0}
        # The penalty draws weights to zero; a code's own terms are trusted beforehand, so their columns are larger.
        scale = dense_scale(code, width, settings)
        stretched = sp.hstack([x[use, : len(words)], x[use, len(words) :] @ sp.diags(scale)]).tocsr()
        fitted = LogisticRegression(C=settings["c"], class_weight=balance, max_iter=1000, tol=1e-5)
        fitted.fit(stretched, target[use], sample_weight=weight[use])
        word_weights[:, column] = fitted.coef_[0, : len(words)]
        dense_weights[:, column] = fitted.coef_[0, len(words) :] * scale
        bias[column] = fitted.intercept_[0]
    scales = np.maximum(np.abs(word_weights).max(axis=0), 1e-6) / 127
    quantised = np.round(word_weights / scales).astype(np.int8)
    quantised[np.abs(quantised) < settings["prune"]] = 0
    # float16 rounding hides the last digits, which may differ from one processor to another.
    return TopicModel(
        tuple(codes), empty.word_rows, idf.astype(np.float16).astype(np.float32), quantised,
        scales.astype(np.float16).astype(np.float32), dense_weights.astype(np.float16).astype(np.float32),
        bias.astype(np.float16).astype(np.float32), settings, "",
    )  # fmt: skip


def dense_scale(code: str, width: int, settings: dict) -> np.ndarray:
    """Return how much each term feature is stretched while one code is fitted."""
    roots, codes = root_codes(), list(media_topics())
    topic = media_topics()[code]
    scale = np.full(width, settings["scale_other"])
    scale[2 * len(roots) + codes.index(code)] = settings["scale_own"]
    if topic.level == 1:
        place = roots.index(code)
        scale[[place, len(roots) + place]] = settings["scale_own"]
    else:
        scale[[roots.index(topic.root), len(roots) + roots.index(topic.root)]] = 1.0
    return scale


def write(model: TopicModel, settings: dict, passages: int) -> None:
    """Write the three files of the weights."""
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        WEIGHTS / "model.npz",
        idf=model.idf.astype(np.float16), word_weights=model.word_weights, word_scales=model.word_scales,
        dense_weights=model.dense_weights.astype(np.float16), bias=model.bias,
    )  # fmt: skip
    (WEIGHTS / "words.txt").write_text("\n".join(model.word_rows), encoding="utf-8")
    config = {"codes": model.codes, "passages": passages, "decision": settings["decision"]}
    (WEIGHTS / "model.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Train on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    settings = tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))
    rows = read_passages()
    model = train(rows, settings)
    write(model, settings, len(rows))
    size = sum(path.stat().st_size for path in WEIGHTS.iterdir())
    print(f"{len(rows)} passages, {len(model.word_rows)} words, {len(model.codes)} codes, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
