"""What is counted of one event, over its articles: what stands after the last of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsnlp.counts.reconciling import State, reconcile
from newsnlp.counts.roles import TOTAL
from newsnlp.figures.conventions import as_count, estimate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.counts.statements import Statement
    from newsnlp.dossiers.happened import Happened
    from newsnlp.figures.conventions import Estimate
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RowToll:
    """What stands of one kind (killed, injured …); `said` are the statements that say so, the leading one first."""

    event: str
    low: Number | None
    best: Number | None
    high: Number | None
    said: tuple[Statement, ...]

    @property
    def sources(self) -> list[str]:
        """Who is named for it."""
        return list(dict.fromkeys(one.source for one in self.said if one.source))

    def counts(self, convention: str) -> list[int]:
        """Return each statement as one whole number of a convention."""
        told = (
            as_count(
                one.row["text"] or "",
                one.row["value_min"],
                one.row["value_max"],
                modifier=str(one.row["modifier"]),
                convention=convention,
            )
            for one in self.said
        )
        return [number for number in told if number is not None]

    def estimates(self) -> list[Estimate]:
        """Return the low, best and high estimates of each statement."""
        return [
            estimate(one.row["value_min"], one.row["value_max"], modifier=str(one.row["modifier"])) for one in self.said
        ]


def told_of(one: Happened) -> list[tuple[Row, list[Statement]]]:
    """Return the articles of an event with copies of their statements, in order of publication."""
    # What others recall of an event, whole years of it too, says nothing against those who tell it.
    told_mainly = {said.event for article, said in one.said if said.role == TOTAL and one.articles[article].is_main}
    by_article: dict[str, list[Statement]] = {article: [] for article in one.articles}
    for article, said in one.said:
        if one.articles[article].is_main or said.event not in told_mainly:
            by_article[article].append(replace(said))
    told = [
        (
            {
                "article_id": article,
                "published_at": known.published_at,
                "source": known.outlet,
                "title": known.title,
                "text": None,
            },
            said,
        )
        for article, said in by_article.items()
        for known in (one.articles[article],)
    ]
    told.sort(key=lambda item: item[0]["published_at"] or _LATE)
    for _, statements in told:
        statements.sort(key=lambda said: said.row["start"] or 0)
    return told


def standing_of(one: Happened) -> dict[str, RowToll]:
    """Return what stands at the end of each kind of count."""
    return by_event(reconcile(told_of(one)))


def by_event(states: Iterable[State]) -> dict[str, RowToll]:
    """Return what stands of what `reconcile` found, by what is counted: its last state."""
    return {one.event: RowToll(one.event, *one.bounds, tuple(one.differing)) for one in states}
