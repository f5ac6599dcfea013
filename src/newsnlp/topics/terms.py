"""Find the terms of the topic lexicon in a text."""

from __future__ import annotations

import functools
from typing import NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.topics.words import Token, tokenize


class Hit(NamedTuple):
    """One term found: offsets, and the codes that it points to with their weights."""

    start: int
    end: int
    key: str
    codes: tuple[tuple[str, float], ...]
    token: int


class TermIndex(NamedTuple):
    """The lexicon by stems: `terms` from joined stems to codes, `longest` from first stem to a term's length."""

    terms: dict[str, tuple[tuple[str, float], ...]]
    longest: dict[str, int]


@functools.cache
def term_index() -> TermIndex:
    """Return the lexicon, indexed by the stems of its terms."""
    found: dict[str, dict[str, float]] = {}
    longest: dict[str, int] = {}
    for row in load_csv("topics_terms.csv", columns=("term", "code", "weight"), key=("term", "code")):
        stems = [token.stem for token in tokenize(row["term"])]
        if not stems:
            continue
        codes = found.setdefault(" ".join(stems), {})
        codes[row["code"]] = max(float(row["weight"]), codes.get(row["code"], 0.0))
        longest[stems[0]] = max(len(stems), longest.get(stems[0], 0))
    return TermIndex({key: tuple(sorted(codes.items())) for key, codes in found.items()}, longest)


def find_terms(tokens: list[Token]) -> list[Hit]:
    """Return the terms that stand in the text, the longest at each place, without overlap."""
    index = term_index()
    stems = [token.stem for token in tokens]
    hits: list[Hit] = []
    position, count = 0, len(tokens)
    while position < count:
        for length in range(min(index.longest.get(stems[position], 0), count - position), 0, -1):
            key = " ".join(stems[position : position + length])
            codes = index.terms.get(key)
            if codes is not None:
                hits.append(Hit(tokens[position].start, tokens[position + length - 1].end, key, codes, position))
                position += length
                break
        else:
            position += 1
    return hits
