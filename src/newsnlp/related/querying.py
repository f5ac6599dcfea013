"""A query as arrays, whether the article is in the index or not, and which rows may answer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.records import Analysis, Article, parse_date
from newsnlp.related.terms import day_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from numpy.typing import NDArray

    from newsnlp.related.columns import Columns
    from newsnlp.related.terms import Features

Query = Analysis | Article | str
# What makes an inclusive end of a moment: less than the distance of two moments.
INSTANT = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles are wanted at all; see `RelatedIndex.suggest`."""

    since: str | date | None = None
    until: str | date | None = None
    same_source: bool | None = None
    exclude: Collection[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A query as arrays, whether it is in the index or not."""

    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    names: NDArray[np.int32]
    name_weights: NDArray[np.float32]
    topics: NDArray[np.int32]
    figures: NDArray[np.int32]
    shingles: NDArray[np.uint32]
    day: float | None
    source: str | None
    surfaces: dict[int, str]
    row: int | None


def prepare_row(columns: Columns, row: int) -> Prepared:
    """Return a row of the index as a query."""
    terms, weights = columns.texts.row(row)
    names, name_weights = columns.names.row(row)
    day = float(columns.days.values[row])
    return Prepared(
        terms=terms,
        weights=weights,
        names=names,
        name_weights=name_weights,
        topics=columns.topics.row(row),
        figures=columns.figures.row(row),
        shingles=columns.shingles.row(row),
        day=None if np.isnan(day) else day,
        source=columns.meta[row].source,
        surfaces={},
        row=row,
    )


def prepare_features(columns: Columns, found: Features) -> Prepared:
    """Return an article that need not be in the index as a query."""
    terms, weights = columns.texts.query(found.terms)
    names, name_weights = columns.names.query(found.names)
    numbers = (columns.texts.vocabulary.number(term) for term in found.surfaces)
    return Prepared(
        terms=terms,
        weights=weights,
        names=names,
        name_weights=name_weights,
        topics=columns.label_numbers(found.topics),
        figures=columns.label_numbers(found.figures),
        shingles=np.array(sorted(found.shingles), dtype=np.uint32),
        day=found.day,
        source=found.source,
        surfaces={n: surface for n, surface in zip(numbers, found.surfaces.values(), strict=True) if n is not None},
        row=None,
    )


def allowed_rows(columns: Columns, prepared: Prepared, filters: Filters, own_id: str | None) -> NDArray[np.bool_]:
    """Return which rows may answer: held, wanted by the filters, and not the query itself."""
    allowed: NDArray[np.bool_] = columns.alive.values.astype(bool)
    days = columns.days.values
    if filters.since is not None:
        allowed &= days >= (day_of(parse_date(filters.since)) or 0.0)
    if filters.until is not None:
        last = parse_date(filters.until)
        # A date without a time means the whole of that day.
        whole_day = last is not None and not any((last.hour, last.minute, last.second, last.microsecond))
        allowed &= days < (day_of(last) or 0.0) + (1.0 if whole_day else INSTANT)
    if filters.same_source is not None:
        sources = np.array([meta.source for meta in columns.meta], dtype=object)
        allowed &= (sources == prepared.source) == filters.same_source
    unwanted = {*filters.exclude, *([] if own_id is None else [own_id])}
    rows = [columns.rows[article_id] for article_id in unwanted if article_id in columns.rows]
    allowed[rows if prepared.row is None else [*rows, prepared.row]] = False
    return allowed
