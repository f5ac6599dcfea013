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


def row_chunks(rows: Ragged, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield (first row, row after the last) of each chunk."""
    for start in range(first, len(rows), CHUNK_ROWS):
        yield start, min(start + CHUNK_ROWS, len(rows))


class Postings:
    """The rows of a vector space from `first` to `last` turned round: for each term, the rows that have it."""

    def __init__(
        self, terms: Ragged, counts: Ragged, size: int, sublinear: NDArray[np.float32], first: int = 0
    ) -> None:
        self.first, self.last = first, len(terms)
        self.size = size
        singles, repeats = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for start, end in row_chunks(terms, first):
            numbers = terms.values[terms.offsets[start] : terms.offsets[end]]
            once = counts.values[terms.offsets[start] : terms.offsets[end]] == 1
            singles += np.bincount(numbers[once], minlength=size)
            repeats += np.bincount(numbers[~once], minlength=size)
        # A term's rows that have it once are `_singles[ends[t]:ends[t + 1]]`; so for those that have it often.
        self._single_ends = np.concatenate([[0], np.cumsum(singles)])
        self._repeat_ends = np.concatenate([[0], np.cumsum(repeats)])
        self._singles = np.empty(self._single_ends[-1], dtype=np.int32)
        self._repeats = np.empty(self._repeat_ends[-1], dtype=np.int32)
        self._weights = np.empty(self._repeat_ends[-1], dtype=np.float32)
        next_single, next_repeat = self._single_ends[:-1].copy(), self._repeat_ends[:-1].copy()
        for start, end in row_chunks(terms, first):
            turned = _by_row(terms, counts, start, end, size).T.tocsr()
            numbers = np.repeat(np.arange(size), np.diff(turned.indptr))
            once = turned.data == 1
            self._singles[_places(numbers[once], next_single)] = turned.indices[once] + (start - first)
            places = _places(numbers[~once], next_repeat)
            self._repeats[places] = turned.indices[~once] + (start - first)
            self._weights[places] = sublinear[turned.data[~once]]

    def __len__(self) -> int:
        return self.last - self.first

    def frequencies(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return how many rows have each of some terms."""
        known = np.minimum(terms, self.size - 1)
        single, repeat = self._single_ends, self._repeat_ends
        counts = (single[known + 1] - single[known]) + (repeat[known + 1] - repeat[known])
        found: NDArray[np.int64] = np.where(terms < self.size, counts, 0)
        return found

    def products(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return, for every row, the sum over some terms of their weight there times the weight given."""
        from scipy.sparse import csc_matrix

        known = terms < self.size
        terms, weights = terms[known], weights[known]
        begins, stops = self._single_ends[terms], self._single_ends[terms + 1]
        rows = [self._singles[begin:stop] for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]
        often_begins, often_stops = self._repeat_ends[terms], self._repeat_ends[terms + 1]
        often = [*zip(often_begins.tolist(), often_stops.tolist(), strict=True)]
        rows += [self._repeats[begin:stop] for begin, stop in often]
        met = np.concatenate(rows) if rows else self._singles[:0]
        if not len(met):
            return np.zeros(len(self), dtype=np.float32)
        data = np.repeat(
            np.concatenate([weights, weights]), np.concatenate([stops - begins, often_stops - often_begins])
        )
        # In front those of one occurrence, which count 1.
        data[int((stops - begins).sum()) :] *= np.concatenate([self._weights[begin:stop] for begin, stop in often])
        # A matrix of one column, whose rows stand as often as they are met, times 1: compiled code adds them up.
        matrix = csc_matrix((data, met, np.array([0, len(met)])), shape=(len(self), 1))
        products: NDArray[np.float32] = matrix @ np.ones(1, dtype=np.float32)
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
