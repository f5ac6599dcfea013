"""What of an article is compared: its words, its names, its figures, its subjects, and its runs of five words."""

from __future__ import annotations

import functools
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_csv
from newsnlp.lexicons.stemming import stem
from newsnlp.records import Analysis, Article, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

# Letters and digits; an apostrophe or hyphen parts words, so that elisions fall off by their length.
_WORD = re.compile(r"[^\W_]+")
MIN_LETTERS = 2
SHINGLE_WORDS = 5
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Features:
    """One article as the index holds it.

    ``terms`` and ``names`` count occurrences; ``surfaces`` gives each term as the article writes it;
    ``shingles`` are 32-bit fingerprints of every run of five words; ``day`` is days since 1970, None without a
    date.
    """

    id: str
    title: str | None
    source: str | None
    url: str | None
    day: float | None
    terms: Mapping[str, int]
    surfaces: Mapping[str, str]
    names: Mapping[str, int]
    topics: tuple[str, ...]
    figures: tuple[str, ...]
    shingles: frozenset[int]


def features_of(item: Analysis | Article | str) -> Features:
    """Return the features of an analysed article, or of a raw one (which has no names, topics or figures)."""
    if isinstance(item, Analysis):
        article, body = item.article, item.body
    else:
        article = item if isinstance(item, Article) else Article(text=item)
        body = article.text
    # A title that was given apart, or cut from the body, counts once.
    text = body if article.title and article.title in body else f"{article.title or ''}\n{body}"
    words = _WORD.findall(text)
    terms: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    stop = stop_stems()
    for word in words:
        if len(word) < MIN_LETTERS:
            continue
        term = stem(word)
        if term not in stop:
            terms[term] += 1
            # The article's own form; one in lower case says that a capital was only the sentence's.
            if term not in surfaces or word.islower():
                surfaces[term] = word
    names: Counter[str] = Counter()
    topics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    if isinstance(item, Analysis):
        for entity in item.entities:
            names[entity.name] += entity.mention_count
        topics = tuple(topic.code for topic in item.topics)
        figures = tuple(
            dict.fromkeys(
                f"{figure.event}:{figure.value:g}"
                for figure in item.figures
                if figure.event and figure.value is not None and figure.kind == Kind.COUNT
            )
        )
    return Features(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        day=day_of(article.published_at),
        terms=terms,
        surfaces=surfaces,
        names=names,
        topics=topics,
        figures=figures,
        shingles=shingles_of(_WORD.findall(body.lower())),
    )


@functools.cache
def stop_stems() -> frozenset[str]:
    """Return the stems of words that tell no article from another."""
    return frozenset(stem(row["surface"]) for row in load_csv("topics_stopwords.csv", columns=("surface",)))


def day_of(moment: datetime | None) -> float | None:
    """Return days since 1970 in UTC; a moment without a time zone is taken as UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.timestamp() / DAY_SECONDS


def shingles_of(words: list[str]) -> frozenset[int]:
    """Return a 32-bit fingerprint of every run of five words; of the whole, where there are fewer."""
    if not words:
        return frozenset()
    # crc32 is the same in every process and on every machine; str.__hash__ is not.
    return frozenset(
        zlib.crc32(" ".join(words[start : start + SHINGLE_WORDS]).encode("utf-8", "surrogatepass"))
        for start in range(max(1, len(words) - SHINGLE_WORDS + 1))
    )
