"""Sublinear TF-IDF over a growing collection: one sparse product a query, whatever was added or removed.

The weights are those of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``, that is
(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1), vectors of length one. What is stored is tf, in one byte; IDF and lengths
are applied when asked, and refreshed when the collection has grown by a tenth (frozen on the older half of a real
corpus, IDF cost under .01 of nDCG).

Readers have a `view`, which no writer changes: rows, words, IDF, lengths and postings are only ever appended to, or
replaced by others.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.arrays.postings import CHUNK_ROWS, Postings, row_chunks
from newsnlp.related.arrays.store import Column, Ragged, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

# IDF and lengths are computed anew when this share of the articles came after the last time.
REFRESH_SHARE = 0.1
# Articles added since the last postings were built are searched without any, up to this number.
TAIL_LEAST = 512
# Postings are merged with those before them that have less than so many times their rows: there are few of them, and
# no row is turned round often.
MERGED = 4
# Counts are held in one byte; a word that stands more often than 255 times counts as often.
MOST = 255
# 1 + ln tf, by tf.
SUBLINEAR = np.concatenate([[0.0], 1.0 + np.log(np.arange(1.0, MOST + 1))]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is computed from rows: the IDF of their words, their lengths and the mean of these, their postings."""

    rows: int
    idf: NDArray[np.float32]
    lengths: NDArray[np.float32]
    mean_length: float
    postings: tuple[Postings, ...]


