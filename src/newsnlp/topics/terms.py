"""Find the terms of the topic lexicon in a text."""

from __future__ import annotations

import functools
from typing import NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.topics.taxonomy import media_topic
from newsnlp.topics.words import Token, tokenize


class Target(NamedTuple):
    """What a term points to: codes with their weights, and the same with the roots of the codes added."""

    codes: tuple[tuple[str, float], ...]
    reach: dict[str, float]

    @classmethod
    def of(cls, codes: dict[str, float]) -> Target:
        """Return the target of some codes."""
        reach = dict(codes)
        for code, weight in codes.items():
            root = media_topic(code).root
            reach[root] = max(weight, reach.get(root, 0.0))
        return cls(tuple(sorted(codes.items())), reach)


class Hit(NamedTuple):
    """One term found: offsets, stems, what it points to, and its first token."""

    start: int
    end: int
    key: str
    target: Target
    token: int


class TermIndex(NamedTuple):
    """The lexicon by stems: `terms` from joined stems to targets, `longest` from first stem to a term's length."""

    terms: dict[str, Target]
    longest: dict[str, int]


@functools.cache
def term_index() -> TermIndex:
    """Return the lexicon, indexed by the stems of its terms."""
    found: dict[str, dict[str, float]] = {}
    longest: dict[str, int] = {}
    for row in load_csv("topics_terms.csv", columns=("term", "code", "weight"), key=("term", "code")):
        stems = [stem for _, _, stem, _ in tokenize(row["term"])]
        if not stems:
            continue
        codes = found.setdefault(" ".join(stems), {})
        codes[row["code"]] = max(float(row["weight"]), codes.get(row["code"], 0.0))
        longest[stems[0]] = max(len(stems), longest.get(stems[0], 0))
    return TermIndex({key: Target.of(codes) for key, codes in found.items()}, longest)


def find_terms(tokens: list[Token]) -> list[Hit]:
    """Return the terms that stand in the text, the longest at each place, without overlap."""
    terms, longest = term_index()
    hits: list[Hit] = []
    free, count = 0, len(tokens)
    for position, (start, _, stem, _) in enumerate(tokens):
        most = longest.get(stem)
        if most is None or position < free:
            continue
        for length in range(min(most, count - position), 0, -1):
            key = " ".join([token[2] for token in tokens[position : position + length]]) if length > 1 else stem
            target = terms.get(key)
            if target is not None:
                hits.append(Hit(start, tokens[position + length - 1][1], key, target, position))
                free = position + length
                break
    return hits
