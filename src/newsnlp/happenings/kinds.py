"""Of which type a happening is, where its word alone does not tell: an explosion is a bomb's, or an accident's."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.figures.times import is_headline
from newsnlp.grammar.items import split_words
from newsnlp.happenings.words import ANY, NONE, Trigger, contexts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.grammar.items import Sentence

LONGEST = 6000
"""How many characters of a text are looked through for the mode of an accident."""
SIGNED = (
    "attack", "battle", "explosion", "road_accident", "rail_accident", "air_accident", "shipwreck", "fire",
    "collapse", "earthquake", "epidemic",
)  # fmt: skip
"""Types that signs alone may tell, where a text counts victims and no word names what happened."""
# Signs of one type in two strengths.
BATTLES = {"fighting": "battle"}
CROWDS = frozenset({"riot"})
"""Types that a later line does not tell: a demonstration after somebody was killed."""
ENOUGH = 2
BESIDE = 8
"""How many words before and behind a trigger what stands there is told of it first."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The headline and the lead, and the whole text: their words are read when a rule first asks for them."""

    head: str
    text: str

    def of_head(self) -> tuple[frozenset[str], str]:
        """Return the words of headline and lead, and all of them between blanks."""
        return _words_of(self.head)

    def of_text(self) -> tuple[frozenset[str], str]:
        """Return the same of the whole text."""
        return _words_of(self.text[:LONGEST])


# Words, and all of them between blanks.
_Read = tuple[frozenset[str], str]


@functools.lru_cache(maxsize=4)
def _words_of(text: str) -> tuple[frozenset[str], str]:
    words = split_words(text)
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
    """Return the type of what a trigger tells, or `NONE`; and whether only the lead, or nothing at all, tells it."""
    if not trigger.needs and not trigger.bars and len(trigger.types) == 1:
        return trigger.types[0], False
    lows = sentence.lows(max(0, position - BESIDE), position) + sentence.lows(position + 1, position + 1 + BESIDE)
    beside = frozenset(lows), f" {' '.join(lows)} "
    own = frozenset({sentence.low(position)})
    whole = sentence.vocabulary - own, joined(sentence)
    if any(holds("bars", key, *beside) for key in trigger.bars):
        return NONE, False
    # A headline says less than what follows: "Jean Rey arrêté à Nice".
    known = (whole, _without(own, setting.of_head())) if is_headline(sentence) else (whole,)
    if trigger.needs and not any(holds("needs", key, *near) for near in known for key in trigger.needed):
        recalled = any(holds("needs", key, *setting.of_text()) for key in trigger.recalled)
        # "l'effondrement du 3 mai" of what earlier lines told; a headline says but "Effondrement de Malaka".
        if not (recalled or (trigger.recalled and is_headline(sentence) and _names_place(sentence, position))):
            return NONE, False
    if len(trigger.types) == 1:
        return trigger.types[0], False
    return _by_signs(trigger, (beside, whole), _without(own, setting.of_head()), setting)


def _names_place(sentence: Sentence, position: int) -> bool:
    return sentence.low(position + 1) in ("de", "d'", "à") and sentence.is_capitalised(position + 2)


def _by_signs(trigger: Trigger, near: Iterable[_Read], head: _Read, setting: Setting) -> tuple[str, bool]:
    """Return of which of its types the words beside it, in its sentence, in the lead or in the text tell."""
    told = [kind for kind in trigger.types if kind not in (NONE, ANY)]
    for words in near:
        for kind in told:
            if holds("signs", kind, *words):
                return BATTLES.get(kind, kind), False
    told = [kind for kind in told if kind not in BATTLES]
    guessed = next((kind for kind in told if holds("signs", kind, *head)), None)
    if guessed is None and NONE in trigger.types:
        # What may be no happening at all is looked for in the whole text: an accident of which only later lines tell.
        text = setting.of_text()
        guessed = next((kind for kind in told if kind not in CROWDS and holds("signs", kind, *text)), None)
    return guessed or trigger.types[-1], True


def _without(own: frozenset[str], read: tuple[frozenset[str], str]) -> tuple[frozenset[str], str]:
    return read[0] - own, read[1]


def likeliest(setting: Setting) -> tuple[str, ...]:
    """Return the type of which most signs stand in headline and lead, where two at least do; none for a tie."""
    found = Counter({kind: _signs(kind, setting) for kind in SIGNED}).most_common(2)
    (kind, most), (_, second) = found
    return (kind,) if most >= ENOUGH and most > second else ()


def _signs(kind: str, setting: Setting) -> int:
    single, phrases = contexts("signs", kind)
    words, joined_words = setting.of_head()
    return len(single & words) + sum(phrase in joined_words for phrase in phrases)
