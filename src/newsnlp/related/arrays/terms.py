"""What of an article is compared: its words, its names, its figures, its subjects, and its runs of five words."""

from __future__ import annotations

import functools
import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.errors import ArticleError
from newsnlp.records import Analysis, Article, Kind
from newsnlp.text.folding import fold
from newsnlp.text.notices import without_notices
from newsnlp.text.stemming import stem, stop_stems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

# Letters and digits; an apostrophe or hyphen parts words, so that elisions fall off by their length. The thousands of
# a number belong together, whatever space parts them, and so do its decimals.
_WORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+[.,]\d+|\w+")
MIN_LETTERS = 2
SHINGLE_WORDS = 5
DAY_SECONDS = 86_400.0
# An odd number of 32 bits: multiplying by it makes the order of the words count.
MIXER = np.uint32(2_654_435_761)
# Texts of no more words than this are compared letter by letter too: a headline, or a headline and its lead.
SHORT_WORDS = 30
MOST_MENTIONS = 1000


@dataclass(frozen=True, slots=True)
class Features:
    """One article as the index holds it.

    ``words`` are those of title and text, the first ``title_words`` of a title that stands apart; ``pieces`` count
    runs of three letters, in short texts alone; ``names`` count mentions, ``name_surfaces`` give each as the article
    writes it; ``day`` is days since 1970, None without a date.
    """

    id: str
    title: str | None
    source: str | None
    url: str | None
    section: str | None
    day: float | None
    words: list[str]
    title_words: int
    pieces: Mapping[str, int]
    names: Mapping[str, int]
    name_surfaces: Mapping[str, str]
    topics: tuple[str, ...]
    figures: tuple[str, ...]


def body_of(item: Analysis | Article | str) -> str:
    """Return the text of an article that counts."""
    if isinstance(item, Analysis):
        # Records that another program made may lack the spans: then the whole text counts.
        return item.body if item.body_spans else item.article.text
    return item.text if isinstance(item, Article) else item


def features_of(item: Analysis | Article | str, notices: Collection[int] | None = ()) -> Features:
    """Return the features of an analysed article, or of a raw one (which has no names, topics or figures).

    Notices (`newsnlp.text.notices`), those that articles share among them, do not count; None: there are none in it.

    Raises
    ------
    ArticleError
        If its records, made by hand or by another program, are not what their types say.
    """
    try:
        return _features_of(item, notices)
    except (TypeError, ValueError, AttributeError) as error:
        article = item.article if isinstance(item, Analysis) else item
        raise ArticleError.unreadable(getattr(article, "id", None), error) from error


def _features_of(item: Analysis | Article | str, notices: Collection[int] | None) -> Features:
    article = item.article if isinstance(item, Analysis) else item if isinstance(item, Article) else Article(text=item)
    body = body_of(item) if notices is None else without_notices(body_of(item), notices)
    # A title that was given apart, or cut from the body, counts once.
    words = words_in(body)
    title_words = 0
    if article.title and article.title not in body:
        title = words_in(article.title)
        title_words = len(title)
        words = title + words
    names: Counter[str] = Counter()
    name_surfaces: dict[str, str] = {}
    topics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    if isinstance(item, Analysis):
        for entity in item.entities:
            key = plain(entity.name)
            # More than the index counts: a number that another program made may be of any length.
            names[key] += min(max(1, int(entity.mention_count)), MOST_MENTIONS)
            name_surfaces.setdefault(key, entity.name)
        topics = tuple(topic.code for topic in item.topics)
        figures = tuple(
            dict.fromkeys(
                f"{figure.event}:{_shown(figure.value)}"
                for figure in item.figures
                if figure.event and figure.value is not None and figure.kind == Kind.COUNT
            )
        )
    return Features(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        section=article.extra.get("section"),
        day=day_of(article.published_at),
        words=words,
        title_words=title_words,
        pieces=_pieces(words) if len(words) <= SHORT_WORDS else {},
        names=names,
        name_surfaces=name_surfaces,
        topics=topics,
        figures=figures,
    )


def _shown(value: float) -> str:
    # A longer number than any float holds is a number all the same.
    return f"{value:g}" if abs(value) <= sys.float_info.max else "inf"


def term_of(word: str) -> str:
    """Return the term a word counts for, "" for one that tells no article from another."""
    if len(word) < MIN_LETTERS:
        return ""
    if word[0].isdigit():
        return "".join(word.split())
    term = stem(word)
    return "" if term in stop_stems() else term


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text; a low line parts them, and joins no thousands."""
    return _WORD.findall(text.replace("_", "\n") if "_" in text else text)


def terms_in(text: str) -> list[str]:
    """Return the terms of a text, in order, as often as they stand there."""
    return [term for word in words_in(text) if (term := term_of(word))]


def counted_terms(words: list[str]) -> tuple[Counter[str], dict[str, str]]:
    """Return how often each term stands in a text, and each as it is written there.

    The form is the first in lower case, since a capital may be only the sentence's; else the first.
    """
    pairs = [(term, word) for word in words if (term := term_of(word))]
    counts = Counter(term for term, _ in pairs)
    backwards = pairs[::-1]
    return counts, {**dict(backwards), **{term: word for term, word in backwards if word.islower()}}


def _pieces(words: list[str]) -> Counter[str]:
    """Return the runs of three letters of the words that count, their beginnings and ends marked.

    In a headline, two forms of one word (`grève`, `grévistes`) are often all that two reports share.
    """
    pieces: Counter[str] = Counter()
    for word in words:
        if term_of(word):
            marked = f"^{plain(word)}$"
            pieces.update(marked[start : start + 3] for start in range(len(marked) - 2))
    return pieces


@functools.lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Return a text in lower case, without accents, one apostrophe for both: `États-Unis` is `etats-unis`."""
    return fold(text, accents=False)


def day_of(moment: datetime | None) -> float | None:
    """Return days since 1970 in UTC; a moment without a time zone is taken as UTC."""
    if moment is None:
        return None
    aware = moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)
    return aware.timestamp() / DAY_SECONDS


def word_print(word: str) -> int:
    """Return a word's fingerprint, the same in every process and on every machine, which str.__hash__ is not."""
    return zlib.crc32(word.lower().encode("utf-8", "surrogatepass"))


def shingles_of(prints: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a 32-bit fingerprint of every run of five words, sorted; of the whole, where there are fewer.

    Parameters
    ----------
    prints : array of uint32
        The fingerprints of the words, in text order.
    """
    if not len(prints):
        return prints
    runs = max(1, len(prints) - SHINGLE_WORDS + 1)
    mixed = np.zeros(runs, dtype=np.uint32)
    for place in range(min(SHINGLE_WORDS, len(prints))):
        mixed = mixed * MIXER + prints[place : place + runs]
    mixed ^= mixed >> np.uint32(15)
    mixed.sort()
    fresh = np.ones(runs, dtype=bool)
    np.not_equal(mixed[1:], mixed[:-1], out=fresh[1:])
    return mixed[fresh]