class VectorSpace:
    """Rows of (term, count, form), searchable by cosine."""

    def __init__(
        self,
        vocabulary: Vocabulary | None = None,
        terms: Ragged | None = None,
        counts: NDArray[np.uint8] | None = None,
        forms: NDArray[np.uint8] | None = None,
    ) -> None:
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self.terms = Ragged("int32") if terms is None else terms
        self.counts = Ragged("uint8", counts, beside=self.terms)
        self.forms = Ragged("uint8", forms, beside=self.terms)
        self._fitted: Fitted | None = None
        self._idf = Column("float32")
        self._lengths = Column("float32")
        self._inverse: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.terms)

    def append(self, counts: Mapping[str, int], shown: Mapping[str, str]) -> None:
        """Append one row of counts, with the form in which the article writes each term."""
        if not counts:
            self.append_numbers(_NOTHING, _NOTHING, _NOTHING)
            return
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

    def append_numbers(
        self, numbers: NDArray[np.integer], counts: NDArray[np.integer], forms: NDArray[np.integer]
    ) -> None:
        """Append one row of terms, already numbered and in order."""
        if len(numbers):
            self.counts.append(np.minimum(counts, MOST))
            self.forms.append(forms)
        self.terms.append(numbers)

    def view(self) -> VectorSpace:
        """Return the space as it is now, for readers."""
        self._settle()
        seen = VectorSpace()
        seen.vocabulary = self.vocabulary
        seen.terms = self.terms.view()
        seen.counts = self.counts.view(beside=seen.terms)
        seen.forms = self.forms.view(beside=seen.terms)
        seen._fitted = self._fitted
        seen._idf = self._idf.view()
        seen._lengths = self._lengths.view()
        seen._inverse = None
        return seen

    @property
    def is_fitted(self) -> bool:
        """Whether it can be searched."""
        return self._fitted is not None

    @property
    def is_stale(self) -> bool:
        """Whether so many rows came since it was fitted that it should be fitted anew."""
        fitted = self._fitted
        return fitted is None or self._idf_is_stale(fitted) or len(self) - _last(fitted.postings) > TAIL_LEAST

    def fitted(self) -> Fitted:
        """Return what is computed from the rows; postings that hold are kept."""
        fitted = self._fitted
        postings = () if fitted is None else fitted.postings
        if len(self) - _last(postings) > (0 if fitted is None else TAIL_LEAST):
            first, rows = _last(postings), len(self)
            while postings and len(postings[-1]) < MERGED * (rows - first):
                first = postings[-1].first
                postings = postings[:-1]
            fresh = Postings(self.terms, self.counts, len(self.vocabulary), SUBLINEAR, first)
            postings = (*postings, fresh)
        if fitted is not None and not self._idf_is_stale(fitted):
            return Fitted(fitted.rows, fitted.idf, fitted.lengths, fitted.mean_length, postings)
        frequency = _frequencies(self.terms, len(self.vocabulary))
        idf = (np.log((1.0 + len(self)) / (1.0 + frequency)) + 1.0).astype(np.float32)
        lengths = self._row_lengths(0, idf)
        mean = float(lengths[lengths > 0].mean(dtype=np.float64)) if lengths.any() else 1.0
        return Fitted(len(self), idf, lengths, mean, postings)

    def install(self, fitted: Fitted) -> None:
        """Search by what `fitted` computed, on a view of this space."""
        if self._fitted is None or self._fitted.idf is not fitted.idf:
            self._idf = Column("float32", fitted.idf)
            self._lengths = Column("float32", fitted.lengths)
            self._inverse = None
        self._fitted = fitted
        self._settle()

    def query(self, counts: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the known terms of a query and their weights, the vector being of length one.

        Terms the collection has never seen count for the length, as they would in a stored row.
        """
        if not counts:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        idf = self.idf()
        unseen = np.log(1.0 + len(self)) + 1.0
        numbers = np.array([-1 if (n := self.vocabulary.number(term)) is None else n for term in counts])
        # Words that a writer added since are none of this view's.
        known = (numbers >= 0) & (numbers < len(idf))
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
        length = np.sqrt(values @ values)
        return terms, values / length if length else values

    def row_form(self, number: int) -> Callable[[int], str]:
        """Return a function from the place of a term in a stored row to the term as its article writes it."""
        terms, forms = self.terms.row(number), self.forms.row(number)
        return lambda place: self.vocabulary.form(int(terms[place]), int(forms[place]))

    def cosines(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a query (as `query` or `row` gives it) with every row."""
        return self.estimates(terms, weights, None)[0]

    def estimates(
        self, terms: NDArray[np.int32], weights: NDArray[np.float32], budget: int | None
    ) -> tuple[NDArray[np.float32], bool]:
        """Return the cosine of a query with every row, and whether it is whole.

        Of words with more than `budget` rows together, those that weigh most are looked up, and the cosine is no more
        than a lower bound for the rows of the postings: `row_cosines` completes it for some.
        """
        if not len(terms) or not len(self):
            return np.zeros(len(self), dtype=np.float32), True
        scaled = weights * self.idf()[terms]
        postings = () if self._fitted is None else self._fitted.postings
        whole = True
        looked_up, by_weight = terms, scaled
        if budget is not None:
            frequencies = sum(
                (part.frequencies(terms) for part in postings), start=np.zeros(len(terms), dtype=np.int64)
            )
            if frequencies.sum() > budget:
                order = np.lexsort((terms, -scaled))
                kept = order[: max(1, int(np.searchsorted(np.cumsum(frequencies[order]), budget, side="right")))]
                kept.sort()
                looked_up, by_weight, whole = terms[kept], scaled[kept], False
        parts = [part.products(looked_up, by_weight) for part in postings]
        tail = _last(postings)
        if tail < len(self):
            parts.append(self._products(np.arange(tail, len(self)), terms, scaled))
        scores = parts[0] if len(parts) == 1 else np.concatenate(parts)
        scores *= self._inverse_lengths()
        return scores, whole

    def row_cosines(
        self, rows: NDArray[np.intp], terms: NDArray[np.int32], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the cosine of a query with some rows."""
        if not len(terms) or not len(rows):
            return np.zeros(len(rows), dtype=np.float32)
        scores = self._products(rows, terms, weights * self.idf()[terms])
        scores *= self._inverse_lengths()[rows]
        return scores

    def _products(
        self, rows: NDArray[np.intp], terms: NDArray[np.int32], scaled: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        from scipy.sparse import csr_matrix

        vector = self._scratch()
        places, begins = self.terms.gather(rows)
        numbers, counts = self.terms.values[places], self.counts.values[places]
        matrix = csr_matrix((SUBLINEAR.take(counts), numbers, begins), shape=(len(rows), len(vector)))
        vector[terms] = scaled
        products: NDArray[np.float32] = matrix @ vector
        vector[terms] = 0.0
        return products

    def _scratch(self) -> NDArray[np.float32]:
        """Return a vector of zeros, one number a word, of this thread's own; who writes there writes zeros again."""
        vector: NDArray[np.float32] | None = getattr(_SCRATCH, "vector", None)
        size = len(self._idf)
        if vector is None or len(vector) < size:
            vector = _SCRATCH.vector = np.zeros(size + size // 4, dtype=np.float32)
        return vector[:size]

    def idf(self) -> NDArray[np.float32]:
        """Return the inverse document frequency of every term; those new since it was fitted count as rare."""
        found: NDArray[np.float32] = self._idf.values
        return found

    def lengths(self) -> NDArray[np.float32]:
        """Return the length of every row under the present IDF."""
        found: NDArray[np.float32] = self._lengths.values
        return found

    def _inverse_lengths(self) -> NDArray[np.float32]:
        """Return one over the length of every row, 0 for an empty one; of a view, worked out once."""
        found = self._inverse
        if found is None or len(found) != len(self):
            lengths = self.lengths()
            found = self._inverse = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return found

    def mean_length(self) -> float:
        """Return the mean length of the rows that are not empty when it was fitted: a scale, that need not follow."""
        return 1.0 if self._fitted is None else self._fitted.mean_length

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
        counts, forms = self.counts.keep(kept).values, self.forms.keep(kept).values
        return VectorSpace(self.vocabulary.keep(used.tolist()), terms, counts, forms)

    def forget_idf(self) -> None:
        """Have IDF and lengths computed anew, though few rows came since."""
        if self._fitted is not None:
            self._fitted = replace(self._fitted, rows=0)

    def _idf_is_stale(self, fitted: Fitted) -> bool:
        return len(self) - fitted.rows > REFRESH_SHARE * fitted.rows

    def _settle(self) -> None:
        """Give words and rows that came since it was fitted their IDF and their length."""
        if self._fitted is None:
            return
        missing = len(self.vocabulary) - len(self._idf)
        if missing:
            rare = np.log((1.0 + len(self)) / 2.0) + 1.0
            self._idf.extend(np.full(missing, rare, dtype=np.float32))
        if len(self._lengths) < len(self):
            self._lengths.extend(self._row_lengths(len(self._lengths), self.idf()))

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


# Making a vector of all words for each query would take longer than the query's words.
_SCRATCH = threading.local()
_NOTHING = np.empty(0, dtype=np.int64)


def _last(postings: tuple[Postings, ...]) -> int:
    return postings[-1].last if postings else 0


def _frequencies(terms: Ragged, size: int) -> NDArray[np.int64]:
    """Return how many rows have each term."""
    frequencies = np.zeros(size, dtype=np.int64)
    offsets, values = terms.offsets, terms.values
    for start, end in row_chunks(terms):
        frequencies += np.bincount(values[offsets[start] : offsets[end]], minlength=size)
    return frequencies
