"""The lines of a page while it is told which are the article's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from newsnlp.reading.page.phrases import Furniture


@dataclass(slots=True)
class Line:
    """One line of the page that is not blank.

    ``start`` and ``end`` enclose its words, ``stop`` is where the next line begins. ``kind`` is None while nothing is
    known against it; ``keep_end`` cuts a picture credit off the end of a caption.
    """

    start: int
    end: int
    stop: int
    text: str
    kind: str | None = None
    reason: str = ""
    keep_end: int | None = None
    is_prose: bool = False
    furniture: Furniture | None = None

    def drop(self, kind: str, reason: str) -> None:
        """Mark the line as furniture, unless it is already."""
        if self.kind is None:
            self.kind, self.reason = kind, reason


@dataclass(slots=True)
class PageFacts:
    """What the page says about the article outside its text."""

    title: Line | None = None
    author: str | None = None
    published_at: datetime | None = None
