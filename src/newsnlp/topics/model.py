"""The shipped topic model: plain arrays over words and hashed pieces of words, read without scikit-learn."""

from __future__ import annotations

import functools
import hashlib
import io
import itertools
import json
import zlib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.safety.saved_files import finite, own_weights
from newsnlp.topics.features import Features, FloatArray, dense_features
from newsnlp.topics.taxonomy import media_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


BUCKETS = 2**13
LENGTHS = (4, 5)
# Distinct words whose pieces are read: the opening of an article tells enough, and the rest costs.
MAX_WORDS = 50


@functools.lru_cache(maxsize=8192)
def _pieces(stem: str) -> tuple[int, ...]:
    # Of bytes, which is faster: an accented letter counts as two.
    framed = f"<{stem}>".encode()
    return tuple(
        zlib.crc32(framed[start : start + length]) % BUCKETS
        for length in LENGTHS
        for start in range(len(framed) - length + 1)
    )


def piece_counts(words: Iterable[str]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """Return the buckets of the pieces of the first distinct words, and 1 + the logarithm of their numbers."""
    found = [piece for word in itertools.islice(words, MAX_WORDS) for piece in _pieces(word)]
    counts = np.bincount(np.array(found, dtype=np.intp), minlength=BUCKETS)
    buckets = np.flatnonzero(counts)
    return buckets, (1.0 + np.log(counts[buckets])).astype(np.float32)


FOLDER = "weights"
# Length of the vector of pieces beside that of words, which is 1.
PIECES = 2.0

# Known words, their rows, their weights.
Reading = tuple[list[str], npt.NDArray[np.intp], FloatArray]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Arrays of the linear model. ``word_rows`` maps a stem to its row of ``word_weights``.

    ``parents`` pairs the column of each code of level 2 with that of its root.
    """

    codes: tuple[str, ...]
    word_rows: dict[str, int]
    idf: FloatArray
    word_weights: npt.NDArray[np.int8]
    word_scales: FloatArray
    dense_weights: FloatArray
    piece_idf: FloatArray
    piece_weights: npt.NDArray[np.int8]
    piece_scales: FloatArray
    bias: FloatArray
    config: dict[str, Any]
    fingerprint: str
    parents: tuple[tuple[int, int], ...] = ()

    def word_vector(self, words: dict[str, tuple[int, float]]) -> tuple[list[str], npt.NDArray[np.intp], FloatArray]:
        """Return the words that the model knows, their rows, and their TF-IDF weights as a vector of length 1."""
        known = self.word_rows
        found = [word for word in words if word in known]
        index = np.array([known[word] for word in found], dtype=np.intp)
        counts = np.array([words[word] for word in found], dtype=np.float32).reshape(-1, 2)
        vector: FloatArray = (counts[:, 1] * (1.0 + np.log(counts[:, 0])) * self.idf[index]).astype(np.float32)
        norm = float(np.sqrt(vector @ vector))
        return found, index, vector / norm if norm > 0 else vector

    def piece_vector(self, words: Iterable[str]) -> tuple[npt.NDArray[np.intp], FloatArray]:
        """Return the buckets and the TF-IDF weights, of length `PIECES`, of the pieces of words."""
        buckets, counts = piece_counts(words)
        vector = counts * self.piece_idf[buckets]
        norm = float(np.sqrt(vector @ vector))
        return buckets, vector * (PIECES / norm) if norm > 0 else vector

    def decide(self, features: Features, reading: Reading | None = None) -> FloatArray:
        """Return the log-odds of every code; `reading` is what `word_vector` gave, where that is known."""
        _, rows, vector = reading or self.word_vector(features.words)
        from_words = (vector @ self.word_weights[rows].astype(np.float32)) * self.word_scales
        from_terms = dense_features(features) @ self.dense_weights
        result: FloatArray = from_words + from_terms + self.bias
        buckets, pieces = self.piece_vector(features.words)
        # Level 1 alone, which comes first.
        result[: len(self.piece_scales)] += (
            pieces @ self.piece_weights[buckets].astype(np.float32)
        ) * self.piece_scales
        return result

    def word_pulls(self, reading: Reading, columns: Sequence[int], least: float) -> list[list[tuple[float, str]]]:
        """Return, for each of some codes, the words that add at least `least` to it, with what they add."""
        words, rows, vector = reading
        weights = self.word_weights[rows][:, list(columns)].astype(np.float32)
        pulls = weights * vector[:, None] * self.word_scales[list(columns)]
        found: list[list[tuple[float, str]]] = [[] for _ in columns]
        for row, place in zip(*np.nonzero(pulls >= least), strict=True):
            found[place].append((float(pulls[row, place]), words[row]))
        return found


@functools.cache
def load_model() -> TopicModel:
    """Return the built-in model.

    Raises
    ------
    ModelFormatError
        If its files are damaged.
    """
    folder = resources.files("newsnlp.topics").joinpath(FOLDER)
    with own_weights("model.npz"):
        files = [folder.joinpath(name).read_bytes() for name in ("model.json", "words.txt", "model.npz")]
        return read_model(*files)


def read_model(told: bytes, listed: bytes, packed: bytes) -> TopicModel:
    """Return the model of three files: settings, words, weights."""
    words = listed.decode("utf-8").split("\n")
    config = json.loads(told)
    codes = tuple(config["codes"])
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        arrays = {name: finite(stored[name]) for name in stored.files}
    return TopicModel(
        codes=codes,
        word_rows={word: row for row, word in enumerate(words) if word},
        idf=arrays["idf"].astype(np.float32),
        word_weights=arrays["word_weights"],
        word_scales=arrays["word_scales"],
        dense_weights=arrays["dense_weights"].astype(np.float32),
        piece_idf=arrays["piece_idf"].astype(np.float32),
        piece_weights=arrays["piece_weights"],
        piece_scales=arrays["piece_scales"],
        bias=arrays["bias"],
        config=config,
        fingerprint=hashlib.sha256(told + packed).hexdigest()[:12],
        parents=tuple(
            (column, codes.index(media_topic(code).root))
            for column, code in enumerate(codes)
            if media_topic(code).level > 1
        ),
    )
