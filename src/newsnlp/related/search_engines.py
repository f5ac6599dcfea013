"""The same signals as documents and queries for OpenSearch or Elasticsearch, for sites that already run one.

The index here is exact to some hundred thousand articles on one machine (docs/related.md); beyond, a search engine's
``more_like_this`` over the terms, with a decay over days, comes close. Its default of 25 query terms loses .07 of
nDCG@10 against the whole text (issue 6), hence the 100 here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.related.ranking import RankingWeights

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from newsnlp.related.arrays.columns import Columns

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUERY_TERMS = 100
# Days since 1970 of the beginning of the year 1 and of the end of the year 9999.
FIRST_DAY, LAST_DAY = -719_162.0, 2_932_896.0 + 86_399.0 / 86_400.0

# Terms and names come analysed from newsnlp: the engine only splits them at spaces and new lines.
MAPPING: dict[str, Any] = {
    "settings": {
        "analysis": {"analyzer": {"newsnlp_lines": {"type": "pattern", "pattern": "\\n", "lowercase": False}}}
    },
    "mappings": {
        "properties": {
            "title": {"type": "text", "analyzer": "french"},
            "source": {"type": "keyword"},
            "url": {"type": "keyword", "index": False},
            "published_at": {"type": "date"},
            "terms": {"type": "text", "analyzer": "whitespace", "term_vector": "yes", "store": False},
            "names": {"type": "text", "analyzer": "newsnlp_lines", "term_vector": "yes"},
            "topics": {"type": "keyword"},
            "figures": {"type": "keyword"},
        }
    },
}


def bulk_lines(columns: Columns, row: int, name: str) -> list[dict[str, Any]]:
    """Return action and document of one article.

    Counts go as repetitions, so that the engine's own term frequencies are the article's.
    """
    meta = columns.meta[row]
    return [
        {"index": {"_index": name, "_id": meta.id}},
        {
            "title": meta.title,
            "source": meta.source,
            "url": meta.url,
            "published_at": _moment(float(columns.days.values[row])),
            "terms": " ".join(_repeated(columns.texts, row)),
            "names": "\n".join(_repeated(columns.names, row)),
            "topics": [word for word in _labels(columns, columns.topics.row(row)) if word.startswith("medtop:")],
            "figures": _labels(columns, columns.figures.row(row)),
        },
    ]


def _moment(day: float) -> str | None:
    if np.isnan(day):
        return None
    # A zone can put the first and the last day of the calendar outside of it.
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return (EPOCH + timedelta(days=day)).isoformat(timespec="seconds")


def more_like_this_query(
    document: dict[str, Any],
    *,
    k: int = 10,
    exclude: Collection[str] = (),
    weights: RankingWeights | None = None,
    terms: int = QUERY_TERMS,
) -> dict[str, Any]:
    """Return the body of a search for articles like a document of `bulk_lines`.

    Parameters
    ----------
    document : dict
        As `RelatedIndex.to_bulk` yields it.
    k : int
        How many articles to return.
    exclude : collection of str
        Ids that are not wanted: the document's own, where it is indexed.
    weights : RankingWeights, optional
        ``names`` boosts the names, ``decay`` is the exponent of time.
    terms : int
        Terms that the engine takes from the document.

    Returns
    -------
    dict
        To be sent as JSON to ``/<index>/_search``.

    Examples
    --------
    >>> query = more_like_this_query({"terms": "séisme maroc", "names": "Maroc", "published_at": "2026-02-03"}, k=3)
    >>> query["size"]
    3
    """
    used = weights or RankingWeights()
    likes: list[dict[str, Any]] = [
        {
            "more_like_this": {
                "fields": [field],
                "like": document.get(field) or "",
                "min_term_freq": 1,
                "min_doc_freq": 2,
                "max_query_terms": terms,
                "minimum_should_match": "0%",
                "boost": boost,
            }
        }
        for field, boost in (("terms", 1.0), ("names", used.names))
        if document.get(field)
    ]
    query: dict[str, Any] = {"bool": {"should": likes, "minimum_should_match": 1}}
    if exclude:
        query["bool"]["must_not"] = [{"ids": {"values": sorted(exclude)}}]
    if document.get("published_at"):
        # (1 + days)^-decay, in the engine's own language; the engine's named decays fall off too fast far away.
        source = (
            "double days = Math.abs(doc['published_at'].value.toInstant().toEpochMilli() - params.now) / 8.64e7; "
            "return _score * Math.pow(1 + days, -params.decay);"
        )
        now = int(datetime.fromisoformat(document["published_at"]).replace(tzinfo=UTC).timestamp() * 1000)
        parameters = {"now": now, "decay": used.decay}
        query["bool"]["filter"] = [{"exists": {"field": "published_at"}}]
        query = {"script_score": {"query": query, "script": {"source": source, "params": parameters}}}
    return {"size": k, "query": query}


def _repeated(space: Any, row: int) -> Iterator[str]:
    for term, count in zip(space.terms.row(row).tolist(), space.counts.row(row).tolist(), strict=True):
        yield from [space.vocabulary.words[term]] * count


def _labels(columns: Columns, numbers: Any) -> list[str]:
    return [columns.labels.words[int(number)] for number in numbers]
