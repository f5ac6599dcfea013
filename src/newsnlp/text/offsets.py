"""A map between the offsets of two versions of a text, kept as three arrays of integers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class OffsetMap:
    """Which characters of the cleaned text stand for which of the raw one.

    The cleaned text is a row of segments. Segment ``i`` begins at ``clean_starts[i]`` and stands for
    ``raw[raw_starts[i]:raw_ends[i]]``; where both sides are equally long, character stands for character, else the
    segment is one piece (``ﬁ`` → ``fi``, ``e`` + accent → ``é``). What lies between two segments of the raw text
    was left out. Looking up takes logarithmic time.

    Examples
    --------
    >>> offsets = OffsetMap()
    >>> offsets.add(0, 3, 3)
    >>> offsets.add(10, 12, 1)
    >>> len(offsets), offsets.to_raw(1, 4), offsets.to_clean(2, 11)
    (4, (1, 12), (2, 4))
    """

    __slots__ = ("_length", "clean_starts", "raw_ends", "raw_starts")

    def __init__(self) -> None:
        self.clean_starts = array("q")
        self.raw_starts = array("q")
        self.raw_ends = array("q")
        self._length = 0

    def __len__(self) -> int:
        """Return the length of the cleaned text."""
        return self._length

    def add(self, raw_start: int, raw_end: int, length: int) -> None:
        """Let the next `length` cleaned characters stand for ``raw[raw_start:raw_end]``."""
        if not length:
            return
        if self.raw_ends and raw_start == self.raw_ends[-1] and raw_end - raw_start == length:
            # Character for character, right after a segment of the same sort: one segment.
            before = self._length - self.clean_starts[-1]
            if self.raw_ends[-1] - self.raw_starts[-1] == before:
                self.raw_ends[-1] = raw_end
                self._length += length
                return
        self.clean_starts.append(self._length)
        self.raw_starts.append(raw_start)
        self.raw_ends.append(raw_end)
        self._length += length

    def _segment_length(self, index: int) -> int:
        end = self.clean_starts[index + 1] if index + 1 < len(self.clean_starts) else self._length
        return end - self.clean_starts[index]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span that the cleaned span ``[start, end)`` stands for.

        Raises
        ------
        IndexError
            If the span is not inside the cleaned text.
        """
        if not 0 <= start <= end <= self._length:
            message = f"span ({start}, {end}) is not inside the cleaned text of {self._length} characters"
            raise IndexError(message)
        if not self._length:
            return 0, 0
        first = max(bisect_right(self.clean_starts, start) - 1, 0)
        raw_start = self.raw_starts[first]
        if self.raw_ends[first] - raw_start == self._segment_length(first):
            raw_start += start - self.clean_starts[first]
        elif start == self._length:
            raw_start = self.raw_ends[first]
        if start == end:
            return raw_start, raw_start
        last = bisect_right(self.clean_starts, end - 1) - 1
        raw_end = self.raw_ends[last]
        if raw_end - self.raw_starts[last] == self._segment_length(last):
            raw_end = self.raw_starts[last] + end - self.clean_starts[last]
        return raw_start, raw_end

    def to_clean(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the cleaned span that stands for what was kept of ``raw[start:end]``, None if nothing was."""
        first = bisect_right(self.raw_ends, start)
        last = bisect_left(self.raw_starts, end) - 1
        if start >= end or first > last:
            return None
        clean_start = self.clean_starts[first]
        length = self._segment_length(first)
        if self.raw_ends[first] - self.raw_starts[first] == length:
            clean_start += max(0, start - self.raw_starts[first])
        clean_end = self.clean_starts[last] + self._segment_length(last)
        if self.raw_ends[last] - self.raw_starts[last] == self._segment_length(last):
            clean_end -= max(0, self.raw_ends[last] - end)
        return (clean_start, clean_end) if clean_start < clean_end else None

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """Return the map straight to the raw text of `earlier`, whose cleaned text is this one's raw text."""
        joined = OffsetMap()
        for index in range(len(self.clean_starts)):
            raw_start, raw_end = self.raw_starts[index], self.raw_ends[index]
            length = self._segment_length(index)
            if raw_end - raw_start != length or raw_start == raw_end:
                joined.add(*earlier.to_raw(raw_start, raw_end), length)
                continue
            position = bisect_right(earlier.clean_starts, raw_start) - 1
            while raw_start < raw_end:
                size = earlier._segment_length(position)  # a map of the same class
                stop = min(raw_end, earlier.clean_starts[position] + size)
                is_whole = stop - raw_start == size
                if is_whole or earlier.raw_ends[position] - earlier.raw_starts[position] == size:
                    joined.add(*earlier.to_raw(raw_start, stop), stop - raw_start)
                else:
                    # A part of one piece: each of its characters stands for the whole of it.
                    for place in range(raw_start, stop):
                        joined.add(*earlier.to_raw(place, place + 1), 1)
                raw_start = stop
                position += 1
        return joined


class Mended(NamedTuple):
    """A text with something in it mended, the map to the text before, and what a user is told."""

    text: str
    offsets: OffsetMap
    warning: str = ""


def rewritten(text: str, edits: Iterable[tuple[int, int, str]], warning: str = "") -> Mended:
    """Return `text` with its spans ``(start, end)`` replaced, and the map back.

    Parameters
    ----------
    text : str
    edits : iterable of (int, int, str)
        In order, not overlapping. What replaces a span stands for the whole of it, unless it is as long.

    Examples
    --------
    >>> found = rewritten("lyc&eacute;ens", [(3, 11, "é")])
    >>> found.text, found.offsets.to_raw(0, 4)
    ('lycéens', (0, 11))
    """
    pieces: list[str] = []
    offsets = OffsetMap()
    done = 0
    for start, end, replacement in edits:
        pieces += text[done:start], replacement
        offsets.add(done, start, start - done)
        offsets.add(start, end, len(replacement))
        done = end
    pieces.append(text[done:])
    offsets.add(done, len(text), len(text) - done)
    return Mended("".join(pieces), offsets, warning)
