"""The names of a text, found by where they stand instead of by going through all of them for each sentence."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.records import Mention


class Names:
    """Mentions in text order."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin between two offsets."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of those that begin between two offsets."""
        return [(mention.start, mention.end) for mention in self.within(start, end)]
