"""From cosines to suggestions: candidates scored closely, copies folded, the reasons named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.duplicates import FEW_RUNS, copies, copies_of
from newsnlp.related.querying import text_cosines
from newsnlp.related.ranking import RankingWeights, RelationKind, decay_of, length_of, overlaps, reasons_of, relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsnlp.related.arrays.columns import Columns
    from newsnlp.related.arrays.vectors import VectorSpace
    from newsnlp.related.querying import Prepared

# Candidates that are looked at closely: names, topics, figures.
POOL = 200
# Candidates among which copies are looked for. Both grow with the number that is asked for.
FOLDED = 50
# But not beyond: every two of them are compared. Of more than a thousand that are asked for, the last are not folded.
MOST_FOLDED = 2000
# Versions of a copy within a tenth of the longest are as good: the best ranked of them stands for all.
AS_LONG = 0.9
# Scores are compared to the sixth decimal: the last bits of a sum depend on the order in which articles came.
DECIMALS = 6


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


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the rows of one set of columns."""

    columns: Columns
    weights: RankingWeights

    def ranked(
        self,
        prepared: Prepared,
        allowed: NDArray[np.bool_],
        *,
        k: int,
        min_score: float,
        kinds: frozenset[RelationKind],
        diversity: bool,
        fold: bool,
    ) -> list[Suggestion]:
        """Return at most k suggestions among the rows allowed, best first."""
        columns = self.columns
        cosines = text_cosines(columns, prepared)
        rows = np.flatnonzero(allowed & (cosines >= min_score) & (cosines > 0))
        pool = max(POOL, 4 * k)
        if len(rows) > pool:
            near = cosines[rows] * self._factors(prepared, rows)
            # By row where equal, so that the pool does not depend on how numpy parts ties.
            rows = np.sort(rows[np.lexsort((rows, -near))[:pool]])
        similarity = self.combined(prepared, cosines, rows)
        scores = np.round(similarity * self._factors(prepared, rows), DECIMALS)
        ids = [columns.meta[row].id for row in rows]
        order = sorted(range(len(rows)), key=lambda n: (-scores[n], ids[n]))
        prints = columns.shingles.rows(rows)
        found: list[Suggestion] = []
        stories: list[int] = []
        for group in (
            _folded(order, prints, prepared.shingles, min(max(FOLDED, 2 * k), MOST_FOLDED))
            if fold
            else [[n] for n in order]
        ):
            best = _best_version(group, prints)
            row = int(rows[best])
            apart = np.nan if prepared.day is None else abs(float(columns.days.values[row]) - prepared.day)
            kind = relation(
                copy=bool(copies_of(prepared.shingles, [prints[best]])[0]),
                similarity=float(max(similarity[n] for n in group)),
                days_apart=None if np.isnan(apart) else apart,
            )
            if kind not in kinds or (diversity and self._told(row, stories)):
                continue
            stories.append(row)
            meta = columns.meta[row]
            found.append(
                Suggestion(
                    id=meta.id,
                    score=float(scores[group[0]]),
                    kind=kind,
                    reasons=reasons_of(columns, prepared, row, self.weights.names),
                    others=tuple(ids[n] for n in group if n != best),
                    title=meta.title,
                    source=meta.source,
                    url=meta.url,
                    cosine=round(float(cosines[row]), DECIMALS),
                )
            )
            if len(found) == k:
                break
        return found

    def combined(self, prepared: Prepared, cosines: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the similarity of some rows: the weighted mean over what the query has, words, names and so on."""
        columns, weights = self.columns, self.weights
        combined = cosines[rows].astype(np.float64)
        whole = 1.0
        if weights.names and len(prepared.names):
            combined += weights.names * columns.names.cosines(prepared.names, prepared.name_weights)[rows]
            whole += weights.names
        for weight, numbers, held in (
            (weights.topics, prepared.topics, columns.topics),
            (weights.figures, prepared.figures, columns.figures),
        ):
            if weight and len(numbers):
                combined += weight * overlaps(numbers, held.rows(rows))
                whole += weight
        return combined / whole

    def _factors(self, prepared: Prepared, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what time and length make of the similarity of some rows."""
        columns, texts = self.columns, self.columns.texts
        nearness = decay_of(prepared.day, columns.days.values[rows], self.weights)
        lengths = length_of(texts.lengths()[rows], texts.mean_length(), self.weights)
        factors: NDArray[np.float64] = (nearness * lengths).astype(np.float64)
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


def _folded(
    order: list[int], prints: list[NDArray[np.uint32]], query: NDArray[np.uint32], most: int
) -> list[list[int]]:
    """Return the candidates in groups of copies, each led by its best ranked, the groups in order.

    A candidate joins a group where it is a copy of any member: two briefs cut from the two ends of a long wire have
    nothing in common but the wire. Copies of the query and others are never mixed: a round-up that holds
    the query holds other texts too. Headlines alone are never folded: the same words stand over different texts.
    """
    first, rest = order[:most], order[most:]
    alike = copies([prints[n] for n in first])
    of_query = copies_of(query, [prints[n] for n in first])
    alike |= of_query[:, None] & of_query[None, :]
    alike &= of_query[:, None] == of_query[None, :]
    sizes = np.array([len(prints[n]) for n in first])
    alike &= np.maximum(sizes[:, None], sizes[None, :]) >= FEW_RUNS
    homes = np.arange(len(first))
    for place in range(len(first)):
        for other in np.unique(homes[:place][alike[place, :place]]).tolist():
            homes[homes == other] = homes[place]
    groups: dict[int, list[int]] = {}
    for place, home in enumerate(homes.tolist()):
        groups.setdefault(home, []).append(first[place])
    return [*groups.values(), *([number] for number in rest)]


def _best_version(group: list[int], prints: list[NDArray[np.uint32]]) -> int:
    """Return the best ranked among the longest versions of a copy."""
    longest = max(len(prints[number]) for number in group)
    return next(number for number in group if len(prints[number]) >= AS_LONG * longest)
