"""Sublinear TF-IDF over a growing collection: one sparse product a query, exact, whatever was added or removed.

The weights are those of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``, that is
(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1), vectors of length one. What is stored is 1 + ln tf; IDF and lengths are
applied when asked, and refreshed when the collection has grown by a tenth (frozen on the older half of a real corpus,
IDF cost under .01 of nDCG).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from newsnlp.related.store import Ragged, Vocabulary

# IDF and lengths are computed anew when this share of the articles came after the last time.
REFRESH_SHARE = 0.1
# Articles added since the postings were last built are searched on their own, up to this share or number.
TAIL_SHARE = 0.05
TAIL_LEAST = 500


class VectorSpace:
    """Rows of (term, 1 + ln count), searchable by cosine."""

    def __init__(self, vocabulary: Vocabulary, terms: Ragged, weights: Ragged) -> None:
        self.vocabulary = vocabulary
        self.terms = terms
        self.weights = weights
        self._postings: csr_matrix | None = None
        self._posted = 0
        self._tail: tuple[int, csr_matrix] | None = None
        self._idf: NDArray[np.float32] | None = None
        self._lengths: NDArray[np.float32] | None = None
        self._fitted = 0

    def __len__(self) -> int:
        return len(self.terms)

    def append(self, counts: Mapping[str, int], shown: Mapping[str, str] | None = None) -> None:
        """Append one row of counts."""
        surfaces = shown or {}
        numbers = [self.vocabulary.add(term, surfaces.get(term)) for term in counts]
        order = np.argsort(numbers, kind="stable")
        values = 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        self.terms.append(np.asarray(numbers, dtype=np.int32)[order])
        self.weights.append(values.astype(np.float32)[order])

    def query(self, counts: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the known terms of a query and their weights, the vector being of length one.

        Terms the collection has never seen count for the length, as they would in a stored row.
        """
        if not counts:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        idf = self.idf()
        unseen = np.log(1.0 + len(self)) + 1.0
        numbers = [self.vocabulary.number(term) for term in counts]
        scale = np.array([unseen if n is None or n >= len(idf) else idf[n] for n in numbers], dtype=np.float32)
        values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * scale
        values /= np.linalg.norm(values)
        known = np.array([n is not None for n in numbers])
        found = np.array([n for n in numbers if n is not None], dtype=np.int32)
        return found, values[known].astype(np.float32)

    def row(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the terms of a stored row and their weights, the vector being of length one."""
        terms = self.terms.row(number).astype(np.int32)
        values = self.weights.row(number) * self.idf()[terms]
        length = np.linalg.norm(values)
        return terms, (values / length if length else values).astype(np.float32)

    def cosines(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a query (as `query` or `row` gives it) with every row."""
        idf = self.idf()
        scores = np.zeros(len(self), dtype=np.float32)
        if not len(terms) or not len(self):
            return scores
        scaled = weights * idf[terms]
        postings = self._posting_lists()
        inside = terms < postings.shape[0]
        if self._posted:
            scores[: self._posted] = postings[terms[inside]].T @ scaled[inside]
        if self._posted < len(self):
            vector = np.zeros(len(self.vocabulary), dtype=np.float32)
            vector[terms] = scaled
            scores[self._posted :] = self._tail_rows() @ vector
        lengths = self.lengths()
        np.divide(scores, lengths, out=scores, where=lengths > 0)
        return scores

    def idf(self) -> NDArray[np.float32]:
        """Return the inverse document frequency of every term; those new since the last refresh count as rare."""
        self._refresh()
        idf = self._idf
        if idf is None:
            return np.ones(len(self.vocabulary), dtype=np.float32)
        missing = len(self.vocabulary) - len(idf)
        if missing:
            rare = np.full(missing, np.log((1.0 + len(self)) / 2.0) + 1.0, dtype=np.float32)
            idf = self._idf = np.concatenate([idf, rare])
        return idf

    def lengths(self) -> NDArray[np.float32]:
        """Return the length of every row under the present IDF."""
        idf = self.idf()
        lengths = self._lengths
        known = 0 if lengths is None else len(lengths)
        if lengths is None or known < len(self):
            fresh = self._row_lengths(known, idf)
            lengths = self._lengths = fresh if lengths is None else np.concatenate([lengths, fresh])
        return lengths

    def keep(self, kept: NDArray[np.intp]) -> VectorSpace:
        """Return the space of some rows alone."""
        return VectorSpace(self.vocabulary, self.terms.keep(kept), self.weights.keep(kept))

    def _refresh(self) -> None:
        if self._idf is not None and len(self) - self._fitted <= REFRESH_SHARE * self._fitted:
            return
        frequency = np.bincount(self.terms.values.astype(np.int64), minlength=len(self.vocabulary))
        self._idf = (np.log((1.0 + len(self)) / (1.0 + frequency)) + 1.0).astype(np.float32)
        self._lengths = None
        self._fitted = len(self)

    def _row_lengths(self, start: int, idf: NDArray[np.float32]) -> NDArray[np.float32]:
        offsets = self.terms.offsets.astype(np.int64)
        begin = int(offsets[start])
        squares = (self.weights.values[begin:] * idf[self.terms.values[begin:]]) ** 2
        sums = np.concatenate([[0.0], np.cumsum(squares, dtype=np.float64)])
        lengths: NDArray[np.float32] = np.sqrt(
            sums[offsets[start + 1 :] - begin] - sums[offsets[start:-1] - begin]
        ).astype(np.float32)
        return lengths

    def _posting_lists(self) -> csr_matrix:
        """Return terms by rows, built anew when too many rows came since."""
        behind = len(self) - self._posted
        if self._postings is None or behind > max(TAIL_LEAST, TAIL_SHARE * len(self)):
            self._postings = self._rows(0).T.tocsr()
            self._posted = len(self)
            self._tail = None
        return self._postings

    def _tail_rows(self) -> csr_matrix:
        """Return the rows that the postings do not hold yet."""
        if self._tail is None or self._tail[0] != len(self) or self._tail[1].shape[1] != len(self.vocabulary):
            self._tail = (len(self), self._rows(self._posted))
        return self._tail[1]

    def _rows(self, start: int) -> csr_matrix:
        from scipy.sparse import csr_matrix

        offsets = self.terms.offsets.astype(np.int64)
        begin = int(offsets[start])
        return csr_matrix(
            (self.weights.values[begin:], self.terms.values[begin:], offsets[start:] - begin),
            shape=(len(self) - start, len(self.vocabulary)),
        )
