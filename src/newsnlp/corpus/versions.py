"""Articles of one id: which of them a corpus keeps, found while it is read and settled when its tables are written."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.records import Article
from newsnlp.safety.values import MAX_ID_CHARS, id_of_text
from newsnlp.tables.cells import instant
from newsnlp.tables.frames import fresh_id
from newsnlp.text.stamps import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsnlp.corpus.parts import Rows
    from newsnlp.ingest.opened import Item, Page

LATEST, FIRST, FAIL = "latest", "first", "fail"
ON_DUPLICATE = (LATEST, FIRST, FAIL)
# What parts an id from the place of one of its articles, so that each has an id of its own while it is analysed.
_MARK = "\x1f"
_ROOM = 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Versions:
    """The ids of a stream, and which articles had them.

    Parameters
    ----------
    rule : {"latest", "first", "fail"}
        Of several articles of one id keep the one of the latest date, or, where one has none, the later one of the
        input; or the first; or stop.
    """

    rule: str = LATEST
    # Id -> place and date of its first article, as one number of 32 bytes: ten million of them lie in memory.
    _seen: dict[str, complex] = field(default_factory=dict)
    _copies: dict[str, int] = field(default_factory=dict)
    # Id -> its articles in input order, each with the id that it has while it is analysed, its place and date.
    _several: dict[str, list[tuple[str, complex]]] = field(default_factory=dict)
    # The id that an article has while it is analysed -> its own.
    _own: dict[str, str] = field(default_factory=dict)

    def unique(self, item: Item, position: int) -> Item:
        """Return an item of the stream under an id that no other has, or the failure that it is.

        Raises
        ------
        ArticleError
            If its id came before, where that stops the run.
        """
        if isinstance(item, Failure):
            return item if item.position == position else item.at(position)
        place = complex(position, _date(item))
        first = self._seen.setdefault(item.id, place)
        if first is place:
            if item.id not in self._own:
                return item
            # An id that looks like one of ours gets one that is.
            renamed = self._renamed(item, position)
            self._several[item.id] = [(renamed.id, place)]
            return renamed
        if isinstance(item, Article) and item.id == id_of_text(item.text):
            # Without an id of its own, the same text again is another source's copy, not a mistake.
            fresh = fresh_id(item.id, self._seen, self._copies)
            self._seen[fresh] = place
            return replace(item, id=fresh)
        if self.rule == FAIL:
            message = (
                f"article {item.id}: item {position} has the id of item {int(first.real)}. "
                "Hint: on_duplicate='latest' keeps the later one, 'first' the first"
            )
            raise ArticleError(message)
        if self.rule == FIRST:
            reason = "an article of this id came before"
            return Failure(article_id=item.id, position=position, kind=FailureKind.DUPLICATE_ID, reason=reason)
        renamed = self._renamed(item, position)
        self._several.setdefault(item.id, [(item.id, first)]).append((renamed.id, place))
        return renamed

    def _renamed(self, item: Article | Page, position: int) -> Article | Page:
        own = f"{item.id[: MAX_ID_CHARS - _ROOM]}{_MARK}{position}"
        while own in self._seen or own in self._own:
            own += _MARK
        self._own[own] = item.id
        return replace(item, id=own)

    def settle(self, failures: Iterable[Failure]) -> dict[str, Failure]:
        """Return the articles that another of their id replaces, as failures, by the ids that they have in the parts.

        One that failed replaces none.
        """
        failed = {failure.position for failure in failures}
        replaced = {}
        for own_id, versions in self._several.items():
            analysed = [version for version in versions if int(version[1].real) not in failed]
            best = analysed[0] if analysed else versions[0]
            for version in analysed[1:]:
                # No date is neither earlier nor later than another: the later one of the input it is.
                if not version[1].imag < best[1].imag:
                    best = version
            for part_id, place in analysed:
                if part_id != best[0]:
                    why = "and a later date" if place.imag < best[1].imag else "further on in the input"
                    reason = f"replaced by item {int(best[1].real)}, an article of the same id {why}"
                    replaced[part_id] = Failure(
                        article_id=own_id, position=int(place.real), kind=FailureKind.REPLACED, reason=reason
                    )
        return replaced

    def told(self, failure: Failure) -> Failure:
        """Return a failure under the article's own id."""
        own = self._own.get(failure.article_id)
        return failure if own is None else replace(failure, article_id=own)

    def kept(self, rows: Rows, replaced: Mapping[str, Failure]) -> Rows:
        """Return the rows of a part that stay, under the articles' own ids."""
        if not self._own and not replaced:
            return rows
        return {
            name: [
                {**row, "article_id": self._own.get(row["article_id"], row["article_id"])}
                for row in found
                if row["article_id"] not in replaced
            ]
            for name, found in rows.items()
        }


def _date(item: Article | Page) -> float:
    """Return when an article was published, or changed after that, as seconds; nan where that is not known."""
    if not isinstance(item, Article):
        return math.nan
    dates = [item.published_at]
    with contextlib.suppress(ArticleError):
        dates.append(parse_date(item.extra.get("updated")))
    return max(((instant(date) - _EPOCH).total_seconds() for date in dates if date is not None), default=math.nan)
