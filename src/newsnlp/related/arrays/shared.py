"""Many readers and a writer at once: writers take turns, readers see what the last one left, and wait for nobody."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsnlp.related.arrays.columns import Columns
from newsnlp.safety.locks import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator


class SharedColumns:
    """The columns of an index, shared by its threads."""

    def __init__(self) -> None:
        self._columns = Columns()
        self._turn = Turn(inner=True)
        # Held by the thread that computes IDF and postings anew; no lock is held over a query.
        self._refreshing = Turn()
        self._published: Columns | None = None

    @contextmanager
    def writing(self) -> Iterator[Columns]:
        """Give the columns to one writer at a time."""
        with self._turn:
            yield self._columns

    @property
    def held(self) -> Columns:
        """The columns themselves."""
        return self._columns

    def replace(self, columns: Columns) -> None:
        """Hold other columns, from one moment to the next."""
        with self._turn:
            self._columns, self._published = columns, None

    def seen(self) -> Columns:
        """Return what is held, for a reader: as of now, or, while another thread writes, as of before."""
        seen = self._published
        if not self._turn.taken(wait=seen is None):
            return seen if seen is not None else self.seen()
        try:
            seen = self._published
            if seen is None or seen.version != self._columns.version:
                seen = self._published = self._columns.view()
            return seen
        finally:
            self._turn.__exit__()

    def searchable(self) -> Columns:
        """Return what is held, with its IDF and postings; where another thread is at these, with those of before."""
        while True:
            seen = self.seen()
            if not seen.is_stale or not self._refreshing.taken(wait=not seen.is_fitted):
                return seen
            try:
                self._refresh()
            finally:
                self._refreshing.__exit__()

    def _refresh(self) -> None:
        """Compute anew what is stale, outside of the turns of writers, who may go on meanwhile."""
        with self._turn:
            columns, seen = self._columns, self._columns.view()
        if not seen.is_stale:
            return
        fitted = seen.fitted()
        with self._turn:
            # The gaps may have been closed meanwhile: then this was for nothing, and is done again.
            if columns is self._columns and columns.meta is seen.meta:
                columns.install(fitted)
