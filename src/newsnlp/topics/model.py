"""The shipped topic model: plain arrays, read without scikit-learn.

One linear classifier a code over words, word pairs, term features and, at level 1, pieces of words. Weights are bytes
with one scale a code.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsnlp.topics.features import Features, FloatArray, dense_features
from newsnlp.topics.subwords import piece_counts

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "weights"
# Length of the vector of pieces beside that of words, which is 1.
PIECES = 2.0


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Arrays of the linear model. ``word_rows`` maps a stem or stem pair to its row of ``word_weights``."""

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

    def word_vector(self, words: dict[str, tuple[int, float]]) -> tuple[npt.NDArray[np.intp], FloatArray]:
        """Return the rows and the TF-IDF weights, of length 1, of the words that the model knows."""
        rows, values = [], []
        known = self.word_rows
        for word, (count, weight) in words.items():
            row = known.get(word)
            if row is not None:
                rows.append(row)
                values.append(weight * (1.0 + math.log(count)))
        index = np.array(rows, dtype=np.intp)
        vector = np.array(values, dtype=np.float32) * self.idf[index]
        norm = float(np.sqrt(vector @ vector))
        return index, vector / norm if norm > 0 else vector

    def piece_vector(self, words: Iterable[str]) -> tuple[npt.NDArray[np.intp], FloatArray]:
        """Return the buckets and the TF-IDF weights, of length `PIECES`, of the pieces of words."""
        buckets, counts = piece_counts(words)
        vector = counts * self.piece_idf[buckets]
        norm = float(np.sqrt(vector @ vector))
        return buckets, vector * (PIECES / norm) if norm > 0 else vector

    def decide(self, features: Features) -> FloatArray:
        """Return the log-odds of every code."""
        rows, vector = self.word_vector(features.words)
        from_words = (vector @ self.word_weights[rows].astype(np.float32)) * self.word_scales
        from_terms = dense_features(features.terms) @ self.dense_weights
        result: FloatArray = from_words + from_terms + self.bias
        buckets, pieces = self.piece_vector(features.words)
        # Level 1 alone, which comes first.
        result[: len(self.piece_scales)] += (
            pieces @ self.piece_weights[buckets].astype(np.float32)
        ) * self.piece_scales
        return result

    def word_pull(self, features: Features, column: int) -> list[tuple[float, str]]:
        """Return what each known word adds to one code, strongest first."""
        rows, vector = self.word_vector(features.words)
        pull = vector * self.word_weights[rows, column].astype(np.float32) * self.word_scales[column]
        known = [word for word in features.words if word in self.word_rows]
        return sorted(((float(value), word) for value, word in zip(pull, known, strict=True)), reverse=True)


@functools.cache
def load_model() -> TopicModel:
    """Return the built-in model."""
    folder = resources.files("newsnlp.topics").joinpath(FOLDER)
    config_bytes = folder.joinpath("model.json").read_bytes()
    words = folder.joinpath("words.txt").read_text(encoding="utf-8").split("\n")
    with resources.as_file(folder.joinpath("model.npz")) as path:
        digest = hashlib.sha256(config_bytes + path.read_bytes()).hexdigest()[:12]
        with np.load(path, allow_pickle=False) as arrays:
            config = json.loads(config_bytes)
            return TopicModel(
                codes=tuple(config["codes"]),
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
                fingerprint=digest,
            )
