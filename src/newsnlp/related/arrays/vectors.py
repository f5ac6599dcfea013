"""Sublinear TF-IDF over a growing collection: one sparse product a query, exact, whatever was added or removed.

The weights are those of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``, that is
(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1), vectors of length one. What is stored is tf, in one byte; IDF and lengths
are applied when asked, and refreshed when the collection has grown by a tenth (frozen on the older half of a real
corpus, IDF cost under .01 of nDCG).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.arrays.postings import CHUNK_ROWS, Postings, row_chunks, weighted_rows
from newsnlp.related.arrays.store import Ragged, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# IDF and lengths are computed anew when this share of the articles came after the last time.
REFRESH_SHARE = 0.1
# Articles added since the postings were last built are searched on their own, up to this share or number.
TAIL_SHARE = 0.05
TAIL_LEAST = 500
# Counts are held in one byte; a word that stands more often than 255 times counts as often.
MOST = 255
# 1 + ln tf, by tf.
SUBLINEAR = np.concatenate([[0.0], 1.0 + np.log(np.arange(1.0, MOST + 1))]).astype(np.float32)


class VectorSpace:
    """Rows of (term, count, form), searchable by cosine."""

    def __init__(
        self,
        vocabulary: Vocabulary | None = None,
        terms: Ragged | None = None,
        counts: Ragged | None = None,
        forms: Ragged | None = None,
    ) -> None:
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self.terms = Ragged("int32") if terms is None else terms
        self.counts = Ragged("uint8") if counts is None else counts
        self.forms = Ragged("uint8") if forms is None else forms
        self._postings: Postings | None = None
        self._tail: tuple[int, csr_matrix] | None = None
        self._idf: NDArray[np.float32] | None = None
        self._lengths: NDArray[np.float32] | None = None
        self._mean_length = 0.0
        self._fitted = 0

    def __len__(self) -> int:
        return len(self.terms)

    def append(self, counts: Mapping[str, int], shown: Mapping[str, str]) -> None:
        """Append one row of counts, with the form in which the article writes each term."""
        vocabulary = self.vocabulary
        numbers = [vocabulary.add(term, shown.get(term)) for term in counts]
        forms = [
            vocabulary.variant(number, shown[term]) if term in shown else 0
            for number, term in zip(numbers, counts, strict=True)
        ]
        order = np.argsort(np.array(numbers, dtype=np.int64), kind="stable")
        self.append_numbers(
            np.array(numbers, dtype=np.int64)[order],
            np.fromiter(counts.values(), np.int64, len(counts))[order],
            np.array(forms, dtype=np.uint8)[order],
        )

    def append_numbers(self, numbers: NDArray[np.int64], counts: NDArray[np.int64], forms: NDArray[np.uint8]) -> None:
        """Append one row of terms, already numbered and in order."""
        self.terms.append(numbers)
        self.counts.append(np.minimum(counts, MOST))
        self.forms.append(forms)

    def query(self, counts: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the known terms of a query and their weights, the vector being of length one.

        Terms the collection has never seen count for the length, as they would in a stored row.
        """
        if not counts:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        idf = self.idf()
        unseen = np.log(1.0 + len(self)) + 1.0
        numbers = np.array([-1 if (n := self.vocabulary.number(term)) is None else n for term in counts])
        known = numbers >= 0
        scale = np.full(len(numbers), unseen, dtype=np.float32)
        scale[known] = idf[numbers[known]]
        values = SUBLINEAR[np.minimum(np.fromiter(counts.values(), np.int64, len(counts)), MOST)] * scale
        values /= np.linalg.norm(values)
        order = np.argsort(numbers[known], kind="stable")
        return numbers[known][order].astype(np.int32), values[known][order].astype(np.float32)

    def row(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the terms of a stored row and their weights, the vector being of length one."""
        terms = self.terms.row(number).astype(np.int32)
        values = SUBLINEAR[self.counts.row(number)] * self.idf()[terms]
        length = np.linalg.norm(values)
        return terms, (values / length if length else values).astype(np.float32)

    def row_forms(self, number: int) -> list[str]:
        """Return the terms of a stored row as its article writes them, in the order of `row`."""
        form = self.vocabulary.form
        return list(map(form, self.terms.row(number).tolist(), self.forms.row(number).tolist()))

    def cosines(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a query (as `query` or `row` gives it) with every row."""
        idf = self.idf()
        scores = np.zeros(len(self), dtype=np.float32)
        if not len(terms) or not len(self):
            return scores
        scaled = weights * idf[terms]
        postings = self._posting_lists()
        scores[: postings.rows] = postings.products(terms, scaled)
        if postings.rows < len(self):
            vector = np.zeros(len(self.vocabulary), dtype=np.float32)
            vector[terms] = scaled
            scores[postings.rows :] = self._tail_rows(postings.rows) @ vector
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
            if lengths is None:
                # As of the last refresh, like IDF: it is a scale, and need not follow every article.
                self._mean_length = float(fresh[fresh > 0].mean(dtype=np.float64)) if fresh.any() else 1.0
            lengths = self._lengths = fresh if lengths is None else np.concatenate([lengths, fresh])
        return lengths

    def mean_length(self) -> float:
        """Return the mean length of the rows that are not empty, as of the last refresh."""
        self.lengths()
        return self._mean_length

    def keep(self, kept: NDArray[np.intp]) -> VectorSpace:
        """Return the space of some rows alone, without the words that no other row has."""
        terms = self.terms.keep(kept)
        used = np.flatnonzero(_frequencies(terms, len(self.vocabulary)))
        numbers = np.zeros(len(self.vocabulary), dtype=np.int32)
        numbers[used] = np.arange(len(used), dtype=np.int32)
        # The order of the terms that are left stays, so rows stay sorted.
        values = terms.values
        for start, end in row_chunks(terms):
            span = slice(terms.offsets[start], terms.offsets[end])
            values[span] = numbers[values[span]]
        return VectorSpace(self.vocabulary.keep(used.tolist()), terms, self.counts.keep(kept), self.forms.keep(kept))

    def forget(self) -> None:
        """Forget what was computed: the next query refreshes everything."""
        self._postings = self._tail = None
        self._idf, self._lengths, self._fitted = None, None, 0

    def _refresh(self) -> None:
        if self._idf is not None and len(self) - self._fitted <= REFRESH_SHARE * self._fitted:
            return
        frequency = _frequencies(self.terms, len(self.vocabulary))
        self._idf = (np.log((1.0 + len(self)) / (1.0 + frequency)) + 1.0).astype(np.float32)
        self._lengths = None
        self._fitted = len(self)

    def _row_lengths(self, first: int, idf: NDArray[np.float32]) -> NDArray[np.float32]:
        offsets, terms, counts = self.terms.offsets, self.terms.values, self.counts.values
        lengths = np.empty(len(self) - first, dtype=np.float32)
        for start in range(first, len(self), CHUNK_ROWS):
            end = min(start + CHUNK_ROWS, len(self))
            begin, stop = offsets[start], offsets[end]
            squares = (SUBLINEAR[counts[begin:stop]] * idf[terms[begin:stop]]) ** 2
            sums = np.concatenate([[0.0], np.cumsum(squares, dtype=np.float64)])
            ends = offsets[start : end + 1] - begin
            lengths[start - first : end - first] = np.sqrt(sums[ends[1:]] - sums[ends[:-1]])
        return lengths

    def _posting_lists(self) -> Postings:
        """Return terms by rows, built anew when too many rows came since."""
        if self._postings is None or len(self) - self._postings.rows > max(TAIL_LEAST, TAIL_SHARE * len(self)):
            # The old ones go first: both together would not fit where one does.
            self._postings = self._tail = None
            self._postings = Postings(self.terms, self.counts, len(self.vocabulary), SUBLINEAR)
        return self._postings

    def _tail_rows(self, start: int) -> csr_matrix:
        """Return the rows that the postings do not hold yet, weighted."""
        if self._tail is None or self._tail[0] != len(self) or self._tail[1].shape[1] != len(self.vocabulary):
            self._tail = (len(self), weighted_rows(self.terms, self.counts, start, len(self.vocabulary), SUBLINEAR))
        return self._tail[1]


def _frequencies(terms: Ragged, size: int) -> NDArray[np.int64]:
    """Return how many rows have each term."""
    frequencies = np.zeros(size, dtype=np.int64)
    offsets, values = terms.offsets, terms.values
    for start, end in row_chunks(terms):
        frequencies += np.bincount(values[offsets[start] : offsets[end]], minlength=size)
    return frequencies
