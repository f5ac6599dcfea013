"""Articles as vectors whose product tells how likely two of them are about one event."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from newsnlp.records import EventType
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
# Texts that share few words and names are of two events: less than .25 of both cosines together have .97 of the pairs
# of two events, and .1 of those of one (three learnt sets, 599 Wikinews articles).
WHOLE = {"whole": 1.0, "names": 1.0}
THIN, THIN_BELOW = -2.0, 0.25
# What else speaks for or against: sorts of events in common, or two without any; no country in common, named days that
# differ, ten days between the publications. The first of each pair is for texts, the second for headlines.
HAPPENINGS_SHARED = (1.8, 1.8)
HAPPENINGS_APART = (0.0, -0.6)
COUNTRIES_APART = (-4.4, -2.0)
DAYS_APART = -0.8
TEN_DAYS = -2.5
THIRTY_DAYS = -0.7
# Articles alive at once, for which the biases hold: of twice as many, half as many pairs are of one event.
USUAL_DENSITY = 1000.0
# Fewer than on the sparsest corpus measured (64 headlines of months) say no more for a pair.
LEAST_DENSITY = 20.0
# How much of that is taken into account.
DENSITY_SHARE = 0.5
# A word in more of the articles than this part tells of no event by itself; in a few articles, any does.
RARE_SHARE = 0.02
RARE_LEAST = 20
# By so many of its names, and of its words, beyond those of its head, a text finds the stories it may belong to.
MOST_KEYS = 15
LEAST_KEYS = 5


class Vectors(NamedTuple):
    """An article as its head, and as a text: its words and names, and what its head tells.

    The last two are empty where it has no more than a head.
    """

    head: tuple[NDArray[np.int32], NDArray[np.float32]]
    whole: tuple[NDArray[np.int32], NDArray[np.float32]]
    text: tuple[NDArray[np.int32], NDArray[np.float32]]
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
            "whole": WHOLE,
            "text": {**TEXTS, "names": TEXTS["names"] * names},
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
            self._joined(weighed, self.parts["text"]) if one.whole else _EMPTY,
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
        shared = sorted((number for number in found if self.counts[number] > 1), key=self.counts.__getitem__)
        # Where a corpus is about one event, all its signs are common: an article has some to be found by all the same.
        return tuple(number for place, number in enumerate(shared) if place < LEAST_KEYS or self.counts[number] <= most)


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


# What the main events of two analyses (`Analysis.events`) say, where both have one: types that no story moves between,
# days of one type that meet or are apart, where they come again (every Saturday's march) or not, places.
TYPES_APART = -4.0
SAME_DAYS, OTHER_DAYS, OTHER_DAYS_OF_A_SERIES = 2.2, -1.5, -12.0
SAME_PLACE, OTHER_DIVISION, OTHER_COUNTRY = 2.8, -1.5, -3.0
# Two contests of one competition, and two that have nothing to do with each other, are told alike.
CONTESTS = -4.5
# Storms and flights that are called alike, or otherwise.
SAME_NAME, OTHER_NAME = 6.0, -12.0
# Two towns so far apart are two spots; of one type and another day they are two events.
FAR_KM = 80.0
KM_PER_DEGREE = 111.2
ELSEWHERE, ELSEWHERE_ANOTHER_DAY = -1.0, -6.0

_COLUMNS = {
    "day": np.float64,
    "countries": np.uint64,
    "happenings": np.uint64,
    "first_day": np.int64,
    "last_day": np.int64,
    "family": np.uint64,
    "series": np.bool_,
    "personal": np.bool_,
    "event_type": np.int64,
    "event_name": np.int64,
    "event_first": np.int64,
    "event_last": np.int64,
    "event_country": np.int64,
    "event_division": np.int64,
    "event_place": np.int64,
    "event_latitude": np.float64,
    "event_longitude": np.float64,
}


class Facts:
    """What of each article speaks for or against another, in columns that grow."""

    def __init__(self) -> None:
        self._columns: dict[str, NDArray[Any]] = {name: np.zeros(64, dtype) for name, dtype in _COLUMNS.items()}
        # Words by number; 0 is none.
        self._numbers: dict[str, int] = {}

    def put(self, row: int, one: Signs) -> None:
        """Set the facts of one article."""
        columns = self._columns
        if row >= len(columns["day"]):
            columns = self._columns = {name: np.append(held, np.zeros_like(held)) for name, held in columns.items()}
        columns["day"][row] = np.nan if one.day is None else one.day
        columns["countries"][row] = _bits(one.countries)
        columns["happenings"][row] = one.happenings
        columns["first_day"][row], columns["last_day"][row] = one.days or (0, 0)
        columns["family"][row] = one.family
        columns["series"][row] = one.series
        columns["personal"][row] = one.personal
        columns["event_first"][row], columns["event_last"][row] = one.event_days or (0, 0)
        columns["event_latitude"][row], columns["event_longitude"][row] = one.event_point or (np.nan, np.nan)
        for name in ("event_type", "event_name", "event_country", "event_division", "event_place"):
            word = getattr(one, name)
            columns[name][row] = self._numbers.setdefault(word, len(self._numbers) + 1) if word else 0

    def odds(self, row: int, others: NDArray[np.int64], texts: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return by how much the facts raise the odds for each of some articles, of which `texts` are no headlines."""
        mine = {name: column[row] for name, column in self._columns.items()}
        theirs = {name: column[others] for name, column in self._columns.items()}

        def differ(name: str) -> NDArray[np.bool_]:
            found: NDArray[np.bool_] = (mine[name] != 0) & (theirs[name] != 0) & (mine[name] != theirs[name])
            return found

        found = np.zeros(len(others))
        for name, apart, shared in (
            ("countries", COUNTRIES_APART, (0.0, 0.0)),
            ("happenings", HAPPENINGS_APART, HAPPENINGS_SHARED),
        ):
            told = (mine[name] != 0) & (theirs[name] != 0)
            common = (mine[name] & theirs[name]) != 0
            found += np.where(common, np.where(texts, *shared), np.where(told, np.where(texts, *apart), 0.0))
        found += DAYS_APART * (_gap(mine, theirs, "first_day", "last_day") > 1)
        since = np.abs(theirs["day"] - mine["day"])
        since[np.isnan(since)] = 0.0
        found += TEN_DAYS * np.minimum(since, 10.0) / 10.0
        found += THIRTY_DAYS * np.clip(since - 10.0, 0.0, 20.0) / 20.0
        families = (mine["family"] & theirs["family"]) != 0
        found += TYPES_APART * ~families
        gap = _gap(mine, theirs, "event_first", "event_last")
        same = (mine["event_type"] != 0) & (mine["event_type"] == theirs["event_type"])
        personal = mine["personal"] | theirs["personal"]
        found += CONTESTS * (texts & same & (mine["event_type"] == self._numbers.get(EventType.COMPETITION, -1)))
        found += SAME_DAYS * (same & ~personal & (gap <= 0))
        found += (OTHER_DAYS_OF_A_SERIES if mine["series"] else OTHER_DAYS) * (same & (gap > 1))
        far = same & (_distance(mine, theirs) > FAR_KM)
        found += ELSEWHERE * far + ELSEWHERE_ANOTHER_DAY * (far & (gap > 0))
        place = (mine["event_place"] != 0) & (mine["event_place"] == theirs["event_place"])
        found += SAME_PLACE * (families & ~personal & place)
        found += SAME_NAME * ((mine["event_name"] != 0) & (mine["event_name"] == theirs["event_name"]))
        found += OTHER_NAME * differ("event_name")
        country = differ("event_country")
        found += OTHER_COUNTRY * country + OTHER_DIVISION * (differ("event_division") & ~country)
        return found


def _bits(countries: Iterable[str]) -> int:
    """Return countries as bits; two of one bit count as one country, which parts no story wrongly."""
    found = 0
    for country in countries:
        found |= 1 << (sum(ord(letter) * 31**place for place, letter in enumerate(country)) % 64)
    return found


def _gap(mine: Mapping[str, Any], theirs: Mapping[str, Any], first: str, last: str) -> NDArray[np.float64]:
    """Return how many days lie between one span of days and others: 0 where they meet, NaN where one is not told."""
    gap: NDArray[np.float64] = np.maximum(theirs[first] - mine[last], mine[first] - theirs[last]).astype(np.float64)
    gap[(mine[first] == 0) | (theirs[first] == 0)] = np.nan
    return gap


def _distance(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> NDArray[np.float64]:
    """Return how far apart the spots of two events are, in kilometres, flat: NaN where one is not known."""
    north = theirs["event_latitude"] - mine["event_latitude"]
    east = (theirs["event_longitude"] - mine["event_longitude"]) * np.cos(np.radians(mine["event_latitude"]))
    distance: NDArray[np.float64] = KM_PER_DEGREE * np.hypot(north, east)
    return distance
