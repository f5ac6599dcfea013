"""Whether a word is a verb, as far as its form and its neighbours show: no tagger runs before the rules."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms
from newsnlp.lexicons import load_csv, pattern, word_set

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

INFINITIVE = pattern("<figures_hedges.planned.infinitive>$")
FINITE_ENDING = re.compile(r"(?:[aè]i(?:en)?t|èrent|[iu]rent|eront|iront|r(?:aien|ai|on)t)$")
NOT_FINITE = pattern("(?:[éu]e?s?|ant|(?:<figures_hedges.planned.infinitive>))$")
THIRD_PLURAL = re.compile(r"(?<!m)ent$")
OF = frozenset({"de", "d'"})


@functools.cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """Return finite forms, and words that end like infinitives and are none."""
    rows = load_csv("topics_word_classes.csv", columns=("surface", "class"))
    verbs = frozenset(row["surface"] for row in rows if row["class"] == "verb")
    others = frozenset(row["surface"] for row in rows if row["class"] != "verb")
    finite = frozenset(form for form in verbs | verb_forms()[1].keys() if not NOT_FINITE.search(form))
    return finite | grammar("verbs", "finite"), others | grammar("verbs", "no_infinitive")


def is_infinitive(low: str) -> bool:
    """Whether a word has the form of an infinitive.

    Examples
    --------
    >>> [low for low in ("quitter", "hier", "dernier", "avoir", "février") if is_infinitive(low)]
    ['quitter', 'avoir']
    """
    return bool(INFINITIVE.search(low)) and low not in _listed()[1]


def is_finite(sentence: Sentence, position: int) -> bool:
    """Whether a finite verb, or its auxiliary, stands at a position."""
    low, before = sentence.low(position), sentence.low(position - 1)
    if not low[:1].isalpha() or before in OF or before in words("determiners") or sentence.is_capitalised(position):
        return False
    if low in auxiliaries():
        return low not in ("été", "être", "avoir", "ayant", "étant", "eu")
    clitics = grammar("verbs", "before")
    if before in clitics:
        return low not in clitics and low not in words("prepositions") and not low.endswith("ant")
    if low in _listed()[0]:
        return True
    if FINITE_ENDING.search(low):
        return len(low) > len("lait")
    if low.endswith("ra"):
        return len(low) > len("sera") and low not in word_set("dates.directions.not_future")
    return bool(THIRD_PLURAL.search(low)) and before.endswith(("s", "x")) and low not in _listed()[1]


def has_finite(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a finite verb stands between two items."""
    return any(is_finite(sentence, position) for position in range(max(0, start), min(end, len(sentence.words))))
