"""What a word means, as a row of numbers: static vectors of French words, made by ``training/entities/vectors.py``.

Words are known by 32 bits of spaCy's hash of them: of 100 000 words that the table lacks, ten are taken for one that it
has (425 000 keys, 2026-11). A word looked for in vain is looked for in lower case, then, written in capitals
throughout, as a title.
"""

from __future__ import annotations

import functools
import io
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.safety.saved_files import own_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

VECTOR_WIDTH = 64
VECTORS_FILE = "vectors.npz"
UNKNOWN = 0  # the row of words without a vector: zeros, as the mean of all vectors is


class WordVectors:
    """The table, read from its file.

    Parameters
    ----------
    stored : mapping of str to array
        What `pack` made.
    """

    def __init__(self, stored: Any) -> None:
        high = np.repeat(np.arange(2**16, dtype="uint32"), stored["counts"])
        self._keys = (high << np.uint32(16)) | stored["low"]
        self._rows = stored["rows"]
        self._table = stored["table"]
        self._scales = stored["scales"].astype("float32")[:, None]

    def row(self, word: str) -> int:
        """Return the row of a word, or `UNKNOWN`."""
        for key in map(short_hash, spellings(word)):
            place = int(self._keys.searchsorted(key))
            if place < len(self._keys) and self._keys[place] == key:
                return int(self._rows[place])
        return UNKNOWN

    def of_rows(self, rows: NDArray[Any]) -> NDArray[np.float32]:
        """Return the vector of each row."""
        found: NDArray[np.float32] = self._table[rows] * self._scales[rows]
        return found


def spellings(word: str) -> Iterator[str]:
    """Yield how a word may be written in the table, the likeliest first."""
    yield word
    lower = word.lower()
    if lower != word:
        yield lower
        if word.isupper():
            yield word.title()


def short_hash(word: str) -> np.uint32:
    """Return 32 bits of the hash that spaCy knows a string by."""
    from spacy.strings import hash_string  # type: ignore[attr-defined]  # missing from its stub

    return np.uint32(hash_string(word) & 0xFFFFFFFF)


def pack(rows: dict[int, int], table: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the file: of the sorted keys the low halves, and how many have each high half.

    Parameters
    ----------
    rows : dict of int to int
        The row of each key.
    table : array of shape (n_rows, VECTOR_WIDTH)
        The vectors, row `UNKNOWN` all zeros.
    """
    keys = np.array(sorted(rows), dtype="uint32")
    scales = np.maximum(np.abs(table).max(axis=1) / 127, 1e-6).astype("float16")
    return {
        "counts": np.bincount(keys >> 16, minlength=2**16).astype("uint8"),
        "low": (keys & 0xFFFF).astype("uint16"),
        "rows": np.array([rows[int(key)] for key in keys], dtype="uint16"),
        "table": np.clip(np.rint(table / scales.astype("float32")[:, None]), -127, 127).astype("int8"),
        "scales": scales,
    }


@functools.cache
def load_vectors() -> WordVectors:
    """Return the vectors shipped in ``entities/weights``, read once per process."""
    data = resources.files("newsnlp.entities").joinpath("weights", VECTORS_FILE).read_bytes()
    with own_weights(VECTORS_FILE), np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return WordVectors({name: stored[name] for name in stored.files})
