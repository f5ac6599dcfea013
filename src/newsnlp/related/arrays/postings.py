"""Terms by rows: which articles have a term, so that a query reads only those of its own terms.

Nine of ten terms stand once in their article. Those are held without a count, and the rest apart with their weights:
less memory than one matrix of counts, and twice as fast as looking weights up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from newsnlp.related.arrays.store import Ragged

# Rows that are turned round at once: more would need memory of the size of the index.
CHUNK_ROWS = 4096


def row_chunks(rows: Ragged) -> Iterator[tuple[int, int]]:
    """Yield (first row, row after the last) of each chunk."""
    for start in range(0, len(rows), CHUNK_ROWS):
        yield start, min(start + CHUNK_ROWS, len(rows))


class Postings:
    """The rows of a vector space turned round: for each term, the rows that have it."""

    def __init__(self, terms: Ragged, counts: Ragged, size: int, sublinear: NDArray[np.float32]) -> None:
        self.rows = len(terms)
        self.size = size
        singles, repeats = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for start, end in row_chunks(terms):
            numbers = terms.values[terms.offsets[start] : terms.offsets[end]]
            once = counts.values[terms.offsets[start] : terms.offsets[end]] == 1
            singles += np.bincount(numbers[once], minlength=size)
            repeats += np.bincount(numbers[~once], minlength=size)
        self._single_ends = np.concatenate([[0], np.cumsum(singles)])
        self._repeat_ends = np.concatenate([[0], np.cumsum(repeats)])
        self._singles = np.empty(self._single_ends[-1], dtype=np.int32)
        self._repeats = np.empty(self._repeat_ends[-1], dtype=np.int32)
        self._weights = np.empty(self._repeat_ends[-1], dtype=np.float32)
        next_single, next_repeat = self._single_ends[:-1].copy(), self._repeat_ends[:-1].copy()
        for start, end in row_chunks(terms):
            turned = _by_row(terms, counts, start, end, size).T.tocsr()
            numbers = np.repeat(np.arange(size), np.diff(turned.indptr))
            once = turned.data == 1
            self._singles[_places(numbers[once], next_single)] = turned.indices[once] + start
            places = _places(numbers[~once], next_repeat)
            self._repeats[places] = turned.indices[~once] + start
            self._weights[places] = sublinear[turned.data[~once]]

    def products(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return, for every row, the sum over some terms of their weight there times the weight given."""
        from scipy.sparse import csr_matrix

        known = terms < self.size
        terms, weights = terms[known], weights[known]
        products = np.zeros(self.rows, dtype=np.float32)
        for ends, rows, factors in (
            (self._single_ends, self._singles, None),
            (self._repeat_ends, self._repeats, self._weights),
        ):
            spans = [
                slice(begin, end) for begin, end in zip(ends[terms].tolist(), ends[terms + 1].tolist(), strict=True)
            ]
            if not spans:
                continue
            met = np.concatenate([rows[span] for span in spans])
            data = np.ones(len(met), np.float32) if factors is None else np.concatenate([factors[s] for s in spans])
            offsets = np.concatenate([[0], np.cumsum(ends[terms + 1] - ends[terms])])
            products += csr_matrix((data, met, offsets), shape=(len(terms), self.rows)).T @ weights
        return products


def _by_row(terms: Ragged, counts: Ragged, start: int, end: int, size: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    offsets = terms.offsets[start : end + 1]
    begin, stop = int(offsets[0]), int(offsets[-1])
    return csr_matrix((counts.values[begin:stop], terms.values[begin:stop], offsets - begin), shape=(end - start, size))


def _places(numbers: NDArray[np.int64], following: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where sorted numbers go, each after those of its kind that went before; `following` moves on."""
    lengths = np.bincount(numbers, minlength=len(following))
    starts = np.cumsum(lengths) - lengths
    places: NDArray[np.int64] = following[numbers] + np.arange(len(numbers)) - starts[numbers]
    following += lengths
    return places


def weighted_rows(terms: Ragged, counts: Ragged, start: int, size: int, sublinear: NDArray[np.float32]) -> csr_matrix:
    """Return the rows from `start` on, by terms, weighted."""
    rows = _by_row(terms, counts, start, len(terms), size)
    rows.data = sublinear[rows.data]
    return rows
