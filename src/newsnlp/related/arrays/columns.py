"""Everything the index knows of its articles, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.arrays.forms import FormTable
from newsnlp.related.arrays.store import Column, Ragged, Vocabulary
from newsnlp.related.arrays.terms import shingles_of
from newsnlp.related.arrays.vectors import VectorSpace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from newsnlp.related.arrays.terms import Features

# Removed rows stay, unseen, until they are this share of all: closing each gap at once would cost a second each.
DEAD_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Meta:
    """What is shown of an article."""

    id: str
    title: str | None
    source: str | None
    url: str | None


class Columns:
    """Rows of articles; a removed row is dead until `compact`."""

    def __init__(self) -> None:
        self.meta: list[Meta] = []
        self.rows: dict[str, int] = {}
        self.alive = Column("bool")
        self.days = Column("float64")
        self.labels = Vocabulary()
        self.topics = Ragged("int32")
        self.figures = Ragged("int32")
        self.shingles = Ragged("uint32")
        self.sources = Column("int32")
        self.texts = VectorSpace()
        self.pieces = VectorSpace()
        self.names = VectorSpace()
        self._forms: FormTable | None = None

    @property
    def alive_count(self) -> int:
        """How many articles are held."""
        return len(self.rows)

    def append(self, found: Features) -> None:
        """Append an article; an earlier one of its id is removed."""
        if found.id in self.rows:
            self.remove([found.id])
        self.rows[found.id] = len(self.meta)
        # Thousands of articles share a source: they hold one string, and one number to compare.
        source = self.labels.add(f"source:{found.source or ''}")
        self.meta.append(Meta(found.id, found.title, found.source and self.labels.words[source][7:], found.url))
        self.sources.extend([source])
        self.alive.extend([True])
        self.days.extend([np.nan if found.day is None else found.day])
        places = self._form_table().places(found.words)
        self.texts.append_numbers(*self._form_table().counted(places))
        self.pieces.append(found.pieces, {})
        self.names.append(found.names, found.name_surfaces)
        self.topics.append(sorted({self.labels.add(code) for code in found.topics}))
        self.figures.append(sorted(self.labels.add(figure) for figure in found.figures))
        self.shingles.append(shingles_of(self._form_table().prints(places[found.title_words :])))

    def _form_table(self) -> FormTable:
        if self._forms is None:
            self._forms = FormTable(self.texts.vocabulary)
        return self._forms

    def remove(self, ids: Iterable[str]) -> None:
        """Remove articles that are held."""
        alive = self.alive.values
        if not alive.flags.writeable:
            # Mapped from a file: the first change makes a copy of this small column.
            self.alive = Column("bool", alive.copy())
            alive = self.alive.values
        for article_id in ids:
            row = self.rows.pop(article_id, None)
            if row is not None:
                alive[row] = False
        if len(self.meta) - len(self.rows) > max(100, DEAD_SHARE * len(self.meta)):
            self.compact()

    def forget(self) -> None:
        """Forget what was computed: the next query refreshes everything."""
        for space in (self.texts, self.pieces, self.names):
            space.forget()

    def compact(self) -> None:
        """Close the gaps that removed rows left."""
        if len(self.rows) == len(self.meta):
            return
        self.forget()
        kept = np.fromiter(self.rows.values(), dtype=np.intp, count=len(self.rows))
        self.meta = [self.meta[row] for row in kept]
        self.rows = {meta.id: row for row, meta in enumerate(self.meta)}
        self.days = Column("float64", self.days.values[kept])
        self.alive = Column("bool", np.ones(len(kept), dtype=bool))
        self.sources = Column("int32", self.sources.values[kept])
        self.topics = self.topics.keep(kept)
        self.figures = self.figures.keep(kept)
        self.shingles = self.shingles.keep(kept)
        self.texts = self.texts.keep(kept)
        self._forms = None
        self.pieces = self.pieces.keep(kept)
        self.names = self.names.keep(kept)

    def label_numbers(self, labels: Iterable[str]) -> NDArray[np.int32]:
        """Return the numbers of those labels that are known, sorted."""
        numbers = (self.labels.number(label) for label in labels)
        return np.array(sorted(number for number in numbers if number is not None), dtype=np.int32)

    def length(self, row: int) -> int:
        """Return how long an article is, in runs of five words."""
        return len(self.shingles.row(row))
