"""Cue features of tokens: what lexicons and typography say, as 0/1 columns that the network reads."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import numpy as np

from newsnlp.entities.knowledge.gazetteers import cue_words, first_names, known_names
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PHRASE_KINDS = ("country", "city", "region", "seat", "organisation")
CUES = (
    "civility",
    "office",
    "organisation_head",
    "place_head",
    "speech_verb",
    "function_word",
    "calendar",
    "event_head",
    "inhabitant",
    "first_name",
    *(f"{kind}_{part}" for kind in PHRASE_KINDS for part in ("begin", "inside")),
    "line_start",
    "sentence_start",
    "after_quote",
    "capital_line",
    "capital",
    "all_capitals",
    "lower_elsewhere",
    "capital_elsewhere",
)
CUE_INDEX = {name: index for index, name in enumerate(CUES)}
_WORD_CUES = {
    "civilities": "civility",
    "offices": "office",
    "organisation_heads": "organisation_head",
    "place_heads": "place_head",
    "speech_verbs": "speech_verb",
    "function_words": "function_word",
    "calendar": "calendar",
    "event_heads": "event_head",
    "inhabitants": "inhabitant",
}
_SENTENCE_ENDS = frozenset(".!?…:;-–—•*")
_QUOTES = frozenset("«\"“'(")
_ACRONYM_LENGTH = 5
_LETTER = re.compile(r"[^\W\d_]")


@functools.lru_cache(maxsize=16_384)
def _static_cues(word: str) -> tuple[int, ...]:
    """Return the columns that the word alone decides."""
    plain = fold(word)
    found = [CUE_INDEX[cue] for table, cue in _WORD_CUES.items() if plain in cue_words()[table]]
    if word[:1].isupper():
        found.append(CUE_INDEX["capital"])
        if plain in first_names():
            found.append(CUE_INDEX["first_name"])
        if len(word) > 1 and word.isupper():
            found.append(CUE_INDEX["all_capitals"])
    return tuple(found)


def line_cues(
    words: Sequence[str],
    spaces: Sequence[bool],
    *,
    lower_words: frozenset[str] | set[str] = frozenset(),
    capital_words: frozenset[str] | set[str] = frozenset(),
) -> NDArray[np.float32]:
    """Return the cue features of one line's tokens.

    Parameters
    ----------
    words, spaces : sequences of str and bool
        Tokens of the line and whether a space follows each.
    lower_words : set of str
        Words that the article writes in lower case somewhere.
    capital_words : set of str
        Words, in lower case, that the article writes with a capital inside a sentence.

    Returns
    -------
    array of shape (n_tokens, len(CUES))
    """
    features = np.zeros((len(words), len(CUES)), dtype="f")
    shouted = is_shouted(words)
    if shouted:
        features[:, CUE_INDEX["capital_line"]] = 1.0
    previous = ""
    for row, word in enumerate(words):
        found = [*_static_cues(word), *_position_cues(previous)]
        if word[:1].isupper():
            lower = word.lower()
            if lower in lower_words:
                found.append(CUE_INDEX["lower_elsewhere"])
            if lower in capital_words:
                found.append(CUE_INDEX["capital_elsewhere"])
        if found:
            features[row, found] = 1.0
        if previous or _LETTER.search(word):
            previous = word
    readable = [word.title() if shouted and len(word) > _ACRONYM_LENGTH else word for word in words]
    for start, end, kind in known_names().matches(readable, spaces):
        features[start, CUE_INDEX[f"{kind}_begin"]] = 1.0
        features[start + 1 : end, CUE_INDEX[f"{kind}_inside"]] = 1.0
    return features


def _position_cues(previous: str) -> tuple[int, ...]:
    """Return the columns that the word before decides; none stands before the first word of a line."""
    if not previous:
        return (CUE_INDEX["line_start"],)
    found = []
    if previous in _SENTENCE_ENDS:
        found.append(CUE_INDEX["sentence_start"])
    if previous in _QUOTES:
        found.append(CUE_INDEX["after_quote"])
    return tuple(found)


def is_shouted(words: Sequence[str]) -> bool:
    """Return whether a line is written in capitals throughout, as headlines sometimes are."""
    letters = "".join(word for word in words if _LETTER.search(word))
    return len(letters) > 12 and letters.isupper() and sum(len(word) > 1 for word in words) > 2  # noqa: PLR2004


def article_words(lines: Sequence[Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return the words an article writes in lower case, and those it capitalises inside a sentence."""
    lower: set[str] = set()
    capital: set[str] = set()
    for line in lines:
        if is_shouted(line):
            continue
        previous = ""
        for word in line:
            if word[:1].islower():
                if len(word) > 3:  # noqa: PLR2004
                    lower.add(word)
            elif word[:1].isupper() and previous and previous not in _SENTENCE_ENDS and previous not in _QUOTES:
                capital.add(word.lower())
            previous = word
    return lower, capital
