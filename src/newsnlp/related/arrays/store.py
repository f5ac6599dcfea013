"""Columns of articles that grow at the end: arrays, so that a hundred thousand articles fit and can be mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

FIRST_ROOM = 1024
# Forms of one word that are told apart, after the first: they are numbered in one byte.
MAX_VARIANTS = 255


class Column:
    """A growing array of one dtype. ``values`` is a view of what is filled."""

    def __init__(self, dtype: str, values: NDArray[Any] | None = None) -> None:
        self._room: NDArray[Any] = np.empty(0, dtype=dtype) if values is None else values
        self._size = 0 if values is None else len(values)

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """The filled part."""
        return self._room[: self._size]

    def extend(self, more: Iterable[object]) -> None:
        """Append values; a mapped array is copied into memory at its first growth."""
        added = more if isinstance(more, np.ndarray) else np.array(list(more), dtype=self._room.dtype)
        needed = self._size + len(added)
        if needed > len(self._room):
            self._grow(needed)
        self._room[self._size : needed] = added
        self._size = needed

    def push(self, value: object) -> None:
        """Append one value."""
        if self._size == len(self._room):
            self._grow(self._size + 1)
        self._room[self._size] = value
        self._size += 1

    def _grow(self, needed: int) -> None:
        room = np.empty(max(needed, 2 * len(self._room), FIRST_ROOM), dtype=self._room.dtype)
        room[: self._size] = self.values
        self._room = room

    def view(self) -> Column:
        """Return the column as it is now: what is appended later is not seen, and moves nothing that is."""
        return Column("", self.values)


class Ragged:
    """Rows of varying length in one array: row ``i`` is ``values[offsets[i]:offsets[i + 1]]``.

    Rows that are as long as those of another, `beside` it, have their offsets in common.
    """

    def __init__(
        self,
        dtype: str,
        values: NDArray[Any] | None = None,
        offsets: NDArray[Any] | None = None,
        *,
        beside: Ragged | None = None,
    ) -> None:
        self.items = Column(dtype, values)
        self._owner = beside is None
        self._offsets: Column = Column("int64", offsets) if beside is None else beside.ends
        if beside is None and offsets is None:
            self._offsets.push(0)

    @property
    def ends(self) -> Column:
        """The column of the offsets."""
        return self._offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @property
    def values(self) -> NDArray[Any]:
        """All rows, one after the other."""
        return self.items.values

    @property
    def offsets(self) -> NDArray[Any]:
        """Where each row begins, and at the end their total length."""
        return self._offsets.values

    def append(self, row: Iterable[object]) -> None:
        """Append one row; those beside another before it."""
        if not isinstance(row, np.ndarray | list) or len(row):
            self.items.extend(row)
        if self._owner:
            self._offsets.push(len(self.items))

    def view(self, *, beside: Ragged | None = None) -> Ragged:
        """Return the rows as they are now; see `Column.view`."""
        if beside is None:
            return Ragged("", self.values, self.offsets)
        return Ragged("", self.values, beside=beside)

    def row(self, number: int) -> NDArray[Any]:
        """Return one row as a view."""
        offsets = self.offsets
        return self.values[int(offsets[number]) : int(offsets[number + 1])]

    def rows(self, numbers: NDArray[np.intp]) -> list[NDArray[Any]]:
        """Return several rows as views."""
        offsets, values = self.offsets, self.values
        ends = zip(offsets[numbers].tolist(), offsets[numbers + 1].tolist(), strict=True)
        return [values[start:end] for start, end in ends]

    def gather(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the values of several rows stand, one row after the other, and where each row begins there."""
        offsets = self.offsets
        starts = offsets[numbers]
        sizes = offsets[numbers + 1] - starts
        begins = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum(sizes, out=begins[1:])
        places = np.arange(begins[-1])
        places += np.repeat(starts - begins[:-1], sizes)
        return places, begins

    def keep(self, kept: NDArray[np.intp], *, beside: Ragged | None = None) -> Ragged:
        """Return the rows of these numbers, in this order."""
        offsets = self.offsets
        ends = np.concatenate([[0], np.cumsum(np.diff(offsets)[kept])])
        values = np.empty(int(ends[-1]), dtype=self.values.dtype)
        # Runs of rows that stay together are copied together.
        breaks = np.flatnonzero(np.diff(kept, prepend=-2, append=-2) != 1)
        for first, last in zip(breaks[:-1].tolist(), (breaks[1:] - 1).tolist(), strict=True):
            values[ends[first] : ends[last + 1]] = self.values[offsets[kept[first]] : offsets[kept[last] + 1]]
        return Ragged(str(values.dtype), values, ends, beside=beside)


class Vocabulary:
    """Strings as numbers, in order of first sight, with the forms in which articles write each."""

    def __init__(
        self,
        words: Iterable[str] = (),
        shown: Iterable[str] = (),
        variants: Iterable[tuple[int, list[str]]] = (),
    ) -> None:
        self.words = list(words)
        # The form seen first; most words have no other.
        self.shown = list(shown)
        self.variants = dict(variants)
        self._numbers = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int | None:
        """Return the number of a word, or None."""
        return self._numbers.get(word)

    def add(self, word: str, shown: str | None = None) -> int:
        """Return the number of a word, giving it one if it has none."""
        number = self._numbers.get(word)
        if number is None:
            number = len(self.words)
            self._numbers[word] = number
            self.words.append(word)
            self.shown.append(word if shown is None or shown == word else shown)
        return number

    def variant(self, number: int, form: str) -> int:
        """Return which form of a word this is: 0 for the first seen, at most `MAX_VARIANTS`."""
        if self.shown[number] == form:
            return 0
        others = self.variants.setdefault(number, [])
        if form not in others:
            if len(others) == MAX_VARIANTS:
                return 0
            others.append(form)
        return others.index(form) + 1

    def form(self, number: int, variant: int) -> str:
        """Return the form that `variant` numbered."""
        return self.variants[number][variant - 1] if variant else self.shown[number]

    def keep(self, numbers: list[int]) -> Vocabulary:
        """Return the vocabulary of some words alone, renumbered in this order."""
        return Vocabulary(
            [self.words[number] for number in numbers],
            [self.shown[number] for number in numbers],
            [(new, self.variants[old]) for new, old in enumerate(numbers) if old in self.variants],
        )
