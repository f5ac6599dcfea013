"""The words of a text as the topic step sees them: folded, stemmed, with their places.

Deliberately light: one regular expression and one cached function, so that a page costs about a millisecond.
"""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import load_csv
from newsnlp.lexicons.stemming import MIN_STEM, stem

# A word, a currency or other sign that tells much about the subject, or a result such as 3-1.
_TOKEN = re.compile(r"[^\W\d_][^\W_]*|(?<![\d-])\d{1,3} ?[-–/] ?\d{1,3}(?![\d-])|[^\W_]+|[€$£%°]")
_SCORE = re.compile(r"\d+ ?[-–/] ?\d+")
# Dropped everywhere, also inside terms: "coupe d'Afrique" and "Coupe Afrique" are the same to us.
LINK_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "à", "a", "au", "aux", "en", "et", "un", "une"})
SCORE_TOKEN = "#score"  # noqa: S105  # a token of text


# One word: start and end in the text, the form that is looked up, and whether it may be a feature by itself. A plain
# tuple: an article has hundreds of them.
Token = tuple[int, int, str, bool]


@functools.cache
def stop_stems() -> frozenset[str]:
    """Return the stems of the words that say nothing about the subject."""
    return frozenset(stem(row["surface"]) for row in load_csv("topics_stopwords.csv", columns=("surface",)))


@functools.lru_cache(maxsize=16_384)
def _form(word: str) -> tuple[str, bool] | None:
    """Return the form under which a word is looked up and whether it is a content word; None if it is dropped."""
    if word.isdigit():
        # 35 heures, 115: parts of terms.
        return (word, False) if len(word) < MIN_STEM else None
    if not word[0].isalpha() and _SCORE.fullmatch(word):
        return SCORE_TOKEN, True
    if word.lower() in LINK_WORDS:
        return None
    found = stem(word)
    return found, found not in stop_stems()


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order, link words and long numbers left out."""
    tokens = []
    for match in _TOKEN.finditer(text):
        form = _form(match.group())
        if form is not None:
            start, end = match.span()
            tokens.append((start, end, form[0], form[1]))
    return tokens
