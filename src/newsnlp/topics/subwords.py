"""Pieces of words, hashed: they let the model guess at words that its training never met ("minéralogie")."""

from __future__ import annotations

import functools
import itertools
import zlib
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

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
