"""A sentence as the meaning rules see it: words, punctuation, and each quantity as one item.

The rules of this part read neither tags nor trees: a quantity with its modifier and unit is one item, and what
stands to its left and right decides what it means. That costs a fraction of a parse and needs no model.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.figures.candidates import Quantity
    from newsnlp.records import Kind, Number

OPENERS = frozenset('([«“"–—')
STRONG_PUNCTUATION = frozenset(".;:!?–—«»()[]…\n")


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    letters = r"[^\W\d_]"
    # "d'", "l'", "qu'" are words of their own; "a-t-il", "Auvergne-Rhône-Alpes" are one.
    return re.compile(rf"{letters}+(?:[-‐‑]{letters}+)*['’]?|\d+(?:[.,:]\d+)*|[^\w\s]", re.UNICODE)


def fold(text: str) -> str:
    """Return a word in lower case with straight apostrophes, as the lexicons have it."""
    return text.lower().replace("’", "'").replace("‑", "-").replace("‐", "-")


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a phrase, as `itemize` cuts them.

    Examples
    --------
    >>> split_words("d'après l'Otan")
    ("d'", 'après', "l'", 'otan')
    """
    return tuple(fold(match[0]) for match in _word_pattern().finditer(text))


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a punctuation mark, or a quantity with its modifier and unit (`figure` is then its number)."""

    start: int
    end: int
    text: str
    low: str
    figure: int | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word of letters."""
        return self.figure is None and self.low[:1].isalpha()


@dataclass(slots=True)
class Draft:
    """A figure in the making: its quantity, where it stands, and what the rules have found so far."""

    quantity: Quantity
    index: int
    sentence: Sentence
    position: int
    noun_end: int = 0
    counted: str | None = None
    noun_missing: bool = False
    is_subject: bool = False
    event: str | None = None
    event_from_noun: bool = False
    status: str = "asserted"
    source: str | None = None
    source_start: int | None = None
    place: str | None = None
    place_start: int | None = None
    actor: str | None = None
    actor_start: int | None = None
    date: str | None = None
    parent: Draft | None = None
    lender: Draft | None = None
    antecedent: Draft | None = None
    rules: list[str] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether it counts people or things."""
        return self.kind == "count"

    @property
    def kind(self) -> Kind:
        """The kind, lent by another figure where the text leaves the unit out: *dix ans, dont deux avec sursis*."""
        return self.quantity.kind if self.lender is None else self.lender.quantity.kind

    @property
    def unit(self) -> str | None:
        """The unit, its own or lent."""
        return self.quantity.unit if self.lender is None else self.lender.quantity.unit

    @property
    def parent_event_holds(self) -> bool:
        """Whether what befell the whole still befalls the part: *deux d'entre eux ont fui* has its own predicate."""
        return self.parent is not None and self.parent.event_from_noun and self.parent.event in ("killed", "injured")

    @property
    def value(self) -> Number | None:
        """The number itself, whatever its modifier."""
        quantity = self.quantity
        return next((v for v in (quantity.value, quantity.value_min, quantity.value_max) if v is not None), None)


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its text, where it stands, its items, and the drafts of its figures in order."""

    text: str
    start: int
    end: int
    items: list[Item]
    drafts: list[Draft] = field(default_factory=list)
    preceding: str = ""
    named: tuple[tuple[int, int], ...] = ()

    def is_named(self, offset: int) -> bool:
        """Whether a person or a body is named at an offset of the text."""
        return any(start <= offset < end for start, end in self.named)

    def low(self, position: int) -> str:
        """Return the folded word at a position, or nothing beyond the ends and at a figure."""
        if 0 <= position < len(self.items) and self.items[position].figure is None:
            return self.items[position].low
        return ""

    def lows(self, start: int, end: int) -> tuple[str, ...]:
        """Return the folded words of a slice; a figure is the string ``#``."""
        found = self.items[max(0, start) : max(0, end)]
        return tuple("#" if item.figure is not None else item.low for item in found)

    def matches(self, position: int, words: Sequence[str]) -> bool:
        """Whether the words stand at that position."""
        return self.lows(position, position + len(words)) == tuple(words)

    def match_end(self, position: int, words: Sequence[str]) -> int | None:
        """Return where the words end that stand at a position; ``*`` stands for up to four words."""
        if "*" not in words:
            return position + len(words) if self.matches(position, words) else None
        gap = list(words).index("*")
        if not self.matches(position, words[:gap]):
            return None
        for step in range(5):
            if self.matches(position + gap + step, words[gap + 1 :]):
                return position + gap + step + len(words) - gap - 1
        return None

    def draft_at(self, position: int) -> Draft | None:
        """Return the draft whose number stands at that position."""
        if 0 <= position < len(self.items) and self.items[position].figure is not None:
            number = self.items[position].figure
            return next((draft for draft in self.drafts if draft.index == number), None)
        return None


def itemize(text: str, start: int, end: int, quantities: Iterable[tuple[int, Quantity]]) -> list[Item]:
    """Return the items of one sentence, in order."""
    items: list[Item] = []
    cursor = start
    for number, quantity in quantities:
        left, right = max(cursor, quantity.phrase_start), min(end, quantity.phrase_end)
        left = min(left, quantity.start) if quantity.start >= cursor else left
        items += _words(text, cursor, left)
        items.append(Item(left, max(left, right), text[left:right], "#", number))
        cursor = max(cursor, right)
    return items + _words(text, cursor, end)


def _words(text: str, start: int, end: int) -> list[Item]:
    pattern = _word_pattern()
    return [
        Item(match.start(), match.end(), match[0], fold(match[0]))
        for match in pattern.finditer(text, start, max(start, end))
    ]
