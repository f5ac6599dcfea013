"""One form for the inflections of a French word: light, deterministic, and never joining words that differ inside."""

from __future__ import annotations

import functools
import unicodedata

from newsnlp.lexicons import load_csv

MIN_STEM = 4
# Feminine and verbal endings that mostly tell no other word: "nationale", "votée", "voter", "policière", "championne".
_ENDINGS = (
    ("eaux", "eau"),
    ("aux", "al"),
    ("ée", "é"),
    ("ale", "al"),
    ("elle", "el"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("ante", "ant"),
    ("ente", "ent"),
    ("ive", "if"),
    ("ière", "ié"),
    ("er", "é"),
)


@functools.lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the form under which a word is looked up: lower case, without the endings of number and gender.

    The accent of the first letter goes, since capitals often lack theirs (`Etat`, `État`); inner accents stay:
    they part `élève` from `élevé`.

    Examples
    --------
    >>> [stem(word) for word in ("Journaux", "élèves", "élevée", "voter", "Églises", "Eglise")]
    ['journal', 'elève', 'elevé', 'voté', 'eglise', 'eglise']
    """
    word = word.lower()
    if not word.isascii():
        first = unicodedata.normalize("NFD", word[0])[0]
        word = first + word[1:]
    if len(word) < MIN_STEM or word.isdigit():
        return word
    if word[-1] in "sx" and not word.endswith("aux"):
        word = word[:-1]
    for ending, replacement in _ENDINGS:
        if len(word) > MIN_STEM and word.endswith(ending):
            return word[: -len(ending)] + replacement
    return word


@functools.cache
def stop_stems() -> frozenset[str]:
    """Return the stems of words that tell no article from another."""
    return frozenset(stem(row["surface"]) for row in load_csv("topics_stopwords.csv", columns=("surface",)))
