"""Articles as vectors whose product tells how likely two of them are about one event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsnlp.related.ranking import RankingWeights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from newsnlp.related.story_signs import Signs

# Log-odds that two articles are about one event, by the cosines of their signs: logistic regressions over pairs, the
# first on headlines of one day (1 000 with 58 events of several), the second on whole texts (docs/related.md).
HEADLINES = {"head": 3.3, "pieces": 3.8, "head_names": 3.4, "concepts": 3.5, "places": 2.7}
TEXTS = {"whole": 1.5, "names": 9.0, "head_names": 2.0, "concepts": 1.2, "places": 0.9}
HEADLINES_BIAS = -7.8
TEXTS_BIAS = -3.6
# What else speaks for or against: sorts of events in common, or two without any; no country in common, named days that
# differ, ten days between the publications. The first of each pair is for texts, the second for headlines.
HAPPENINGS_SHARED = (1.8, 1.8)
HAPPENINGS_APART = (0.0, -0.6)
COUNTRIES_APART = (-4.4, -2.0)
DAYS_APART = -0.8
TEN_DAYS = -2.5
THIRTY_DAYS = -0.7
NEVER = -30.0
# Articles alive at once, for which the biases hold: of twice as many, half as many pairs are of one event.
USUAL_DENSITY = 1000.0
# How much of that is taken into account.
DENSITY_SHARE = 0.5
# A word in more of the articles than this part tells of no event by itself; in a few articles, any does.
RARE_SHARE = 0.02
RARE_LEAST = 20
# By so many of its names, and of its words, beyond those of its head, a text finds the stories it may belong to.
MOST_KEYS = 15


class Vectors(NamedTuple):
    """An article as its head, and as a whole text; the latter empty where it has no more than a head."""

    head: tuple[NDArray[np.int32], NDArray[np.float32]]
    whole: tuple[NDArray[np.int32], NDArray[np.float32]]
    keys: tuple[int, ...]


class Frequencies:
    """In how many articles each sign stands, and what it weighs."""

    def __init__(self, weights: RankingWeights) -> None:
        self.numbers: dict[tuple[str, str], int] = {}
        self.counts: list[int] = []
        self.articles = {"head": 0, "whole": 0}
        standard = RankingWeights()
        names = weights.names / standard.names
        self.parts = {
            "head": HEADLINES,
            "whole": {**TEXTS, "names": TEXTS["names"] * names},
        }

    def count(self, signs: Iterable[Signs]) -> None:
        """Count the signs of articles."""
        for one in signs:
            for part, counted in _parts(one).items():
                for term in counted:
                    number = self.numbers.setdefault((part, term), len(self.counts))
                    if number == len(self.counts):
                        self.counts.append(0)
                    self.counts[number] += 1
            self.articles["head"] += 1
            self.articles["whole"] += bool(one.whole)
            for key in _crossings(one):
                number = self.numbers.setdefault(("crossing", key), len(self.counts))
                if number == len(self.counts):
                    self.counts.append(0)
                self.counts[number] += 1

    def vectors(self, one: Signs) -> Vectors:
        """Return the vectors of an article that was counted."""
        parts = _parts(one)
        weighed = {part: self._weighed(part, counted) for part, counted in parts.items()}
        return Vectors(
            self._joined(weighed, self.parts["head"]),
            self._joined(weighed, self.parts["whole"]) if one.whole else _EMPTY,
            self._keys(one, weighed),
        )

    def _weighed(self, part: str, counted: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the terms of a part and their TF-IDF, of length one."""
        if not counted:
            return _EMPTY
        numbers = np.array([self.numbers[part, term] for term in counted], dtype=np.int32)
        articles = self.articles["whole" if part in ("whole", "names") else "head"]
        frequency = np.array([self.counts[number] for number in numbers.tolist()], dtype=np.float32)
        counts = np.fromiter(counted.values(), np.float32, len(counted))
        values = (1.0 + np.log(counts)) * (np.log((1.0 + articles) / (1.0 + frequency)) + 1.0)
        return numbers, (values / np.linalg.norm(values)).astype(np.float32)

    @staticmethod
    def _joined(
        weighed: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32]]], weights: Mapping[str, float]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the parts as one vector: the product of two is the sum of the parts' cosines by their weights."""
        numbers = np.concatenate([weighed[part][0] for part in weights])
        values = np.concatenate([math.sqrt(weight) * weighed[part][1] for part, weight in weights.items()])
        return numbers, values.astype(np.float32)

    def _keys(
        self, one: Signs, weighed: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32]]]
    ) -> tuple[int, ...]:
        """Return by what an article finds its story: rare stems, names, and a kind of thing at a place.

        All of the head, and what weighs most in the text: the rarest words alone would be those of one wire's copies.
        """
        most = max(RARE_LEAST, RARE_SHARE * self.articles["head"])
        found = dict.fromkeys(self.numbers["crossing", key] for key in _crossings(one))
        found.update(dict.fromkeys(number for part in ("head_names", "head") for number in weighed[part][0].tolist()))
        for part in ("names", "whole"):
            numbers, values = weighed[part]
            found.update(dict.fromkeys(numbers[np.argsort(-values, kind="stable")[:MOST_KEYS]].tolist()))
        return tuple(number for number in found if 1 < self.counts[number] <= most)


