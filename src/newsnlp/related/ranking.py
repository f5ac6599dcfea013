"""How likely an editor is to link two articles, and why: what they share, and how far apart they were published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.related.arrays.terms import terms_in
from newsnlp.safety.values import real_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsnlp.related.arrays.columns import Columns
    from newsnlp.related.arrays.vectors import VectorSpace
    from newsnlp.related.querying import Prepared


# Sums of more would lose what a small weight adds.
MOST_WEIGHT = 1e6


class RelationKind(StrEnum):
    """What two related articles have in common."""

    DUPLICATE = "duplicate"
    SAME_STORY = "same_story"
    SAME_THEME = "same_theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingWeights:
    """The weights of the signals.

    The similarity of two articles is the mean of that of their texts (weight 1), of their resolved names, topics and
    figures of events, in these proportions, over what the query has. It is multiplied by (1 + days)^-``decay``, and
    by a long text's advantage: cosine divides by the whole length of a text, ``length`` says by how much of it
    (1: all; the rest by the mean length). An article without a date counts as ``undated_days`` away.

    Notes
    -----
    ``decay`` 0.3 was measured on 3 110 articles of a French portal against its editors' links (nDCG@10 .51
    without, .66 with; see issue 6). The others were set on the measures of docs/related.md, where topics did harm and
    figures changed nothing: they count for those who weigh them.

    Raises
    ------
    OptionError
        If a weight is no number from 0 to a million, or ``length`` none from 0 to 1.
    """

    names: float = 0.1
    topics: float = 0.0
    figures: float = 0.0
    decay: float = 0.3
    length: float = 0.75
    undated_days: float = 365.0

    def __post_init__(self) -> None:
        for name in ("names", "topics", "figures", "decay", "length", "undated_days"):
            most = 1.0 if name == "length" else MOST_WEIGHT
            object.__setattr__(self, name, real_number(name, getattr(self, name), most=most))


# The least cosine of the texts. The 99th percentile of random pairs is .076 on a French portal (issue 6) and .077 on
# Wikinews; .10 would keep 90 % of the portal's editors' links. .08 lets one random pair in a hundred pass, and loses
# half as many of the pairs that .10 loses on Wikinews (docs/related.md).
MIN_COSINE = 0.08
# Two reports of one event: close in words or names, and in time. Of the bundled corpus's same-event pairs within ten
# days .96 reach .15, of its pairs with 486 Wikinews articles none does (docs/related.md).
STORY_SIMILARITY = 0.15
STORY_DAYS = 10.0


def decay_of(
    query_day: float | None, days: NDArray[np.float64], weights: RankingWeights
) -> NDArray[np.float64] | float:
    """Return what each candidate's distance in time leaves of its score; 1 where the query has no date."""
    if query_day is None:
        return 1.0
    return (1.0 + _days_apart(query_day, days, weights)) ** -weights.decay


def rough_decay_of(
    query_day: float | None, days: NDArray[np.float64], weights: RankingWeights
) -> NDArray[np.float32] | float:
    """Return `decay_of` to the sixth digit, in a fifth of the time: for thousands of candidates."""
    if query_day is None:
        return 1.0
    logs = np.log((1.0 + _days_apart(query_day, days, weights)).astype(np.float32))
    logs *= -weights.decay
    found: NDArray[np.float32] = np.exp(logs)
    return found


def _days_apart(query_day: float, days: NDArray[np.float64], weights: RankingWeights) -> NDArray[np.float64]:
    apart: NDArray[np.float64] = np.abs(days - query_day)
    apart[np.isnan(apart)] = weights.undated_days
    return apart


def length_of(lengths: NDArray[np.float32], mean: float, weights: RankingWeights) -> NDArray[np.float32]:
    """Return what each text's length gives back of what cosine took: 1 at the mean, more above, less below."""
    part = (1 - weights.length) * mean + weights.length * lengths
    factors: NDArray[np.float32] = np.divide(lengths, part, out=np.ones_like(part), where=part > 0)
    return factors


