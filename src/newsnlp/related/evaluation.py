"""How well an index finds what editors linked, against plain TF-IDF."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.errors import OptionError, shown
from newsnlp.related.asked import row_of
from newsnlp.related.querying import prepare_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from newsnlp.related.arrays.columns import Columns

# What is given of links: the articles that each article links, or pairs.
Links = Mapping[str, Iterable[str]] | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvaluation:
    """nDCG of the suggestions and of plain TF-IDF, over the articles whose links are known; its text is a table.

    ``missing`` counts the links whose article or target is not held: they are left out.
    """

    ndcg: float
    tfidf: float
    recall: float
    tfidf_recall: float
    k: int
    articles: int
    links: int
    missing: int

    def __str__(self) -> str:
        """Return a table of three lines, and what was left out."""
        lines = [
            f"{self.articles} articles, {self.links} links",
            f"{'':14}{'nDCG@' + str(self.k):>10}{'recall@' + str(self.k):>12}",
            f"{'RelatedIndex':14}{self.ndcg:>10.3f}{self.recall:>12.3f}",
            f"{'TF-IDF':14}{self.tfidf:>10.3f}{self.tfidf_recall:>12.3f}",
        ]
        if self.missing:
            lines.append(f"{self.missing} links left out: their articles are not held")
        return "\n".join(lines)


def evaluated(columns: Columns, suggest: Callable[[str], list[str]], links: Links, k: int) -> LinkEvaluation:
    """Return how well the ids that are suggested for each article are those that it links: `RelatedIndex.evaluate`."""
    listed = listed_links(links)
    held = {
        one: {other for other in others if columns.find(other) is not None}
        for one, others in listed.items()
        if columns.find(one) is not None
    }
    held = {one: others for one, others in held.items() if others}
    if not held:
        message = f"none of the {len(listed)} articles with links is held with one that it links"
        raise OptionError(message)
    sums = np.zeros(4)
    for one, wanted in held.items():
        for place, ranked in enumerate((suggest(one), plain_ranking(columns, row_of(columns, one), k))):
            sums[place] += ndcg(ranked, wanted, k)
            sums[2 + place] += len(wanted & set(ranked)) / len(wanted)
    score, tfidf, recall, tfidf_recall = (sums / len(held)).tolist()
    total = sum(map(len, held.values()))
    return LinkEvaluation(
        ndcg=score,
        tfidf=tfidf,
        recall=recall,
        tfidf_recall=tfidf_recall,
        k=k,
        articles=len(held),
        links=total,
        missing=sum(map(len, listed.values())) - total,
    )


def listed_links(links: Links) -> dict[str, list[str]]:
    """Return links as lists by article, each once.

    Raises
    ------
    OptionError
        If they are neither a mapping of ids to ids nor pairs of ids.
    """
    found: dict[str, list[str]] = defaultdict(list)
    given: object = links
    try:
        if isinstance(given, Mapping):
            pairs = [(one, other) for one, others in given.items() for other in _several(others)]
        else:
            pairs = [(pair[0], pair[1]) for pair in map(tuple, links)]
    except (TypeError, ValueError) as error:
        message = f"links={shown(links)[:80]} is not accepted; give {{id: [linked ids]}} or pairs (id, linked id)"
        raise OptionError(message) from error
    for one, other in pairs:
        if not isinstance(one, str) or not isinstance(other, str):
            message = f"links hold {shown((one, other))[:80]}; accepted: ids, each a str"
            raise OptionError(message)
        if one != other:
            found[one].append(other)
    return {one: list(dict.fromkeys(others)) for one, others in found.items()}


def _several(ids: object) -> Iterable[object]:
    if isinstance(ids, str):
        return (ids,)
    if isinstance(ids, Iterable) and not isinstance(ids, bytes):
        return ids
    message = "no ids"
    raise TypeError(message)


def ndcg(ranked: Collection[str], wanted: Collection[str], k: int) -> float:
    """Return the normalised discounted cumulative gain of a ranking, each wanted id of the same worth."""
    gain = sum(1 / math.log2(place + 2) for place, one in enumerate([*ranked][:k]) if one in wanted)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(k, len(wanted))))


def plain_ranking(columns: Columns, row: int, k: int) -> list[str]:
    """Return the ids that plain TF-IDF ranks first: the cosines of the whole texts, neither time nor names."""
    query = prepare_row(columns, row)
    cosines = columns.texts.cosines(query.terms, query.weights)
    cosines[~columns.alive.values] = 0.0
    cosines[row] = 0.0
    first = np.argsort(-cosines, kind="stable")[:k]
    return [columns.meta[place].id for place in first.tolist() if cosines[place] > 0]
