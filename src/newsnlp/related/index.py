"""The index of related articles: add, remove, suggest."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from newsnlp.errors import OptionError, shown
from newsnlp.records import Analysis, Article
from newsnlp.related.arrays.shared import SharedColumns
from newsnlp.related.arrays.terms import body_of, features_of
from newsnlp.related.asked import article_of, ids_of, kinds_of, row_of
from newsnlp.related.evaluation import LinkEvaluation, Links, evaluated
from newsnlp.related.querying import (
    Filters,
    Prepared,
    Query,
    allowed_rows,
    nearest,
    prepare_features,
    prepare_row,
)
from newsnlp.related.ranking import MIN_COSINE, RankingWeights
from newsnlp.related.suggesting import Ranker, Suggestion
from newsnlp.safety.locks import Turn
from newsnlp.safety.values import real_number, record_of, records_of, whole_number
from newsnlp.text.notices import SharedNotices

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from newsnlp.related.arrays.columns import Columns, HeldArticle

# What may be asked about: `Query`, for isinstance.
_KINDS = (Analysis, Article, str)
# `kneighbors` gives rows of so many, whether there are as many articles or not.
MOST_NEIGHBOURS = 100_000
# Up to this share of removed articles is written with the others, unseen: closing the gaps takes twice the memory.
SAVED_DEAD_SHARE = 0.01


class RelatedIndex:
    """Related articles, explained: TF-IDF of the whole text, names, subjects and figures, and closeness in time.

    Parameters
    ----------
    weights : RankingWeights, optional
        What each signal counts for.

    Notes
    -----
    Memory is about 5 kB an article of 250 words; see docs/related.md for measured limits. Threads may share an index:
    those that change it take turns, those that ask see what the last change left, whole.

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
        given: object = weights
        if not isinstance(given, RankingWeights | None):
            message = f"weights={shown(weights)} is not accepted; give RankingWeights(...)"
            raise OptionError(message)
        self.weights = weights or RankingWeights()
        self._shared = SharedColumns()
        self._turn = Turn(inner=True)
        # Where it was loaded from or saved to last, and which of its generations it is.
        self._folder: Path | None = None
        self._generation = ""
        # Rights and offers that the articles share make no two of them alike.
        self._notices = SharedNotices()

    def __len__(self) -> int:
        return self._columns.alive_count

    def __getitem__(self, article_id: str) -> HeldArticle:
        """Return what is held of an article.

        Raises
        ------
        UnknownIdError
            If it is not held; the nearest id is named.
        """
        columns = self._shared.seen()
        return columns.held(row_of(columns, article_id))

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._columns.rows

    @property
    def ids(self) -> list[str]:
        """The ids held, in the order they were added."""
        return self._shared.seen().ids

    def add(self, analyses: Query | Iterable[Query]) -> None:
        """Add articles; one whose id is held already replaces it.

        Parameters
        ----------
        analyses : Analysis or iterable of Analysis
            An `Article` or a text does too, but has no names, topics and figures to compare.

        Raises
        ------
        ArticleError
            At the first that is none of these; those before it are held.
        """
        # Of a list, what its articles share is known before the first is added.
        listed = analyses if isinstance(analyses, list | tuple) else ()
        counted = [isinstance(item, _KINDS) and self._count(item) for item in listed]
        for number, item in enumerate(records_of(analyses, *_KINDS)):
            # Outside the turn: the articles may come from a generator that takes its time.
            has_notices = counted[number] if number < len(counted) else self._count(item)
            found = features_of(item, self._notices.found if has_notices else None)
            with self._shared.writing() as columns:
                columns.append(found)

    def _count(self, item: Query) -> bool:
        """Count the notices of an article, if it has any; of a record that cannot be read, whoever adds it tells."""
        with self._turn, contextlib.suppress(TypeError, ValueError, AttributeError, IndexError):
            return self._notices.count(body_of(item))
        return True

    def remove(self, ids: str | Iterable[str]) -> int:
        """Remove articles, and return how many of these were held: 0 for an unknown id.

        Examples
        --------
        >>> index = RelatedIndex().fit(["Séisme au Maroc.", "Grève à Nantes."])
        >>> index.remove([index.ids[0], "inconnu"]), index.remove("inconnu")
        (1, 0)
        """
        wanted = ids_of("ids", ids)
        with self._shared.writing() as columns:
            return columns.remove(wanted)

    def suggest(
        self,
        query: Query,
        k: int = 5,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        before: str | date | None = None,
        where: Mapping[str, str | Collection[str]] | None = None,
        same_source: bool | None = None,
        min_score: float = MIN_COSINE,
        diversity: bool = False,
        exclude: Collection[str] = (),
        kinds: Collection[str] | None = None,
        fold: bool = True,
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
        before : str or date, optional
            Only articles published before this moment: of an archive, what its readers could have read then.
        where : mapping, optional
            ``source``, ``topic`` (a code) and ``section`` (``Article.extra["section"]``), each one value or several:
            ``{"section": "Monde", "topic": ["medtop:16000000"]}``.
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
        fold : bool
            Fold copies of one text into the best version; False lists each.

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
        wanted = kinds_of(kinds)
        k = whole_number("k", k)
        min_score = real_number("min_score", min_score, most=1.0)
        given: object = same_source
        if not isinstance(given, bool | np.bool_ | None):
            message = f"same_source={shown(same_source)} is not accepted; give True, False or None"
            raise OptionError(message)
        unwanted = ids_of("exclude", exclude)
        filters = Filters(
            since=since, until=until, before=before, where=where, same_source=same_source, exclude=unwanted
        )
        columns = self._shared.searchable()
        prepared = self._prepare(columns, query)
        own_id = None
        if prepared.row is None:
            own_id = (Article(text=query) if isinstance(query, str) else article_of(query)).id
        allowed = allowed_rows(columns, prepared, filters, own_id)
        ranker = Ranker(columns, self.weights)
        return ranker.ranked(prepared, allowed, k=k, min_score=min_score, kinds=wanted, diversity=diversity, fold=fold)

    def fit(self, analyses: Iterable[Query], y: object = None) -> Self:  # noqa: ARG002  # scikit-learn's signature
        """Hold these articles and no others; `kneighbors` as scikit-learn's ``NearestNeighbors`` has it.

        Where one cannot be read, what was held before stays.
        """
        fresh = RelatedIndex(weights=self.weights)
        fresh.add(analyses)
        fresh._shared.searchable()
        self._notices = fresh._notices
        self._shared.replace(fresh._columns)
        return self

    @property
    def _columns(self) -> Columns:
        return self._shared.held

    def kneighbors(
        self, analyses: Iterable[Query] | None = None, n_neighbors: int = 5, *, return_distance: bool = True
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]] | NDArray[np.int64]:
        """Return the nearest articles by the words alone, as arrays; neither time nor names, nothing folded.

        Parameters
        ----------
        analyses : iterable, optional
            Queries; by default every article that is held, itself left out.
        n_neighbors : int
        return_distance : bool

        Returns
        -------
        distances, indices : arrays of shape (n_queries, n_neighbors)
            Cosine distances, ascending, and positions in ``ids``. Rows are filled up with infinity and -1. Without
            ``return_distance``, the indices alone.

        Raises
        ------
        OptionError
            If ``n_neighbors`` is not from 1 to a hundred thousand.

        Examples
        --------
        >>> index = RelatedIndex().fit(["Séisme au Maroc.", "Grève à Nantes.", "Un séisme secoue Demnate."])
        >>> index.kneighbors(["Le séisme de Demnate."], n_neighbors=1, return_distance=False)
        array([[2]])
        """
        n_neighbors = whole_number("n_neighbors", n_neighbors, most=MOST_NEIGHBOURS)
        given = None if analyses is None else list(records_of(analyses, *_KINDS))
        columns = self._shared.searchable()
        queries = columns.ids if given is None else given
        prepared = (self._prepare(columns, query) for query in queries)
        distances, indices = nearest(columns, prepared, (len(queries), n_neighbors), own=given is not None)
        return (distances, indices) if return_distance else indices

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the index into a folder: arrays and JSON, the old state kept until the new one is whole."""
        from newsnlp.related.storage.files import save_index

        with self._shared.writing() as columns:
            if columns.dead_share > SAVED_DEAD_SHARE:
                columns.compact()
            # What is loaded starts with fresh frequencies; so must what goes on here, to answer alike.
            columns.forget_idf()
            self._folder, self._generation = save_index(columns, self.weights, folder)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Self:
        """Return the index that `save` wrote; its arrays are mapped, not read.

        Raises
        ------
        IndexFormatError
            If the folder is no index, or one of another version.
        """
        from newsnlp.related.storage.files import load_index

        loaded = load_index(folder)
        index = cls(weights=loaded.weights)
        index._shared.replace(loaded.columns)
        index._folder, index._generation = loaded.folder, loaded.generation
        return index

    def reload(self) -> bool:
        """Take what another process saved since into the folder that this index came from, and say whether it did.

        Queries that run meanwhile are answered from what was held. What was changed here and not saved is lost.

        Raises
        ------
        OptionError
            If it came from no folder: it was never loaded or saved.
        IndexFormatError
            If what lies there now cannot be loaded; then what was held stays.
        """
        from newsnlp.related.storage.files import current_generation

        if self._folder is None:
            message = "this index came from no folder; accepted: one that was loaded or saved. Hint: RelatedIndex.load"
            raise OptionError(message)
        if current_generation(self._folder) == self._generation:
            return False
        fresh: RelatedIndex = RelatedIndex.load(self._folder)
        # Before the change, so that nobody waits for the postings.
        fresh._shared.searchable()
        self._shared.replace(fresh._columns)
        self.weights, self._generation = fresh.weights, fresh._generation
        return True

    def to_bulk(self, name: str = "articles") -> Iterator[dict[str, Any]]:
        """Yield the articles in the form of an OpenSearch or Elasticsearch bulk request: action, document, and so on.

        See `newsnlp.related.search_engines` for the mapping and the query that use them.
        """
        from newsnlp.related.search_engines import bulk_lines

        for article_id in self.ids:
            # As it is when the caller comes to it, who may take his time.
            columns = self._shared.seen()
            row = columns.find(article_id)
            yield from [] if row is None else bulk_lines(columns, row, name)

    def evaluate(self, links: Links, k: int = 10) -> LinkEvaluation:
        """Return how well the suggestions find what editors linked, next to plain TF-IDF.

        Parameters
        ----------
        links : mapping or iterable of pairs
            The ids that each article links; those that are not held are left out, and counted.
        k : int
            Suggestions that are looked at.

        Raises
        ------
        OptionError
            If ``links`` are not that, or none of them is between articles that are held.

        Examples
        --------
        >>> from newsnlp.samples import sample_corpus
        >>> index = RelatedIndex().fit(sample_corpus())
        >>> found = index.evaluate({"seisme-1": ["seisme-4", "seisme-5"], "raffinerie-1": ["raffinerie-4"]})
        >>> found.articles, found.links, found.missing
        (2, 3, 0)
        """
        k = whole_number("k", k)
        return evaluated(
            self._shared.searchable(), lambda one: [found.id for found in self.suggest(one, k=k)], links, k
        )

    def held(self, article_id: str) -> str:
        """Return the id of an article that is held.

        Raises
        ------
        UnknownIdError
            If it is not; the nearest id is named.
        """
        row_of(self._shared.seen(), article_id)
        return article_id

    def _prepare(self, columns: Columns, query: Query) -> Prepared:
        # One word is an id, and an unknown one an error: nobody looks for what is related to one word.
        if isinstance(query, str):
            row = columns.find(query)
            if row is None and len(query.split()) <= 1:
                row = row_of(columns, query)
            if row is not None:
                return prepare_row(columns, row)
        return prepare_features(columns, features_of(record_of(query, *_KINDS), self._notices.found))
