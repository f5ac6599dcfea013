"""From cosines to suggestions: candidates scored closely, copies folded, the reasons named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.related.duplicates import FEW_RUNS, copies_of, copy_pairs
from newsnlp.related.querying import with_letters
from newsnlp.related.ranking import (
    RankingWeights,
    RelationKind,
    decay_of,
    length_of,
    overlaps,
    reasons_of,
    relation,
    rough_decay_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from newsnlp.related.arrays.columns import Columns
    from newsnlp.related.arrays.vectors import VectorSpace
    from newsnlp.related.querying import Allowed, Prepared

# Candidates that are scored whole: words, letters, names, topics, figures. On 100 000 articles put together from
# Wikinews, 200 held .9993 of the ten that scoring everything finds (docs/related.md).
POOL = 200
# Of two short texts, letters count half: more are scored whole, which costs little.
SHORT_POOL = 1500
# Rows of the query's words that are looked up first, at least, and for each article that is held: with the rarest
# words of the query. What is found is scored whole. Half as many found .990 of the ten.
LEAST_ROWS = 100_000
ROWS_AN_ARTICLE = 1.0
# What a text must reach of the least cosine by these words alone.
PART = 0.3
# Candidates among which copies are looked for. Both grow with the number that is asked for.
FOLDED = 50
# But not beyond: every two of them are compared. Of more than a thousand that are asked for, the last are not folded.
MOST_FOLDED = 2000
# Scores are compared to the sixth decimal: the last bits of a sum depend on the order in which articles came.
DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One related article.

    ``kind`` is ``duplicate``, ``same_story`` or ``same_theme``; ``reasons`` are the shared names and words, in
    order of contribution, as the articles have them; ``others`` are the ids of other sources' copies of it;
    ``cosine`` that of the two texts, before names and time; `because` says the reasons in French.
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

    @property
    def because(self) -> str:
        """The reasons as a reader is told them.

        Examples
        --------
        >>> Suggestion(id="a", score=0.3, kind=RelationKind.SAME_STORY, reasons=("Donges", "raffinerie")).because
        'parce que : Donges, raffinerie'
        """
        return f"parce que : {', '.join(self.reasons)}" if self.reasons else ""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the rows of one set of columns."""

    columns: Columns
    weights: RankingWeights

    def ranked(
        self,
        prepared: Prepared,
        allowed: Allowed,
        *,
        k: int,
        min_score: float,
        kinds: frozenset[RelationKind],
        diversity: bool,
        fold: bool,
    ) -> list[Suggestion]:
        """Return at most k suggestions among the rows allowed, best first."""
        columns = self.columns
        rows, cosines = self.candidates(prepared, allowed, max(POOL, 4 * k), min_score)
        similarity = self.combined(prepared, cosines, rows)
        scores = np.round(similarity * self._factors(prepared, rows).astype(np.float64), DECIMALS)
        meta = columns.meta
        most = min(max(FOLDED, 2 * k), MOST_FOLDED)
        found: list[Suggestion] = []
        stories: list[int] = []
        for group in self._groups(prepared, rows, scores, most if fold else 0):
            # The best ranked, not the longest: that is the one that editors link (issue 19).
            best = group.members[0]
            row = int(rows[best])
            apart = np.nan if prepared.day is None else abs(float(columns.days.values[row]) - prepared.day)
            kind = relation(
                copy=group.is_copy,
                similarity=float(max(similarity[n] for n in group.members)),
                days_apart=None if np.isnan(apart) else apart,
            )
            if kind not in kinds or (diversity and self._told(row, stories)):
                continue
            stories.append(row)
            shown = meta[row]
            found.append(
                Suggestion(
                    id=shown.id,
                    score=float(scores[best]),
                    kind=kind,
                    reasons=reasons_of(columns, prepared, row, self.weights.names),
                    others=tuple(meta[rows[n]].id for n in group.members[1:]),
                    title=shown.title,
                    source=shown.source,
                    url=shown.url,
                    cosine=round(float(cosines[best]), DECIMALS),
                )
            )
            if len(found) == k:
                break
        return found

    def candidates(
        self, prepared: Prepared, allowed: Allowed, pool: int, min_score: float
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the rows that may be suggested, and the cosine of each with the query, whole."""
        texts = self.columns.texts
        budget = max(LEAST_ROWS, int(ROWS_AN_ARTICLE * len(texts)))
        estimates, whole = texts.estimates(prepared.terms, prepared.weights, budget)
        is_short = bool(len(prepared.pieces))
        # Letters lift what words alone leave under the threshold.
        least = 0.0 if is_short else min_score if whole else PART * min_score
        rows = np.flatnonzero(estimates >= least) if least > 0 else np.flatnonzero(estimates)
        rows = rows[allowed.among(rows)]
        pool = max(pool, SHORT_POOL) if is_short else pool
        near = estimates[rows]
        if len(rows) > pool:
            near = near * self._factors(prepared, rows, decay=rough_decay_of)
            # By row where equal, so that the pool does not depend on how numpy parts ties.
            least_near = np.partition(near, len(near) - pool)[len(near) - pool]
            rows = rows[near >= least_near][: 2 * pool]
        cosines = estimates[rows] if whole else texts.row_cosines(rows, prepared.terms, prepared.weights)
        if is_short:
            cosines = with_letters(self.columns, prepared, rows, cosines)
        kept = (cosines >= min_score) & (cosines > 0)
        return rows[kept], cosines[kept]

    def _groups(
        self, prepared: Prepared, rows: NDArray[np.intp], scores: NDArray[np.float64], most: int
    ) -> Iterator[Group]:
        """Yield the candidates in groups of copies, in order; only the first `most` are compared with one another."""
        meta, shingles = self.columns.meta, self.columns.shingles
        first = min(most or FOLDED, len(rows))
        if first < len(rows):
            # Those that score as the last of the first do come before or after it by their ids.
            bound = np.partition(scores, len(scores) - first)[len(scores) - first] if first else np.inf
            ahead, behind = np.flatnonzero(scores >= bound).tolist(), np.flatnonzero(scores < bound).tolist()
        else:
            ahead, behind = list(range(len(rows))), []
        values = scores.tolist()

        def rank(number: int) -> tuple[float, str]:
            return -values[number], meta[rows[number]].id

        ahead.sort(key=rank)
        behind[:0] = ahead[first:]
        prints = shingles.rows(rows[ahead[:first]])
        if most:
            yield from _folded(ahead[:first], prints, prepared.shingles)
        else:
            is_copy = copies_of(prepared.shingles, prints)
            yield from (Group([n], bool(same)) for n, same in zip(ahead[:first], is_copy, strict=True))
        for number in sorted(behind, key=rank):
            same = copies_of(prepared.shingles, [shingles.row(int(rows[number]))])
            yield Group([number], bool(same[0]))

    def combined(self, prepared: Prepared, cosines: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the similarity of some rows: the weighted mean over what the query has, words, names and so on."""
        columns, weights = self.columns, self.weights
        combined = cosines.astype(np.float64)
        whole = 1.0
        if weights.names and len(prepared.names):
            combined += weights.names * columns.names.row_cosines(rows, prepared.names, prepared.name_weights)
            whole += weights.names
        for weight, numbers, held in (
            (weights.topics, prepared.topics, columns.topics),
            (weights.figures, prepared.figures, columns.figures),
        ):
            if weight and len(numbers):
                combined += weight * overlaps(numbers, held.rows(rows))
                whole += weight
        return combined / whole

    def _factors(
        self, prepared: Prepared, rows: NDArray[np.intp], decay: Callable[..., Any] = decay_of
    ) -> NDArray[np.floating]:
        """Return what time and length make of the similarity of some rows."""
        columns, texts = self.columns, self.columns.texts
        nearness = decay(prepared.day, columns.days.values[rows], self.weights)
        factors: NDArray[np.floating] = nearness * length_of(texts.lengths()[rows], texts.mean_length(), self.weights)
        return factors

    def _told(self, row: int, stories: list[int]) -> bool:
        """Return whether a row tells a story that one of those chosen tells."""
        columns = self.columns
        same = copies_of(columns.shingles.row(row), [columns.shingles.row(other) for other in stories])
        for number, other in enumerate(stories):
            similarity = _shared(columns.texts, row, other)
            if len(columns.names.terms.row(row)):
                names = self.weights.names
                similarity = (similarity + names * _shared(columns.names, row, other)) / (1 + names)
            apart = abs(float(columns.days.values[row]) - float(columns.days.values[other]))
            kind = relation(
                copy=bool(same[number]), similarity=similarity, days_apart=None if np.isnan(apart) else apart
            )
            if kind is not RelationKind.SAME_THEME:
                return True
        return False


def _shared(space: VectorSpace, row: int, other: int) -> float:
    """Return the cosine of two rows."""
    terms, weights = space.row(row)
    theirs, their_weights = space.row(other)
    _, mine, yours = np.intersect1d(terms, theirs, assume_unique=True, return_indices=True)
    return float(weights[mine] @ their_weights[yours])


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that are copies of one text, best ranked first, which stands for all; copies of the query or not."""

    members: list[int]
    is_copy: bool


def _folded(order: list[int], prints: list[NDArray[np.uint32]], query: NDArray[np.uint32]) -> Iterator[Group]:
    """Yield candidates in groups of copies, each led by its best ranked, the groups in order.

    A candidate joins a group where it is a copy of any member: two briefs cut from the two ends of a long wire have
    nothing in common but the wire. Copies of the query and others are never mixed: a round-up that holds
    the query holds other texts too. Headlines alone are never folded: the same words stand over different texts.
    """
    pairs = copy_pairs([*prints, query])
    # The query comes last.
    of_query = {one for one, other in pairs if other == len(prints)}
    sizes = [len(row) for row in prints]
    alike = [
        (one, other)
        for one, other in [*((min(of_query), other) for other in of_query), *pairs]
        if one < other < len(prints)
        and (one in of_query) == (other in of_query)
        and max(sizes[one], sizes[other]) >= FEW_RUNS
    ]
    homes = list(range(len(order)))
    for one, other in alike:
        if homes[one] != homes[other]:
            first, last = sorted((homes[one], homes[other]))
            homes = [first if home == last else home for home in homes]
    groups: dict[int, list[int]] = {}
    for place, home in enumerate(homes):
        groups.setdefault(home, []).append(place)
    for places in groups.values():
        yield Group([order[place] for place in places], places[0] in of_query)
