"""Words as numbers, fast: every form that articles write is looked up once, then found by one dictionary access."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.arrays.store import FIRST_ROOM
from newsnlp.related.arrays.terms import term_of, word_print

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsnlp.related.arrays.store import Vocabulary

# The table is only a memory of what was looked up: beyond so many forms it begins anew.
MOST_FORMS = 300_000
STOP = -1
# A sort key holds term, capital and place in one number.
PLACE_BITS = 24
MOST_WORDS = 1 << PLACE_BITS


class FormTable:
    """The forms of a vocabulary's words, each with the number of its term, its variant and its fingerprint."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known: dict[str, int] = {}
        self._vocabulary = vocabulary
        self._start()

    def _start(self) -> None:
        self._known.clear()
        # Term and capital in one number, -1 for a word that counts for nothing.
        self._keys = np.empty(FIRST_ROOM, dtype=np.int64)
        self._variants = np.empty(FIRST_ROOM, dtype=np.uint8)
        self._prints = np.empty(FIRST_ROOM, dtype=np.uint32)

    def _learn(self, form: str) -> int:
        """Look a form up for the first time; the vocabulary learns its term."""
        place = len(self._known)
        if place == len(self._keys):
            self._keys = np.resize(self._keys, 2 * place)
            self._variants = np.resize(self._variants, 2 * place)
            self._prints = np.resize(self._prints, 2 * place)
        term = term_of(form)
        if term:
            number = self._vocabulary.add(term, form)
            self._keys[place] = number << 1 | (not form.islower())
            self._variants[place] = self._vocabulary.variant(number, form)
        else:
            self._keys[place] = STOP
        self._prints[place] = word_print(form)
        self._known[form] = place
        return place

    def places(self, words: list[str]) -> NDArray[np.int64]:
        """Return where each word stands in the table."""
        known = self._known
        if len(known) > MOST_FORMS:
            self._start()
        found = list(map(known.get, words))
        if None in found:
            found = [known[word] if word in known else self._learn(word) for word in words]
        return np.array(found, dtype=np.int64)

    def prints(self, places: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Return the fingerprints of words."""
        found: NDArray[np.uint32] = self._prints[places]
        return found

    def counted(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Return the terms of a text in order, how often each stands there, and in which form.

        The form is the first in lower case, since a capital may be only the sentence's; else the first.
        """
        places = places[:MOST_WORDS]
        found = self._keys[places]
        kept = (found != STOP).nonzero()[0]
        keys = (found[kept] << PLACE_BITS) | kept
        keys.sort()
        terms = keys >> (PLACE_BITS + 1)
        # One place more than there are terms: where each begins, and where the last ends.
        edges = np.ones(len(terms) + 1, dtype=bool)
        np.not_equal(terms[1:], terms[:-1], out=edges[1:-1])
        bounds = edges.nonzero()[0] if len(terms) else np.zeros(1, dtype=np.int64)
        starts = bounds[:-1]
        forms: NDArray[np.uint8] = self._variants[places[keys[starts] & (MOST_WORDS - 1)]]
        return terms[starts], bounds[1:] - starts, forms
