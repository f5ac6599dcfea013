"""What the words around a count tell of its event: which sort of thing happened, and whether it is an earlier one."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern, word_set, words

if TYPE_CHECKING:
    from newsnlp.tables.cells import Row

YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
TOLD_YEAR = pattern(
    r"(?:\b(?:en|du|été|hiver|automne|printemps|saison|noël|depuis|dès|l'an|année|fin|début|avant|après"
    r"|<calendar.months>|(?<!plus )(?<!près )(?<!moins )de)|[(/,–-]) ?"
    r"((?:1[5-9]|20)\d\d)\b(?! (?:ont|sont|avaient|étaient|personnes|habitants|familles)\b)",
    re.IGNORECASE,
)
"""A year as sentences tell it: no *1700 ont pu rentrer*."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
KINDS = ("quake", "water", "storm", "slide", "fire", "transport", "collapse", "violence", "disease")
SENTENCE = 1600
"""Of how many characters of a sentence words that say something of all of it are looked for."""
_AROUND = 240
"""How many characters from its figure the noun of the event may stand."""
_NEAR = 90
"""How many characters from its figure the auxiliary of an earlier event may stand."""


@functools.cache
def triggers() -> dict[str, frozenset[str]]:
    """Return the nouns of events, each with the kinds of event that it may be of."""
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for noun in words(f"figures_tolls.triggers.{kind}"):
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def surroundings(row: Row) -> tuple[frozenset[str], bool]:
    """Return the kinds of event that the nearest noun of one tells, and whether the event is an earlier one."""
    text = row["sentence"] or ""
    at = min((row["start"] or 0) - (row["sentence_start"] or 0), len(text))
    first = max(0, at - _AROUND)
    kinds: frozenset[str] = frozenset()
    nearest, earlier = _AROUND + 1, False
    for match in WORD.finditer(text, first, at + _AROUND):
        low, distance = match[0].lower(), abs(match.start() - at)
        if distance < nearest and low in triggers():
            kinds, nearest = triggers()[low], distance
        if distance < _NEAR and low in word_set("figures_tolls.background.auxiliaries"):
            earlier = True
    return kinds, earlier