def overlaps(one: NDArray[np.integer], others: list[NDArray[np.integer]]) -> NDArray[np.float64]:
    """Return Jaccard's index of one set of numbers with each of several; 0 where both are empty."""
    sizes = np.array([len(other) for other in others], dtype=np.int64)
    if not len(one) or not sizes.any():
        return np.zeros(len(others))
    hits = np.concatenate([[0], np.cumsum(np.isin(np.concatenate(others), one))])
    ends = np.cumsum(sizes)
    shared = hits[ends] - hits[ends - sizes]
    found: NDArray[np.float64] = shared / (len(one) + sizes - shared)
    return found


def relation(*, copy: bool, similarity: float, days_apart: float | None) -> RelationKind:
    """Return the kind of relation of two articles.

    ``similarity`` is the cosine of the texts with the names added, as ranked but without the decay. Articles
    without dates are one story by their similarity alone.
    """
    if copy:
        return RelationKind.DUPLICATE
    near = days_apart is None or days_apart <= STORY_DAYS
    return RelationKind.SAME_STORY if near and similarity >= STORY_SIMILARITY else RelationKind.SAME_THEME


def _shares(
    space: VectorSpace, row: int, terms: NDArray[np.int32], weights: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return which of a query's terms, sorted, a row has too, and what each contributes to their cosine."""
    if not len(terms):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
    theirs, their_weights = space.row(row)
    places = np.minimum(np.searchsorted(terms, theirs), len(terms) - 1)
    common = np.flatnonzero(terms[places] == theirs)
    return places[common], weights[places[common]] * their_weights[common]


MAX_REASONS = 6
# Shares are compared to the sixth decimal, as scores are.
SHARE_DECIMALS = 6


def reasons_of(columns: Columns, prepared: Prepared, row: int, name_weight: float) -> tuple[str, ...]:
    """Return what a query shares with a row, in the query's own form, what contributed most first.

    A name counts with the words it is made of, which are then not repeated: *Gilbert Sorlin*, not *Sorlin* and
    *Gilbert*.
    """
    mine, own = _shares(columns.names, row, prepared.names, prepared.name_weights)
    places, shares = _shares(columns.texts, row, prepared.terms, prepared.weights)
    reasons: list[tuple[float, str]] = []
    left = np.ones(len(places), dtype=bool)
    if len(mine):
        number_of = columns.texts.vocabulary.number
        at = {int(prepared.terms[place]): number for number, place in enumerate(places.tolist())}
        # Longer names first: "Union européenne" takes "Union" before a shorter name can.
        names = [(prepared.name_surface(place), float(share)) for place, share in zip(mine.tolist(), own, strict=True)]
        for name, share in sorted(names, key=lambda item: (-len(item[0]), item[0])):
            parts = terms_in(name)
            words = [at[number] for part in parts if (number := number_of(part)) in at]
            words = [word for word in dict.fromkeys(words) if left[word]]
            if parts and not words:
                # All its words were named with a longer one.
                continue
            left[words] = False
            reasons.append((name_weight * share + float(shares[words].sum()), name))
    rest = np.flatnonzero(left)
    rounded = np.round(shares[rest].astype(np.float64), SHARE_DECIMALS)
    if len(rest) > MAX_REASONS:
        # Of those that share as much as the last one shown, all: which come first is for their forms to say.
        least = np.partition(rounded, len(rest) - MAX_REASONS)[len(rest) - MAX_REASONS]
        rest, rounded = rest[rounded >= least], rounded[rounded >= least]
    for word, share in zip(rest.tolist(), rounded.tolist(), strict=True):
        reasons.append((share, prepared.surface(int(places[word]))))
    reasons.sort(key=lambda item: (-round(item[0], SHARE_DECIMALS), item[1]))
    return tuple(dict.fromkeys(reason for _, reason in reasons))[:MAX_REASONS]
