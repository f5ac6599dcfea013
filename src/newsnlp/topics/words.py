"""The words of a text as the topic step sees them: folded, stemmed, with their places.

Deliberately light: one regular expression and one cached function, so that a page costs about a millisecond.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.lexicons.stemming import MIN_STEM, stem

# A word, a currency or other sign that tells much about the subject, or a result such as 3-1.
_TOKEN = re.compile(r"(?<![\d-])\d{1,3} ?[-–/] ?\d{1,3}(?![\d-])|[^\W_]+|[€$£%°]")
_SCORE = re.compile(r"\d+ ?[-–/] ?\d+")
# Dropped everywhere, also inside terms: "coupe d'Afrique" and "Coupe Afrique" are the same to us.
LINK_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "à", "a", "au", "aux", "en", "et", "un", "une"})
SCORE_TOKEN = "#score"  # noqa: S105  # a token of text


class Token(NamedTuple):
    """One word: offsets in the text, and the form that is looked up."""

    start: int
    end: int
    stem: str


@functools.cache
def stop_stems() -> frozenset[str]:
    """Return the stems of the words that say nothing about the subject."""
    return frozenset(stem(row["surface"]) for row in load_csv("topics_stopwords.csv", columns=("surface",)))


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order, link words and plain numbers left out."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.isdigit():
            if len(word) < MIN_STEM:  # 35 heures, 115: parts of terms
                tokens.append(Token(match.start(), match.end(), word))
            continue
        if not word[0].isalpha() and _SCORE.fullmatch(word):
            tokens.append(Token(match.start(), match.end(), SCORE_TOKEN))
            continue
        if word in LINK_WORDS or word.lower() in LINK_WORDS:
            continue
        tokens.append(Token(match.start(), match.end(), stem(word)))
    return tokens


def is_content(token: Token) -> bool:
    """Tell whether a token may be a feature: neither a stop word nor a bare number."""
    return token.stem not in stop_stems() and not token.stem.isdigit()
