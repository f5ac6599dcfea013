"""Which words of a text are nouns, adjectives and names, and which end a phrase; without a tagger."""

from __future__ import annotations

import functools
import re
import zlib
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsnlp.lexicons import load_csv
from newsnlp.safety.saved_files import own_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHTS_FILE = "word_kinds.npz"
BUCKETS = 2**15
# Noun, Adjective, X what ends a phrase.
KINDS = "NAX"
_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*|[^\w\s]|\n")
_PREPOSITIONS = frozenset({"de", "du", "des", "d", "à", "au", "aux"})
_ARTICLES = frozenset({"la", "le", "les", "l"})
_ENDS = ".!?…:\n«»•–—"


class Word(NamedTuple):
    """A word or sign of a text, and its kind.

    One letter: Noun, Adjective, P proper name, D "de" or "à", L article, X what ends a phrase.
    """

    start: int
    end: int
    text: str
    kind: str


def split_words(text: str) -> list[re.Match[str]]:
    """Return the words, signs and line breaks of a text; apostrophes are none."""
    return [match for match in _WORD.finditer(text) if match.group() not in "'’"]


def is_closed(word: str) -> bool:
    """Whether a list or the sign itself tells the kind of a word."""
    lower = word.lower()
    return len(word) == 1 or not word[0].isalpha() or lower in _PREPOSITIONS | _ARTICLES or lower in _stopwords()


def buckets_of(words: Sequence[str], place: int) -> tuple[int, ...]:
    """Return the hashed features of a word: itself, its endings, its neighbours and theirs, and its listed class."""
    word = words[place]
    low = word.lower()
    before = words[place - 1].lower() if place else "^"
    after = words[place + 1].lower() if place + 1 < len(words) else "$"
    return tuple(
        zlib.crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS
        for feature in (
            f"w{low[:24]}",
            f"2{low[-2:]}",
            f"3{low[-3:]}",
            f"4{low[-4:]}",
            f"b{before[:24]}",
            f"a{after[:24]}",
            f"B{before[-3:]}|{low[-3:]}",
            f"A{after[-3:]}|{low[-3:]}",
            f"{'C' if word[0].isupper() else 'c'}{low[-2:]}",
            f"N{before[-2:]}|{after[-2:]}",
            f"k{_listed().get(low, '')}",
        )
    )


def words_of(text: str) -> list[Word]:
    """Return the words of a text with their kinds.

    Of 10 words of other texts 9 are told as `fr_core_news_sm` does (docs/topics.md).
    """
    found = split_words(text)
    plain = [match.group() for match in found]
    # A word that also stands in lower case is no name where it opens a sentence.
    common = {word for word in plain if word.islower()}
    words: list[Word] = []
    opens = True
    for place, match in enumerate(found):
        word = plain[place]
        words.append(Word(match.start(), match.end(), word, _kind(plain, place, opens=opens, common=common)))
        opens = word in _ENDS or (opens and not word[0].isalpha())
    return words


def _kind(words: Sequence[str], place: int, *, opens: bool, common: set[str]) -> str:
    word = words[place]
    lower = word.lower()
    if not word[0].isalpha():
        return "X"
    if lower in _PREPOSITIONS:
        return "D"
    if lower in _ARTICLES:
        return "L"
    stop = lower in _stopwords()
    if word[0].isupper() and not (stop and (opens or word.isupper())) and not (opens and lower in common):
        # A capital tells nothing where a sentence opens, but for what the endings of the word say.
        return "P" if not opens or _guess(words, place) == "N" else _guess(words, place)
    return "X" if stop or len(word) == 1 else _guess(words, place)


def _guess(words: Sequence[str], place: int) -> str:
    weights, bias = _weights()
    return KINDS[int((weights[list(buckets_of(words, place))].sum(axis=0) + bias).argmax())]


@functools.cache
def _weights() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return one row a bucket and one number a kind."""
    path = resources.files("newsnlp.topics").joinpath("weights", WEIGHTS_FILE)
    with own_weights(WEIGHTS_FILE), path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return held["weights"].T.astype(np.int32), held["bias"].astype(np.int32)


@functools.cache
def _listed() -> dict[str, str]:
    rows = load_csv("topics_word_classes.csv", columns=("surface", "class"))
    return {row["surface"]: row["class"] for row in rows}


@functools.cache
def _stopwords() -> frozenset[str]:
    return frozenset(row["surface"] for row in load_csv("topics_stopwords.csv", columns=("surface",)))
