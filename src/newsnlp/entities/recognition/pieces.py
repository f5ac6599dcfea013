"""Words cut into the pieces that the encoder reads: the unigram cut of SentencePiece, over French ones."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The first rows of the table: what opens a line, what fills it, what closes it, what no piece spells.
OPENS, FILLS, CLOSES, UNKNOWN = range(4)
SPACE = "\u2581"  # SentencePiece's sign for the space before a word
# What is read of a word: addresses and rows of signs go on and on, and their first letters tell enough.
MOST_LETTERS = 40
MOST_PIECES = 8
# What a letter that no piece has costs, beside the worst of the pieces: SentencePiece's own penalty.
_PENALTY = 10.0
# Words remembered: a text repeats its words, and the cut of one takes 50 microseconds.
_REMEMBERED = 20_000


class Pieces:
    """The list of pieces, and the best cut of a word into them.

    Parameters
    ----------
    spellings : iterable of str
        The pieces, in the order of the rows of the table, the four that stand for no letters first.
    scores : sequence of float
        The logarithm of how often each is used.
    """

    def __init__(self, spellings: Iterable[str], scores: Sequence[float]) -> None:
        listed = list(spellings)
        self._rows = {piece: row for row, piece in enumerate(listed) if row > UNKNOWN}
        self._scores = [float(score) for score in scores]
        self._longest = max((len(piece) for piece in self._rows), default=1)
        self._worst = min(self._scores, default=0.0) - _PENALTY
        self._known: dict[tuple[str, bool], tuple[int, ...]] = {}

    def __len__(self) -> int:
        """Return how many pieces there are, those that stand for no letters among them."""
        return len(self._scores)

    def __call__(self, word: str, *, spaced: bool) -> tuple[int, ...]:
        """Return the rows of the pieces of a word, one at least and `MOST_PIECES` at most.

        Parameters
        ----------
        word : str
            One token.
        spaced : bool
            Whether a space, or the line's beginning, stands before it.
        """
        key = word[:MOST_LETTERS], spaced
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            letters = unicodedata.normalize("NFKC", key[0])[:MOST_LETTERS]
            found = self._cut(SPACE + letters if spaced else letters)[:MOST_PIECES] or (UNKNOWN,)
            self._known[key] = found
        return found

    def _cut(self, letters: str) -> tuple[int, ...]:
        """Return the cut of the greatest sum of scores (Viterbi's way): linear in the letters."""
        best = [0.0] + [float("-inf")] * len(letters)
        came = [(0, UNKNOWN)] * (len(letters) + 1)
        for start in range(len(letters)):
            here = best[start]
            if here + self._worst > best[start + 1]:
                best[start + 1] = here + self._worst
                came[start + 1] = start, UNKNOWN
            for end in range(start + 1, min(start + self._longest, len(letters)) + 1):
                row = self._rows.get(letters[start:end])
                if row is not None and here + self._scores[row] > best[end]:
                    best[end] = here + self._scores[row]
                    came[end] = start, row
        rows: list[int] = []
        at = len(letters)
        while at:
            at, row = came[at]
            # Several letters in a row that no piece has are one unknown, as in SentencePiece.
            if row != UNKNOWN or not rows or rows[-1] != UNKNOWN:
                rows.append(row)
        return tuple(reversed(rows))
