"""The features of a newsroom's own labeller: its words, and what the built-in model already knows of a text."""

from __future__ import annotations

import collections
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.topics.features import Features, dense_features, dense_width, extract_features
from newsnlp.topics.model import load_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.topics.training.examples import Headed

# How much the built-in scores weigh beside the newsroom's own words, under one penalty: the more, the fewer texts
# suffice and the less the last ones add. Measured on passages and WiNER-fr train, November 2026; see docs/topics.md.
BUILTIN_SCALE = 1.0
TERMS_SCALE = 0.7
# Log-odds beyond this say no more.
FLATTEN = 3.0


def read_features(texts: Sequence[Headed]) -> list[Features]:
    """Return the features of each text."""
    return [extract_features(text, title=title) for text, title in texts]


def builtin_block(features: Sequence[Features]) -> npt.NDArray[np.float64]:
    """Return what the built-in model thinks of each text: its log-odds, flattened, and its term features."""
    model = load_model()
    rows = []
    for item in features:
        odds = np.tanh(model.decide(item) / FLATTEN)
        rows.append(np.concatenate([BUILTIN_SCALE * odds, TERMS_SCALE * dense_features(item)]))
    return np.array(rows, dtype=np.float64).reshape(len(rows), block_width())


def block_width() -> int:
    """Return how many numbers the built-in model gives of each text."""
    return len(load_model().codes) + dense_width()


def count_words(features: Sequence[Features]) -> list[dict[str, float]]:
    """Return the damped counts of the words of each text, rounded so that they can be stored."""
    return [
        {word: round(weight * (1.0 + math.log(count)), 3) for word, (count, weight) in item.words.items()}
        for item in features
    ]


class Words:
    """A vocabulary with its document frequencies, and the matrix it makes of counted words."""

    def __init__(self, words: Sequence[str], idf: npt.NDArray[np.float64]) -> None:
        self.rows = {word: row for row, word in enumerate(words)}
        self.idf = idf

    @classmethod
    def of(cls, counts: Sequence[dict[str, float]], *, limit: int) -> Words:
        """Return the vocabulary of these texts, the most frequent `limit` words at most."""
        frequency = collections.Counter(word for row in counts for word in row)
        kept = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))[:limit]
        words = sorted(word for word, _ in kept)
        idf = np.array([math.log((1 + len(counts)) / (1 + frequency[word])) + 1 for word in words], dtype=np.float64)
        return cls(words, idf)

    def matrix(self, counts: Sequence[dict[str, float]]) -> Any:
        """Return the TF-IDF matrix, each row of length 1."""
        import scipy.sparse as sp

        indptr, indices, data = [0], [], []
        for row in counts:
            known = sorted((self.rows[word], value) for word, value in row.items() if word in self.rows)
            columns = [column for column, _ in known]
            values = np.array([value for _, value in known], dtype=np.float64) * self.idf[columns]
            norm = float(np.sqrt(values @ values))
            indices.extend(columns)
            data.extend((values / norm if norm > 0 else values).tolist())
            indptr.append(len(indices))
        return sp.csr_matrix((data, indices, indptr), shape=(len(counts), len(self.rows)), dtype=np.float64)
