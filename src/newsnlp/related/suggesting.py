"""From cosines to suggestions: candidates scored closely, copies folded, the reasons named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.duplicates import is_copy
from newsnlp.related.ranking import RankingWeights, RelationKind, decay_of, overlap, relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsnlp.related.columns import Columns
    from newsnlp.related.querying import Prepared

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
    ) -> list[Suggestion]:
        """Return at most k suggestions among the rows allowed, best first."""
        columns = self.columns
        cosines = columns.texts.cosines(prepared.terms, prepared.weights)
        rows = np.flatnonzero(allowed & (cosines >= min_score) & (cosines > 0))
        if len(rows) > POOL:
            near = cosines[rows] * decay_of(prepared.day, columns.days.values[rows], self.weights)
            rows = rows[np.argpartition(-near, POOL)[:POOL]]
        similarity = self.combined(prepared, cosines, rows)
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

    def combined(self, prepared: Prepared, cosines: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the similarity of some rows: words, names, topics and figures."""
        columns, weights = self.columns, self.weights
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
        columns = self.columns
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

    def _reasons(self, prepared: Prepared, row: int) -> tuple[str, ...]:
        """Return the shared names and words by what they contributed; a word inside a named name is not repeated."""
        columns = self.columns
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
