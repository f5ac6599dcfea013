"""The features of a newsroom's own labeller: its words, and what the built-in model already knows of a text."""

from __future__ import annotations

import collections
import functools
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.topics.features import Features, dense_features, dense_width, extract_features
from newsnlp.topics.model import load_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.topics.training.examples import Headed

# Term features beside the built-in log-odds.
TERMS_SCALE = 0.7
# Log-odds beyond this say no more.
FLATTEN = 3.0
# What the built-in scores may weigh beside the newsroom's own words, under one penalty; the texts choose.
BASE_WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.6)
# Of weights that do as well, within this log-loss a text, the smallest: words go on learning as texts come.
AS_GOOD = 0.02
# Where no weight tells a label left out much better than chance, this one: too small to harm, too large to be nothing.
DOUBTFUL = 0.1
MUCH_BETTER = 0.95
# Of fewer texts a label, on average, one that is left out tells little, and nothing where they are of one event: most
# labels of newsrooms are subjects, which the built-in model knows (seven sections of two texts each, both of one event:
# .97 right with this weight, .80 with the one that was chosen).
FEW_A_LABEL, OF_FEW = 4, 0.35
# The texts that it is chosen on: the inverse of a matrix of this size takes half a second.
MOST_CHOSEN_ON = 1500
RIDGE = 1.0
TINY = 1e-9
# How sharply scores of ridge regression may be taken as log-odds.
SHARPNESS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
# First signs of a key: of a word as it is written, and of a piece of a stem. Stems begin with a letter or a digit.
WRITTEN = "="
PIECE = "~"
PIECE_LENGTHS = (3, 4, 5)
# Longer words are addresses or noise.
MOST_LETTERS = 40
# Pieces of words help where texts are few: beyond this they cost more than they tell.
MOST_TEXTS_WITH_PIECES = 3000
_WORD = re.compile(r"\w+")


def read_features(texts: Sequence[Headed]) -> list[Features]:
    """Return the features of each text."""
    return [extract_features(text, title=title) for text, title in texts]


def builtin_block(features: Sequence[Features]) -> npt.NDArray[np.float64]:
    """Return what the built-in model thinks of each text: its log-odds, flattened, and its term features."""
    model = load_model()
    rows = []
    for item in features:
        odds = np.tanh(model.decide(item) / FLATTEN)
        rows.append(np.concatenate([odds, TERMS_SCALE * dense_features(item)]))
    return np.array(rows, dtype=np.float64).reshape(len(rows), block_width())


def block_width() -> int:
    """Return how many numbers the built-in model gives of each text."""
    return len(load_model().codes) + dense_width()


def count_words(features: Sequence[Features], texts: Sequence[Headed]) -> list[dict[str, float]]:
    """Return the damped counts of each text's stems and of its words as written, rounded so that they can be stored."""
    rows = []
    for item, (text, title) in zip(features, texts, strict=True):
        row = {word: round(weight * (1.0 + math.log(count)), 3) for word, (count, weight) in item.words.items()}
        whole = f"{title}\n{text}" if title and title not in text else text
        written = collections.Counter(match.group().lower() for match in _WORD.finditer(whole))
        row |= {WRITTEN + word: round(1.0 + math.log(count), 3) for word, count in written.items()}
        rows.append(row)
    return rows


def choose_base_weight(words: Any, block: npt.NDArray[np.float64], targets: npt.NDArray[np.bool_]) -> float:
    """Return what the built-in scores should weigh, by leaving out each text once.

    Ridge regression on the labels stands for the logistic one: what it says of a text that is left out needs no second
    fit. Few texts trust the built-in model; the more there are, the more their own words tell.
    """
    count = len(block)
    if count > MOST_CHOSEN_ON:
        kept = np.sort(np.random.default_rng(count).permutation(count)[:MOST_CHOSEN_ON])
        words, block, targets = words[kept], block[kept], targets[kept]
    wanted = targets.astype(np.float64)
    if wanted.sum() < FEW_A_LABEL * wanted.shape[1]:
        return OF_FEW
    alike, alike_by_base = (words @ words.T).toarray(), block @ block.T
    losses = [_left_out_loss(alike + weight**2 * alike_by_base, wanted) for weight in BASE_WEIGHTS]
    if min(losses) > MUCH_BETTER * math.log(wanted.shape[1]):
        return DOUBTFUL
    return next(w for w, loss in zip(BASE_WEIGHTS, losses, strict=True) if loss <= min(losses) + AS_GOOD)


