"""Everything the index knows of its articles, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    from newsnlp.related.arrays.vectors import Fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldArticle:
    """What an index shows of an article that it holds: ``index[id]``."""

    id: str
    title: str | None
    source: str | None
    section: str | None
    url: str | None
    published_at: datetime | None
    topics: tuple[str, ...]


# One number of a label a row; a set of numbers a row.
NUMBERED = ("sources", "sections")
SETS = ("topics", "figures", "shingles")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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
    """Rows of articles; a removed row is dead until `compact`.

    A `view` is for readers: what a writer does later changes nothing that it shows.
    """

    def __init__(self) -> None:
        self.meta: list[Meta] = []
        self.rows: dict[str, int] = {}
        # Rows that were removed since the gaps were closed last, by id: views may show them still.
        self._gone: dict[str, list[int]] = {}
        self.alive = Column("bool")
        self.days = Column("float64")
        self.labels = Vocabulary()
        self.topics = Ragged("int32")
        self.figures = Ragged("int32")
        self.shingles = Ragged("uint32")
        self.sources = Column("int32")
        self.sections = Column("int32")
        self.texts = VectorSpace()
        self.pieces = VectorSpace()
        self.names = VectorSpace()
        self._forms: FormTable | None = None
        self.alive_count = 0
        # Changes with every change of the rows; of a view, that of the moment it was taken.
        self.version = 0
        self._is_viewed = False

    @property
    def spaces(self) -> tuple[VectorSpace, VectorSpace, VectorSpace]:
        """What is searched."""
        return self.texts, self.pieces, self.names

    def view(self) -> Columns:
        """Return the columns as they are now, for readers."""
        self._is_viewed = True
        seen = Columns()
        seen.meta, seen.rows, seen._gone = self.meta, self.rows, self._gone
        seen.labels = self.labels
        for name in ("alive", "days", *NUMBERED, *SETS, "texts", "pieces", "names"):
            setattr(seen, name, getattr(self, name).view())
        seen.alive_count, seen.version = self.alive_count, self.version
        return seen

    def find(self, article_id: object) -> int | None:
        """Return the row of an article that is held, or None."""
        if not isinstance(article_id, str):
            return None
        row = self.rows.get(article_id)
        alive = self.alive.values
        # In this order: a writer notes a row among those that went before it takes it from those that are held.
        for candidate in () if row is None else (row,):
            if candidate < len(alive) and alive[candidate]:
                return candidate
        return next((gone for gone in self._gone.get(article_id, ()) if gone < len(alive) and alive[gone]), None)

    @property
    def ids(self) -> list[str]:
        """The ids held, in the order they were added."""
        meta = self.meta
        return [meta[row].id for row in np.flatnonzero(self.alive.values).tolist()]

    def held(self, row: int) -> HeldArticle:
        """Return what is shown of a row."""
        meta, day = self.meta[row], float(self.days.values[row])
        labels = self.labels.words
        topics = (labels[int(number)] for number in self.topics.row(row))
        return HeldArticle(
            id=meta.id,
            title=meta.title,
            source=meta.source,
            section=labels[int(self.sections.values[row])].removeprefix("section:") or None,
            url=meta.url,
            published_at=None if np.isnan(day) else EPOCH + timedelta(days=day),
            topics=tuple(topics),
        )

    def append(self, found: Features) -> None:
        """Append an article; an earlier one of its id is removed."""
        if found.id in self.rows:
            self.remove([found.id])
        self.version += 1
        # Thousands of articles share a source: they hold one string, and one number to compare.
        source = self.labels.add(f"source:{found.source or ''}")
        self.meta.append(Meta(found.id, found.title, found.source and self.labels.words[source][7:], found.url))
        self.sources.push(source)
        self.sections.push(self.labels.add(f"section:{found.section or ''}"))
        self.days.push(np.nan if found.day is None else found.day)
        places = self._form_table().places(found.words)
        self.texts.append_numbers(*self._form_table().counted(places))
        self.pieces.append(found.pieces, {})
        self.names.append(found.names, found.name_surfaces)
        self.topics.append(sorted({self.labels.add(code) for code in found.topics}))
        self.figures.append(sorted(self.labels.add(figure) for figure in found.figures))
        self.shingles.append(shingles_of(self._form_table().prints(places[found.title_words :])))
        self.alive.push(value=True)
        self.rows[found.id] = len(self.meta) - 1
        self.alive_count += 1

    def _form_table(self) -> FormTable:
        if self._forms is None:
            self._forms = FormTable(self.texts.vocabulary)
        return self._forms

    def remove(self, ids: Iterable[str]) -> int:
        """Remove articles, and return how many were held."""
        held = [(article_id, row) for article_id in ids if (row := self.rows.get(article_id)) is not None]
        if not held:
            return 0
        self.version += 1
        alive = self.alive.values
        if self._is_viewed or not alive.flags.writeable:
            # Readers see this small column, or it is mapped from a file: it is changed as a copy.
            self.alive = Column("bool", alive.copy())
            self._is_viewed = False
            alive = self.alive.values
        removed = 0
        for article_id, row in held:
            if article_id not in self.rows:
                continue
            self._gone.setdefault(article_id, []).append(row)
            del self.rows[article_id]
            alive[row] = False
            removed += 1
        self.alive_count -= removed
        if len(self.meta) - len(self.rows) > max(100, DEAD_SHARE * len(self.meta)):
            self.compact()
        return removed

    @property
    def dead_share(self) -> float:
        """The share of the rows that were removed."""
        return 1 - len(self.rows) / len(self.meta) if self.meta else 0.0

    @property
    def is_fitted(self) -> bool:
        """Whether it can be searched."""
        return all(space.is_fitted for space in self.spaces)

    @property
    def is_stale(self) -> bool:
        """Whether what is computed from the rows should be computed anew."""
        return any(space.is_stale for space in self.spaces)

    def fitted(self) -> tuple[Fitted, ...]:
        """Return what is computed from the rows."""
        return tuple(space.fitted() for space in self.spaces)

    def install(self, fitted: tuple[Fitted, ...]) -> None:
        """Search by what was computed, on a view of these columns."""
        for space, computed in zip(self.spaces, fitted, strict=True):
            space.install(computed)
        self.version += 1

    def forget_idf(self) -> None:
        """Have the frequencies of words computed anew, though few rows came since."""
        for space in self.spaces:
            space.forget_idf()
        self.version += 1

    def compact(self) -> None:
        """Close the gaps that removed rows left."""
        if len(self.rows) == len(self.meta):
            return
        was_fitted = self.is_fitted
        kept = np.fromiter(self.rows.values(), dtype=np.intp, count=len(self.rows))
        # All that is shared with views is replaced, nothing changed.
        self.meta = [self.meta[row] for row in kept]
        self.rows = {meta.id: row for row, meta in enumerate(self.meta)}
        self._gone = {}
        self.days = Column("float64", self.days.values[kept])
        self.alive = Column("bool", np.ones(len(kept), dtype=bool))
        for name in NUMBERED:
            setattr(self, name, Column("int32", getattr(self, name).values[kept]))
        for name in SETS:
            setattr(self, name, getattr(self, name).keep(kept))
        self.texts = self.texts.keep(kept)
        self._forms = None
        self.pieces = self.pieces.keep(kept)
        self.names = self.names.keep(kept)
        self.version += 1
        if was_fitted:
            # At once: the next reader would wait for it.
            self.install(self.fitted())

    def label_numbers(self, labels: Iterable[str]) -> NDArray[np.int32]:
        """Return the numbers of those labels that are known, sorted."""
        numbers = (self.labels.number(label) for label in labels)
        return np.array(sorted(number for number in numbers if number is not None), dtype=np.int32)
