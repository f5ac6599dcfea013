"""Of which type a happening is, where its word alone does not tell: an explosion is a bomb's, or an accident's."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.grammar.items import split_words
from newsnlp.happenings.words import ANY, NONE, Trigger, contexts

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

LONGEST = 6000
"""How many characters of a text are looked through for the mode of an accident."""
BESIDE = 8
"""How many words before and behind a trigger what stands there is told of it first."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of the headline and the lead, as a set and between blanks, and those of the whole text."""

    words: frozenset[str]
    joined: str
    text: str = ""

    def of_text(self) -> tuple[frozenset[str], str]:
        """Return the words of the whole text, and all of them between blanks."""
        return _of_text(self.text)


@functools.lru_cache(maxsize=1)
def _of_text(text: str) -> tuple[frozenset[str], str]:
    words = split_words(text[:LONGEST])
    return frozenset(words), f" {' '.join(words)} "


def joined(sentence: Sentence) -> str:
    """Return the folded words of a sentence between blanks."""
    found: str = sentence.remember("joined", lambda: f" {' '.join(sentence.lows(0, len(sentence.words)))} ")
    return found


def holds(table: str, key: str, words: frozenset[str], text: str) -> bool:
    """Whether one of the words or phrases of a list stands there."""
    single, phrases = contexts(table, key)
    return not single.isdisjoint(words) or any(phrase in text for phrase in phrases)


def kind_of(trigger: Trigger, sentence: Sentence, position: int, setting: Setting) -> tuple[str, bool]:
    """Return the type of what a trigger tells, `NONE` for no happening; and whether only the lead, or nothing, tells."""
    lows = sentence.lows(max(0, position - BESIDE), position) + sentence.lows(position + 1, position + 1 + BESIDE)
    beside, near = frozenset(lows), f" {' '.join(lows)} "
    whole, text = sentence.vocabulary, joined(sentence)
    if any(holds("bars", key, beside, near) for key in trigger.bars):
        return NONE, False
    if trigger.needs and not any(holds("needs", key, whole, text) for key in trigger.needs):
        return NONE, False
    if len(trigger.types) == 1:
        return trigger.types[0], False
    own = {sentence.low(position)}
    for words, around in ((beside, near), (whole - own, text)):
        for kind in trigger.types:
            if kind not in (NONE, ANY) and holds("signs", kind, words, around):
                return kind, False
    for words, around in ((setting.words - own, setting.joined), setting.of_text()):
        for kind in trigger.types:
            if kind not in (NONE, ANY) and holds("signs", kind, words, around):
                return kind, True
        if NONE not in trigger.types:
            break
    return trigger.types[-1], True
