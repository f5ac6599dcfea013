"""The index of related articles: add, remove, suggest."""

from __future__ import annotations

import difflib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from newsnlp.errors import ArticleError, OptionError, UnknownIdError
from newsnlp.records import Analysis, Article, parse_date
from newsnlp.related.columns import Columns
from newsnlp.related.duplicates import is_copy
from newsnlp.related.ranking import MIN_COSINE, RankingWeights, RelationKind, decay_of, overlap, relation
from newsnlp.related.terms import Features, day_of, features_of

if TYPE_CHECKING:
    import os
    from collections.abc import Collection
    from datetime import date

    from numpy.typing import NDArray

Query = Analysis | Article | str
# Candidates that are looked at closely: names, topics, figures, copies. An editor's link was among the first 100 by
# words and time in all but 2 % of cases that can be found at all.
POOL = 200
# Candidates among which copies are looked for, beyond those that are returned.
FOLDED = 50
MAX_REASONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One related article.

    ``kind`` is ``duplicate``, ``same_story`` or ``same_theme``; ``reasons`` are the shared names and words, in
    order of contribution, as the articles have them; ``others`` are the ids of other sources' copies of it;
    ``cosine`` that of the two texts, before names and time.
    """

    id: str
    score: float
    kind: RelationKind
    reasons: tuple[str, ...]
    others: tuple[str, ...] = ()
    title: str | None = None
    source: str | None = None
    url: str | None = None
    cosine: float = 0.0


@dataclass(slots=True)
class _Prepared:
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
    row: int | None = None


class RelatedIndex:
    """Related articles, explained: TF-IDF of the whole text, names, subjects and figures, and closeness in time.

    Parameters
    ----------
    weights : RankingWeights, optional
        What each signal counts for.

    Notes
    -----
    Exact: every article is scored by one sparse product. Memory is about 3 kB an article of 250 words; see
    docs/related.md for measured limits. One thread at a time may write; readers wait for it.

    Examples
    --------
    >>> from newsnlp import Article, RelatedIndex
    >>> index = RelatedIndex()
    >>> index.add([
    ...     Article(id="a", text="Un séisme a fait 36 morts à Demnate, au Maroc.", published_at="2026-02-03"),
    ...     Article(id="b", text="Maroc : après le séisme, Demnate enterre ses morts.", published_at="2026-02-04"),
    ...     Article(id="c", text="La Banque centrale européenne baisse son taux.", published_at="2026-02-04"),
    ... ])
    >>> [(found.id, found.kind.value) for found in index.suggest("a")]
    [('b', 'same_story')]
    >>> sorted(index.suggest("a")[0].reasons)
    ['Demnate', 'Maroc', 'morts', 'séisme']
    """

    def __init__(self, *, weights: RankingWeights | None = None) -> None:
        self.weights = weights or RankingWeights()
        self._columns = Columns()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return self._columns.alive_count

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._columns.rows

    @property
    def ids(self) -> list[str]:
        """The ids held, in the order they were added."""
        return list(self._columns.rows)

    def add(self, analyses: Query | Iterable[Query]) -> None:
        """Add articles; one whose id is held already replaces it.

        Parameters
        ----------
        analyses : Analysis or iterable of Analysis
            An `Article` or a text does too, but has no names, topics and figures to compare.
        """
        items = [analyses] if isinstance(analyses, Analysis | Article | str) else analyses
        for item in items:
            found = features_of(_checked(item))
            with self._lock:
                self._columns.append(found)

    def remove(self, ids: str | Iterable[str]) -> None:
        """Remove articles.

        Raises
        ------
        UnknownIdError
            If one is not held; then none is removed.
        """
        wanted = [ids] if isinstance(ids, str) else list(ids)
        with self._lock:
            for article_id in wanted:
                self._row_of(article_id)
            self._columns.remove(wanted)

    def suggest(
        self,
        query: Query,
        k: int = 5,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        same_source: bool | None = None,
        min_score: float = MIN_COSINE,
        diversity: bool = False,
        exclude: Collection[str] = (),
        kinds: Collection[str] | None = None,
    ) -> list[Suggestion]:
        """Return the articles most related to a query, best first; never the query itself, never silly ones.

        Parameters
        ----------
        query : str, Article or Analysis
            The id of an article that is held, or an article that need not be, or its text.
        k : int
            At most so many; fewer where nothing else is related.
        since, until : str or date, optional
            Publication dates, both included; articles without a date are left out where one is given.
        same_source : bool, optional
            True: only those of the query's source; False: only those of others.
        min_score : float
            The least cosine of the texts.
        diversity : bool
            At most one article a story.
        exclude : collection of str
            Ids that are not wanted.
        kinds : collection of str, optional
            Of ``duplicate``, ``same_story``, ``same_theme``: those wanted.

        Returns
        -------
        list of Suggestion
            By score, then by id: the same index gives the same list. Copies of one text are folded into the
            longest, the rest named in ``others``.

        Raises
        ------
        UnknownIdError
            If a query of one word is no id that is held.
        OptionError
            If an option is not accepted.
        """
        wanted = _kinds(kinds)
        if k < 1 or not 0 <= min_score <= 1:
            message = f"k={k}, min_score={min_score}: k must be 1 or more, min_score from 0 to 1"
            raise OptionError(message)
        with self._lock:
            prepared = self._prepare(query)
            allowed = self._allowed(prepared, since, until, same_source, exclude, query)
            return self._ranked(prepared, allowed, k, min_score, wanted, diversity=diversity)

    def fit(self, analyses: Iterable[Query]) -> Self:
        """Hold these articles and no others; `kneighbors` as scikit-learn's ``NearestNeighbors`` has it."""
        with self._lock:
            self._columns = Columns()
            self.add(analyses)
        return self

    def kneighbors(
        self, analyses: Iterable[Query] | None = None, n_neighbors: int = 5
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the nearest articles by the words alone, as arrays.

        Parameters
        ----------
        analyses : iterable, optional
            Queries; by default every article that is held, itself left out.
        n_neighbors : int

        Returns
        -------
        distances, indices : arrays of shape (n_queries, n_neighbors)
            Cosine distances, ascending, and positions in ``ids``. Rows are filled up with infinity and -1.
        """
        with self._lock:
            order = np.fromiter(self._columns.rows.values(), dtype=np.int64, count=len(self))
            queries: list[Query] = list(self.ids) if analyses is None else list(analyses)
            distances = np.full((len(queries), n_neighbors), np.inf, dtype=np.float32)
            indices = np.full((len(queries), n_neighbors), -1, dtype=np.int64)
            for number, query in enumerate(queries):
                prepared = self._prepare(query)
                cosines = self._columns.texts.cosines(prepared.terms, prepared.weights)[order]
                if prepared.row is not None and analyses is None:
                    cosines[np.flatnonzero(order == prepared.row)] = -np.inf
                best = np.lexsort((np.arange(len(order)), -cosines))[:n_neighbors]
                best = best[np.isfinite(cosines[best])]
                distances[number, : len(best)] = 1 - cosines[best]
                indices[number, : len(best)] = best
            return distances, indices

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the index into a folder: arrays and JSON, the old state kept until the new one is whole."""
        from newsnlp.related.storage import save_index

        with self._lock:
            self._columns.compact()
            save_index(self._columns, self.weights, folder)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Self:
        """Return the index that `save` wrote; its arrays are mapped, not read.

        Raises
        ------
        IndexFormatError
            If the folder is no index, or one of another version.
        """
        from newsnlp.related.storage import load_index

        columns, weights = load_index(folder)
        index = cls(weights=weights)
        index._columns = columns
        return index

    def to_bulk(self, name: str = "articles") -> Iterator[dict[str, Any]]:
        """Yield the articles as an OpenSearch or Elasticsearch bulk request has them: action, document, action …

        See `newsnlp.related.engines` for the mapping and the query that use them.
        """
        from newsnlp.related.engines import bulk_lines

        with self._lock:
            yield from bulk_lines(self._columns, name)

    def similarity(self, query: Query) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return, for every row, the similarity without the decay, and the cosine of the texts. For `stories`."""
        with self._lock:
            prepared = self._prepare(query)
            cosines = self._columns.texts.cosines(prepared.terms, prepared.weights)
            return self._combined(prepared, cosines, np.arange(len(cosines))), cosines

    def _row_of(self, article_id: str) -> int:
        row = self._columns.rows.get(article_id)
        if row is None:
            near = difflib.get_close_matches(article_id, self._columns.rows, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "pass the text or its analysis instead"
            message = f"no article {article_id!r} among the {len(self)} that are held. Hint: {hint}"
            raise UnknownIdError(message)
        return row

    def _prepare(self, query: Query) -> _Prepared:
        if isinstance(query, str) and (query in self._columns.rows or len(query.split()) <= 1):
            return self._prepare_row(self._row_of(query))
        return self._prepare_features(features_of(_checked(query)))

    def _prepare_row(self, row: int) -> _Prepared:
        columns = self._columns
        terms, weights = columns.texts.row(row)
        names, name_weights = columns.names.row(row)
        day = float(columns.days.values[row])
        return _Prepared(
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

    def _prepare_features(self, found: Features) -> _Prepared:
        columns = self._columns
        terms, weights = columns.texts.query(found.terms)
        names, name_weights = columns.names.query(found.names)
        numbers = (columns.texts.vocabulary.number(term) for term in found.surfaces)
        return _Prepared(
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

    def _allowed(
        self,
        prepared: _Prepared,
        since: str | date | None,
        until: str | date | None,
        same_source: bool | None,  # noqa: FBT001  # handed through
        exclude: Collection[str],
        query: Query,
    ) -> NDArray[np.bool_]:
        columns = self._columns
        allowed = columns.alive.values.astype(bool)
        days = columns.days.values
        if since is not None:
            allowed &= days >= (day_of(parse_date(since)) or 0.0)
        if until is not None:
            last = parse_date(until)
            # A date without a time means the whole of that day.
            whole = 1.0 if last is not None and last.time().isoformat() == "00:00:00" else 0.0
            allowed &= days < (day_of(last) or 0.0) + whole + (0.0 if whole else 1e-9)
        if same_source is not None:
            sources = np.array([meta.source for meta in columns.meta], dtype=object)
            allowed &= (sources == prepared.source) == same_source
        if prepared.row is not None:
            allowed[prepared.row] = False
        own_id = None if isinstance(query, str) else (query.article.id if isinstance(query, Analysis) else query.id)
        for article_id in {*exclude, own_id} - {None}:
            row = columns.rows.get(article_id)
            if row is not None:
                allowed[row] = False
        return allowed

    def _ranked(
        self,
        prepared: _Prepared,
        allowed: NDArray[np.bool_],
        k: int,
        min_score: float,
        kinds: frozenset[RelationKind],
        *,
        diversity: bool,
    ) -> list[Suggestion]:
        columns = self._columns
        cosines = columns.texts.cosines(prepared.terms, prepared.weights)
        rows = np.flatnonzero(allowed & (cosines >= min_score) & (cosines > 0))
        if len(rows) > POOL:
            near = cosines[rows] * decay_of(prepared.day, columns.days.values[rows], self.weights)
            rows = rows[np.argpartition(-near, POOL)[:POOL]]
        similarity = self._combined(prepared, cosines, rows)
        scores = similarity * decay_of(prepared.day, columns.days.values[rows], self.weights)
        by_id = np.array([columns.meta[row].id for row in rows], dtype=object)
        order = sorted(range(len(rows)), key=lambda n: (-scores[n], by_id[n]))

        groups: list[list[int]] = []
        for place, number in enumerate(order):
            if len(groups) > k and place >= FOLDED:
                break
            shingles = columns.shingles.row(int(rows[number]))
            home = next((g for g in groups if is_copy(shingles, columns.shingles.row(int(rows[g[0]])))), None)
            if home is not None:
                home.append(number)
            else:
                groups.append([number])

        found: list[Suggestion] = []
        stories: list[int] = []
        for group in groups:
            best = min(group, key=lambda n: (-columns.length(int(rows[n])), by_id[n]))
            row = int(rows[best])
            apart = None if prepared.day is None else abs(float(columns.days.values[row]) - prepared.day)
            kind = relation(
                copy=any(is_copy(columns.shingles.row(int(rows[n])), prepared.shingles) for n in group),
                similarity=float(max(similarity[n] for n in group)),
                days_apart=None if apart is None or np.isnan(apart) else apart,
            )
            if kind not in kinds or (diversity and self._told(row, stories)):
                continue
            stories.append(row)
            meta = columns.meta[row]
            found.append(
                Suggestion(
                    id=meta.id,
                    score=round(float(scores[group[0]]), 6),
                    kind=kind,
                    reasons=self._reasons(prepared, row),
                    others=tuple(str(by_id[n]) for n in group if n != best),
                    title=meta.title,
                    source=meta.source,
                    url=meta.url,
                    cosine=round(float(cosines[row]), 6),
                )
            )
            if len(found) == k:
                break
        return found

    def _combined(
        self, prepared: _Prepared, cosines: NDArray[np.float32], rows: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Return the similarity of some rows: words, names, topics and figures."""
        columns, weights = self._columns, self.weights
        combined = cosines[rows].astype(np.float64)
        if len(prepared.names):
            combined += weights.names * columns.names.cosines(prepared.names, prepared.name_weights)[rows]
        if len(prepared.topics) or len(prepared.figures):
            for number, row in enumerate(rows):
                combined[number] += weights.topics * overlap(prepared.topics, columns.topics.row(int(row)))
                combined[number] += weights.figures * overlap(prepared.figures, columns.figures.row(int(row)))
        return combined

    def _told(self, row: int, stories: list[int]) -> bool:
        """Return whether a row tells a story that one of those chosen tells."""
        columns = self._columns
        for other in stories:
            terms, weights = columns.texts.row(row)
            theirs, their_weights = columns.texts.row(other)
            _, mine, yours = np.intersect1d(terms, theirs, return_indices=True)
            apart = abs(float(columns.days.values[row]) - float(columns.days.values[other]))
            kind = relation(
                copy=False,
                similarity=float(weights[mine] @ their_weights[yours]),
                days_apart=None if np.isnan(apart) else apart,
            )
            if kind is RelationKind.SAME_STORY:
                return True
        return False

    def _reasons(self, prepared: _Prepared, row: int) -> tuple[str, ...]:
        """Return the shared names and words by what they contributed; a word inside a named name is not repeated."""
        columns = self._columns
        shared: list[tuple[float, str]] = []
        for space, terms, weights, factor in (
            (columns.names, prepared.names, prepared.name_weights, max(self.weights.names, 1e-9)),
            (columns.texts, prepared.terms, prepared.weights, 1.0),
        ):
            theirs, their_weights = space.row(row)
            common, mine, yours = np.intersect1d(terms, theirs, return_indices=True)
            for number, share in zip(common, weights[mine] * their_weights[yours] * factor, strict=True):
                shown = space.vocabulary.shown[number]
                if space is columns.texts:
                    shown = prepared.surfaces.get(int(number), shown)
                shared.append((float(share), shown))
        reasons: list[str] = []
        said: set[str] = set()
        # Names before the words they are made of, where both contributed.
        for _, shown in sorted(shared, key=lambda item: (-item[0], item[1])):
            words = {word.lower() for word in shown.replace("’", " ").replace("'", " ").replace("-", " ").split()}
            if words <= said:
                continue
            said |= words
            reasons.append(shown)
            if len(reasons) == MAX_REASONS:
                break
        return tuple(reasons)


def _checked(item: object) -> Query:
    if isinstance(item, Analysis | Article | str):
        return item
    message = f"an article must be an Analysis, Article or str, not {type(item).__name__}"
    raise ArticleError(message)


def _kinds(kinds: Collection[str] | None) -> frozenset[RelationKind]:
    if kinds is None:
        return frozenset(RelationKind)
    wanted = {kinds} if isinstance(kinds, str) else set(kinds)
    for kind in wanted:
        if kind not in set(RelationKind):
            raise OptionError.unknown("kinds", kind, (str(known) for known in RelationKind))
    return frozenset(RelationKind(kind) for kind in wanted)
