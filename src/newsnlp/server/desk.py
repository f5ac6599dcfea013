"""The index behind the service: read by every request, changed by one writer of all workers at a time."""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from newsnlp.errors import FolderInUseError, NewsnlpError, SourceError
from newsnlp.records import Analysis
from newsnlp.related import RelatedIndex
from newsnlp.safety.locks import FolderLock

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds between two tries to be the one who writes.
RETRY = 0.02
# Seconds after which a writer of another process is waited for no longer.
PATIENCE = 120.0

T = TypeVar("T")
Change = Analysis | str


class Desk:
    """One worker's index: it takes in what other workers saved, and saves what it changes before that is answered.

    Changes that come while others are being saved are saved together: a hundred at once cost two or three saves.

    Parameters
    ----------
    folder : str or path, optional
        Where the index lies; an empty one is begun if there is none. None: it is held in memory alone.
    """

    def __init__(self, folder: str | None = None) -> None:
        self.folder = None if folder is None else Path(folder)
        self._waiting: list[tuple[Change, Future[int]]] = []
        self._turn = threading.Lock()
        self._saving = threading.Lock()
        if self.folder is not None and not (self.folder / "CURRENT").exists():
            self._alone(lambda: None if (Path(str(folder)) / "CURRENT").exists() else RelatedIndex().save(str(folder)))
        self.index = RelatedIndex() if folder is None else RelatedIndex.load(folder)

    def put(self, analysis: Analysis) -> None:
        """Hold an article, in place of the one that has its id; it is saved when this returns."""
        self._change(analysis)

    def delete(self, article_id: str) -> int:
        """Remove an article, and return whether it was held, 1 or 0."""
        return self._change(article_id)

    def refresh(self) -> bool:
        """Take in what another process saved; what cannot be read now is tried again the next time."""
        if self.folder is None:
            return False
        with self._saving, contextlib.suppress(NewsnlpError):
            return self.index.reload()
        return False

    def _change(self, change: Change) -> int:
        if self.folder is None:
            return self._apply(change)
        done: Future[int] = Future()
        with self._turn:
            self._waiting.append((change, done))
        with self._saving:
            # Whoever comes first saves for all who came meanwhile; the others find it done.
            if not done.done():
                self._save()
        return done.result()

    def _save(self) -> None:
        with self._turn:
            batch, self._waiting = self._waiting, []
        try:
            found = self._alone(lambda: self._apply_all([change for change, _ in batch]))
        except BaseException as error:
            for _, done in batch:
                done.set_exception(error)
            raise
        for (_, done), count in zip(batch, found, strict=True):
            done.set_result(count)

    def _apply_all(self, changes: list[Change]) -> list[int]:
        self.index.reload()
        found = [self._apply(change) for change in changes]
        self.index.save(str(self.folder))
        return found

    def _apply(self, change: Change) -> int:
        if isinstance(change, str):
            return self.index.remove(change)
        self.index.add(change)
        return 1

    def _alone(self, work: Callable[[], T]) -> T:
        """Do what only one process may do at a time; the lock lies beside the folder, which holds an index alone.

        Raises
        ------
        SourceError
            If another process writes for minutes.
        """
        beside = Path(f"{self.folder}.lock")
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with FolderLock(beside):
                    return work()
            except FolderInUseError as error:
                if time.monotonic() > end:
                    message = f"another process has been writing to {self.folder} for {PATIENCE:.0f} seconds"
                    raise SourceError(message) from error
                time.sleep(RETRY)