def _left_out_loss(alike: npt.NDArray[np.float64], wanted: npt.NDArray[np.float64]) -> float:
    """Return the log-loss of each text's labels as told by all other texts.

    Square errors would favour the weight that makes scores large, not the one that ranks labels well.
    """
    inverse = np.linalg.inv(alike + RIDGE * np.eye(len(alike)))
    # The intercept bears no penalty.
    sums = inverse.sum(axis=0)
    residuals = inverse - np.outer(sums, sums) / sums.sum()
    scores = wanted - (residuals @ wanted) / np.maximum(np.diag(residuals), TINY)[:, None]
    shares = wanted / np.maximum(1.0, wanted.sum(axis=1, keepdims=True))
    losses = []
    for sharpness in SHARPNESS:
        raised = sharpness * (scores - scores.max(axis=1, keepdims=True))
        likely = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
        losses.append(float(-(shares * likely).sum(axis=1).mean()))
    return min(losses)


def _pieces(stems: Iterable[str]) -> dict[str, float]:
    """Return the damped counts of the pieces of stems."""
    counts: collections.Counter[str] = collections.Counter()
    for stem in stems:
        counts.update(_pieces_of(stem))
    return {piece: 1.0 + math.log(count) for piece, count in counts.items()}


@functools.lru_cache(maxsize=50_000)
def _pieces_of(stem: str) -> tuple[str, ...]:
    framed = f"<{stem[:MOST_LETTERS]}>"
    return tuple(
        PIECE + framed[start : start + length] for length in PIECE_LENGTHS for start in range(len(framed) - length + 1)
    )


def _with_pieces(row: dict[str, float]) -> dict[str, float]:
    return row | _pieces(word for word in row if not word.startswith(WRITTEN))


class Words:
    """A vocabulary with its document frequencies, and the matrix it makes of counted words.

    Its three parts, stems, words as written and pieces of stems, make a vector of length 1 each. A vocabulary saved by
    an earlier version has stems alone.
    """

    def __init__(self, words: Sequence[str], idf: npt.NDArray[np.float64]) -> None:
        self.rows = {word: row for row, word in enumerate(words)}
        self.idf = idf
        self.pieces = any(word.startswith(PIECE) for word in words)

    @classmethod
    def of(cls, counts: Sequence[dict[str, float]], *, limit: int) -> Words:
        """Return the vocabulary of these texts: of each part the most frequent, `limit` in all at most."""
        frequency = collections.Counter(word for row in counts for word in row)
        if len(counts) <= MOST_TEXTS_WITH_PIECES:
            pieces = collections.Counter(word for row in counts for word in _with_pieces(row) if word[0] == PIECE)
            # What stands in one text tells nothing that its word does not.
            frequency.update({piece: count for piece, count in pieces.items() if count > 1})
        kept = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))[:limit]
        words = sorted(word for word, _ in kept)
        idf = np.array([math.log((1 + len(counts)) / (1 + frequency[word])) + 1 for word in words], dtype=np.float64)
        return cls(words, idf)

    def matrix(self, counts: Sequence[dict[str, float]]) -> Any:
        """Return the TF-IDF matrix, the part of each kind in a row of length 1."""
        import scipy.sparse as sp

        indptr = [0]
        indices: list[int] = []
        data: list[float] = []
        for row in counts:
            parts: dict[str, list[tuple[int, float]]] = {WRITTEN: [], PIECE: [], "": []}
            for word, value in (_with_pieces(row) if self.pieces else row).items():
                column = self.rows.get(word)
                if column is not None:
                    parts[word[0] if word[0] in (WRITTEN, PIECE) else ""].append((column, value))
            entries: list[tuple[int, float]] = []
            for known in parts.values():
                columns = [column for column, _ in known]
                values = np.array([value for _, value in known], dtype=np.float64) * self.idf[columns]
                norm = float(np.sqrt(values @ values))
                entries += zip(columns, (values / norm if norm > 0 else values).tolist(), strict=True)
            entries.sort()
            indices.extend(column for column, _ in entries)
            data.extend(value for _, value in entries)
            indptr.append(len(indices))
        return sp.csr_matrix((data, indices, indptr), shape=(len(counts), len(self.rows)), dtype=np.float64)
