"""Of which type a happening is, where its word alone does not tell: an explosion is a bomb's, or an accident's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.happenings.words import ANY, NONE, Trigger, contexts

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence

BESIDE = 8
"""How many words before and behind a trigger what stands there is told of it first."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of the headline and the lead, as a set and between blanks."""

    words: frozenset[str]
    joined: str


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
    if trigger.bars and holds("bars", trigger.bars, beside, near):
        return NONE, False
    if trigger.needs and not holds("needs", trigger.needs, whole, text):
        return NONE, False
    if len(trigger.types) == 1:
        return trigger.types[0], False
    own = {sentence.low(position)}
    for words, around in ((beside, near), (whole - own, text)):
        for kind in trigger.types:
            if kind not in (NONE, ANY) and holds("signs", kind, words, around):
                return kind, False
    for kind in trigger.types:
        if kind not in (NONE, ANY) and holds("signs", kind, setting.words - own, setting.joined):
            return kind, True
    return trigger.types[-1], True
