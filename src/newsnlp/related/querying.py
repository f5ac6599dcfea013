"""A query as arrays, whether the article is in the index or not, and which rows may answer it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.errors import ArticleError, OptionError, shown
from newsnlp.records import Analysis, Article
from newsnlp.related.arrays.columns import NUMBERED
from newsnlp.related.arrays.terms import counted_terms, day_of, shingles_of, word_print
from newsnlp.text.stamps import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from newsnlp.related.arrays.columns import Columns
    from newsnlp.related.arrays.terms import Features

Query = Analysis | Article | str
# What makes an inclusive end of a moment: less than the distance of two moments.
INSTANT = 1e-9
# So many rows are looked for one by one.
FEW_UNWANTED = 8
# What `where` may ask for: the column, and how its labels begin.
_WHERE = {"source": ("sources", "source:"), "topic": ("topics", "medtop:"), "section": ("sections", "section:")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles are wanted at all; see `RelatedIndex.suggest`."""

    since: str | date | None = None
    until: str | date | None = None
    before: str | date | None = None
    where: Mapping[str, str | Collection[str]] | None = None
    same_source: bool | None = None
    exclude: Collection[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A query as arrays, whether it is in the index or not.

    ``surface`` and ``name_surface`` give a term and a name as the article writes them, by their place among ``terms``
    and ``names``; ``source`` is the number of its source among the labels, None for one the index has not.
    """

    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    surface: Callable[[int], str]
    pieces: NDArray[np.int32]
    piece_weights: NDArray[np.float32]
    names: NDArray[np.int32]
    name_weights: NDArray[np.float32]
    name_surface: Callable[[int], str]
    topics: NDArray[np.int32]
    figures: NDArray[np.int32]
    shingles: NDArray[np.uint32]
    day: float | None
    source: int | None
    row: int | None


def prepare_row(columns: Columns, row: int) -> Prepared:
    """Return a row of the index as a query."""
    terms, weights = columns.texts.row(row)
    pieces, piece_weights = columns.pieces.row(row)
    names, name_weights = columns.names.row(row)
    day = float(columns.days.values[row])
    return Prepared(
        terms=terms,
        weights=weights,
        surface=columns.texts.row_form(row),
        pieces=pieces,
        piece_weights=piece_weights,
        names=names,
        name_weights=name_weights,
        name_surface=columns.names.row_form(row),
        topics=columns.topics.row(row),
        figures=columns.figures.row(row),
        shingles=columns.shingles.row(row),
        day=None if np.isnan(day) else day,
        source=int(columns.sources.values[row]),
        row=row,
    )


def prepare_features(columns: Columns, found: Features) -> Prepared:
    """Return an article that need not be in the index as a query."""
    counts, surfaces = counted_terms(found.words)
    terms, weights = columns.texts.query(counts)
    prints = np.fromiter(map(word_print, found.words[found.title_words :]), dtype=np.uint32)
    pieces, piece_weights = columns.pieces.query(found.pieces)
    names, name_weights = columns.names.query(found.names)
    words, known_names = columns.texts.vocabulary.words, columns.names.vocabulary.words
    return Prepared(
        terms=terms,
        weights=weights,
        surface=lambda place: surfaces[words[int(terms[place])]],
        pieces=pieces,
        piece_weights=piece_weights,
        names=names,
        name_weights=name_weights,
        name_surface=lambda place: found.name_surfaces[known_names[int(names[place])]],
        topics=columns.label_numbers(found.topics),
        figures=columns.label_numbers(found.figures),
        shingles=shingles_of(prints),
        day=found.day,
        source=columns.labels.number(f"source:{found.source or ''}"),
        row=None,
    )


def text_cosines(columns: Columns, prepared: Prepared) -> NDArray[np.float32]:
    """Return the similarity of the texts with every row: the cosine of the words, and of letters (`with_letters`)."""
    cosines = columns.texts.cosines(prepared.terms, prepared.weights)
    return with_letters(columns, prepared, np.arange(len(cosines)), cosines)


def with_letters(
    columns: Columns, prepared: Prepared, rows: NDArray[np.intp], cosines: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the similarity of the texts with some rows, of whose words the cosines are given.

    Two short texts, such as headlines, are compared by their words and by their runs of three letters, half and
    half: nDCG@10 of same-story headlines rises by .02 to .03 (docs/related.md).
    """
    if not len(prepared.pieces):
        return cosines
    offsets = columns.pieces.terms.offsets
    # Without a word in common there is nothing to show a reader, however many letters agree.
    short = np.flatnonzero((offsets[rows + 1] > offsets[rows]) & (cosines > 0))
    by_letters = columns.pieces.row_cosines(rows[short], prepared.pieces, prepared.piece_weights)
    cosines[short] = (cosines[short] + by_letters) / 2
    return cosines


def nearest(
    columns: Columns, queries: Iterable[Prepared], shape: tuple[int, int], *, own: bool
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return distances of the texts, ascending, and places among the ids, a row a query; its own neighbour or not."""
    order = np.flatnonzero(columns.alive.values)
    distances = np.full(shape, np.inf, dtype=np.float32)
    indices = np.full(shape, -1, dtype=np.int64)
    for number, prepared in enumerate(queries):
        cosines = text_cosines(columns, prepared)[order]
        if prepared.row is not None and not own:
            cosines[np.flatnonzero(order == prepared.row)] = -np.inf
        best = np.lexsort((np.arange(len(order)), -cosines))[: shape[1]]
        best = best[np.isfinite(cosines[best])]
        distances[number, : len(best)] = 1 - cosines[best]
        indices[number, : len(best)] = best
    return distances, indices


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which rows may answer a query: held, wanted by the filters, and not the query itself."""

    columns: Columns
    since: float | None
    # Before this moment.
    until: float | None
    source: int | None
    same_source: bool | None
    # Labels of which one is wanted: sources, sections, topics.
    labelled: tuple[tuple[str, NDArray[np.int32]], ...]
    unwanted: NDArray[np.intp]

    def among(self, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of some rows may answer."""
        columns = self.columns
        allowed: NDArray[np.bool_] = columns.alive.values[rows]
        days = columns.days.values
        if self.since is not None:
            allowed &= days[rows] >= self.since
        if self.until is not None:
            allowed &= days[rows] < self.until
        if self.same_source is not None:
            same = (
                np.zeros(len(rows), dtype=bool) if self.source is None else columns.sources.values[rows] == self.source
            )
            allowed &= same == self.same_source
        for name, wanted in self.labelled:
            if name in NUMBERED:
                allowed &= np.isin(getattr(columns, name).values[rows], wanted)
            else:
                places, begins = columns.topics.gather(rows)
                met = np.concatenate([[0], np.cumsum(np.isin(columns.topics.values[places], wanted))])
                allowed &= met[begins[1:]] > met[begins[:-1]]
        if len(self.unwanted) > FEW_UNWANTED:
            return allowed & ~np.isin(rows, self.unwanted)
        for row in self.unwanted:
            allowed &= rows != row
        return allowed


def allowed_rows(columns: Columns, prepared: Prepared, filters: Filters, own_id: str | None) -> Allowed:
    """Return which rows may answer."""
    since = until = None
    if filters.since is not None:
        since = _moment("since", filters.since)[0]
    if filters.until is not None:
        last, whole_day = _moment("until", filters.until)
        until = last + (1.0 if whole_day else INSTANT)
    if filters.before is not None:
        moment = _moment("before", filters.before)[0]
        until = moment if until is None else min(until, moment)
    # Articles that name no source have none in common.
    unnamed = columns.labels.number("source:")
    source = None if prepared.source == unnamed else prepared.source
    unwanted = {*filters.exclude, *([] if own_id is None else [own_id])}
    rows = {row for article_id in unwanted if (row := columns.find(article_id)) is not None}
    if prepared.row is not None:
        rows.add(prepared.row)
    unwanted_rows = np.array(sorted(rows), dtype=np.intp)
    labelled = tuple(_labelled(columns, filters.where or {}))
    return Allowed(columns, since, until, source, filters.same_source, labelled, unwanted_rows)


def _labelled(columns: Columns, where: Mapping[str, str | Collection[str]]) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """Yield the column and the numbers of the labels of each condition; of labels that nobody has, none.

    Raises
    ------
    OptionError
        If one is about something else, or its values are no strings.
    """
    given: object = where
    if not isinstance(given, Mapping):
        message = f"where={shown(where)} is not accepted; give {{'source': ..., 'topic': ..., 'section': ...}}"
        raise OptionError(message)
    for name, values in where.items():
        if name not in _WHERE:
            raise OptionError.unknown("where", name, _WHERE)
        listed = [values] if isinstance(values, str) else list(values) if isinstance(values, Collection) else [values]
        if not all(isinstance(value, str) for value in listed):
            message = f"where={{{name!r}: {shown(values)}}} is not accepted; give a str or several"
            raise OptionError(message)
        column, prefix = _WHERE[name]
        yield column, columns.label_numbers(f"{prefix}{value.removeprefix(prefix)}" for value in listed)


def _moment(option: str, value: str | date) -> tuple[float, bool]:
    """Return the days since 1970 of an option, and whether it means the whole of that day."""
    given: object = value
    try:
        moment = parse_date(value) if isinstance(given, str | date) else None
    except ArticleError as error:
        moment = None
        cause: Exception | None = error
    else:
        cause = None
    day = day_of(moment)
    if moment is None or day is None:
        message = f"{option}={shown(value)} is no date; accepted: ISO 8601 (2026-11-22 or 2026-11-22T18:30:00+01:00)"
        raise OptionError(message) from cause
    return day, not any((moment.hour, moment.minute, moment.second, moment.microsecond))