_EMPTY = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


def _parts(one: Signs) -> dict[str, Mapping[str, int]]:
    return {
        "head": one.head,
        "pieces": one.pieces,
        "head_names": one.head_names,
        "concepts": one.concepts,
        "places": one.places,
        "whole": one.whole,
        "names": one.names,
    }


def _crossings(one: Signs) -> list[str]:
    """Return each concept of the head at its narrowest places."""
    narrow = [place for place in one.places if len(place) > 2] or list(one.places)  # noqa: PLR2004  # FR-62, not FR
    return [f"{concept} {place}" for concept in one.concepts for place in narrow]


@dataclass(slots=True)
class Facts:
    """What of each article speaks for or against another, in columns that grow."""

    day: NDArray[np.float64]
    countries: NDArray[np.uint64]
    happenings: NDArray[np.uint64]
    days: NDArray[np.int64]
    family: NDArray[np.int64]
    event_type: NDArray[np.int64]
    event_days: NDArray[np.int64]
    event_country: NDArray[np.int64]
    types: dict[str, int]

    @classmethod
    def empty(cls) -> Facts:
        """Return no facts, with room for some."""
        room = 64
        pairs, one = np.zeros((room, 2), np.int64), np.zeros(room, np.int64)
        return cls(
            np.zeros(room), np.zeros(room, np.uint64), np.zeros(room, np.uint64), pairs, one.copy(), one.copy(), pairs.copy(), one.copy(), {}
        )

    def put(self, row: int, one: Signs) -> None:
        """Set the facts of one article."""
        if row >= len(self.day):
            for name in ("day", "countries", "happenings", "days", "family", "event_type", "event_days", "event_country"):
                column = getattr(self, name)
                setattr(self, name, np.concatenate([column, np.zeros_like(column)]))
        self.day[row] = np.nan if one.day is None else one.day
        self.countries[row] = _bits(one.countries)
        self.happenings[row] = np.uint64(one.happenings)
        # 0 0: no day is told.
        self.days[row] = one.days or (0, 0)
        self.family[row] = one.family
        self.event_type[row] = self.types.setdefault(one.event_type, len(self.types) + 1) if one.event_type else 0
        self.event_days[row] = one.event_days or (0, 0)
        self.event_country[row] = self.types.setdefault(one.event_country, len(self.types) + 1) if one.event_country else 0

    def against(self, row: int, others: NDArray[np.int64], texts: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return by how much each of some articles' facts lower the odds; `texts` tells which are compared as texts."""
        found = np.zeros(len(others))
        for column, apart, shared in (
            (self.countries, COUNTRIES_APART, (0.0, 0.0)),
            (self.happenings, HAPPENINGS_APART, HAPPENINGS_SHARED),
        ):
            theirs = column[others]
            common = (column[row] & theirs) != 0
            told = (column[row] != 0) & (theirs != 0)
            found += np.where(common, np.where(texts, *shared), np.where(told, np.where(texts, *apart), 0.0))
        found += DAYS_APART * _days_apart(self.days[row], self.days[others])
        since = np.abs(self.day[others] - self.day[row])
        since[np.isnan(since)] = 0.0
        found += TEN_DAYS * np.minimum(since, 10.0) / 10.0 + THIRTY_DAYS * np.clip(since - 10.0, 0.0, 20.0) / 20.0
        never = (self.family[row] & self.family[others]) == 0
        same = (self.event_type[row] != 0) & (self.event_type[row] == self.event_type[others])
        never |= same & _days_apart(self.event_days[row], self.event_days[others])
        country = self.event_country[others]
        never |= (self.event_country[row] != 0) & (country != 0) & (country != self.event_country[row])
        found[never] = NEVER
        return found


def _bits(countries: Iterable[str]) -> np.uint64:
    """Return countries as bits; two of one bit count as one country, which parts no story wrongly."""
    found = 0
    for country in countries:
        found |= 1 << (sum(ord(letter) * 31**place for place, letter in enumerate(country)) % 64)
    return np.uint64(found)


def _days_apart(mine: NDArray[np.int64], theirs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where two spans of days, both told, are more than a day apart."""
    told = (mine[0] != 0) & (theirs[:, 0] != 0)
    apart: NDArray[np.bool_] = told & ((theirs[:, 0] > mine[1] + 1) | (mine[0] > theirs[:, 1] + 1))
    return apart
