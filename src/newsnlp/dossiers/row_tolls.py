"""What is counted of one event of a dossier, over its articles: what stands after the last, and each statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsnlp.counts.reconciling import State, reconcile
from newsnlp.counts.roles import PREVIOUS, TOTAL
from newsnlp.dossiers.toll_rows import COLUMNS, standing_rows, toll_frame, toll_row
from newsnlp.figures.conventions import as_count, estimate
from newsnlp.tables.schema import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from newsnlp.counts.statements import Statement
    from newsnlp.dossiers.dossier import Dossier
    from newsnlp.dossiers.happened import Happened
    from newsnlp.figures.conventions import Estimate
    from newsnlp.records import Number
    from newsnlp.tables.cells import Row

DOSSIER_COLUMNS = MappingProxyType({"event_id": TEXT, **COLUMNS})
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


def tolls_of_dossier(dossier: Dossier) -> pd.DataFrame:
    """Return the tolls of all events, as `newsnlp.tolls` has them, each with the id of its event."""
    rows: list[Row] = []
    for one in dossier.happened.values():
        rows += _rows(one, f"s{dossier.story_of(one.number) + 1}", len(rows))
    return toll_frame(rows, DOSSIER_COLUMNS)


def _rows(one: Happened, story: str, first: int) -> list[Row]:
    """Return the rows of one event, numbered from `first` on."""
    told = told_of(one)
    # Of several states of one toll the last stands.
    ends = {state.event: state for state in reconcile(told)}
    where = one.where
    place = {
        "place": None if where is None else where.name,
        "country": one.country,
        "latitude": None if where is None else where.latitude,
        "longitude": None if where is None else where.longitude,
    }
    rows: list[Row] = []
    replaced: list[tuple[Row, Statement]] = []
    at: dict[tuple[str, int | None], int] = {}
    for article, statements in told:
        for said in statements:
            row = toll_row(article, said) | place
            row |= {"event_id": f"E{one.number + 1}", "story": story, "event_type": str(one.type)}
            rows += standing_rows(row, said, ends.get(said.event))
            row = rows[-1]
            at[article["article_id"], said.row["figure"]] = first + len(rows) - 1
            if said.role == PREVIOUS and said.superseded_by is not None:
                replaced.append((row, said))
    for row, said in replaced:
        row["superseded_by"] = at.get((row["article_id"], said.superseded_by))
    return rows
