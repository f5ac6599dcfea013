"""The words of a text as the topic step sees them: folded, stemmed, with their places, and the lexicon's terms."""

from __future__ import annotations

import functools
import json
import re
from importlib import resources
from typing import NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.safety.saved_files import own_weights
from newsnlp.text.stemming import MIN_STEM, stem, stop_stems
from newsnlp.topics.taxonomy import media_topic

# A word, a currency or other sign that tells much about the subject, or a result such as 3-1.
_TOKEN = re.compile(r"[^\W\d_][^\W_]*|(?<![\d-])\d{1,3} ?[-–/] ?\d{1,3}(?![\d-])|[^\W_]+|[€$£%°]")
_SCORE = re.compile(r"\d+ ?[-–/] ?\d+")
# Dropped everywhere, also inside terms: "coupe d'Afrique" and "Coupe Afrique" are the same to us.
LINK_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "à", "a", "au", "aux", "en", "et", "un", "une"})
TERMS_FILE = "terms.json"
SCORE_TOKEN = "#score"  # noqa: S105  # a token of text


# One word: start and end in the text, the form that is looked up, and whether it may be a feature by itself. A plain
# tuple: an article has hundreds of them.
Token = tuple[int, int, str, bool]


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
    """The lexicon by stems: `terms` from joined stems to codes, `longest` from first stem to a term's length."""

    terms: dict[str, dict[str, float]]
    longest: dict[str, int]

    @classmethod
    def of(cls, terms: dict[str, dict[str, float]]) -> TermIndex:
        """Return the index of terms by their joined stems."""
        longest: dict[str, int] = {}
        for key in terms:
            first, _, rest = key.partition(" ")
            longest[first] = max(rest.count(" ") + 1 + bool(rest), longest.get(first, 0))
        return cls(terms, longest)


def stemmed_terms() -> dict[str, dict[str, float]]:
    """Return the terms of the lexicon by their joined stems, each with its codes: what `term_index` reads."""
    found: dict[str, dict[str, float]] = {}
    for row in load_csv("topics_terms.csv", columns=("term", "code", "weight"), key=("term", "code")):
        stems = [stem for _, _, stem, _ in tokenize(row["term"])]
        if stems:
            codes = found.setdefault(" ".join(stems), {})
            codes[row["code"]] = max(float(row["weight"]), codes.get(row["code"], 0.0))
    return found


@functools.cache
def term_index() -> TermIndex:
    """Return the lexicon, indexed by the stems of its terms.

    They are stemmed when the weights are built: stemming 9 000 terms took 7 % of a first analysis (2026-11).
    """
    with own_weights(TERMS_FILE):
        return TermIndex.of(json.loads(resources.files("newsnlp.topics").joinpath("weights", TERMS_FILE).read_bytes()))


@functools.lru_cache(maxsize=4096)
def _target(key: str) -> Target | None:
    codes = term_index().terms.get(key)
    return None if codes is None else Target.of(codes)


def find_terms(tokens: list[Token]) -> list[Hit]:
    """Return the terms that stand in the text, the longest at each place, without overlap."""
    longest = term_index().longest
    hits: list[Hit] = []
    free, count = 0, len(tokens)
    for position, (start, _, stemmed, _) in enumerate(tokens):
        most = longest.get(stemmed)
        if most is None or position < free:
            continue
        for length in range(min(most, count - position), 0, -1):
            key = " ".join([token[2] for token in tokens[position : position + length]]) if length > 1 else stemmed
            target = _target(key)
            if target is not None:
                hits.append(Hit(start, tokens[position + length - 1][1], key, target, position))
                free = position + length
                break
    return hits
