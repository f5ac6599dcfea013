"""Articles to stories, in order of publication: each joins the likeliest story still told, or opens one."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.story_space import (
    DENSITY_SHARE,
    HEADLINES_BIAS,
    LEAST_DENSITY,
    TEXTS_BIAS,
    THIN,
    THIN_BELOW,
    USUAL_DENSITY,
    Facts,
    Frequencies,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from newsnlp.related.ranking import RankingWeights
    from newsnlp.related.story_signs import Signs
    from newsnlp.related.story_space import Vectors

# Stories that one sign leads to: the latest. Common signs lead to too many, and to the wrong ones.
MOST_STORIES = 200
# Stories that an article is compared with member by member: those that share most.
MOST_COMPARED = 20
# Members of a story that an article is compared with: the first, which tell what it began with, and the last.
FIRST_MEMBERS, LAST_MEMBERS = 8, 16


class StoryStream:
    """Stories that grow article by article.

    An article is as likely to belong to a story as the root mean square of its likelihoods with the members: the mean
    would part the first report of an event from the last, the closest alone would chain stories together.
    """

    def __init__(self, similarity: float, days: float, weights: RankingWeights) -> None:
        self.similarity = similarity
        self.days = days
        self.members: list[list[int]] = []
        self.central: list[float] = []
        self._frequencies = Frequencies(weights)
        self._facts = Facts()
        self._vectors: dict[int, Vectors] = {}
        self._last: list[float] = []
        # By sign, the stories that have it, the latest last.
        self._stories_of: dict[int, dict[int, None]] = {}
        self._scratch = np.zeros(1024, dtype=np.float32)
        self._now = -math.inf

    def add(self, signs: Sequence[Signs]) -> list[int]:
        """Add articles, oldest first, those without a date last; return the number of each one's story."""
        self._frequencies.count(signs)
        known = len(self._frequencies.counts)
        if known > len(self._scratch):
            self._scratch = np.zeros(2 * known, dtype=np.float32)
        dates = [one.day for one in signs if one.day is not None]
        spells = max(1.0, (max(dates) - min(dates)) / self.days) if dates and self.days else 1.0
        density = -DENSITY_SHARE * math.log(max(LEAST_DENSITY, len(signs) / spells) / USUAL_DENSITY)
        return [self._placed(one, density) for one in signs]

    def _placed(self, one: Signs, density: float) -> int:
        row = len(self.central)
        vectors = self._frequencies.vectors(one)
        self._facts.put(row, one)
        self.central.append(0.0)
        day = math.inf if one.day is None else one.day
        near = self._near(vectors, day)
        home = self._home(row, vectors, near, density) if near else None
        if home is None:
            home = len(self.members)
            self.members.append([])
            self._last.append(day)
        self.members[home].append(row)
        self._last[home] = max(self._last[home], day) if math.isfinite(day) else self._last[home]
        self._vectors[row] = vectors
        for key in vectors.keys:
            stories = self._stories_of.setdefault(key, {})
            # Moved to the end: the latest.
            stories.pop(home, None)
            stories[home] = None
        return home

    def _near(self, vectors: Vectors, day: float) -> list[int]:
        """Return the stories that share most signs with an article, of those still told."""
        shared: defaultdict[int, float] = defaultdict(float)
        for key in vectors.keys:
            stories = self._stories_of.get(key)
            if not stories:
                continue
            weight = 1.0 / math.sqrt(self._frequencies.counts[key])
            over = []
            for story in islice(reversed(stories), MOST_STORIES):
                if day - self._last[story] > self.days and math.isfinite(day):
                    over.append(story)
                else:
                    shared[story] += weight
            for story in over:
                del stories[story]
        return [story for story, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPARED]]

    def _home(self, row: int, vectors: Vectors, near: list[int], density: float) -> int | None:
        """Return the likeliest of some stories, if it is likely enough."""
        chosen = [_some(self.members[story]) for story in near]
        others = np.array([member for members in chosen for member in members], dtype=np.int64)
        likelihoods = self._likelihoods(row, vectors, others, density)
        ends = np.cumsum([len(members) for members in chosen])
        starts = ends - [len(members) for members in chosen]
        scores = np.sqrt(np.add.reduceat(likelihoods**2, starts) / (ends - starts))
        best = int(np.argmax(scores))
        if scores[best] < self.similarity:
            return None
        mine = slice(int(starts[best]), int(ends[best]))
        for member, likelihood in zip(others[mine].tolist(), likelihoods[mine].tolist(), strict=True):
            self.central[member] += likelihood
            self.central[row] += likelihood
        return near[best]

    def _likelihoods(
        self, row: int, vectors: Vectors, others: NDArray[np.int64], density: float
    ) -> NDArray[np.float64]:
        """Return how likely an article is to tell the event of each of some others."""
        theirs = [self._vectors[other] for other in others.tolist()]
        long = len(vectors.whole[0]) > 0
        texts = np.array([long and len(one.whole[0]) > 0 for one in theirs])
        odds = np.empty(len(others))
        for whole in (True, False):
            places = np.flatnonzero(texts == whole)
            if not len(places):
                continue
            compared = [theirs[place] for place in places.tolist()]
            if whole:
                shared = self._products(vectors.whole, [one.whole for one in compared])
                odds[places] = TEXTS_BIAS + self._products(vectors.text, [one.text for one in compared])
                odds[places] += THIN * (shared < THIN_BELOW)
            else:
                odds[places] = HEADLINES_BIAS + self._products(vectors.head, [one.head for one in compared])
        odds += np.where(texts, 0.0, density) + self._facts.odds(row, others, texts)
        return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))

    def _products(
        self,
        mine: tuple[NDArray[np.int32], NDArray[np.float32]],
        theirs: list[tuple[NDArray[np.int32], NDArray[np.float32]]],
    ) -> NDArray[np.float64]:
        """Return the products of one vector with others."""
        self._scratch[mine[0]] = mine[1]
        numbers = np.concatenate([one[0] for one in theirs])
        terms = self._scratch[numbers] * np.concatenate([one[1] for one in theirs])
        self._scratch[mine[0]] = 0.0
        sums = np.concatenate([[0.0], np.cumsum(terms, dtype=np.float64)])
        ends = np.cumsum([len(one[0]) for one in theirs])
        products: NDArray[np.float64] = np.diff(sums[np.concatenate([[0], ends])])
        return products


def _some(members: list[int]) -> list[int]:
    """Return the members of a story that stand for all."""
    few = len(members) <= FIRST_MEMBERS + LAST_MEMBERS
    return members if few else members[:FIRST_MEMBERS] + members[-LAST_MEMBERS:]
